-- What a deal is worth to whom, and the lines that take it there. The worker computes the same with its pure rules
-- (workers/commissions/domain.py); posting refuses a difference.
--
-- Invariants: for every deal, partner and kind the booked lines add up to the entitlement for the cash that stayed; per line
-- the reversals never exceed it.

-- Whose share of a deal was taken by a decision (an upheld hold).
create table private.forfeits (
    deal_id uuid not null references public.deals,
    partner_id uuid not null references public.partners,
    hold_id uuid not null references public.risk_holds,
    primary key (deal_id, partner_id)
);

create index on private.forfeits (partner_id);
create index on private.forfeits (hold_id);

-- What the client has paid for the deal and not got back.
create function private.deal_cash(wanted uuid) returns bigint
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select
            coalesce((select sum(amount) from public.client_payments where deal_id = wanted), 0)::bigint
            - coalesce((select sum(amount) from public.client_refunds where deal_id = wanted), 0)::bigint
    );
end;
$$;

-- One row per beneficiary and kind, zero amounts included. uncapped is rate × base, amount what the cap, a closed deal and a
-- forfeit leave of it; as_if_open looks away from the last two.
create function private.entitlements(deal public.deals, net bigint, as_if_open boolean default false)
returns table (partner_id uuid, kind public.commission_type, rate_bp integer, base_amount bigint, uncapped bigint, amount bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
    plan public.commission_plans;
    base bigint := private.share_of(net, deal.rate_bp);
    override_base bigint;
    override bigint := 0;
    referral bigint := 0;
    leader uuid := nullif(deal.leader_id, deal.partner_id);
    recruiter uuid := nullif(deal.recruiter_id, deal.partner_id);
    over bigint;
    cut bigint;
begin
    select * into strict plan from public.commission_plans where id = deal.plan_id;
    override_base := case plan.override_basis when 'deal_amount' then net else base end;
    -- One person gets the higher of the two, by rate (A-14).
    if leader = recruiter then
        if deal.override_bp * (case plan.override_basis when 'deal_amount' then 10000 else deal.rate_bp end)
            >= deal.rate_bp * deal.referral_bp
        then
            recruiter := null;
        else
            leader := null;
        end if;
    end if;
    if leader is not null then
        override := private.share_of(override_base, deal.override_bp);
    end if;
    if recruiter is not null then
        referral := private.share_of(base, deal.referral_bp);
    end if;
    over := greatest(0, base + override + referral - net * plan.program_cap_bp / 10000);
    cut := least(over, referral);
    return query
    select
        found.partner_id, found.kind, found.rate_bp, found.base_amount, found.uncapped,
        case
            when not as_if_open and (deal.status in ('rejected', 'cancelled') or exists (
                select from private.forfeits as taken where taken.deal_id = deal.id and taken.partner_id = found.partner_id
            )) then 0
            else found.amount
        end
    from (values
        (deal.partner_id, 'base'::public.commission_type, deal.rate_bp, net, base, base),
        (leader, 'team_override', deal.override_bp, override_base, override, override - least(over - cut, override)),
        (recruiter, 'referral', deal.referral_bp, base, referral, referral - cut)
    ) as found (partner_id, kind, rate_bp, base_amount, uncapped, amount)
    where found.partner_id is not null;
end;
$$;

-- The money lines of a deal that its cash decides: no bonus, no adjustment.
create view private.cash_lines with (security_invoker = true) as
select * from public.commissions -- noqa: AM04
where not estimate and source_id is null and kind in ('base', 'team_override', 'referral');

-- What is left of each line of a deal after its reversals.
create function private.open_lines(wanted uuid)
returns table (id uuid, partner_id uuid, kind public.commission_type, client_payment_id uuid, booking integer, remains bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
    return query
    select line.id, line.partner_id, line.kind, line.client_payment_id, line.booking,
        (line.amount + coalesce(sum(reversal.amount), 0))::bigint
    from private.cash_lines as line
    left join public.commissions as reversal on reversal.corrects_id = line.id and reversal.commission_type = 'reversal'
    where line.deal_id = wanted and line.commission_type <> 'reversal'
    group by line.id, line.partner_id, line.kind, line.client_payment_id, line.booking, line.amount
    having line.amount + coalesce(sum(reversal.amount), 0) > 0;
end;
$$;

-- The lines that take every kind from what is booked to what it is worth: new money, or reversals, of the refunded payment's
-- lines first, then of the newest, never more than is left of one.
create function private.due_postings(deal public.deals, net bigint, refunded_payment uuid)
returns table (
    partner_id uuid, kind public.commission_type, corrects_id uuid, amount bigint,
    rate_bp integer, base_amount bigint, uncapped bigint, entitled bigint, booked_before bigint
)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
    return query
    with booked as (
        select line.partner_id, line.kind, sum(line.amount)::bigint as amount
        from private.cash_lines as line
        where line.deal_id = (deal).id
        group by 1, 2
    ),

    change as (
        select
            due.partner_id, due.kind, due.rate_bp, due.base_amount, due.uncapped, due.amount as entitled,
            coalesce(booked.amount, 0) as booked_before, due.amount - coalesce(booked.amount, 0) as delta
        from private.entitlements(deal, net) as due
        left join booked on booked.partner_id = due.partner_id and booked.kind = due.kind
    ),

    takes as (
        select
            change.*, line.id as line_id, line.remains,
            coalesce(sum(line.remains) over (
                partition by change.partner_id, change.kind
                order by coalesce(line.client_payment_id = refunded_payment, false) desc, line.booking desc, line.id desc
                rows between unbounded preceding and 1 preceding
            ), 0) as taken_before
        from change
        join private.open_lines((deal).id) as line on line.partner_id = change.partner_id and line.kind = change.kind
        where change.delta < 0
    )

    select change.partner_id, change.kind, null::uuid, change.delta, change.rate_bp, change.base_amount, change.uncapped,
        change.entitled, change.booked_before
    from change
    where change.delta > 0
    union all
    select takes.partner_id, takes.kind, takes.line_id, -least(takes.remains, -takes.delta - takes.taken_before)::bigint,
        takes.rate_bp, takes.base_amount, takes.uncapped, takes.entitled, takes.booked_before
    from takes
    where takes.taken_before < -takes.delta;
end;
$$;

-- Everybody whom a deal pays: taken right after the deal itself, before anything is done with it. Whoever places a hold on one of
-- them takes the same lock.
create function private.lock_deal_partners(deal public.deals) returns void
language sql volatile security definer set search_path = '' as $$
    select private.lock_partners((deal).partner_id, (deal).leader_id, (deal).recruiter_id);
$$;

-- Posts what an event changed: lines, journals, events, notices, in one transaction. The caller holds the deal. A payment or
-- a refund is the cause, or neither: the deal was closed, opened again, or forfeited.
create function private.rebook(wanted uuid, payment uuid default null, refund uuid default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    deal public.deals;
    net bigint := private.deal_cash(wanted);
    now_booking integer := (select coalesce(max(booking), 0) + 1 from public.commissions where deal_id = wanted);
    cause public.client_payments;
    due record;
    root public.commissions;
    line public.commissions;
    entries ledger.entry[] := '{}';
    roots uuid[] := '{}';
    hook record;
begin
    select * into strict deal from public.deals where id = wanted;
    perform private.lock_deal_partners(deal);
    select * into cause from public.client_payments
    where deal_id = wanted and (payment is null or id = payment) order by posting desc limit 1;
    for due in select * from private.due_postings(deal, net, payment) as planned order by planned.kind, planned.amount desc loop
        root := null;
        if due.corrects_id is not null then
            -- What Stripe was never asked for stops first: it was not paid, and is no debt.
            perform private.call_off_reversed(due.corrects_id);
            select * into strict root from public.commissions where id = due.corrects_id for update;
        elsif payment is null then
            -- Money that was taken back and is given again says what it follows: the newest of what was taken last.
            select taken.* into root from private.cash_lines as taken
            join public.commissions as corrected on corrected.id = taken.corrects_id
            join public.client_payments as payment_of on payment_of.id = taken.client_payment_id
            where taken.deal_id = wanted and taken.partner_id = due.partner_id and taken.kind = due.kind
                and taken.commission_type = 'reversal'
            order by taken.booking desc, payment_of.posting desc, corrected.booking desc
            limit 1;
        end if;
        insert into public.commissions (
            partner_id, lead_id, deal_id, client_payment_id, refund_id, commission_type, reverses_type, status, amount, currency,
            plan_id, tier, rate_bp, net_cash, base_amount, uncapped, entitled, booked_before, booking, clears_at, corrects_id
        ) values (
            due.partner_id, deal.lead_id, wanted, coalesce(payment, root.client_payment_id, cause.id), refund,
            case when due.amount > 0 then due.kind else 'reversal' end, case when due.amount < 0 then due.kind end,
            case
                when due.amount > 0 then coalesce(private.hold_over(due.partner_id, wanted, null), 'pending')
                when root.status in ('processing', 'paid', 'reversed') then 'payable'
                else root.status
            end,
            due.amount, deal.currency, deal.plan_id, deal.tier_at_win, due.rate_bp, net, due.base_amount, due.uncapped,
            due.entitled, due.booked_before, now_booking,
            case
                when due.amount > 0 then make_interval(days => deal.clearing_days) + coalesce(
                    (select known.cleared_at from public.client_payments as known where known.id = root.client_payment_id), cause.cleared_at
                )
                else root.clears_at
            end,
            root.id
        ) returning * into line;
        entries := entries || private.booking_entry(line);
        if line.amount < 0 then
            roots := roots || root.id;
        end if;
        perform private.tell_of_line(line, deal.reference);
    end loop;
    perform ledger.post_all(entries);
    perform private.retire_reversed(known) from unnest(roots) as known;
    if deal.status in ('rejected', 'cancelled') then
        update public.commissions set status = 'reversed' where deal_id = wanted and estimate and status <> 'reversed';
    end if;
    -- A forfeited share brings nothing more: nothing of it is expected.
    update public.commissions as expected set status = 'reversed'
    where expected.deal_id = wanted and expected.status = 'estimated'
        and exists (select from private.forfeits as taken where taken.deal_id = wanted and taken.partner_id = expected.partner_id);
    if net >= coalesce(deal.contracted_value, deal.claimed_value) then
        update public.commissions set status = 'settled' where deal_id = wanted and status = 'estimated';
    end if;
    -- Tier progress follows the money (F-02); the trigger on deals evaluates.
    if net = 0 and cause.id is not null and deal.disqualified_at is null then
        perform private.disqualify_deal(wanted, 'refunded in full');
    elsif net > 0 and deal.disqualified_reason = 'refunded in full' then
        perform private.requalify_deal(wanted);
    end if;
    for hook in select function from private.cash_hooks order by function loop
        execute format('select private.%I($1, $2, $3)', hook.function) using wanted, net, refund;
    end loop;
end;
$$;

-- The journal that brings a new line into the books: owed, or owed no more. What is not with us any longer becomes a debt.
create function private.booking_entry(line public.commissions) returns ledger.entry
language sql volatile security definer set search_path = '' as $$
    select row(
        case when line.amount > 0 then 'accrue' else 'reverse' end, 'commission', line.id, 0,
        case when line.amount > 0 then expense.id else own.id end, case when line.amount > 0 then own.id else expense.id end,
        abs(line.amount), line.currency
    )::ledger.entry
    from (select ledger.account('commission_expense', null, line.currency) as id) as expense
    cross join (
        select ledger.account(
            case when line.status <> 'payable' then 'partner_pending' when line.amount > 0 then 'partner_payable'
                else 'partner_receivable' end::ledger.account_kind,
            line.partner_id, line.currency
        ) as id
    ) as own;
$$;

create function private.tell_of_line(line public.commissions, reference text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    named text := case line.kind when 'base' then 'commission' when 'team_override' then 'team override' when 'referral' then 'referral bonus'
        else line.kind::text end;
    about text := coalesce(' of deal ' || reference, '');
begin
    perform private.emit(
        case when line.amount > 0 then 'commission.' || line.status else 'commission.reversed' end, 'commission', line.id, line.partner_id, null,
        jsonb_build_object('status', line.status, 'amount', line.amount, 'kind', line.kind, 'corrects_id', line.corrects_id)
    );
    if line.amount > 0 then
        perform private.notify(
            line.partner_id, 'commission', initcap(left(named, 1)) || substr(named, 2) || ' on its way',
            'The client' || about || ' has paid. Your ' || named
            || case line.status when 'pending' then ' is in its clearing period.' else ' is on hold.' end,
            '/partner/earnings'
        );
    else
        perform private.notify(
            line.partner_id, 'commission', initcap(left(named, 1)) || substr(named, 2) || ' taken back',
            case when line.refund_id is not null then 'The client' || about || ' got money back. ' else 'A decision' || about || ' took it back. ' end
            || case line.status when 'payable' then 'It is set off against what you earn next.' else 'It comes off what was on its way.' end,
            '/partner/earnings'
        );
    end if;
    perform private.hint(line.partner_id, 'earnings.changed', line.id);
end;
$$;

-- Other domains follow a deal's cash in the same transaction (a challenge's prize falls with its deals): a row names a function
-- private.<function>(deal uuid, net_cash bigint, refund uuid).
create table private.cash_hooks (
    function text primary key check (function ~ '^[a-z_]+$')
);

create function private.check_cash_hook() returns trigger
language plpgsql set search_path = '' as $$
begin
    if to_regprocedure(format('private.%I(uuid, bigint, uuid)', new.function)) is null then
        perform private.fail('22023', 'There is no function private.' || new.function || '(uuid, bigint, uuid).', 'unknown_function');
    end if;
    return new;
end;
$$;

create trigger check_cash_hook before insert or update on private.cash_hooks
for each row execute function private.check_cash_hook();

-- Risk holds: money set aside until somebody decides. Not the clearing period, which ends by itself.
--
-- Invariants: a hold never ends by time (F-07); its opening is never rewritten and its decision is written once; every line
-- that an open hold covers and that has not left yet is held (disputed, while a dispute stands); a held line's money is in
-- partner_pending.

create type public.hold_decision as enum ('released', 'upheld');

create table public.risk_holds (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    -- At most one of them; neither: everything of the partner.
    deal_id uuid references public.deals,
    commission_id uuid references public.commissions,
    client_dispute_id uuid references public.client_disputes,
    reason_code text not null check (reason_code ~ '^[a-z_]{1,60}$'), -- dispute, partner_suspended, self_referral …
    evidence_class text not null check (evidence_class ~ '^[a-z_]{1,60}$'),
    detail text check (length(detail) between 1 and 1000), -- for the partner to read
    review_by timestamptz not null,
    opened_by text not null check (opened_by in ('rule', 'staff', 'dispute')),
    staff_id uuid references public.staff_members, -- who opened it, if it was a person
    opened_at timestamptz not null default private.now(),
    decided_at timestamptz,
    decided_by uuid references public.staff_members, -- null when the client's bank decided
    decision public.hold_decision,
    decision_reason text check (length(decision_reason) between 1 and 1000),
    check (num_nonnulls(deal_id, commission_id) <= 1),
    check (num_nonnulls(decided_at, decision, decision_reason) in (0, 3)),
    check ((opened_by = 'dispute') = (client_dispute_id is not null)),
    check ((decided_by is null) or (decided_at is not null))
);

-- The same reason twice is one hold.
create unique index risk_holds_open_key
on public.risk_holds (partner_id, deal_id, commission_id, client_dispute_id, reason_code) nulls not distinct
where decided_at is null;
create index on public.risk_holds (partner_id, opened_at);
create index on public.risk_holds (deal_id);
create index on public.risk_holds (commission_id);
create index on public.risk_holds (client_dispute_id);
create index on public.risk_holds (staff_id);
create index on public.risk_holds (decided_by);
create index on public.risk_holds (review_by) where decided_at is null;

create function private.keep_risk_hold() returns trigger
language plpgsql set search_path = '' as $$
begin
    if tg_op = 'DELETE' or old.decided_at is not null
        or (to_jsonb(new) - array['decided_at', 'decided_by', 'decision', 'decision_reason', 'review_by'])
        is distinct from (to_jsonb(old) - array['decided_at', 'decided_by', 'decision', 'decision_reason', 'review_by'])
    then
        perform private.fail('42501', 'A hold is opened and decided once, never rewritten.', 'append_only', null, 'Call end_hold.');
    end if;
    return new;
end;
$$;

create trigger keep_risk_hold before update or delete on public.risk_holds
for each row execute function private.keep_risk_hold();

-- How an open hold shows on a line: disputed before held; null when none covers it. Of a reversal, ask for the line it corrects.
create function private.hold_over(owner uuid, wanted_deal uuid, wanted_line uuid) returns public.commission_status
language sql stable security definer set search_path = '' as $$
    select case when bool_or(hold.reason_code = 'dispute') then 'disputed' else 'held' end::public.commission_status
    from public.risk_holds as hold
    where hold.decided_at is null
        and (
            (hold.deal_id is not null and hold.deal_id = wanted_deal)
            or (hold.commission_id is not null and hold.commission_id = wanted_line)
            or (hold.deal_id is null and hold.commission_id is null and hold.partner_id = owner)
        )
    having count(*) > 0;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- A line and the reversals that bear its status move together; these are the only functions that move them before payout.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.line_occurrence(line uuid, journal_kind text) returns bigint
language sql stable security definer set search_path = '' as $$
    select count(*) from ledger.journals where source_kind = 'commission' and source_id = line and kind = journal_kind;
$$;

-- A line and its reversals are one bundle until it leaves: they bear one status. In the balance a line is payable and its
-- reversals are debts (partner_receivable), which the next payout nets.
create function private.bundle(root uuid, among public.commission_status) returns setof public.commissions
language sql volatile security definer set search_path = '' as $$
    select line.* from public.commissions as line
    where line.status = among and (line.id = root or (line.corrects_id = root and line.commission_type = 'reversal'))
    order by line.amount > 0, line.created_at, line.id
    for update;
$$;

-- Sets one line aside, if a hold covers it; true if it moved. The caller holds the row lock of the line.
create function private.set_aside(root public.commissions) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
    wanted public.commission_status := private.hold_over(root.partner_id, root.deal_id, root.id);
    pending bigint;
    entries ledger.entry[];
begin
    if wanted is null or root.status = wanted or root.status not in ('pending', 'approved', 'payable', 'held', 'disputed')
        or root.corrects_id is not null and root.commission_type = 'reversal' or root.amount < 0
    then
        return false;
    end if;
    if root.status = 'payable' then
        pending := ledger.account('partner_pending', root.partner_id, root.currency);
        select array_agg(row(
            'set_aside', 'commission', line.id, private.line_occurrence(line.id, 'set_aside'),
            case when line.amount > 0 then ledger.account('partner_payable', line.partner_id, line.currency) else pending end,
            case when line.amount > 0 then pending else ledger.account('partner_receivable', line.partner_id, line.currency) end,
            abs(line.amount), line.currency
        )::ledger.entry order by line.amount desc, line.id) into entries
        from private.bundle(root.id, 'payable') as line;
        perform ledger.post_all(entries);
    end if;
    update public.commissions as line set status = wanted
    where line.status = root.status and (line.id = root.id or (line.corrects_id = root.id and line.commission_type = 'reversal'));
    perform private.hint(root.partner_id, 'earnings.changed', root.id);
    return true;
end;
$$;

-- A line that its reversals have used up before any of it left is reversed, and so are they.
create function private.retire_reversed(root uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
    line public.commissions;
begin
    -- None of them may leave in a payout meanwhile.
    perform from public.commissions where id = root or (corrects_id = root and commission_type = 'reversal') order by id for update;
    select * into strict line from public.commissions where id = root;
    if line.status not in ('pending', 'approved', 'payable', 'held', 'disputed') or (
        select sum(amount) <> 0 or bool_or(status <> line.status) from public.commissions
        where id = root or (corrects_id = root and commission_type = 'reversal')
    ) then
        return false;
    end if;
    if line.status = 'payable' then
        perform ledger.post(
            'net', 'commission', root,
            ledger.account('partner_payable', line.partner_id, line.currency),
            ledger.account('partner_receivable', line.partner_id, line.currency),
            line.amount, line.currency
        );
    end if;
    update public.commissions set status = 'reversed' where id = root or (corrects_id = root and commission_type = 'reversal');
    return true;
end;
$$;

-- A line comes back to the balance because its payout failed: a hold may stand by now.
create function private.set_aside_returned() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.set_aside(new);
    return null;
end;
$$;

create trigger set_aside_returned after update of status on public.commissions
for each row when (old.status = 'processing' and new.status = 'payable') execute function private.set_aside_returned();

-- The lines that a hold covers and that a hold can move, locked.
create function private.lines_under(hold public.risk_holds) returns setof public.commissions
language sql volatile security definer set search_path = '' as $$
    select line.*
    from public.commissions as line
    where line.status in ('pending', 'approved', 'payable', 'held', 'disputed') and line.amount > 0
        and (
            line.deal_id = hold.deal_id or line.id = hold.commission_id
            or (hold.deal_id is null and hold.commission_id is null and line.partner_id = hold.partner_id)
        )
    order by line.partner_id, line.id
    for update;
$$;

-- The deal of a hold and everybody whom it pays, or the partner. What is forfeited with a partner may be of any deal of theirs.
create function private.lock_what_is_held(owner uuid, of_deal uuid, forfeited boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    everybody uuid[] := array[owner];
    deal public.deals;
begin
    for deal in
        select known.* from public.deals as known
        where known.id = of_deal
            or (of_deal is null and forfeited and owner in (known.partner_id, known.leader_id, known.recruiter_id))
        order by known.id
        for no key update
    loop
        everybody := everybody || array[deal.partner_id, deal.leader_id, deal.recruiter_id];
    end loop;
    perform private.lock_partners(variadic everybody);
end;
$$;

-- Opens a hold and sets aside what it covers. The same open hold again is the one there was. The caller has checked rights.
create function private.place_hold(
    owner uuid, why_code text, evidence text, review timestamptz, opener text,
    of_deal uuid default null, of_commission uuid default null, explanation text default null,
    staff uuid default null, of_dispute uuid default null
) returns public.risk_holds
language plpgsql volatile security definer set search_path = '' as $$
declare
    hold public.risk_holds;
    line public.commissions;
begin
    -- Whoever posts new lines of the deal or the partner takes the same lock and sees the hold, or comes before it.
    perform private.lock_what_is_held(owner, of_deal, false);
    insert into public.risk_holds as made (
        partner_id, deal_id, commission_id, client_dispute_id, reason_code, evidence_class, detail, review_by, opened_by, staff_id
    ) values (owner, of_deal, of_commission, of_dispute, why_code, evidence, explanation, review, opener, staff)
    on conflict (partner_id, deal_id, commission_id, client_dispute_id, reason_code) where decided_at is null do nothing
    returning * into hold;
    if hold.id is null then
        select known.* into strict hold from public.risk_holds as known
        where known.decided_at is null and known.partner_id = owner and known.reason_code = why_code
            and known.deal_id is not distinct from of_deal and known.commission_id is not distinct from of_commission
            and known.client_dispute_id is not distinct from of_dispute;
        return hold;
    end if;
    -- A hold on everything asks for two approvals instead (private.payout_flags), or parks what a closed account asked for.
    if num_nonnulls(of_deal, of_commission) > 0 then
        perform private.call_off_payout(payout, owner, explanation) from private.payouts_under(hold) as payout;
    end if;
    for line in select * from private.lines_under(hold) loop
        perform private.set_aside(line);
    end loop;
    perform private.emit(
        'hold.opened', 'risk_hold', hold.id, owner, null,
        jsonb_build_object(
            'reason_code', why_code, 'deal_id', of_deal, 'commission_id', of_commission, 'review_by', review, 'staff_id', staff
        )
    );
    perform private.notify(
        owner, 'commission', 'Money on hold',
        coalesce(explanation, 'We look into something.') || ' You hear from us by ' || to_char(review at time zone 'UTC', 'YYYY-MM-DD') || '.',
        '/partner/earnings'
    );
    perform private.hint(owner, 'earnings.changed', hold.id);
    return hold;
end;
$$;

-- Ends a hold by a decision. Released: what no other hold covers goes back to pending, and on to the balance at once when its
-- clearing period is over. Upheld: the money is forfeited (private.forfeit); a lost dispute takes its money by its refund.
create function private.end_hold(wanted uuid, outcome public.hold_decision, reason text, staff uuid default null)
returns public.risk_holds
language plpgsql volatile security definer set search_path = '' as $$
declare
    hold public.risk_holds;
    line public.commissions;
    back uuid[] := '{}';
begin
    select * into hold from public.risk_holds where id = wanted;
    if not found then
        perform private.fail('PT404', 'There is no such hold.', 'not_found', 'hold_id');
    end if;
    perform private.lock_what_is_held(hold.partner_id, hold.deal_id, outcome = 'upheld' and hold.opened_by <> 'dispute');
    select * into strict hold from public.risk_holds where id = wanted for update;
    if hold.decided_at is not null then
        if hold.decision = outcome then
            return hold;
        end if;
        perform private.fail('PT409', 'This hold has been decided.', 'wrong_state', 'hold_id');
    end if;
    if outcome is null then
        perform private.fail('22023', 'The decision is released or upheld.', 'required', 'decision');
    end if;
    if coalesce(btrim(reason), '') = '' then
        perform private.fail('22023', 'Say why.', 'required', 'reason');
    end if;
    if outcome = 'upheld' and hold.opened_by <> 'dispute' then
        perform private.call_off_payout(payout, hold.partner_id, btrim(reason)) from private.payouts_under(hold) as payout;
        perform private.forfeit(hold, reason);
    end if;
    update public.risk_holds
    set decided_at = private.now(), decided_by = staff, decision = outcome, decision_reason = btrim(reason)
    where id = wanted
    returning * into hold;
    for line in select * from private.lines_under(hold) loop
        continue when line.status not in ('held', 'disputed');
        if private.hold_over(line.partner_id, line.deal_id, line.id) is not null then
            perform private.set_aside(line); -- still covered, perhaps by another kind of hold
            continue;
        end if;
        update public.commissions as known set status = 'pending'
        where known.status = line.status
            and (known.id = line.id or (known.corrects_id = line.id and known.commission_type = 'reversal'));
        perform private.hint(line.partner_id, 'earnings.changed', line.id);
        back := back || line.id;
    end loop;
    perform private.emit(
        'hold.' || outcome, 'risk_hold', hold.id, hold.partner_id, null,
        jsonb_build_object('reason', btrim(reason), 'staff_id', staff)
    );
    perform private.notify(
        hold.partner_id, 'commission', case outcome when 'released' then 'Hold released' else 'Hold upheld' end, left(btrim(reason), 500),
        '/partner/earnings'
    );
    perform private.hint(hold.partner_id, 'earnings.changed', hold.id);
    perform private.clear_lines(private.due_lines(1000000, back));
    return hold;
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- A suspended or ended account: its money waits with a reason, until somebody reinstates it or decides the hold. A paused
-- (inactive) partner goes on earning.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.hold_with_status() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    known uuid;
begin
    if new.status in ('suspended', 'terminated') then
        perform private.place_hold(
            new.id, 'partner_' || new.status, 'account_status', private.now() + interval '30 days', 'rule', null, null,
            'Your account is ' || new.status || '.'
        );
    end if;
    if new.status in ('active', 'inactive', 'terminated') then
        for known in
            select id from public.risk_holds
            where partner_id = new.id and decided_at is null and deal_id is null and commission_id is null
                and reason_code in ('partner_suspended', 'partner_terminated') and reason_code <> 'partner_' || new.status
        loop
            perform private.end_hold(known, 'released', 'The account is ' || new.status || ' now.', private.my_staff_id());
        end loop;
    end if;
    return null;
end;
$$;

create trigger hold_with_status after update of status on public.partners
for each row when (new.status is distinct from old.status) execute function private.hold_with_status();

-- No row when all is well. What has nothing left is reversed, and no longer both available and owed.
create view private.check_spent_lines with (security_invoker = true) as
select line.id, line.partner_id, line.status, line.amount
from public.commissions as line
join public.commissions as reversal on reversal.corrects_id = line.id and reversal.commission_type = 'reversal'
where line.amount > 0 and line.status in ('pending', 'approved', 'payable', 'held', 'disputed')
group by line.id
having line.amount + sum(reversal.amount) = 0 and bool_and(reversal.status = line.status);

create view private.check_uncovered_holds with (security_invoker = true) as
select line.id, line.partner_id, line.status, private.hold_over(line.partner_id, line.deal_id, line.id) as should_be
from public.commissions as line
where line.amount > 0 and line.status in ('pending', 'approved', 'payable', 'held', 'disputed')
    and coalesce(private.hold_over(line.partner_id, line.deal_id, line.id), 'pending')
    <> case when line.status in ('held', 'disputed') then line.status else 'pending' end;

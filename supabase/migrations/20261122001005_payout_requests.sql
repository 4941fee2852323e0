-- How a payout is made of a balance, what stands in its way, and how it is undone.
--
-- Invariant: a payout takes every payable line of its partner and currency, debts first, and is their sum (an instant one
-- takes the oldest lines that fit under the day's limit); each of its journals has a counterpart if it is undone.

-- A plan's limits are in minor units of USD. In another currency they stand in the proportion of the yardsticks, which say what
-- 50.00 USD is there, zero-decimal currencies included.
create function private.limit_in(usd_limit bigint, wanted_currency text) returns bigint
language sql stable security definer set search_path = '' as $$
    select round(usd_limit::numeric * there.yardstick / usd.yardstick)::bigint
    from public.payout_minimums as there
    cross join public.payout_minimums as usd
    where there.currency = wanted_currency and usd.currency = 'USD';
$$;

-- Until when payouts wait because bank account, e-mail address or second factor changed (A-21); null when they do not.
create function private.payout_wait_ends(account public.payout_accounts) returns timestamptz
language sql immutable set search_path = '' as $$
    select greatest(account.destination_changed_at, account.security_changed_at) + interval '72 hours';
$$;

-- What stands between each partner and a payout, the gravest first; null when nothing does. The one place that knows: asking,
-- the run and the worker look here. Whether the status of the partnership matters depends on the kind of payout.
create view private.payout_standing with (security_invoker = true) as
select
    partner.id as partner_id,
    partner.status in ('active', 'inactive') as is_open,
    account.connected_with_mfa_at is not null as is_connected_with_mfa,
    case
        when exists (
            select from public.payout_holds as hold where hold.partner_id = partner.id and hold.ended_at is null
        ) then 'payouts_frozen'
        when place.country is null then 'country_not_payable'
        when account.stripe_account_id is null then 'no_payout_account'
        when account.status <> 'ready' then 'payout_account_not_ready'
        when private.payout_wait_ends(account) > (select private.now()) then 'destination_hold'
    end as obstacle
from public.partners as partner
left join public.payout_accounts as account on account.partner_id = partner.id
left join public.payout_countries as place on place.country = coalesce(account.country, partner.country) and place.is_open;

create function private.payout_obstacle(owner uuid, of_kind public.payout_kind) returns text
language sql stable security definer set search_path = '' as $$
    select case
        when of_kind <> 'final' and not standing.is_open then 'partner_not_active'
        when of_kind = 'automatic' and standing.obstacle is null and not standing.is_connected_with_mfa then 'mfa_not_enrolled'
        else standing.obstacle
    end
    from private.payout_standing as standing
    where standing.partner_id = owner;
$$;

-- Whether this amount would bring the year to a threshold whose tax details are missing; the rule is private.tax_room.
create function private.tax_obstacle(owner uuid, in_currency text, wanted bigint, besides uuid default null) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
    return case when wanted > private.tax_room(owner, in_currency, besides) then 'tax_status_required' end;
end;
$$;

-- What stands in the way of sending a payout that was made before. A refunded fee is no new money.
create function private.obstacle_of(payout public.payouts) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
    return coalesce(
        private.payout_obstacle(
            payout.partner_id, case when payout.kind = 'final' then 'final' else 'on_request' end::public.payout_kind
        ),
        case
            when payout.kind <> 'fee_refund'
                then private.tax_obstacle(payout.partner_id, payout.currency, payout.amount, payout.id)
        end
    );
end;
$$;

create function private.refuse_payout(obstacle text, owner uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
    waits timestamptz;
begin
    case obstacle
        when 'partner_not_active' then
            perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
        when 'payouts_frozen' then
            perform private.fail('PT409', 'Payouts are frozen until we have spoken to you.', 'payouts_frozen', null, 'Contact support.');
        when 'country_not_payable' then
            perform private.require_payable_country((
                select coalesce(account.country, partner.country) from public.partners as partner
                left join public.payout_accounts as account on account.partner_id = partner.id
                where partner.id = owner
            ));
        when 'no_payout_account' then
            perform private.fail('PT409', 'Connect a payout account first.', 'no_payout_account');
        when 'payout_account_not_ready' then
            perform private.fail('PT409', 'Your payout account is not ready yet.', 'payout_account_not_ready');
        when 'destination_hold' then
            select private.payout_wait_ends(account) into waits from public.payout_accounts as account where account.partner_id = owner;
            perform private.fail(
                'PT409', 'Payouts wait 72 hours after your bank account, e-mail address or second factor changed.', 'destination_hold',
                null, 'Try again after ' || waits::text || '.', '72 hours'
            );
        else -- null: nothing in the way
    end case;
end;
$$;

-- Open risks of a partner. With any of them two people approve, whatever the amount (A-20).
create function private.payout_flags(owner uuid) returns text[]
language plpgsql stable security definer set search_path = '' as $$
begin
    return array_remove(array[
        case when exists (
            select from public.risk_holds as hold
            where hold.partner_id = owner and hold.decided_at is null and hold.reason_code <> 'dispute'
        ) or exists (
            select from public.commissions as line where line.partner_id = owner and line.status = 'held'
        ) then 'risk_hold' end,
        case when exists (
            select from public.commissions as line where line.partner_id = owner and line.status = 'disputed'
        ) then 'dispute' end,
        case when exists (
            select from public.payout_holds as hold where hold.partner_id = owner and hold.ended_at is null
        ) then 'payouts_frozen' end,
        case when exists (
            select from public.payout_accounts as mine
            join public.payout_accounts as other
                on other.destination_fingerprint = mine.destination_fingerprint and other.partner_id <> mine.partner_id
            where mine.partner_id = owner
        ) then 'shared_bank_account' end
    ], null);
end;
$$;

-- How many different people have to say yes: the amount decides by the frozen plan, a flag asks for two.
create function private.approvals_for(owner uuid, total bigint, in_currency text, plan uuid) returns integer
language plpgsql stable security definer set search_path = '' as $$
declare
    terms public.commission_plans;
begin
    select * into strict terms from public.commission_plans where id = plan;
    return case
        when total >= private.limit_in(terms.two_approvals_from, in_currency) or private.payout_flags(owner) <> '{}' then 2
        when total >= private.limit_in(terms.one_approval_from, in_currency) then 1
        else 0
    end;
end;
$$;

create function private.payable_balance(owner uuid, in_currency text) returns bigint
language sql stable security definer set search_path = '' as $$
    select coalesce(sum(amount), 0)::bigint from public.commissions
    where partner_id = owner and currency = in_currency and status = 'payable';
$$;

-- Makes a payout of what is payable: claims the lines, nets debts, books the request, and sends it on its way when nobody has
-- to approve. Callers have checked who asks and what stands in the way.
create function private.make_payout(
    owner uuid, in_currency text, request uuid, of_kind public.payout_kind,
    at_most bigint default null, run uuid default null, staff uuid default null, least_approvals integer default 0
) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
    plan uuid := private.current_plan();
    minimum bigint;
    total bigint;
    debts bigint;
    taken uuid[];
    room bigint;
begin
    -- One at a time per partner and currency.
    perform private.lock_partners(owner);
    perform pg_advisory_xact_lock(hashtextextended('payout:' || owner::text || ':' || in_currency, 0));
    perform private.settle_recoveries(owner, in_currency);
    select amount into minimum from public.payout_minimums where currency = in_currency;
    -- Debts first, then the oldest: the sum rises along the way, so whatever fits is a beginning of the list.
    select coalesce(sum(line.amount), 0), -coalesce(sum(line.amount) filter (where line.amount < 0), 0), array_agg(line.id)
    into total, debts, taken
    from (
        select id, amount, sum(amount) over (order by amount > 0, created_at, id) as so_far
        from public.commissions
        where partner_id = owner and currency = in_currency and status = 'payable'
    ) as line
    where at_most is null or line.amount < 0 or line.so_far <= at_most;
    if total < 0 then
        perform private.fail(
            'PT409', 'Your balance is negative: it is carried forward and set off against what you earn next.', 'balance_negative'
        );
    end if;
    if total = 0 and at_most is not null and private.payable_balance(owner, in_currency) > 0 then
        perform private.fail('PT409', 'No commission fits under what may still be paid instantly today.', 'instant_limit', null, null, at_most::text);
    end if;
    if total = 0 then
        perform private.fail('PT409', 'There is nothing to pay out yet.', 'nothing_available');
    end if;
    if total < minimum and of_kind <> 'final' then
        perform private.fail('PT409', 'Your balance is below the minimum.', 'below_minimum', null, null, minimum::text);
    end if;
    room := private.tax_room(owner, in_currency);
    if total > room then
        perform private.fail(
            'PT409', 'This payout needs your tax details.', 'tax_status_required', 'tax_status',
            'Complete them at Stripe, through your payout account.', room::text
        );
    end if;
    insert into public.payouts (
        partner_id, request_id, kind, currency, amount, method, fee, status, plan_id, approvals_needed, requested_by, run_id
    )
    select
        owner, request, of_kind, in_currency, total, case when of_kind = 'instant' then 'instant' else 'standard' end::public.payout_method,
        case when of_kind = 'instant' then private.instant_fee(in_currency, total) else 0 end,
        case when needed.approvals = 0 then 'approved' else 'draft' end::public.payout_status, plan, needed.approvals, staff, run
    from (select greatest(least_approvals, private.approvals_for(owner, total, in_currency, plan)) as approvals) as needed
    returning * into payout;
    with claimed as (
        update public.commissions set status = 'processing'
        where id = any (taken) and status = 'payable'
        returning id, amount
    )

    insert into public.payout_items (payout_id, commission_id, amount)
    select payout.id, claimed.id, claimed.amount from claimed;
    if (select sum(amount) from public.payout_items where payout_id = payout.id) is distinct from total then
        perform private.fail('40001', 'The balance changed while the payout was made; try again.', 'balance_changed');
    end if;
    if debts > 0 then
        perform ledger.post(
            'net', 'payout', payout.id,
            ledger.account('partner_payable', owner, in_currency),
            ledger.account('partner_receivable', owner, in_currency),
            debts, in_currency
        );
    end if;
    perform ledger.post(
        'payout_request', 'payout', payout.id,
        ledger.account('partner_payable', owner, in_currency),
        ledger.account('payout_clearing', null, in_currency),
        total, in_currency
    );
    if payout.status = 'approved' then
        perform private.enqueue('payout.send', payout.id::text, jsonb_build_object('payout_id', payout.id));
    end if;
    perform private.hint(owner, 'earnings.changed', payout.id);
    return payout;
end;
$$;

-- A payout for whoever goes on to its lines or journals: the partner's lock comes first.
create function private.lock_payout(wanted uuid) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
begin
    perform private.lock_partners(known.partner_id) from public.payouts as known where known.id = wanted;
    select * into payout from public.payouts where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such payout.', 'not_found', 'payout_id');
    end if;
    return payout;
end;
$$;

-- Ends a payout that was not sent: its journals are undone by journals, its lines are payable again. The event keeps what was
-- in it.
create function private.release_payout(
    wanted uuid, ending public.payout_status, code text default null, message text default null
) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
    debts bigint;
    roots uuid[];
begin
    update public.payouts set status = ending, failure_code = code, failure_message = message where id = wanted
    returning * into payout;
    select -coalesce(sum(amount) filter (where amount < 0), 0) into debts from public.payout_items where payout_id = wanted;
    perform ledger.post(
        'payout_cancelled', 'payout', wanted,
        ledger.account('payout_clearing', null, payout.currency),
        case
            when payout.kind = 'fee_refund' then ledger.account('payout_fees', null, payout.currency)
            else ledger.account('partner_payable', payout.partner_id, payout.currency)
        end,
        payout.amount, payout.currency
    );
    if debts > 0 then
        perform ledger.post(
            'net_cancelled', 'payout', wanted,
            ledger.account('partner_receivable', payout.partner_id, payout.currency),
            ledger.account('partner_payable', payout.partner_id, payout.currency),
            debts, payout.currency
        );
    end if;
    perform private.emit('payout.released', 'payout', wanted, payout.partner_id, (
        select jsonb_agg(jsonb_build_object('commission_id', commission_id, 'amount', amount)) from public.payout_items
        where payout_id = wanted
    ));
    with released as (
        delete from public.payout_items where payout_id = wanted returning commission_id
    ),

    returned as (
        update public.commissions as line set status = 'payable'
        from released where line.id = released.commission_id
        returning case when line.commission_type = 'reversal' then line.corrects_id else line.id end as root
    )

    select array_agg(distinct returned.root) into roots from returned;
    -- Some may have been taken back in full while they were in here.
    perform private.retire_reversed(known.id) from unnest(roots) as known (id) order by known.id;
    perform private.hint(payout.partner_id, 'earnings.changed', wanted);
    return payout;
end;
$$;

-- What the caller got for this request id, null before: a phone may repeat itself. Refuses whoever may not ask for a payout at all.
create function private.payout_asked_before(wanted_request uuid) returns public.payouts
language plpgsql stable security definer set search_path = '' as $$
declare
    payout public.payouts;
begin
    perform private.require_active_partner();
    perform private.require_fresh_mfa();
    if wanted_request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    select * into payout from public.payouts where request_id = wanted_request and partner_id = private.me();
    return payout;
end;
$$;

-- Takes everything payable of one currency into one payout. Needs a second factor shown in the last ten minutes.
create function private.request_payout(wanted_currency text, wanted_request uuid) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    payout public.payouts;
begin
    payout := private.payout_asked_before(wanted_request);
    if payout.id is not null then
        return payout;
    end if;
    if not exists (select from public.payout_minimums where currency = wanted_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    perform private.refuse_payout(private.payout_obstacle(mine, 'on_request'), mine);
    return private.make_payout(mine, wanted_currency, wanted_request, 'on_request');
end;
$$;

-- What a suspended or former partner still has is theirs (F-17): staff pay it out, below the minimum, too. Whoever asks for it
-- does not approve it.
create function private.final_payout(owner uuid, wanted_currency text, wanted_request uuid) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    payout public.payouts;
    known public.partner_status;
begin
    if wanted_request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    select * into payout from public.payouts where request_id = wanted_request and kind = 'final' and partner_id = owner;
    if found then
        return payout;
    end if;
    select status into known from public.partners where id = owner;
    if known is null then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    perform private.require_others_affair(owner);
    if known not in ('suspended', 'terminated') then
        perform private.fail('PT409', 'A final payout is for suspended and former partners.', 'wrong_state', 'partner_id');
    end if;
    perform private.refuse_payout(private.payout_obstacle(owner, 'final'), owner);
    return private.make_payout(owner, wanted_currency, wanted_request, 'final', staff => staff, least_approvals => 1);
end;
$$;

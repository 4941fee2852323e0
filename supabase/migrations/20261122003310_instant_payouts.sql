-- Instant payouts (A-20): for Elite, of cleared money only, at most the plan's limit a day; the partner pays the fee and has seen
-- it. The transfer is amount − fee; then Stripe is asked for an instant payout on the partner's own account. Where that is not
-- possible the money goes the standard way and the fee is not charged, or given back.
--
-- Invariant: a fee is booked once, with the transfer; an instant payout that fell back after its transfer has one fee_refund.

create type public.instant_status as enum ('waiting', 'sending', 'on_its_way', 'arrived', 'fell_back');

-- What Stripe takes for an instant payout, passed on as it is. Currencies without a row have none.
create table public.instant_fees (
    currency char(3) primary key references public.payout_minimums,
    fee_bp integer not null check (fee_bp between 0 and 10000),
    minimum_fee bigint not null check (minimum_fee >= 0) -- minor units
);

insert into public.instant_fees (currency, fee_bp, minimum_fee) values ('USD', 100, 50), ('EUR', 100, 40), ('GBP', 100, 40);

create table public.instant_payouts (
    payout_id uuid primary key references public.payouts,
    status public.instant_status not null default 'waiting',
    quoted_fee bigint not null,
    fallback_reason text check (length(fallback_reason) between 1 and 300),
    -- Frozen before Stripe is called:
    stripe_account_id text,
    request jsonb,
    idempotency_key text unique,
    attempt_started_at timestamptz,
    stripe_payout_id text unique,
    arrived_at timestamptz,
    created_at timestamptz not null default private.now(),
    check ((status = 'fell_back') = (fallback_reason is not null))
);

create function private.instant_fee(in_currency text, amount bigint) returns bigint
language sql stable security definer set search_path = '' as $$
    select greatest(fee.minimum_fee, private.share_of(amount, fee.fee_bp)) from public.instant_fees as fee
    where fee.currency = in_currency;
$$;

-- What may still go out instantly today (UTC), per currency.
create function private.instant_limit_left(owner uuid, in_currency text) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
    most bigint;
begin
    select private.limit_in(plan.instant_daily_limit, in_currency) into most
    from public.commission_plans as plan where plan.id = private.current_plan();
    return greatest(0, most - coalesce((
        select sum(payout.amount) from public.payouts as payout
        where payout.partner_id = owner and payout.currency = in_currency and payout.method = 'instant'
            and payout.status not in ('failed', 'cancelled')
            and payout.requested_at >= date_trunc('day', private.now(), 'UTC')
    ), 0));
end;
$$;

-- Why instant payouts of a currency do not exist for a partner, null where they do: Stripe makes them in some countries, and
-- there in the currency of the country's own bank accounts alone.
create function private.instant_obstacle(owner uuid, wanted_currency text) returns text
language sql stable security definer set search_path = '' as $$
    select case
        when not coalesce(place.instant, false) then 'instant_country'
        when place.currency <> wanted_currency or terms.currency is null then 'instant_currency'
    end
    from public.partners as partner
    left join public.payout_accounts as account on account.partner_id = partner.id
    left join public.payout_countries as place on place.country = coalesce(account.country, partner.country)
    left join public.instant_fees as terms on terms.currency = wanted_currency
    where partner.id = owner;
$$;

-- What an instant payout would be at this moment, and why not. The app shows it before anybody confirms.
create function private.quote_instant_payout(wanted_currency text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    partner public.partners;
    terms public.instant_fees;
    most bigint;
    total bigint;
    fee bigint;
    obstacle text;
begin
    if mine is null then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    if not exists (select from public.payout_minimums where currency = wanted_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    select * into partner from public.partners where id = mine;
    select * into terms from public.instant_fees where currency = wanted_currency;
    most := private.instant_limit_left(mine, wanted_currency);
    select coalesce(sum(line.amount), 0) into total
    from (
        select amount, sum(amount) over (order by amount > 0, created_at, id) as so_far
        from public.commissions
        where partner_id = mine and currency = wanted_currency and status = 'payable'
    ) as line
    where line.amount < 0 or line.so_far <= most;
    fee := case when total > 0 then private.instant_fee(wanted_currency, total) end;
    obstacle := case
        when partner.current_tier <> 'elite' then 'tier'
        when private.instant_obstacle(mine, wanted_currency) is not null then private.instant_obstacle(mine, wanted_currency)
        when private.payout_obstacle(mine, 'instant') is not null then private.payout_obstacle(mine, 'instant')
        when total < 0 then 'balance_negative'
        when total = 0 and private.payable_balance(mine, wanted_currency) > 0 then 'instant_limit'
        when total = 0 then 'nothing_available'
        when total < (select amount from public.payout_minimums where currency = wanted_currency) then 'below_minimum'
        when fee >= total then 'below_minimum'
        else private.tax_obstacle(mine, wanted_currency, total)
    end;
    return jsonb_build_object(
        'currency', wanted_currency, 'available', private.payable_balance(mine, wanted_currency), 'amount', greatest(total, 0),
        'fee', fee, 'net', total - fee, 'rate', terms.fee_bp, 'minimum_fee', terms.minimum_fee, 'limit_left', most, 'obstacle', obstacle,
        'approvals_needed', case when obstacle is null then private.approvals_for(mine, total, wanted_currency, private.current_plan()) end
    );
end;
$$;

-- The partner confirms the fee that was shown; another one is refused.
create function private.request_instant_payout(wanted_currency text, shown_fee bigint, wanted_request uuid) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    payout public.payouts;
    obstacle text;
begin
    payout := private.payout_asked_before(wanted_request);
    if payout.id is not null then
        return payout;
    end if;
    if not exists (select from public.partners where id = mine and current_tier = 'elite') then
        perform private.fail('42501', 'Instant payouts open with the Elite tier.', 'tier', null, null, 'elite');
    end if;
    obstacle := private.instant_obstacle(mine, wanted_currency);
    if obstacle = 'instant_country' then
        perform private.fail(
            '22023', 'There are no instant payouts in your country.', 'instant_country', 'country', 'Ask for a standard payout.'
        );
    end if;
    if obstacle = 'instant_currency' then
        perform private.fail('22023', 'There are no instant payouts in this currency.', 'instant_currency', 'currency', 'Ask for a standard payout.');
    end if;
    perform private.refuse_payout(private.payout_obstacle(mine, 'instant'), mine);
    -- Before the limit is read, so that two requests at once cannot both have the whole of it.
    perform private.lock_partners(mine);
    perform pg_advisory_xact_lock(hashtextextended('payout:' || mine::text || ':' || wanted_currency, 0));
    payout := private.make_payout(
        mine, wanted_currency, wanted_request, 'instant', at_most => private.instant_limit_left(mine, wanted_currency)
    );
    if payout.fee is distinct from shown_fee then
        perform private.fail('PT409', 'The fee is not the one that was shown.', 'fee_changed', 'fee', 'Look at it again.', payout.fee::text);
    end if;
    insert into public.instant_payouts (payout_id, quoted_fee) values (payout.id, payout.fee);
    return payout;
end;
$$;

create function public.quote_instant_payout(currency text) returns jsonb
language sql stable set search_path = '' as $$
    select private.quote_instant_payout(currency);
$$;

create function public.request_instant_payout(currency text, fee bigint, request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select jsonb_build_object(
        'id', payout.id, 'amount', payout.amount, 'fee', payout.fee, 'net', payout.amount - payout.fee, 'currency', payout.currency,
        'status', payout.status, 'requested_at', payout.requested_at
    )
    from private.request_instant_payout(currency, fee, request_id) as payout;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The worker's steps. Each is safe to repeat.
-- ---------------------------------------------------------------------------------------------------------------------

-- The money goes the standard way. Before the transfer the fee is simply not charged; after it, it is given back by a payout
-- of its own.
create function worker.fall_back_to_standard(payout uuid, reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
    refund public.payouts;
begin
    select * into strict row from public.payouts where id = payout for update;
    update public.instant_payouts set status = 'fell_back', fallback_reason = left(reason, 300)
    where payout_id = payout and status not in ('arrived', 'fell_back');
    if not found then
        return jsonb_build_object('duplicate', true);
    end if;
    if row.request is null then
        update public.payouts set method = 'standard', fee = 0 where id = payout;
    elsif row.fee > 0 then
        if row.status not in ('sent', 'paid') then
            perform private.fail('23514', 'The payout is not being sent.', 'wrong_state'); -- its fee is not booked yet
        end if;
        insert into public.payouts (partner_id, request_id, kind, currency, amount, status, plan_id, refund_of)
        values (row.partner_id, gen_random_uuid(), 'fee_refund', row.currency, row.fee, 'approved', row.plan_id, row.id)
        returning * into refund;
        perform ledger.post(
            'instant_fee_returned', 'payout', payout,
            ledger.account('payout_fees', null, row.currency),
            ledger.account('payout_clearing', null, row.currency),
            row.fee, row.currency
        );
        perform private.enqueue('payout.send', refund.id::text, jsonb_build_object('payout_id', refund.id));
    end if;
    perform private.emit(
        'payout.instant_fell_back', 'payout', payout, row.partner_id, null, jsonb_build_object('reason', left(reason, 300), 'refund_id', refund.id)
    );
    perform private.notify(
        row.partner_id, 'payout', 'Paid the standard way',
        'An instant payout was not possible: ' || left(reason, 300) || ' It takes the usual days, and there is no fee.', '/partner/earnings'
    );
    perform private.hint(row.partner_id, 'payout.changed', payout);
    return jsonb_build_object('duplicate', false, 'refund_id', refund.id);
end;
$$;

-- What to do about an instant payout whose transfer is made:
--   skip     nothing (arrived, fell back, or there was no transfer yet)
--   send     call Stripe with this request and key
--   look     the key is too old: look for the payout on the account
--   confirm  Stripe has it: ask whether it arrived
create function worker.begin_instant(payout uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
    instant public.instant_payouts;
begin
    select * into strict row from public.payouts where id = payout for update;
    select * into instant from public.instant_payouts where payout_id = payout for update;
    if row.status not in ('sent', 'paid') or instant.status is null or instant.status in ('arrived', 'fell_back') then
        return jsonb_build_object('action', 'skip', 'status', row.status);
    end if;
    if instant.status = 'waiting' then
        update public.instant_payouts
        set
            status = 'sending', stripe_account_id = row.request ->> 'destination', idempotency_key = 'instant-' || payout::text || '-a1',
            attempt_started_at = private.now(),
            request = jsonb_build_object(
                'amount', row.amount - row.fee, 'currency', lower(row.currency), 'method', 'instant',
                'metadata', jsonb_build_object('payout_id', payout)
            )
        where payout_id = payout
        returning * into instant;
    end if;
    return jsonb_build_object(
        'action', case
            when instant.status = 'on_its_way' then 'confirm'
            when instant.attempt_started_at < private.now() - interval '23 hours' then 'look'
            else 'send'
        end,
        'account', instant.stripe_account_id, 'request', instant.request, 'idempotency_key', instant.idempotency_key,
        'stripe_payout', instant.stripe_payout_id, 'started_at', instant.attempt_started_at
    );
end;
$$;

-- Stripe's word on the instant payout. One payout has one; another one is an alarm.
create function worker.record_instant(payout uuid, stripe_payout text, arrived boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    instant public.instant_payouts;
    owner uuid;
begin
    select * into strict instant from public.instant_payouts where payout_id = payout for update;
    if instant.stripe_payout_id is distinct from stripe_payout and instant.stripe_payout_id is not null then
        perform private.fail('23505', 'This payout has another instant payout already.', 'second_transfer', null, null, instant.stripe_payout_id);
    end if;
    if instant.status in ('arrived', 'fell_back') or (instant.status = 'on_its_way' and not arrived) then
        return jsonb_build_object('status', instant.status, 'duplicate', true);
    end if;
    update public.instant_payouts
    set
        status = case when arrived then 'arrived' else 'on_its_way' end::public.instant_status, stripe_payout_id = stripe_payout,
        arrived_at = case when arrived then private.now() end
    where payout_id = payout
    returning * into instant;
    if arrived then
        select partner_id into owner from public.payouts where id = payout;
        perform private.notify(owner, 'payout', 'Your money has arrived', 'The instant payout has reached your bank or card.', '/partner/earnings');
        perform private.hint(owner, 'payout.changed', payout);
    end if;
    return jsonb_build_object('status', instant.status, 'duplicate', false);
end;
$$;

-- Fees: charged once with the transfer, given back once after a fallback, and what is left in the account is the difference.
create view private.check_instant_fees with (security_invoker = true) as
select payout.id, payout.fee, instant.status, refund.amount as given_back
from public.payouts as payout
left join public.instant_payouts as instant on instant.payout_id = payout.id
left join public.payouts as refund on refund.refund_of = payout.id
where (payout.kind = 'instant') <> (instant.payout_id is not null)
    or (instant.status = 'fell_back' and payout.fee > 0) <> (refund.id is not null);

create view private.check_fee_account with (security_invoker = true) as
with charged as (
    select payout.currency, sum(payout.fee) as amount
    from public.payouts as payout
    where payout.fee > 0 and payout.status in ('sent', 'paid', 'reversed')
        and not exists (
            select from public.payouts as refund where refund.refund_of = payout.id and refund.status not in ('failed', 'cancelled')
        )
    group by payout.currency
),

book as (
    select currency, -balance as amount from ledger.accounts where kind = 'payout_fees'
)

select coalesce(charged.currency, book.currency) as currency, charged.amount as of_payouts, book.amount as booked
from charged
full join book on book.currency = charged.currency
where coalesce(charged.amount, 0) <> coalesce(book.amount, 0);

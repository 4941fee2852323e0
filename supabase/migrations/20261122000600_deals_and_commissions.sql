-- Deals, client payments and commission lines.
--
-- Invariants: the rate is frozen when the win arrives (A-04); amounts, inputs and links of a commission line never change;
-- its status is a projection that only posting functions write; the lines of a deal add up to what its frozen terms give for
-- the cash that the client has paid and not got back, rounded once per kind, half away from zero; a refund never takes more
-- than its payment brought, a reversal never more than its line.

create type public.deal_status as enum ('claimed', 'verified', 'rejected', 'cancelled');

create type public.commission_type as enum ('base', 'team_override', 'referral', 'bonus', 'adjustment', 'reversal');

create type public.commission_status as enum (
    'estimated', -- deal won; no cash yet
    'pending', -- client payment cleared; the clearing period runs
    'approved', -- clearing period over, deal verified, no risk hold
    'payable', -- in the partner's balance
    'processing', -- in a payout
    'paid',
    'held', -- a risk hold stands
    'reversed',
    'disputed',
    'settled' -- an estimate that cash lines have replaced in full
);

create table public.deals (
    id uuid primary key default gen_random_uuid(),
    lead_id uuid not null unique references public.leads,
    partner_id uuid not null references public.partners,
    reference text not null unique default 'D-' || upper(substr(encode(extensions.gen_random_bytes(8), 'hex'), 1, 8)),
    request_id uuid not null unique, -- made by the client: the same claim twice is one deal
    status public.deal_status not null default 'claimed',
    claimed_value bigint not null check (claimed_value > 0 and claimed_value <= 1000000000000),
    contracted_value bigint check (contracted_value > 0),
    currency char(3) not null references public.payout_minimums,
    won_at timestamptz not null default private.now(),
    -- Frozen at the win:
    plan_id uuid not null references public.commission_plans,
    tier_at_win public.partner_tier not null,
    rate_bp integer not null check (rate_bp between 0 and 10000),
    clearing_days integer not null check (clearing_days >= 0),
    verified_at timestamptz,
    verified_by uuid references public.staff_members, -- null when the client's payment verified the deal
    rejected_reason text,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    check ((status = 'verified') <= (verified_at is not null))
);

create index on public.deals (partner_id, won_at desc);
create index on public.deals (plan_id);
create index on public.deals (currency);
create index on public.deals (verified_by);

create function private.keep_frozen_terms() returns trigger
language plpgsql set search_path = '' as $$
begin
    if current_setting('siso.writer', true) is distinct from 'reassign_deal' and (new.partner_id, new.lead_id, new.currency, new.won_at, new.plan_id, new.tier_at_win, new.rate_bp, new.clearing_days, new.claimed_value)
        is distinct from
        (old.partner_id, old.lead_id, old.currency, old.won_at, old.plan_id, old.tier_at_win, old.rate_bp, old.clearing_days, old.claimed_value)
    then
        perform private.fail('42501', 'The terms of a won deal never change.', 'frozen_terms');
    end if;
    new.updated_at := private.now();
    return new;
end;
$$;

create trigger keep_frozen_terms before update on public.deals
for each row execute function private.keep_frozen_terms();

create table public.client_payments (
    id uuid primary key default gen_random_uuid(),
    inbound_event_id uuid not null unique references ops.inbound_events,
    deal_id uuid not null references public.deals,
    source text not null,
    source_id text not null,
    instalment integer not null check (instalment > 0),
    amount bigint not null check (amount > 0), -- net of tax, minor units
    currency char(3) not null,
    cleared_at timestamptz not null,
    created_at timestamptz not null default private.now(),
    posting bigint not null generated always as identity unique, -- drawn under the lock of the deal: the order of its payments
    unique (source, source_id)
);

create index on public.client_payments (deal_id, cleared_at);

-- What a client got back of a payment: a refund, or a dispute that was lost. `amount` is what counts: a dispute over money that
-- has been refunded takes nothing again (F-04).
create table public.client_refunds (
    id uuid primary key default gen_random_uuid(),
    inbound_event_id uuid not null unique references ops.inbound_events,
    client_payment_id uuid not null references public.client_payments,
    deal_id uuid not null references public.deals,
    kind text not null check (kind in ('refund', 'dispute_lost')),
    source text not null,
    source_id text not null,
    reported_amount bigint not null check (reported_amount > 0),
    amount bigint not null check (amount > 0 and amount <= reported_amount), -- minor units
    currency char(3) not null,
    refunded_at timestamptz not null,
    created_at timestamptz not null default private.now(),
    unique (source, source_id, kind)
);

create index on public.client_refunds (client_payment_id);
create index on public.client_refunds (deal_id);

create type public.dispute_status as enum ('opened', 'won', 'lost');

create table public.client_disputes (
    id uuid primary key default gen_random_uuid(),
    client_payment_id uuid not null references public.client_payments,
    deal_id uuid not null references public.deals,
    source text not null,
    source_id text not null,
    amount bigint not null check (amount > 0),
    currency char(3) not null,
    status public.dispute_status not null default 'opened',
    opened_at timestamptz not null,
    closed_at timestamptz,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    unique (source, source_id),
    check ((status = 'opened') = (closed_at is null))
);

create index on public.client_disputes (client_payment_id);
create index on public.client_disputes (deal_id);

create trigger touch_updated_at before update on public.client_disputes
for each row execute function private.touch_updated_at();

-- Payments and refunds are facts: written once. A refund beyond its payment is refused whoever writes it.
create function private.keep_cash_fact() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    paid bigint;
    returned bigint;
begin
    if tg_op in ('UPDATE', 'DELETE') then
        perform private.fail('42501', 'What a client paid or got back is never rewritten.', 'append_only');
    end if;
    select amount into paid from public.client_payments where id = new.client_payment_id for no key update;
    select coalesce(sum(amount), 0) into returned from public.client_refunds where client_payment_id = new.client_payment_id;
    if returned + new.amount > paid then
        perform private.fail(
            '22023', 'More would be refunded than was collected.', 'refund_above_payment', 'amount', null, (paid - returned)::text
        );
    end if;
    return new;
end;
$$;

create trigger keep_cash_fact before update or delete on public.client_payments
for each row execute function private.keep_cash_fact();
create trigger keep_cash_fact before insert or update or delete on public.client_refunds
for each row execute function private.keep_cash_fact();

create table public.commissions (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    lead_id uuid references public.leads,
    deal_id uuid references public.deals, -- null only for a bonus or an adjustment that no deal brought
    project_id uuid, -- of SISO-CLIENT-BASE, once known
    client_payment_id uuid references public.client_payments, -- whose cash this counts; null for estimates, bonuses, adjustments
    refund_id uuid references public.client_refunds, -- the refund or lost dispute that caused it
    commission_type public.commission_type not null,
    reverses_type public.commission_type, -- of a reversal: what it takes back
    kind public.commission_type not null generated always as (coalesce(reverses_type, commission_type)) stored,
    estimate boolean not null default false,
    status public.commission_status not null,
    amount bigint not null check (amount <> 0),
    currency char(3) not null,
    -- Inputs, so that recomputing gives the same cents for ever:
    plan_id uuid references public.commission_plans,
    tier public.partner_tier,
    rate_bp integer,
    net_cash bigint, -- what the client had paid for the deal and not got back, this event included
    base_amount bigint, -- what the rate was applied to: net cash, or the base commission of it
    uncapped bigint, -- rate × base, rounded
    entitled bigint, -- after the cap of the program: what all lines of this kind come to with this one
    booked_before bigint not null default 0, -- what they had come to before this event
    booking integer, -- the n-th event of the deal that booked lines
    -- Of a bonus or an adjustment: what it is for, once each.
    source text check (source ~ '^[a-z_]+$'), -- challenge, claim, staff …
    source_id uuid,
    note text check (length(note) between 1 and 500),
    clears_at timestamptz,
    corrects_id uuid references public.commissions,
    payment_date date,
    stripe_transfer_id text,
    created_at timestamptz not null default private.now(),
    constraint estimate_states check (
        case when estimate then status in ('estimated', 'settled', 'reversed') else status not in ('estimated', 'settled') end
    ),
    constraint money_clears check (estimate or clears_at is not null),
    constraint of_a_deal check (
        commission_type in ('bonus', 'adjustment') or reverses_type in ('bonus', 'adjustment')
        or num_nulls(deal_id, lead_id, plan_id, tier, rate_bp, base_amount) = 0
    ),
    constraint of_a_payment check (estimate or source_id is not null or client_payment_id is not null),
    constraint of_a_source check ((source is null) = (source_id is null)),
    constraint reversal_of_a_line check (
        (commission_type = 'reversal') = (reverses_type is not null)
        and (commission_type <> 'reversal' or (corrects_id is not null and reverses_type <> 'reversal'))
    ),
    constraint sign_of_the_type check (commission_type = 'adjustment' or (amount > 0) = (commission_type <> 'reversal'))
);

-- One line per event, partner, type and corrected line; one estimate per deal; one bonus or adjustment per source.
create unique index commissions_source_key
on public.commissions (client_payment_id, refund_id, partner_id, commission_type, corrects_id) nulls not distinct
where not estimate and source_id is null;
create unique index commissions_own_source_key
on public.commissions (source, source_id, partner_id, commission_type, corrects_id) nulls not distinct
where source_id is not null;
create unique index commissions_estimate_key on public.commissions (deal_id, commission_type) where estimate and status <> 'reversed';
-- Carries what the sums of a partner's earnings need: thousands of lines lie in as many places of the table.
create index commissions_partner_id_created_at_idx on public.commissions (partner_id, created_at desc)
include (currency, status, estimate, amount, clears_at);
create index commissions_due on public.commissions (clears_at) where status = 'pending';
create index commissions_open_estimates on public.commissions (partner_id) where status = 'estimated';
create index on public.commissions (deal_id);
create index on public.commissions (lead_id);
create index on public.commissions (plan_id);
create index on public.commissions (corrects_id);
create index on public.commissions (refund_id);

create function private.keep_commission_line() returns trigger
language plpgsql set search_path = '' as $$
begin
    if tg_op = 'DELETE' then
        perform private.fail('42501', 'Commission lines are never deleted.', 'append_only', null, 'Post a correcting line.');
    end if;
    -- A generated column is not computed yet when this runs.
    if (to_jsonb(new) - array['status', 'payment_date', 'stripe_transfer_id', 'kind'])
        is distinct from (to_jsonb(old) - array['status', 'payment_date', 'stripe_transfer_id', 'kind'])
    then
        perform private.fail('42501', 'Amounts and inputs of a commission line never change.', 'append_only', null, 'Post a correcting line.');
    end if;
    if old.status = 'paid' then
        perform private.fail('42501', 'A paid line stays paid.', 'paid_is_final', null, 'Post a correcting line.');
    end if;
    return new;
end;
$$;

create trigger keep_commission_line before update or delete on public.commissions
for each row execute function private.keep_commission_line();

-- rate × amount, rounded half away from zero (round(numeric) does), in minor units.
create function private.share_of(amount bigint, rate_bp integer) returns bigint
language plpgsql immutable set search_path = '' as $$
begin
    return round(amount::numeric * rate_bp / 10000)::bigint;
end;
$$;

create function private.verify_deal(wanted_reference text, value bigint) returns public.deals
language plpgsql volatile security definer set search_path = '' as $$
declare
    deal public.deals;
    staff uuid := private.require_staff('admin', 'finance', 'support');
begin
    deal := private.deal_to_decide(wanted_reference);
    if deal.status not in ('claimed', 'verified') then
        perform private.fail('PT409', 'Only a claimed deal can be verified.', 'wrong_state', 'reference');
    end if;
    if value is null or value <= 0 then
        perform private.fail('22023', 'The contracted value must be above zero.', 'positive', 'contracted_value');
    end if;
    if deal.status = 'verified' then
        if deal.contracted_value is null then
            -- The client's payment came first and verified the deal: the contract's value is still missing.
            update public.deals set contracted_value = value where id = deal.id returning * into deal;
            perform private.emit(
                'deal.contracted', 'deal', deal.id, deal.partner_id, null,
                jsonb_build_object('contracted_value', value, 'staff_id', staff)
            );
        elsif deal.contracted_value <> value then
            perform private.fail('PT409', 'This deal was verified with another value.', 'wrong_state', 'contracted_value');
        end if;
        return deal;
    end if;
    update public.deals
    set status = 'verified', verified_at = private.now(), verified_by = staff, contracted_value = value
    where id = deal.id
    returning * into deal;
    perform private.emit(
        'deal.verified', 'deal', deal.id, deal.partner_id,
        jsonb_build_object('status', 'claimed'), jsonb_build_object('status', 'verified', 'staff_id', staff)
    );
    perform private.notify(
        deal.partner_id, 'commission', 'Deal verified', 'Deal ' || deal.reference || ' has been verified.', '/partner/earnings'
    );
    perform private.hint(deal.partner_id, 'earnings.changed', deal.id);
    -- Lines whose clearing period ended while the deal waited for this.
    perform private.enqueue('commission.clear', 'deal:' || deal.id::text, jsonb_build_object('deal_id', deal.id));
    return deal;
end;
$$;

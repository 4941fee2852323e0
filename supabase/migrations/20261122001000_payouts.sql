-- Payouts. A commission line can be in one payout only; a payout's request is frozen before Stripe is called; an unknown
-- outcome is looked up, never blindly repeated.

create type public.payout_status as enum (
    'draft', 'approved', 'sending', 'sent', 'paid', 'parked', 'failed', 'reversed', 'cancelled'
);
create type public.payout_account_status as enum ('none', 'onboarding', 'ready', 'restricted');
create type public.payout_kind as enum (
    'on_request', -- the partner asked for it
    'automatic', -- a payout run made it
    'instant', -- an Elite partner asked for it to be there within minutes
    'final', -- staff pay what a suspended or former partner still has (F-17)
    'fee_refund' -- gives an instant payout's fee back
);
create type public.payout_method as enum ('standard', 'instant');
create type public.payout_run_status as enum ('previewed', 'approved', 'executing', 'executed', 'reconciled');
-- What Stripe says of a partner's tax details. Only 'complete' lets the year's total reach a threshold (tax_thresholds).
create type public.tax_status as enum (
    'unknown', -- Stripe has not said
    'required', -- Stripe waits for the partner
    'pending', -- Stripe looks at them
    'rejected', -- they do not match
    'complete'
);

-- Where Stripe pays bank accounts of ours: self-serve cross-border payouts of Connect. Written by set_payout_country.
create table public.payout_countries (
    country char(2) primary key check (country ~ '^[A-Z]{2}$'),
    currency char(3) not null check (currency ~ '^[A-Z]{3}$'), -- of the bank accounts there
    instant boolean not null, -- whether instant payouts exist there
    is_open boolean not null default true,
    updated_at timestamptz not null default private.now()
);

create trigger touch_updated_at before update on public.payout_countries
for each row execute function private.touch_updated_at();

insert into public.payout_countries (country, currency, instant) values
('US', 'USD', true), ('GB', 'GBP', true), ('CA', 'CAD', true), ('CH', 'CHF', false), ('NO', 'NOK', true), ('IS', 'ISK', false),
('LI', 'CHF', false), ('DK', 'DKK', true), ('SE', 'SEK', true), ('PL', 'PLN', false), ('CZ', 'CZK', false), ('RO', 'RON', false),
('HU', 'HUF', false), ('BG', 'EUR', true), ('AT', 'EUR', true), ('BE', 'EUR', true), ('CY', 'EUR', true), ('DE', 'EUR', true),
('EE', 'EUR', true), ('ES', 'EUR', true), ('FI', 'EUR', true), ('FR', 'EUR', true), ('GR', 'EUR', true), ('HR', 'EUR', true),
('IE', 'EUR', true), ('IT', 'EUR', true), ('LT', 'EUR', true), ('LU', 'EUR', true), ('LV', 'EUR', true), ('MT', 'EUR', true),
('NL', 'EUR', true), ('PT', 'EUR', true), ('SI', 'EUR', true), ('SK', 'EUR', true);

create function private.is_payable_country(wanted text) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (select from public.payout_countries where country = wanted and is_open);
$$;

-- Nobody applies, onboards or earns where nothing can be paid (F-16): asked before any money is set aside.
create function private.require_payable_country(wanted text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
    if not private.is_payable_country(wanted) then
        perform private.fail(
            'PT409', 'We cannot pay to this country yet.', 'country_not_payable', 'country',
            'Countries that we pay to: ' || (select string_agg(country, ', ' order by country) from public.payout_countries where is_open) || '.',
            wanted
        );
    end if;
end;
$$;

create table public.payout_accounts (
    partner_id uuid primary key references public.partners,
    stripe_account_id text unique,
    status public.payout_account_status not null default 'none',
    country char(2),
    requirements_due text[] not null default '{}',
    destination_label text, -- masked, as Stripe tells it
    destination_fingerprint text,
    destination_changed_at timestamptz,
    security_changed_at timestamptz, -- e-mail address or second factor
    connected_with_mfa_at timestamptz, -- the automatic run pays only what was connected with a second factor
    tax_status public.tax_status not null default 'unknown',
    tax_told_year integer, -- in which the partner was told that a payout waits for their tax details
    accounts_before integer not null default 0, -- accounts at Stripe that were left behind in another country
    -- Looks at Stripe are numbered when they begin, so that a slow one cannot overwrite what a later one saw.
    looks_begun bigint not null default 0,
    looks_saved bigint not null default 0,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create index on public.payout_accounts (destination_fingerprint);

create trigger touch_updated_at before update on public.payout_accounts
for each row execute function private.touch_updated_at();

create table public.payout_account_links (
    id uuid primary key, -- the client's request id
    partner_id uuid not null references public.partners,
    url text,
    expires_at timestamptz,
    error text,
    created_at timestamptz not null default private.now()
);

create index on public.payout_account_links (partner_id, created_at desc);

-- Nothing is sent to a partner with an open hold. Time never ends one; staff do, with a reason.
create table public.payout_holds (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    reason text not null check (length(reason) between 1 and 500),
    placed_by uuid references public.staff_members, -- null: the partner said "this was not me"
    placed_at timestamptz not null default private.now(),
    ended_by uuid references public.staff_members,
    ended_at timestamptz,
    ended_reason text check (length(ended_reason) between 1 and 500),
    check (num_nulls(ended_by, ended_at, ended_reason) in (0, 3))
);

create index payout_holds_open on public.payout_holds (partner_id) where ended_at is null;
create index on public.payout_holds (partner_id);
create index on public.payout_holds (placed_by);
create index on public.payout_holds (ended_by);

-- One pass over all partners. The weekly one has the key of its Friday, so that a cron that fires twice makes one.
create table public.payout_runs (
    id uuid primary key default gen_random_uuid(),
    key text not null unique,
    kind public.payout_kind not null default 'automatic' check (kind = 'automatic'),
    status public.payout_run_status not null,
    preview jsonb not null default '{}',
    created_by uuid references public.staff_members, -- null: cron
    approved_by uuid references public.staff_members check (approved_by <> created_by),
    executed_by uuid references public.staff_members,
    reached uuid, -- the last partner who was looked at
    payouts integer not null default 0,
    skipped jsonb not null default '{}', -- reason → partners
    created_at timestamptz not null default private.now(),
    started_at timestamptz,
    finished_at timestamptz,
    reconciled_by uuid references public.staff_members,
    reconciled_at timestamptz
);

create index on public.payout_runs (created_at desc);
create index on public.payout_runs (created_by);
create index on public.payout_runs (approved_by);
create index on public.payout_runs (executed_by);
create index on public.payout_runs (reconciled_by);

create table public.payouts (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    request_id uuid not null unique,
    kind public.payout_kind not null default 'on_request',
    currency char(3) not null,
    amount bigint not null check (amount > 0), -- what the lines add up to
    method public.payout_method not null default 'standard',
    fee bigint not null default 0 check (fee >= 0 and fee < amount), -- kept back; the transfer is amount − fee
    status public.payout_status not null,
    -- Frozen with the request, so that later plans change nothing (A-20):
    plan_id uuid not null default private.current_plan() references public.commission_plans,
    approvals_needed smallint not null default 0 check (approvals_needed between 0 and 2),
    approvals_when_asked smallint, -- how many it needed when Stripe was asked the last time; a flag may have come since
    requested_by uuid references public.staff_members, -- of a final payout
    run_id uuid references public.payout_runs,
    refund_of uuid unique references public.payouts,
    country char(2), -- where the money goes: under the forms of this country it is reported; frozen with the request
    requested_at timestamptz not null default private.now(),
    -- Frozen before the first call to Stripe:
    request jsonb,
    attempt integer not null default 0,
    idempotency_key text unique,
    attempt_started_at timestamptz,
    attempt_refused boolean not null default false, -- its key gives the same refusal for ever
    stripe_transfer_id text unique,
    sent_at timestamptz,
    paid_at timestamptz,
    failure_code text,
    failure_message text,
    updated_at timestamptz not null default private.now(),
    check ((kind = 'automatic') = (run_id is not null)),
    check ((kind = 'fee_refund') = (refund_of is not null)),
    check (fee = 0 or kind = 'instant'),
    check ((attempt = 0) = (approvals_when_asked is null))
);

create index on public.payouts (partner_id, requested_at desc);
create index on public.payouts (plan_id);
create index on public.payouts (requested_by);
-- One payout per partner, currency and run, however often the run is begun.
create unique index payouts_run_key on public.payouts (run_id, partner_id, currency);

-- A debt (a reversal of a paid line) is an item with a negative amount.
create table public.payout_items (
    payout_id uuid not null references public.payouts,
    commission_id uuid not null unique references public.commissions,
    amount bigint not null check (amount <> 0),
    primary key (payout_id, commission_id)
);

-- What a payout of one partner and currency is made of.
create index commissions_payable on public.commissions (partner_id, currency) where status = 'payable';

create table public.payout_approvals (
    payout_id uuid not null references public.payouts,
    staff_id uuid not null references public.staff_members,
    decision text not null check (decision in ('approved', 'rejected')),
    reason text check (length(reason) between 1 and 500),
    decided_at timestamptz not null default private.now(),
    primary key (payout_id, staff_id),
    check (decision = 'approved' or reason is not null)
);

create index on public.payout_approvals (staff_id);

create function private.keep_payout_approval() returns trigger
language plpgsql set search_path = '' as $$
begin
    perform private.fail('42501', 'A decision about a payout is never changed.', 'append_only');
    return null;
end;
$$;

create trigger keep_payout_approval before update or delete or truncate on public.payout_approvals
for each statement execute function private.keep_payout_approval();

create function private.keep_payout() returns trigger
language plpgsql set search_path = '' as $$
begin
    if (
            new.partner_id, new.request_id, new.kind, new.currency, new.amount, new.plan_id, new.requested_by, new.run_id, new.refund_of,
            new.requested_at
        ) is distinct from (
            old.partner_id, old.request_id, old.kind, old.currency, old.amount, old.plan_id, old.requested_by, old.run_id, old.refund_of,
            old.requested_at
        )
        or (old.request is not null and (new.request, new.fee, new.method, new.country) is distinct from (old.request, old.fee, old.method, old.country))
        or (old.stripe_transfer_id is not null and new.stripe_transfer_id is distinct from old.stripe_transfer_id)
        or new.approvals_needed < old.approvals_needed
        or (new.approvals_when_asked is distinct from old.approvals_when_asked and new.status <> 'sending')
        or (old.status = 'paid' and new.status not in ('paid', 'reversed'))
        or (old.status in ('failed', 'cancelled', 'reversed') and new.status <> old.status)
    then
        perform private.fail('42501', 'What was promised or sent in a payout never changes.', 'frozen_payout');
    end if;
    new.updated_at := private.now();
    return new;
end;
$$;

create trigger keep_payout before update on public.payouts for each row execute function private.keep_payout();

create function private.payout_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' or new.status is distinct from old.status then
        perform private.emit(
            'payout.' || new.status, 'payout', new.id, new.partner_id,
            case when tg_op = 'UPDATE' then jsonb_build_object('status', old.status) end, jsonb_build_object('status', new.status)
        );
        perform private.hint(new.partner_id, 'payout.changed', new.id);
    end if;
    return null;
end;
$$;

create trigger payout_changed after insert or update on public.payouts
for each row execute function private.payout_changed();

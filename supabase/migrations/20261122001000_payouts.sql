-- Payouts. A commission line can be in one payout only; a payout's request is frozen before Stripe is called; an unknown
-- outcome is looked up, never blindly repeated.

create type public.payout_status as enum (
    'draft', 'approved', 'sending', 'sent', 'paid', 'parked', 'failed', 'reversed', 'cancelled'
);
create type public.payout_account_status as enum ('none', 'onboarding', 'ready', 'restricted');

create table public.payout_accounts (
    partner_id uuid primary key references public.partners,
    stripe_account_id text unique,
    status public.payout_account_status not null default 'none',
    country char(2),
    requirements_due text[] not null default '{}',
    destination_label text, -- masked, as Stripe tells it
    destination_fingerprint text,
    destination_changed_at timestamptz,
    -- Looks at Stripe are numbered when they begin, so that a slow one cannot overwrite what a later one saw.
    looks_begun bigint not null default 0,
    looks_saved bigint not null default 0,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

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

create table public.payouts (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    request_id uuid not null unique,
    currency char(3) not null,
    amount bigint not null check (amount > 0),
    status public.payout_status not null,
    requested_at timestamptz not null default private.now(),
    -- Frozen before the first call to Stripe:
    request jsonb,
    attempt integer not null default 0,
    idempotency_key text unique,
    attempt_started_at timestamptz,
    stripe_transfer_id text unique,
    sent_at timestamptz,
    paid_at timestamptz,
    failure_code text,
    failure_message text,
    updated_at timestamptz not null default private.now()
);

create index on public.payouts (partner_id, requested_at desc);

create table public.payout_items (
    payout_id uuid not null references public.payouts,
    commission_id uuid not null unique references public.commissions,
    amount bigint not null,
    primary key (payout_id, commission_id)
);

create function private.keep_payout() returns trigger
language plpgsql set search_path = '' as $$
begin
    if (new.partner_id, new.request_id, new.currency, new.amount) is distinct from (old.partner_id, old.request_id, old.currency, old.amount)
        or (old.request is not null and new.request is distinct from old.request)
        or (old.stripe_transfer_id is not null and new.stripe_transfer_id is distinct from old.stripe_transfer_id)
        or old.status = 'paid' and new.status not in ('paid', 'reversed')
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

-- Takes everything payable of one currency into one payout. Needs a second factor shown in the last ten minutes.
create function private.request_payout(wanted_currency text, wanted_request uuid) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    account public.payout_accounts;
    payout public.payouts;
    minimum bigint;
    total bigint;
begin
    perform private.require_active_partner();
    perform private.require_fresh_mfa();
    if wanted_request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    select * into payout from public.payouts where request_id = wanted_request and partner_id = mine;
    if found then
        return payout;
    end if;
    select amount into minimum from public.payout_minimums where currency = wanted_currency;
    if minimum is null then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    select * into account from public.payout_accounts where partner_id = mine;
    if account.stripe_account_id is null then
        perform private.fail('PT409', 'Connect a payout account first.', 'no_payout_account');
    end if;
    if account.status <> 'ready' then
        perform private.fail('PT409', 'Your payout account is not ready yet.', 'payout_account_not_ready');
    end if;
    if account.destination_changed_at > private.now() - interval '72 hours' then
        perform private.fail(
            'PT409', 'Payouts wait 72 hours after the bank account changed.', 'destination_hold', null,
            'Try again after ' || (account.destination_changed_at + interval '72 hours')::text || '.', '72 hours'
        );
    end if;
    -- One at a time per partner and currency.
    perform pg_advisory_xact_lock(hashtextextended('payout:' || mine::text || ':' || wanted_currency, 0));
    select coalesce(sum(amount), 0) into total from public.commissions
    where partner_id = mine and currency = wanted_currency and status = 'payable';
    if total <= 0 then
        perform private.fail('PT409', 'There is nothing to pay out yet.', 'nothing_available');
    end if;
    if total < minimum then
        perform private.fail('PT409', 'Your balance is below the minimum.', 'below_minimum', null, null, minimum::text);
    end if;
    insert into public.payouts (partner_id, request_id, currency, amount, status)
    -- A-20: without flags no approval is needed below 1,000.00; above it waits as a draft for finance.
    values (mine, wanted_request, wanted_currency, total, case when total < 100000 then 'approved' else 'draft' end::public.payout_status)
    returning * into payout;
    with claimed as (
        update public.commissions set status = 'processing'
        where partner_id = mine and currency = wanted_currency and status = 'payable'
        returning id, amount
    )

    insert into public.payout_items (payout_id, commission_id, amount)
    select payout.id, claimed.id, claimed.amount from claimed;
    if (select sum(amount) from public.payout_items where payout_id = payout.id) <> total then
        perform private.fail('40001', 'The balance changed while the payout was made; try again.', 'balance_changed');
    end if;
    perform ledger.post(
        'payout_request', 'payout', payout.id,
        ledger.account('partner_payable', mine, wanted_currency),
        ledger.account('payout_clearing', null, wanted_currency),
        total, wanted_currency
    );
    if payout.status = 'approved' then
        perform private.enqueue('payout.send', payout.id::text, jsonb_build_object('payout_id', payout.id));
    end if;
    perform private.hint(mine, 'earnings.changed', payout.id);
    return payout;
end;
$$;

create function private.approve_payout(wanted uuid) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
    staff uuid := private.require_staff('finance', 'admin');
begin
    select * into payout from public.payouts where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such payout.', 'not_found', 'payout_id');
    end if;
    if payout.partner_id = private.me() then
        perform private.fail('42501', 'Nobody approves a payout to themselves.', 'self_dealing');
    end if;
    if payout.amount >= 500000 then
        perform private.fail('PT409', 'From 5,000.00 on two people approve a payout.', 'second_approval');
    end if;
    if payout.status <> 'draft' then
        return payout;
    end if;
    update public.payouts set status = 'approved' where id = wanted returning * into payout;
    perform private.emit('payout.approved_by', 'payout', payout.id, payout.partner_id, null, jsonb_build_object('staff_id', staff));
    perform private.enqueue('payout.send', payout.id::text, jsonb_build_object('payout_id', payout.id));
    return payout;
end;
$$;

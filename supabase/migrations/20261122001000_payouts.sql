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
        perform private.fail('P0002', 'There is no such payout.', 'not_found', 'payout_id');
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

-- The worker's first step: freezes request and key, says what to do. Committed before Stripe is called.
--   skip      nothing to do (paid, cancelled, or sent a moment ago)
--   park      the account cannot receive, or its bank account changed within 72 hours (A-21); wakes up by itself
--   send      call Stripe with this request and key
--   reconcile there was an attempt whose key is too old or was refused: look for its transfer before a new one
--   confirm   sent, but Stripe's word has not come: fetch the transfer
create function worker.begin_payout(payout uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
    account public.payout_accounts;
    look_first boolean;
begin
    select * into strict row from public.payouts where id = payout for update;
    if row.status = 'sent' and row.sent_at < private.now() - interval '10 minutes' then
        return jsonb_build_object('action', 'confirm', 'transfer', row.stripe_transfer_id);
    end if;
    if row.status not in ('approved', 'sending', 'parked') then
        return jsonb_build_object('action', 'skip', 'status', row.status);
    end if;
    select * into account from public.payout_accounts where partner_id = row.partner_id;
    if row.status <> 'sending' and (
        account.status is distinct from 'ready'
        or (select status from public.partners where id = row.partner_id) not in ('active', 'inactive')
    ) then
        update public.payouts set status = 'parked', failure_code = 'account_not_ready' where id = payout;
        return jsonb_build_object('action', 'park');
    end if;
    if row.status <> 'sending' and account.destination_changed_at > private.now() - interval '72 hours' then
        update public.payouts set status = 'parked', failure_code = 'destination_hold' where id = payout;
        perform private.enqueue(
            'payout.send', payout::text || ':held:' || account.destination_changed_at::text,
            jsonb_build_object('payout_id', payout), account.destination_changed_at + interval '72 hours'
        );
        return jsonb_build_object('action', 'park');
    end if;
    if row.request is null then
        row.request := jsonb_build_object(
            'amount', row.amount, 'currency', lower(row.currency), 'destination', account.stripe_account_id,
            'transfer_group', 'payout-' || row.id::text, 'description', 'SISO commissions',
            'metadata', jsonb_build_object('payout_id', row.id)
        );
    end if;
    look_first := row.attempt > 0 and (row.status <> 'sending' or row.attempt_started_at < private.now() - interval '23 hours');
    if row.attempt = 0 then
        row.attempt := 1;
        row.idempotency_key := 'payout-' || row.id::text || '-a1';
        row.attempt_started_at := private.now();
    end if;
    update public.payouts
    set
        status = 'sending', request = row.request, attempt = row.attempt, idempotency_key = row.idempotency_key,
        attempt_started_at = row.attempt_started_at, failure_code = null, failure_message = null
    where id = payout;
    return jsonb_build_object(
        'action', case when look_first then 'reconcile' else 'send' end,
        'request', row.request, 'idempotency_key', row.idempotency_key, 'attempt', row.attempt
    );
end;
$$;

-- After a look-up that found no transfer: a new attempt with a new key.
create function worker.restart_payout_attempt(payout uuid, seen_attempt integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
begin
    update public.payouts
    set
        attempt = attempt + 1,
        idempotency_key = 'payout-' || id::text || '-a' || (attempt + 1)::text,
        attempt_started_at = private.now()
    where id = payout and status = 'sending' and attempt = seen_attempt
    returning * into row;
    if not found then
        return jsonb_build_object('action', 'skip');
    end if;
    return jsonb_build_object(
        'action', 'send', 'request', row.request, 'idempotency_key', row.idempotency_key, 'attempt', row.attempt
    );
end;
$$;

-- Stripe has the transfer: books it. The same transfer twice is nothing; another one for the same payout is an alarm.
create function worker.record_transfer(payout uuid, transfer text, transfer_amount bigint, transfer_currency text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
begin
    select * into strict row from public.payouts where id = payout for update;
    if row.stripe_transfer_id = transfer then
        return jsonb_build_object('status', row.status, 'duplicate', true);
    end if;
    if row.stripe_transfer_id is not null then
        perform private.fail('23505', 'This payout has another transfer already.', 'second_transfer', null, null, row.stripe_transfer_id);
    end if;
    if (transfer_amount, upper(transfer_currency)) is distinct from (row.amount, row.currency::text) then
        perform private.fail('23514', 'The transfer is not what was asked for.', 'transfer_mismatch');
    end if;
    -- Also when it was parked meanwhile: what Stripe has is a fact, and forgetting it would pay twice.
    if row.status not in ('sending', 'parked') then
        perform private.fail('23514', 'The payout is not being sent.', 'wrong_state');
    end if;
    update public.payouts
    set status = 'sent', stripe_transfer_id = transfer, sent_at = private.now(), failure_code = null, failure_message = null
    where id = payout;
    perform ledger.post(
        'payout_sent', 'payout', payout,
        ledger.account('payout_clearing', null, row.currency),
        ledger.account('stripe_cash', null, row.currency),
        row.amount, row.currency
    );
    return jsonb_build_object('status', 'sent', 'duplicate', false);
end;
$$;

-- Stripe refused an attempt for good (a 4xx): the next one gets another key. 'park' waits for the account or for funds; 'fail'
-- gives the lines back to the balance. A refusal that comes late, of an attempt that is not the current one, changes nothing.
create function worker.payout_refused(payout uuid, seen_attempt integer, code text, message text, next text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
begin
    select * into strict row from public.payouts where id = payout for update;
    if row.status <> 'sending' or row.attempt <> seen_attempt then
        return;
    end if;
    if next = 'park' then
        update public.payouts set status = 'parked', failure_code = code, failure_message = message where id = payout;
    elsif next = 'fail' then
        update public.payouts set status = 'failed', failure_code = code, failure_message = message where id = payout;
        delete from public.payout_items where payout_id = payout;
        perform ledger.post(
            'payout_cancelled', 'payout', payout,
            ledger.account('payout_clearing', null, row.currency),
            ledger.account('partner_payable', row.partner_id, row.currency),
            row.amount, row.currency
        );
        update public.commissions set status = 'payable'
        where partner_id = row.partner_id and currency = row.currency and status = 'processing'
            and not exists (select from public.payout_items as item where item.commission_id = commissions.id);
        perform private.notify(
            row.partner_id, 'payout', 'Payout failed', 'The money is back in your balance. ' || left(message, 300), '/partner/earnings'
        );
        perform private.hint(row.partner_id, 'earnings.changed', payout);
    else
        perform private.fail('22023', 'next must be park or fail', 'one_of', 'next', null, 'park, fail');
    end if;
end;
$$;

-- Stripe's own word that the transfer exists makes the payout paid.
create function worker.confirm_transfer(payout uuid, transfer text, transfer_amount bigint, transfer_currency text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
begin
    select * into row from public.payouts where id = payout for update;
    if not found then
        perform private.fail('P0002', 'There is no such payout.', 'not_found', 'payout');
    end if;
    -- The webhook may be here before the worker has written the answer of its own call.
    if row.status in ('sending', 'parked') then
        perform worker.record_transfer(payout, transfer, transfer_amount, transfer_currency);
        row.status := 'sent';
        row.stripe_transfer_id := transfer;
    end if;
    if row.stripe_transfer_id is distinct from transfer then
        perform private.fail('23505', 'This payout has another transfer.', 'second_transfer', null, null, row.stripe_transfer_id);
    end if;
    if row.status <> 'sent' then
        return jsonb_build_object('status', row.status, 'duplicate', true);
    end if;
    update public.payouts set status = 'paid', paid_at = private.now() where id = payout;
    update public.commissions as line
    set status = 'paid', payment_date = (private.now() at time zone 'UTC')::date, stripe_transfer_id = transfer
    from public.payout_items as item
    where item.payout_id = payout and item.commission_id = line.id;
    perform private.notify(row.partner_id, 'payout', 'Payout sent', 'Your payout is on its way to your bank.', '/partner/earnings');
    perform private.hint(row.partner_id, 'earnings.changed', payout);
    return jsonb_build_object('status', 'paid', 'duplicate', false);
end;
$$;

-- Stripe events are stored whole before anything else happens; the job is made once.
create function worker.receive_stripe_event(endpoint text, event_id text, payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    stored uuid;
begin
    insert into ops.inbound_events as event (source, source_id, payload)
    values ('stripe:' || endpoint, event_id, payload)
    on conflict on constraint inbound_events_source_source_id_key do nothing
    returning event.id into stored;
    if stored is null then
        return jsonb_build_object('duplicate', true);
    end if;
    perform private.enqueue(
        case when private.my_worker() = 'accounts' then 'account.event' else 'stripe.event' end,
        stored::text, jsonb_build_object('inbound_event_id', stored)
    );
    return jsonb_build_object('id', stored, 'duplicate', false);
end;
$$;

create function worker.stripe_event(inbound_event_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object('endpoint', substr(event.source, 8), 'event', event.payload)
    from ops.inbound_events as event
    where event.id = $1 and event.source like 'stripe:%';
$$;

create function worker.stripe_event_done(inbound_event_id uuid) returns void
language sql volatile security definer set search_path = '' as $$
    update ops.inbound_events set processed_at = private.now()
    where id = $1 and source like 'stripe:%' and processed_at is null;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Payout accounts (accounts worker). A partner may only start with a second factor.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.request_onboarding_link(request uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
begin
    perform private.require_fresh_mfa();
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    insert into public.payout_account_links (id, partner_id) values (request, mine) on conflict (id) do nothing;
    if not found and not exists (select from public.payout_account_links where id = request and partner_id = mine) then
        perform private.fail('23505', 'This request id was used by somebody else.', 'request_id_reused', 'request_id');
    end if;
    insert into public.payout_accounts (partner_id) values (mine) on conflict do nothing;
    perform private.enqueue('account.link', request::text, jsonb_build_object('link_id', request, 'partner_id', mine));
    return request;
end;
$$;

create function worker.account_inputs(partner uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'partner_id', person.id, 'name', person.name, 'email', person.email, 'country', coalesce(person.country, 'US'),
        'status', person.status, 'stripe_account_id', account.stripe_account_id, 'account_status', account.status
    )
    from public.partners as person
    left join public.payout_accounts as account on account.partner_id = person.id
    where person.id = partner;
$$;

-- Keeps the account that Stripe made; the first one wins.
create function worker.save_account(partner uuid, account text, account_country text) returns text
language sql volatile security definer set search_path = '' as $$
    update public.payout_accounts
    set
        stripe_account_id = coalesce(stripe_account_id, account),
        country = coalesce(country, account_country),
        status = case when status = 'none' then 'onboarding' else status end
    where partner_id = partner
    returning stripe_account_id;
$$;

create function worker.save_account_link(link uuid, link_url text, link_expires_at timestamptz, link_error text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    owner uuid;
begin
    update public.payout_account_links set url = link_url, expires_at = link_expires_at, error = link_error
    where id = link
    returning partner_id into owner;
    if owner is not null then
        perform private.hint(owner, 'payout_account.link', link);
    end if;
end;
$$;

-- Numbers a look at an account before Stripe is asked; null for an account that is not ours.
create function worker.begin_account_look(account text) returns bigint
language sql volatile security definer set search_path = '' as $$
    update public.payout_accounts set looks_begun = looks_begun + 1 where stripe_account_id = account returning looks_begun;
$$;

-- What Stripe says of an account now. When it becomes ready, parked payouts wake up; when its bank account changes, payouts
-- wait 72 hours and the partner is told (A-21). Only the very first bank account is no change: removing one and adding
-- another later is.
create function worker.save_account_state(
    account text, look bigint, new_status public.payout_account_status, due text[], label text, fingerprint text
) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    before public.payout_accounts;
    changed boolean;
begin
    select * into before from public.payout_accounts where stripe_account_id = account for update;
    if not found or look <= before.looks_saved then
        return; -- not one of ours, or a later look was saved before
    end if;
    changed := fingerprint is distinct from before.destination_fingerprint
        and (before.destination_fingerprint is not null or before.destination_changed_at is not null);
    update public.payout_accounts
    set
        looks_saved = look, status = new_status, requirements_due = coalesce(due, '{}'), destination_label = label,
        destination_fingerprint = fingerprint,
        destination_changed_at = case when changed then private.now() else before.destination_changed_at end
    where stripe_account_id = account;
    if changed then
        perform private.notify(
            before.partner_id, 'security', 'Bank account changed',
            'Payouts wait 72 hours after a change. If this was not you, contact support now.', '/partner/earnings'
        );
    end if;
    if new_status = 'ready' then
        insert into ops.outbox (topic, dedupe_key, payload, request_id)
        select 'payout.send', 'payout.send:' || parked.id::text || ':woken:' || pg_current_xact_id()::text,
            jsonb_build_object('payout_id', parked.id), private.request_id()
        from public.payouts as parked
        where parked.partner_id = before.partner_id and parked.status = 'parked'
        on conflict (dedupe_key) do nothing;
    end if;
    perform private.emit(
        'payout_account.changed', 'payout_account', before.partner_id, before.partner_id,
        jsonb_build_object('status', before.status), jsonb_build_object('status', new_status)
    );
    perform private.hint(before.partner_id, 'payout_account.changed', before.partner_id);
end;
$$;

-- Heals what no event will wake: payouts parked although their account is ready (the event came between two steps, or it was
-- the partner who had to be reactivated), and sent ones that Stripe's webhook never confirmed. Once an hour each.
create function private.wake_waiting_payouts() returns void
language sql security definer set search_path = '' as $$
    select private.enqueue(
        'payout.send', payout.id::text || ':woken:' || to_char(private.now(), 'YYYYMMDDHH24'),
        jsonb_build_object('payout_id', payout.id)
    )
    from public.payouts as payout
    join public.payout_accounts as account on account.partner_id = payout.partner_id
    join public.partners as partner on partner.id = payout.partner_id
    where payout.updated_at < private.now() - interval '10 minutes'
        and (
            payout.status = 'sent'
            or (payout.status = 'parked' and account.status = 'ready' and partner.status in ('active', 'inactive'))
        )
        and not exists (
            select from ops.outbox as job
            where job.topic = 'payout.send' and job.payload ->> 'payout_id' = payout.id::text
                and job.done_at is null and job.dead_at is null
        );
$$;

select cron.schedule('wake-waiting-payouts', '*/10 * * * *', 'select private.wake_waiting_payouts()');

-- Payouts on their way that nobody works on: no open job, and no dead one that tells why.
create view private.check_stuck_payouts with (security_invoker = true) as
select payout.id, payout.partner_id, payout.status, payout.updated_at
from public.payouts as payout
where payout.status in ('approved', 'sending')
    and not exists (
        select from ops.outbox as job
        where job.topic = 'payout.send' and job.done_at is null and job.payload ->> 'payout_id' = payout.id::text
    );

-- Stripe's money and ours: no row when they agree.
create view private.check_payouts_against_ledger with (security_invoker = true) as
select payout.id, payout.status, payout.amount, journal.id as journal_id
from public.payouts as payout
left join ledger.journals as journal
    on journal.source_kind = 'payout' and journal.source_id = payout.id and journal.kind = 'payout_sent'
where (payout.status in ('sent', 'paid', 'reversed')) <> (journal.id is not null);

create view private.check_payout_items with (security_invoker = true) as
select payout.id, payout.amount, coalesce(sum(item.amount), 0) as of_items
from public.payouts as payout
left join public.payout_items as item on item.payout_id = payout.id
where payout.status not in ('failed', 'cancelled')
group by payout.id
having payout.amount <> coalesce(sum(item.amount), 0);

-- How a payout is sent and confirmed: the steps of the payouts worker, each safe to repeat.

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
        perform private.fail('PT404', 'There is no such payout.', 'not_found', 'payout');
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

-- How a payout is sent and confirmed: the steps of the payouts worker, each safe to repeat.

-- The worker's first step: freezes request and key, says what to do. Committed before Stripe is called.
--   skip      nothing to do (paid, cancelled, sent a moment ago, or called off because money in it is on hold)
--   park      something stands in the way (private.payout_obstacle), or a flag asks for more approvals
--   send      call Stripe with this request and key
--   reconcile there was an attempt whose key is too old or was refused: look for its transfer before a new one
--   confirm   sent, but Stripe's word has not come: fetch the transfer
--   check_instant  ask Stripe first whether this account can be paid instantly, then come back with settled
create function worker.begin_payout(payout uuid, settled boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
    account public.payout_accounts;
    look_first boolean;
    obstacle text;
begin
    row := private.lock_payout(payout);
    if row.status = 'sent' and row.sent_at < private.now() - interval '10 minutes' then
        return jsonb_build_object('action', 'confirm', 'transfer', row.stripe_transfer_id);
    end if;
    if row.status not in ('approved', 'sending', 'parked') then
        return jsonb_build_object('action', 'skip', 'status', row.status);
    end if;
    -- Locked: two payouts of one partner must not both see room under a tax threshold.
    select * into account from public.payout_accounts where partner_id = row.partner_id for update;
    -- A hold that came while the payout was being made did not see it.
    if row.attempt = 0 and exists (
        select from public.payout_items as item
        join public.commissions as line on line.id = item.commission_id
        join public.risk_holds as hold
            on hold.decided_at is null and (hold.deal_id = line.deal_id or hold.commission_id = line.id)
        where item.payout_id = payout and line.amount > 0
    ) then
        row := private.call_off_payout(row, null, null);
        return jsonb_build_object('action', 'skip', 'status', row.status);
    end if;
    -- Once an attempt is on its way, nothing stops us from finding out what became of it.
    if row.status <> 'sending' then
        obstacle := private.obstacle_of(row);
        if obstacle is not null then
            update public.payouts set status = 'parked', failure_code = obstacle, failure_message = null where id = payout;
            if obstacle = 'destination_hold' then
                perform private.enqueue(
                    'payout.send', payout::text || ':held:' || private.payout_wait_ends(account)::text,
                    jsonb_build_object('payout_id', payout), private.payout_wait_ends(account)
                );
            elsif obstacle = 'tax_status_required' then
                perform private.tell_tax_needed(row.partner_id);
            end if;
            return jsonb_build_object('action', 'park', 'why', obstacle);
        end if;
        if row.kind <> 'fee_refund' and private.payout_flags(row.partner_id) <> '{}' and private.approvals_given(payout) < 2 then
            update public.payouts set status = 'draft', approvals_needed = 2, failure_code = 'needs_approval' where id = payout;
            return jsonb_build_object('action', 'park', 'why', 'needs_approval');
        end if;
        if row.method = 'instant' and row.request is null and not settled then
            return jsonb_build_object('action', 'check_instant', 'account', account.stripe_account_id, 'currency', row.currency);
        end if;
    end if;
    if row.request is null then
        row.request := jsonb_build_object(
            'amount', row.amount - row.fee, 'currency', lower(row.currency), 'destination', account.stripe_account_id,
            'transfer_group', 'payout-' || row.id::text, 'description', 'SISO commissions',
            'metadata', jsonb_build_object('payout_id', row.id)
        );
        row.country := coalesce(account.country, (select country from public.partners where id = row.partner_id));
    end if;
    -- Also while another job is at it: the key of a refused attempt would only be refused again, and park what that job sends.
    look_first := row.attempt_refused or (row.attempt > 0 and (row.status <> 'sending' or row.attempt_started_at < private.now() - interval '23 hours'));
    if row.attempt = 0 then
        row.attempt := 1;
        row.idempotency_key := 'payout-' || row.id::text || '-a1';
        row.attempt_started_at := private.now();
    end if;
    update public.payouts
    set
        status = 'sending', request = row.request, country = row.country, attempt = row.attempt, idempotency_key = row.idempotency_key,
        attempt_started_at = row.attempt_started_at, failure_code = null, failure_message = null,
        approvals_when_asked = case when row.status = 'sending' then approvals_when_asked else approvals_needed end
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
        attempt_refused = false,
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
    entries ledger.entry[];
begin
    row := private.lock_payout(payout);
    if row.stripe_transfer_id = transfer then
        return jsonb_build_object('status', row.status, 'duplicate', true);
    end if;
    if row.stripe_transfer_id is not null then
        perform private.fail('23505', 'This payout has another transfer already.', 'second_transfer', null, null, row.stripe_transfer_id);
    end if;
    if (transfer_amount, upper(transfer_currency)) is distinct from (row.amount - row.fee, row.currency::text) then
        perform private.fail('23514', 'The transfer is not what was asked for.', 'transfer_mismatch');
    end if;
    -- Also when it was parked meanwhile: what Stripe has is a fact, and forgetting it would pay twice.
    if row.status not in ('sending', 'parked') and not (row.status = 'draft' and row.attempt > 0) then
        perform private.fail('23514', 'The payout is not being sent.', 'wrong_state');
    end if;
    update public.payouts
    set status = 'sent', stripe_transfer_id = transfer, sent_at = private.now(), failure_code = null, failure_message = null
    where id = payout;
    if row.status = 'draft' then
        perform private.tell_staff(
            'payout.sent_while_waiting', payout, row.partner_id, array['finance', 'admin']::public.staff_role[],
            'Stripe has the transfer of payout ' || payout::text || ' after all, while it waited for approvals.'
        );
    end if;
    entries := array[row(
        'payout_sent', 'payout', payout, 0, ledger.account('payout_clearing', null, row.currency),
        ledger.account('stripe_cash', null, row.currency), row.amount - row.fee, row.currency
    )::ledger.entry];
    if row.fee > 0 then
        entries := entries || row(
            'instant_fee', 'payout', payout, 0, ledger.account('payout_clearing', null, row.currency),
            ledger.account('payout_fees', null, row.currency), row.fee, row.currency
        )::ledger.entry;
    end if;
    perform ledger.post_all(entries);
    if row.method = 'instant' then
        perform private.enqueue('payout.instant', payout::text, jsonb_build_object('payout_id', payout));
    end if;
    return jsonb_build_object('status', 'sent', 'duplicate', false);
end;
$$;

-- Stripe refused an attempt for good (a 4xx): the next one gets another key. 'park' waits for the account or for funds; 'fail'
-- gives the lines back to the balance, while a fee that is given back has no other place to go and waits. A refusal that comes
-- late, of an attempt that is not the current one, changes nothing.
create function worker.payout_refused(payout uuid, seen_attempt integer, code text, message text, next text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payouts;
begin
    row := private.lock_payout(payout);
    if row.status <> 'sending' or row.attempt <> seen_attempt then
        return;
    end if;
    if next = 'park' or (next = 'fail' and row.kind = 'fee_refund') then
        update public.payouts set status = 'parked', attempt_refused = true, failure_code = code, failure_message = message where id = payout;
    elsif next = 'fail' then
        perform private.release_payout(payout, 'failed', code, message);
        perform private.notify(
            row.partner_id, 'payout', 'Payout failed', 'The money is back in your balance. ' || left(message, 300), '/partner/earnings'
        );
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
    row := private.lock_payout(payout);
    -- The webhook may be here before the worker has written the answer of its own call.
    if row.status in ('sending', 'parked') or (row.status = 'draft' and row.attempt > 0) then
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
        -- Payouts of connected accounts come through the accounts worker's door and are the payouts worker's business.
        case when private.my_worker() = 'accounts' and coalesce(payload ->> 'type', '') not like 'payout.%' then 'account.event' else 'stripe.event' end,
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
language plpgsql volatile security definer set search_path = '' as $$
begin
    update ops.inbound_events set processed_at = private.now()
    where id = $1 and source like 'stripe:%' and processed_at is null;
end;
$$;

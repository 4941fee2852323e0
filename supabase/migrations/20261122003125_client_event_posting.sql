-- What a stored event of clients' money does: the worker computed the lines, the database proves and posts them.

-- Refuses lines that the terms and the cash do not give: the worker computes, the database proves.
create function private.prove_postings(deal public.deals, payment uuid, lines jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    expected jsonb;
begin
    select coalesce(jsonb_agg(jsonb_build_object(
        'partner', due.partner_id, 'kind', due.kind, 'corrects', due.corrects_id, 'amount', due.amount
    )), '[]') into expected
    from private.due_postings(deal, private.deal_cash(deal.id), payment) as due;
    if not (expected @> lines and lines @> expected and jsonb_array_length(expected) = jsonb_array_length(lines)) then
        perform private.fail('23514', 'The lines are not what terms and cash give.', 'amount_mismatch', 'lines', null, left(expected::text, 1000));
    end if;
end;
$$;

-- Posts what one stored event does, all lines of all beneficiaries in one transaction. Repeating it changes nothing.
-- {duplicate} or {parked}: the payment that it is about has not come yet.
create function worker.post_commissions(inbound_event_id uuid, lines jsonb, state text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    event ops.inbound_events;
    deal public.deals;
begin
    select stored.* into strict event from ops.inbound_events as stored where stored.id = inbound_event_id;
    select known.* into strict deal from public.deals as known
    where known.reference = event.payload ->> 'deal_reference' for update;
    perform private.lock_deal_partners(deal);
    -- Under the lock of the deal: another worker may have posted it while this one waited.
    select stored.* into strict event from ops.inbound_events as stored where stored.id = inbound_event_id;
    if event.processed_at is not null then
        return jsonb_build_object('duplicate', true);
    end if;
    if state is distinct from private.deal_state(deal.id) then
        perform private.fail('PT409', 'Something else happened to this deal meanwhile.', 'inputs_changed', null, 'Read the inputs again.');
    end if;
    if event.payload ->> 'currency' <> deal.currency then
        perform private.fail('22023', 'The payment has another currency than the deal.', 'currency_mismatch', 'currency');
    end if;
    if event.source like 'client-payments:%' then
        perform private.post_payment(event, deal, lines);
    elsif (private.payment_of_event(event)).id is null then
        return jsonb_build_object('duplicate', false, 'parked', true);
    elsif (private.payment_of_event(event)).deal_id <> deal.id then
        perform private.fail('22023', 'The payment was made for another deal.', 'deal_mismatch', 'deal_reference');
    elsif event.source like 'client-refunds:%' then
        perform private.post_refund(event, deal, lines);
    else
        perform private.post_dispute(event, deal, lines);
    end if;
    update ops.inbound_events as stored set processed_at = private.now() where stored.id = event.id;
    return jsonb_build_object('duplicate', false, 'parked', false, 'deal_id', deal.id);
end;
$$;

create function private.post_payment(event ops.inbound_events, deal public.deals, lines jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    payment public.client_payments;
    woken bigint[];
begin
    if deal.status in ('rejected', 'cancelled') then
        perform private.fail('PT409', 'The deal is ' || deal.status || '.', 'deal_closed');
    end if;
    insert into public.client_payments (inbound_event_id, deal_id, source, source_id, instalment, amount, currency, cleared_at)
    values (
        event.id, deal.id, event.source, event.source_id, (event.payload ->> 'instalment')::integer,
        (event.payload ->> 'amount')::bigint, deal.currency, (event.payload ->> 'cleared_at')::timestamptz
    ) returning * into payment;
    perform private.prove_postings(deal, payment.id, lines);
    perform private.verify_by_payment(deal.id, payment.amount, event.payload ->> 'payer');
    perform private.rebook(deal.id, payment.id);
    -- What came before its payment goes on now, also where it was given up.
    with due as (
        update ops.outbox as job
        set dead_at = null, attempts = 0, run_at = private.now(), last_error = null
        from ops.inbound_events as waiting
        where waiting.payload ->> 'payment_source_id' = payment.source_id and waiting.processed_at is null
            and waiting.source in (
                select kind || ':' || private.sender_of(payment.source)
                from unnest(array['client-refunds', 'client-disputes', 'client-dispute-ends']) as kind
            )
            and job.payload ->> 'inbound_event_id' = waiting.id::text and job.topic in ('commission.accrue', 'commission.reverse')
            and job.done_at is null and job.locked_by is null
        returning job.id
    )

    select array_agg(due.id) into woken from due;
    if woken is not null then
        perform private.ring('commissions', woken);
    end if;
end;
$$;

-- Counts what the client got back once: a refund that meets a lost dispute about the same money takes nothing again (F-04).
-- Returns what counted.
create function private.count_refund(event ops.inbound_events, deal public.deals, of_kind text, lines jsonb) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
    payment public.client_payments := private.payment_of_event(event);
    reported bigint := (event.payload ->> 'amount')::bigint;
    counted bigint;
    refund uuid;
begin
    counted := least(reported, payment.amount - coalesce((
        select sum(known.amount) from public.client_refunds as known where known.client_payment_id = payment.id
    ), 0));
    if counted = 0 then
        perform private.prove_postings(deal, payment.id, lines);
        perform private.emit(
            'client_refund.counted_before', 'deal', deal.id, deal.partner_id, null,
            jsonb_build_object('kind', of_kind, 'source_id', event.source_id, 'reported_amount', reported)
        );
        return 0;
    end if;
    insert into public.client_refunds (
        inbound_event_id, client_payment_id, deal_id, kind, source, source_id, reported_amount, amount, currency, refunded_at
    ) values (
        event.id, payment.id, deal.id, of_kind, event.source, event.source_id, reported, counted, deal.currency,
        (event.payload ->> 'happened_at')::timestamptz
    ) returning id into refund;
    perform private.emit(
        'client_payment.' || of_kind, 'client_payment', payment.id, deal.partner_id, null,
        jsonb_build_object('refund_id', refund, 'reported_amount', reported, 'amount', counted)
    );
    perform private.prove_postings(deal, payment.id, lines);
    perform private.rebook(deal.id, payment.id, refund);
    return counted;
end;
$$;

create function private.post_refund(event ops.inbound_events, deal public.deals, lines jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    payment public.client_payments := private.payment_of_event(event);
    room bigint := payment.amount - coalesce((
        select sum(known.reported_amount) from public.client_refunds as known
        where known.client_payment_id = payment.id and known.kind = 'refund'
    ), 0);
begin
    if (event.payload ->> 'amount')::bigint > room then
        perform private.fail('22023', 'More would be refunded than was collected.', 'refund_above_payment', 'amount', null, room::text);
    end if;
    perform private.count_refund(event, deal, 'refund', lines);
end;
$$;

-- Opened: the deal's money that has not left is set aside. Won: it comes back. Lost: what the client got back is reversed, the
-- rest comes back. An end that comes before its beginning is the end.
create function private.post_dispute(event ops.inbound_events, deal public.deals, lines jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    payment public.client_payments := private.payment_of_event(event);
    dispute public.client_disputes;
    named text := 'client-disputes:' || private.sender_of(event.source);
    outcome public.dispute_status := case event.payload ->> 'type' when 'dispute.won' then 'won' when 'dispute.lost' then 'lost' else 'opened' end;
    at timestamptz := (event.payload ->> 'happened_at')::timestamptz;
    hold uuid;
begin
    select * into dispute from public.client_disputes where source = named and source_id = event.source_id for update;
    if dispute.id is not null and (dispute.client_payment_id, dispute.amount) is distinct from (payment.id, (event.payload ->> 'amount')::bigint) then
        perform private.fail('22023', 'The dispute was reported with another payment or amount.', 'dispute_mismatch', 'amount', null, dispute.amount::text);
    end if;
    if dispute.id is null then
        insert into public.client_disputes (
            client_payment_id, deal_id, source, source_id, amount, currency, status, opened_at, closed_at
        ) values (
            payment.id, deal.id, named, event.source_id, (event.payload ->> 'amount')::bigint, deal.currency, outcome, at,
            case when outcome <> 'opened' then at end
        ) returning * into dispute;
    elsif outcome <> 'opened' then
        update public.client_disputes set status = outcome, closed_at = at where id = dispute.id;
    end if;
    perform private.emit('dispute.' || outcome, 'client_dispute', dispute.id, deal.partner_id, null, jsonb_build_object('deal_id', deal.id));
    if outcome = 'lost' then
        perform private.count_refund(event, deal, 'dispute_lost', lines);
    else
        perform private.prove_postings(deal, payment.id, lines);
    end if;
    if outcome = 'opened' and dispute.status = 'opened' then
        perform private.place_hold(
            deal.partner_id, 'dispute', 'client_dispute', private.now() + interval '90 days', 'dispute', deal.id, null,
            'The client of deal ' || deal.reference || ' disputes a payment with their bank.', null, dispute.id
        );
    elsif outcome <> 'opened' then
        select id into hold from public.risk_holds where client_dispute_id = dispute.id and decided_at is null;
        if found then
            perform private.end_hold(
                hold, case outcome when 'won' then 'released' else 'upheld' end::public.hold_decision,
                'The dispute about deal ' || deal.reference || ' was ' || outcome || '.'
            );
        end if;
    end if;
end;
$$;

-- What clients' money does, as senders tell it: paid, refunded, disputed, dispute won or lost. Stored before it is processed; in
-- any order, repeated, late. The commissions worker reads the inputs, computes the lines and posts them; posting proves them.

insert into ops.topics (topic, worker, max_attempts) values ('commission.reverse', 'commissions', 40);

create index inbound_events_waiting on ops.inbound_events ((payload ->> 'payment_source_id')) where processed_at is null;
create index outbox_client_events on ops.outbox ((payload ->> 'inbound_event_id'))
where topic in ('commission.accrue', 'commission.reverse') and done_at is null;

-- The sender's name: what follows the kind in the source of a stored event or of a payment.
create function private.sender_of(source text) returns text
language sql immutable set search_path = '' as $$
    select substr(source, strpos(source, ':') + 1);
$$;

-- Stores an event and makes its job. The same (source, source id) twice is one event; with other contents it is refused.
create function private.store_client_event(kind text, source text, source_id text, content jsonb, topic text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    stored ops.inbound_events;
begin
    insert into ops.inbound_events as event (source, source_id, payload)
    values (kind || ':' || source, source_id, content)
    on conflict on constraint inbound_events_source_source_id_key do nothing
    returning * into stored;
    if stored.id is null then
        select event.* into strict stored from ops.inbound_events as event
        where event.source = kind || ':' || source and event.source_id = source_id;
        if stored.payload <> content then
            perform private.fail('PT409', 'This source id was used for something else.', 'source_id_reused', 'source_id');
        end if;
        return jsonb_build_object('id', stored.id, 'duplicate', true);
    end if;
    perform private.enqueue(topic, stored.id::text, jsonb_build_object('inbound_event_id', stored.id));
    return jsonb_build_object('id', stored.id, 'duplicate', false);
end;
$$;

create function private.require_client_deal(reference text, happened timestamptz, field text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
    if not exists (select from public.deals as deal where deal.reference = require_client_deal.reference) then
        perform private.fail('22023', 'There is no deal with this reference.', 'unknown_deal', 'deal_reference');
    end if;
    if happened > private.now() + interval '1 day' then
        perform private.fail('22023', 'This cannot have happened in the future.', 'in_the_past', field);
    end if;
end;
$$;

create function worker.receive_client_payment(
    source text, source_id text, deal_reference text, instalment integer, amount bigint, currency text, cleared_at timestamptz,
    payer text default null
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
begin
    perform private.require_client_deal(deal_reference, cleared_at, 'cleared_at');
    return private.store_client_event('client-payments', source, source_id, jsonb_strip_nulls(jsonb_build_object(
        'deal_reference', deal_reference, 'instalment', instalment, 'amount', amount, 'currency', currency,
        'cleared_at', cleared_at, 'payer', payer
    )), 'commission.accrue');
end;
$$;

-- Refunds what one payment brought, in part or in full. Before its payment it waits. What is plainly too much is refused here;
-- posting has the last word.
create function worker.receive_client_refund(
    source text, source_id text, payment_source_id text, deal_reference text, amount bigint, currency text, refunded_at timestamptz
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    room bigint;
    content jsonb := jsonb_build_object(
        'type', 'payment.refunded', 'payment_source_id', payment_source_id, 'deal_reference', deal_reference, 'amount', amount,
        'currency', currency, 'happened_at', refunded_at
    );
begin
    perform private.require_client_deal(deal_reference, refunded_at, 'refunded_at');
    if not exists (
        select from ops.inbound_events as event where event.source = 'client-refunds:' || source and event.source_id = source_id
    ) then
        select payment.amount - coalesce((
            select sum(known.reported_amount) from public.client_refunds as known
            where known.client_payment_id = payment.id and known.kind = 'refund'
        ), 0) into room
        from public.client_payments as payment
        where payment.source = 'client-payments:' || source and payment.source_id = payment_source_id;
        if amount > room then
            perform private.fail(
                '22023', 'More would be refunded than was collected.', 'refund_above_payment', 'amount', null, room::text
            );
        end if;
    end if;
    return private.store_client_event('client-refunds', source, source_id, content, 'commission.reverse');
end;
$$;

-- A dispute about one payment; source id names the dispute in all three of its events.
create function worker.receive_client_dispute(
    event_type text, source text, source_id text, payment_source_id text, deal_reference text, amount bigint, currency text,
    happened_at timestamptz
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
begin
    if event_type is null or event_type not in ('payment.disputed', 'dispute.won', 'dispute.lost') then
        perform private.fail(
            '22023', 'This is no event of a dispute.', 'one_of', 'type', null, 'payment.disputed, dispute.won, dispute.lost'
        );
    end if;
    perform private.require_client_deal(deal_reference, happened_at, 'happened_at');
    return private.store_client_event(
        case event_type when 'payment.disputed' then 'client-disputes' else 'client-dispute-ends' end, source, source_id,
        jsonb_build_object(
            'type', event_type, 'payment_source_id', payment_source_id, 'deal_reference', deal_reference, 'amount', amount,
            'currency', currency, 'happened_at', happened_at
        ), 'commission.reverse'
    );
end;
$$;

-- Changes whenever something was booked for the deal or decided about it.
create function private.deal_state(wanted uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select concat_ws(
            '.', deal.status,
            (select count(*) from public.client_payments where deal_id = wanted),
            (select count(*) from public.client_refunds where deal_id = wanted),
            (select count(*) from public.commissions where deal_id = wanted),
            (select count(*) from private.forfeits where deal_id = wanted)
        )
        from public.deals as deal
        where deal.id = wanted
    );
end;
$$;

create function private.payment_of_event(event ops.inbound_events) returns public.client_payments
language sql stable security definer set search_path = '' as $$
    select payment.* from public.client_payments as payment
    where payment.source = 'client-payments:' || private.sender_of((event).source)
        and payment.source_id = (event).payload ->> 'payment_source_id';
$$;

-- Everything that decides what one stored event does; the worker's pure rules turn it into lines. Something else may happen to
-- the deal meanwhile: posting looks again under its lock and says inputs_changed.
create function worker.commission_inputs(inbound_event_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    event ops.inbound_events;
    deal public.deals;
    plan public.commission_plans;
    payment public.client_payments;
begin
    select stored.* into event from ops.inbound_events as stored where stored.id = inbound_event_id and stored.source like 'client-%';
    select known.* into deal from public.deals as known where known.reference = event.payload ->> 'deal_reference';
    if deal.id is null then
        return null;
    end if;
    select known.* into strict plan from public.commission_plans as known where known.id = deal.plan_id;
    payment := private.payment_of_event(event);
    if payment.deal_id <> deal.id then
        payment := null; -- posting says what is wrong
    end if;
    return jsonb_build_object(
        'type', coalesce(event.payload ->> 'type', 'payment.cleared'), 'amount', event.payload -> 'amount',
        'currency', event.payload ->> 'currency', 'done', event.processed_at is not null,
        'deal', jsonb_build_object('id', deal.id, 'status', deal.status, 'currency', deal.currency),
        'terms', jsonb_build_object(
            'seller', deal.partner_id, 'rate_bp', deal.rate_bp, 'leader', deal.leader_id, 'override_bp', deal.override_bp,
            'override_basis', plan.override_basis, 'recruiter', deal.recruiter_id, 'referral_bp', deal.referral_bp,
            'cap_bp', plan.program_cap_bp, 'closed', deal.status in ('rejected', 'cancelled'),
            'forfeited', coalesce((select jsonb_agg(taken.partner_id) from private.forfeits as taken where taken.deal_id = deal.id), '[]')
        ),
        'cash', private.deal_cash(deal.id),
        'payment', case when payment.id is not null then jsonb_build_object(
            'id', payment.id, 'left', payment.amount - coalesce((
                select sum(known.amount) from public.client_refunds as known where known.client_payment_id = payment.id
            ), 0)
        ) end,
        'dispute', (
            select known.status from public.client_disputes as known
            where known.source = 'client-disputes:' || private.sender_of(event.source) and known.source_id = event.source_id
        ),
        'open_lines', coalesce((
            select jsonb_agg(jsonb_build_object(
                'id', line.id, 'partner', line.partner_id, 'kind', line.kind, 'payment', line.client_payment_id,
                'booking', line.booking, 'left', line.remains
            )) from private.open_lines(deal.id) as line
        ), '[]'),
        'booked', coalesce((
            select jsonb_agg(jsonb_build_object('partner', sums.partner_id, 'kind', sums.kind, 'amount', sums.amount))
            from (
                select line.partner_id, line.kind, sum(line.amount)::bigint as amount
                from private.cash_lines as line where line.deal_id = deal.id group by 1, 2
            ) as sums
        ), '[]'),
        'state', private.deal_state(deal.id)
    );
end;
$$;

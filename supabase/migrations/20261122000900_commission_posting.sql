-- What the commissions worker does: store a client payment, read its inputs, post its line, clear what is due.

-- Stores one client payment as SISO's systems sent it, and makes the job. The same (source, source id) twice is one payment;
-- with other contents it is refused.
create function worker.receive_client_payment(
    source text, source_id text, deal_reference text, instalment integer, amount bigint, currency text, cleared_at timestamptz
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    content jsonb := jsonb_build_object(
        'deal_reference', deal_reference, 'instalment', instalment, 'amount', amount, 'currency', currency,
        'cleared_at', cleared_at
    );
    stored ops.inbound_events;
begin
    if not exists (select from public.deals as deal where deal.reference = deal_reference) then
        perform private.fail('22023', 'There is no deal with this reference.', 'unknown_deal', 'deal_reference');
    end if;
    if cleared_at > private.now() + interval '1 day' then
        perform private.fail('22023', 'A payment cannot clear in the future.', 'in_the_past', 'cleared_at');
    end if;
    insert into ops.inbound_events as event (source, source_id, payload)
    values ('client-payments:' || source, source_id, content)
    on conflict on constraint inbound_events_source_source_id_key do nothing
    returning * into stored;
    if stored.id is null then
        select event.* into strict stored from ops.inbound_events as event
        where event.source = 'client-payments:' || source and event.source_id = source_id;
        if stored.payload <> content then
            perform private.fail('PT409', 'This source id was used for another payment.', 'source_id_reused', 'source_id');
        end if;
        return jsonb_build_object('id', stored.id, 'duplicate', true);
    end if;
    perform private.enqueue('commission.accrue', stored.id::text, jsonb_build_object('inbound_event_id', stored.id));
    return jsonb_build_object('id', stored.id, 'duplicate', false);
end;
$$;

-- Everything that decides the commission of one stored payment; the worker's pure rules turn it into lines. Another payment of
-- the deal may be posted meanwhile: the posting function looks again under its lock and says inputs_changed.
create function worker.commission_inputs(inbound_event_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'deal_id', deal.id, 'partner_id', deal.partner_id, 'deal_status', deal.status, 'currency', deal.currency,
        'rate_bp', deal.rate_bp, 'clearing_days', deal.clearing_days, 'claimed_value', deal.claimed_value,
        'contracted_value', deal.contracted_value,
        'payment', event.payload || jsonb_build_object('source', substr(event.source, 17), 'source_id', event.source_id),
        'cash_before', coalesce((
            select sum(payment.amount) from public.client_payments as payment
            where payment.deal_id = deal.id and payment.inbound_event_id <> event.id
        ), 0),
        'booked_before', coalesce((
            select sum(line.amount) from public.commissions as line
            join public.client_payments as payment on payment.id = line.client_payment_id
            where line.deal_id = deal.id and payment.inbound_event_id <> event.id and line.commission_type = 'base'
        ), 0),
        'posted', exists (
            select from public.client_payments as payment where payment.inbound_event_id = event.id
        )
    )
    from ops.inbound_events as event
    join public.deals as deal on deal.reference = event.payload ->> 'deal_reference'
    where event.id = $1;
$$;

-- Posts the base line of one client payment with its journal. Refuses an amount that the stored rate does not give: the
-- worker computes, the database proves. Returns the line, or the one posted before.
create function worker.post_base_commission(
    inbound_event_id uuid, line_amount bigint, cash_before bigint, booked_before bigint
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    event ops.inbound_events;
    deal public.deals;
    payment public.client_payments;
    line public.commissions;
    paid_so_far bigint;
    booked bigint;
begin
    select stored.* into strict event from ops.inbound_events as stored where stored.id = inbound_event_id;
    select known.* into strict deal from public.deals as known
    where known.reference = event.payload ->> 'deal_reference' for update;
    select known.* into payment from public.client_payments as known where known.inbound_event_id = event.id;
    if found then
        select known.* into line from public.commissions as known where known.client_payment_id = payment.id;
        return jsonb_build_object('commission_id', line.id, 'amount', coalesce(line.amount, 0), 'duplicate', true);
    end if;
    if deal.status in ('rejected', 'cancelled') then
        perform private.fail('PT409', 'The deal is ' || deal.status || '.', 'deal_closed');
    end if;
    if event.payload ->> 'currency' <> deal.currency then
        perform private.fail('22023', 'The payment has another currency than the deal.', 'currency_mismatch', 'currency');
    end if;
    select coalesce(sum(known.amount), 0) into paid_so_far from public.client_payments as known where known.deal_id = deal.id;
    select coalesce(sum(known.amount), 0) into booked from public.commissions as known
    where known.deal_id = deal.id and known.client_payment_id is not null and known.commission_type = 'base';
    if paid_so_far <> cash_before or booked <> booked_before then
        perform private.fail('PT409', 'Another payment of this deal was posted meanwhile.', 'inputs_changed', null, 'Read the inputs again.');
    end if;
    insert into public.client_payments (inbound_event_id, deal_id, source, source_id, instalment, amount, currency, cleared_at)
    values (
        event.id, deal.id, event.source, event.source_id, (event.payload ->> 'instalment')::integer,
        (event.payload ->> 'amount')::bigint, deal.currency, (event.payload ->> 'cleared_at')::timestamptz
    ) returning * into payment;
    if line_amount <> private.share_of(paid_so_far + payment.amount, deal.rate_bp) - booked then
        perform private.fail(
            '23514', 'The amount is not what rate and cash give.', 'amount_mismatch', 'line_amount', null,
            (private.share_of(paid_so_far + payment.amount, deal.rate_bp) - booked)::text
        );
    end if;
    perform private.verify_by_payment(deal.id, payment.amount, event.payload ->> 'payer');
    if line_amount <> 0 then
        insert into public.commissions (
            partner_id, lead_id, deal_id, client_payment_id, commission_type, status, amount, currency, plan_id, tier,
            rate_bp, base_amount, booked_before, clears_at
        ) values (
            deal.partner_id, deal.lead_id, deal.id, payment.id, 'base',
            coalesce(private.hold_over(deal.partner_id, deal.id, null), 'pending'), line_amount, deal.currency, deal.plan_id,
            deal.tier_at_win, deal.rate_bp, paid_so_far + payment.amount, booked,
            payment.cleared_at + make_interval(days => deal.clearing_days)
        ) returning * into line;
        perform ledger.post(
            'accrue', 'commission', line.id,
            ledger.account('commission_expense', null, deal.currency),
            ledger.account('partner_pending', deal.partner_id, deal.currency),
            line_amount, deal.currency
        );
        perform private.emit(
            'commission.pending', 'commission', line.id, deal.partner_id, null, jsonb_build_object('status', 'pending', 'amount', line_amount)
        );
        perform private.notify(
            deal.partner_id, 'commission', 'Commission on its way',
            'The client of deal ' || deal.reference || ' has paid. Your commission is in its clearing period.', '/partner/earnings'
        );
        perform private.hint(deal.partner_id, 'earnings.changed', line.id);
    end if;
    if paid_so_far + payment.amount >= coalesce(deal.contracted_value, deal.claimed_value) then
        update public.commissions set status = 'settled' where deal_id = deal.id and status = 'estimated';
    end if;
    update ops.inbound_events as stored set processed_at = private.now() where stored.id = event.id;
    return jsonb_build_object('commission_id', line.id, 'amount', line_amount, 'duplicate', false);
end;
$$;

-- Lines whose clearing period is over and whose deal is verified; those under a risk hold are not pending.
create function private.due_lines(max_lines integer, among uuid[] default null) returns uuid[]
language sql volatile security definer set search_path = '' as $$
    select coalesce(array_agg(due.id), '{}')
    from (
        select line.id
        from public.commissions as line
        left join public.deals as deal on deal.id = line.deal_id
        where line.status = 'pending' and line.amount > 0 and line.clears_at <= private.now()
            and (line.deal_id is null or deal.status = 'verified')
            and (among is null or line.id = any (among))
        order by line.clears_at, line.id
        limit max_lines
        for update of line skip locked
    ) as due;
$$;

-- Moves lines, each together with its reversals, from pending to the balance: the line becomes payable, its reversals debts
-- that the next payout nets. One journal for each, posted in one go. The caller holds their locks.
create function private.clear_lines(due uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    entries ledger.entry[];
    owner record;
    root uuid;
begin
    with approved as (
        update public.commissions as line set status = 'approved'
        where line.status = 'pending' and (line.id = any (due) or (line.corrects_id = any (due) and line.commission_type = 'reversal'))
        returning line.id, line.partner_id, line.currency, line.amount
    )

    -- Reversals first, so that no balance on the way has the wrong sign.
    select array_agg(row(
        'clear', 'commission', approved.id, private.line_occurrence(approved.id, 'clear'),
        ledger.account(
            case when approved.amount > 0 then 'partner_pending' else 'partner_receivable' end::ledger.account_kind,
            approved.partner_id, approved.currency
        ),
        ledger.account(
            case when approved.amount > 0 then 'partner_payable' else 'partner_pending' end::ledger.account_kind,
            approved.partner_id, approved.currency
        ),
        abs(approved.amount), approved.currency
    )::ledger.entry order by approved.partner_id, approved.amount, approved.id) into entries
    from approved;
    if entries is null then
        return;
    end if;
    perform ledger.post_all(entries);
    update public.commissions as line set status = 'payable'
    where line.status = 'approved' and (line.id = any (due) or (line.corrects_id = any (due) and line.commission_type = 'reversal'));
    for root in select distinct corrects_id from public.commissions where corrects_id = any (due) and commission_type = 'reversal' loop
        perform private.retire_reversed(root);
    end loop;
    perform private.emit(
        'commission.payable', 'commission', line.id, line.partner_id,
        jsonb_build_object('status', 'pending'), jsonb_build_object('status', 'payable')
    )
    from public.commissions as line
    where line.id = any (due) and line.status = 'payable'
    order by line.id;
    for owner in
        select partner_id, count(*) as lines, array_agg(id) as ids from public.commissions
        where id = any (due) and status = 'payable' group by 1 order by 1
    loop
        perform private.notify(
            owner.partner_id, 'commission', 'Commission available',
            case owner.lines when 1 then 'A commission can now be paid out.' else owner.lines || ' commissions can now be paid out.' end,
            '/partner/earnings'
        );
        perform private.hint(owner.partner_id, 'earnings.changed', variadic owner.ids);
    end loop;
end;
$$;

-- At most max_lines at a time; returns how many were moved.
create function worker.clear_commissions(max_lines integer default 200) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    due uuid[] := private.due_lines(least(greatest(max_lines, 1), 1000));
begin
    perform private.clear_lines(due);
    return cardinality(due);
end;
$$;

-- Wakes the worker when a clearing period has ended; one job per ten seconds at most.
create function private.enqueue_clearing() returns void
language sql security definer set search_path = '' as $$
    select private.enqueue('commission.clear', (extract(epoch from private.now())::bigint / 10)::text, '{}')
    where exists (
        select from public.commissions as line
        left join public.deals as deal on deal.id = line.deal_id
        where line.status = 'pending' and line.amount > 0 and line.clears_at <= private.now()
            and (line.deal_id is null or deal.status = 'verified')
    );
$$;

select cron.schedule('clear-commissions', '10 seconds', 'select private.enqueue_clearing()');

-- The walk back: from an inbound event (what a sender told us: a payment, a refund, a lost dispute) to the lines that it made,
-- their journals and the payouts that they went into.
with told as (
    select
        event.id, event.source, event.source_id, event.received_at, event.processed_at,
        coalesce(payment.id, refund.client_payment_id) as payment_id, refund.id as refund_id,
        coalesce(payment.amount, -refund.amount) as client_paid
    from ops.inbound_events as event
    left join public.client_payments as payment on payment.inbound_event_id = event.id
    left join public.client_refunds as refund on refund.inbound_event_id = event.id
    where event.id = '00000000-0000-0000-0000-000000000000'
)

select
    told.id as event_id, told.source, told.source_id, told.received_at, told.processed_at, told.client_paid,
    told.payment_id, told.refund_id, deal.reference as deal_reference,
    line.id as line_id, line.partner_id, line.commission_type, line.amount as line_amount, line.status,
    (
        select array_agg(journal.id order by journal.id)
        from ledger.journals as journal
        where journal.source_kind = 'commission' and journal.source_id = line.id
    ) as journals,
    payout.id as payout_id, payout.status as payout_status, payout.stripe_transfer_id
from told
left join public.commissions as line
    on line.client_payment_id = told.payment_id and line.refund_id is not distinct from told.refund_id
left join public.deals as deal on deal.id = line.deal_id
left join public.payout_items as item on item.commission_id = line.id
left join public.payouts as payout on payout.id = item.payout_id
order by line.created_at, line.id;

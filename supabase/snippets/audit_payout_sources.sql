-- From a payout to what it pays for: one row per commission line, with the deal, the client payment or refund, and the inbound
-- events in which they were told. A reversal has a refund and names the line that it corrects; a bonus has neither.
select
    payout.id as payout_id, payout.status as payout_status, payout.stripe_transfer_id, payout.currency,
    item.amount as item_amount,
    line.id as line_id, line.commission_type, line.amount as line_amount, line.rate_bp, line.base_amount, line.entitled,
    line.booked_before, line.tier, plan.version as plan_version, line.corrects_id, line.source, line.note,
    deal.reference as deal_reference, deal.won_at, deal.status as deal_status,
    payment.id as payment_id, payment.instalment, payment.amount as payment_amount, payment.cleared_at,
    event.id as event_id, event.source as event_source, event.source_id as event_source_id, event.received_at,
    refund.id as refund_id, refund.kind as refund_kind, refund.amount as refund_amount, refund.inbound_event_id as refund_event_id
from public.payouts as payout
join public.payout_items as item on item.payout_id = payout.id
join public.commissions as line on line.id = item.commission_id
left join public.commission_plans as plan on plan.id = line.plan_id
left join public.deals as deal on deal.id = line.deal_id
left join public.client_payments as payment on payment.id = line.client_payment_id
left join ops.inbound_events as event on event.id = payment.inbound_event_id
left join public.client_refunds as refund on refund.id = line.refund_id
where payout.id = '00000000-0000-0000-0000-000000000000'
order by payment.cleared_at, line.created_at, line.id;

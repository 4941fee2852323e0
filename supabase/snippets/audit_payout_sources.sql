-- From a payout to what it pays for: one row per commission line, with the deal, the client payment and the inbound event
-- that it came from. Lines that were netted or that reverse others have no payment of their own: they name what they correct.
select
    payout.id as payout_id, payout.status as payout_status, payout.stripe_transfer_id, payout.currency,
    item.amount as item_amount,
    line.id as line_id, line.commission_type, line.amount as line_amount, line.rate_bp, line.base_amount, line.booked_before,
    line.tier, plan.version as plan_version, line.corrects_id,
    deal.reference as deal_reference, deal.won_at, deal.status as deal_status,
    payment.id as payment_id, payment.instalment, payment.amount as payment_amount, payment.cleared_at,
    event.id as event_id, event.source as event_source, event.source_id as event_source_id, event.received_at
from public.payouts as payout
join public.payout_items as item on item.payout_id = payout.id
join public.commissions as line on line.id = item.commission_id
join public.commission_plans as plan on plan.id = line.plan_id
join public.deals as deal on deal.id = line.deal_id
left join public.client_payments as payment on payment.id = line.client_payment_id
left join ops.inbound_events as event on event.id = payment.inbound_event_id
where payout.id = '00000000-0000-0000-0000-000000000000'
order by payment.cleared_at, line.created_at, line.id;

-- Claimed deals that wait for a decision, the most urgent first (./scripts/admin deal-queue decides).
select
    deal.reference, pending.state, pending.due_at, pending.due_at < private.now() as late, partner.name as partner,
    lead.company_name as client, deal.claimed_value, deal.currency, deal.flags, pending.concerns, pending.question,
    (select coalesce(sum(payment.amount), 0) from public.client_payments as payment where payment.deal_id = deal.id) as received,
    (select count(*) from public.deal_evidence as entry where entry.deal_id = deal.id) as evidence
from public.deal_cases as pending
join public.deals as deal on deal.id = pending.deal_id
join public.partners as partner on partner.id = deal.partner_id
join public.leads as lead on lead.id = deal.lead_id
where pending.state <> 'decided'
order by pending.due_at nulls last, pending.created_at;

-- Open holds with what lies under them, and open flags (./scripts/admin risk-queue decides).
select
    'hold' as kind, hold.id, hold.reason_code as rule, hold.review_by, hold.review_by < private.now() as late, partner.name as partner,
    deal.reference as deal, private.held_amounts(hold, hold.partner_id) as amounts, review.facts, appeal.statement as appeal
from public.risk_holds as hold
join public.partners as partner on partner.id = hold.partner_id
left join public.deals as deal on deal.id = hold.deal_id
left join public.risk_reviews as review on review.hold_id = hold.id
left join public.hold_appeals as appeal on appeal.hold_id = hold.id
where hold.decided_at is null
union all
select
    'flag', review.id, review.rule_code, review.review_by, review.review_by < private.now(), partner.name, deal.reference,
    '{}'::jsonb, review.facts, null
from public.risk_reviews as review
join public.partners as partner on partner.id = review.partner_id
left join public.deals as deal on deal.id = review.deal_id
where review.decided_at is null and review.hold_id is null
order by review_by;

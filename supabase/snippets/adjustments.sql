-- Proposals that wait for a second person, then what was decided lately.
select
    made.id, made.state, made.purpose, partner.name as partner, made.amount, made.currency, made.reason, made.claim_id,
    proposer.name as proposed_by, made.proposed_at, decider.name as decided_by, made.decided_at, made.line_id
from public.adjustments as made
join public.partners as partner on partner.id = made.partner_id
join public.staff_members as proposer on proposer.id = made.proposed_by
left join public.staff_members as decider on decider.id = made.decided_by
order by made.decided_at desc nulls first, made.proposed_at asc
limit 200;

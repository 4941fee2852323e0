-- Open claims with their evidence, the most urgent first (./scripts/admin and the function decide_claim decide).
select
    claim.id, claim.state, claim.due_at, claim.due_at < private.now() as late, partner.name as partner, claim.about, claim.subject,
    claim.reason, claim.appeal_of is not null as is_appeal,
    (select count(*) from public.claim_evidence as entry where entry.claim_id = claim.id) as evidence
from public.attribution_claims as claim
join public.partners as partner on partner.id = claim.partner_id
where claim.state in ('open', 'info')
order by claim.due_at;

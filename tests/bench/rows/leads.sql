-- Leads: one in ten belongs to one of the first hundred partners.

insert into public.leads (
    id, partner_id, company_name, contact_name, contact_email, estimated_value, status, lost_reason, stage_entered_at, created_at
)
select pg_temp.id_of('lead', n), pg_temp.owner_of(n), 'Client ' || n, 'Contact ' || n, 'client.' || n || '@example.com',
    150000, known.status, case when known.status = 'closed_lost' then 'no budget' end,
    now() - (n % 90) * interval '1 day', now() - (n % 700) * interval '1 day'
from generate_series(1, pg_temp.size_of('leads')) as n
cross join lateral (
    select (enum_range(null::public.lead_status))[1 + n % 6] as status
) as known;
insert into public.lead_activities (id, lead_id, partner_id, activity_type, notes, created_at)
select md5('activity' || lead.id || k)::uuid, lead.id, lead.partner_id, 'call', 'spoke about the offer', lead.created_at + k * interval '1 day'
from public.leads as lead
cross join generate_series(1, 2) as k;
insert into public.lead_scores (lead_id, score, scored_at)
select id, abs(hashtext(id::text)) % 101, stage_entered_at from public.leads;

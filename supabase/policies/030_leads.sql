-- Leads belong to one partner, who may share them (lead_shares). Stage, win and deletion go through functions; the other columns
-- are edited directly.

alter table public.leads enable row level security;
alter table public.leads force row level security;
grant select on public.leads to authenticated;
grant insert (
    id, company_name, contact_name, contact_email, contact_phone, project_type, estimated_value, currency, source, campaign,
    referral_link_id, notes, next_action, next_action_date
) on public.leads to authenticated;
grant update (
    company_name, contact_name, contact_email, contact_phone, project_type, estimated_value, currency, source, campaign,
    notes, next_action, next_action_date
) on public.leads to authenticated;

create policy "partners read their own leads and those shared with them" on public.leads
for select to authenticated
using (
    deleted_at is null
    and (partner_id = (select private.me()) or id = any(array(select private.leads_i_see())))
);

create policy "partners add their own leads" on public.leads
for insert to authenticated
with check (partner_id = (select private.me()));

create policy "partners edit their own leads and those shared for work" on public.leads
for update to authenticated
using (
    deleted_at is null
    and (partner_id = (select private.me()) or id = any(array(select private.leads_i_work_on())))
);

create policy "suspended partners see no leads" on public.leads
as restrictive for select to authenticated
using ((select private.has_access()));

create policy "only active partners add leads" on public.leads
as restrictive for insert to authenticated
with check ((select private.is_active_partner()));

create policy "only active partners edit leads" on public.leads
as restrictive for update to authenticated
using ((select private.is_active_partner()));

alter table public.lead_activities enable row level security;
alter table public.lead_activities force row level security;
grant select on public.lead_activities to authenticated;
grant insert (id, lead_id, activity_type, notes) on public.lead_activities to authenticated;

create policy "partners read their own activities and those of leads they see" on public.lead_activities
for select to authenticated
using (
    partner_id = (select private.me())
    or lead_id in (select lead.id from public.leads as lead)
);

-- Stage changes are written by the move itself, never by hand.
create policy "partners log activities on leads they work on" on public.lead_activities
for insert to authenticated
with check (
    partner_id = (select private.me())
    and activity_type <> 'status_change'
    and (
        lead_id in (select lead.id from public.leads as lead where lead.partner_id = (select private.me()))
        or lead_id = any(array(select private.leads_i_work_on()))
    )
);

create policy "suspended partners see no activities" on public.lead_activities
as restrictive for select to authenticated
using ((select private.has_access()));

create policy "only active partners log activities" on public.lead_activities
as restrictive for insert to authenticated
with check ((select private.is_active_partner()));

grant select on public.lead_cards to authenticated;

grant execute on function private.move_lead(uuid, public.lead_status, text) to authenticated;
grant execute on function public.move_lead(uuid, public.lead_status, text) to authenticated;
grant execute on function private.delete_lead(uuid, text) to authenticated;
grant execute on function public.delete_lead(uuid, text) to authenticated;
grant execute on function private.restore_lead(uuid) to authenticated;
grant execute on function public.restore_lead(uuid) to authenticated;
grant execute on function private.deleted_leads() to authenticated;
grant execute on function public.deleted_leads() to authenticated;

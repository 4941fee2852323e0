-- Around leads: cases, shares, tasks, files, scores, templates, links, claims. Leads themselves are in 030_leads.

grant execute on function private.has_benefit(text) to authenticated;
grant execute on function private.my_circle() to authenticated;
grant execute on function private.leads_i_see() to authenticated;
grant execute on function private.leads_i_work_on() to authenticated;

-- Lists behind rules: edited in Studio, read by functions.
alter table private.free_mail_domains enable row level security;
alter table private.free_mail_domains force row level security;
alter table private.dialling_codes enable row level security;
alter table private.dialling_codes force row level security;
alter table private.follow_ups enable row level security;
alter table private.follow_ups force row level security;
alter table private.click_salts enable row level security;
alter table private.click_salts force row level security;

-- Cases. Partners see their side through my_lead_conflicts; the row names both leads.
alter table public.lead_conflicts enable row level security;
alter table public.lead_conflicts force row level security;
grant select on public.lead_conflicts to authenticated;
create policy "staff read cases about leads" on public.lead_conflicts
for select to authenticated
using ((select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]);

-- Shares: read by both sides, written by functions.
alter table public.lead_shares enable row level security;
alter table public.lead_shares force row level security;
grant select on public.lead_shares to authenticated;
create policy "partners read the shares of leads they see" on public.lead_shares
for select to authenticated
using (revoked_at is null and lead_id in (select lead.id from public.leads as lead));

-- Tasks: one's own.
alter table public.tasks enable row level security;
alter table public.tasks force row level security;
grant select, delete on public.tasks to authenticated;
grant insert (id, lead_id, title, notes, due_at, reminder_at, done_at) on public.tasks to authenticated;
grant update (title, notes, due_at, reminder_at, done_at) on public.tasks to authenticated;

create policy "partners read their own tasks" on public.tasks
for select to authenticated
using (partner_id = (select private.me()));

create policy "partners add tasks of their own, on leads they see" on public.tasks
for insert to authenticated
with check (
    partner_id = (select private.me())
    and (lead_id is null or lead_id in (select lead.id from public.leads as lead))
);

create policy "partners change their own tasks" on public.tasks
for update to authenticated
using (partner_id = (select private.me()));

create policy "partners delete their own tasks" on public.tasks
for delete to authenticated
using (partner_id = (select private.me()));

create policy "suspended partners see no tasks" on public.tasks
as restrictive for select to authenticated
using ((select private.has_access()));

create policy "only active partners add tasks" on public.tasks
as restrictive for insert to authenticated
with check ((select private.is_active_partner()));

create policy "only active partners change tasks" on public.tasks
as restrictive for update to authenticated
using ((select private.is_active_partner()));

create policy "only active partners delete tasks" on public.tasks
as restrictive for delete to authenticated
using ((select private.is_active_partner()));

-- Files of leads: the row first, then the upload to its path (150_storage).
alter table public.lead_attachments enable row level security;
alter table public.lead_attachments force row level security;
grant select, delete on public.lead_attachments to authenticated;
grant insert (id, lead_id, activity_id, file_name, mime_type, size_bytes, duration_seconds) on public.lead_attachments to authenticated;

create policy "partners read the files of leads they see" on public.lead_attachments
for select to authenticated
using (lead_id in (select lead.id from public.leads as lead));

create policy "partners add files to leads they work on" on public.lead_attachments
for insert to authenticated
with check (
    partner_id = (select private.me())
    and (
        lead_id in (select lead.id from public.leads as lead where lead.partner_id = (select private.me()))
        or lead_id = any(array(select private.leads_i_work_on()))
    )
);

create policy "partners delete the files they added" on public.lead_attachments
for delete to authenticated
using (partner_id = (select private.me()));

create policy "only active partners add files to leads" on public.lead_attachments
as restrictive for insert to authenticated
with check ((select private.is_active_partner()));

create policy "only active partners delete files of leads" on public.lead_attachments
as restrictive for delete to authenticated
using ((select private.is_active_partner()));

-- Follow-up and score rules.
alter table public.follow_up_rules enable row level security;
alter table public.follow_up_rules force row level security;
grant select on public.follow_up_rules to authenticated;
create policy "partners with access and staff read follow-up rules" on public.follow_up_rules
for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table public.lead_score_rules enable row level security;
alter table public.lead_score_rules force row level security;
grant select on public.lead_score_rules to authenticated;
create policy "partners with access and staff read score rules" on public.lead_score_rules
for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table public.lead_scores enable row level security;
alter table public.lead_scores force row level security;
grant select on public.lead_scores to authenticated;
create policy "partners with scoring read the scores of leads they see" on public.lead_scores
for select to authenticated
using ((select private.has_benefit('leads.scoring')) and lead_id in (select lead.id from public.leads as lead));

-- Templates.
alter table public.message_templates enable row level security;
alter table public.message_templates force row level security;
grant select on public.message_templates to authenticated;
create policy "partners read templates that are their own, shared or official" on public.message_templates
for select to authenticated
using (
    (
        (select private.has_benefit('leads.templates'))
        and (select private.has_access())
        and (
            visibility = 'official'
            or partner_id = (select private.me())
            or (visibility = 'shared' and partner_id = any(array(select private.my_circle())))
        )
    )
    or (visibility = 'official' and cardinality((select private.my_roles())) > 0)
);

-- Older texts of a colleague's template may stem from before it was shared.
alter table public.message_template_versions enable row level security;
alter table public.message_template_versions force row level security;
grant select on public.message_template_versions to authenticated;
create policy "people read current texts, and all texts of their own" on public.message_template_versions
for select to authenticated
using (
    (template_id, version) in (select template.id, template.current_version from public.message_templates as template)
    or template_id in (select template.id from public.message_templates as template where template.partner_id = (select private.me()))
);
grant select on public.current_templates to authenticated;

-- Referral links, for every tier (A-45).
alter table public.link_destinations enable row level security;
alter table public.link_destinations force row level security;
grant select on public.link_destinations to authenticated;
create policy "partners with access and staff read link destinations" on public.link_destinations
for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table public.referral_links enable row level security;
alter table public.referral_links force row level security;
grant select on public.referral_links to authenticated;
grant insert (id, code, destination, campaign, source) on public.referral_links to authenticated;
grant update (destination, campaign, source, active) on public.referral_links to authenticated;

create policy "partners read their own links" on public.referral_links
for select to authenticated
using (partner_id = (select private.me()));

create policy "partners make their own links" on public.referral_links
for insert to authenticated
with check (partner_id = (select private.me()));

create policy "partners change their own links" on public.referral_links
for update to authenticated
using (partner_id = (select private.me()));

create policy "suspended partners see no links" on public.referral_links
as restrictive for select to authenticated
using ((select private.has_access()));

create policy "only active partners make links" on public.referral_links
as restrictive for insert to authenticated
with check ((select private.is_active_partner()));

create policy "only active partners change links" on public.referral_links
as restrictive for update to authenticated
using ((select private.is_active_partner()));

alter table public.link_clicks enable row level security;
alter table public.link_clicks force row level security;
grant select (id, link_id, country, device, clicked_at) on public.link_clicks to authenticated;
create policy "partners read the clicks on their own links" on public.link_clicks
for select to authenticated
using (link_id in (select link.id from public.referral_links as link));

-- Claims: partners read theirs always (F-17), staff all; functions write.
alter table public.attribution_claims enable row level security;
alter table public.attribution_claims force row level security;
grant select on public.attribution_claims to authenticated;
create policy "partners read their own claims, staff all" on public.attribution_claims
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.claim_evidence enable row level security;
alter table public.claim_evidence force row level security;
grant select on public.claim_evidence to authenticated;
create policy "who reads a claim reads its evidence" on public.claim_evidence
for select to authenticated
using (claim_id in (select claim.id from public.attribution_claims as claim));

-- Functions.
grant execute on function private.similar_leads(text, text, text) to authenticated;
grant execute on function public.similar_leads(text, text, text) to authenticated;
grant execute on function private.register_lead(uuid) to authenticated;
grant execute on function public.register_lead(uuid) to authenticated;
grant execute on function private.my_lead_conflicts() to authenticated;
grant execute on function public.my_lead_conflicts() to authenticated;
grant execute on function private.conflict_case(uuid) to authenticated;
grant execute on function public.conflict_case(uuid) to authenticated;
grant execute on function private.decide_conflict(uuid, text, text) to authenticated;
grant execute on function public.decide_conflict(uuid, text, text) to authenticated;
grant execute on function private.share_lead(uuid, uuid, boolean, boolean, timestamptz) to authenticated;
grant execute on function public.share_lead(uuid, uuid, boolean, boolean, timestamptz) to authenticated;
grant execute on function private.unshare_lead(uuid) to authenticated;
grant execute on function public.unshare_lead(uuid) to authenticated;
grant execute on function private.lead_score(uuid) to authenticated;
grant execute on function public.lead_score(uuid) to authenticated;
grant execute on function private.save_template(
    uuid, public.template_channel, text, text, text, public.template_visibility, integer
) to authenticated;
grant execute on function public.save_template(
    uuid, public.template_channel, text, text, text, public.template_visibility, integer
) to authenticated;
grant execute on function private.archive_template(uuid) to authenticated;
grant execute on function public.archive_template(uuid) to authenticated;
grant execute on function private.restore_template(uuid) to authenticated;
grant execute on function public.restore_template(uuid) to authenticated;
grant execute on function private.record_click(text) to anon, authenticated;
grant execute on function public.record_click(text) to anon, authenticated;
grant execute on function private.open_claim(uuid, text, uuid, text, text, uuid) to authenticated;
grant execute on function public.open_claim(uuid, text, text, uuid, text) to authenticated;
grant execute on function private.appeal_claim(uuid, uuid, text) to authenticated;
grant execute on function public.appeal_claim(uuid, uuid, text) to authenticated;
grant execute on function private.add_claim_evidence(uuid, uuid, text, text, text, bigint) to authenticated;
grant execute on function public.add_claim_evidence(uuid, uuid, text, text, text, bigint) to authenticated;
grant execute on function private.ask_about_claim(uuid, text) to authenticated;
grant execute on function public.ask_about_claim(uuid, text) to authenticated;
grant execute on function private.decide_claim(uuid, text, text, text, bigint, text, uuid) to authenticated;
grant execute on function public.decide_claim(uuid, text, text, text, bigint, text, uuid) to authenticated;
grant execute on function private.lead_counts() to authenticated;
grant execute on function public.lead_counts() to authenticated;
grant execute on function private.lead_funnel(date, date) to authenticated;
grant execute on function public.lead_funnel(date, date) to authenticated;
grant execute on function private.pipeline_health() to authenticated;
grant execute on function public.pipeline_health() to authenticated;
grant execute on function private.attribution_report(date, date) to authenticated;
grant execute on function public.attribution_report(date, date) to authenticated;

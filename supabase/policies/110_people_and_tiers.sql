-- People, tiers, plans, teams, sessions: what comes on top of 010_people and 020_tiers.

-- Helpers of policies and views.
grant execute on function private.my_tier() to authenticated, anon;
grant execute on function private.my_team() to authenticated;
grant execute on function private.my_leader() to authenticated;
grant execute on function private.has_benefit(text) to authenticated;
grant execute on function private.has_flag(text) to authenticated;
grant execute on function private.session_is_live() to authenticated, anon;
grant execute on function private.my_user_id() to authenticated;
grant execute on function private.is_shut_out() to authenticated;

-- The directory: read by everyone who works here, written by a trigger alone.
alter table public.partner_directory enable row level security;
alter table public.partner_directory force row level security;
grant select on public.partner_directory to authenticated;
create policy "partners and staff read the directory" on public.partner_directory
for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

grant update (avatar_path) on public.partners to authenticated;

-- ---------------------------------------------------------------------------------------------------------------------
-- Tiers: what they ask for and what they give is open to everyone who is signed in, applicants included, until a partner is
-- suspended or leaves; what concerns one partner is theirs.
-- ---------------------------------------------------------------------------------------------------------------------
alter table public.tier_requirements enable row level security;
alter table public.tier_requirements force row level security;
grant select on public.tier_requirements to authenticated;
create policy "everyone reads requirements, suspended partners do not" on public.tier_requirements
for select to authenticated using (not (select private.is_shut_out()));

alter table public.tier_benefits enable row level security;
alter table public.tier_benefits force row level security;
grant select on public.tier_benefits to authenticated;
create policy "everyone reads benefits, suspended partners do not" on public.tier_benefits
for select to authenticated using (not (select private.is_shut_out()));

alter table public.rate_overrides enable row level security;
alter table public.rate_overrides force row level security;
grant select (id, partner_id, lead_id, rate_bp, floor_bp, cap_bp, valid_from, valid_to, reason, ended_reason, created_at)
on public.rate_overrides to authenticated;
create policy "partners read their own negotiated rates, finance all" on public.rate_overrides
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.requirement_waivers enable row level security;
alter table public.requirement_waivers force row level security;
grant select (
    id, partner_id, tier, kind, reason, created_at, withdrawn_at, withdrawn_reason
) on public.requirement_waivers to authenticated;
create policy "partners read their own waivers, staff all" on public.requirement_waivers
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no waivers" on public.requirement_waivers
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table public.tier_risks enable row level security;
alter table public.tier_risks force row level security;
grant select on public.tier_risks to authenticated;
create policy "partners read their own risks, staff all" on public.tier_risks
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no risks" on public.tier_risks
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table public.tier_appeals enable row level security;
alter table public.tier_appeals force row level security;
grant select (id, partner_id, history_id, statement, status, answer, decided_at, created_at) on public.tier_appeals to authenticated;
create policy "partners read their own appeals, staff all" on public.tier_appeals
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no appeals" on public.tier_appeals
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table private.requirement_sources enable row level security;
alter table private.requirement_sources force row level security;

grant execute on function private.progress_of(uuid) to authenticated;
grant select on public.tier_progression to authenticated;

-- Flags: partners ask my_features; the rows are for staff.
alter table public.feature_flags enable row level security;
alter table public.feature_flags force row level security;
grant select on public.feature_flags to authenticated;
create policy "staff read flags" on public.feature_flags
for select to authenticated
using (cardinality((select private.my_roles())) > 0);

alter table public.feature_flag_partners enable row level security;
alter table public.feature_flag_partners force row level security;
grant select on public.feature_flag_partners to authenticated;
create policy "staff read flags of partners" on public.feature_flag_partners
for select to authenticated
using (cardinality((select private.my_roles())) > 0);

grant execute on function private.my_features() to authenticated;
grant execute on function public.my_features() to authenticated;
grant execute on function private.appeal_tier(text) to authenticated;
grant execute on function public.appeal_tier(text) to authenticated;

-- ---------------------------------------------------------------------------------------------------------------------
-- Teams: leader and member see the bond; recruits are seen by who brought them.
-- ---------------------------------------------------------------------------------------------------------------------
alter table public.partner_teams enable row level security;
alter table public.partner_teams force row level security;
grant select (
    id, team_leader_id, team_member_id, override_percentage, valid_from, valid_to, status, reason, ended_reason, created_at
) on public.partner_teams to authenticated;
create policy "leaders and members read their memberships, staff all" on public.partner_teams
for select to authenticated
using (
    team_leader_id = (select private.me())
    or team_member_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no teams" on public.partner_teams
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);
grant select on public.my_team to authenticated;

alter table public.team_invites enable row level security;
alter table public.team_invites force row level security;
grant select (id, team_leader_id, email, message, expires_at, accepted_by, accepted_at, withdrawn_at, created_at)
on public.team_invites to authenticated;
create policy "leaders read their own invitations" on public.team_invites
for select to authenticated
using (team_leader_id = (select private.me()));
create policy "suspended partners see no invitations" on public.team_invites
as restrictive for select to authenticated
using ((select private.has_access()));

alter table public.recruits enable row level security;
alter table public.recruits force row level security;
grant select on public.recruits to authenticated;
create policy "recruiters and recruits read their bond, staff all" on public.recruits
for select to authenticated
using (
    recruiter_id = (select private.me())
    or recruit_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no recruits" on public.recruits
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

grant execute on function private.invite_member(text, text, uuid) to authenticated;
grant execute on function public.invite_member(uuid, text, text) to authenticated;
grant execute on function private.withdraw_invite(uuid) to authenticated;
grant execute on function public.withdraw_invite(uuid) to authenticated;
grant execute on function private.accept_invite(text) to authenticated;
grant execute on function public.accept_invite(text) to authenticated;
grant execute on function private.leave_team(text) to authenticated;
grant execute on function public.leave_team(text) to authenticated;
grant execute on function private.remove_member(uuid, text) to authenticated;
grant execute on function public.remove_member(uuid, text) to authenticated;

-- ---------------------------------------------------------------------------------------------------------------------
-- People: terms are open to everyone who is signed in; an acceptance is seen by who gave it and by admins.
-- ---------------------------------------------------------------------------------------------------------------------
alter table public.terms_versions enable row level security;
alter table public.terms_versions force row level security;
grant select on public.terms_versions to authenticated;
create policy "everyone reads the terms" on public.terms_versions for select to authenticated using (true);

alter table public.terms_acceptances enable row level security;
alter table public.terms_acceptances force row level security;
grant select on public.terms_acceptances to authenticated;
create policy "people read their own acceptances, admins all" on public.terms_acceptances
for select to authenticated
using (
    (issuer = (select private.issuer()) and subject = (select private.subject()))
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);

grant execute on function private.accept_terms(uuid[]) to authenticated;
grant execute on function public.accept_terms(uuid[]) to authenticated;
grant execute on function private.my_pending_terms() to authenticated;
grant execute on function public.my_pending_terms() to authenticated;
grant execute on function private.submit_application(text, text, text, text, boolean, text) to authenticated;
grant execute on function public.submit_application(text, text, text, text, boolean, text) to authenticated;
grant execute on function private.withdraw_application() to authenticated;
grant execute on function public.withdraw_application() to authenticated;
grant execute on function private.update_profile(jsonb) to authenticated;
grant execute on function public.update_profile(jsonb) to authenticated;
grant execute on function private.pause_account() to authenticated;
grant execute on function public.pause_account() to authenticated;
grant execute on function private.resume_account() to authenticated;
grant execute on function public.resume_account() to authenticated;

grant execute on function private.list_my_sessions() to authenticated;
grant execute on function public.list_my_sessions() to authenticated;
grant execute on function private.revoke_session(uuid) to authenticated;
grant execute on function public.revoke_session(uuid) to authenticated;
grant execute on function private.revoke_other_sessions() to authenticated;
grant execute on function public.revoke_other_sessions() to authenticated;

-- ---------------------------------------------------------------------------------------------------------------------
-- Staff actions: each checks role and a fresh second factor itself.
-- ---------------------------------------------------------------------------------------------------------------------
grant execute on function private.grant_rate_override(
    uuid, uuid, integer, integer, integer, timestamptz, timestamptz, text, uuid
) to authenticated;
grant execute on function public.grant_rate_override(
    uuid, text, uuid, integer, integer, integer, uuid, timestamptz, timestamptz
) to authenticated;
grant execute on function private.end_rate_override(uuid, text) to authenticated;
grant execute on function public.end_rate_override(uuid, text) to authenticated;
grant execute on function private.waive_requirement(uuid, public.partner_tier, public.requirement_kind, text) to authenticated;
grant execute on function public.waive_requirement(uuid, public.partner_tier, public.requirement_kind, text) to authenticated;
grant execute on function private.withdraw_waiver(uuid, public.partner_tier, public.requirement_kind, text) to authenticated;
grant execute on function public.withdraw_waiver(uuid, public.partner_tier, public.requirement_kind, text) to authenticated;
grant execute on function private.downgrade_partner(uuid, public.partner_tier, text, integer) to authenticated;
grant execute on function public.downgrade_partner(uuid, public.partner_tier, text, integer) to authenticated;
grant execute on function private.decide_tier_appeal(uuid, text, text) to authenticated;
grant execute on function public.decide_tier_appeal(uuid, text, text) to authenticated;
grant execute on function private.preview_plan(jsonb) to authenticated;
grant execute on function public.preview_plan(jsonb) to authenticated;
grant execute on function private.publish_plan(jsonb, timestamptz, text, uuid) to authenticated;
grant execute on function public.publish_plan(jsonb, text, uuid, timestamptz) to authenticated;
grant execute on function private.set_team_leader(uuid, uuid, text) to authenticated;
grant execute on function public.set_team_leader(uuid, text, uuid) to authenticated;
grant execute on function private.start_review(uuid) to authenticated;
grant execute on function public.start_review(uuid) to authenticated;
grant execute on function private.suspend_partner(uuid, text) to authenticated;
grant execute on function public.suspend_partner(uuid, text) to authenticated;
grant execute on function private.reinstate_partner(uuid, text) to authenticated;
grant execute on function public.reinstate_partner(uuid, text) to authenticated;
grant execute on function private.terminate_partner(uuid, text) to authenticated;
grant execute on function public.terminate_partner(uuid, text) to authenticated;
grant execute on function private.grant_role(text, public.staff_role, text) to authenticated;
grant execute on function public.grant_role(text, public.staff_role, text) to authenticated;
grant execute on function private.revoke_role(text, public.staff_role) to authenticated;
grant execute on function public.revoke_role(text, public.staff_role) to authenticated;

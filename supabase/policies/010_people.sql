-- People. Partners see and edit themselves; staff see what their work needs, with a second factor.

alter table public.partners enable row level security;
alter table public.partners force row level security;
grant select on public.partners to authenticated;
grant update (name, phone, timezone, locale, region) on public.partners to authenticated;

create policy "partners and staff read partners" on public.partners
for select to authenticated
using (
    id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);

create policy "partners update themselves" on public.partners
for update to authenticated
using (id = (select private.me()))
with check (id = (select private.me()));

create policy "only active partners change their profile" on public.partners
as restrictive for update to authenticated
using ((select private.is_active_partner()));

alter table public.applications enable row level security;
alter table public.applications force row level security;
grant select on public.applications to authenticated;

create policy "applicants and admins read applications" on public.applications
for select to authenticated
using (
    (issuer = (select private.issuer()) and subject = (select private.subject()))
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);

alter table public.staff_members enable row level security;
alter table public.staff_members force row level security;
grant select on public.staff_members to authenticated;

create policy "staff read themselves, owners everybody" on public.staff_members
for select to authenticated
using (id = (select private.my_staff_id()) or (select private.my_roles()) && array['owner']::public.staff_role[]);

alter table public.staff_roles enable row level security;
alter table public.staff_roles force row level security;
grant select on public.staff_roles to authenticated;

create policy "staff read their own roles, owners all" on public.staff_roles
for select to authenticated
using (staff_id = (select private.my_staff_id()) or (select private.my_roles()) && array['owner']::public.staff_role[]);

alter table public.partner_tier_history enable row level security;
alter table public.partner_tier_history force row level security;
grant select on public.partner_tier_history to authenticated;

create policy "partners read their own tier history" on public.partner_tier_history
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no tier history" on public.partner_tier_history
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table private.auth_identities enable row level security;
alter table private.auth_identities force row level security;
alter table private.settings enable row level security;
alter table private.settings force row level security;
alter table private.clock enable row level security;
alter table private.clock force row level security;

grant execute on function private.my_account() to authenticated;
grant execute on function public.my_account() to authenticated;
grant execute on function private.submit_application(text, text, text, text, boolean) to authenticated;
grant execute on function public.submit_application(text, text, text, text, boolean) to authenticated;
grant execute on function private.decide_application(uuid, text, text) to authenticated;
grant execute on function public.decide_application(uuid, text, text) to authenticated;

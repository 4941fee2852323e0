-- People, tiers, plans, teams, sessions: what comes on top of 010_people and 020_tiers.

grant execute on function private.my_tier() to authenticated, anon;

-- The directory: read by everyone who works here, written by a trigger alone.
alter table public.partner_directory enable row level security;
alter table public.partner_directory force row level security;
grant select on public.partner_directory to authenticated;
create policy "partners and staff read the directory" on public.partner_directory
for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

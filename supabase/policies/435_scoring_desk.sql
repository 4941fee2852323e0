-- Versions of the scoring rules.

alter table public.lead_score_versions enable row level security;
alter table public.lead_score_versions force row level security;
grant select on public.lead_score_versions to authenticated;
create policy "admins read versions of the scoring rules" on public.lead_score_versions
for select to authenticated
using ((select private.my_roles()) && array['admin', 'owner']::public.staff_role[]);

grant execute on function private.preview_score_rules(jsonb) to authenticated;
grant execute on function public.preview_score_rules(jsonb) to authenticated;
grant execute on function private.publish_score_rules(uuid, jsonb, text) to authenticated;
grant execute on function public.publish_score_rules(uuid, jsonb, text) to authenticated;

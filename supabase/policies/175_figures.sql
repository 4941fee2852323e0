-- Figures: a partner sees what is kept about them; the figures themselves are read in Studio and by company_figures.

alter table public.usage_events enable row level security;
alter table public.usage_events force row level security;
grant select on public.usage_events to authenticated;
create policy "partners read what is kept of their use" on public.usage_events
for select to authenticated
using (partner_id = (select private.me()));
create policy "suspended partners see no use" on public.usage_events
as restrictive for select to authenticated
using ((select private.has_access()));

alter table public.privacy_preferences enable row level security;
alter table public.privacy_preferences force row level security;
grant select on public.privacy_preferences to authenticated;
create policy "partners read their own objection" on public.privacy_preferences
for select to authenticated
using (partner_id = (select private.me()));
create policy "suspended partners see no objection" on public.privacy_preferences
as restrictive for select to authenticated
using ((select private.has_access()));

alter table public.survey_answers enable row level security;
alter table public.survey_answers force row level security;
grant select on public.survey_answers to authenticated;
create policy "partners read their own answers, admins all" on public.survey_answers
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no survey answers" on public.survey_answers
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table private.usage_days enable row level security;
alter table private.usage_days force row level security;
alter table private.company_revenue enable row level security;
alter table private.company_revenue force row level security;
alter table private.figure_goals enable row level security;
alter table private.figure_goals force row level security;
alter table private.measured_features enable row level security;
alter table private.measured_features force row level security;
alter table ops.heartbeats enable row level security;
alter table ops.heartbeats force row level security;

grant execute on function private.record_usage(jsonb) to authenticated;
grant execute on function public.record_usage(jsonb) to authenticated;
grant execute on function private.set_usage_recording(boolean) to authenticated;
grant execute on function public.set_usage_recording(boolean) to authenticated;
grant execute on function private.survey_due() to authenticated;
grant execute on function public.survey_due() to authenticated;
grant execute on function private.answer_survey(integer, text) to authenticated;
grant execute on function public.answer_survey(integer, text) to authenticated;
grant execute on function private.import_company_revenue(date, text, bigint, text) to authenticated;
grant execute on function public.import_company_revenue(date, text, bigint, text) to authenticated;
grant execute on function private.company_figures(timestamptz) to authenticated;
grant execute on function public.company_figures(timestamptz) to authenticated;

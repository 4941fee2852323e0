-- Training. Titles of modules are open to every partner; lessons and quizzes open with the tier; questions, options and
-- answers are reached by functions alone; everybody's progress, attempts and certificates are their own.

alter table public.training_tracks enable row level security;
alter table public.training_tracks force row level security;
grant select on public.training_tracks to authenticated;
create policy "partners with access and staff read tracks, holders their own" on public.training_tracks
for select to authenticated
using (
    (select private.has_access())
    or cardinality((select private.my_roles())) > 0
    -- A proof without a name is none (F-17).
    or track in (select given.track from public.certificates as given where given.partner_id = (select private.me()))
);

alter table public.training_modules enable row level security;
alter table public.training_modules force row level security;
grant select on public.training_modules to authenticated;
create policy "partners read published modules, staff all" on public.training_modules
for select to authenticated
using (
    published_at <= (select private.now())
    or (select private.my_roles()) && array['support', 'moderator', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no modules" on public.training_modules
as restrictive for select to authenticated
using ((select private.has_access()) or (select private.my_roles()) <> '{}');

alter table public.lessons enable row level security;
alter table public.lessons force row level security;
grant select on public.lessons to authenticated;
create policy "partners read lessons that their tier opens, staff all" on public.lessons
for select to authenticated
using (
    id = any(array(select private.my_lessons()))
    or (select private.my_roles()) && array['support', 'moderator', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no lessons" on public.lessons
as restrictive for select to authenticated
using ((select private.has_access()) or (select private.my_roles()) <> '{}');

-- The rules of a quiz: what is needed to pass, how long, how often. No question.
alter table public.quizzes enable row level security;
alter table public.quizzes force row level security;
grant select on public.quizzes to authenticated;
create policy "partners read quizzes that their tier opens, staff all" on public.quizzes
for select to authenticated
using (
    lesson_id = any(array(select private.my_lessons()))
    or (select private.my_roles()) && array['support', 'moderator', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no quizzes" on public.quizzes
as restrictive for select to authenticated
using ((select private.has_access()) or (select private.my_roles()) <> '{}');

-- No grant and no policy: start_quiz shows the drawn questions, submit_quiz grades, Studio edits.
alter table public.quiz_questions enable row level security;
alter table public.quiz_questions force row level security;
alter table public.quiz_options enable row level security;
alter table public.quiz_options force row level security;
alter table public.quiz_attempt_questions enable row level security;
alter table public.quiz_attempt_questions force row level security;
alter table private.quiz_answer_keys enable row level security;
alter table private.quiz_answer_keys force row level security;
alter table private.quiz_explanations enable row level security;
alter table private.quiz_explanations force row level security;

alter table public.quiz_attempts enable row level security;
alter table public.quiz_attempts force row level security;
grant select on public.quiz_attempts to authenticated;
create policy "partners read their own attempts, staff all" on public.quiz_attempts
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no attempts" on public.quiz_attempts
as restrictive for select to authenticated
using ((select private.has_access()) or (select private.my_roles()) <> '{}');

-- A certificate is its holder's proof and stays readable when the work ends (F-17).
alter table public.certificates enable row level security;
alter table public.certificates force row level security;
grant select on public.certificates to authenticated;
create policy "partners read their own certificates, staff all" on public.certificates
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);

-- Written by save_lesson_progress and complete_lesson.
alter table public.lesson_progress enable row level security;
alter table public.lesson_progress force row level security;
grant select on public.lesson_progress to authenticated;
create policy "partners read their own progress, staff all" on public.lesson_progress
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no progress" on public.lesson_progress
as restrictive for select to authenticated
using ((select private.has_access()) or (select private.my_roles()) <> '{}');
grant select on public.training_progress to authenticated;

alter table public.saved_items enable row level security;
alter table public.saved_items force row level security;
grant select, delete on public.saved_items to authenticated;
grant insert (kind, item_id) on public.saved_items to authenticated;
create policy "partners read what they saved" on public.saved_items
for select to authenticated using (partner_id = (select private.me()));
create policy "partners save things" on public.saved_items
for insert to authenticated with check (partner_id = (select private.me()));
create policy "partners drop what they saved" on public.saved_items
for delete to authenticated using (partner_id = (select private.me()));
create policy "suspended partners see nothing saved" on public.saved_items
as restrictive for select to authenticated using ((select private.has_access()));
create policy "only active partners save things" on public.saved_items
as restrictive for insert to authenticated with check ((select private.is_active_partner()));
create policy "only active partners drop saved things" on public.saved_items
as restrictive for delete to authenticated using ((select private.is_active_partner()));

alter table public.training_assignments enable row level security;
alter table public.training_assignments force row level security;
grant select on public.training_assignments to authenticated;
create policy "members and those who assigned read assignments, staff all" on public.training_assignments
for select to authenticated
using (
    partner_id = (select private.me())
    or leader_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no assignments" on public.training_assignments
as restrictive for select to authenticated
using ((select private.has_access()) or (select private.my_roles()) <> '{}');

-- Counted by training_overview, shown to nobody.
alter table public.training_module_views enable row level security;
alter table public.training_module_views force row level security;

grant execute on function private.my_modules() to authenticated;
grant execute on function private.my_lessons() to authenticated;
grant execute on function private.training_overview() to authenticated;
grant execute on function public.training_overview() to authenticated;
grant execute on function public.search_training(text) to authenticated;
grant execute on function private.save_lesson_progress(uuid, integer, boolean) to authenticated;
grant execute on function public.save_lesson_progress(uuid, integer) to authenticated;
grant execute on function public.complete_lesson(uuid, integer) to authenticated;
grant execute on function private.record_module_view(uuid) to authenticated;
grant execute on function public.record_module_view(uuid) to authenticated;
grant execute on function private.start_quiz(uuid, uuid) to authenticated;
grant execute on function public.start_quiz(uuid, uuid) to authenticated;
grant execute on function private.submit_quiz(uuid, jsonb) to authenticated;
grant execute on function public.submit_quiz(uuid, jsonb) to authenticated;
grant execute on function private.quiz_result(uuid) to authenticated;
grant execute on function public.quiz_result(uuid) to authenticated;
grant execute on function private.claim_certificate(text) to authenticated;
grant execute on function public.claim_certificate(text) to authenticated;
grant execute on function private.assign_training(uuid, uuid[], timestamptz, text) to authenticated;
grant execute on function public.assign_training(uuid, uuid[], timestamptz, text) to authenticated;
grant execute on function private.cancel_assignment(uuid) to authenticated;
grant execute on function public.cancel_assignment(uuid) to authenticated;
grant execute on function private.team_training() to authenticated;
grant execute on function public.team_training() to authenticated;
grant execute on function private.publish_module(uuid) to authenticated;
grant execute on function public.publish_module(uuid) to authenticated;
grant execute on function private.unpublish_module(uuid) to authenticated;
grant execute on function public.unpublish_module(uuid) to authenticated;
grant execute on function private.revoke_certificate(uuid, text) to authenticated;
grant execute on function public.revoke_certificate(uuid, text) to authenticated;

-- The desk of the training; each function asks for the role of an admin and a fresh second factor.

grant execute on function private.save_track(text, text, text, integer) to authenticated;
grant execute on function public.save_track(text, text, integer, text) to authenticated;
grant execute on function private.renew_track(text, integer) to authenticated;
grant execute on function public.renew_track(text, integer) to authenticated;
grant execute on function private.save_module(
    uuid, text, text, public.training_channel, text, integer, public.partner_tier, text
) to authenticated;
grant execute on function public.save_module(
    uuid, text, text, public.training_channel, text, integer, public.partner_tier, text
) to authenticated;
grant execute on function private.save_lesson(uuid, uuid, public.lesson_kind, text, text, text, integer, integer) to authenticated;
grant execute on function public.save_lesson(uuid, uuid, public.lesson_kind, text, text, text, integer, integer) to authenticated;
grant execute on function private.set_lesson_retired(uuid, boolean) to authenticated;
grant execute on function public.set_lesson_retired(uuid, boolean) to authenticated;
grant execute on function private.save_quiz(uuid, text, integer, integer, integer, integer) to authenticated;
grant execute on function public.save_quiz(uuid, text, integer, integer, integer, integer) to authenticated;
grant execute on function private.save_question(uuid, uuid, text, jsonb, text, integer) to authenticated;
grant execute on function public.save_question(uuid, uuid, text, jsonb, text, integer) to authenticated;
grant execute on function private.set_question_retired(uuid, boolean) to authenticated;
grant execute on function public.set_question_retired(uuid, boolean) to authenticated;
grant execute on function private.module_for_staff(uuid) to authenticated;
grant execute on function public.module_for_staff(uuid) to authenticated;

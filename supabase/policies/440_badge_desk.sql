-- Badges, as staff define, give and take them back.

grant execute on function private.save_badge(text, text, text, integer) to authenticated;
grant execute on function public.save_badge(text, text, text, integer) to authenticated;
grant execute on function private.set_badge_retired(text, boolean) to authenticated;
grant execute on function public.set_badge_retired(text, boolean) to authenticated;
grant execute on function private.award_badge(uuid, uuid, text, text) to authenticated;
grant execute on function public.award_badge(uuid, uuid, text, text) to authenticated;
grant execute on function private.take_back_badge(uuid, text) to authenticated;
grant execute on function public.take_back_badge(uuid, text) to authenticated;
grant execute on function private.badge_history(uuid) to authenticated;
grant execute on function public.badge_history(uuid) to authenticated;

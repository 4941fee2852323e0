-- Explaining access: the functions themselves demand an admin with a fresh second factor.

grant execute on function private.explain_facts(text, text, text, text, text) to authenticated;
grant execute on function private.explain_access(text, text, text, text, text) to authenticated;
grant execute on function public.explain_access(text, text, text, text, text) to authenticated;

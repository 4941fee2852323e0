-- Programs of betas and what testers say, as staff look after them.

grant execute on function private.save_beta(uuid, text, text, public.partner_tier) to authenticated;
grant execute on function public.save_beta(uuid, text, text, public.partner_tier) to authenticated;
grant execute on function private.set_beta_open(uuid, boolean) to authenticated;
grant execute on function public.set_beta_open(uuid, boolean) to authenticated;
grant execute on function private.beta_feedback_queue(text, uuid, integer, timestamptz, uuid) to authenticated;
grant execute on function public.beta_feedback_queue(text, uuid, integer, timestamptz, uuid) to authenticated;
grant execute on function private.answer_beta_feedback(uuid, text, text) to authenticated;
grant execute on function public.answer_beta_feedback(uuid, text, text) to authenticated;

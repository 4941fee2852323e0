-- Small lists that admins keep, and the desk of challenges.

grant execute on function private.save_category(uuid, text, integer) to authenticated;
grant execute on function public.save_category(uuid, text, integer) to authenticated;
grant execute on function private.set_channel_category(uuid, uuid) to authenticated;
grant execute on function public.set_channel_category(uuid, uuid) to authenticated;
grant execute on function private.save_link_destination(text, text, text, boolean) to authenticated;
grant execute on function public.save_link_destination(text, text, text, boolean) to authenticated;
grant execute on function private.save_follow_up_rule(public.lead_status, integer, text, boolean) to authenticated;
grant execute on function public.save_follow_up_rule(public.lead_status, integer, text, boolean) to authenticated;
grant execute on function private.challenges_for_staff(integer) to authenticated;
grant execute on function public.challenges_for_staff(integer) to authenticated;

-- What is paid at least, what an instant payout costs, what a tier gives.
grant execute on function private.set_payout_minimum(text, bigint, text, integer, bigint) to authenticated;
grant execute on function public.set_payout_minimum(text, bigint, text, integer, bigint) to authenticated;
grant execute on function private.set_instant_fee(text, integer, bigint, text) to authenticated;
grant execute on function public.set_instant_fee(text, integer, bigint, text) to authenticated;
grant execute on function private.save_tier_benefit(text, public.partner_tier, integer, text, text) to authenticated;
grant execute on function public.save_tier_benefit(text, public.partner_tier, integer, text, text) to authenticated;

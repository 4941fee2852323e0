-- Events, challenges, and what Elite partners ask for and vote on.

grant execute on function private.save_event(
    uuid, public.event_kind, text, text, timestamptz, timestamptz, text, integer, public.partner_tier
) to authenticated;
grant execute on function public.save_event(
    uuid, public.event_kind, text, timestamptz, timestamptz, text, text, integer, public.partner_tier
) to authenticated;
grant execute on function private.cancel_event(uuid, text) to authenticated;
grant execute on function public.cancel_event(uuid, text) to authenticated;
grant execute on function private.restore_event(uuid) to authenticated;
grant execute on function public.restore_event(uuid) to authenticated;
grant execute on function private.cancel_challenge(uuid, text) to authenticated;
grant execute on function public.cancel_challenge(uuid, text) to authenticated;
grant execute on function private.restore_challenge(uuid) to authenticated;
grant execute on function public.restore_challenge(uuid) to authenticated;
grant execute on function private.finish_challenge(uuid, text) to authenticated;
grant execute on function public.finish_challenge(uuid, text) to authenticated;
grant execute on function private.change_challenge(
    uuid, text, text, timestamptz, bigint, timestamptz, integer, bigint, text
) to authenticated;
grant execute on function public.change_challenge(
    uuid, text, text, timestamptz, bigint, timestamptz, integer, bigint, text
) to authenticated;
grant execute on function private.leave_challenge(uuid) to authenticated;
grant execute on function public.leave_challenge(uuid) to authenticated;
grant execute on function private.decide_request(uuid, public.request_status, text, integer) to authenticated;
grant execute on function public.decide_request(uuid, public.request_status, text, integer) to authenticated;
grant execute on function private.withdraw_request(uuid) to authenticated;
grant execute on function public.withdraw_request(uuid) to authenticated;
grant execute on function private.save_topic(uuid, text, text, timestamptz) to authenticated;
grant execute on function public.save_topic(uuid, text, text, timestamptz) to authenticated;
grant execute on function private.close_topic(uuid, text) to authenticated;
grant execute on function public.close_topic(uuid, text) to authenticated;
grant execute on function private.council_result(uuid) to authenticated;
grant execute on function public.council_result(uuid) to authenticated;

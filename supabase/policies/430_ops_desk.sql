-- Switches, tickets, channels and hours, as staff set them.

grant execute on function private.save_flag(text, text, boolean, public.partner_tier, integer) to authenticated;
grant execute on function public.save_flag(text, text, boolean, public.partner_tier, integer) to authenticated;
grant execute on function private.set_flag_for(text, uuid, boolean) to authenticated;
grant execute on function public.set_flag_for(text, uuid, boolean) to authenticated;
grant execute on function private.assign_ticket(uuid, uuid, public.ticket_priority) to authenticated;
grant execute on function public.assign_ticket(uuid, uuid, public.ticket_priority) to authenticated;
grant execute on function private.set_ticket_closed(uuid, boolean, integer) to authenticated;
grant execute on function public.set_ticket_closed(uuid, boolean, integer) to authenticated;
grant execute on function private.save_channel(
    uuid, text, public.channel_type, text, public.partner_tier, boolean, integer, integer
) to authenticated;
grant execute on function public.save_channel(
    uuid, text, public.channel_type, text, public.partner_tier, boolean, integer, integer
) to authenticated;
grant execute on function private.set_channel_archived(uuid, boolean) to authenticated;
grant execute on function public.set_channel_archived(uuid, boolean) to authenticated;
grant execute on function private.set_business_hours(integer, time, time) to authenticated;
grant execute on function public.set_business_hours(integer, time, time) to authenticated;
grant execute on function private.set_holiday(date, text) to authenticated;
grant execute on function public.set_holiday(date, text) to authenticated;

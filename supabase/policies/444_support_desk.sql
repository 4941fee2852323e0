-- What support promises, and its queue.

grant execute on function private.set_support_level(public.partner_tier, integer, integer, text, text) to authenticated;
grant execute on function public.set_support_level(public.partner_tier, integer, integer, text, text) to authenticated;
grant execute on function private.ticket_queue(
    public.ticket_status[], uuid, boolean, text, integer, timestamptz, uuid
) to authenticated;
grant execute on function public.ticket_queue(
    public.ticket_status[], uuid, boolean, text, integer, timestamptz, uuid
) to authenticated;

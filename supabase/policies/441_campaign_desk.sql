-- Campaigns, as staff plan them and Elite partners take part.

grant execute on function private.save_campaign(uuid, text, text, text, date, date, uuid) to authenticated;
grant execute on function public.save_campaign(uuid, text, text, text, date, date, uuid) to authenticated;
grant execute on function private.open_campaign(uuid) to authenticated;
grant execute on function public.open_campaign(uuid) to authenticated;
grant execute on function private.close_campaign(uuid, text, boolean) to authenticated;
grant execute on function public.close_campaign(uuid, text, boolean) to authenticated;
grant execute on function private.join_campaign(uuid, boolean) to authenticated;
grant execute on function public.join_campaign(uuid, boolean) to authenticated;
grant execute on function private.list_campaigns(text) to authenticated;
grant execute on function public.list_campaigns(text) to authenticated;

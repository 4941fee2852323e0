-- Pages of partners, as staff look after them.

grant execute on function private.take_down_page(uuid, text) to authenticated;
grant execute on function public.take_down_page(uuid, text) to authenticated;
grant execute on function private.restore_page(uuid) to authenticated;
grant execute on function public.restore_page(uuid) to authenticated;
grant execute on function private.brand_pages(text, integer, text) to authenticated;
grant execute on function public.brand_pages(text, integer, text) to authenticated;

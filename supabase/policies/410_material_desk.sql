-- Material, answers, prices and terms, as staff write them.

grant execute on function private.save_asset(
    uuid, text, public.asset_category, text, public.partner_tier, boolean
) to authenticated;
grant execute on function public.save_asset(
    uuid, text, public.asset_category, text, public.partner_tier, boolean
) to authenticated;
grant execute on function private.add_asset_version(uuid, uuid, text, text) to authenticated;
grant execute on function public.add_asset_version(uuid, uuid, text, text) to authenticated;
grant execute on function private.save_article(uuid, text, text, text, text, public.partner_tier) to authenticated;
grant execute on function public.save_article(uuid, text, text, text, text, public.partner_tier) to authenticated;
grant execute on function private.save_post(uuid, text, text, text, public.partner_tier) to authenticated;
grant execute on function public.save_post(uuid, text, text, text, public.partner_tier) to authenticated;
grant execute on function private.set_publication(text, uuid, text) to authenticated;
grant execute on function public.set_publication(text, uuid, text) to authenticated;
grant execute on function private.save_price(uuid, text, text, bigint, text, public.partner_tier, date, date) to authenticated;
grant execute on function public.save_price(uuid, text, bigint, text, text, public.partner_tier, date, date) to authenticated;
grant execute on function private.publish_terms(
    public.terms_kind, text, text, text, text, timestamptz, boolean
) to authenticated;
grant execute on function public.publish_terms(
    public.terms_kind, text, text, text, text, timestamptz, boolean
) to authenticated;

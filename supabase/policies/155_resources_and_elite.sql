-- Material and what higher tiers unlock. Gates compare the tier in the table with the caller's, never the token.

alter table public.marketing_assets enable row level security;
alter table public.marketing_assets force row level security;
grant select on public.marketing_assets to authenticated;
create policy "partners see published material of their tier, staff all" on public.marketing_assets
for select to authenticated
using (
    ((select private.has_access()) and published and tier_requirement <= (select private.my_tier()))
    or (select private.my_roles()) && array['support', 'moderator', 'admin', 'owner']::public.staff_role[]
);

alter table public.asset_versions enable row level security;
alter table public.asset_versions force row level security;
grant select on public.asset_versions to authenticated;
create policy "partners see the versions of what they see" on public.asset_versions
for select to authenticated
using (asset_id in (select asset.id from public.marketing_assets as asset));

alter table public.asset_downloads enable row level security;
alter table public.asset_downloads force row level security;
grant select on public.asset_downloads to authenticated;
create policy "partners see their own downloads" on public.asset_downloads
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.brand_profiles enable row level security;
alter table public.brand_profiles force row level security;
grant select on public.brand_profiles to authenticated;
create policy "partners see their own brand" on public.brand_profiles
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.customised_assets enable row level security;
alter table public.customised_assets force row level security;
grant select on public.customised_assets to authenticated;
create policy "partners see their own customised material" on public.customised_assets
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.price_book enable row level security;
alter table public.price_book force row level security;
grant select on public.price_book to authenticated;
create policy "partners see the prices of their tier, admins all" on public.price_book
for select to authenticated
using (
    ((select private.has_access()) and tier_requirement <= (select private.my_tier()))
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);

alter table public.proposals enable row level security;
alter table public.proposals force row level security;
grant select on public.proposals to authenticated;
grant insert (id, lead_id, title, body, total, currency, valid_until) on public.proposals to authenticated;
grant update (title, body, total, currency, valid_until, status) on public.proposals to authenticated;
create policy "partners see their own proposals" on public.proposals
for select to authenticated
using (partner_id = (select private.me()));
create policy "suspended partners see no proposals" on public.proposals
as restrictive for select to authenticated
using ((select private.has_access()));
create policy "performers write proposals for their own leads" on public.proposals
for insert to authenticated
with check (
    partner_id = (select private.me()) and (select private.is_active_partner()) and (select private.my_tier()) >= 'performer'
    and lead_id in (select lead.id from public.leads as lead where lead.partner_id = (select private.me()))
);
create policy "performers edit their own proposals" on public.proposals
for update to authenticated
using (partner_id = (select private.me()) and (select private.is_active_partner()) and (select private.my_tier()) >= 'performer')
with check (partner_id = (select private.me()));

alter table public.custom_deals enable row level security;
alter table public.custom_deals force row level security;
grant select on public.custom_deals to authenticated;
grant insert (id, lead_id, proposal, wanted_rate, expected_volume, currency) on public.custom_deals to authenticated;
create policy "partners see their own custom deals, admins all" on public.custom_deals
for select to authenticated
using (partner_id = (select private.me()) or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]);
create policy "suspended partners see no custom deals" on public.custom_deals
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);
create policy "elite partners ask for custom deals" on public.custom_deals
for insert to authenticated
with check (
    partner_id = (select private.me()) and (select private.is_active_partner()) and (select private.my_tier()) >= 'elite'
    and (lead_id is null or lead_id in (select lead.id from public.leads as lead where lead.partner_id = (select private.me())))
);

alter table public.partnership_requests enable row level security;
alter table public.partnership_requests force row level security;
grant select on public.partnership_requests to authenticated;
grant insert (id, kind, message) on public.partnership_requests to authenticated;
create policy "partners see their own requests, admins all" on public.partnership_requests
for select to authenticated
using (partner_id = (select private.me()) or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]);
create policy "suspended partners see no requests" on public.partnership_requests
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);
create policy "elite partners make requests" on public.partnership_requests
for insert to authenticated
with check (partner_id = (select private.me()) and (select private.is_active_partner()) and (select private.my_tier()) >= 'elite');

alter table public.campaigns enable row level security;
alter table public.campaigns force row level security;
grant select on public.campaigns to authenticated;
create policy "elite partners see open campaigns and their own, admins all" on public.campaigns
for select to authenticated
using (
    (
        (select private.has_access()) and (select private.my_tier()) >= 'elite'
        and (status in ('running', 'done') or closed_at is not null or owner_id = (select private.me()))
    )
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);

alter table public.campaign_participants enable row level security;
alter table public.campaign_participants force row level security;
grant select on public.campaign_participants to authenticated;
create policy "elite partners and admins see who takes part" on public.campaign_participants
for select to authenticated
using (
    ((select private.has_access()) and (select private.my_tier()) >= 'elite')
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);

alter table public.council_topics enable row level security;
alter table public.council_topics force row level security;
grant select on public.council_topics to authenticated;
create policy "elite partners see the council's topics, admins too" on public.council_topics
for select to authenticated
using (
    ((select private.has_access()) and (select private.my_tier()) >= 'elite')
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);

alter table public.council_votes enable row level security;
alter table public.council_votes force row level security;
grant select on public.council_votes to authenticated;
create policy "partners see their own votes" on public.council_votes
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.curated_posts enable row level security;
alter table public.curated_posts force row level security;
grant select on public.curated_posts to authenticated;
create policy "partners read published posts of their tier, admins all" on public.curated_posts
for select to authenticated
using (
    ((select private.has_access()) and published_at <= (select private.now()) and tier_requirement <= (select private.my_tier()))
    or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
);

alter table public.beta_programs enable row level security;
alter table public.beta_programs force row level security;
grant select on public.beta_programs to authenticated;
create policy "partners see the open programs of their tier, support staff all" on public.beta_programs
for select to authenticated
using (
    (
        (select private.has_access()) and opened_at is not null and closed_at is null
        and tier_requirement <= (select private.my_tier())
    )
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);

alter table public.beta_feedback enable row level security;
alter table public.beta_feedback force row level security;
grant select on public.beta_feedback to authenticated;
grant insert (id, program_id, feature, message) on public.beta_feedback to authenticated;
create policy "partners see their own feedback" on public.beta_feedback
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));
create policy "performers give feedback" on public.beta_feedback
for insert to authenticated
with check (
    partner_id = (select private.me()) and (select private.is_active_partner()) and (select private.my_tier()) >= 'performer'
    and (program_id is null or program_id in (select program.id from public.beta_programs as program))
);

grant execute on function private.download_asset(uuid, uuid) to authenticated;
grant execute on function public.download_asset(uuid, uuid) to authenticated;
grant execute on function private.save_brand_profile(jsonb) to authenticated;
grant execute on function public.save_brand_profile(jsonb) to authenticated;
grant execute on function private.customise_asset(uuid, text) to authenticated;
grant execute on function public.customise_asset(uuid, text) to authenticated;
grant execute on function private.cast_council_vote(uuid, integer, text) to authenticated;
grant execute on function public.cast_council_vote(uuid, integer, text) to authenticated;

-- Sales material: assets with versions and tier gates, downloads, and a partner's own brand on them.

create type public.asset_category as enum (
    'brochures', 'email_templates', 'social_posts', 'videos', 'proposals', 'brand', 'case_studies', 'competitive'
);

create table public.marketing_assets (
    id uuid primary key default gen_random_uuid(),
    title text not null check (length(title) between 3 and 200),
    description text check (length(description) <= 2000),
    category public.asset_category not null,
    tier_requirement public.partner_tier not null default 'starter' references public.tier_definitions,
    file_url text, -- path in bucket resources of the newest version (cache)
    file_type text,
    file_size bigint,
    download_count integer not null default 0, -- cache of asset_downloads
    customisable boolean not null default false,
    published boolean not null default true,
    archived_at timestamptz, -- out of the way; set_publication brings it back as a draft
    search tsvector generated always as (to_tsvector('english', title || ' ' || coalesce(description, ''))) stored,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create index on public.marketing_assets (category);
create index on public.marketing_assets (tier_requirement);
create index on public.marketing_assets using gin (search);

create table public.asset_versions (
    id uuid primary key default gen_random_uuid(),
    asset_id uuid not null references public.marketing_assets,
    version integer not null check (version > 0),
    path text not null check (length(path) <= 500), -- <tier>/<asset>/<file> in bucket resources
    file_type text not null,
    file_size bigint not null check (file_size > 0),
    note text check (length(note) <= 500),
    created_at timestamptz not null default private.now(),
    unique (asset_id, version)
);

create function private.newest_version() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update public.marketing_assets
    set file_url = new.path, file_type = new.file_type, file_size = new.file_size, updated_at = private.now()
    where id = new.asset_id
        and not exists (select from public.asset_versions where asset_id = new.asset_id and version > new.version);
    return null;
end;
$$;

create trigger newest_version after insert on public.asset_versions for each row execute function private.newest_version();

create table public.asset_downloads (
    id uuid primary key default gen_random_uuid(), -- made by the client
    asset_id uuid not null references public.marketing_assets,
    partner_id uuid not null references public.partners,
    downloaded_at timestamptz not null default private.now()
);

create index on public.asset_downloads (asset_id);
create index on public.asset_downloads (partner_id, downloaded_at desc);

-- Says where the file is and counts it; the signed link comes from Storage, which asks the same question again.
create function private.download_asset(wanted uuid, download uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    asset public.marketing_assets;
begin
    perform private.require_active_partner();
    select * into asset from public.marketing_assets where id = wanted and published;
    if not found then
        perform private.fail('PT404', 'There is no such resource.', 'not_found', 'asset_id');
    end if;
    if asset.tier_requirement > private.my_tier() then
        perform private.fail('42501', 'This is for a higher tier.', 'tier', 'asset_id', null, asset.tier_requirement::text);
    end if;
    if asset.file_url is null then
        perform private.fail('PT409', 'This resource has no file yet.', 'no_file', 'asset_id');
    end if;
    insert into public.asset_downloads (id, asset_id, partner_id) values (coalesce(download, gen_random_uuid()), wanted, private.me())
    on conflict (id) do nothing;
    if found then
        update public.marketing_assets set download_count = download_count + 1 where id = wanted;
    end if;
    return jsonb_build_object('bucket_id', 'resources', 'path', asset.file_url, 'file_type', asset.file_type, 'file_size', asset.file_size);
end;
$$;

-- How a partner appears on material. Contact block for everybody, own logo and colours from Performer on (A-46).
create table public.brand_profiles (
    partner_id uuid primary key references public.partners,
    contact_name text check (length(contact_name) <= 120),
    contact_email extensions.citext check (length(contact_email::text) <= 254),
    contact_phone text check (length(contact_phone) <= 40),
    website text check (website ~ '^https://' and length(website) <= 300),
    logo_path text check (length(logo_path) <= 300), -- bucket brand
    primary_colour text check (primary_colour ~ '^#[0-9a-f]{6}$'),
    page_slug text unique check (page_slug ~ '^[a-z0-9-]{3,40}$'),
    page_published boolean not null default false,
    taken_down_at timestamptz, -- by staff: not published again before they restore it
    taken_down_reason text check (length(taken_down_reason) <= 2000),
    taken_down_by uuid references public.staff_members,
    check (num_nonnulls(taken_down_at, taken_down_reason, taken_down_by) in (0, 3)),
    check (not page_published or taken_down_at is null),
    updated_at timestamptz not null default private.now()
);

create index on public.brand_profiles (taken_down_by);

create table public.customised_assets (
    id uuid primary key default gen_random_uuid(),
    asset_id uuid not null references public.marketing_assets,
    partner_id uuid not null references public.partners,
    kind text not null check (kind in ('contact', 'white_label')),
    path text, -- bucket brand, once a worker has made it
    status text not null default 'requested' check (status in ('requested', 'ready', 'failed')),
    created_at timestamptz not null default private.now()
);

create index on public.customised_assets (asset_id);
create index on public.customised_assets (partner_id, created_at desc);

create function private.save_brand_profile(wanted jsonb) returns public.brand_profiles
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    profile public.brand_profiles;
    field text;
begin
    if jsonb_typeof(wanted) is distinct from 'object' then
        perform private.fail('22023', 'Send the fields as an object.', 'object', 'profile');
    end if;
    select name into field from jsonb_object_keys(wanted) as name
    where name not in ('contact_name', 'contact_email', 'contact_phone', 'website', 'logo_path', 'primary_colour', 'page_slug', 'page_published')
    limit 1;
    if field is not null then
        perform private.fail('22023', 'There is no such field.', 'unknown_field', coalesce(nullif(field, ''), 'profile'));
    end if;
    if wanted ?| array['logo_path', 'primary_colour', 'page_slug', 'page_published'] and private.my_tier() < 'performer' then
        perform private.fail('42501', 'Logo, colours and page are for Performer tier and above.', 'tier', null, null, 'performer');
    end if;
    if wanted ->> 'logo_path' is not null and wanted ->> 'logo_path' not like mine::text || '/%' then
        perform private.fail('22023', 'The logo lies in your own folder.', 'path', 'logo_path');
    end if;
    insert into public.brand_profiles (partner_id) values (mine) on conflict do nothing;
    select * into strict profile from public.brand_profiles where partner_id = mine for update;
    profile := jsonb_populate_record(profile, wanted);
    if profile.page_published and profile.taken_down_at is not null then
        perform private.fail(
            'PT409', 'Your page was taken down.', 'taken_down', 'page_published',
            left('Correct it and answer support; they restore it. The reason: ' || profile.taken_down_reason, 500)
        );
    end if;
    update public.brand_profiles
    set
        contact_name = profile.contact_name, contact_email = profile.contact_email, contact_phone = profile.contact_phone,
        website = profile.website, logo_path = profile.logo_path, primary_colour = profile.primary_colour,
        page_slug = profile.page_slug, page_published = coalesce(profile.page_published, false), updated_at = private.now()
    where partner_id = mine
    returning * into profile;
    return profile;
end;
$$;

create function private.customise_asset(wanted uuid, how text) returns public.customised_assets
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    asset public.marketing_assets;
    made public.customised_assets;
begin
    if how not in ('contact', 'white_label') then
        perform private.fail('22023', 'The kind is contact or white_label.', 'one_of', 'kind', null, 'contact, white_label');
    end if;
    if how = 'white_label' and private.my_tier() < 'performer' then
        perform private.fail('42501', 'White-label material is for Performer tier and above.', 'tier', 'kind', null, 'performer');
    end if;
    select * into asset from public.marketing_assets where id = wanted and published and tier_requirement <= private.my_tier();
    if not found then
        perform private.fail('PT404', 'There is no such resource.', 'not_found', 'asset_id');
    end if;
    if not asset.customisable then
        perform private.fail('PT409', 'This resource cannot be customised.', 'not_customisable', 'asset_id');
    end if;
    insert into public.customised_assets (asset_id, partner_id, kind) values (wanted, mine, how) returning * into made;
    return made;
end;
$$;

create function public.download_asset(asset_id uuid, download_id uuid default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.download_asset(asset_id, download_id);
$$;
create function public.save_brand_profile(profile jsonb) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_brand_profile(profile) as saved;
$$;
create function public.customise_asset(asset_id uuid, kind text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.customise_asset(asset_id, kind) as made;
$$;

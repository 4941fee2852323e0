-- Referral links (R-168): a code that leads to one of our pages, and the clicks on it. No address of a visitor is stored.

-- For tables that are only ever added to.
create function private.keep_as_written() returns trigger
language plpgsql set search_path = '' as $$
begin
    perform private.fail('42501', 'What was written here is never changed.', 'append_only');
    return null;
end;
$$;

-- Where links may lead: our own pages alone, so that nobody sends visitors elsewhere under our name.
create table public.link_destinations (
    slug text primary key check (slug ~ '^[a-z0-9-]{1,40}$'),
    label text not null check (length(label) between 1 and 80),
    path text not null unique check (path ~ '^/[A-Za-z0-9/_-]*$'), -- below the setting public_site_url
    active boolean not null default true
);

insert into public.link_destinations (slug, label, path) values
('home', 'Home page', '/'), ('services', 'What we build', '/services'), ('contact', 'Ask for an offer', '/contact'),
('partners', 'Become a partner', '/apply');

create table public.referral_links (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null default private.me() references public.partners,
    code text not null unique default lower(substr(encode(extensions.gen_random_bytes(8), 'hex'), 1, 10))
    check (code ~ '^[a-z0-9][a-z0-9-]{2,39}$'),
    destination text not null default 'home' references public.link_destinations,
    campaign text check (length(campaign) <= 100),
    source text not null default 'Referral link' check (length(source) between 1 and 100), -- what its leads get as their source
    active boolean not null default true,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create index on public.referral_links (partner_id, created_at desc);
create index on public.referral_links (destination);

create trigger touch_updated_at before update on public.referral_links
for each row execute function private.touch_updated_at();

create function private.limit_links() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if (select count(*) from public.referral_links where partner_id = new.partner_id) >= 200 then
        perform private.fail('22023', 'At most 200 links.', 'max_items', null, null, '200');
    end if;
    return new;
end;
$$;

create trigger limit_links before insert on public.referral_links
for each row execute function private.limit_links();

create table public.link_clicks (
    id bigint generated always as identity primary key,
    link_id uuid not null references public.referral_links,
    visitor bytea not null, -- the same for one visitor on one day, meaningless afterwards
    country char(2) check (country ~ '^[A-Z]{2}$'),
    device text not null check (device in ('mobile', 'tablet', 'desktop', 'bot')),
    clicked_at timestamptz not null default private.now()
);

create index on public.link_clicks (link_id, clicked_at);

create trigger append_only before update or delete or truncate on public.link_clicks
for each statement execute function private.keep_as_written();

-- The salt of a day. When it is gone, nobody can find out whose visit a hash was.
create table private.click_salts (
    day date primary key,
    salt bytea not null default extensions.gen_random_bytes(32)
);

create function private.sweep_click_salts() returns void
language sql security definer set search_path = '' as $$
    delete from private.click_salts where day < (private.now() at time zone 'UTC')::date;
$$;

select cron.schedule('sweep-click-salts', '2 0 * * *', 'select private.sweep_click_salts()');

create function private.device_class(agent text) returns text
language sql immutable set search_path = '' as $$
    select case
        when coalesce(agent, '') = '' or agent ~* '(bot|crawl|spider|preview|curl|wget|python|headless|facebookexternalhit)' then 'bot'
        when agent ~* '(ipad|tablet|kindle|silk)' or (agent ~* 'android' and agent !~* 'mobile') then 'tablet'
        when agent ~* '(mobi|iphone|ipod|android)' then 'mobile'
        else 'desktop'
    end;
$$;

-- Called by our pages for a visitor. Says where to go, for an unknown code as well: a visitor is never shown an error.
create function private.record_click(wanted text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    headers jsonb := coalesce(nullif(current_setting('request.headers', true), '')::jsonb, '{}');
    today date := (private.now() at time zone 'UTC')::date;
    base text := coalesce(rtrim(private.setting('public_site_url'), '/'), '');
    visitor_country text := upper(headers ->> 'cf-ipcountry');
    link record;
    secret bytea;
    hashed bytea;
begin
    select known.id, known.code, known.campaign, target.path into link
    from public.referral_links as known
    join public.link_destinations as target on target.slug = known.destination and target.active
    join public.partners as owner on owner.id = known.partner_id and owner.status in ('active', 'inactive')
    where known.code = lower(wanted) and known.active;
    if not found then
        return jsonb_build_object('destination', base || '/', 'known', false);
    end if;
    insert into private.click_salts (day) values (today) on conflict do nothing;
    select salt into strict secret from private.click_salts where day = today;
    hashed := sha256(secret || convert_to(
        coalesce(private.visitor_address(), '') || E'\n' || coalesce(headers ->> 'user-agent', ''), 'UTF8'
    ));
    -- Reloading the page is no new click.
    insert into public.link_clicks (link_id, visitor, country, device)
    select
        link.id, hashed, case when visitor_country ~ '^[A-Z]{2}$' and visitor_country <> 'XX' then visitor_country end,
        private.device_class(headers ->> 'user-agent')
    where not exists (
        select from public.link_clicks
        where link_id = link.id and clicked_at > private.now() - interval '10 minutes' and visitor = hashed
    );
    return jsonb_build_object(
        'destination', base || link.path, 'known', true, 'code', link.code, 'campaign', link.campaign
    );
end;
$$;

create function public.record_click(code text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.record_click(code);
$$;

-- A lead may come from a link of its own partner; campaign and source follow unless the partner says otherwise.
alter table public.leads add column referral_link_id uuid references public.referral_links;
create index on public.leads (referral_link_id);

create function private.attribute_lead() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    link public.referral_links;
begin
    if tg_op = 'UPDATE' and old.referral_link_id is not null and new.referral_link_id is distinct from old.referral_link_id then
        perform private.fail('42501', 'Where a lead came from is not changed.', 'attributed', 'referral_link_id');
    end if;
    if new.referral_link_id is null then
        return new;
    end if;
    select * into link from public.referral_links where id = new.referral_link_id and partner_id = new.partner_id;
    if not found then
        perform private.fail('22023', 'This is none of your links.', 'own_link', 'referral_link_id');
    end if;
    new.source := coalesce(new.source, link.source);
    new.campaign := coalesce(new.campaign, link.campaign);
    if tg_op = 'INSERT' or old.referral_link_id is null then
        new.attribution_data := coalesce(new.attribution_data, '{}') || jsonb_build_object(
            'code', link.code, 'destination', link.destination, 'campaign', link.campaign, 'attributed_at', private.now()
        );
    end if;
    return new;
end;
$$;

create trigger attribute_lead before insert or update of referral_link_id on public.leads
for each row execute function private.attribute_lead();

-- The link that a recruit came by is one of these.
alter table public.recruits add constraint recruits_referral_link_id_fkey foreign key (referral_link_id) references public.referral_links;
create index on public.recruits (referral_link_id);

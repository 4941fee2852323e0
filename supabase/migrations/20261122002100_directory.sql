-- What every partner may know of every other: the directory. And the caller's own tier, which policies ask for.

alter table public.partners add column avatar_path text check (length(avatar_path) <= 300);

-- Null for staff and applicants, so that a comparison with it is never true for them.
create function private.my_tier() returns public.partner_tier
language plpgsql stable security definer set search_path = '' as $$
begin
    return (select current_tier from public.partners where id = (select private.me()));
end;
$$;

-- A table and not a view over partners: row-level security hides the rows of others there, and a view that ran with its
-- owner's rights would go around it. Rows stay when a partner leaves, so that what they wrote keeps its author.
create table public.partner_directory (
    id uuid primary key references public.partners on delete cascade,
    name text not null,
    current_tier public.partner_tier not null references public.tier_definitions,
    country char(2),
    region text,
    avatar_path text,
    listed boolean not null, -- false: not invited, ranked or suggested any more
    since timestamptz not null,
    updated_at timestamptz not null default private.now()
);

comment on table public.partner_directory is
'Name, tier, country, region and picture of each partner, kept by a trigger on partners; partners may read all of it.';

create index on public.partner_directory (current_tier);
create index partner_directory_listed on public.partner_directory (name) where listed;

create function private.keep_directory() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into public.partner_directory as entry (id, name, current_tier, country, region, avatar_path, listed, since)
    values (
        new.id, new.name, new.current_tier, new.country, new.region, new.avatar_path,
        new.status in ('active', 'inactive'), new.created_at
    )
    on conflict (id) do update
    set
        name = excluded.name, current_tier = excluded.current_tier, country = excluded.country, region = excluded.region,
        avatar_path = excluded.avatar_path, listed = excluded.listed, updated_at = private.now();
    return null;
end;
$$;

create trigger keep_directory
after insert or update of name, current_tier, country, region, avatar_path, status on public.partners
for each row execute function private.keep_directory();

insert into public.partner_directory (id, name, current_tier, country, region, avatar_path, listed, since)
select id, name, current_tier, country, region, avatar_path, status in ('active', 'inactive'), created_at
from public.partners;

-- No row when all is well.
create view private.check_directory with (security_invoker = true) as
select partner.id
from public.partners as partner
left join public.partner_directory as entry on entry.id = partner.id
where (entry.name, entry.current_tier, entry.country, entry.region, entry.avatar_path, entry.listed)
    is distinct from
    (
        partner.name, partner.current_tier, partner.country, partner.region, partner.avatar_path,
        partner.status in ('active', 'inactive')
    );

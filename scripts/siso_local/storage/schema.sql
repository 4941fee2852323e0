-- The schema that hosted Storage keeps in every project: buckets, objects and the functions that policies call.
-- Run once by the superuser, after roles and extensions. Left out: tables of the S3, analytics and vector protocols.

set role supabase_storage_admin;

create type storage.buckettype as enum ('STANDARD', 'ANALYTICS', 'VECTOR');

create table storage.migrations (
    id integer primary key,
    name varchar(100) not null unique,
    hash varchar(40) not null,
    executed_at timestamp default current_timestamp
);

create table storage.buckets (
    id text primary key,
    name text not null,
    owner uuid,
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    public boolean default false,
    avif_autodetection boolean default false,
    file_size_limit bigint,
    allowed_mime_types text[],
    owner_id text,
    type storage.buckettype not null default 'STANDARD'
);
create unique index bname on storage.buckets (name);
comment on column storage.buckets.owner is 'Deprecated: owner_id also holds subjects that are no UUID.';

create table storage.objects (
    id uuid primary key default gen_random_uuid(),
    bucket_id text constraint "objects_bucketId_fkey" references storage.buckets (id),
    name text,
    owner uuid,
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    last_accessed_at timestamptz default now(),
    metadata jsonb,
    path_tokens text[] generated always as (string_to_array(name, '/')) stored,
    version text,
    owner_id text,
    user_metadata jsonb
);
create unique index bucketid_objname on storage.objects (bucket_id, name);
create index name_prefix_search on storage.objects (name text_pattern_ops);
create index idx_objects_bucket_id_name on storage.objects (bucket_id, name collate "C");
comment on column storage.objects.owner is 'Deprecated: owner_id also holds subjects that are no UUID.';

alter table storage.migrations enable row level security;
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;

-- Parts of an object name, for policies ------------------------------------------------------------------------------

create function storage.foldername(name text)
returns text[]
language sql
immutable
as $$
    select parts[1 : cardinality(parts) - 1] from (select string_to_array(name, '/') as parts) as split;
$$;

create function storage.filename(name text)
returns text
language sql
immutable
as $$
    select parts[cardinality(parts)] from (select string_to_array(name, '/') as parts) as split;
$$;

create function storage.extension(name text)
returns text
language sql
immutable
as $$
    select reverse(split_part(reverse(storage.filename(name)), '.', 1));
$$;

-- What the server is doing for the caller, for policies that allow one operation only ---------------------------------

create function storage.operation()
returns text
language sql
stable
as $$
    select current_setting('storage.operation', true);
$$;

create function storage.allow_any_operation(expected_operations text[])
returns boolean
language sql
stable
as $$
    select coalesce(
        bool_or(expected <> '' and regexp_replace(expected, '^storage\.', '')
            = regexp_replace(storage.operation(), '^storage\.', '')),
        false
    )
    from unnest(expected_operations) as expected;
$$;

create function storage.allow_only_operation(expected_operation text)
returns boolean
language sql
stable
as $$
    select storage.allow_any_operation(array[expected_operation]);
$$;

create function storage.get_size_by_bucket()
returns table (size bigint, bucket_id text)
language sql
stable
as $$
    select sum((o.metadata ->> 'size')::bigint)::bigint, o.bucket_id from storage.objects as o group by o.bucket_id;
$$;

-- Whether the current role may add this object; always undone.
create function storage.can_insert_object(bucketid text, name text, owner uuid, metadata jsonb)
returns void
language plpgsql
as $$
begin
    insert into storage.objects (bucket_id, name, owner, metadata) values (bucketid, name, owner, metadata);
    raise sqlstate 'PT200' using message = 'ROLLBACK', detail = 'rollback successful insert';
end;
$$;

-- One page of the files and folders right below `prefix || search`, names relative to `prefix`. Case is ignored in the
-- search, as on hosted; `levels` is accepted and not needed. Folders have a null id and come first, unless by name.
create function storage.search(
    prefix text,
    bucketname text,
    limits integer default 100,
    levels integer default 1,
    offsets integer default 0,
    search text default '',
    sortcolumn text default 'name',
    sortorder text default 'asc'
)
returns table (
    name text,
    id uuid,
    updated_at timestamptz,
    created_at timestamptz,
    last_accessed_at timestamptz,
    metadata jsonb
)
language sql
stable
as $$
    with wanted as (
        select
            coalesce(prefix, '') as base,
            lower(coalesce(prefix, '') || coalesce(search, '')) as start,
            coalesce(cardinality(string_to_array(nullif(search, ''), '/')), 1) as depth,
            case when sortcolumn in ('updated_at', 'created_at', 'last_accessed_at') then sortcolumn else 'name' end
                as sorted_by,
            lower(coalesce(sortorder, 'asc')) <> 'desc' as ascending
    ),
    split as (
        select o.*, string_to_array(substr(o.name, length(w.base) + 1), '/') as parts
        from storage.objects as o, wanted as w
        where o.bucket_id = bucketname and starts_with(lower(o.name), w.start)
    ),
    entries as (
        select
            array_to_string(s.parts[1 : w.depth], '/') as entry,
            s.id, s.updated_at, s.created_at, s.last_accessed_at, s.metadata
        from split as s, wanted as w
        where cardinality(s.parts) = w.depth
        union all
        select distinct array_to_string(s.parts[1 : w.depth], '/'), null::uuid, null::timestamptz, null::timestamptz,
            null::timestamptz, null::jsonb
        from split as s, wanted as w
        where cardinality(s.parts) > w.depth
    ),
    keyed as (
        select e.*, w.sorted_by, w.ascending, lower(e.entry) collate "C" as name_key,
            case w.sorted_by
                when 'updated_at' then e.updated_at
                when 'created_at' then e.created_at
                when 'last_accessed_at' then e.last_accessed_at
            end as time_key
        from entries as e, wanted as w
    )
    select k.entry, k.id, k.updated_at, k.created_at, k.last_accessed_at, k.metadata
    from keyed as k
    order by
        case when k.sorted_by <> 'name' then (k.id is not null)::integer else 0 end,
        case when k.ascending then k.time_key end asc,
        case when not k.ascending then k.time_key end desc,
        case when k.ascending then k.name_key end asc,
        case when not k.ascending then k.name_key end desc
    limit least(coalesce(limits, 100), 1500)
    offset coalesce(offsets, 0);
$$;

-- Guards --------------------------------------------------------------------------------------------------------------

create function storage.update_updated_at_column()
returns trigger
language plpgsql
as $$
begin
    new.updated_at := now();
    return new;
end;
$$;

create trigger update_objects_updated_at
before update on storage.objects
for each row execute function storage.update_updated_at_column();

create function storage.enforce_bucket_name_length()
returns trigger
language plpgsql
as $$
begin
    if length(new.name) > 100 then
        raise exception 'bucket name "%" is longer than 100 characters', new.name;
    end if;
    return new;
end;
$$;

create trigger enforce_bucket_name_length_trigger
before insert or update of name on storage.buckets
for each row execute function storage.enforce_bucket_name_length();

-- A row deleted by plain SQL would leave its file behind: only the server, which sets the parameter, may delete.
create function storage.protect_delete()
returns trigger
language plpgsql
as $$
begin
    if current_setting('storage.allow_delete_query', true) is distinct from 'true' then
        raise exception 'Direct deletion from storage tables is not allowed. Use the Storage API instead.'
            using errcode = '42501', hint = 'This prevents accidental data loss from orphaned objects.';
    end if;
    return null;
end;
$$;

create trigger protect_buckets_delete
before delete on storage.buckets
for each statement execute function storage.protect_delete();

create trigger protect_objects_delete
before delete on storage.objects
for each statement execute function storage.protect_delete();

-- Grants: everything on the two tables, because their policies decide -------------------------------------------------

grant all on storage.buckets, storage.objects to postgres with grant option;
grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
grant execute on all functions in schema storage to postgres, anon, authenticated, service_role;

reset role;

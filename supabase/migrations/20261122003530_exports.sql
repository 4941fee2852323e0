-- A partner's export of their own data: every table that holds their id, as JSON and CSV in one zip file, for 24 hours.
--
-- Which rows of which table is decided in supabase/exports.yaml; a worker can read nothing else, and nothing without a request
-- of the partner that was confirmed with a second factor.

insert into ops.topics (topic, worker, max_attempts) values
('export.make', 'documents', 12),
('export.expire', 'documents', 40);

create table ops.export_tables (
    position integer not null unique,
    name text primary key,
    condition text, -- SQL over the row `t` and the partner's id `$1`
    shown text[] not null, -- these columns alone; empty: all
    omit text[] not null,
    why text, -- why nothing of the table is exported
    check (num_nonnulls(condition, why) = 1)
);

create type public.export_status as enum ('waiting', 'ready', 'expired');

create table public.exports (
    id uuid primary key, -- the client's request id
    partner_id uuid not null references public.partners,
    status public.export_status not null default 'waiting',
    requested_at timestamptz not null default private.now(),
    path text, -- in the bucket `exports`
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint check (bytes > 0),
    row_count bigint check (row_count >= 0),
    ready_at timestamptz,
    expires_at timestamptz,
    check ((status = 'waiting') = (path is null))
);

create index on public.exports (partner_id, requested_at desc);
create unique index exports_running_key on public.exports (partner_id) where status = 'waiting';

create function private.request_export(request uuid) returns public.exports
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    export public.exports;
    recent bigint;
begin
    if mine is null then
        perform private.fail('42501', 'Only partners may do this.', 'partner_only');
    end if;
    perform private.require_fresh_mfa();
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    select * into export from public.exports where id = request;
    if export.partner_id = mine then
        return export; -- a phone may repeat itself
    elsif found then
        perform private.fail('23505', 'This request id was used by somebody else.', 'request_id_reused', 'request_id');
    end if;
    perform pg_advisory_xact_lock(hashtextextended('export:' || mine::text, 0));
    if exists (select from public.exports where partner_id = mine and status = 'waiting') then
        perform private.fail('PT409', 'An export is being made already.', 'export_running');
    end if;
    select count(*) into recent from public.exports
    where partner_id = mine and requested_at > private.now() - interval '24 hours';
    if recent >= 3 then
        perform private.fail('PT429', 'You have had three exports in a day.', 'export_limit', null, 'Try again tomorrow.', '3');
    end if;
    insert into public.exports (id, partner_id) values (request, mine) returning * into export;
    perform private.emit('export.requested', 'export', export.id, mine, null, jsonb_build_object('status', 'waiting'));
    perform private.notify(
        mine, 'security', 'Export of your data', 'Somebody with your second factor has asked for an export of your data.',
        '/partner/settings'
    );
    perform private.enqueue('export.make', export.id::text, jsonb_build_object('export_id', export.id));
    return export;
end;
$$;

create function public.request_export(request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(export) from private.request_export(request_id) as export;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the documents worker calls.
-- ---------------------------------------------------------------------------------------------------------------------
create function worker.begin_export(export uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'id', known.id, 'partner_id', known.partner_id, 'status', known.status, 'requested_at', private.utc_text(known.requested_at),
        'tables', (
            select jsonb_agg(decided.name order by decided.position) from ops.export_tables as decided where decided.why is null
        ),
        'left_out', (
            select jsonb_object_agg(decided.name, decided.why) from ops.export_tables as decided where decided.why is not null
        )
    )
    from public.exports as known
    where known.id = $1;
$$;

-- The columns of a table that an export shows: those that were decided, never who of staff did something, never bookkeeping.
create function private.export_columns(decided ops.export_tables) returns text[]
language sql stable security definer set search_path = '' as $$
    select array_agg(field.attname::text order by field.attnum)
    from pg_catalog.pg_attribute as field
    where field.attrelid = decided.name::regclass and field.attnum > 0 and not field.attisdropped
        and (decided.shown = '{}' or field.attname = any (decided.shown))
        and field.attname <> all (decided.omit || array['search', 'field_rev', 'changed_xid'])
        and not exists (
            select from pg_catalog.pg_constraint as reference
            where reference.conrelid = field.attrelid and reference.contype = 'f' and field.attnum = any (reference.conkey)
                and reference.confrelid = 'public.staff_members'::regclass
        );
$$;

-- One page of the rows of one table that belong to the partner of a waiting export, in the order of the primary key, and where
-- the next page begins; `after` is null for the first page, and the answer's `after` is null after the last.
create function worker.export_page(
    export uuid, table_name text, after jsonb default null, page integer default 1000
) returns jsonb
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
#variable_conflict use_variable
declare
    owner uuid;
    decided ops.export_tables;
    columns text[];
    keys text;
    key_values text;
    found jsonb;
begin
    select known.partner_id into owner from public.exports as known where known.id = export and known.status = 'waiting';
    select known.* into decided from ops.export_tables as known where known.name = table_name and known.why is null;
    if owner is null or decided.name is null then
        perform private.fail('23514', 'Nothing of this is to be exported.', 'not_exported', 'table_name');
    end if;
    columns := private.export_columns(decided);
    select
        string_agg('t.' || quote_ident(field.attname), ', ' order by part.position),
        string_agg(format('($2 ->> %s)::%s', part.position - 1, format_type(field.atttypid, field.atttypmod)), ', ' order by part.position)
    into keys, key_values
    from pg_catalog.pg_index as key
    cross join lateral unnest(key.indkey::smallint[]) with ordinality as part (attnum, position)
    join pg_catalog.pg_attribute as field on field.attrelid = key.indrelid and field.attnum = part.attnum
    where key.indrelid = decided.name::regclass and key.indisprimary;
    execute format(
        $query$
            select jsonb_build_object(
                'columns', $4,
                'rows', coalesce(jsonb_agg(page.content order by page.position), '[]'),
                'after', case when count(*) = $3 then (array_agg(page.key order by page.position desc))[1] end
            )
            from (
                select
                    row_number() over (order by %1$s) as position, jsonb_build_array(%1$s) as key,
                    (select jsonb_object_agg(f.key, f.value) from jsonb_each(to_jsonb(t)) as f where f.key = any ($4)) as content
                from %2$s as t
                where (%3$s) and ($2 is null or (%1$s) > (%4$s))
                order by %1$s
                limit $3
            ) as page
        $query$,
        keys, decided.name::regclass, decided.condition, key_values
    ) using owner, after, least(greatest(page, 1), 5000), columns into found;
    return found;
end;
$$;

-- The file is there: the partner gets 24 hours. The first one wins.
create function worker.finish_export(export uuid, path text, sha256 text, bytes bigint, row_count bigint) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    made public.exports;
begin
    perform private.require_file('exports', path);
    update public.exports as known
    set
        status = 'ready', path = path, sha256 = sha256, bytes = bytes, row_count = row_count, ready_at = private.now(),
        expires_at = private.now() + interval '24 hours'
    where known.id = export and known.status = 'waiting' and split_part(path, '/', 1) = known.partner_id::text
    returning known.* into made;
    if made.id is null then
        return false;
    end if;
    perform private.emit(
        'export.ready', 'export', made.id, made.partner_id, jsonb_build_object('status', 'waiting'),
        jsonb_build_object('status', 'ready', 'sha256', sha256)
    );
    perform private.enqueue('export.expire', made.id::text, jsonb_build_object('export_id', made.id), made.expires_at);
    perform private.notify(
        made.partner_id, 'account', 'Your data is ready', 'The export of your data can be fetched for 24 hours.', '/partner/settings'
    );
    perform private.hint(made.partner_id, 'export.ready', made.id);
    return true;
end;
$$;

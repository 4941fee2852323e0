-- The realtime schema as hosted Supabase has it, as far as broadcast and its authorisation go. Runs once, as
-- supabase_admin, when a cluster is made. The objects behind postgres_changes are left out: this platform never uses it. The schema itself, its roles and what they may do
-- in it are made in 10_roles.sql.

-- A message lives here for three days. Being a hint and not a record, it is never updated; who may insert a row may
-- send to its topic, who may select it may join.
create table realtime.messages (
    topic text not null,
    extension text not null,
    payload jsonb,
    event text,
    private boolean default false,
    updated_at timestamp without time zone not null default now(),
    inserted_at timestamp without time zone not null default now(),
    id uuid not null default gen_random_uuid(),
    binary_payload bytea,
    primary key (id, inserted_at)
) partition by range (inserted_at);

create index messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
where extension = 'broadcast' and private is true;

alter table realtime.messages owner to supabase_realtime_admin;
alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to postgres, anon, authenticated, service_role;

-- The topic that a policy on realtime.messages is asked about.
create function realtime.topic() returns text
language sql stable
as $$
    select nullif(pg_catalog.current_setting('realtime.topic', true), '');
$$;

-- Broadcasts to a topic when the transaction commits. A failure is a warning: no sender's transaction ends over a hint.
create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql
as $$
declare
    message_id uuid := pg_catalog.gen_random_uuid();
    body jsonb := payload;
begin
    if pg_catalog.jsonb_typeof(body) = 'object' and not body operator(pg_catalog.?) 'id' then
        body := pg_catalog.jsonb_set(body, '{id}', pg_catalog.to_jsonb(message_id));
    end if;
    perform pg_catalog.set_config('realtime.topic', topic, true);
    insert into realtime.messages (id, payload, event, topic, private, extension)
    values (message_id, body, event, topic, private, 'broadcast');
exception
    when others then
        raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end;
$$;

-- For row triggers: tells a topic what became of a row.
create function realtime.broadcast_changes(
    topic_name text,
    event_name text,
    operation text,
    table_name text,
    table_schema text,
    new record,
    old record,
    level text default 'ROW'
) returns void
language plpgsql
as $$
begin
    if level = 'STATEMENT' then
        raise exception 'function can only be triggered for each row, not for each statement';
    end if;
    perform realtime.send(
        pg_catalog.jsonb_build_object(
            'old_record', case when operation in ('UPDATE', 'DELETE') then pg_catalog.to_jsonb(old) end,
            'record', case when operation in ('INSERT', 'UPDATE') then pg_catalog.to_jsonb(new) end,
            'operation', operation,
            'table', table_name,
            'schema', table_schema
        ),
        event_name,
        topic_name
    );
end;
$$;

-- Partitions from yesterday to three days ahead exist, those that ended 72 hours ago are gone. The server calls it
-- hourly; without a partition for today no message can be sent.
create function realtime.maintain_partitions() returns void
language plpgsql
security definer
set search_path = ''
set timezone = 'UTC'
set lock_timeout = '2s'
as $$
declare
    day date;
    partition record;
begin
    for day in select current_date + step from pg_catalog.generate_series(-1, 3) as steps (step) loop
        if pg_catalog.to_regclass(pg_catalog.format('realtime.messages_%s', pg_catalog.to_char(day, 'YYYY_MM_DD'))) is null then
            execute pg_catalog.format(
                'create table realtime.%I partition of realtime.messages for values from (%L) to (%L)',
                'messages_' || pg_catalog.to_char(day, 'YYYY_MM_DD'), day, day + 1
            );
        end if;
    end loop;

    for partition in
        select children.relname
        from pg_catalog.pg_inherits
        inner join pg_catalog.pg_class as children on children.oid = pg_inherits.inhrelid
        where
            pg_inherits.inhparent = 'realtime.messages'::pg_catalog.regclass
            and children.relname ~ '^messages_\d{4}_\d{2}_\d{2}$'
            and pg_catalog.to_date(pg_catalog.right(children.relname, 10), 'YYYY_MM_DD') + 1
            <= pg_catalog.now() - interval '72 hours'
    loop
        execute pg_catalog.format('drop table realtime.%I', partition.relname);
    end loop;
end;
$$;

alter function realtime.maintain_partitions() owner to supabase_realtime_admin;
revoke execute on function realtime.maintain_partitions() from public;
select realtime.maintain_partitions();

-- Local delivery: hosted reads the replication stream, this platform listens. The notice names the row alone, because a
-- notice holds 8000 bytes; it is sent at commit and never for what is rolled back. Rows without an event are probes.
create function realtime.notify_message() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    perform pg_catalog.pg_notify('realtime_messages', new.id || ' ' || new.inserted_at::text);
    return null;
end;
$$;

create trigger notify_message
after insert on realtime.messages
for each row
when (new.extension = 'broadcast' and new.event is not null)
execute function realtime.notify_message();

-- Exists on every hosted project; empty, since nothing here subscribes to tables.
do $$
begin
    if not exists (select from pg_catalog.pg_publication where pubname = 'supabase_realtime') then
        create publication supabase_realtime;
        alter publication supabase_realtime owner to postgres;
    end if;
end;
$$;

-- What staff change by hand, in Studio or with psql, reaches the audit log like everything that functions do: which row, which
-- columns, and the values of those that are neither words nor personal (ids, amounts, states, times, switches).

create function private.audit_by_hand() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
    stack text;
    was jsonb;
    became jsonb;
    entry jsonb;
    changed text[];
    plain text[];
    partner uuid;
begin
    get diagnostics stack = pg_context;
    if private.is_called_by_us(stack) then
        return null; -- the function has emitted what it did
    end if;
    was := case when tg_op in ('UPDATE', 'DELETE') then to_jsonb(old) end;
    became := case when tg_op in ('INSERT', 'UPDATE') then to_jsonb(new) end;
    entry := coalesce(became, was);
    select
        array_agg(attribute.attname::text),
        array_agg(attribute.attname::text) filter (
            where kind.typtype = 'e' or kind.oid = any (array[
                'boolean', 'smallint', 'integer', 'bigint', 'uuid', 'date', 'timestamptz', 'char(3)'
            ]::regtype[])
        )
    into changed, plain
    from pg_catalog.pg_attribute as attribute
    join pg_catalog.pg_type as kind on kind.oid = attribute.atttypid
    where attribute.attrelid = tg_relid and attribute.attnum > 0 and not attribute.attisdropped
        and attribute.attname not in ('updated_at', 'changed_xid', 'field_rev', 'search')
        and was -> attribute.attname is distinct from became -> attribute.attname;
    if changed is null then
        return null;
    end if;
    select id into partner from public.partners
    where id::text = case when tg_relid = 'public.partners'::regclass then entry ->> 'id' else entry ->> 'partner_id' end;
    perform private.emit(
        'by_hand.' || lower(tg_op), tg_table_schema || '.' || tg_table_name,
        -- Rows without a UUID of their own are named by a digest of their key, here the whole row before.
        case
            when entry ->> 'id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (entry ->> 'id')::uuid
            else md5(coalesce(was, became)::text)::uuid
        end,
        partner,
        (select jsonb_object_agg(name, was -> name) from unnest(plain) as name where was is not null),
        jsonb_build_object('columns', to_jsonb(changed)) || coalesce(
            (select jsonb_object_agg(name, became -> name) from unnest(plain) as name where became is not null), '{}'
        )
    );
    return null;
end;
$$;

create function private.audit_truncate() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.emit(
        'by_hand.truncate', tg_table_schema || '.' || tg_table_name,
        md5(tg_table_schema || '.' || tg_table_name)::uuid, null
    );
    return null;
end;
$$;

-- Called at the end of the policies, when every table is there. Requests of the API are left out by the condition: they are
-- either functions, which emit, or a partner's daily work. Left out as tables: caches and counters that are computed anew, and
-- the outbox, whose repair has its own function.
create procedure private.audit_every_table()
language plpgsql set search_path = '' as $$
declare
    audited regclass;
begin
    for audited in
        select class.oid::regclass
        from pg_catalog.pg_class as class
        where class.relkind in ('r', 'p')
            and class.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'ledger'::regnamespace)
            and class.relname not in (
                'partner_directory', 'partner_presence', 'read_cursors', 'leaderboard_scores', 'leaderboard_snapshots',
                'lead_scores', 'training_module_views', 'link_clicks', 'click_salts', 'clock', 'streaks', 'usage_events'
            )
    loop
        execute format(
            'create trigger zzz_audit_by_hand after insert or update or delete on %s for each row'
            ' when (session_user <> ''authenticator'') execute function private.audit_by_hand()', audited
        );
        execute format(
            'create trigger zzz_audit_truncate after truncate on %s for each statement execute function private.audit_truncate()',
            audited
        );
    end loop;
end;
$$;

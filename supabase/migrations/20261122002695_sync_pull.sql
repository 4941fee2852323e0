-- Pulling what changed since a cursor.

create function private.tombstones_since(low xid8, high xid8) returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(jsonb_build_object('table', table_name, 'id', row_id)), '[]')
    from ops.tombstones
    where partner_id = private.me() and changed_xid >= low and changed_xid < high;
$$;

-- What changed for the caller since a cursor (null: everything): {"cursor", "more", "tables": {name: [rows]}, "gone": [...]}.
-- At most about 500 rows a table; "more" says that another pull with the new cursor is needed. "reset" says that the cursor is
-- too old or not ours: forget everything and begin anew.
create function public.changes_since(cursor text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
    high xid8 := pg_snapshot_xmin(pg_current_snapshot());
    low xid8;
    reached xid8 := high;
    tables jsonb := '{}';
    target text;
    rows jsonb;
    last xid8;
    more boolean := false;
begin
    if not pg_input_is_valid(coalesce(cursor, '0'), 'xid8') then
        perform private.fail('22023', 'This cursor is none of ours.', 'unknown', 'cursor', 'Begin without one.');
    end if;
    low := coalesce(cursor, '0')::xid8;
    if low > high then
        return jsonb_build_object('reset', true);
    end if;
    foreach target in array private.sync_table_names() loop
        execute format(
            'select coalesce(jsonb_agg(to_jsonb(page)), ''[]''), max(page.changed_xid) from ('
            ' select * from public.%I where changed_xid >= $1 and changed_xid < $2'
            ' order by changed_xid fetch first 500 rows with ties) as page', target
        ) into rows, last using low, high;
        tables := tables || jsonb_build_object(target, rows);
        if jsonb_array_length(rows) >= 500 then
            more := true;
            -- One past the last whole transaction of this page.
            reached := least(reached, ((last::text)::numeric + 1)::text::xid8);
        end if;
    end loop;
    return jsonb_build_object(
        'cursor', reached::text, 'more', more, 'tables', tables, 'gone', private.tombstones_since(low, high)
    );
end;
$$;

create function private.sync_table_names() returns text[]
language sql stable security definer set search_path = '' as $$
    select array_agg(table_name order by table_name) from ops.sync_tables;
$$;

-- Tombstones and op results are kept for 90 days; a phone that was away longer begins anew.
create function private.sweep_sync() returns void
language sql security definer set search_path = '' as $$
    delete from ops.tombstones where created_at < private.now() - interval '90 days';
    delete from ops.applied_ops where applied_at < private.now() - interval '90 days';
$$;

select cron.schedule('sweep-sync', '41 3 * * *', 'select private.sweep_sync()');

-- Offline work: batches of operations that are applied exactly once, merged field by field, and a cursor for pulling what
-- changed. Row-level security and column grants decide here as everywhere: the functions run as their caller.

create table ops.sync_tables (
    table_name text primary key,
    insertable text[] not null, -- beside id
    editable text[] not null,
    free_text text[] not null default '{}', -- never overwritten when the server's text is newer than what the phone saw
    deletable boolean not null default false
);

-- Functions that an operation may call (moves, claims, read markers): their own rules decide.
create table ops.sync_functions (
    function_name text primary key
);

create table ops.applied_ops (
    op_id uuid primary key,
    caller text not null, -- an op id belongs to whoever used it first
    result jsonb not null,
    applied_at timestamptz not null default private.now()
);

create index on ops.applied_ops (applied_at);

create table ops.tombstones (
    table_name text not null,
    row_id uuid not null,
    partner_id uuid not null references public.partners,
    changed_xid xid8 not null default pg_current_xact_id(),
    created_at timestamptz not null default private.now(),
    primary key (table_name, row_id, partner_id)
);

create index on ops.tombstones (partner_id, changed_xid);
create index on ops.tombstones (created_at);

-- Keeps, per row, which revision changed which field last, and the transaction that changed the row. The transaction id, not a
-- time or a sequence, is the cursor: a slow transaction that commits late is not lost.
create function private.track_change() returns trigger
language plpgsql set search_path = '' as $$
declare
    was jsonb;
begin
    new.changed_xid := pg_current_xact_id();
    if tg_op = 'INSERT' then
        new.rev := 1;
        new.field_rev := '{}';
        return new;
    end if;
    new.rev := old.rev + 1;
    was := to_jsonb(old); -- once, not for every field
    new.field_rev := old.field_rev || coalesce((
        select jsonb_object_agg(field.key, new.rev)
        from jsonb_each(to_jsonb(new)) as field
        where field.value is distinct from was -> field.key
            and field.key not in ('rev', 'field_rev', 'changed_xid', 'updated_at')
    ), '{}');
    return new;
end;
$$;

-- Makes a table part of offline work: columns, trigger, index for the pull.
create function private.make_syncable(
    wanted text, can_insert text[], can_edit text[], texts text[] default '{}', owner_column text default 'partner_id'
) returns void
language plpgsql set search_path = '' as $$
begin
    execute format(
        'alter table public.%I add column rev bigint not null default 1, add column field_rev jsonb not null default ''{}'','
        ' add column changed_xid xid8 not null default pg_current_xact_id()', wanted
    );
    -- Last of the before triggers (names sort), so that it sees what the others changed.
    execute format(
        'create trigger zz_track_change before insert or update on public.%I for each row execute function private.track_change()',
        wanted
    );
    execute format('create index on public.%I (%I, changed_xid)', wanted, owner_column);
    insert into ops.sync_tables (table_name, insertable, editable, free_text) values (wanted, can_insert, can_edit, texts);
end;
$$;

select private.make_syncable(
    'leads',
    array[
        'company_name', 'contact_name', 'contact_email', 'contact_phone', 'project_type', 'estimated_value', 'currency',
        'source', 'campaign', 'referral_link_id', 'notes', 'next_action', 'next_action_date'
    ],
    array[
        'company_name', 'contact_name', 'contact_email', 'contact_phone', 'project_type', 'estimated_value', 'currency',
        'source', 'campaign', 'notes', 'next_action', 'next_action_date'
    ],
    array['notes']
);
select private.make_syncable('lead_activities', array['lead_id', 'activity_type', 'notes'], '{}'::text[]);

insert into ops.sync_functions (function_name) values
('move_lead'), ('claim_win'), ('delete_lead'), ('mark_notifications_read');

-- A deleted lead vanishes from everybody's sight: the tombstone tells the phones.
create function private.bury_lead() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.deleted_at is not null and old.deleted_at is null then
        insert into ops.tombstones (table_name, row_id, partner_id) values ('leads', new.id, new.partner_id)
        on conflict do nothing;
    elsif new.deleted_at is null and old.deleted_at is not null then
        -- It is back: who has not pulled the tombstone never learns of it, everybody else gets the changed row.
        delete from ops.tombstones where table_name = 'leads' and row_id = new.id and partner_id = new.partner_id;
    end if;
    return null;
end;
$$;

create trigger bury_lead after update on public.leads for each row execute function private.bury_lead();

create function private.sync_table(wanted text) returns ops.sync_tables
language sql stable security definer set search_path = '' as $$
    select * from ops.sync_tables where table_name = wanted;
$$;

create function private.is_sync_function(wanted text) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (select from ops.sync_functions where function_name = wanted);
$$;

-- The stored result of an op that was applied before; refuses an op id that somebody else used.
create function private.recall_op(wanted uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    known ops.applied_ops;
begin
    perform pg_advisory_xact_lock(hashtextextended('op:' || wanted::text, 0));
    select * into known from ops.applied_ops where op_id = wanted;
    if known.op_id is null then
        return null;
    end if;
    if known.caller <> private.issuer() || ' ' || private.subject() then
        perform private.fail('23505', 'This operation id was used by somebody else.', 'op_id_reused', 'op_id');
    end if;
    return known.result;
end;
$$;

create function private.remember_op(wanted uuid, outcome jsonb) returns void
language sql volatile security definer set search_path = '' as $$
    insert into ops.applied_ops (op_id, caller, result)
    values (wanted, private.issuer() || ' ' || private.subject(), outcome);
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- One operation, as its caller:
--   {"op_id", "kind": "insert" | "update" | "delete", "table", "id", "base_rev", "patch": {only changed fields}}
--   {"op_id", "kind": "call", "function", "arguments": {...}}
-- ---------------------------------------------------------------------------------------------------------------------
create function private.op_insert(wanted ops.sync_tables, row_id uuid, patch jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
    names text;
    made jsonb;
begin
    if not (select coalesce(array_agg(field), '{}') <@ wanted.insertable from jsonb_object_keys(patch) as field) then
        perform private.fail('22023', 'A field cannot be set here.', 'unknown_field', 'patch', null, array_to_string(wanted.insertable, ', '));
    end if;
    select string_agg(format('%I', field), ', ') into names from jsonb_object_keys(patch) as field;
    execute format(
        'insert into public.%1$I (id%2$s) select $1%2$s from jsonb_populate_record(null::public.%1$I, $2)'
        ' on conflict (id) do nothing returning to_jsonb(%1$I)',
        wanted.table_name, coalesce(', ' || names, '')
    ) into made using row_id, patch;
    if made is null then
        -- The row is there already (an earlier op id was lost): whoever may see it gets it, anybody else is refused.
        execute format('select to_jsonb(known) from public.%I as known where id = $1', wanted.table_name) into made using row_id;
        if made is null then
            perform private.fail('23505', 'This id is taken.', 'id_taken', 'id');
        end if;
    end if;
    return jsonb_build_object('status', 'applied', 'row', made);
end;
$$;

create function private.op_update(wanted ops.sync_tables, row_id uuid, base_rev bigint, patch jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
    present jsonb;
    conflicts jsonb := '[]';
    names text;
    field text;
begin
    if not (select coalesce(array_agg(f), '{}') <@ wanted.editable from jsonb_object_keys(patch) as f) then
        perform private.fail('22023', 'A field cannot be changed here.', 'unknown_field', 'patch', null, array_to_string(wanted.editable, ', '));
    end if;
    execute format('select to_jsonb(known) from public.%I as known where id = $1 for update', wanted.table_name)
    into present using row_id;
    if present is null then
        perform private.fail('PT404', 'There is no such row any more.', 'not_found', 'id');
    end if;
    foreach field in array wanted.free_text loop
        if patch ? field and patch -> field is distinct from present -> field
            and coalesce((present -> 'field_rev' ->> field)::bigint, 1) > coalesce(base_rev, 0)
        then
            conflicts := conflicts || jsonb_build_object('field', field, 'server', present -> field, 'yours', patch -> field);
            patch := patch - field;
        end if;
    end loop;
    select string_agg(format('%I', f), ', ') into names from jsonb_object_keys(patch) as f;
    if names is not null then
        execute format(
            'update public.%1$I set (%2$s) = (select %2$s from jsonb_populate_record(null::public.%1$I, $2))'
            ' where id = $1 returning to_jsonb(%1$I)',
            wanted.table_name, names
        ) into present using row_id, patch;
        if present is null then
            perform private.fail('42501', 'You may not change this row.', 'not_allowed', 'id');
        end if;
    end if;
    return jsonb_build_object(
        'status', case when conflicts = '[]' then 'applied' else 'conflict' end, 'row', present, 'conflicts', conflicts
    );
end;
$$;

-- Deleting what is gone already is done.
create function private.op_delete(wanted ops.sync_tables, row_id uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
    if not wanted.deletable then
        perform private.fail('22023', 'This cannot be deleted offline.', 'not_deletable', 'table');
    end if;
    execute format('delete from public.%I where id = $1', wanted.table_name) using row_id;
    return jsonb_build_object('status', 'applied');
end;
$$;

create function private.op_call(wanted text, arguments jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
    target pg_catalog.pg_proc;
    given text;
    answer jsonb;
begin
    if not private.is_sync_function(wanted) then
        perform private.fail('22023', 'This cannot be done offline.', 'unknown_function', 'function');
    end if;
    select * into strict target from pg_catalog.pg_proc where proname = wanted and pronamespace = 'public'::regnamespace;
    if exists (select from jsonb_object_keys(arguments) as name where name <> all (target.proargnames)) then
        perform private.fail('22023', 'Unknown argument.', 'unknown_field', 'arguments', null, array_to_string(target.proargnames, ', '));
    end if;
    select string_agg(format(
        '%I => %s', target.proargnames[position.n + 1],
        case
            when format_type(target.proargtypes[position.n], null) like '%[]'
                then format(
                    'array(select jsonb_array_elements_text($1 -> %L))::%s',
                    target.proargnames[position.n + 1], format_type(target.proargtypes[position.n], null)
                )
            else format('($1 ->> %L)::%s', target.proargnames[position.n + 1], format_type(target.proargtypes[position.n], null))
        end
    ), ', ' order by position.n)
    into given
    from generate_series(0, target.pronargs - 1) as position (n)
    where arguments ? target.proargnames[position.n + 1];
    execute format('select to_jsonb(public.%I(%s))', wanted, coalesce(given, '')) into answer using arguments;
    return jsonb_build_object('status', 'applied', 'result', answer);
end;
$$;

create function private.apply_op(op jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
    op_id uuid;
    target ops.sync_tables;
    outcome jsonb;
    state text;
    message text;
    details text;
begin
    begin
        op_id := (op ->> 'op_id')::uuid;
        if op_id is null then
            perform private.fail('22023', 'An operation needs an id.', 'required', 'op_id');
        end if;
        outcome := private.recall_op(op_id);
        if outcome is not null then
            return outcome || '{"replayed": true}';
        end if;
        if op ->> 'kind' = 'call' then
            outcome := private.op_call(op ->> 'function', coalesce(op -> 'arguments', '{}'));
        elsif op ->> 'kind' in ('insert', 'update', 'delete') then
            target := private.sync_table(op ->> 'table');
            if target.table_name is null then
                perform private.fail('22023', 'This cannot be changed offline.', 'unknown_table', 'table');
            end if;
            if op ->> 'kind' <> 'delete' and jsonb_typeof(op -> 'patch') is distinct from 'object' then
                perform private.fail('22023', 'A patch is an object of fields.', 'object', 'patch');
            end if;
            outcome := case op ->> 'kind'
                when 'insert' then private.op_insert(target, (op ->> 'id')::uuid, op -> 'patch')
                when 'delete' then private.op_delete(target, (op ->> 'id')::uuid)
                else private.op_update(target, (op ->> 'id')::uuid, (op ->> 'base_rev')::bigint, op -> 'patch')
            end;
        else
            perform private.fail('22023', 'The kind is insert, update, delete or call.', 'one_of', 'kind', null, 'insert, update, delete, call');
        end if;
        outcome := jsonb_build_object('op_id', op_id) || outcome;
        perform private.remember_op(op_id, outcome);
        return outcome;
    exception
        -- Trouble of the moment is no answer: the whole batch fails and comes again.
        when serialization_failure or deadlock_detected or query_canceled or lock_not_available then
            raise;
        when others then
            get stacked diagnostics state = returned_sqlstate, message = message_text, details = pg_exception_detail;
            -- Not remembered: what is refused today (suspended, below a tier) may be allowed tomorrow.
            return jsonb_build_object(
                'op_id', op ->> 'op_id', 'status', 'rejected',
                'error', jsonb_build_object('code', state, 'message', message, 'details', details)
            );
    end;
end;
$$;

-- Applies up to 100 operations in their order, each by itself: a refused one does not hold up the others.
create function public.apply_ops(ops jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
    results jsonb := '[]';
    op jsonb;
begin
    if jsonb_typeof(ops) is distinct from 'array' then
        perform private.fail('22023', 'Operations come as a list.', 'array', 'ops');
    end if;
    if jsonb_array_length(ops) > 100 then
        perform private.fail('22023', 'At most 100 operations at once.', 'max_items', 'ops', null, '100');
    end if;
    for op in select value from jsonb_array_elements(ops) loop
        results := results || private.apply_op(op);
    end loop;
    return results;
end;
$$;

-- Lessons: written by their own functions only, pulled like the rest.
select private.make_syncable('lesson_progress', '{}'::text[], '{}'::text[]);

insert into ops.sync_functions (function_name) values
('complete_lesson'), ('save_lesson_progress'), ('send_message'), ('set_reaction'), ('mark_channel_read');

select private.make_syncable(
    'tasks',
    array['lead_id', 'title', 'notes', 'due_at', 'reminder_at', 'done_at'],
    array['title', 'notes', 'due_at', 'reminder_at', 'done_at'],
    array['notes']
);
update ops.sync_tables set deletable = true where table_name = 'tasks';

create function private.bury_row() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into ops.tombstones (table_name, row_id, partner_id) values (tg_table_name, old.id, old.partner_id)
    on conflict do nothing;
    return null;
end;
$$;

create trigger bury_row after delete on public.tasks for each row execute function private.bury_row();

-- Event triggers: what hosted Supabase refuses to postgres, and how PostgREST learns of a changed schema.

-- ---------------------------------------------------------------------------------------------------------------------
-- guard: auth, storage and realtime belong to their servers
--
-- postgres is a member of their roles so that it may make policies and triggers on their tables, as on hosted. As a
-- member it could also drop or change those tables; hosted refuses that, and so do these two triggers. Superusers and
-- the three roles themselves are free.
-- ---------------------------------------------------------------------------------------------------------------------
-- True for an object that one of the three roles owns, wherever it was moved to.
create function extensions.is_managed_object(class_id oid, object_id oid) returns boolean
    language sql stable
    set search_path = ''
as $$
    select exists (
        select 1
        from pg_catalog.pg_roles as r
        where r.rolname in ('supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin')
            and r.oid in (
                select c.relowner from pg_catalog.pg_class as c
                where class_id = 'pg_catalog.pg_class'::regclass and c.oid = object_id
                union all
                select p.proowner from pg_catalog.pg_proc as p
                where class_id = 'pg_catalog.pg_proc'::regclass and p.oid = object_id
                union all
                select t.typowner from pg_catalog.pg_type as t
                where class_id = 'pg_catalog.pg_type'::regclass and t.oid = object_id
            )
    )
$$;

create function extensions.guard_managed_changes() returns event_trigger
    language plpgsql
    set search_path = ''
as $$
declare
    command record;
begin
    -- Written out in both functions: the three roles may not look anything up in the schema extensions.
    if current_user in ('supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin')
        or (select r.rolsuper from pg_catalog.pg_roles as r where r.rolname = current_user)
    then
        return;
    end if;
    for command in select * from pg_catalog.pg_event_trigger_ddl_commands() loop
        if command.command_tag in (
            'CREATE POLICY', 'ALTER POLICY', 'CREATE TRIGGER', 'ALTER TRIGGER', 'COMMENT', 'GRANT', 'REVOKE'
        ) then
            continue;
        end if;
        if command.schema_name in ('auth', 'storage', 'realtime')
            or extensions.is_managed_object(command.classid, command.objid)
        then
            raise exception 'must be owner of % %', command.object_type, command.object_identity
                using errcode = 'insufficient_privilege',
                    hint = 'The schemas auth, storage and realtime take policies and triggers only, as on hosted Supabase.';
        end if;
    end loop;
end
$$;

create function extensions.guard_managed_drops() returns event_trigger
    language plpgsql
    set search_path = ''
as $$
declare
    dropped record;
begin
    -- Written out in both functions: the three roles may not look anything up in the schema extensions.
    if current_user in ('supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin')
        or (select r.rolsuper from pg_catalog.pg_roles as r where r.rolname = current_user)
    then
        return;
    end if;
    for dropped in select * from pg_catalog.pg_event_trigger_dropped_objects() loop
        if dropped.schema_name in ('auth', 'storage', 'realtime')
            and dropped.object_type not in ('policy', 'trigger')
        then
            raise exception 'must be owner of % %', dropped.object_type, dropped.object_identity
                using errcode = 'insufficient_privilege',
                    hint = 'The schemas auth, storage and realtime take policies and triggers only, as on hosted Supabase.';
        end if;
    end loop;
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- PostgREST reads the schema again after a change that it can see (grants need no reload)
-- ---------------------------------------------------------------------------------------------------------------------
create function extensions.pgrst_ddl_watch() returns event_trigger
    language plpgsql
    set search_path = ''
as $$
begin
    if exists (
        select 1
        from pg_catalog.pg_event_trigger_ddl_commands() as c
        where c.schema_name is distinct from 'pg_temp'
            and (
                c.command_tag in ('CREATE TABLE AS', 'SELECT INTO', 'CREATE TRIGGER', 'CREATE RULE', 'COMMENT')
                or c.command_tag ~ '^(CREATE|ALTER) (SCHEMA|TABLE|FOREIGN TABLE|VIEW|MATERIALIZED VIEW|FUNCTION|TYPE)$'
            )
    ) then
        notify pgrst, 'reload schema';
    end if;
end
$$;

create function extensions.pgrst_drop_watch() returns event_trigger
    language plpgsql
    set search_path = ''
as $$
begin
    if exists (
        select 1
        from pg_catalog.pg_event_trigger_dropped_objects() as d
        where not d.is_temporary
            and d.object_type in (
                'schema', 'table', 'foreign table', 'view', 'materialized view', 'function', 'trigger', 'type', 'rule'
            )
    ) then
        notify pgrst, 'reload schema';
    end if;
end
$$;

create event trigger guard_managed_changes on ddl_command_end execute function extensions.guard_managed_changes();
create event trigger guard_managed_drops on sql_drop execute function extensions.guard_managed_drops();
create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_drop_watch();

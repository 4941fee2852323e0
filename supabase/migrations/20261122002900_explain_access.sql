-- Why does somebody see a row, or not? private.explain_access answers in sentences: who they are, what is granted, what each
-- policy says of the row, and how many rows there are with and without row-level security.
--
--   select * from private.explain_access('starter.01@example.com', 'public.leads', 'select');                    -- Studio
--   select * from private.explain_access('starter.01@example.com', 'public.leads', 'update', '<id of a lead>');
--
-- Database owners ask in Studio. Whoever comes through the API must be an admin with a fresh second factor, and the question is
-- kept in ops.events.

-- Who is meant: an e-mail address, the id of a partner or staff member, or a database role. Staff are taken to have shown
-- their second factor, partners not, unless wanted_aal says otherwise.
create function private.explain_actor(actor text, wanted_aal text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    identity record;
    aal text;
begin
    if actor in ('anon', 'service_role') or actor in (select rolname from pg_catalog.pg_roles where rolname like '%\_worker') then
        return jsonb_build_object('role', actor, 'claims', jsonb_build_object('role', actor), 'who', 'the role ' || actor);
    end if;
    select
        known.issuer, known.subject, partner.status, partner.current_tier, member.active,
        coalesce(partner.name, member.name) as name,
        array(select held.role from public.staff_roles as held where held.staff_id = member.id order by held.role) as roles
    into identity
    from private.auth_identities as known
    left join public.partners as partner on partner.id = known.partner_id
    left join public.staff_members as member on member.id = known.staff_id
    where actor in (partner.id::text, member.id::text, partner.email::text, member.email::text, known.subject)
    order by known.created_at
    limit 1;
    if not found then -- somebody who has signed up and is neither partner nor staff
        select
            'supabase' as issuer, login.id::text as subject, null::public.partner_status as status,
            null::public.partner_tier as current_tier, null::boolean as active, 'signed in' as name, '{}'::public.staff_role[] as roles
        into identity
        from auth.users as login
        where actor in (login.id::text, login.email)
        limit 1;
    end if;
    if identity.subject is null then
        perform private.fail('PT404', 'Nobody is known by that.', 'not_found', 'actor', 'An e-mail address, an id, or a database role.');
    end if;
    aal := coalesce(wanted_aal, case when identity.active is null then 'aal1' else 'aal2' end);
    return jsonb_build_object(
        'role', 'authenticated',
        'claims', jsonb_build_object(
            'iss', identity.issuer, 'sub', identity.subject, 'role', 'authenticated', 'aal', aal,
            'amr', case when aal = 'aal2' then jsonb_build_array(jsonb_build_object(
                'method', 'totp', 'timestamp', extract(epoch from pg_catalog.now())::bigint -- Auth stamps with the wall clock
            )) else '[]' end
        ),
        'who', concat_ws(
            ', ', identity.name, 'partner, status ' || identity.status, 'tier ' || identity.current_tier,
            case when identity.active then 'staff: ' || array_to_string(identity.roles, ' ') end,
            case when not identity.active then 'staff, no longer active' end, 'with ' || aal
        )
    );
end;
$$;

-- What does not depend on acting as them: grants, policies and what each says of the row, and the rows that exist.
-- Conditions are evaluated with the actor's claims and the owner's rights, so that a hidden row can be explained.
create function private.explain_facts(actor text, wanted text, verb text, row_id text, wanted_aal text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    meant jsonb;
    target regclass;
    asking text := current_setting('request.jwt.claims', true);
    same_row text;
    columns text[];
    total bigint;
    policy record;
    clause record;
    holds boolean;
    lines text[] := '{}';
    refusing text[] := '{}';
    opened boolean := false;
begin
    if session_user = 'authenticator' then
        perform private.require_staff('admin');
    end if;
    if verb is null or verb not in ('select', 'insert', 'update', 'delete') then
        perform private.fail('22023', 'Ask about select, insert, update or delete.', 'verb', 'verb');
    end if;
    target := to_regclass(wanted);
    if target is null then
        perform private.fail('PT404', 'There is no such table or view.', 'not_found', 'target', 'Write it with its schema: public.leads.');
    end if;
    meant := private.explain_actor(actor, wanted_aal);
    if session_user = 'authenticator' then
        perform private.emit(
            'access.explained', 'staff', private.my_staff_id(), null, null,
            jsonb_build_object('actor', actor, 'target', wanted, 'verb', verb, 'row_id', row_id)
        );
    end if;
    -- A row is named by its primary key (several columns with commas between them) or by the key's first column; a row of a
    -- view by its id, or by its first column.
    select coalesce(
        (
            select format(
                '($1 is null or concat_ws('','', %s) = $1 or %s::text = $1)',
                string_agg(quote_ident(attribute.attname), ', ' order by key.position),
                min(quote_ident(attribute.attname)) filter (where key.position = 1)
            )
            from pg_catalog.pg_index as index
            cross join unnest(index.indkey::smallint[]) with ordinality as key (attnum, position)
            join pg_catalog.pg_attribute as attribute on attribute.attrelid = index.indrelid and attribute.attnum = key.attnum
            where index.indrelid = target and index.indisprimary
            having count(*) > 0
        ),
        (
            select format('($1 is null or %I::text = $1)', attname) from pg_catalog.pg_attribute
            where attrelid = target and attnum > 0 and not attisdropped
            order by attname <> 'id', attnum limit 1
        )
    ) into same_row;
    select array_agg(attname::text order by attnum) into columns from pg_catalog.pg_attribute
    where attrelid = target and attnum > 0 and not attisdropped
        and case when verb = 'delete' then has_table_privilege(meant ->> 'role', target, 'delete')
            else has_column_privilege(meant ->> 'role', target, attnum, verb) end;
    perform set_config('request.jwt.claims', meant ->> 'claims', true); -- some views ask who is asking
    execute format('select count(*) from %s where %s', target, same_row) into total using row_id;
    for policy in
        select held.* from pg_catalog.pg_policies as held
        join pg_catalog.pg_class as class on class.oid = target and class.relname = held.tablename
        join pg_catalog.pg_namespace as schema on schema.oid = class.relnamespace and schema.nspname = held.schemaname
        where lower(held.cmd) in (verb, 'all') and held.roles && array['public', meant ->> 'role']::name[]
        order by held.permissive desc, held.policyname
    loop
        for clause in
            select * from (values ('using', policy.qual), ('with check', policy.with_check)) as clauses (kind, condition)
            where condition is not null
        loop
            execute format('select bool_or(%s) from %s where %s', clause.condition, target, same_row) into holds using row_id;
            lines := lines || format(
                '“%s” (%s) %s %s: %s', policy.policyname, lower(policy.permissive), clause.kind, clause.condition,
                case when holds then 'true' when total = 0 then 'no row to ask about' else 'not true' end
                || case when row_id is null then ' (for any row)' else '' end
            );
            if holds and policy.permissive = 'PERMISSIVE' then
                opened := true;
            elsif holds is not true and policy.permissive = 'RESTRICTIVE' then
                refusing := refusing || policy.policyname::text;
            end if;
        end loop;
    end loop;
    perform set_config('request.jwt.claims', coalesce(asking, ''), true);
    return meant || jsonb_build_object(
        'target', target::text, 'same_row', same_row, 'total', total, 'columns', columns, 'policies', to_jsonb(lines), 'opened', opened, 'refusing', refusing,
        'enters', (
            select has_schema_privilege(meant ->> 'role', relnamespace, 'usage') from pg_catalog.pg_class where oid = target
        ),
        'all_columns', cardinality(columns) = (
            select count(*) from pg_catalog.pg_attribute where attrelid = target and attnum > 0 and not attisdropped
        ),
        'protected', (select relrowsecurity from pg_catalog.pg_class where oid = target),
        'bypasses', (select rolbypassrls or rolsuper from pg_catalog.pg_roles where rolname = meant ->> 'role')
    );
end;
$$;

-- Runs as the caller, because only such a function may change its role: the rows are counted as the actor, for real.
create function private.explain_access(
    actor text, target text, verb text, row_id text default null, wanted_aal text default null
) returns table (step integer, question text, answer text)
language plpgsql volatile set search_path = '' as $$
declare
    facts jsonb;
    was_role text := current_setting('role');
    was_claims text := current_setting('request.jwt.claims', true);
    seen bigint;
    trouble text;
begin
    facts := private.explain_facts(actor, target, verb, row_id, wanted_aal);
    -- What is seen decides for changes, too: a row that cannot be read cannot be found.
    begin
        perform set_config('request.jwt.claims', facts ->> 'claims', true);
        perform set_config('role', facts ->> 'role', true);
        execute format('select count(*) from %s where %s', facts ->> 'target', facts ->> 'same_row') into seen using row_id;
    exception when others then
        trouble := sqlstate || ' ' || sqlerrm;
    end;
    perform set_config('role', was_role, true);
    perform set_config('request.jwt.claims', coalesce(was_claims, ''), true);

    return query
    with lines (question, answer) as (
        values
        ('Who is asking?', facts ->> 'who'),
        ('May the role enter the schema?', case when (facts ->> 'enters')::boolean then 'yes' else 'no' end),
        ('Is ' || verb || ' granted?', case
            when facts -> 'columns' = 'null' then 'no'
            when (facts ->> 'all_columns')::boolean then 'yes, on all columns'
            else 'yes, on ' || (select string_agg(name, ', ') from jsonb_array_elements_text(facts -> 'columns') as name)
        end),
        ('Does row-level security apply?', case
            when (facts ->> 'bypasses')::boolean then 'no: the role goes around it'
            when (facts ->> 'protected')::boolean then 'yes'
            else 'not to this itself (a view shows what its tables show)'
        end)
    ),
    policy_lines as (
        select 'Policy' as question, line as answer
        from jsonb_array_elements_text(facts -> 'policies') with ordinality as held (line, position)
        order by position
    ),
    counts (question, answer) as (
        values
        ('Rows that exist', facts ->> 'total'),
        ('Rows that the actor reads', coalesce(seen::text, trouble)),
        ('So?', case
            when not (facts ->> 'enters')::boolean or facts -> 'columns' = 'null' then '42501: permission denied, nothing is granted.'
            when verb = 'select' and seen > 0 then 'The actor sees ' || seen || ' of ' || (facts ->> 'total') || '.'
            when (facts ->> 'total') = '0' then 'There is no such row.'
            when (facts ->> 'bypasses')::boolean then 'The actor may do this.'
            when jsonb_array_length(facts -> 'refusing') > 0 then 'No: refused by ' || (
                select string_agg('“' || name || '”', ' and ') from jsonb_array_elements_text(facts -> 'refusing') as name
            ) || '.'
            when not (facts ->> 'opened')::boolean and (facts ->> 'protected')::boolean then 'No: no policy allows it.'
            when seen = 0 then 'No: the actor cannot read the row.'
            else 'Policies allow it; constraints and triggers may still refuse.'
        end)
    ),
    everything as (
        select 1 as part, lines.question, lines.answer from lines
        union all
        select 2, policy_lines.question, policy_lines.answer from policy_lines
        union all
        select 3, counts.question, counts.answer from counts
    )
    select row_number() over (order by everything.part)::integer, everything.question, everything.answer from everything;
end;
$$;

create function public.explain_access(actor text, target text, verb text, row_id text default null, wanted_aal text default null)
returns table (step integer, question text, answer text)
language sql volatile set search_path = '' as $$
    select * from private.explain_access(actor, target, verb, row_id, wanted_aal);
$$;

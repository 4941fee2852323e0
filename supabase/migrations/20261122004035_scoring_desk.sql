-- Rules of lead scoring as whole versions: looked at before they count, published at once, brought back by publishing an old version's
-- rules again.

create table public.lead_score_versions (
    version integer generated always as identity primary key,
    request_id uuid not null unique default gen_random_uuid(),
    rules jsonb not null,
    note text not null check (length(note) between 3 and 2000),
    published_by uuid references public.staff_members, -- null: the rules that came with the product
    created_at timestamptz not null default private.now()
);

create index on public.lead_score_versions (published_by);

create trigger append_only before update or delete or truncate on public.lead_score_versions
for each statement execute function private.refuse_rewriting();

call private.guard(
    'public.lead_score_rules', 'publish_score_rules',
    '{component, label, fact, operator, expected_text, expected_number, points, active}', true
);

-- The rules that count at the moment, as a form has them.
create function private.current_score_rules() returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(
        jsonb_agg(
            jsonb_strip_nulls(
                jsonb_build_object(
                    'component', component, 'label', label, 'fact', fact, 'operator', operator, 'expected_text', expected_text,
                    'expected_number', expected_number, 'points', points
                )
            ) order by component, label
        ), '[]'
    )
    from public.lead_score_rules where active;
$$;

insert into public.lead_score_versions (rules, note) values (private.current_score_rules(), 'The rules that came with the product');
call private.guard('public.lead_score_versions', 'publish_score_rules', '{rules, note, published_by}', true);

-- What is wrong with a rule of a form: the name of the field and what it has to be. Nothing for a good one. A rule is {"component",
-- "label", "fact", "operator", "expected_text" or "expected_number", "points"}; a field that is null is none.
create function private.score_rule_fault(rule jsonb, out field text, out needed text)
language plpgsql stable set search_path = '' as $$
declare
    words constant boolean := rule ->> 'operator' = 'is';
    strange text;
begin
    if jsonb_typeof(rule) is distinct from 'object' then
        needed := 'a rule is an object';
        return;
    end if;
    select min(key) into strange from jsonb_object_keys(rule) as key
    where key not in ('component', 'label', 'fact', 'operator', 'expected_text', 'expected_number', 'points');
    select fault.field, fault.needed into field, needed
    from (values
        (strange is not null, strange, 'there is no such field'),
        (
            not coalesce(rule ->> 'component' = any (enum_range(null::public.lead_score_component)::text[]), false), 'component',
            array_to_string(enum_range(null::public.lead_score_component), ', ')
        ),
        (length(btrim(coalesce(rule ->> 'label', ''))) not between 1 and 120, 'label', '1 to 120 characters'),
        (
            not coalesce(rule ->> 'fact' = any (enum_range(null::public.lead_fact)::text[]), false), 'fact',
            array_to_string(enum_range(null::public.lead_fact), ', ')
        ),
        (not coalesce(rule ->> 'operator' in ('is', 'at_least', 'at_most'), false), 'operator', 'is, at_least, at_most'),
        -- A rule that could never hold is a mistake, too.
        (words and rule ->> 'fact' not in ('project_type', 'stage', 'source', 'campaign'), 'operator', 'a number is at_least or at_most'),
        (not words and rule ->> 'fact' in ('project_type', 'stage', 'source'), 'operator', 'words are compared with is'),
        (words and length(coalesce(rule ->> 'expected_text', '')) not between 1 and 100, 'expected_text', '1 to 100 characters'),
        (
            words and rule ->> 'fact' = 'stage'
            and not coalesce(lower(rule ->> 'expected_text') = any (enum_range(null::public.lead_status)::text[]), false),
            'expected_text', array_to_string(enum_range(null::public.lead_status), ', ')
        ),
        (words and rule ->> 'expected_number' is not null, 'expected_number', 'none with is'),
        (not words and rule ->> 'expected_text' is not null, 'expected_text', 'none with a number'),
        (not words and coalesce(rule ->> 'expected_number', '') !~ '^-?[0-9]{1,12}$', 'expected_number', 'a whole number of up to 12 digits'),
        (
            coalesce(rule ->> 'points', '') !~ '^-?[0-9]{1,3}$' or (rule ->> 'points')::integer not between -100 and 100
            or (rule ->> 'points')::integer = 0, 'points', 'a whole number from -100 to 100, not 0'
        )
    ) as fault (wrong, field, needed)
    where fault.wrong limit 1;
end;
$$;

create function private.require_score_rules(given jsonb) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
    rule record;
    double text;
begin
    if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) not between 1 and 60 then
        perform private.fail('22023', 'A version has one to sixty rules.', 'list', 'rules', null, '1 to 60');
    end if;
    for rule in
        select element.place, fault.field, fault.needed
        from jsonb_array_elements(given) with ordinality as element (value, place)
        cross join lateral private.score_rule_fault(element.value) as fault
        where fault.needed is not null
        order by element.place limit 1
    loop
        perform private.fail(
            '22023', format('Rule %s, %s: %s.', rule.place, coalesce(rule.field, 'all of it'), rule.needed), 'rule',
            format('rules[%s]', rule.place - 1) || coalesce('.' || rule.field, ''), null, rule.needed
        );
    end loop;
    select btrim(value ->> 'label') into double from jsonb_array_elements(given)
    group by btrim(value ->> 'label') having count(*) > 1 limit 1;
    if found then
        perform private.fail('22023', 'Each rule has a label of its own.', 'unique', 'rules', null, double);
    end if;
end;
$$;

-- What an open lead would have by these rules.
create function private.score_by(lead public.leads, given jsonb) returns integer
language sql stable security definer set search_path = '' as $$
    select least(greatest(coalesce(sum((rule.value ->> 'points')::integer), 0), 0), 100)::integer
    from jsonb_array_elements(given) as rule
    join private.lead_facts(lead) as seen on seen.fact::text = rule.value ->> 'fact'
    where case rule.value ->> 'operator'
        when 'is' then lower(seen.known_text) = lower(rule.value ->> 'expected_text')
        when 'at_least' then seen.known_number >= (rule.value ->> 'expected_number')::bigint
        when 'at_most' then seen.known_number <= (rule.value ->> 'expected_number')::bigint
    end;
$$;

-- What the newest thousand open leads would have, against what they have, and the twenty that would move most. Nothing is written,
-- and whose lead it is and what it is called stays with its partner.
create function private.preview_score_rules(given jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('admin');
    perform private.require_score_rules(given);
    return (
        with scored as materialized (
            select lead.id, lead.partner_id, lead.status, private.score_of(lead) as before, private.score_by(lead, given) as after
            from public.leads as lead
            where lead.deleted_at is null and lead.status not in ('closed_won', 'closed_lost')
            order by lead.created_at desc limit 1000
        )
        select jsonb_build_object(
            'leads', count(*), 'higher', count(*) filter (where after > before), 'lower', count(*) filter (where after < before),
            'partners', count(distinct partner_id) filter (where after <> before),
            'mean_before', coalesce(round(avg(before))::integer, 0), 'mean_after', coalesce(round(avg(after))::integer, 0),
            'changed', coalesce(
                (
                    select jsonb_agg(
                        jsonb_build_object('lead_id', most.id, 'status', most.status, 'before', most.before, 'after', most.after)
                        order by abs(most.after - most.before) desc, most.id
                    )
                    from (
                        select * from scored where after <> before order by abs(after - before) desc, id limit 20
                    ) as most
                ), '[]'
            )
        )
        from scored
    );
end;
$$;

-- The rules change for all at this moment, all together: each lead shows its new score when it is next touched or looked into, the
-- lists by the next morning (refresh_lead_scores).
create function private.publish_score_rules(request uuid, given jsonb, why text) returns public.lead_score_versions
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before integer;
    made public.lead_score_versions;
begin
    perform private.id_field(request, 'request_id');
    perform private.require_score_rules(given);
    perform pg_advisory_xact_lock(hashtextextended('lead_score_rules', 0));
    select * into made from public.lead_score_versions where request_id = request;
    if found then
        if made.rules is distinct from private.scrub_cards(given) then
            perform private.fail('23505', 'This request id was used for other rules.', 'request_id_reused', 'request_id');
        end if;
        return made;
    end if;
    select max(version) into before from public.lead_score_versions;
    insert into public.lead_score_versions (request_id, rules, note, published_by)
    values (request, given, private.reason_text(why, 'note'), staff)
    returning * into made;
    delete from public.lead_score_rules where true;
    insert into public.lead_score_rules (component, label, fact, operator, expected_text, expected_number, points)
    select
        (value ->> 'component')::public.lead_score_component, btrim(value ->> 'label'), (value ->> 'fact')::public.lead_fact,
        value ->> 'operator', value ->> 'expected_text', (value ->> 'expected_number')::bigint, (value ->> 'points')::smallint
    from jsonb_array_elements(made.rules);
    perform private.emit(
        'scoring.published', 'lead_score_version', request, null, jsonb_build_object('version', before),
        jsonb_build_object('version', made.version, 'rules', jsonb_array_length(given), 'staff_id', staff)
    );
    return made;
end;
$$;

create function public.preview_score_rules(rules jsonb) returns jsonb
language sql stable set search_path = '' as $$
    select private.preview_score_rules(rules);
$$;
create function public.publish_score_rules(request_id uuid, rules jsonb, note text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.publish_score_rules(request_id, rules, note) as made;
$$;

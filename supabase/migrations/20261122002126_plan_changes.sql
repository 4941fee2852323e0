-- A changed rate or threshold is a new plan version: looked at first (preview_plan), then published by an owner.
--
-- changes: {"rates": {"starter": {"base_bp": 2100, "clearing_days": 30}},
--           "requirements": [{"tier": "active", "kind": "qualified_deals", "threshold": 2}],
--           "terms": {"team_override_bp": 900}}
-- What is not named stays as it is.

-- The version that a set of changes would make, as one document; refuses what it does not understand.
create function private.planned(changes jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    base public.commission_plans;
    rates jsonb;
    rules jsonb;
    wanted jsonb;
    named text;
    terms text[] := array[
        'team_override_bp', 'override_basis', 'override_min_tier', 'active_leader_days', 'referral_bp', 'referral_months',
        'referral_min_tier', 'program_cap_bp', 'one_approval_from', 'two_approvals_from', 'instant_daily_limit',
        'sponsor_rest_days', 'demotion_grace_days'
    ];
begin
    select * into strict base from public.commission_plans order by effective_from desc limit 1;
    if coalesce(jsonb_typeof(changes), '') <> 'object' or changes = '{}' then
        perform private.fail('22023', 'Say what is to change.', 'required', 'changes', 'An object with rates, requirements or terms.');
    end if;
    for named in select jsonb_object_keys(changes) loop
        if named not in ('rates', 'requirements', 'terms') then
            perform private.fail('22023', 'There is no "' || named || '" in a plan.', 'unknown', 'changes.' || named);
        end if;
    end loop;
    for named in select jsonb_object_keys(coalesce(changes -> 'terms', '{}')) loop
        if not named = any (terms) then
            perform private.fail('22023', 'There is no term "' || named || '".', 'unknown', 'changes.terms.' || named);
        end if;
    end loop;
    select jsonb_object_agg(rate.tier, jsonb_build_object('base_bp', rate.base_bp, 'clearing_days', rate.clearing_days))
    into rates from public.commission_plan_rates as rate where rate.plan_id = base.id;
    for named in select jsonb_object_keys(coalesce(changes -> 'rates', '{}')) loop
        if rates -> named is null or exists (
            select from jsonb_object_keys(changes -> 'rates' -> named) as field where field not in ('base_bp', 'clearing_days')
        ) then
            perform private.fail('22023', 'Rates are base_bp and clearing_days of a tier.', 'unknown', 'changes.rates.' || named);
        end if;
        rates := jsonb_set(rates, array[named], (rates -> named) || (changes -> 'rates' -> named));
    end loop;
    select jsonb_object_agg(rule.tier || '/' || rule.kind, to_jsonb(rule) - 'plan_id')
    into rules from public.tier_requirements as rule where rule.plan_id = base.id;
    for wanted in select jsonb_array_elements(coalesce(changes -> 'requirements', '[]')) loop
        named := concat(wanted ->> 'tier', '/', wanted ->> 'kind');
        if rules -> named is null or exists (
            select from jsonb_object_keys(wanted) as field
            where field not in ('tier', 'kind', 'label', 'threshold', 'detail', 'blocking', 'waivable')
        ) then
            perform private.fail('22023', 'There is no requirement ' || named || ', or it has no such field.', 'unknown', 'changes.requirements');
        end if;
        rules := jsonb_set(rules, array[named], (rules -> named) || wanted);
    end loop;
    return jsonb_build_object(
        'terms', (
            select jsonb_object_agg(field.key, coalesce(changes -> 'terms' -> field.key, field.value))
            from jsonb_each(to_jsonb(base)) as field where field.key = any (terms)
        ),
        'rates', rates, 'requirements', rules, 'version', base.version + 1, 'after', base.effective_from
    );
end;
$$;

-- Writes the version; without the caller's own checks. Errors of the tables' constraints come as they are.
create function private.write_plan(plan jsonb, starts timestamptz, why text, request uuid, staff uuid) returns public.commission_plans
language plpgsql volatile security definer set search_path = '' as $$
declare
    made public.commission_plans;
begin
    made := jsonb_populate_record(null::public.commission_plans, plan -> 'terms');
    made.id := gen_random_uuid();
    made.version := (plan ->> 'version')::integer;
    made.effective_from := starts;
    made.reason := why;
    made.created_at := private.now();
    made.request_id := request;
    made.published_by := staff;
    perform set_config('siso.writer', 'publish_plan', true);
    insert into public.commission_plans select made.*;
    insert into public.commission_plan_rates (plan_id, tier, base_bp, clearing_days)
    select made.id, rate.key::public.partner_tier, (rate.value ->> 'base_bp')::integer, (rate.value ->> 'clearing_days')::integer
    from jsonb_each(plan -> 'rates') as rate;
    insert into public.tier_requirements
    select (jsonb_populate_record(null::public.tier_requirements, rule.value || jsonb_build_object('plan_id', made.id))).*
    from jsonb_each(plan -> 'requirements') as rule;
    perform set_config('siso.writer', '', true);
    return made;
end;
$$;

-- Every value that the new version has and the old one has not, with both.
create function private.plan_differences(plan jsonb) returns jsonb
language sql stable security definer set search_path = '' as $$
    with base as (select * from public.commission_plans order by effective_from desc limit 1),

    pairs as (
        select 'terms.' || term.key as what, to_jsonb(base) -> term.key as was, term.value as becomes
        from base cross join lateral jsonb_each(plan -> 'terms') as term
        union all
        select concat('rates.', rate.tier, '.', field.key), field.value, plan #> array['rates', rate.tier::text, field.key]
        from base
        join public.commission_plan_rates as rate on rate.plan_id = base.id
        cross join lateral jsonb_each(jsonb_build_object('base_bp', rate.base_bp, 'clearing_days', rate.clearing_days)) as field
        union all
        select concat('requirements.', rule.tier, '.', rule.kind, '.', field.key), field.value,
            plan #> array['requirements', rule.tier || '/' || rule.kind, field.key]
        from base
        join public.tier_requirements as rule on rule.plan_id = base.id
        cross join lateral jsonb_each(to_jsonb(rule) - 'plan_id') as field
    )

    select coalesce(jsonb_agg(jsonb_build_object('what', what, 'from', was, 'to', becomes) order by what), '[]')
    from pairs where was is distinct from becomes;
$$;

-- Who would change, and how, if the version were in force now. It is written, looked at with the very functions that
-- will run, and taken back. Nobody goes down because a threshold rises (A-05).
create function private.preview_plan(changes jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin', 'finance');
    plan jsonb := private.planned(changes);
    differences jsonb := private.plan_differences(plan);
    made public.commission_plans;
    seen jsonb;
begin
    begin
        made := private.write_plan(plan, 'infinity', 'preview', null, staff);
        with rated as (
            select partner.current_tier, partner.commission_rate as was,
                (private.rate_for(partner.id, null, partner.current_tier, made.id, private.now())).rate_bp as becomes
            from public.partners as partner
            where partner.status in ('active', 'inactive')
        ),

        promoted as (
            select partner.id, partner.name, partner.current_tier as tier, goal.tier as to_tier
            from public.partners as partner
            join public.tier_requirements as goal on goal.plan_id = made.id and goal.kind = 'qualified_deals'
                and goal.tier = private.next_tier(partner.current_tier)
            where partner.status in ('active', 'inactive')
                and private.qualified_deals(partner.id) >= goal.threshold
                and not exists (select from private.requirements_of(partner.id, goal.tier, made.id) as rule where rule.hinders)
        )

        select jsonb_build_object(
            'version', plan -> 'version', 'changes', differences,
            'rates', (
                select coalesce(jsonb_agg(to_jsonb(sums)), '[]') from (
                    select current_tier as tier, was as "from", becomes as "to", count(*) as partners
                    from rated where was <> becomes group by 1, 2, 3 order by 1, 2
                ) as sums
            ),
            'promoted', (select count(*) from promoted),
            'promotions', (select coalesce(jsonb_agg(to_jsonb(first)), '[]') from (select * from promoted order by name limit 100) as first),
            'deals_won_before', 'keep their rate'
        ) into seen;
        raise exception 'only looked at' using errcode = 'SP001';
    exception when sqlstate 'SP001' then
        return seen;
    end;
end;
$$;

create function private.publish_plan(changes jsonb, starts timestamptz, why text, request uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff(variadic array[]::public.staff_role[]); -- owners only
    plan jsonb;
    differences jsonb;
    made public.commission_plans;
begin
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    -- Two owners at once: the second one sees the first one's version.
    perform pg_advisory_xact_lock(hashtext('siso.plans'));
    select * into made from public.commission_plans where request_id = request;
    if not found then
        if coalesce(btrim(why), '') = '' then
            perform private.fail('22023', 'Say why.', 'required', 'reason');
        end if;
        plan := private.planned(changes);
        starts := coalesce(starts, private.now());
        if starts < private.now() or starts <= (plan ->> 'after')::timestamptz then
            perform private.fail('22023', 'A version starts now or later, and after the one before.', 'interval', 'effective_from');
        end if;
        differences := private.plan_differences(plan);
        if differences = '[]' then
            perform private.fail('22023', 'Nothing would change.', 'no_change', 'changes');
        end if;
        made := private.write_plan(plan, starts, btrim(why), request, staff);
        perform private.emit(
            'plan.published', 'commission_plan', made.id, null, null,
            jsonb_build_object('version', made.version, 'changes', differences, 'staff_id', staff)
        );
        perform private.apply_plan();
    end if;
    return to_jsonb(made);
end;
$$;

-- Brings the caches to the plan that is in force and lets the partners whom it lifts go up. Run when a version is
-- published and every minute, since a version may start later.
create function private.apply_plan() returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
    plan public.commission_plans;
    known uuid;
begin
    select * into plan from public.commission_plans where id = private.current_plan();
    if private.setting('applied_plan') = plan.id::text then
        return false;
    end if;
    insert into private.settings (key, value) values ('applied_plan', plan.id::text)
    on conflict (key) do update set value = excluded.value;
    update public.tier_definitions as definition
    set min_qualified_deals = rule.threshold
    from public.tier_requirements as rule
    where rule.plan_id = plan.id and rule.tier = definition.tier and rule.kind = 'qualified_deals';
    perform private.refresh_rate(id) from public.partners;
    update public.partner_teams set override_percentage = plan.team_override_bp
    where valid_to is null and override_percentage <> plan.team_override_bp;
    for known in
        select partner.id
        from public.partners as partner
        join public.tier_requirements as goal on goal.plan_id = plan.id and goal.kind = 'qualified_deals'
            and goal.tier = private.next_tier(partner.current_tier)
        where partner.status in ('active', 'inactive') and private.qualified_deals(partner.id) >= goal.threshold
        order by partner.id
    loop
        perform private.evaluate_tier(known);
    end loop;
    return true;
end;
$$;

insert into private.settings (key, value) select 'applied_plan', private.current_plan()::text;

-- Negotiated rates begin and end by time: the caches follow.
create function private.refresh_rates() returns void
language sql volatile security definer set search_path = '' as $$
    select private.refresh_rate(override.partner_id)
    from public.rate_overrides as override
    where override.lead_id is null
        and (override.valid_from, override.valid_to) overlaps (private.now() - interval '1 day', private.now())
        and (override.valid_from > private.now() - interval '1 day' or override.valid_to > private.now() - interval '1 day');
$$;

select cron.schedule('apply-plan', '* * * * *', 'select private.apply_plan(), private.refresh_rates()');

create function private.guard_tier_definition() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.min_qualified_deals <> (
        select threshold from public.tier_requirements
        where plan_id = private.current_plan() and tier = new.tier and kind = 'qualified_deals'
    ) then
        perform private.fail(
            '42501', 'The threshold follows the plan.', 'versioned', null, 'Look with preview_plan, then call publish_plan (./scripts/admin).'
        );
    end if;
    return new;
end;
$$;

create trigger guard_tier_definition before update of min_qualified_deals on public.tier_definitions
for each row execute function private.guard_tier_definition();

create function public.preview_plan(changes jsonb) returns jsonb
language sql volatile set search_path = '' as $$
    select private.preview_plan(changes);
$$;

create function public.publish_plan(changes jsonb, reason text, request_id uuid, effective_from timestamptz default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.publish_plan(changes, effective_from, reason, request_id);
$$;

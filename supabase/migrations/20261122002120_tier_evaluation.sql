-- Which tier a partner has, and why. partner_tier_history is the truth; partners.current_tier is its cache (A-36).
--
-- Invariants: only private.set_tier writes a tier; a promotion goes up one tier at a time, each with its own requirements;
-- a demotion never touches what was earned, nor the terms of deals won before.

alter table public.partner_tier_history
add column kind text not null default 'joined' check (kind in ('joined', 'promotion', 'demotion', 'staff', 'appeal')),
add column plan_id uuid references public.commission_plans,
add column deals_at_entry integer check (deals_at_entry >= 0), -- null: given without deals, so none can be missing later
add column decided_by uuid references public.staff_members,
add column hold_until timestamptz; -- no automatic promotion before (after a decision by staff)

create index on public.partner_tier_history (plan_id);
create index on public.partner_tier_history (decided_by);

-- A deal stops counting for the tier when it turns out to be self-dealt or is refunded in full (A-02).
alter table public.deals
add column disqualified_at timestamptz,
add column disqualified_reason text check (length(disqualified_reason) between 1 and 300),
add constraint disqualified_with_reason check ((disqualified_at is null) = (disqualified_reason is null));

create index deals_qualified on public.deals (partner_id, won_at) where status = 'verified' and disqualified_at is null;
create index deals_provisional on public.deals (partner_id) where status = 'claimed' and disqualified_at is null;

-- For the posting functions (refund, lost dispute) and for fraud reviews; the trigger below evaluates the tier.
create function private.disqualify_deal(wanted uuid, why text) returns void
language sql volatile security definer set search_path = '' as $$
    update public.deals set disqualified_at = private.now(), disqualified_reason = why where id = wanted and disqualified_at is null;
$$;

-- For a refund that was taken back or a dispute that was won.
create function private.requalify_deal(wanted uuid) returns void
language sql volatile security definer set search_path = '' as $$
    update public.deals set disqualified_at = null, disqualified_reason = null where id = wanted and disqualified_at is not null;
$$;

create function private.qualified_deals(owner uuid) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select count(*)::integer from public.deals
        where partner_id = owner and status = 'verified' and disqualified_at is null
    );
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Requirements. Each kind is measured by one function private.<function>(partner, target tier, detail): a value of null
-- means "nobody can measure this yet". Other domains add or replace rows here; names and not regprocedure, because
-- pg_upgrade refuses to carry the latter.
-- ---------------------------------------------------------------------------------------------------------------------
create type private.requirement_fact as (
    value numeric, -- null: not measured yet
    needed numeric, -- null: the threshold of the requirement
    note text
);

create table private.requirement_sources (
    kind public.requirement_kind primary key,
    function text not null check (function ~ '^[a-z_]+$')
);

create function private.check_requirement_source() returns trigger
language plpgsql set search_path = '' as $$
begin
    if to_regprocedure(format('private.%I(uuid, public.partner_tier, text)', new.function)) is null then
        perform private.fail('22023', 'There is no function private.' || new.function || '(uuid, partner_tier, text).', 'unknown_function');
    end if;
    return new;
end;
$$;

create trigger check_requirement_source before insert or update on private.requirement_sources
for each row execute function private.check_requirement_source();

create function private.measure_qualified_deals(owner uuid, target public.partner_tier, detail text)
returns private.requirement_fact
language plpgsql stable security definer set search_path = '' as $$
begin
    return row(private.qualified_deals(owner)::numeric, null, null)::private.requirement_fact;
end;
$$;

create function private.measure_time_in_tier(owner uuid, target public.partner_tier, detail text)
returns private.requirement_fact
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select row(floor(extract(epoch from private.now() - spell.valid_from) / 86400), null, null)::private.requirement_fact
        from public.partner_tier_history as spell
        where spell.partner_id = owner and spell.valid_to is null
    );
end;
$$;

insert into private.requirement_sources (kind, function) values
('qualified_deals', 'measure_qualified_deals'),
('time_in_tier_days', 'measure_time_in_tier');

create function private.measure_requirement(wanted public.requirement_kind, owner uuid, target public.partner_tier, detail text)
returns private.requirement_fact
language plpgsql stable security definer set search_path = '' as $$
declare
    source text := (select function from private.requirement_sources where kind = wanted);
    fact private.requirement_fact;
begin
    if source is not null then
        execute format('select * from private.%I($1, $2, $3)', source) into fact using owner, target, detail;
    end if;
    return fact;
end;
$$;

-- Staff may waive one requirement for one partner, with a reason, and take the waiver back: what was reached by it stays.
create table public.requirement_waivers (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    tier public.partner_tier not null references public.tier_definitions,
    kind public.requirement_kind not null,
    reason text not null check (length(reason) between 1 and 500),
    granted_by uuid not null references public.staff_members,
    created_at timestamptz not null default private.now(),
    withdrawn_at timestamptz,
    withdrawn_by uuid references public.staff_members,
    withdrawn_reason text check (length(withdrawn_reason) between 3 and 2000),
    check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
);

create unique index requirement_waivers_that_stand on public.requirement_waivers (partner_id, tier, kind) where withdrawn_at is null;
create index on public.requirement_waivers (partner_id);
create index on public.requirement_waivers (tier);
create index on public.requirement_waivers (granted_by);
create index on public.requirement_waivers (withdrawn_by);

-- The checklist on the way to a tier. "hinders" is what stops a promotion; a requirement that nobody can measure never does.
create function private.requirements_of(owner uuid, target public.partner_tier, plan uuid default private.current_plan())
returns table (
    kind public.requirement_kind, label text, value numeric, needed numeric, note text,
    met boolean, measured boolean, blocking boolean, waived boolean, hinders boolean
)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
    return query
    select
        rule.kind, rule.label, fact.value, coalesce(fact.needed, rule.threshold), fact.note,
        state.met, fact.value is not null, rule.blocking, state.waived,
        rule.blocking and fact.value is not null and not state.met
    from public.tier_requirements as rule
    cross join lateral private.measure_requirement(rule.kind, owner, rule.tier, rule.detail) as fact
    cross join lateral (
        select exists (
            select from public.requirement_waivers as waiver
            where waiver.partner_id = owner and waiver.tier = rule.tier and waiver.kind = rule.kind and waiver.withdrawn_at is null
        ) as waived
    ) as excused
    cross join lateral (
        select excused.waived, excused.waived or coalesce(fact.value >= coalesce(fact.needed, rule.threshold), false) as met
    ) as state
    where rule.plan_id = plan and rule.tier = target
    order by rule.kind;
end;
$$;

create function private.next_tier(known public.partner_tier) returns public.partner_tier
language sql stable security definer set search_path = '' as $$
    select above.tier
    from public.tier_definitions as own
    join public.tier_definitions as above on above.position = own.position + 1
    where own.tier = known;
$$;

create function private.tier_below(known public.partner_tier) returns public.partner_tier
language sql stable security definer set search_path = '' as $$
    select below.tier
    from public.tier_definitions as own
    join public.tier_definitions as below on below.position = own.position - 1
    where own.tier = known;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Writing a tier.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.guard_tier_history() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    -- The first row says how the partner came: it repeats the tier that they were taken in with.
    if tg_op = 'INSERT' and new.valid_to is null and new.kind = 'joined'
        and not exists (select from public.partner_tier_history where partner_id = new.partner_id)
        and new.tier = (select current_tier from public.partners where id = new.partner_id)
    then
        new.plan_id := coalesce(new.plan_id, private.current_plan());
        return new;
    end if;
    if not private.writing('set_tier') or tg_op = 'DELETE' then
        perform private.fail(
            '42501', 'Tiers are written by private.evaluate_tier and the staff functions alone.', 'guarded', null,
            'Use waive_requirement, downgrade_partner or decide_tier_appeal (./scripts/admin).'
        );
    end if;
    return new;
end;
$$;

create trigger guard_tier_history before insert or update or delete on public.partner_tier_history
for each row execute function private.guard_tier_history();

-- The caches on partners can only be written with the value that the truth gives.
create function private.guard_tier_cache() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' then
        new.commission_rate := (
            select base_bp from public.commission_plan_rates
            where plan_id = private.current_plan() and tier = new.current_tier
        );
        return new;
    end if;
    if new.current_tier <> old.current_tier and not exists (
        select from public.partner_tier_history
        where partner_id = new.id and valid_to is null and tier = new.current_tier
    ) then
        perform private.fail(
            '42501', 'partners.current_tier is written by private.evaluate_tier alone.', 'guarded', null,
            'Use waive_requirement, downgrade_partner or decide_tier_appeal (./scripts/admin).'
        );
    end if;
    if new.commission_rate <> old.commission_rate and new.commission_rate <> (
        private.rate_for(new.id, null, new.current_tier, private.current_plan(), private.now())
    ).rate_bp then
        perform private.fail(
            '42501', 'partners.commission_rate follows the tier and the negotiated rates.', 'guarded', null,
            'Use grant_rate_override or publish_plan (./scripts/admin).'
        );
    end if;
    return new;
end;
$$;

create trigger guard_tier_cache before insert or update of current_tier, commission_rate on public.partners
for each row execute function private.guard_tier_cache();

-- The only writer of tiers. The caller has locked the partner and decided.
create function private.set_tier(
    owner uuid, wanted public.partner_tier, how text, why text, staff uuid default null, hold timestamptz default null
) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    was public.partner_tier;
    since timestamptz;
    -- Two changes in one transaction, or an overtaking clock, must still be two intervals.
    starts timestamptz;
begin
    select tier, valid_from into was, since from public.partner_tier_history where partner_id = owner and valid_to is null;
    starts := greatest(private.now(), since + interval '1 microsecond');
    perform set_config('siso.writer', 'set_tier', true);
    update public.partner_tier_history set valid_to = starts where partner_id = owner and valid_to is null;
    insert into public.partner_tier_history
    (partner_id, tier, valid_from, reason, kind, plan_id, deals_at_entry, decided_by, hold_until)
    values (owner, wanted, starts, why, how, private.current_plan(), private.qualified_deals(owner), staff, hold);
    perform set_config('siso.writer', '', true);
    update public.partners
    set
        current_tier = wanted,
        commission_rate = (private.rate_for(id, null, wanted, private.current_plan(), private.now())).rate_bp
    where id = owner;
    perform private.emit(
        'tier.changed', 'partner', owner, owner,
        jsonb_build_object('tier', was), jsonb_build_object('tier', wanted, 'kind', how, 'reason', why, 'staff_id', staff)
    );
    perform private.hint(owner, 'tier.changed', owner);
    perform private.hint(owner, 'session.refresh', owner);
    if wanted < was then
        perform private.turn_topics(array(
            select topic from unnest(private.heard_topics(owner, was)) as topic
            except select topic from unnest(private.heard_topics(owner, wanted)) as topic
        ) || case when was >= 'performer' and wanted < 'performer' then array['team:' || owner::text] else '{}' end);
    end if;
end;
$$;

-- No row when all is well.
create view private.check_partner_tier_cache with (security_invoker = true) as
select partner.id, partner.current_tier, spell.tier as of_history
from public.partners as partner
left join public.partner_tier_history as spell on spell.partner_id = partner.id and spell.valid_to is null
where partner.current_tier is distinct from spell.tier;

create view private.check_commission_rate_cache with (security_invoker = true) as
select partner.id, partner.commission_rate, private.current_rate(partner.id) as of_plan
from public.partners as partner
where partner.commission_rate is distinct from private.current_rate(partner.id);

create view private.check_requirement_sources with (security_invoker = true) as
select distinct rule.kind
from public.tier_requirements as rule
where rule.blocking and rule.plan_id = private.current_plan()
    and not exists (select from private.requirement_sources as source where source.kind = rule.kind);

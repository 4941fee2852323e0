-- Plans: everything a commission, a tier or an approval is decided by, in one version. A version is never edited; the money
-- that was decided under it stays explainable for ever.

create extension if not exists btree_gist with schema extensions;

create type public.override_basis as enum ('deal_amount', 'member_commission'); -- A-10
create type public.requirement_kind as enum (
    'qualified_deals', -- A-02
    'training_track', -- detail names the track
    'time_in_tier_days', -- A-06: days in the tier below
    'client_satisfaction', -- A-08: mean out of 5
    'support_calls' -- A-09
);

alter table public.commission_plans
add column team_override_bp integer not null default 1000 check (team_override_bp between 0 and 10000), -- A-10
add column override_basis public.override_basis not null default 'deal_amount',
add column override_min_tier public.partner_tier not null default 'performer', -- A-11
add column active_leader_days integer not null default 90 check (active_leader_days > 0), -- A-11
add column referral_bp integer not null default 500 check (referral_bp between 0 and 10000), -- A-12
add column referral_months integer not null default 12 check (referral_months >= 0),
add column referral_min_tier public.partner_tier not null default 'active',
add column program_cap_bp integer not null default 4500 check (program_cap_bp between 0 and 10000), -- A-14
add column one_approval_from bigint not null default 100000 check (one_approval_from >= 0), -- A-20, minor units
add column two_approvals_from bigint not null default 500000 check (two_approvals_from >= 0),
add column instant_daily_limit bigint not null default 200000 check (instant_daily_limit >= 0),
add column sponsor_rest_days integer not null default 30 check (sponsor_rest_days >= 0), -- A-11: no change this soon after a win
add column demotion_grace_days integer not null default 30 check (demotion_grace_days >= 0), -- A-05
add column request_id uuid unique,
add column published_by uuid references public.staff_members,
add constraint approvals_rise check (one_approval_from <= two_approvals_from);

create index on public.commission_plans (published_by);

-- What stands between a tier and the one below it (A-07).
create table public.tier_requirements (
    plan_id uuid not null references public.commission_plans,
    tier public.partner_tier not null references public.tier_definitions,
    kind public.requirement_kind not null,
    label text not null check (length(label) between 1 and 80),
    threshold numeric(10, 1) not null check (threshold >= 0),
    detail text check (length(detail) <= 80),
    blocking boolean not null,
    waivable boolean not null default true,
    primary key (plan_id, tier, kind)
);

comment on table public.tier_requirements is
'A requirement that is not blocking is shown and counts as a bonus; one that nobody can measure yet never blocks.';

create index on public.tier_requirements (tier);

insert into public.tier_requirements (plan_id, tier, kind, label, threshold, detail, blocking, waivable)
select plan.id, known.tier, 'qualified_deals', 'Sales performance', known.min_qualified_deals, null, true, true
from public.commission_plans as plan
cross join public.tier_definitions as known
where known.position > 1;

insert into public.tier_requirements (plan_id, tier, kind, label, threshold, detail, blocking, waivable)
select
    plan.id, row.tier::public.partner_tier, row.kind::public.requirement_kind, row.label, row.threshold, row.detail, row.blocking, true
from public.commission_plans as plan
cross join (values
    ('active', 'training_track', 'Training complete', 1, 'core', true),
    ('performer', 'training_track', 'Training complete', 1, 'advanced', true),
    ('elite', 'training_track', 'Training complete', 1, 'leadership', true),
    ('performer', 'time_in_tier_days', 'Time in tier', 30, null, true),
    ('elite', 'time_in_tier_days', 'Time in tier', 30, null, true),
    ('performer', 'client_satisfaction', 'Client satisfaction', 4.5, null, false),
    ('elite', 'client_satisfaction', 'Client satisfaction', 4.5, null, false),
    ('performer', 'support_calls', 'Support engagement', 2, null, false),
    ('elite', 'support_calls', 'Support engagement', 2, null, false)
) as row (tier, kind, label, threshold, detail, blocking);

-- Guarded columns and tables are written by one function each, which says so for the length of its own write.
create function private.writing(writer text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
    return coalesce(current_setting('siso.writer', true), '') = writer;
end;
$$;

create function private.guard_plan() returns trigger
language plpgsql set search_path = '' as $$
begin
    if not private.writing('publish_plan') or tg_op <> 'INSERT' then
        perform private.fail(
            '42501', 'A plan is never edited; a change is a new version.', 'versioned', null,
            'Look with ./scripts/admin preview-plan, then call publish_plan.'
        );
    end if;
    return null;
end;
$$;

create trigger guard_plan before insert or update or delete or truncate on public.commission_plans
for each statement execute function private.guard_plan();
create trigger guard_plan before insert or update or delete or truncate on public.commission_plan_rates
for each statement execute function private.guard_plan();
create trigger guard_plan before insert or update or delete or truncate on public.tier_requirements
for each statement execute function private.guard_plan();

-- ---------------------------------------------------------------------------------------------------------------------
-- Negotiated rates (A-58). For a partner, or for the one deal that comes of a lead; the nearer one wins.
-- ---------------------------------------------------------------------------------------------------------------------
create table public.rate_overrides (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    lead_id uuid references public.leads, -- null: every deal of the partner
    rate_bp integer check (rate_bp between 0 and 10000), -- null: the tier's rate, within floor and cap
    floor_bp integer check (floor_bp between 0 and 10000),
    cap_bp integer check (cap_bp between 0 and 10000),
    valid_from timestamptz not null default private.now(),
    valid_to timestamptz check (valid_to >= valid_from),
    reason text not null check (length(reason) between 1 and 500),
    approved_by uuid not null references public.staff_members,
    ended_by uuid references public.staff_members,
    ended_reason text check (length(ended_reason) between 1 and 500),
    request_id uuid not null unique,
    created_at timestamptz not null default private.now(),
    check (num_nonnulls(rate_bp, floor_bp, cap_bp) > 0),
    check (floor_bp <= cap_bp),
    check (rate_bp >= floor_bp),
    check (rate_bp <= cap_bp),
    constraint one_rate_of_a_partner exclude using gist (
        partner_id with =, tstzrange(valid_from, valid_to) with &&
    ) where (lead_id is null),
    constraint one_rate_of_a_deal exclude using gist (
        lead_id with =, tstzrange(valid_from, valid_to) with &&
    ) where (lead_id is not null)
);

create index on public.rate_overrides (partner_id, valid_from);
create index on public.rate_overrides (lead_id);
create index on public.rate_overrides (approved_by);
create index on public.rate_overrides (ended_by);

create function private.guard_rate_override() returns trigger
language plpgsql set search_path = '' as $$
begin
    if not private.writing('rate_override') or tg_op in ('DELETE', 'TRUNCATE') then
        perform private.fail(
            '42501', 'A negotiated rate is granted and ended, never edited.', 'guarded', null,
            'Call grant_rate_override or end_rate_override.'
        );
    end if;
    return null;
end;
$$;

create trigger guard_rate_override before insert or update or delete or truncate on public.rate_overrides
for each statement execute function private.guard_rate_override();

-- The rate of a win at this moment: a deal's own rate before the partner's before the tier's.
create function private.rate_for(
    owner uuid, wanted_lead uuid, of_tier public.partner_tier, plan uuid, at timestamptz,
    out rate_bp integer, out override_id uuid
)
language sql stable security definer set search_path = '' as $$
    select
        greatest(least(coalesce(special.rate_bp, rates.base_bp), special.cap_bp), special.floor_bp),
        special.id
    from public.commission_plan_rates as rates
    left join lateral (
        select * from public.rate_overrides as known
        where known.partner_id = owner
            and (known.lead_id is null or known.lead_id = wanted_lead)
            and known.valid_from <= at and (known.valid_to is null or known.valid_to > at)
        order by known.lead_id is null -- the deal's own first
        limit 1
    ) as special on true
    where rates.plan_id = plan and rates.tier = of_tier;
$$;

-- The partner's rate today, for display and for the cache on partners.
create function private.current_rate(owner uuid) returns integer
language sql stable security definer set search_path = '' as $$
    select (private.rate_for(partner.id, null, partner.current_tier, private.current_plan(), private.now())).rate_bp
    from public.partners as partner
    where partner.id = owner;
$$;

-- Who earns more when a partner's rate rises: the partner, and the leader and the recruiter, whose shares may be shares of it.
create function private.earners_by(owner uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
    return array[
        owner,
        (select team_leader_id from public.partners where id = owner),
        (select recruiter_id from public.recruits where recruit_id = owner)
    ];
end;
$$;

create function private.grant_rate_override(
    owner uuid, wanted_lead uuid, rate integer, lowest integer, highest integer,
    starts timestamptz, ends timestamptz, why text, request uuid
) returns public.rate_overrides
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    made public.rate_overrides;
    bound integer := (select program_cap_bp from public.commission_plans where id = private.current_plan());
begin
    select * into made from public.rate_overrides where request_id = request;
    if found then
        return made;
    end if;
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    if not exists (select from public.partners where id = owner) then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    perform private.require_others_affair(variadic private.earners_by(owner));
    if coalesce(btrim(why), '') = '' then
        perform private.fail('22023', 'Say why.', 'required', 'reason');
    end if;
    if length(btrim(why)) > 500 then
        perform private.fail('22023', 'At most 500 characters.', 'length', 'reason', null, '500');
    end if;
    if highest > 10000 then
        perform private.fail('22023', 'A cap is at most 10,000 basis points.', 'range', 'cap', null, '10000');
    end if;
    if num_nonnulls(rate, lowest, highest) = 0 then
        perform private.fail('22023', 'Give a rate, a floor or a cap.', 'required', 'rate');
    end if;
    if greatest(rate, lowest) > bound or least(rate, lowest, highest) < 0 then
        perform private.fail('22023', 'The rate is outside what the plan allows.', 'range', 'rate', null, '0 to ' || bound);
    end if;
    if rate < lowest or rate > highest or lowest > highest then
        perform private.fail('22023', 'Rate, floor and cap contradict each other.', 'range', 'rate');
    end if;
    if coalesce(starts, private.now()) < private.now() or ends <= coalesce(starts, private.now()) then
        perform private.fail('22023', 'A rate starts now or later and ends after it starts.', 'interval', 'valid_from');
    end if;
    if wanted_lead is not null then
        perform from public.leads where id = wanted_lead and partner_id = owner and status <> 'closed_won' for share;
        if not found then
            perform private.fail('PT404', 'There is no such open lead of this partner.', 'not_found', 'lead_id');
        end if;
    end if;
    begin
        perform set_config('siso.writer', 'rate_override', true);
        insert into public.rate_overrides (
            partner_id, lead_id, rate_bp, floor_bp, cap_bp, valid_from, valid_to, reason, approved_by, request_id
        ) values (
            owner, wanted_lead, rate, lowest, highest, coalesce(starts, private.now()), ends, btrim(why), staff, request
        ) returning * into made;
        perform set_config('siso.writer', '', true);
    exception when exclusion_violation then
        perform private.fail('23505', 'Another negotiated rate covers this time.', 'overlap', 'valid_from', 'End that one first.');
    end;
    perform private.refresh_rate(owner);
    perform private.emit('rate_override.granted', 'rate_override', made.id, owner, null, to_jsonb(made) - 'request_id');
    perform private.notify(owner, 'account', 'Your rate has changed', 'A rate was agreed for you. Deals won before keep theirs.', '/partner/earnings');
    return made;
end;
$$;

create function private.end_rate_override(wanted uuid, why text) returns public.rate_overrides
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    known public.rate_overrides;
begin
    select * into known from public.rate_overrides where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such rate.', 'not_found', 'override_id');
    end if;
    perform private.require_others_affair(variadic private.earners_by(known.partner_id));
    if known.ended_by is not null then
        return known;
    end if;
    if coalesce(btrim(why), '') = '' then
        perform private.fail('22023', 'Say why.', 'required', 'reason');
    end if;
    if length(btrim(why)) > 500 then
        perform private.fail('22023', 'At most 500 characters.', 'length', 'reason', null, '500');
    end if;
    perform set_config('siso.writer', 'rate_override', true);
    update public.rate_overrides
    set valid_to = least(valid_to, greatest(private.now(), valid_from)), ended_by = staff, ended_reason = btrim(why)
    where id = wanted
    returning * into known;
    perform set_config('siso.writer', '', true);
    perform private.refresh_rate(known.partner_id);
    perform private.emit('rate_override.ended', 'rate_override', known.id, known.partner_id, null, jsonb_build_object('reason', btrim(why)));
    perform private.notify(
        known.partner_id, 'account', 'A negotiated rate has ended', 'Deals won before keep the agreed rate.', '/partner/earnings'
    );
    return known;
end;
$$;

-- Keeps the cache on partners; only a right value can be written there.
create function private.refresh_rate(owner uuid) returns void
language sql volatile security definer set search_path = '' as $$
    update public.partners set commission_rate = private.current_rate(id)
    where id = owner and commission_rate <> private.current_rate(id);
$$;

create function public.grant_rate_override(
    partner_id uuid, reason text, request_id uuid, rate integer default null, floor integer default null,
    cap integer default null, lead_id uuid default null, valid_from timestamptz default null, valid_to timestamptz default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made)
    from private.grant_rate_override(partner_id, lead_id, rate, floor, cap, valid_from, valid_to, reason, request_id) as made;
$$;

create function public.end_rate_override(override_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(known) from private.end_rate_override(override_id, reason) as known;
$$;

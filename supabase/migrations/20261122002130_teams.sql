-- Teams: who leads whom, since when. partner_teams is the truth; partners.team_leader_id is its cache (A-36).
--
-- Invariants: one leader at a time; no cycles; a leader is Performer or higher and active when somebody joins; after the
-- member's first deal the sponsor changes by a decision of staff alone, and for nobody within 30 days of a win (A-11, F-21).

create table public.partner_teams (
    id uuid primary key default gen_random_uuid(),
    team_leader_id uuid not null references public.partners,
    team_member_id uuid not null references public.partners,
    -- Cache for display, in basis points; never read when paying: the plan in force at the win decides.
    override_percentage integer not null default 0,
    valid_from timestamptz not null default private.now(),
    valid_to timestamptz check (valid_to >= valid_from),
    status text not null generated always as (case when valid_to is null then 'active' else 'inactive' end) stored,
    reason text not null default 'joined' check (length(reason) between 1 and 500),
    ended_reason text check (length(ended_reason) between 1 and 500),
    decided_by uuid references public.staff_members,
    created_at timestamptz not null default private.now(),
    check (team_leader_id <> team_member_id),
    constraint one_leader_at_a_time exclude using gist (
        team_member_id with =, tstzrange(valid_from, valid_to) with &&
    )
);

create index on public.partner_teams (team_leader_id) where valid_to is null;
create index on public.partner_teams (team_leader_id, valid_from);
create unique index partner_teams_open_key on public.partner_teams (team_member_id) where valid_to is null;
create index on public.partner_teams (decided_by);

create function private.guard_team() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (
        (new.team_leader_id, new.team_member_id, new.valid_from) is distinct from (old.team_leader_id, old.team_member_id, old.valid_from)
        or (old.valid_to is not null and new.valid_to is distinct from old.valid_to)
    )) then
        perform private.fail('42501', 'A membership is ended, never rewritten.', 'append_only', null, 'Call set_team_leader.');
    end if;
    if tg_op = 'UPDATE' then
        return new;
    end if;
    -- One at a time: two joins that close a ring together would each look fine by themselves.
    perform pg_advisory_xact_lock(hashtext('siso.partner_teams'));
    if exists (
        with recursive above as (
            select new.team_leader_id as id
            union
            select team.team_leader_id
            from above
            join public.partner_teams as team on team.team_member_id = above.id and team.valid_to is null
        )

        select from above where id = new.team_member_id
    ) then
        perform private.fail('PT409', 'The leader would be in their own team.', 'team_cycle', 'leader_id');
    end if;
    if not exists (
        select from public.partners as leader
        join public.commission_plans as plan on plan.id = private.current_plan()
        where leader.id = new.team_leader_id and leader.status = 'active' and leader.current_tier >= plan.override_min_tier
    ) then
        perform private.fail('PT409', 'A team leader must be an active partner of the Performer tier or higher.', 'leader_tier', 'leader_id');
    end if;
    new.override_percentage := (select team_override_bp from public.commission_plans where id = private.current_plan());
    return new;
end;
$$;

create trigger guard_team before insert or update or delete on public.partner_teams
for each row execute function private.guard_team();

create function private.team_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'UPDATE' and new.valid_to is not distinct from old.valid_to then
        return null;
    end if;
    perform set_config('siso.writer', 'team', true);
    update public.partners
    set team_leader_id = case when new.valid_to is null then new.team_leader_id end
    where id = new.team_member_id;
    perform set_config('siso.writer', '', true);
    perform private.emit(
        case when new.valid_to is null then 'team.joined' else 'team.left' end, 'partner_team', new.id, new.team_member_id,
        null, jsonb_build_object('leader_id', new.team_leader_id, 'reason', coalesce(new.ended_reason, new.reason), 'staff_id', new.decided_by)
    );
    perform private.hint(new.team_leader_id, 'team.changed', new.id);
    perform private.hint(new.team_member_id, 'team.changed', new.id);
    perform private.hint(new.team_member_id, 'session.refresh', new.team_member_id);
    if new.valid_to is not null then
        perform private.turn_topics(array['team:' || new.team_leader_id::text]);
    end if;
    return null;
end;
$$;

create trigger team_changed after insert or update on public.partner_teams
for each row execute function private.team_changed();

create function private.guard_team_cache() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if not private.writing('team') then
        perform private.fail(
            '42501', 'partners.team_leader_id follows partner_teams.', 'guarded', null, 'Call set_team_leader (./scripts/admin).'
        );
    end if;
    return new;
end;
$$;

create trigger guard_team_cache before update of team_leader_id on public.partners
for each row when (new.team_leader_id is distinct from old.team_leader_id) execute function private.guard_team_cache();

-- Whoever is taken in with a leader is a member like any other.
create function private.join_first_team() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into public.partner_teams (team_leader_id, team_member_id, reason) values (new.team_leader_id, new.id, 'joined with a leader');
    return null;
end;
$$;

create trigger join_first_team after insert on public.partners
for each row when (new.team_leader_id is not null) execute function private.join_first_team();

-- No row when all is well.
create view private.check_team_leader_cache with (security_invoker = true) as
select partner.id, partner.team_leader_id, team.team_leader_id as of_teams
from public.partners as partner
left join public.partner_teams as team on team.team_member_id = partner.id and team.valid_to is null
where partner.team_leader_id is distinct from team.team_leader_id;

create function private.my_leader() returns uuid
language sql stable security definer set search_path = '' as $$
    select team_leader_id from public.partner_teams where team_member_id = (select private.me()) and valid_to is null;
$$;

-- The direct members of the caller's team now (A-10: depth one).
create function private.my_team() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select team_member_id from public.partner_teams where team_leader_id = (select private.me()) and valid_to is null;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Recruits: who brought whom (A-12). Written once, when the recruit becomes a partner.
-- ---------------------------------------------------------------------------------------------------------------------
create table public.recruits (
    recruit_id uuid primary key references public.partners,
    recruiter_id uuid not null references public.partners,
    referral_link_id uuid, -- the link that they came by, if it was one
    source text not null check (source in ('referral_code', 'referral_link', 'team_invite', 'staff')),
    since timestamptz not null default private.now(),
    check (recruit_id <> recruiter_id)
);

create index on public.recruits (recruiter_id, since);

create function private.guard_recruit() returns trigger
language plpgsql set search_path = '' as $$
begin
    perform private.fail('42501', 'Who recruited whom is never rewritten.', 'append_only');
    return null;
end;
$$;

create trigger guard_recruit before update or delete on public.recruits
for each row execute function private.guard_recruit();

-- False when somebody is known to have brought them, or for oneself.
create function private.record_recruit(recruit uuid, recruiter uuid, how text, link uuid default null) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
    -- A ring of two would pay both for nothing.
    if recruiter is null or recruit = recruiter or exists (
        select from public.recruits where recruit_id = recruiter and recruiter_id = recruit
    ) then
        return false;
    end if;
    insert into public.recruits (recruit_id, recruiter_id, referral_link_id, source) values (recruit, recruiter, link, how)
    on conflict (recruit_id) do nothing;
    if not found then
        return false;
    end if;
    perform private.emit('partner.recruited', 'partner', recruit, recruiter, null, jsonb_build_object('source', how));
    perform private.notify(recruiter, 'achievement', 'Somebody joined through you', 'A partner whom you brought has been approved.', '/partner/team');
    return true;
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What a win at a moment means for others; stored on the deal when the claim arrives, never worked out again.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.leader_terms(member uuid, plan_id uuid, at timestamptz, out leader_id uuid, out override_bp integer)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
    select leader.id, plan.team_override_bp into leader_id, override_bp
    from public.partner_teams as team
    join public.partners as leader on leader.id = team.team_leader_id
    join public.commission_plans as plan on plan.id = leader_terms.plan_id
    where team.team_member_id = member and team.valid_from <= at and (team.valid_to is null or team.valid_to > at)
        and leader.status = 'active' and leader.current_tier >= plan.override_min_tier
        -- Sells themselves, too: leading alone earns nothing (F-21).
        and exists (
            select from public.deals as own
            where own.partner_id = leader.id and own.status = 'verified' and own.disqualified_at is null
                and own.won_at > at - make_interval(days => plan.active_leader_days)
        );
end;
$$;

create function private.recruiter_terms(recruit uuid, plan_id uuid, at timestamptz, out recruiter_id uuid, out referral_bp integer)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
    select recruiter.id, plan.referral_bp into recruiter_id, referral_bp
    from public.recruits as known
    join public.partners as recruiter on recruiter.id = known.recruiter_id
    join public.commission_plans as plan on plan.id = recruiter_terms.plan_id
    where known.recruit_id = recruit
        and recruiter.status = 'active' and recruiter.current_tier >= plan.referral_min_tier
        -- Within the months after the recruit's first qualified deal; this win may be that first one.
        and at < coalesce((
            select min(first.won_at) from public.deals as first
            where first.partner_id = recruit and first.status = 'verified' and first.disqualified_at is null
        ), at) + make_interval(months => plan.referral_months);
end;
$$;

-- Leaderboards, challenges, badges, streaks. Public figures are deals and points, never money (A-17, F-22).

create type public.score_period as enum ('week', 'month', 'all');

-- One row per period and partner, counted up in the transaction of the deal. Divisions are the tiers (F-24).
create table public.leaderboard_scores (
    period public.score_period not null,
    starts_on date not null, -- Monday, first of the month, or 0001-01-01
    partner_id uuid not null references public.partners,
    tier public.partner_tier not null references public.tier_definitions,
    leader_id uuid references public.partners,
    country char(2),
    points bigint not null default 0,
    deals integer not null default 0,
    reached_at timestamptz not null default private.now(), -- who was there first stands above
    primary key (period, starts_on, partner_id)
) with (fillfactor = 70);

create index leaderboard_top on public.leaderboard_scores (period, starts_on, points desc, reached_at, partner_id);
create index leaderboard_tier on public.leaderboard_scores (period, starts_on, tier, points desc, reached_at, partner_id);
create index leaderboard_team on public.leaderboard_scores (period, starts_on, leader_id, points desc);
create index on public.leaderboard_scores (partner_id);
create index on public.leaderboard_scores (tier);
create index on public.leaderboard_scores (leader_id);

-- Ranks as they were a few minutes ago: a dashboard needs one row, not a count over everybody.
create table public.leaderboard_snapshots (
    period public.score_period not null,
    starts_on date not null,
    partner_id uuid not null references public.partners,
    rank integer not null,
    tier_rank integer not null,
    points bigint not null,
    deals integer not null,
    taken_at timestamptz not null,
    primary key (period, starts_on, partner_id)
);

create index on public.leaderboard_snapshots (partner_id);
create index leaderboard_ranks on public.leaderboard_snapshots (period, starts_on, rank);

create function private.period_start(wanted public.score_period, at timestamptz) returns date
language plpgsql immutable set search_path = '' as $$
begin
    return case wanted
        when 'week' then date_trunc('week', at at time zone 'UTC')::date
        when 'month' then date_trunc('month', at at time zone 'UTC')::date
        else date '0001-01-01'
    end;
end;
$$;

create function private.add_points(owner uuid, more bigint, more_deals integer, at timestamptz default private.now()) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    insert into public.leaderboard_scores as score (period, starts_on, partner_id, tier, leader_id, country, points, deals)
    select wanted.period, private.period_start(wanted.period, at), partner.id, partner.current_tier, partner.team_leader_id,
        partner.country, more, more_deals
    from public.partners as partner
    cross join unnest(enum_range(null::public.score_period)) as wanted (period)
    where partner.id = owner
    on conflict (period, starts_on, partner_id) do update
    set
        points = score.points + excluded.points, deals = score.deals + excluded.deals, tier = excluded.tier,
        leader_id = excluded.leader_id, country = excluded.country, reached_at = private.now();
end;
$$;

-- A verified deal is 100 points; taking it back takes them back, in the period of the win.
create function private.score_deal() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    counted_before boolean := tg_op = 'UPDATE' and old.status = 'verified' and old.disqualified_at is null;
    counts_now boolean := new.status = 'verified' and new.disqualified_at is null;
begin
    if counts_now and not counted_before then
        perform private.add_points(new.partner_id, 100, 1, new.won_at);
    elsif counted_before and not counts_now then
        perform private.add_points(new.partner_id, -100, -1, new.won_at);
    end if;
    return null;
end;
$$;

create trigger score_deal after insert or update on public.deals for each row execute function private.score_deal();

create function private.take_leaderboard_snapshot() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    wanted public.score_period;
    starts date;
begin
    foreach wanted in array enum_range(null::public.score_period) loop
        starts := private.period_start(wanted, private.now());
        insert into public.leaderboard_snapshots as snapshot (period, starts_on, partner_id, rank, tier_rank, points, deals, taken_at)
        select
            score.period, score.starts_on, score.partner_id,
            rank() over (order by score.points desc, score.reached_at, score.partner_id),
            rank() over (partition by score.tier order by score.points desc, score.reached_at, score.partner_id),
            score.points, score.deals, private.now()
        from public.leaderboard_scores as score
        where score.period = wanted and score.starts_on = starts
        on conflict (period, starts_on, partner_id) do update
        set
            rank = excluded.rank, tier_rank = excluded.tier_rank, points = excluded.points, deals = excluded.deals,
            taken_at = excluded.taken_at
        where (snapshot.rank, snapshot.tier_rank, snapshot.points, snapshot.deals)
            is distinct from (excluded.rank, excluded.tier_rank, excluded.points, excluded.deals)
            or snapshot.taken_at < private.now() - interval '4 minutes';
        perform realtime.send(jsonb_build_object('starts_on', starts), 'leaderboard.changed', private.live_topic('leaderboard:' || wanted), true);
    end loop;
    delete from public.leaderboard_snapshots where taken_at < private.now() - interval '400 days';
end;
$$;

select cron.schedule('leaderboard-snapshot', '*/3 * * * *', 'select private.take_leaderboard_snapshot()');

-- The board: top rows of a division, and the rows around the caller. Money never appears.
create function private.get_leaderboard(
    wanted public.score_period, division public.partner_tier, wanted_country text, own_team boolean, top integer
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    starts date := private.period_start(wanted, private.now());
    caller uuid := private.me(); -- asked once, not for each row
    team uuid;
    board jsonb;
    mine public.leaderboard_snapshots;
begin
    if not private.has_access() then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    if own_team then
        if private.my_tier() < 'performer' then
            perform private.fail('42501', 'Team boards are for Performer tier and above.', 'tier', 'own_team', null, 'performer');
        end if;
        team := caller;
    end if;
    select coalesce(jsonb_agg(to_jsonb(shown) order by shown.position), '[]') into board
    from (
        select
            row_number() over (order by score.points desc, score.reached_at, score.partner_id) as position,
            score.partner_id, person.name, score.tier, score.country, score.points, score.deals
        from public.leaderboard_scores as score
        join public.partner_directory as person on person.id = score.partner_id
        where score.period = wanted and score.starts_on = starts
            and (division is null or score.tier = division)
            and (wanted_country is null or score.country = wanted_country)
            and (team is null or score.leader_id = team)
        order by score.points desc, score.reached_at, score.partner_id
        limit least(greatest(coalesce(top, 50), 1), 100)
    ) as shown;
    select * into mine from public.leaderboard_snapshots
    where period = wanted and starts_on = starts and partner_id = caller;
    return jsonb_build_object(
        'period', wanted, 'starts_on', starts, 'top', board,
        'me', case when mine.partner_id is not null then jsonb_build_object(
            'rank', mine.rank, 'tier_rank', mine.tier_rank, 'points', mine.points, 'deals', mine.deals, 'as_of', mine.taken_at,
            'rank_before', (
                select before.rank from public.leaderboard_snapshots as before
                where before.period = wanted and before.partner_id = caller and before.starts_on < starts
                order by before.starts_on desc limit 1
            ),
            'around', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'rank', near.rank, 'name', person.name, 'points', near.points, 'deals', near.deals, 'me', near.partner_id = caller
                ) order by near.rank), '[]')
                from public.leaderboard_snapshots as near
                join public.partner_directory as person on person.id = near.partner_id
                where near.period = wanted and near.starts_on = starts and near.rank between mine.rank - 2 and mine.rank + 2
            )
        ) end
    );
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Challenges: a goal, a time, a budgeted prize. A prize is provisional until its deals have cleared (A-50, F-14).
-- ---------------------------------------------------------------------------------------------------------------------
create type public.challenge_metric as enum ('qualified_deals', 'leads_logged', 'lessons_completed', 'points');
create type public.entry_status as enum ('running', 'provisional', 'confirmed', 'missed', 'withdrawn');

create table public.challenges (
    id uuid primary key default gen_random_uuid(),
    title text not null check (length(title) between 3 and 120),
    description text check (length(description) <= 2000),
    metric public.challenge_metric not null,
    goal integer not null check (goal > 0),
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    tier_requirement public.partner_tier references public.tier_definitions,
    prize_amount bigint check (prize_amount > 0),
    prize_currency char(3) references public.payout_minimums,
    budget bigint check (budget >= prize_amount),
    created_at timestamptz not null default private.now(),
    check ((prize_amount is null) = (prize_currency is null)),
    check ((prize_amount is null) = (budget is null))
);

create index on public.challenges (ends_at);
create index on public.challenges (tier_requirement);
create index on public.challenges (prize_currency);

create table public.challenge_entries (
    challenge_id uuid not null references public.challenges,
    partner_id uuid not null references public.partners,
    status public.entry_status not null default 'running',
    progress integer not null default 0,
    joined_at timestamptz not null default private.now(),
    reached_at timestamptz,
    primary key (challenge_id, partner_id)
);

create index on public.challenge_entries (partner_id);

create function private.join_challenge(wanted uuid) returns public.challenge_entries
language plpgsql volatile security definer set search_path = '' as $$
declare
    challenge public.challenges;
    entry public.challenge_entries;
begin
    perform private.require_active_partner();
    select * into challenge from public.challenges
    where id = wanted and (tier_requirement is null or tier_requirement <= private.my_tier());
    if not found then
        perform private.fail('PT404', 'There is no such challenge.', 'not_found', 'challenge_id');
    end if;
    if challenge.ends_at <= private.now() or challenge.cancelled_at is not null then
        perform private.fail('PT409', 'This challenge is over.', 'over', 'challenge_id');
    end if;
    if private.runs_challenge(wanted) then
        perform private.fail('42501', 'Nobody takes part in a challenge that they run.', 'runs_it');
    end if;
    insert into public.challenge_entries (challenge_id, partner_id) values (wanted, private.me())
    on conflict (challenge_id, partner_id) do update set status = case
        when challenge_entries.status = 'withdrawn' then 'running' else challenge_entries.status end
    returning * into entry;
    return entry;
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Badges and streaks.
-- ---------------------------------------------------------------------------------------------------------------------
create table public.badges (
    badge_type text primary key check (badge_type ~ '^[a-z_]{3,40}$'),
    badge_name text not null,
    description text not null,
    position smallint not null,
    retired_at timestamptz -- nobody earns it any more; who has it keeps it
);

insert into public.badges (badge_type, badge_name, description, position) values
('first_lead', 'First lead', 'Logged a first lead', 1),
('first_win', 'First win', 'A first deal was verified', 2),
('ten_deals', 'Ten deals', 'Ten deals were verified', 3),
('certified', 'Certified', 'Completed a certification', 4),
('week_streak', 'Seven days', 'Did something that counts on seven days in a row', 5);

-- Under the PRD's name: which badge somebody has earned, once each. Those that were taken back stay as history.
create table public.achievements (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    badge_type text not null references public.badges,
    badge_name text not null,
    earned_at timestamptz not null default private.now(),
    reason text check (length(reason) <= 2000), -- of an award by hand
    awarded_by uuid references public.staff_members, -- null: earned by itself
    revoked_at timestamptz,
    revoked_reason text check (length(revoked_reason) <= 2000),
    revoked_by uuid references public.staff_members,
    check ((reason is null) = (awarded_by is null)),
    check (num_nonnulls(revoked_at, revoked_reason, revoked_by) in (0, 3))
);

create unique index achievements_held_once on public.achievements (partner_id, badge_type) where revoked_at is null;
create index on public.achievements (partner_id);
create index on public.achievements (badge_type);
create index on public.achievements (awarded_by);
create index on public.achievements (revoked_by);

-- What events earn. A badge that staff took back is not earned by itself again: award_badge gives it.
create function private.award(owner uuid, badge text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    awarded public.achievements;
begin
    insert into public.achievements (partner_id, badge_type, badge_name)
    select owner, badges.badge_type, badges.badge_name from public.badges
    where badges.badge_type = badge and badges.retired_at is null and not exists (
        select from public.achievements as known where known.partner_id = owner and known.badge_type = badge
    )
    on conflict (partner_id, badge_type) where revoked_at is null do nothing
    returning * into awarded;
    if awarded.id is not null then
        perform private.emit('achievement.earned', 'achievement', awarded.id, owner, null, jsonb_build_object('badge', badge));
        perform private.notify(owner, 'achievement', 'Badge earned', awarded.badge_name, '/partner/leaderboard');
    end if;
end;
$$;

-- A day counts when something meaningful was done on it, in the partner's own time zone (A-31): opening the app does not.
create table public.streaks (
    partner_id uuid primary key references public.partners,
    current_days integer not null default 0,
    longest_days integer not null default 0,
    last_day date
);

create function private.count_day(owner uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    today date;
    streak public.streaks;
begin
    select (private.now() at time zone timezone)::date into today from public.partners where id = owner;
    insert into public.streaks as known (partner_id, current_days, longest_days, last_day) values (owner, 1, 1, today)
    on conflict (partner_id) do update
    set
        current_days = case
            when known.last_day = today then known.current_days
            when known.last_day = today - 1 then known.current_days + 1
            else 1
        end,
        longest_days = greatest(known.longest_days, case when known.last_day = today - 1 then known.current_days + 1 else 1 end),
        last_day = greatest(known.last_day, today)
    returning * into streak;
    if streak.current_days >= 7 then
        perform private.award(owner, 'week_streak');
    end if;
end;
$$;

-- What events earn. One trigger on the one place where everything is written down. When another transaction of the same
-- partner is rewarding at this moment, this one does not wait for it: private.catch_up_awards gives what was passed over.
create function private.reward_event() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.partner_id is null
        or new.type not in ('lead.created', 'lead.moved', 'deal.claimed', 'deal.verified', 'lesson.completed', 'certificate.issued')
        or not pg_try_advisory_xact_lock(hashtextextended('reward:' || new.partner_id::text, 0))
    then
        return null;
    end if;
    if new.type <> 'deal.verified' then
        perform private.count_day(new.partner_id);
    end if;
    case new.type
        when 'lead.created' then perform private.award(new.partner_id, 'first_lead');
        when 'deal.verified' then
            perform private.award(new.partner_id, 'first_win');
            if private.qualified_deals(new.partner_id) >= 10 then
                perform private.award(new.partner_id, 'ten_deals');
            end if;
        when 'certificate.issued' then perform private.award(new.partner_id, 'certified');
        else null;
    end case;
    return null;
end;
$$;

create function private.catch_up_awards() returns void
language sql volatile security definer set search_path = '' as $$
    select private.award(due.partner_id, due.badge)
    from (
        select distinct event.partner_id, case event.type
            when 'lead.created' then 'first_lead' when 'deal.verified' then 'first_win' else 'certified'
        end as badge
        from ops.events as event
        where event.type in ('lead.created', 'deal.verified', 'certificate.issued') and event.partner_id is not null
            and event.created_at > private.now() - interval '3 days'
    ) as due
    where not exists (
        select from public.achievements as known where known.partner_id = due.partner_id and known.badge_type = due.badge
    );
$$;

select cron.schedule('catch-up-awards', '23 * * * *', 'select private.catch_up_awards()');

create trigger reward_event after insert on ops.events for each row execute function private.reward_event();

create function public.get_leaderboard(
    period public.score_period default 'month', tier public.partner_tier default null, country text default null,
    own_team boolean default false, top integer default 50
) returns jsonb
language sql stable set search_path = '' as $$
    select private.get_leaderboard(period, tier, country, own_team, top);
$$;
create function public.join_challenge(challenge_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(entry) from private.join_challenge(challenge_id) as entry;
$$;

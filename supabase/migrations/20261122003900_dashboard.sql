-- The first screen in one call, and one's own rank.

-- How many stand above the caller at this moment. Counts over the division's index: tens of milliseconds with 100,000 partners,
-- so a screen shows the rank of the last snapshot and asks for this one only on demand.
create function private.my_exact_rank(wanted public.score_period) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select jsonb_build_object(
            'period', wanted, 'starts_on', mine.starts_on, 'points', mine.points, 'deals', mine.deals, 'as_of', private.now(),
            'rank', 1 + (
                select count(*) from public.leaderboard_scores as other
                where other.period = mine.period and other.starts_on = mine.starts_on and other.points > mine.points
            ) + (
                select count(*) from public.leaderboard_scores as other
                where other.period = mine.period and other.starts_on = mine.starts_on and other.points = mine.points
                    and (other.reached_at, other.partner_id) < (mine.reached_at, mine.partner_id)
            )
        )
        from public.leaderboard_scores as mine
        where mine.period = wanted and mine.starts_on = private.period_start(wanted, private.now())
            and mine.partner_id = private.me() and private.has_access()
    );
end;
$$;

create function public.my_exact_rank(period public.score_period) returns jsonb
language sql stable set search_path = '' as $$
    select private.my_exact_rank(period);
$$;

-- Everything that the dashboard shows above the fold: one round trip on a slow network.
create function private.get_dashboard() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select jsonb_build_object(
            'partner', jsonb_build_object('id', partner.id, 'name', partner.name, 'status', partner.status, 'avatar_path', partner.avatar_path),
            'tier', private.tier_status(),
            'earnings', private.earnings_summary(),
            'leads', (
                select jsonb_build_object(
                    'active', coalesce(sum(stage.leads) filter (where stage.status not in ('closed_won', 'closed_lost')), 0),
                    'by_stage', coalesce(jsonb_object_agg(stage.status, stage.leads), '{}')
                )
                from (
                    select lead.status, count(*) as leads
                    from public.leads as lead
                    where lead.partner_id = partner.id and lead.deleted_at is null
                    group by lead.status
                ) as stage
            ),
            'rank', (
                select jsonb_build_object(
                    'period', snapshot.period, 'rank', snapshot.rank, 'tier_rank', snapshot.tier_rank, 'points', snapshot.points,
                    'deals', snapshot.deals, 'as_of', snapshot.taken_at
                )
                from public.leaderboard_snapshots as snapshot
                where snapshot.period = 'month' and snapshot.partner_id = partner.id
                    and snapshot.starts_on = private.period_start('month', private.now())
            ),
            'unread_notifications', (
                select count(*) from public.notifications as notice where notice.partner_id = partner.id and not notice.read
            ),
            'as_of', private.now()
        )
        from public.partners as partner
        where partner.id = private.me() and private.has_access()
    );
end;
$$;

create function public.get_dashboard() returns jsonb
language sql stable set search_path = '' as $$
    select private.get_dashboard();
$$;

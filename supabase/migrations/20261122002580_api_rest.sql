-- What the PRD's list of endpoints still lacked: the chart of earnings and the performance of a team.

-- One row per month and currency, the oldest first, months without money included: {month, currency, earned, paid}. Months
-- begin in the partner's own time zone. Earned is what clients' payments brought, reversals taken off; paid is what left.
-- A partner's own money: nobody is too suspended to read it (F-17).
create function private.earnings_chart(months integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    zone text := (select timezone from public.partners where id = mine);
    this_month date := date_trunc('month', private.now() at time zone zone)::date;
    since timestamptz;
begin
    if months is null or months not between 1 and 36 then
        perform private.fail('22023', 'Choose 1 to 36 months.', 'range', 'months', null, '1-36');
    end if;
    since := (this_month - make_interval(months => months - 1)) at time zone zone;
    return (
        with amounts as (
            select line.currency, line.created_at as at, line.amount as earned, 0::bigint as paid
            from public.commissions as line
            where line.partner_id = mine and line.status not in ('estimated', 'settled')
            union all
            select payout.currency, payout.paid_at, 0, payout.amount
            from public.payouts as payout
            where payout.partner_id = mine and payout.status = 'paid'
        ),

        sums as (
            select
                amounts.currency, date_trunc('month', amounts.at at time zone zone)::date as month,
                sum(amounts.earned)::bigint as earned, sum(amounts.paid)::bigint as paid
            from amounts
            where amounts.at >= since
            group by 1, 2
        )

        select coalesce(jsonb_agg(jsonb_build_object(
            'month', shown.month, 'currency', known.currency,
            'earned', coalesce(sums.earned, 0), 'paid', coalesce(sums.paid, 0)
        ) order by known.currency, shown.month), '[]')
        from (select distinct amounts.currency from amounts) as known
        cross join (
            select (this_month - make_interval(months => step))::date as month from generate_series(0, months - 1) as step
        ) as shown
        left join sums on sums.currency = known.currency and sums.month = shown.month
    );
end;
$$;

create function public.earnings_chart(months integer default 12) returns jsonb
language sql stable set search_path = '' as $$
    select private.earnings_chart(months);
$$;

-- What the direct members have done since they joined, and what their deals have brought the leader. What a member earns
-- stays the member's business.
create function private.team_performance() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.require_reading_partner();
begin
    perform private.require_benefit('team.track');
    return (
        with performance as (
            select
                team.team_member_id as id, entry.name, entry.current_tier as tier, team.valid_from as member_since,
                team.override_percentage, won.qualified_deals, won.provisional_deals, won.deals_this_month, won.last_win_at,
                coalesce(scores.points_this_month, 0) as points_this_month, coalesce(scores.points, 0) as points,
                override.amounts as own_override
            from public.partner_teams as team
            join public.partner_directory as entry on entry.id = team.team_member_id
            cross join lateral (
                select
                    count(*) filter (where deal.status = 'verified') as qualified_deals,
                    count(*) filter (where deal.status = 'claimed') as provisional_deals,
                    count(*) filter (where deal.won_at >= date_trunc('month', private.now(), leader.timezone)) as deals_this_month,
                    max(deal.won_at) as last_win_at
                from public.deals as deal
                join public.partners as leader on leader.id = mine
                where deal.partner_id = team.team_member_id and deal.won_at >= team.valid_from
                    and deal.status in ('claimed', 'verified') and deal.disqualified_at is null
            ) as won
            cross join lateral (
                select
                    sum(score.points) filter (where score.period = 'month')::bigint as points_this_month,
                    sum(score.points) filter (where score.period = 'all')::bigint as points
                from public.leaderboard_scores as score
                where score.partner_id = team.team_member_id
                    and score.starts_on = private.period_start(score.period, private.now())
            ) as scores
            cross join lateral (
                select coalesce(jsonb_object_agg(sums.currency, sums.amount), '{}') as amounts
                from (
                    select line.currency, sum(line.amount)::bigint as amount
                    from public.commissions as line
                    join public.deals as deal on deal.id = line.deal_id
                    where line.partner_id = mine and deal.partner_id = team.team_member_id
                        and line.commission_type = 'team_override' and line.status not in ('estimated', 'settled')
                    group by line.currency
                ) as sums
            ) as override
            where team.team_leader_id = mine and team.valid_to is null
        )

        select jsonb_build_object(
            'members', coalesce(jsonb_agg(to_jsonb(performance) order by performance.points_this_month desc, performance.name), '[]'),
            'total', jsonb_build_object(
                'members', count(*), 'qualified_deals', coalesce(sum(performance.qualified_deals), 0),
                'deals_this_month', coalesce(sum(performance.deals_this_month), 0),
                'points_this_month', coalesce(sum(performance.points_this_month), 0)
            )
        )
        from performance
    );
end;
$$;

create function public.team_performance() returns jsonb
language sql stable set search_path = '' as $$
    select private.team_performance();
$$;

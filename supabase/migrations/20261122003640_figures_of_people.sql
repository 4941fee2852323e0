-- Figures of people: active, staying, leaving, advancing, trained.

-- Partners who were approved before the moment and are active now.
create view private.figure_partners with (security_invoker = true) as
select id, created_at, timezone, current_tier
from public.partners
where status = 'active' and created_at < private.figures_at();

-- The days of each active partner that count, and those on which they did something, in the partner's own time zone.
create view private.figure_partner_days with (security_invoker = true) as
select partner.id as partner_id, partner.first_day, partner.today, acted.days, acted.yesterday
from (
    select
        known.id,
        (private.figures_at() at time zone known.timezone)::date as today,
        greatest(
            (private.figures_at() at time zone known.timezone)::date - 28, (known.created_at at time zone known.timezone)::date + 1
        ) as first_day,
        known.timezone
    from private.figure_partners as known
) as partner
cross join lateral (
    select count(distinct done.day) as days, coalesce(bool_or(done.day = partner.today - 1), false) as yesterday
    from (
        select (action.at at time zone partner.timezone)::date as day
        from private.meaningful_actions as action
        where action.partner_id = partner.id
            and action.at >= partner.first_day::timestamp at time zone partner.timezone
            and action.at < partner.today::timestamp at time zone partner.timezone
    ) as done
) as acted
where partner.first_day < partner.today;

create view private.kpi_daily_active with (security_invoker = true) as
select
    'R-009' as requirement, figure.part, figure.numerator, figure.denominator,
    private.ratio(figure.numerator, figure.denominator) as value, 0::bigint as left_out,
    case when figure.part = 'yesterday' then lower(private.figure_days(1)) else lower(private.figure_days(28)) end as window_from,
    upper(private.figure_days(28)) as window_to
from (
    select coalesce(sum(days), 0) as days, coalesce(sum(today - first_day), 0) as possible,
        count(*) filter (where yesterday) as yesterday, count(*) filter (where days > 0) as month, count(*) as partners
    from private.figure_partner_days
) as counted
cross join lateral (values
    ('all', counted.days, counted.possible::numeric),
    ('yesterday', counted.yesterday::numeric, counted.partners::numeric),
    ('DAU/MAU', counted.days, 28.0 * counted.month)
) as figure (part, numerator, denominator);

comment on view private.kpi_daily_active is
'R-009 (A-31). Numerator: days on which an active partner did something meaningful (private.meaningful_actions). Denominator: '
'days that active partners had; a partner''s first day is the one after approval. Window: the last 28 complete days. Time '
'zone: each partner''s own. Part yesterday: partners active on the last complete day, of all active partners. Part DAU/MAU: '
'the same active days, of 28 for each partner who was active at least once in them. Suspended, paused and former partners are '
'not counted.';

create view private.kpi_partners with (security_invoker = true) as
select
    'R-010' as requirement, coalesce(tier.tier::text, 'all') as part, count(partner.id)::numeric as numerator, null::numeric as denominator,
    count(partner.id)::numeric as value, 0::bigint as left_out, private.figures_at() as window_from, private.figures_at() as window_to
from public.tier_definitions as tier
left join private.figure_partners as partner on partner.current_tier = tier.tier
group by rollup (tier.tier);

comment on view private.kpi_partners is
'R-010. Numerator and value: active partners, in all and per tier. No denominator. Window: the moment itself. The load that so '
'many partners make is measured by scripts/bench.';

-- Partners who joined so long before the window that the mark of theirs lies in it, and whether they were there at their mark.
create function private.retention(mark interval) returns table (
    numerator numeric, denominator numeric, window_from timestamptz, window_to timestamptz
)
language sql stable security definer set search_path = '' as $$
    select
        count(*) filter (where private.was_there(partner.id, partner.created_at + mark))::numeric, count(partner.id)::numeric,
        lower(period.days), upper(period.days)
    from (select private.figure_days(90) as days) as period
    left join public.partners as partner
        on partner.created_at + mark >= lower(period.days) and partner.created_at + mark < upper(period.days)
        and partner.status not in ('invited', 'pending')
    group by period.days;
$$;

create view private.kpi_retention_30_days with (security_invoker = true) as
select
    'R-021' as requirement, 'all' as part, cohort.numerator, cohort.denominator,
    private.ratio(cohort.numerator, cohort.denominator) as value, 0::bigint as left_out, cohort.window_from, cohort.window_to
from private.retention(interval '720 hours') as cohort;

comment on view private.kpi_retention_30_days is
'R-021 (A-30). Denominator: everybody whose 30th day as a partner (720 hours after approval) fell into the window, whatever '
'became of them. Numerator: those who were there then: not left, and a meaningful action in the 30 days before. Window: the '
'last 90 complete days. Time zone: UTC.';

create view private.kpi_retention_90_days with (security_invoker = true) as
select
    'R-022' as requirement, 'all' as part, cohort.numerator, cohort.denominator,
    private.ratio(cohort.numerator, cohort.denominator) as value, 0::bigint as left_out, cohort.window_from, cohort.window_to
from private.retention(interval '2160 hours') as cohort;

comment on view private.kpi_retention_90_days is
'R-022 (A-30: 90 % is the goal, 75 % the floor). Denominator: everybody whose 90th day as a partner (2,160 hours after '
'approval) fell into the window, whatever became of them. Numerator: those who were there then: not left, and a meaningful '
'action in the 30 days before. Window: the last 90 complete days. Time zone: UTC.';

create view private.kpi_retention_3_months with (security_invoker = true) as
select
    'R-012' as requirement, 'all' as part, cohort.numerator, cohort.denominator,
    private.ratio(cohort.numerator, cohort.denominator) as value, 0::bigint as left_out, cohort.window_from, cohort.window_to
from private.retention(interval '2160 hours') as cohort;

comment on view private.kpi_retention_3_months is
'R-012 (A-30: 90 % is the goal, 75 % the floor). The same measurement as R-022: three months are 90 days. Denominator: '
'everybody whose 90th day as a partner fell into the window. Numerator: those who were there then. Window: the last 90 complete '
'days. Time zone: UTC.';

create view private.kpi_elite_retention with (security_invoker = true) as
select
    'R-024' as requirement, 'all' as part, figure.numerator, figure.denominator,
    private.ratio(figure.numerator, figure.denominator) as value, 0::bigint as left_out,
    lower(figure.days) as window_from, upper(figure.days) as window_to
from (
    select
        period.days, count(spell.id)::numeric as denominator,
        count(spell.id) filter (where private.was_there(spell.partner_id, upper(period.days)) and exists (
            select from public.partner_tier_history as later
            where later.partner_id = spell.partner_id and later.tier = 'elite' and later.valid_from < upper(period.days)
                and (later.valid_to is null or later.valid_to >= upper(period.days))
        ))::numeric as numerator
    from (select private.figure_days(90) as days) as period
    left join public.partner_tier_history as spell
        on spell.tier = 'elite' and spell.valid_from < lower(period.days)
        and (spell.valid_to is null or spell.valid_to >= lower(period.days))
        and not exists (
            select from public.partners as former
            where former.id = spell.partner_id and former.status = 'terminated'
                and coalesce(former.status_changed_at, '-infinity') < lower(period.days)
        )
    group by period.days
) as figure;

comment on view private.kpi_elite_retention is
'R-024. Denominator: partners who were Elite when the window began (tier history) and had not left. Numerator: those who at its '
'end were still Elite and there (not left, a meaningful action in the last 30 days). Window: the last 90 complete days. Time '
'zone: UTC.';

create view private.kpi_churn with (security_invoker = true) as
select
    'R-025' as requirement, 'all' as part, figure.numerator, figure.denominator,
    private.ratio(figure.numerator, figure.denominator) as value, 0::bigint as left_out,
    lower(figure.days) as window_from, upper(figure.days) as window_to
from (
    select
        period.days, count(partner.id)::numeric as denominator,
        count(partner.id) filter (where not private.was_there(partner.id, upper(period.days)))::numeric as numerator
    from (select private.figure_quarter() as days) as period
    left join public.partners as partner
        on partner.created_at < lower(period.days) and private.was_there(partner.id, lower(period.days))
    group by period.days
) as figure;

comment on view private.kpi_churn is
'R-025 (A-30). Denominator: partners who were there when the quarter began: not left, a meaningful action in the 30 days before. '
'Numerator: those of them who were not there when it ended: left, or no meaningful action in its last 30 days. Suspended '
'partners are no exception. Window: the last complete calendar quarter. Time zone: UTC.';

create view private.kpi_tier_advancement with (security_invoker = true) as
with promotions as (
    select earlier.tier, extract(epoch from spell.valid_from - earlier.valid_from) / 86400 as days
    from public.partner_tier_history as spell
    cross join lateral (
        select known.tier, known.valid_from
        from public.partner_tier_history as known
        where known.partner_id = spell.partner_id and known.valid_from < spell.valid_from
        order by known.valid_from desc
        limit 1
    ) as earlier
    where spell.kind = 'promotion'
        and spell.valid_from >= lower(private.figure_days(365)) and spell.valid_from < upper(private.figure_days(365))
),

waiting as (
    select spell.tier, count(*) as partners
    from public.partner_tier_history as spell
    join private.figure_partners as partner on partner.id = spell.partner_id
    where spell.tier <> 'elite' and spell.valid_from < private.figures_at() - interval '2160 hours'
        and (spell.valid_to is null or spell.valid_to >= private.figures_at())
    group by spell.tier
)

select
    'R-023' as requirement, coalesce(tier.tier::text, 'all') as part,
    round(sum(done.days), 2) as numerator, sum(done.count)::numeric as denominator,
    private.ratio(sum(done.days), sum(done.count), 1) as value, coalesce(sum(waiting.partners), 0)::bigint as left_out,
    lower(private.figure_days(365)) as window_from, upper(private.figure_days(365)) as window_to
from public.tier_definitions as tier
cross join lateral (
    select coalesce(sum(each.days), 0) as days, count(*) as count from promotions as each where each.tier = tier.tier
) as done
left join waiting on waiting.tier = tier.tier
where tier.tier <> 'elite'
group by rollup (tier.tier);

comment on view private.kpi_tier_advancement is
'R-023. Numerator: days from the change into the tier before to the promotion out of it. Denominator: promotions. Per tier that '
'was left, and in all. Window: promotions of the last 365 complete days. Time zone: UTC. left_out: active partners who have '
'been in their present tier for more than 90 days: they are not in the average until they advance.';

create view private.kpi_training_completion with (security_invoker = true) as
select
    'R-020' as requirement, 'all' as part, figure.numerator, figure.denominator,
    private.ratio(figure.numerator, figure.denominator) as value, figure.left_out,
    private.figures_at() as window_from, private.figures_at() as window_to
from (
    select
        count(*) filter (where partner.known_for_30_days and partner.certified)::numeric as numerator,
        count(*) filter (where partner.known_for_30_days)::numeric as denominator,
        count(*) filter (where not partner.known_for_30_days) as left_out
    from (
        select
            known.created_at <= private.figures_at() - interval '720 hours' as known_for_30_days,
            (
                select count(*) > 0 from public.certificates as held
                where held.partner_id = known.id and held.track = 'core' and held.issued_at <= private.figures_at()
                    and held.expires_at > private.figures_at()
                    and (held.revoked_at is null or held.revoked_at > private.figures_at())
            ) as certified
        from private.figure_partners as known
    ) as partner
) as figure;

comment on view private.kpi_training_completion is
'R-020. Denominator: active partners for at least 30 days. Numerator: those with a valid certificate of the core track. Window: '
'the moment itself. Time zone: none needed. left_out: active partners who joined less than 30 days ago.';

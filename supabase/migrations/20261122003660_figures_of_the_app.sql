-- Figures of the app: where it runs, how long, what is used, what arrives, whether it is up. docs/figures.md says what is
-- recorded; who objected is in no figure.

create view private.kpi_mobile_share with (security_invoker = true) as
select
    'R-011' as requirement, 'all' as part, count(used.id) filter (where used.device in ('phone', 'tablet'))::numeric as numerator,
    count(used.id)::numeric as denominator,
    private.ratio(count(used.id) filter (where used.device in ('phone', 'tablet')), count(used.id)) as value, 0::bigint as left_out,
    lower(period.days) as window_from, upper(period.days) as window_to
from (select private.figure_days(30) as days) as period
left join public.usage_events as used
    on used.kind = 'feature' and used.occurred_at >= lower(period.days) and used.occurred_at < upper(period.days)
group by period.days;

comment on view private.kpi_mobile_share is
'R-011. Denominator: uses of a feature (not opens, A-31). Numerator: those on a phone or tablet. Window: the last 30 complete '
'days. Time zone: UTC.';

create view private.kpi_installs with (security_invoker = true) as
select
    'R-017' as requirement, 'all' as part, count(*) filter (where seen.installed)::numeric as numerator,
    count(*) filter (where seen.known)::numeric as denominator,
    private.ratio(count(*) filter (where seen.installed), count(*) filter (where seen.known)) as value,
    count(*) filter (where not seen.known) as left_out, lower(period.days) as window_from, upper(period.days) as window_to
from (select private.figure_days(90) as days) as period
left join lateral (
    select
        count(used.id) > 0 as known, coalesce(bool_or(used.kind = 'installed' or used.display = 'standalone'), false) as installed
    from private.figure_partners as partner
    left join public.usage_events as used
        on used.partner_id = partner.id and used.occurred_at >= lower(period.days) and used.occurred_at < upper(period.days)
    group by partner.id
) as seen on true
group by period.days;

comment on view private.kpi_installs is
'R-017. Denominator: active partners whose app told anything in the window. Numerator: those whose browser reported the '
'installation or who used the app standing alone. Window: the last 90 complete days. Time zone: UTC. left_out: active partners '
'of whom nothing is known: never there, or they do not want to be counted.';

create view private.kpi_session_length with (security_invoker = true) as
select
    'R-018' as requirement, 'all' as part, round(coalesce(sum(used.seconds), 0) / 60.0, 2) as numerator,
    count(used.id) filter (where used.kind = 'opened')::numeric as denominator,
    private.ratio(coalesce(sum(used.seconds), 0) / 60.0, count(used.id) filter (where used.kind = 'opened'), 2) as value,
    0::bigint as left_out, lower(period.days) as window_from, upper(period.days) as window_to
from (select private.figure_days(30) as days) as period
left join public.usage_events as used
    on used.kind in ('opened', 'foreground') and used.occurred_at >= lower(period.days) and used.occurred_at < upper(period.days)
group by period.days;

comment on view private.kpi_session_length is
'R-018. Numerator: minutes in the foreground. Denominator: sessions, that is openings; back after half an hour is a new one. No '
'session has an id: only the sums are kept apart. Window: the last 30 complete days. Time zone: UTC.';

-- The features whose use the app reports; a page that begins to report another adds its row.
create table private.measured_features (
    benefit text primary key references public.tier_benefits on update cascade on delete cascade
);

insert into private.measured_features (benefit) values
('dashboard.earnings'), ('dashboard.milestone'), ('tracker.earnings'), ('tracker.payments'), ('app.notifications'),
('leads.pipeline');

create view private.feature_adoption with (security_invoker = true) as
select
    benefit.key as benefit, partner.current_tier as tier, count(*) as partners,
    count(*) filter (where exists (
        select from public.usage_events as used
        where used.partner_id = partner.id and used.kind = 'feature' and used.feature = benefit.key
            and used.occurred_at >= lower(period.days) and used.occurred_at < upper(period.days)
    )) as using_it
from (select private.figure_days(30) as days) as period
cross join private.measured_features as measured
join public.tier_benefits as benefit on benefit.key = measured.benefit
join private.figure_partners as partner on partner.current_tier >= benefit.tier
where exists (
    select from public.usage_events as known
    where known.partner_id = partner.id and known.occurred_at >= lower(period.days) and known.occurred_at < upper(period.days)
)
group by benefit.key, partner.current_tier;

comment on view private.feature_adoption is
'Behind R-019: for each measured feature and tier, how many partners have it and how many used it in the last 30 complete days (UTC).';

create view private.kpi_feature_adoption with (security_invoker = true) as
select
    'R-019' as requirement, coalesce(tier.tier::text, 'all') as part, coalesce(sum(adopted.using_it), 0) as numerator,
    coalesce(sum(adopted.partners), 0) as denominator, private.ratio(sum(adopted.using_it), sum(adopted.partners)) as value,
    0::bigint as left_out, lower(private.figure_days(30)) as window_from, upper(private.figure_days(30)) as window_to
from public.tier_definitions as tier
left join private.feature_adoption as adopted on adopted.tier = tier.tier
group by grouping sets ((), (tier.tier));

comment on view private.kpi_feature_adoption is
'R-019. Denominator: pairs of an active partner and a measured feature that the partner''s tier includes; partners of whom '
'nothing is known in the window are left out. Numerator: pairs in which the partner used the feature. In all and per tier of the '
'partner; private.feature_adoption shows each feature. Window: the last 30 complete days. Time zone: UTC.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Push receipts per platform (R-028, A-27). The subscription of a dead device is deleted, so its platform is kept here.
-- ---------------------------------------------------------------------------------------------------------------------
alter table ops.push_deliveries
add column platform text not null default 'unknown' check (platform in ('ios', 'android', 'desktop', 'unknown'));

create index push_deliveries_at on ops.push_deliveries (at);

create function private.push_platform(agent text) returns text
language sql immutable set search_path = '' as $$
    select case
        when coalesce(agent, '') = '' then 'unknown'
        when agent ~* '(iphone|ipad|ipod)' then 'ios'
        when agent ~* 'android' then 'android'
        else 'desktop'
    end;
$$;

create function private.keep_push_platform() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.platform := coalesce((
        select private.push_platform(user_agent) from public.push_subscriptions where id = new.subscription_id
    ), 'unknown');
    return new;
end;
$$;

create trigger keep_push_platform before insert on ops.push_deliveries
for each row execute function private.keep_push_platform();

create view private.kpi_push_delivery with (security_invoker = true) as
select
    'R-028' as requirement, coalesce(kind.platform, 'all') as part,
    count(told.at) filter (where told.outcome = 'accepted')::numeric as numerator, count(told.at)::numeric as denominator,
    private.ratio(count(told.at) filter (where told.outcome = 'accepted'), count(told.at)) as value, 0::bigint as left_out,
    lower(private.figure_days(30)) as window_from, upper(private.figure_days(30)) as window_to
from (values ('ios'), ('android'), ('desktop'), ('unknown')) as kind (platform)
left join ops.push_deliveries as told
    on told.platform = kind.platform and told.at >= lower(private.figure_days(30)) and told.at < upper(private.figure_days(30))
group by grouping sets ((), (kind.platform));

comment on view private.kpi_push_delivery is
'R-028 (A-27). Denominator: pushes that a push service answered. Numerator: those it accepted; "gone" and "refused" count as '
'not delivered. In all and per platform. Whether the device showed it, no push service tells. Window: the last 30 complete days. '
'Time zone: UTC.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Uptime (R-030).
-- ---------------------------------------------------------------------------------------------------------------------
create view private.kpi_uptime with (security_invoker = true) as
with running as (
    select 'database' as part
    union distinct
    select worker from ops.topics
),

parts as (
    select known.part, min(beat.minute) as since
    from running as known
    join ops.heartbeats as beat on beat.part = known.part
    group by known.part
),

period as (
    select private.figure_days(30) as days
),

expected as (
    select parts.part, greatest(parts.since, lower(period.days)) as since, upper(period.days) as until
    from parts
    cross join period
    where parts.since < upper(period.days)
),

alive as (
    select beat.minute, count(*) as parts
    from expected
    join ops.heartbeats as beat on beat.part = expected.part and beat.minute >= expected.since and beat.minute < expected.until
    group by beat.minute
),

minutes as (
    select
        coalesce(extract(epoch from max(expected.until) - min(expected.since)) / 60, 0) as possible,
        (
            select count(*) from alive
            where alive.parts = (select count(*) from expected as due where due.since <= alive.minute)
        ) as up
    from expected
),

each_part as (
    select
        expected.part, count(beat.minute)::numeric as up, extract(epoch from expected.until - expected.since) / 60 as possible
    from expected
    left join ops.heartbeats as beat on beat.part = expected.part and beat.minute >= expected.since and beat.minute < expected.until
    group by expected.part, expected.since, expected.until
)

select
    'R-030' as requirement, figure.part, figure.up as numerator, round(figure.possible) as denominator,
    private.ratio(figure.up, figure.possible, 5) as value, 0::bigint as left_out,
    lower(private.figure_days(30)) as window_from, upper(private.figure_days(30)) as window_to
from (
    select 'all' as part, up::numeric as up, possible from minutes
    union all
    select part, up, possible from each_part
) as figure;

comment on view private.kpi_uptime is
'R-030. Numerator: minutes in which every part was alive: the database by its cron, each worker by asking for work through the '
'gateway (ops.heartbeats). Denominator: minutes since the first heartbeat of any part, in the window. Then the same per part. '
'Window: the last 30 complete days. Time zone: UTC. A stop for maintenance counts as down.';

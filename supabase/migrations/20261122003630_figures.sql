-- What the figures (private.kpi_…) have in common: the moment they are for, their windows, what counts as activity.
--
-- Every figure is a view with the columns requirement, part, numerator, denominator, value, left_out, window_from, window_to.
-- Windows are half open (from ≤ t < to), end with the last complete day, month or quarter, and are in UTC unless the view's
-- comment says otherwise. Without a denominator the value is null. left_out says how much could not be counted.

-- The moment the figures are for: now, or what private.kpi_report was asked for.
create function private.figures_at() returns timestamptz
language sql stable set search_path = '' as $$
    select coalesce(nullif(current_setting('siso.figures_at', true), '')::timestamptz, private.now());
$$;

-- The last complete days in UTC. Hours, not days: a session in another time zone must not see another window.
create function private.figure_days(days integer) returns tstzrange
language sql stable set search_path = '' as $$
    select tstzrange(today - make_interval(hours => 24 * days), today)
    from (select date_trunc('day', private.figures_at(), 'UTC') as today) as at;
$$;

create function private.figure_months(months integer) returns tstzrange
language sql stable set search_path = '' as $$
    select tstzrange((month - make_interval(months => months)) at time zone 'UTC', month at time zone 'UTC')
    from (select date_trunc('month', private.figures_at() at time zone 'UTC') as month) as at;
$$;

create function private.figure_quarter() returns tstzrange
language sql stable set search_path = '' as $$
    select tstzrange((quarter - interval '3 months') at time zone 'UTC', quarter at time zone 'UTC')
    from (select date_trunc('quarter', private.figures_at() at time zone 'UTC') as quarter) as at;
$$;

-- Null without a denominator; never a division by zero.
create function private.ratio(numerator numeric, denominator numeric, places integer default 4) returns numeric
language sql immutable set search_path = '' as $$
    select round(numerator / nullif(denominator, 0), places);
$$;

-- A-31: what counts as being active. Each of these moves a sale on, learns, or helps a colleague. Opening the app, reading,
-- reacting and being notified do not count.
create view private.meaningful_actions with (security_invoker = true) as
select partner_id, created_at as at, 'lead' as kind from public.leads
union all
select partner_id, created_at, 'activity' from public.lead_activities
union all
select partner_id, done_at, 'task' from public.tasks where done_at is not null
union all
select partner_id, won_at, 'deal' from public.deals
union all
select partner_id, completed_at, 'lesson' from public.lesson_progress where completed_at is not null
union all
select partner_id, submitted_at, 'quiz' from public.quiz_attempts where submitted_at is not null
union all
select partner_id, created_at, 'message' from public.chat_messages where partner_id is not null
union all
select partner_id, downloaded_at, 'material' from public.asset_downloads
union all
select rsvp.partner_id, event.starts_at, 'event'
from public.event_rsvps as rsvp
join public.events as event on event.id = rsvp.event_id
where rsvp.status = 'attended';

-- A-30: a partner is there at a moment when they have not left by then and did something meaningful in the 30 days before
-- it (not counting what happened at the moment itself or later). A suspended partner can do nothing and is gone after 30 days.
create function private.was_there(owner uuid, moment timestamptz) returns boolean
language sql stable security definer set search_path = '' as $$
    select not exists (
        select from public.partners
        where id = owner and status = 'terminated' and coalesce(status_changed_at, '-infinity') < moment
    ) and exists (
        select from private.meaningful_actions
        where partner_id = owner and at >= moment - interval '720 hours' and at < moment
    );
$$;

-- Money that clients paid for deals of partners, when it cleared, less what went back to them, when it went.
create view private.partner_cash with (security_invoker = true) as
select payment.deal_id, deal.partner_id, payment.currency, payment.amount::numeric as amount, payment.cleared_at as at
from public.client_payments as payment
join public.deals as deal on deal.id = payment.deal_id
union all
select refund.deal_id, deal.partner_id, refund.currency, -refund.amount::numeric, refund.refunded_at
from public.client_refunds as refund
join public.deals as deal on deal.id = refund.deal_id;

-- What is aimed for, edited in Studio. A goal is what we want; below the floor somebody has to act (A-30).
create table private.figure_goals (
    requirement text not null check (requirement ~ '^R-[0-9]{3}$'),
    part text not null default 'all',
    title text not null check (length(title) between 1 and 120),
    unit text not null check (unit in ('share', 'minor units', 'of 5', 'minutes', 'days', 'partners')),
    goal numeric not null,
    floor numeric,
    lower_is_better boolean not null default false,
    strict boolean not null default false, -- exactly the goal is not enough ("less than")
    primary key (requirement, part)
);

insert into private.figure_goals (requirement, part, title, unit, goal, floor, lower_is_better, strict) values
('R-008', 'USD', 'Company revenue that partners bring', 'share', 0.60, null, false, false),
('R-009', 'all', 'Partner-days with a meaningful action', 'share', 0.80, null, false, false),
('R-010', 'all', 'Active partners', 'partners', 500, null, false, false),
('R-011', 'all', 'Uses of the app on a phone or tablet', 'share', 0.90, null, false, false),
('R-012', 'all', 'Still there after three months', 'share', 0.90, 0.75, false, false),
('R-013', 'USD', 'Revenue from partners per month', 'minor units', 5000000, null, false, false),
('R-014', 'USD', 'Average deal', 'minor units', 150000, null, false, false),
('R-015', 'all', 'Leads that become a deal', 'share', 0.15, null, false, false),
('R-016', 'all', 'Satisfaction of partners', 'of 5', 4.5, null, false, false),
('R-017', 'all', 'Partners with the app installed', 'share', 0.95, null, false, false),
('R-018', 'all', 'Minutes per session', 'minutes', 15, null, false, false),
('R-019', 'all', 'Tier features in use', 'share', 0.75, null, false, false),
('R-020', 'all', 'Core training completed', 'share', 0.90, null, false, false),
('R-021', 'all', 'Still there after 30 days', 'share', 0.85, null, false, false),
('R-022', 'all', 'Still there after 90 days', 'share', 0.90, 0.75, false, false),
('R-023', 'all', 'Days until a promotion', 'days', 90, null, true, true),
('R-024', 'all', 'Elite partners who stay', 'share', 0.95, null, false, false),
('R-025', 'all', 'Partners lost in a quarter', 'share', 0.10, null, true, true),
('R-028', 'all', 'Pushes that the service accepted', 'share', 0.95, null, false, false),
('R-030', 'all', 'Uptime', 'share', 0.999, null, false, false);

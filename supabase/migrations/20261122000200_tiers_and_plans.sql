-- Tiers and commission plans are data. A plan is never edited: a change is a new version with its own first day.

create type public.partner_tier as enum ('starter', 'active', 'performer', 'elite');

create table public.tier_definitions (
    tier public.partner_tier primary key,
    label text not null,
    colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
    position smallint not null unique,
    min_qualified_deals integer not null check (min_qualified_deals >= 0), -- A-01
    typical_days_from integer not null, -- shown, never enforced (A-06)
    typical_days_to integer
);

insert into public.tier_definitions
(tier, label, colour, position, min_qualified_deals, typical_days_from, typical_days_to) values
('starter', 'Starter', '#80848e', 1, 0, 0, 60),
('active', 'Active', '#23a55a', 2, 3, 60, 120),
('performer', 'Performer', '#5865f2', 3, 10, 120, 180),
('elite', 'Elite', '#f0b232', 4, 25, 180, null);

create table public.commission_plans (
    id uuid primary key default gen_random_uuid(),
    version integer not null unique check (version > 0),
    effective_from timestamptz not null unique,
    reason text not null,
    created_at timestamptz not null default private.now()
);

create table public.commission_plan_rates (
    plan_id uuid not null references public.commission_plans,
    tier public.partner_tier not null references public.tier_definitions,
    base_bp integer not null check (base_bp between 0 and 10000),
    clearing_days integer not null check (clearing_days >= 0), -- A-20
    primary key (plan_id, tier)
);

-- The currencies we deal in, with their smallest payout in minor units (A-20). minor_digits is ISO 4217's: a yen has none.
-- `yardstick` is what 50.00 US dollars are there, roughly: limits and thresholds that are set in one currency stand in this
-- proportion in another, whatever the smallest payouts become.
create table public.payout_minimums (
    currency char(3) primary key check (currency ~ '^[A-Z]{3}$'),
    amount bigint not null check (amount > 0),
    minor_digits smallint not null default 2 check (minor_digits between 0 and 4),
    yardstick bigint not null check (yardstick > 0)
);

insert into public.payout_minimums (currency, amount, minor_digits, yardstick) values
('USD', 5000, 2, 5000), ('EUR', 5000, 2, 5000), ('GBP', 5000, 2, 5000), ('CAD', 7000, 2, 7000), ('AUD', 7500, 2, 7500),
('NZD', 8000, 2, 8000), ('CHF', 5000, 2, 5000), ('SEK', 50000, 2, 50000), ('NOK', 50000, 2, 50000), ('DKK', 35000, 2, 35000),
('PLN', 20000, 2, 20000), ('CZK', 120000, 2, 120000), ('SGD', 7000, 2, 7000), ('HKD', 40000, 2, 40000), ('JPY', 7500, 0, 7500);

with plan as (
    insert into public.commission_plans (version, effective_from, reason)
    values (1, '2025-01-01T00:00:00Z', 'first plan')
    returning id
)

insert into public.commission_plan_rates (plan_id, tier, base_bp, clearing_days)
select plan.id, rate.tier::public.partner_tier, rate.base_bp, rate.clearing_days
from plan
cross join (values ('starter', 2000, 30), ('active', 2200, 30), ('performer', 2500, 14), ('elite', 3000, 7))
    as rate (tier, base_bp, clearing_days);

create index on public.commission_plan_rates (tier);

-- The plan in force now.
create function private.current_plan() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select id from public.commission_plans where effective_from <= private.now() order by effective_from desc limit 1
    );
end;
$$;

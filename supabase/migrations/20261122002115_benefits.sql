-- What each tier unlocks, as data. Benefits are cumulative (A-13): a tier has its own and all of the tiers below.

create table public.tier_benefits (
    key text primary key check (key ~ '^[a-z_]+(\.[a-z_]+)*$'), -- what features ask for
    tier public.partner_tier not null references public.tier_definitions,
    position smallint not null,
    title text not null check (length(title) between 1 and 120),
    area text not null check (area in ('pay', 'dashboard', 'training', 'materials', 'leads', 'support', 'team', 'brand', 'growth')),
    requirement text check (requirement ~ '^R-[0-9]{3}$'),
    unique (tier, position)
);

comment on table public.tier_benefits is 'Edited in Studio. Moving a row to another tier opens or closes the feature for that tier.';

insert into public.tier_benefits (tier, position, key, title, area, requirement) values
('starter', 1, 'commission.base', 'Base commission', 'pay', 'R-055'),
('starter', 2, 'dashboard.earnings', 'Dashboard: earnings', 'dashboard', 'R-057'),
('starter', 3, 'dashboard.referrals', 'Dashboard: referrals sent', 'dashboard', 'R-058'),
('starter', 4, 'dashboard.milestone', 'Dashboard: next milestone', 'dashboard', 'R-059'),
('starter', 5, 'training.overview', 'Core training: SISO overview', 'training', 'R-060'),
('starter', 6, 'training.sales', 'Core training: sales fundamentals', 'training', 'R-061'),
('starter', 7, 'training.certification', 'Core training: certification', 'training', 'R-062'),
('starter', 8, 'materials.deck', 'Basic deck', 'materials', 'R-063'),
('starter', 9, 'materials.case_study', 'Case study', 'materials', 'R-064'),
('starter', 10, 'materials.faq_sheet', 'FAQ sheet', 'materials', 'R-065'),
('starter', 11, 'tracker.earnings', 'Commission tracker: live earnings', 'pay', 'R-066'),
('starter', 12, 'tracker.payments', 'Commission tracker: payment status', 'pay', 'R-067'),
('starter', 13, 'support.faq', 'FAQ database', 'support', 'R-068'),
('starter', 14, 'support.chat', 'Business-hours chat support', 'support', 'R-069'),
('starter', 15, 'app.notifications', 'Mobile app with notifications', 'dashboard', 'R-070'),
('active', 1, 'commission.referral', 'Referral bonus for recruiting partners', 'pay', 'R-074'),
('active', 2, 'materials.industry_decks', 'Industry decks', 'materials', 'R-076'),
('active', 3, 'materials.roi_calculator', 'ROI calculator', 'materials', 'R-077'),
('active', 4, 'materials.videos', 'Videos', 'materials', 'R-078'),
('active', 5, 'leads.scoring', 'Lead CRM: scoring', 'leads', 'R-079'),
('active', 6, 'leads.templates', 'Lead CRM: templates', 'leads', 'R-080'),
('active', 7, 'leads.pipeline', 'Lead CRM: pipeline tracking', 'leads', 'R-081'),
('active', 8, 'support.priority_email', 'Priority e-mail support, answer in 4 hours', 'support', 'R-082'),
('active', 9, 'support.office_hours', 'Weekly office hours', 'support', 'R-083'),
('active', 10, 'referral.recruiting', 'Referral link for new partners', 'growth', 'R-084'),
('active', 11, 'analytics.conversion', 'Analytics: conversion rates', 'dashboard', 'R-085'),
('active', 12, 'analytics.pipeline', 'Analytics: pipeline health', 'dashboard', 'R-086'),
('active', 13, 'chat.private_channels', 'Private channels', 'support', 'R-087'),
('active', 14, 'tier.tracker', 'Progress tracker to the next tier', 'dashboard', 'R-088'),
('performer', 1, 'commission.team_override', 'Team override', 'pay', 'R-091'),
('performer', 2, 'team.recruit', 'Team dashboard: recruit', 'team', 'R-094'),
('performer', 3, 'team.track', 'Team dashboard: track', 'team', 'R-095'),
('performer', 4, 'team.override_calculator', 'Team dashboard: override calculator', 'team', 'R-096'),
('performer', 5, 'white_label.presentations', 'Co-branded presentations', 'brand', 'R-097'),
('performer', 6, 'white_label.demos', 'Custom demos', 'brand', 'R-098'),
('performer', 7, 'support.strategy_calls', 'Monthly 1:1 strategy calls', 'support', 'R-099'),
('performer', 8, 'support.account_manager', 'Dedicated account manager', 'support', 'R-100'),
('performer', 9, 'beta.previews', 'Beta features: early previews', 'growth', 'R-101'),
('performer', 10, 'beta.feedback', 'Beta features: product feedback', 'growth', 'R-102'),
('performer', 11, 'proposals.templates', 'Custom proposal templates', 'materials', 'R-103'),
('performer', 12, 'pricing.enterprise', 'Enterprise pricing', 'materials', 'R-104'),
('performer', 13, 'team.hub_recruiting', 'Team hub: recruitment tools', 'team', 'R-105'),
('performer', 14, 'team.hub_training', 'Team hub: training', 'team', 'R-106'),
('performer', 15, 'team.hub_leaderboards', 'Team hub: leaderboards', 'team', 'R-107'),
('performer', 16, 'branding.logo', 'Custom branding: logo', 'brand', 'R-108'),
('performer', 17, 'branding.pages', 'Custom branding: personalised pages', 'brand', 'R-109'),
('performer', 18, 'analytics.team', 'Advanced team analytics', 'team', 'R-110'),
('performer', 19, 'intelligence.competitive', 'Competitive intelligence', 'growth', 'R-111'),
('elite', 1, 'commission.custom', 'Custom deals', 'pay', 'R-115'),
('elite', 2, 'co_marketing.webinars', 'Co-marketing: webinars', 'growth', 'R-118'),
('elite', 3, 'co_marketing.pr', 'Co-marketing: press', 'growth', 'R-119'),
('elite', 4, 'co_marketing.speaking', 'Co-marketing: speaking', 'growth', 'R-120'),
('elite', 5, 'deals.negotiated', 'Custom deal structures: negotiated rates', 'pay', 'R-121'),
('elite', 6, 'deals.enterprise', 'Custom deal structures: enterprise', 'pay', 'R-122'),
('elite', 7, 'deals.volume', 'Custom deal structures: volume', 'pay', 'R-123'),
('elite', 8, 'strategic.ventures', 'Strategic partnerships: joint ventures', 'growth', 'R-124'),
('elite', 9, 'strategic.equity', 'Strategic partnerships: equity opportunities', 'growth', 'R-125'),
('elite', 10, 'support.founder_line', 'Direct line to the founder', 'support', 'R-126'),
('elite', 11, 'support.vip_manager', 'VIP manager', 'support', 'R-127'),
('elite', 12, 'council.roadmap', 'Leadership council: roadmap votes', 'growth', 'R-128'),
('elite', 13, 'council.advisory', 'Leadership council: advisory board', 'growth', 'R-129'),
('elite', 14, 'revenue.large_accounts', 'Revenue sharing: large accounts', 'pay', 'R-130'),
('elite', 15, 'revenue.equity', 'Revenue sharing: equity participation', 'pay', 'R-131'),
('elite', 16, 'executive.insights', 'Executive dashboard: business insights', 'dashboard', 'R-132'),
('elite', 17, 'executive.trends', 'Executive dashboard: market trends', 'dashboard', 'R-133'),
('elite', 18, 'campaigns.planning', 'Campaign manager: co-marketing planning', 'growth', 'R-134'),
('elite', 19, 'campaigns.lead_sharing', 'Campaign manager: lead sharing', 'growth', 'R-135'),
('elite', 20, 'events.exclusive', 'Exclusive events', 'growth', 'R-136'),
('elite', 21, 'events.founder_dinners', 'Founder dinners', 'growth', 'R-137');

-- A switch for what is being tried out (R-101) or has to be turned off quickly.
create table public.feature_flags (
    key text primary key check (key ~ '^[a-z_]+(\.[a-z_]+)*$'),
    description text not null check (length(description) between 1 and 300),
    enabled boolean not null default false,
    min_tier public.partner_tier not null default 'starter' references public.tier_definitions,
    share integer not null default 100 check (share between 0 and 100), -- percent of them
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create index on public.feature_flags (min_tier);

create trigger touch_updated_at before update on public.feature_flags
for each row execute function private.touch_updated_at();

-- For one partner, whatever the tier says: true lets them try, false keeps them out.
create table public.feature_flag_partners (
    flag_key text not null references public.feature_flags on update cascade on delete cascade,
    partner_id uuid not null references public.partners,
    enabled boolean not null,
    primary key (flag_key, partner_id)
);

create index on public.feature_flag_partners (partner_id);

create function private.has_benefit(wanted text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select exists (
            select from public.tier_benefits as benefit where benefit.key = wanted and benefit.tier <= (select private.my_tier())
        )
    );
end;
$$;

create function private.has_flag(wanted text) returns boolean
language sql stable security definer set search_path = '' as $$
    select coalesce((
        select flag.enabled and coalesce(
            own.enabled,
            flag.min_tier <= (select private.my_tier())
            and abs(hashtextextended(flag.key || ':' || (select private.me())::text, 0) % 100) < flag.share,
            false
        )
        from public.feature_flags as flag
        left join public.feature_flag_partners as own on own.flag_key = flag.key and own.partner_id = (select private.me())
        where flag.key = wanted
    ), false);
$$;

create function private.require_benefit(wanted text) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
    benefit public.tier_benefits;
begin
    select * into benefit from public.tier_benefits where key = wanted;
    if benefit.tier is null then
        raise exception 'there is no benefit "%"', wanted; -- a misspelt key must not look like a low tier
    end if;
    if not private.has_benefit(wanted) then
        perform private.fail(
            '42501', 'Your tier does not include this yet.', 'tier', null,
            'It opens with the ' || initcap(benefit.tier::text) || ' tier.', benefit.tier::text
        );
    end if;
end;
$$;

-- Everything that is open to the caller: {"tier": …, "benefits": [keys], "flags": [keys]}.
create function private.my_features() returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'tier', private.my_tier(),
        'benefits', (
            select coalesce(jsonb_agg(benefit.key order by benefit.tier, benefit.position), '[]')
            from public.tier_benefits as benefit where benefit.tier <= private.my_tier() and private.has_access()
        ),
        'flags', (
            select coalesce(jsonb_agg(flag.key order by flag.key), '[]')
            from public.feature_flags as flag where private.has_flag(flag.key)
        )
    );
$$;

create function public.my_features() returns jsonb
language sql stable set search_path = '' as $$
    select private.my_features();
$$;

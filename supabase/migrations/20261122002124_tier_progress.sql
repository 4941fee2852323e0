-- How far it is to the next tier: the PRD's tier_progression as a view, and what the tier page shows in one call.

-- Null for everybody but the partner and staff, whoever asks.
create function private.progress_of(owner uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select jsonb_build_object(
            'current_tier', partner.current_tier, 'next_tier', goal.tier,
            'qualified_deals', counted.qualified, 'provisional_deals', counted.provisional,
            'deals_needed', greatest(goal.min_qualified_deals - counted.qualified, 0),
            'progress_percentage', case
                when goal.tier is null then 100
                else least(100, counted.qualified * 100 / greatest(goal.min_qualified_deals, 1))
            end,
            'requirements', requirements.list,
            -- At the pace of the last 90 days, and not before the time in the tier is over.
            'estimated_days_to_next', case
                when goal.tier is null then null
                when goal.min_qualified_deals <= counted.qualified then coalesce(requirements.days_to_wait, 0)
                when counted.recent > 0 then greatest(
                    ceil((goal.min_qualified_deals - counted.qualified) * 90.0 / counted.recent)::integer, requirements.days_to_wait
                )
            end,
            'since', spell.valid_from
        )
        from public.partners as partner
        -- Asked once: a function in a filter is called for each row.
        cross join (select private.now() - interval '90 days' as quarter_ago) as clock
        left join public.partner_tier_history as spell on spell.partner_id = partner.id and spell.valid_to is null
        left join public.tier_definitions as goal on goal.tier = private.next_tier(partner.current_tier)
        -- Each count from an index of its own: the rows of deals stay unread.
        cross join lateral (
            select
                private.qualified_deals(partner.id) as qualified,
                (
                    select count(*) from public.deals as deal
                    where deal.partner_id = partner.id and deal.status = 'claimed' and deal.disqualified_at is null
                ) as provisional,
                (
                    select count(*) from public.deals as deal
                    where deal.partner_id = partner.id and deal.status = 'verified' and deal.disqualified_at is null
                        and deal.won_at > clock.quarter_ago
                ) as recent
        ) as counted
        cross join lateral (
            select
                coalesce(jsonb_agg(to_jsonb(rule) order by rule.kind), '[]') as list,
                max(greatest(ceil(rule.needed - rule.value), 0)) filter (
                    where rule.kind = 'time_in_tier_days' and not rule.met
                )::integer as days_to_wait
            from private.requirements_of(partner.id, goal.tier) as rule
        ) as requirements
        where partner.id = owner
            and (
                owner = private.me()
                or private.my_roles() && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
            )
    );
end;
$$;

create view public.tier_progression with (security_invoker = true) as
select
    partner.id, partner.id as partner_id, partner.current_tier,
    (progress.facts ->> 'qualified_deals')::integer as deals_count,
    (progress.facts ->> 'progress_percentage')::integer as progress_percentage,
    jsonb_path_query_array(progress.facts, '$.requirements[*] ? (@.met == true)') as requirements_met,
    jsonb_path_query_array(progress.facts, '$.requirements[*] ? (@.met == false)') as next_tier_requirements,
    (progress.facts ->> 'estimated_days_to_next')::integer as estimated_days_to_next,
    (progress.facts ->> 'since')::timestamptz as created_at,
    private.now() as updated_at
from public.partners as partner
cross join lateral private.progress_of(partner.id) as progress (facts)
-- Suspended and former partners read their own row of partners, but nothing of tiers (F-17).
where (select private.has_access()) or cardinality((select private.my_roles())) > 0;

comment on view public.tier_progression is
'Computed when it is read (A-37). deals_count are qualified deals; next_tier_requirements are those not met yet.';

create function private.tier_status() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select jsonb_build_object(
            'tier', partner.current_tier, 'label', tier.label,
            'qualified_deals', progress.facts -> 'qualified_deals', 'provisional_deals', progress.facts -> 'provisional_deals',
            'next_tier', next.tier, 'next_label', next.label,
            'deals_needed', progress.facts -> 'deals_needed',
            'progress_percentage', progress.facts -> 'progress_percentage',
            'commission_rate', partner.commission_rate, 'tier_rate', rates.base_bp, 'next_commission_rate', next_rates.base_bp,
            'estimated_days_to_next', progress.facts -> 'estimated_days_to_next',
            'in_tier_since', progress.facts -> 'since',
            'typical_days', jsonb_build_object('from', tier.typical_days_from, 'to', tier.typical_days_to),
            'requirements', progress.facts -> 'requirements',
            'next_benefits', coalesce((
                select jsonb_agg(jsonb_build_object('key', benefit.key, 'title', benefit.title, 'area', benefit.area)
                    order by benefit.position)
                from public.tier_benefits as benefit
                where benefit.tier = next.tier
            ), '[]'),
            'history', coalesce((
                select jsonb_agg(jsonb_build_object(
                    'tier', spell.tier, 'from', spell.valid_from, 'to', spell.valid_to, 'kind', spell.kind, 'reason', spell.reason
                ) order by spell.valid_from desc)
                from public.partner_tier_history as spell
                where spell.partner_id = partner.id
            ), '[]'),
            'at_risk', (
                select jsonb_build_object('since', risk.opened_at, 'until', risk.ends_at, 'deals_needed', risk.needed)
                from public.tier_risks as risk
                where risk.partner_id = partner.id and risk.closed_at is null
            ),
            'may_appeal', exists (
                select from public.partner_tier_history as spell
                where spell.partner_id = partner.id and spell.valid_to is null and spell.kind in ('demotion', 'staff')
                    and not exists (select from public.tier_appeals as appeal where appeal.history_id = spell.id)
            )
        )
        from public.partners as partner
        join public.tier_definitions as tier on tier.tier = partner.current_tier
        join public.commission_plan_rates as rates on rates.plan_id = private.current_plan() and rates.tier = tier.tier
        left join public.tier_definitions as next on next.position = tier.position + 1
        left join public.commission_plan_rates as next_rates on next_rates.plan_id = rates.plan_id and next_rates.tier = next.tier
        cross join lateral private.progress_of(partner.id) as progress (facts)
        where partner.id = private.me() and private.has_access()
    );
end;
$$;

create function public.tier_status() returns jsonb
language sql stable set search_path = '' as $$
    select private.tier_status();
$$;

-- All figures beside what is aimed for. For Studio (supabase/snippets/figures.sql) and ./scripts/admin figures.

create view private.kpi_all with (security_invoker = true) as
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_revenue_share
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_daily_active
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_partners
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_mobile_share
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_retention_3_months
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_recurring_revenue
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_deal_size
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_lead_to_close
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_satisfaction
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_installs
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_session_length
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_feature_adoption
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_training_completion
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_retention_30_days
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_retention_90_days
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_tier_advancement
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_elite_retention
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_churn
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_push_delivery
union all
select requirement, part, numerator, denominator, value, left_out, window_from, window_to from private.kpi_uptime;

-- Status: 'goal' reached; 'floor': between floor and goal; 'below'; 'no data'; null for a part that has no goal of its own.
-- The past is told from today's rows: who is active is what they are now, what was deleted since is missing.
create function private.kpi_report(at timestamptz default private.now()) returns table (
    requirement text, part text, title text, value numeric, unit text, goal numeric, floor numeric, status text,
    numerator numeric, denominator numeric, left_out bigint, window_from timestamptz, window_to timestamptz
)
language plpgsql volatile security definer set search_path = '' as $$
begin
    if at is null or not isfinite(at) then
        perform private.fail('22023', 'Name the moment.', 'required', 'at');
    end if;
    perform set_config('siso.figures_at', at::text, true);
    return query
    select
        figure.requirement, figure.part, goals.title, figure.value, goals.unit, goals.goal, goals.floor,
        case
            when goals.goal is null then null
            when figure.value is null then 'no data'
            when figure.value = goals.goal and not goals.strict then 'goal'
            when figure.value <> goals.goal and (figure.value < goals.goal) = goals.lower_is_better then 'goal'
            when goals.floor is null then 'below'
            when figure.value = goals.floor or (figure.value < goals.floor) = goals.lower_is_better then 'floor'
            else 'below'
        end,
        figure.numerator, figure.denominator, figure.left_out, figure.window_from, figure.window_to
    from private.kpi_all as figure
    left join private.figure_goals as goals on goals.requirement = figure.requirement and goals.part = figure.part
    order by figure.requirement, goals.goal is null, figure.part;
    perform set_config('siso.figures_at', '', true);
end;
$$;

-- For staff who lead: the same, through the API.
create function private.company_figures(moment timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_staff('finance', 'admin');
    return (
        select jsonb_agg(to_jsonb(figure))
        from private.kpi_report(coalesce(moment, private.now())) as figure
    );
end;
$$;

create function public.company_figures(at timestamptz default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.company_figures(at);
$$;

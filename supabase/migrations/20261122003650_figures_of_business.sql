-- Figures of business: revenue, deals, leads, satisfaction. Money is shown per currency, never converted; the goals are in USD.

-- The currencies that money figures are about: those with a goal, and those in which anything was ever sold or earned. A row
-- of nothing for each currency that we could deal in would hide them.
create view private.figure_currencies with (security_invoker = true) as
select kind.currency
from public.payout_minimums as kind
where kind.currency in (select goals.part from private.figure_goals as goals)
    or exists (select from public.deals as deal where deal.currency = kind.currency)
    or exists (select from private.company_revenue as earned where earned.currency = kind.currency);

create view private.kpi_revenue_share with (security_invoker = true) as
select
    'R-008' as requirement, figure.part, figure.numerator, figure.denominator,
    private.ratio(figure.numerator, figure.denominator) as value, 0::bigint as left_out,
    lower(figure.days) as window_from, upper(figure.days) as window_to
from (
    select
        kind.currency::text as part, period.days,
        (
            select coalesce(sum(cash.amount), 0) from private.partner_cash as cash
            where cash.currency = kind.currency and cash.at >= lower(period.days) and cash.at < upper(period.days)
        ) as numerator,
        (
            select imported.amount::numeric from private.company_revenue as imported
            where imported.currency = kind.currency and imported.month = (lower(period.days) at time zone 'UTC')::date
                and imported.imported_at <= private.figures_at()
            order by imported.id desc limit 1
        ) as denominator
    from private.figure_currencies as kind
    cross join (select private.figure_months(1) as days) as period
) as figure;

comment on view private.kpi_revenue_share is
'R-008. Numerator: what clients paid for deals of partners, net of tax, by the day it cleared, less refunds and lost disputes by '
'the day they happened. Denominator: revenue of the whole '
'company in that month (private.company_revenue, the newest import). Minor units, per currency. Window: the last complete '
'calendar month. Time zone: UTC. Null until finance has imported the month. All partners count, whatever became of them.';

create view private.kpi_recurring_revenue with (security_invoker = true) as
select
    'R-013' as requirement, figure.part, figure.numerator, figure.months as denominator,
    private.ratio(figure.numerator, figure.months, 0) as value, 0::bigint as left_out,
    lower(figure.days) as window_from, upper(figure.days) as window_to
from (
    select
        kind.currency::text as part, period.days, coalesce(sum(cash.amount), 0) as numerator,
        case when count(cash.amount) > 0 then 3::numeric end as months
    from private.figure_currencies as kind
    cross join (select private.figure_months(3) as days) as period
    left join private.partner_cash as cash
        on cash.currency = kind.currency and cash.at >= lower(period.days) and cash.at < upper(period.days)
    group by kind.currency, period.days
) as figure;

comment on view private.kpi_recurring_revenue is
'R-013. Numerator: what clients paid for deals of partners in the window, net of tax, less refunds and lost disputes. '
'Denominator: its three months; revenue '
'that comes back month after month is what the average of three says. Minor units, per currency; null when nothing came in. '
'Window: the last three complete calendar months, by the day the payment cleared. Time zone: UTC.';

create view private.kpi_deal_size with (security_invoker = true) as
with period as (
    select private.figure_days(90) as days
)

select
    'R-014' as requirement, kind.currency::text as part,
    coalesce(sum(coalesce(deal.contracted_value, deal.claimed_value)), 0)::numeric as numerator, count(deal.id)::numeric as denominator,
    private.ratio(sum(coalesce(deal.contracted_value, deal.claimed_value)), count(deal.id), 0) as value,
    count(deal.id) filter (where deal.contracted_value is null) as left_out,
    lower(period.days) as window_from, upper(period.days) as window_to
from private.figure_currencies as kind
cross join period
left join public.deals as deal
    on deal.currency = kind.currency and deal.status = 'verified' and deal.disqualified_at is null
    and deal.won_at >= lower(period.days) and deal.won_at < upper(period.days)
group by kind.currency, period.days;

comment on view private.kpi_deal_size is
'R-014. Numerator: contracted value of verified deals, the claimed value where no contract is known yet (left_out counts these). '
'Denominator: those deals. Refunded and self-dealt ones do not count. Minor units, per currency. Window: won in the last 90 '
'complete days. Time zone: UTC.';

create view private.kpi_lead_to_close with (security_invoker = true) as
with cohort as (
    select
        lead.id,
        (
            select count(*) > 0 from public.deals as deal
            where deal.lead_id = lead.id and deal.status in ('claimed', 'verified')
                and deal.won_at < lead.created_at + interval '2160 hours'
        ) as won,
        (
            select max((moved.after ->> 'status')::public.lead_status)
            from ops.events as moved
            where moved.subject_kind = 'lead' and moved.subject_id = lead.id and moved.type = 'lead.moved'
                and moved.after ->> 'status' <> 'closed_lost' and moved.created_at < lead.created_at + interval '2160 hours'
        ) as furthest
    from public.leads as lead
    where lead.created_at >= lower(private.figure_days(180)) and lead.created_at < lower(private.figure_days(90))
        and lead.deleted_at is null
)

select
    'R-015' as requirement, figure.part, figure.numerator::numeric as numerator, figure.denominator::numeric as denominator,
    private.ratio(figure.numerator, figure.denominator) as value, 0::bigint as left_out,
    lower(private.figure_days(180)) as window_from, lower(private.figure_days(90)) as window_to
from (
    select
        count(*) as leads, count(*) filter (where won) as won, count(*) filter (where won or furthest >= 'contacted') as contacted,
        count(*) filter (where won or furthest >= 'qualified') as qualified,
        count(*) filter (where won or furthest >= 'proposal_sent') as proposed
    from cohort
) as counted
cross join lateral (values
    ('all', counted.won, counted.leads), ('contacted', counted.contacted, counted.leads),
    ('qualified', counted.qualified, counted.leads), ('proposal_sent', counted.proposed, counted.leads)
) as figure (part, numerator, denominator);

comment on view private.kpi_lead_to_close is
'R-015. Denominator: leads added in the window and not deleted. Numerator: those with a claimed or verified deal within 90 days '
'(2,160 hours) of being added; the other parts: those that came at least so far within the same time. Window: added 180 to 90 '
'complete days ago, so that every lead had its 90 days. Time zone: UTC.';

create view private.kpi_satisfaction with (security_invoker = true) as
select
    'R-016' as requirement, 'all' as part, coalesce(sum(answer.score), 0)::numeric as numerator,
    count(answer.score)::numeric as denominator,
    private.ratio(sum(answer.score), count(answer.score), 2) as value,
    (
        select count(*) from private.figure_partners as partner
        where not exists (
            select from public.survey_answers as given
            where given.partner_id = partner.id and given.answered_at >= lower(period.days) and given.answered_at < upper(period.days)
        )
    ) as left_out,
    lower(period.days) as window_from, upper(period.days) as window_to
from (select private.figure_days(92) as days) as period
left join lateral (
    select distinct on (given.partner_id) given.score
    from public.survey_answers as given
    where given.answered_at >= lower(period.days) and given.answered_at < upper(period.days)
    order by given.partner_id asc, given.answered_at desc
) as answer on true
group by period.days;

comment on view private.kpi_satisfaction is
'R-016. Numerator: sum of the scores 1 to 5, the newest answer of each partner. Denominator: partners who answered. Window: the '
'last 92 complete days, one quarter. Time zone: UTC. left_out: active partners who did not answer. Answers of partners who were '
'suspended or left later count.';

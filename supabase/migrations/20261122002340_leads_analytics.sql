-- Deleting, overdue cases, cards, counts and reports of leads.

-- A-40: hidden, never erased; not while somebody's money or claim hangs on it.
create function private.delete_lead(wanted uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    lead public.leads;
begin
    perform private.require_active_partner();
    select * into lead from public.leads where id = wanted and partner_id = private.me() for update;
    if lead.deleted_at is not null then
        return; -- a phone may repeat itself
    end if;
    lead := private.own_lead(wanted);
    if coalesce(btrim(reason), '') = '' then
        perform private.fail('22023', 'Say why.', 'required', 'reason');
    end if;
    if lead.status = 'closed_won' or exists (select from public.deals where lead_id = lead.id) then
        perform private.fail('PT409', 'A lead with a deal cannot be deleted.', 'has_deal');
    end if;
    if exists (select from public.commissions where lead_id = lead.id) then
        perform private.fail('PT409', 'A lead with a commission cannot be deleted.', 'has_commission');
    end if;
    if exists (select from public.attribution_claims where lead_id = lead.id and state in ('open', 'info')) then
        perform private.fail('PT409', 'A lead with an open claim cannot be deleted.', 'has_open_claim');
    end if;
    update public.leads set deleted_at = private.now(), deleted_reason = left(btrim(reason), 500) where id = lead.id;
    perform private.emit('lead.deleted', 'lead', lead.id, lead.partner_id);
end;
$$;

-- The undo of delete_lead, for thirty days. Protection begins anew: whoever has registered the client meanwhile stands first, and a
-- case is opened as for any new lead.
create function private.restore_lead(wanted uuid) returns public.leads
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    lead public.leads;
begin
    select * into lead from public.leads where id = wanted and partner_id = mine for update;
    if not found then
        perform private.fail('PT404', 'There is no such lead.', 'not_found', 'lead_id');
    end if;
    if lead.deleted_at is null then
        return lead; -- a phone may repeat itself
    end if;
    if lead.deleted_at <= private.now() - interval '30 days' then
        perform private.fail('PT409', 'A lead comes back within 30 days.', 'too_late', 'lead_id', 'Add it again.', '30 days');
    end if;
    update public.leads set deleted_at = null, deleted_reason = null, registered_at = null where id = wanted returning * into lead;
    perform private.emit('lead.restored', 'lead', wanted, mine, null, jsonb_build_object('in_conflict', lead.in_conflict));
    return lead;
end;
$$;

create function public.restore_lead(lead_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(lead) from private.restore_lead(lead_id) as lead;
$$;

create function public.delete_lead(lead_id uuid, reason text) returns void
language sql volatile set search_path = '' as $$
    select private.delete_lead(lead_id, reason);
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- A missed date is said, to staff by the event and to the partner by a message (F-09).
-- ---------------------------------------------------------------------------------------------------------------------
create function private.escalate_cases() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    claim public.attribution_claims;
    conflict public.lead_conflicts;
    late integer := 0;
begin
    for claim in
        update public.attribution_claims set escalated_at = private.now()
        where state in ('open', 'info') and due_at < private.now() and escalated_at is null
        returning *
    loop
        late := late + 1;
        perform private.emit('claim.overdue', 'claim', claim.id, claim.partner_id, null, jsonb_build_object('due_at', claim.due_at));
        if claim.state = 'open' then
            perform private.notify(
                claim.partner_id, 'account', 'Your claim is late', 'We have not decided in time. It was passed on to be decided now.',
                '/partner/claims/' || claim.id::text
            );
        end if;
    end loop;
    for conflict in
        update public.lead_conflicts set escalated_at = private.now()
        where state = 'open' and due_at < private.now() and escalated_at is null
        returning *
    loop
        late := late + 1;
        perform private.emit(
            'lead_conflict.overdue', 'lead_conflict', conflict.id, null, null, jsonb_build_object('due_at', conflict.due_at)
        );
        perform private.notify(
            lead.partner_id, 'account', 'Your case is late', 'We have not decided in time. It was passed on to be decided now.',
            '/partner/leads/' || lead.id::text
        )
        from public.leads as lead
        where lead.id = conflict.new_lead_id;
    end loop;
    return late;
end;
$$;

select cron.schedule('escalate-cases', '13 * * * *', 'select private.escalate_cases()');

-- What staff have to decide, the most urgent first.
create view private.open_cases with (security_invoker = true) as
select 'claim' as kind, claim.id, claim.partner_id, claim.state::text as state, claim.due_at, claim.escalated_at is not null as late
from public.attribution_claims as claim
where claim.state in ('open', 'info')
union all
select 'lead_conflict', conflict.id, lead.partner_id, conflict.state, conflict.due_at, conflict.escalated_at is not null
from public.lead_conflicts as conflict
join public.leads as lead on lead.id = conflict.new_lead_id
where conflict.state = 'open'
order by due_at;

-- A lead as the board shows it. Runs as the caller: row-level security of its tables decides. A shared lead has another
-- partner_id; its score and deal are its partner's alone. The time is asked once, and the score only of the rows that are
-- shown, however many were sorted.
create view public.lead_cards with (security_invoker = true) as
select
    lead.id, lead.company_name, lead.contact_name, lead.contact_email, lead.contact_phone, lead.project_type,
    lead.estimated_value, lead.currency, lead.status, lead.source, lead.stage_entered_at, lead.next_action,
    lead.next_action_date, lead.notes, lead.lost_reason, lead.created_at, lead.updated_at,
    floor(extract(epoch from (select private.now()) - lead.stage_entered_at) / 86400)::integer as days_in_stage,
    deal.id as deal_id, deal.status as deal_status, deal.reference as deal_reference, deal.claimed_value,
    lead.partner_id, lead.campaign, lead.referral_link_id, lead.last_activity_at, lead.protected_until, lead.in_conflict,
    (select known.score from public.lead_scores as known where known.lead_id = lead.id) as score
from public.leads as lead
left join public.deals as deal on deal.lead_id = lead.id;

-- Deal dates and stages of the caller's own leads are read below with the rights of the functions.
create function private.require_reading_partner() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    if not private.has_access() then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    return private.me();
end;
$$;

-- What the partner has deleted and may bring back, the newest first.
create function private.deleted_leads() returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', gone.id, 'company_name', gone.company_name, 'status', gone.status, 'deleted_at', gone.deleted_at,
        'reason', gone.deleted_reason, 'until', gone.deleted_at + interval '30 days'
    ) order by gone.deleted_at desc, gone.id), '[]')
    from (
        select * from public.leads
        where partner_id = private.require_reading_partner() and deleted_at > private.now() - interval '30 days'
        order by deleted_at desc, id limit 200
    ) as gone;
$$;

create function public.deleted_leads() returns jsonb
language sql stable set search_path = '' as $$
    select private.deleted_leads();
$$;

-- Count and value of each stage (A-47: for everyone): {"new": {"leads": 3, "value": {"USD": 250000}}, …}.
create function private.lead_counts() returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_object_agg(stage.status, jsonb_build_object(
        'leads', coalesce(counted.leads, 0), 'value', coalesce(counted.amounts, '{}')
    ))
    from unnest(enum_range(null::public.lead_status)) as stage (status)
    left join (
        select part.status, sum(part.leads) as leads, jsonb_object_agg(part.currency, part.amount) as amounts
        from (
            select lead.status, lead.currency, count(*) as leads, coalesce(sum(lead.estimated_value), 0) as amount
            from public.leads as lead
            where lead.partner_id = private.require_reading_partner() and lead.deleted_at is null
            group by lead.status, lead.currency
        ) as part
        group by part.status
    ) as counted on counted.status = stage.status;
$$;

create function public.lead_counts() returns jsonb
language sql stable set search_path = '' as $$
    select private.lead_counts();
$$;

create function private.report_window(first_day date, last_day date) returns tstzrange
language plpgsql stable security definer set search_path = '' as $$
declare
    zone text := (select timezone from public.partners where id = private.me());
    today date := (private.now() at time zone zone)::date;
begin
    if not isfinite(coalesce(first_day, today)) or not isfinite(coalesce(last_day, today)) then
        perform private.fail('22023', 'Choose a period of up to three years.', 'period', 'from_day', null, '3 years');
    end if;
    last_day := coalesce(last_day, today);
    first_day := coalesce(first_day, last_day - 89);
    if first_day > last_day or last_day - first_day > 1096 then
        perform private.fail('22023', 'Choose a period of up to three years.', 'period', 'from_day', null, '3 years');
    end if;
    return tstzrange(first_day::timestamp at time zone zone, (last_day + 1)::timestamp at time zone zone);
end;
$$;

-- How many leads that were added in the period came how far (A-47). Rates are basis points of the leads at the start.
create function private.lead_funnel(first_day date, last_day date) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.require_reading_partner();
    period tstzrange;
begin
    perform private.require_benefit('analytics.conversion');
    period := private.report_window(first_day, last_day);
    return (
        with cohort as (
            select lead.id, lead.status, greatest(
                case when lead.status <> 'closed_lost' then lead.status else 'new' end,
                coalesce((
                    select max((moved.after ->> 'status')::public.lead_status)
                    from ops.events as moved
                    where moved.subject_kind = 'lead' and moved.subject_id = lead.id and moved.type = 'lead.moved'
                        and moved.after ->> 'status' <> 'closed_lost'
                ), 'new')
            ) as furthest
            from public.leads as lead
            where lead.partner_id = mine and lead.deleted_at is null and lead.created_at <@ period
        ),

        reached as (
            select stage.status, (select count(*) from cohort where furthest >= stage.status) as leads
            from unnest(enum_range('new'::public.lead_status, 'closed_won')) as stage (status)
        )

        select jsonb_build_object(
            'from', lower(period), 'to', upper(period), 'leads', (select count(*) from cohort),
            'lost', (select count(*) from cohort where status = 'closed_lost'),
            'conversion_bp', (
                select round(10000.0 * count(*) filter (where status = 'closed_won') / nullif(count(*), 0))::integer from cohort
            ),
            'stages', (
                select jsonb_agg(jsonb_build_object(
                    'status', step.status, 'leads', step.leads,
                    'of_all_bp', round(10000.0 * step.leads / nullif((select count(*) from cohort), 0))::integer,
                    'of_previous_bp', round(10000.0 * step.leads / nullif(step.before, 0))::integer
                ) order by step.status)
                from (select status, leads, lag(leads) over (order by status) as before from reached) as step
            )
        )
    );
end;
$$;

create function public.lead_funnel(from_day date default null, to_day date default null) returns jsonb
language sql stable set search_path = '' as $$
    select private.lead_funnel(from_day, to_day);
$$;

-- The open pipeline today: how old, how idle, what is overdue.
create function private.pipeline_health() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.require_reading_partner();
begin
    perform private.require_benefit('analytics.pipeline');
    return (
        with pending as (
            select
                lead.*, extract(epoch from private.now() - lead.stage_entered_at) / 86400 as days,
                coalesce(lead.last_activity_at < private.now() - make_interval(days => rule.idle_days), false) as idle,
                coalesce(lead.next_action_date < (private.now() at time zone 'UTC')::date, false) as overdue
            from public.leads as lead
            left join public.follow_up_rules as rule on rule.status = lead.status
            where lead.partner_id = mine and lead.deleted_at is null and lead.status not in ('closed_won', 'closed_lost')
        )

        select jsonb_build_object(
            'leads', (select count(*) from pending), 'idle', (select count(*) from pending where idle),
            'overdue_next_actions', (select count(*) from pending where overdue),
            'without_next_action', (select count(*) from pending where next_action is null and next_action_date is null),
            'in_conflict', (select count(*) from pending where in_conflict),
            'protection_ends_soon', (
                select count(*) from pending
                where protected_until between private.now() and private.now() + interval '14 days'
            ),
            'average_score', (
                select round(avg(known.score))::integer from pending join public.lead_scores as known on known.lead_id = pending.id
            ),
            'stages', coalesce((
                select jsonb_agg(jsonb_build_object(
                    'status', part.status, 'leads', part.leads, 'idle', part.idle, 'median_days', part.median_days
                ) order by part.status)
                from (
                    select
                        status, count(*) as leads, count(*) filter (where idle) as idle,
                        floor(percentile_cont(0.5) within group (order by days))::integer as median_days
                    from pending group by status
                ) as part
            ), '[]')
        )
    );
end;
$$;

create function public.pipeline_health() returns jsonb
language sql stable set search_path = '' as $$
    select private.pipeline_health();
$$;

-- Where leads and wins of the period came from: by source, campaign and link, with the link's clicks.
create function private.attribution_report(first_day date, last_day date) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.require_reading_partner();
    period tstzrange;
begin
    perform private.require_benefit('analytics.conversion');
    period := private.report_window(first_day, last_day);
    return (
        with counted as (
            select
                lead.source, lead.campaign, lead.referral_link_id, deal.currency,
                count(*) as leads, count(deal.id) as wins, coalesce(sum(coalesce(deal.contracted_value, deal.claimed_value)), 0) as won
            from public.leads as lead
            left join public.deals as deal on deal.lead_id = lead.id and deal.status in ('claimed', 'verified')
            where lead.partner_id = mine and lead.deleted_at is null and lead.created_at <@ period
            group by lead.source, lead.campaign, lead.referral_link_id, deal.currency
        ),

        labelled as (
            select 'sources' as list, coalesce(source, 'unknown') as label, * from counted
            union all
            select 'campaigns', campaign, * from counted where campaign is not null
        ),

        summed as (
            select
                list, label, sum(leads) as leads, sum(wins) as wins,
                coalesce(jsonb_object_agg(currency, won) filter (where currency is not null), '{}') as won
            from (
                select list, label, currency, sum(leads) as leads, sum(wins) as wins, sum(won) as won
                from labelled group by list, label, currency
            ) as part
            group by list, label
        ),

        lists as (
            select list, jsonb_agg(jsonb_build_object('label', label, 'leads', leads, 'wins', wins, 'won', won) order by leads desc, label) as rows
            from summed group by list
        )

        select jsonb_build_object(
            'from', lower(period), 'to', upper(period),
            'sources', coalesce((select rows from lists where list = 'sources'), '[]'),
            'campaigns', coalesce((select rows from lists where list = 'campaigns'), '[]'),
            'links', coalesce((
                select jsonb_agg(jsonb_build_object(
                    'id', link.id, 'code', link.code, 'campaign', link.campaign, 'clicks', visits.clicks, 'visitors', visits.visitors,
                    'leads', (select coalesce(sum(leads), 0) from counted where referral_link_id = link.id),
                    'wins', (select coalesce(sum(wins), 0) from counted where referral_link_id = link.id)
                ) order by visits.clicks desc, link.code)
                from public.referral_links as link
                cross join lateral (
                    select count(*) as clicks, count(distinct (click.visitor, click.clicked_at::date)) as visitors
                    from public.link_clicks as click
                    where click.link_id = link.id and click.clicked_at <@ period and click.device <> 'bot'
                ) as visits
                where link.partner_id = mine
            ), '[]')
        )
    );
end;
$$;

create function public.attribution_report(from_day date default null, to_day date default null) returns jsonb
language sql stable set search_path = '' as $$
    select private.attribution_report(from_day, to_day);
$$;

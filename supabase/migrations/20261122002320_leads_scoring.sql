-- Lead scoring (R-079): 0 to 100 points by rules that are rows, with the reasons beside the number.

create type public.lead_score_component as enum ('fit', 'source', 'activity', 'recency', 'value');
-- What a rule may look at; private.lead_facts gives the values.
create type public.lead_fact as enum (
    'business_email', 'phone', 'project_type', 'stage', 'next_action_planned', 'source', 'campaign', 'referral_link',
    'activities_30_days', 'meetings', 'idle_days', 'days_in_stage', 'estimated_value'
);

create table public.lead_score_rules (
    id uuid primary key default gen_random_uuid(),
    component public.lead_score_component not null,
    label text not null unique check (length(label) between 1 and 120), -- the reason that the partner reads
    fact public.lead_fact not null,
    operator text not null check (operator in ('is', 'at_least', 'at_most')),
    expected_text text check (length(expected_text) <= 100), -- for 'is', compared without case
    expected_number bigint, -- for the others; yes is 1, values are minor units
    points smallint not null check (points between -100 and 100 and points <> 0),
    active boolean not null default true,
    constraint typed_condition check (
        (operator = 'is') = (expected_text is not null) and (operator <> 'is') = (expected_number is not null)
    )
);

comment on table public.lead_score_rules is
'Written by publish_score_rules. Points of all rules that hold are added; the score is kept between 0 and 100.';

insert into public.lead_score_rules (component, label, fact, operator, expected_text, expected_number, points) values
('fit', 'Company e-mail address', 'business_email', 'at_least', null, 1, 12),
('fit', 'Phone number known', 'phone', 'at_least', null, 1, 6),
('fit', 'Qualified', 'stage', 'is', 'qualified', null, 12),
('fit', 'Proposal is out', 'stage', 'is', 'proposal_sent', null, 18),
('fit', 'Next step planned', 'next_action_planned', 'at_least', null, 1, 6),
('source', 'Came by referral', 'source', 'is', 'referral', null, 8),
('source', 'Came by your link', 'referral_link', 'at_least', null, 1, 8),
('source', 'Part of a campaign', 'campaign', 'at_least', null, 1, 2),
('activity', 'You talked in the last 30 days', 'activities_30_days', 'at_least', null, 1, 8),
('activity', 'Three or more contacts in 30 days', 'activities_30_days', 'at_least', null, 3, 8),
('activity', 'You have met', 'meetings', 'at_least', null, 1, 8),
('recency', 'Active this week', 'idle_days', 'at_most', null, 7, 10),
('recency', 'Nothing happened for three weeks', 'idle_days', 'at_least', null, 21, -15),
('recency', 'Long in the same stage', 'days_in_stage', 'at_least', null, 45, -10),
('value', 'Value of 1,000 or more', 'estimated_value', 'at_least', null, 100000, 7),
('value', 'Value of 5,000 or more', 'estimated_value', 'at_least', null, 500000, 7);

-- A cache, apart from leads so that a new score is not a change of the lead.
create table public.lead_scores (
    lead_id uuid primary key references public.leads on delete cascade,
    score smallint not null check (score between 0 and 100),
    scored_at timestamptz not null default private.now()
);

create index on public.lead_scores (scored_at);

create function private.lead_facts(lead public.leads)
returns table (fact public.lead_fact, known_text text, known_number bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
    return query
    select seen.fact::public.lead_fact, seen.known_text, seen.known_number
    from (
        select
            count(*) filter (where created_at > private.now() - interval '30 days' and activity_type in ('call', 'email', 'meeting'))
                as recent,
            count(*) filter (where activity_type = 'meeting') as meetings
        from public.lead_activities where lead_id = lead.id
    ) as done
    cross join lateral (values
        ('business_email', null, (lead.email_domain is not null)::integer::bigint),
        ('phone', null, (lead.normalised_phone is not null)::integer::bigint),
        ('project_type', lead.project_type, null),
        ('stage', lead.status::text, null),
        ('next_action_planned', null, (lead.next_action is not null or lead.next_action_date is not null)::integer::bigint),
        ('source', lead.source, null),
        ('campaign', lead.campaign, (lead.campaign is not null)::integer::bigint),
        ('referral_link', null, (lead.referral_link_id is not null)::integer::bigint),
        ('activities_30_days', null, done.recent),
        ('meetings', null, done.meetings),
        ('idle_days', null, extract(day from private.now() - lead.last_activity_at)::bigint),
        ('days_in_stage', null, extract(day from private.now() - lead.stage_entered_at)::bigint),
        ('estimated_value', null, lead.estimated_value)
    ) as seen (fact, known_text, known_number);
end;
$$;

-- The rules that hold for a lead.
create function private.lead_score_reasons(lead public.leads) returns setof public.lead_score_rules
language plpgsql stable security definer set search_path = '' as $$
begin
    return query
    select rule.*
    from public.lead_score_rules as rule
    join private.lead_facts(lead) as seen on seen.fact = rule.fact
    where rule.active and case rule.operator
        when 'is' then lower(seen.known_text) = lower(rule.expected_text)
        when 'at_least' then seen.known_number >= rule.expected_number
        when 'at_most' then seen.known_number <= rule.expected_number
    end;
end;
$$;

-- Won is sure and lost is over: the rules are for open leads.
create function private.score_of(lead public.leads) returns smallint
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select case lead.status
            when 'closed_won' then 100
            when 'closed_lost' then 0
            else least(greatest(coalesce((select sum(points) from private.lead_score_reasons(lead)), 0), 0), 100)
        end::smallint
    );
end;
$$;

create function private.score_lead(wanted uuid) returns smallint
language plpgsql volatile security definer set search_path = '' as $$
declare
    scored smallint;
begin
    insert into public.lead_scores (lead_id, score)
    select lead.id, private.score_of(lead) from public.leads as lead where lead.id = wanted
    on conflict (lead_id) do update set score = excluded.score, scored_at = excluded.scored_at
    returning score into scored;
    return scored;
end;
$$;

create function private.keep_score() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.score_lead(new.id);
    return null;
end;
$$;

-- An activity changes last_activity_at, so that it comes by here, too.
create trigger keep_score
after insert or update of
contact_email, contact_phone, project_type, estimated_value, status, source, campaign, next_action, next_action_date, last_activity_at
on public.leads
for each row execute function private.keep_score();

-- Time passes, rules change: every night all open leads anew.
create function private.refresh_lead_scores() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    changed integer;
begin
    insert into public.lead_scores (lead_id, score)
    select lead.id, private.score_of(lead)
    from public.leads as lead
    where lead.deleted_at is null and lead.status not in ('closed_won', 'closed_lost')
    on conflict (lead_id) do update set score = excluded.score, scored_at = excluded.scored_at
    where lead_scores.score <> excluded.score;
    get diagnostics changed = row_count;
    return changed;
end;
$$;

select cron.schedule('refresh-lead-scores', '37 2 * * *', 'select private.refresh_lead_scores()');

-- The score now and why: [{"component", "label", "points"}].
create function private.lead_score(wanted uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    lead public.leads;
begin
    if not private.has_access() then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    perform private.require_benefit('leads.scoring');
    select * into lead from public.leads
    where id = wanted and deleted_at is null and (partner_id = private.me() or id in (select private.leads_i_see()));
    if not found then
        perform private.fail('PT404', 'There is no such lead.', 'not_found', 'lead_id');
    end if;
    return jsonb_build_object(
        'lead_id', lead.id, 'score', private.score_of(lead), 'at', private.now(),
        'reasons', coalesce((
            select jsonb_agg(
                jsonb_build_object('component', reason.component, 'label', reason.label, 'points', reason.points)
                order by reason.points desc, reason.label
            )
            from private.lead_score_reasons(lead) as reason
            where lead.status not in ('closed_won', 'closed_lost')
        ), '[]')
    );
end;
$$;

create function public.lead_score(lead_id uuid) returns jsonb
language sql stable set search_path = '' as $$
    select private.lead_score(lead_id);
$$;

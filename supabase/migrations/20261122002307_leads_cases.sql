-- How cases about leads are read and decided, and what they mean for a win.

-- The caller's side of their cases, and nothing of the other's.
create function private.my_lead_conflicts()
returns table (
    id uuid, lead_id uuid, registered_first boolean, match_kinds text[], state text, outcome text, reason text, due_at timestamptz,
    created_at timestamptz, decided_at timestamptz
)
language sql stable security definer set search_path = '' as $$
    select
        conflict.id, lead.id, lead.id = conflict.existing_lead_id, conflict.match_kinds, conflict.state,
        case
            when conflict.state = 'open' or conflict.decision = 'withdrawn' then conflict.decision::text
            when conflict.decision = 'both' then 'both'
            when (conflict.decision = 'existing_lead') = (lead.id = conflict.existing_lead_id) then 'yours'
            else 'not_yours'
        end,
        conflict.reason, conflict.due_at, conflict.created_at, conflict.decided_at
    from public.lead_conflicts as conflict
    join public.leads as lead on lead.id in (conflict.new_lead_id, conflict.existing_lead_id) and lead.partner_id = private.me()
    where private.has_access() and lead.deleted_at is null
    order by conflict.created_at desc;
$$;

create function public.my_lead_conflicts()
returns table (
    id uuid, lead_id uuid, registered_first boolean, match_kinds text[], state text, outcome text, reason text, due_at timestamptz,
    created_at timestamptz, decided_at timestamptz
)
language sql stable set search_path = '' as $$
    select * from private.my_lead_conflicts();
$$;

-- Both sides, for whoever decides.
create function private.conflict_case(wanted uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('support', 'admin');
    return (
        select to_jsonb(conflict) || jsonb_build_object('leads', (
            select jsonb_agg(jsonb_build_object(
                'id', lead.id, 'side', case when lead.id = conflict.new_lead_id then 'new' else 'existing' end,
                'partner_id', lead.partner_id, 'partner', partner.name, 'company_name', lead.company_name,
                'contact_name', lead.contact_name, 'contact_email', lead.contact_email, 'contact_phone', lead.contact_phone,
                'status', lead.status, 'created_at', lead.created_at, 'registered_at', lead.registered_at,
                'last_activity_at', lead.last_activity_at, 'protected_until', lead.protected_until,
                'activities', (select count(*) from public.lead_activities as activity where activity.lead_id = lead.id),
                'deal', (select deal.reference from public.deals as deal where deal.lead_id = lead.id)
            ) order by lead.registered_at)
            from public.leads as lead
            join public.partners as partner on partner.id = lead.partner_id
            where lead.id in (conflict.new_lead_id, conflict.existing_lead_id)
        ))
        from public.lead_conflicts as conflict
        where conflict.id = wanted
    );
end;
$$;

create function public.conflict_case(conflict_id uuid) returns jsonb
language sql stable set search_path = '' as $$
    select private.conflict_case(conflict_id);
$$;

create function private.decide_conflict(wanted uuid, outcome text, why text) returns public.lead_conflicts
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'admin');
    conflict public.lead_conflicts;
begin
    select * into conflict from public.lead_conflicts where id = wanted for update;
    if conflict.id is null then
        perform private.fail('PT404', 'There is no such case.', 'not_found', 'conflict_id');
    end if;
    perform private.require_others_affair(variadic array(
        select partner_id from public.leads where id in (conflict.new_lead_id, conflict.existing_lead_id)
    ));
    if coalesce(outcome, '') not in ('existing_lead', 'new_lead', 'both') then
        perform private.fail(
            '22023', 'Decide for existing_lead, new_lead or both.', 'one_of', 'decision', null, 'existing_lead, new_lead, both'
        );
    end if;
    if coalesce(btrim(why), '') = '' or length(why) > 2000 then
        perform private.fail('22023', 'Give the reason; both partners read it.', 'required', 'reason', null, '2000');
    end if;
    if conflict.decision::text = outcome then
        return conflict;
    end if;
    if conflict.state <> 'open' then
        perform private.fail('PT409', 'This case has been decided.', 'wrong_state', 'conflict_id');
    end if;
    if outcome = 'new_lead' and exists (
        select from public.deals where lead_id = conflict.existing_lead_id and status in ('claimed', 'verified')
    ) then
        perform private.fail(
            'PT409', 'The earlier lead has been won.', 'has_deal', 'decision', 'Reject or cancel that deal first.'
        );
    end if;
    return private.settle_conflict(wanted, outcome::public.conflict_decision, btrim(why), staff);
end;
$$;

create function public.decide_conflict(conflict_id uuid, decision text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(conflict) from private.decide_conflict(conflict_id, decision, reason) as conflict;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Wins. A lead in conflict cannot be won; what looks like dealing with oneself is flagged for the review of the deal (F-20).
-- ---------------------------------------------------------------------------------------------------------------------
alter table public.deals add column flags text[] not null default '{}';

comment on column public.deals.flags is
'Reasons to look closer before the deal is verified: self_dealing:<kind> and team_dealing:<kind> (the client has the e-mail, phone
or domain of the partner, or of somebody in their team, their recruiter or recruits), conflict (there was another registration), fast_win, many_wins.';

create index deals_flagged on public.deals (won_at) where flags <> '{}';

-- A partner and who works with them: their leader, their direct members, members of the same team.
create function private.circle_of(partner uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
    select other.id
    from public.partners as self
    join public.partners as other
        on other.id in (self.id, self.team_leader_id) or other.team_leader_id in (self.id, self.team_leader_id)
    where self.id = partner;
$$;

create function private.my_circle() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    return query
    select private.circle_of(private.me());
end;
$$;

create function private.deal_flags(lead public.leads) returns text[]
language sql stable security definer set search_path = '' as $$
    select coalesce(array_agg(distinct flag order by flag), '{}')
    from (
        select case when person.id = lead.partner_id then 'self_dealing:' else 'team_dealing:' end || kind
        from public.partners as person
        cross join lateral unnest(array[
            case when private.normalise_email(person.email::text) = lead.normalised_email then 'email' end,
            case when private.normalise_phone(person.phone, person.country) = lead.normalised_phone then 'phone' end,
            case when private.company_domain(person.email::text) = lead.email_domain then 'domain' end
        ]) as kind
        where kind is not null and person.id in (
            select private.circle_of(lead.partner_id)
            union all
            select recruit_id from public.recruits where recruiter_id = lead.partner_id
            union all
            select recruiter_id from public.recruits where recruit_id = lead.partner_id
        )
        union all
        select 'conflict' where exists (
            select from public.lead_conflicts where new_lead_id = lead.id or existing_lead_id = lead.id
        )
        union all
        select 'fast_win' where lead.created_at > private.now() - interval '1 hour'
        union all
        select 'many_wins' where (
            select count(*) from public.deals
            where partner_id = lead.partner_id and won_at > private.now() - interval '1 day'
        ) >= 3
    ) as found (flag);
$$;

create function private.guard_claim() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    lead public.leads;
begin
    select * into strict lead from public.leads where id = new.lead_id;
    if private.is_lost_to_another(lead.id) then
        perform private.fail(
            'PT409', 'This client was given to another registration.', 'lead_lost_to_another', 'lead_id',
            'If that is wrong, open a claim.'
        );
    end if;
    if lead.in_conflict then
        perform private.fail(
            'PT409', 'Somebody else has registered this client.', 'lead_in_conflict', 'lead_id', 'Claim the win once the case is decided.'
        );
    end if;
    if (lead.protected_until > private.now()) is not true and private.leads_before(lead) <> '{}' then
        -- The case cannot be opened here: it would vanish with this refusal.
        perform private.fail(
            'PT409', 'Somebody else has registered this client.', 'lead_in_conflict', 'lead_id',
            'Call register_lead: it opens the case that decides whose the client is.'
        );
    end if;
    new.flags := private.deal_flags(lead);
    return new;
end;
$$;

create trigger guard_claim before insert on public.deals
for each row execute function private.guard_claim();

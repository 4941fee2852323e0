-- Campaigns of Elite partners and SISO: planned by staff, open to take part in, closed with a word about what came of them (R-134).

create function private.tell_of_campaign(campaign public.campaigns, headline text, body text) returns void
language sql volatile security definer set search_path = '' as $$
    select private.notify(concerned.partner_id, 'account', left(headline, 120), left(body, 500), '/partner/tier-progression')
    from (
        select campaign.owner_id as partner_id where campaign.owner_id is not null
        union
        select taking_part.partner_id from public.campaign_participants as taking_part where taking_part.campaign_id = campaign.id
    ) as concerned;
$$;

create function private.save_campaign(
    wanted uuid, called text, of_kind text, words text, first_day date, last_day date, owner uuid
) returns public.campaigns
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.campaigns;
    campaign public.campaigns;
begin
    campaign.id := private.id_field(wanted);
    campaign.name := private.text_field(called, 'name', 3, 120);
    campaign.brief := private.text_field(words, 'brief', 0, 5000);
    if of_kind is null or of_kind not in ('webinar', 'pr', 'speaking', 'social', 'email') then
        perform private.fail('22023', 'Choose what kind of campaign it is.', 'one_of', 'kind', null, 'webinar, pr, speaking, social, email');
    end if;
    if first_day not between '2000-01-01' and '2100-01-01' or last_day not between '2000-01-01' and '2100-01-01' then
        perform private.fail(
            '22023', 'This is a day between 2000 and 2100.', 'range',
            case when first_day not between '2000-01-01' and '2100-01-01' then 'starts_on' else 'ends_on' end, null, '2000 to 2100'
        );
    end if;
    if last_day < first_day then
        perform private.fail('22023', 'It ends after it begins.', 'after_start', 'ends_on');
    end if;
    if owner is not null and not exists (
        select from public.partners where id = owner and status = 'active' and current_tier >= 'elite'
    ) then
        perform private.no_such('Elite partner', 'owner_id');
    end if;
    select * into before from public.campaigns where id = wanted for update;
    if (before.name, before.kind, before.brief, before.starts_on, before.ends_on, before.owner_id)
        is not distinct from (campaign.name, of_kind, campaign.brief, first_day, last_day, owner)
    then
        return before;
    end if;
    if before.closed_at is not null then
        perform private.fail('PT409', 'This campaign is over.', 'over', 'id');
    end if;
    if before.status = 'running' and (before.kind, before.owner_id) is distinct from (of_kind, owner) then
        perform private.fail(
            'PT409', 'An open campaign keeps its kind and its owner.', 'fixed', case when before.kind <> of_kind then 'kind' else 'owner_id' end
        );
    end if;
    insert into public.campaigns (id, name, brief, kind, owner_id, starts_on, ends_on)
    values (wanted, campaign.name, campaign.brief, of_kind, owner, first_day, last_day)
    on conflict (id) do update
    set
        name = excluded.name, brief = excluded.brief, kind = excluded.kind, owner_id = excluded.owner_id,
        starts_on = excluded.starts_on, ends_on = excluded.ends_on
    returning * into campaign;
    perform private.emit(
        'campaign.saved', 'campaign', wanted, owner,
        jsonb_build_object('starts_on', before.starts_on, 'ends_on', before.ends_on, 'owner_id', before.owner_id),
        jsonb_build_object('starts_on', first_day, 'ends_on', last_day, 'owner_id', owner, 'staff_id', staff)
    );
    if before.status = 'running' and (before.starts_on, before.ends_on) is distinct from (first_day, last_day) then
        perform private.tell_of_campaign(campaign, campaign.name || ' has new days', 'Please look again.');
    end if;
    return campaign;
end;
$$;

create function private.open_campaign(wanted uuid) returns public.campaigns
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    campaign public.campaigns;
begin
    select * into campaign from public.campaigns where id = wanted for update;
    if not found then
        perform private.no_such('campaign', 'campaign_id');
    end if;
    if campaign.status = 'running' then
        return campaign;
    end if;
    if campaign.closed_at is not null then
        perform private.fail('PT409', 'This campaign is over.', 'over', 'campaign_id', 'Make another one.');
    end if;
    if campaign.ends_on < private.now()::date then
        perform private.fail('PT409', 'Its last day has passed.', 'future', 'campaign_id', 'Call save_campaign with new days.');
    end if;
    update public.campaigns set status = 'running' where id = wanted returning * into campaign;
    perform private.emit(
        'campaign.opened', 'campaign', wanted, campaign.owner_id, jsonb_build_object('status', 'planned'),
        jsonb_build_object('status', 'running', 'staff_id', staff)
    );
    perform private.tell_of_campaign(campaign, campaign.name || ' is open', 'Elite partners can take part now.');
    return campaign;
end;
$$;

-- Done, or called off; what was never open can only be called off.
create function private.close_campaign(wanted uuid, words text, called_off boolean) returns public.campaigns
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    told text := private.reason_text(words, 'note');
    was text;
    campaign public.campaigns;
begin
    call private.need_field(called_off is not null, 'cancelled');
    select * into campaign from public.campaigns where id = wanted for update;
    if not found then
        perform private.no_such('campaign', 'campaign_id');
    end if;
    if campaign.closed_at is not null then
        return campaign;
    end if;
    if campaign.status = 'planned' and not called_off then
        perform private.fail('PT409', 'This campaign was never open.', 'wrong_state', 'cancelled', 'Call it off.', 'true');
    end if;
    was := campaign.status;
    update public.campaigns
    set status = case when called_off then 'cancelled' else 'done' end, closed_at = private.now(), closing_note = told
    where id = wanted
    returning * into campaign;
    perform private.emit(
        'campaign.closed', 'campaign', wanted, campaign.owner_id, jsonb_build_object('status', was),
        jsonb_build_object('status', campaign.status, 'note', told, 'staff_id', staff)
    );
    perform private.tell_of_campaign(
        campaign, campaign.name || case when called_off then ' is cancelled' else ' is over' end, told
    );
    return campaign;
end;
$$;

create function private.join_campaign(wanted uuid, joining boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    campaign public.campaigns;
begin
    perform private.require_benefit('campaigns.planning');
    call private.need_field(joining is not null, 'joining');
    select * into campaign from public.campaigns where id = wanted and (status <> 'planned' or owner_id = mine) for update;
    if not found then
        perform private.no_such('campaign', 'campaign_id');
    end if;
    if campaign.status <> 'running' then
        perform private.fail(
            'PT409', 'This campaign is not open.', case when campaign.closed_at is not null then 'over' else 'not_begun' end, 'campaign_id'
        );
    end if;
    if joining then
        insert into public.campaign_participants (campaign_id, partner_id) values (wanted, mine) on conflict do nothing;
    else
        delete from public.campaign_participants where campaign_id = wanted and partner_id = mine;
    end if;
    if found then
        perform private.emit(case when joining then 'campaign.joined' else 'campaign.left' end, 'campaign', wanted, mine);
    end if;
    return jsonb_build_object('campaign_id', wanted, 'joined', joining);
end;
$$;

-- What Elite partners see: open campaigns, their own plans, and what was closed in the last 90 days; admins see all. The open ones
-- first, then by their first day.
create function private.list_campaigns(wanted text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    caller uuid := private.me();
    is_admin boolean := private.my_roles() && array['admin', 'owner']::public.staff_role[];
begin
    if wanted not in ('planned', 'running', 'done', 'cancelled') then
        perform private.fail('22023', 'There is no such state.', 'one_of', 'status', null, 'planned, running, done, cancelled');
    end if;
    if is_admin then
        perform private.require_staff('admin');
    else
        caller := private.require_reading_partner();
        perform private.require_benefit('campaigns.planning');
    end if;
    return (
        select coalesce(jsonb_agg(to_jsonb(shown) order by shown.status <> 'running', shown.starts_on desc nulls last, shown.id), '[]')
        from (
            select
                campaign.*, owner.name as owner,
                exists (
                    select from public.campaign_participants as own where own.campaign_id = campaign.id and own.partner_id = caller
                ) as joined,
                (
                    select coalesce(jsonb_agg(person.name order by person.name), '[]')
                    from public.campaign_participants as taking_part
                    join public.partner_directory as person on person.id = taking_part.partner_id
                    where taking_part.campaign_id = campaign.id
                ) as participants
            from public.campaigns as campaign
            left join public.partner_directory as owner on owner.id = campaign.owner_id
            where (wanted is null or campaign.status = wanted) and (
                is_admin or campaign.status = 'running' or campaign.owner_id = caller
                or campaign.closed_at > private.now() - interval '90 days'
            )
            order by campaign.status <> 'running', campaign.starts_on desc nulls last, campaign.id
            limit 200
        ) as shown
    );
end;
$$;

create function public.save_campaign(
    id uuid, name text, kind text, brief text default null, starts_on date default null, ends_on date default null,
    owner_id uuid default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_campaign(id, name, kind, brief, starts_on, ends_on, owner_id) as saved;
$$;
create function public.open_campaign(campaign_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.open_campaign(campaign_id) as saved;
$$;
create function public.close_campaign(campaign_id uuid, note text, cancelled boolean default false) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.close_campaign(campaign_id, note, cancelled) as saved;
$$;
create function public.join_campaign(campaign_id uuid, joining boolean default true) returns jsonb
language sql volatile set search_path = '' as $$
    select private.join_campaign(campaign_id, joining);
$$;
create function public.list_campaigns(status text default null) returns jsonb
language sql stable set search_path = '' as $$
    select private.list_campaigns(status);
$$;

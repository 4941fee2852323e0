-- Lead sharing (R-174): from Performer, a partner shows a lead to one partner or to the team, to read or to work on it.

insert into public.tier_benefits (tier, position, key, title, area, requirement) values
('performer', 20, 'leads.sharing', 'Lead sharing in the team', 'leads', 'R-174');

create table public.lead_shares (
    id uuid primary key default gen_random_uuid(),
    lead_id uuid not null references public.leads,
    shared_by uuid not null references public.partners,
    partner_id uuid references public.partners, -- one partner, or
    team_leader_id uuid references public.partners, -- the team of this leader
    may_edit boolean not null default false,
    until timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default private.now(),
    constraint one_recipient check (num_nonnulls(partner_id, team_leader_id) = 1)
);

create unique index lead_shares_partner_key on public.lead_shares (lead_id, partner_id) where revoked_at is null;
create unique index lead_shares_team_key on public.lead_shares (lead_id, team_leader_id) where revoked_at is null;
create index on public.lead_shares (partner_id) where revoked_at is null;
create index on public.lead_shares (team_leader_id) where revoked_at is null;
create index on public.lead_shares (lead_id);
create index on public.lead_shares (partner_id, team_leader_id);
create index on public.lead_shares (team_leader_id);
create index on public.lead_shares (shared_by);

-- Leads that somebody else lets the caller see, or work on.
create function private.shared_leads(to_edit boolean) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
declare
    self public.partners;
begin
    select * into self from public.partners where id = private.me();
    return query
    select share.lead_id
    from public.lead_shares as share
    join public.leads as lead on lead.id = share.lead_id and lead.deleted_at is null and lead.partner_id <> self.id
    where (share.partner_id = self.id or share.team_leader_id in (self.id, self.team_leader_id))
        and share.revoked_at is null and (share.until is null or share.until > private.now()) and (share.may_edit or not to_edit);
end;
$$;

create function private.leads_i_see() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    return query
    select private.shared_leads(false);
end;
$$;

create function private.leads_i_work_on() returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    return query
    select private.shared_leads(true);
end;
$$;

-- Everybody who sees the lead by this share.
create function private.recipients_of(share public.lead_shares) returns setof uuid
language sql stable security definer set search_path = '' as $$
    select id from public.partners
    where (id = share.partner_id or share.team_leader_id in (id, team_leader_id)) and id <> share.shared_by
        and status in ('active', 'inactive');
$$;

create function private.share_lead(
    wanted uuid, recipient uuid, with_team boolean, editable boolean, ends timestamptz
) returns public.lead_shares
language plpgsql volatile security definer set search_path = '' as $$
declare
    self public.partners;
    lead public.leads;
    made public.lead_shares;
    reader uuid;
begin
    perform private.require_active_partner();
    perform private.require_benefit('leads.sharing');
    lead := private.own_lead(wanted);
    select * into self from public.partners where id = private.me();
    if (recipient is not null) = with_team then
        perform private.fail('22023', 'Share with one partner or with the team.', 'one_of', 'partner_id', null, 'partner_id, team');
    end if;
    if ends <= private.now() then
        perform private.fail('22023', 'The end must lie ahead.', 'future', 'until');
    end if;
    if with_team and self.team_leader_id is null and not exists (select from public.partners where team_leader_id = self.id) then
        perform private.fail('PT409', 'You are in no team.', 'no_team', 'team');
    end if;
    -- Within the team; the campaign manager of Elite reaches further.
    if recipient is not null and (
        recipient = self.id
        or not exists (select from public.partner_directory where id = recipient and listed)
        or not (recipient in (select private.my_circle()) or private.has_benefit('campaigns.lead_sharing'))
    ) then
        perform private.fail('42501', 'You can share leads with people of your team.', 'not_in_team', 'partner_id');
    end if;
    update public.lead_shares set may_edit = editable, until = ends
    where lead_id = lead.id and revoked_at is null
        and (partner_id = recipient or (with_team and team_leader_id in (self.id, self.team_leader_id)))
    returning * into made;
    if made.id is null then
        insert into public.lead_shares (lead_id, shared_by, partner_id, team_leader_id, may_edit, until)
        values (
            lead.id, self.id, recipient,
            case when with_team then case
                when exists (select from public.partners where team_leader_id = self.id) then self.id else self.team_leader_id
            end end,
            editable, ends
        )
        returning * into made;
        perform private.emit('lead.shared', 'lead', lead.id, lead.partner_id, null, to_jsonb(made) - 'created_at');
        -- Changed without a change: phones pull what changed since their last visit.
        update public.leads set updated_at = private.now() where id = lead.id;
        for reader in select private.recipients_of(made) loop
            perform private.notify(
                reader, 'message', 'A lead was shared with you', left(self.name || ' shared ' || lead.company_name, 500),
                '/partner/leads/' || lead.id::text
            );
            perform private.hint(reader, 'lead.changed', lead.id);
        end loop;
    end if;
    return made;
end;
$$;

create function public.share_lead(
    lead_id uuid, partner_id uuid default null, team boolean default false, may_edit boolean default false,
    until timestamptz default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(share) from private.share_lead(lead_id, partner_id, team, may_edit, until) as share;
$$;

create function private.unshare_lead(wanted uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    share public.lead_shares;
    reader uuid;
begin
    perform private.require_reading_partner();
    update public.lead_shares set revoked_at = private.now()
    where id = wanted and revoked_at is null
        and (shared_by = private.me() or partner_id = private.me() or lead_id in (
            select id from public.leads where partner_id = private.me()
        ))
    returning * into share;
    if share.id is null then
        if not exists (select from public.lead_shares where id = wanted and shared_by = private.me()) then
            perform private.fail('PT404', 'There is no such share.', 'not_found', 'share_id');
        end if;
        return; -- revoked before
    end if;
    perform private.emit('lead.unshared', 'lead', share.lead_id, share.shared_by, to_jsonb(share) - 'created_at');
    for reader in select private.recipients_of(share) loop
        insert into ops.tombstones (table_name, row_id, partner_id) values ('leads', share.lead_id, reader)
        on conflict (table_name, row_id, partner_id) do update set changed_xid = pg_current_xact_id();
        perform private.hint(reader, 'lead.changed', share.lead_id);
    end loop;
end;
$$;

create function public.unshare_lead(share_id uuid) returns void
language sql volatile set search_path = '' as $$
    select private.unshare_lead(share_id);
$$;

-- Whoever sees a shared lead is told that it changed.
create function private.hint_lead_readers() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.hint(reader.id, 'lead.changed', new.id)
    from public.lead_shares as share
    cross join lateral private.recipients_of(share) as reader (id)
    where share.lead_id = new.id and share.revoked_at is null and (share.until is null or share.until > private.now());
    return null;
end;
$$;

create trigger hint_lead_readers after update on public.leads
for each row execute function private.hint_lead_readers();

-- The caller's own lead or one that they may work on, locked.
create function private.workable_lead(wanted uuid) returns public.leads
language plpgsql volatile security definer set search_path = '' as $$
declare
    lead public.leads;
begin
    select * into lead from public.leads
    where id = wanted and deleted_at is null
        and (partner_id = private.me() or id in (select private.leads_i_work_on()))
    for update;
    if not found then
        perform private.fail('PT404', 'There is no such lead.', 'not_found', 'lead_id');
    end if;
    return lead;
end;
$$;

-- For the owner and those who may work on a shared lead. A win is claimed by the lead's own partner alone.
create function private.move_lead(wanted uuid, target public.lead_status, reason text) returns public.leads
language plpgsql volatile security definer set search_path = '' as $$
declare
    lead public.leads;
begin
    perform private.require_active_partner();
    lead := private.workable_lead(wanted);
    if target is null then
        perform private.fail('22023', 'Choose a stage.', 'required', 'to_status');
    end if;
    if target = 'closed_won' then
        perform private.fail('22023', 'A win is claimed with its value.', 'use_claim_win', 'to_status', 'Call claim_win.');
    end if;
    if lead.status = 'closed_won' then
        perform private.fail('PT409', 'This lead has been won.', 'already_won', 'to_status');
    end if;
    if target = 'closed_lost' and coalesce(btrim(reason), '') = '' then
        perform private.fail('22023', 'Say why the lead was lost.', 'required', 'lost_reason');
    end if;
    if lead.status = target then
        return lead; -- a phone may repeat itself
    end if;
    update public.leads
    set
        status = target,
        stage_entered_at = private.now(),
        lost_reason = case when target = 'closed_lost' then btrim(reason) end
    where id = lead.id
    returning * into lead;
    return lead;
end;
$$;

create function public.move_lead(lead_id uuid, to_status public.lead_status, lost_reason text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(lead) from private.move_lead(lead_id, to_status, lost_reason) as lead;
$$;

-- Building a team: invitations by link, joining, leaving, and what staff may set right.

create table public.team_invites (
    id uuid primary key, -- the client's request id
    team_leader_id uuid not null references public.partners,
    email extensions.citext check (length(email::text) <= 254 and email::text ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'), -- null: whoever has the link
    message text check (length(message) <= 500),
    token_hash bytea not null unique, -- the token itself is shown once, to the leader
    expires_at timestamptz not null,
    accepted_by uuid references public.partners,
    accepted_at timestamptz,
    withdrawn_at timestamptz,
    created_at timestamptz not null default private.now(),
    check ((accepted_at is null) = (accepted_by is null))
);

create index on public.team_invites (team_leader_id, created_at desc);
create index on public.team_invites (accepted_by);

create function private.hash_token(token text) returns bytea
language sql immutable set search_path = '' as $$
    select extensions.digest(token, 'sha256');
$$;

create function private.require_leader() returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
begin
    perform private.require_benefit('team.recruit');
    return mine;
end;
$$;

-- The answer to a repeated request has no token: only its hash is kept.
create function private.invite_member(address text, words text, request uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_leader();
    token text := translate(encode(extensions.gen_random_bytes(24), 'base64'), '+/', '-_');
    made public.team_invites;
    known uuid;
begin
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    if address is not null and (address !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' or length(address) > 254) then
        perform private.fail('22023', 'This is no e-mail address.', 'email', 'email');
    end if;
    if length(words) > 500 then
        perform private.fail('22023', 'At most 500 characters.', 'length', 'message', null, '500');
    end if;
    if (
        select count(*) from public.team_invites
        where team_leader_id = mine and accepted_at is null and withdrawn_at is null and expires_at > private.now()
    ) >= 50 then
        perform private.fail('PT409', 'Fifty invitations are open. Withdraw some first.', 'too_many_open', null, null, '50');
    end if;
    insert into public.team_invites (id, team_leader_id, email, message, token_hash, expires_at)
    values (request, mine, address, nullif(btrim(words), ''), private.hash_token(token), private.now() + interval '14 days')
    on conflict (id) do nothing
    returning * into made;
    if made.id is null then
        select * into made from public.team_invites where id = request and team_leader_id = mine;
        if not found then
            perform private.fail('23505', 'This request id has been used.', 'unique', 'request_id');
        end if;
        return jsonb_build_object('id', made.id, 'email', made.email, 'expires_at', made.expires_at);
    end if;
    perform private.emit('team.invited', 'team_invite', made.id, mine);
    select id into known from public.partners where email = address::extensions.citext and status = 'active' and id <> mine;
    if known is not null then
        perform private.notify(
            known, 'account', 'You are invited to a team',
            (select name from public.partners where id = mine) || ' invites you to their team.', '/partner/team?invite=' || token
        );
    end if;
    return jsonb_build_object('id', made.id, 'email', made.email, 'expires_at', made.expires_at, 'token', token);
end;
$$;

create function private.withdraw_invite(wanted uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_reading_partner();
    update public.team_invites set withdrawn_at = private.now()
    where id = wanted and team_leader_id = private.me() and accepted_at is null and withdrawn_at is null;
    if not found and not exists (
        select from public.team_invites where id = wanted and team_leader_id = private.me() and withdrawn_at is not null
    ) then
        perform private.fail('PT404', 'There is no such open invitation.', 'not_found', 'invite_id');
    end if;
end;
$$;

-- Refuses a change of sponsor that A-11 forbids. Staff may set right what partners may not, but not right after a win.
create function private.require_sponsor_change(member uuid, by_staff boolean) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
    rest integer := (select sponsor_rest_days from public.commission_plans where id = private.current_plan());
begin
    if exists (
        select from public.deals
        where partner_id = member and status in ('claimed', 'verified') and won_at > private.now() - make_interval(days => rest)
    ) then
        perform private.fail(
            'PT409', 'No change of team within ' || rest || ' days of a win.', 'recent_win', null, 'Try again later.', rest || ' days'
        );
    end if;
    if not by_staff and exists (select from public.partner_teams where team_member_id = member)
        and exists (select from public.deals where partner_id = member and status in ('claimed', 'verified'))
    then
        perform private.fail('PT409', 'After the first deal the team stays.', 'sponsor_fixed', null, 'Ask support: staff can decide about it.');
    end if;
end;
$$;

create function private.end_membership(member uuid, why text, staff uuid default null) returns void
language sql volatile security definer set search_path = '' as $$
    update public.partner_teams
    set valid_to = greatest(private.now(), valid_from), ended_reason = left(why, 500), decided_by = coalesce(staff, decided_by)
    where team_member_id = member and valid_to is null;
$$;

create function private.accept_invite(token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    partner public.partners;
    invite public.team_invites;
begin
    select * into invite from public.team_invites where token_hash = private.hash_token(coalesce(token, '')) for update;
    select * into strict partner from public.partners where id = mine for no key update;
    -- One answer for "none", "withdrawn" and "somebody else's": nothing to be learnt from trying.
    if invite.id is null or invite.withdrawn_at is not null or invite.email <> partner.email
        or invite.accepted_by <> mine or invite.team_leader_id = mine
    then
        perform private.fail('PT404', 'There is no such invitation for you.', 'not_found', 'token');
    end if;
    if invite.accepted_by is null then
        if invite.expires_at <= private.now() then
            perform private.fail('PT409', 'This invitation has expired.', 'expired', 'token', 'Ask for a new one.');
        end if;
        if private.my_leader() is not null then
            perform private.fail('PT409', 'You are in a team already.', 'already_in_team', null, 'Leave it first.');
        end if;
        perform private.require_sponsor_change(mine, false);
        insert into public.partner_teams (team_leader_id, team_member_id, reason) values (invite.team_leader_id, mine, 'accepted an invitation');
        update public.team_invites set accepted_by = mine, accepted_at = private.now() where id = invite.id;
        -- Invited before they were a partner: then the leader also brought them.
        if invite.created_at < partner.created_at then
            perform private.record_recruit(mine, invite.team_leader_id, 'team_invite');
        end if;
        perform private.notify(
            invite.team_leader_id, 'account', 'Your team has grown', partner.name || ' has joined your team.', '/partner/team'
        );
    end if;
    return jsonb_build_object('team_leader_id', invite.team_leader_id);
end;
$$;

create function private.leave_team(why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    leader uuid := private.my_leader();
begin
    if leader is null then
        return; -- a phone may repeat itself
    end if;
    perform from public.partners where id = mine for no key update;
    perform private.require_sponsor_change(mine, false);
    perform private.end_membership(mine, coalesce(nullif(btrim(why), ''), 'left'));
    perform private.notify(leader, 'account', 'Somebody has left your team', 'A member has left your team.', '/partner/team');
end;
$$;

-- The leader gives up their own override; the member cannot be handed on by it.
create function private.remove_member(member uuid, why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    if coalesce(btrim(why), '') = '' then
        perform private.fail('22023', 'Say why.', 'required', 'reason');
    end if;
    perform from public.partners where id = member for no key update;
    if not exists (select from public.partner_teams where team_member_id = member and team_leader_id = private.me() and valid_to is null) then
        if exists (select from public.partner_teams where team_member_id = member and team_leader_id = private.me()) then
            return; -- a phone may repeat itself
        end if;
        perform private.fail('PT404', 'There is no such member in your team.', 'not_found', 'member_id');
    end if;
    perform private.require_sponsor_change(member, true);
    perform private.end_membership(member, btrim(why));
    perform private.notify(member, 'account', 'You are no longer in the team', 'Your team leader has ended your membership.', '/partner/team');
end;
$$;

create function private.set_team_leader(member uuid, leader uuid, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    was uuid;
begin
    select team_leader_id into was from public.partners where id = member for no key update;
    if not found then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'member_id');
    end if;
    perform private.require_others_affair(member, leader, was);
    if coalesce(btrim(why), '') = '' then
        perform private.fail('22023', 'Say why.', 'required', 'reason');
    end if;
    if was is distinct from leader then
        perform private.require_sponsor_change(member, true);
        perform private.end_membership(member, btrim(why), staff);
        if leader is not null then
            insert into public.partner_teams (team_leader_id, team_member_id, reason, decided_by, valid_from)
            values (leader, member, btrim(why), staff, greatest(private.now(), (
                select max(valid_to) from public.partner_teams where team_member_id = member
            )));
        end if;
        perform private.notify(member, 'account', 'Your team has changed', left('Reason: ' || btrim(why), 500), '/partner/team');
    end if;
    return jsonb_build_object('member_id', member, 'leader_id', leader);
end;
$$;

create function public.invite_member(request_id uuid, email text default null, message text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.invite_member(email, message, request_id);
$$;

create function public.withdraw_invite(invite_id uuid) returns void
language sql volatile set search_path = '' as $$
    select private.withdraw_invite(invite_id);
$$;

create function public.accept_invite(token text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.accept_invite(token);
$$;

create function public.leave_team(reason text default null) returns void
language sql volatile set search_path = '' as $$
    select private.leave_team(reason);
$$;

create function public.remove_member(member_id uuid, reason text) returns void
language sql volatile set search_path = '' as $$
    select private.remove_member(member_id, reason);
$$;

create function public.set_team_leader(member_id uuid, reason text, leader_id uuid default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_team_leader(member_id, leader_id, reason);
$$;

-- The caller's team today, one row per member; the numbers of a team are the analytics' business.
create view public.my_team with (security_invoker = true) as
select
    team.team_member_id as id, entry.name, entry.current_tier, entry.country, entry.region, entry.avatar_path,
    team.valid_from as member_since, team.override_percentage
from public.partner_teams as team
join public.partner_directory as entry on entry.id = team.team_member_id
where team.valid_to is null and team.team_leader_id = (select private.me());

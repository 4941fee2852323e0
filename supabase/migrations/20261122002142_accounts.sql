-- Accounts: suspended, reinstated, ended, paused; staff and their roles; whose sessions are whose.

alter table public.partners
add column status_reason text check (length(status_reason) between 1 and 500), -- the partner reads it
add column status_changed_at timestamptz;

create function private.guard_status() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if not private.writing('set_status') then
        perform private.fail(
            '42501', 'partners.status is written by functions alone.', 'guarded', null,
            'Use suspend_partner, reinstate_partner or terminate_partner (./scripts/admin).'
        );
    end if;
    return new;
end;
$$;

create trigger guard_status before update of status, status_reason on public.partners
for each row when (new.status is distinct from old.status or new.status_reason is distinct from old.status_reason)
execute function private.guard_status();

-- The only writer of a status. Policies read it from the table, so it holds from the next request on.
create function private.set_status(owner uuid, wanted public.partner_status, why text, staff uuid default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    was public.partner_status;
begin
    select status into was from public.partners where id = owner for no key update;
    perform set_config('siso.writer', 'set_status', true);
    update public.partners
    set status = wanted, status_reason = nullif(left(btrim(why), 500), ''), status_changed_at = private.now()
    where id = owner;
    perform set_config('siso.writer', '', true);
    perform private.emit(
        'partner.' || wanted, 'partner', owner, owner,
        jsonb_build_object('status', was), jsonb_build_object('status', wanted, 'reason', why, 'staff_id', staff)
    );
    perform private.hint(owner, 'account.changed', owner);
    perform private.hint(owner, 'session.refresh', owner);
    if was = 'active' or wanted in ('suspended', 'terminated') then
        perform private.turn_topics((
            select private.heard_topics(partner.id, partner.current_tier) from public.partners as partner where partner.id = owner
        ));
    end if;
end;
$$;

create function private.staff_sets_status(
    owner uuid, wanted public.partner_status, allowed public.partner_status[], why text, headline text
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    partner public.partners;
begin
    select * into partner from public.partners where id = owner for no key update;
    if not found then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    perform private.require_others_affair(owner);
    if coalesce(btrim(why), '') = '' or length(why) > 500 then
        perform private.fail('22023', 'Give a reason, up to 500 characters: the partner reads it.', 'length', 'reason', null, '500');
    end if;
    if partner.status <> wanted then
        if not partner.status = any (allowed) then
            perform private.fail('PT409', 'Not possible for an account that is ' || partner.status || '.', 'wrong_state', 'partner_id');
        end if;
        perform private.set_status(owner, wanted, case when wanted <> 'active' then why end, staff);
        perform private.notify(owner, 'account', headline, left('Reason: ' || btrim(why), 500), '/partner/earnings');
    end if;
    return jsonb_build_object('partner_id', owner, 'status', wanted);
end;
$$;

-- Everything but their own money, claims, support and export is closed at once (F-17).
create function private.suspend_partner(owner uuid, why text) returns jsonb
language sql volatile security definer set search_path = '' as $$
    select private.staff_sets_status(
        owner, 'suspended', array['active', 'inactive']::public.partner_status[], why, 'Your account is suspended'
    );
$$;

create function private.reinstate_partner(owner uuid, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    done jsonb := private.staff_sets_status(
        owner, 'active', array['suspended']::public.partner_status[], why, 'Your account is open again'
    );
begin
    -- What happened meanwhile counts, and what had to wait can clear.
    perform private.evaluate_tier(owner);
    perform private.enqueue('commission.clear', format('partner:%s:%s', owner, private.now()), '{}');
    return done;
end;
$$;

-- For good: leaves the team and hands the own one back; reads their own statements, claims and export for ever.
create function private.terminate_partner(owner uuid, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    done jsonb := private.staff_sets_status(
        owner, 'terminated', array['active', 'inactive', 'suspended', 'pending', 'invited']::public.partner_status[], why,
        'Your partnership has ended'
    );
begin
    update public.partner_teams
    set valid_to = greatest(private.now(), valid_from), ended_reason = 'the partnership has ended'
    where (team_leader_id = owner or team_member_id = owner) and valid_to is null;
    update public.team_invites set withdrawn_at = private.now()
    where team_leader_id = owner and accepted_at is null and withdrawn_at is null;
    return done;
end;
$$;

-- A pause by the partner: no new business, old deals go on earning (A-35).
create function private.pause_account() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    known public.partner_status := (select status from public.partners where id = mine);
begin
    if known is null or known not in ('active', 'inactive') then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    if known = 'active' then
        perform private.set_status(mine, 'inactive', 'paused by the partner');
    end if;
    return jsonb_build_object('status', 'inactive');
end;
$$;

create function private.resume_account() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    known public.partner_status := (select status from public.partners where id = mine);
begin
    if known is null or known not in ('active', 'inactive') then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    if known = 'inactive' then
        perform private.set_status(mine, 'active', null);
    end if;
    return jsonb_build_object('status', 'active');
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Staff. Owners decide; the last owner stays one.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.grant_role(address text, wanted public.staff_role, known_as text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    owner uuid := private.require_staff(variadic array[]::public.staff_role[]);
    member public.staff_members;
    login uuid;
    is_new boolean;
begin
    if wanted is null then
        perform private.fail('22023', 'Choose a role.', 'required', 'role');
    end if;
    select * into member from public.staff_members where email = address::extensions.citext for update;
    if not found then
        select id into login from auth.users where lower(email) = lower(address) and email_confirmed_at is not null;
        if login is null then
            perform private.fail('PT404', 'Nobody has signed up with this address.', 'not_found', 'email', 'They sign up and confirm it first.');
        end if;
        if coalesce(btrim(known_as), '') = '' then
            perform private.fail('22023', 'Enter the name of the new staff member.', 'required', 'name');
        end if;
        perform set_config('siso.writer', 'staff', true);
        insert into public.staff_members (name, email) values (btrim(known_as), address) returning * into member;
        perform set_config('siso.writer', '', true);
        insert into private.auth_identities (issuer, subject, staff_id) values ('supabase', login::text, member.id)
        on conflict (issuer, subject) do update set staff_id = excluded.staff_id;
    end if;
    if member.id = owner then
        perform private.fail('42501', 'Nobody grants a role to themselves.', 'self_dealing');
    end if;
    perform set_config('siso.writer', 'staff', true);
    update public.staff_members set active = true where id = member.id and not active;
    insert into public.staff_roles (staff_id, role) values (member.id, wanted) on conflict do nothing;
    is_new := found;
    perform set_config('siso.writer', '', true);
    if is_new then
        perform private.emit(
            'staff.role_granted', 'staff_member', member.id, null, null, jsonb_build_object('role', wanted, 'staff_id', owner)
        );
    end if;
    return jsonb_build_object('staff_id', member.id, 'roles', (select jsonb_agg(role) from public.staff_roles where staff_id = member.id));
end;
$$;

-- Without any role left a staff member is no longer active, and their sessions end.
create function private.revoke_role(address text, wanted public.staff_role) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    owner uuid := private.require_staff(variadic array[]::public.staff_role[]);
    member public.staff_members;
    was_held boolean;
begin
    -- Two owners who revoke each other at the same moment would leave none.
    perform pg_advisory_xact_lock(hashtext('siso.staff_roles'));
    select * into member from public.staff_members where email = address::extensions.citext for update;
    if not found then
        perform private.fail('PT404', 'There is no such staff member.', 'not_found', 'email');
    end if;
    if wanted = 'owner' and not exists (
        select from public.staff_roles as role
        join public.staff_members as other on other.id = role.staff_id and other.active
        where role.role = 'owner' and role.staff_id <> member.id
    ) then
        perform private.fail('PT409', 'Somebody must stay owner.', 'last_owner', 'role');
    end if;
    perform set_config('siso.writer', 'staff', true);
    delete from public.staff_roles where staff_id = member.id and role = wanted;
    was_held := found;
    perform set_config('siso.writer', '', true);
    if was_held then
        perform private.emit(
            'staff.role_revoked', 'staff_member', member.id, null, jsonb_build_object('role', wanted), jsonb_build_object('staff_id', owner)
        );
    end if;
    if not exists (select from public.staff_roles where staff_id = member.id) then
        perform set_config('siso.writer', 'staff', true);
        update public.staff_members set active = false where id = member.id;
        perform set_config('siso.writer', '', true);
        delete from auth.sessions as session
        using private.auth_identities as identity
        where identity.staff_id = member.id and identity.issuer = 'supabase' and session.user_id::text = identity.subject;
    end if;
    return jsonb_build_object('staff_id', member.id, 'roles', (
        select coalesce(jsonb_agg(role), '[]') from public.staff_roles where staff_id = member.id
    ));
end;
$$;

create function public.suspend_partner(partner_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.suspend_partner(partner_id, reason);
$$;

create function public.reinstate_partner(partner_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.reinstate_partner(partner_id, reason);
$$;

create function public.terminate_partner(partner_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.terminate_partner(partner_id, reason);
$$;

create function public.pause_account() returns jsonb
language sql volatile set search_path = '' as $$
    select private.pause_account();
$$;

create function public.resume_account() returns jsonb
language sql volatile set search_path = '' as $$
    select private.resume_account();
$$;

create function public.grant_role(email text, role public.staff_role, name text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.grant_role(email, role, name);
$$;

create function public.revoke_role(email text, role public.staff_role) returns jsonb
language sql volatile set search_path = '' as $$
    select private.revoke_role(email, role);
$$;

-- Who is calling: state, application, partner with picture, region and reason of the status, roles, the terms still to be accepted.
create function private.my_account() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select jsonb_build_object(
            'state', case
                when private.my_staff_id() is not null then 'staff'
                when private.me() is not null then 'partner'
                when application.id is not null then 'applicant'
                else 'new'
            end,
            'application', case when application.id is not null then jsonb_build_object(
                'id', application.id, 'status', application.status, 'reason', application.reason,
                'created_at', application.created_at
            ) end,
            'partner', (
                select jsonb_build_object(
                    'id', partner.id, 'name', partner.name, 'email', partner.email, 'phone', partner.phone,
                    'status', partner.status, 'status_reason', partner.status_reason,
                    'current_tier', partner.current_tier, 'tier_label', tier.label,
                    'commission_rate', partner.commission_rate, 'referral_code', partner.referral_code,
                    'country', partner.country, 'region', partner.region, 'timezone', partner.timezone, 'locale', partner.locale,
                    'avatar_path', partner.avatar_path
                )
                from public.partners as partner
                join public.tier_definitions as tier on tier.tier = partner.current_tier
                where partner.id = private.me()
            ),
            'roles', to_jsonb(private.my_roles()),
            'pending_terms', private.my_pending_terms()
        )
        from (select private.subject() as subject) as caller
        left join lateral (
            select * from public.applications as known
            where known.issuer = private.issuer() and known.subject = caller.subject
            order by known.created_at desc
            limit 1
        ) as application on true
    );
end;
$$;

create function public.my_account() returns jsonb
language sql stable set search_path = '' as $$
    select private.my_account();
$$;

-- People: partners, applicants, staff, and which token speaks for whom.

create type public.partner_status as enum ('invited', 'pending', 'active', 'inactive', 'suspended', 'terminated'); -- A-35
create type public.application_status as enum ('submitted', 'in_review', 'approved', 'rejected', 'withdrawn');
create type public.staff_role as enum ('support', 'moderator', 'finance', 'admin', 'owner');

create table public.partners (
    id uuid primary key default gen_random_uuid(),
    user_id uuid unique references auth.users on delete set null, -- null for a partner of a third-party issuer
    name text not null check (length(name) between 1 and 120),
    email extensions.citext not null unique check (length(email::text) <= 254),
    phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    status public.partner_status not null default 'pending',
    current_tier public.partner_tier not null default 'starter' references public.tier_definitions,
    -- Cache for display, in basis points; never read when paying.
    commission_rate integer not null default 2000 check (commission_rate between 0 and 10000),
    referral_code text not null unique default upper(substr(encode(extensions.gen_random_bytes(8), 'hex'), 1, 10)),
    team_leader_id uuid references public.partners, -- cache of the open row in partner_teams
    country char(2) check (country ~ '^[A-Z]{2}$'),
    region text,
    timezone text not null default 'UTC',
    locale text not null default 'en',
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create trigger touch_updated_at before update on public.partners
for each row execute function private.touch_updated_at();

create table public.staff_members (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    email extensions.citext not null unique,
    active boolean not null default true,
    created_at timestamptz not null default private.now()
);

create table public.staff_roles (
    staff_id uuid not null references public.staff_members,
    role public.staff_role not null,
    granted_at timestamptz not null default private.now(),
    primary key (staff_id, role)
);

create table private.auth_identities (
    issuer text not null,
    subject text not null,
    partner_id uuid references public.partners,
    staff_id uuid references public.staff_members,
    created_at timestamptz not null default private.now(),
    primary key (issuer, subject),
    check (num_nonnulls(partner_id, staff_id) >= 1)
);

create index on private.auth_identities (partner_id);
create index on private.auth_identities (staff_id);

create function private.me() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select partner_id from private.auth_identities
        where issuer = (select private.issuer()) and subject = (select private.subject())
    );
end;
$$;

create function private.my_staff_id() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select member.id
        from private.auth_identities as identity
        join public.staff_members as member on member.id = identity.staff_id and member.active
        where identity.issuer = (select private.issuer()) and identity.subject = (select private.subject())
    );
end;
$$;

-- Staff accounts work only with a second factor: without aal2 the caller has no role at all.
create function private.my_roles() returns public.staff_role[]
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select coalesce(array_agg(role), '{}')
        from public.staff_roles
        where staff_id = (select private.my_staff_id()) and (select private.aal()) = 'aal2'
    );
end;
$$;

create function private.is_active_partner() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return (select exists (select from public.partners where id = (select private.me()) and status = 'active'));
end;
$$;

-- May look at the working parts of the app; suspended and former partners keep their money pages only (F-17).
create function private.has_access() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select exists (select from public.partners where id = (select private.me()) and status in ('active', 'inactive'))
    );
end;
$$;

-- Suspended or gone. Not the opposite of has_access: applicants and staff have no partner account at all.
create function private.is_shut_out() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return exists (select from public.partners where id = (select private.me()) and status in ('suspended', 'terminated'));
end;
$$;

-- Refuses unless the caller is staff with one of the roles (owner may do everything) and a fresh second factor.
create function private.require_staff(variadic wanted public.staff_role[]) returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    if private.my_staff_id() is null then
        perform private.fail('42501', 'Only staff may do this.', 'staff_only');
    end if;
    perform private.require_fresh_mfa();
    if not private.my_roles() && (wanted || array['owner']::public.staff_role[]) then
        perform private.fail('42501', 'Your role does not allow this.', 'role', null, null, array_to_string(wanted, ', '));
    end if;
    return private.my_staff_id();
end;
$$;

create table public.applications (
    id uuid primary key default gen_random_uuid(),
    issuer text not null,
    subject text not null,
    user_id uuid references auth.users on delete set null,
    name text not null check (length(name) between 1 and 120),
    email extensions.citext not null,
    phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    country char(2) not null check (country ~ '^[A-Z]{2}$'),
    motivation text check (length(motivation) <= 2000),
    terms_accepted_at timestamptz not null,
    status public.application_status not null default 'submitted',
    reason text,
    decided_by uuid references public.staff_members,
    decided_at timestamptz,
    created_at timestamptz not null default private.now()
);

-- One open application per identity.
create unique index applications_open_key on public.applications (issuer, subject)
where status in ('submitted', 'in_review');
create index on public.applications (status, created_at);
create index on public.applications (user_id);
create index on public.applications (decided_by);

create table public.partner_tier_history (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    tier public.partner_tier not null references public.tier_definitions,
    valid_from timestamptz not null default private.now(),
    valid_to timestamptz check (valid_to > valid_from),
    reason text not null
);

create unique index partner_tier_history_open_key on public.partner_tier_history (partner_id) where valid_to is null;
create index on public.partner_tier_history (partner_id, valid_from);
create index on public.partner_tier_history (tier);
create index on public.partners (team_leader_id);
create index on public.partners (current_tier);

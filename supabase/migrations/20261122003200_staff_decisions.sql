-- What every decision of staff about money shares: who may not take it, how long it may take, how its desk is told.

-- Whether one of these partners is the caller, also behind another account: bound to the same person, or with an address that
-- reaches the same mailbox (+tags and Gmail's dots do not make somebody else).
create function private.is_own_affair(variadic owners uuid[]) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (
        select from public.partners as partner
        where partner.id = any (owners) and (
            partner.id = private.me()
            or exists (
                select from private.auth_identities as identity
                where identity.partner_id = partner.id and identity.staff_id = private.my_staff_id()
            )
            or private.normalise_email(partner.email::text) in (
                private.normalise_email(private.claims() ->> 'email'),
                (select private.normalise_email(email::text) from public.staff_members where id = private.my_staff_id())
            )
        )
    );
$$;

-- Every decision of staff begins with this, told of each partner who gains or loses by it.
create function private.require_others_affair(variadic owners uuid[]) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
    if private.is_own_affair(variadic owners) then
        perform private.fail('42501', 'Nobody decides about themselves.', 'self_dealing');
    end if;
end;
$$;

-- Whether the caller, as staff, is somebody who has signed already: the same account, or a second one of the same person.
create function private.signed_before(variadic signers uuid[]) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (
        select from public.staff_members as signer
        where signer.id = any (signers) and (
            signer.id = private.my_staff_id()
            or private.normalise_email(signer.email::text) in (
                private.normalise_email(private.claims() ->> 'email'),
                (select private.normalise_email(email::text) from public.staff_members where id = private.my_staff_id())
            )
            or exists (
                select from private.auth_identities as one
                join private.auth_identities as other on other.partner_id = one.partner_id
                where one.staff_id = signer.id and other.staff_id = private.my_staff_id()
            )
        )
    );
$$;

-- Full working days of the business calendar from now (nine hours each).
create function private.in_business_days(days integer) returns timestamptz
language sql stable security definer set search_path = '' as $$
    select private.add_business_time(private.now(), make_interval(hours => 9 * days));
$$;

-- A reason that somebody will read: text of a reasonable length, without the spaces around it.
create function private.reason_text(given text, field text default 'reason') returns text
language plpgsql immutable set search_path = '' as $$
begin
    if length(btrim(coalesce(given, ''))) not between 3 and 2000 then
        perform private.fail('22023', 'Give the reason in 3 to 2,000 characters.', 'length', field, null, '3 to 2000');
    end if;
    return btrim(given);
end;
$$;

-- What a desk has to know without looking for it. One row per fact; whoever has the role sees it until somebody takes note.
create table public.staff_notices (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
    subject_id uuid not null,
    partner_id uuid references public.partners,
    for_roles public.staff_role[] not null check (for_roles <> '{}'),
    message text not null check (length(message) between 1 and 500),
    noted_by uuid references public.staff_members,
    noted_at timestamptz,
    created_at timestamptz not null default private.now(),
    unique (kind, subject_id),
    check ((noted_by is null) = (noted_at is null))
);

create index on public.staff_notices (partner_id);
create index on public.staff_notices (noted_by);
create index staff_notices_open on public.staff_notices (created_at) where noted_at is null;

create function private.tell_staff(
    what text, about uuid, owner uuid, roles public.staff_role[], body text
) returns void
language sql volatile security definer set search_path = '' as $$
    insert into public.staff_notices (kind, subject_id, partner_id, for_roles, message)
    values (what, about, owner, roles, left(body, 500))
    on conflict (kind, subject_id) do nothing;
$$;

create function private.note_staff_notice(wanted uuid) returns public.staff_notices
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'finance', 'admin');
    notice public.staff_notices;
begin
    select * into notice from public.staff_notices
    where id = wanted and (for_roles || 'owner'::public.staff_role) && private.my_roles()
    for update;
    if not found then
        perform private.fail('PT404', 'There is no such notice.', 'not_found', 'notice_id');
    end if;
    if notice.noted_at is null then
        update public.staff_notices set noted_by = staff, noted_at = private.now() where id = wanted returning * into notice;
    end if;
    return notice;
end;
$$;

create function public.note_staff_notice(notice_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(notice) from private.note_staff_notice(notice_id) as notice;
$$;

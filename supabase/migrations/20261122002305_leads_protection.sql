-- Two partners, one client (F-19). The first registration that counts wins and is protected for 90 days, renewed by every
-- activity. A later one is stored all the same, as a case that staff decide; until then it cannot be won. Nobody learns whose
-- the other lead is.

create type public.conflict_decision as enum (
    'existing_lead', -- by staff: the earlier registration stands
    'new_lead', -- by staff: the later one wins
    'both', -- by staff: not the same client or not the same business
    'withdrawn', -- by itself: the later lead was deleted or names somebody else now
    'given_up' -- by itself: the earlier lead was deleted or lost
);

create table public.lead_conflicts (
    id uuid primary key default gen_random_uuid(),
    new_lead_id uuid not null references public.leads,
    existing_lead_id uuid not null references public.leads,
    match_kinds text[] not null check (match_kinds <> '{}' and match_kinds <@ array['email', 'phone', 'domain', 'company']),
    state text not null default 'open' check (state in ('open', 'decided')),
    decision public.conflict_decision,
    reason text check (length(reason) between 1 and 2000), -- shown to both partners
    decided_by uuid references public.staff_members, -- null when it settled itself
    decided_at timestamptz,
    due_at timestamptz not null default private.now() + interval '7 days', -- five business days
    escalated_at timestamptz,
    created_at timestamptz not null default private.now(),
    check (new_lead_id <> existing_lead_id),
    constraint decided_with_decision check ((state = 'decided') = (decision is not null and decided_at is not null))
);

create unique index lead_conflicts_open_key on public.lead_conflicts (new_lead_id, existing_lead_id) where state = 'open';
create index on public.lead_conflicts (new_lead_id);
create index on public.lead_conflicts (existing_lead_id);
create index on public.lead_conflicts (decided_by);
create index lead_conflicts_due on public.lead_conflicts (due_at) where state = 'open';

-- By what two leads are the same.
create function private.match_kinds(one public.leads, other public.leads) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
    return array_remove(array[
        case when one.normalised_email = other.normalised_email then 'email' end,
        case when one.normalised_phone = other.normalised_phone then 'phone' end,
        case when one.email_domain = other.email_domain then 'domain' end,
        case when one.normalised_company = other.normalised_company then 'company' end
    ], null);
end;
$$;

-- Leads of other partners that stand before this one: protected, or in an open case with it; without those that were settled
-- in its favour.
create function private.leads_before(lead public.leads) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select coalesce(array_agg(other.id order by other.registered_at, other.id), '{}')
        from public.leads as other
        where
            (
                other.normalised_email = lead.normalised_email or other.normalised_phone = lead.normalised_phone
                or other.email_domain = lead.email_domain or other.normalised_company = lead.normalised_company
            )
            and other.partner_id <> lead.partner_id
            and other.deleted_at is null
            and other.status <> 'closed_lost'
            and (
                other.protected_until > private.now()
                or exists (
                    select from public.lead_conflicts as pending
                    where pending.new_lead_id = lead.id and pending.existing_lead_id = other.id and pending.state = 'open'
                )
            )
            and not exists (
                select from public.lead_conflicts as settled
                where (
                    settled.new_lead_id = lead.id and settled.existing_lead_id = other.id
                    and settled.decision in ('new_lead', 'both', 'given_up')
                ) or (
                    settled.existing_lead_id = lead.id and settled.new_lead_id = other.id
                    and settled.decision in ('existing_lead', 'both')
                )
            )
    );
end;
$$;

-- Staff gave this client to somebody else.
create function private.is_lost_to_another(lead uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select exists (
            select from public.lead_conflicts
            where (new_lead_id = lead and decision = 'existing_lead') or (existing_lead_id = lead and decision = 'new_lead')
        )
    );
end;
$$;

-- Keeps the normalised columns, the protection and in_conflict. Two partners who register the same client in the same moment
-- wait for each other here. The locks are taken in one order, and are few (1,024 for all clients), so that a bulk import in one
-- transaction does not exhaust the server's.
create function private.keep_registration() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    same_client boolean := false;
    lock_number integer;
begin
    if tg_op = 'UPDATE' and (new.company_name, new.contact_email, new.contact_phone, new.partner_id)
        is not distinct from (old.company_name, old.contact_email, old.contact_phone, old.partner_id)
    then
        new.normalised_email := old.normalised_email;
        new.email_domain := old.email_domain;
        new.normalised_phone := old.normalised_phone;
        new.normalised_company := old.normalised_company;
    else
        new.normalised_email := private.normalise_email(new.contact_email::text);
        new.email_domain := private.company_domain(new.contact_email::text);
        new.normalised_phone := private.normalise_phone(
            new.contact_phone, (select country from public.partners where id = new.partner_id)
        );
        new.normalised_company := private.normalise_company(new.company_name);
    end if;
    if tg_op = 'UPDATE' and new.status is distinct from old.status then
        new.last_activity_at := private.now(); -- a move is work on the lead, too
    end if;
    if new.registered_at is null and (new.normalised_email is not null or new.normalised_phone is not null) then
        new.registered_at := private.now();
    end if;
    if new.deleted_at is not null or new.status = 'closed_lost' then
        new.protected_until := null;
        return new;
    end if;
    if tg_op = 'UPDATE' then
        same_client := (new.normalised_email, new.email_domain, new.normalised_phone, new.normalised_company)
            is not distinct from (old.normalised_email, old.email_domain, old.normalised_phone, old.normalised_company);
    end if;
    if (same_client and new.protected_until > private.now()) is not true then
        for lock_number in
            select distinct hashtext(kind || ':' || known) & 1023
            from (values
                ('company', new.normalised_company), ('domain', new.email_domain), ('email', new.normalised_email),
                ('phone', new.normalised_phone)
            ) as identity (kind, known)
            where known is not null
            order by 1
        loop
            perform pg_advisory_xact_lock(hashtext('lead registration'), lock_number);
        end loop;
        new.in_conflict := private.leads_before(new) <> '{}' or private.is_lost_to_another(new.id);
    end if;
    new.protected_until := case
        when not new.in_conflict and new.registered_at is not null then private.now() + interval '90 days'
    end;
    return new;
end;
$$;

create trigger keep_registration
before insert or update of company_name, contact_email, contact_phone, status, deleted_at, last_activity_at, registered_at
on public.leads
for each row execute function private.keep_registration();

-- Looks again: after a case was settled, or when a partner asks.
create function private.review_registration(lead uuid) returns void
language sql volatile security definer set search_path = '' as $$
    update public.leads set registered_at = registered_at, protected_until = null where id = lead;
$$;

create function private.settle_conflict(
    wanted uuid, outcome public.conflict_decision, why text, staff uuid default null
) returns public.lead_conflicts
language plpgsql volatile security definer set search_path = '' as $$
declare
    settled public.lead_conflicts;
    newer public.leads;
    older public.leads;
begin
    update public.lead_conflicts
    set state = 'decided', decision = outcome, reason = why, decided_by = staff, decided_at = private.now()
    where id = wanted and state = 'open'
    returning * into settled;
    if settled.id is null then
        return null;
    end if;
    -- The loser first, so that the winner finds the client free.
    if outcome = 'new_lead' then
        perform private.review_registration(settled.existing_lead_id);
    end if;
    perform private.review_registration(settled.new_lead_id);
    select * into newer from public.leads where id = settled.new_lead_id;
    select * into older from public.leads where id = settled.existing_lead_id;
    perform private.emit(
        'lead_conflict.decided', 'lead_conflict', settled.id, newer.partner_id, jsonb_build_object('state', 'open'),
        jsonb_build_object('decision', outcome, 'staff_id', staff, 'new_lead_id', newer.id, 'existing_lead_id', older.id)
    );
    if outcome <> 'withdrawn' then
        perform private.notify(
            newer.partner_id, 'account', 'Registration decided',
            left(newer.company_name, 80) || case
                when newer.in_conflict and outcome = 'existing_lead' then ': an earlier registration stands.'
                when newer.in_conflict then ': one case is settled, another is open.'
                else ': the lead is yours.'
            end,
            '/partner/leads/' || newer.id::text
        );
    end if;
    if staff is not null then
        perform private.notify(
            older.partner_id, 'account', 'Registration decided',
            left(older.company_name, 80) || case
                when outcome = 'new_lead' then ': the client was given to another registration.' else ': the lead stays yours.'
            end,
            '/partner/leads/' || older.id::text
        );
    end if;
    perform private.hint(newer.partner_id, 'lead_conflict.changed', settled.id);
    perform private.hint(older.partner_id, 'lead_conflict.changed', settled.id);
    return settled;
end;
$$;

-- Opens the cases that keep_registration found, and settles those that are settled by what happened.
create function private.keep_conflicts() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    before uuid[] := '{}';
    existing public.leads;
    pending public.lead_conflicts;
    made uuid;
begin
    if new.deleted_at is not null or new.status = 'closed_lost' then
        for pending in select * from public.lead_conflicts where new_lead_id = new.id and state = 'open' order by created_at, id loop
            perform private.settle_conflict(pending.id, 'withdrawn', 'The later lead was closed.');
        end loop;
        for pending in select * from public.lead_conflicts where existing_lead_id = new.id and state = 'open' order by created_at, id loop
            perform private.settle_conflict(pending.id, 'given_up', 'The earlier lead was closed.');
        end loop;
        return null;
    end if;
    if new.in_conflict then
        before := private.leads_before(new);
    elsif tg_op = 'INSERT' or not old.in_conflict then
        return null;
    end if;
    for existing in select * from public.leads where id = any (before) order by registered_at, id loop
        insert into public.lead_conflicts (new_lead_id, existing_lead_id, match_kinds)
        values (new.id, existing.id, private.match_kinds(new, existing))
        on conflict (new_lead_id, existing_lead_id) where state = 'open' do nothing
        returning id into made;
        if made is not null then
            perform private.emit(
                'lead_conflict.opened', 'lead_conflict', made, new.partner_id, null,
                jsonb_build_object('new_lead_id', new.id, 'existing_lead_id', existing.id)
            );
            perform private.notify(
                new.partner_id, 'account', 'Somebody has registered this client',
                left(new.company_name, 80) || ' is kept, and we decide within five business days whose it is.',
                '/partner/leads/' || new.id::text
            );
            perform private.notify(
                existing.partner_id, 'account', 'A second registration of your client',
                left(existing.company_name, 80) || ' was registered again. Yours was first and stays protected until we decide.',
                '/partner/leads/' || existing.id::text
            );
            perform private.hint(existing.partner_id, 'lead_conflict.changed', made);
        end if;
    end loop;
    for pending in
        select * from public.lead_conflicts
        where new_lead_id = new.id and state = 'open' and existing_lead_id <> all (before)
    loop
        perform private.settle_conflict(pending.id, 'withdrawn', 'The lead names another client now.');
    end loop;
    return null;
end;
$$;

create trigger keep_conflicts after insert or update on public.leads
for each row execute function private.keep_conflicts();

-- Asks again for one's own lead: renews what may be renewed, opens a case where the client is somebody else's.
create function private.register_lead(wanted uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    lead public.leads;
begin
    perform private.require_active_partner();
    lead := private.own_lead(wanted);
    perform private.review_registration(lead.id);
    select * into lead from public.leads where id = wanted;
    return jsonb_build_object(
        'lead_id', lead.id, 'registered_at', lead.registered_at, 'protected_until', lead.protected_until, 'in_conflict', lead.in_conflict
    );
end;
$$;

create function public.register_lead(lead_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.register_lead(lead_id);
$$;

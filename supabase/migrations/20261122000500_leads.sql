-- Leads and what partners do with them.

create type public.lead_status as enum ('new', 'contacted', 'qualified', 'proposal_sent', 'closed_won', 'closed_lost'); -- A-33
create type public.lead_activity_type as enum ('call', 'email', 'meeting', 'note', 'status_change');

create table public.leads (
    id uuid primary key default gen_random_uuid(), -- made by the client when it works offline
    partner_id uuid not null default private.me() references public.partners,
    company_name text not null check (length(btrim(company_name)) between 1 and 200),
    contact_name text check (length(contact_name) <= 200),
    contact_email extensions.citext check (contact_email::text ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and length(contact_email::text) <= 254),
    contact_phone text check (length(contact_phone) <= 40),
    project_type text check (length(project_type) <= 100),
    estimated_value bigint check (estimated_value between 0 and 1000000000000), -- minor units
    currency char(3) not null default 'USD' references public.payout_minimums,
    status public.lead_status not null default 'new',
    source text check (length(source) <= 100),
    attribution_data jsonb,
    notes text check (length(notes) <= 10000),
    lost_reason text check (length(lost_reason) between 1 and 500),
    next_action text check (length(next_action) <= 500),
    next_action_date date,
    stage_entered_at timestamptz not null default private.now(),
    deleted_at timestamptz, -- A-40: leads are hidden, not erased
    deleted_reason text,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    constraint lost_needs_reason check ((status = 'closed_lost') = (lost_reason is not null))
);

create index leads_board on public.leads (partner_id, status, stage_entered_at desc) where deleted_at is null;
create index on public.leads (currency);

create trigger touch_updated_at before update on public.leads
for each row execute function private.touch_updated_at();

create table public.lead_activities (
    id uuid primary key default gen_random_uuid(),
    lead_id uuid not null references public.leads,
    partner_id uuid not null default private.me() references public.partners,
    activity_type public.lead_activity_type not null,
    notes text check (length(notes) <= 10000),
    created_at timestamptz not null default private.now()
);

create index on public.lead_activities (lead_id, created_at desc);
create index on public.lead_activities (partner_id, created_at desc);

create function private.lead_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' then
        perform private.emit('lead.created', 'lead', new.id, new.partner_id, null, jsonb_build_object('status', new.status));
    elsif new.status is distinct from old.status then
        perform private.emit(
            'lead.moved', 'lead', new.id, new.partner_id,
            jsonb_build_object('status', old.status), jsonb_build_object('status', new.status)
        );
        insert into public.lead_activities (lead_id, partner_id, activity_type, notes)
        values (new.id, new.partner_id, 'status_change', old.status || ' → ' || new.status);
    end if;
    perform private.hint(new.partner_id, 'lead.changed', new.id);
    return null;
end;
$$;

create trigger lead_changed after insert or update on public.leads
for each row execute function private.lead_changed();

-- The caller's own lead, locked; refuses when there is none.
create function private.own_lead(wanted uuid) returns public.leads
language plpgsql volatile security definer set search_path = '' as $$
declare
    lead public.leads;
begin
    select * into lead from public.leads
    where id = wanted and partner_id = private.me() and deleted_at is null
    for update;
    if not found then
        perform private.fail('PT404', 'There is no such lead.', 'not_found', 'lead_id');
    end if;
    return lead;
end;
$$;

create function private.require_active_partner() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    if not private.is_active_partner() then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    return private.me();
end;
$$;

-- The daily work on leads: tasks, files, and reminders of what lies idle.

create table public.tasks (
    id uuid primary key default gen_random_uuid(), -- made by the client when it works offline
    partner_id uuid not null default private.me() references public.partners,
    lead_id uuid references public.leads, -- null: a task of its own
    title text not null check (length(btrim(title)) between 1 and 200),
    notes text check (length(notes) <= 5000),
    due_at timestamptz,
    reminder_at timestamptz,
    reminded_at timestamptz, -- when the reminder for reminder_at went out
    done_at timestamptz,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create index tasks_open on public.tasks (partner_id, due_at) where done_at is null;
create index on public.tasks (partner_id);
create index on public.tasks (lead_id);
create index tasks_to_remind on public.tasks (reminder_at) where done_at is null and reminded_at is null;

create trigger touch_updated_at before update on public.tasks
for each row execute function private.touch_updated_at();

-- A new time for the reminder means a new reminder.
create function private.rearm_reminder() returns trigger
language plpgsql set search_path = '' as $$
begin
    if new.reminder_at is distinct from old.reminder_at then
        new.reminded_at := null;
    end if;
    return new;
end;
$$;

create trigger rearm_reminder before update of reminder_at on public.tasks
for each row execute function private.rearm_reminder();

create function private.remind_tasks() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    task public.tasks;
    reminded integer := 0;
begin
    for task in
        update public.tasks set reminded_at = private.now()
        where id in (
            select due.id from public.tasks as due
            where due.done_at is null and due.reminded_at is null and due.reminder_at <= private.now()
            order by due.reminder_at
            for update skip locked
            limit 500
        )
        returning *
    loop
        reminded := reminded + 1;
        if exists (select from public.partners where id = task.partner_id and status = 'active') then
            perform private.notify(
                task.partner_id, 'reminder', 'Task due', left(task.title, 200),
                case when task.lead_id is null then '/partner/tasks' else '/partner/leads/' || task.lead_id::text end
            );
        end if;
    end loop;
    return reminded;
end;
$$;

select cron.schedule('remind-tasks', '* * * * *', 'select private.remind_tasks()');

-- ---------------------------------------------------------------------------------------------------------------------
-- Files of a lead or of one of its activities (A-39), voice notes among them. The row comes first: it names the place in the
-- bucket lead-files and allows the upload.
-- ---------------------------------------------------------------------------------------------------------------------
create table public.lead_attachments (
    id uuid primary key default gen_random_uuid(),
    lead_id uuid not null references public.leads,
    activity_id uuid references public.lead_activities,
    partner_id uuid not null default private.me() references public.partners,
    file_name text not null check (length(file_name) between 1 and 200 and file_name !~ '[/\\[:cntrl:]]'),
    mime_type text not null check (mime_type ~ '^[a-z]+/[a-z0-9.+-]{1,100}$'),
    size_bytes bigint not null check (size_bytes between 1 and 26214400),
    duration_seconds integer check (duration_seconds between 1 and 7200), -- of a voice note
    path text not null unique generated always as (partner_id::text || '/' || lead_id::text || '/' || id::text) stored,
    created_at timestamptz not null default private.now()
);

create index on public.lead_attachments (lead_id, created_at desc);
create index on public.lead_attachments (activity_id);
create index on public.lead_attachments (partner_id);

-- An attachment of an activity belongs to that activity's lead.
create function private.guard_attachment() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.activity_id is not null and not exists (
        select from public.lead_activities where id = new.activity_id and lead_id = new.lead_id
    ) then
        perform private.fail('22023', 'The activity is not of this lead.', 'other_lead', 'activity_id');
    end if;
    return new;
end;
$$;

create trigger guard_attachment before insert on public.lead_attachments
for each row execute function private.guard_attachment();

-- ---------------------------------------------------------------------------------------------------------------------
-- Automatic follow-up (R-173): a lead that lies idle longer than its stage allows is brought back once per stay in the stage.
-- ---------------------------------------------------------------------------------------------------------------------
create table public.follow_up_rules (
    status public.lead_status primary key check (status not in ('closed_won', 'closed_lost')),
    idle_days integer not null check (idle_days between 1 and 365),
    suggestion text not null check (length(suggestion) between 1 and 200),
    active boolean not null default true
);

comment on table public.follow_up_rules is 'Set by save_follow_up_rule: after how many days without activity a lead is brought back.';

insert into public.follow_up_rules (status, idle_days, suggestion) values
('new', 2, 'Get in touch while the need is fresh.'),
('contacted', 4, 'Ask for a short call.'),
('qualified', 5, 'Send the proposal you agreed on.'),
('proposal_sent', 3, 'Ask what is still open in the proposal.');

create table private.follow_ups (
    lead_id uuid not null references public.leads,
    stage_entered_at timestamptz not null,
    reminded_at timestamptz not null default private.now(),
    primary key (lead_id, stage_entered_at)
);

create function private.remind_follow_ups() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    found record;
    reminded integer := 0;
begin
    for found in
        with idle as (
            insert into private.follow_ups (lead_id, stage_entered_at)
            select lead.id, lead.stage_entered_at
            from public.leads as lead
            join public.follow_up_rules as rule on rule.status = lead.status and rule.active
            join public.partners as owner on owner.id = lead.partner_id and owner.status = 'active'
            where lead.deleted_at is null
                and greatest(lead.last_activity_at, lead.stage_entered_at) <= private.now() - make_interval(days => rule.idle_days)
                -- The partner has planned it already.
                and (lead.next_action_date is null or lead.next_action_date < (private.now() at time zone owner.timezone)::date)
            on conflict do nothing
            returning lead_id
        )

        -- One message a partner, however many leads.
        select
            lead.partner_id, count(*)::integer as leads, min(lead.id::text) as lead_id, min(lead.company_name) as company_name,
            min(rule.suggestion) as suggestion
        from idle
        join public.leads as lead on lead.id = idle.lead_id
        join public.follow_up_rules as rule on rule.status = lead.status
        group by lead.partner_id
    loop
        reminded := reminded + found.leads;
        if found.leads = 1 then
            perform private.notify(
                found.partner_id, 'reminder', 'Time to follow up', left(found.company_name, 200) || ': ' || found.suggestion,
                '/partner/leads/' || found.lead_id
            );
        else
            perform private.notify(
                found.partner_id, 'reminder', 'Time to follow up', found.leads::text || ' leads wait for your next step.', '/partner/leads'
            );
        end if;
    end loop;
    return reminded;
end;
$$;

select cron.schedule('remind-follow-ups', '23 * * * *', 'select private.remind_follow_ups()');

-- Templates for e-mails and calls (R-080): one's own, those of the team, and official ones. A text is never overwritten: every
-- saving is a new version. Placeholders such as {contact_name} are filled in by the app.

create type public.template_channel as enum ('email', 'call');
create type public.template_visibility as enum ('private', 'shared', 'official');

create table public.message_templates (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid references public.partners, -- null: official
    channel public.template_channel not null,
    title text not null check (length(btrim(title)) between 1 and 120),
    visibility public.template_visibility not null default 'private',
    current_version integer not null default 1 check (current_version > 0),
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    constraint official_has_no_owner check ((visibility = 'official') = (partner_id is null))
);

create index on public.message_templates (partner_id);

create trigger touch_updated_at before update on public.message_templates
for each row execute function private.touch_updated_at();

create table public.message_template_versions (
    template_id uuid not null references public.message_templates,
    version integer not null check (version > 0),
    subject text check (length(subject) between 1 and 200), -- of an e-mail
    body text not null check (length(btrim(body)) between 1 and 10000),
    saved_by uuid references public.partners, -- null: staff
    created_at timestamptz not null default private.now(),
    primary key (template_id, version)
);

create index on public.message_template_versions (saved_by);

create trigger append_only before update or delete or truncate on public.message_template_versions
for each statement execute function private.keep_as_written();

-- Makes a template or a new version of it. `expected` is the version that was edited: whoever was overtaken is told.
create function private.save_template(
    wanted uuid, kind public.template_channel, heading text, wanted_subject text, wanted_body text,
    audience public.template_visibility, expected integer
) returns public.message_templates
language plpgsql volatile security definer set search_path = '' as $$
declare
    template public.message_templates;
    latest public.message_template_versions;
    author uuid;
begin
    if audience = 'official' then
        perform private.require_staff('admin');
    else
        author := private.require_active_partner();
        perform private.require_benefit('leads.templates');
    end if;
    if wanted is null or kind is null or audience is null then
        perform private.fail('22023', 'A template needs an id, a channel and a visibility.', 'required', 'id');
    end if;
    if coalesce(btrim(heading), '') = '' or length(heading) > 120 then
        perform private.fail('22023', 'Give it a title (up to 120 characters).', 'length', 'title', null, '120');
    end if;
    if coalesce(btrim(wanted_body), '') = '' or length(wanted_body) > 10000 then
        perform private.fail('22023', 'Write the text (up to 10,000 characters).', 'length', 'body', null, '10000');
    end if;
    if length(wanted_subject) > 200 then
        perform private.fail('22023', 'At most 200 characters.', 'length', 'subject', null, '200');
    end if;
    insert into public.message_templates (id, partner_id, channel, title, visibility)
    values (wanted, author, kind, btrim(heading), audience)
    on conflict (id) do nothing
    returning * into template;
    if template.id is null then
        select * into template from public.message_templates
        where id = wanted and partner_id is not distinct from author
        for update;
        if template.id is null then
            perform private.fail('PT404', 'There is no such template.', 'not_found', 'id');
        end if;
        select * into strict latest from public.message_template_versions
        where template_id = template.id and version = template.current_version;
        if (latest.subject, latest.body) is not distinct from (nullif(btrim(wanted_subject), ''), wanted_body)
            and (template.channel, template.title, template.visibility) = (kind, btrim(heading), audience)
        then
            return template; -- a phone may repeat itself
        end if;
        if template.archived_at is not null then
            perform private.fail('PT409', 'This template is archived.', 'archived', 'id');
        end if;
        if expected is distinct from template.current_version then
            perform private.fail(
                'PT409', 'The template was changed meanwhile.', 'changed_meanwhile', 'version', 'Load it again.',
                template.current_version::text
            );
        end if;
        update public.message_templates
        set channel = kind, title = btrim(heading), visibility = audience, current_version = current_version + 1
        where id = template.id
        returning * into template;
    end if;
    insert into public.message_template_versions (template_id, version, subject, body, saved_by)
    values (template.id, template.current_version, nullif(btrim(wanted_subject), ''), wanted_body, author);
    if audience = 'official' then
        perform private.emit(
            'template.published', 'template', template.id, null, null,
            jsonb_build_object('version', template.current_version, 'staff_id', private.my_staff_id())
        );
    end if;
    return template;
end;
$$;

create function public.save_template(
    id uuid, channel public.template_channel, title text, body text, subject text default null,
    visibility public.template_visibility default 'private', version integer default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(template) from private.save_template(id, channel, title, subject, body, visibility, version) as template;
$$;

-- Whoever made a template puts it away and brings it back; official ones: admins.
create function private.set_template_archived(wanted uuid, gone boolean) returns public.message_templates
language plpgsql volatile security definer set search_path = '' as $$
declare
    template public.message_templates;
    staff uuid;
begin
    select * into template from public.message_templates where id = wanted for update;
    if template.visibility = 'official' then
        staff := private.require_staff('admin');
    elsif template.partner_id is distinct from private.require_active_partner() then
        perform private.fail('PT404', 'There is no such template.', 'not_found', 'template_id');
    elsif not gone then
        perform private.require_benefit('leads.templates');
    end if;
    if (template.archived_at is not null) is distinct from gone then
        update public.message_templates set archived_at = case when gone then private.now() end where id = wanted
        returning * into template;
        if staff is not null then
            perform private.emit(
                case when gone then 'template.archived' else 'template.restored' end, 'template', wanted, null, null,
                jsonb_build_object('version', template.current_version, 'staff_id', staff)
            );
        end if;
    end if;
    return template;
end;
$$;

create function private.archive_template(wanted uuid) returns void
language sql volatile security definer set search_path = '' as $$
    select private.set_template_archived(wanted, true);
$$;

create function private.restore_template(wanted uuid) returns public.message_templates
language sql volatile security definer set search_path = '' as $$
    select * from private.set_template_archived(wanted, false);
$$;

create function public.archive_template(template_id uuid) returns void
language sql volatile set search_path = '' as $$
    select private.archive_template(template_id);
$$;
create function public.restore_template(template_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(template) from private.restore_template(template_id) as template;
$$;

-- Templates with their current text.
create view public.current_templates with (security_invoker = true) as
select
    template.id, template.partner_id, template.channel, template.title, template.visibility, template.current_version as version,
    latest.subject, latest.body, template.archived_at, template.created_at, template.updated_at
from public.message_templates as template
join public.message_template_versions as latest
    on latest.template_id = template.id and latest.version = template.current_version;

with made as (
    insert into public.message_templates (channel, title, visibility) values
    ('email', 'First contact', 'official'), ('email', 'After the proposal', 'official'), ('call', 'First call', 'official')
    returning id, title
)

insert into public.message_template_versions (template_id, version, subject, body)
select made.id, 1, written.subject, written.body
from made
join (values
    (
        'First contact', 'A better website for {company_name}',
        E'Hello {contact_name},\n\nI work with SISO, a team that builds websites and apps for companies like '
        || E'{company_name}. May I show you in fifteen minutes what we would change first, and what it would cost?\n\n'
        || E'Would a call this week suit you?\n\n{partner_name}\n{partner_phone}'
    ),
    (
        'After the proposal', 'Your questions on our proposal',
        E'Hello {contact_name},\n\nyou have had our proposal for a few days. Is there anything that is unclear, '
        || E'or that does not fit yet? I am glad to go through it with you.\n\n{partner_name}\n{partner_phone}'
    ),
    (
        'First call', null,
        E'1. Who I am, and why I call {company_name}.\n2. What works well with the website today? What does not?\n'
        || E'3. What would have to happen for it to be worth the money?\n4. Who decides, and by when?\n'
        || E'5. Agree on the next step and its date before hanging up.'
    )
) as written (title, subject, body) on written.title = made.title;

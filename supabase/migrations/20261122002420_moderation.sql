-- Moderation (F-30, F-31): anybody can report; moderators see what was reported, and read a channel that is not theirs only under
-- a case. Each look is logged and told to the people in the channel.

create type public.report_state as enum ('open', 'acted', 'dismissed');

create table public.moderation_cases (
    id uuid primary key default gen_random_uuid(),
    channel_id uuid not null references public.chat_channels,
    reason text not null check (length(btrim(reason)) between 10 and 1000),
    opened_by uuid not null references public.staff_members,
    opened_at timestamptz not null default private.now(),
    closed_at timestamptz,
    outcome text check (length(outcome) <= 1000)
);

create index on public.moderation_cases (channel_id) where closed_at is null;
create index on public.moderation_cases (opened_by);
create index moderation_cases_channel on public.moderation_cases (channel_id);

create table public.message_reports (
    id uuid primary key default gen_random_uuid(),
    message_id uuid not null references public.chat_messages,
    reporter_id uuid not null references public.partners,
    reason text not null check (length(btrim(reason)) between 3 and 1000),
    disclosed_text text not null, -- what the reporter saw and hands over
    state public.report_state not null default 'open',
    case_id uuid references public.moderation_cases,
    decided_by uuid references public.staff_members,
    decided_at timestamptz,
    decision_note text check (length(decision_note) <= 1000),
    created_at timestamptz not null default private.now(),
    unique (message_id, reporter_id)
);

create index on public.message_reports (state, created_at);
create index on public.message_reports (reporter_id);
create index on public.message_reports (case_id);
create index on public.message_reports (decided_by);

-- Every step of a moderator, append-only; participants read those about their channel.
create table public.moderation_actions (
    id uuid primary key default gen_random_uuid(),
    case_id uuid references public.moderation_cases,
    channel_id uuid not null references public.chat_channels,
    staff_id uuid not null references public.staff_members,
    action text not null check (action in (
        'read_channel', 'remove_message', 'restore_message', 'mute', 'unmute', 'slow_mode', 'dismiss_report'
    )),
    message_id uuid references public.chat_messages,
    partner_id uuid references public.partners,
    note text check (length(note) <= 1000),
    created_at timestamptz not null default private.now()
);

create index on public.moderation_actions (channel_id, created_at desc);
create index on public.moderation_actions (case_id);
create index on public.moderation_actions (staff_id);
create index on public.moderation_actions (message_id);
create index on public.moderation_actions (partner_id);

create trigger append_only before update or delete or truncate on public.moderation_actions
for each statement execute function ops.refuse_change();

create function private.log_moderation(
    the_case uuid, channel uuid, staff uuid, what text, message uuid default null, about uuid default null, why text default null
) returns void
language plpgsql security definer set search_path = '' as $$
begin
    insert into public.moderation_actions (case_id, channel_id, staff_id, action, message_id, partner_id, note)
    values (the_case, channel, staff, what, message, about, why);
    perform private.emit(
        'moderation.' || what, 'channel', channel, about, null,
        jsonb_strip_nulls(jsonb_build_object('staff_id', staff, 'case_id', the_case, 'message_id', message))
    );
    perform private.tell_channel(channel, 'moderation.acted', jsonb_build_object('action', what, 'message_id', message));
end;
$$;

create function private.report_message(wanted uuid, why text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    target public.chat_messages;
    report uuid;
begin
    select * into target from public.chat_messages where id = wanted and channel_id in (select private.my_channels());
    if not found then
        perform private.fail('PT404', 'There is no such message.', 'not_found', 'message_id');
    end if;
    if length(btrim(coalesce(why, ''))) < 3 then
        perform private.fail('22023', 'Say what is wrong with it.', 'length', 'reason', null, '3');
    end if;
    if length(btrim(why)) > 1000 then
        perform private.fail('22023', 'At most 1,000 characters.', 'length', 'reason', null, '1000');
    end if;
    insert into public.message_reports (message_id, reporter_id, reason, disclosed_text)
    values (wanted, private.me(), btrim(why), target.message)
    on conflict (message_id, reporter_id) do update set reason = excluded.reason
    returning id into report;
    perform private.emit('moderation.reported', 'message', wanted, private.me());
    return report;
end;
$$;

create function private.open_moderation_case(channel uuid, why text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    opened uuid;
begin
    if length(btrim(coalesce(why, ''))) < 10 then
        perform private.fail('22023', 'Say why, in a sentence: the people in the channel may read it.', 'length', 'reason', null, '10');
    end if;
    if length(btrim(why)) > 1000 then
        perform private.fail('22023', 'At most 1,000 characters.', 'length', 'reason', null, '1000');
    end if;
    if not exists (select from public.chat_channels where id = channel) then
        perform private.fail('PT404', 'There is no such channel.', 'not_found', 'channel_id');
    end if;
    insert into public.moderation_cases (channel_id, reason, opened_by) values (channel, btrim(why), staff) returning id into opened;
    perform private.emit('moderation.case_opened', 'channel', channel, null, null, jsonb_build_object('staff_id', staff, 'case_id', opened));
    return opened;
end;
$$;

-- The newest messages of a channel, for a moderator with an open case. Logged and told before anything is shown.
create function private.read_under_case(wanted_case uuid, before_seq bigint) returns setof public.chat_messages
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    the_case public.moderation_cases;
begin
    select * into the_case from public.moderation_cases where id = wanted_case and closed_at is null;
    if not found then
        perform private.fail('PT404', 'There is no such open case.', 'not_found', 'case_id');
    end if;
    perform private.log_moderation(the_case.id, the_case.channel_id, staff, 'read_channel', null, null, the_case.reason);
    return query
    select * from public.chat_messages
    where channel_id = the_case.channel_id and seq < coalesce(before_seq, 9223372036854775807)
    order by seq desc
    limit 50;
end;
$$;

create function private.remove_message(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    gone public.chat_messages;
begin
    select * into gone from public.chat_messages where id = wanted and deleted_at is null for update;
    if not found then
        perform private.fail('PT404', 'There is no such message.', 'not_found', 'message_id');
    end if;
    insert into public.message_edits (message_id, message) values (gone.id, gone.message);
    update public.chat_messages set message = '', deleted_at = private.now() where id = wanted;
    update public.message_reports set state = 'acted', decided_by = staff, decided_at = private.now(), decision_note = left(why, 1000)
    where message_id = wanted and state = 'open';
    perform private.log_moderation(null, gone.channel_id, staff, 'remove_message', wanted, gone.partner_id, left(why, 1000));
end;
$$;

create function private.dismiss_report(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    target public.chat_messages;
begin
    update public.message_reports set state = 'dismissed', decided_by = staff, decided_at = private.now(), decision_note = left(why, 1000)
    where id = wanted and state = 'open';
    if not found then
        perform private.fail('PT404', 'There is no such open report.', 'not_found', 'report_id');
    end if;
    select message.* into target from public.message_reports as report
    join public.chat_messages as message on message.id = report.message_id where report.id = wanted;
    perform private.log_moderation(null, target.channel_id, staff, 'dismiss_report', target.id, null, left(why, 1000));
end;
$$;

-- Mutes somebody in a channel until a time (null: not any more). Moderators of the channel (team leaders) and staff may.
create function private.mute_member(channel uuid, member uuid, until timestamptz, why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid;
begin
    if not exists (
        select from public.channel_members where channel_id = channel and partner_id = private.me() and moderator and left_at is null
    ) then
        staff := private.require_staff('moderator', 'admin');
    end if;
    if member = private.me() then
        perform private.fail('22023', 'You cannot mute yourself.', 'not_self', 'partner_id');
    end if;
    if not exists (select from public.chat_channels where id = channel) then
        perform private.fail('PT404', 'There is no such channel.', 'not_found', 'channel_id');
    end if;
    if not exists (select from public.partners where id = member) then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    insert into public.channel_members (channel_id, partner_id, muted_until) values (channel, member, until)
    on conflict (channel_id, partner_id) do update set muted_until = excluded.muted_until;
    if staff is not null then
        perform private.log_moderation(null, channel, staff, case when until is null then 'unmute' else 'mute' end, null, member, left(why, 1000));
    else
        perform private.emit('moderation.mute', 'channel', channel, member, null, jsonb_build_object('until', until));
    end if;
end;
$$;

-- Staff speak where partners only read.
create function private.post_announcement(channel_name text, body text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin', 'support', 'moderator');
    channel public.chat_channels;
    sent uuid;
begin
    if length(btrim(coalesce(body, ''))) not between 1 and 4000 then
        perform private.fail('22023', 'Write 1 to 4,000 characters.', 'length', 'message', null, '4000');
    end if;
    update public.chat_channels set last_seq = last_seq + 1
    where name = channel_name and type in ('general', 'training') and archived_at is null
    returning * into channel;
    if not found then
        perform private.fail('PT404', 'There is no such channel.', 'not_found', 'channel');
    end if;
    insert into public.chat_messages (channel_id, seq, author_name, message)
    select channel.id, channel.last_seq, member.name, btrim(body) from public.staff_members as member where member.id = staff
    returning id into sent;
    perform private.emit('moderation.announced', 'channel', channel.id, null, null, jsonb_build_object('staff_id', staff, 'message_id', sent));
    perform private.tell_channel(channel.id, 'message.created', jsonb_build_object('id', sent, 'seq', channel.last_seq, 'message', btrim(body)));
    return sent;
end;
$$;

create function public.report_message(message_id uuid, reason text) returns uuid
language sql volatile set search_path = '' as $$
    select private.report_message(message_id, reason);
$$;
create function public.open_moderation_case(channel_id uuid, reason text) returns uuid
language sql volatile set search_path = '' as $$
    select private.open_moderation_case(channel_id, reason);
$$;
create function public.read_under_case(case_id uuid, before_seq bigint default null) returns setof jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(shown) - 'search' from private.read_under_case(case_id, before_seq) as shown;
$$;
create function public.remove_message(message_id uuid, reason text) returns void
language sql volatile set search_path = '' as $$
    select private.remove_message(message_id, reason);
$$;
create function public.dismiss_report(report_id uuid, reason text) returns void
language sql volatile set search_path = '' as $$
    select private.dismiss_report(report_id, reason);
$$;
create function public.mute_member(channel_id uuid, partner_id uuid, until timestamptz, reason text default null) returns void
language sql volatile set search_path = '' as $$
    select private.mute_member(channel_id, partner_id, until, reason);
$$;
create function public.post_announcement(channel text, message text) returns uuid
language sql volatile set search_path = '' as $$
    select private.post_announcement(channel, message);
$$;

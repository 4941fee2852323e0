-- What people do in chat. Everything is written by these functions, so that numbers, mentions and caches are always right.

-- Tells everybody in a channel; the payload is small, and what it says stands in the table as well.
create function private.tell_channel(channel uuid, event text, payload jsonb) returns void
language sql security definer set search_path = '' as $$
    select realtime.send(payload, event, private.live_topic('channel:' || channel::text), true);
$$;

-- The channel, if the caller may write to it now; says why not otherwise.
create function private.writable_channel(wanted uuid) returns public.chat_channels
language plpgsql volatile security definer set search_path = '' as $$
declare
    channel public.chat_channels;
    member public.channel_members;
    last_own timestamptz;
    other uuid;
begin
    perform private.require_active_partner();
    select * into channel from public.chat_channels where id = wanted and id in (select private.my_channels());
    if not found then
        perform private.fail('PT404', 'There is no such channel.', 'not_found', 'channel_id');
    end if;
    if channel.archived_at is not null then
        perform private.fail('PT409', 'This channel is closed.', 'archived', 'channel_id');
    end if;
    if channel.staff_only_writes then
        perform private.fail('42501', 'Only staff write here.', 'staff_only', 'channel_id');
    end if;
    select * into member from public.channel_members where channel_id = channel.id and partner_id = private.me();
    if member.muted_until > private.now() then
        perform private.fail('42501', 'You are muted here.', 'muted', 'channel_id', null, member.muted_until::text);
    end if;
    if channel.slow_mode_seconds > 0 and not coalesce(member.moderator, false) then
        select max(created_at) into last_own from public.chat_messages
        where channel_id = channel.id and partner_id = private.me() and created_at > private.now() - interval '6 hours';
        if last_own > private.now() - make_interval(secs => channel.slow_mode_seconds) then
            perform private.fail('PT429', 'Slow mode: wait a moment.', 'slow_mode', 'channel_id', null, channel.slow_mode_seconds::text);
        end if;
    end if;
    if channel.type = 'direct' then
        select partner_id into other from public.channel_members where channel_id = channel.id and partner_id <> private.me();
        if exists (
            select from public.partner_blocks
            where (partner_id, blocked_id) in ((other, private.me()), (private.me(), other))
        ) then
            perform private.fail('42501', 'You cannot write to this person.', 'blocked', 'channel_id');
        end if;
    end if;
    return channel;
end;
$$;

create function private.send_message(message_id uuid, wanted uuid, body text, answer_to uuid, files jsonb) returns public.chat_messages
language plpgsql volatile security definer set search_path = '' as $$
declare
    channel public.chat_channels;
    sent public.chat_messages;
    root uuid;
    file jsonb;
begin
    select * into sent from public.chat_messages where id = message_id;
    if found then
        if sent.partner_id is distinct from private.me() or sent.channel_id <> wanted then
            perform private.fail('23505', 'This id is taken.', 'id_taken', 'id');
        end if;
        return sent; -- a phone may repeat itself
    end if;
    channel := private.writable_channel(wanted);
    if message_id is null then
        perform private.fail('22023', 'A message needs an id.', 'required', 'id');
    end if;
    if jsonb_typeof(coalesce(files, '[]')) <> 'array' then
        perform private.fail('22023', 'Attachments are a list.', 'list', 'attachments');
    end if;
    if coalesce(btrim(body), '') = '' and coalesce(jsonb_array_length(files), 0) = 0 then
        perform private.fail('22023', 'Write something.', 'required', 'message');
    end if;
    if length(body) > 4000 then
        perform private.fail('22023', 'At most 4,000 characters.', 'length', 'message', null, '4000');
    end if;
    if jsonb_array_length(files) > 10 then
        perform private.fail('22023', 'At most 10 files.', 'max_items', 'attachments', null, '10');
    end if;
    if answer_to is not null then
        select coalesce(thread_id, id) into root from public.chat_messages where id = answer_to and channel_id = channel.id;
        if root is null then
            perform private.fail('PT404', 'There is no such message here.', 'not_found', 'parent_message_id');
        end if;
        update public.chat_messages set reply_count = reply_count + 1 where id = root;
    end if;
    update public.chat_channels set last_seq = last_seq + 1 where id = channel.id returning last_seq into channel.last_seq;
    insert into public.chat_messages (id, channel_id, seq, partner_id, author_name, kind, message, thread_id, parent_message_id)
    values (
        message_id, channel.id, channel.last_seq, private.me(), (select name from public.partners where id = private.me()),
        case when files -> 0 ->> 'bucket_id' = 'voice' then 'voice' else 'text' end::public.message_kind,
        coalesce(body, ''), root, answer_to
    ) returning * into sent;
    for file in select value from jsonb_array_elements(coalesce(files, '[]')) loop
        if coalesce(file ->> 'path', '') not like channel.id::text || '/' || private.me()::text || '/%' then
            perform private.fail('22023', 'A file lies under <channel>/<you>/.', 'path', 'attachments');
        end if;
        insert into public.attachments (message_id, bucket_id, path, name, mime_type, size, duration_ms, alt_text)
        values (
            sent.id, file ->> 'bucket_id', file ->> 'path', file ->> 'name', file ->> 'mime_type', (file ->> 'size')::bigint,
            (file ->> 'duration_ms')::integer, file ->> 'alt_text'
        );
    end loop;
    perform private.note_mentions(sent, channel);
    insert into public.read_cursors (channel_id, partner_id, last_read_seq) values (channel.id, private.me(), sent.seq)
    on conflict (partner_id, channel_id) do update
    set last_read_seq = greatest(read_cursors.last_read_seq, excluded.last_read_seq), updated_at = private.now();
    perform private.tell_channel(channel.id, 'message.created', jsonb_build_object(
        'id', sent.id, 'seq', sent.seq, 'partner_id', sent.partner_id, 'author_name', sent.author_name, 'thread_id', sent.thread_id,
        -- Team and direct channels will be end-to-end encrypted: their text is never handed around in clear.
        'message', case when channel.type in ('general', 'training') then sent.message end
    ));
    return sent;
end;
$$;

-- A mention is <@partner id> in the text. Whoever cannot read the channel is not told.
create function private.note_mentions(sent public.chat_messages, channel public.chat_channels) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    mentioned uuid;
begin
    for mentioned in
        select distinct partner.id
        from regexp_matches(sent.message, '<@([0-9a-f-]{36})>', 'g') as named (parts)
        join public.partners as partner on partner.id::text = named.parts[1] and partner.id <> sent.partner_id and partner.status = 'active'
        left join public.channel_members as member
            on member.channel_id = channel.id and member.partner_id = partner.id
        where (
            channel.type in ('general', 'training') and (channel.tier_requirement is null or channel.tier_requirement <= partner.current_tier)
            or member.partner_id is not null and member.left_at is null
        ) and not exists (
            select from public.partner_blocks as block where block.partner_id = partner.id and block.blocked_id = sent.partner_id
        )
    loop
        insert into public.message_mentions (message_id, partner_id, channel_id, seq) values (sent.id, mentioned, channel.id, sent.seq);
        if coalesce((
            select notifications from public.channel_members where channel_id = channel.id and partner_id = mentioned
        ), 'all') <> 'none' then
            perform private.notify(mentioned, 'message', sent.author_name || ' mentioned you', 'In #' || channel.name, '/partner/team');
        end if;
    end loop;
end;
$$;

create function private.own_message(wanted uuid) returns public.chat_messages
language plpgsql volatile security definer set search_path = '' as $$
declare
    found_message public.chat_messages;
begin
    select * into found_message from public.chat_messages
    where id = wanted and partner_id = private.me() and deleted_at is null
        and channel_id in (select private.my_writable_channels())
    for update;
    if not found then
        perform private.fail('PT404', 'There is no such message of yours.', 'not_found', 'message_id');
    end if;
    return found_message;
end;
$$;

create function private.edit_message(wanted uuid, body text) returns public.chat_messages
language plpgsql volatile security definer set search_path = '' as $$
declare
    edited public.chat_messages := private.own_message(wanted);
begin
    if coalesce(btrim(body), '') = '' or length(body) > 4000 then
        perform private.fail('22023', 'Write 1 to 4,000 characters.', 'length', 'message', null, '4000');
    end if;
    if edited.message = body then
        return edited;
    end if;
    insert into public.message_edits (message_id, message) values (edited.id, edited.message);
    update public.chat_messages set message = body, edited_at = private.now() where id = edited.id returning * into edited;
    perform private.tell_channel(edited.channel_id, 'message.edited', jsonb_build_object('id', edited.id, 'seq', edited.seq));
    return edited;
end;
$$;

create function private.delete_message(wanted uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    gone public.chat_messages := private.own_message(wanted);
begin
    insert into public.message_edits (message_id, message) values (gone.id, gone.message);
    update public.chat_messages set message = '', deleted_at = private.now() where id = gone.id;
    delete from public.message_pins where message_id = gone.id;
    perform private.tell_channel(gone.channel_id, 'message.deleted', jsonb_build_object('id', gone.id, 'seq', gone.seq));
end;
$$;

create function private.set_reaction(wanted uuid, sign text, present boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    target public.chat_messages;
begin
    perform private.require_active_partner();
    select * into target from public.chat_messages
    where id = wanted and deleted_at is null and channel_id in (select private.my_channels()) for update;
    if not found then
        perform private.fail('PT404', 'There is no such message.', 'not_found', 'message_id');
    end if;
    if length(coalesce(sign, '')) not between 1 and 16 then
        perform private.fail('22023', 'One emoji, please.', 'length', 'emoji', null, '16');
    end if;
    if present then
        insert into public.message_reactions (message_id, partner_id, emoji) values (wanted, private.me(), sign) on conflict do nothing;
    else
        delete from public.message_reactions where message_id = wanted and partner_id = private.me() and emoji = sign;
    end if;
    update public.chat_messages
    set reactions = coalesce((
        select jsonb_object_agg(emoji, number)
        from (select emoji, count(*) as number from public.message_reactions where message_id = wanted group by emoji) as counted
    ), '{}')
    where id = wanted
    returning reactions into target.reactions;
    perform private.tell_channel(target.channel_id, 'message.reactions', jsonb_build_object('id', wanted, 'reactions', target.reactions));
    return target.reactions;
end;
$$;

create function private.mark_channel_read(wanted uuid, up_to bigint) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
    reached bigint;
begin
    if wanted not in (select private.my_channels()) then
        perform private.fail('PT404', 'There is no such channel.', 'not_found', 'channel_id');
    end if;
    insert into public.read_cursors as cursor (channel_id, partner_id, last_read_seq)
    select wanted, private.me(), least(greatest(up_to, 0), last_seq) from public.chat_channels where id = wanted
    on conflict (partner_id, channel_id) do update
    set last_read_seq = greatest(cursor.last_read_seq, excluded.last_read_seq), updated_at = private.now()
    returning last_read_seq into reached;
    return reached;
end;
$$;

-- The direct channel with somebody, made when it does not exist yet.
create function private.open_direct(other uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    pair text := least(mine, other)::text || ' ' || greatest(mine, other)::text;
    channel uuid;
begin
    if other is null or other = mine or not exists (select from public.partners where id = other and status in ('active', 'inactive')) then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    if exists (select from public.partner_blocks where (partner_id, blocked_id) in ((other, mine), (mine, other))) then
        perform private.fail('42501', 'You cannot write to this person.', 'blocked', 'partner_id');
    end if;
    insert into public.chat_channels (name, type, direct_key) values ('direct', 'direct', pair) on conflict (direct_key) do nothing;
    select id into strict channel from public.chat_channels where direct_key = pair;
    insert into public.channel_members (channel_id, partner_id) values (channel, mine), (channel, other) on conflict do nothing;
    return channel;
end;
$$;

-- Every channel of the caller with what is unread: O(1) per channel.
create function private.list_channels() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me(); -- asked once: in the joins below it would be for each channel
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', channel.id, 'name', channel.name, 'type', channel.type, 'topic', channel.topic, 'category', category.name,
            'tier_requirement', channel.tier_requirement, 'staff_only_writes', channel.staff_only_writes,
            'last_seq', channel.last_seq, 'last_read_seq', coalesce(cursor.last_read_seq, 0),
            'unread', channel.last_seq - coalesce(cursor.last_read_seq, 0),
            'mentions', (
                select count(*) from public.message_mentions as mention
                where mention.partner_id = mine and mention.channel_id = channel.id
                    and mention.seq > coalesce(cursor.last_read_seq, 0)
            ),
            'notifications', coalesce(member.notifications, 'all'), 'muted_until', member.muted_until,
            'with', case when channel.type = 'direct' then (
                select jsonb_build_object('id', other.id, 'name', other.name)
                from public.channel_members as seat
                join public.partners as other on other.id = seat.partner_id
                where seat.channel_id = channel.id and seat.partner_id <> mine
            ) end
        ) order by category.position nulls last, channel.position, channel.created_at), '[]')
        from private.my_channels() as readable (id)
        join public.chat_channels as channel on channel.id = readable.id and channel.archived_at is null
        left join public.chat_categories as category on category.id = channel.category_id
        left join public.read_cursors as cursor on cursor.channel_id = channel.id and cursor.partner_id = mine
        left join public.channel_members as member on member.channel_id = channel.id and member.partner_id = mine
    );
end;
$$;

create function private.set_channel_notifications(wanted uuid, level public.channel_notifications) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if wanted is null or wanted not in (select private.my_channels()) then
        perform private.fail('PT404', 'There is no such channel.', 'not_found', 'channel_id');
    end if;
    if level is null then
        perform private.fail('22023', 'Choose what to be told.', 'required', 'level');
    end if;
    insert into public.channel_members (channel_id, partner_id, notifications) values (wanted, private.me(), level)
    on conflict (channel_id, partner_id) do update set notifications = excluded.notifications;
end;
$$;

create function private.set_block(other uuid, blocked boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    if blocked then
        if other = private.me() or not exists (select from public.partners where id = other) then
            perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
        end if;
        insert into public.partner_blocks (partner_id, blocked_id) values (private.me(), other) on conflict do nothing;
    else
        delete from public.partner_blocks where partner_id = private.me() and blocked_id = other;
    end if;
end;
$$;

-- A team channel exists as long as its leader has a team; membership follows partner_teams.
create function private.sync_team_channel() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    channel uuid;
begin
    insert into public.chat_channels (name, type, leader_id)
    select 'team', 'team', new.team_leader_id
    where not exists (select from public.chat_channels where type = 'team' and leader_id = new.team_leader_id);
    select id into strict channel from public.chat_channels where type = 'team' and leader_id = new.team_leader_id;
    insert into public.channel_members (channel_id, partner_id, moderator) values (channel, new.team_leader_id, true) on conflict do nothing;
    if new.valid_to is null then
        insert into public.channel_members (channel_id, partner_id) values (channel, new.team_member_id)
        on conflict (channel_id, partner_id) do update set left_at = null;
    else
        update public.channel_members set left_at = private.now() where channel_id = channel and partner_id = new.team_member_id;
    end if;
    return null;
end;
$$;

create unique index chat_channels_team_key on public.chat_channels (leader_id) where type = 'team';

create trigger sync_team_channel after insert or update on public.partner_teams
for each row execute function private.sync_team_channel();

-- Public wrappers.
create function public.send_message(
    id uuid, channel_id uuid, message text, parent_message_id uuid default null, attachments jsonb default '[]'
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(sent) - 'search' from private.send_message(id, channel_id, message, parent_message_id, attachments) as sent;
$$;
create function public.edit_message(message_id uuid, message text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(edited) - 'search' from private.edit_message(message_id, message) as edited;
$$;
create function public.delete_message(message_id uuid) returns void
language sql volatile set search_path = '' as $$
    select private.delete_message(message_id);
$$;
create function public.set_reaction(message_id uuid, emoji text, present boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_reaction(message_id, emoji, present);
$$;
create function public.mark_channel_read(channel_id uuid, up_to bigint) returns bigint
language sql volatile set search_path = '' as $$
    select private.mark_channel_read(channel_id, up_to);
$$;
create function public.open_direct(partner_id uuid) returns uuid
language sql volatile set search_path = '' as $$
    select private.open_direct(partner_id);
$$;
create function public.list_channels() returns jsonb
language sql stable set search_path = '' as $$
    select private.list_channels();
$$;
create function public.set_channel_notifications(channel_id uuid, level public.channel_notifications) returns void
language sql volatile set search_path = '' as $$
    select private.set_channel_notifications(channel_id, level);
$$;
create function public.set_block(partner_id uuid, blocked boolean) returns void
language sql volatile set search_path = '' as $$
    select private.set_block(partner_id, blocked);
$$;
create function public.set_presence(status public.presence_status, status_text text default null) returns void
language sql volatile set search_path = '' as $$
    select private.set_presence(status, status_text);
$$;

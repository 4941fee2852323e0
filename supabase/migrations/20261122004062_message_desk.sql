-- Messages that are pinned, and those that moderators had taken away and put back.

-- Pins a message, or takes the pin away: moderators of the channel (team leaders), both sides of a direct channel, and staff where
-- everybody may read.
create function private.set_pin(wanted uuid, pinned boolean) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := case when private.my_staff_id() is not null then private.require_staff('moderator', 'admin') end;
    mine uuid := case when staff is null then private.require_active_partner() end;
    target record;
begin
    select message.id, message.channel_id, channel.type into target
    from public.chat_messages as message
    join public.chat_channels as channel on channel.id = message.channel_id
    where message.id = wanted and message.deleted_at is null and case
        when staff is not null then channel.type in ('general', 'training')
        else channel.id in (select private.my_channels())
    end
    for key share of message;
    if not found then
        perform private.no_such('message', 'message_id');
    end if;
    call private.need_field(pinned is not null, 'pinned');
    if staff is null and target.type <> 'direct' and not exists (
        select from public.channel_members
        where channel_id = target.channel_id and partner_id = mine and moderator and left_at is null
    ) then
        perform private.fail('42501', 'Only moderators of the channel pin messages.', 'moderator_only');
    end if;
    if pinned then
        insert into public.message_pins (message_id, channel_id, pinned_by) values (wanted, target.channel_id, mine)
        on conflict (message_id) do nothing;
    else
        delete from public.message_pins where message_id = wanted;
    end if;
    if found then
        perform private.emit(
            case when pinned then 'message.pinned' else 'message.unpinned' end, 'channel', target.channel_id, mine, null,
            jsonb_build_object('message_id', wanted, 'staff_id', staff)
        );
        perform private.tell_channel(target.channel_id, 'message.pinned', jsonb_build_object('id', wanted, 'pinned', pinned));
    end if;
    return pinned;
end;
$$;

-- The undo of remove_message, with the words that were taken away. What its author has deleted stays deleted.
create function private.restore_message(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    reason text := private.reason_text(why);
    gone public.chat_messages;
begin
    select * into gone from public.chat_messages where id = wanted for update;
    if not found then
        perform private.no_such('message', 'message_id');
    end if;
    perform private.require_others_affair(gone.partner_id);
    if gone.deleted_at is null then
        return;
    end if;
    -- A moderator took it away when that has happened once more often than it was put back.
    if (
        select count(*) filter (where action = 'remove_message') - count(*) filter (where action = 'restore_message')
        from public.moderation_actions where message_id = wanted
    ) = 0 then
        perform private.fail('PT409', 'Its author has deleted this message.', 'wrong_state', 'message_id');
    end if;
    update public.chat_messages
    set deleted_at = null, message = (
        select kept.message from public.message_edits as kept
        where kept.message_id = wanted and kept.edited_at <= gone.deleted_at and kept.message <> ''
        order by kept.edited_at desc limit 1
    )
    where id = wanted;
    perform private.log_moderation(null, gone.channel_id, staff, 'restore_message', wanted, gone.partner_id, left(reason, 1000));
end;
$$;

create function public.set_pin(message_id uuid, pinned boolean) returns boolean
language sql volatile set search_path = '' as $$
    select private.set_pin(message_id, pinned);
$$;
create function public.restore_message(message_id uuid, reason text) returns void
language sql volatile set search_path = '' as $$
    select private.restore_message(message_id, reason);
$$;

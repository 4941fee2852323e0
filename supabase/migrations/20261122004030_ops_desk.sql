-- The desk of support and operations: switches, tickets, channels, hours.

-- A switch is on for whoever has its tier, for a share of them, and for partners who were named (set_flag_for). The share is drawn by
-- switch and partner, so that it stays the same people when it grows.
create function private.save_flag(
    wanted text, words text, is_on boolean, for_tier public.partner_tier, percent integer
) returns public.feature_flags
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.feature_flags;
    flag public.feature_flags;
begin
    perform private.name_field(left(wanted, 101), 'key', '^(?=.{1,100}$)[a-z_]+(\.[a-z_]+)*$', 'A key has small letters, _ and dots.');
    call private.need_field(is_on is not null, 'enabled');
    call private.need_field(for_tier is not null, 'min_tier');
    select * into before from public.feature_flags where key = wanted for update;
    insert into public.feature_flags as known (key, description, enabled, min_tier, share)
    values (
        wanted, private.text_field(words, 'description', 1, 300), is_on, for_tier, private.number_field(percent, 'share', 0, 100)
    )
    on conflict (key) do update
    set description = excluded.description, enabled = excluded.enabled, min_tier = excluded.min_tier, share = excluded.share
    where (known.description, known.enabled, known.min_tier, known.share)
        is distinct from (excluded.description, excluded.enabled, excluded.min_tier, excluded.share)
    returning * into flag;
    if not found then
        return before;
    end if;
    perform private.emit(
        'flag.saved', 'feature_flag', md5(wanted)::uuid, null,
        jsonb_build_object('enabled', before.enabled, 'min_tier', before.min_tier, 'share', before.share),
        jsonb_build_object('key', wanted, 'enabled', is_on, 'min_tier', for_tier, 'share', percent, 'staff_id', staff)
    );
    return flag;
end;
$$;

create function private.set_flag_for(wanted text, owner uuid, is_on boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    was boolean;
begin
    if not exists (select from public.feature_flags where key = wanted) then
        perform private.no_such('switch', 'key');
    end if;
    if not exists (select from public.partners where id = owner) then
        perform private.no_such('partner', 'partner_id');
    end if;
    select enabled into was from public.feature_flag_partners where flag_key = wanted and partner_id = owner for update;
    if was is distinct from is_on then
        if is_on is null then
            delete from public.feature_flag_partners where flag_key = wanted and partner_id = owner;
        else
            insert into public.feature_flag_partners (flag_key, partner_id, enabled) values (wanted, owner, is_on)
            on conflict (flag_key, partner_id) do update set enabled = excluded.enabled;
        end if;
        perform private.emit(
            'flag.set_for', 'feature_flag', md5(wanted)::uuid, owner, jsonb_build_object('enabled', was),
            jsonb_build_object('key', wanted, 'enabled', is_on, 'staff_id', staff)
        );
    end if;
    return jsonb_build_object('key', wanted, 'partner_id', owner, 'enabled', is_on);
end;
$$;

-- Who takes a ticket, and how urgent it is; null for staff: nobody in particular.
create function private.assign_ticket(
    wanted uuid, member uuid, urgency public.ticket_priority
) returns public.support_tickets
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'admin');
    before public.support_tickets;
    ticket public.support_tickets;
begin
    select * into before from public.support_tickets where id = wanted for update;
    if not found then
        perform private.no_such('ticket', 'ticket_id');
    end if;
    if member is not null and not exists (
        select from public.staff_members as known join public.staff_roles as held on held.staff_id = known.id
        where known.id = member and known.active and held.role in ('support', 'finance', 'admin', 'owner')
    ) then
        perform private.no_such('member of support', 'staff_id');
    end if;
    if before.status = 'closed' then
        perform private.fail('PT409', 'This ticket is closed.', 'closed', 'ticket_id', 'Call reopen_ticket.');
    end if;
    if (before.assigned_to, before.priority) is not distinct from (member, coalesce(urgency, before.priority)) then
        return before;
    end if;
    update public.support_tickets set assigned_to = member, priority = coalesce(urgency, priority) where id = wanted returning * into ticket;
    perform private.emit(
        'ticket.assigned', 'ticket', wanted, ticket.partner_id,
        jsonb_build_object('assigned_to', before.assigned_to, 'priority', before.priority),
        jsonb_build_object('assigned_to', member, 'priority', ticket.priority, 'staff_id', staff)
    );
    return ticket;
end;
$$;

-- Closed by whoever asked or by staff, and opened again by either. Suspended and former partners, too (F-17).
create function private.set_ticket_closed(wanted uuid, done boolean, stars integer) returns public.support_tickets
language plpgsql volatile security definer set search_path = '' as $$
declare
    ticket public.support_tickets;
    staff uuid;
begin
    call private.need_field(done is not null, 'closed');
    select * into ticket from public.support_tickets where id = wanted for update;
    if ticket.partner_id is distinct from private.me() or private.me() is null then
        if private.my_staff_id() is null then
            perform private.no_such('ticket', 'ticket_id');
        end if;
        staff := private.require_staff('support', 'finance', 'admin');
        if ticket.id is null then
            perform private.no_such('ticket', 'ticket_id');
        end if;
    end if;
    if stars is not null then
        if staff is not null or not done then
            perform private.fail('22023', 'Whoever asked says how it was, when it is done.', 'unknown_field', 'rating');
        end if;
        perform private.number_field(stars, 'rating', 1, 5);
    end if;
    if (ticket.status = 'closed') = done and (stars is null or ticket.rating is not distinct from stars) then
        return ticket;
    end if;
    update public.support_tickets
    set
        status = case when done then 'closed' else 'open' end::public.ticket_status,
        resolved_at = case when done then coalesce(resolved_at, private.now()) end,
        closed_at = case when done then coalesce(closed_at, private.now()) end,
        rating = coalesce(stars, rating)
    where id = wanted
    returning * into ticket;
    perform private.emit(
        case when done then 'ticket.closed' else 'ticket.reopened' end, 'ticket', wanted, ticket.partner_id, null,
        jsonb_build_object('staff_id', staff, 'rating', ticket.rating)
    );
    if staff is not null then
        perform private.notify(
            ticket.partner_id, 'message', case when done then 'Your ticket is closed' else 'Your ticket is open again' end,
            left(ticket.subject, 120), '/partner/support'
        );
    end if;
    return ticket;
end;
$$;

-- Channels for everybody of a tier. Those of teams and of two people come by themselves.
create function private.save_channel(
    wanted uuid, called text, of_type public.channel_type, words text, for_tier public.partner_tier, staff_writes boolean, slow integer,
    place integer
) returns public.chat_channels
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.chat_channels;
    channel public.chat_channels;
begin
    perform private.id_field(wanted);
    perform private.name_field(called, 'name', '^[a-z0-9][a-z0-9-]{0,60}$', 'A name has small letters, figures and hyphens.');
    if of_type is null or of_type not in ('general', 'training') then
        perform private.fail('22023', 'A channel for everybody is general or training.', 'one_of', 'type', null, 'general, training');
    end if;
    call private.need_field(staff_writes is not null, 'staff_only_writes');
    if exists (select from public.chat_channels where name = called and type in ('general', 'training') and id <> wanted) then
        perform private.fail('23505', 'Another channel has this name.', 'taken', 'name');
    end if;
    select * into before from public.chat_channels where id = wanted for update;
    if before.type in ('team', 'direct') then
        perform private.no_such('channel', 'id');
    end if;
    insert into public.chat_channels as known (
        id, name, type, topic, tier_requirement, staff_only_writes, slow_mode_seconds, position
    ) values (
        wanted, called, of_type, private.text_field(words, 'topic', 0, 300), for_tier, staff_writes,
        private.number_field(slow, 'slow_mode_seconds', 0, 21600), private.number_field(place, 'position', 0, 10000)
    )
    on conflict (id) do update
    set
        name = excluded.name, type = excluded.type, topic = excluded.topic, tier_requirement = excluded.tier_requirement,
        staff_only_writes = excluded.staff_only_writes, slow_mode_seconds = excluded.slow_mode_seconds, position = excluded.position
    where (
        known.name, known.type, known.topic, known.tier_requirement, known.staff_only_writes, known.slow_mode_seconds, known.position
    ) is distinct from (
        excluded.name, excluded.type, excluded.topic, excluded.tier_requirement, excluded.staff_only_writes,
        excluded.slow_mode_seconds, excluded.position
    )
    returning * into channel;
    if not found then
        return before;
    end if;
    perform private.emit(
        'channel.saved', 'channel', wanted, null,
        jsonb_build_object('tier_requirement', before.tier_requirement, 'staff_only_writes', before.staff_only_writes),
        jsonb_build_object('tier_requirement', for_tier, 'staff_only_writes', staff_writes, 'staff_id', staff)
    );
    return channel;
end;
$$;

create function private.set_channel_archived(wanted uuid, gone boolean) returns public.chat_channels
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    channel public.chat_channels;
begin
    call private.need_field(gone is not null, 'archived');
    select * into channel from public.chat_channels where id = wanted and type in ('general', 'training') for update;
    if not found then
        perform private.no_such('channel', 'channel_id');
    end if;
    if (channel.archived_at is not null) <> gone then
        update public.chat_channels set archived_at = case when gone then private.now() end where id = wanted returning * into channel;
        perform private.emit(
            case when gone then 'channel.archived' else 'channel.restored' end, 'channel', wanted, null, null,
            jsonb_build_object('staff_id', staff)
        );
    end if;
    return channel;
end;
$$;

-- Support's hours on a weekday (ISO: Monday is 1) in its one time zone; without times it is closed on it.
create function private.set_business_hours(day integer, begins time, ends time) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
begin
    perform private.number_field(day, 'weekday', 1, 7);
    if (begins is null) <> (ends is null) then
        perform private.fail('22023', 'Both times, or none.', 'required', case when begins is null then 'opens' else 'closes' end);
    end if;
    if ends <= begins then
        perform private.fail('22023', 'It closes after it opens.', 'after_start', 'closes');
    end if;
    if begins is null then
        delete from public.business_calendar where weekday = day;
    else
        insert into public.business_calendar (weekday, opens, closes, timezone)
        select day, begins, ends, coalesce(min(timezone), 'America/New_York') from public.business_calendar
        on conflict (weekday) do update set opens = excluded.opens, closes = excluded.closes;
    end if;
    perform private.emit(
        'support.hours_set', 'business_calendar', md5(day::text)::uuid, null, null,
        jsonb_build_object('weekday', day, 'opens', begins, 'closes', ends, 'staff_id', staff)
    );
    return jsonb_build_object('weekday', day, 'opens', begins, 'closes', ends);
end;
$$;

create function private.set_holiday(on_day date, called text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
begin
    if on_day is null or on_day not between '2000-01-01' and '2100-01-01' then
        perform private.fail('22023', 'This is a day between 2000 and 2100.', 'range', 'day');
    end if;
    if called is null then
        delete from public.business_holidays where day = on_day;
    else
        insert into public.business_holidays (day, name) values (on_day, private.text_field(called, 'name', 1, 120))
        on conflict (day) do update set name = excluded.name;
    end if;
    perform private.emit(
        'support.holiday_set', 'business_holiday', md5(on_day::text)::uuid, null, null,
        jsonb_build_object('day', on_day, 'open', called is null, 'staff_id', staff)
    );
    return jsonb_build_object('day', on_day, 'name', called);
end;
$$;

create function public.save_flag(
    key text, description text, enabled boolean, min_tier public.partner_tier default 'starter', share integer default 100
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_flag(key, description, enabled, min_tier, share) as saved;
$$;
create function public.set_flag_for(key text, partner_id uuid, enabled boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_flag_for(key, partner_id, enabled);
$$;
create function public.assign_ticket(ticket_id uuid, staff_id uuid, priority public.ticket_priority default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(ticket) from private.assign_ticket(ticket_id, staff_id, priority) as ticket;
$$;
create function public.set_ticket_closed(ticket_id uuid, closed boolean, rating integer default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(ticket) from private.set_ticket_closed(ticket_id, closed, rating) as ticket;
$$;
create function public.save_channel(
    id uuid, name text, type public.channel_type default 'general', topic text default null,
    tier_requirement public.partner_tier default null, staff_only_writes boolean default false, slow_mode_seconds integer default 0,
    "position" integer default 100
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved)
    from private.save_channel(
        id, name, type, topic, tier_requirement, staff_only_writes, slow_mode_seconds, "position"
    ) as saved;
$$;
create function public.set_channel_archived(channel_id uuid, archived boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.set_channel_archived(channel_id, archived) as saved;
$$;
create function public.set_business_hours(weekday integer, opens time default null, closes time default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_business_hours(weekday, opens, closes);
$$;
create function public.set_holiday(day date, name text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_holiday(day, name);
$$;

-- Events: made, changed, called off and brought back. Staff run events; a team call is its leader's own. Whoever has answered is told
-- of a new time and of a cancellation.

create function private.tell_guests(event public.events, headline text, body text) returns void
language sql volatile security definer set search_path = '' as $$
    select private.notify(
        guest.partner_id, 'reminder', left(headline, 120), left(body, 500),
        case event.kind when 'strategy_call' then '/partner/support' else '/partner/team' end
    )
    from public.event_rsvps as guest
    where guest.event_id = event.id and guest.status in ('going', 'waitlisted');
$$;

create function private.save_event(
    wanted uuid, of_kind public.event_kind, heading text, words text, starts timestamptz, ends timestamptz, place text, seats integer,
    for_tier public.partner_tier
) returns public.events
language plpgsql volatile security definer set search_path = '' as $$
declare
    leader uuid := case when of_kind = 'team_call' then private.require_leader() end;
    staff uuid := case when of_kind is distinct from 'team_call' then private.require_staff('support', 'admin') end;
    before public.events;
    event public.events;
    going integer;
begin
    event.id := private.id_field(wanted);
    call private.need_field(of_kind is not null, 'kind');
    event.title := private.text_field(heading, 'title', 3, 200);
    event.description := private.text_field(words, 'description', 0, 5000);
    event.location := private.text_field(place, 'location', 0, 300);
    event.starts_at := private.time_field(starts, 'starts_at');
    event.ends_at := private.time_field(ends, 'ends_at');
    if seats is not null then
        perform private.number_field(seats, 'capacity', 1, 100000);
    end if;
    if event.starts_at <= private.now() then
        perform private.fail('22023', 'It begins in the future.', 'future', 'starts_at');
    end if;
    if event.ends_at <= event.starts_at then
        perform private.fail('22023', 'It ends after it begins.', 'after_start', 'ends_at');
    end if;
    select * into before from public.events where id = event.id for update;
    if of_kind = 'strategy_call' then
        seats := coalesce(seats, 1);
        for_tier := coalesce(for_tier, 'performer');
        perform private.require_strategy_slot(event, seats, for_tier);
    end if;
    if before.id is null then
        insert into public.events (
            id, kind, title, description, starts_at, ends_at, location, capacity, tier_requirement, host_staff_id, host_partner_id
        ) values (
            event.id, of_kind, event.title, event.description, event.starts_at, event.ends_at, event.location, seats, for_tier, staff, leader
        ) returning * into event;
        perform private.emit(
            'event.created', 'event', event.id, leader, null,
            jsonb_build_object('kind', of_kind, 'starts_at', event.starts_at, 'tier_requirement', for_tier, 'staff_id', staff)
        );
        return event;
    end if;
    if before.host_partner_id is distinct from leader then
        perform private.no_such('event', 'id');
    end if;
    if before.kind <> of_kind then
        perform private.fail('PT409', 'An event keeps its kind.', 'fixed', 'kind', 'Cancel it, and make another one.');
    end if;
    if before.cancelled_at is not null or before.starts_at <= private.now() then
        perform private.fail('PT409', 'This event is over.', 'over', 'id');
    end if;
    if (before.title, before.description, before.starts_at, before.ends_at, before.location, before.capacity, before.tier_requirement)
        is not distinct from (event.title, event.description, event.starts_at, event.ends_at, event.location, seats, for_tier)
    then
        return before;
    end if;
    select count(*) into going from public.event_rsvps where event_id = event.id and status = 'going';
    if seats < going then
        perform private.fail('PT409', 'More than that have a seat already.', 'too_many', 'capacity', null, going::text);
    end if;
    update public.events
    set
        title = event.title, description = event.description, starts_at = event.starts_at, ends_at = event.ends_at,
        location = event.location, capacity = seats, tier_requirement = for_tier
    where id = event.id
    returning * into event;
    perform private.emit(
        'event.changed', 'event', event.id, leader,
        jsonb_build_object('starts_at', before.starts_at, 'capacity', before.capacity, 'tier_requirement', before.tier_requirement),
        jsonb_build_object('starts_at', event.starts_at, 'capacity', seats, 'tier_requirement', for_tier, 'staff_id', staff)
    );
    if (before.starts_at, before.ends_at, before.location) is distinct from (event.starts_at, event.ends_at, event.location) then
        perform private.tell_guests(event, event.title || ' has moved', 'It has a new time or place: please look again.');
    end if;
    -- New seats go to whoever has waited longest.
    with moved as (
        update public.event_rsvps as guest set status = 'going'
        where guest.event_id = event.id and guest.partner_id in (
            select waiting.partner_id from public.event_rsvps as waiting
            where waiting.event_id = event.id and waiting.status = 'waitlisted'
            order by waiting.answered_at limit case when seats is null then null else seats - going end
        )
        returning guest.partner_id
    )
    select count(private.notify(moved.partner_id, 'reminder', 'You have a seat', left(event.title, 200), '/partner/team'))
    into going from moved;
    return event;
end;
$$;

-- The event, locked, for staff or the partner who holds it.
create function private.event_to_run(wanted uuid) returns public.events
language plpgsql volatile security definer set search_path = '' as $$
declare
    event public.events;
begin
    select * into event from public.events where id = wanted for update;
    if private.my_staff_id() is not null then
        perform private.require_staff('support', 'admin');
    elsif event.host_partner_id is null or event.host_partner_id is distinct from private.me() then
        perform private.no_such('event', 'event_id');
    else
        perform private.require_active_partner();
    end if;
    if event.id is null then
        perform private.no_such('event', 'event_id');
    end if;
    return event;
end;
$$;

create function private.cancel_event(wanted uuid, why text) returns public.events
language plpgsql volatile security definer set search_path = '' as $$
declare
    event public.events := private.event_to_run(wanted);
begin
    if event.cancelled_at is not null then
        return event;
    end if;
    if event.ends_at <= private.now() then
        perform private.fail('PT409', 'This event is over.', 'over', 'event_id');
    end if;
    update public.events set cancelled_at = private.now(), cancel_reason = private.reason_text(why) where id = wanted
    returning * into event;
    perform private.emit(
        'event.cancelled', 'event', wanted, event.host_partner_id, null,
        jsonb_build_object('reason', event.cancel_reason, 'staff_id', private.my_staff_id())
    );
    perform private.tell_guests(
        event, event.title || ' is cancelled',
        event.cancel_reason || case event.kind when 'strategy_call' then ' – You may book another call this month.' else '' end
    );
    return event;
end;
$$;

-- The undo of cancel_event while the event has not begun. Answers were kept: who had said to come is told, and need not answer again.
create function private.restore_event(wanted uuid) returns public.events
language plpgsql volatile security definer set search_path = '' as $$
declare
    event public.events;
    before public.events := private.event_to_run(wanted);
begin
    if private.my_staff_id() is null then
        perform private.require_leader();
    end if;
    if before.cancelled_at is null then
        return before;
    end if;
    if before.starts_at <= private.now() then
        perform private.fail('PT409', 'The time of this event has passed.', 'over', 'event_id', 'Make another one.');
    end if;
    if before.kind = 'strategy_call' then
        perform private.require_strategy_slot(before, before.capacity, before.tier_requirement);
    end if;
    update public.events set cancelled_at = null, cancel_reason = null where id = wanted returning * into event;
    perform private.emit(
        'event.restored', 'event', wanted, event.host_partner_id,
        jsonb_build_object('cancelled_at', before.cancelled_at, 'reason', before.cancel_reason),
        jsonb_build_object('starts_at', event.starts_at, 'staff_id', private.my_staff_id())
    );
    perform private.tell_guests(event, event.title || ' takes place after all', 'Your answer stands: please say so if you cannot come.');
    return event;
end;
$$;

create function public.save_event(
    id uuid, kind public.event_kind, title text, starts_at timestamptz, ends_at timestamptz, description text default null,
    location text default null, capacity integer default null, tier_requirement public.partner_tier default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved)
    from private.save_event(id, kind, title, description, starts_at, ends_at, location, capacity, tier_requirement) as saved;
$$;
create function public.cancel_event(event_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.cancel_event(event_id, reason) as saved;
$$;
create function public.restore_event(event_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.restore_event(event_id) as saved;
$$;

-- Strategy calls: one to one, from Performer on, one a month (R-099). A slot is an event of that kind for one guest: staff publish,
-- move and withdraw it with save_event and cancel_event, partners book and free it with answer_event, mark_attendance records it.
-- What a partner has used of a month is counted from the answers, so a call that was withdrawn or given back costs nothing.

-- The partner's other call in the month of an instant, in the partner's own time zone; null: the month is free.
create function private.strategy_call_near(owner uuid, at timestamptz, apart_from uuid) returns uuid
language sql stable security definer set search_path = '' as $$
    select event.id
    from public.event_rsvps as guest
    join public.events as event on event.id = guest.event_id
    join public.partners as partner on partner.id = guest.partner_id
    where guest.partner_id = owner and guest.status in ('going', 'attended', 'missed')
        and event.kind = 'strategy_call' and event.cancelled_at is null and event.id is distinct from apart_from
        and date_trunc('month', event.starts_at at time zone partner.timezone) = date_trunc('month', at at time zone partner.timezone)
    limit 1;
$$;

-- Refuses a slot that is not one to one, of too low a tier, while its host has another, or that would give its guest two in a month.
-- The caller holds the slot's row, if there is one.
create function private.require_strategy_slot(slot public.events, seats integer, for_tier public.partner_tier) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    host uuid := coalesce((select host_staff_id from public.events where id = slot.id), private.my_staff_id());
begin
    if seats <> 1 then
        perform private.fail('22023', 'A strategy call is for one partner.', 'range', 'capacity', null, '1');
    end if;
    if for_tier < 'performer' then
        perform private.fail('22023', 'Strategy calls are for Performer tier and above.', 'one_of', 'tier_requirement', null, 'performer, elite');
    end if;
    -- Slots of one host are made one after the other.
    perform pg_advisory_xact_lock(hashtextextended('strategy-host:' || host::text, 0));
    if exists (
        select from public.events as other
        where other.host_staff_id = host and other.kind = 'strategy_call' and other.cancelled_at is null and other.id <> slot.id
            and other.starts_at < slot.ends_at and other.ends_at > slot.starts_at
    ) then
        perform private.fail('PT409', 'The host has another call at this time.', 'overlap', 'starts_at');
    end if;
    perform pg_advisory_xact_lock(hashtextextended('strategy-guest:' || guest.partner_id::text, 0))
    from public.event_rsvps as guest where guest.event_id = slot.id and guest.status = 'going';
    if exists (
        select from public.event_rsvps as guest
        where guest.event_id = slot.id and guest.status = 'going'
            and private.strategy_call_near(guest.partner_id, slot.starts_at, slot.id) is not null
    ) then
        perform private.fail(
            'PT409', 'Whoever booked it has another call in that month.', 'month_used', 'starts_at', 'Withdraw it and publish another slot.'
        );
    end if;
end;
$$;

-- The caller holds the slot's row. Two slots booked at once by one partner wait for each other here.
create function private.require_free_strategy_call(slot public.events, taken integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
begin
    perform private.require_benefit('support.strategy_calls');
    if taken > 0 then
        perform private.fail('PT409', 'Somebody else has booked this call.', 'taken', 'event_id', 'Choose another time.');
    end if;
    if slot.starts_at <= private.now() then
        perform private.fail('PT409', 'This call has begun.', 'over', 'event_id', 'Choose another time.');
    end if;
    perform pg_advisory_xact_lock(hashtextextended('strategy-guest:' || mine::text, 0));
    if private.strategy_call_near(mine, slot.starts_at, slot.id) is not null then
        perform private.fail(
            'PT409', 'You have a call in this month.', 'month_used', 'event_id', 'Free the other one, or choose another month.', '1'
        );
    end if;
end;
$$;

-- No row: nobody has two calls in a month, and none has two guests.
create view private.check_strategy_calls with (security_invoker = true) as
select guest.partner_id, event.id as event_id
from public.event_rsvps as guest
join public.events as event on event.id = guest.event_id and event.kind = 'strategy_call' and event.cancelled_at is null
where guest.status in ('going', 'attended', 'missed') and (
    private.strategy_call_near(guest.partner_id, event.starts_at, event.id) is not null
    or exists (
        select from public.event_rsvps as other
        where other.event_id = event.id and other.partner_id <> guest.partner_id and other.status = 'going' and guest.status = 'going'
    )
);

-- The partner's own calls that are to come, and the free slots, each with whether its month is still the partner's to book.
create function private.strategy_calls() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.require_reading_partner();
begin
    perform private.require_benefit('support.strategy_calls');
    return (
        select jsonb_build_object(
            'booked', coalesce(jsonb_agg(to_jsonb(slot) order by slot.starts_at) filter (where slot.booked), '[]'),
            'free', coalesce(
                jsonb_agg(to_jsonb(slot) - 'location' order by slot.starts_at) filter (where not slot.booked), '[]'
            )
        )
        from (
            select
                event.id, event.title, event.description, event.starts_at, event.ends_at, event.location, host.name as host,
                own.partner_id is not null as booked,
                private.strategy_call_near(mine, event.starts_at, event.id) is null as can_book
            from public.events as event
            left join public.staff_members as host on host.id = event.host_staff_id
            left join public.event_rsvps as own on own.event_id = event.id and own.partner_id = mine and own.status = 'going'
            where event.kind = 'strategy_call' and event.cancelled_at is null and event.starts_at > private.now()
                and (own.partner_id is not null or (
                    coalesce(event.tier_requirement, 'performer') <= private.my_tier()
                    and not exists (
                        select from public.event_rsvps as guest where guest.event_id = event.id and guest.status = 'going'
                    )
                ))
            order by event.starts_at
            limit 200
        ) as slot
    );
end;
$$;

create function public.strategy_calls() returns jsonb
language sql stable set search_path = '' as $$
    select private.strategy_calls();
$$;

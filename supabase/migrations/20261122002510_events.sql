-- Events, office hours and strategy calls, who comes, and what counts as engagement; how partners want to be told things.

create type public.event_kind as enum ('office_hours', 'strategy_call', 'webinar', 'dinner', 'networking', 'training', 'team_call');
create type public.rsvp_status as enum ('going', 'waitlisted', 'declined', 'attended', 'missed');

create table public.events (
    id uuid primary key default gen_random_uuid(),
    kind public.event_kind not null,
    title text not null check (length(title) between 3 and 200),
    description text check (length(description) <= 5000),
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    location text check (length(location) <= 300), -- a link or a place; shown to who is going
    capacity integer check (capacity > 0),
    tier_requirement public.partner_tier references public.tier_definitions,
    host_staff_id uuid references public.staff_members,
    host_partner_id uuid references public.partners, -- a team leader's own call
    cancelled_at timestamptz,
    cancel_reason text check (length(cancel_reason) <= 2000),
    created_at timestamptz not null default private.now()
);

create index on public.events (starts_at);
create index on public.events (tier_requirement);
create index on public.events (host_staff_id);
create index on public.events (host_partner_id);

create table public.event_rsvps (
    event_id uuid not null references public.events,
    partner_id uuid not null references public.partners,
    status public.rsvp_status not null,
    answered_at timestamptz not null default private.now(),
    attended_marked_by uuid references public.staff_members,
    primary key (event_id, partner_id)
);

create index on public.event_rsvps (partner_id);
create index on public.event_rsvps (attended_marked_by);

create function private.answer_event(wanted uuid, coming boolean) returns public.rsvp_status
language plpgsql volatile security definer set search_path = '' as $$
declare
    event public.events;
    taken integer;
    answer public.rsvp_status;
begin
    perform private.require_active_partner();
    if coming is null then
        perform private.fail('22023', 'Say whether you come.', 'required', 'coming');
    end if;
    select * into event from public.events
    where id = wanted and (tier_requirement is null or tier_requirement <= private.my_tier())
        and (host_partner_id is null or host_partner_id = private.me() or host_partner_id = (
            select team_leader_id from public.partners where id = private.me()
        ))
    for update;
    if not found then
        perform private.fail('PT404', 'There is no such event.', 'not_found', 'event_id');
    end if;
    if event.cancelled_at is not null or event.ends_at < private.now() or exists (
        select from public.event_rsvps
        where event_id = event.id and partner_id = private.me() and status in ('attended', 'missed')
    ) then
        perform private.fail('PT409', 'This event is over.', 'over', 'event_id');
    end if;
    select count(*) into taken from public.event_rsvps
    where event_id = event.id and status = 'going' and partner_id <> private.me();
    if event.kind = 'strategy_call' and coming then
        perform private.require_free_strategy_call(event, taken);
    end if;
    answer := case when not coming then 'declined' when event.capacity is not null and taken >= event.capacity then 'waitlisted' else 'going' end;
    insert into public.event_rsvps (event_id, partner_id, status) values (event.id, private.me(), answer)
    on conflict (event_id, partner_id) do update set status = excluded.status, answered_at = private.now();
    if not coming and event.capacity is not null then
        -- The first of the waiting list moves up.
        update public.event_rsvps set status = 'going'
        where (event_id, partner_id) = (
            select waiting.event_id, waiting.partner_id from public.event_rsvps as waiting
            where waiting.event_id = event.id and waiting.status = 'waitlisted'
            order by waiting.answered_at limit 1
        ) and taken < event.capacity;
    end if;
    return answer;
end;
$$;

-- Staff mark who was there; that is what counts as support engagement (A-09).
create function private.mark_attendance(wanted uuid, who uuid, present boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'admin');
    event public.events;
begin
    select * into event from public.events where id = wanted and starts_at <= private.now();
    if not found then
        perform private.fail('PT409', 'This event has not begun.', 'not_begun', 'event_id');
    end if;
    if not exists (select from public.partners where id = who) then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    insert into public.event_rsvps (event_id, partner_id, status, attended_marked_by)
    values (wanted, who, case when present then 'attended' else 'missed' end::public.rsvp_status, staff)
    on conflict (event_id, partner_id) do update set status = excluded.status, attended_marked_by = excluded.attended_marked_by;
    perform private.emit('event.attendance', 'event', wanted, who, null, jsonb_build_object('staff_id', staff, 'present', present));
end;
$$;

-- How somebody wants to be told. Money and security cannot be silenced altogether: e-mail stays on for them.
create type public.notification_channel as enum ('push', 'email', 'sms');

create table public.notification_preferences (
    partner_id uuid not null references public.partners,
    type public.notification_type not null,
    channel public.notification_channel not null,
    enabled boolean not null,
    updated_at timestamptz not null default private.now(),
    primary key (partner_id, type, channel),
    constraint money_and_security_keep_mail check (enabled or channel <> 'email' or type not in ('payout', 'security'))
);

create table public.quiet_hours (
    partner_id uuid primary key references public.partners,
    begins time not null,
    ends time not null,
    check (begins <> ends)
);

create function private.set_notification_preference(
    kind public.notification_type, way public.notification_channel, wanted boolean
) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    if kind is null or way is null or wanted is null then
        perform private.fail(
            '22023', 'Say which messages, by which way, on or off.', 'required',
            case when kind is null then 'type' when way is null then 'channel' else 'enabled' end
        );
    end if;
    if not wanted and way = 'email' and kind in ('payout', 'security') then
        perform private.fail('22023', 'Mails about money and security stay on.', 'required', 'enabled');
    end if;
    insert into public.notification_preferences (partner_id, type, channel, enabled) values (private.me(), kind, way, wanted)
    on conflict (partner_id, type, channel) do update set enabled = excluded.enabled, updated_at = private.now();
end;
$$;

create function private.set_quiet_hours(starts time, stops time) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    if starts is null or stops is null then
        delete from public.quiet_hours where partner_id = private.me();
        return;
    end if;
    if starts = stops then
        perform private.fail('22023', 'Begin and end must differ.', 'different', 'ends');
    end if;
    insert into public.quiet_hours (partner_id, begins, ends) values (private.me(), starts, stops)
    on conflict (partner_id) do update set begins = excluded.begins, ends = excluded.ends;
end;
$$;

create function public.answer_event(event_id uuid, coming boolean) returns text
language sql volatile set search_path = '' as $$
    select private.answer_event(event_id, coming)::text;
$$;
create function public.mark_attendance(event_id uuid, partner_id uuid, present boolean) returns void
language sql volatile set search_path = '' as $$
    select private.mark_attendance(event_id, partner_id, present);
$$;
create function public.set_notification_preference(
    type public.notification_type, channel public.notification_channel, enabled boolean
) returns void
language sql volatile set search_path = '' as $$
    select private.set_notification_preference(type, channel, enabled);
$$;
create function public.set_quiet_hours(begins time, ends time) returns void
language sql volatile set search_path = '' as $$
    select private.set_quiet_hours(begins, ends);
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the tier checklist reads from here: calls attended (A-09) and what clients said (A-08).
-- ---------------------------------------------------------------------------------------------------------------------
create view public.engagement_events with (security_invoker = true) as
select rsvp.partner_id, event.id as event_id, event.kind, event.starts_at
from public.event_rsvps as rsvp
join public.events as event on event.id = rsvp.event_id
where rsvp.status = 'attended' and event.kind in ('office_hours', 'strategy_call');

-- One tap after delivery, through a link that names the deal and cannot be guessed; one answer per deal.
create table public.client_feedback (
    id uuid primary key default gen_random_uuid(),
    deal_id uuid not null unique references public.deals,
    partner_id uuid not null references public.partners,
    score smallint not null check (score between 1 and 5),
    comment text check (length(comment) <= 2000),
    given_at timestamptz not null default private.now()
);

create index on public.client_feedback (partner_id);

create table private.feedback_links (
    token_hash bytea primary key,
    deal_id uuid not null unique references public.deals,
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Makes the link's secret; only its hash is kept.
create function private.make_feedback_link(deal uuid) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
    secret text := encode(extensions.gen_random_bytes(24), 'hex');
begin
    insert into private.feedback_links (token_hash, deal_id, expires_at)
    values (sha256(convert_to(secret, 'UTF8')), deal, private.now() + interval '60 days')
    on conflict (deal_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at, used_at = null;
    return secret;
end;
$$;

create function private.give_feedback(secret text, stars integer, words text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    link private.feedback_links;
begin
    if stars is null or stars not between 1 and 5 then
        perform private.fail('22023', 'Choose 1 to 5 stars.', 'range', 'score', null, '1-5');
    end if;
    if length(words) > 2000 then
        perform private.fail('22023', 'At most 2,000 characters.', 'length', 'comment', null, '2000');
    end if;
    update private.feedback_links set used_at = private.now()
    where token_hash = sha256(convert_to(coalesce(secret, ''), 'UTF8')) and used_at is null and expires_at > private.now()
    returning * into link;
    if not found then
        perform private.fail('PT404', 'This link is not valid any more.', 'not_found', 'token');
    end if;
    insert into public.client_feedback (deal_id, partner_id, score, comment)
    select id, partner_id, stars, nullif(btrim(words), '') from public.deals where id = link.deal_id;
end;
$$;

create function public.give_feedback(token text, score integer, comment text default null) returns void
language sql volatile set search_path = '' as $$
    select private.give_feedback(token, score, comment);
$$;

create function private.measure_support_calls(owner uuid, target public.partner_tier, detail text)
returns private.requirement_fact
language sql stable security definer set search_path = '' as $$
    select row(count(*)::numeric, null, null)::private.requirement_fact from public.engagement_events where partner_id = owner;
$$;

-- Fewer than three answers say nothing: not yet measured.
create function private.measure_client_satisfaction(owner uuid, target public.partner_tier, detail text)
returns private.requirement_fact
language sql stable security definer set search_path = '' as $$
    select row(case when count(*) >= 3 then round(avg(score), 1) end, null, null)::private.requirement_fact
    from public.client_feedback where partner_id = owner;
$$;

insert into private.requirement_sources (kind, function) values
('support_calls', 'measure_support_calls'),
('client_satisfaction', 'measure_client_satisfaction')
on conflict (kind) do update set function = excluded.function;

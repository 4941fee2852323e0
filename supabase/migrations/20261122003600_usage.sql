-- How the app is used, told by the app itself and kept here alone (R-011, R-017 … R-019). docs/figures.md says what for.
--
-- Nothing that identifies beyond the partner: no address, no user agent, no device id, no page, no id of a session. Off as
-- soon as the partner objects, and for a browser that sends Global Privacy Control. Kept 180 days; the counts of each day
-- stay, without people.

create type public.usage_kind as enum (
    'opened', -- the app came to the front: at the start, or after half an hour away
    'installed', -- the browser says that it was installed
    'foreground', -- so many seconds in the foreground
    'feature' -- a feature of the tiers was used, named by tier_benefits.key
);
create type public.usage_device as enum ('phone', 'tablet', 'desktop');
create type public.usage_display as enum ('browser', 'standalone');

create table public.usage_events (
    id uuid not null, -- made by the app: what it sends twice is kept once
    partner_id uuid not null references public.partners,
    kind public.usage_kind not null,
    feature text check (length(feature) <= 80), -- as the benefit was named then
    device public.usage_device not null,
    display public.usage_display not null,
    seconds integer check (seconds between 1 and 3600),
    occurred_at timestamptz not null, -- the app's time, at most 7 days before the server's and never after it
    recorded_at timestamptz not null default private.now(),
    primary key (partner_id, id),
    constraint feature_is_named check ((kind = 'feature') = (feature is not null)),
    constraint foreground_has_length check ((kind = 'foreground') = (seconds is not null)),
    constraint time_is_bounded check (occurred_at between recorded_at - interval '7 days' and recorded_at)
);

create index on public.usage_events (occurred_at);
create index on public.usage_events (recorded_at);

create function private.guard_usage() returns trigger
language plpgsql set search_path = '' as $$
begin
    if tg_op = 'UPDATE' or not private.writing('forget_usage') then
        perform private.fail('42501', 'usage_events is append-only.', 'append_only');
    end if;
    return null;
end;
$$;

create trigger append_only before update or delete or truncate on public.usage_events
for each statement execute function private.guard_usage();

-- A missing row means: not objected.
create table public.privacy_preferences (
    partner_id uuid primary key references public.partners,
    usage_recording boolean not null,
    updated_at timestamptz not null default private.now()
);

-- Counts per day of receipt (UTC) that outlive the events they were counted from.
create table private.usage_days (
    day date not null,
    kind public.usage_kind not null,
    feature text not null default '',
    device public.usage_device not null,
    display public.usage_display not null,
    events bigint not null,
    partners bigint not null,
    seconds bigint not null default 0,
    primary key (day, kind, feature, device, display)
);

create function private.usage_is_recorded(owner uuid) returns boolean
language sql stable security definer set search_path = '' as $$
    select
        coalesce((select usage_recording from public.privacy_preferences where partner_id = owner), true)
        and coalesce(nullif(current_setting('request.headers', true), '')::jsonb ->> 'sec-gpc', '') <> '1';
$$;

create function private.check_usage_event(event jsonb, place text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
    if jsonb_typeof(event) is distinct from 'object' then
        perform private.fail('22023', 'Each event is an object.', 'object', place);
    end if;
    if not pg_input_is_valid(coalesce(event ->> 'id', ''), 'uuid') then
        perform private.fail('22023', 'Each event needs an id made by the app.', 'uuid', place || '.id');
    end if;
    if not coalesce(event ->> 'kind', '') = any (enum_range(null::public.usage_kind)::text[]) then
        perform private.fail('22023', 'This kind is not known.', 'unknown', place || '.kind', null, array_to_string(enum_range(null::public.usage_kind), ', '));
    end if;
    if not coalesce(event ->> 'device', '') = any (enum_range(null::public.usage_device)::text[]) then
        perform private.fail('22023', 'This device is not known.', 'unknown', place || '.device', null, array_to_string(enum_range(null::public.usage_device), ', '));
    end if;
    if not coalesce(event ->> 'display', '') = any (enum_range(null::public.usage_display)::text[]) then
        perform private.fail('22023', 'This display mode is not known.', 'unknown', place || '.display', null, array_to_string(enum_range(null::public.usage_display), ', '));
    end if;
    if not pg_input_is_valid(coalesce(event ->> 'occurred_at', ''), 'timestamptz') then
        perform private.fail('22023', 'Each event needs its time.', 'time', place || '.occurred_at', 'For instance 2026-11-25T08:00:00Z.');
    end if;
    if event ->> 'kind' = 'feature' then
        if not exists (select from public.tier_benefits where key = event ->> 'feature') then
            perform private.fail('22023', 'There is no such feature.', 'unknown', place || '.feature', 'A key of tier_benefits.');
        end if;
    elsif event ->> 'feature' is not null then
        perform private.fail('22023', 'Only the kind feature names one.', 'not_here', place || '.feature');
    end if;
    if event ->> 'kind' = 'foreground' then
        if jsonb_typeof(event -> 'seconds') is distinct from 'number' or not pg_input_is_valid(event ->> 'seconds', 'integer')
            or (event ->> 'seconds')::integer not between 1 and 3600
        then
            perform private.fail('22023', 'Say how many seconds, 1 to 3600.', 'range', place || '.seconds', null, '1-3600');
        end if;
    elsif event ->> 'seconds' is not null then
        perform private.fail('22023', 'Only the kind foreground has a length.', 'not_here', place || '.seconds');
    end if;
end;
$$;

-- Answers {"recording": …, "recorded": n, "skipped": n}. Skipped is what was kept before, is older than 7 days or comes
-- after the 2,000 events that one partner may add in 24 hours: statistics are never a reason to trouble the app.
create function private.record_usage(events jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_reading_partner();
    room integer;
    kept integer := 0;
begin
    if not private.usage_is_recorded(mine) then
        return '{"recording": false, "recorded": 0, "skipped": 0}';
    end if;
    if jsonb_typeof(events) is distinct from 'array' then
        perform private.fail('22023', 'Send a list of events.', 'list', 'events');
    end if;
    if jsonb_array_length(events) > 100 then
        perform private.fail('22023', 'At most 100 events at once.', 'length', 'events', null, '100');
    end if;
    perform private.check_usage_event(event, format('events[%s]', place - 1))
    from jsonb_array_elements(events) with ordinality as given (event, place);
    select 2000 - count(*) into room from public.usage_events
    where partner_id = mine and recorded_at > private.now() - interval '24 hours';
    insert into public.usage_events (id, partner_id, kind, feature, device, display, seconds, occurred_at)
    select
        (event ->> 'id')::uuid, mine, (event ->> 'kind')::public.usage_kind, event ->> 'feature',
        (event ->> 'device')::public.usage_device, (event ->> 'display')::public.usage_display, (event ->> 'seconds')::integer,
        least((event ->> 'occurred_at')::timestamptz, private.now()) -- a clock that is fast
    from jsonb_array_elements(events) with ordinality as given (event, place)
    where (event ->> 'occurred_at')::timestamptz >= private.now() - interval '7 days'
    order by place
    limit greatest(room, 0)
    on conflict (partner_id, id) do nothing;
    get diagnostics kept = row_count;
    return jsonb_build_object('recording', true, 'recorded', kept, 'skipped', jsonb_array_length(events) - kept);
end;
$$;

-- The only way in which an event goes: its partner objects, or its time is over.
create function private.forget_usage(owner uuid, before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
    gone bigint;
begin
    perform set_config('siso.writer', 'forget_usage', true);
    delete from public.usage_events where (owner is null or partner_id = owner) and (before is null or recorded_at < before);
    get diagnostics gone = row_count;
    perform set_config('siso.writer', '', true);
    return gone;
end;
$$;

-- An objection needs no reason, holds at once, and also removes what was kept before it.
create function private.set_usage_recording(wanted boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
begin
    if mine is null then
        perform private.fail('42501', 'Only partners have this setting.', 'partner_only');
    end if;
    if wanted is null then
        perform private.fail('22023', 'Say true or false.', 'required', 'enabled');
    end if;
    insert into public.privacy_preferences (partner_id, usage_recording) values (mine, wanted)
    on conflict (partner_id) do update set usage_recording = excluded.usage_recording, updated_at = private.now();
    if not wanted then
        perform private.forget_usage(mine, null);
    end if;
    return jsonb_build_object('usage_recording', wanted);
end;
$$;

-- Every day: counts what days have come in since the last time, then lets go of what is older than 180 days.
create function private.roll_up_usage() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    today date := (private.now() at time zone 'UTC')::date;
begin
    insert into private.usage_days (day, kind, feature, device, display, events, partners, seconds)
    select
        (recorded_at at time zone 'UTC')::date, kind, coalesce(feature, ''), device, display,
        count(*), count(distinct partner_id), coalesce(sum(seconds), 0)
    from public.usage_events
    where recorded_at < today::timestamp at time zone 'UTC'
        and recorded_at >= coalesce((select max(day) + 1 from private.usage_days)::timestamp at time zone 'UTC', '-infinity')
    group by 1, 2, 3, 4, 5;
    perform private.forget_usage(null, private.now() - interval '180 days');
end;
$$;

select cron.schedule('roll-up-usage', '11 0 * * *', 'select private.roll_up_usage()');

create function public.record_usage(events jsonb) returns jsonb
language sql volatile set search_path = '' as $$
    select private.record_usage(events);
$$;
create function public.set_usage_recording(enabled boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_usage_recording(enabled);
$$;

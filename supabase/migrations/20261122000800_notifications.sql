-- Notifications: a row for the app, a job for the push.

create type public.notification_type as enum (
    'achievement', 'commission', 'tier_up', 'message', 'reminder', 'payout', 'security', 'account'
);

create table public.notifications (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    type public.notification_type not null,
    title text not null check (length(title) <= 120),
    message text not null check (length(message) <= 500),
    action_url text check (action_url like '/%'),
    read boolean not null default false,
    read_at timestamptz,
    created_at timestamptz not null default private.now()
);

create index on public.notifications (partner_id, created_at desc);
create index notifications_unread on public.notifications (partner_id) where not read;

create table public.push_subscriptions (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    endpoint text not null unique check (endpoint ~ '^https?://' and length(endpoint) <= 2000),
    p256dh text not null check (length(p256dh) between 80 and 100),
    auth text not null check (length(auth) between 20 and 32),
    user_agent text check (length(user_agent) <= 400),
    failures integer not null default 0,
    last_success_at timestamptz,
    created_at timestamptz not null default private.now()
);

create index on public.push_subscriptions (partner_id);

-- One row per notification and subscription: what the push service said.
create table ops.push_deliveries (
    notification_id uuid not null references public.notifications,
    subscription_id uuid not null,
    outcome text not null check (outcome in ('accepted', 'gone', 'refused')),
    status_code integer,
    at timestamptz not null default private.now(),
    primary key (notification_id, subscription_id)
);

create function private.notify(
    owner uuid, kind public.notification_type, headline text, body text, url text default null
) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    notification uuid;
begin
    insert into public.notifications (partner_id, type, title, message, action_url)
    values (owner, kind, headline, body, url)
    returning id into notification;
    perform private.enqueue('notify.push', notification::text, jsonb_build_object('notification_id', notification));
    perform private.hint(owner, 'notification.created', notification);
    return notification;
end;
$$;

create function private.subscribe_push(wanted_endpoint text, wanted_p256dh text, wanted_auth text, agent text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
begin
    if coalesce(wanted_endpoint, '') !~ '^https?://' then
        perform private.fail('22023', 'The endpoint must be an https address.', 'https', 'endpoint');
    end if;
    if length(wanted_endpoint) > 2000 then
        perform private.fail('22023', 'At most 2,000 characters.', 'length', 'endpoint', null, '2000');
    end if;
    if coalesce(length(wanted_p256dh), 0) not between 80 and 100 then
        perform private.fail('22023', 'This is no public key of a subscription.', 'length', 'p256dh', null, '80-100');
    end if;
    if coalesce(length(wanted_auth), 0) not between 20 and 32 then
        perform private.fail('22023', 'This is no secret of a subscription.', 'length', 'auth', null, '20-32');
    end if;
    insert into public.push_subscriptions (partner_id, endpoint, p256dh, auth, user_agent)
    values (mine, wanted_endpoint, wanted_p256dh, wanted_auth, left(agent, 400))
    on conflict (endpoint) do update
    set partner_id = excluded.partner_id, p256dh = excluded.p256dh, auth = excluded.auth, failures = 0;
end;
$$;

create function private.unsubscribe_push(wanted_endpoint text) returns void
language sql volatile security definer set search_path = '' as $$
    delete from public.push_subscriptions where endpoint = wanted_endpoint and partner_id = private.me();
$$;

create function private.mark_notifications_read(wanted uuid[]) returns integer
language sql volatile security definer set search_path = '' as $$
    with changed as (
        update public.notifications
        set read = true, read_at = private.now()
        where id = any (wanted) and partner_id = private.me() and not read and private.has_access()
        returning id
    )

    select count(*)::integer from changed;
$$;

-- What the notifications worker needs for one notification: its text and where to send it, without what was sent before.
create function worker.push_job(notification uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'notification', jsonb_build_object(
            'id', note.id, 'type', note.type, 'title', note.title, 'message', note.message, 'action_url', note.action_url
        ),
        'unread', (select count(*) from public.notifications as other where other.partner_id = note.partner_id and not other.read),
        'subscriptions', coalesce((
            select jsonb_agg(jsonb_build_object(
                'id', subscription.id, 'endpoint', subscription.endpoint,
                'p256dh', subscription.p256dh, 'auth', subscription.auth
            ))
            from public.push_subscriptions as subscription
            where subscription.partner_id = note.partner_id
                and not exists (
                    select from ops.push_deliveries as delivery
                    where delivery.notification_id = note.id and delivery.subscription_id = subscription.id
                )
        ), '[]')
    )
    from public.notifications as note
    where note.id = notification;
$$;

-- Keeps the push service's answer; a subscription that is gone is deleted.
create function worker.record_push(notification uuid, subscription uuid, answer text, code integer default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    insert into ops.push_deliveries (notification_id, subscription_id, outcome, status_code)
    values (notification, subscription, answer, code)
    on conflict do nothing;
    if answer = 'gone' then
        delete from public.push_subscriptions where id = subscription;
    elsif answer = 'accepted' then
        update public.push_subscriptions set last_success_at = private.now(), failures = 0 where id = subscription;
    else
        update public.push_subscriptions set failures = failures + 1 where id = subscription;
    end if;
end;
$$;

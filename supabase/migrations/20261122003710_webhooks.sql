-- Outbound webhooks (F-35): an admin registers an endpoint, and each event of the kinds that it asked for becomes one delivery,
-- in the transaction of the event. A worker sends them, signed as Standard Webhooks with the endpoint's secret, which is shown
-- once and kept in Vault.

create table public.webhooks (
    id uuid primary key default gen_random_uuid(),
    url text not null check (url ~ '^https://[^/?#@[:space:]]+([/?#][^[:space:]]*)?$' and length(url) <= 2000),
    description text not null check (length(description) between 3 and 200),
    -- What it asks for: whole types ('deal.verified') or all of a kind ('deal.*').
    event_types text[] not null check (cardinality(event_types) between 1 and 50),
    secret_id uuid not null, -- in vault.secrets
    created_by uuid not null references public.staff_members,
    created_at timestamptz not null default private.now(),
    retired_at timestamptz,
    retired_by uuid references public.staff_members
);

create unique index webhooks_live_url on public.webhooks (url) where retired_at is null;
create index on public.webhooks (created_by);
create index on public.webhooks (retired_by);

create type public.delivery_status as enum ('waiting', 'delivered', 'dead', 'withdrawn');

create table public.webhook_deliveries (
    id uuid primary key default gen_random_uuid(), -- the message id that the receiver sees, the same in every attempt
    webhook_id uuid not null references public.webhooks,
    event_id bigint not null references ops.events,
    event_type text not null,
    status public.delivery_status not null default 'waiting',
    attempts integer not null default 0 check (attempts >= 0),
    next_attempt_at timestamptz default private.now(),
    response_status integer check (response_status between 100 and 599),
    last_error text check (length(last_error) <= 1000),
    created_at timestamptz not null default private.now(),
    settled_at timestamptz,
    unique (webhook_id, event_id), -- one event is told to one endpoint once
    check ((status = 'waiting') = (settled_at is null))
);

create index on public.webhook_deliveries (event_id);
create index webhook_deliveries_due on public.webhook_deliveries (next_attempt_at) where status = 'waiting';

call private.guard('public.webhooks', 'register_webhook or retire_webhook', '{url, event_types, secret_id, created_by, retired_at}', true);
call private.guard(
    'public.webhook_deliveries', 'private.queue_webhooks and the worker', '{webhook_id, event_id, status, settled_at}', true
);

-- What is told outside: business events. What staff look at or edit by hand, and sessions, stay inside.
create function private.queue_webhooks() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    if split_part(new.type, '.', 1) not in ('by_hand', 'session', 'access', 'webhook', 'staff') then
        insert into public.webhook_deliveries (webhook_id, event_id, event_type)
        select webhook.id, new.id, new.type
        from public.webhooks as webhook
        where webhook.retired_at is null
            and webhook.event_types && array[new.type, split_part(new.type, '.', 1) || '.*', '*'];
    end if;
    return null;
end;
$$;

create trigger queue_webhooks after insert on ops.events for each row execute function private.queue_webhooks();

create function private.register_webhook(wanted_url text, wanted_description text, wanted_types text[]) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    -- 32 random bytes, as Standard Webhooks write secrets.
    secret text := 'whsec_' || encode(extensions.gen_random_bytes(32), 'base64');
    made public.webhooks;
begin
    if coalesce(wanted_url, '') !~ '^https://[^/?#@[:space:]]+([/?#][^[:space:]]*)?$' or length(wanted_url) > 2000 then
        perform private.fail('22023', 'The address begins with https:// and holds no name or password.', 'url', 'url');
    end if;
    if length(btrim(coalesce(wanted_description, ''))) not between 3 and 200 then
        perform private.fail('22023', 'Say what it is for, in 3 to 200 characters.', 'length', 'description', null, '200');
    end if;
    if coalesce(cardinality(wanted_types), 0) not between 1 and 50
        or exists (select from unnest(wanted_types) as kind where kind !~ '^(\*|[a-z_]+\.(\*|[a-z_]+))$' or kind is null)
    then
        perform private.fail(
            '22023', 'Name 1 to 50 kinds of events.', 'event_types', 'event_types', 'For instance deal.verified, payout.* or *.', '50'
        );
    end if;
    if exists (select from public.webhooks where url = wanted_url and retired_at is null) then
        perform private.fail('PT409', 'This address is registered already.', 'already_there', 'url', 'Retire the old one first.');
    end if;
    made.id := gen_random_uuid();
    insert into public.webhooks (id, url, description, event_types, secret_id, created_by)
    values (
        made.id, wanted_url, btrim(wanted_description), wanted_types,
        vault.create_secret(secret, 'webhook:' || made.id::text), staff
    )
    returning * into made;
    perform private.emit(
        'webhook.registered', 'webhook', made.id, null, null,
        jsonb_build_object('event_types', to_jsonb(wanted_types), 'staff_id', staff)
    );
    return jsonb_build_object('id', made.id, 'secret', secret);
end;
$$;

-- Ends an endpoint; what has not been delivered is withdrawn, and the secret is destroyed.
create function private.retire_webhook(wanted uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    known public.webhooks;
begin
    select * into known from public.webhooks where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such webhook.', 'not_found', 'webhook_id');
    end if;
    if known.retired_at is not null then
        return;
    end if;
    update public.webhooks set retired_at = private.now(), retired_by = staff where id = wanted;
    update public.webhook_deliveries set status = 'withdrawn', settled_at = private.now(), next_attempt_at = null
    where webhook_id = wanted and status = 'waiting';
    delete from vault.secrets where id = known.secret_id;
    perform private.emit('webhook.retired', 'webhook', wanted, null, null, jsonb_build_object('staff_id', staff));
end;
$$;

create function public.register_webhook(url text, description text, event_types text[]) returns jsonb
language sql volatile set search_path = '' as $$
    select private.register_webhook(url, description, event_types);
$$;

create function public.retire_webhook(webhook_id uuid) returns void
language sql volatile set search_path = '' as $$
    select private.retire_webhook(webhook_id);
$$;

-- A case is closed with what came of it; the people in the channel read it. From then on nobody reads under it.
create function private.close_moderation_case(wanted uuid, what_came text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    channel uuid;
begin
    if length(btrim(coalesce(what_came, ''))) not between 3 and 1000 then
        perform private.fail(
            '22023', 'Say what came of it, in 3 to 1,000 characters: the people in the channel may read it.', 'length', 'outcome', null,
            '1000'
        );
    end if;
    update public.moderation_cases set closed_at = private.now(), outcome = btrim(what_came)
    where id = wanted and closed_at is null
    returning channel_id into channel;
    if channel is null then
        perform private.fail('PT404', 'There is no such open case.', 'not_found', 'case_id');
    end if;
    perform private.emit(
        'moderation.case_closed', 'channel', channel, null, null, jsonb_build_object('staff_id', staff, 'case_id', wanted)
    );
    perform private.tell_channel(channel, 'moderation.acted', jsonb_build_object('action', 'case_closed'));
end;
$$;

create function public.close_moderation_case(case_id uuid, outcome text) returns void
language sql volatile set search_path = '' as $$
    select private.close_moderation_case(case_id, outcome);
$$;

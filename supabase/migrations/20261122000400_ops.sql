-- Operations: what happened (events), what has to be done (outbox), what came in (inbound events).

create table ops.events (
    id bigint generated always as identity primary key,
    type text not null, -- for instance 'deal.claimed'
    subject_kind text not null,
    subject_id uuid not null,
    partner_id uuid references public.partners,
    before jsonb,
    after jsonb,
    actor text not null default coalesce(private.subject(), current_user),
    request_id text default private.request_id(),
    xid xid8 not null default pg_current_xact_id(), -- all events of one transaction are audited together
    created_at timestamptz not null default private.now()
);

create index on ops.events (xid);
create index on ops.events (subject_kind, subject_id);
create index on ops.events (partner_id, id);

-- Which worker does which kind of job.
create table ops.topics (
    topic text primary key,
    worker text not null check (worker in ('commissions', 'payouts', 'accounts', 'notifications', 'documents')),
    max_attempts integer not null default 12 check (max_attempts > 0)
);

-- Twelve attempts are about an hour. What waits for Stripe may wait 40 attempts, more than a day: longer than an outage, and
-- longer than the 23 hours after which an unknown outcome is looked up (F-05).
insert into ops.topics (topic, worker, max_attempts) values
('commission.accrue', 'commissions', 12),
('commission.clear', 'commissions', 12),
('payout.send', 'payouts', 40),
('payout.instant', 'payouts', 40),
('payout.reverse', 'payouts', 40),
('payout.run', 'payouts', 40),
('stripe.event', 'payouts', 40),
('account.link', 'accounts', 12),
('account.event', 'accounts', 40),
('notify.push', 'notifications', 12);

create table ops.outbox (
    id bigint generated always as identity primary key,
    topic text not null references ops.topics,
    dedupe_key text not null unique, -- the same fact never becomes two jobs
    payload jsonb not null,
    request_id text,
    run_at timestamptz not null default private.now(),
    attempts integer not null default 0,
    locked_until timestamptz,
    locked_by uuid, -- the lease: only its holder may finish the job
    done_at timestamptz,
    dead_at timestamptz,
    last_error text,
    created_at timestamptz not null default private.now()
);

create index outbox_ready on ops.outbox (run_at, id) where done_at is null and dead_at is null;
create index on ops.outbox (topic);
-- For claims: what waits for one worker does not slow another down.
create index outbox_ready_by_topic on ops.outbox (topic, run_at, id) where done_at is null and dead_at is null;
create index outbox_open_payouts on ops.outbox ((payload ->> 'payout_id')) where topic = 'payout.send' and done_at is null;

-- Everything that comes in from outside is stored before it is processed; the same event twice is one row.
create table ops.inbound_events (
    id uuid primary key default gen_random_uuid(),
    source text not null, -- 'client-payments', 'stripe:platform', 'stripe:connect', 'stripe:thin'
    source_id text not null,
    payload jsonb not null,
    request_id text default private.request_id(),
    received_at timestamptz not null default private.now(),
    processed_at timestamptz,
    unique (source, source_id)
);

create function private.enqueue(job_topic text, job_key text, job_payload jsonb, due timestamptz default private.now())
returns bigint
language plpgsql security definer set search_path = '' as $$
declare
    made bigint;
begin
    insert into ops.outbox (topic, dedupe_key, payload, run_at, request_id)
    values (job_topic, job_topic || ':' || job_key, job_payload, due, private.request_id())
    on conflict (dedupe_key) do nothing
    returning id into made;
    return made;
end;
$$;

create function private.emit(
    event_type text, kind text, subject uuid, owner uuid, was jsonb default null, became jsonb default null
) returns void
language plpgsql security definer set search_path = '' as $$
begin
    insert into ops.events (type, subject_kind, subject_id, partner_id, before, after)
    values (event_type, kind, subject, owner, was, became);
end;
$$;

-- Live topics are turned, like a lock, when somebody loses them: Realtime asks the policies at a join only and would go on
-- delivering until the token ends. `partner:<id>` becomes `partner:<id>.1`; whoever may still listen asks for the name of today
-- and joins again, whoever lost it sits in a room where nothing is said any more.
-- One row for each turn, so that whoever turns the same topic at the same time waits for nobody.
create table private.topic_turns (
    id bigint generated always as identity primary key,
    topic text not null,
    turned_at timestamptz not null default private.now()
);

create index on private.topic_turns (topic, turned_at);

-- The name of a topic today: counted, since of two turns at the same time either may be seen first.
create function private.live_topic(topic text) returns text
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
    turns bigint := (select count(*) from private.topic_turns as turned where turned.topic = live_topic.topic);
begin
    return live_topic.topic || case when turns > 0 then '.' || turns::text else '' end;
end;
$$;

-- The last word in the old rooms is that there is a new one.
create function private.turn_topics(topics text[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    turning text;
begin
    for turning in select distinct topic from unnest(topics) as topic where topic is not null order by topic loop
        perform realtime.send('{}', 'topic.turned', private.live_topic(turning), true);
        insert into private.topic_turns (topic) values (turning);
    end loop;
end;
$$;

-- What everybody listens to is not turned for each log-out, or one person could keep all devices joining: it waits here for
-- turn_due_topics.
create table private.topics_to_turn (
    id bigint generated always as identity primary key,
    topic text not null,
    asked_at timestamptz not null default private.now()
);

create index on private.topics_to_turn (topic);

-- Run by cron every minute: turns what waits, each topic at most once in ten minutes. Returns how many.
create function private.turn_due_topics() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    due text[];
begin
    with taken as (
        delete from private.topics_to_turn as waiting
        where not exists (
            select from private.topic_turns as turned
            where turned.topic = waiting.topic and turned.turned_at > private.now() - interval '10 minutes'
        )
        returning waiting.topic
    )

    select array_agg(distinct topic) into due from taken;
    perform private.turn_topics(due);
    return coalesce(cardinality(due), 0);
end;
$$;

select cron.schedule('turn-due-topics', '* * * * *', 'select private.turn_due_topics()');

-- A hint for the partner's devices: look again. Never data (architecture: Realtime is a hint, never the record).
create function private.hint(owner uuid, event text, variadic ids uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
    perform realtime.send(jsonb_build_object('ids', to_jsonb(ids)), event, private.live_topic('partner:' || owner::text), true);
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The doorbell: tells a worker that there is something to claim. It carries ids only and is signed as Standard Webhooks
-- demand. Losing it costs latency (ring_due rings again), hearing it twice costs nothing.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.ring(worker_name text, job_ids bigint[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
    base text := private.setting('workers_base_url');
    secret text;
    message_id text := 'msg_' || replace(gen_random_uuid()::text, '-', '');
    stamp text := extract(epoch from clock_timestamp())::bigint::text; -- the receiver compares with its own wall clock
    body jsonb := jsonb_build_object('worker', worker_name, 'ids', to_jsonb(job_ids));
    signature text;
begin
    select decrypted_secret into secret from vault.decrypted_secrets where name = 'doorbell_secret';
    if base is null or secret is null then
        return; -- not configured yet: the sweep rings once it is
    end if;
    signature := encode(
        extensions.hmac(
            convert_to(message_id || '.' || stamp || '.' || body::text, 'UTF8'),
            decode(substr(secret, length('whsec_') + 1), 'base64'),
            'sha256'
        ),
        'base64'
    );
    perform net.http_post(
        url := base || '/' || worker_name || '/doorbell',
        body := body,
        headers := jsonb_build_object(
            'content-type', 'application/json',
            'webhook-id', message_id,
            'webhook-timestamp', stamp,
            'webhook-signature', 'v1,' || signature
        ),
        timeout_milliseconds := 2000
    );
end;
$$;

create function private.ring_for_new_jobs() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.ring(topic.worker, array_agg(job.id order by job.id))
    from new_jobs as job
    join ops.topics as topic on topic.topic = job.topic
    where job.run_at <= private.now()
    group by topic.worker;
    return null;
end;
$$;

create trigger ring_for_new_jobs after insert on ops.outbox
referencing new table as new_jobs
for each statement execute function private.ring_for_new_jobs();

-- Rings for what is due and not being worked on; run by cron every ten seconds. At most 100 jobs of a topic, so that one
-- worker's backlog never keeps the bell from another.
create function private.ring_due() returns void
language sql security definer set search_path = '' as $$
    select private.ring(due.worker, array_agg(due.id order by due.id))
    from (
        select known.worker, ready.id
        from ops.topics as known
        cross join lateral (
            select job.id
            from ops.outbox as job
            where job.topic = known.topic and job.done_at is null and job.dead_at is null
                and job.run_at <= (select private.now())
                and (job.locked_until is null or job.locked_until < (select private.now()))
            order by job.run_at, job.id
            limit 100
        ) as ready
    ) as due
    group by due.worker;
$$;

select cron.schedule('ring-due', '10 seconds', 'select private.ring_due()');

-- ---------------------------------------------------------------------------------------------------------------------
-- How workers take and give back jobs. A worker sees its own topics only; the role is the one PostgREST has set.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.my_worker() returns text
language plpgsql stable set search_path = '' as $$
begin
    return regexp_replace(current_setting('role', true), '_worker$', '');
end;
$$;

-- Who was alive in which minute: the database itself by cron, a worker whenever it asks for work, which it does every ten
-- seconds through the gateway. The uptime figure is counted from here (docs/figures.md). Wall clock: uptime is no matter of
-- the product's clock.
create table ops.heartbeats (
    part text not null check (length(part) between 1 and 40), -- 'database' or a worker
    minute timestamptz not null default date_trunc('minute', clock_timestamp()),
    primary key (part, minute)
);

-- Where somebody is just writing the same minute, it is left to them: to insert would wait for the end of their transaction.
create function private.beat(alive text) returns void
language sql volatile security definer set search_path = '' as $$
    insert into ops.heartbeats (part)
    select alive where pg_try_advisory_xact_lock(hashtextextended('heartbeat ' || alive, 0))
    on conflict do nothing;
$$;

-- Heartbeats are kept 100 days.
create function private.sweep_heartbeats() returns void
language sql volatile security definer set search_path = '' as $$
    delete from ops.heartbeats where minute < clock_timestamp() - interval '100 days';
$$;

select cron.schedule('heartbeat', '* * * * *', 'select private.beat(''database'')');
select cron.schedule('sweep-heartbeats', '31 3 * * *', 'select private.sweep_heartbeats()');

-- A job that no worker survived often enough is dead, too: it was claimed, and its lease ran out.
create function worker.claim_jobs(max_jobs integer default 10, lease_seconds integer default 60)
returns table (id bigint, topic text, payload jsonb, attempts integer, lease uuid, request_id text, time_now timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
begin
    perform private.beat(private.my_worker());
    return query
    with poisoned as (
        select job.id
        from ops.outbox as job
        join ops.topics as known on known.topic = job.topic and known.worker = (select private.my_worker())
        where job.done_at is null and job.dead_at is null
            and job.locked_until < (select private.now()) and job.attempts >= known.max_attempts
        for update of job skip locked
    ),

    buried as (
        update ops.outbox as job
        set
            dead_at = private.now(), locked_by = null, locked_until = null,
            last_error = left('no worker finished it: the lease ran out; before that: ' || coalesce(job.last_error, 'nothing'), 2000)
        from poisoned
        where job.id = poisoned.id
    ),

    due as (
        select ready.id
        from ops.topics as known
        cross join lateral (
            select job.id, job.run_at
            from ops.outbox as job
            where job.topic = known.topic and job.done_at is null and job.dead_at is null
                and job.run_at <= (select private.now())
                and (
                    job.locked_until is null
                    or (job.locked_until < (select private.now()) and job.attempts < known.max_attempts)
                )
            order by job.run_at, job.id
            for update of job skip locked
            limit least(greatest(max_jobs, 1), 100)
        ) as ready
        where known.worker = (select private.my_worker())
        order by ready.run_at, ready.id
        limit least(greatest(max_jobs, 1), 100)
    )

    update ops.outbox as job
    set
        attempts = job.attempts + 1,
        locked_by = gen_random_uuid(),
        locked_until = private.now() + make_interval(secs => least(greatest(lease_seconds, 1), 900))
    from due
    where job.id = due.id
    returning job.id, job.topic, job.payload, job.attempts, job.locked_by, job.request_id, private.now();
end;
$$;

-- True if the lease was still held. A worker that was overtaken must not think that it finished the job.
create function worker.finish_job(job_id bigint, lease uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
    update ops.outbox
    set done_at = private.now(), locked_by = null, locked_until = null, last_error = null
    where id = job_id and locked_by = lease and done_at is null
        and topic in (select known.topic from ops.topics as known where known.worker = private.my_worker());
    return found;
end;
$$;

-- Gives a job back with the reason. After too many attempts, or when the worker says so, it is dead: kept, shown, never
-- retried by itself. Backoff doubles from one second to one hour, with jitter.
create function worker.fail_job(job_id bigint, lease uuid, error text, dead boolean default false) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
    outcome text;
begin
    update ops.outbox as job
    set
        last_error = left(error, 2000),
        locked_by = null,
        locked_until = null,
        dead_at = case when dead or job.attempts >= known.max_attempts then private.now() end,
        run_at = private.now()
            + make_interval(secs => least(power(2, least(job.attempts, 12)), 3600) * (0.5 + random() / 2))
    from ops.topics as known
    where job.id = job_id and job.locked_by = lease and job.done_at is null
        and known.topic = job.topic and known.worker = (select private.my_worker())
    returning case when job.dead_at is not null then 'dead' else 'retry' end into outcome;
    return coalesce(outcome, 'lost');
end;
$$;

-- Puts a dead job back (Studio, ./scripts/admin).
create function private.requeue_job(job_id bigint) returns void
language sql security definer set search_path = '' as $$
    update ops.outbox
    set dead_at = null, attempts = 0, run_at = private.now(), locked_by = null, locked_until = null
    where id = job_id and dead_at is not null;
$$;

-- Invariant views return no row when all is well.
create view private.check_dead_jobs with (security_invoker = true) as
select id, topic, payload, attempts, dead_at, last_error from ops.outbox where dead_at is not null;

-- What PostgREST asks before every request: is the session still alive, and is the caller within the limits.
--
-- Limits are token buckets per caller and class of call, for everything that writes. Reads run in read-only transactions,
-- where nothing can be counted: they are bounded by statement_timeout and by rows.

create table ops.rate_limits (
    class text primary key check (class in ('write', 'rpc', 'anonymous')),
    burst integer not null check (burst > 0), -- calls at once
    per_second numeric not null check (per_second > 0) -- calls in the long run
);

insert into ops.rate_limits (class, burst, per_second) values
('write', 60, 5),
('rpc', 60, 5),
('anonymous', 20, 1);

create unlogged table ops.rate_buckets (
    caller text not null,
    class text not null,
    tokens numeric not null,
    filled_at timestamptz not null,
    primary key (caller, class)
) with (fillfactor = 70);

-- Takes one token; returns how many seconds to wait when there is none.
create function private.take_token(wanted_caller text, wanted_class text) returns numeric
language plpgsql volatile security definer set search_path = '' as $$
declare
    allowed ops.rate_limits;
    filled numeric;
    present timestamptz := clock_timestamp(); -- many calls of one transaction's time would share one filling
begin
    select * into allowed from ops.rate_limits where class = wanted_class;
    if not found then
        return 0;
    end if;
    insert into ops.rate_buckets as bucket (caller, class, tokens, filled_at)
    values (wanted_caller, wanted_class, allowed.burst - 1, present)
    on conflict (caller, class) do update
    set
        tokens = least(
            allowed.burst, bucket.tokens + allowed.per_second * greatest(extract(epoch from present - bucket.filled_at), 0)
        ) - 1,
        filled_at = present
    returning tokens into filled;
    return case when filled >= 0 then 0 else -filled / allowed.per_second end;
end;
$$;

create function private.check_request() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    caller_role text := current_setting('role', true);
    class text;
    caller text;
    wait numeric;
begin
    if caller_role = 'authenticated' and not private.session_is_live() then
        raise sqlstate 'PGRST' using
            message = json_build_object(
                'code', 'PT401', 'message', 'This session has ended.', 'hint', 'Sign in again.',
                'details', '{"rule": "session_ended"}'
            )::text,
            detail = json_build_object('status', 401, 'headers', json_build_object())::text;
    end if;
    if caller_role not in ('anon', 'authenticated') or current_setting('transaction_read_only') = 'on' then
        return; -- workers and admins' tools are bounded elsewhere
    end if;
    if caller_role = 'anon' then
        class := 'anonymous';
        caller := 'address:' || coalesce(private.visitor_address(), 'unknown');
    else
        class := case when current_setting('request.path', true) like '/rpc/%' then 'rpc' else 'write' end;
        caller := 'subject:' || coalesce(private.issuer(), '') || ' ' || coalesce(private.subject(), '');
    end if;
    wait := private.take_token(caller, class);
    if wait > 0 then
        raise sqlstate 'PGRST' using
            message = json_build_object(
                'code', 'PT429', 'message', 'Too many calls: wait a moment.', 'hint', 'Try again later.',
                'details', json_build_object('rule', 'rate_limit', 'limit', class)::text
            )::text,
            detail = json_build_object(
                'status', 429, 'headers', json_build_object('Retry-After', ceil(wait)::text)
            )::text;
    end if;
end;
$$;

-- Buckets that are full again need no row.
create function private.sweep_rate_buckets() returns void
language sql security definer set search_path = '' as $$
    delete from ops.rate_buckets where filled_at < clock_timestamp() - interval '1 hour';
$$;

select cron.schedule('sweep-rate-buckets', '17 * * * *', 'select private.sweep_rate_buckets()');

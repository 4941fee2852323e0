-- The SQL side of pg_net, for a server that has no background worker of its own: requests wait in
-- net.http_request_queue, the runner (siso_local/runner) is told by NOTIFY and sends them.
--
-- Names, argument order, defaults and tables are those of the real extension. Left out: net.worker_restart,
-- net.wait_until_running, net.check_worker_is_up, the settings pg_net.batch_size and pg_net.ttl (they are 200 and
-- 6 hours), and a fragment (#…) in an address that also gets params.

create schema net;

create domain net.http_method as text check (lower(value) in ('get', 'post', 'delete'));

-- Unlogged, as in the real one: what waits is lost when the server crashes.
create unlogged table net.http_request_queue (
    id bigserial,
    method net.http_method not null,
    url text not null,
    headers jsonb,
    body bytea,
    timeout_milliseconds integer not null
);

create unlogged table net._http_response (
    id bigint,
    status_code integer,
    content_type text,
    headers jsonb,
    content text,
    timed_out boolean,
    error_msg text,
    created timestamptz not null default now()
);
create index on net._http_response (created);

create type net.request_status as enum ('PENDING', 'SUCCESS', 'ERROR');
create type net.http_response as (status_code integer, headers jsonb, body text);
create type net.http_response_result as (
    status net.request_status,
    message text,
    response net.http_response
);

-- Percent-encodes everything but the unreserved characters of RFC 3986.
create function net._urlencode_string(string varchar) returns text
    language sql immutable
as $$
    select coalesce(
        string_agg(
            case
                when c.letter ~ '^[A-Za-z0-9._~-]$' then c.letter
                else regexp_replace(upper(encode(convert_to(c.letter, 'UTF8'), 'hex')), '(..)', '%\1', 'g')
            end,
            '' order by c.place
        ),
        ''
    )
    from string_to_table(string, null) with ordinality as c (letter, place)
$$;

create function net._encode_url_with_params_array(url text, params_array text[]) returns text
    language sql immutable
as $$
    select case
        when coalesce(cardinality(params_array), 0) = 0 then url
        else url || case when position('?' in url) > 0 then '&' else '?' end || array_to_string(params_array, '&')
    end
$$;

-- Tells the runner, once the transaction commits, that something waits.
create function net.wake() returns void
    language sql
as $$
    select pg_notify('pg_net', '')
$$;

create function net._enqueue(
    method text, url text, params jsonb, headers jsonb, body bytea, timeout_milliseconds integer
) returns bigint
    language plpgsql
    set search_path = net, pg_catalog, pg_temp
as $$
declare
    request_id bigint;
    pairs text[];
begin
    select coalesce(array_agg(_urlencode_string(p.key) || '=' || _urlencode_string(p.value)), '{}')
    into pairs
    from jsonb_each_text(_enqueue.params) as p;

    insert into http_request_queue (method, url, headers, body, timeout_milliseconds)
    values (
        _enqueue.method,
        _encode_url_with_params_array(_enqueue.url, pairs),
        _enqueue.headers,
        _enqueue.body,
        _enqueue.timeout_milliseconds
    )
    returning id into request_id;

    perform wake();
    return request_id;
end
$$;

create function net.http_get(
    url text,
    params jsonb default '{}',
    headers jsonb default '{}',
    timeout_milliseconds integer default 5000
) returns bigint
    language sql
    security definer
    set search_path = net, pg_catalog, pg_temp
as $$
    select _enqueue('GET', url, params, headers, null, timeout_milliseconds)
$$;

-- The body goes out as the exact text of the jsonb value, so that a signature over body::text holds.
create function net.http_post(
    url text,
    body jsonb default '{}',
    params jsonb default '{}',
    headers jsonb default '{"Content-Type": "application/json"}',
    timeout_milliseconds integer default 5000
) returns bigint
    language plpgsql
    security definer
    set search_path = net, pg_catalog, pg_temp
as $$
declare
    content_type text := (
        select h.value
        from jsonb_each_text(coalesce(headers, '{}')) as h
        where lower(h.key) = 'content-type'
        limit 1
    );
begin
    if content_type is null then
        headers := coalesce(headers, '{}') || '{"Content-Type": "application/json"}';
    elsif content_type <> 'application/json' then
        raise exception 'Content-Type header must be "application/json"';
    end if;
    return _enqueue('POST', url, params, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds);
end
$$;

create function net.http_delete(
    url text,
    params jsonb default '{}',
    headers jsonb default '{}',
    timeout_milliseconds integer default 5000,
    body jsonb default null
) returns bigint
    language sql
    security definer
    set search_path = net, pg_catalog, pg_temp
as $$
    select _enqueue('DELETE', url, params, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds)
$$;

-- What became of a request. As in the real one, a request still under way looks like one that never was. With async
-- false it waits, for at most as long as the statement may last.
create function net._http_collect_response(request_id bigint, async boolean default true)
    returns net.http_response_result
    language plpgsql
    set search_path = net, pg_catalog, pg_temp
as $$
declare
    found_response _http_response;
begin
    loop
        select r.* into found_response from _http_response as r where r.id = request_id;
        exit when async or found_response.id is not null;
        perform pg_sleep(0.05);
    end loop;
    if found_response.id is null or found_response.error_msg is not null then
        return (
            'ERROR', coalesce(found_response.error_msg, 'request matching request_id not found'), null
        )::http_response_result;
    end if;
    return (
        'SUCCESS',
        'ok',
        (found_response.status_code, found_response.headers, found_response.content)::http_response
    )::http_response_result;
end
$$;

create function net.http_collect_response(request_id bigint, async boolean default true)
    returns net.http_response_result
    language sql
as $$
    select net._http_collect_response(request_id, async)
$$;

-- Grants as on hosted.
grant usage on schema net to public;
grant usage on schema net to postgres, anon, authenticated, service_role;
grant all on all tables in schema net to public;
grant all on all sequences in schema net to public;
revoke all on function net.http_get(text, jsonb, jsonb, integer) from public;
revoke all on function net.http_post(text, jsonb, jsonb, jsonb, integer) from public;
grant execute on function net.http_get(text, jsonb, jsonb, integer)
    to postgres, anon, authenticated, service_role;
grant execute on function net.http_post(text, jsonb, jsonb, jsonb, integer)
    to postgres, anon, authenticated, service_role;

-- Foundation: schemas, nothing granted by default, who is asking, what time it is.
--
-- Invariant: a new table, function or sequence is reachable by nobody until a policy file grants it.

create extension if not exists pgcrypto with schema extensions;
create extension if not exists citext with schema extensions;
create extension if not exists pg_net with schema extensions;
create extension if not exists pg_cron with schema pg_catalog;

create schema if not exists private; -- helpers and the rules behind the public functions; not exposed
create schema if not exists ledger; -- money; not exposed
create schema if not exists ops; -- outbox, events, inbound events; not exposed
create schema if not exists worker; -- functions that workers execute; exposed, but usable by worker roles alone

alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges revoke execute on functions from public;

-- One role per worker: no login, no way around row-level security, reached through PostgREST with a token.
do $$
declare
    worker_role text;
begin
    foreach worker_role in array array[
        'commissions_worker', 'payouts_worker', 'accounts_worker', 'notifications_worker', 'documents_worker'
    ]
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = worker_role) then
            execute format('create role %I nologin noinherit nobypassrls', worker_role);
        end if;
        execute format('grant %I to authenticator with inherit false, set true', worker_role);
        execute format('grant %I to postgres with inherit false, set true', worker_role);
    end loop;
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Time. private.now() is the product's only clock: now(), shifted by private.clock in local mode, so that a year of
-- history can be played through the real functions. The two exceptions compare with times that others stamped (tokens,
-- webhooks) and say so.
-- ---------------------------------------------------------------------------------------------------------------------
create table private.clock (
    only_row boolean primary key default true check (only_row),
    shift interval not null
);

comment on table private.clock is
'Empty except on a local platform. Only supabase_admin, whom hosted projects do not hand out, may write it.';

create function private.guard_clock() returns trigger
language plpgsql set search_path = '' as $$
begin
    if session_user <> 'supabase_admin' then
        raise exception 'the clock cannot be moved here'
            using errcode = '42501', hint = 'only the owner of a local platform moves private.clock';
    end if;
    return coalesce(new, old);
end;
$$;

create trigger guard_clock before insert or update or delete on private.clock
for each row execute function private.guard_clock();

-- What every statement asks is plpgsql, which keeps its plans for the session: a function in SQL that cannot be inlined is planned
-- anew at every call, and these cannot.
create function private.now() returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
begin
    return (select pg_catalog.now() + coalesce((select shift from private.clock), interval '0'));
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Settings of one installation that are no secrets (secrets are in Vault): auth_issuer, workers_base_url.
-- ---------------------------------------------------------------------------------------------------------------------
create table private.settings (
    key text primary key,
    value text not null
);

create function private.setting(setting_key text) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
    return (select value from private.settings where key = setting_key);
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Who is asking. A token speaks for a (issuer, subject) pair; a subject need not be a UUID.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.claims() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
    return coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb;
end;
$$;

-- The project's own Auth is stored as 'supabase', so that rows survive a change of address.
create function private.issuer() returns text
language plpgsql stable security definer set search_path = '' as $$
declare
    named text := private.claims() ->> 'iss';
begin
    return case when named = private.setting('auth_issuer') then 'supabase' else named end;
end;
$$;

-- The network address that a call comes from. Whoever calls can write x-forwarded-for, and a proxy may only add to it: where the
-- proxy says itself whom it saw (hosted does), that counts. The local gateway writes the one and drops the other.
create function private.visitor_address() returns text
language plpgsql stable set search_path = '' as $$
declare
    headers jsonb := coalesce(nullif(current_setting('request.headers', true), ''), '{}')::jsonb;
begin
    return nullif(btrim(coalesce(headers ->> 'cf-connecting-ip', split_part(headers ->> 'x-forwarded-for', ',', 1))), '');
end;
$$;

create function private.subject() returns text
language plpgsql stable set search_path = '' as $$
begin
    return nullif(private.claims() ->> 'sub', '');
end;
$$;

-- Only the project's own Auth can vouch for a second factor.
create function private.aal() returns text
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select case when private.issuer() = 'supabase' then coalesce(private.claims() ->> 'aal', 'aal1') else 'aal1' end
    );
end;
$$;

-- How long ago the second factor was shown; null when never. Compares with a time that Auth stamped, hence the wall clock.
create function private.mfa_age() returns interval
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select pg_catalog.now() - to_timestamp(max((method ->> 'timestamp')::double precision))
        from jsonb_array_elements(
            case when jsonb_typeof(private.claims() -> 'amr') = 'array' then private.claims() -> 'amr' else '[]' end
        ) as method
        where private.issuer() = 'supabase' and method ->> 'method' in ('totp', 'webauthn', 'mfa/totp', 'mfa/webauthn')
    );
end;
$$;

create function private.request_id() returns text
language plpgsql stable set search_path = '' as $$
begin
    return (
        select left(coalesce(
            nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-request-id',
            nullif(current_setting('siso.request_id', true), '')
        ), 100)
    );
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Errors: one shape for all of them (docs/errors.md).
-- ---------------------------------------------------------------------------------------------------------------------
create function private.fail(
    code text, message text, rule text default null, field text default null, hint text default null, bound text default null
) returns void
language plpgsql set search_path = '' as $$
begin
    raise exception using
        errcode = code,
        message = message,
        detail = jsonb_strip_nulls(jsonb_build_object('field', field, 'rule', rule, 'limit', bound))::text,
        hint = coalesce(hint, '');
end;
$$;

-- Refuses unless the caller showed a second factor in the last ten minutes.
create function private.require_fresh_mfa() returns void
language plpgsql stable security definer set search_path = '' as $$
begin
    if private.aal() <> 'aal2' or private.mfa_age() is null then
        if exists (
            select from auth.mfa_factors
            where user_id::text = private.subject() and status = 'verified' and private.issuer() = 'supabase'
        ) then
            perform private.fail('PT403', 'This needs your second factor.', 'mfa_required', null, 'Enter a code from your authenticator app.');
        end if;
        perform private.fail('PT403', 'Set up a second factor first.', 'mfa_not_enrolled', null, 'Settings → Security → Add authenticator app.');
    end if;
    if private.mfa_age() > interval '10 minutes' then
        perform private.fail('PT403', 'Your last code is older than ten minutes.', 'mfa_stale', null, 'Enter a new code.', '10 minutes');
    end if;
end;
$$;

create function private.touch_updated_at() returns trigger
language plpgsql set search_path = '' as $$
begin
    new.updated_at := private.now();
    return new;
end;
$$;

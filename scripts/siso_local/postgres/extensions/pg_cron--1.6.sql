-- The SQL side of pg_cron, for a server that has no background worker of its own: jobs stand in cron.job, the runner
-- (siso_local/runner) looks every second what is due.
--
-- Names, argument order, tables and row security are those of the real extension. Left out: schedules of the form
-- @daily or @reboot (write five fields), cron.schedule_in_database and other databases, and the settings cron.*
-- (times are UTC). A job belongs to the role that the session has: its login, or what it took with SET ROLE.

create schema cron;
create sequence cron.jobid_seq;
create sequence cron.runid_seq;

create table cron.job (
    jobid bigint primary key default nextval('cron.jobid_seq'),
    schedule text not null,
    command text not null,
    nodename text not null default 'localhost',
    nodeport integer not null default coalesce(inet_server_port(), 5432),
    database text not null default current_database(),
    username text not null default current_user,
    active boolean not null default true,
    jobname text,
    constraint jobname_username_uniq unique (jobname, username)
);
alter table cron.job enable row level security;
create policy cron_job_policy on cron.job using (username = current_user);

create table cron.job_run_details (
    jobid bigint,
    runid bigint primary key default nextval('cron.runid_seq'),
    job_pid integer,
    database text,
    username text,
    command text,
    status text,
    return_message text,
    start_time timestamptz,
    end_time timestamptz
);
alter table cron.job_run_details enable row level security;
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);

-- The role that acts: inside a security definer function current_user is the function's owner.
create function cron._caller() returns name
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(nullif(current_setting('role'), 'none'), session_user)::name
$$;

create function cron._check_schedule(schedule text) returns void
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if schedule ~* '^\s*([1-9]|[1-5][0-9])\s+seconds?\s*$' then
        return;
    end if;
    if schedule !~* '^\s*([0-9*/,a-z$-]+\s+){4}[0-9*/,a-z$-]+\s*$' then
        raise exception 'invalid schedule: %', schedule
            using errcode = 'invalid_parameter_value',
                hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
    end if;
end
$$;

create function cron.schedule(job_name text, schedule text, command text) returns bigint
    language plpgsql
    security definer
    set search_path = cron, pg_catalog, pg_temp
as $$
declare
    new_id bigint;
begin
    perform _check_schedule(schedule.schedule);
    insert into job (jobname, schedule, command, username)
    values (schedule.job_name, schedule.schedule, schedule.command, _caller())
    on conflict on constraint jobname_username_uniq do update
        set schedule = excluded.schedule, command = excluded.command, active = true
    returning jobid into new_id;
    return new_id;
end
$$;

create function cron.schedule(schedule text, command text) returns bigint
    language sql
    strict
as $$
    select cron.schedule(null, schedule, command)
$$;

create function cron.unschedule(job_id bigint) returns boolean
    language plpgsql
    strict
    security definer
    set search_path = cron, pg_catalog, pg_temp
as $$
begin
    delete from job where jobid = unschedule.job_id and username = _caller();
    if not found then
        raise exception 'could not find valid entry for job %', unschedule.job_id;
    end if;
    return true;
end
$$;

create function cron.unschedule(job_name text) returns boolean
    language plpgsql
    strict
    security definer
    set search_path = cron, pg_catalog, pg_temp
as $$
begin
    delete from job where jobname = unschedule.job_name and username = _caller();
    if not found then
        raise exception 'could not find valid entry for job ''%''', unschedule.job_name;
    end if;
    return true;
end
$$;

create function cron.alter_job(
    job_id bigint,
    schedule text default null,
    command text default null,
    database text default null,
    username text default null,
    active boolean default null
) returns void
    language plpgsql
    security definer
    set search_path = cron, pg_catalog, pg_temp
as $$
declare
    is_superuser boolean := (select r.rolsuper from pg_roles as r where r.rolname = _caller());
begin
    if alter_job.username is not null and alter_job.username <> _caller() and not is_superuser then
        raise exception 'must be superuser to alter username' using errcode = 'insufficient_privilege';
    end if;
    if alter_job.schedule is not null then
        perform _check_schedule(alter_job.schedule);
    end if;
    update job as j
    set schedule = coalesce(alter_job.schedule, j.schedule),
        command = coalesce(alter_job.command, j.command),
        database = coalesce(alter_job.database, j.database),
        username = coalesce(alter_job.username, j.username),
        active = coalesce(alter_job.active, j.active)
    where j.jobid = alter_job.job_id and (j.username = _caller() or is_superuser);
    if not found then
        raise exception 'Job % does not exist or you don''t own it', alter_job.job_id;
    end if;
end
$$;

-- Grants as on hosted: the schema is open to postgres alone.
grant usage on schema cron to postgres with grant option;
grant all on all tables in schema cron to postgres with grant option;
grant all on all sequences in schema cron to postgres with grant option;
revoke all on cron.job from postgres;
grant select on cron.job to postgres with grant option;
grant select on cron.job to public;
grant select, delete on cron.job_run_details to public;
revoke all on function cron.alter_job(bigint, text, text, text, text, boolean) from public;
grant execute on function cron.alter_job(bigint, text, text, text, text, boolean) to postgres with grant option;

"""pg_cron and the runner: jobs run when they are due, as their role, and leave a record."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest

from tests.platform.database_support import Row, Runner, connect, eventually, rows, value


@pytest.fixture
def db(fresh_runner: Runner) -> Iterator[psycopg.Connection]:
    with connect(fresh_runner.settings) as connection:
        yield connection


@pytest.fixture
def job_name(db: psycopg.Connection) -> Iterator[str]:
    name = f"job {uuid.uuid4()}"
    yield name
    db.execute("select cron.unschedule(jobid) from cron.job where jobname = %s", [name])


def runs(db: psycopg.Connection, job_id: int) -> list[Row]:
    query = """
        select status, return_message, username
        from cron.job_run_details
        where jobid = %s and end_time is not null
    """
    return rows(db, query, job_id)


def test_a_job_runs_every_second_as_its_role(db: psycopg.Connection, job_name: str) -> None:
    db.execute("create table public.ticks (role name, path text, at timestamptz default clock_timestamp())")
    command = "insert into public.ticks (role, path) values (current_user, current_setting('search_path'))"
    job_id = value(db, "select cron.schedule(%s, '1 second', %s)", job_name, command)
    eventually(lambda: len(runs(db, job_id)) >= 3)
    assert set(runs(db, job_id)) == {("succeeded", "INSERT 0 1", "postgres")}
    # Its own log-in, hence the settings of its role.
    assert set(rows(db, "select role, path from public.ticks")) == {("postgres", '"$user", public, extensions')}
    (gap,) = rows(db, "select extract(epoch from max(at) - min(at)) / (count(*) - 1) from public.ticks")[0]
    assert 0.9 < float(gap) < 1.3


def test_a_failing_job_is_recorded_and_stops_nobody(db: psycopg.Connection, job_name: str) -> None:
    failing = value(db, "select cron.schedule(%s, '1 second', 'select 1 / 0')", job_name)
    eventually(lambda: len(runs(db, failing)) >= 2)
    assert set(runs(db, failing)) == {("failed", "ERROR: division by zero", "postgres")}
    sound = value(db, "select cron.schedule(%s, '1 second', 'select generate_series(1, 2)')", job_name)
    assert sound == failing, "the same name is the same job"
    eventually(lambda: ("succeeded", "2 rows", "postgres") in runs(db, sound))


def test_a_job_never_runs_twice_at_the_same_time(db: psycopg.Connection, job_name: str) -> None:
    job_id = value(db, "select cron.schedule(%s, '1 second', 'select pg_sleep(1.4)')", job_name)
    eventually(lambda: len(runs(db, job_id)) >= 3)
    overlaps = """
        select count(*)
        from cron.job_run_details as a
        join cron.job_run_details as b on b.jobid = a.jobid and b.runid > a.runid and b.start_time < a.end_time
        where a.jobid = %s
    """
    assert value(db, overlaps, job_id) == 0


def test_a_job_of_a_role_without_login_fails_with_a_reason(
    fresh_runner: Runner, db: psycopg.Connection, job_name: str
) -> None:
    job_id = value(db, "select cron.schedule(%s, '1 second', 'select 1')", job_name)
    with connect(fresh_runner.settings, "supabase_admin") as admin:
        admin.execute("select cron.alter_job(%s, username := 'service_role')", [job_id])
        wanted = ("failed", 'ERROR: role "service_role" has no login on this platform', "service_role")
        eventually(lambda: wanted in runs(admin, job_id))
        admin.execute("select cron.alter_job(%s, username := 'postgres')", [job_id])


def test_an_unscheduled_or_inactive_job_runs_no_more(db: psycopg.Connection, job_name: str) -> None:
    job_id = value(db, "select cron.schedule(%s, '1 second', 'select 1')", job_name)
    eventually(lambda: runs(db, job_id))
    db.execute("select cron.alter_job(%s, active := false)", [job_id])
    marker = value(db, "select cron.schedule('1 second', 'select 2')")
    eventually(lambda: len(runs(db, marker)) >= 2)
    seen = len(runs(db, job_id))
    eventually(lambda: len(runs(db, marker)) >= 4)
    assert len(runs(db, job_id)) == seen
    assert value(db, "select cron.unschedule(%s::bigint)", marker) is True
    assert value(db, "select cron.unschedule(%s::text)", job_name) is True
    with pytest.raises(psycopg.errors.RaiseException, match="could not find valid entry for job"):
        db.execute("select cron.unschedule(%s::text)", [job_name])


@pytest.mark.parametrize("schedule", ["", "nonsense", "* * * *", "* * * * * *", "0 seconds", "60 seconds", "1 minute"])
def test_a_schedule_that_is_none_is_refused(db: psycopg.Connection, schedule: str) -> None:
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="invalid schedule"):
        db.execute("select cron.schedule('never', %s, 'select 1')", [schedule])


def test_postgres_may_not_write_the_table_nor_act_for_others(db: psycopg.Connection, job_name: str) -> None:
    job_id = value(db, "select cron.schedule(%s, '0 0 1 1 *', 'select 1')", job_name)
    for statement in (
        "insert into cron.job (schedule, command, username) values ('* * * * *', 'select 1', 'supabase_admin')",
        "update cron.job set username = 'supabase_admin'",
        f"select cron.alter_job({job_id}, username := 'supabase_admin')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement.encode())
    assert value(db, "select username from cron.job where jobid = %s", job_id) == "postgres"


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_the_api_roles_cannot_schedule(db: psycopg.Connection, role: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
        db.execute(f"set local role {role}".encode())
        db.execute("select cron.schedule('* * * * *', 'select 1')")

"""auth, storage and realtime belong to their servers; and PostgREST is told of every change that it can see."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from siso_local.postgres import Cluster
from tests.platform.database_support import connect, rows, value

REFUSED = [
    "drop table auth.users",
    "drop table auth.users cascade",
    "drop schema auth cascade",
    "drop schema storage cascade",
    "drop function auth.uid() cascade",
    "create table auth.x (id integer)",
    "create table storage.x (id integer)",
    "create table realtime.x (id integer)",
    "create view auth.x as select 1 as one",
    "create function auth.x() returns integer language sql as 'select 1'",
    "create or replace function auth.uid() returns uuid language sql as 'select null::uuid'",
    "create type storage.x as enum ('a')",
    "create sequence realtime.x",
    "create index on storage.objects (name)",
    "alter table storage.objects add column x integer",
    "alter table storage.objects drop column metadata",
    "alter table storage.objects disable row level security",
    "alter table storage.objects no force row level security",
    "alter table auth.users disable trigger all",
    "alter table auth.users owner to postgres",
    "alter table auth.users rename to people",
    "alter table auth.users set schema public",
    "alter table realtime.messages disable row level security",
    "alter function auth.uid() set schema public",
    "alter schema auth owner to postgres",
    "alter schema auth rename to login",
]
ALLOWED = [
    "create policy p on storage.objects for select to authenticated using (true)",
    "create policy p on storage.objects for select using (true); drop policy p on storage.objects",
    "create policy p on storage.buckets for select using (true); alter policy p on storage.buckets using (false)",
    "create policy p on realtime.messages for select to authenticated using (true)",
    "create policy p on realtime.messages for insert to authenticated with check (true)",
    """create function public.f() returns trigger language plpgsql as 'begin return new; end';
    create trigger t after insert on auth.users for each row execute function public.f();
    drop trigger t on auth.users""",
    """create function public.f() returns trigger language plpgsql as 'begin return new; end';
    create trigger t after insert on storage.objects for each row execute function public.f();
    drop function public.f() cascade""",
    "create table public.t (user_id uuid references auth.users (id) on delete cascade); drop table public.t",
    "create view public.v as select id from auth.users; drop view public.v",
    "create table public.auth (id integer); alter table public.auth add column x integer; drop table public.auth",
    "insert into storage.buckets (id, name) values ('some-bucket', 'some-bucket')",
    "comment on column storage.objects.name is 'a path'",
    "grant select on auth.users to service_role",
    "create temp table scratch (id integer); drop table scratch",
]


@pytest.fixture
def postgres(fresh_cluster: Cluster) -> Iterator[psycopg.Connection]:
    """A transaction as postgres that is rolled back."""
    with psycopg.connect(fresh_cluster.settings.dsn("postgres")) as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("statement", REFUSED)
def test_postgres_may_not(postgres: psycopg.Connection, statement: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.DependentObjectsStillExist)):
        postgres.execute(statement.encode())


@pytest.mark.parametrize("statement", ALLOWED)
def test_postgres_may(postgres: psycopg.Connection, statement: str) -> None:
    postgres.execute(statement.encode())


@pytest.mark.parametrize(
    ("role", "schema"),
    [
        ("supabase_auth_admin", "auth"),
        ("supabase_storage_admin", "storage"),
        ("supabase_realtime_admin", "realtime"),
        ("supabase_admin", "auth"),
    ],
)
def test_the_servers_may_change_their_own_schema(fresh_cluster: Cluster, role: str, schema: str) -> None:
    with psycopg.connect(fresh_cluster.settings.dsn(role)) as connection:
        connection.execute(f"create table {schema}.mine (id integer)".encode())
        connection.execute(f"alter table {schema}.mine add column x integer".encode())
        connection.execute(f"drop table {schema}.mine".encode())
        connection.rollback()


@pytest.mark.parametrize(("role", "schema"), [("supabase_auth_admin", "storage"), ("supabase_storage_admin", "auth")])
def test_the_servers_may_not_touch_each_other(fresh_cluster: Cluster, role: str, schema: str) -> None:
    with connect(fresh_cluster.settings, role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"create table {schema}.mine (id integer)".encode())


def test_new_objects_of_postgres_are_granted_as_on_older_projects(postgres: psycopg.Connection) -> None:
    postgres.execute("create table public.granted (id integer)")
    for role in ("anon", "authenticated", "service_role"):
        assert value(postgres, "select has_table_privilege(%s, 'public.granted', 'insert')", role)


def reloads(cluster: Cluster, statement: str) -> bool:
    """Whether PostgREST is told to read the schema again when postgres commits ``statement``."""
    with connect(cluster.settings, "authenticator") as listener, connect(cluster.settings) as connection:
        listener.execute("listen pgrst")
        connection.execute(statement.encode())
        return any(n.payload == "reload schema" for n in listener.notifies(timeout=0.5, stop_after=1))


def test_a_changed_schema_is_announced(fresh_cluster: Cluster) -> None:
    assert reloads(fresh_cluster, "create table public.seen (id integer)")
    assert reloads(fresh_cluster, "alter table public.seen add column x integer")
    assert reloads(fresh_cluster, "create function public.seen_too() returns integer language sql as 'select 1'")
    assert reloads(fresh_cluster, "comment on table public.seen is 'seen'")
    assert reloads(fresh_cluster, "drop function public.seen_too()")
    assert reloads(fresh_cluster, "drop table public.seen")


@pytest.mark.parametrize(
    "statement",
    [
        "create temp table unseen (id integer); drop table unseen",
        "grant select on auth.users to service_role",
        "begin; create table public.unseen (id integer); rollback",
        "select 1",
    ],
)
def test_what_postgrest_cannot_see_is_not_announced(fresh_cluster: Cluster, statement: str) -> None:
    assert not reloads(fresh_cluster, statement)


def test_policies_on_storage_and_realtime_bind_the_api_roles(postgres: psycopg.Connection) -> None:
    postgres.execute("insert into storage.buckets (id, name) values ('guarded', 'guarded')")
    postgres.execute("insert into storage.objects (bucket_id, name) values ('guarded', 'a/b.txt')")
    postgres.execute("set local role authenticated")
    assert rows(postgres, "select name from storage.objects where bucket_id = 'guarded'") == []
    postgres.execute("reset role")
    postgres.execute("create policy p on storage.objects for select to authenticated using (bucket_id = 'guarded')")
    postgres.execute("set local role authenticated")
    assert rows(postgres, "select name from storage.objects where bucket_id = 'guarded'") == [("a/b.txt",)]

"""The local database is what hosted Supabase gives: roles, memberships, ownership, default privileges, settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from siso_local.postgres import Cluster
from siso_local.settings import Settings
from tests.platform.database_support import connect, rows, value

HOSTED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "hosted/description.yaml").read_text())
ATTRIBUTES = {
    "superuser": "rolsuper",
    "inherit": "rolinherit",
    "createrole": "rolcreaterole",
    "createdb": "rolcreatedb",
    "login": "rolcanlogin",
    "replication": "rolreplication",
    "bypassrls": "rolbypassrls",
}
_ACL_ITEM = re.compile(r"(?P<grantee>[^=]*)=(?P<privileges>[a-zA-Z*]*)/.*")


def parse_acl(items: list[str] | None) -> dict[str, str]:
    """Grantee → letters; the owner of nothing but PUBLIC has an empty name in Postgres."""
    found = {}
    for item in items or []:
        match = _ACL_ITEM.fullmatch(item)
        assert match is not None, item
        found[match["grantee"].strip('"') or "PUBLIC"] = match["privileges"]
    return found


def read_roles(connection: psycopg.Connection) -> dict[str, dict[str, bool]]:
    found = {}
    for name, attributes in rows(connection, "select rolname, to_jsonb(r) from pg_roles as r"):
        found[name] = {attribute: attributes[column] for attribute, column in ATTRIBUTES.items()}
    return found


def read_memberships(connection: psycopg.Connection) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    query = """
        select m.rolname, r.rolname, a.admin_option, a.inherit_option, a.set_option
        from pg_auth_members as a
        join pg_roles as m on m.oid = a.member
        join pg_roles as r on r.oid = a.roleid
    """
    for member, role, admin, inherit, may_set in rows(connection, query):
        options = [name for name, on in (("admin", admin), ("inherit", inherit), ("set", may_set)) if on]
        found.setdefault(member, {})[role] = options
    return found


def read_schemas(connection: psycopg.Connection) -> dict[str, Any]:
    found = {}
    for name, owner, acl in rows(
        connection, "select nspname, nspowner::regrole::text, nspacl::text[] from pg_namespace"
    ):
        grants = parse_acl(acl)
        found[name] = {
            "owner": owner,
            "usage": sorted(g + ("*" if "U*" in p else "") for g, p in grants.items() if "U" in p),
            "create": sorted(g + ("*" if "C*" in p else "") for g, p in grants.items() if "C" in p),
        }
    return found


def read_default_privileges(connection: psycopg.Connection) -> dict[str, dict[str, str]]:
    query = """
        select concat_ws(' ', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype), defaclacl::text[]
        from pg_default_acl
    """
    return {name: parse_acl(acl) for name, acl in rows(connection, query)}


def read_role_settings(connection: psycopg.Connection) -> dict[str, list[str]]:
    query = "select setrole::regrole::text, setconfig from pg_db_role_setting where setdatabase = 0"
    return {role: sorted(config) for role, config in rows(connection, query)}


def expected_roles() -> dict[str, dict[str, bool]]:
    off = dict.fromkeys(ATTRIBUTES, False) | {"inherit": True}
    return {name: off | attributes for name, attributes in HOSTED["roles"].items()}


@pytest.fixture
def fresh(fresh_cluster: Cluster) -> psycopg.Connection:
    return connect(fresh_cluster.settings, "supabase_admin")


def test_there_are_exactly_hosted_s_roles(fresh: psycopg.Connection) -> None:
    found = {name: role for name, role in read_roles(fresh).items() if not name.startswith("pg_")}
    assert found == expected_roles()


def test_memberships(fresh: psycopg.Connection) -> None:
    found = {m: roles for m, roles in read_memberships(fresh).items() if not m.startswith("pg_")}
    assert found == HOSTED["memberships"]


def test_schemas_and_their_grants(fresh: psycopg.Connection) -> None:
    found = read_schemas(fresh)
    system = {name for name in found if name.startswith("pg_")} | {"information_schema"}
    assert {name: schema for name, schema in found.items() if name not in system} == HOSTED["schemas"]


def test_owners_of_tables(fresh: psycopg.Connection) -> None:
    for table, owner in HOSTED["table_owners"].items():
        assert value(fresh, "select relowner::regrole::text from pg_class where oid = %s::regclass", table) == owner


def test_default_privileges_in_public_and_extensions(fresh: psycopg.Connection) -> None:
    found = read_default_privileges(fresh)
    assert {name: acl for name, acl in found.items() if name.split()[1] in ("public", "extensions")} == HOSTED[
        "default_privileges"
    ]


def test_settings_of_roles(fresh: psycopg.Connection) -> None:
    assert read_role_settings(fresh) == HOSTED["role_settings"]


@pytest.mark.parametrize("name", HOSTED["server_settings"])
def test_settings_of_the_server(fresh: psycopg.Connection, name: str) -> None:
    assert value(fresh, f"show {name}") == HOSTED["server_settings"][name]


def test_extensions(fresh: psycopg.Connection) -> None:
    query = "select jsonb_object_agg(extname, extnamespace::regnamespace::text) from pg_extension"
    assert value(fresh, query) == HOSTED["extensions"]


def test_the_database_belongs_to_postgres(fresh: psycopg.Connection) -> None:
    query = "select datdba::regrole::text from pg_database where datname = current_database()"
    assert value(fresh, "select current_database()") == HOSTED["database"]["name"]
    assert value(fresh, query) == HOSTED["database"]["owner"]


@pytest.mark.parametrize(
    "statement",
    [
        "create extension if not exists pg_net with schema extensions",
        "create extension if not exists pg_cron with schema pg_catalog",
        "create extension if not exists supabase_vault with schema vault",
        "create extension if not exists pgcrypto with schema extensions",
        "create extension if not exists pg_trgm with schema extensions",
        "create extension if not exists btree_gist with schema extensions",
        "create role some_worker nologin; grant some_worker to authenticator; grant some_worker to postgres",
        "create schema private; create table private.things (id integer)",
    ],
)
def test_postgres_may(fresh_cluster: Cluster, statement: str) -> None:
    with psycopg.connect(fresh_cluster.settings.dsn("postgres")) as connection:
        connection.execute(statement.encode())
        connection.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "create event trigger mine on ddl_command_end execute function extensions.pgrst_ddl_watch()",
        "alter system set work_mem = '1GB'",
        "create role mighty superuser",
        "alter role supabase_admin password 'x'",
        "set role supabase_auth_admin",
        "set role supabase_admin",
        "create publication everything for all tables",
        "create extension file_fdw",
        "select pg_read_file('vault.key')",
        "copy (select 1) to program 'true'",
    ],
)
def test_postgres_may_not(fresh_cluster: Cluster, statement: str) -> None:
    with connect(fresh_cluster.settings) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_a_wrong_password_is_refused(fresh_cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(fresh_cluster.settings.dsn("postgres"), password="wrong")


def test_our_migrations_left_hosted_s_roles_as_they_are(settings: Settings) -> None:
    """On the running platform, migrations included: they may add roles, they may not bend those that hosted owns."""
    with connect(settings, "supabase_admin") as connection:
        roles = read_roles(connection)
        assert {name: roles[name] for name in HOSTED["roles"]} == expected_roles()
        memberships = read_memberships(connection)
        for member, granted in HOSTED["memberships"].items():
            known = {role: options for role, options in memberships[member].items() if role in granted}
            assert known == granted
        schemas = read_schemas(connection)
        owners = {name: schema["owner"] for name, schema in HOSTED["schemas"].items()}
        assert {name: schemas[name]["owner"] for name in owners} == owners
        found = read_role_settings(connection)
        for role, expected in HOSTED["role_settings"].items():
            # What begins with pgrst. is the data API's configuration, which hosted keeps there, too.
            assert [item for item in found[role] if not item.startswith("pgrst.")] == expected

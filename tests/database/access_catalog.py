"""What the database really has: relations, functions, policies, grants, buckets and topics of ours."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from tests.database.harness import rows

OUR_SCHEMAS = ["public", "private", "ledger", "ops", "worker"]
# Tables of the platform on which we write policies, and those that a policy could open.
PLATFORM_TABLES = ["storage.objects", "storage.buckets", "realtime.messages"]


@dataclass(frozen=True)
class Policy:
    """One policy as pg_policies tells it."""

    table: str
    name: str
    verb: str  # lower case; "all" for every verb
    permissive: bool
    roles: list[str]
    using: str | None
    check: str | None


def relations(connection: psycopg.Connection) -> dict[str, bool]:
    """Table or view (schema.name) → whether row-level security is enabled and forced; views count as True when they
    run with the rights of the caller."""
    found = rows(
        connection,
        """
        select n.nspname || '.' || c.relname,
            case when c.relkind in ('r', 'p') then c.relrowsecurity and c.relforcerowsecurity
                else coalesce('security_invoker=true' = any (c.reloptions), false) end
        from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname = any (%s) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
        order by 1
        """,
        OUR_SCHEMAS,
    )
    return {str(name): bool(safe) for name, safe in found}


def policies(connection: psycopg.Connection) -> list[Policy]:
    found = rows(
        connection,
        """
        select schemaname || '.' || tablename, policyname, lower(cmd), permissive = 'PERMISSIVE', roles::text[], qual,
            with_check
        from pg_policies
        where schemaname = any (%s) or schemaname || '.' || tablename = any (%s)
        order by 1, 3, 2
        """,
        OUR_SCHEMAS,
        PLATFORM_TABLES,
    )
    return [Policy(*row) for row in found]


def executors(connection: psycopg.Connection, roles: list[str]) -> dict[str, set[str]]:
    """Function (schema.name, all that bear the name) → which of ``roles`` may execute it."""
    found = rows(
        connection,
        """
        select n.nspname || '.' || p.proname,
            coalesce(array_agg(distinct role) filter (where has_function_privilege(role, p.oid, 'execute')), '{}')
        from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace cross join unnest(%s::text[]) as role
        where n.nspname = any (%s)
        group by 1 order by 1
        """,
        roles,
        OUR_SCHEMAS,
    )
    return {str(name): set(who) for name, who in found}


def granted_columns(connection: psycopg.Connection, role: str, verb: str) -> dict[str, tuple[set[str], set[str]]]:
    """Relation → (columns on which ``role`` holds the privilege, all its columns)."""
    found = rows(
        connection,
        """
        select n.nspname || '.' || c.relname,
            coalesce(array_agg(a.attname::text) filter (where has_column_privilege(%s, c.oid, a.attnum, %s)), '{}'),
            array_agg(a.attname::text)
        from pg_class as c
        join pg_namespace as n on n.oid = c.relnamespace
        join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where n.nspname = any (%s) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
        group by 1
        """,
        role,
        verb,
        OUR_SCHEMAS,
    )
    return {str(name): (set(granted), set(every)) for name, granted, every in found}


def other_grants(connection: psycopg.Connection, roles: list[str]) -> list[str]:
    """Privileges of ``roles`` that the matrix has no column for, each as a sentence. There should be none."""
    found = rows(
        connection,
        """
        select role || ' may ' || verb || ' ' || n.nspname || '.' || c.relname
        from pg_class as c
        join pg_namespace as n on n.oid = c.relnamespace
        cross join unnest(%s::text[]) as role
        cross join unnest(case when c.relkind = 'S' then array['usage', 'select', 'update']
            else array['truncate', 'references', 'trigger', 'maintain'] end) as verb
        where n.nspname = any (%s) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not c.relispartition
            and case when c.relkind = 'S' then has_sequence_privilege(role, c.oid, verb)
                else has_table_privilege(role, c.oid, verb) end
        order by 1
        """,
        roles,
        OUR_SCHEMAS,
    )
    return [str(row[0]) for row in found]


def buckets(connection: psycopg.Connection) -> dict[str, bool]:
    """Bucket → whether everybody may read it."""
    return {str(name): bool(public) for name, public in rows(connection, "select id, public from storage.buckets")}


def topic_kinds(connection: psycopg.Connection) -> set[str]:
    """The first part of every topic that a policy or a sending function names: partner, channel, …"""
    found = rows(
        connection,
        r"""
        with texts as (
            select coalesce(qual, '') || coalesce(with_check, '') as text
            from pg_policies where schemaname = 'realtime' and tablename = 'messages'
            union all
            select prosrc from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
            where n.nspname = any (%s) and prosrc ~ 'realtime\.(send|broadcast_changes)'
        )
        select distinct kind[1] from texts, regexp_matches(text, '''([a-z_]+):', 'g') as kind
        """,
        OUR_SCHEMAS,
    )
    return {str(row[0]) for row in found}

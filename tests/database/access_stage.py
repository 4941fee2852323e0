"""Where the cells of the access matrix are tried: one transaction with people and rows that is never committed."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg import sql

from siso_local.settings import Settings
from tests.database.access_model import FIXTURES_FILE, ActorSpec, Matrix, Probe
from tests.database.harness import Actor, make_login, make_partner, make_staff, session_of

_NAME = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z]+)?)\}")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
# How views that cannot be written answer, granted or not: nobody can.
_NOT_WRITABLE = ("55000", "428C9")


class Stage:
    """People and rows of access_fixtures.sql in an open transaction of a superuser, and actors who try things in it."""

    def __init__(self, connection: psycopg.Connection, matrix: Matrix, own_issuer: str) -> None:
        self.connection = connection
        self.matrix = matrix
        self._issuer = own_issuer
        self._names: dict[str, str] = {}
        self._columns: dict[str, str] = {}
        self._make_people()
        self._as_given(self.fill(FIXTURES_FILE.read_text()))
        for topic in matrix.topics:
            for extension in ("broadcast", "presence"):
                row = self.fill(f"'{topic}', '{extension}'")
                self._as_given(f"insert into realtime.messages (topic, extension) values ({row})")  # noqa: S608

    # -- making -----------------------------------------------------------------------------------------------------

    def _make_people(self) -> None:
        for actor in self.matrix.actors.values():
            if not actor.signed_in or actor.person:
                continue
            if actor.tier:
                person = make_partner(self.connection, name=actor.name, tier=actor.tier)
            elif actor.staff:
                person = make_staff(self.connection, actor.staff, name=actor.name)
            else:
                person = make_login(self.connection)
            self._names |= {
                actor.name: str(person.id),
                f"{actor.name}.login": person.subject,
                f"{actor.name}.email": person.email,
            }

    def fill(self, template: str) -> str:
        """The template with ids in place of {names}; a name that is new gets a new id. {name.word} is the id in letters
        alone, {name.hex} the id without dashes."""
        return _NAME.sub(lambda match: self._name(match[1]), template)

    def _name(self, name: str) -> str:
        plain, _, form = name.partition(".")
        if form == "word":
            return self._name(plain).replace("-", "").translate(_LETTERS)
        if form == "hex":
            return self._name(plain).replace("-", "")
        return self._names.setdefault(name, str(uuid.uuid4()))

    def _as_given(self, statements: str) -> None:
        """Runs SQL without triggers and foreign keys."""
        self._run("set local session_replication_role = replica")
        self._run(statements)
        self._run("set local session_replication_role = origin")

    def _run(self, statements: str) -> None:
        self.connection.execute(cast(Any, statements), prepare=False)

    # -- trying -----------------------------------------------------------------------------------------------------

    @contextmanager
    def acting(self, actor: ActorSpec) -> Iterator[None]:
        """Connected as PostgREST is, with the actor's role and claims; everything done inside is undone."""
        self._run("savepoint actor")
        try:
            if actor.before:
                self._as_given(self.fill(actor.before))
            claims = json.dumps(self._token(actor).claims(self._issuer))
            # What topics are called today: other tests turn those that everybody hears.
            self._run(
                "select set_config("
                "'siso.test_turns', coalesce(jsonb_object_agg(topic, '.' || turns), '{}')::text, true)"
                " from (select topic, count(*) as turns from private.topic_turns group by topic) as turned"
            )
            self._run("set local session authorization authenticator")
            self.connection.execute(
                "select set_config('request.jwt.claims', %s, true), set_config('role', %s, true),"
                " set_config('storage.allow_delete_query', 'true', true)",
                (claims, actor.role),
            )
            self._run("savepoint cell")
            yield
        finally:
            self._run("rollback to savepoint actor")

    def _token(self, actor: ActorSpec) -> Actor:
        if not actor.signed_in:
            return Actor(role=actor.role)
        person = actor.person or actor.name
        subject = self.fill(actor.subject) if actor.subject else self._names[f"{person}.login"]
        return Actor(
            subject=subject,
            email=self._names[f"{person}.email"],
            aal=actor.aal,
            issuer=actor.issuer,
            session_id=session_of(subject),
        )

    def outcome(self, probe: Probe, statement: str) -> str:
        """What the present actor gets: one of OUTCOMES, or the error that is none of them."""
        place = None
        if probe.blind:
            self._run("rollback to savepoint cell")
            place = self._sample_place(probe)
        try:
            cursor = self.connection.execute(cast(Any, f"rollback to savepoint cell; {statement}"), prepare=False)
        except psycopg.Error as error:
            return _refusal(error, probe)
        while cursor.nextset():
            pass
        if probe.blind:
            return "allow" if self._sample_place(probe) != place else "filter"
        if probe.verb == "execute":
            return "allow"
        if cursor.description is not None:
            row = cursor.fetchone()
            return "allow" if row and row[0] else "filter"
        return "allow" if cursor.rowcount else "filter"

    def explain(self, actor: ActorSpec, table: str, verb: str) -> str:
        """The last line of private.explain_access about the table's sample row, asked by the database's owner."""
        self._run("savepoint explain")
        try:
            if actor.before:
                self._as_given(self.fill(actor.before))
            who = self._token(actor)
            answer = self.connection.execute(
                "select answer from private.explain_access(%s, %s, %s, %s, %s) order by step desc limit 1",
                (who.subject or who.role, table, verb, self.sample_key(table), actor.aal if actor.signed_in else None),
            ).fetchone()
            assert answer is not None
            return str(answer[0])
        finally:
            self._run("rollback to savepoint explain")

    def sample_key(self, table: str) -> str | None:
        """The sample's primary key as explain_access wants it; None where a closed table has no sample, or a view shows
        nothing to whoever is nobody."""
        sample = self.matrix.tables.get(table, {}).get("sample")
        if sample is None:
            return None
        query = (
            "select coalesce((select"
            " string_agg(quote_ident(attname), ', ' order by array_position(indkey::int2[], attnum))"
            " from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)"
            " where indrelid = %s::regclass and indisprimary),"
            " (select quote_ident(attname) from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and not attisdropped order by attname <> 'id', attnum limit 1))"
        )
        if f"key {table}" not in self._columns:
            found = self.connection.execute(query, (table, table)).fetchone()
            assert found is not None
            self._columns[f"key {table}"] = found[0]
        columns = self._columns[f"key {table}"]
        key = f"select concat_ws(',', {columns}) from {table} where {self.fill(sample)} limit 1"  # noqa: S608
        row = self.connection.execute(cast(Any, key), prepare=False).fetchone()
        return str(row[0]) if row else None

    def _sample_place(self, probe: Probe) -> Any:
        """Where the sample lies, seen by the superuser; a changed row has another place, a deleted one has none."""
        self._run("reset session authorization")
        where = self.fill(self.matrix.tables[probe.table]["sample"])
        query = f"select array_agg(ctid::text order by ctid) from {probe.table} where {where}"  # noqa: S608
        row = self.connection.execute(cast(Any, query), prepare=False).fetchone()
        return row[0] if row else None

    def statement(self, probe: Probe) -> str:
        """The probe's statement for this stage. To be asked for before anybody acts: it looks at the catalog."""
        statement = probe.statement
        if "{column}" in statement:
            statement = statement.replace("{column}", self._any_column(probe.table))
        if "{nulls}" in statement:
            statement = statement.replace("{nulls}", self._nulls(probe.subject))
        return self.fill(statement)

    def _lookup(self, key: str, query: str, value: str) -> str:
        if key not in self._columns:
            row = self.connection.execute(cast(Any, query), (value,)).fetchone()
            if row is None:
                raise LookupError(f"{value} does not exist")
            self._columns[key] = row[0]
        return self._columns[key]

    def _any_column(self, table: str) -> str:
        query = (
            "select quote_ident(attname) from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and not attisdropped and attgenerated = '' and attidentity = '' order by attnum limit 1"
        )
        return self._lookup(f"column {table}", query, table)

    def _nulls(self, function: str) -> str:
        query = (
            "select coalesce((select string_agg('null::' || format_type(t, null), ', ' order by n)"
            " from unnest(proargtypes) with ordinality as a (t, n)), '') from pg_proc"
            " where pronamespace = 'public'::regnamespace and 'public.' || proname = %s order by pronargs desc limit 1"
        )
        return self._lookup(f"nulls {function}", query, function)

    def surprises(self, probes: list[Probe], first_only: bool = False) -> list[str]:
        """The cells that are not as expected, equal ones of a probe in one line. Tries actor after actor."""
        found = self._try([probe for probe in probes if not probe.wide], first_only)
        wide = [probe for probe in probes if probe.wide]
        if wide and not (found and first_only):
            self._run("savepoint wide")
            for table in {probe.table for probe in wide}:
                self._run(f"grant select, insert, update on {table} to authenticated")
            found |= self._try(wide, first_only)
            self._run("rollback to savepoint wide")
        return [
            f"{title}: expected {expected}, got {got} as {', '.join(names)}"
            for (title, expected, got), names in found.items()
        ]

    def _try(self, probes: list[Probe], first_only: bool) -> dict[tuple[str, str, str], list[str]]:
        found: dict[tuple[str, str, str], list[str]] = {}
        statements = [(probe, self.statement(probe)) for probe in probes]
        for name, actor in self.matrix.actors.items() if probes else ():
            with self.acting(actor):
                for probe, statement in statements:
                    got = self.outcome(probe, statement)
                    if got != probe.expected[name]:
                        found.setdefault((probe.title, probe.expected[name], got), []).append(name)
            if found and first_only:
                break
        return found


def _refusal(error: psycopg.Error, probe: Probe) -> str:
    text = str(error.diag.message_primary)
    if error.sqlstate == "42501" and text.startswith("permission denied"):
        return "grant"
    if error.sqlstate == "42501" and "row-level security policy" in text:
        return "check"
    if error.sqlstate in _NOT_WRITABLE and (" view " in text or "updated to DEFAULT" in text):
        return "grant"
    if error.sqlstate in ("42501", "PT403"):
        return "rule"
    if probe.verb != "execute" and str(error.sqlstate).startswith("PT4"):
        return "rule"
    if probe.verb == "execute" and error.sqlstate == "PT404":
        return "filter"
    # A function that got as far as refusing its arguments let the caller in; class 42 is a fault of its own.
    if probe.verb == "execute" and not str(error.sqlstate).startswith("42"):
        return "allow"
    return f"{error.sqlstate}: {text}"


@contextmanager
def open_stage(settings: Settings, matrix: Matrix, alone: bool = False) -> Iterator[Stage]:
    """A stage on a connection of its own, gone without a trace afterwards; ``alone`` to change policies on it."""
    with psycopg.connect(settings.dsn("supabase_admin"), prepare_threshold=None) as connection:
        # Whoever changes policies waits until nobody else tries cells, and the other way round.
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        connection.execute(cast(Any, f"select {lock}(hashtext('access matrix'))"))
        # Other tests change the same tables: whoever waits for long gives way.
        connection.execute(sql.SQL("set local lock_timeout = '2s'"))
        try:
            yield Stage(connection, matrix, settings.issuer)
        finally:
            connection.rollback()

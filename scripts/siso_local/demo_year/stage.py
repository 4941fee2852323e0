"""The stage: one connection that moves the clock, speaks for one person after the other, and reads as the owner."""

from __future__ import annotations

import enum
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from siso_local.demo_year.steps import Connection, Steps

DAYS = 365
# The last day with scheduled events is yesterday, so that what is played does not depend on the hour of the start.
LAST_DAY = DAYS - 1
HOUR = 15  # UTC; late morning in New York, whose business hours the support keeps

CLOCK_VERSIONS = 20  # between two truncations

# What only tells screens and workers that there is something new.
SILENCED = ("realtime.send(jsonb, text, text, boolean)", "private.ring(text, bigint[])")


@dataclass
class Login:
    """Whose token a call carries. ``id`` is the partner's or staff member's, once there is one."""

    name: str
    email: str
    subject: str
    id: uuid.UUID | None = None

    @property
    def partner_id(self) -> uuid.UUID:
        assert self.id is not None, f"{self.name} is no partner yet"
        return self.id


class Stage:
    def __init__(self, db: Connection) -> None:
        self.db = db
        self.steps = db.steps = Steps()
        started = self.one("select pg_catalog.now()")
        assert isinstance(started, datetime)
        self.started: datetime = started
        self.now: datetime = started
        self._moves = 0
        self._acting: tuple[str, str] = ("none", "")
        self._types: dict[tuple[str, str], dict[str, str]] = {}
        self._statements: dict[tuple[str, str, tuple[str, ...]], bytes] = {}
        self._inserts: dict[tuple[str, tuple[str, ...]], bytes] = {}

    # -- time --------------------------------------------------------------------------------------------------------

    def day(self, number: int, minute: int = 0) -> datetime:
        """The moment of a numbered day at which things happen; day 365 is today."""
        midnight = datetime.combine(self.started.astimezone(UTC).date(), datetime.min.time(), UTC)
        return midnight - timedelta(days=DAYS - number) + timedelta(hours=HOUR, minutes=minute)

    @property
    def today(self) -> int:
        """The number of the day that is played."""
        return DAYS - (self.started.astimezone(UTC).date() - self.now.astimezone(UTC).date()).days

    def go_to(self, moment: datetime) -> None:
        """Sets the platform's clock; ``started`` takes the shift away."""
        self.be_owner()
        self.now = moment
        self.steps.moment = (self.today, moment)
        shift = moment - self.started
        # Every reading of the clock steps over the versions that are not committed yet, and emptying the table makes
        # new files: now and then is best for both.
        self._moves += 1
        if not shift or self._moves % CLOCK_VERSIONS == 1:
            self.db.execute("truncate private.clock")
            if shift:
                self.db.execute("insert into private.clock (shift) values (%s)", (shift,))
        else:
            self.db.execute("update private.clock set shift = %s", (shift,))

    # -- who speaks --------------------------------------------------------------------------------------------------

    def be_owner(self) -> None:
        self._become("none", "", "the platform")

    def be_worker(self, name: str) -> None:
        self._become(f"{name}_worker", json.dumps({"role": f"{name}_worker"}), f"the {name} worker")

    def be_visitor(self) -> None:
        self._become("anon", json.dumps({"role": "anon"}), "a visitor")

    def be(self, who: Login, mfa: bool = False) -> None:
        # A factor is compared with the wall clock, which is where this transaction began.
        shown = int(self.started.timestamp())
        methods = [
            {"method": "password", "timestamp": shown},
            *([{"method": "totp", "timestamp": shown}] if mfa else []),
        ]
        claims = {
            "iss": "supabase", "sub": who.subject, "email": who.email, "role": "authenticated",
            "aal": "aal2" if mfa else "aal1", "amr": methods,
        }  # fmt: skip
        self._become("authenticated", json.dumps(claims), who.name)

    def _become(self, role: str, claims: str, speaker: str) -> None:
        """As PostgREST does it: logged in as authenticator, for the length of the request in the caller's role."""
        self.steps.speaker = speaker
        if self._acting != (role, claims):
            login = self.db.info.user if role == "none" else "authenticator"
            self.db.execute(
                "select set_config('session_authorization', %s, true), set_config('role', %s, true),"
                " set_config('request.jwt.claims', %s, true)",
                (login, role, claims),
            )
            self._acting = (role, claims)

    # -- calls -------------------------------------------------------------------------------------------------------

    def call(self, who: Login, function: str, mfa: bool = False, **arguments: Any) -> Any:
        """A person calls a function of ``public``, as the app does; its result is waited for."""
        self.be(who, mfa)
        return self.rpc("public", function, arguments)

    def do(self, who: Login, function: str, mfa: bool = False, **arguments: Any) -> None:
        """``call`` for whoever does not need the result: it comes while the next call is sent."""
        self.be(who, mfa)
        self.send("public", function, arguments)

    def send(self, schema: str, function: str, arguments: dict[str, Any]) -> psycopg.Cursor[tuple[Any, ...]]:
        """Calls as whoever is acting, without waiting. A refusal is raised by a later call."""
        key = (schema, function, tuple(arguments))
        if key not in self._statements:
            self._statements[key] = self._statement(*key)
        types = self._types[schema, function]
        values = [_adapt(value, types[name]) for name, value in arguments.items()]
        return self.db.execute(self._statements[key], values)

    def rpc(self, schema: str, function: str, arguments: dict[str, Any]) -> Any:
        """Calls as whoever is acting: a scalar, or rows as dicts where the function returns several columns."""
        return self.result(self.send(schema, function, arguments), function)

    def result(self, result: psycopg.Cursor[tuple[Any, ...]], function: str) -> Any:
        """What ``send`` will have brought."""
        rows = result.fetchall()
        columns = [column.name for column in result.description or []]
        if columns == [function]:
            return rows[0][0] if rows else None
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _statement(self, schema: str, function: str, names: tuple[str, ...]) -> bytes:
        acting, speaker = self._acting, self.steps.speaker
        self.be_owner()
        if (schema, function) not in self._types:
            self._types[schema, function] = {}
            for known in self.all(
                "select proargnames, proargtypes::regtype[]::text[] from pg_catalog.pg_proc"
                " where proname = %s and pronamespace = %s::regnamespace",
                function, schema,
            ):  # fmt: skip
                # Functions of one name here have arguments of one type under one name.
                self._types[schema, function] |= dict(zip(known[0] or [], known[1], strict=False))
        self._become(*acting, speaker)
        types = self._types[schema, function]
        named = sql.SQL(", ").join(
            sql.SQL("{} => %s::{}").format(sql.Identifier(name), sql.SQL(types[name])) for name in names
        )
        query = sql.SQL("select * from {}({})").format(sql.Identifier(schema, function), named)
        return query.as_bytes(self.db)

    def insert(self, who: Login, table: str, **columns: Any) -> None:
        """A person inserts a row, as the app does through PostgREST."""
        self.be(who)
        self._insert(table, columns)

    def studio(self, table: str, **columns: Any) -> uuid.UUID:
        """Staff add a row in Studio: content, for which there is no function. The id is made here."""
        self.be_owner()
        columns = {"id": uuid.uuid4(), **columns}
        self._insert(table, columns)
        made: uuid.UUID = columns["id"]
        return made

    def _insert(self, table: str, columns: dict[str, Any]) -> None:
        key = (table, tuple(columns))
        if key not in self._inserts:
            query = sql.SQL("insert into public.{} ({}) values ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join([sql.Placeholder()] * len(columns)),
            )
            self._inserts[key] = query.as_bytes(self.db)
        self.db.execute(self._inserts[key], list(columns.values()))

    def one(self, query: str, *values: Any) -> Any:
        """The first column of the first row, as whoever is acting; None without a row."""
        row = self.db.execute(query.encode(), values or None).fetchone()
        return row[0] if row else None

    def all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.db.execute(query.encode(), values or None).fetchall()

    def owner(self, query: str, *values: Any) -> Any:
        """``one`` as the owner of the platform."""
        self.be_owner()
        return self.one(query, *values)

    # -- silence -----------------------------------------------------------------------------------------------------

    @contextmanager
    def silence(self) -> Iterator[None]:
        """No hints to screens and no doorbells inside; the functions are as they were at the end. Others see nothing of
        it, since the transaction is not committed meanwhile."""
        kept = {name: self.owner("select pg_get_functiondef(%s::regprocedure)", name) for name in SILENCED}
        for definition in kept.values():
            head = definition[: definition.index("AS $function$")]
            self.db.execute(f"{head} AS $function$ begin end $function$".encode())
        yield
        self.be_owner()
        for definition in kept.values():
            self.db.execute(definition.encode())


def _adapt(value: Any, kind: str) -> Any:
    if isinstance(value, enum.Enum):
        value = value.value
    if kind in ("jsonb", "json") and value is not None:
        return Jsonb(value)
    return value

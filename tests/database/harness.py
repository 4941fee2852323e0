"""Speaks to the test platform's database as one of its people, inside a transaction that is rolled back.

    partner = make_partner(db, tier="active")
    with acting(db, partner.actor()):
        lead = call(db, "move_lead", lead_id=lead_id, to_status="contacted")
        with expect_refusal(db, "PT409", "already_won"):
            call(db, "claim_win", ...)

``db`` is the fixture of tests/conftest.py: a connection as ``postgres``. Outside ``acting`` a test is ``postgres``,
whom row-level security does not bind.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from siso_local.settings import Settings

# The name under which the project's own Auth is stored in private.auth_identities.
OWN_ISSUER = "supabase"


@dataclass(frozen=True)
class Actor:
    """What a request says of its sender: the database role and the claims of the token."""

    role: str = "authenticated"
    subject: str | None = None
    email: str | None = None
    aal: str = "aal1"
    mfa_seconds_ago: int = 0  # how long ago the second factor was shown, for aal2
    issuer: str | None = None  # None: the project's own Auth
    session_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def with_mfa(self, seconds_ago: int = 0) -> Actor:
        """The same person after showing the second factor."""
        return replace(self, aal="aal2", mfa_seconds_ago=seconds_ago)

    def claims(self, own_issuer: str = OWN_ISSUER, now: int | None = None) -> dict[str, Any]:
        """The token's claims as PostgREST hands them to the database; empty without a subject. ``now`` is what the
        age of the second factor counts back from."""
        if self.subject is None:
            return {"role": self.role}
        now = int(time.time()) if now is None else now
        methods = [{"method": "password", "timestamp": now - self.mfa_seconds_ago}]
        if self.aal == "aal2":
            methods.append({"method": "totp", "timestamp": now - self.mfa_seconds_ago})
        return {
            "iss": self.issuer or own_issuer,
            "sub": self.subject,
            "email": self.email,
            "role": self.role,
            "aal": self.aal,
            "amr": methods,
            "session_id": self.session_id,
        }


ANONYMOUS = Actor(role="anon")
SERVICE = Actor(role="service_role")


def worker(name: str) -> Actor:
    """A worker's role, for instance ``worker("payouts")``."""
    return Actor(role=f"{name}_worker")


@dataclass(frozen=True)
class Person:
    """Somebody made by ``make_partner`` or ``make_staff``: id in partners or staff_members, and their log-in."""

    id: uuid.UUID
    subject: str
    email: str

    def actor(self, aal: str = "aal1") -> Actor:
        return Actor(subject=self.subject, email=self.email, aal=aal, session_id=session_of(self.subject))


def session_of(subject: str) -> str:
    """The session that ``make_login`` gives a log-in: files and live channels ask for one."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, subject))


def as_actor(connection: psycopg.Connection, actor: Actor, settings: Settings | None = None) -> None:
    """Becomes the actor until ``as_postgres`` or the end of the transaction (or of the surrounding savepoint)."""
    # The database measures a factor's age from the beginning of the transaction, which may lie a while back in a test.
    began = connection.execute("select floor(extract(epoch from pg_catalog.now()))::bigint").fetchone()
    assert began is not None
    claims = actor.claims(settings.issuer if settings else OWN_ISSUER, began[0])
    connection.execute("select set_config('request.jwt.claims', %s, true)", (json.dumps(claims),))
    connection.execute(sql.SQL("set local role {}").format(sql.Identifier(actor.role)))


def token_of(settings: Settings, subject: str, aal: str = "aal1") -> str:
    """What Auth would give this log-in, for calls from outside the database."""
    return settings.mint("authenticated", iss=settings.issuer, sub=subject, session_id=session_of(subject), aal=aal)


def as_postgres(connection: psycopg.Connection) -> None:
    """Becomes the connection's own user again, with nobody's token."""
    connection.execute("reset role")
    connection.execute("select set_config('request.jwt.claims', '', true)")


@contextmanager
def acting(connection: psycopg.Connection, actor: Actor) -> Iterator[None]:
    """The actor inside the block, the connection's own user after it."""
    as_actor(connection, actor)
    try:
        yield
    finally:
        if connection.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
            as_postgres(connection)


@contextmanager
def by_hand(connection: psycopg.Connection) -> Iterator[None]:
    """The block writes guarded columns directly: only to set a scene that the functions could not reach in a test."""
    with connection.transaction():
        before = value(connection, "select current_setting('siso.writer', true)")
        connection.execute("select set_config('siso.writer', 'by_hand', true)")
        yield
        connection.execute("select set_config('siso.writer', %s, true)", (before or "",))


@contextmanager
def without_triggers(connection: psycopg.Connection) -> Iterator[None]:
    """The block writes past every trigger, as the database's owner can on purpose: to make damage that a check must
    find, or time that has passed. Unlike ``alter table … disable trigger`` it locks nothing."""
    connection.execute("set local session_replication_role = replica")
    try:
        yield
    finally:
        if connection.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
            connection.execute("set local session_replication_role = origin")


@contextmanager
def expect_refusal(connection: psycopg.Connection, sqlstate: str, rule: str | None = None) -> Iterator[None]:
    """The block must fail with this SQLSTATE and, where given, this ``rule`` in the error's details; its effects are
    undone, and the test goes on as whoever it was."""
    with pytest.raises(psycopg.Error) as caught, connection.transaction():
        yield
    error = caught.value
    assert error.sqlstate == sqlstate, f"expected {sqlstate}, got {error.sqlstate}: {error}"
    if rule is not None:
        assert json.loads(error.diag.message_detail or "{}").get("rule") == rule, error.diag.message_detail


def rows(connection: psycopg.Connection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode(), values or None).fetchall()


def value(connection: psycopg.Connection, query: str, *values: Any) -> Any:
    """The first column of the first row, None without a row."""
    row = connection.execute(query.encode(), values or None).fetchone()
    return row[0] if row else None


# The connection of this process whose test has its turn.
_turn: list[psycopg.Connection] = []


def one_story(connection: psycopg.Connection) -> None:
    """What a test does on this connection is one transaction, and it posts to the ledger many times, as no transaction
    of the product does: two of them could lock the ledger's accounts in opposite order. So tests of money take turns,
    until their connection is closed. Call it first: the transaction begins after the wait."""
    if not any(not held.closed for held in _turn):
        connection.execute("select pg_advisory_lock(hashtext('one story at a time'))")
        connection.commit()
        _turn[:] = [connection]


def call(connection: psycopg.Connection, function: str, schema: str = "public", **arguments: Any) -> Any:
    """Calls a function with named arguments, as PostgREST does; dicts go as jsonb."""
    adapted = [Jsonb(v) if isinstance(v, dict) else v for v in arguments.values()]
    named = sql.SQL(", ").join(sql.SQL("{} => %s").format(sql.Identifier(name)) for name in arguments)
    query = sql.SQL("select {}({})").format(sql.Identifier(schema, function), named)
    row = connection.execute(query, adapted).fetchone()
    return row[0] if row else None


def call_as(connection: psycopg.Connection, who: Person, function: str, **arguments: Any) -> Any:
    """Calls a function of the API as somebody who has just used their second factor."""
    with acting(connection, who.actor("aal2")):
        return call(connection, function, **arguments)


def make_login(connection: psycopg.Connection, email: str | None = None) -> Person:
    """A user of Auth without partner or staff account: a visitor who has signed up. ``id`` is the user's id."""
    user = uuid.uuid4()
    email = email or f"person.{user.hex}@example.com"
    connection.execute(
        "insert into auth.users (id, aud, role, email) values (%s, 'authenticated', 'authenticated', %s)", (user, email)
    )
    connection.execute(
        "insert into auth.sessions (id, user_id, created_at, updated_at) values (%s, %s, now(), now())",
        (session_of(str(user)), user),
    )
    return Person(user, str(user), email)


def make_partner(
    connection: psycopg.Connection,
    *,
    name: str = "Partner",
    tier: str = "starter",
    status: str = "active",
    country: str = "US",
    leader: Person | None = None,
    login: Person | None = None,
) -> Person:
    """A partner with a log-in and an open row of tier history, as approving an application leaves them. ``login`` is
    for a user who exists already."""
    login = login or make_login(connection)
    partner = value(
        connection,
        "insert into public.partners (user_id, name, email, status, current_tier, country, team_leader_id)"
        " values (%s, %s, %s, %s, %s, %s, %s) returning id",
        login.id, name, login.email, status, tier, country, leader.id if leader else None,
    )  # fmt: skip
    connection.execute(
        "insert into public.partner_tier_history (partner_id, tier, reason) values (%s, %s, 'test')", (partner, tier)
    )
    connection.execute(
        "insert into private.auth_identities (issuer, subject, partner_id) values (%s, %s, %s)",
        (OWN_ISSUER, login.subject, partner),
    )
    return Person(partner, login.subject, login.email)


def make_staff(connection: psycopg.Connection, *roles: str, name: str = "Staff") -> Person:
    """A staff member with these roles. They have no rights without ``actor("aal2")``."""
    login = make_login(connection)
    with by_hand(connection):
        staff = value(
            connection,
            "insert into public.staff_members (name, email) values (%s, %s) returning id",
            name, login.email,
        )  # fmt: skip
        for role in roles:
            connection.execute("insert into public.staff_roles (staff_id, role) values (%s, %s)", (staff, role))
        connection.execute(
            "insert into private.auth_identities (issuer, subject, staff_id) values (%s, %s, %s)",
            (OWN_ISSUER, login.subject, staff),
        )
    return Person(staff, login.subject, login.email)


def make_lead(connection: psycopg.Connection, partner: Person, company: str = "Client") -> uuid.UUID:
    lead: uuid.UUID = value(
        connection,
        "insert into public.leads (partner_id, company_name, estimated_value) values (%s, %s, 150000) returning id",
        partner.id, company,
    )  # fmt: skip
    return lead


def insert_row(connection: psycopg.Connection, table: str, **columns: Any) -> dict[str, Any]:
    """Inserts into a table of ``public`` as whoever is acting; the whole row, as JSON gives it."""
    query = sql.SQL("insert into {} ({}) values ({}) returning to_jsonb({})").format(
        sql.Identifier("public", table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([sql.Placeholder()] * len(columns)),
        sql.Identifier(table),
    )
    row = connection.execute(query, list(columns.values())).fetchone()
    assert row is not None
    made: dict[str, Any] = row[0]
    return made

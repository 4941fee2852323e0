"""The audit log: append-only, chained, anchored. Each kind of tampering is found."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import (
    acting,
    call,
    expect_refusal,
    make_login,
    make_partner,
    make_staff,
    rows,
    value,
    without_triggers,
)


@pytest.fixture
def owner_db(settings: Settings) -> Iterator[psycopg.Connection]:
    """The database's superuser in a transaction that is rolled back: only such a one can tamper at all."""
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        yield connection
        connection.rollback()


LAST = """
delete from ops.audit_log as entry using ops.audit_heads as head
where entry.stream = %s and head.stream = entry.stream and entry.seq = head.seq
"""


def write_history(db: psycopg.Connection, count: int = 4) -> str:
    """Some audited events of a new partner; returns the stream. Chains them now instead of at commit."""
    partner = make_partner(db)
    for number in range(count):
        db.execute(
            "select private.emit('payout.test', 'payout', gen_random_uuid(), %s, null, %s::jsonb)",
            (partner.id, f'{{"number": {number}}}'),
        )
    db.execute("set constraints ops.chain_events immediate")
    return f"partner:{partner.id}"


def problems(db: psycopg.Connection, stream: str) -> set[str]:
    return {row[0] for row in rows(db, "select problem from private.check_audit_chain where stream = %s", stream)}


def without_guard(db: psycopg.Connection, statement: str, *values: object) -> None:
    """What a database owner could do: switch the guard off, tamper, switch it on again."""
    with without_triggers(db):
        db.execute(statement.encode(), values)


def test_an_untouched_chain_is_whole(owner_db: psycopg.Connection) -> None:
    stream = write_history(owner_db)
    told = "select count(*) from ops.audit_log where stream = %s and action = 'payout.test'"
    assert value(owner_db, told, stream) == 4
    assert problems(owner_db, stream) == set()


def test_a_changed_row_is_found(owner_db: psycopg.Connection) -> None:
    stream = write_history(owner_db)
    without_guard(owner_db, "update ops.audit_log set body = '{\"number\": 99}' where stream = %s and seq = 2", stream)
    assert "altered" in problems(owner_db, stream)


def test_a_row_taken_from_the_middle_is_found(owner_db: psycopg.Connection) -> None:
    stream = write_history(owner_db)
    without_guard(owner_db, "delete from ops.audit_log where stream = %s and seq = 2", stream)
    assert "missing" in problems(owner_db, stream)


def test_a_row_taken_from_the_end_is_found_by_the_head(owner_db: psycopg.Connection) -> None:
    stream = write_history(owner_db)
    without_guard(owner_db, LAST, stream)
    assert "tail" in problems(owner_db, stream)


def test_who_rewrites_the_head_too_is_found_by_the_anchor(owner_db: psycopg.Connection) -> None:
    # A day that nobody has anchored yet.
    owner_db.execute(
        "insert into private.clock (shift) values ('1000 days')"
        " on conflict (only_row) do update set shift = excluded.shift"
    )
    stream = write_history(owner_db)
    owner_db.execute("select private.anchor_audit()")
    without_guard(owner_db, LAST, stream)
    owner_db.execute(
        "update ops.audit_heads as head set seq = entry.seq, hash = entry.hash from ops.audit_log as entry"
        " where head.stream = %s and entry.stream = head.stream and entry.seq = head.seq - 1",
        (stream,),
    )
    assert problems(owner_db, stream) == {"anchor"}


@pytest.mark.parametrize("table", ["audit_log", "audit_anchors", "events"])
@pytest.mark.parametrize("verb", ["update ops.{} set {} = {}", "delete from ops.{}", "truncate ops.{} cascade"])
def test_nobody_edits_history(owner_db: psycopg.Connection, table: str, verb: str) -> None:
    column = {"audit_log": "actor", "audit_anchors": "stream", "events": "actor"}[table]
    with expect_refusal(owner_db, "42501"):
        owner_db.execute(verb.format(table, column, column).encode())


def test_every_staff_action_is_there(db: psycopg.Connection) -> None:
    applicant, admin = make_login(db), make_staff(db, "admin")
    with acting(db, applicant.actor()):
        made = call(
            db,
            "submit_application",
            name="Applicant",
            phone=None,
            country="US",
            motivation=None,
            accept_terms=True,
        )
    with acting(db, admin.actor("aal2")):
        decided = call(db, "decide_application", application_id=made["id"], decision="approved", reason=None)
    db.execute("set constraints ops.chain_events immediate")
    found = rows(
        db, "select actor, action from ops.audit_log where stream = %s order by seq", f"partner:{decided['partner_id']}"
    )
    assert (admin.subject, "application.approved") in found

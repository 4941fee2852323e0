"""Card numbers reach no row: the database's rule is that of the logs, and every column that people write has it."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.database.harness import acting, call, make_lead, make_partner, rows, value
from workers.core.cards import DIGITS, scrub_cards
from workers.core.test_cards import KEPT, cards, stands_alone

IN_A_TRANSACTION = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200
)
CARD = "4242 4242 4242 4242"
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
PIECES = st.sampled_from([*KEPT, CARD, "0", "7", " ", "-", "+", ", ", "[card •••• 4242]", "①", "DE89 ", "12:30", "_"])


def scrubbed(db: psycopg.Connection, text: str) -> str:
    done: str = value(db, "select private.scrub_cards(%s::text)", text)
    return done


@IN_A_TRANSACTION
@given(
    text=st.lists(st.one_of(PIECES, cards(), TEXT, st.text("0123456789 -+.,:/", max_size=20)), max_size=6).map("".join)
)
def test_database_and_logs_have_one_rule(db: psycopg.Connection, text: str) -> None:
    assert scrubbed(db, text) == scrub_cards(text)


def test_both_know_the_same_digits(db: psycopg.Connection) -> None:
    everything = "".join(chr(point) for point in range(0x80, 0x20000) if not 0xD800 <= point < 0xE000)
    plain = value(db, "select private.plain_digits(%s)", everything)
    assert plain == everything.translate(DIGITS)


@IN_A_TRANSACTION
@given(before=TEXT, card=cards(), after=TEXT)
def test_no_card_number_survives_in_a_row(db: psycopg.Connection, before: str, card: str, after: str) -> None:
    assume(stands_alone(before, after))
    with db.transaction(force_rollback=True):
        partner = make_partner(db)
        lead = make_lead(db, partner)
        with acting(db, partner.actor()):
            db.execute("update public.leads set notes = %s where id = %s", (before + card + after, lead))
        kept = value(db, "select notes from public.leads where id = %s", lead)
    assert card not in kept
    assert "[card •••• " in kept


@IN_A_TRANSACTION
@given(text=TEXT)
def test_other_words_are_stored_byte_for_byte(db: psycopg.Connection, text: str) -> None:
    assume(scrub_cards(text) == text)
    with db.transaction(force_rollback=True):
        partner = make_partner(db)
        lead = make_lead(db, partner)
        with acting(db, partner.actor()):
            db.execute("update public.leads set notes = %s where id = %s", (text, lead))
        assert value(db, "select notes from public.leads where id = %s", lead) == text


def test_tickets_chat_and_events_have_none(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    with acting(db, partner.actor()):
        ticket = call(
            db, "open_ticket", subject="Payment", description=f"my card {CARD}", category="money", id=uuid.uuid4()
        )
    db.execute(
        "select private.emit('test.emitted', 'partner', %s, %s, null, %s)",
        (partner.id, partner.id, Jsonb({"reason": CARD, "list": ["a", {"n": 4242424242424242}], "amount": 12345})),
    )
    assert "4242 4242" not in str(ticket)
    after: Any = value(db, "select after from ops.events where subject_id = %s and type = 'test.emitted'", partner.id)
    assert after == {"reason": "[card •••• 4242]", "list": ["a", {"n": "[card •••• 4242]"}], "amount": 12345}
    assert value(db, "select count(*) from public.support_tickets where description = 'my card [card •••• 4242]'") == 1


COLUMNS = """
    select n.nspname || '.' || t.relname, a.attname::text
    from pg_attribute as a
    join pg_class as t on t.oid = a.attrelid and t.relkind in ('r', 'p') and not t.relispartition
    join pg_namespace as n on n.oid = t.relnamespace and n.nspname in ('public', 'private', 'ops', 'ledger')
    join pg_type as kind on kind.oid = a.atttypid
    where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and kind.typname in ('text', 'citext', 'jsonb', 'json', 'varchar', '_text', '_citext', '_jsonb', '_varchar')
        and not exists (
            select from pg_constraint as bound
            where bound.conrelid = t.oid and (
                (bound.contype = 'f' and a.attnum = any (bound.conkey))
                or (
                    bound.contype = 'c' and bound.conkey = array[a.attnum]
                    and pg_get_constraintdef(bound.oid) ~ '^CHECK \\(\\(\\w+ = ANY \\(ARRAY\\['
                )
            )
        )
"""


def test_every_column_of_words_is_decided(db: psycopg.Connection) -> None:
    """A new column fails this until ops.text_columns (20261122003851_card_columns.sql) says what becomes of it."""
    catalogue = set(rows(db, COLUMNS))
    decided = set(
        rows(
            db,
            "select table_name, unnest(scrubbed || kept) from ops.text_columns",
        )
    )
    assert catalogue - decided == set(), "not decided in ops.text_columns"
    existing = set(
        rows(db, "select table_schema || '.' || table_name, column_name::text from information_schema.columns")
    )
    assert decided - existing == set(), "decided, but not there"
    twice = rows(db, "select table_name from ops.text_columns where scrubbed && kept")
    assert twice == []


def test_the_triggers_are_those_of_the_list(db: psycopg.Connection) -> None:
    built = rows(
        db,
        """
        select
            n.nspname || '.' || t.relname,
            regexp_split_to_array(encode(g.tgargs, 'escape'), '\\\\000')
        from pg_trigger as g
        join pg_class as t on t.oid = g.tgrelid join pg_namespace as n on n.oid = t.relnamespace
        where g.tgname = 'a_cards' and g.tgfoid = 'private.scrub_row'::regproc and g.tgenabled = 'O'
        """,
    )
    listed = rows(db, "select table_name, scrubbed from ops.text_columns where scrubbed <> '{}'")
    assert {t: {c for c in columns if c} for t, columns in built} == {t: set(columns) for t, columns in listed}


def test_it_comes_before_every_other_trigger(db: psycopg.Connection) -> None:
    """What a trigger copies elsewhere (edits, directory, feed) has been scrubbed."""
    earlier = rows(
        db,
        """
        select other.tgrelid::regclass::text, other.tgname::text from pg_trigger as other
        join pg_trigger as ours on ours.tgrelid = other.tgrelid and ours.tgname = 'a_cards'
        where not other.tgisinternal and other.tgname::text collate "C" < 'a_cards'
            and (other.tgtype & 2) <> 0 and (other.tgtype & 1) <> 0
        """,
    )
    assert earlier == []


@pytest.mark.parametrize("size", [20000])
def test_a_wall_of_digits_is_scrubbed_too(db: psycopg.Connection, size: int) -> None:
    wall = ("4242424242424242" * (size // 16))[:size]
    assert scrubbed(db, wall) == scrub_cards(wall)

"""The ledger by itself: journals that balance with the statement that writes them, once each, never changed again."""

from __future__ import annotations

import uuid
from collections import defaultdict

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.composite import CompositeInfo, register_composite

from tests.database.harness import one_story, rows, value

Db = psycopg.Connection


def account(db: Db, kind: str = "commission_expense", currency: str = "XTS") -> int:
    return int(value(db, "select ledger.account(%s, null, %s)", kind, currency))


def journal(db: Db) -> int:
    insert = "insert into ledger.journals (kind, source_kind, source_id) values ('accrue', 'test', %s) returning id"
    return int(value(db, insert, uuid.uuid4()))


def post_all(db: Db, entries: list[tuple[uuid.UUID, int, int, int]]) -> list[int]:
    """Each entry: source, account that gets, account that gives, amount. The new journals."""
    info = CompositeInfo.fetch(db, "ledger.entry")
    assert info is not None
    register_composite(info, db)
    assert info.python_type is not None
    made = [
        info.python_type("accrue", "test", source, 0, debit, credit, amount, "XTS")
        for source, debit, credit, amount in entries
    ]
    return [number for (number,) in rows(db, "select * from ledger.post_all(%s)", made)]


def write(db: Db, number: int, *lines: tuple[int, int, int, str]) -> None:
    """One statement that writes these lines (number, account, amount, currency) of a journal."""
    db.execute(
        "insert into ledger.lines (journal_id, line_no, account_id, amount, currency, balance_after)"
        " select %s, *, 0 from unnest(%s::int[], %s::bigint[], %s::bigint[], %s::text[])",
        (number, *(list(column) for column in zip(*lines, strict=True))),
    )


def refused(db: Db, number: int, *lines: tuple[int, int, int, str]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match=f"journal {number} does not balance"), db.transaction():
        write(db, number, *lines)


def test_a_journal_balances_in_each_currency_with_the_statement_that_writes_it(db: Db) -> None:
    one, other, euro = account(db), account(db, "stripe_cash"), account(db, "stripe_cash", "XTT")
    number = journal(db)
    for lines in (
        [(1, one, 100, "XTS")],
        [(1, one, 100, "XTS"), (2, other, -99, "XTS")],
        [(1, one, 100, "XTS"), (2, euro, -100, "XTT")],
    ):
        refused(db, number, *lines)
    write(db, number, (1, one, 100, "XTS"), (2, other, -100, "XTS"))
    refused(db, number, (3, one, 1, "XTS"))
    refused(db, journal(db), (1, one, 5, "XTS"))


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger.journals set kind = 'clear'",
        "delete from ledger.journals",
        "update ledger.lines set line_no = 9",
        "delete from ledger.lines",
    ],
)
def test_what_is_written_stays(db: Db, statement: str) -> None:
    """For the owner of the tables, too."""
    post_all(db, [(uuid.uuid4(), account(db), account(db, "stripe_cash"), 7)])
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"), db.transaction():
        db.execute(statement.encode())
    # To truncate would wait for everybody who posts: that its trigger stands is read instead.
    truncated = (
        "select count(*) from pg_trigger where tgfoid = 'ledger.refuse_change()'::regprocedure and tgtype & 32 > 0"
    )
    assert value(db, truncated) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    batches=st.lists(
        st.lists(
            st.tuples(st.integers(0, 30), st.integers(0, 3), st.integers(0, 3), st.integers(1, 10**12)),
            max_size=12,
            unique_by=lambda entry: entry[0],
        ),
        min_size=1,
        max_size=3,
    )
)
def test_many_at_once_are_the_same_as_one_after_the_other(
    db: Db, batches: list[list[tuple[int, int, int, int]]]
) -> None:
    """Whatever accounts meet in a batch, and whatever has been posted before: each source once, balances as the model
    says, each line with the balance after it."""
    one_story(db)
    with db.transaction(force_rollback=True):
        kinds = ("commission_expense", "stripe_cash", "payout_clearing", "payout_fees")
        numbers = [account(db, kind) for kind in kinds]
        sources = [uuid.uuid4() for _ in range(31)]
        model = defaultdict[int, int](int)
        posted = set[int]()
        for batch in batches:
            wanted = [entry for entry in batch if entry[1] != entry[2]]
            new = {source: entry for source, *entry in wanted if source not in posted}
            made = post_all(
                db,
                [
                    (sources[source], numbers[debit], numbers[credit], amount)
                    for source, debit, credit, amount in wanted
                ],
            )
            assert len(made) == len(new)
            for debit, credit, amount in new.values():
                model[debit] += amount
                model[credit] -= amount
            posted |= set(new)
        for place, number in enumerate(numbers):
            balance, of_lines, last = rows(
                db,
                "select account.balance, coalesce(sum(line.amount), 0), (array_agg(line.balance_after order by"
                " line.journal_id desc, line.line_no desc))[1] from ledger.accounts as account left join ledger.lines"
                " as line on line.account_id = account.id where account.id = %s group by account.id",
                number,
            )[0]
            assert (balance, of_lines) == (model[place], model[place])
            assert last in (None, balance)
        running = rows(
            db,
            "select from (select balance_after,"
            " sum(amount) over (partition by account_id order by journal_id, line_no) as running"
            " from ledger.lines where account_id = any (%s)) as line where balance_after <> running",
            numbers,
        )
        assert running == []
        for view in ("check_unbalanced_journals", "check_account_balances"):
            assert rows(db, f"select * from private.{view}") == []  # noqa: S608


def test_one_event_twice_in_a_batch_posts_nothing(db: Db) -> None:
    one, other, source = account(db), account(db, "stripe_cash"), uuid.uuid4()
    with pytest.raises(psycopg.errors.UniqueViolation), db.transaction():
        post_all(db, [(source, one, other, 5), (source, one, other, 5)])
    assert value(db, "select count(*) from ledger.journals where source_id = %s", source) == 0


def test_what_a_journal_costs_does_not_grow_with_the_ledger(db: Db) -> None:
    """Posting reads no line that is there already."""
    one, other = account(db), account(db, "stripe_cash")
    read = "select seq_scan + coalesce(idx_scan, 0) from pg_stat_xact_all_tables where relid = 'ledger.lines'::regclass"
    post_all(db, [(uuid.uuid4(), one, other, 7)])
    before = value(db, read)
    assert len(post_all(db, [(uuid.uuid4(), one, other, 7) for _ in range(3)])) == 3
    assert value(db, read) == before

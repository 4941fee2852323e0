"""Posting under concurrency: transactions that post several times wait in a line, never in a circle."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg

from siso_local.settings import Settings
from tests.database.harness import value

CURRENCY = "SEK"  # no other test posts in it: nobody else holds its place in the line
KINDS = ("commission_expense", "payout_clearing", "payout_fees", "stripe_cash")


def post(db: psycopg.Connection, debit: int, credit: int) -> None:
    db.execute("select ledger.post('accrue', 'test', %s, %s, %s, 1, %s)", (uuid.uuid4(), debit, credit, CURRENCY))


def until_waiting(watcher: psycopg.Connection, pid: int) -> None:
    """Returns once the backend waits for a lock."""
    for _ in range(1000):
        if value(watcher, "select wait_event_type = 'Lock' from pg_stat_activity where pid = %s", pid):
            return
        time.sleep(0.01)
    raise AssertionError("the second transaction did not wait for the first")


def test_transactions_that_post_twice_in_opposite_order_do_not_deadlock(settings: Settings) -> None:
    dsn = settings.dsn("postgres")
    with (
        psycopg.connect(dsn) as first,
        psycopg.connect(dsn) as second,
        psycopg.connect(dsn, autocommit=True) as watcher,
        ThreadPoolExecutor(1) as threads,
    ):
        one, two, three, four = (
            value(watcher, "select ledger.account(%s, null, %s)", kind, CURRENCY) for kind in KINDS
        )

        def other_way_round() -> None:
            post(second, three, four)
            post(second, one, two)
            second.rollback()

        post(first, one, two)
        waiting = threads.submit(other_way_round)
        until_waiting(watcher, second.info.backend_pid)
        post(first, three, four)
        first.rollback()
        waiting.result(timeout=30)

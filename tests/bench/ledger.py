"""Journals in a second: one at a time and many in one statement, next to plain inserts of the same rows."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg.types.composite import CompositeInfo, register_composite

from tests.bench.ground import MONEY_STATE, Ground, ground
from tests.bench.report import Table

ACCOUNTS = 1_000  # partners whose accounts are posted to; the other side is one hot account
CLIENTS = 4
SET = 500
TIMES_SINGLE = 5.0  # set-based against single: the aim

PARTNERS = """
insert into public.partners (id, name, email, status, referral_code)
select md5('ledger-bench' || n)::uuid, 'Partner ' || n, 'ledger.' || n || '@example.com', 'active', 'LEDGER' || n
from generate_series(1, %s) as n
on conflict do nothing
"""


# The same tables with the same indexes, and nothing else.
COPIES = """
create schema if not exists bench;
create table if not exists bench.journals (
    like ledger.journals including defaults including identity including indexes
);
create table if not exists bench.lines (like ledger.lines including indexes);
"""


def bench(state: Path = MONEY_STATE, seconds: float = 5.0, fresh: bool = False) -> Table:
    """Runs each way of posting for ``seconds`` with as many clients as the table says."""
    with ground(state, fresh=fresh) as platform:
        expense, pending = accounts(platform)
        info = _entry(platform)
        ways: list[tuple[str, int, Callable[[psycopg.Connection, int], int]]] = [
            (
                "plain inserts of the same rows, a transaction each",
                CLIENTS,
                lambda db, n: plain(db, expense, pending, n),
            ),
            ("post, a transaction each", CLIENTS, lambda db, n: single(db, expense, pending, n)),
            (f"post_all, {SET} in a transaction", 1, lambda db, n: many(db, info, expense, pending, n)),
        ]
        rates = {name: _rate(platform, clients, seconds, way) for name, clients, way in ways}
        table = Table(
            f"Journals in a second: {ACCOUNTS:,} partner accounts against one account of ours, {seconds:g} s each",
            ("way", "clients", "journals/s", "of single"),
        )
        single_rate = rates[ways[1][0]]
        for name, clients, _way in ways:
            ratio = rates[name] / single_rate
            short = name.startswith("post_all") and ratio < TIMES_SINGLE
            told = f"{name}: {ratio:.1f} times single, aim {TIMES_SINGLE:g}" if short else None
            table.add(name, str(clients), f"{rates[name]:,.0f}", f"{ratio:.2f}×", missed=told)
        with platform.connect() as database:
            for view in ("check_unbalanced_journals", "check_account_balances"):
                if database.execute(f"select from private.{view} limit 1".encode()).fetchone():
                    table.missed.append(f"private.{view} is not empty after the run")
        return table


def accounts(platform: Ground) -> tuple[int, list[int]]:
    """Our account and the partners'; made once."""
    with platform.connect() as database:
        with database.transaction():
            database.execute("set local session_replication_role = replica")
            database.execute(PARTNERS, (ACCOUNTS,))
        database.execute(COPIES)
        expense = database.execute("select ledger.account('commission_expense', null, 'USD')").fetchone()
        pending = database.execute(
            "select ledger.account('partner_pending', id, 'USD') from public.partners"
            " where referral_code like 'LEDGER%'"
        ).fetchall()
        assert expense is not None
        return int(expense[0]), [int(row[0]) for row in pending]


def _entry(platform: Ground) -> CompositeInfo:
    with platform.connect() as database:
        info = CompositeInfo.fetch(database, "ledger.entry")
        assert info is not None
        return info


def plain(database: psycopg.Connection, ours: int, partners: list[int], turn: int) -> int:
    """What any design must write, without locks, balances or checks: the limit of this machine."""
    with database.transaction():
        row = database.execute(
            "insert into bench.journals (kind, source_kind, source_id) values ('accrue', 'bench', %s) returning id",
            (uuid.uuid4(),),
        ).fetchone()
        assert row is not None
        database.execute(
            "insert into bench.lines (journal_id, line_no, account_id, amount, currency, balance_after)"
            " values (%(id)s, 1, %(ours)s, 1, 'USD', 0), (%(id)s, 2, %(theirs)s, -1, 'USD', 0)",
            {"id": row[0], "ours": ours, "theirs": partners[turn % len(partners)]},
        )
    return 1


def single(database: psycopg.Connection, ours: int, partners: list[int], turn: int) -> int:
    with database.transaction():
        database.execute(
            "select ledger.post('accrue', 'bench', %s, %s, %s, 1, 'USD')",
            (uuid.uuid4(), ours, partners[turn % len(partners)]),
        )
    return 1


def many(database: psycopg.Connection, info: CompositeInfo, ours: int, partners: list[int], turn: int) -> int:
    register_composite(info, database)
    entry = info.python_type
    assert entry is not None
    entries = [
        entry("accrue", "bench", uuid.uuid4(), 0, ours, partners[(turn * SET + n) % len(partners)], 1, "USD")
        for n in range(SET)
    ]
    with database.transaction():
        database.execute("select count(*) from ledger.post_all(%s)", (entries,))
    return SET


def _rate(platform: Ground, clients: int, seconds: float, way: Callable[[psycopg.Connection, int], int]) -> float:
    done = [0] * clients
    started = time.monotonic()

    def work(number: int) -> None:
        with platform.connect() as database:
            turn = number
            while time.monotonic() - started < seconds:
                done[number] += way(database, turn)
                turn += clients

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - started)

"""What the platform's own books say: the outbox, the ledger, Stripe's double and the push service. Reading only."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from siso_local.settings import Settings
from tests.e2e.demo.narrator import money

Row = dict[str, Any]
WAIT = 30.0
SWEEP = 10  # seconds between two rounds of the sweep that rings for what a lost webhook left behind


@dataclass(frozen=True)
class Job:
    """A finished job of the outbox. ``milliseconds`` from its row to its end."""

    id: int
    topic: str
    attempts: int
    milliseconds: float

    def __str__(self) -> str:
        woken = "woken by the database webhook" if self.milliseconds < SWEEP * 500 else "found by the sweep"
        times = "" if self.attempts == 1 else f", {self.attempts} attempts"
        return f"outbox job {self.id} {self.topic}: queued → done after {self.milliseconds:,.0f} ms ({woken}{times})"


class Books:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._db = psycopg.connect(settings.dsn("supabase_admin"), autocommit=True, row_factory=dict_row)

    def close(self) -> None:
        self._db.close()

    def rows(self, query: str, *values: object) -> list[Row]:
        return self._db.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Row:
        """The first row; waits for it. Raises ``TimeoutError``."""
        deadline = time.monotonic() + WAIT
        while not (found := self.rows(query, *values)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {WAIT:.0f} s in vain for a row in the database")
            time.sleep(0.05)
        return found[0]

    def job(self, topic: str, key: str) -> Job:
        """The job of a topic about something, once it is done. Raises ``TimeoutError`` with the state of the job."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            found = self.rows("select * from ops.outbox where dedupe_key = %s", f"{topic}:{key}")
            if found and found[0]["done_at"]:
                took = (found[0]["done_at"] - found[0]["created_at"]).total_seconds() * 1000
                return Job(found[0]["id"], topic, found[0]["attempts"], took)
            time.sleep(0.05)
        if not found:
            raise TimeoutError(f"no job {topic} was written to the outbox")
        state = f"{found[0]['attempts']} attempts, last error: {found[0]['last_error'] or 'none'}"
        raise TimeoutError(f"job {found[0]['id']} ({topic}) was not finished within {WAIT:.0f} s ({state})")

    def journals(self, source: str, source_id: str) -> list[str]:
        """The journals of a commission line or a payout, one text each."""
        found = self.rows(
            "select journal.kind, min(line.currency) as currency,"
            "       string_agg(format('%%s %%s', account.kind, line.amount), '|' order by line.line_no) as moves"
            " from ledger.journals as journal"
            " join ledger.lines as line on line.journal_id = journal.id"
            " join ledger.accounts as account on account.id = line.account_id"
            " where journal.source_kind = %s and journal.source_id = %s"
            " group by journal.id, journal.kind order by journal.id",
            source,
            source_id,
        )
        texts = []
        for row in found:
            moves = (move.rsplit(" ", 1) for move in row["moves"].replace("_", " ").split("|"))
            shown = ", ".join(f"{name} {money(int(amount), row['currency'])}" for name, amount in moves)
            texts.append(f"journal {row['kind'].replace('_', ' ')}: {shown}")
        return texts

    def transfers(self, payout_id: str) -> list[Row]:
        """What Stripe has moved for a payout."""
        state = httpx.get(f"{self._settings.url('stripe')}/_double/state", timeout=10).json()
        made: list[Row] = state["objects"]["transfer"]
        return [transfer for transfer in made if transfer["transfer_group"] == f"payout-{payout_id}"]

    def pushed(self, endpoint: str, title: str) -> tuple[Row, int]:
        """The decrypted push message with a title, and how many have come so far. Raises ``TimeoutError``."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            wanted: dict[str, str] = {"subscription": endpoint}
            got = httpx.get(f"{self._settings.url('push')}/_double/messages", params=wanted, timeout=10).json()
            for message in got:
                if message["json"]["notification"]["title"] == title:
                    return message["json"]["notification"], len(got)
            time.sleep(0.1)
        raise TimeoutError(f"the push service has got no message “{title}” within {WAIT:.0f} s")

    def checks(self, ours: set[str]) -> tuple[int, dict[str, list[Row]], dict[str, int]]:
        """All invariant views: how many there are, their rows about our ids, and how many rows about others."""
        views = self.rows(
            "select viewname from pg_views where schemaname = 'private' and starts_with(viewname, 'check_') order by 1"
        )
        broken: dict[str, list[Row]] = {}
        others: dict[str, int] = {}
        for view in views:
            name = view["viewname"]
            query = sql.SQL("select * from private.{}").format(sql.Identifier(name))
            rows = self._db.execute(query).fetchall()
            mine = [row for row in rows if any(known in str(row) for known in ours)]
            if mine:
                broken[name] = mine
            if len(rows) > len(mine):
                others[name] = len(rows) - len(mine)
        return len(views), broken, others

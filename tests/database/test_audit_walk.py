"""The auditor's walk: every query of docs/money.md and supabase/snippets runs, only reads, and leads from a payout to
the client's payments and back, with the right figures."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
from psycopg.rows import dict_row

from siso_local.settings import ROOT, Settings
from tests.database.harness import Person, one_story, value
from tests.database.money_history import History

NOBODY = str(uuid.UUID(int=0))
SNIPPETS = sorted((ROOT / "supabase/snippets").glob("*.sql"))
PAGE = (ROOT / "docs/money.md").read_text()
BLOCKS = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
Row = dict[str, Any]


class Money:
    """1,500.00 won, paid for in two instalments; the first one's commission has been paid out, the second's clears."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.db = connection
        history = History(connection)
        history.at("2026-03-05 10:00")
        self.partner: Person = history.partner()
        self.deal = history.win(self.partner, 150_000)
        self.lines = [history.pay(self.deal, 75_001)]
        history.at("2026-04-10 10:00")
        history.clear()
        self.payout = history.request_payout(self.partner)
        history.send(self.payout)
        self.lines.append(history.pay(self.deal, 74_999, 2))
        history.at("2026-05-01 00:20")
        history.make_statements(self.partner, "2026-04-01")
        connection.execute("set constraints all immediate")  # the audit log is written at commit
        self.event = value(
            connection,
            "select inbound_event_id from public.client_payments as payment"
            " join public.commissions as line on line.client_payment_id = payment.id where line.id = %s",
            self.lines[0],
        )

    def read(self, query: str, about: object = NOBODY) -> list[Row]:
        """The rows of a query that may only read."""
        with self.db.transaction(), self.db.cursor(row_factory=dict_row) as cursor:
            cursor.execute("set local transaction_read_only = on")
            found = cursor.execute(cast(Any, query.replace(NOBODY, str(about))), prepare=False).fetchall()
            raise _UndoError(found)

    def walk(self, query: str, about: object = NOBODY) -> list[Row]:
        try:
            return self.read(query, about)
        except _UndoError as done:
            return done.found


class _UndoError(Exception):
    def __init__(self, found: list[Row]) -> None:
        self.found = found


@pytest.fixture(scope="module")
def money(settings: Settings) -> Iterator[Money]:
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        one_story(connection)
        yield Money(connection)
        connection.rollback()


def snippet(name: str) -> str:
    return (ROOT / f"supabase/snippets/{name}.sql").read_text()


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.stem)
def test_every_snippet_runs_and_only_reads(money: Money, path: Path) -> None:
    money.walk(path.read_text())


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_query_of_the_page_runs_and_only_reads(money: Money, block: str) -> None:
    money.walk(block)


def test_a_query_that_writes_is_refused(money: Money) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        money.walk("delete from ops.rate_buckets returning caller")


def test_every_snippet_is_on_the_list() -> None:
    listed = set(re.findall(r"`(\w+\.sql)`", (ROOT / "supabase/snippets/README.md").read_text()))
    assert listed == {path.name for path in SNIPPETS}
    assert set(re.findall(r"`(audit_\w+\.sql)`", PAGE)) <= listed


def test_the_page_leads_from_a_payout_to_the_client_and_back(money: Money) -> None:
    payout, sources, journals, back, log = BLOCKS[-5:]
    (told,) = money.walk(payout, money.payout["id"])
    assert (told["amount"], told["of_items"], told["of_lines"], told["asked_of_stripe"]) == (
        15_000,
        15_000,
        15_000,
        "15000",
    )
    (line,) = money.walk(sources, money.payout["id"])
    assert (str(line["line_id"]), line["reference"], line["client_paid"]) == (
        money.lines[0],
        money.deal["reference"],
        75_001,
    )
    assert line["payload"]["amount"] == 75_001
    # 75,001 at 20 % is 15,000.2: rounded once.
    assert (
        (line["base_amount"] * line["rate_bp"] * 2 + 10_000) // 20_000 - line["booked_before"]
        == line["amount"]
        == 15_000
    )
    kinds = [row["kind"] for row in money.walk(journals, money.payout["id"])]
    assert kinds == [kind for kind in ("accrue", "clear", "payout_request", "payout_sent") for _ in range(2)]
    (found,) = money.walk(back, money.event)
    assert (found["payout_id"], str(found["line_id"])) == (uuid.UUID(money.payout["id"]), money.lines[0])
    assert [row["action"] for row in money.walk(log, money.payout["id"])] == [
        "payout.approved", "payout.sending", "payout.sent", "payout.paid",
    ]  # fmt: skip


def test_the_snippets_say_the_same(money: Money) -> None:
    (proof,) = money.walk(snippet("audit_payout_proof"), money.payout["id"])
    assert {proof[name] for name in ("amount", "of_items", "of_lines", "requested", "sent")} == {15_000}
    assert proof["stripe_transfer_id"].startswith("tr_")
    (source,) = money.walk(snippet("audit_payout_sources"), money.payout["id"])
    assert (source["event_id"], source["payment_amount"], source["line_amount"]) == (money.event, 75_001, 15_000)
    journals = money.walk(snippet("audit_payout_journals"), money.payout["id"])
    assert {row["journal_sum"] for row in journals} == {0}
    assert len(journals) == 8
    (back,) = money.walk(snippet("audit_event_to_payouts"), money.event)
    assert (str(back["payout_id"]), len(back["journals"])) == (money.payout["id"], 2)


def test_the_second_payment_has_led_to_no_payout_yet(money: Money) -> None:
    event = value(
        money.db,
        "select payment.inbound_event_id from public.client_payments as payment"
        " join public.commissions as line on line.client_payment_id = payment.id where line.id = %s",
        money.lines[1],
    )
    (back,) = money.walk(snippet("audit_event_to_payouts"), event)
    # The deal as a whole is 20 % of 1,500.00 to the cent: 15,000 and 15,000.
    assert (back["payout_id"], back["line_amount"], len(back["journals"])) == (None, 15_000, 1)


def test_what_the_partner_was_told(money: Money) -> None:
    rows = money.walk(snippet("audit_journal_statement"), money.partner.id)
    assert [(row["kind"], row["moved"], str(row["period"])[:7]) for row in rows] == [
        ("accrue", 15_000, "2026-03"),
        ("clear", -15_000, "2026-04"),
        ("clear", 15_000, "2026-04"),
        ("payout_request", -15_000, "2026-04"),
        ("accrue", 15_000, "2026-04"),
    ]
    balances = money.walk(snippet("audit_partner_balance"), money.partner.id)
    for account in ("partner_pending", "partner_payable"):
        mine = [row for row in balances if row["account"] == account]
        assert sum(row["moved"] for row in mine) == mine[0]["balance"]


def test_the_list_of_checks_has_every_check(money: Money) -> None:
    rows = money.walk(snippet("checks"))
    views = value(
        money.db,
        r"select array_agg(table_name::text) from information_schema.views"
        r" where table_schema = 'private' and table_name like 'check\_%%'",
    )
    assert {row["name"] for row in rows} == set(views)
    assert all(isinstance(row["many"], int) for row in rows)

"""The year's totals for tax offices, as finance takes them out: what was sent in the year, and nothing else."""

from __future__ import annotations

import uuid
from typing import Any

from tests.database.harness import Person, acting, call, expect_refusal, make_staff, rows
from tests.database.money_history import History
from tests.database.payout_support import STARTER_RATE, ready_partner


def year_of(history: History, staff: Person, year: int, page: int) -> list[dict[str, Any]]:
    return history.finance_export(staff, "tax", f"{year}-01-01", f"{year + 1}-01-01", page)


def earned(history: History, partner: Person, cents: int, currency: str = "USD") -> None:
    deal = history.win(partner, cents * STARTER_RATE, currency)
    history.pay(deal, cents * STARTER_RATE)


def paid_out(history: History, moment: str, partner: Person, currency: str = "USD") -> None:
    history.at(moment)
    history.clear()
    history.send(history.request_payout(partner, currency))


def test_the_year_holds_what_was_sent_in_it_to_the_cent(history: History) -> None:
    finance = make_staff(history.db, "finance")
    history.at("2028-01-10 12:00")
    american = ready_partner(history.db, tax="complete")
    german = ready_partner(history.db, tax="complete", country="DE")
    earned(history, american, 10_001)
    earned(history, german, 7_003, "EUR")
    paid_out(history, "2028-04-01 12:00", american)
    paid_out(history, "2028-04-01 12:00", german, "EUR")
    earned(history, american, 20_002)
    paid_out(history, "2028-07-01 12:00", american)
    earned(history, american, 40_004)
    earned(history, german, 5_000)
    paid_out(history, "2028-12-31 23:59:59.999999", german)
    paid_out(history, "2029-01-01 00:00", american)
    people = {str(american.id), str(german.id)}
    for page in (1, 500):
        found = [row for row in year_of(history, finance, 2028, page) if row["partner_id"] in people]
        totals = {(row["partner_id"], row["country"], row["currency"]): row["total"] for row in found}
        assert totals == {
            (str(american.id), "US", "USD"): 30_003,
            (str(german.id), "DE", "EUR"): 7_003,
            (str(german.id), "DE", "USD"): 5_000,
        }
        assert len(found) == 3, "one row for a partner, country and currency, whatever the page"
    sent = rows(
        history.db,
        "select sum(amount)::bigint from public.payouts where partner_id = any(%s) and currency = 'USD'",
        [american.id, german.id],
    )
    (later,) = [row for row in year_of(history, finance, 2029, 500) if row["partner_id"] == str(american.id)]
    assert later["total"] == 40_004
    assert sent == [(30_003 + 5_000 + 40_004,)]


def test_a_year_is_a_calendar_year(history: History) -> None:
    finance = make_staff(history.db, "finance")
    for start, end in (("2026-01-01", "2026-07-01"), ("2026-02-01", "2027-02-01"), ("2026-01-01", "2028-01-01")):
        with (
            acting(history.db, finance.actor("aal2")),
            expect_refusal(history.db, "22023", "calendar_year"),
        ):
            call(
                history.db, "request_finance_export", kind="tax", period_from=start, period_to=end,
                request_id=uuid.uuid4(),
            )  # fmt: skip

"""Tax and countries: payouts stop below a year's threshold until Stripe has the details, and nobody earns where nothing
can be paid."""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import (
    Person,
    acting,
    call,
    call_as,
    expect_refusal,
    make_partner,
    make_staff,
    rows,
    value,
    worker,
)
from tests.database.money_history import History
from tests.database.payout_support import STARTER_RATE, Db, ask, broken, earn, ready_partner
from tests.database.test_payouts import begin, pay, status

TAX_VIEWS = "check_tax_years_against_ledger"


@pytest.fixture
def threshold(db: Db) -> int:
    """Of US partners in this year, in cents."""
    known: int = value(db, "select private.tax_threshold('US', '1099-NEC', private.tax_year_of(private.now()), 'USD')")
    return known


def stripe_says(db: Db, partner: Person, tax: str) -> None:
    """A look at the partner's account, as the accounts worker keeps it."""
    account = value(db, "select stripe_account_id from public.payout_accounts where partner_id = %s", partner.id)
    with acting(db, worker("accounts")):
        look = call(db, "begin_account_look", "worker", account=account)
        call(
            db, "save_account_state", "worker", account=account, look=look, new_status="ready", due=[], label=None,
            fingerprint=None, tax=tax,
        )  # fmt: skip


def approve(db: Db, payout: dict[str, Any]) -> None:
    """Two members of staff, where the amount needs them."""
    for role in ("finance", "admin"):
        if status(db, payout) == "draft":
            call_as(db, make_staff(db, role), "approve_payout", payout_id=payout["id"])


def my_tax(db: Db, partner: Person) -> dict[str, Any]:
    with acting(db, partner.actor()):
        told: dict[str, Any] = call(db, "my_tax")
    return told


def test_the_law_of_2026_is_there_as_data(db: Db) -> None:
    known = "select private.tax_threshold('US', '1099-NEC', %s, 'USD')"
    assert [value(db, known, year) for year in (2024, 2025, 2026, 2030)] == [None, 60_000, 200_000, 200_000]


def test_one_cent_below_is_paid_and_the_threshold_itself_is_not(db: Db, threshold: int) -> None:
    below, exact = ready_partner(db, tax="unknown"), ready_partner(db, tax="unknown")
    earn(db, below, threshold - 1)
    earn(db, exact, threshold)
    assert ask(db, below)["amount"] == threshold - 1
    with expect_refusal(db, "PT409", "tax_status_required"):
        ask(db, exact)
    assert value(db, "select count(*) from public.payouts where partner_id = %s", exact.id) == 0
    with acting(db, exact.actor()):
        assert call(db, "my_payout_standing")["tax_room"] == {"USD": threshold - 1}
    told = my_tax(db, exact)
    assert (told["tax_status"], told["forms"][0]["remaining"]) == ("unknown", threshold - 1)
    stripe_says(db, exact, "complete")
    assert my_tax(db, exact)["forms"][0]["remaining"] is None
    with acting(db, exact.actor()):
        assert call(db, "my_payout_standing")["tax_room"] == {}
    assert ask(db, exact)["amount"] == threshold


def test_what_was_paid_and_what_is_under_way_count(db: Db, threshold: int) -> None:
    partner = ready_partner(db, tax="required")
    earn(db, partner, threshold - 30_000)
    first = ask(db, partner)
    earn(db, partner, 30_000)
    with expect_refusal(db, "PT409", "tax_status_required"):
        ask(db, partner)
    approve(db, first)
    pay(db, first, "tr_tax_first")
    with expect_refusal(db, "PT409", "tax_status_required"):
        ask(db, partner)
    told = my_tax(db, partner)
    assert (told["forms"][0]["used"], told["forms"][0]["remaining"]) == (threshold - 30_000, 29_999)
    assert [(year["paid"], year["total"]) for year in told["years"]] == [(threshold - 30_000, threshold - 30_000)]
    assert broken(db) == {}
    assert rows(db, f"select * from private.{TAX_VIEWS} where partner_id = %s", partner.id) == []  # noqa: S608


@pytest.mark.parametrize("lost", ["required", "pending", "rejected", "unknown"])
def test_details_that_are_lost_after_the_approval_park_the_payout_until_they_are_back(
    db: Db, threshold: int, lost: str
) -> None:
    partner = ready_partner(db, tax="complete")
    earn(db, partner, threshold)
    payout = ask(db, partner)
    approve(db, payout)
    stripe_says(db, partner, lost)
    assert begin(db, payout) == {"action": "park", "why": "tax_status_required"}
    assert begin(db, payout)["action"] == "park"
    told = "select count(*) from public.notifications where partner_id = %s and title = 'Tax details needed'"
    assert value(db, told, partner.id) == 1, "told once"
    stripe_says(db, partner, "complete")
    woken = "select count(*) from ops.outbox where topic = 'payout.send' and payload ->> 'payout_id' = %s"
    assert value(db, woken, payout["id"]) > 1
    assert begin(db, payout)["action"] == "send"
    assert status(db, payout) == "sending"


def test_a_payout_belongs_to_the_year_in_utc_in_which_it_was_sent(history: History) -> None:
    db = history.db
    history.at("2025-11-01T12:00:00")
    partner = ready_partner(db, tax="unknown")
    history.pay(history.win(partner, 59_999 * STARTER_RATE), 59_999 * STARTER_RATE)
    history.at("2025-12-31T23:59:59.999999")
    history.clear()
    pay(db, ask(db, partner), "tr_tax_old_year")
    history.at("2025-11-02T12:00:00")
    history.pay(history.win(partner, 10_000 * STARTER_RATE), 10_000 * STARTER_RATE)
    history.at("2025-12-31T23:59:59.999999")
    history.clear()
    with expect_refusal(db, "PT409", "tax_status_required"):
        ask(db, partner)
    history.at("2026-01-01T00:00:00")
    pay(db, ask(db, partner), "tr_tax_new_year")
    years = "select tax_year, total from private.tax_years where partner_id = %s order by 1"
    assert rows(db, years, partner.id) == [(2025, 59_999), (2026, 10_000)]


def test_other_currencies_weigh_in_proportion_until_finance_says_otherwise(
    db: Db, finance: Person, threshold: int
) -> None:
    minimums = dict(rows(db, "select currency::text, yardstick from public.payout_minimums"))
    known = "select private.tax_threshold('US', '1099-NEC', private.tax_year_of(private.now()), %s)"
    assert value(db, known, "JPY") == round(threshold * minimums["JPY"] / minimums["USD"])
    year = value(db, "select private.tax_year_of(private.now())")
    fields = {"country": "US", "form": "1099-NEC", "tax_year": year, "currency": "JPY", "reason": "rate of the year"}
    made = call_as(db, finance, "set_tax_threshold", **fields, amount=310_000)
    assert (made["version"], value(db, known, "JPY")) == (1, 310_000)
    assert call_as(db, finance, "set_tax_threshold", **fields, amount=310_000) == made, "twice is once"
    assert call_as(db, finance, "set_tax_threshold", **fields, amount=320_000)["version"] == 2
    assert value(db, known, "USD") == threshold


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"country": "BR"}, "unknown"),
        ({"form": "1099 nec"}, "format"),
        ({"tax_year": 1999}, "range"),
        ({"currency": "XXX"}, "unknown_currency"),
        ({"amount": 0}, "range"),
        ({"reason": ""}, "length"),
    ],
)
def test_a_threshold_is_looked_at(db: Db, finance: Person, wrong: dict[str, Any], rule: str) -> None:
    fields: dict[str, Any] = {
        "country": "US", "form": "1099-NEC", "tax_year": 2099, "currency": "USD", "amount": 1, "reason": "a test",
    }  # fmt: skip
    with expect_refusal(db, "22023", rule):
        call_as(db, finance, "set_tax_threshold", **(fields | wrong))


def test_a_threshold_is_never_edited(db: Db) -> None:
    for statement in (
        "update public.tax_thresholds set amount = 1",
        "delete from public.tax_thresholds",
        "truncate public.tax_thresholds",
    ):
        with expect_refusal(db, "42501"):
            db.execute(statement.encode())


def test_where_nothing_can_be_paid_nobody_connects_an_account(db: Db, finance: Person) -> None:
    partner = make_partner(db, country="BR")
    with acting(db, partner.actor("aal2")):
        for function, arguments in (
            ("request_onboarding_link", {}),
            ("request_payout", {"currency": "USD"}),
        ):
            with expect_refusal(db, "PT409", "country_not_payable"):
                call(db, function, **arguments, request_id=uuid.uuid4())
    assert my_tax(db, partner)["payable"] is False
    brazil = {"country": "BR", "currency": "BRL", "instant": False, "open": True}
    call_as(db, finance, "set_payout_country", **brazil, reason="Stripe pays there")
    with acting(db, partner.actor("aal2")):
        call(db, "request_onboarding_link", request_id=uuid.uuid4())
        with expect_refusal(db, "PT409", "no_payout_account"):
            call(db, "request_payout", currency="USD", request_id=uuid.uuid4())


def test_a_country_that_closes_keeps_what_was_earned(db: Db, finance: Person) -> None:
    partner = ready_partner(db, country="SE")
    earn(db, partner, 50_000)
    country = {"country": "SE", "currency": "SEK", "instant": True, "reason": "Stripe stopped there"}
    call_as(db, finance, "set_payout_country", **country, open=False)
    with expect_refusal(db, "PT409", "country_not_payable"):
        ask(db, partner)
    call_as(db, finance, "set_payout_country", **country, open=True)
    assert ask(db, partner)["amount"] == 50_000


def test_who_moves_connects_anew_and_the_old_country_keeps_its_year(db: Db, finance: Person) -> None:
    partner = ready_partner(db, tax="unknown")
    earn(db, partner, 50_000)
    payout = ask(db, partner)
    assert begin(db, payout)["action"] == "send"
    move = {"partner_id": partner.id, "country": "DE", "reason": "moved to Berlin"}
    with expect_refusal(db, "PT409", "unsettled"):
        call_as(db, finance, "change_partner_country", **move)
    _arrives(db, payout)
    assert call_as(db, finance, "change_partner_country", **move)["reconnect"] is True
    assert call_as(db, finance, "change_partner_country", **move)["reconnect"] is False, "twice is once"
    account = rows(
        db,
        "select stripe_account_id, status::text, tax_status::text, accounts_before from public.payout_accounts"
        " where partner_id = %s",
        partner.id,
    )
    assert account == [(None, "none", "unknown", 1)]
    told = my_tax(db, partner)
    assert (told["country"], told["forms"]) == ("DE", [])
    assert [(year["country"], year["total"]) for year in told["years"]] == [("US", 50_000)]
    with expect_refusal(db, "PT409", "no_payout_account"):
        ask(db, partner)


def _arrives(db: Db, payout: dict[str, Any]) -> None:
    amount = value(db, "select amount from public.payouts where id = %s", payout["id"])
    arguments = {"payout": uuid.UUID(payout["id"]), "transfer": f"tr_{payout['id']}"}
    with acting(db, worker("payouts")):
        for function in ("record_transfer", "confirm_transfer"):
            call(db, function, "worker", **arguments, transfer_amount=amount, transfer_currency="usd")


def test_finance_reads_the_year_and_partners_their_own_alone(db: Db, finance: Person, threshold: int) -> None:
    partner = ready_partner(db, tax="complete")
    earn(db, partner, threshold)
    payout = ask(db, partner)
    approve(db, payout)
    pay(db, payout, "tr_tax_report")
    year = value(db, "select private.tax_year_of(private.now())")
    with acting(db, finance.actor("aal2")):
        report = rows(
            db,
            "select country::text, form, total, threshold, reached, tax_status::text from public.tax_report(%s)"
            " where partner_id = %s",
            year,
            partner.id,
        )
    assert report == [("US", "1099-NEC", threshold, threshold, True, "complete")]
    with acting(db, partner.actor("aal2")), expect_refusal(db, "42501"):
        call(db, "tax_report", tax_year=year)
    assert my_tax(db, make_partner(db))["years"] == []


def test_nobody_declares_their_own_details_complete(db: Db, threshold: int) -> None:
    partner = ready_partner(db, tax="unknown")
    earn(db, partner, threshold)
    account = value(db, "select stripe_account_id from public.payout_accounts where partner_id = %s", partner.id)
    state = {
        "account": account, "look": 99, "new_status": "ready", "due": [], "label": None, "fingerprint": None,
        "tax": "complete",
    }  # fmt: skip
    for actor in (partner.actor("aal2"), worker("payouts"), worker("commissions"), worker("notifications")):
        with acting(db, actor):
            with expect_refusal(db, "42501"):
                db.execute("update public.payout_accounts set tax_status = 'complete'")
            with expect_refusal(db, "42501"):
                call(db, "save_account_state", "worker", **state)
            with expect_refusal(db, "42501"):
                db.execute("insert into public.tax_thresholds select * from public.tax_thresholds")
    with expect_refusal(db, "42501"):
        db.execute("update public.payout_accounts set tax_status = 'complete' where partner_id = %s", (partner.id,))
    with expect_refusal(db, "PT409", "tax_status_required"):
        ask(db, partner)


def test_a_year_that_does_not_add_up_is_reported(db: Db) -> None:
    partner = ready_partner(db)
    earn(db, partner, 50_000)
    pay(db, ask(db, partner), "tr_tax_damage")
    found = f"select of_years, of_books from private.{TAX_VIEWS} where partner_id = %s"  # noqa: S608
    assert rows(db, found, partner.id) == []
    db.execute("set local session_replication_role = replica")
    db.execute("update public.payouts set amount = amount + 1 where partner_id = %s", (partner.id,))
    db.execute("set local session_replication_role = origin")
    assert rows(db, found, partner.id) == [(50_000, 50_001)]


def test_the_account_of_who_is_told_holds_no_number(db: psycopg.Connection) -> None:
    """Of tax there is a status in our tables, and no column for more (A-22)."""
    named = rows(
        db,
        "select table_schema::text, table_name::text, column_name::text from information_schema.columns"
        " where table_schema in ('public', 'private', 'ops', 'ledger') and column_name ~* '(tax|ssn|ein|tin)(_|$)'"
        " and column_name ~* '(number|ssn|tin|ein)' and column_name !~* 'setting|string|routing|sorting'",
    )
    assert named == [], json.dumps(named)

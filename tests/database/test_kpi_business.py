"""Figures of business against small histories of 2020, worked out by hand in the comments."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.database.figures_support import Figure, deal, figure, partner, pay, refund, window
from tests.database.harness import (
    acting,
    by_hand,
    call,
    expect_refusal,
    make_lead,
    make_partner,
    make_staff,
    rows,
    value,
)

EMPTY = "2019-07-01T00:00:00Z"  # before everybody
AT = "2020-07-15T12:00:00Z"


def revenue(db: psycopg.Connection, month: str, cents: int, imported: str, currency: str = "USD") -> None:
    db.execute(
        "insert into private.company_revenue (month, currency, amount, source, imported_at)"
        " values (%s, %s, %s, 'books', %s)",
        (month, currency, cents, imported),
    )


@pytest.mark.parametrize(
    ("view", "part", "empty"),
    [
        ("kpi_revenue_share", "USD", Figure(0, None, None, 0)),
        ("kpi_recurring_revenue", "USD", Figure(0, None, None, 0)),
        ("kpi_deal_size", "USD", Figure(0, 0, None, 0)),
        ("kpi_lead_to_close", "all", Figure(0, 0, None, 0)),
        ("kpi_satisfaction", "all", Figure(0, 0, None, 0)),
    ],
)
def test_without_rows_there_is_no_value_and_no_error(
    db: psycopg.Connection, view: str, part: str, empty: Figure
) -> None:
    found = figure(db, view, EMPTY)
    assert found[part] == empty
    assert {each.value for each in found.values()} == {None}


def test_the_share_of_revenue_is_what_cleared_in_the_month_of_what_the_company_earned(db: psycopg.Connection) -> None:
    """June 2020: 120,000 - 20,000 + 50,001 = 150,001. Suspended and former partners' clients count as well."""
    one = partner(db, "2020-01-01T00:00:00Z")
    former = partner(db, "2020-01-01T00:00:00Z", status="terminated", issuer="https://login.example.com")
    first, second = deal(db, one, "2020-05-01T00:00:00Z", 900_000), deal(db, former, "2020-05-01T00:00:00Z", 900_000)
    paid = pay(db, first, 120_000, "2020-06-01T00:00:00Z")  # the first moment
    refund(db, paid, 15_000, "2020-06-01T00:00:00Z")
    refund(db, paid, 5_000, "2020-06-30T23:59:59Z", "dispute_lost")
    refund(db, paid, 9, "2020-07-01T00:00:00Z")  # of this payment, but in another month
    pay(db, second, 50_001, "2020-06-30T23:59:59Z")  # the last second
    pay(db, first, 7, "2020-05-31T23:59:59Z")
    pay(db, first, 7, "2020-07-01T00:00:00Z")
    pay(db, deal(db, one, "2020-05-01T00:00:00Z", 900_000, currency="EUR"), 30_000, "2020-06-10T00:00:00Z", "EUR")
    assert figure(db, "kpi_revenue_share", AT)["USD"] == Figure(150_001, None, None, 0)  # nobody said the total yet
    revenue(db, "2020-06-01", 200_000, "2020-07-02T00:00:00Z")
    revenue(db, "2020-06-01", 240_000, "2020-07-03T00:00:00Z")  # corrected
    revenue(db, "2020-06-01", 1, "2020-07-16T00:00:00Z")  # corrected after the moment that is asked for
    revenue(db, "2020-05-01", 1, "2020-07-04T00:00:00Z")  # another month
    revenue(db, "2020-06-01", 0, "2020-07-02T00:00:00Z", "EUR")  # a company without revenue: no division by zero
    found = figure(db, "kpi_revenue_share", AT)
    assert found["USD"] == Figure(150_001, 240_000, 0.625, 0)
    assert found["EUR"] == Figure(30_000, 0, None, 0)
    assert window(db, "kpi_revenue_share", AT) == ("2020-06-01 00:00", "2020-07-01 00:00")


def test_monthly_revenue_is_the_average_of_three_complete_months(db: psycopg.Connection) -> None:
    """April to June 2020: (100,000 + 50,000 + 101) / 3 = 50,033.67 cents a month, rounded to 50,034."""
    one = partner(db, "2020-01-01T00:00:00Z", status="suspended")
    sold = deal(db, one, "2020-03-01T00:00:00Z", 900_000)
    pay(db, sold, 100_000, "2020-04-01T00:00:00Z")
    pay(db, sold, 50_000, "2020-05-15T00:00:00Z")
    pay(db, sold, 101, "2020-06-30T23:59:59Z")
    pay(db, sold, 7, "2020-03-31T23:59:59Z")
    pay(db, sold, 7, "2020-07-01T00:00:00Z")
    deal(db, one, "2020-03-01T00:00:00Z", 900_000, currency="EUR")  # not paid yet
    found = figure(db, "kpi_recurring_revenue", AT)
    assert found["USD"] == Figure(150_101, 3, 50_034, 0)
    assert found["EUR"] == Figure(0, None, None, 0)
    assert window(db, "kpi_recurring_revenue", AT) == ("2020-04-01 00:00", "2020-07-01 00:00")


def test_the_average_deal_is_of_verified_deals_that_still_count(db: psycopg.Connection) -> None:
    """Won from 16 April to 15 July: 200,000 contracted + 100,001 claimed = 300,001 / 2 = 150,000.5, rounded up."""
    one = partner(db, "2020-01-01T00:00:00Z", issuer="https://login.example.com")
    former = partner(db, "2020-01-01T00:00:00Z", status="terminated")
    deal(db, one, "2020-04-16T00:00:00Z", 999_999, contracted=200_000)  # the first moment; the contract counts
    deal(db, former, "2020-07-14T23:59:59Z", 100_001)  # no contract known: left_out says so
    deal(db, one, "2020-04-15T23:59:59Z", 7)
    deal(db, one, "2020-07-15T00:00:00Z", 7)
    deal(db, one, "2020-06-01T00:00:00Z", 7, status="claimed")
    deal(db, one, "2020-06-01T00:00:00Z", 7, status="rejected")
    refunded = deal(db, one, "2020-06-01T00:00:00Z", 7)
    with by_hand(db):
        db.execute(
            "update public.deals set disqualified_at = won_at, disqualified_reason = 'refunded' where id = %s",
            (refunded,),
        )
    deal(db, one, "2020-06-01T00:00:00Z", 80_000, currency="GBP")
    deal(db, one, "2020-04-15T23:59:59Z", 7, currency="EUR")
    found = figure(db, "kpi_deal_size", AT)
    assert found["USD"] == Figure(300_001, 2, 150_001, 1)
    assert found["GBP"] == Figure(80_000, 1, 80_000, 1)
    assert found["EUR"] == Figure(0, 0, None, 0)


@pytest.mark.parametrize("view", ["kpi_revenue_share", "kpi_recurring_revenue", "kpi_deal_size"])
def test_money_figures_are_about_currencies_in_use(db: psycopg.Connection, view: str) -> None:
    """USD has goals; EUR is sold in; HKD was earned in; nobody ever sold or earned in NOK."""
    assert {"USD", "NOK"} & set(figure(db, view, AT)) == {"USD"}
    deal(db, partner(db, "2020-01-01T00:00:00Z"), "2019-01-01T00:00:00Z", 7, currency="EUR")
    revenue(db, "2019-06-01", 100, "2019-07-02T00:00:00Z", "HKD")
    found = set(figure(db, view, AT))
    assert {"USD", "EUR", "HKD"} <= found
    assert "NOK" not in found


def test_a_lead_closes_when_it_is_won_within_ninety_days(db: psycopg.Connection) -> None:
    """Added from 17 January to 16 April 2020 (180 to 90 days ago)."""
    one = partner(db, "2020-01-01T00:00:00Z", status="suspended", issuer="https://login.example.com")

    def lead(added: str) -> str:
        made = make_lead(db, one, f"Client {added}")
        db.execute("update public.leads set created_at = %s where id = %s", (added, made))
        return str(made)

    def moved(lead_id: str, to: str, at: str) -> None:
        db.execute(
            "insert into ops.events (type, subject_kind, subject_id, partner_id, after, created_at)"
            " values ('lead.moved', 'lead', %s, %s, jsonb_build_object('status', %s::text), %s)",
            (lead_id, one.id, to, at),
        )

    won, slow, rejected, deleted = (lead("2020-02-01T00:00:00Z") for _ in range(4))
    deal(db, one, "2020-04-30T23:59:59Z", 100, status="claimed", lead=won)  # type: ignore[arg-type]
    deal(db, one, "2020-05-01T00:00:00Z", 100, lead=slow)  # type: ignore[arg-type]  # the 90 days are over
    moved(slow, "qualified", "2020-03-01T00:00:00Z")
    moved(slow, "proposal_sent", "2020-05-01T00:00:00Z")  # too late
    deal(db, one, "2020-02-02T00:00:00Z", 100, status="rejected", lead=rejected)  # type: ignore[arg-type]
    with by_hand(db):
        db.execute(
            "update public.leads set deleted_at = created_at, deleted_reason = 'twice' where id = %s", (deleted,)
        )
    first, last = lead("2020-01-17T00:00:00Z"), lead("2020-04-15T23:59:59Z")
    moved(first, "contacted", "2020-01-18T00:00:00Z")
    moved(last, "closed_lost", "2020-04-16T00:00:00Z")  # lost is not far
    lead("2020-01-16T23:59:59Z"), lead("2020-04-16T00:00:00Z")  # outside on either side
    found = figure(db, "kpi_lead_to_close", AT)
    assert found["all"] == Figure(1, 5, 0.2, 0)
    assert found["contacted"] == Figure(3, 5, 0.6, 0)  # won, slow, first
    assert found["qualified"] == Figure(2, 5, 0.4, 0)  # won, slow
    assert found["proposal_sent"] == Figure(1, 5, 0.2, 0)  # won
    assert window(db, "kpi_lead_to_close", AT) == ("2020-01-17 00:00", "2020-04-16 00:00")


def test_satisfaction_is_the_newest_answer_of_each_partner(db: psycopg.Connection) -> None:
    """The 92 complete days before 15 July 2020 begin on 14 April."""

    def answer(who: object, quarter: str, score: int, at: str) -> None:
        db.execute(
            "insert into public.survey_answers (partner_id, quarter, score, answered_at) values (%s, %s, %s, %s)",
            (who, quarter, score, at),
        )

    twice = partner(db, "2020-01-01T00:00:00Z").id
    answer(twice, "2020-04-01", 1, "2020-06-30T00:00:00Z")
    answer(twice, "2020-07-01", 5, "2020-07-14T23:59:59Z")
    first = partner(db, "2020-01-01T00:00:00Z", issuer="https://login.example.com").id
    answer(first, "2020-04-01", 4, "2020-04-14T00:00:00Z")  # the first moment
    former = partner(db, "2020-01-01T00:00:00Z", status="terminated").id
    answer(former, "2020-04-01", 2, "2020-05-01T00:00:00Z")  # what they said counts
    early = partner(db, "2020-01-01T00:00:00Z").id
    answer(early, "2020-04-01", 1, "2020-04-13T23:59:59Z")
    answer(early, "2020-07-01", 1, "2020-07-15T00:00:00Z")  # today
    # (5 + 4 + 2) / 3 = 3.67; left out: the active partner whose answers lie outside.
    assert figure(db, "kpi_satisfaction", AT)["all"] == Figure(11, 3, 3.67, 1)


# -- what finance says ------------------------------------------------------------------------------------------------


def test_finance_imports_the_revenue_of_a_month_and_corrects_it(db: psycopg.Connection) -> None:
    finance = make_staff(db, "finance")
    with acting(db, finance.actor("aal2")):
        for cents in (500, 500, 700):  # the second says nothing new
            answer = call(
                db, "import_company_revenue", month="2019-03-01", currency="USD", amount=cents, source="books"
            )
    assert answer == {"month": "2019-03-01", "currency": "USD", "amount": 700, "source": "books"}
    kept = rows(db, "select amount, imported_by from private.company_revenue where month = '2019-03-01' order by id")
    assert kept == [(500, finance.id), (700, finance.id)]
    events = rows(
        db, "select before, after -> 'amount' from ops.events where type = 'revenue.imported' order by id desc limit 2"
    )
    assert events == [({"amount": 500, "source": "books"}, 700), (None, 500)]
    assert value(db, "select private.is_audited('revenue.imported')") is True
    for statement in ("update private.company_revenue set amount = 1", "delete from private.company_revenue"):
        with expect_refusal(db, "42501", "append_only"):
            db.execute(statement.encode())


@pytest.mark.parametrize(
    ("changed", "sqlstate", "rule"),
    [
        ({"month": None}, "22023", "first_day"),
        ({"month": "2019-03-02"}, "22023", "first_day"),
        ({"month": "infinity"}, "22023", "first_day"),
        ({"month": "2100-01-01"}, "22023", "complete_month"),
        ({"currency": "XXX"}, "22023", "unknown_currency"),
        ({"currency": None}, "22023", "unknown_currency"),
        ({"amount": -1}, "22023", "range"),
        ({"amount": None}, "22023", "range"),
        ({"amount": 2**63 - 1}, "22023", "range"),
        ({"source": " "}, "22023", "length"),
        ({"source": "x" * 201}, "22023", "length"),
    ],
)
def test_a_wrong_revenue_is_refused_with_its_field(
    db: psycopg.Connection, changed: dict[str, Any], sqlstate: str, rule: str
) -> None:
    right: dict[str, Any] = {"month": "2019-03-01", "currency": "USD", "amount": 500, "source": "books"}
    with acting(db, make_staff(db, "finance").actor("aal2")), expect_refusal(db, sqlstate, rule):
        call(db, "import_company_revenue", **{**right, **changed})


def test_money_staff_alone_read_the_figures_and_import(db: psycopg.Connection) -> None:
    for person in (make_partner(db), make_staff(db, "support")):
        with acting(db, person.actor("aal2")):
            with expect_refusal(db, "42501"):
                call(db, "company_figures")
            with expect_refusal(db, "42501"):
                call(db, "import_company_revenue", month="2019-03-01", currency="USD", amount=1, source="books")
    with acting(db, make_staff(db, "finance").actor("aal2")):
        found = call(db, "company_figures", at="2020-07-15T12:00:00Z")
    assert {each["requirement"] for each in found} == {
        *(f"R-0{n:02}" for n in range(8, 26)), "R-028", "R-030",
    }  # fmt: skip

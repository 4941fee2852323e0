"""Why a line has its amount, the nightly job that asks again, and what is shown of it first."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.database.harness import (
    acting,
    call,
    expect_refusal,
    make_partner,
    rows,
    value,
    without_triggers,
)
from tests.database.money_support import (
    broken_invariants,
    paid,
    refunded,
    team,
    win,
)

Db = psycopg.Connection[tuple[Any, ...]]


def test_why_this_amount_of_every_kind(db: Db) -> None:
    seller, leader, recruiter = team(db)
    deal = win(db, seller)
    payment = paid(db, deal, 99_999)
    refunded(db, deal, payment, 33_333)
    for person in (seller, leader, recruiter):
        ids = rows(db, "select id from commissions where deal_id = %s and partner_id = %s", deal["id"], person.id)
        assert len(ids) == (3 if person is seller else 2)
        for (line,) in ids:
            with acting(db, person.actor()):
                why = call(db, "why_this_amount", commission_id=line)
            assert (why["agrees"], why["recomputed"]) == (True, why["amount"]), why
            assert why["deal"]["reference"] == deal["reference"]
            assert ("company_name" in why["deal"]) == (person is seller), "the client stays the seller's business"
            if why["type"] == "reversal":
                assert (why["refund"]["amount"], why["corrects"] is not None) == (33_333, True)
            other = recruiter if person is not recruiter else seller
            with acting(db, other.actor()), expect_refusal(db, "PT404", "not_found"):
                call(db, "why_this_amount", commission_id=line)


def test_the_nightly_job_stores_what_it_finds(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    paid(db, deal, 100_000)
    assert value(db, "select private.recompute_sample(1000000)") == 0
    with without_triggers(db):
        db.execute("update commissions set amount = amount + 1 where deal_id = %s and not estimate", (deal["id"],))
    assert value(db, "select private.recompute_sample(1000000)") == 1
    assert {"check_recomputed_lines", "check_entitlements", "check_lines_against_ledger"} <= broken_invariants(
        db
    ).keys()
    assert value(db, "select private.run_checks()") >= 3
    assert value(db, "select count(*) from staff_notices where kind = 'invariant.broken' and noted_at is null") >= 3
    with without_triggers(db):
        db.execute("update commissions set amount = amount - 1 where deal_id = %s and not estimate", (deal["id"],))
    db.execute("delete from private.recompute_findings")
    db.execute("update private.invariant_findings set last_seen = last_seen - interval '1 day'")
    value(db, "select private.run_checks()")
    gone = rows(db, "select distinct view_name from private.invariant_findings where gone_at is not null")
    assert ("check_entitlements",) in gone


def test_a_share_names_its_deal_and_its_hold_but_not_the_sellers_affair(db: Db) -> None:
    seller, leader, _ = team(db)
    deal = win(db, seller)
    paid(db, deal, 99_999)
    db.execute(
        "select private.place_hold(%s, 'self_referral', 'identity', private.now() + interval '5 days', 'rule', %s,"
        " null, 'The client has your phone number.')",
        (seller.id, deal["id"]),
    )
    told = {}
    for person in (seller, leader):
        with acting(db, person.actor()):
            [(line, reference, company)] = rows(
                db,
                "select id, deal_reference, company_name from commission_lines where status = 'held' and kind = %s",
                "base" if person is seller else "team_override",
            )
            assert reference == deal["reference"]
            assert (company is not None) == (person is seller), "the client stays the seller's business"
            [told[person.id]] = call(db, "why_this_amount", commission_id=line)["holds"]
    assert told[seller.id]["detail"] == "The client has your phone number."
    assert (told[leader.id]["reason_code"], told[leader.id]["detail"]) == ("deal_under_review", None)
    assert told[leader.id]["review_by"] == told[seller.id]["review_by"]
    stranger = make_partner(db)
    with acting(db, stranger.actor()):
        assert value(db, "select private.shared_deal(%s)", deal["id"]) is None


def test_an_estimate_says_what_is_still_to_come(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    estimate = "select outstanding, next_step from commission_lines where status = 'estimated'"
    with acting(db, partner.actor()):
        [(whole, waits)] = rows(db, estimate)
    assert "Waiting" in waits
    paid(db, deal, 25_000)
    with acting(db, partner.actor()):
        assert rows(db, estimate) == [(whole - 5_000, "Partly paid: the rest comes with the client's next payments")]


def test_the_currency_in_which_most_comes_in_is_first(db: Db) -> None:
    """What came in lately counts before what came in long ago."""
    partner = make_partner(db)
    for currency in ("EUR", "USD", "USD", "USD"):
        win(db, partner, 90_000, currency)

    def shown() -> list[str]:
        with acting(db, partner.actor()):
            return [one["currency"] for one in call(db, "earnings_summary")]

    assert shown() == ["USD", "EUR"]
    with without_triggers(db):
        db.execute(
            "update public.commissions set created_at = created_at - interval '100 days'"
            " where partner_id = %s and currency = 'USD'",
            (partner.id,),
        )
    assert shown() == ["EUR", "USD"]

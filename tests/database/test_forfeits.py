"""An upheld hold takes a share for good: the money that came, what comes later, and what was expected."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.database.harness import acting, call, make_partner, value, without_triggers
from tests.database.money_support import balances, broken_invariants, paid, team, win

Db = psycopg.Connection[tuple[Any, ...]]


def test_an_upheld_hold_forfeits(db: Db) -> None:
    seller, leader, _ = team(db)
    deal = win(db, seller)
    paid(db, deal, 100_000)
    hold = db.execute(
        "select id from private.place_hold(%s, 'self_referral', 'identity', now() + interval '5 days', 'staff')",
        (seller.id,),
    ).fetchone()
    assert hold is not None
    db.execute("select private.end_hold(%s, 'upheld', 'the client is the partner')", (hold[0],))
    assert balances(db, seller) == (0, 0, 0)
    assert balances(db, leader) == (10_000, 0, 0), "who did nothing keeps theirs"
    assert value(db, "select status::text from commissions where deal_id = %s and estimate", deal["id"]) == "reversed"
    with acting(db, seller.actor()):
        assert [sums["estimated"] for sums in call(db, "earnings_summary")] == [0], "nothing more is expected"
    paid(db, deal, 50_000)
    assert (balances(db, seller), balances(db, leader)) == ((0, 0, 0), (15_000, 0, 0))
    assert broken_invariants(db) == {}


def test_what_was_forfeited_is_not_expected_again(db: Db) -> None:
    """Neither when a payment comes nor when the deal is opened again; an estimate that stays is found."""
    partner = make_partner(db)
    deal = win(db, partner)
    paid(db, deal, 50_000)
    expected = "select coalesce(sum(amount), 0) from commissions where deal_id = %s and status = 'estimated'"
    assert value(db, expected, deal["id"]) == 30_000
    hold = value(
        db,
        "select id from private.place_hold(%s, 'self_referral', 'identity', now() + interval '5 days', 'staff')",
        partner.id,
    )
    db.execute("select private.end_hold(%s, 'upheld', 'the client is the partner')", (hold,))
    assert value(db, expected, deal["id"]) == 0
    paid(db, deal, 10_000)
    call(db, "expect_commission", "private", wanted=uuid.UUID(deal["id"]))  # as a deal that is opened again does
    assert value(db, expected, deal["id"]) == 0
    assert broken_invariants(db) == {}
    with without_triggers(db):
        db.execute("update commissions set status = 'estimated' where deal_id = %s and estimate", (deal["id"],))
    assert list(broken_invariants(db)) == ["check_orphan_commissions"]

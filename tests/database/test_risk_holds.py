"""Risk holds: what they cover, where the money lies meanwhile, and that only a decision ends them."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.database.harness import Person, call, expect_refusal, make_partner, rows, value
from tests.database.money_support import balances, broken_invariants, lines_of, paid, win

Db = psycopg.Connection[tuple[Any, ...]]


def place(db: Db, partner: Person, **of: Any) -> dict[str, Any]:
    hold = db.execute(
        "select to_jsonb(h) from private.place_hold(%s, 'velocity', 'behaviour', private.now() + interval '5 days',"
        " 'rule', of_deal => %s, of_commission => %s, explanation => 'Three wins in one hour.') as h",
        (partner.id, of.get("deal"), of.get("commission")),
    ).fetchone()
    assert hold is not None
    made: dict[str, Any] = hold[0]
    return made


def end(db: Db, hold: dict[str, Any], decision: str = "released") -> None:
    db.execute("select private.end_hold(%s, %s, 'looked at')", (hold["id"], decision))


def test_a_payable_line_goes_back_to_pending_money_and_returns_at_once(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    paid(db, deal, 150_000)
    call(db, "clear_commissions", "worker")
    assert balances(db, partner) == (0, 30_000, 0)
    hold = place(db, partner, deal=deal["id"])
    assert lines_of(db, deal) == [("base", "held", 30_000)]
    assert balances(db, partner) == (30_000, 0, 0)
    assert place(db, partner, deal=deal["id"])["id"] == hold["id"], "the same reason twice is one hold"
    call(db, "clear_commissions", "worker")
    assert lines_of(db, deal) == [("base", "held", 30_000)], "time does not end it (F-07)"
    assert broken_invariants(db) == {}
    end(db, hold)
    assert lines_of(db, deal) == [("base", "payable", 30_000)]
    assert balances(db, partner) == (0, 30_000, 0)
    again = place(db, partner, deal=deal["id"])
    end(db, again)
    assert lines_of(db, deal) == [("base", "payable", 30_000)], "a second time is journalled, too"
    assert broken_invariants(db) == {}


def test_new_money_of_a_held_deal_or_partner_starts_held(db: Db) -> None:
    for whole in (True, False):
        partner = make_partner(db)
        deal = win(db, partner)
        hold = place(db, partner) if whole else place(db, partner, deal=deal["id"])
        paid(db, deal, 50_000)
        assert lines_of(db, deal) == [("base", "held", 10_000)]
        end(db, hold)
        assert lines_of(db, deal) == [("base", "payable", 10_000)]
    assert broken_invariants(db) == {}


def test_two_holds_and_unrelated_money(db: Db) -> None:
    partner = make_partner(db)
    held, free = win(db, partner), win(db, partner)
    for deal in (held, free):
        paid(db, deal, 50_000)
    call(db, "clear_commissions", "worker")
    line = value(db, "select id from commissions where deal_id = %s and not estimate", held["id"])
    first, second = place(db, partner, deal=held["id"]), place(db, partner, commission=line)
    assert lines_of(db, free) == [("base", "payable", 10_000)], "unrelated commissions keep flowing (F-08)"
    end(db, first)
    assert lines_of(db, held) == [("base", "held", 10_000)], "the other hold still stands"
    end(db, second)
    assert lines_of(db, held) == [("base", "payable", 10_000)]


def test_a_hold_is_decided_once_and_never_rewritten(db: Db) -> None:
    partner = make_partner(db)
    hold = place(db, partner)
    with expect_refusal(db, "22023", "required"):
        db.execute("select private.end_hold(%s, 'released', ' ')", (hold["id"],))
    end(db, hold)
    end(db, hold)
    with expect_refusal(db, "PT409", "wrong_state"):
        end(db, hold, "upheld")
    with expect_refusal(db, "42501", "append_only"):
        db.execute("update risk_holds set decision_reason = 'other' where id = %s", (hold["id"],))
    with expect_refusal(db, "42501", "append_only"):
        db.execute("delete from risk_holds where id = %s", (hold["id"],))
    with expect_refusal(db, "PT404", "not_found"):
        db.execute("select private.end_hold(%s, 'released', 'x')", (uuid.uuid4(),))


def test_a_suspension_sets_the_money_aside_and_a_pause_does_not(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    paid(db, deal, 50_000)

    def become(status: str) -> None:
        call(db, "set_status", schema="private", owner=partner.id, wanted=status, why="test")

    become("inactive")
    call(db, "clear_commissions", "worker")
    assert lines_of(db, deal) == [("base", "payable", 10_000)]
    become("suspended")
    assert lines_of(db, deal) == [("base", "held", 10_000)]
    assert rows(db, "select reason_code, decided_at from risk_holds where partner_id = %s", partner.id) == [
        ("partner_suspended", None)
    ]
    become("active")
    assert lines_of(db, deal) == [("base", "payable", 10_000)]
    become("terminated")
    assert lines_of(db, deal) == [("base", "held", 10_000)]
    assert broken_invariants(db) == {}

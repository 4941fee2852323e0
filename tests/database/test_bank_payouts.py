"""What partners are told of their money's last steps: what is in the way of a payout, and what their bank did."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    make_partner,
    make_staff,
    rows,
    value,
    worker,
)
from tests.database.payout_support import broken, earn, ready_partner

Db = psycopg.Connection[tuple[Any, ...]]


def standing(db: Db, partner: Person) -> dict[str, Any]:
    with acting(db, partner.actor()):
        found: dict[str, Any] = call(db, "my_payout_standing")
    return found


def tell(db: Db, partner: Person, stripe_payout: str, status: str, **more: Any) -> dict[str, Any]:
    account = value(db, "select stripe_account_id from payout_accounts where partner_id = %s", partner.id)
    with acting(db, worker("payouts")):
        kept: dict[str, Any] = call(
            db,
            "record_bank_payout",
            "worker",
            **{
                "account": account,
                "stripe_payout": stripe_payout,
                "amount": 5_000,
                "currency": "usd",
                "method": "standard",
                "status": status,
                "made_at": "2026-03-01T00:00:00Z",
            }
            | more,
        )
    return kept


def notices(db: Db, partner: Person) -> list[Any]:
    query = "select message from notifications where partner_id = %s and title = 'Your bank refused a payout'"
    return rows(db, query, partner.id)


def test_what_is_in_the_way_and_when_it_ends(db: Db) -> None:
    assert standing(db, make_partner(db))["obstacle"] == "no_payout_account"
    partner = ready_partner(db)
    assert (standing(db, partner)["obstacle"], standing(db, partner)["automatic"]) == (None, True)
    with by_hand(db):
        db.execute(
            "update payout_accounts set destination_changed_at = private.now() where partner_id = %s", (partner.id,)
        )
    waits = standing(db, partner)
    assert (waits["obstacle"], waits["changed"]) == ("destination_hold", "destination")
    assert value(db, "select %s::timestamptz = private.now() + interval '72 hours'", waits["ends_at"])
    with by_hand(db):
        db.execute(
            "update payout_accounts set security_changed_at = private.now() + interval '1 hour' where partner_id = %s",
            (partner.id,),
        )
    assert standing(db, partner)["changed"] == "security"
    call_as(db, make_staff(db, "finance"), "hold_payouts", partner_id=partner.id, reason="Please call us")
    frozen = standing(db, partner)
    assert (frozen["obstacle"], frozen["reasons"], frozen["ends_at"]) == ("payouts_frozen", ["Please call us"], None)
    assert frozen["since"] is not None
    with acting(db, make_staff(db, "support").actor("aal2")), expect_refusal(db, "42501", "partner_not_active"):
        call(db, "my_payout_standing")


def test_a_refusal_is_told_once_and_never_taken_back(db: Db) -> None:
    partner, other = ready_partner(db), ready_partner(db)
    assert tell(db, partner, "po_1", "pending")["duplicate"] is False
    assert tell(db, partner, "po_1", "pending")["duplicate"] is True
    assert tell(db, partner, "po_1", "paid")["status"] == "paid"
    assert tell(db, partner, "po_1", "in_transit")["status"] == "paid", "an older look changes nothing"
    assert notices(db, partner) == []
    refused = {"failure_code": "account_closed", "reason": "The bank account has been closed."}
    assert tell(db, partner, "po_1", "failed", **refused)["status"] == "failed", "banks refuse days after paid, too"
    tell(db, partner, "po_1", "failed", **refused)
    tell(db, partner, "po_1", "paid")
    assert len(notices(db, partner)) == 1
    assert notices(db, partner)[0][0].startswith("The bank account has been closed.")
    with acting(db, partner.actor()):
        assert rows(db, "select stripe_payout_id, status::text from bank_payouts") == [("po_1", "failed")]
    with acting(db, other.actor()):
        assert rows(db, "select stripe_payout_id from bank_payouts") == []
    with expect_refusal(db, "23514", "bank_payout_differs"):
        tell(db, other, "po_1", "canceled")
    assert tell(db, partner, "po_2", "paid", account="acct_unknown") == {"known": False}
    earn(db, other, 10_000)
    with acting(db, other.actor("aal2")):
        payout = call(db, "request_payout", currency="USD", request_id=uuid.uuid4())["id"]
    with expect_refusal(db, "23514", "payout"):
        tell(db, partner, "po_3", "pending", payout=payout)
    assert broken(db) == {}
    with by_hand(db):
        db.execute("update bank_payouts set told_at = null where stripe_payout_id = 'po_1'")
    assert "check_bank_payouts" in broken(db)

"""Verification of deals: by staff, by the client's payment, and in either order."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.database.harness import Person, acting, call, expect_refusal, make_lead, make_partner, make_staff, value


def claimed_deal(db: psycopg.Connection) -> tuple[Person, dict[str, Any]]:
    partner = make_partner(db)
    lead = make_lead(db, partner, f"Client {uuid.uuid4().hex}")
    with acting(db, partner.actor()):
        deal: dict[str, Any] = call(
            db, "claim_win", lead_id=lead, value=150_000, currency="USD", request_id=uuid.uuid4()
        )
    return partner, deal


def test_staff_verify_once_with_one_value(db: psycopg.Connection) -> None:
    _, deal = claimed_deal(db)
    staff = make_staff(db, "finance")
    with acting(db, staff.actor("aal2")):
        for _ in range(2):
            done = call(db, "verify_deal", reference=deal["reference"], contracted_value=140_000)
            assert (done["status"], done["contracted_value"]) == ("verified", 140_000)
        with expect_refusal(db, "PT409", "wrong_state"):
            call(db, "verify_deal", reference=deal["reference"], contracted_value=1)
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "verify_deal", reference="D-NONE", contracted_value=1)


def test_the_contract_may_come_after_the_first_payment(db: psycopg.Connection) -> None:
    _, deal = claimed_deal(db)
    staff = make_staff(db, "finance")
    db.execute("select private.verify_by_payment(%s, 50000)", (deal["id"],))
    assert value(db, "select status::text from deals where id = %s", deal["id"]) == "verified"
    with acting(db, staff.actor("aal2")):
        done = call(db, "verify_deal", reference=deal["reference"], contracted_value=140_000)
    assert done["contracted_value"] == 140_000


def test_the_terms_of_a_win_never_change(db: psycopg.Connection) -> None:
    _, deal = claimed_deal(db)
    with expect_refusal(db, "42501", "frozen_terms"):
        db.execute("update deals set rate_bp = 3000 where id = %s", (deal["id"],))

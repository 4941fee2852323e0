"""What becomes of a payout that Stripe refuses for a reason that nobody foresaw."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from siso_local.settings import Settings
from tests.database.harness import Person, acting, call, rows, value
from tests.workers.payout_support import at_stripe, control, paid, with_balance
from tests.workers.support import wait_for


def ask_while_refused(settings: Settings, db: psycopg.Connection, partner: Person, account: str, code: str) -> str:
    """The payout whose one try Stripe refuses, after the worker has given its job up."""
    refusal = {"kind": "refused", "code": code, "path": "/v1/transfers", "contains": account}
    control(settings, "faults", refusal)
    payout = ask(db, partner)
    dead = "select last_error from ops.outbox where payload ->> 'payout_id' = %s and dead_at is not null"
    assert code in wait_for("the job to be given up", lambda: value(db, dead, payout), 40)
    return payout


def ask(db: psycopg.Connection, partner: Person) -> str:
    with db.transaction(), acting(db, partner.actor("aal2")):
        return str(call(db, "request_payout", currency="USD", request_id=uuid.uuid4())["id"])


def state(db: psycopg.Connection, payout: str) -> tuple[Any, ...]:
    return rows(db, "select status::text, failure_code, failure_message from payouts where id = %s", payout)[0]


def test_the_money_comes_back_and_a_person_is_told(settings: Settings, live: psycopg.Connection) -> None:
    partner, account = with_balance(settings, live, "bank", "starter", 100_000)
    payout = ask_while_refused(settings, live, partner, account, "amount_too_large")
    said = "Stripe did not accept it. We look into it; you need not do anything."
    assert state(live, payout) == ("failed", "amount_too_large", said)
    told = "select message from notifications where partner_id = %s and title = 'Payout failed'"
    assert value(live, told, partner.id) == f"The money is back in your balance. {said}"
    assert at_stripe(settings, account) == ([], [])
    with live.transaction(), acting(live, partner.actor()):
        assert [known["available"] for known in call(live, "earnings_summary")] == [20_000]
    paid(live, ask(live, partner))
    assert at_stripe(settings, account)[0] == [20_000]


def test_what_is_wrong_with_us_undoes_nothing(settings: Settings, live: psycopg.Connection) -> None:
    partner, account = with_balance(settings, live, "bank", "starter", 100_000)
    payout = ask_while_refused(settings, live, partner, account, "api_key_invalid")
    assert state(live, payout) == ("sending", None, None)
    told = "select count(*) from notifications where partner_id = %s and title = 'Payout failed'"
    assert value(live, told, partner.id) == 0

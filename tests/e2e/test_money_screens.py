"""The partner's money in a real browser: paid out within minutes, the fee shown first; a debt after a refund."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pyotp
import pytest
import stripe

from siso_local.settings import Settings, state_dir
from tests.chaos.money import give_balance
from tests.clients.contract_stage import Stage
from tests.database.harness import Person, acting, call, rows, value, worker
from tests.database.money_support import post
from tests.e2e.demo.phone import Phone
from tests.platform.stripe_support import API_VERSION, new_account
from tests.workers.support import wait_for


@pytest.fixture
def phone(settings: Settings) -> Iterator[Phone]:
    with Phone(settings, state_dir() / "money-screens", show=False, slow=False) as running:
        running.started()
        yield running


def with_account(settings: Settings, db: psycopg.Connection, tier: str, method: str) -> tuple[Person, dict[str, str]]:
    """A partner who can sign in, with an authenticator and an account at Stripe."""
    client = stripe.StripeClient(
        settings.stripe_secret_key, stripe_version=API_VERSION, base_addresses={"api": settings.url("stripe")}
    )
    account = new_account(client)
    done = httpx.post(f"{settings.url('stripe')}/_double/accounts/{account}/onboard", json={"method": method})
    assert done.status_code == 200, done.text
    with db.transaction():
        stage = Stage(db, settings)
        partner = stage.partner("money", tier, mfa=True)
        db.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, country)"
            " values (%s, %s, 'ready', 'US')",
            (partner.id, account),
        )
    return partner, stage.people["money"]


def sign_in(phone: Phone, login: dict[str, str]) -> None:
    phone.do(
        "signInToEarnings",
        email=login["email"],
        password=login["password"],
        code=pyotp.TOTP(login["secret"]).now(),
    )


def test_an_instant_payout_shows_its_fee_first(settings: Settings, admin_db: psycopg.Connection, phone: Phone) -> None:
    partner, login = with_account(settings, admin_db, "elite", "debit_card")
    with admin_db.transaction():
        give_balance(admin_db, partner, 200_000)
    sign_in(phone, login)
    says = phone.do("quoteInstant")
    assert "$600.00" in says and "-$6.00" in says and "$594.00" in says
    assert value(admin_db, "select count(*) from payouts where partner_id = %s", partner.id) == 0, (
        "nothing is asked for yet"
    )
    phone.do("confirmInstant")
    made = "select fee from payouts where partner_id = %s and kind = 'instant' and status = 'paid'"
    assert wait_for("the payout", lambda: value(admin_db, made, partner.id), 40) == 600
    way = "select true from bank_payouts where partner_id = %s and method = 'instant'"
    wait_for("the step to the bank", lambda: value(admin_db, way, partner.id), 40)
    httpx.post(f"{settings.url('stripe')}/_double/clock/advance", json={"seconds": 15})
    phone.do("waitForText", text="Arrived in your bank or on your card.", name="instant-arrived")
    assert phone.do("narrow") <= 0


def test_a_debt_after_a_refund_says_why_and_how_it_is_set_off(
    settings: Settings, admin_db: psycopg.Connection, phone: Phone
) -> None:
    partner, login = with_account(settings, admin_db, "starter", "bank")
    with admin_db.transaction():
        give_balance(admin_db, partner, 100_000)
        with acting(admin_db, partner.actor("aal2")):
            call(admin_db, "request_payout", currency="USD", request_id=uuid.uuid4())
    paid = "select true from payouts where partner_id = %s and status = 'paid'"
    wait_for("the payout", lambda: value(admin_db, paid, partner.id), 40)
    with admin_db.transaction():
        refund(admin_db, partner, 40_000)
        give_balance(admin_db, partner, 100_000)
    sign_in(phone, login)
    says = phone.do("readDebts")
    assert "$80.00" in says and "The client got money back after you had been paid." in says
    assert "$200.00 cleared, less $80.00, leaves $120.00." in says
    assert "-$80.00" in phone.do("whyOfDebt")
    assert phone.do("narrow") <= 0


def refund(db: psycopg.Connection, partner: Person, cents: int) -> None:
    """The client of the partner's first deal gets money back."""
    [(source, reference)] = rows(
        db,
        "select payment.source_id, deal.reference from client_payments as payment"
        " join deals as deal on deal.id = payment.deal_id"
        " where deal.partner_id = %s order by payment.created_at limit 1",
        partner.id,
    )
    arguments: dict[str, Any] = {
        "source": "chaos",
        "source_id": uuid.uuid4().hex,
        "payment_source_id": source,
        "deal_reference": reference,
        "amount": cents,
        "currency": "USD",
        "refunded_at": value(db, "select private.now()"),
    }
    with acting(db, worker("commissions")):
        event = call(db, "receive_client_refund", "worker", **arguments)
    post(db, event["id"])

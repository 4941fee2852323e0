"""What journeys through a partner's money share: people with accounts at Stripe, looks at the screen."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx
import psycopg
import pyotp
import stripe

from siso_local.settings import Settings
from tests.clients.contract_stage import Stage
from tests.database.harness import Person, acting, call, rows, value, worker
from tests.database.money_support import post
from tests.e2e.demo.phone import Phone
from tests.platform.stripe_support import API_VERSION, new_account

# What the browser reports of answers that refuse, where a test wants them.
REFUSED = "the server responded with a status of 4"


def control(settings: Settings, path: str, /, **body: Any) -> None:
    done = httpx.post(f"{settings.url('stripe')}/_double/{path}", json=body)
    assert done.status_code == 200, done.text


def with_account(
    settings: Settings, db: psycopg.Connection, tier: str, method: str, country: str = "US"
) -> tuple[Person, dict[str, str]]:
    """A partner who can sign in, with an authenticator and an account at Stripe."""
    client = stripe.StripeClient(
        settings.stripe_secret_key, stripe_version=API_VERSION, base_addresses={"api": settings.url("stripe")}
    )
    account = new_account(client)
    control(settings, f"accounts/{account}/onboard", method=method)
    with db.transaction():
        stage = Stage(db, settings)
        partner = stage.partner("money", tier, mfa=True)
        db.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, country)"
            " values (%s, %s, 'ready', %s)",
            (partner.id, account, country),
        )
    return partner, stage.people["money"]


def sign_in(phone: Phone, login: dict[str, str]) -> None:
    phone.do("signInToEarnings", email=login["email"], password=login["password"], code=code(login))


def code(login: dict[str, str], steps: int = 0) -> str:
    """The code of this half minute, or of ``steps`` later. One counts once, half a minute early or late, too: the next
    one is asked for early, since time can only bring it closer."""
    return pyotp.TOTP(login["secret"]).at(int(time.time()) + 30 * steps)


def well_shown(phone: Phone, name: str, part: str = "body", *, themes: str = "dark") -> None:
    """A picture in each theme of what is on the screen, and nothing that axe or the width of a phone complains of.
    ``part`` is a selector of what has changed since the last look at all of it."""
    assert phone.do("examine", name=name, part=part, themes=themes) == []


BOTH = "dark,light"
CARD, SHEET = "[aria-labelledby=payout-title]", "dialog[open]"


def payout_card(phone: Phone, text: str) -> str:
    said: str = phone.do("read", region="Ready to pay out", text=text)
    return said


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

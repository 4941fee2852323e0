"""Partners with payouts that wait to be sent."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import stripe

from tests.chaos.own_platform import OwnPlatform
from tests.database.harness import Person, acting, call, make_lead, make_partner, worker
from tests.database.money_support import post
from tests.platform.stripe_support import API_VERSION, new_account


def ready_partner(platform: OwnPlatform, db: psycopg.Connection) -> Person:
    """A partner whose account at the Stripe double can receive."""
    client = stripe.StripeClient(
        platform.settings.stripe_secret_key,
        stripe_version=API_VERSION,
        base_addresses={"api": platform.settings.url("stripe")},
    )
    account = new_account(client)
    platform.double(f"accounts/{account}/onboard", {"method": "bank"})
    with db.transaction():
        partner = make_partner(db)
        db.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, country, tax_status)"
            " values (%s, %s, 'ready', 'US', 'complete')",
            (partner.id, account),
        )
    return partner


def request_payout(db: psycopg.Connection, partner: Person, deal_value: int) -> str:
    """Wins a deal, lets the client pay, clears the commission and asks for its payout; the payout's id.

    All by the real functions, in one transaction.
    """
    with db.transaction():
        give_balance(db, partner, deal_value)
        with acting(db, partner.actor("aal2")):
            payout: dict[str, Any] = call(db, "request_payout", currency="USD", request_id=uuid.uuid4())
    return str(payout["id"])


def give_balance(db: psycopg.Connection, partner: Person, deal_value: int) -> None:
    lead = make_lead(db, partner)
    with acting(db, partner.actor()):
        deal = call(db, "claim_win", lead_id=lead, value=deal_value, currency="USD", request_id=uuid.uuid4())
    with acting(db, worker("commissions")):
        stored = call(
            db,
            "receive_client_payment",
            "worker",
            source="chaos",
            source_id=str(uuid.uuid4()),
            deal_reference=deal["reference"],
            instalment=1,
            amount=deal_value,
            currency="USD",
            cleared_at=datetime.now(UTC) - timedelta(days=31),
        )
        post(db, stored["id"])
        call(db, "clear_commissions", "worker")

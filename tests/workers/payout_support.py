"""What tests of payouts through worker and Stripe double share."""

from __future__ import annotations

from typing import Any

import httpx
import psycopg
import stripe

from siso_local.settings import Settings
from tests.chaos.money import give_balance
from tests.database.harness import Person, make_partner, value
from tests.platform.stripe_support import API_VERSION, new_account
from tests.workers.support import wait_for


def control(settings: Settings, path: str, body: dict[str, Any] | None = None) -> Any:
    url = f"{settings.url('stripe')}/_double/{path}"
    answer = httpx.get(url) if body is None else httpx.post(url, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def with_balance(
    settings: Settings, db: psycopg.Connection, method: str, tier: str, deal_value: int
) -> tuple[Person, str]:
    """A partner who has earned their share of a deal, and the account at Stripe that is paid out by ``method``."""
    client = stripe.StripeClient(
        settings.stripe_secret_key, stripe_version=API_VERSION, base_addresses={"api": settings.url("stripe")}
    )
    account = new_account(client)
    control(settings, f"accounts/{account}/onboard", {"method": method})
    with db.transaction():
        partner = make_partner(db, tier=tier)
        db.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, country, tax_status)"
            " values (%s, %s, 'ready', 'US', 'complete')",
            (partner.id, account),
        )
        give_balance(db, partner, deal_value)
    return partner, account


def at_stripe(settings: Settings, account: str) -> tuple[list[int], list[tuple[int, str]]]:
    """Amounts of the transfers to an account, and its payouts (amount, method)."""
    objects = control(settings, "state")["objects"]
    transfers = [made["amount"] for made in objects["transfer"] if made["destination"] == account]
    externals = {made["id"] for made in objects["external_account"] if made["account"] == account}
    payouts = [(made["amount"], made["method"]) for made in objects["payout"] if made["destination"] in externals]
    return sorted(transfers), payouts


def paid(db: psycopg.Connection, payout: str) -> None:
    query = "select true from payouts where id = %s and status = 'paid'"
    wait_for("the payout to be paid", lambda: value(db, query, payout), 40)

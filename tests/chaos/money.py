"""Partners with payouts that wait to be sent, and the books at the end."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import stripe

from tests.chaos.own_platform import OwnPlatform
from tests.database.harness import Person, acting, call, make_lead, make_partner, value, worker
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
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, country)"
            " values (%s, %s, 'ready', 'US')",
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


def unpaid(db: psycopg.Connection) -> int:
    return int(value(db, "select count(*) from public.payouts where status <> 'paid'"))


def open_jobs(db: psycopg.Connection) -> int:
    """Payouts' and events' jobs that are neither done nor dead."""
    query = (
        "select count(*) from ops.outbox join ops.topics using (topic)"
        " where worker = 'payouts' and done_at is null and dead_at is null"
    )
    return int(value(db, query))


def differences(platform: OwnPlatform, db: psycopg.Connection) -> Iterator[str]:
    """Everything that is not as it must be at the end; nothing when all is well."""
    state: Any = platform.double("state")
    paid: dict[str, int] = dict(db.execute("select id::text, amount - fee from public.payouts").fetchall())
    transfers = [t for t in state["objects"]["transfer"] if t["metadata"].get("payout_id") in paid]
    counts = Counter(t["metadata"]["payout_id"] for t in transfers)
    for payout, amount in paid.items():
        if counts[payout] != 1:
            yield f"payout {payout} has {counts[payout]} transfers"
        elif [t["amount"] for t in transfers if t["metadata"]["payout_id"] == payout] != [amount]:
            yield f"payout {payout} was sent with another amount"
    if len(transfers) != len(state["objects"]["transfer"]):
        yield "there are transfers that no payout asked for"
    cash = value(db, "select coalesce(sum(balance), 0) from ledger.accounts where kind = 'stripe_cash'")
    if -cash != sum(t["amount"] for t in transfers):
        yield f"the ledger says {-cash} left Stripe, Stripe says {sum(t['amount'] for t in transfers)}"
    if not state["totals"]["conserved"]:
        yield f"the double's money is not conserved: {state['totals']}"
    for status, count in db.execute("select status, count(*) from public.payouts group by 1").fetchall():
        if status != "paid":
            yield f"{count} payouts are {status}"
    for (view,) in db.execute(
        "select viewname from pg_views where schemaname = 'private' and viewname like 'check\\_%' order by 1"
    ).fetchall():
        found = db.execute(f"select to_jsonb(c) from private.{view} as c limit 3".encode()).fetchall()  # noqa: S608
        if found:
            yield f"{view}: {[row[0] for row in found]}"
    if count := open_jobs(db):
        yield f"{count} jobs are still open"

"""Wiring of the payouts worker."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from pydantic import SecretStr

from workers.core.app import create_app
from workers.core.database import Database
from workers.core.jobs import Handler
from workers.core.settings import WorkerSettings
from workers.core.stripe_client import STRIPE, new_client, store_event
from workers.payouts.adapters import StripeInstantPayouts, StripeTransfers
from workers.payouts.bank import BankPayouts
from workers.payouts.instant import InstantPayouts
from workers.payouts.reconcile import Reconciliation
from workers.payouts.reconcile_stripe import StripeMovements
from workers.payouts.reversals import Reversals
from workers.payouts.service import Payouts


class Settings(WorkerSettings):
    stripe_api_base: str = STRIPE
    # Transfers and payouts, write; balance and accounts, read. No other worker has it.
    stripe_secret_key: SecretStr
    stripe_webhook_secret_platform: SecretStr


def build(settings: Settings) -> FastAPI:
    database = Database(settings)
    stripe_client = new_client(settings.stripe_secret_key, settings.stripe_api_base)
    connected = StripeInstantPayouts(stripe_client)
    instant = InstantPayouts(database, connected)
    reconciliation = Reconciliation(database, StripeMovements(stripe_client), seconds=settings.lease_seconds / 3)
    transfers = StripeTransfers(stripe_client)
    reversals = Reversals(database, transfers)
    payouts = Payouts(database, transfers, instant, reversals, BankPayouts(database, connected))
    handlers: dict[str, Handler] = {
        "payout.send": payouts.send,
        "payout.instant": instant.send,
        "payout.run": payouts.run,
        "payout.reverse": reversals.send,
        "stripe.event": payouts.stripe_event,
        "stripe.reconcile": reconciliation.run,
    }
    app = create_app("payouts", settings, database, handlers)

    @app.post("/hooks/stripe/platform")
    async def platform_events(request: Request) -> Mapping[str, object]:
        """Stripe's snapshot events of the platform account."""
        return await store_event(request, settings.stripe_webhook_secret_platform, "platform", database)

    return app

"""Wiring of the accounts worker."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from pydantic import SecretStr

from workers.accounts.adapters import StripeAccounts
from workers.accounts.service import Accounts
from workers.core.app import create_app
from workers.core.database import Database
from workers.core.settings import WorkerSettings
from workers.core.stripe_client import STRIPE, new_client, store_event


class Settings(WorkerSettings):
    pwa_url: str
    stripe_api_base: str = STRIPE
    # Accounts v2 wants a secret key; it can make accounts and links, so it stays in this small service.
    stripe_accounts_key: SecretStr
    stripe_webhook_secret_connect: SecretStr
    stripe_webhook_secret_thin: SecretStr


def build(settings: Settings) -> FastAPI:
    database = Database(settings)
    stripe_client = new_client(settings.stripe_accounts_key, settings.stripe_api_base)
    accounts = Accounts(database, StripeAccounts(stripe_client), settings.pwa_url)
    app = create_app("accounts", settings, database, {"account.link": accounts.link, "account.event": accounts.event})

    @app.post("/hooks/stripe/connect")
    async def connect_events(request: Request) -> Mapping[str, object]:
        """Stripe's snapshot events of connected accounts."""
        return await store_event(request, settings.stripe_webhook_secret_connect, "connect", database)

    @app.post("/hooks/stripe/thin")
    async def thin_events(request: Request) -> Mapping[str, object]:
        """Stripe's thin events of v2 accounts."""
        return await store_event(request, settings.stripe_webhook_secret_thin, "thin", database)

    return app

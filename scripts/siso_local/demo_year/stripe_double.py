"""Stripe in the year: the platform's own double, spoken to by the workers' SDK clients without a network in between, on
the day that is played, in one transaction of its store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import stripe

from siso_local.demo_year.stage import Stage
from siso_local.settings import Settings, state_dir
from siso_local.stripe import accounts, payouts
from siso_local.stripe.api import Api, load_contract
from siso_local.stripe.app import START_BALANCE
from siso_local.stripe.onboarding import complete
from siso_local.stripe.schedule import run_due
from siso_local.stripe.store import Store
from siso_local.stripe.world import World
from workers.core.stripe_client import API_VERSION


def contract_folder() -> Path:
    return state_dir() / "stripe"


class _InProcess(stripe.HTTPXClient):
    """The SDK's own HTTP client, with the double behind it."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._client_async = httpx.AsyncClient(transport=httpx.ASGITransport(app=api))


class StripeDouble:
    def __init__(self, stage: Stage, settings: Settings) -> None:
        self.stage = stage
        folder = contract_folder()
        self.world = World(Store(folder / "stripe.sqlite3"), settings.url("stripe"), START_BALANCE)
        api = Api(self.world, load_contract(folder), settings.stripe_secret_key, latency=0)
        stripe.enable_telemetry = False
        self.client = stripe.StripeClient(
            settings.stripe_secret_key,
            stripe_version=API_VERSION,
            base_addresses={"api": settings.url("stripe")},
            http_client=_InProcess(api),
        )

    @contextmanager
    def year(self) -> Iterator[None]:
        """An empty world at first (what was there belonged to a killed play); kept when the block ends well."""
        with self.world.store.transaction():
            self.world.reset()
            yield

    @contextmanager
    def today(self) -> Iterator[None]:
        with self.world.clock.at(int(self.stage.now.timestamp())):
            yield

    def pass_time(self) -> None:
        """What is due by now: payouts from the partners' balances to their banks."""
        with self.today():
            while run_due(self.world):
                pass

    def onboard(self, account: str, method: str) -> None:
        """What a person does on Stripe's pages. ``method`` is one of ``externals.METHODS``."""
        with self.today():
            complete(self.world, accounts.find(self.world, account), method)

    def change_bank(self, account: str) -> None:
        """Another bank account, one that works, in the place of the old one."""
        with self.today():
            payouts.replace_bank(self.world, accounts.find(self.world, account), "bank")

    def webhooks(self) -> list[tuple[str, dict[str, object]]]:
        """What Stripe has to tell since the last time: endpoint and event. They count as delivered now."""
        rows = self.world.store.execute(
            "select id, endpoint, body from deliveries where delivered_at is null and dead_at is null order by id"
        )
        now = int(self.stage.now.timestamp())
        self.world.store.execute(
            "update deliveries set attempts = 1, delivered_at = ?, last_result = '200' where delivered_at is null", now
        )
        return [(row["endpoint"], json.loads(row["body"])) for row in rows]

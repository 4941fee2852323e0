"""Puts the double together: API, pages, control and the background work, as one ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from siso_local.settings import Settings, state_dir

# Importing these modules registers their operations.
from siso_local.stripe import accounts, events, externals, money, onboarding, payouts, topups, transfers  # noqa: F401
from siso_local.stripe.api import Api, load_contract
from siso_local.stripe.control import Control
from siso_local.stripe.delivery import Endpoint, Sender
from siso_local.stripe.log import log
from siso_local.stripe.pages import Pages
from siso_local.stripe.schedule import run_due
from siso_local.stripe.store import Store
from siso_local.stripe.world import World

START_BALANCE = {"usd": 100_000_000, "eur": 100_000_000, "gbp": 100_000_000, "jpy": 100_000_000}  # minor units
TICK_SECONDS = 1.0


def endpoints_for(settings: Settings) -> list[Endpoint]:
    """Where webhooks go: ``STRIPE_WEBHOOKS``, or the workers of this platform."""
    configured = os.environ.get("STRIPE_WEBHOOKS")
    if configured:
        return [Endpoint.model_validate(entry) for entry in json.loads(configured)]
    paths = {"platform": "payouts/hooks/stripe/platform", "connect": "accounts/hooks/stripe/connect"}
    paths["thin"] = "accounts/hooks/stripe/thin"
    return [
        Endpoint(kind=kind, url=f"{settings.api_url}/workers/{path}", secret=settings.stripe_webhook_secrets[kind])
        for kind, path in paths.items()
    ]


class Double:
    """The ASGI application. ``/v1`` and ``/v2`` go straight to the API, which must be able to break a connection."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        balance = json.loads(os.environ.get("STRIPE_START_BALANCE", json.dumps(START_BALANCE)))
        self.world = World(Store(folder / "stripe.sqlite3"), settings.url("stripe"), balance)
        latency = float(os.environ.get("STRIPE_LATENCY_MS", "15")) / 1000
        self.api = Api(self.world, load_contract(folder), settings.stripe_secret_key, latency)
        self.sender = Sender(self.world, endpoints_for(settings))
        control = Control(self.world, self.api.faults, self.sender)
        routes = [Route("/health", self.health), *control.routes(), *Pages(self.world).routes()]
        self.site = Starlette(routes=routes, lifespan=self._lifespan)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self.sender.run()), asyncio.create_task(self._tick())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _tick(self) -> None:
        """Lets due things happen as real time passes, too."""
        while True:
            try:
                if run_due(self.world):
                    self.world.wake_sender()
            except Exception as error:  # one bad object must not stop time for all others
                log("tick_failed", error=repr(error))
            await asyncio.sleep(TICK_SECONDS)

    async def health(self, _request: Request) -> Response:
        try:
            self.world.store.meta("started")
        except sqlite3.Error as error:
            return JSONResponse({"status": "down", "reason": str(error)}, 503)
        return JSONResponse({"status": "ok"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.site(scope, receive, send)
            return
        started = time.monotonic()
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")[:100]
        seen = {"status": 0, "request_id": given or str(uuid4()), "stripe_request_id": None, "replayed": False}

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                seen["status"] = message["status"]
                seen["replayed"] = b"idempotent-replayed" in headers
                seen["stripe_request_id"] = headers.get(b"request-id", b"").decode() or None
                message["headers"] = [*message["headers"], (b"x-request-id", str(seen["request_id"]).encode("latin-1"))]
            await send(message)

        is_api = scope["path"].startswith(("/v1/", "/v2/"))
        try:
            await (self.api if is_api else self.site)(scope, receive, watch)
        finally:
            took = round((time.monotonic() - started) * 1000)
            if scope["path"] != "/health":
                log("request", method=scope["method"], path=_safe_path(scope["path"]), ms=took, **seen)


def _safe_path(path: str) -> str:
    """Tokens of links and sessions open pages, so they stay out of the log."""
    parts = path.split("/")
    if parts[1:2] in (["connect"], ["express"]) and len(parts) > 3:
        parts[3] = "…"
    return "/".join(parts)


def build() -> Double:
    return Double(Settings.load(), state_dir() / "stripe")

"""``/_double``: what a test or a demo may do that no client of Stripe can. JSON bodies, loopback only.

A JSON content type is demanded of every change, because a foreign web page cannot send one without asking first (CORS).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from siso_local.stripe import accounts, payouts, topups
from siso_local.stripe.delivery import Endpoint, Sender
from siso_local.stripe.errors import StripeError, invalid, no_such
from siso_local.stripe.events import LOST
from siso_local.stripe.faults import Fault, Faults
from siso_local.stripe.money import balance_of, check_currency, totals
from siso_local.stripe.onboarding import complete
from siso_local.stripe.schedule import run_due
from siso_local.stripe.views import v1_view
from siso_local.stripe.world import DAY, World, public


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Advance(Strict):
    seconds: int = Field(default=0, ge=0)
    hours: int = Field(default=0, ge=0)
    days: int = Field(default=0, ge=0, le=3660)


class Fund(Strict):
    amount: int = Field(ge=1)
    currency: str


class Onboard(Strict):
    method: str = "bank"
    tax_number: str | None = "000-00-0000"


class Tax(Strict):
    """What Stripe makes of the account's tax number, and the number where one is given."""

    state: str = Field(pattern="^(unasked|required|pending|rejected|complete)$")
    number: str | None = None


class Status(Strict):
    """``active``, ``restricted`` or ``pending``; ``due`` names what the account owes."""

    status: str = Field(pattern="^(active|restricted|pending)$")
    due: list[str] = []


class WebhookOptions(Strict):
    duplicates: bool | None = None
    shuffle: bool | None = None
    loss: int | None = Field(default=None, ge=0, le=100)  # of a hundred events, how many are never sent
    paused: bool | None = None
    endpoints: list[Endpoint] | None = None


class Control:
    def __init__(self, world: World, faults: Faults, sender: Sender) -> None:
        self.world, self.faults, self.sender = world, faults, sender

    def routes(self) -> list[Route]:
        table: list[tuple[str, str, Callable[[Request], Awaitable[Any]]]] = [
            ("GET", "/_double/faults", self.list_faults),
            ("POST", "/_double/faults", self.add_fault),
            ("DELETE", "/_double/faults", self.clear_faults),
            ("GET", "/_double/clock", self.clock),
            ("POST", "/_double/clock/advance", self.advance),
            ("POST", "/_double/reset", self.reset),
            ("GET", "/_double/totals", self.totals),
            ("GET", "/_double/state", self.state),
            ("POST", "/_double/fund", self.fund),
            ("GET", "/_double/webhooks", self.webhooks),
            ("POST", "/_double/webhooks", self.set_webhooks),
            ("GET", "/_double/deliveries", self.deliveries),
            ("POST", "/_double/events/{id}/resend", self.resend),
            ("POST", "/_double/accounts/{id}/onboard", self.onboard),
            ("POST", "/_double/accounts/{id}/status", self.set_status),
            ("POST", "/_double/accounts/{id}/tax", self.set_tax),
        ]
        return [Route(path, self._guarded(endpoint), methods=[verb]) for verb, path, endpoint in table]

    def _guarded(self, endpoint: Callable[[Request], Awaitable[Any]]) -> Callable[[Request], Awaitable[Response]]:
        async def run(request: Request) -> Response:
            is_json = request.headers.get("content-type", "").startswith("application/json")
            if request.method == "POST" and not is_json:
                return JSONResponse({"error": {"message": "Send application/json."}}, 415)
            try:
                result = await endpoint(request)
            except ValidationError as error:
                return JSONResponse({"error": {"message": str(error)}}, 400)
            except StripeError as error:
                return JSONResponse(error.body(), error.status)
            self.world.wake_sender()
            return JSONResponse(result)

        return run

    async def list_faults(self, _request: Request) -> Any:
        return {"faults": [fault.model_dump() for fault in self.faults.waiting]}

    async def add_fault(self, request: Request) -> Any:
        fault = Fault.model_validate_json(await request.body())
        self.faults.waiting.append(fault)
        return fault.model_dump()

    async def clear_faults(self, _request: Request) -> Any:
        self.faults.waiting.clear()
        return {"faults": []}

    async def clock(self, _request: Request) -> Any:
        return {"now": self.world.clock.now(), "iso": self.world.clock.iso()}

    async def advance(self, request: Request) -> Any:
        step = Advance.model_validate_json(await request.body())
        self.world.clock.advance(step.seconds + step.hours * 3600 + step.days * DAY)
        steps = 0
        while done := run_due(self.world):
            steps += done
            await asyncio.sleep(0)
        return {"now": self.world.clock.now(), "iso": self.world.clock.iso(), "steps": steps}

    async def reset(self, _request: Request) -> Any:
        self.world.reset()
        self.faults.waiting.clear()
        return totals(self.world)

    async def totals(self, _request: Request) -> Any:
        return totals(self.world)

    async def state(self, _request: Request) -> Any:
        owners = [row["id"] for row in self.world.store.execute("select id from objects where kind = 'account'")]
        kinds = ("account", "external_account", "transfer", "transfer_reversal", "payout", "topup")
        return {
            "now": self.world.clock.now(),
            "totals": totals(self.world),
            "balances": {owner or "platform": balance_of(self.world, owner) for owner in ["", *owners]},
            "objects": {kind: [public(row) for row in self.world.store.find(kind)] for kind in kinds},
        }

    async def fund(self, request: Request) -> Any:
        wanted = Fund.model_validate_json(await request.body())
        with self.world.store.transaction():
            topup = topups.start(self.world, wanted.amount, check_currency(wanted.currency), {}, delay=0)
        run_due(self.world)
        return public(self.world.store.get("topup", topup["id"]) or topup)

    async def webhooks(self, _request: Request) -> Any:
        shown = [endpoint.model_dump(exclude={"secret"}) for endpoint in self.sender.endpoints]
        return {"options": self.world.store.meta("webhook_options", {}), "endpoints": shown}

    async def set_webhooks(self, request: Request) -> Any:
        """Options are kept; endpoints (with secrets) replace the configured ones until the double ends."""
        wanted = WebhookOptions.model_validate_json(await request.body())
        if wanted.endpoints is not None:
            self.sender.endpoints = wanted.endpoints
        options = self.world.store.meta("webhook_options", {})
        self.world.store.set_meta(
            "webhook_options", options | wanted.model_dump(exclude={"endpoints"}, exclude_none=True)
        )
        return await self.webhooks(request)

    async def deliveries(self, _request: Request) -> Any:
        rows = self.world.store.execute(
            "select event_id, endpoint, attempts, delivered_at, dead_at, last_result"
            " from deliveries order by id desc limit 500"
        )
        counts = self.world.store.execute(
            "select count(*) filter (where delivered_at is null and dead_at is null) as waiting,"
            " count(*) filter (where last_result = ? and endpoint = 'platform') as lost,"
            " count(distinct event_id) filter (where last_result like '2__' and endpoint = 'platform') as delivered"
            " from deliveries",
            LOST,
        )
        return {**counts[0], "deliveries": rows}

    async def resend(self, request: Request) -> Any:
        rows = self.world.store.execute(
            "select endpoint, body from deliveries where event_id = ? limit 1", request.path_params["id"]
        )
        if not rows:
            raise no_such("event", request.path_params["id"])
        self.world.store.execute(
            "insert into deliveries (event_id, endpoint, body, next_at) values (?, ?, ?, ?)",
            request.path_params["id"],
            rows[0]["endpoint"],
            rows[0]["body"],
            time.time(),
        )
        return {"resent": request.path_params["id"]}

    async def onboard(self, request: Request) -> Any:
        """What a person does on the onboarding or dashboard page, in one step."""
        wanted = Onboard.model_validate_json(await request.body())
        with self.world.store.transaction():
            account = accounts.find(self.world, request.path_params["id"])
            if account["closed"]:
                raise invalid("The account is closed.")
            if account["details_submitted"]:
                payouts.replace_bank(self.world, account, wanted.method)
            else:
                complete(self.world, account, wanted.method, wanted.tax_number)
        return v1_view(self.world, accounts.find(self.world, request.path_params["id"]))

    async def set_status(self, request: Request) -> Any:
        wanted = Status.model_validate_json(await request.body())
        with self.world.store.transaction():
            account = accounts.find(self.world, request.path_params["id"])
            accounts.set_state(self.world, account, status=wanted.status, due=wanted.due)
        return v1_view(self.world, accounts.find(self.world, request.path_params["id"]))

    async def set_tax(self, request: Request) -> Any:
        wanted = Tax.model_validate_json(await request.body())
        with self.world.store.transaction():
            account = accounts.find(self.world, request.path_params["id"])
            accounts.set_tax(self.world, account, wanted.state, wanted.number)
        return v1_view(self.world, accounts.find(self.world, request.path_params["id"]))

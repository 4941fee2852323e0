"""Stands between workers and the rest of the world, and lets a test act at a chosen request: before it is passed on, or
after it took effect but before the worker hears of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import httpx
from aiohttp import web

from siso_local.settings import HOST

Stage = Literal["before", "after"]
_HOP = {"host", "content-length", "connection", "transfer-encoding", "keep-alive"}


@dataclass
class Rule:
    """At the next request that is ``step`` and comes from one of ``workers`` (None: from any): ``act`` is told which
    worker sent it. ``drop``: what the worker sent is not passed on (before), or it hears nothing back (after)."""

    step: str
    stage: Stage
    act: Callable[[int], Awaitable[None]]
    drop: bool = True
    name: str = ""
    workers: range | None = None


class Proxy:
    """Worker number n is to use ``url(n)`` for both Supabase and Stripe."""

    def __init__(self, api_url: str, stripe_url: str, workers: int) -> None:
        self._api_url, self._stripe_url = api_url, stripe_url
        self._workers = workers
        self._ports: list[int] = []
        self._runners: list[web.AppRunner] = []
        self._client: httpx.AsyncClient
        self.rules: list[Rule] = []
        self.fired: list[str] = []
        self.stripe_troubles = Counter[str]()  # what workers met instead of an answer of Stripe's

    async def start(self) -> None:
        # A client that never sends again by itself (that of aiohttp does after a GET whose connection broke): a trouble
        # that a worker is to meet would be met here.
        self._client = httpx.AsyncClient(timeout=40, limits=httpx.Limits(max_connections=None))
        for number in range(self._workers):
            app = web.Application(client_max_size=2**22)
            app.router.add_route("*", "/{path:.*}", self._handler(number))
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
            await runner.setup()
            await web.TCPSite(runner, HOST, 0).start()
            self._ports.append(runner.addresses[0][1])
            self._runners.append(runner)

    async def stop(self) -> None:
        for runner in self._runners:
            await runner.cleanup()
        await self._client.aclose()

    def url(self, number: int) -> str:
        return f"http://{HOST}:{self._ports[number]}"

    def _handler(self, number: int) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                body = await request.read()
            except ConnectionResetError:
                return self._silence(request)  # killed in the middle of a word
            step = step_of(request.method, request.path)
            if await self._fire(step, "before", number):
                return self._silence(request)
            of_stripe = request.path.startswith(("/v1/", "/v2/"))
            base = self._stripe_url if of_stripe else self._api_url
            headers = {k: v for k, v in request.headers.items() if k.lower() not in _HOP}
            try:
                async with self._client.stream(
                    request.method, base + request.raw_path, headers=headers, content=body
                ) as answer:
                    content = b"".join([part async for part in answer.aiter_raw()])
            except httpx.TransportError:
                self.stripe_troubles["no answer"] += of_stripe
                return self._silence(request)  # the same trouble for the worker
            if of_stripe and (answer.status_code >= 500 or answer.status_code in (409, 429)):
                self.stripe_troubles[str(answer.status_code)] += 1
            if await self._fire(step, "after", number):
                return self._silence(request)
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in _HOP}
            return web.Response(status=answer.status_code, headers=kept, body=content)

        return handle

    def _silence(self, request: web.Request) -> web.Response:
        if request.transport:
            request.transport.abort()
        return web.Response(status=502)

    async def _fire(self, step: str, stage: Stage, number: int) -> bool:
        """Does the first rule that fits, once; whether the request or its answer is lost."""
        for rule in self.rules:
            if (rule.step, rule.stage) == (step, stage) and (rule.workers is None or number in rule.workers):
                self.rules.remove(rule)
                self.fired.append(rule.name or f"{stage} {step}")
                await rule.act(number)
                return rule.drop
        return False


def step_of(method: str, path: str) -> str:
    """``begin_payout`` for a call of the database, ``POST transfers`` for one of Stripe."""
    if path.startswith("/rest/v1/rpc/"):
        return path.rsplit("/", 1)[1]
    return f"{method} {path.removeprefix('/v1/').split('/')[0]}"

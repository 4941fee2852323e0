"""Sends queued webhooks: signed by the SDK's own signer, retried until the receiver says 2xx.

The queue is in the store, so what was queued before the double died is sent when it is back. Secrets are looked up when
a message is sent and are never stored in the queue.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import time
from typing import Any

import httpx
from pydantic import BaseModel
from stripe import WebhookSignature

from siso_local.stripe.log import log
from siso_local.stripe.world import World

RETRY_SECONDS = (0.2, 1.0, 3.0, 10.0, *[30.0] * 60)  # half an hour in all; Stripe itself tries for three days
TIMEOUT_SECONDS = 10.0
PARALLEL = 8


class Endpoint(BaseModel):
    """Where webhooks of one kind go: ``platform``, ``connect`` or ``thin``; ``events`` are exact types or ``*``."""

    kind: str
    url: str
    secret: str
    events: list[str] = ["*"]


class Sender:
    def __init__(self, world: World, endpoints: list[Endpoint]) -> None:
        self.world = world
        self.endpoints = endpoints
        self._wake = asyncio.Event()
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        world.wake_sender = self._wake.set

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as client:
            while True:
                self._wake.clear()
                try:
                    pause = self._start_due(client)
                except sqlite3.Error as error:
                    log("sender_failed", error=repr(error))
                    pause = 1.0
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)

    def _start_due(self, client: httpx.AsyncClient) -> float:
        """Starts what is due and returns the seconds until the next look."""
        if self.world.store.meta("webhook_options", {}).get("paused"):
            return 1.0
        rows = self.world.store.execute(
            "select * from deliveries where delivered_at is null and dead_at is null order by next_at, id limit 200"
        )
        now = time.time()
        for row in rows:
            if row["id"] in self._busy:
                continue
            if row["next_at"] > now:
                return min(1.0, float(row["next_at"]) - now)
            if len(self._busy) >= PARALLEL:
                return 1.0  # a finished one wakes us
            self._busy.add(row["id"])
            task = asyncio.create_task(self._deliver(client, row))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return 1.0

    async def _deliver(self, client: httpx.AsyncClient, row: dict[str, Any]) -> None:
        kind = json.loads(row["body"])["type"]
        wanted = [
            endpoint
            for endpoint in self.endpoints
            if endpoint.kind == row["endpoint"] and any(name in ("*", kind) for name in endpoint.events)
        ]
        result = "no endpoint"
        delivered = True
        for endpoint in wanted:
            ok, result = await self._post(client, endpoint, row["body"])
            delivered = delivered and ok
        log(
            "webhook",
            event_id=row["event_id"],
            type=kind,
            endpoint=row["endpoint"],
            attempt=row["attempts"] + 1,
            result=result,
        )
        attempts, now = row["attempts"] + 1, time.time()
        dead = not delivered and attempts > len(RETRY_SECONDS)
        pause = 0.0 if delivered or dead else RETRY_SECONDS[attempts - 1]
        self.world.store.execute(
            "update deliveries set attempts = ?, last_result = ?, delivered_at = ?, dead_at = ?, next_at = ?"
            " where id = ?",
            attempts,
            result,
            now if delivered else None,
            now if dead else None,
            now + pause,
            row["id"],
        )
        self._busy.discard(row["id"])
        self._wake.set()

    async def _post(self, client: httpx.AsyncClient, endpoint: Endpoint, body: str) -> tuple[bool, str]:
        # Signed with the real time, whatever the virtual clock says: receivers check the age of the signature.
        signature = WebhookSignature.generate_signature_header(body, endpoint.secret)
        headers = {"content-type": "application/json; charset=utf-8", "stripe-signature": signature}
        try:
            answer = await client.post(endpoint.url, content=body.encode(), headers=headers)
        except httpx.HTTPError as error:
            return False, type(error).__name__
        return answer.is_success, str(answer.status_code)

"""Use cases of the notifications worker."""

from __future__ import annotations

import asyncio
from typing import Any

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job, RetryJobError
from workers.notifications.adapters import PushSender
from workers.notifications.domain import Outcome, PushMessage, compose, has_usable_keys, is_allowed

_log = logs.get("notifications")


class Notifications:
    def __init__(self, database: Database, sender: PushSender, pwa_url: str, allowed_hosts: list[str]) -> None:
        self._database = database
        self._sender = sender
        self._pwa_url = pwa_url
        self._allowed_hosts = allowed_hosts

    async def push(self, job: Job) -> None:
        """Sends one notification to every device that has not got it yet. Repeating sends only what is missing."""
        note_id = job.payload["notification_id"]
        work = await self._database.call("push_job", notification=note_id)
        if work is None:
            raise DeadJobError("there is no such notification")
        message = compose(work["notification"], work["unread"], self._pwa_url)
        outcomes = await asyncio.gather(
            *(self._one(note_id, target, message) for target in work["subscriptions"]), return_exceptions=True
        )
        # All have ended before the job is given back, so that none is still being sent to when it comes again.
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        if Outcome.LATER in outcomes:
            raise RetryJobError("a push service did not take the message")

    async def _one(self, note_id: str, target: dict[str, Any], message: PushMessage) -> Outcome:
        status: int | None = None
        if not is_allowed(target["endpoint"], self._allowed_hosts):
            _log.warning("not a push service: subscription dropped", subscription=target["id"])
            outcome = Outcome.GONE
        elif not has_usable_keys(target["p256dh"], target["auth"]):
            _log.warning("keys of no use: subscription dropped", subscription=target["id"])
            outcome = Outcome.GONE
        else:
            outcome, status = await self._sender.send(target["endpoint"], target["p256dh"], target["auth"], message)
        if outcome is not Outcome.LATER:
            await self._database.call(
                "record_push", notification=note_id, subscription=target["id"], answer=outcome.value, code=status
            )
        return outcome

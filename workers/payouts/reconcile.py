"""Nightly reconciliation: reads what Stripe has moved, page by page, and lets the database compare it with the books.

Where a run stands is written down with each page, so a worker that is killed costs one page. Memory holds one page.
"""

from __future__ import annotations

import time
from typing import Any

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import Job
from workers.payouts.reconcile_stripe import StripeMovements

_log = logs.get("payouts.reconcile")


class Reconciliation:
    """``seconds`` is how long one job may read before it hands over to the next: well below its lease."""

    def __init__(self, database: Database, stripe: StripeMovements, seconds: float) -> None:
        self._database = database
        self._stripe = stripe
        self._seconds = seconds

    async def run(self, job: Job) -> None:
        """Goes on with the open run, or begins one."""
        ends = time.monotonic() + self._seconds
        asked_by = job.payload.get("asked_by")
        place: dict[str, Any] = await self._database.call("begin_reconciliation", asked_by=asked_by)
        while place["stream"] != "done":
            if time.monotonic() > ends:
                await self._database.call("hand_over_reconciliation", run=place["run"])
                _log.info("reconciliation handed over", run=place["run"], stream=place["stream"])
                return
            page = await self._stripe.page(place["stream"], place["created_from"], place["place"])
            place = await self._database.call(
                "save_reconciliation_page",
                run=place["run"],
                page_stream=place["stream"],
                movements=page.movements,
                page_end=page.end,
                more=page.more,
            )
        result: dict[str, Any] = await self._database.call("finish_reconciliation", run=place["run"])
        tell = _log.error if result["open"] else _log.info
        tell("Stripe and ledger compared", **result)

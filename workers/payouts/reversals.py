"""Taking a transfer back, for fraud, after two people said so; and noticing what was taken back at Stripe itself."""

from __future__ import annotations

from typing import Any

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job, RetryJobError
from workers.payouts.adapters import StripeTransfers, TransferRefusedError, TransferUnknownError
from workers.payouts.domain import is_our_fault

_log = logs.get("payouts.reversals")


class Reversals:
    def __init__(self, database: Database, stripe: StripeTransfers) -> None:
        self._database = database
        self._stripe = stripe

    async def send(self, job: Job) -> None:
        """Asks Stripe for the reversal. Request and key are committed before the call; an old key is used no more."""
        reversal = job.payload["reversal_id"]
        begun: dict[str, Any] = await self._database.call("begin_reversal", reversal=reversal)
        if begun["action"] == "skip":
            return
        if begun["action"] == "look":
            await self.follow(begun["transfer"])
            begun = await self._database.call("begin_reversal", reversal=reversal)
            if begun["action"] == "look":
                # Stripe has none and has forgotten the key: two people decide anew.
                await self._refused(reversal, "attempt_too_old", "Stripe never made it.")
            return
        try:
            made = await self._stripe.reverse(begun["transfer"], begun["request"], begun["idempotency_key"])
        except TransferUnknownError as error:
            raise RetryJobError(f"outcome unknown, same key again: {error}") from error
        except TransferRefusedError as error:
            if is_our_fault(error.code):
                raise DeadJobError(f"Stripe refused: {error}") from error
            await self._refused(reversal, error.code, error.message)
            return
        await self._database.call(
            "record_reversal", reversal=reversal, stripe_reversal=made["id"], reversed_amount=made["amount"]
        )

    async def _refused(self, reversal: str, code: str, message: str) -> None:
        await self._database.call("reversal_refused", reversal=reversal, code=code, message=message)
        _log.warning("Stripe did not take the transfer back", reversal=reversal, code=code)

    async def follow(self, transfer: str) -> None:
        """Writes down every reversal that Stripe has of a transfer."""
        reversals = [
            {
                "id": made["id"],
                "amount": made["amount"],
                "reversal_id": (made.get("metadata") or {}).get("reversal_id"),
            }
            for made in await self._stripe.reversals(transfer)
        ]
        found = await self._database.call("found_reversals", transfer=transfer, reversals=reversals)
        if found["strange"]:
            _log.warning("a transfer was taken back at Stripe", transfer=transfer, count=found["strange"])

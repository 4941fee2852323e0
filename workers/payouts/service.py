"""Use cases of the payouts worker. Money moves once: everything is written down before Stripe is called."""

from __future__ import annotations

from typing import Any

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job, RetryJobError
from workers.payouts.adapters import StripeTransfers, TransferRefusedError, TransferUnknownError
from workers.payouts.bank import BankPayouts
from workers.payouts.domain import GIVEN_BACK, Next, next_step
from workers.payouts.instant import InstantPayouts
from workers.payouts.reversals import Reversals

_log = logs.get("payouts")


class Payouts:
    def __init__(
        self,
        database: Database,
        stripe: StripeTransfers,
        instant: InstantPayouts,
        reversals: Reversals,
        bank: BankPayouts,
    ) -> None:
        self._database = database
        self._stripe = stripe
        self._instant = instant
        self._reversals = reversals
        self._bank = bank

    async def send(self, job: Job) -> None:
        """Sends one payout. May be killed and repeated at any point without paying twice.

        ``begin_payout`` commits request and key before the call. While Stripe remembers the key (24 hours) the call is
        repeated with it and gives the same transfer; for an older or a refused attempt Stripe is asked first.
        """
        payout = job.payload["payout_id"]
        begun: dict[str, Any] = await self._database.call("begin_payout", payout=payout)
        if begun["action"] == "check_instant":
            await self._instant.check(payout, begun["account"], begun["currency"])
            begun = await self._database.call("begin_payout", payout=payout, settled=True)
        if begun["action"] == "reconcile":
            found = await self._stripe.find(payout, begun["request"]["transfer_group"])
            if found:
                await self._record(payout, found)
                return
            begun = await self._database.call("restart_payout_attempt", payout=payout, seen_attempt=begun["attempt"])
        if begun["action"] == "confirm":
            await self._confirm(begun["transfer"])
            return
        if begun["action"] != "send":
            _log.info("payout not sent", payout=payout, action=begun["action"])
            return
        try:
            transfer = await self._stripe.transfer(begun["request"], begun["idempotency_key"])
        except TransferUnknownError as error:
            raise RetryJobError(f"outcome unknown, same key again: {error}") from error
        except TransferRefusedError as error:
            await self._refused(payout, begun["attempt"], error)
            return
        await self._record(payout, transfer)

    async def _record(self, payout: str, transfer: dict[str, Any]) -> None:
        recorded = await self._database.call(
            "record_transfer",
            payout=payout,
            transfer=transfer["id"],
            transfer_amount=transfer["amount"],
            transfer_currency=transfer["currency"],
        )
        _log.info("transfer recorded", payout=payout, transfer=transfer["id"], duplicate=recorded["duplicate"])

    async def _refused(self, payout: str, attempt: int, error: TransferRefusedError) -> None:
        step = next_step(error.code)
        if step is not Next.ALARM:
            back = step is Next.GIVE_BACK
            await self._database.call(
                "payout_refused",
                payout=payout,
                seen_attempt=attempt,
                code=error.code,
                message=GIVEN_BACK if back else error.message,
                next="fail" if back else "park",
            )
        if step is Next.PARK_FOR_FUNDS:
            raise RetryJobError("our balance at Stripe is too low")
        if step in (Next.ALARM, Next.GIVE_BACK):
            raise DeadJobError(f"Stripe refused: {error}")

    async def run(self, job: Job) -> None:
        """One batch of a payout run. The database makes the job for the next one in the same transaction."""
        batch = await self._database.call("run_payout_batch", run=job.payload["run_id"])
        _log.info("batch of a payout run", run=job.payload["run_id"], **batch)

    async def stripe_event(self, job: Job) -> None:
        """Acts on one stored event. What the event says is a hint: the object is fetched from Stripe."""
        stored = await self._database.call("stripe_event", inbound_event_id=job.payload["inbound_event_id"])
        if stored is None:
            raise DeadJobError("there is no such stored event")
        event = stored["event"]
        kind, subject = event["type"], event["data"]["object"]
        if kind in ("transfer.created", "transfer.updated", "transfer.reversed"):
            await self._confirm(subject["id"])
        if kind == "transfer.reversed":
            await self._reversals.follow(subject["id"])
        if kind.startswith("payout."):
            await self._instant.event(event)
            await self._bank.event(event)
        await self._database.call("stripe_event_done", inbound_event_id=job.payload["inbound_event_id"])

    async def _confirm(self, transfer_id: str) -> None:
        transfer = await self._stripe.retrieve(transfer_id)
        payout = (transfer.get("metadata") or {}).get("payout_id")
        if payout is None:
            _log.warning("a transfer that we did not make", transfer=transfer_id)
            return
        confirmed = await self._database.call(
            "confirm_transfer",
            payout=payout,
            transfer=transfer["id"],
            transfer_amount=transfer["amount"],
            transfer_currency=transfer["currency"],
        )
        _log.info("transfer confirmed", payout=payout, transfer=transfer_id, status=confirmed["status"])

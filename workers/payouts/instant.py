"""Instant payouts: after the transfer, Stripe is asked to pay the partner's own account out within minutes."""

from __future__ import annotations

from typing import Any

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job, RetryJobError
from workers.payouts.adapters import StripeInstantPayouts, TransferRefusedError, TransferUnknownError
from workers.payouts.domain import is_our_fault, takes_instant, why_not_instant

_log = logs.get("payouts.instant")


class InstantPayouts:
    def __init__(self, database: Database, stripe: StripeInstantPayouts) -> None:
        self._database = database
        self._stripe = stripe

    async def check(self, payout: str, account: str, currency: str) -> None:
        """Before the transfer: where Stripe says no already, the payout becomes a standard one without a fee."""
        if not takes_instant(await self._stripe.externals(account), currency):
            await self._fall_back(payout, why_not_instant("instant_payouts_unsupported"))

    async def send(self, job: Job) -> None:
        """After the transfer. May be killed and repeated at any point: request and key are committed before the call,
        a fee is given back at most once."""
        payout = job.payload["payout_id"]
        begun: dict[str, Any] = await self._database.call("begin_instant", payout=payout)
        if begun["action"] == "skip":
            return
        account = begun["account"]
        if begun["action"] == "confirm":
            made = await self._stripe.retrieve(account, begun["stripe_payout"])
        elif begun["action"] == "look":
            found = await self._stripe.find(account, payout)
            if found is None:
                await self._fall_back(payout, why_not_instant(None))
                return
            made = found
        else:
            try:
                made = await self._stripe.pay(account, begun["request"], begun["idempotency_key"])
            except TransferUnknownError as error:
                raise RetryJobError(f"outcome unknown, same key again: {error}") from error
            except TransferRefusedError as error:
                if is_our_fault(error.code):
                    raise DeadJobError(f"Stripe refused: {error}") from error
                await self._fall_back(payout, why_not_instant(error.code))
                return
        if not await self._keep(payout, made):
            raise RetryJobError("on its way: look again")

    async def _keep(self, payout: str, made: dict[str, Any]) -> bool:
        """Writes down what Stripe says of the payout now; whether that was its last word."""
        state = made["status"]
        if state in ("failed", "canceled"):
            await self._database.call("record_instant", payout=payout, stripe_payout=made["id"], arrived=False)
            await self._fall_back(payout, why_not_instant(made.get("failure_code")))
            return True
        await self._database.call("record_instant", payout=payout, stripe_payout=made["id"], arrived=state == "paid")
        return bool(state == "paid")

    async def _fall_back(self, payout: str, reason: str) -> None:
        done = await self._database.call("fall_back_to_standard", payout=payout, reason=reason)
        _log.info("fell back to standard", payout=payout, reason=reason, duplicate=done["duplicate"])

    async def event(self, event: dict[str, Any]) -> None:
        """A payout of a connected account changed. Automatic ones are not ours; what the event says is a hint."""
        payout = (event["data"]["object"].get("metadata") or {}).get("payout_id")
        if payout is None or event["data"]["object"].get("method") != "instant":
            return
        begun = await self._database.call("begin_instant", payout=payout)
        if begun["action"] == "confirm":
            await self._keep(payout, await self._stripe.retrieve(begun["account"], begun["stripe_payout"]))

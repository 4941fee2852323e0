"""The last step, from a partner's account at Stripe to their bank: Stripe takes it, we keep and tell its outcome."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from workers.core import logs
from workers.core.database import Database
from workers.payouts.adapters import StripeInstantPayouts
from workers.payouts.domain import why_bank_refused

_log = logs.get("payouts.bank")


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


class BankPayouts:
    def __init__(self, database: Database, stripe: StripeInstantPayouts) -> None:
        self._database = database
        self._stripe = stripe

    async def event(self, event: dict[str, Any]) -> None:
        """A payout of a connected account changed. What the event says is a hint: the payout is fetched."""
        account = event.get("account")
        if account is None:
            return  # of the platform itself, to SISO's own bank
        made = await self._stripe.retrieve(account, event["data"]["object"]["id"])
        failed = made["status"] == "failed"
        kept = await self._database.call(
            "record_bank_payout",
            account=account,
            stripe_payout=made["id"],
            amount=made["amount"],
            currency=made["currency"],
            method=made.get("method") or "standard",
            status=made["status"],
            made_at=_moment(made["created"]),
            arrives_at=_moment(made.get("arrival_date")),
            payout=(made.get("metadata") or {}).get("payout_id"),
            failure_code=made.get("failure_code"),
            reason=why_bank_refused(made.get("failure_code")) if failed else None,
        )
        _log.info("payout to a bank", **{"stripe_payout": made["id"]} | kept)

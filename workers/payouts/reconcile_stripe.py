"""What Stripe has moved: transfers, and the balance transactions of transfers and of their reversals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import stripe

from workers.core.jobs import DeadJobError, RetryJobError
from workers.core.stripe_client import outcome_is_unknown

PAGE = 100


@dataclass(frozen=True)
class Page:
    """``end`` is the id after which the next page begins."""

    movements: list[dict[str, Any]]
    end: str | None
    more: bool


class StripeMovements:
    def __init__(self, client: stripe.StripeClient) -> None:
        self._client = client

    async def page(self, stream: str, created_from: int, after: str | None) -> Page:
        """One page, newest first, of what was created at or after ``created_from`` (Stripe's seconds).

        ``transfers`` lists transfers; ``transfer`` and ``transfer_refund`` list balance transactions of that type,
        since Stripe has no list of all reversals.
        """
        wanted: dict[str, Any] = {"limit": PAGE, "created": {"gte": created_from}}
        if after:
            wanted["starting_after"] = after
        listed: Any
        try:
            if stream == "transfers":
                listed = await self._client.v1.transfers.list_async(wanted)  # type: ignore[arg-type]
            else:
                wanted |= {"type": stream, "expand": ["data.source"]}
                listed = await self._client.v1.balance_transactions.list_async(wanted)  # type: ignore[arg-type]
        except stripe.StripeError as error:
            if outcome_is_unknown(error):
                raise RetryJobError(f"Stripe does not answer: {type(error).__name__} {error.http_status}") from error
            raise DeadJobError(f"Stripe refuses to list: {error}") from error
        rows = [dict(row.to_dict()) for row in listed.data]
        read = read_transfer if stream == "transfers" else read_balance_transaction
        return Page([read(row) for row in rows], rows[-1]["id"] if rows else None, bool(listed.has_more))


def read_transfer(transfer: dict[str, Any]) -> dict[str, Any]:
    """A row of the mirror from Stripe's transfer."""
    return {
        "id": transfer["id"],
        "kind": "transfer",
        "transfer_id": transfer["id"],
        "payout_id": (transfer.get("metadata") or {}).get("payout_id"),
        "amount": transfer["amount"],
        "currency": transfer["currency"],
        "destination": transfer["destination"],
        "amount_reversed": transfer.get("amount_reversed") or 0,
        "created": transfer["created"],
    }


def read_balance_transaction(entry: dict[str, Any]) -> dict[str, Any]:
    """A row of the mirror from a balance transaction whose source (transfer or reversal) is expanded."""
    source = entry["source"]
    if source["object"] == "transfer":
        row = read_transfer(source)
    else:
        row = {
            "id": source["id"],
            "kind": "reversal",
            "transfer_id": source["transfer"],
            "amount": source["amount"],
            "currency": source["currency"],
            "created": source["created"],
        }
    return row | {"balance_amount": entry["amount"], "balance_currency": entry["currency"]}

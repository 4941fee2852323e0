"""What an answer of Stripe's means for a payout: pure decisions, no calls."""

from __future__ import annotations

from enum import Enum
from typing import Any


class Next(Enum):
    """What to do with a payout after Stripe said no for good."""

    PARK_FOR_ACCOUNT = "the account cannot receive: wait until it is ready"
    PARK_FOR_FUNDS = "our balance is too low: try again later"
    ALARM = "nobody foresaw this: stop and tell a person"


_ACCOUNT_CODES = frozenset(
    {
        "insufficient_capabilities_for_transfer",
        "payouts_not_allowed",
        "account_closed",
        "account_invalid",
        "transfers_not_allowed",
    }
)


def next_step(code: str | None) -> Next:
    """By Stripe's error code."""
    if code in _ACCOUNT_CODES:
        return Next.PARK_FOR_ACCOUNT
    if code == "balance_insufficient":
        return Next.PARK_FOR_FUNDS
    return Next.ALARM


def is_for(payout_id: str, transfer: dict[str, Any]) -> bool:
    """Whether a transfer was made for this payout (we write the id into its metadata)."""
    return (transfer.get("metadata") or {}).get("payout_id") == payout_id

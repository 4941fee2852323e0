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


# Why an instant payout is not possible, as the partner reads it.
_NO_INSTANT = "Your bank or card does not take instant payouts."
_INSTANT_REFUSALS = {
    "instant_payouts_unsupported": _NO_INSTANT,
    "instant_payouts_config_disabled": _NO_INSTANT,
    "instant_payouts_currency_disabled": "Instant payouts do not exist for this currency and bank.",
    "instant_payouts_limit_exceeded": "Today's limit for instant payouts is used up.",
    "payouts_limit_exceeded": "Today's limit for instant payouts is used up.",
    "payouts_not_allowed": "Your payout account does not take payouts at the moment.",
    "bank_account_unusable": "Your bank account or card can no longer be used: add another one.",
    "balance_insufficient": "The money was already on its way by the standard way.",
    "amount_too_small": "The amount is too small for an instant payout.",
}


# Not the partner's bank or account but we are wrong: nothing is decided, a person looks.
_OUR_FAULT = frozenset({"AuthenticationError", "PermissionError", "IdempotencyError", "api_key_invalid"})


def is_our_fault(code: str | None) -> bool:
    """Whether Stripe's no says nothing about the partner or the money."""
    return code in _OUR_FAULT


def why_not_instant(code: str | None) -> str:
    """In a sentence, by Stripe's error or failure code."""
    return _INSTANT_REFUSALS.get(code or "", "Stripe did not allow it this time.")


def takes_instant(externals: list[dict[str, Any]], currency: str) -> bool:
    """Whether the account's own bank account or card for this currency takes instant payouts, as Stripe says."""
    return any(
        "instant" in (external.get("available_payout_methods") or ())
        and external.get("currency", "").lower() == currency.lower()
        and external.get("default_for_currency") is not False
        and external.get("status") != "errored"
        for external in externals
    )

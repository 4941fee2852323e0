"""What an answer of Stripe's means for a payout: pure decisions, no calls."""

from __future__ import annotations

from enum import Enum
from typing import Any


class Next(Enum):
    """What to do with a payout after Stripe said no for good."""

    PARK_FOR_ACCOUNT = "the account cannot receive: wait until it is ready"
    PARK_FOR_FUNDS = "our balance is too low: try again later"
    GIVE_BACK = "nobody foresaw this: the money goes back to the balance, and a person looks"
    ALARM = "SISO is wrong, not the payout: nothing is undone, and a person looks"


_ACCOUNT_CODES = frozenset(
    {
        "insufficient_capabilities_for_transfer",
        "payouts_not_allowed",
        "account_closed",
        "account_invalid",
        "transfers_not_allowed",
    }
)


# Not the partner's bank or account but we are wrong: nothing is decided, a person looks.
_OUR_FAULT = frozenset({"AuthenticationError", "PermissionError", "IdempotencyError", "api_key_invalid"})


def is_our_fault(code: str | None) -> bool:
    """Whether Stripe's no says nothing about the partner or the money."""
    return code in _OUR_FAULT


def next_step(code: str | None) -> Next:
    """By Stripe's error code, or the name of its kind of error where there is none."""
    if code in _ACCOUNT_CODES:
        return Next.PARK_FOR_ACCOUNT
    if code == "balance_insufficient":
        return Next.PARK_FOR_FUNDS
    return Next.ALARM if is_our_fault(code) else Next.GIVE_BACK


# What the partner reads: Stripe's own words are for whoever looks into it.
GIVEN_BACK = "Stripe did not accept it. We look into it; you need not do anything."


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


def why_not_instant(code: str | None) -> str:
    """In a sentence, by Stripe's error or failure code."""
    return _INSTANT_REFUSALS.get(code or "", "Stripe did not allow it this time.")


# Why a bank refuses, as the partner reads it.
_BANK_REFUSALS = {
    "account_closed": "The bank account has been closed.",
    "account_frozen": "The bank account is frozen.",
    "bank_account_restricted": "The bank account does not take payments of this kind.",
    "bank_account_unusable": "The bank account can no longer be used.",
    "bank_ownership_changed": "The bank account belongs to another bank now.",
    "could_not_process": "The bank could not process it.",
    "debit_not_authorized": "The bank account does not allow it.",
    "declined": "The bank declined it.",
    "expired_card": "The card has expired.",
    "incorrect_account_holder_address": "The address of the account's holder is not right.",
    "incorrect_account_holder_name": "The name of the account's holder is not right.",
    "incorrect_account_holder_tax_id": "The tax number of the account's holder is not right.",
    "incorrect_account_type": "The kind of bank account is not right.",
    "invalid_account_number": "The account number is not right.",
    "invalid_account_number_length": "The account number is too long or too short.",
    "invalid_card": "The card number is not right.",
    "invalid_currency": "The bank account does not take this currency.",
    "lost_or_stolen_card": "The card was reported lost or stolen.",
    "no_account": "There is no such bank account.",
    "unsupported_card": "The card does not take payouts.",
}


def why_bank_refused(code: str | None) -> str:
    """In a sentence, by Stripe's failure code of a payout."""
    return _BANK_REFUSALS.get(code or "", "The bank did not say why.")


def takes_instant(externals: list[dict[str, Any]], currency: str) -> bool:
    """Whether the account's own bank account or card for this currency takes instant payouts, as Stripe says."""
    return any(
        "instant" in (external.get("available_payout_methods") or ())
        and external.get("currency", "").lower() == currency.lower()
        and external.get("default_for_currency") is not False
        and external.get("status") != "errored"
        for external in externals
    )

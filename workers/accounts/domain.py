"""What Stripe's account object means for a partner: pure reading, no calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a few hundred models, which this worker does not need while it runs
    from workers.core.database_types import PublicPayoutAccountStatus, PublicTaxStatus


@dataclass(frozen=True)
class AccountState:
    """What we keep of an account: never a number, only what Stripe masks."""

    status: PublicPayoutAccountStatus
    requirements_due: list[str]
    destination_label: str | None
    destination_fingerprint: str | None
    tax_status: PublicTaxStatus


def read_state(account: dict[str, Any], external: dict[str, Any] | None) -> AccountState:
    """From the v2 account (with configuration and requirements included) and its external account."""
    recipient = (account.get("configuration") or {}).get("recipient") or {}
    balance = (recipient.get("capabilities") or {}).get("stripe_balance") or {}
    transfers = (balance.get("stripe_transfers") or {}).get("status")
    entries = (account.get("requirements") or {}).get("entries") or []
    due = sorted({entry["description"] for entry in entries if entry.get("description")})
    status: PublicPayoutAccountStatus
    if account.get("closed"):
        status = "restricted"
    elif transfers == "active":
        status = "ready"
    else:
        status = "restricted" if external else "onboarding"
    return AccountState(
        status=status,
        requirements_due=due,
        destination_label=label(external),
        destination_fingerprint=(external or {}).get("fingerprint"),
        tax_status=read_tax_status(account),
    )


def read_tax_status(account: dict[str, Any]) -> PublicTaxStatus:
    """How Stripe stands to the account's tax number. Of the number itself Stripe shows its type alone, and that is all
    that is looked at here: what is asked for decides first, then whether there is a whole number.
    """
    asked = [
        entry
        for entry in (account.get("requirements") or {}).get("entries") or []
        if _is_about_tax(entry.get("description") or "")
    ]
    if any(entry.get("errors") for entry in asked):
        return "rejected"
    if any(entry.get("awaiting_action_from") != "stripe" for entry in asked):
        return "required"
    if asked:
        return "pending"
    identity = account.get("identity") or {}
    owners = (identity.get("individual") or {}, identity.get("business_details") or {})
    given = [number.get("type") or "" for owner in owners for number in owner.get("id_numbers") or []]
    # The last four digits are enough to know somebody, not to report for them.
    return "complete" if any(kind and not kind.endswith("_last_4") for kind in given) else "unknown"


def _is_about_tax(description: str) -> bool:
    """Whether a requirement names an identification number (v2: ``…id_numbers…``, v1: ``…id_number``, ``….tax_id``)."""
    return any(part.startswith(("id_number", "tax_")) for part in description.split("."))


def label(external: dict[str, Any] | None) -> str | None:
    """How the partner recognises the destination: kind and the last four digits."""
    if external is None:
        return None
    if external.get("object") == "card":
        return f"{external.get('brand') or 'Card'} •••• {external['last4']}"
    return f"{external.get('bank_name') or 'Bank'} •••• {external['last4']}"

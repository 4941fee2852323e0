"""What Stripe's account object means for a partner: pure reading, no calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a few hundred models, which this worker does not need while it runs
    from workers.core.database_types import PublicPayoutAccountStatus


@dataclass(frozen=True)
class AccountState:
    """What we keep of an account: never a number, only what Stripe masks."""

    status: PublicPayoutAccountStatus
    requirements_due: list[str]
    destination_label: str | None
    destination_fingerprint: str | None


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
    )


def label(external: dict[str, Any] | None) -> str | None:
    """How the partner recognises the destination: kind and the last four digits."""
    if external is None:
        return None
    if external.get("object") == "card":
        return f"{external.get('brand') or 'Card'} •••• {external['last4']}"
    return f"{external.get('bank_name') or 'Bank'} •••• {external['last4']}"

"""How an account looks to a client: the v2 object and the v1 object of the same account."""

from __future__ import annotations

from siso_local.stripe import externals
from siso_local.stripe.store import Row
from siso_local.stripe.world import VIEWS, World

INCLUDABLE = (
    "configuration.customer",
    "configuration.merchant",
    "configuration.recipient",
    "defaults",
    "future_requirements",
    "identity",
    "requirements",
)


# Stripe shows of an identification number its type alone. Countries without one here are never asked.
TAX_NUMBERS = {"us": "us_ssn", "ca": "ca_sin", "de": "de_stn", "ch": "ch_oasi"}
TAX_NUMBER = "identity.individual.id_numbers"


def tax_entry(account: Row) -> Row | None:
    """The requirement of a tax number while it is open: due one day, it restricts nothing."""
    if account["tax"] not in ("required", "pending", "rejected"):
        return None
    wrong = {"code": "invalid_tax_id", "description": "The tax number does not match the name."}
    deadline = {"status": "eventually_due"}
    return {
        "awaiting_action_from": "stripe" if account["tax"] == "pending" else "user",
        "description": TAX_NUMBER,
        "errors": [wrong] if account["tax"] == "rejected" else [],
        "impact": {"restricts_capabilities": []},
        "minimum_deadline": deadline,
        "reference": None,
        "requested_reasons": [{"code": "routine_verification"}],
    }


def _id_numbers(account: Row) -> list[Row]:
    kind = TAX_NUMBERS.get(account["country"])
    given = account["tax"] in ("pending", "rejected", "complete")
    return [{"type": kind}] if kind and given else []


def requirement_entries(account: Row) -> list[Row]:
    deadline = {"status": "currently_due"}
    restricts = {
        "capability": "stripe_balance.stripe_transfers",
        "configuration": "recipient",
        "deadline": deadline,
    }
    return [
        {
            "awaiting_action_from": "user",
            "description": name,
            "errors": [],
            "impact": {"restricts_capabilities": [restricts]},
            "minimum_deadline": deadline,
            "reference": None,
            "requested_reasons": [{"code": "routine_onboarding"}],
        }
        for name in account["due"]
    ]


def _requirements(account: Row) -> Row:
    entries = requirement_entries(account)
    tax = tax_entry(account)
    soonest = "currently_due" if entries else "eventually_due"
    entries += [tax] if tax else []
    summary = {"minimum_deadline": {"status": soonest, "time": None}} if entries else None
    return {"alternatives": [], "entries": entries, "summary": summary}


def _recipient(account: Row) -> Row:
    details = [{"code": "requirements_past_due", "resolution": "provide_info"}] if account["status"] != "active" else []
    capability = {"status": account["status"], "status_details": details}
    balance = {"payouts": capability, "stripe_transfers": capability} if account["requested"] else None
    return {"applied": account["recipient"], "capabilities": {"stripe_balance": balance}}


def v2_view(world: World, account: Row, include: list[str]) -> Row:
    """The v2 account. As at Stripe, what is not named in ``include`` is null."""
    configuration: Row | None = None
    if any(name.startswith("configuration.") for name in include):
        recipient = "configuration.recipient" in include and account["recipient"]
        configuration = {"customer": None, "merchant": None, "recipient": _recipient(account) if recipient else None}
    defaults = {
        "currency": account["currency"],
        "locales": [],
        "profile": None,
        "responsibilities": {
            "fees_collector": account["responsibilities"].get("fees_collector"),
            "losses_collector": account["responsibilities"].get("losses_collector"),
            "requirements_collector": "stripe",
        },
    }
    identity = {
        "attestations": None,
        "business_details": None,
        "country": account["country"],
        "entity_type": account["entity_type"],
        "individual": {"account": account["id"], "id_numbers": _id_numbers(account)},
    }
    return {
        "id": account["id"],
        "object": "v2.core.account",
        "applied_configurations": ["recipient"] if account["recipient"] else [],
        "closed": account["closed"],
        "configuration": configuration,
        "contact_email": account["email"],
        "contact_phone": account["phone"],
        "created": world.clock.iso(account["created"]),
        "dashboard": account["dashboard"],
        "defaults": defaults if "defaults" in include else None,
        "display_name": account["display_name"],
        "future_requirements": {"alternatives": [], "entries": [], "minimum_transition_date": None, "summary": None}
        if "future_requirements" in include
        else None,
        "identity": identity if "identity" in include else None,
        "livemode": False,
        "metadata": account["metadata"],
        "requirements": _requirements(account) if "requirements" in include else None,
    }


def v1_view(world: World, account: Row) -> Row:
    ready = account["status"] == "active" and not account["closed"]
    due = account["due"]
    owned = world.store.find("external_account", owner=account["id"])
    requirements = {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": due,
        "disabled_reason": "requirements.past_due" if due and not ready else None,
        "errors": [],
        "eventually_due": due,
        "past_due": due if not ready else [],
        "pending_verification": [],
    }
    by_application = account["responsibilities"].get("losses_collector") == "application"
    collector = "application" if by_application else "stripe"
    return {
        "id": account["id"],
        "object": "account",
        "business_profile": None,
        "business_type": account["entity_type"],
        "capabilities": {"transfers": "active" if ready else "inactive"} if account["requested"] else {},
        "charges_enabled": False,
        "controller": {
            "fees": {"payer": "application" if by_application else "account"},
            "is_controller": True,
            "losses": {"payments": collector},
            "requirement_collection": "stripe",
            "stripe_dashboard": {"type": account["dashboard"]},
            "type": "application",
        },
        "country": account["country"].upper(),
        "created": account["created"],
        "default_currency": account["currency"],
        "details_submitted": account["details_submitted"],
        "email": account["email"],
        "external_accounts": {
            "object": "list",
            "data": [externals.view(row) for row in owned],
            "has_more": False,
            "url": f"/v1/accounts/{account['id']}/external_accounts",
        },
        "future_requirements": requirements
        | {"currently_due": [], "eventually_due": [], "past_due": [], "disabled_reason": None},
        "metadata": account["metadata"],
        "payouts_enabled": ready and bool(owned) and not any(row["status"] == "errored" for row in owned),
        "requirements": requirements,
        "settings": {
            "payouts": {
                "debit_negative_balances": True,
                "schedule": {"interval": account["schedule"]["interval"], "delay_days": 2},
                "statement_descriptor": None,
            }
        },
        "tos_acceptance": {"date": account["created"] if account["details_submitted"] else None},
        "type": "express" if account["dashboard"] == "express" else "none",
    }


VIEWS["account"] = v1_view
VIEWS["external_account"] = lambda world, body: externals.view(body)

"""Connected accounts: one stored object, two views (v2 with configurations, v1 with capabilities)."""

from __future__ import annotations

from typing import Any

from siso_local.stripe import externals
from siso_local.stripe.errors import StripeError, invalid, no_such, not_in_double, refused
from siso_local.stripe.events import emit, emit_thin
from siso_local.stripe.lists import page, page_v2
from siso_local.stripe.schedule import plan_sweep
from siso_local.stripe.store import Row
from siso_local.stripe.views import INCLUDABLE, v1_view, v2_view
from siso_local.stripe.world import PLATFORM, Call, World, new_id, operation

REQUIREMENTS = (
    "identity.individual.given_name",
    "identity.individual.surname",
    "identity.individual.date_of_birth",
    "identity.attestations.terms_of_service.account",
    "defaults.payout_methods",
)
CAPABILITY_EVENT = "v2.core.account[configuration.recipient].capability_status_updated"
REQUIREMENTS_EVENT = "v2.core.account[requirements].updated"


def find(world: World, identifier: str) -> Row:
    account = world.store.get("account", identifier)
    if not account:
        raise no_such("account", identifier)
    return account


def save(world: World, account: Row) -> None:
    world.store.put("account", account)


def merge_metadata(old: dict[str, str], new: Any) -> dict[str, str]:
    """Stripe's rule for metadata: keys are added or replaced, an empty or null value removes a key, '' removes all."""
    if new in ("", None):
        return {}
    kept = {**old, **{key: value for key, value in new.items() if value not in ("", None)}}
    return {key: value for key, value in kept.items() if new.get(key, value) not in ("", None)}


def set_state(world: World, account: Row, *, status: str, due: list[str], onboarded: bool | None = None) -> None:
    """Changes what the account may do and what it owes, and emits the events of v1 and v2 for what really changed."""
    before_status, before_due = account["status"], account["due"]
    account["status"], account["due"] = status, due
    if onboarded is not None:
        account["details_submitted"] = onboarded
    save(world, account)
    plan_sweep(world, account["id"])
    shown = v1_view(world, account)
    if before_due != due:
        emit_thin(world, REQUIREMENTS_EVENT, account["id"])
    if before_status != status:
        emit_thin(world, CAPABILITY_EVENT, account["id"], {"updated_capability": "stripe_balance.stripe_transfers"})
        capability = {
            "id": "transfers",
            "object": "capability",
            "account": account["id"],
            "requested": True,
            "requested_at": account["created"],
            "status": shown["capabilities"].get("transfers", "inactive"),
        }
        emit(world, "capability.updated", capability, account["id"], {"status": before_status})
    emit(world, "account.updated", shown, account["id"], {})


def set_tax(world: World, account: Row, state: str, number: str | None = None) -> None:
    """What Stripe makes of the account's tax number: ``unasked``, ``required``, ``pending``, ``rejected`` or
    ``complete``. A number stays here; clients are shown its type."""
    before = account["tax"]
    account["tax"] = state
    account["_tax_number"] = number or account["_tax_number"]
    save(world, account)
    if before != state:
        emit_thin(world, REQUIREMENTS_EVENT, account["id"])
        emit_thin(world, "v2.core.account[identity].updated", account["id"])
        emit(world, "account.updated", v1_view(world, account), account["id"], {})


# -- v2 --------------------------------------------------------------------------------------------------------------


@operation("POST", "/v2/core/accounts")
def create_account(call: Call) -> Row:
    params = call.params
    configuration = params.get("configuration") or {}
    for name in ("merchant", "customer"):
        if configuration.get(name) is not None:
            raise not_in_double(f"The {name} configuration", param=f"configuration[{name}]")
    identity = params.get("identity") or {}
    country = str(identity.get("country") or "us").lower()
    if country not in externals.COUNTRIES:
        text = f"Accounts in the recipient configuration are not supported in {country.upper()} for this platform."
        raise refused(text, "country_unsupported", "identity[country]")
    defaults = params.get("defaults") or {}
    responsibilities = defaults.get("responsibilities") or {}
    if responsibilities.get("losses_collector") == "application" and responsibilities.get("fees_collector") == "stripe":
        text = "When losses_collector is application, fees_collector must be application, too."
        raise invalid(text, param="defaults[responsibilities][fees_collector]")
    recipient = configuration.get("recipient")
    now = call.clock.now()
    account: Row = {
        "id": new_id("acct"),
        "created": now,
        "country": country,
        "email": params.get("contact_email"),
        "phone": params.get("contact_phone"),
        "display_name": params.get("display_name"),
        "dashboard": params.get("dashboard") or "none",
        "entity_type": identity.get("entity_type") or "individual",
        "currency": defaults.get("currency") or externals.COUNTRIES[country].currency,
        "responsibilities": responsibilities,
        "metadata": merge_metadata({}, params.get("metadata") or {}),
        "recipient": recipient is not None,
        "requested": _requested(recipient),
        "status": "restricted",
        "due": list(REQUIREMENTS),
        "details_submitted": False,
        "tax": "unasked",
        "_tax_number": None,
        "closed": False,
        "schedule": {"interval": "daily", "monthly_payout_days": None, "weekly_payout_days": None},
        "minimum_balances": None,
        "_due": None,
    }
    save(call.world, account)
    emit_thin(call.world, "v2.core.account.created", account["id"])
    return v2_view(call.world, account, params.get("include") or [])


def _requested(recipient: Any) -> bool:
    capabilities = (recipient or {}).get("capabilities") or {}
    for name in capabilities:
        if name != "stripe_balance":
            raise not_in_double(f"The capability {name}", param=f"configuration[recipient][capabilities][{name}]")
    wanted = (capabilities.get("stripe_balance") or {}).get("stripe_transfers") or {}
    return bool(wanted.get("requested"))


@operation("GET", "/v2/core/accounts/{id}")
def retrieve_v2_account(call: Call) -> Row:
    return v2_view(call.world, find(call.world, call.path["id"]), call.params.get("include") or [])


@operation("GET", "/v2/core/accounts")
def list_v2_accounts(call: Call) -> Row:
    wanted = call.params.get("applied_configurations", [])
    rows = [
        v2_view(call.world, row, [])
        for row in call.store.find("account")
        if row["closed"] == call.params.get("closed", False)
        and (not wanted or (row["recipient"] and "recipient" in wanted))
    ]
    filters = {name: call.params[name] for name in ("closed", "applied_configurations") if name in call.params}
    return page_v2(call, rows, "/v2/core/accounts", **filters)


@operation("POST", "/v2/core/accounts/{id}")
def update_v2_account(call: Call) -> Row:
    params = call.params
    account = find(call.world, call.path["id"])
    for ours, name in {"email": "contact_email", "phone": "contact_phone"}.items():
        if name in params:
            account[ours] = params[name]
    for name in ("display_name", "dashboard"):
        if name in params:
            account[name] = params[name]
    if "metadata" in params:
        account["metadata"] = merge_metadata(account["metadata"], params["metadata"])
    identity = params.get("identity") or {}
    if str(identity.get("country", account["country"])).lower() != account["country"]:
        raise refused("The country of an account cannot be changed.", "country_unchangeable", "identity[country]")
    account["entity_type"] = identity.get("entity_type") or account["entity_type"]
    recipient = (params.get("configuration") or {}).get("recipient")
    if recipient is not None:
        account["recipient"], account["requested"] = True, _requested(recipient) or account["requested"]
    save(call.world, account)
    emit_thin(call.world, "v2.core.account.updated", account["id"])
    emit(call.world, "account.updated", v1_view(call.world, account), account["id"], {})
    return v2_view(call.world, account, params.get("include") or [])


@operation("POST", "/v2/core/accounts/{id}/close")
def close_account(call: Call) -> Row:
    account = find(call.world, call.path["id"])
    left = call.store.execute("select sum(amount) as amount from balances where account = ?", account["id"])
    if left and left[0]["amount"]:
        raise StripeError(
            400, "The account still has a balance; it can be closed once that is paid out.", "cannot_proceed"
        )
    account["closed"], account["_due"] = True, None
    set_state(call.world, account, status="restricted", due=[])
    emit_thin(call.world, "v2.core.account.closed", account["id"])
    return v2_view(call.world, account, list(INCLUDABLE))


# -- v1 view ---------------------------------------------------------------------------------------------------------


@operation("GET", "/v1/accounts/{account}")
def retrieve_v1_account(call: Call) -> Row:
    account = call.store.get("account", call.path["account"])
    if not account:
        raise externals.no_account(call.path["account"])
    return v1_view(call.world, account)


@operation("GET", "/v1/account")
def retrieve_current_account(call: Call) -> Row:
    if call.account == PLATFORM:
        return {
            "id": "acct_platform",
            "object": "account",
            "country": "US",
            "default_currency": "usd",
            "type": "standard",
        }
    return v1_view(call.world, find(call.world, call.account))


@operation("GET", "/v1/accounts")
def list_v1_accounts(call: Call) -> Row:
    return page(call, [v1_view(call.world, row) for row in call.store.find("account")], "/v1/accounts")


def is_ready(account: Row) -> bool:
    """Whether transfers may arrive: capability requested and active, account open."""
    return bool(account["requested"] and account["status"] == "active" and not account["closed"])

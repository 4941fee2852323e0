"""Transfers from the platform's balance to connected accounts, and their reversals."""

from __future__ import annotations

from typing import Any

from siso_local.stripe import accounts
from siso_local.stripe.errors import StripeError, invalid, no_such, refused
from siso_local.stripe.events import emit
from siso_local.stripe.lists import page, page_of
from siso_local.stripe.money import check_amount, check_currency, move, refuse
from siso_local.stripe.schedule import plan_sweep
from siso_local.stripe.store import Row
from siso_local.stripe.world import PLATFORM, VIEWS, Call, World, new_id, operation, public

SHOWN_REVERSALS = 10


def _platform_only(call: Call) -> None:
    if call.account != PLATFORM:
        raise StripeError(403, "Connected accounts of this platform cannot make transfers.", "account_invalid")


@operation("POST", "/v1/transfers")
def create_transfer(call: Call) -> Row:
    _platform_only(call)
    refuse(call.params, "source_transaction")
    amount, currency = check_amount(call.params), check_currency(call.params["currency"])
    destination: str = call.params["destination"]
    account = call.store.get("account", destination)
    if not account:
        raise no_such("destination", destination, "destination", status=400)
    if not accounts.is_ready(account):
        text = "Your destination account needs to have at least one of the following capabilities enabled: transfers"
        raise refused(text, "insufficient_capabilities_for_transfer", "destination")
    if call.store.amount(PLATFORM, currency, "available") < amount:
        text = "You have insufficient available funds in your Stripe account to make this transfer."
        raise refused(text, "balance_insufficient")
    identifier = new_id("tr")
    taken = move(call.world, PLATFORM, currency, -amount, kind="transfer", source=identifier)
    move(call.world, destination, currency, amount, kind="payment", source=identifier)
    plan_sweep(call.world, destination)
    transfer: Row = {
        "id": identifier,
        "object": "transfer",
        "amount": amount,
        "amount_reversed": 0,
        "balance_transaction": taken,
        "created": call.clock.now(),
        "currency": currency,
        "description": call.params.get("description"),
        "destination": destination,
        "destination_payment": new_id("py"),
        "livemode": False,
        "metadata": accounts.merge_metadata({}, call.params.get("metadata", {})),
        "reversed": False,
        "source_transaction": None,
        "source_type": call.params.get("source_type", "card"),
        "transfer_group": call.params.get("transfer_group"),
    }
    call.store.put("transfer", transfer)
    emit(call.world, "transfer.created", view(call.world, transfer))
    return view(call.world, transfer)


def view(world: World, transfer: Row) -> Row:
    rows = world.store.find("transfer_reversal", transfer=transfer["id"]) if transfer["amount_reversed"] else []
    reversals = {
        "object": "list",
        "data": [public(row) for row in rows[:SHOWN_REVERSALS]],
        "has_more": len(rows) > SHOWN_REVERSALS,
        "total_count": len(rows),
        "url": f"/v1/transfers/{transfer['id']}/reversals",
    }
    return public(transfer) | {"reversals": reversals}


def _find(call: Call, name: str) -> Row:
    transfer = call.store.get("transfer", call.path[name])
    if not transfer or call.account != PLATFORM:
        raise no_such("transfer", call.path[name])
    return transfer


@operation("GET", "/v1/transfers")
def list_transfers(call: Call) -> Row:
    equal = {name: call.params[name] for name in ("transfer_group", "destination") if name in call.params}
    if call.account != PLATFORM:
        return page(call, [], "/v1/transfers")
    result = page_of(call, "transfer", "/v1/transfers", **equal)
    result["data"] = [view(call.world, row) for row in result["data"]]
    return result


@operation("GET", "/v1/transfers/{transfer}")
def retrieve_transfer(call: Call) -> Row:
    return view(call.world, _find(call, "transfer"))


@operation("POST", "/v1/transfers/{transfer}")
def update_transfer(call: Call) -> Row:
    transfer = _find(call, "transfer")
    before: Row = {name: transfer[name] for name in ("metadata", "description") if name in call.params}
    if "metadata" in call.params:
        transfer["metadata"] = accounts.merge_metadata(transfer["metadata"], call.params["metadata"])
    if "description" in call.params:
        transfer["description"] = call.params["description"]
    call.store.put("transfer", transfer)
    emit(call.world, "transfer.updated", view(call.world, transfer), previous=before)
    return view(call.world, transfer)


@operation("POST", "/v1/transfers/{id}/reversals")
def create_reversal(call: Call) -> Row:
    _platform_only(call)
    transfer = _find(call, "id")
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = check_amount({"amount": left, **call.params}) if left else 0
    if amount == 0:
        raise refused(f"Transfer {transfer['id']} is already fully reversed.", "transfer_already_reversed")
    if amount > left:
        raise invalid(
            f"Reversal amount ({amount}) is greater than unreversed amount on transfer ({left}).", param="amount"
        )
    currency, destination = transfer["currency"], transfer["destination"]
    if call.store.amount(destination, currency, "available") < amount:
        text = "The destination account does not have enough available balance to reverse this transfer."
        raise refused(text, "balance_insufficient")
    identifier = new_id("trr")
    move(call.world, destination, currency, -amount, kind="payment_refund", source=identifier)
    returned = move(call.world, PLATFORM, currency, amount, kind="transfer_refund", source=identifier)
    reversal: Row = {
        "id": identifier,
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": returned,
        "created": call.clock.now(),
        "currency": currency,
        "destination_payment_refund": new_id("pyr"),
        "metadata": accounts.merge_metadata({}, call.params.get("metadata", {})),
        "source_refund": None,
        "transfer": transfer["id"],
    }
    call.store.put("transfer_reversal", reversal)
    before = {"amount_reversed": transfer["amount_reversed"], "reversed": transfer["reversed"]}
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    call.store.put("transfer", transfer)
    emit(call.world, "transfer.reversed", view(call.world, transfer), previous=before)
    return public(reversal)


@operation("GET", "/v1/transfers/{id}/reversals")
def list_reversals(call: Call) -> Row:
    transfer = _find(call, "id")
    rows = call.store.find("transfer_reversal", transfer=transfer["id"])
    return page(call, rows, f"/v1/transfers/{transfer['id']}/reversals")


@operation("GET", "/v1/transfers/{transfer}/reversals/{id}")
def retrieve_reversal(call: Call) -> Row:
    found: Any = call.store.get("transfer_reversal", call.path["id"])
    if not found or found["transfer"] != call.path["transfer"]:
        raise no_such("transfer reversal", call.path["id"])
    return public(found)


VIEWS["transfer"] = view

"""Payouts of connected accounts to their bank account or card: automatic, on request, instant, failing."""

from __future__ import annotations

from siso_local.stripe import accounts, externals
from siso_local.stripe.errors import no_such, not_in_double, refused
from siso_local.stripe.events import emit
from siso_local.stripe.lists import page
from siso_local.stripe.money import check_amount, check_currency, move
from siso_local.stripe.schedule import DUE, next_midnight, pays_out_on, plan_sweep
from siso_local.stripe.store import Row
from siso_local.stripe.views import v1_view
from siso_local.stripe.world import DAY, PLATFORM, Call, World, new_id, operation, public

STANDARD_SECONDS = 2 * DAY
CANCELABLE_SECONDS = 3600  # a standard payout can be cancelled until it is on its way
INSTANT_SECONDS = 10
FAILURES = {"account_closed": "The bank account has been closed."}


@operation("POST", "/v1/payouts")
def create_payout(call: Call) -> Row:
    if call.account == PLATFORM:
        raise not_in_double("A payout from the platform's own balance")
    amount, currency = check_amount(call.params), check_currency(call.params["currency"])
    account = accounts.find(call.world, call.account)
    if not accounts.is_ready(account):
        raise refused("Payouts are not enabled for this account.", "payouts_not_allowed")
    bank = externals.current(call.world, call.account)
    wanted = call.params.get("destination", bank and bank["id"])
    if not bank or wanted != bank["id"]:
        if wanted:
            raise no_such("external account", str(wanted), "destination", status=400)
        raise refused(f"Sorry, you don't have any external accounts in that currency ({currency}).", "invalid_request")
    if bank["status"] == "errored":
        text = "The bank account can no longer be used: a payout to it failed. Add another one."
        raise refused(text, "bank_account_unusable", "destination")
    method = call.params.get("method", "standard")
    if method == "instant" and "instant" not in bank["available_payout_methods"]:
        text = "This external account does not take instant payouts."
        raise refused(text, "instant_payouts_unsupported", "method")
    if call.store.amount(call.account, currency, "available") < amount:
        raise refused("You have insufficient funds in your Stripe account for this payout.", "balance_insufficient")
    return start(
        call.world,
        account,
        bank,
        amount,
        currency,
        method=method,
        description=call.params.get("description"),
        statement_descriptor=call.params.get("statement_descriptor"),
        metadata=accounts.merge_metadata({}, call.params.get("metadata", {})),
    )


def start(
    world: World,
    account: Row,
    bank: Row,
    amount: int,
    currency: str,
    *,
    method: str,
    automatic: bool = False,
    **fields: object,
) -> Row:
    """Takes the money out of the balance and sends it on its way."""
    now = world.clock.now()
    identifier = new_id("po")
    taken = move(world, account["id"], currency, -amount, kind="payout", source=identifier)
    instant = method == "instant"
    payout: Row = {
        "id": identifier,
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": now + (INSTANT_SECONDS if instant else STANDARD_SECONDS),
        "automatic": automatic,
        "balance_transaction": taken,
        "created": now,
        "currency": currency,
        "description": "STRIPE PAYOUT" if automatic else None,
        "destination": bank["id"],
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": method,
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "in_progress" if automatic else "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "pending",
        "trace_id": None,
        "type": bank["object"],
        "_due": now + (INSTANT_SECONDS if instant else CANCELABLE_SECONDS),
    }
    payout |= fields
    world.store.put("payout", payout, owner=account["id"])
    emit(world, "payout.created", payout, account["id"])
    return public(payout)


def _advance_payout(world: World, payout: Row, owner: str) -> None:
    before = {"status": payout["status"]}
    if payout["status"] == "pending" and payout["method"] == "standard":
        payout["status"], payout["_due"] = "in_transit", payout["arrival_date"]
        world.store.put("payout", payout, owner)
        emit(world, "payout.updated", payout, owner, before)
        return
    payout["_due"] = None
    bank = world.store.get("external_account", payout["destination"], owner)
    # A bank account that was removed meanwhile still gets what is on its way, unless it was one that fails.
    failure = bank.get("_failure") if bank else payout.get("_failure")
    if failure:
        _fail(world, payout, owner, bank, failure)
        return
    payout["status"] = "paid"
    payout["trace_id"] = {"status": "supported", "value": payout["id"][-12:]}
    if payout["automatic"]:
        payout["reconciliation_status"] = "completed"
    world.store.put("payout", payout, owner)
    emit(world, "payout.paid", payout, owner, before)


def _fail(world: World, payout: Row, owner: str, bank: Row | None, code: str) -> None:
    before = {"status": payout["status"]}
    source = payout["id"]
    payout["failure_balance_transaction"] = move(
        world, owner, payout["currency"], payout["amount"], kind="payout_failure", source=source
    )
    payout |= {"status": "failed", "failure_code": code, "failure_message": FAILURES[code]}
    world.store.put("payout", payout, owner)
    emit(world, "payout.failed", payout, owner, before)
    if bank:
        bank["status"] = "errored"
        world.store.put("external_account", bank, owner)
        shown = externals.view(bank)
        emit(world, "account.external_account.updated", shown, owner, {"status": "new"})
        emit(world, "account.updated", v1_view(world, accounts.find(world, owner)), owner, {"payouts_enabled": True})


def _sweep(world: World, account: Row, _owner: str) -> None:
    """The automatic payouts of one account on one midnight."""
    moment = int(account["_due"])
    balances = world.store.execute(
        "select * from balances where account = ? and bucket = 'available' and amount > 0", account["id"]
    )
    bank = externals.current(world, account["id"])
    able = accounts.is_ready(account) and bank is not None and bank["status"] != "errored"
    if account["schedule"]["interval"] == "manual" or not balances or not able:
        account["_due"] = None  # the next transfer, a new bank account or another schedule plans anew
        accounts.save(world, account)
        return
    account["_due"] = next_midnight(moment)
    accounts.save(world, account)
    if pays_out_on(account["schedule"], moment):
        for row in balances:
            amount = row["amount"] - (account["minimum_balances"] or {}).get(row["currency"], 0)
            if amount > 0:
                start(world, account, bank or {}, amount, row["currency"], method="standard", automatic=True)


DUE["payout"] = _advance_payout
DUE["account"] = _sweep


def replace_bank(world: World, account: Row, method: str) -> Row:
    """A new bank account or card. Payouts under way remember what the old one would have done to them."""
    old = externals.current(world, account["id"])
    if old:
        for payout in world.store.find("payout", account["id"], destination=old["id"]):
            if payout["_due"] is not None:
                payout["_failure"] = old.get("_failure")
                world.store.put("payout", payout, account["id"])
    fresh = externals.replace(world, account, method)
    plan_sweep(world, account["id"])
    return fresh


def _find(call: Call) -> Row:
    payout = call.store.get("payout", call.path["payout"], owner=call.account)
    if not payout:
        raise no_such("payout", call.path["payout"])
    return payout


@operation("GET", "/v1/payouts")
def list_payouts(call: Call) -> Row:
    equal = {name: call.params[name] for name in ("status", "destination") if name in call.params}
    return page(call, call.store.find("payout", owner=call.account, **equal), "/v1/payouts")


@operation("GET", "/v1/payouts/{payout}")
def retrieve_payout(call: Call) -> Row:
    return public(_find(call))


@operation("POST", "/v1/payouts/{payout}/cancel")
def cancel_payout(call: Call) -> Row:
    payout = _find(call)
    if payout["status"] != "pending" or payout["method"] == "instant" or payout["automatic"]:
        raise refused("Payouts can be cancelled only while they are pending.", "payout_not_cancelable")
    move(call.world, call.account, payout["currency"], payout["amount"], kind="payout_cancel", source=payout["id"])
    payout |= {"status": "canceled", "_due": None}
    call.store.put("payout", payout, call.account)
    plan_sweep(call.world, call.account)
    emit(call.world, "payout.canceled", payout, call.account, {"status": "pending"})
    return public(payout)

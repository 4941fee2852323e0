"""Top-ups of the platform's balance, and the payout schedule of connected accounts (balance settings)."""

from __future__ import annotations

from siso_local.stripe import accounts
from siso_local.stripe.errors import invalid, no_such, not_in_double
from siso_local.stripe.events import emit
from siso_local.stripe.lists import page
from siso_local.stripe.money import balance_of, check_amount, check_currency, move, refuse
from siso_local.stripe.schedule import DUE, plan_sweep
from siso_local.stripe.store import Row
from siso_local.stripe.world import DAY, PLATFORM, Call, World, new_id, operation, public

SETTLES_AFTER = DAY


@operation("POST", "/v1/topups")
def create_topup(call: Call) -> Row:
    if call.account != PLATFORM:
        raise not_in_double("A top-up of a connected account")
    refuse(call.params, "payment_method_options")
    amount, currency = check_amount(call.params), check_currency(call.params["currency"])
    return public(start(call.world, amount, currency, call.params))


def start(world: World, amount: int, currency: str, fields: Row, delay: int = SETTLES_AFTER) -> Row:
    """Money on its way into the platform's balance: pending first, available ``delay`` seconds later."""
    now = world.clock.now()
    identifier = new_id("tu")
    world.store.add("external", currency, "funded", amount)
    incoming = move(
        world, PLATFORM, currency, amount, kind="topup", source=identifier, bucket="pending", available_on=now + delay
    )
    topup: Row = {
        "id": identifier,
        "object": "topup",
        "amount": amount,
        "balance_transaction": incoming,
        "created": now,
        "currency": currency,
        "description": fields.get("description"),
        "expected_availability_date": now + delay,
        "failure_code": None,
        "failure_message": None,
        "initiated_by": "user",
        "livemode": False,
        "metadata": accounts.merge_metadata({}, fields.get("metadata", {})),
        "payment_method": None,
        "payment_method_options": None,
        "source": None,
        "statement_descriptor": fields.get("statement_descriptor"),
        "status": "pending",
        "transfer_group": fields.get("transfer_group"),
        "_due": now + delay,
    }
    world.store.put("topup", topup)
    emit(world, "topup.created", topup)
    return topup


def _settle(world: World, topup: Row, _owner: str) -> None:
    topup |= {"status": "succeeded", "_due": None}
    world.store.put("topup", topup)
    world.store.add(PLATFORM, topup["currency"], "pending", -topup["amount"])
    world.store.add(PLATFORM, topup["currency"], "available", topup["amount"])
    record = world.store.get("balance_transaction", topup["balance_transaction"])
    if record:
        world.store.put("balance_transaction", record | {"status": "available"}, PLATFORM)
    emit(world, "topup.succeeded", topup, previous={"status": "pending"})
    emit(world, "balance.available", balance_of(world, PLATFORM))


DUE["topup"] = _settle


@operation("GET", "/v1/topups")
def list_topups(call: Call) -> Row:
    equal = {name: call.params[name] for name in ("status",) if name in call.params}
    return page(call, call.store.find("topup", **equal) if call.account == PLATFORM else [], "/v1/topups")


@operation("GET", "/v1/topups/{topup}")
def retrieve_topup(call: Call) -> Row:
    found = call.store.get("topup", call.path["topup"])
    if not found:
        raise no_such("topup", call.path["topup"])
    return public(found)


# -- balance settings ------------------------------------------------------------------------------------------------


def _settings_view(account: Row | None) -> Row:
    schedule = account["schedule"] if account else {"interval": "manual"}
    return {
        "object": "balance_settings",
        "payments": {
            "debit_negative_balances": True,
            "payouts": {
                "automatic_transfer_rules_by_currency": {},
                "minimum_balance_by_currency": (account or {}).get("minimum_balances") or {},
                "schedule": {"monthly_payout_days": None, "weekly_payout_days": None} | schedule,
                "statement_descriptor": None,
                "status": "enabled" if account and accounts.is_ready(account) else "disabled",
            },
            "settlement_timing": {"delay_days": 2, "delay_days_override": None, "start_of_day": None},
        },
    }


@operation("GET", "/v1/balance_settings")
def retrieve_balance_settings(call: Call) -> Row:
    return _settings_view(accounts.find(call.world, call.account) if call.account != PLATFORM else None)


@operation("POST", "/v1/balance_settings")
def update_balance_settings(call: Call) -> Row:
    if call.account == PLATFORM:
        raise not_in_double("Changing the platform's own balance settings")
    account = accounts.find(call.world, call.account)
    payments = call.params.get("payments", {})
    refuse(payments, "settlement_timing")
    payouts = payments.get("payouts", {})
    schedule = payouts.get("schedule", {})
    if schedule.get("interval") == "weekly" and not schedule.get("weekly_payout_days"):
        raise invalid("Missing required param: weekly_payout_days.", "parameter_missing", "weekly_payout_days")
    if schedule.get("interval") == "monthly" and not schedule.get("monthly_payout_days"):
        raise invalid("Missing required param: monthly_payout_days.", "parameter_missing", "monthly_payout_days")
    account["schedule"] |= schedule
    if "minimum_balance_by_currency" in payouts:
        account["minimum_balances"] = payouts["minimum_balance_by_currency"] or None
    accounts.save(call.world, account)
    plan_sweep(call.world, account["id"])
    emit(call.world, "balance_settings.updated", _settings_view(account), account["id"], {})
    return _settings_view(account)

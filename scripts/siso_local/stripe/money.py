"""Balances and what moves them. Every movement leaves a balance transaction, and money is neither made nor lost."""

from __future__ import annotations

from typing import Any

from siso_local.stripe.errors import invalid, no_such, not_in_double
from siso_local.stripe.lists import page_of
from siso_local.stripe.store import Row
from siso_local.stripe.world import PLATFORM, Call, World, new_id, operation, public

# Currencies that the double accepts: those of the countries in which Stripe offers self-serve cross-border Connect,
# and some.
CURRENCIES = frozenset(
    "usd eur gbp cad chf aud nzd sgd hkd jpy sek nok dkk pln czk ron huf bgn isk inr brl mxn".split()  # noqa: SIM905
)
MAX_AMOUNT = 99_999_999
REPORTING = {"transfer": "transfer", "transfer_refund": "transfer_reversal", "payment": "charge", "topup": "topup"}


def check_currency(currency: str) -> str:
    """Stripe takes currencies in lower or upper case and shows them in lower case."""
    if currency.lower() not in CURRENCIES:
        raise invalid(f"Invalid currency: {currency}.", param="currency")
    return currency.lower()


def check_amount(params: dict[str, Any], param: str = "amount") -> int:
    """A positive amount in minor units, at most eight digits, as Stripe allows."""
    if param not in params:
        raise invalid(f"Missing required param: {param}.", "parameter_missing", param)
    amount = int(params[param])
    if amount < 1:
        raise invalid("This value must be greater than or equal to 1.", "parameter_invalid_integer", param)
    if amount > MAX_AMOUNT:
        raise invalid(f"Amount must be no more than {MAX_AMOUNT}.", "amount_too_large", param)
    return amount


def move(
    world: World,
    account: str,
    currency: str,
    amount: int,
    *,
    kind: str,
    source: str,
    bucket: str = "available",
    available_on: int | None = None,
) -> str:
    """Adds a signed amount to a balance and returns the id of the balance transaction that records it."""
    world.store.add(account, currency, bucket, amount)
    now = world.clock.now()
    identifier = new_id("txn")
    world.store.put(
        "balance_transaction",
        {
            "id": identifier,
            "object": "balance_transaction",
            "amount": amount,
            "available_on": available_on or now,
            "balance_type": "payments",
            "created": now,
            "currency": currency,
            "description": None,
            "exchange_rate": None,
            "fee": 0,
            "fee_details": [],
            "net": amount,
            "reporting_category": REPORTING.get(kind, kind),
            "source": source,
            "status": "available" if bucket == "available" else "pending",
            "type": kind,
        },
        owner=account,
    )
    return identifier


def totals(world: World) -> dict[str, Any]:
    """Per currency: what came in, where it is, what left. ``difference`` is 0 in a sound world."""
    result: dict[str, dict[str, int]] = {}

    def line(currency: str) -> dict[str, int]:
        return result.setdefault(currency, {"funded": 0, "platform": 0, "connected": 0, "paid_out": 0, "difference": 0})

    for row in world.store.execute("select * from balances"):
        where = {"external": "funded", PLATFORM: "platform"}.get(row["account"], "connected")
        line(row["currency"])[where] += row["amount"]
    gone = world.store.execute(
        "select json_extract(body, '$.currency') as currency, sum(json_extract(body, '$.amount')) as amount"
        " from objects where kind = 'payout' and json_extract(body, '$.status') in ('pending', 'in_transit', 'paid')"
        " group by 1"
    )
    for row in gone:
        line(row["currency"])["paid_out"] += row["amount"]
    for entry in result.values():
        entry["difference"] = entry["funded"] - entry["platform"] - entry["connected"] - entry["paid_out"]
    return {"currencies": result, "conserved": all(entry["difference"] == 0 for entry in result.values())}


def balance_of(world: World, account: str) -> Row:
    rows = world.store.execute("select * from balances where account = ? order by currency", account)

    def bucket(name: str) -> list[Row]:
        return [
            {"amount": row["amount"], "currency": row["currency"], "source_types": {"card": row["amount"]}}
            for row in rows
            if row["bucket"] == name
        ] or [{"amount": 0, "currency": "usd", "source_types": {"card": 0}}]

    result: Row = {
        "object": "balance",
        "available": bucket("available"),
        "livemode": False,
        "pending": bucket("pending"),
    }
    if account == PLATFORM:
        return result | {"connect_reserved": []}
    externals = world.store.find("external_account", owner=account)
    instant = [e["id"] for e in externals if "instant" in e["available_payout_methods"] and e["status"] != "errored"]
    result["instant_available"] = [
        entry
        | {
            "net_available": [
                {"amount": entry["amount"], "destination": identifier, "source_types": entry["source_types"]}
                for identifier in instant
            ]
        }
        for entry in result["available"]
        if instant
    ]
    return result


@operation("GET", "/v1/balance")
def retrieve_balance(call: Call) -> Row:
    return balance_of(call.world, call.account)


@operation("GET", "/v1/balance_transactions")
def list_balance_transactions(call: Call) -> Row:
    equal = {name: call.params[name] for name in ("currency", "source", "type") if name in call.params}
    return page_of(call, "balance_transaction", "/v1/balance_transactions", owner=call.account, **equal)


@operation("GET", "/v1/balance_transactions/{id}")
def retrieve_balance_transaction(call: Call) -> Row:
    found = call.store.get("balance_transaction", call.path["id"], owner=call.account)
    if not found:
        raise no_such("balance transaction", call.path["id"])
    return public(found)


def refuse(params: dict[str, Any], *names: str) -> None:
    """A clear no to parameters that Stripe knows and the double does not act upon."""
    for name in names:
        if name in params:
            raise not_in_double(f"The parameter {name}", param=name)

"""Where a connected account's money goes: test bank accounts and debit cards, by country.

Numbers are made up in the form of Stripe's test numbers and never stored: an external account keeps the last four
digits, a fingerprint (equal for equal numbers, so that two partners with one bank account are noticed) and, for numbers
that fail, the failure that payouts will meet. Each new account or card has its own number, except ``shared_bank``.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, NamedTuple

from siso_local.stripe.errors import StripeError, invalid, no_such
from siso_local.stripe.events import emit
from siso_local.stripe.lists import page
from siso_local.stripe.store import Row
from siso_local.stripe.world import Call, World, new_id, operation, public


class Country(NamedTuple):
    currency: str
    routing: str | None
    good: str
    failing: str
    card: bool  # debit cards that take instant payouts exist here


# Self-serve cross-border Connect: US, UK, EEA, Canada, Switzerland.
_EURO = "at be cy de ee es fi fr gr hr ie it lt lu lv mt nl pt si sk".split()  # noqa: SIM905
_IBAN_GOOD, _IBAN_FAILING = "DE89370400440532013000", "DE62370400440532013001"
COUNTRIES: dict[str, Country] = {
    "us": Country("usd", "110000000", "000123456789", "000111111113", True),
    "gb": Country("gbp", "108800", "00012345", "99999999", True),
    "ca": Country("cad", "11000000", "000123456789", "000111111113", True),
    "ch": Country("chf", None, "CH9300762011623852957", "CH6309000000250097798", False),
    "no": Country("nok", None, "NO9386011117947", "NO8330001234567", True),
    "is": Country("isk", None, "IS140159260076545510730339", "IS250159260076545510730338", False),
    "li": Country("chf", None, "LI0508800636123378777", "LI2108800636123378776", False),
}
for _code, _currency in {
    "dk": "dkk",
    "se": "sek",
    "pl": "pln",
    "cz": "czk",
    "ro": "ron",
    "hu": "huf",
    "bg": "eur",
}.items():
    COUNTRIES[_code] = Country(_currency, None, _IBAN_GOOD, _IBAN_FAILING, _code == "dk")
for _code in _EURO:
    COUNTRIES[_code] = Country("eur", None, _IBAN_GOOD, _IBAN_FAILING, True)

DEBIT_CARD = "4000056655665556"
METHODS = {
    "bank": "Bank account that works",
    "failing_bank": "Bank account whose payouts fail",
    "debit_card": "Debit card that takes instant payouts",
    "shared_bank": "Bank account that other partners use, too",
}


def methods_of(country: str) -> dict[str, str]:
    """The choices of the onboarding page: method → what the person reads."""
    known = COUNTRIES[country]
    return {name: text for name, text in METHODS.items() if name != "debit_card" or known.card}


def build(account: Row, method: str) -> Row:
    """A new external account of a connected account, not yet stored."""
    country: str = account["country"]
    if method not in methods_of(country):
        raise invalid(f"There is no test account '{method}' in {country.upper()}.", param="method")
    known = COUNTRIES[country]
    number = {"failing_bank": known.failing, "debit_card": DEBIT_CARD}.get(method, known.good)
    if method != "shared_bank":
        number = f"{number[:-8]}{secrets.randbelow(10**8):08d}"
    common: Row = {
        "account": account["id"],
        "country": country.upper(),
        "currency": known.currency,
        "default_for_currency": True,
        "fingerprint": hashlib.sha256(f"{country}{known.routing}{number}".encode()).hexdigest()[:16],
        "last4": number[-4:],
        "metadata": {},
        "_created": account["created"],  # v1 shows no creation time here; lists need one to page by
    }
    if method == "debit_card":
        return common | {
            "id": new_id("card"),
            "object": "card",
            "available_payout_methods": ["standard", "instant"],
            "brand": "Visa",
            "exp_month": 12,
            "exp_year": 2034,
            "funding": "debit",
            "name": account["display_name"],
            "status": "new",
        }
    return common | {
        "id": new_id("ba"),
        "object": "bank_account",
        "account_holder_name": account["display_name"],
        "account_holder_type": account["entity_type"],
        "account_type": None,
        "available_payout_methods": ["standard"],
        "bank_name": "STRIPE TEST BANK",
        "customer": None,
        "routing_number": known.routing,
        "status": "new",
        "_failure": "account_closed" if method == "failing_bank" else None,
    }


def current(world: World, account: str) -> Row | None:
    found = world.store.find("external_account", owner=account)
    return found[0] if found else None


def replace(world: World, account: Row, method: str) -> Row:
    """Puts a new external account in the place of the old one and tells whoever listens."""
    fresh = build(account, method)
    for old in world.store.find("external_account", owner=account["id"]):
        world.store.execute("delete from objects where id = ?", old["id"])
        emit(world, "account.external_account.deleted", view(old), account["id"])
    world.store.put("external_account", fresh, owner=account["id"])
    emit(world, "account.external_account.created", view(fresh), account["id"])
    return fresh


def view(body: Row) -> Row:
    shown = public(body)
    if shown["object"] == "card":
        shown.pop("status")  # cards have none
    return shown


def listing(call: Call, account: str, path: str) -> Row:
    rows = [dict(view(row), created=row["_created"]) for row in call.store.find("external_account", owner=account)]
    if "object" in call.params:
        rows = [row for row in rows if row["object"] == call.params["object"]]
    result = page(call, rows, path)
    for row in result["data"]:
        del row["created"]
    return result


@operation("GET", "/v1/accounts/{account}/external_accounts")
def list_external_accounts(call: Call) -> Row:
    account = call.path["account"]
    if not call.store.get("account", account):
        raise no_account(account)
    return listing(call, account, f"/v1/accounts/{account}/external_accounts")


@operation("GET", "/v1/accounts/{account}/external_accounts/{id}")
def retrieve_external_account(call: Call) -> Row:
    found = call.store.get("external_account", call.path["id"], owner=call.path["account"])
    if not found:
        raise no_such("external account", call.path["id"])
    return view(found)


def no_account(identifier: Any) -> StripeError:
    """What Stripe says of an account that does not exist or is not connected to the platform."""
    return StripeError(
        403,
        f"The provided key does not have access to account '{identifier}' (or that account does not exist)."
        " Application access may have been revoked.",
        "account_invalid",
    )

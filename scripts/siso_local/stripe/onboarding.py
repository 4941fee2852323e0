"""Account links, login links, and what completing the hosted onboarding does to an account.

As at Stripe a link works once and for a few minutes; opening a used or expired one sends the visitor to its
``refresh_url``. Opening it starts a session on the double's own pages (``pages.py``).
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from siso_local.stripe import accounts, payouts
from siso_local.stripe.errors import invalid, no_such, not_in_double, refused
from siso_local.stripe.events import emit_thin
from siso_local.stripe.store import Row
from siso_local.stripe.world import Call, World, new_id, operation

LINK_SECONDS = 300
SESSION_SECONDS = 3600


def _web_address(value: Any, param: str) -> str:
    parts = urlsplit(str(value))
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise invalid("Not a valid URL", "url_invalid", param)
    return str(value)


@operation("POST", "/v2/core/account_links")
def create_account_link(call: Call) -> Row:
    use_case = call.params["use_case"]
    account = accounts.find(call.world, call.params["account"])
    if use_case["type"] != "account_onboarding":
        text = "account_update links are for accounts whose requirements the platform collects; use a login link."
        raise refused(text, "account_link_not_supported", "use_case[type]")
    details = use_case.get("account_onboarding")
    if not details:
        missing = "use_case[account_onboarding]"
        raise invalid(f"Missing required param: {missing}.", "parameter_missing", missing)
    if account["closed"]:
        raise refused("This account is closed.", "account_closed", "account")
    where = "use_case[account_onboarding]"
    _web_address(details["refresh_url"], f"{where}[refresh_url]")
    if details.get("return_url"):
        _web_address(details["return_url"], f"{where}[return_url]")
    now = call.clock.now()
    token = secrets.token_urlsafe(18)
    call.store.put(
        "account_link",
        {
            "id": token,
            "account": account["id"],
            "expires": now + LINK_SECONDS,
            "used": False,
            "refresh_url": details["refresh_url"],
            "return_url": details.get("return_url") or details["refresh_url"],
        },
    )
    return {
        "object": "v2.core.account_link",
        "account": account["id"],
        "created": call.clock.iso(),
        "expires_at": call.clock.iso(now + LINK_SECONDS),
        "livemode": False,
        "url": f"{call.world.base_url}/connect/links/{token}",
        "use_case": use_case,
    }


@operation("POST", "/v1/accounts/{account}/login_links")
def create_login_link(call: Call) -> Row:
    account = call.store.get("account", call.path["account"])
    if not account:
        raise no_such("account", call.path["account"], "account", status=400)
    if account["dashboard"] != "express":
        raise not_in_double("A login link to another dashboard than express")
    if not account["details_submitted"]:
        raise refused("Cannot create a login link for an account that has not completed onboarding.", "account_invalid")
    now = call.clock.now()
    token = secrets.token_urlsafe(18)
    link = {"id": token, "account": account["id"], "expires": now + LINK_SECONDS, "used": False, "dashboard": True}
    call.store.put("account_link", link)
    return {"object": "login_link", "created": now, "url": f"{call.world.base_url}/express/links/{token}"}


def open_link(world: World, token: str) -> tuple[Row | None, str | None]:
    """Uses a link up: the link and the id of the session it opens; no session where the link is used or expired."""
    link = world.store.get("account_link", token)
    if not link or link["used"] or link["expires"] <= world.clock.now():
        return link, None
    session = new_id("sess") + secrets.token_urlsafe(12)
    with world.store.transaction():
        world.store.put("account_link", link | {"used": True})
        expires = world.clock.now() + SESSION_SECONDS
        world.store.put("session", link | {"id": session, "expires": expires})
    return link, session


def session_of(world: World, identifier: str) -> tuple[Row, Row] | None:
    """A session that is still valid, and its account."""
    session = world.store.get("session", identifier)
    if not session or session["expires"] <= world.clock.now():
        return None
    account = world.store.get("account", session["account"])
    return (session, account) if account and not account["closed"] else None


def complete(world: World, account: Row, method: str, tax_number: str | None = "000-00-0000") -> None:
    """Everything that Stripe asked for is there: the bank account is set and transfers become possible. The tax number
    may come later: it is due one day."""
    payouts.replace_bank(world, account, method)
    account = accounts.find(world, account["id"])
    accounts.set_state(world, account, status="active", due=[], onboarded=True)
    accounts.set_tax(world, account, "complete" if tax_number else "required", tax_number)
    emit_thin(world, "v2.core.account_link.returned", account["id"], {"account_id": account["id"]})

"""Invitations, and links that an admin's tool sends by itself."""

from __future__ import annotations

from typing import Any

from siso_local.auth import mails, onetime, passwords, users
from siso_local.auth.errors import email_exists, invalid, user_not_found
from siso_local.auth.http import Call, Row
from siso_local.auth.models import GenerateLink
from siso_local.auth.models import Invite as InviteBody

# Type of link → kind of token, and the verification that the link names.
_LINKS = {
    "signup": ("confirmation_token", "signup"),
    "invite": ("confirmation_token", "invite"),
    "magiclink": ("recovery_token", "magiclink"),
    "recovery": ("recovery_token", "recovery"),
    "email_change_new": ("email_change_token_new", "email_change"),
    "email_change_current": ("email_change_token_current", "email_change"),
}


async def _invited(call: Call, email: str, data: dict[str, Any]) -> Row:
    """The account to invite: a new one, or one that never confirmed. Raises 422 for any other."""
    user = await users.by_email(call, email)
    if user is not None and user["email_confirmed_at"] is not None:
        raise email_exists()
    if user is None:
        user = await users.create(call, email, "", data=data)
    return user


async def invite(call: Call) -> dict[str, Any]:
    call.require_admin()
    body = call.parse(InviteBody)
    if not body.email:
        raise invalid("Invite requires an email")
    call.limits.mail_gap("invite", body.email)
    user = await _invited(call, body.email, body.data)
    code, token_hash = await onetime.issue(call, user, "confirmation_token", body.email, also="invited_at")
    await mails.send(call, "invite", "invite", body.email, token=code, token_hash=token_hash)
    await call.audit("user_invited", user)
    return await users.shown(call, await users.lock(call, user["id"]))


async def generate_link(call: Call) -> dict[str, Any]:
    """A link, its code and its hash, without a mail."""
    call.require_admin()
    body = call.parse(GenerateLink)
    if body.type not in _LINKS:
        raise invalid(f"Invalid email action link type requested: {body.type[:50]}")
    if not body.email:
        raise invalid("A link needs an email")
    kind, verification = _LINKS[body.type]
    user = await _owner(call, body)
    relates_to = body.email
    if verification == "email_change":
        if not body.new_email or body.new_email == body.email:
            raise invalid("A new email is needed")
        if await users.by_email(call, body.new_email):
            raise email_exists()
        if user["email_change"] != body.new_email:
            await users.update(call, user["id"], email_change=body.new_email, email_change_confirm_status=0)
        relates_to = body.new_email if kind == "email_change_token_new" else body.email
    also = "invited_at" if body.type == "invite" else None
    code, token_hash = await onetime.issue(call, user, kind, relates_to, also=also)
    redirect_to = mails.redirect(call)
    return {
        **await users.shown(call, await users.lock(call, user["id"])),
        "action_link": mails.link(call, verification, token_hash, redirect_to),
        "email_otp": code,
        "hashed_token": token_hash,
        "verification_type": body.type,
        "redirect_to": redirect_to,
    }


async def _owner(call: Call, body: GenerateLink) -> Row:
    if body.type == "invite":
        return await _invited(call, body.email, body.data)
    user = await users.by_email(call, body.email)
    if body.type == "signup":
        if user is not None and user["email_confirmed_at"] is not None:
            raise email_exists()
        if user is None:
            if not body.password:
                raise invalid("Signup requires a valid password")
            passwords.check(call.config, body.password)
            user = await users.create(call, body.email, await passwords.encrypt(body.password), data=body.data)
    elif user is None and body.type == "magiclink":
        # As hosted: a magic link for a stranger makes the account that it signs in to.
        user = await users.create(call, body.email, "", data=body.data)
    if user is None:
        raise user_not_found()
    return user

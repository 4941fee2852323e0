"""What a signed-in user does with the account: look, change, prove again who it is, sign out."""

from __future__ import annotations

import datetime
from typing import Any

from starlette.responses import Response

from siso_local.auth import flows, mails, onetime, passwords, sessions, users
from siso_local.auth.errors import AuthError, email_exists, invalid
from siso_local.auth.http import Call, Row
from siso_local.auth.models import Challenged, UserUpdate

# With secure_password_change a sign-in counts as fresh for this long.
_FRESH = datetime.timedelta(hours=24)


async def get_user(call: Call) -> dict[str, Any]:
    user, _ = await sessions.current(call)
    return await users.shown(call, user)


async def has_verified_factor(call: Call, user: Row) -> bool:
    query = "select 1 as yes from auth.mfa_factors where user_id = %s and status = 'verified' limit 1"
    return await call.one(query, user["id"]) is not None


async def update_user(call: Call) -> dict[str, Any]:
    user, session = await sessions.current(call)
    body = call.parse(UserUpdate)
    user = await users.lock(call, user["id"])
    if body.phone:
        raise AuthError(400, "phone_provider_disabled", "Unsupported phone provider")
    new_email = body.email if body.email != user["email"] else ""
    if (body.password or new_email) and session["aal"] == "aal1" and await has_verified_factor(call, user):
        message = "AAL2 session is required to update email or password when MFA is enabled."
        raise AuthError(401, "insufficient_aal", message)
    if body.password:
        await _change_password(call, user, session, body)
    if body.data:
        merged = {**(user["raw_user_meta_data"] or {}), **body.data}
        await users.update(
            call, user["id"], raw_user_meta_data={key: value for key, value in merged.items() if value is not None}
        )
    if new_email:
        await _change_email(call, user, new_email, body)
    await call.audit("user_modified", user)
    return await users.shown(call, await users.lock(call, user["id"]))


async def _change_password(call: Call, user: Row, session: Row, body: UserUpdate) -> None:
    passwords.check(call.config, body.password)
    if body.current_password and not await passwords.matches(body.current_password, user["encrypted_password"]):
        raise AuthError(400, "invalid_credentials", "Invalid login credentials")
    if call.config.secure_password_change and session["created_at"] < datetime.datetime.now(datetime.UTC) - _FRESH:
        if not body.nonce:
            raise AuthError(400, "reauthentication_needed", "Password update requires reauthentication")
        await onetime.redeem_nonce(call, user, body.nonce)
    if await passwords.matches(body.password, user["encrypted_password"]):
        raise AuthError(422, "same_password", "New password should be different from the old password.")
    await users.update(call, user["id"], encrypted_password=await passwords.encrypt(body.password))
    # Whoever else is signed in may be the reason for the change.
    await sessions.end(call, user, session, "others")
    await call.audit("user_updated_password", user)


async def _change_email(call: Call, user: Row, email: str, body: UserUpdate) -> None:
    flows.wanted(body)
    if await users.by_email(call, email):
        raise email_exists()
    if not call.config.confirm_emails:
        await apply_change(call, await users.update(call, user["id"], email_change=email))
        return
    call.limits.mail_gap("email_change", user["email"])
    await send_change(call, user, email, body)


async def send_change(call: Call, user: Row, email: str, body: Challenged) -> None:
    """Mails to the new address and, with double confirmation, to the old one; earlier confirmations count no more."""
    pkce = flows.wanted(body)
    if pkce:
        await flows.begin(call, user, body, "email_change")
    await users.update(call, user["id"], email_change=email, email_change_confirm_status=0)
    receivers = [("email_change_token_new", email)]
    if call.config.double_confirm_changes and user["email"]:
        receivers.append(("email_change_token_current", user["email"]))
    for kind, to in receivers:
        code, token_hash = await onetime.issue(call, user, kind, to, pkce=pkce)
        await mails.send(
            call,
            "email_change",
            "email_change",
            to,
            token=code,
            token_hash=token_hash,
            email=user["email"],
            new_email=email,
        )


async def apply_change(call: Call, user: Row) -> Row:
    """Makes the new address the account's. Raises 422 where somebody else has taken it meanwhile."""
    email = user["email_change"]
    data = {**(user["raw_user_meta_data"] or {}), "email": email, "email_verified": True}
    await call.db.execute(
        "delete from auth.one_time_tokens where user_id = %s and token_type <> 'confirmation_token'", (user["id"],)
    )
    user = await users.update(
        call,
        user["id"],
        email=email,
        email_change="",
        email_change_token_new="",
        email_change_token_current="",
        recovery_token="",
        reauthentication_token="",
        email_change_confirm_status=0,
        email_confirmed_at=...,
        raw_user_meta_data=data,
    )
    await users.set_identity(call, user, verified=True)
    await call.audit("user_modified", user, email=email)
    return user


async def reauthenticate(call: Call) -> dict[str, Any]:
    user, _ = await sessions.current(call)
    if not user["email"] or user["email_confirmed_at"] is None:
        raise AuthError(422, "email_not_confirmed", "Please verify your email first.")
    call.limits.mail_gap("reauthentication", user["email"])
    code, token_hash = await onetime.issue(call, user, "reauthentication_token", user["email"])
    kind = "reauthentication"
    await mails.send(call, kind, kind, user["email"], token=code, token_hash=token_hash)
    await call.audit("user_reauthenticate_requested", user)
    return {}


async def logout(call: Call) -> Response:
    scope = call.request.query_params.get("scope", "global")
    if scope not in ("global", "local", "others"):
        raise invalid(f"Unsupported logout scope {scope[:50]!r}")
    user, session = await sessions.current(call)
    await sessions.end(call, user, session, scope)
    await call.audit("logout", user, scope=scope)
    return Response(status_code=204)

"""Ways in: sign-up, password, refresh, and the mails that carry a link and a code."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from siso_local.auth import account, flows, mails, onetime, passwords, sessions, users
from siso_local.auth.errors import AuthError, invalid
from siso_local.auth.http import Call, Row
from siso_local.auth.models import Challenged, Credentials, Otp, Recover, Refresh, Resend

# Template of the mail → kind of token, verification that its link names, PKCE method.
_MAILS = {
    "confirmation": ("confirmation_token", "signup", "email/signup"),
    "recovery": ("recovery_token", "recovery", "recovery"),
    "magic_link": ("recovery_token", "magiclink", "magiclink"),
}
METHODS = {"invite": "invite", "email_change": "email_change"} | {kind: method for _, kind, method in _MAILS.values()}


async def _send(call: Call, user: Row, template: str, body: Challenged) -> None:
    token, kind, method = _MAILS[template]
    pkce = flows.wanted(body)
    if pkce:
        await flows.begin(call, user, body, method)
    code, token_hash = await onetime.issue(call, user, token, user["email"], pkce=pkce)
    await mails.send(call, template, kind, user["email"], token=code, token_hash=token_hash)


def _stranger(email: str) -> dict[str, Any]:
    """What a sign-up with a taken address gets: looks like a new user, so that nobody learns who has an account."""
    now = datetime.datetime.now(datetime.UTC)
    row: Row = dict.fromkeys(("phone", "email_change", "raw_user_meta_data", *users.TIMES))
    row |= {"id": uuid.uuid4(), "aud": "authenticated", "role": "", "email": email, "is_anonymous": False}
    row |= {"created_at": now, "updated_at": now, "confirmation_sent_at": now}
    row["raw_app_meta_data"] = {"provider": "email", "providers": ["email"]}
    return users.shape(row, [], [])


async def signup(call: Call) -> dict[str, Any]:
    body = call.parse(Credentials)
    if not call.config.signup_enabled:
        raise AuthError(422, "signup_disabled", "Signups not allowed for this instance")
    if not body.email and not body.phone:
        raise AuthError(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")
    if not body.email:
        raise AuthError(400, "phone_provider_disabled", "Phone signups are disabled")
    if not body.password:
        raise invalid("Signup requires a valid password")
    call.limits.call("sign_in_sign_ups", call.ip)
    passwords.check(call.config, body.password)
    flows.wanted(body)
    if call.config.confirm_emails:
        call.limits.mail_gap("signup", body.email)
    # Made in any case: the answer for a taken address takes as long as the one for a new address.
    hashed = await passwords.encrypt(body.password)
    user = await users.by_email(call, body.email)
    if user is not None and user["email_confirmed_at"] is not None:
        if call.config.confirm_emails:
            return _stranger(body.email)
        raise AuthError(422, "user_already_exists", "User already registered")
    if user is None:
        user = await _create(call, body.email, hashed, body.data)
        await call.audit("user_signedup", user, provider="email")
    # An unconfirmed account keeps its first password: whoever asks now has proven nothing.
    if not call.config.confirm_emails:
        return await sessions.open_session(call, await users.confirm_email(call, user), "password")
    await _send(call, user, "confirmation", body)
    return await users.shown(call, await users.lock(call, user["id"]))


async def _create(call: Call, email: str, hashed: str, data: dict[str, Any]) -> Row:
    user_id = uuid.uuid4()
    facts = {"sub": str(user_id), "email": email, "email_verified": False, "phone_verified": False}
    return await users.create(call, email, hashed, data={**data, **facts}, user_id=user_id)


async def token(call: Call) -> dict[str, Any]:
    grant = call.request.query_params.get("grant_type", "")
    if grant == "password":
        return await _password(call)
    if grant == "refresh_token":
        call.limits.call("token_refresh", call.ip)
        body = call.parse(Refresh)
        if not body.refresh_token:
            raise invalid("refresh_token required")
        return await sessions.refresh(call, body.refresh_token)
    if grant == "pkce":
        call.limits.call("token_verifications", call.ip)
        return await flows.exchange(call)
    raise AuthError(400, "invalid_credentials", "unsupported_grant_type")


async def _password(call: Call) -> dict[str, Any]:
    body = call.parse(Credentials)
    if not body.email and body.phone:
        raise AuthError(422, "phone_provider_disabled", "Phone logins are disabled")
    if not body.email:
        raise invalid("missing email or phone")
    call.limits.call("sign_in_sign_ups", call.ip)
    user = await users.by_email(call, body.email)
    if not await passwords.matches(body.password, user["encrypted_password"] if user else None) or user is None:
        raise AuthError(400, "invalid_credentials", "Invalid login credentials")
    # Only who knows the password learns more about the account.
    if users.is_banned(user):
        raise AuthError(400, "user_banned", "User is banned")
    if user["email_confirmed_at"] is None:
        raise AuthError(400, "email_not_confirmed", "Email not confirmed")
    return await sessions.open_session(call, user, "password")


async def otp(call: Call) -> dict[str, Any]:
    """``/otp`` and ``/magiclink``: one mail with both a link and a code."""
    body = call.parse(Otp)
    if body.phone:
        raise AuthError(400, "phone_provider_disabled", "Unsupported phone provider")
    if not body.email:
        raise invalid("One of email or phone must be set")
    call.limits.call("sign_in_sign_ups", call.ip)
    flows.wanted(body)
    call.limits.mail_gap("otp", body.email)
    user = await users.by_email(call, body.email)
    if user is None:
        if not body.create_user or not call.config.signup_enabled:
            raise AuthError(422, "otp_disabled", "Signups not allowed for otp")
        user = await _create(call, body.email, "", body.data)
        await call.audit("user_signedup", user, provider="email")
    proven = user["email_confirmed_at"] is not None or not call.config.confirm_emails
    await _send(call, user, "magic_link" if proven else "confirmation", body)
    return {}


async def recover(call: Call) -> dict[str, Any]:
    body = call.parse(Recover)
    if not body.email:
        raise invalid("Password recovery requires an email")
    call.limits.call("sign_in_sign_ups", call.ip)
    flows.wanted(body)
    call.limits.mail_gap("recovery", body.email)
    user = await users.by_email(call, body.email)
    if user is not None:
        await _send(call, user, "recovery", body)
        await call.audit("user_recovery_requested", user)
    return {}


async def resend(call: Call) -> dict[str, Any]:
    body = call.parse(Resend)
    if body.type not in ("signup", "email_change"):
        raise invalid("Missing one of these types: signup, email_change")
    if not body.email:
        raise invalid("Type provided requires an email address")
    call.limits.call("sign_in_sign_ups", call.ip)
    flows.wanted(body)
    call.limits.mail_gap(body.type, body.email)
    user = await users.by_email(call, body.email)
    if user is None:
        return {}
    if body.type == "signup" and user["email_confirmed_at"] is None:
        await _send(call, user, "confirmation", body)
    elif body.type == "email_change" and user["email_change"]:
        await account.send_change(call, user, user["email_change"], body)
    return {}

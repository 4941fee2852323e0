"""Verification: the code that a person types, and the link that a person opens."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import RedirectResponse, Response

from siso_local.auth import account, flows, mails, onetime, sessions, users
from siso_local.auth.errors import AuthError, invalid
from siso_local.auth.http import Call, Row
from siso_local.auth.models import Verify
from siso_local.auth.signin import METHODS

_HALF = "Confirmation link accepted. Please proceed to confirm link sent to the other email"


async def _prove(call: Call, purpose: str, **token: str) -> tuple[Row | None, str, bool]:
    """Uses up the token. Gives the user (None: the other address has yet to confirm), the PKCE method, and whether
    the flow is PKCE."""
    user, kind, token_hash = await onetime.redeem(call, purpose, **token)
    pkce = token_hash.startswith(onetime.PKCE)
    if kind.startswith("email_change"):
        if not user["email_change"]:
            raise AuthError(403, "otp_expired", "Token has expired or is invalid")
        first = user["email_change_confirm_status"] == 0
        if call.config.double_confirm_changes and first and user["email"]:
            await users.update(call, user["id"], email_change_confirm_status=1)
            return None, "email_change", pkce
        return await account.apply_change(call, user), "email_change", pkce
    proven = await users.confirm_email(call, user)
    method = METHODS.get(purpose) or METHODS["signup" if kind == "confirmation_token" else "magiclink"]
    return proven, method, pkce


async def verify(call: Call) -> dict[str, Any]:
    """``POST /verify``: a session for a code with its address, or for the hash of a link."""
    body = call.parse(Verify)
    call.limits.call("token_verifications", call.ip)
    if not body.token and not body.token_hash:
        raise invalid("Verify requires either a token or a token hash")
    if body.token and body.token_hash:
        raise invalid("Verify requires either a token or a token hash, not both")
    if body.token and not body.email:
        raise invalid("Only an email address or phone number should be provided on verify")
    if body.token:
        user, _, _ = await _prove(call, body.type, email=body.email, code=body.token)
    else:
        user, _, _ = await _prove(call, body.type, token_hash=body.token_hash)
    if user is None:
        return {"msg": _HALF, "code": "200"}
    return await sessions.open_session(call, user, "otp")


async def follow_link(call: Call) -> Response:
    """``GET /verify``: what a link in a mail opens. Always leads on to the app, with a session, a code or an error."""
    if call.request.method == "HEAD":  # link checkers of mail programs look without opening
        return Response()
    query = call.request.query_params
    target = mails.redirect(call)
    token_hash = query.get("token", "") or query.get("token_hash", "")
    purpose = query.get("type", "")
    try:
        call.limits.call("token_verifications", call.ip)
        async with call.db.transaction():
            return RedirectResponse(await _lead(call, target, purpose, token_hash), 303)
    except AuthError as error:
        problem = {
            "error": "access_denied" if error.status < 500 else "server_error",
            "error_code": error.code,
            "error_description": error.message,
        }
        pkce = token_hash.startswith(onetime.PKCE)
        return RedirectResponse(_with(target, query=problem if pkce else {}, fragment=problem), 303)


async def _lead(call: Call, target: str, purpose: str, token_hash: str) -> str:
    if not token_hash or not purpose:
        raise invalid("Verify requires a token and a verification type")
    user, method, pkce = await _prove(call, purpose, token_hash=token_hash)
    if user is None:
        return _with(target, query={"message": _HALF} if pkce else {}, fragment={"message": _HALF})
    if pkce:
        return _with(target, query={"code": await flows.issue_code(call, user, method)})
    session = await sessions.open_session(call, user, "otp")
    session.pop("user")
    return _with(target, fragment={**{key: str(value) for key, value in session.items()}, "type": purpose})


def _with(url: str, query: dict[str, str] | None = None, fragment: dict[str, str] | None = None) -> str:
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True) + list((query or {}).items())
    return parts._replace(query=urlencode(pairs), fragment=urlencode(fragment or {})).geturl()

"""PKCE: a link in a mail yields a code that only the browser which asked for the mail can exchange."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import uuid
from typing import Any

from siso_local.auth import sessions, users
from siso_local.auth.errors import AuthError, invalid
from siso_local.auth.http import Call, Row
from siso_local.auth.models import Challenged, Exchange

_SECONDS = 300
_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def wanted(body: Challenged) -> bool:
    """Whether the client asks for PKCE. Raises 400 where it asks badly."""
    if not body.code_challenge and not body.code_challenge_method:
        return False
    if not body.code_challenge or not body.code_challenge_method:
        raise invalid("PKCE flow requires code_challenge_method and code_challenge")
    if body.code_challenge_method.lower() not in ("s256", "plain"):
        raise invalid("code_challenge_method must be s256 or plain")
    if not _CHALLENGE.fullmatch(body.code_challenge):
        raise invalid("code challenge has to be between 43 and 128 characters")
    return True


async def begin(call: Call, user: Row, body: Challenged, method: str) -> None:
    """Remembers the challenge until the link of the mail is opened."""
    await call.db.execute("delete from auth.flow_state where created_at < now() - interval '1 day'")
    await call.db.execute(
        "insert into auth.flow_state (id, user_id, auth_code, code_challenge_method, code_challenge, provider_type,"
        " created_at, updated_at, authentication_method) values (%s, %s, %s, %s, %s, 'email', now(), now(), %s)",
        (
            uuid.uuid4(),
            user["id"],
            str(uuid.uuid4()),
            body.code_challenge_method.lower(),
            body.code_challenge,
            method,
        ),
    )


async def issue_code(call: Call, user: Row, method: str) -> str:
    """The code for the link that was just opened. Raises 404 where no flow waits for it."""
    row = await call.one(
        "update auth.flow_state set auth_code_issued_at = now(), updated_at = now() where id = (select id from"
        " auth.flow_state where user_id = %s and authentication_method = %s order by created_at desc limit 1)"
        " returning auth_code",
        user["id"],
        method,
    )
    if row is None:
        raise AuthError(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
    return str(row["auth_code"])


async def exchange(call: Call) -> dict[str, Any]:
    """``grant_type=pkce``: a session for the code and the verifier that belongs to its challenge."""
    body = call.parse(Exchange)
    if not body.auth_code or not body.code_verifier:
        raise invalid("invalid request: both auth code and code verifier should be non-empty")
    flow = await call.one(
        "delete from auth.flow_state where auth_code = %s returning *,"
        " auth_code_issued_at > now() - make_interval(secs => %s) as fresh",
        body.auth_code,
        _SECONDS,
    )
    if flow is None or flow["auth_code_issued_at"] is None:
        raise AuthError(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
    if not flow["fresh"]:
        raise AuthError(403, "flow_state_expired", "invalid flow state, flow state has expired", keep=True)
    proof = body.code_verifier
    if flow["code_challenge_method"] == "s256":
        proof = base64.urlsafe_b64encode(hashlib.sha256(proof.encode()).digest()).rstrip(b"=").decode()
    if not hmac.compare_digest(proof.encode(), flow["code_challenge"].encode()):
        message = "code challenge does not match previously saved code verifier"
        raise AuthError(400, "bad_code_verifier", message)
    user = await users.lock(call, flow["user_id"])
    return await sessions.open_session(call, user, flow["authentication_method"])

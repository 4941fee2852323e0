"""Second factors: TOTP. A session that has given a code is at aal2 and stays there."""

from __future__ import annotations

import datetime
import hmac
import io
import time
import uuid
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pyotp
import segno

from siso_local.auth import sessions, users
from siso_local.auth.errors import AuthError, invalid
from siso_local.auth.http import Call, Row
from siso_local.auth.models import Enroll, VerifyFactor

_CHALLENGE_SECONDS = 300
_STEP_SECONDS = 30


def qr_svg(text: str) -> str:
    """A QR code as raw SVG. Clients put it behind ``data:image/svg+xml;utf-8,`` as it is, so it must hold no ``#``."""
    out = io.BytesIO()
    segno.make(text, micro=False).save(out, kind="svg", scale=4, xmldecl=False, nl=False, light="white")
    return out.getvalue().decode().replace("#000", "black").replace("#fff", "white")


async def _own_factor(call: Call, user: Row) -> Row:
    query = "select * from auth.mfa_factors where id = %s and user_id = %s for update"
    row = await call.one(query, call.path_id("factor_id"), user["id"])
    if row is None:
        raise AuthError(404, "mfa_factor_not_found", "Factor not found")
    return row


async def enroll(call: Call) -> dict[str, Any]:
    user, session = await sessions.current(call)
    body = call.parse(Enroll)
    if body.factor_type in ("phone", "webauthn"):
        raise AuthError(
            422, f"mfa_{body.factor_type}_enroll_not_enabled", f"MFA enroll is disabled for {body.factor_type}"
        )
    if body.factor_type != "totp":
        raise invalid("factor_type needs to be totp")
    if not call.config.totp_enroll:
        raise AuthError(422, "mfa_totp_enroll_not_enabled", "MFA enroll is disabled for TOTP")
    user = await users.lock(call, user["id"])
    # An enrolment that was never finished does not count for ever.
    await call.db.execute(
        "delete from auth.mfa_factors where user_id = %s and status = 'unverified'"
        " and created_at < now() - make_interval(secs => %s)",
        (user["id"], _CHALLENGE_SECONDS),
    )
    rows = await call.all("select status from auth.mfa_factors where user_id = %s", user["id"])
    if len(rows) >= call.config.max_factors:
        message = "Maximum number of enrolled factors reached, unenroll to continue"
        raise AuthError(422, "too_many_enrolled_mfa_factors", message)
    if session["aal"] == "aal1" and any(row["status"] == "verified" for row in rows):
        raise AuthError(403, "insufficient_aal", "AAL2 required to enroll a new factor")
    secret, factor_id = pyotp.random_base32(), uuid.uuid4()
    try:
        await call.db.execute(
            "insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at,"
            " secret) values (%s, %s, %s, 'totp', 'unverified', now(), now(), %s)",
            (factor_id, user["id"], body.friendly_name, secret),
        )
    except psycopg.errors.UniqueViolation as error:
        message = f'A factor with the friendly name "{body.friendly_name}" for this user already exists'
        raise AuthError(422, "mfa_factor_name_conflict", message) from error
    issuer = body.issuer or urlsplit(call.config.site_url).netloc
    uri = pyotp.TOTP(secret).provisioning_uri(name=user["email"], issuer_name=issuer.replace(":", " "))
    await call.audit("factor_in_progress", user, factor_id=str(factor_id))
    return {
        "id": str(factor_id),
        "type": "totp",
        "friendly_name": body.friendly_name,
        "totp": {"qr_code": qr_svg(uri), "secret": secret, "uri": uri},
    }


async def challenge(call: Call) -> dict[str, Any]:
    user, _ = await sessions.current(call)
    factor = await _own_factor(call, user)
    if not call.config.totp_verify:
        raise AuthError(422, "mfa_totp_verify_not_enabled", "MFA verification is disabled for TOTP")
    await call.db.execute(
        "delete from auth.mfa_challenges where factor_id = %s and created_at < now() - make_interval(secs => %s)",
        (factor["id"], 2 * _CHALLENGE_SECONDS),
    )
    challenge_id = uuid.uuid4()
    await call.db.execute(
        "insert into auth.mfa_challenges (id, factor_id, created_at, ip_address) values (%s, %s, now(), %s)",
        (challenge_id, factor["id"], call.ip),
    )
    await call.db.execute(
        "update auth.mfa_factors set last_challenged_at = clock_timestamp() where id = %s", (factor["id"],)
    )
    return {"id": str(challenge_id), "type": "totp", "expires_at": int(time.time()) + _CHALLENGE_SECONDS}


def _matching_step(secret: str, code: str) -> int | None:
    """The 30-second step whose code this is: now, the one before, or the one after (clocks differ)."""
    now = int(time.time()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    found = None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(totp.at(step * _STEP_SECONDS).encode(), code.encode()):
            found = step
    return found


async def verify(call: Call) -> dict[str, Any]:
    user, session = await sessions.current(call)
    body = call.parse(VerifyFactor)
    call.limits.call("token_verifications", call.ip)
    factor = await _own_factor(call, user)
    if not call.config.totp_verify:
        raise AuthError(422, "mfa_totp_verify_not_enabled", "MFA verification is disabled for TOTP")
    try:
        challenge_id = uuid.UUID(body.challenge_id)
    except ValueError as error:
        raise invalid("challenge_id must be an UUID") from error
    asked = await call.one(
        "select * from auth.mfa_challenges where id = %s and factor_id = %s for update", challenge_id, factor["id"]
    )
    if asked is None:
        raise AuthError(422, "mfa_factor_not_found", "MFA factor with the provided challenge ID not found")
    if str(asked["ip_address"]) != call.ip:
        raise AuthError(422, "mfa_ip_address_mismatch", "Challenge and verify IP addresses mismatch")
    age = datetime.datetime.now(datetime.UTC) - asked["created_at"]
    if asked["verified_at"] is not None or age.total_seconds() > _CHALLENGE_SECONDS:
        message = (
            f"MFA challenge {challenge_id} has expired, verify against another challenge or create a new challenge."
        )
        raise AuthError(422, "mfa_challenge_expired", message)
    tried = f"factor {factor['id']}"
    call.limits.may_try(tried)
    step = _matching_step(factor["secret"], body.code)
    used = await call.one(
        "select max(otp_code::bigint) as step from auth.mfa_challenges"
        " where factor_id = %s and verified_at is not null",
        factor["id"],
    )
    # A code that was seen once is worth nothing, even while its half minute lasts.
    if step is None or (used and used["step"] is not None and step <= used["step"]):
        call.limits.wrong_code(tried)
        raise AuthError(422, "mfa_verification_failed", "Invalid TOTP code entered")
    call.limits.right_code(tried)
    await call.db.execute(
        "update auth.mfa_challenges set verified_at = now(), otp_code = %s where id = %s", (str(step), challenge_id)
    )
    return await _raise_to_aal2(call, user, session, factor)


async def _raise_to_aal2(call: Call, user: Row, session: Row, factor: Row) -> dict[str, Any]:
    if factor["status"] == "unverified":
        await call.db.execute(
            "update auth.mfa_factors set status = 'verified', updated_at = now() where id = %s", (factor["id"],)
        )
    raised = await call.one(
        "update auth.sessions set aal = 'aal2', factor_id = %s, updated_at = now() where id = %s returning *",
        factor["id"],
        session["id"],
    )
    if raised is None:
        raise AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")
    await sessions.add_amr(call, session["id"], "totp")
    # From now on a session without the second factor is not enough: the others have to sign in again.
    await call.db.execute("delete from auth.sessions where user_id = %s and aal = 'aal1'", (user["id"],))
    await call.db.execute("delete from auth.mfa_factors where user_id = %s and status = 'unverified'", (user["id"],))
    token = await sessions.rotate(call, raised, await sessions.active_token(call, session["id"]))
    await call.audit("verification_attempted", user, factor_id=str(factor["id"]))
    return await sessions.answer(call, user, raised, token, "totp")


async def unenroll(call: Call) -> dict[str, Any]:
    user, session = await sessions.current(call)
    factor = await _own_factor(call, user)
    if factor["status"] == "verified" and session["aal"] != "aal2":
        raise AuthError(422, "insufficient_aal", "AAL2 required to unenroll verified factor")
    await remove(call, user, factor)
    return {"id": str(factor["id"])}


async def remove(call: Call, user: Row, factor: Row) -> None:
    """Deletes a factor; sessions that it had raised are at aal1 again."""
    await call.db.execute("delete from auth.mfa_factors where id = %s", (factor["id"],))
    await call.db.execute(
        "delete from auth.mfa_amr_claims where authentication_method = 'totp'"
        " and session_id in (select id from auth.sessions where factor_id = %s)",
        (factor["id"],),
    )
    await call.db.execute(
        "update auth.sessions set aal = 'aal1', factor_id = null, updated_at = now() where factor_id = %s",
        (factor["id"],),
    )
    await call.audit("factor_unenrolled", user, factor_id=str(factor["id"]))

"""Sessions: opening them, the tokens that they give out, refreshing with rotation, ending them."""

from __future__ import annotations

import datetime
import secrets
import time
import uuid
from typing import Any

import jwt

from siso_local.auth import hook, users
from siso_local.auth.errors import AuthError, banned
from siso_local.auth.http import Call, Row


def _new_token() -> str:
    return secrets.token_urlsafe(24)


async def add_amr(call: Call, session_id: uuid.UUID, method: str) -> None:
    """Notes that this session was proven by this method just now."""
    await call.db.execute(
        "insert into auth.mfa_amr_claims (id, session_id, authentication_method, created_at, updated_at)"
        " values (%s, %s, %s, clock_timestamp(), clock_timestamp())"
        " on conflict (session_id, authentication_method) do update set updated_at = clock_timestamp()",
        (uuid.uuid4(), session_id, method),
    )


async def _add_refresh_token(call: Call, session: Row, parent: str | None) -> str:
    token = _new_token()
    await call.db.execute(
        "insert into auth.refresh_tokens"
        " (instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)"
        " values (%s, %s, %s, false, clock_timestamp(), clock_timestamp(), %s, %s)",
        (users.NO_INSTANCE, token, str(session["user_id"]), parent, session["id"]),
    )
    return token


async def open_session(call: Call, user: Row, method: str) -> dict[str, Any]:
    """A new session at aal1 and what the client gets for it."""
    if users.is_banned(user):
        raise banned()
    agent = call.request.headers.get("user-agent", "")[:1000]
    session = await call.one(
        "insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip)"
        " values (%s, %s, now(), now(), 'aal1', %s, %s) returning *",
        uuid.uuid4(),
        user["id"],
        agent,
        call.ip,
    )
    assert session is not None
    await add_amr(call, session["id"], method)
    user = await users.update(call, user["id"], last_sign_in_at=...)
    await call.db.execute("update auth.identities set last_sign_in_at = now() where user_id = %s", (user["id"],))
    token = await _add_refresh_token(call, session, None)
    await call.audit("login", user, provider="email")
    return await answer(call, user, session, token, method)


async def _claims(call: Call, user: Row, session: Row) -> dict[str, Any]:
    now = int(time.time())
    rows = await call.all(
        "select authentication_method, updated_at from auth.mfa_amr_claims where session_id = %s"
        " order by updated_at desc",
        session["id"],
    )
    return {
        "iss": call.config.issuer,
        "sub": str(user["id"]),
        "aud": user["aud"],
        "exp": now + call.config.jwt_expiry,
        "iat": now,
        "email": user["email"] or "",
        "phone": user["phone"] or "",
        "app_metadata": user["raw_app_meta_data"] or {},
        "user_metadata": user["raw_user_meta_data"] or {},
        "role": user["role"],
        "aal": session["aal"],
        "amr": [{"method": r["authentication_method"], "timestamp": int(r["updated_at"].timestamp())} for r in rows],
        "session_id": str(session["id"]),
        "is_anonymous": user["is_anonymous"],
    }


async def answer(call: Call, user: Row, session: Row, refresh_token: str, method: str) -> dict[str, Any]:
    """The token response: an access token signed with the project's key, and its refresh token."""
    claims = await hook.apply(call, await _claims(call, user, session), method)
    jwk = call.auth.settings.signing_jwk
    access = jwt.encode(claims, jwt.PyJWK(jwk).key, algorithm=jwk["alg"], headers={"kid": jwk["kid"]})
    return {
        "access_token": access,
        "token_type": "bearer",
        "expires_in": claims["exp"] - int(time.time()),
        "expires_at": claims["exp"],
        "refresh_token": refresh_token,
        "user": await users.shown(call, user),
    }


def _check_age(call: Call, session: Row, last_used: datetime.datetime) -> None:
    now = datetime.datetime.now(datetime.UTC)
    timebox, idle = call.config.session_timebox, call.config.session_inactivity
    ended = session["not_after"] is not None and session["not_after"] < now
    ended = ended or (timebox > 0 and (now - session["created_at"]).total_seconds() > timebox)
    if ended:
        raise AuthError(400, "session_expired", "Invalid Refresh Token: Session Expired")
    if idle > 0 and (now - last_used).total_seconds() > idle:
        message = "Invalid Refresh Token: Session Expired (Inactivity)"
        raise AuthError(400, "session_expired", message)


def _already_used() -> AuthError:
    # What was revoked before this refusal stays revoked.
    return AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used", keep=True)


async def refresh(call: Call, token: str) -> dict[str, Any]:
    """Exchanges a refresh token for its successor.

    A used token still gives the active one within the reuse interval, and always where the active one is its direct
    child (the client never got the answer): both as hosted. Any other reuse means that a token was stolen: the whole
    family is revoked, the thief's token and the owner's.
    """
    missing = AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
    found = await call.one("select session_id from auth.refresh_tokens where token = %s", token)
    if found is None:
        raise missing
    # Refreshes of one session come one after another: two at once would make two children.
    session = await call.one("select * from auth.sessions where id = %s for update", found["session_id"])
    used = await call.one("select * from auth.refresh_tokens where token = %s", token)
    user = await users.by_id(call, session["user_id"]) if session else None
    if session is None or used is None or user is None:
        raise missing
    if users.is_banned(user):
        raise AuthError(400, "user_banned", "Invalid Refresh Token: User Banned")
    _check_age(call, session, used["updated_at"])
    if used["revoked"]:
        active = await call.one(
            "select token, parent from auth.refresh_tokens where session_id = %s and not revoked"
            " order by id desc limit 1",
            session["id"],
        )
        age = (datetime.datetime.now(datetime.UTC) - used["updated_at"]).total_seconds()
        if active is None or (active["parent"] != token and age > call.config.reuse_interval):
            if call.config.rotation:
                await revoke_tokens(call, session["id"])
                await call.audit("token_revoked", user)
            raise _already_used()
        successor = active["token"]
    elif call.config.rotation:
        successor = await rotate(call, session, token)
    else:
        successor = token
    await call.db.execute(
        "update auth.sessions set refreshed_at = now() at time zone 'utc', updated_at = now(), user_agent = %s, ip = %s"
        " where id = %s",
        (call.request.headers.get("user-agent", "")[:1000], call.ip, session["id"]),
    )
    return await answer(call, user, session, successor, "token_refresh")


async def rotate(call: Call, session: Row, token: str | None) -> str:
    """Revokes the session's current refresh token and gives its child."""
    await revoke_tokens(call, session["id"])
    return await _add_refresh_token(call, session, token)


async def revoke_tokens(call: Call, session_id: uuid.UUID) -> None:
    """Revokes what is still active; what was revoked before keeps its time, which the reuse interval counts from."""
    await call.db.execute(
        "update auth.refresh_tokens set revoked = true, updated_at = clock_timestamp()"
        " where session_id = %s and not revoked",
        (session_id,),
    )


async def active_token(call: Call, session_id: uuid.UUID) -> str | None:
    row = await call.one(
        "select token from auth.refresh_tokens where session_id = %s and not revoked order by id desc limit 1",
        session_id,
    )
    return row["token"] if row else None


async def current(call: Call) -> tuple[Row, Row]:
    """The user and the session of the bearer token. Raises 403 where either is gone or the user is banned."""
    claims = call.claims()
    try:
        user_id = uuid.UUID(str(claims.get("sub")))
        session_id = uuid.UUID(str(claims.get("session_id")))
    except ValueError as error:
        raise AuthError(403, "bad_jwt", "invalid claim: missing sub claim") from error
    user = await users.by_id(call, user_id)
    if user is None:
        raise AuthError(403, "user_not_found", "User from sub claim in JWT does not exist")
    if users.is_banned(user):
        raise banned(403)
    session = await call.one("select * from auth.sessions where id = %s and user_id = %s", session_id, user_id)
    if session is None:
        raise AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")
    return user, session


async def end(call: Call, user: Row, session: Row | None, scope: str) -> None:
    """Ends sessions: ``global`` all, ``local`` this one, ``others`` all but this one."""
    session_id = session["id"] if session else None
    if scope == "local":
        await call.db.execute("delete from auth.sessions where id = %s", (session_id,))
    elif scope == "others":
        query = "delete from auth.sessions where user_id = %s and id is distinct from %s"
        await call.db.execute(query, (user["id"], session_id))
    else:
        await call.db.execute("delete from auth.sessions where user_id = %s", (user["id"],))

"""What admins' tools do with accounts. Every call needs a token of the role service_role."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from typing import Any
from urllib.parse import urlencode

import psycopg
from starlette.responses import JSONResponse

from siso_local.auth import account, mfa, passwords, sessions, users
from siso_local.auth.config import seconds
from siso_local.auth.errors import AuthError, invalid, unexpected, user_not_found
from siso_local.auth.http import Call, Row
from siso_local.auth.models import AdminDelete, AdminUser

_PER_PAGE = 50
_MOST_PER_PAGE = 1000


async def _user(call: Call) -> Row:
    call.require_admin()
    return await users.lock(call, call.path_id("user_id"))


def _number(call: Call, name: str, default: int) -> int:
    text = call.request.query_params.get(name, "")
    if text and (not text.isdecimal() or len(text) > 9):
        raise invalid(f"Bad Pagination Parameters: {name} must be a number")
    return max(1, int(text)) if text else default


async def list_users(call: Call) -> JSONResponse:
    """One page, newest first; ``filter`` looks for a part of the address."""
    call.require_admin()
    page = _number(call, "page", 1)
    size = min(_number(call, "per_page", _PER_PAGE), _MOST_PER_PAGE)
    part = call.request.query_params.get("filter", "")
    where = "where strpos(lower(coalesce(email, '')), lower(%s)) > 0"
    counted = await call.one(f"select count(*) as total from auth.users {where}", part)  # noqa: S608 (a constant)
    total = counted["total"] if counted else 0
    query = f"select * from auth.users {where} order by created_at desc, id limit %s offset %s"  # noqa: S608
    rows = await call.all(query, part, size, (page - 1) * size)
    last = max(1, -(-total // size))
    links = {"last": last} if page >= last else {"next": page + 1, "last": last}
    path = f"{call.config.issuer}/admin/users"
    headers = {
        "x-total-count": str(total),
        "link": ", ".join(
            f'<{path}?{urlencode({"page": number, "per_page": size})}>; rel="{name}"' for name, number in links.items()
        ),
    }
    return JSONResponse({"users": await users.shown_all(call, rows), "aud": "authenticated"}, headers=headers)


async def get_user(call: Call) -> dict[str, Any]:
    return await users.shown(call, await _user(call))


async def _password_hash(call: Call, body: AdminUser) -> str:
    if body.password_hash:
        if body.password or not passwords.known_hash(body.password_hash):
            raise invalid("password_hash must be a bcrypt hash, and comes without a password")
        return body.password_hash
    if not body.password:
        return ""
    passwords.check(call.config, body.password)
    return await passwords.encrypt(body.password)


def _changes(body: AdminUser, user: Row) -> dict[str, Any]:
    """The columns that a request changes, its password and address aside."""
    columns: dict[str, Any] = {}
    if body.role:
        columns["role"] = body.role
    for name, sent in (("raw_app_meta_data", body.app_metadata), ("raw_user_meta_data", body.user_metadata)):
        if sent is not None:
            merged = {**(user[name] or {}), **sent}
            columns[name] = {key: value for key, value in merged.items() if value is not None}
    if body.ban_duration == "none":
        columns["banned_until"] = None
    elif body.ban_duration:
        try:
            length = datetime.timedelta(seconds=seconds(body.ban_duration))
            columns["banned_until"] = datetime.datetime.now(datetime.UTC) + length
        except (ValueError, OverflowError) as error:
            raise invalid(f"invalid format for ban duration: {body.ban_duration[:50]!r}") from error
    return columns


async def create_user(call: Call) -> dict[str, Any]:
    call.require_admin()
    body = call.parse(AdminUser)
    if body.phone:
        raise AuthError(400, "phone_provider_disabled", "Unsupported phone provider")
    if not body.email:
        raise invalid("Cannot create a user without either an email or phone")
    try:
        user_id = uuid.UUID(body.id) if body.id else uuid.uuid4()
    except ValueError as error:
        raise invalid("ID must conform to the uuid v4 format") from error
    hashed = await _password_hash(call, body)
    user = await users.create(call, body.email, hashed, data={}, user_id=user_id)
    columns = _changes(body, user)
    if columns:
        user = await users.update(call, user["id"], **columns)
    if body.email_confirm:
        user = await users.confirm_email(call, user)
    await call.audit("user_signedup", user, by="admin")
    return await users.shown(call, user)


async def update_user(call: Call) -> dict[str, Any]:
    user = await _user(call)
    body = call.parse(AdminUser)
    if body.phone:
        raise AuthError(400, "phone_provider_disabled", "Unsupported phone provider")
    columns = _changes(body, user)
    hashed = await _password_hash(call, body)
    if hashed:
        columns["encrypted_password"] = hashed
        await sessions.end(call, user, None, "global")
    if columns:
        user = await users.update(call, user["id"], **columns)
    if body.email and body.email != user["email"]:
        # An admin's word replaces the confirmation of a new address.
        user = await account.apply_change(call, await users.update(call, user["id"], email_change=body.email))
    elif body.email_confirm:
        user = await users.confirm_email(call, user)
    await call.audit("user_modified", user, by="admin")
    return await users.shown(call, user)


async def delete_user(call: Call) -> dict[str, Any]:
    """Removes the account; softly, the row stays without anything that says whose it was."""
    user = await _user(call)
    if call.parse(AdminDelete).should_soft_delete:
        await _soft_delete(call, user)
    else:
        try:
            await call.db.execute("delete from auth.users where id = %s", (user["id"],))
        except psycopg.IntegrityError as error:  # rows of the project still point at the account
            raise unexpected("Database error deleting user") from error
    await call.audit("user_deleted", user, by="admin")
    return {}


async def _soft_delete(call: Call, user: Row) -> None:
    if user["deleted_at"] is not None:
        raise user_not_found()
    gone = hashlib.sha256(f"{user['id']}{user['email']}".encode()).hexdigest()
    tables = ("sessions", "mfa_factors", "one_time_tokens", "flow_state", "identities")
    for table in tables:
        await call.db.execute(f"delete from auth.{table} where user_id = %s", (user["id"],))  # noqa: S608
    empty = ("confirmation_token", "recovery_token", "email_change_token_new", "email_change_token_current")
    await users.update(
        call,
        user["id"],
        email=gone,
        encrypted_password="",
        email_change="",
        raw_user_meta_data={},
        raw_app_meta_data={},
        deleted_at=...,
        **dict.fromkeys(empty, ""),
    )


async def list_factors(call: Call) -> JSONResponse:
    shown = await users.shown(call, await _user(call))
    return JSONResponse(shown.get("factors", []))


async def delete_factor(call: Call) -> dict[str, Any]:
    user = await _user(call)
    query = "select * from auth.mfa_factors where id = %s and user_id = %s"
    factor = await call.one(query, call.path_id("factor_id"), user["id"])
    if factor is None:
        raise AuthError(404, "mfa_factor_not_found", "Factor not found")
    await mfa.remove(call, user, factor)
    return {"id": str(factor["id"])}

"""Rows of ``auth.users`` and ``auth.identities``, and how they are shown to clients."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from siso_local.auth.errors import email_exists, unexpected, user_not_found
from siso_local.auth.http import Call, Row
from siso_local.web import log

NO_INSTANCE = uuid.UUID(int=0)
TIMES = (
    "invited_at",
    "confirmation_sent_at",
    "recovery_sent_at",
    "email_change_sent_at",
    "reauthentication_sent_at",
    "last_sign_in_at",
    "email_confirmed_at",
    "confirmed_at",
    "banned_until",
    "deleted_at",
)


def stamp(time: datetime.datetime) -> str:
    """A time as hosted Auth writes it: ISO 8601 with microseconds and ``Z`` (the Python client needs both)."""
    return time.astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


async def by_id(call: Call, user_id: Any) -> Row | None:
    return await call.one("select * from auth.users where id = %s", user_id)


async def by_email(call: Call, email: str) -> Row | None:
    return await call.one("select * from auth.users where email = %s and not is_sso_user", email)


async def lock(call: Call, user_id: Any) -> Row:
    """The user's row, held until the end of the transaction. Raises 404 where it is gone."""
    row = await call.one("select * from auth.users where id = %s for update", user_id)
    if row is None:
        raise user_not_found()
    return row


def is_banned(user: Row) -> bool:
    until = user["banned_until"]
    return until is not None and until > datetime.datetime.now(datetime.UTC)


async def _write(call: Call, query: sql.Composed, values: list[Any], message: str) -> Row:
    """Writes a user; a taken address and a failing trigger of the project get the answers of hosted Auth."""
    try:
        row = await (await call.db.execute(query, values)).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise email_exists() from error
    except psycopg.Error as error:
        if error.sqlstate is None or error.sqlstate[:2] in ("08", "57"):
            raise
        log("auth", "writing a user failed", "error", sqlstate=error.sqlstate, reason=error.diag.message_primary)
        raise unexpected(message) from error
    if row is None:
        raise user_not_found()
    return row


async def update(call: Call, user_id: Any, **columns: Any) -> Row:
    """Changes columns and returns the new row; dicts become JSON, ``...`` stands for the current time."""
    parts: list[sql.Composable] = []
    values: list[Any] = []
    for name, value in {**columns, "updated_at": ...}.items():
        if value is ...:
            parts.append(sql.SQL("{} = now()").format(sql.Identifier(name)))
        else:
            parts.append(sql.SQL("{} = %s").format(sql.Identifier(name)))
            values.append(Jsonb(value) if isinstance(value, dict) else value)
    query = sql.SQL("update auth.users set {} where id = %s returning *").format(sql.SQL(", ").join(parts))
    return await _write(call, query, [*values, user_id], "Database error updating user")


async def create(
    call: Call, email: str, password_hash: str, *, data: dict[str, Any], user_id: uuid.UUID | None = None, **more: Any
) -> Row:
    """A new, unconfirmed account with its e-mail identity."""
    columns: dict[str, Any] = {
        "instance_id": NO_INSTANCE,
        "id": user_id or uuid.uuid4(),
        "aud": "authenticated",
        "role": "authenticated",
        "email": email,
        "encrypted_password": password_hash,
        "raw_app_meta_data": {"provider": "email", "providers": ["email"]},
        "raw_user_meta_data": data,
        **more,
    }
    values = [Jsonb(value) if isinstance(value, dict) else value for value in columns.values()]
    query = sql.SQL("insert into auth.users ({}) values ({}) returning *").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() * len(columns)),
    )
    user = await _write(call, query, values, "Database error saving new user")
    await set_identity(call, user, verified=False)
    return user


async def set_identity(call: Call, user: Row, *, verified: bool) -> None:
    """Makes the e-mail identity say what the account says."""
    facts = {"sub": str(user["id"]), "email": user["email"], "email_verified": verified, "phone_verified": False}
    await call.db.execute(
        "insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at)"
        " values (%s, %s, %s, 'email', now(), now())"
        " on conflict (provider_id, provider) do update"
        " set identity_data = auth.identities.identity_data || excluded.identity_data, updated_at = now()",
        (str(user["id"]), user["id"], Jsonb(facts)),
    )


async def confirm_email(call: Call, user: Row) -> Row:
    """Marks the address as proven; an account proven before stays as it is."""
    if user["email_confirmed_at"] is not None:
        return user
    data = {**(user["raw_user_meta_data"] or {}), "email_verified": True}
    user = await update(call, user["id"], email_confirmed_at=..., raw_user_meta_data=data)
    await set_identity(call, user, verified=True)
    return user


def _factor(row: Row) -> dict[str, Any]:
    shown = {name: row[name] for name in ("id", "friendly_name", "factor_type", "status")}
    return {
        **shown,
        "id": str(row["id"]),
        "created_at": stamp(row["created_at"]),
        "updated_at": stamp(row["updated_at"]),
    }


def _identity(row: Row) -> dict[str, Any]:
    return {
        "identity_id": str(row["id"]),
        "id": row["provider_id"],
        "user_id": str(row["user_id"]),
        "identity_data": row["identity_data"],
        "provider": row["provider"],
        **{n: stamp(row[n]) for n in ("last_sign_in_at", "created_at", "updated_at") if row[n]},
        "email": row["email"],
    }


async def shown(call: Call, user: Row) -> dict[str, Any]:
    """The user as clients see it."""
    return (await shown_all(call, [user]))[0]


async def shown_all(call: Call, rows: list[Row]) -> list[dict[str, Any]]:
    """Users as clients see them, with two queries however many they are."""
    ids = [row["id"] for row in rows]
    identities: dict[Any, list[dict[str, Any]]] = {user_id: [] for user_id in ids}
    factors: dict[Any, list[dict[str, Any]]] = {user_id: [] for user_id in ids}
    for row in await call.all("select * from auth.identities where user_id = any(%s) order by created_at", ids):
        identities[row["user_id"]].append(_identity(row))
    for row in await call.all("select * from auth.mfa_factors where user_id = any(%s) order by created_at", ids):
        factors[row["user_id"]].append(_factor(row))
    return [shape(row, identities[row["id"]], factors[row["id"]]) for row in rows]


def shape(user: Row, identities: list[dict[str, Any]], factors: list[dict[str, Any]]) -> dict[str, Any]:
    """The user's columns under the names of the API; absent times are left out, as hosted Auth does."""
    body: dict[str, Any] = {
        "id": str(user["id"]),
        "aud": user["aud"],
        "role": user["role"],
        "email": user["email"] or "",
        "phone": user["phone"] or "",
        "app_metadata": user["raw_app_meta_data"] or {},
        "user_metadata": user["raw_user_meta_data"] or {},
        "identities": identities,
        "created_at": stamp(user["created_at"]),
        "updated_at": stamp(user["updated_at"]),
        "is_anonymous": user["is_anonymous"],
    }
    if user["email_change"]:
        body["new_email"] = user["email_change"]
    if factors:
        body["factors"] = factors
    body.update({name: stamp(user[name]) for name in TIMES if user[name]})
    return body

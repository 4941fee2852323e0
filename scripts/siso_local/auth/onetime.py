"""One-time tokens: the code in a mail and the hash in its link, either of which works once."""

from __future__ import annotations

import datetime
import hashlib
import secrets
import uuid

from siso_local.auth import users
from siso_local.auth.errors import AuthError, banned, invalid, otp_expired
from siso_local.auth.http import Call, Row

PKCE = "pkce_"
# Kind of token → its column in auth.users, and the column that says when it was sent.
COLUMNS = {
    "confirmation_token": ("confirmation_token", "confirmation_sent_at"),
    "recovery_token": ("recovery_token", "recovery_sent_at"),
    "email_change_token_new": ("email_change_token_new", "email_change_sent_at"),
    "email_change_token_current": ("email_change_token_current", "email_change_sent_at"),
    "reauthentication_token": ("reauthentication_token", "reauthentication_sent_at"),
}
# What a client calls the verification → the kinds of token that it accepts.
ACCEPTED = {
    "signup": ("confirmation_token",),
    "invite": ("confirmation_token",),
    "recovery": ("recovery_token",),
    "magiclink": ("recovery_token",),
    "email": ("confirmation_token", "recovery_token"),
    "email_change": ("email_change_token_new", "email_change_token_current"),
}


def new_code(call: Call) -> str:
    length = call.config.otp_length
    return f"{secrets.randbelow(10**length):0{length}d}"


def hash_of(email: str, code: str) -> str:
    """The hash that stands in the link and in the table: bound to the address, as hosted Auth makes it."""
    return hashlib.sha224((email + code).encode()).hexdigest()


async def issue(
    call: Call, user: Row, kind: str, email: str, *, pkce: bool = False, also: str | None = None
) -> tuple[str, str]:
    """A fresh code and its hash; an older one of the same kind stops working. ``also``: a second column to stamp."""
    code = new_code(call)
    token_hash = (PKCE if pkce else "") + hash_of(email, code)
    await call.db.execute(
        "insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at)"
        " values (%s, %s, %s, %s, %s, clock_timestamp() at time zone 'utc', clock_timestamp() at time zone 'utc')"
        " on conflict (user_id, token_type) do update set token_hash = excluded.token_hash,"
        " relates_to = excluded.relates_to, created_at = excluded.created_at, updated_at = excluded.updated_at",
        (uuid.uuid4(), user["id"], kind, token_hash, email),
    )
    column, sent_at = COLUMNS[kind]
    changes = {column: token_hash, sent_at: ...}
    if also:
        changes[also] = ...
    await users.update(call, user["id"], **changes)
    return code, token_hash


async def _take(call: Call, kinds: tuple[str, ...], hashes: list[str]) -> Row | None:
    """Removes the token with one of these hashes. Of two requests at once only one gets it."""
    oldest = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - datetime.timedelta(
        seconds=call.config.otp_expiry
    )
    return await call.one(
        "delete from auth.one_time_tokens where token_hash = any(%s)"
        " and token_type = any(%s::auth.one_time_token_type[]) and created_at > %s returning *",
        hashes,
        list(kinds),
        oldest,
    )


async def redeem(
    call: Call, purpose: str, *, email: str = "", code: str = "", token_hash: str = ""
) -> tuple[Row, str, str]:
    """The user whose token this is, the token's kind, and its hash; the token is used up.

    Raises 403 ``otp_expired`` for a wrong, used or old one, 429 after too many wrong codes for an address.
    """
    if purpose not in ACCEPTED:
        raise invalid("Verify requires a verification type")
    wrong = otp_expired("Email link is invalid or has expired" if token_hash else "Token has expired or is invalid")
    tried = f"code {email}" if email else f"link {call.ip}"
    if not token_hash:
        call.limits.may_try(tried)
        plain = hash_of(email, code)
        row = await _take(call, ACCEPTED[purpose], [plain, PKCE + plain])
    else:
        row = await _take(call, ACCEPTED[purpose], [token_hash])
    if row is None:
        if not token_hash:
            call.limits.wrong_code(tried)
        raise wrong
    call.limits.right_code(tried)
    user = await users.lock(call, row["user_id"])
    if users.is_banned(user):
        raise banned(403)
    if user["deleted_at"] is not None:
        raise wrong
    user = await users.update(call, user["id"], **{COLUMNS[row["token_type"]][0]: ""})
    return user, row["token_type"], row["token_hash"]


async def redeem_nonce(call: Call, user: Row, nonce: str) -> None:
    """Uses up the code of ``/reauthenticate``. Raises 422 where it is not the one that was sent."""
    tried = f"nonce {user['id']}"
    call.limits.may_try(tried)
    row = await _take(call, ("reauthentication_token",), [hash_of(user["email"], nonce)])
    if row is None or row["user_id"] != user["id"]:
        call.limits.wrong_code(tried)
        raise AuthError(422, "reauthentication_not_valid", "Nonce has expired or is invalid")
    call.limits.right_code(tried)
    await users.update(call, user["id"], reauthentication_token="")

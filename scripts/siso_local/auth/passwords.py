"""Passwords: what is strong enough, and bcrypt, which costs time on purpose and so runs beside the event loop."""

from __future__ import annotations

import asyncio
import secrets

import bcrypt

from siso_local.auth.config import Config
from siso_local.auth.errors import invalid, weak_password

COST = 10
MAX_BYTES = 72  # bcrypt reads no more; hosted Auth refuses longer ones, too
# Checked where there is no account, so that the answer takes as long as for a wrong password.
_NOBODY = bcrypt.hashpw(secrets.token_bytes(16), bcrypt.gensalt(COST))


def check(config: Config, password: str) -> None:
    """Raises 422 ``weak_password`` with its reasons, or 400 for a password that cannot be stored."""
    if len(password.encode()) > MAX_BYTES:
        raise invalid(f"Password cannot be longer than {MAX_BYTES} characters")
    faults: list[str] = []
    reasons: list[str] = []
    if len(password) < config.password_length:
        faults.append(f"Password should be at least {config.password_length} characters.")
        reasons.append("length")
    if any(not set(password) & set(characters) for characters in config.password_classes):
        faults.append(
            "Password should contain at least one character of each: " + ", ".join(config.password_classes) + "."
        )
        reasons.append("characters")
    if faults:
        raise weak_password(" ".join(faults), reasons)


async def encrypt(password: str) -> str:
    hashed = await asyncio.to_thread(bcrypt.hashpw, password.encode(), bcrypt.gensalt(COST))
    return hashed.decode()


async def matches(password: str, hashed: str | None) -> bool:
    """Whether the password belongs to this hash; takes the same time where there is no hash at all."""
    secret = password.encode()[:MAX_BYTES]
    try:
        same = await asyncio.to_thread(bcrypt.checkpw, secret, hashed.encode() if hashed else _NOBODY)
    except ValueError:  # a hash of another kind, put there by hand
        return False
    return same and bool(hashed)


def known_hash(hashed: str) -> bool:
    """Whether an admin may store this hash: only bcrypt is understood here."""
    try:
        bcrypt.checkpw(b"", hashed.encode())
    except ValueError:
        return False
    return True

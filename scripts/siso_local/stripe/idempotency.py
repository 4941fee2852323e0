"""Idempotency keys, as Stripe keeps them.

v1 replays the first result of a key, failures included, for 24 hours of virtual time. v2 replays successes and runs
failed requests again. The same key with other parameters is refused. While a key's first request is in flight, others
get 409.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from siso_local.stripe.errors import StripeError, invalid
from siso_local.stripe.world import DAY, World

KEPT_V1, KEPT_V2 = DAY, 30 * DAY
MAX_KEY_LENGTH = 255


class Key(NamedTuple):
    scope: str  # API version family and account: the same text may be used by each of them
    text: str
    path: str
    fingerprint: str

    @property
    def is_v2(self) -> bool:
        return self.scope.startswith("v2")


class Replay(NamedTuple):
    status: int
    body: str
    request_id: str


def key_for(text: str | None, verb: str, path: str, account: str, params: Any) -> Key | None:
    """The key of a writing request, ``None`` where it has none."""
    if not text or verb == "GET":
        return None
    if len(text) > MAX_KEY_LENGTH:
        raise invalid(f"Idempotency keys may be at most {MAX_KEY_LENGTH} characters long.", "idempotency_key_too_long")
    family = "v2" if path.startswith("/v2/") else "v1"
    canonical = json.dumps([verb, path, params], sort_keys=True)
    return Key(f"{family}:{account}", text, path, hashlib.sha256(canonical.encode()).hexdigest())


def stored(world: World, key: Key) -> Replay | None:
    """The result that belongs to the key. Raises where the key was first used for something else."""
    kept = KEPT_V2 if key.is_v2 else KEPT_V1
    oldest = world.clock.now() - kept
    rows = world.store.execute(
        "select * from idempotency_keys where scope = ? and key = ? and created > ?", key.scope, key.text, oldest
    )
    if not rows:
        return None
    row = rows[0]
    if row["fingerprint"] != key.fingerprint:
        if row["path"] != key.path:
            used = f"for the same endpoint they were first used for ('{key.path}' vs '{row['path']}')"
        else:
            used = "with the same parameters they were first used with"
        text = f"Keys for idempotent requests can only be used {used}. Try using a key other than '{key.text}'."
        raise StripeError(400, text, kind="idempotency_error", stored=False)
    return Replay(row["status"], row["body"], row["request_id"])


def keep(world: World, key: Key, status: int, body: str, request_id: str) -> None:
    """Binds a result to the key, unless it is one that v2 would run again."""
    if key.is_v2 and status >= 400:
        return
    world.store.execute(
        "insert or replace into idempotency_keys values (?, ?, ?, ?, ?, ?, ?, ?)",
        key.scope,
        key.text,
        key.fingerprint,
        key.path,
        status,
        body,
        request_id,
        world.clock.now(),
    )


def in_flight(text: str) -> StripeError:
    return StripeError(
        409,
        f"There is currently another in-progress request using this Idempotency Key ({text}). Please try again later.",
        "idempotency_key_in_use",
        stored=False,
    )

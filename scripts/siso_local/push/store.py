"""Subscriptions and the last thousand messages, in one SQLite file of the state folder."""

from __future__ import annotations

import datetime
import json
import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from siso_local.push.protocol import Options, point_of

KEPT = 1000
_SCHEMA = """
create table if not exists subscriptions (
    id text primary key,
    p256dh text not null,
    auth text not null,
    private_key text,
    server_key text,
    gone integer not null default 0,
    created_at text not null
);
create table if not exists messages (
    id integer primary key autoincrement,
    token text not null unique,
    subscription text not null,
    payload text,
    encrypted text,
    topic text,
    ttl integer not null,
    urgency text not null,
    vapid text not null,
    replaced integer not null default 0,
    received_at text not null
);
create index if not exists messages_topic on messages (subscription, topic);
"""


@dataclass(frozen=True, slots=True)
class Subscription:
    """``auth`` and ``p256dh`` in base64url; ``private_key`` is None when only the client has it; ``server_key`` is the
    VAPID key that messages must be signed with, None for any."""

    id: str
    p256dh: str
    auth: str
    private_key: ec.EllipticCurvePrivateKey | None
    server_key: str | None
    gone: bool


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


class Store:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # for its owner alone: the file holds private keys
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_SCHEMA)

    def subscribe(
        self, private_key: ec.EllipticCurvePrivateKey | None, p256dh: str, auth: str, server_key: str | None
    ) -> str:
        """Keeps a subscription and returns its id."""
        pem = None
        if private_key is not None:
            pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        new = secrets.token_urlsafe(24)
        self._db.execute(
            "insert into subscriptions (id, p256dh, auth, private_key, server_key, created_at) "
            "values (?, ?, ?, ?, ?, ?)",
            (new, p256dh, auth, pem, server_key, _now()),
        )
        return new

    def mint(self, server_key: str | None) -> str:
        """A subscription with fresh keys, as a browser would make them; returns its id."""
        key = ec.generate_private_key(ec.SECP256R1())
        auth = secrets.token_urlsafe(16)
        return self.subscribe(key, point_of(key), auth, server_key)

    def subscription(self, name: str) -> Subscription | None:
        row = self._db.execute(
            "select id, p256dh, auth, private_key, server_key, gone from subscriptions where id = ?", (name,)
        ).fetchone()
        if row is None:
            return None
        key = load_pem_private_key(row[3].encode(), None) if row[3] else None
        assert key is None or isinstance(key, ec.EllipticCurvePrivateKey)
        return Subscription(row[0], row[1], row[2], key, row[4], bool(row[5]))

    def end(self, name: str) -> bool:
        """Unsubscribes; whoever sends to it from now on is told 410. False when there is no such subscription."""
        return self._db.execute("update subscriptions set gone = 1 where id = ?", (name,)).rowcount == 1

    def add(
        self, subscription: str, payload: str | None, encrypted: str | None, options: Options, vapid: dict[str, Any]
    ) -> str:
        """Keeps a message, in place of an earlier one of the same topic, and returns its token."""
        replaced = 0
        token = secrets.token_urlsafe(16)
        self._db.execute("begin")
        if options.topic:
            earlier = self._db.execute(
                "delete from messages where subscription = ? and topic = ? returning replaced",
                (subscription, options.topic),
            ).fetchall()
            replaced = sum(count + 1 for (count,) in earlier)
        new = self._db.execute(
            "insert into messages (token, subscription, payload, encrypted, topic, ttl, urgency, vapid, replaced, "
            "received_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                token,
                subscription,
                payload,
                encrypted,
                options.topic,
                options.ttl,
                options.urgency,
                json.dumps(vapid),
                replaced,
                _now(),
            ),
        ).lastrowid
        assert new is not None
        self._db.execute("delete from messages where id <= ?", (new - KEPT,))
        self._db.execute("commit")
        return token

    def find(self, subscription: str | None, after: int, limit: int) -> list[dict[str, Any]]:
        """Newest first."""
        rows = self._db.execute(
            "select id, token, subscription, payload, encrypted, topic, ttl, urgency, vapid, replaced, received_at "
            "from messages where id > ? and (? is null or subscription = ?) order by id desc limit ?",
            (after, subscription, subscription, limit),
        )
        return [_message(row) for row in rows]

    def clear(self) -> None:
        self._db.execute("delete from messages")

    def close(self) -> None:
        self._db.close()


def _message(row: tuple[Any, ...]) -> dict[str, Any]:
    text = row[3]
    try:
        data = json.loads(text) if text else None
    except ValueError:
        data = None
    return {
        "id": row[0],
        "token": row[1],
        "subscription": row[2],
        "text": text,
        "json": data,
        "encrypted": row[4],
        "topic": row[5],
        "ttl": row[6],
        "urgency": row[7],
        "vapid": json.loads(row[8]),
        "replaced": row[9],
        "received_at": row[10],
    }

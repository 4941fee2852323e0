"""What goes into a push message and what an answer means: pure decisions, no calls."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from workers.core.database_types import PublicNotificationType

# Ciphertext may be 4096 bytes; encryption adds 103.
MAX_PLAINTEXT_BYTES = 3993
DAY = 24 * 3600
_URGENT: frozenset[PublicNotificationType] = frozenset({"payout", "commission", "security"})


@dataclass(frozen=True)
class PushMessage:
    """One message as the push service wants it. ``topic`` collapses repeats of the same notification."""

    body: bytes
    ttl_seconds: int
    urgency: str
    topic: str


class Outcome(Enum):
    ACCEPTED = "accepted"
    GONE = "gone"  # the subscription is dead: delete it
    REFUSED = "refused"  # our mistake or theirs, not to be repeated
    LATER = "later"  # try again


def compose(notification: dict[str, Any], unread: int, pwa_url: str) -> PushMessage:
    """Declarative Web Push JSON: shown by the browser itself where it can, by our service worker elsewhere.

    The database writes texts without amounts or lead names, so that a lock screen tells nothing.
    """
    payload = {
        "web_push": 8030,
        "notification": {
            "title": notification["title"],
            "body": notification["message"],
            "navigate": pwa_url.rstrip("/") + (notification["action_url"] or "/"),
            "tag": notification["id"],
            "app_badge": unread,
        },
    }
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > MAX_PLAINTEXT_BYTES:
        raise ValueError(f"a push message has at most {MAX_PLAINTEXT_BYTES} bytes, this one has {len(body)}")
    topic = base64.urlsafe_b64encode(hashlib.sha256(notification["id"].encode()).digest()).decode()[:32]
    return PushMessage(body, DAY, "high" if notification["type"] in _URGENT else "normal", topic)


def judge(status: int) -> Outcome:
    """By the push service's HTTP status (RFC 8030)."""
    if status in (200, 201, 202):
        return Outcome.ACCEPTED
    if status in (404, 410):
        return Outcome.GONE
    if status == 429 or status >= 500:
        return Outcome.LATER
    return Outcome.REFUSED


def has_usable_keys(p256dh: str, auth: str) -> bool:
    """Whether a subscription's keys, which a client gave us, are what RFC 8291 asks for: a P-256 point and 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _unb64url(p256dh))
        return len(_unb64url(auth)) == 16
    except ValueError:
        return False


def _unb64url(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def is_allowed(endpoint: str, hosts: list[str]) -> bool:
    """Whether an endpoint, which a client gave us, is a push service and not something inside our network.

    ``hosts`` are names, ``*.name`` for a whole domain, or ``host:port`` (which also allows plain http: local platform).
    """
    parts = urlsplit(endpoint)
    try:
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if f"{host}:{port}" in hosts:
        return parts.scheme in ("http", "https")
    if parts.scheme != "https" or port not in (None, 443) or parts.username or not host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return any(host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in hosts)
    return False

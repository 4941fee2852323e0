"""What travels between client and server, independent of how a protocol version writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Json = Any
Payload = dict[str, Any]


class MalformedFrameError(Exception):
    """A frame that is no message; hosted logs and ignores it and keeps the connection."""


def _refuse_constant(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def load_json(text: str | bytes) -> Json:
    """Parses strict JSON: ``NaN`` and ``Infinity`` are refused because browsers could not read them when passed on."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise MalformedFrameError("not JSON") from error


def dump_json(value: Json) -> str:
    """Compact JSON in ASCII: half a surrogate pair, which JSON can escape and UTF-8 cannot hold, passes unharmed."""
    return json.dumps(value, separators=(",", ":"))


def is_encodable(text: str) -> bool:
    """Whether a name can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One message for everybody in a room: JSON text or bytes, with ``meta`` where it came from the database.

    ``whole`` replaces the envelope where a client sent one with keys of its own, which must reach the others unchanged.
    """

    topic: str
    event: str
    json_text: str | None
    binary: bytes | None = None
    meta: Payload = field(default_factory=dict)
    whole: str | None = None

    @property
    def size(self) -> int:
        """Bytes of the user's payload; the measure that the payload limit is about."""
        if self.binary is not None:
            return len(self.binary)
        return len((self.whole or self.json_text or "").encode())


@dataclass(frozen=True, slots=True)
class Message:
    """One frame from a client. ``broadcast`` is set where the frame was a binary broadcast push."""

    topic: str
    event: str
    payload: Payload
    ref: str | None = None
    join_ref: str | None = None
    broadcast: Broadcast | None = None

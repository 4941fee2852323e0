"""The payload of a join, read as leniently as hosted reads it: what is invalid is replaced by its default."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from siso_local.realtime.messages import Payload


def _section(value: Any) -> Payload:
    return value if isinstance(value, dict) else {}


def _is_true(value: Any) -> bool:
    return value is True or value == "true"


@dataclass(frozen=True, slots=True)
class Join:
    private: bool = False
    ack: bool = False
    receive_own: bool = False
    presence: bool = False
    replication_ready: bool = False
    wants_replay: bool = False
    token: str | None = None
    table_changes: list[Payload] = field(default_factory=list)


def read_join(payload: Payload) -> Join:
    """Never fails; unknown keys are ignored and booleans may come as the strings "true" and "false"."""
    config = _section(payload.get("config"))
    broadcast = _section(config.get("broadcast"))
    changes = config.get("postgres_changes")
    token = payload.get("user_token") or payload.get("access_token")
    return Join(
        private=_is_true(config.get("private")),
        ack=_is_true(broadcast.get("ack")),
        receive_own=_is_true(broadcast.get("self")),
        presence=_is_true(_section(config.get("presence")).get("enabled")),
        replication_ready=_is_true(broadcast.get("replication_ready")),
        wants_replay=isinstance(broadcast.get("replay"), dict),
        token=token if isinstance(token, str) else None,
        table_changes=[c for c in changes if isinstance(c, dict)] if isinstance(changes, list) else [],
    )

"""Who listens where. A public and a private topic of the same name are two rooms."""

from __future__ import annotations

from typing import Protocol

from siso_local.realtime.frames import SERIALISERS, Frame
from siso_local.realtime.messages import Broadcast


class Member(Protocol):
    @property
    def version(self) -> str: ...

    def deliver(self, frame: Frame) -> None: ...


class Rooms:
    def __init__(self) -> None:
        self._rooms: dict[tuple[bool, str], dict[Member, None]] = {}

    def enter(self, member: Member, topic: str, *, private: bool) -> None:
        self._rooms.setdefault((private, topic), {})[member] = None

    def leave(self, member: Member, topic: str, *, private: bool) -> None:
        room = self._rooms.get((private, topic))
        if room is None:
            return
        room.pop(member, None)
        if not room:
            del self._rooms[private, topic]

    def broadcast(self, broadcast: Broadcast, *, private: bool, excluded: Member | None = None) -> int:
        """Hands the message to every member but ``excluded``; each version's frame is made once. Returns how many."""
        room = self._rooms.get((private, broadcast.topic))
        if not room:
            return 0
        frames: dict[str, Frame | None] = {}
        delivered = 0
        # A member that is too slow leaves the room while we go through it.
        for member in list(room):
            if member is excluded:
                continue
            version = member.version
            if version not in frames:
                frames[version] = SERIALISERS[version].encode_broadcast(broadcast)
            frame = frames[version]
            if frame is not None:
                member.deliver(frame)
                delivered += 1
        return delivered

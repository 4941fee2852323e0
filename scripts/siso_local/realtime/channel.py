"""One client's subscription to one topic: who it speaks for, what it may do, and how it ends."""

from __future__ import annotations

import asyncio
from typing import Protocol

from siso_local.realtime.access import Identity, RefusedError
from siso_local.realtime.context import Context
from siso_local.realtime.frames import Frame
from siso_local.realtime.joining import Join
from siso_local.realtime.logs import log
from siso_local.realtime.messages import Broadcast, Message, Payload, dump_json, is_encodable

BROADCAST, PRESENCE = "broadcast", "presence"
_ENVELOPE_KEYS = {"type", "event", "payload"}


class Connection(Protocol):
    """What a channel needs of its socket."""

    version: str
    headers: dict[str, str]

    def send(self, frame: Frame) -> None: ...

    def push(self, topic: str, event: str, payload: Payload, ref: str | None, join_ref: str | None) -> None: ...

    def forget(self, channel: Channel) -> None: ...


class Channel:
    def __init__(
        self, connection: Connection, context: Context, name: str, join_ref: str | None, join: Join, identity: Identity
    ) -> None:
        self.name = name
        self.topic = f"realtime:{name}"
        self.join_ref = join_ref
        self.join = join
        self._connection = connection
        self._context = context
        self._identity = identity
        self._readable: frozenset[str] = frozenset()
        self._may_write: bool | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._open = False

    # -- as a member of a room ---------------------------------------------------------------------------------------

    @property
    def version(self) -> str:
        return self._connection.version

    def deliver(self, frame: Frame) -> None:
        self._connection.send(frame)

    # -- life --------------------------------------------------------------------------------------------------------

    async def authorise(self) -> None:
        """Asks the policies about a private topic. Raises ``RefusedError``; changes nothing then."""
        if not self.join.private:
            return
        self._readable = await self._ask(self._identity)

    async def _ask(self, identity: Identity) -> frozenset[str]:
        extensions = (BROADCAST, PRESENCE) if self.join.presence else (BROADCAST,)
        readable = await self._context.authorisation.readable(identity, self.name, extensions, self._connection.headers)
        if not readable:
            raise RefusedError(
                "Unauthorized", f"You do not have permissions to read from this Channel topic: {self.name}"
            )
        return readable

    def open(self) -> None:
        """From here on the client gets what is broadcast."""
        self._open = True
        if not self.join.private or BROADCAST in self._readable:
            self._context.rooms.enter(self, self.name, private=self.join.private)
        self._watch_token()

    def close(self) -> None:
        """Ends the subscription without a word to the client."""
        self._open = False
        self._context.rooms.leave(self, self.name, private=self.join.private)
        if self._timer is not None:
            self._timer.cancel()
        self._connection.forget(self)

    def shut_down(self, reason: str) -> None:
        """Ends the subscription for a reason that the client is told, as a `system` error and a close."""
        if not self._open:
            return
        log("channel shut down", topic=self.name, reason=reason)
        self.tell("system", "error", reason)
        self.close()
        self._connection.push(self.topic, "phx_close", {}, self.join_ref, self.join_ref)

    def tell(self, extension: str, status: str, message: str) -> None:
        payload = {"extension": extension, "status": status, "message": message, "channel": self.name}
        self._connection.push(self.topic, "system", payload, None, None)

    def _watch_token(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        left = self._identity.seconds_left
        if left <= 0:
            self.shut_down(self._identity.expiry_message())
            return
        pause = min(self._context.options.token_check_seconds, left + 0.05)
        self._timer = asyncio.get_running_loop().call_later(pause, self._watch_token)

    # -- what the client sends -----------------------------------------------------------------------------------------

    async def refresh(self, token: object) -> None:
        """Takes a new token and asks the policies again; a channel that may no longer be read is closed."""
        if not isinstance(token, str) or token.startswith("sb_") or token == self._identity.token:
            return
        try:
            identity = await self._context.access.identify(token)
            readable = await self._ask(identity) if self.join.private else self._readable
        except RefusedError as error:
            lost = error.code == "Unauthorized"
            reason = f"You no longer have permission to read from this Channel topic: {self.name}"
            self.shut_down(reason if lost else error.message)
            return
        if self._readable - readable:
            self.shut_down(f"You no longer have permission to read from this Channel topic: {self.name}")
            return
        if not self._open:
            return
        self._identity, self._readable, self._may_write = identity, readable, None
        self.open()

    async def broadcast(self, message: Message) -> None:
        """Passes a client's broadcast on. A sender without permission gets no answer, as on hosted."""
        broadcast = message.broadcast or self._read_broadcast(message.payload)
        if broadcast.size > self._context.options.max_payload_bytes:
            log("payload too large", "warning", topic=self.name, bytes=broadcast.size)
            self._acknowledge(message, {"status": "error", "response": {"reason": "payload_size_exceeded"}})
            return
        if self.join.private:
            if self._may_write is None:
                self._may_write = await self._context.authorisation.may_write(
                    self._identity, self.name, BROADCAST, self._connection.headers
                )
            if not self._may_write:
                return
        excluded = None if self.join.receive_own else self
        self._context.rooms.broadcast(broadcast, private=self.join.private, excluded=excluded)
        self._acknowledge(message, {"status": "ok", "response": {}})

    def _acknowledge(self, message: Message, payload: Payload) -> None:
        if self.join.ack:
            self._connection.push(self.topic, "phx_reply", payload, message.ref, self.join_ref)

    def _read_broadcast(self, payload: Payload) -> Broadcast:
        event = payload.get("event")
        if isinstance(event, str) and is_encodable(event) and payload.keys() <= _ENVELOPE_KEYS:
            return Broadcast(self.name, event, dump_json(payload.get("payload", {})))
        return Broadcast(self.name, "", None, whole=dump_json(payload))

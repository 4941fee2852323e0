"""One client's WebSocket: reads its frames in order, and writes to it without ever waiting for it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from aiohttp import WSCloseCode, WSMsgType, web

from siso_local.realtime.access import Identity
from siso_local.realtime.channel import Channel
from siso_local.realtime.context import Context
from siso_local.realtime.dispatch import dispatch
from siso_local.realtime.frames import Frame, Serialiser
from siso_local.realtime.logs import log
from siso_local.realtime.messages import MalformedFrameError, Payload
from siso_local.realtime.rates import Rate


class ClientConnection:
    def __init__(
        self,
        request: web.Request,
        context: Context,
        serialiser: Serialiser,
        identity: Identity,
        headers: dict[str, str],
    ) -> None:
        self.version = serialiser.version
        self.headers = headers
        self.identity = identity
        self.context = context
        self.channels: dict[str, Channel] = {}
        self.messages = Rate(context.options.max_messages_per_second)
        self._request = request
        self._serialiser = serialiser
        self._socket = web.WebSocketResponse(
            max_msg_size=context.options.max_frame_bytes, compress=False, timeout=1.0, autoping=True
        )
        self._outbox: deque[Frame] = deque()
        self._outbox_bytes = 0
        self._has_frames = asyncio.Event()
        self._all_sent = asyncio.Event()
        self._all_sent.set()

    async def serve(self) -> web.WebSocketResponse:
        """Runs until either side ends the connection."""
        await self._socket.prepare(self._request)
        self.context.sockets.add(self)
        writer = asyncio.create_task(self._write())
        try:
            await self._read()
        finally:
            self.context.sockets.discard(self)
            for channel in list(self.channels.values()):
                channel.close()
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
        return self._socket

    async def disconnect(self, code: int = WSCloseCode.GOING_AWAY) -> None:
        """Says what is still to be said and ends the connection; the official clients then connect again."""
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(1):
                await self._all_sent.wait()
                await self._socket.close(code=code)

    # -- towards the client ------------------------------------------------------------------------------------------

    def send(self, frame: Frame) -> None:
        """Puts a frame behind those that wait. A client that lets too much wait is cut off: it would get old news."""
        self._outbox.append(frame)
        self._outbox_bytes += len(frame.data)
        self._has_frames.set()
        self._all_sent.clear()
        if self._outbox_bytes > self.context.options.max_outbox_bytes:
            log("client too slow", "warning", waiting_bytes=self._outbox_bytes)
            self._outbox.clear()
            self._outbox_bytes = 0
            if self._request.transport is not None:
                self._request.transport.abort()

    def push(self, topic: str, event: str, payload: Payload, ref: str | None, join_ref: str | None) -> None:
        self.send(self._serialiser.encode(topic, event, payload, ref, join_ref))

    def forget(self, channel: Channel) -> None:
        if self.channels.get(channel.topic) is channel:
            del self.channels[channel.topic]

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                await self._has_frames.wait()
                self._has_frames.clear()
                while self._outbox:
                    frame = self._outbox.popleft()
                    await self._socket.send_frame(frame.data, WSMsgType.TEXT if frame.is_text else WSMsgType.BINARY)
                    self._outbox_bytes = max(0, self._outbox_bytes - len(frame.data))
                self._all_sent.set()

    # -- from the client ---------------------------------------------------------------------------------------------

    async def _read(self) -> None:
        while not self._socket.closed:
            try:
                received = await self._socket.receive(timeout=self.context.options.idle_seconds)
            except TimeoutError:
                log("client silent")
                await self.disconnect()
                return
            if received.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            try:
                message = self._serialiser.decode(received.data)
            except MalformedFrameError as error:
                log("malformed frame", reason=str(error))
                continue
            try:
                await dispatch(self, message)
            except Exception as error:  # the last line of defence: one odd frame must not end the other channels
                log("unhandled error", "error", error=repr(error), client_event=message.event)

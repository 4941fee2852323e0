"""WebSockets: two connections, every message carried across until one side closes."""

from __future__ import annotations

import asyncio
import weakref

import aiohttp
from aiohttp import WSCloseCode, WSMsgType, web
from multidict import CIMultiDict
from yarl import URL

from siso_local.gateway.proxy import GatewayError

_MAX_FRAME = 5 * 1024 * 1024  # as Realtime
_OPEN_SECONDS = 10
_CLOSE_SECONDS = 2
# Set anew for the second handshake.
_HANDSHAKE = ("Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol")
_UNSENDABLE = {1005, 1006, 1015}  # codes that only mean something locally

Socket = web.WebSocketResponse | aiohttp.ClientWebSocketResponse


def wants_upgrade(request: web.BaseRequest) -> bool:
    return request.headers.get("Upgrade", "").lower() == "websocket"


class SocketProxy:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._open: weakref.WeakSet[web.WebSocketResponse] = weakref.WeakSet()

    async def forward(
        self, request: web.BaseRequest, url: URL, headers: CIMultiDict[str], rid: str
    ) -> web.StreamResponse:
        """Opens the part's socket first, so that a refusal reaches the client as a plain HTTP answer."""
        wanted = request.headers.get("Sec-WebSocket-Protocol", "")
        for name in _HANDSHAKE:
            headers.popall(name, None)
        try:
            upstream = await asyncio.wait_for(
                self._session.ws_connect(
                    url,
                    headers=headers,
                    protocols=[name.strip() for name in wanted.split(",") if name.strip()],
                    max_msg_size=_MAX_FRAME,
                    timeout=aiohttp.ClientWSTimeout(ws_close=_CLOSE_SECONDS),
                ),
                _OPEN_SECONDS,
            )
        except aiohttp.WSServerHandshakeError as error:
            raise GatewayError(error.status if error.status >= 400 else 502, "The socket was refused") from error
        except aiohttp.ClientConnectorError as error:
            raise GatewayError(503, "The realtime service is not available") from error
        except TimeoutError as error:
            raise GatewayError(504, "The upstream server is timing out") from error
        except aiohttp.ClientError as error:
            raise GatewayError(502, "An invalid response was received from the upstream server") from error
        client = web.WebSocketResponse(
            protocols=[upstream.protocol] if upstream.protocol else (),
            max_msg_size=_MAX_FRAME,
            compress=False,
            timeout=_CLOSE_SECONDS,
        )
        client.headers["X-Request-Id"] = rid
        try:
            await client.prepare(request)
            self._open.add(client)
            await _tie(client, upstream)
        finally:
            await upstream.close()
        return client

    async def close_all(self) -> None:
        """Says goodbye to every client, so that they reconnect at once after a restart."""
        sockets = list(self._open)
        goodbyes = (socket.close(code=WSCloseCode.GOING_AWAY, message=b"Gateway stops") for socket in sockets)
        await asyncio.gather(*goodbyes, return_exceptions=True)


async def _tie(client: Socket, upstream: Socket) -> None:
    ways = [asyncio.create_task(_carry(client, upstream)), asyncio.create_task(_carry(upstream, client))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


async def _carry(source: Socket, target: Socket) -> None:
    """Sending waits while the target is slow, so a slow reader slows its own sender and takes no memory here."""
    try:
        while True:
            message = await source.receive()
            if message.type is WSMsgType.TEXT:
                await target.send_str(message.data)
            elif message.type is WSMsgType.BINARY:
                await target.send_bytes(message.data)
            else:
                break
    except ConnectionError:
        pass  # the target is gone: its own direction ends as well
    code = source.close_code or WSCloseCode.GOING_AWAY
    if code in _UNSENDABLE:
        code = WSCloseCode.GOING_AWAY
    await target.close(code=code)

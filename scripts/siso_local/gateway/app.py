"""Wires the gateway: one handler for every request, without a router, since it is on the path of all of them."""

from __future__ import annotations

import asyncio
import time
from asyncio import TimerHandle
from urllib.parse import parse_qsl, urlencode

import aiohttp
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from yarl import URL

from siso_local import web as shared
from siso_local.gateway import cors, sockets
from siso_local.gateway import headers as header_rules
from siso_local.gateway.keys import Key, KeyRefusedError, Keys
from siso_local.gateway.proxy import GatewayError, Proxy
from siso_local.gateway.routes import Route, climbs, find_route, is_open
from siso_local.settings import HOST, Settings

PART = "gateway"
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_HEADER_SECONDS = 10  # from connecting to the first whole request head
_KEEPALIVE_SECONDS = 75
_HEAD_BYTES = 16 * 1024  # request line, and each header


class Gateway:
    """One running gateway. ``timeout`` (seconds) replaces the routes' own, for tests."""

    def __init__(self, settings: Settings, timeout: float | None = None) -> None:
        self._settings = settings
        self._port = settings.port("api")
        self._keys = Keys(settings)
        self._timeout = timeout
        self._silent: dict[RequestHandler, TimerHandle] = {}

    async def run(self) -> None:
        """Serves until SIGTERM."""
        await self.start()
        shared.log(PART, "started", port=self._port)
        try:
            await shared.until_stopped()
        finally:
            await self.stop()
            shared.log(PART, "stopped")

    async def start(self) -> None:
        # Shorter than any part's own keep-alive, so that no call meets a connection which is just being closed.
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=4, force_close=False)
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )
        self._proxy = Proxy(self._session, self._timeout)
        self._sockets = sockets.SocketProxy(self._session)
        self._server = web.Server(
            self.handle,
            access_log=None,
            auto_decompress=False,  # bodies pass untouched
            keepalive_timeout=_KEEPALIVE_SECONDS,
            max_line_size=_HEAD_BYTES,
            max_field_size=_HEAD_BYTES,
        )
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._accept, HOST, self._port, backlog=1024)

    async def stop(self) -> None:
        self._listener.close()
        await self._sockets.close_all()
        await self._server.shutdown(3)
        await self._session.close()

    def _accept(self) -> RequestHandler:
        """A connection that never sends a whole request head is closed instead of kept for ever."""
        connection = self._server()
        loop = asyncio.get_running_loop()
        self._silent[connection] = loop.call_later(_HEADER_SECONDS, self._drop_silent, connection)
        return connection

    def _drop_silent(self, connection: RequestHandler) -> None:
        self._silent.pop(connection, None)
        if connection.transport is not None:
            connection.force_close()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        started = time.perf_counter()
        if timer := self._silent.pop(request.protocol, None):
            timer.cancel()
        rid = shared.request_id(request.headers)
        path = request.rel_url.raw_path
        part = None
        try:
            if cors.is_preflight(request):
                response: web.StreamResponse = cors.preflight(request)
            elif path in ("/", "/health"):
                response = web.json_response({"status": "ok"})
            else:
                route, rest = self._route(request.method, path)
                part = route.part
                response = await self._forward(request, route, rest, rid)
        except KeyRefusedError as error:
            response = web.json_response(error.body, status=401)
        except GatewayError as error:
            response = web.json_response({"message": error.message}, status=error.status)
            if error.status in (408, 413):
                response.force_close()  # what is left of the body is not worth reading
        except Exception as error:  # the last line of defence: say so and go on serving
            shared.log(PART, "unhandled error", "error", error=repr(error), request_id=rid)
            response = web.json_response({"message": "An unexpected error occurred"}, status=500)
        if not response.prepared:
            header_rules.finish(response.headers, rid)
        shared.log_request(PART, request.method, path, response.status, started, rid, to=part)
        return response

    def _route(self, method: str, path: str) -> tuple[Route, str]:
        if method not in _METHODS:
            raise GatewayError(405, "Method not allowed")
        if climbs(path):
            raise GatewayError(400, "The path must not contain dot segments")
        found = find_route(path)
        if found is None:
            raise GatewayError(404, "no Route matched with those values")
        return found

    async def _forward(self, request: web.BaseRequest, route: Route, rest: str, rid: str) -> web.StreamResponse:
        headers = header_rules.for_part(request, route.prefix, self._port, rid)
        query = request.rel_url.raw_query_string
        if route.needs_key:
            key_in_query, others = _split_query(query)
            key = self._key(request, route, rest, request.headers.get("apikey") or key_in_query)
            bearer = self._keys.bearer(request.headers.get("Authorization"), key)
            headers.popall("Authorization", None)
            if bearer:
                headers["Authorization"] = bearer
            query = others
            if key and sockets.wants_upgrade(request):
                # Realtime is given a JWT in place of the key, as on hosted.
                jwt = self._keys.legacy_jwt(key.role)
                headers["apikey"] = jwt
                query = f"{others}&{urlencode({'apikey': jwt})}" if others else urlencode({"apikey": jwt})
        target = f"{self._settings.url(route.part)}{rest}"
        url = URL(f"{target}?{query}" if query else target, encoded=True)
        if sockets.wants_upgrade(request):
            if route.part != "realtime":
                raise GatewayError(400, "WebSockets are served under /realtime/v1 alone")
            return await self._sockets.forward(request, url, headers, rid)
        return await self._proxy.forward(request, route, url, headers, rid)

    def _key(self, request: web.BaseRequest, route: Route, rest: str, given: str | None) -> Key | None:
        try:
            return self._keys.check(given, request.headers)
        except KeyRefusedError:
            if is_open(route, request.method, rest):
                return None
            raise


def _split_query(query: str) -> tuple[str | None, str]:
    """The API key in a query string, and the query string without it, otherwise untouched to the letter."""
    if "apikey=" not in query:
        return None, query
    pairs = query.split("&")
    others = [pair for pair in pairs if not pair.startswith("apikey=")]
    given = [value for pair in pairs if pair.startswith("apikey=") for _, value in parse_qsl(pair)]
    return (given[0] if given else None), "&".join(others)

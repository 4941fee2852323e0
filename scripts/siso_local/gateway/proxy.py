"""Carries one HTTP call to a part and its answer back, streaming what is large."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from siso_local.gateway import headers as header_rules
from siso_local.gateway.routes import Route

# Bodies up to this many bytes are read whole: one write is several times cheaper than a stream.
_SMALL = 64 * 1024
_UPLOAD_IDLE_SECONDS = 60
_SKIPPED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class GatewayError(Exception):
    """An answer of the gateway itself, in the hosted shape ``{"message": …}``."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class _Upload:
    """The client's body as an asynchronous iterator that remembers why it stopped early."""

    def __init__(self, request: web.BaseRequest, limit: int | None) -> None:
        self._request = request
        self._limit = limit
        self.failure: GatewayError | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        content = self._request.content
        while True:
            try:
                async with asyncio.timeout(_UPLOAD_IDLE_SECONDS):
                    chunk = await content.readany()
            except TimeoutError:
                self.failure = GatewayError(408, "The request body did not arrive in time")
                raise
            except aiohttp.ClientError:
                self.failure = GatewayError(499, "The client went away")
                raise
            if not chunk:
                return
            size += len(chunk)
            if self._limit is not None and size > self._limit:
                self.failure = too_large(self._limit)
                raise self.failure
            yield chunk


def too_large(limit: int) -> GatewayError:
    return GatewayError(413, f"Request body is larger than {limit} bytes")


async def _body(request: web.BaseRequest, limit: int | None) -> bytes | _Upload | None:
    if not request.body_exists:
        return None
    length = request.content_length
    if limit is not None and length is not None and length > limit:
        raise too_large(limit)
    if request.headers.get("Expect", "").lower() == "100-continue" and request.transport:
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    if length is None or length > _SMALL:
        return _Upload(request, limit)
    try:
        async with asyncio.timeout(_UPLOAD_IDLE_SECONDS):
            return await request.read()
    except TimeoutError as error:
        raise GatewayError(408, "The request body did not arrive in time") from error
    except aiohttp.ClientError as error:
        raise GatewayError(499, "The client went away") from error


class Proxy:
    """``timeout`` replaces every route's own, for tests."""

    def __init__(self, session: aiohttp.ClientSession, timeout: float | None = None) -> None:
        self._session = session
        self._timeout = timeout

    async def forward(
        self, request: web.BaseRequest, route: Route, url: URL, headers: CIMultiDict[str], rid: str
    ) -> web.StreamResponse:
        """Raises ``GatewayError`` when the part is down, too slow or talks nonsense."""
        body = await _body(request, route.limit)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=self._timeout or route.timeout)
        try:
            answer = await self._session.request(
                request.method,
                url,
                headers=headers,
                data=body,
                timeout=timeout,
                allow_redirects=False,
                skip_auto_headers=_SKIPPED,
            )
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _reason(error, body, route) from error
        async with answer:
            return await self._answer(request, answer, rid, route)

    async def _answer(
        self, request: web.BaseRequest, answer: aiohttp.ClientResponse, rid: str, route: Route
    ) -> web.StreamResponse:
        headers = header_rules.for_client(answer.headers, rid)
        content = answer.content
        try:
            first = b"" if content.at_eof() else await content.readany()
            if content.at_eof():
                if first:
                    headers.pop("Content-Length", None)
                return web.Response(body=first or None, status=answer.status, reason=answer.reason, headers=headers)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _reason(error, None, route) from error
        response = web.StreamResponse(status=answer.status, reason=answer.reason, headers=headers)
        await response.prepare(request)
        # From here on the status is sent: a part that fails now can only be shown by a broken connection.
        try:
            await response.write(first)
            async for chunk in content.iter_any():
                await response.write(chunk)
            await response.write_eof()
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            if request.transport:
                request.transport.abort()
        return response


def _reason(error: Exception, body: object, route: Route) -> GatewayError:
    if isinstance(body, _Upload) and body.failure:
        return body.failure
    if isinstance(error, aiohttp.ConnectionTimeoutError | aiohttp.ClientConnectorError):
        return GatewayError(503, f"The {route.part} service is not available")
    if isinstance(error, TimeoutError):
        return GatewayError(504, "The upstream server is timing out")
    return GatewayError(502, "An invalid response was received from the upstream server")

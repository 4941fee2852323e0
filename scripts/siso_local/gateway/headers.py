"""Which headers cross the gateway, in both directions."""

from __future__ import annotations

from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy

from siso_local.gateway import cors
from siso_local.settings import HOST
from siso_local.web import REQUEST_ID

_HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "expect",
}
# What says where a request came from is written here alone: a client must not choose the address that it is limited
# by, nor the host that links in answers and mails are made with.
_OURS = {
    "host",
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-proto",
    "x-real-ip",
    "cf-connecting-ip",
    "true-client-ip",
    REQUEST_ID,
}
_DROPPED_UP = _HOP_BY_HOP | _OURS
_DROPPED_DOWN = _HOP_BY_HOP | {"server", REQUEST_ID}


def for_part(request: web.BaseRequest, prefix: str, port: int, rid: str) -> CIMultiDict[str]:
    """The headers that a part gets. ``port`` is the gateway's own."""
    named = request.headers.get("Connection")
    dropped = _DROPPED_UP | {name.strip().lower() for name in named.split(",")} if named else _DROPPED_UP
    headers = CIMultiDict((name, value) for name, value in request.headers.items() if name.lower() not in dropped)
    remote = request.remote or HOST
    headers["X-Forwarded-For"] = remote
    headers["X-Real-IP"] = remote
    headers["X-Forwarded-Host"] = f"{HOST}:{port}"
    headers["X-Forwarded-Port"] = str(port)
    headers["X-Forwarded-Proto"] = "http"
    headers["X-Forwarded-Prefix"] = prefix
    headers["X-Request-Id"] = rid
    return headers


def for_client(upstream: CIMultiDictProxy[str], rid: str) -> CIMultiDict[str]:
    """The headers that the client gets: the part's, without its CORS (ours stands for all), with the request id."""
    headers = CIMultiDict(
        (name, value)
        for name, value in upstream.items()
        if (low := name.lower()) not in _DROPPED_DOWN and not low.startswith("access-control-")
    )
    finish(headers, rid)
    return headers


def finish(headers: CIMultiDict[str], rid: str) -> None:
    """What every answer of the gateway has, its own errors included."""
    cors.add_to(headers)
    headers["Server"] = "gateway"
    headers["X-Request-Id"] = rid

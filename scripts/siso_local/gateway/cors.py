"""CORS as hosted: any origin, since a browser sends no cookie here, only headers that the page itself must know."""

from __future__ import annotations

from aiohttp import web
from multidict import CIMultiDict

_ALLOWED_HEADERS = (
    "accept, accept-profile, apikey, authorization, content-profile, content-type, if-match, if-none-match, prefer, "
    "range, range-unit, tus-resumable, upload-length, upload-metadata, upload-offset, x-client-info, "
    "x-http-method-override, x-request-id, x-retry-count, x-supabase-api-version, x-upsert, idempotency-key"
)
_EXPOSED_HEADERS = (
    "content-encoding, content-length, content-location, content-range, content-disposition, date, etag, location, "
    "preference-applied, range-unit, retry-after, sb-gateway-version, tus-resumable, upload-length, upload-offset, "
    "www-authenticate, x-request-id, x-supabase-api-version, x-total-count, link"
)
_METHODS = "GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS"
_MAX_AGE_SECONDS = "3600"


def is_preflight(request: web.BaseRequest) -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def preflight(request: web.BaseRequest) -> web.Response:
    """Allows what the page asks for: which calls a page may make is decided by tokens, never by CORS."""
    wanted = request.headers.get("Access-Control-Request-Headers")
    return web.Response(
        status=204,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": _METHODS,
            "Access-Control-Allow-Headers": f"{_ALLOWED_HEADERS}, {wanted}" if wanted else _ALLOWED_HEADERS,
            "Access-Control-Max-Age": _MAX_AGE_SECONDS,
            "Vary": "Access-Control-Request-Headers",
        },
    )


def add_to(headers: CIMultiDict[str]) -> None:
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS

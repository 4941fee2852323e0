"""Which path belongs to which part, how much it may carry, and which paths need no API key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from siso_local.settings import WORKERS

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Route:
    """``limit``: bytes that a request body may have (None: the part itself decides). ``timeout``: seconds without a
    byte from the part until the gateway gives up. ``needs_key``: False for workers, which check signatures and
    tokens themselves."""

    prefix: str
    part: str
    limit: int | None
    timeout: float = 60
    needs_key: bool = True


API_ROUTES = {
    "rest": Route("/rest/v1", "postgrest", 10 * MIB),
    "auth": Route("/auth/v1", "auth", 1 * MIB),
    # Storage knows each bucket's file size limit; a large upload may be silent for long while it is written.
    "storage": Route("/storage/v1", "storage", None, timeout=300),
    "realtime": Route("/realtime/v1", "realtime", 3 * MIB),
}
WORKER_ROUTES = {name: Route(f"/workers/{name}", name, 1 * MIB, needs_key=False) for name in WORKERS}

# Reached from mails, by redirects or by <img>, where nobody can send a header.
_OPEN_AUTH = re.compile(r"/(verify|callback|authorize|health|\.well-known/(jwks\.json|openid-configuration))/?")
_OPEN_STORAGE = re.compile(r"/(object|object/info|render/image)/(public|sign)/.+")
_OPEN_UPLOAD = re.compile(r"/object/upload/sign/.+")
# A path that climbs ("..", also as %2e) could be read differently here and behind, so it goes nowhere.
_CLIMBS = re.compile(r"(^|[/\\]|%2f|%5c)(\.|%2e){1,2}($|[/\\;?]|%2f|%5c)", re.IGNORECASE)


def find_route(path: str) -> tuple[Route, str] | None:
    """The route of a raw (still percent-encoded) path and what is left for the part, beginning with a slash."""
    pieces = path.split("/", 3)
    if len(pieces) < 3:
        return None
    if pieces[1] == "workers":
        route = WORKER_ROUTES.get(pieces[2])
    else:
        route = API_ROUTES.get(pieces[1]) if pieces[2] == "v1" else None
    return (route, path[len(route.prefix) :] or "/") if route else None


def climbs(path: str) -> bool:
    return ("." in path or "%" in path) and bool(_CLIMBS.search(path))


def is_open(route: Route, method: str, rest: str) -> bool:
    """Whether this call needs no API key. ``rest`` is the path behind the route's prefix."""
    if not route.needs_key:
        return True
    if route.part == "auth":
        return bool(_OPEN_AUTH.fullmatch(rest))
    if route.part == "storage":
        if method in ("GET", "HEAD"):
            return bool(_OPEN_STORAGE.fullmatch(rest))
        return method == "PUT" and bool(_OPEN_UPLOAD.fullmatch(rest))
    return False

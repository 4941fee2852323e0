"""The PWA's files over HTTP.

One build fits every platform, because nothing of a platform is baked into it: the app reads ``/config.json`` when it
starts. In production the host serves the same files with the same headers and writes that file.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from siso_local.components import vapid_public_key
from siso_local.settings import Settings
from siso_local.web import health, logging_middleware

# Vite writes a hash of the content into the names of what it puts here.
HASHED_FOLDER = "assets"
FOR_EVER = "public, max-age=31536000, immutable"
# Checked with the server each time; an unchanged file costs a 304.
ALWAYS_CHECKED = "no-cache"

_INLINE = re.compile(r"<(script|style)(?![^>]*\ssrc=)[^>]*>(.*?)</\1>", re.DOTALL)


def public_config(settings: Settings) -> dict[str, str]:
    """What every visitor may know."""
    return {
        "supabaseUrl": settings.api_url,
        "publishableKey": settings.publishable_key,
        "vapidPublicKey": vapid_public_key(settings),
        "workersUrl": f"{settings.api_url}/workers",
    }


def security_policy(settings: Settings, index: str) -> str:
    """The content security policy: own files, the API, and exactly the inline parts of index.html (by hash)."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in _INLINE.findall(index):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    api = settings.api_url
    socket = f"ws://{urlsplit(api).netloc}"
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *hashes["script"]]),
        "style-src": " ".join(["'self'", *hashes["style"]]),
        # Style attributes are how libraries place pop-ups; they cannot load anything.
        "style-src-attr": "'unsafe-inline'",
        "img-src": f"'self' data: blob: {api}",
        "media-src": f"'self' blob: {api}",
        "font-src": "'self'",
        "connect-src": f"'self' {api} {socket}",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _security_headers(policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }


def application(settings: Settings, build: Path) -> web.Application:
    """The server for one build; raises FileNotFoundError where the build has no index.html."""
    root = build.resolve()
    index = (root / "index.html").read_text()
    headers = _security_headers(security_policy(settings, index))
    mimetypes.add_type("application/manifest+json", ".webmanifest")
    mimetypes.add_type("text/javascript", ".js")
    etag = hashlib.sha256(index.encode()).hexdigest()[:32]

    async def config(_request: web.Request) -> web.Response:
        return web.json_response(public_config(settings), headers={"Cache-Control": ALWAYS_CHECKED})

    async def page(request: web.Request) -> web.StreamResponse:
        """index.html for every address of the app's router."""
        response = web.Response(text=index, content_type="text/html", charset="utf-8")
        response.etag = etag
        response.headers["Cache-Control"] = ALWAYS_CHECKED
        known = request.if_none_match or ()
        if any(tag.value == etag for tag in known):
            return web.Response(status=304, headers=response.headers)
        return response

    async def file_or_page(request: web.Request) -> web.StreamResponse:
        name = request.match_info["path"]
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise web.HTTPNotFound
        if path.is_file() and path != root / "index.html":
            hashed = path.is_relative_to(root / HASHED_FOLDER)
            return web.FileResponse(path, headers={"Cache-Control": FOR_EVER if hashed else ALWAYS_CHECKED})
        # A file that is gone must not turn into a page: an old tab would take HTML for its script.
        if (path.suffix and path.suffix != ".html") or name.startswith(f"{HASHED_FOLDER}/"):
            raise web.HTTPNotFound
        return await page(request)

    async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)

    app = web.Application(middlewares=[logging_middleware("pwa")])
    app.on_response_prepare.append(add_headers)
    app.router.add_get("/health", health)
    app.router.add_get("/config.json", config)
    app.router.add_get("/{path:.*}", file_or_page)
    return app

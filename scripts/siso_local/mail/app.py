"""HTTP of the mail catcher: the page, and JSON for tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from siso_local import web as shared
from siso_local.mail import smtp
from siso_local.mail.parse import attached, open_raw
from siso_local.mail.store import Store
from siso_local.settings import HOST, Settings, state_dir

PART = "mail"
_PAGE = Path(__file__).parent / "page"
_LONGEST_WAIT = 30.0
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:"
)
# A mail is foreign HTML: no scripts, no forms, its own origin; links open in a new tab.
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: http: https:; font-src data:"
)


class MailCatcher:
    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._store = Store(folder / "mail.sqlite3")
        self._arrived = asyncio.Event()
        self._closing = False

    def application(self) -> web.Application:
        app = web.Application(middlewares=[shared.logging_middleware(PART)])
        app.cleanup_ctx.append(self._listening)
        app.on_shutdown.append(self._release)
        app.router.add_get("/", self._file("index.html"))
        app.router.add_get("/page.js", self._file("page.js"))
        app.router.add_get("/page.css", self._file("page.css"))
        app.router.add_get("/health", shared.health)
        app.router.add_get("/api/messages", self.list_messages)
        app.router.add_delete("/api/messages", self.delete_messages)
        app.router.add_get(r"/api/messages/{id:\d+}", self.get_message)
        app.router.add_get(r"/api/messages/{id:\d+}/html", self.get_html)
        app.router.add_get(r"/api/messages/{id:\d+}/source", self.get_source)
        app.router.add_get(r"/api/messages/{id:\d+}/attachments/{n:\d+}", self.get_attachment)
        return app

    async def _listening(self, _app: web.Application) -> AsyncIterator[None]:
        server = await smtp.listen(self.receive, HOST, self._settings.port("smtp"))
        yield
        server.close()
        self._store.close()

    async def _release(self, _app: web.Application) -> None:
        """Lets go of whoever waits, so that stopping takes no longer than it must."""
        self._closing = True
        self._wake()

    async def receive(self, sender: str, recipients: list[str], raw: bytes) -> None:
        self._store.add(sender, recipients, raw)
        self._wake()

    def _wake(self) -> None:
        """Whoever waits looks again; later ones wait for the next mail."""
        self._arrived.set()
        self._arrived = asyncio.Event()

    async def list_messages(self, request: web.Request) -> web.Response:
        """``?to=`` address · ``subject=`` part · ``q=`` part · ``after=`` id · ``limit=`` · ``wait=`` seconds until one
        matches (at most 30); newest first, an empty list when none came."""
        query = request.query
        limit = int(_number(query.get("limit"), "limit", 50, 1000))
        after = int(_number(query.get("after"), "after", 0, 2**62))
        patience = _number(query.get("wait"), "wait", 0, _LONGEST_WAIT)
        deadline = time.monotonic() + patience
        while True:
            arrived = self._arrived
            found = self._store.find(query.get("to"), query.get("subject"), query.get("q"), after, limit)
            left = deadline - time.monotonic()
            if found or left <= 0 or self._closing:
                return web.json_response(found)
            try:
                await asyncio.wait_for(arrived.wait(), left)
            except TimeoutError:
                return web.json_response([])

    async def delete_messages(self, _request: web.Request) -> web.Response:
        self._store.clear()
        return web.Response(status=204)

    async def get_message(self, request: web.Request) -> web.Response:
        message = self._store.get(int(request.match_info["id"]))
        if message is None:
            raise web.HTTPNotFound(reason="No such message")
        return web.json_response(message)

    async def get_html(self, request: web.Request) -> web.Response:
        message = self._store.get(int(request.match_info["id"]))
        if message is None:
            raise web.HTTPNotFound(reason="No such message")
        html = '<!doctype html><meta charset="utf-8"><base target="_blank">' + message["html"]
        headers = {"Content-Security-Policy": _MAIL_POLICY, "Referrer-Policy": "no-referrer"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def get_source(self, request: web.Request) -> web.Response:
        return web.Response(body=self._raw(request), content_type="text/plain", charset="utf-8")

    async def get_attachment(self, request: web.Request) -> web.Response:
        parts = list(open_raw(self._raw(request)).iter_attachments())
        number = int(request.match_info["n"])
        if number >= len(parts):
            raise web.HTTPNotFound(reason="No such attachment")
        name = quote(parts[number].get_filename() or "attachment")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return web.Response(body=attached(parts[number]), content_type="application/octet-stream", headers=headers)

    def _raw(self, request: web.Request) -> bytes:
        raw = self._store.raw(int(request.match_info["id"]))
        if raw is None:
            raise web.HTTPNotFound(reason="No such message")
        return raw

    def _file(self, name: str) -> shared.Handler:
        async def handler(_request: web.Request) -> web.StreamResponse:
            headers = {"Content-Security-Policy": _PAGE_POLICY, "Cache-Control": "no-cache"}
            return web.FileResponse(_PAGE / name, headers=headers)

        return handler


def _number(text: str | None, name: str, default: float, most: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        value = -1
    if not 0 <= value < float("inf"):
        raise web.HTTPBadRequest(reason=f"{name} must be a number that is not negative")
    return min(value, most)


async def main() -> None:
    settings = Settings.load()
    catcher = MailCatcher(settings, state_dir())
    await shared.serve(catcher.application(), PART, settings.port("mail"))

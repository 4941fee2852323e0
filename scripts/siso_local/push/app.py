"""HTTP of the push service: ``/wp/<id>`` for senders, ``/_double/…`` for tests and the demo."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import BaseModel, ValidationError

from siso_local import web as shared
from siso_local.push.answers import Answer, Answers
from siso_local.push.page import PAGE, POLICY
from siso_local.push.protocol import (
    MAX_BODY,
    PushError,
    b64url,
    check_headers,
    check_vapid,
    decrypt,
    point_of,
    public_key,
    unb64url,
)
from siso_local.push.store import Store
from siso_local.settings import Settings, state_dir

PART = "push"
T = TypeVar("T", bound=BaseModel)
_LONGEST_WAIT = 30.0
# The PWA registers subscriptions from its own origin, where a browser has no push service of its own.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "content-type",
    "Access-Control-Max-Age": "3600",
}


class NewSubscription(BaseModel, extra="forbid"):
    """All empty: the service makes the keys. ``private_key``: the client's P-256 scalar in base64url; without it
    messages are kept encrypted. ``application_server_key``: the only VAPID key that may send."""

    p256dh: str | None = None
    auth: str | None = None
    privateKey: str | None = None  # noqa: N815 (the names of the Push API)
    applicationServerKey: str | None = None  # noqa: N815


class PushService:
    def __init__(self, settings: Settings, folder: Path) -> None:
        self._origin = settings.url("push")
        self._store = Store(folder / "push.sqlite3")
        self._answers = Answers()
        self._arrived = asyncio.Event()
        self._closing = False

    def application(self) -> web.Application:
        app = web.Application(middlewares=[shared.logging_middleware(PART), _cors])
        app.cleanup_ctx.append(self._running)
        app.on_shutdown.append(self._release)
        app.router.add_get("/", _page)
        app.router.add_get("/health", shared.health)
        app.router.add_post("/wp/{id}", self.receive)
        app.router.add_post("/_double/subscriptions", self.subscribe)
        app.router.add_delete("/_double/subscriptions/{id}", self.unsubscribe)
        app.router.add_post("/_double/answers", self.script)
        app.router.add_delete("/_double/answers", self.unscript)
        app.router.add_get("/_double/messages", self.list_messages)
        app.router.add_delete("/_double/messages", self.delete_messages)
        return app

    async def _running(self, _app: web.Application) -> AsyncIterator[None]:
        yield
        self._store.close()

    async def _release(self, _app: web.Application) -> None:
        """Lets go of whoever waits, so that stopping takes no longer than it must."""
        self._closing = True
        self._wake()

    def _wake(self) -> None:
        """Whoever waits looks again; later ones wait for the next message."""
        self._arrived.set()
        self._arrived = asyncio.Event()

    # -- for senders (RFC 8030) ------------------------------------------------------------------------------------

    async def receive(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._receive(request)
        except PushError as error:
            return web.json_response({"code": error.status, "message": str(error)}, status=error.status)

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        subscription = self._store.subscription(request.match_info["id"])
        if subscription is None:
            raise PushError(404, "There is no such subscription")
        if subscription.gone:
            raise PushError(410, "The subscription has ended")
        body = await _read(request)
        vapid = check_vapid(request.headers.get("Authorization"), self._origin, subscription.server_key)
        options = check_headers(request.headers, len(body))
        text = encrypted = None
        if body and subscription.private_key is not None:
            text = decrypt(body, subscription.private_key, unb64url(subscription.auth)).decode("utf-8", "replace")
        elif body:
            encrypted = b64url(body)
        if answer := self._answers.take(subscription.id):
            return await _scripted(answer)
        token = self._store.add(subscription.id, text, encrypted, options, vapid)
        self._wake()
        return web.Response(status=201, headers={"Location": f"{self._origin}/m/{token}", "TTL": str(options.ttl)})

    # -- for tests and the demo ------------------------------------------------------------------------------------

    async def subscribe(self, request: web.Request) -> web.Response:
        wanted = await _parse(request, NewSubscription)
        try:
            if wanted.applicationServerKey:
                public_key(wanted.applicationServerKey)
            if wanted.p256dh is None:
                name = self._store.mint(wanted.applicationServerKey)
            else:
                name = self._store.subscribe(_client_key(wanted), wanted.p256dh, *_secrets(wanted))
        except ValueError as error:
            raise web.HTTPBadRequest(reason=f"Bad keys: {error}") from error
        made = self._store.subscription(name)
        assert made is not None
        keys = {"p256dh": made.p256dh, "auth": made.auth}
        body = {"endpoint": f"{self._origin}/wp/{name}", "expirationTime": None, "keys": keys}
        return web.json_response(body, status=201)

    async def unsubscribe(self, request: web.Request) -> web.Response:
        if not self._store.end(request.match_info["id"]):
            raise web.HTTPNotFound(reason="There is no such subscription")
        return web.Response(status=204)

    async def script(self, request: web.Request) -> web.Response:
        answer = await _parse(request, Answer)
        if answer.status != "hang" and not 200 <= answer.status <= 599:
            raise web.HTTPBadRequest(reason="status must be an HTTP status or hang")
        answer.subscription = self._id(answer.subscription)
        self._answers.add(answer)
        return web.Response(status=204)

    async def unscript(self, _request: web.Request) -> web.Response:
        self._answers.clear()
        return web.Response(status=204)

    async def list_messages(self, request: web.Request) -> web.Response:
        """``?subscription=`` id or endpoint · ``after=`` id · ``limit=`` · ``wait=`` seconds until one is there (at
        most 30); newest first."""
        query = request.query
        try:
            after, limit = int(query.get("after", 0)), min(int(query.get("limit", 100)), 1000)
            deadline = time.monotonic() + min(float(query.get("wait", 0)), _LONGEST_WAIT)
        except ValueError as error:
            raise web.HTTPBadRequest(reason="after, limit and wait must be numbers") from error
        while True:
            arrived = self._arrived
            found = self._store.find(self._id(query.get("subscription")), after, limit)
            left = deadline - time.monotonic()
            if found or self._closing or not left > 0:
                return web.json_response(found)
            try:
                await asyncio.wait_for(arrived.wait(), left)
            except TimeoutError:
                return web.json_response([])

    async def delete_messages(self, _request: web.Request) -> web.Response:
        self._store.clear()
        return web.Response(status=204)

    def _id(self, given: str | None) -> str | None:
        return given.removeprefix(f"{self._origin}/wp/") if given else None


@web.middleware
async def _cors(request: web.Request, handler: shared.Handler) -> web.StreamResponse:
    if not request.path.startswith("/_double/"):
        return await handler(request)
    if request.method == "OPTIONS":
        return web.Response(status=204, headers=_CORS)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = web.json_response({"message": error.reason}, status=error.status)
    response.headers.update(_CORS)
    return response


async def _page(_request: web.Request) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html", headers={"Content-Security-Policy": POLICY})


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MAX_BODY:
            raise PushError(413, f"The body is larger than {MAX_BODY} bytes")
    return bytes(body)


async def _parse(request: web.Request, model: type[T]) -> T:
    try:
        return model.model_validate_json(await request.read() or b"{}")
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(step) for step in first["loc"])
        raise web.HTTPBadRequest(reason=f"{name}: {first['msg']}".replace("\n", " ")) from error


def _client_key(wanted: NewSubscription) -> ec.EllipticCurvePrivateKey | None:
    """The client's private key, if it gave one. Raises ``ValueError`` when the pair does not fit."""
    assert wanted.p256dh is not None
    public_key(wanted.p256dh)
    if wanted.privateKey is None:
        return None
    key = ec.derive_private_key(int.from_bytes(unb64url(wanted.privateKey), "big"), ec.SECP256R1())
    if unb64url(point_of(key)) != unb64url(wanted.p256dh):
        raise ValueError("privateKey does not belong to p256dh")
    return key


def _secrets(wanted: NewSubscription) -> tuple[str, str | None]:
    if wanted.auth is None or len(unb64url(wanted.auth)) != 16:
        raise ValueError("auth must have 16 bytes")
    return wanted.auth, wanted.applicationServerKey


async def _scripted(answer: Answer) -> web.Response:
    if answer.status == "hang":
        await asyncio.sleep(answer.seconds)
        return web.Response(status=504)
    headers = {} if answer.retry_after is None else {"Retry-After": str(answer.retry_after)}
    body: dict[str, Any] = {"code": answer.status, "message": "Answered as asked for"}
    return web.json_response(body, status=answer.status, headers=headers)


async def main() -> None:
    settings = Settings.load()
    service = PushService(settings, state_dir())
    await shared.serve(service.application(), PART, settings.port("push"))

"""The HTTP server: health, the WebSocket handshake and the broadcast endpoints."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator

from aiohttp import web

from siso_local.realtime import rest
from siso_local.realtime.access import Access, RefusedError
from siso_local.realtime.authorisation import Authorisation
from siso_local.realtime.connection import ClientConnection
from siso_local.realtime.context import Context
from siso_local.realtime.database import Database
from siso_local.realtime.frames import SERIALISERS
from siso_local.realtime.listener import Listener
from siso_local.realtime.logs import PART, log
from siso_local.realtime.options import Options
from siso_local.realtime.partitions import maintain_for_ever
from siso_local.realtime.rates import Rate
from siso_local.realtime.rooms import Rooms
from siso_local.settings import HOST, Settings
from siso_local.web import logging_middleware, until_stopped

_DEFAULT_VERSION = "1.0.0"


def make_app(settings: Settings, options: Options) -> web.Application:
    app = web.Application(middlewares=[logging_middleware(PART)], client_max_size=options.max_frame_bytes)
    database = Database(settings, options)
    rooms = Rooms()
    app[rest.CONTEXT] = context = Context(
        options=options,
        access=Access(settings),
        authorisation=Authorisation(database),
        rooms=rooms,
        listener=Listener(database, rooms, options.max_payload_bytes),
        joins=Rate(options.max_joins_per_second),
    )

    async def run_database(_: web.Application) -> AsyncIterator[None]:
        await database.open()
        tasks = [asyncio.create_task(context.listener.run()), asyncio.create_task(maintain_for_ever(database))]
        for task in tasks:
            task.add_done_callback(_end_if_broken)
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await database.close()

    async def say_goodbye(_: web.Application) -> None:
        context.stopping = True
        await asyncio.gather(*(socket.disconnect() for socket in list(context.sockets)))

    app.cleanup_ctx.append(run_database)
    app.on_shutdown.append(say_goodbye)
    app.router.add_get("/health", _health)
    app.router.add_get("/websocket", _websocket)
    app.router.add_get("/socket/websocket", _websocket)
    app.router.add_post("/api/broadcast", rest.post_batch)
    app.router.add_post("/api/broadcast/{topic}/events/{event}", rest.post_one)
    return app


def _end_if_broken(task: asyncio.Task[None]) -> None:
    """A server that no longer delivers must not look alive: it ends, and who watches it starts it again."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log("unhandled error", "error", error=repr(error))
        signal.raise_signal(signal.SIGTERM)


async def _health(request: web.Request) -> web.Response:
    if not request.app[rest.CONTEXT].listener.ready.is_set():
        return web.json_response({"status": "unavailable", "reason": "no database connection"}, status=503)
    return web.json_response({"status": "ok"})


async def _websocket(request: web.Request) -> web.StreamResponse:
    context = request.app[rest.CONTEXT]
    try:
        identity = await context.access.identify(rest.presented_key(request))
    except RefusedError as error:
        return web.json_response({"error": error.message}, status=401)
    serialiser = SERIALISERS.get(request.query.get("vsn", _DEFAULT_VERSION))
    if serialiser is None:
        return web.json_response({"error": "Unsupported protocol version"}, status=400)
    if not web.WebSocketResponse().can_prepare(request):
        return web.json_response({"error": "This address speaks WebSocket"}, status=426)
    if context.stopping or len(context.sockets) >= context.options.max_connections:
        return web.json_response({"error": "Too many connected users"}, status=429)
    connection = ClientConnection(request, context, serialiser, identity, rest.client_headers(request))
    return await connection.serve()


async def serve(settings: Settings, options: Options, port: int) -> None:
    """Serves until the process is asked to end. Raises ``OSError`` where the port is taken."""
    runner = web.AppRunner(make_app(settings, options), access_log=None, shutdown_timeout=2.0, handle_signals=False)
    await runner.setup()
    try:
        # Every client comes back at the same moment after a restart.
        await web.TCPSite(runner, HOST, port, backlog=1024).start()
        log("serving", port=port)
        await until_stopped()
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(4):
                await runner.cleanup()

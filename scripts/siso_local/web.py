"""What the small HTTP servers of the local platform share: request ids, one JSON log line per request, serving until
SIGTERM. Loopback only, by design: nothing here listens elsewhere.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import os
import re
import signal
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from siso_local.settings import HOST

REQUEST_ID = "x-request-id"
_SOUND_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_SHUTDOWN_SECONDS = 3.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def request_id(headers: Mapping[str, str]) -> str:
    """The caller's request id if it is harmless in logs and headers, else a new one."""
    given = headers.get(REQUEST_ID)
    return given if given and _SOUND_ID.fullmatch(given) else uuid.uuid4().hex


def log(part: str, event: str, level: str = "info", **fields: Any) -> None:
    """Writes one JSON line to standard output, unbuffered, so that nothing is lost when the process is stopped."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    line = {"timestamp": now, "level": level, "part": part, "event": event, **fields}
    os.write(1, (json.dumps(line, ensure_ascii=False, default=str) + "\n").encode())


def log_request(part: str, method: str, path: str, status: int, started: float, rid: str, **fields: Any) -> None:
    """One line per request. ``path`` comes without its query string, which may hold tokens.

    ``started`` is a ``time.perf_counter()`` value.
    """
    level = "error" if status >= 500 else "info"
    spent = round((time.perf_counter() - started) * 1000, 2)
    log(part, "request", level, method=method, path=path, status=status, ms=spent, request_id=rid, **fields)


def logging_middleware(part: str) -> Any:
    """An aiohttp middleware: request id in and out, a log line, JSON instead of a traceback when a handler fails."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        started = time.perf_counter()
        rid = request_id(request.headers)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = web.json_response({"message": error.reason}, status=error.status)
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
        except Exception as error:  # the last line of defence: say so and go on serving
            log(part, "unhandled error", "error", error=repr(error), request_id=rid)
            response = web.json_response({"message": "Internal server error"}, status=500)
        if not response.prepared:
            response.headers[REQUEST_ID] = rid
        log_request(part, request.method, request.path, response.status, started, rid)
        return response

    return middleware


async def until_stopped() -> None:
    """Returns when the process is asked to end (SIGTERM or SIGINT)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


async def serve(app: web.Application, part: str, port: int) -> None:
    """Serves an application on loopback until the process is stopped."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        log(part, "started", port=port)
        await until_stopped()
    finally:
        await runner.cleanup()
        log(part, "stopped")


async def health(_request: web.Request) -> web.Response:
    """``GET /health`` of a server that needs nothing but itself."""
    return web.json_response({"status": "ok"})

"""The FastAPI shell of a worker: health, doorbell, request ids, and the job loop in the background."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import Handler, JobLoop
from workers.core.settings import WorkerSettings
from workers.core.webhooks import verified_body

_log = logs.get("http")
Cleanup = Callable[[], Awaitable[None]]


def create_app(
    name: str, settings: WorkerSettings, database: Database, handlers: dict[str, Handler], *cleanups: Cleanup
) -> FastAPI:
    """An app named ``name`` that works off ``handlers``' topics; the worker adds its own webhooks to it.

    ``cleanups`` are awaited at the end, after the running jobs have finished.
    """
    loop = JobLoop(database, handlers, settings.max_jobs, settings.lease_seconds, settings.sweep_seconds)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(loop.run())
        yield
        await loop.stop()
        try:
            # Running jobs get a moment; what does not end in time is taken up again when its lease runs out.
            await asyncio.wait_for(task, 4.0)
        except TimeoutError:
            _log.warning("stopped with jobs running")
        for cleanup in (*cleanups, database.close):
            await cleanup()

    app = FastAPI(title=f"SISO {name} worker", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.loop = loop

    @app.middleware("http")
    async def trace(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        current = logs.sound_id(request.headers.get("x-request-id")) or uuid.uuid4().hex
        token = logs.request_id.set(current)
        began = time.monotonic()
        try:
            response = await call_next(request)
            if request.url.path != "/health":
                _log.info(
                    "request",
                    method=request.method,
                    path=request.url.path,
                    status=response.status_code,
                    ms=round((time.monotonic() - began) * 1000, 1),
                )
            response.headers["x-request-id"] = current
            return response
        finally:
            logs.request_id.reset(token)

    @app.exception_handler(HTTPException)
    async def explain(_request: Request, error: HTTPException) -> JSONResponse:
        body = error.detail if isinstance(error.detail, dict) else {"error": str(error.detail)}
        return JSONResponse(body, error.status_code)

    @app.exception_handler(RequestValidationError)
    async def explain_body(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if part != "body")
        return JSONResponse({"error": first["msg"], "field": field, "rule": first["type"]}, 422)

    @app.exception_handler(Exception)
    async def hide(_request: Request, _error: Exception) -> JSONResponse:
        # The server logs the error; the sender learns that it was not its fault.
        return JSONResponse({"error": "internal error"}, 500)

    @app.get("/health")
    async def health() -> JSONResponse:
        if loop.last_claim_ok:
            return JSONResponse({"status": "ok"})
        return JSONResponse({"status": "the database does not answer"}, 503)

    @app.post("/doorbell", status_code=202)
    async def doorbell(request: Request) -> Response:
        """Somebody rang: look for work. What the body says is not believed; the outbox is the record."""
        body = await verified_body(request, settings.doorbell_secret.get_secret_value())
        try:
            json.loads(body)
        except ValueError as error:
            raise HTTPException(400, "the body is not JSON") from error
        loop.wake()
        return Response(status_code=202)

    return app


def serve(app: FastAPI, settings: WorkerSettings) -> None:
    """Runs the app until SIGTERM."""
    uvicorn.run(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False, timeout_graceful_shutdown=4
    )

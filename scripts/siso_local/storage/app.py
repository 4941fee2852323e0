"""The server: routes, the request log, and the sweep at its start.

Paths are served at the root; the gateway takes ``/storage/v1`` away.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from siso_local.settings import Settings
from siso_local.storage import buckets, errors, listing, objects, serving, signing, uploads
from siso_local.storage.context import Context, context_of
from siso_local.storage.database import SERVICE, Database, rows
from siso_local.storage.files import Files, started_at
from siso_local.web import REQUEST_ID, log, log_request, request_id

PART = "storage"


class RequestLog:
    """Request id in and out, one log line per request; a failed handler answers JSON instead of a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        rid = request_id(Request(scope).headers)
        status = 0

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (REQUEST_ID.encode(), rid.encode())]
            await send(message)

        try:
            await self.app(scope, receive, with_id)
        except ClientDisconnect:
            status = 499
        except asyncio.CancelledError:  # only the end of the server cancels a request
            if not status:
                stopping = errors.StorageError(503, "Aborted", "The server is stopping", http=503)
                await stopping.response()(scope, receive, with_id)
        except Exception as error:
            log(PART, "unhandled error", "error", error=repr(error), request_id=rid)
            if not status:
                await errors.StorageError(500, "InternalError", "Internal server error").response()(
                    scope, receive, with_id
                )
        log_request(PART, scope["method"], scope["path"], status, started, rid)


async def health(request: Request) -> JSONResponse:
    """200 once the database answers, 503 while it does not."""
    if await context_of(request).database.is_ready():
        return JSONResponse({"status": "ok"})
    return JSONResponse({"status": "unavailable", "reason": "the database does not answer"}, status_code=503)


async def status(_request: Request) -> Response:
    return Response(status_code=200)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.StorageError)
    return error.response()


async def _no_route(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = f"Route {request.method}:{request.url.path} not found"
    return JSONResponse({"statusCode": "404", "error": "Not Found", "message": message}, status_code=404)


async def sweep(database: Database, files: Files, before: float) -> None:
    """Deletes what a killed server left behind; waits for the database as long as it takes."""
    while True:
        try:
            candidates = await asyncio.to_thread(files.leftovers, before)
            async with database.scope(SERVICE, "sweep") as connection:
                known = await rows(connection, "select id::text as id, version from storage.objects")
        except errors.StorageError:
            await asyncio.sleep(1)
            continue
        gone = await files.sweep(((row["id"], row["version"]) for row in known), candidates)
        log(PART, "swept", removed=gone)
        return


def build(settings: Settings, folder: Path) -> Starlette:
    """The application for one platform; ``folder`` holds its files."""
    context = Context(settings, Database(settings.dsn("supabase_storage_admin")), Files(folder))

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await context.database.open()
        sweeping = asyncio.create_task(sweep(context.database, context.files, started_at()))
        yield
        sweeping.cancel()
        await context.database.close()

    def route(path: str, handler: object, *methods: str) -> Route:
        return Route(path, handler, methods=list(methods))  # type: ignore[arg-type]

    one_object = "{bucket}/{path:path}"
    app = Starlette(
        routes=[
            route("/health", health, "GET"),
            route("/status", status, "GET"),
            route("/bucket", buckets.create_bucket, "POST"),
            route("/bucket", buckets.list_buckets, "GET"),
            route("/bucket/{bucket}", buckets.get_bucket, "GET"),
            route("/bucket/{bucket}", buckets.update_bucket, "PUT"),
            route("/bucket/{bucket}", buckets.delete_bucket, "DELETE"),
            route("/bucket/{bucket}/empty", buckets.empty_bucket, "POST"),
            route("/object/list/{bucket}", listing.list_objects, "POST"),
            route("/object/list-v2/{bucket}", listing.list_objects_v2, "POST"),
            route("/object/move", objects.move_object, "POST"),
            route("/object/copy", objects.copy_object, "POST"),
            route(f"/object/upload/sign/{one_object}", uploads.sign_upload, "POST"),
            route(f"/object/upload/sign/{one_object}", uploads.upload_signed, "PUT"),
            route(f"/object/sign/{one_object}", signing.sign_object, "POST"),
            route(f"/object/sign/{one_object}", serving.get_signed, "GET"),
            route("/object/sign/{bucket}", signing.sign_objects, "POST"),
            route(f"/object/info/public/{one_object}", serving.get_info_public, "GET"),
            route(f"/object/info/authenticated/{one_object}", serving.get_info, "GET"),
            route(f"/object/info/{one_object}", serving.get_info, "GET"),
            route(f"/object/public/{one_object}", serving.get_public, "GET"),
            route(f"/object/authenticated/{one_object}", serving.get_authenticated, "GET"),
            route(f"/object/{one_object}", serving.get_object, "GET"),
            route(f"/object/{one_object}", uploads.create_object, "POST"),
            route(f"/object/{one_object}", uploads.update_object, "PUT"),
            route(f"/object/{one_object}", objects.remove_object, "DELETE"),
            route("/object/{bucket}", objects.remove_objects, "DELETE"),
        ],
        exception_handlers={errors.StorageError: _refused, HTTPException: _no_route},
        lifespan=lifespan,
    )
    app.add_middleware(RequestLog)
    app.state.context = context
    return app

"""Handing out objects: whole, in part, as headers only, or their facts as JSON.

What is uploaded is never trusted as a page: HTML is sent as plain text (as on hosted), everything with ``nosniff``, and
types that can run scripts (SVG, XML) with a policy that forbids it.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from siso_local.storage import errors, names, signing
from siso_local.storage.context import context_of
from siso_local.storage.database import SERVICE, Row, caller_of, one
from siso_local.storage.files import CHUNK

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_SCRIPTABLE = re.compile(r"svg|xml|html|javascript|ecmascript", re.IGNORECASE)
_NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def parse_range(header: str, size: int) -> tuple[int, int]:
    """First and last byte (both included) that a ``Range`` header asks for; one range only, as on hosted."""
    match = _RANGE.fullmatch(header.strip())
    if not match or size == 0 or match.groups() == ("", ""):
        raise errors.invalid_range()
    if not match[1]:
        if int(match[2]) == 0:
            raise errors.invalid_range()
        return max(size - int(match[2]), 0), size - 1
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if first >= size or last < first:
        raise errors.invalid_range()
    return first, min(last, size - 1)


def _iso(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if value else None


def _headers(row: Row, request: Request, expires: int | None) -> dict[str, str]:
    metadata: dict[str, Any] = row["metadata"] or {}
    kind = str(metadata.get("mimetype") or "application/octet-stream")
    headers = {
        "accept-ranges": "bytes",
        "content-type": "text/plain" if "text/html" in kind.lower() else kind,
        "etag": str(metadata.get("eTag") or f'"{row["version"]}"'),
        "last-modified": format_datetime(row["updated_at"].astimezone(UTC), usegmt=True),
        "x-content-type-options": "nosniff",
        "x-robots-tag": "none",
    }
    if expires is not None:
        headers["expires"] = format_datetime(datetime.fromtimestamp(expires, UTC), usegmt=True)
    else:
        headers["cache-control"] = str(metadata.get("cacheControl") or "no-cache")
    if _SCRIPTABLE.search(kind):
        headers["content-security-policy"] = _NO_SCRIPTS
    download = request.query_params.get("download")
    if download is not None:
        name = quote(download, safe="!'()*-._~")
        headers["content-disposition"] = (
            f"attachment; filename={name}; filename*=UTF-8''{name}" if name else "attachment;"
        )
    # The row may have been written by other means than this server: no header may break out of its line.
    return {name: re.sub(r"[^\x20-\x7e]", "", value) for name, value in headers.items()}


def _is_current(request: Request, etag: str, updated: datetime) -> bool:
    """Whether the client's copy is still good (``If-None-Match``, else ``If-Modified-Since``)."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return updated.astimezone(UTC).replace(microsecond=0) <= parsedate_to_datetime(since).astimezone(UTC)
    except (ValueError, OverflowError):
        return False


async def _send(file: BinaryIO, first: int, length: int) -> AsyncIterator[bytes]:
    with file:
        await run_in_threadpool(file.seek, first)
        while length > 0:
            chunk = await run_in_threadpool(file.read, min(CHUNK, length))
            if not chunk:
                return
            length -= len(chunk)
            yield chunk


async def _open(request: Request, find: Callable[[], Awaitable[Row]]) -> tuple[Row, BinaryIO, int]:
    """The row, its opened file and the file's size in bytes.

    An object that is replaced between the look at the row and the look at the file has a newer version by then, so the
    row is looked up again for as long as its version changes.
    """
    row = await find()
    while True:
        try:
            return row, *await run_in_threadpool(context_of(request).files.open, row["id"], row["version"])
        except errors.StorageError:
            newer = await find()
            if newer["version"] == row["version"]:
                raise
            row = newer


async def serve(request: Request, find: Callable[[], Awaitable[Row]], expires: int | None = None) -> Response:
    """The file of the object that ``find`` returns, honouring ranges, conditions and ``?download=``."""
    row, file, size = await _open(request, find)
    headers = _headers(row, request, expires)
    try:
        if _is_current(request, headers["etag"], row["updated_at"]):
            file.close()
            return Response(status_code=304, headers=headers)
        wanted = request.headers.get("range")
        if request.headers.get("if-range", headers["etag"]) != headers["etag"]:
            wanted = None
        first, last = parse_range(wanted, size) if wanted else (0, size - 1)
    except errors.StorageError:
        file.close()
        raise
    headers["content-length"] = str(last - first + 1)
    if wanted:
        headers["content-range"] = f"bytes {first}-{last}/{size}"
    status = 206 if wanted else 200
    if request.method == "HEAD":
        file.close()
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_send(file, first, last - first + 1), status_code=status, headers=headers)


async def find_readable(request: Request, operation: str, public_only: bool = False, required: bool = False) -> Row:
    """The object of the path, if its bucket is public or the caller's policies show it."""
    context = context_of(request)
    bucket, name = names.check_bucket_name(request.path_params["bucket"]), names.check_key(request.path_params["path"])
    caller = caller_of(request, context.settings, required=required)
    query = "select * from storage.objects where bucket_id = %s and name = %s"
    async with context.database.scope(SERVICE, operation, request) as connection:
        facts = await one(connection, "select public from storage.buckets where id = %s", bucket)
        if facts is None or not (facts["public"] or (caller.authenticated and not public_only)):
            raise errors.no_such_bucket()
        row = await one(connection, query, bucket, name) if facts["public"] else None
    if not facts["public"]:
        async with context.database.scope(caller, operation, request) as connection:
            row = await one(connection, query, bucket, name)
    if row is None:
        raise errors.no_such_key()
    return row


async def get_object(request: Request) -> Response:
    return await serve(request, lambda: find_readable(request, "storage.object.get_authenticated"))


async def get_authenticated(request: Request) -> Response:
    return await serve(request, lambda: find_readable(request, "storage.object.get_authenticated", required=True))


async def get_public(request: Request) -> Response:
    return await serve(request, lambda: find_readable(request, "storage.object.get_public", public_only=True))


async def get_signed(request: Request) -> Response:
    """The token alone decides; it was given to somebody who may read the object."""
    bucket, path = request.path_params["bucket"], names.check_key(request.path_params["path"])
    claims = signing.check(request, f"{bucket}/{path}", "download")

    async def find() -> Row:
        query = "select * from storage.objects where bucket_id = %s and name = %s"
        async with context_of(request).database.scope(SERVICE, "storage.object.get_signed", request) as connection:
            row = await one(connection, query, bucket, path)
        if row is None:
            raise errors.no_such_key()
        return row

    return await serve(request, find, expires=int(claims["exp"]))


def _info(row: Row) -> JSONResponse:
    metadata: dict[str, Any] = row["metadata"] or {}
    body = {
        "id": str(row["id"]),
        "name": row["name"],
        "version": row["version"],
        "bucket_id": row["bucket_id"],
        "size": metadata.get("size"),
        "content_type": metadata.get("mimetype"),
        "cache_control": metadata.get("cacheControl"),
        "etag": metadata.get("eTag"),
        "metadata": row["user_metadata"],
        "last_modified": _iso(row["updated_at"]),
        "created_at": _iso(row["created_at"]),
    }
    return JSONResponse(body)


async def get_info(request: Request) -> JSONResponse:
    return _info(await find_readable(request, "storage.object.get_authenticated_info"))


async def get_info_public(request: Request) -> JSONResponse:
    return _info(await find_readable(request, "storage.object.info_public", public_only=True))

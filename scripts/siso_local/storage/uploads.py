"""Uploading: new objects, replaced objects, and uploads by signed URL.

The order is hosted's: the caller's right is tried out first (the row is written under the caller's policies and
undone), then the file is received, then row and file become visible together. Writing over an object without asking for
it stays an error even when two uploads race.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from datetime import UTC, datetime
from typing import Any

from psycopg.types.json import Jsonb
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from siso_local.storage import errors, names, signing
from siso_local.storage.context import context_of
from siso_local.storage.database import SERVICE, Caller, Connection, Database, Row, caller_of, find_bucket, one
from siso_local.storage.files import Files, Incoming
from siso_local.storage.incoming import Upload

_INSERT = """
    insert into storage.objects (id, bucket_id, name, version, owner, owner_id, metadata, user_metadata)
    values (%(id)s, %(bucket)s, %(name)s, %(version)s, %(owner)s, %(owner_id)s, %(metadata)s, %(user_metadata)s)
"""
_UPSERT = f"""{_INSERT}
    on conflict (bucket_id, name) do update set version = excluded.version, owner = excluded.owner,
        owner_id = excluded.owner_id, metadata = excluded.metadata, user_metadata = excluded.user_metadata
"""


async def write_row(
    connection: Connection,
    target: tuple[str, str],
    version: str,
    owner: str | None,
    metadata: dict[str, Any],
    user_metadata: dict[str, Any] | None,
    upsert: bool,
) -> None:
    """Inserts the row of an object (bucket, name), or replaces it where ``upsert``; under the connection's scope.

    Without RETURNING, because that would need a select policy as well.
    """
    owner_uuid = None
    with contextlib.suppress(ValueError):
        owner_uuid = uuid.UUID(owner) if owner else None
    values = {
        "id": uuid.uuid4(),
        "bucket": target[0],
        "name": target[1],
        "version": version,
        "owner": owner_uuid,
        "owner_id": owner,
        "metadata": Jsonb(metadata),
        "user_metadata": None if user_metadata is None else Jsonb(user_metadata),
    }
    await connection.execute(_UPSERT if upsert else _INSERT, values)


def file_metadata(incoming: Incoming, mime_type: str, cache_control: str) -> dict[str, Any]:
    """The ``metadata`` of a stored object, in hosted's names."""
    return {
        "eTag": incoming.etag,
        "size": incoming.size,
        "mimetype": mime_type,
        "cacheControl": cache_control,
        "lastModified": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "contentLength": incoming.size,
        "httpStatusCode": 200,
    }


async def commit(
    database: Database,
    files: Files,
    incoming: Incoming,
    target: tuple[str, str],
    owner: str | None,
    metadata: dict[str, Any],
    user_metadata: dict[str, Any] | None,
    upsert: bool,
    operation: str,
) -> Row:
    """Makes a finished file the object ``target`` and returns its row; the version before it is deleted afterwards."""
    version = str(uuid.uuid4())
    replaced: list[tuple[object, object]] = []
    async with database.scope(SERVICE, operation) as connection:
        find = "select * from storage.objects where bucket_id = %s and name = %s"
        before = await one(connection, find + " for update", *target)
        await write_row(connection, target, version, owner, metadata, user_metadata, upsert)
        row = await one(connection, find, *target)
        if row is None:
            raise errors.no_such_key()
        await asyncio.to_thread(files.keep, incoming, row["id"], version)
        if before:
            replaced.append((before["id"], before["version"]))
    await asyncio.to_thread(files.remove, replaced)
    return row


async def receive(
    request: Request, caller: Caller, target: tuple[str, str], owner: str | None, upsert: bool, operation: str
) -> Row:
    """Takes the body of ``request`` as the object ``target`` on behalf of ``caller``. Returns the object's row."""
    context = context_of(request)
    upload = Upload(request)
    try:
        names.check_key(target[1])
        bucket = await find_bucket(context.database, names.check_bucket_name(target[0]), operation)
        placeholder = target[1].endswith(names.PLACEHOLDER)
        limit = 0 if placeholder else min(bucket["file_size_limit"] or names.GLOBAL_SIZE_LIMIT, names.GLOBAL_SIZE_LIMIT)
        await upload.open()
        names.check_mime_type(upload.mime_type, None if placeholder else bucket["allowed_mime_types"])
        announced = {"mimetype": upload.mime_type, "contentLength": upload.declared_size}
        async with context.database.scope(caller, operation, request, undo=True) as connection:
            await write_row(connection, target, "1", owner, announced, upload.user_metadata, upsert)
        if (upload.declared_size or 0) > limit:
            raise errors.too_large()
        with context.files.receive(limit) as incoming:
            async for chunk in upload.body():
                incoming.write(chunk)
            await asyncio.to_thread(incoming.finish)
            metadata = file_metadata(incoming, upload.mime_type, upload.cache_control)
            return await commit(
                context.database,
                context.files,
                incoming,
                target,
                owner,
                metadata,
                upload.user_metadata or {},
                upsert,
                operation,
            )
    except errors.StorageError:
        with contextlib.suppress(ClientDisconnect, TimeoutError, RuntimeError, errors.StorageError):
            async with asyncio.timeout(10):
                await upload.drain(2 * names.GLOBAL_SIZE_LIMIT)
        raise


def _target(request: Request) -> tuple[str, str]:
    return request.path_params["bucket"], request.path_params["path"]


async def create_object(request: Request) -> JSONResponse:
    """POST: a new object, or with ``x-upsert: true`` also a replaced one."""
    caller = caller_of(request, context_of(request).settings)
    upsert = request.headers.get("x-upsert") == "true"
    row = await receive(request, caller, _target(request), caller.owner, upsert, "storage.object.upload")
    return JSONResponse({"Id": str(row["id"]), "Key": f"{row['bucket_id']}/{row['name']}"})


async def update_object(request: Request) -> JSONResponse:
    """PUT: as an upsert, whether the object exists or not."""
    caller = caller_of(request, context_of(request).settings)
    row = await receive(request, caller, _target(request), caller.owner, True, "storage.object.upload_update")
    return JSONResponse({"Id": str(row["id"]), "Key": f"{row['bucket_id']}/{row['name']}"})


async def upload_signed(request: Request) -> JSONResponse:
    """PUT with the token of a signed upload URL, which stands for the right of whoever signed it."""
    bucket, path = _target(request)
    claims = signing.check(request, f"{bucket}/{path}", "upload")
    owner = claims.get("owner")
    row = await receive(
        request, SERVICE, (bucket, path), owner, claims.get("upsert") is True, "storage.object.upload_signed"
    )
    return JSONResponse({"Key": f"{row['bucket_id']}/{row['name']}"})


async def sign_upload(request: Request) -> JSONResponse:
    """POST: a URL with which anyone may upload this one object within two hours; the caller must be allowed to."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket, path = _target(request)
    names.check_key(path)
    upsert = request.headers.get("x-upsert") == "true"
    operation = "storage.object.sign_upload_url"
    await find_bucket(context.database, names.check_bucket_name(bucket), operation)
    async with context.database.scope(caller, operation, request, undo=True) as connection:
        await write_row(connection, (bucket, path), "1", caller.owner, {}, None, upsert)
    claims = {"owner": caller.owner, "url": f"{bucket}/{path}", "upsert": upsert}
    token = signing.issue(context.settings, "upload", signing.UPLOAD_SECONDS, claims)
    return JSONResponse({"url": f"/object/upload/sign/{bucket}/{path}?token={token}", "token": token})

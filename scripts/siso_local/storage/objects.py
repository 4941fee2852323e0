"""Removing, moving and copying objects, all under the caller's policies."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from siso_local.storage import errors, names, uploads
from siso_local.storage.context import context_of, json_body, text_field
from siso_local.storage.database import SERVICE, caller_of, find_bucket, one, rows
from siso_local.storage.incoming import parse_user_metadata
from siso_local.storage.listing import as_json

MAX_REMOVED = 1000
_FIND = "select * from storage.objects where bucket_id = %s and name = %s"


async def remove_object(request: Request) -> JSONResponse:
    """DELETE one: "not found" when there is none, "denied" when the policies keep it."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    target = request.path_params["bucket"], names.check_key(request.path_params["path"])
    operation = "storage.object.delete"
    async with context.database.scope(SERVICE, operation, request) as connection:
        if await one(connection, _FIND, *target) is None:
            raise errors.no_such_key()
    async with context.database.scope(caller, operation, request) as connection:
        delete = "delete from storage.objects where bucket_id = %s and name = %s returning id, version"
        gone = await one(connection, delete, *target)
    if gone is None:
        raise errors.access_denied()
    await asyncio.to_thread(context.files.remove, [(gone["id"], gone["version"])])
    return JSONResponse({"message": "Successfully deleted"})


async def remove_objects(request: Request) -> JSONResponse:
    """DELETE {prefixes}: removes what the caller may remove and says what that was; the rest is passed over."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    paths = (await json_body(request)).get("prefixes")
    if not isinstance(paths, list) or not paths or not all(isinstance(path, str) for path in paths):
        raise errors.invalid_request("body/prefixes must be a list of paths")
    if len(paths) > MAX_REMOVED:
        raise errors.invalid_request(f"Bulk object requests are limited to {MAX_REMOVED} objects per request.")
    async with context.database.scope(caller, "storage.object.delete_many", request) as connection:
        delete = "delete from storage.objects where bucket_id = %s and name = any(%s) returning *"
        gone = await rows(connection, delete, bucket, [path for path in paths if "\x00" not in path])
    await asyncio.to_thread(context.files.remove, [(row["id"], row["version"]) for row in gone])
    return JSONResponse(as_json(gone))


async def move_object(request: Request) -> JSONResponse:
    """POST {bucketId, sourceKey, destinationKey[, destinationBucket]}: a new name for the same file."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    body = await json_body(request)
    bucket, source = names.check_bucket_name(text_field(body, "bucketId")), text_field(body, "sourceKey")
    target_bucket = names.check_bucket_name(body.get("destinationBucket") or bucket)
    target = names.check_key(text_field(body, "destinationKey"))
    operation = "storage.object.move"
    await find_bucket(context.database, target_bucket, operation)
    owner_uuid = None
    with contextlib.suppress(ValueError):
        owner_uuid = uuid.UUID(caller.owner) if caller.owner else None
    async with context.database.scope(caller, operation, request) as connection:
        row = await one(connection, f"{_FIND} for update", bucket, names.check_key(source))
        if row is None:
            raise errors.no_such_key()
        update = "update storage.objects set bucket_id = %s, name = %s, owner = %s, owner_id = %s where id = %s"
        moved = await connection.execute(update, (target_bucket, target, owner_uuid, caller.owner, row["id"]))
        if moved.rowcount == 0:
            raise errors.access_denied()
    return JSONResponse({"message": "Successfully moved", "Id": str(row["id"]), "Key": target})


async def copy_object(request: Request) -> JSONResponse:
    """POST as for move, with ``copyMetadata`` and ``metadata``; needs the right to read one and to add the other."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    body = await json_body(request)
    bucket = names.check_bucket_name(text_field(body, "bucketId"))
    source = names.check_key(text_field(body, "sourceKey"))
    target = (
        names.check_bucket_name(body.get("destinationBucket") or bucket),
        names.check_key(text_field(body, "destinationKey")),
    )
    upsert = request.headers.get("x-upsert") == "true"
    operation = "storage.object.copy"
    await find_bucket(context.database, target[0], operation)
    async with context.database.scope(caller, operation, request) as connection:
        row = await one(connection, _FIND, bucket, source)
    if row is None:
        raise errors.no_such_key()
    facts: dict[str, Any] = row["metadata"] or {}
    user_metadata = row["user_metadata"]
    if body.get("copyMetadata") is False:
        given = body.get("metadata")
        facts = facts | {k: str(v) for k, v in (given if isinstance(given, dict) else {}).items()}
        user_metadata = parse_user_metadata(request.headers.get("x-metadata"))
    mime_type = names.check_mime_type(str(facts.get("mimetype") or "application/octet-stream"), None)
    cache_control = names.check_header_value(str(facts.get("cacheControl") or "no-cache"))
    async with context.database.scope(caller, operation, request, undo=True) as connection:
        await uploads.write_row(connection, target, "1", caller.owner, facts, user_metadata, upsert)
    with context.files.receive(names.GLOBAL_SIZE_LIMIT) as incoming:
        await asyncio.to_thread(context.files.copy_into, incoming, row["id"], row["version"])
        metadata = uploads.file_metadata(incoming, mime_type, cache_control)
        made = await uploads.commit(
            context.database, context.files, incoming, target, caller.owner, metadata, user_metadata, upsert, operation
        )
    return JSONResponse({"Id": str(made["id"]), "Key": f"{target[0]}/{target[1]}", **as_json(made)})

"""Buckets: made, read, changed, emptied and deleted under the policies on ``storage.buckets``.

Without a policy only ``service_role`` sees or changes any, as on hosted.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from siso_local.storage import errors, names
from siso_local.storage.context import context_of, json_body, whole_number
from siso_local.storage.database import SERVICE, Row, caller_of, one, rows
from siso_local.storage.listing import as_json

_COLUMNS = "id, name, owner, public, type, file_size_limit, allowed_mime_types, created_at, updated_at"
_SORTED_BY = ("id", "name", "created_at", "updated_at")


def _answer(bucket: Row) -> dict[str, Any]:
    """A bucket as JSON. ``owner`` is a text even where there is none: the Python client insists."""
    return {**as_json(bucket), "owner": str(bucket["owner"] or "")}


def _flag(body: dict[str, Any]) -> bool:
    value = body.get("public", False)
    if not isinstance(value, bool) and value is not None:
        raise errors.invalid_request("body/public must be boolean")
    return bool(value)


async def create_bucket(request: Request) -> JSONResponse:
    context = context_of(request)
    caller = caller_of(request, context.settings)
    body = await json_body(request)
    name = names.check_bucket_name(body.get("name"))
    bucket = names.check_bucket_name(body.get("id") or name)
    if body.get("type") not in (None, "STANDARD"):
        raise errors.StorageError(409, "FeatureNotEnabled", "Only STANDARD buckets are enabled for this project")
    limit = names.parse_size_limit(body.get("file_size_limit"))
    allowed = names.parse_allowed_types(body.get("allowed_mime_types"))
    owner_uuid = None
    with contextlib.suppress(ValueError):
        owner_uuid = uuid.UUID(caller.owner) if caller.owner else None
    insert = """
        insert into storage.buckets (id, name, owner, owner_id, public, file_size_limit, allowed_mime_types)
        values (%s, %s, %s, %s, %s, %s, %s)
    """
    async with context.database.scope(caller, "storage.bucket.create", request) as connection:
        await connection.execute(insert, (bucket, name, owner_uuid, caller.owner, _flag(body), limit, allowed))
    return JSONResponse({"name": bucket})


async def list_buckets(request: Request) -> JSONResponse:
    context = context_of(request)
    caller = caller_of(request, context.settings)
    query = request.query_params
    column, order = query.get("sortColumn", "id"), query.get("sortOrder", "asc")
    if column not in _SORTED_BY or order not in ("asc", "desc"):
        raise errors.invalid_request("querystring/sortColumn must be equal to one of the allowed values")
    limit = whole_number(query.get("limit"), "querystring/limit", 10_000, least=1)
    offset = whole_number(query.get("offset"), "querystring/offset", 0)
    sql = f"""
        select {_COLUMNS} from storage.buckets where strpos(lower(name), lower(%s)) > 0
        order by {column} {order} limit %s offset %s
    """  # noqa: S608 -- both names come from the fixed lists above
    async with context.database.scope(caller, "storage.bucket.list", request) as connection:
        found = await rows(connection, sql, query.get("search", "").replace("\x00", ""), limit, offset)
    return JSONResponse([_answer(bucket) for bucket in found])


async def get_bucket(request: Request) -> JSONResponse:
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    async with context.database.scope(caller, "storage.bucket.get", request) as connection:
        query = f"select {_COLUMNS} from storage.buckets where id = %s"  # noqa: S608
        found = await one(connection, query, bucket)
    if found is None:
        raise errors.no_such_bucket()
    return JSONResponse(_answer(found))


async def update_bucket(request: Request) -> JSONResponse:
    """PUT: changes what the body names; ``null`` takes a limit away."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    body = await json_body(request)
    changes: dict[str, Any] = {}
    if body.get("public") is not None:
        changes["public"] = _flag(body)
    if "file_size_limit" in body:
        changes["file_size_limit"] = names.parse_size_limit(body["file_size_limit"])
    if "allowed_mime_types" in body:
        changes["allowed_mime_types"] = names.parse_allowed_types(body["allowed_mime_types"])
    if not changes:
        raise errors.invalid_request("No content provided")
    assignments = ", ".join(f"{column} = %s" for column in changes)
    sql = f"update storage.buckets set {assignments}, updated_at = now() where id = %s"  # noqa: S608
    async with context.database.scope(caller, "storage.bucket.update", request) as connection:
        changed = await connection.execute(sql, (*changes.values(), bucket))
    if changed.rowcount == 0:
        raise errors.no_such_bucket()
    return JSONResponse({"message": "Successfully updated"})


async def empty_bucket(request: Request) -> JSONResponse:
    """POST: deletes every object that the caller may delete, at once (hosted puts it into a queue)."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    async with context.database.scope(caller, "storage.bucket.empty", request) as connection:
        if not await one(connection, "select id from storage.buckets where id = %s", bucket):
            raise errors.no_such_bucket()
        delete = "delete from storage.objects where bucket_id = %s returning id, version"
        gone = await rows(connection, delete, bucket)
    await asyncio.to_thread(context.files.remove, [(row["id"], row["version"]) for row in gone])
    return JSONResponse({"message": "Successfully emptied"})


async def delete_bucket(request: Request) -> JSONResponse:
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    operation = "storage.bucket.delete"
    async with context.database.scope(SERVICE, operation, request) as connection:
        if not await one(connection, "select id from storage.buckets where id = %s", bucket):
            raise errors.no_such_bucket()
        if await one(connection, "select id from storage.objects where bucket_id = %s limit 1", bucket):
            message = "The bucket you tried to delete is not empty"
            raise errors.StorageError(409, "ResourceNotEmpty", message)
    async with context.database.scope(caller, operation, request) as connection:
        deleted = await connection.execute("delete from storage.buckets where id = %s", (bucket,))
    if deleted.rowcount == 0:
        raise errors.no_such_bucket()
    return JSONResponse({"message": "Successfully deleted"})

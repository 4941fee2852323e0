"""Listing: a folder by pages with an offset, and a whole bucket by pages with a cursor."""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from siso_local.storage import errors, names
from siso_local.storage.context import context_of, json_body, text_field, whole_number
from siso_local.storage.database import Row, caller_of, rows


def as_json(value: Any) -> Any:
    """Rows as hosted spells them: times in UTC with milliseconds, UUIDs as text."""
    if isinstance(value, dict):
        return {key: as_json(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_json(entry) for entry in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return str(value) if isinstance(value, uuid.UUID) else value


async def list_objects(request: Request) -> JSONResponse:
    """POST {prefix, limit, offset, sortBy, search}: one page of a folder, sub-folders with a null id."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    body = await json_body(request)
    prefix = text_field(body, "prefix").replace("\x00", "")
    if prefix and not prefix.endswith("/"):
        prefix += "/"
    search = str(body.get("search") or "").replace("\x00", "")
    column, order = _sorting(body, ("name", "updated_at", "created_at", "last_accessed_at"))
    limit = whole_number(body.get("limit"), "body/limit", 100, least=1)
    offset = whole_number(body.get("offset"), "body/offset", 0)
    async with context.database.scope(caller, "storage.object.list", request) as connection:
        call = "select * from storage.search(%s, %s, %s, 1, %s, %s, %s, %s)"
        found = await rows(connection, call, prefix, bucket, limit, offset, search, column, order)
    return JSONResponse(as_json(found))


def _sorting(body: dict[str, Any], columns: tuple[str, ...]) -> tuple[str, str]:
    sort = body.get("sortBy") or {}
    column, order = sort.get("column") or columns[0], sort.get("order") or "asc"
    if column not in columns or order not in ("asc", "desc"):
        raise errors.invalid_request("body/sortBy must be equal to one of the allowed values")
    return column, order


_PAGE = """
    with split as (
        select o.*, case when %(folders)s then strpos(substr(o.name, length(%(prefix)s) + 1), '/') else 0 end as slash
        from storage.objects as o
        where o.bucket_id = %(bucket)s and starts_with(o.name, %(prefix)s)
    ),
    entries as (
        select id, name, updated_at, created_at, last_accessed_at, metadata from split where slash = 0
        union all
        select null, left(name, length(%(prefix)s) + slash), max(updated_at), min(created_at), null, null
        from split where slash > 0 group by 2
    ),
    keyed as (select *, {key} as sort_key, name collate "C" as name_key from entries)
    select *, sort_key::text as sort_text from keyed
    where %(after_name)s::text is null
        or (sort_key, name_key) {beyond} (%(after_key)s::{kind}, %(after_name)s::text collate "C")
    order by sort_key {order}, name_key {order}
    limit %(limit)s
"""


async def list_objects_v2(request: Request) -> JSONResponse:
    """POST {prefix, limit, cursor, with_delimiter, sortBy}: whole names, folders apart, pages by cursor."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    body = await json_body(request)
    column, order = _sorting(body, ("name", "updated_at", "created_at"))
    limit = whole_number(body.get("limit"), "body/limit", 1000, least=1, most=1000)
    after_key, after_name = _read_cursor(body.get("cursor"))
    by_name = column == "name"
    sql = _PAGE.format(
        key='name collate "C"' if by_name else column,
        kind='text collate "C"' if by_name else "timestamptz",
        beyond=">" if order == "asc" else "<",
        order=order,
    )
    values = {
        "folders": body.get("with_delimiter") is True,
        "prefix": str(body.get("prefix") or "").replace("\x00", ""),
        "bucket": bucket,
        "after_key": after_key,
        "after_name": after_name,
        "limit": limit + 1,
    }
    async with context.database.scope(caller, "storage.object.list_v2", request) as connection:
        found = await (await connection.execute(sql, values)).fetchall()
    more, page = len(found) > limit, found[:limit]
    last = page[-1] if more else None
    cursor = json.dumps([last["sort_text"], last["name"]]).encode() if last else None
    answer: dict[str, Any] = {
        "hasNext": more,
        "folders": [{"key": row["name"], "name": row["name"]} for row in page if row["id"] is None],
        "objects": [as_json(_listed(row)) for row in page if row["id"] is not None],
    }
    if cursor:
        answer["nextCursor"] = base64.urlsafe_b64encode(cursor).decode()
    return JSONResponse(answer)


def _listed(row: Row) -> Row:
    kept = ("id", "name", "updated_at", "created_at", "last_accessed_at", "metadata")
    return {**{name: row[name] for name in kept}, "key": row["name"]}


def _read_cursor(cursor: Any) -> tuple[str | None, str | None]:
    if not cursor:
        return None, None
    try:
        key, name = json.loads(base64.urlsafe_b64decode(str(cursor)))
        return str(key), str(name)
    except (ValueError, TypeError, binascii.Error) as error:
        raise errors.StorageError(400, "InvalidParameter", "Invalid Parameter continuation token") from error

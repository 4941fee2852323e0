"""Broadcasts by HTTP: many messages in one body, or one message whose topic and event stand in the path."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from siso_local.realtime.access import Identity, RefusedError
from siso_local.realtime.channel import BROADCAST
from siso_local.realtime.context import Context
from siso_local.realtime.messages import Broadcast, MalformedFrameError, dump_json, load_json

CONTEXT = web.AppKey("context", Context)


class _Item(BaseModel):
    topic: str = Field(min_length=1)
    event: str = Field(min_length=1)
    payload: dict[str, Any]
    private: bool = False


class _Batch(BaseModel):
    messages: list[_Item] = Field(min_length=1)


def client_headers(request: web.Request) -> dict[str, str]:
    """What policies may see in `request.headers`; never a key or a token."""
    allowed = {name.lower(): value for name, value in request.headers.items() if name.lower().startswith("x-")}
    allowed.pop("x-api-key", None)
    return allowed


def presented_key(request: web.Request) -> str:
    return request.headers.get("x-api-key") or request.headers.get("apikey") or request.query.get("apikey") or ""


async def _identify(request: web.Request) -> Identity:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token or token.startswith("sb_"):
        token = presented_key(request)
    return await request.app[CONTEXT].access.identify(token)


async def post_batch(request: web.Request) -> web.Response:
    """`POST /api/broadcast`: 202, and silence about private messages that the sender may not send."""
    try:
        identity = await _identify(request)
        batch = _Batch.model_validate(load_json(await request.read()))
    except RefusedError as error:
        return web.json_response({"error": error.message}, status=401)
    except MalformedFrameError:
        return web.json_response({"errors": {"messages": ["is not JSON"]}}, status=422)
    except ValidationError as error:
        problems = {".".join(map(str, e["loc"])): [e["msg"]] for e in error.errors()}
        return web.json_response({"errors": problems}, status=422)
    broadcasts = [(Broadcast(m.topic, m.event, dump_json(m.payload)), m.private) for m in batch.messages]
    return await _send(request, identity, broadcasts)


async def post_one(request: web.Request) -> web.Response:
    """`POST /api/broadcast/<topic>/events/<event>?private=true` with a JSON or binary body."""
    try:
        identity = await _identify(request)
        body = await request.read()
        topic, event = request.match_info["topic"], request.match_info["event"]
        if request.content_type == "application/octet-stream":
            broadcast = Broadcast(topic, event, None, binary=body)
        else:
            load_json(body)
            broadcast = Broadcast(topic, event, body.decode())
    except RefusedError as error:
        return web.json_response({"error": error.message}, status=401)
    except (MalformedFrameError, UnicodeDecodeError):
        return web.json_response({"errors": {"payload": ["is not JSON"]}}, status=422)
    return await _send(request, identity, [(broadcast, request.query.get("private") == "true")])


async def _send(request: web.Request, identity: Identity, broadcasts: list[tuple[Broadcast, bool]]) -> web.Response:
    context = request.app[CONTEXT]
    if any(broadcast.size > context.options.max_payload_bytes for broadcast, _ in broadcasts):
        return web.json_response({"errors": {"payload": ["Payload size exceeds the limit"]}}, status=422)
    allowed: dict[str, bool] = {}
    try:
        for broadcast, private in broadcasts:
            if private and broadcast.topic not in allowed:
                allowed[broadcast.topic] = await context.authorisation.may_write(
                    identity, broadcast.topic, BROADCAST, client_headers(request)
                )
    except RefusedError as error:
        return web.json_response({"error": error.message}, status=503)
    for broadcast, private in broadcasts:
        if not private or allowed[broadcast.topic]:
            context.rooms.broadcast(broadcast, private=private)
    return web.Response(status=202)

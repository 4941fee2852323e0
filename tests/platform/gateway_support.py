"""A gateway with echoing parts behind it, on free ports of its own: for tests of the gateway alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from siso_local.gateway.app import Gateway
from siso_local.settings import HOST, Settings
from tests.platform.ports import free_port_base

CLOSED_WITH: web.AppKey[list[int]] = web.AppKey("closed_with")
DRIP: web.AppKey[asyncio.Event] = web.AppKey("drip")
PARTS = ("postgrest", "auth", "storage", "realtime", "payouts")


async def _echo(request: web.Request) -> web.StreamResponse:
    if request.path == "/count":
        return web.json_response({"size": sum([len(chunk) async for chunk in request.content.iter_any()])})
    body = await request.read()
    if request.path == "/slow":
        await asyncio.sleep(30)
    if request.path == "/nonsense":
        assert request.transport
        request.transport.write(b"not http\r\n\r\n")
        request.transport.close()
    if request.path == "/large":
        response = web.StreamResponse(headers={"X-Request-Id": "theirs", "Access-Control-Allow-Origin": "nobody"})
        await response.prepare(request)
        for _ in range(64):
            await response.write(b"x" * 65536)
        return response
    if request.path == "/broken":
        response = web.StreamResponse(headers={"Content-Length": "1000000"})
        await response.prepare(request)
        await response.write(b"x" * 1000)
        await asyncio.sleep(0.05)
        assert request.transport
        request.transport.abort()
        return response
    if request.path == "/drip":
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"data: first\n\n")
        await request.app[DRIP].wait()
        await response.write(b"data: second\n\n")
        return response
    if request.path == "/empty":
        return web.Response(status=204)
    if request.path == "/moved":
        return web.Response(status=303, headers={"Location": "https://example.com/next"})
    return web.json_response(
        {
            "method": request.method,
            "path": request.raw_path,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "size": len(body),
            "text": body[:200].decode(errors="replace"),
        },
        headers={"Content-Range": "0-1/2"},
    )


async def _socket(request: web.Request) -> web.StreamResponse:
    if request.query.get("refuse"):
        return web.json_response({"error": "no"}, status=403)
    connection = web.WebSocketResponse(protocols=("phoenix",))
    await connection.prepare(request)
    await connection.send_json(dict(request.query))
    async for message in connection:
        if message.data == "bye":
            await connection.close(code=4001, message=b"bye")
        elif message.type is aiohttp.WSMsgType.TEXT:
            await connection.send_str(message.data)
        else:
            await connection.send_bytes(message.data)
    request.app[CLOSED_WITH].append(connection.close_code or 0)
    return connection


@dataclass
class World:
    settings: Settings
    client: aiohttp.ClientSession
    closed_with: list[int]  # close codes that the realtime part saw
    drip: asyncio.Event  # lets a part at /drip send its second piece

    def url(self, path: str) -> str:
        return self.settings.api_url + path


@asynccontextmanager
async def running_gateway(parts: tuple[str, ...] = PARTS, patience: float | None = None) -> AsyncIterator[World]:
    settings = Settings(port_base=free_port_base())
    closed_with: list[int] = []
    drip = asyncio.Event()
    runners = []
    for part in parts:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app[CLOSED_WITH] = closed_with
        app[DRIP] = drip
        app.router.add_get("/websocket", _socket)
        app.router.add_route("*", "/{tail:.*}", _echo)
        runner = web.AppRunner(app, auto_decompress=False, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, HOST, settings.port(part)).start()
        runners.append(runner)
    gateway = Gateway(settings, patience)
    await gateway.start()
    try:
        async with aiohttp.ClientSession(auto_decompress=False) as client:
            yield World(settings, client, closed_with, drip)
    finally:
        await gateway.stop()
        for runner in runners:
            await runner.cleanup()

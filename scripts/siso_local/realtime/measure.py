"""How long a broadcast takes from the database's commit to its subscribers: the figure of decision A-29.

    asyncio.run(measure(settings, clients=100, messages=50))

The clock is read just before the row is written, and the measuring process decodes every frame itself: the figures are
upper bounds of commit-to-receive.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
import uuid
from dataclasses import dataclass

import aiohttp
import psycopg
from psycopg import sql

from siso_local.settings import Settings

_JOINING_AT_ONCE = 20


@dataclass(frozen=True)
class Latency:
    """Milliseconds over all deliveries; ``lost`` counts those that had not come two seconds after the last commit."""

    clients: int
    deliveries: int
    lost: int
    p50: float
    p95: float
    p99: float
    worst: float


async def measure(
    settings: Settings, clients: int = 100, messages: int = 50, pause: float = 0.1, address: str | None = None
) -> Latency:
    """Subscribes ``clients`` sockets to one private topic and commits ``messages`` broadcasts, ``pause`` seconds apart.

    Goes through the gateway unless ``address`` (http://…, without `/websocket`) names another server. Takes about
    ``messages * pause`` seconds, at most two more, and the joins.
    """
    topic = f"latency:{uuid.uuid4().hex}"
    url = f"{address or settings.api_url + '/realtime/v1'}/websocket"
    name = sql.Identifier(f"read {topic}")
    spent: list[float] = []
    async with await psycopg.AsyncConnection.connect(settings.dsn("postgres"), autocommit=True) as database:
        await database.execute(
            sql.SQL(
                "create policy {} on realtime.messages for select to authenticated using (realtime.topic() = {})"
            ).format(name, sql.Literal(topic))
        )
        try:
            connector = aiohttp.TCPConnector(limit=0)
            async with aiohttp.ClientSession(connector=connector) as session:
                gate = asyncio.Semaphore(_JOINING_AT_ONCE)
                sockets = await asyncio.gather(
                    *(_subscribe(session, gate, url, settings, topic) for _ in range(clients))
                )
                listeners = [asyncio.create_task(_listen(socket, spent)) for socket in sockets]
                for _ in range(messages):
                    await _commit(database, topic)
                    await asyncio.sleep(pause)
                deadline = time.monotonic() + 2
                while len(spent) < clients * messages and time.monotonic() < deadline:  # noqa: ASYNC110 - two seconds
                    await asyncio.sleep(0.02)
                for listener in listeners:
                    listener.cancel()
                await asyncio.gather(*listeners, return_exceptions=True)
                await asyncio.gather(*(socket.close() for socket in sockets))
        finally:
            await database.execute(sql.SQL("drop policy {} on realtime.messages").format(name))
    if len(spent) < 2:
        raise RuntimeError("no broadcast arrived")
    cuts = statistics.quantiles(spent, n=100)
    p50, p95, p99, worst = (round(value, 2) for value in (cuts[49], cuts[94], cuts[98], max(spent)))
    return Latency(clients, len(spent), clients * messages - len(spent), p50, p95, p99, worst)


async def _subscribe(
    session: aiohttp.ClientSession, gate: asyncio.Semaphore, url: str, settings: Settings, topic: str
) -> aiohttp.ClientWebSocketResponse:
    async with gate:
        socket = await session.ws_connect(url, params={"apikey": settings.publishable_key, "vsn": "2.0.0"})
        token = settings.mint("authenticated", sub=str(uuid.uuid4()))
        payload = {"config": {"private": True}, "access_token": token}
        await socket.send_json(["1", "1", f"realtime:{topic}", "phx_join", payload])
        answer = (await socket.receive_json(timeout=10))[4]
        if answer["status"] != "ok":
            raise RuntimeError(f"join refused: {answer['response']}")
        return socket


async def _commit(database: psycopg.AsyncConnection[tuple[object, ...]], topic: str) -> None:
    async with database.transaction():
        body = json.dumps({"at": time.time()})
        await database.execute("select realtime.send(%s::jsonb, 'tick', %s)", (body, topic))


async def _listen(socket: aiohttp.ClientWebSocketResponse, spent: list[float]) -> None:
    async for message in socket:
        if message.type is aiohttp.WSMsgType.BINARY:
            arrived = time.time()
            body = json.loads(message.data[message.data.index(b"{", message.data.index(b"}") + 1) :])
            spent.append((arrived - body["at"]) * 1000)

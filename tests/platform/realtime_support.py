"""Topics, tokens, raw sockets of both protocol versions and servers of one's own, for tests of Realtime."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import psycopg
from psycopg import sql

from siso_local.settings import HOST, Settings, state_dir
from tests.platform.ports import free_port_base

VERSIONS = ("1.0.0", "2.0.0")
PATIENCE = 5.0
# Long enough that a message which must not come would have come: delivery takes a few milliseconds.
SILENCE = 0.4


@dataclass
class Topic:
    """A private topic with policies of its own."""

    name: str


@contextmanager
def private_topic(settings: Settings) -> Iterator[tuple[Topic, str]]:
    """A topic of its own with policies on ``realtime.messages``, and a subject that may read it and send to it.

    The policies are those a product would write: they ask for ``realtime.topic()`` and the token's subject.
    """
    subject = str(uuid.uuid4())
    topic = Topic(f"test:{uuid.uuid4().hex}")
    names = {verb: f"{verb} {topic.name}" for verb in ("select", "insert")}
    condition = sql.SQL(
        "realtime.topic() = {topic} and current_setting('request.jwt.claims', true)::jsonb ->> 'sub' = {sub}"
    )
    clause = condition.format(topic=sql.Literal(topic.name), sub=sql.Literal(subject))
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("create policy {} on realtime.messages for select to authenticated using ({})").format(
                sql.Identifier(names["select"]), clause
            )
        )
        connection.execute(
            sql.SQL("create policy {} on realtime.messages for insert to authenticated with check ({})").format(
                sql.Identifier(names["insert"]), clause
            )
        )
    try:
        yield topic, subject
    finally:
        with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
            for name in names.values():
                connection.execute(
                    sql.SQL("drop policy if exists {} on realtime.messages").format(sql.Identifier(name))
                )


def drop_policy(settings: Settings, topic: Topic, verb: str) -> None:
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("drop policy {} on realtime.messages").format(sql.Identifier(f"{verb} {topic.name}"))
        )


def token_for(settings: Settings, subject: str, seconds: int = 300, **claims: Any) -> str:
    return settings.mint("authenticated", seconds, sub=subject, **claims)


def send(settings: Settings, topic: str, event: str = "news", payload: Any = None, private: bool = True) -> None:
    """One committed ``realtime.send``."""
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
        send_with(connection, topic, event, payload, private)


def send_with(
    connection: psycopg.Connection[Any], topic: str, event: str = "news", payload: Any = None, private: bool = True
) -> None:
    body = json.dumps(payload if payload is not None else {"n": 1})
    connection.execute("select realtime.send(%s::jsonb, %s, %s, %s)", (body, event, topic, private))


class RawSocket:
    """Frames of one protocol version, unwrapped to dictionaries; binary broadcasts included."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse, version: str) -> None:
        self.connection = connection
        self.version = version
        self._ref = 0

    async def push(
        self, topic: str, event: str, payload: Any, *, join_ref: str | None = None, ref: str | None = ""
    ) -> str | None:
        """Sends one frame. Returns its ref (``ref=None`` sends none)."""
        if ref == "":
            self._ref += 1
            ref = str(self._ref)
        if self.version == "1.0.0":
            frame: Any = {"topic": topic, "event": event, "payload": payload, "ref": ref, "join_ref": join_ref}
        else:
            frame = [join_ref, ref, topic, event, payload]
        await self.connection.send_str(json.dumps(frame))
        return ref

    async def receive(self, seconds: float = PATIENCE) -> dict[str, Any]:
        """The next frame. Raises ``TimeoutError``, and ``ConnectionError`` where the server has closed."""
        message = await asyncio.wait_for(self.connection.receive(), seconds)
        if message.type is aiohttp.WSMsgType.TEXT:
            frame = json.loads(message.data)
            if self.version == "1.0.0":
                return dict(frame)
            return dict(zip(("join_ref", "ref", "topic", "event", "payload"), frame, strict=True))
        if message.type is aiohttp.WSMsgType.BINARY:
            return _decode_broadcast(message.data)
        raise ConnectionError(f"closed with {self.connection.close_code}")

    async def join(self, name: str, token: str | None, private: bool = True, **config: Any) -> dict[str, Any]:
        """Joins and returns the payload of the answer."""
        payload: dict[str, Any] = {"config": {"private": private, "unknown": {"key": 1}, **config}}
        if token is not None:
            payload["access_token"] = token
        self._ref += 1
        ref = str(self._ref)
        await self.push(f"realtime:{name}", "phx_join", payload, join_ref=ref, ref=ref)
        return await self.reply(ref)

    async def reply(self, ref: str | None) -> dict[str, Any]:
        frame = await self.receive()
        assert frame["event"] == "phx_reply", frame
        assert frame["ref"] == ref
        return dict(frame["payload"])

    async def expect_silence(self, seconds: float = SILENCE) -> None:
        """Asks for a heartbeat's answer after a while: whatever else was sent would arrive before it."""
        await asyncio.sleep(seconds)
        await self.push("phoenix", "heartbeat", {}, ref="silence")
        frame = await self.receive()
        assert (frame["event"], frame["ref"]) == ("phx_reply", "silence"), frame


def _decode_broadcast(data: bytes) -> dict[str, Any]:
    kind, *lengths, encoding = data[:5]
    assert kind == 4
    offset, parts = 5, []
    for length in lengths:
        parts.append(data[offset : offset + length])
        offset += length
    topic, event, meta = (part.decode() for part in parts)
    body: Any = json.loads(data[offset:]) if encoding == 1 else data[offset:]
    payload = {"type": "broadcast", "event": event, "payload": body}
    if meta:
        payload["meta"] = json.loads(meta)
    return {"join_ref": None, "ref": None, "topic": topic, "event": "broadcast", "payload": payload}


@asynccontextmanager
async def raw_socket(address: str, key: str, version: str, **query: str) -> AsyncIterator[RawSocket]:
    """A socket at ``address`` (http://…/realtime/v1 of the gateway, or a server of one's own)."""
    parameters = {"apikey": key, "vsn": version, **query}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{address}/websocket", params=parameters, max_msg_size=0) as connection,
    ):
        yield RawSocket(connection, version)


def gateway_address(settings: Settings) -> str:
    return f"{settings.api_url}/realtime/v1"


class OwnServer:
    """A Realtime server with options of its own beside the platform's, on the same database."""

    def __init__(self, options: dict[str, str], state: str | None = None) -> None:
        self.port = free_port_base()
        self.address = f"http://{HOST}:{self.port}"
        self._environment = {
            **os.environ,
            "SISO_STATE": state or str(state_dir()),
            **{f"SISO_REALTIME_{name.upper()}": value for name, value in options.items()},
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "siso_local.realtime", "--port", str(self.port)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while not self.is_healthy():
            assert time.monotonic() < deadline, "the server did not become healthy"
            assert self.process.poll() is None, "the server ended"
            time.sleep(0.05)

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(10)


@contextmanager
def own_server(state: str | None = None, **options: str) -> Iterator[OwnServer]:
    server = OwnServer(options, state)
    try:
        server.start()
        yield server
    finally:
        server.stop()

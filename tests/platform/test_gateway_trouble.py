"""The gateway when a client or a part misbehaves: it cleans up, says so where it can, and goes on serving."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from siso_local.gateway import app as gateway_app
from siso_local.settings import HOST
from tests.platform.gateway_support import World, running_gateway


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with running_gateway() as running:
        yield running


def key(world: World) -> dict[str, str]:
    return {"apikey": world.settings.publishable_key}


async def still_serves(world: World) -> bool:
    async with world.client.get(world.url("/rest/v1/leads"), headers=key(world)) as response:
        return response.status == 200


async def test_a_silent_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_app, "_HEADER_SECONDS", 0.2)
    async with running_gateway() as world:
        for sent in (b"", b"GET /rest/v1/leads HTTP/1.1\r\nHost: "):
            reader, writer = await asyncio.open_connection(HOST, world.settings.port("api"))
            writer.write(sent)
            assert await asyncio.wait_for(reader.read(), 2) == b""
            writer.close()
        # One that has spoken is left alone.
        assert await still_serves(world)
        await asyncio.sleep(0.3)
        assert await still_serves(world)


async def test_a_client_that_leaves_in_the_middle(world: World) -> None:
    head = f"POST /storage/v1/object/a HTTP/1.1\r\nHost: x\r\napikey: {world.settings.publishable_key}\r\n"
    for rest in ("Content-Length: 1000000\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"):
        _, writer = await asyncio.open_connection(HOST, world.settings.port("api"))
        writer.write((head + rest).encode())
        await asyncio.sleep(0.05)
        writer.transport.abort()
    response = await world.client.get(world.url("/storage/v1/large"), headers=key(world))
    response.close()
    await asyncio.sleep(0.05)
    assert await still_serves(world)


async def test_an_answer_that_breaks_off_is_never_taken_for_a_whole_one(world: World) -> None:
    async with world.client.get(world.url("/storage/v1/broken"), headers=key(world)) as response:
        assert response.status == 200
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()
    assert await still_serves(world)


async def test_streams_arrive_as_they_are_sent(world: World) -> None:
    async with world.client.get(world.url("/workers/payouts/drip")) as response:
        assert await response.content.readany() == b"data: first\n\n"
        world.drip.set()
        assert await response.content.read() == b"data: second\n\n"


async def test_requests_that_are_not_http_get_400(world: World) -> None:
    for sent in (
        b"hello\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection(HOST, world.settings.port("api"))
        writer.write(sent)
        assert b"400" in await asyncio.wait_for(reader.readline(), 2)
        writer.close()
    assert await still_serves(world)


async def test_many_at_once_and_large_uploads_without_holding_them(world: World) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(256):
            yield b"x" * 131072

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with world.client.post(world.url("/storage/v1/count"), data=chunks(), headers=key(world)) as response:
        assert (await response.json())["size"] == 256 * 131072
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024  # KiB; half of what was sent
    assert all(await asyncio.gather(*(still_serves(world) for _ in range(100))))

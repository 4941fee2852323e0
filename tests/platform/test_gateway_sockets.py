"""WebSockets through the gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import jwt
import pytest
import pytest_asyncio

from tests.platform.gateway_support import World, running_gateway


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with running_gateway() as running:
        yield running


def address(world: World, **query: str) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    return world.url(f"/realtime/v1/websocket?vsn=2.0.0&{pairs}")


async def test_messages_pass_both_ways_and_the_key_becomes_a_jwt(world: World) -> None:
    url = address(world, apikey=world.settings.publishable_key)
    async with world.client.ws_connect(url, protocols=["phoenix"]) as connection:
        greeting = await connection.receive_json()
        assert connection.protocol == "phoenix"
        claims = jwt.decode(greeting["apikey"], world.settings.jwt_secret, algorithms=["HS256"])
        assert (greeting["vsn"], claims["role"]) == ("2.0.0", "anon")
        await connection.send_str("hello")
        assert await connection.receive_str() == "hello"
        await connection.send_bytes(b"\x03" * 200_000)
        assert await connection.receive_bytes() == b"\x03" * 200_000


async def test_close_codes_pass_both_ways(world: World) -> None:
    url = address(world, apikey=world.settings.publishable_key)
    connection = await world.client.ws_connect(url)
    await connection.receive()
    await connection.send_str("bye")
    assert (await connection.receive()).type is aiohttp.WSMsgType.CLOSE
    assert connection.close_code == 4001
    connection = await world.client.ws_connect(url)
    await connection.receive()
    await connection.close(code=4002)
    for _ in range(50):
        if len(world.closed_with) == 2:
            break
        await asyncio.sleep(0.02)
    assert world.closed_with[-1] == 4002


@pytest.mark.parametrize(("query", "status"), [({}, 401), ({"apikey": "wrong"}, 401)])
async def test_sockets_need_a_key(world: World, query: dict[str, str], status: int) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await world.client.ws_connect(address(world, **query))
    assert caught.value.status == status


async def test_a_refusal_and_a_missing_part_are_plain_http_answers(world: World) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await world.client.ws_connect(address(world, apikey=world.settings.publishable_key, refuse="1"))
    assert caught.value.status == 403
    async with running_gateway(parts=()) as alone:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await alone.client.ws_connect(address(alone, apikey=alone.settings.publishable_key))
        assert caught.value.status == 503


async def test_stopping_says_goodbye() -> None:
    async with aiohttp.ClientSession() as client:
        async with running_gateway() as world:
            connection = await client.ws_connect(address(world, apikey=world.settings.publishable_key))
            await connection.receive()
            reader = asyncio.create_task(connection.receive())
        assert (await asyncio.wait_for(reader, 5)).type is aiohttp.WSMsgType.CLOSE
        assert connection.close_code == 1001

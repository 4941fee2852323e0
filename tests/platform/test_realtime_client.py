"""Realtime judged by the official Python client (protocol 1.0.0)."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from realtime import AsyncRealtimeChannel, AsyncRealtimeClient, RealtimeSubscribeStates
from supabase import AsyncClient, acreate_client

from siso_local.settings import Settings
from tests.platform.realtime_support import (
    PATIENCE,
    SILENCE,
    Topic,
    own_server,
    private_topic,
    send,
    send_with,
    token_for,
)

Private = tuple[Topic, str]
States = asyncio.Queue[RealtimeSubscribeStates]


@pytest.fixture
def private(settings: Settings) -> Iterator[Private]:
    with private_topic(settings) as made:
        yield made


@pytest_asyncio.fixture
async def client(settings: Settings) -> AsyncIterator[AsyncClient]:
    made = await acreate_client(settings.api_url, settings.publishable_key)
    yield made
    await made.remove_all_channels()


def channel_of(client: AsyncClient | AsyncRealtimeClient, name: str, **config: Any) -> AsyncRealtimeChannel:
    """A private channel with the client's usual configuration, changed by ``config``."""
    base: dict[str, Any] = {"broadcast": {"ack": False, "self": False}, "presence": {"key": "", "enabled": False}}
    options: Any = {"config": {**base, "private": True, **config}}
    return client.channel(name, options)


async def subscribe(channel: AsyncRealtimeChannel) -> tuple[States, asyncio.Queue[Any]]:
    """Subscribes; returns the states and the broadcasts that arrive."""
    states: States = asyncio.Queue()
    broadcasts: asyncio.Queue[Any] = asyncio.Queue()
    channel.on_broadcast("*", broadcasts.put_nowait)
    await channel.subscribe(lambda state, _error: states.put_nowait(state))
    return states, broadcasts


async def following(queue: asyncio.Queue[Any], seconds: float = PATIENCE) -> Any:
    return await asyncio.wait_for(queue.get(), seconds)


async def test_subscribe_and_receive_from_the_database(
    settings: Settings, client: AsyncClient, private: Private
) -> None:
    topic, subject = private
    await client.realtime.set_auth(token_for(settings, subject))
    states, broadcasts = await subscribe(channel_of(client, topic.name))
    assert await following(states) == RealtimeSubscribeStates.SUBSCRIBED
    with psycopg.connect(settings.dsn("postgres")) as connection:
        send_with(connection, topic.name, "lead_won", {"amount": 1200})
        await asyncio.sleep(SILENCE)
        assert broadcasts.empty(), "nothing may be told before the commit"
        connection.commit()
        received = await following(broadcasts)
        assert received["event"] == "lead_won"
        assert received["payload"]["amount"] == 1200
        send_with(connection, topic.name, "never")
        connection.rollback()
    await asyncio.sleep(SILENCE)
    assert broadcasts.empty()


async def test_without_a_policy_the_channel_errs(settings: Settings, client: AsyncClient, private: Private) -> None:
    await client.realtime.set_auth(token_for(settings, "somebody-else"))
    states, _ = await subscribe(channel_of(client, private[0].name))
    assert await following(states) == RealtimeSubscribeStates.CHANNEL_ERROR


async def test_without_a_token_the_channel_errs(client: AsyncClient, private: Private) -> None:
    states, _ = await subscribe(channel_of(client, private[0].name))
    assert await following(states) == RealtimeSubscribeStates.CHANNEL_ERROR


async def test_broadcasts_of_clients(settings: Settings, client: AsyncClient, private: Private) -> None:
    topic, subject = private
    await client.realtime.set_auth(token_for(settings, subject))
    channel = channel_of(client, topic.name, broadcast={"ack": False, "self": True})
    states, broadcasts = await subscribe(channel)
    await following(states)
    await channel.send_broadcast("typing", {"who": "Starter 03"})
    assert (await following(broadcasts))["payload"] == {"who": "Starter 03"}
    await channel.http_send("by_http", {"n": 1})
    assert (await following(broadcasts))["event"] == "by_http"


async def test_leave_and_subscribe_again(settings: Settings, client: AsyncClient, private: Private) -> None:
    topic, subject = private
    await client.realtime.set_auth(token_for(settings, subject))
    first = channel_of(client, topic.name)
    states, unheard = await subscribe(first)
    await following(states)
    await first.unsubscribe()
    assert await following(states) == RealtimeSubscribeStates.CLOSED
    # The answer is followed by a close; this client would take it for the end of its new channel of the same topic.
    await asyncio.sleep(0.2)
    states, broadcasts = await subscribe(channel_of(client, topic.name))
    assert await following(states) == RealtimeSubscribeStates.SUBSCRIBED
    send(settings, topic.name, "again")
    assert (await following(broadcasts))["event"] == "again"
    assert unheard.empty()


async def test_a_refreshed_token_outlives_the_first(settings: Settings, client: AsyncClient, private: Private) -> None:
    topic, subject = private
    await client.realtime.set_auth(token_for(settings, subject, seconds=4))
    states, broadcasts = await subscribe(channel_of(client, topic.name))
    await following(states)
    await client.realtime.set_auth(token_for(settings, subject))
    await asyncio.sleep(4.2)
    send(settings, topic.name, "later")
    assert (await following(broadcasts))["event"] == "later"
    assert states.empty()


async def test_the_client_comes_back_after_the_server_was_killed(settings: Settings, private: Private) -> None:
    topic, subject = private
    with own_server() as server:
        realtime = AsyncRealtimeClient(server.address, settings.publishable_key, initial_backoff=0.2, max_retries=20)
        try:
            await realtime.set_auth(token_for(settings, subject))
            states, broadcasts = await subscribe(channel_of(realtime, topic.name))
            assert await following(states) == RealtimeSubscribeStates.SUBSCRIBED
            server.stop(signal.SIGKILL)
            assert await following(states) == RealtimeSubscribeStates.CHANNEL_ERROR
            server.start()
            assert await following(states, 15) == RealtimeSubscribeStates.SUBSCRIBED
            send(settings, topic.name, "back")
            assert (await following(broadcasts))["event"] == "back"
        finally:
            await realtime.close()

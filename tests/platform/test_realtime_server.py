"""The Realtime server itself: its limits, its database going away, partitions, and its HTTP side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import httpx
import psycopg
import pytest
import pytest_asyncio

from siso_local.postgres.cluster import Cluster
from siso_local.realtime.measure import measure
from siso_local.settings import Settings
from tests.platform.ports import free_port_base
from tests.platform.realtime_support import (
    OwnServer,
    RawSocket,
    Topic,
    gateway_address,
    own_server,
    private_topic,
    raw_socket,
    send,
    token_for,
)

Private = tuple[Topic, str]


@pytest.fixture
def private(settings: Settings) -> Iterator[Private]:
    with private_topic(settings) as made:
        yield made


@pytest_asyncio.fixture
async def raw(settings: Settings) -> AsyncIterator[RawSocket]:
    async with raw_socket(gateway_address(settings), settings.publishable_key, "2.0.0") as connection:
        yield connection


# -- limits --------------------------------------------------------------------------------------------------------


async def test_channels_per_client(settings: Settings, private: Private) -> None:
    topic, subject = private
    token = token_for(settings, subject)
    with own_server(private_only="false", max_channels_per_client="2") as server:
        async with raw_socket(server.address, settings.publishable_key, "2.0.0") as raw:
            assert (await raw.join("one", token, private=False))["status"] == "ok"
            assert (await raw.join(topic.name, token))["status"] == "ok"
            assert (await raw.join("three", token, private=False))["response"] == {
                "reason": "ChannelRateLimitReached: Too many channels"
            }
            assert (await raw.join("one", token, private=False))["status"] == "ok", "a rejoin takes no further place"


async def test_joins_per_second(settings: Settings) -> None:
    with own_server(private_only="false", max_joins_per_second="3") as server:
        async with raw_socket(server.address, settings.publishable_key, "1.0.0") as raw:
            answers = [await raw.join(str(number), None, private=False) for number in range(4)]
            assert [answer["status"] for answer in answers] == ["ok", "ok", "ok", "error"]
            assert answers[3]["response"]["reason"] == "ClientJoinRateLimitReached: Too many joins per second"
            with pytest.raises(ConnectionError):
                await raw.receive()


async def test_messages_per_second(settings: Settings) -> None:
    message = {"type": "broadcast", "event": "x", "payload": {}}
    with own_server(private_only="false", max_messages_per_second="5") as server:
        async with raw_socket(server.address, settings.publishable_key, "2.0.0") as raw:
            await raw.join("loud", None, private=False)
            for _ in range(8):
                await raw.push("realtime:loud", "broadcast", message)
            system = await raw.receive()
            assert system["payload"]["message"] == "Too many messages per second"
            assert (await raw.receive())["event"] == "phx_close"


async def test_connections(settings: Settings) -> None:
    with own_server(max_connections="1") as server:
        async with raw_socket(server.address, settings.publishable_key, "2.0.0"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                async with raw_socket(server.address, settings.publishable_key, "2.0.0"):
                    pass
            assert caught.value.status == 429


async def test_large_frames_and_payloads(settings: Settings) -> None:
    with own_server(private_only="false", max_payload_bytes="1000", max_frame_bytes="4000") as server:
        async with raw_socket(server.address, settings.publishable_key, "2.0.0") as raw:
            await raw.join("room", None, private=False, broadcast={"ack": True})
            ref = await raw.push("realtime:room", "broadcast", {"event": "x", "payload": {"text": "x" * 1500}})
            assert (await raw.reply(ref))["response"] == {"reason": "payload_size_exceeded"}
            await raw.push("realtime:room", "broadcast", {"event": "x", "payload": {"text": "x" * 5000}})
            with pytest.raises(ConnectionError, match="1009"):
                await raw.receive()


async def test_a_client_that_does_not_read_is_cut_off_and_others_are_served(settings: Settings) -> None:
    with own_server(private_only="false", max_outbox_bytes="1000000", max_messages_per_second="1000") as server:
        key = settings.publishable_key
        async with raw_socket(server.address, key, "2.0.0") as sender, raw_socket(server.address, key, "2.0.0") as fast:
            reader, writer = await _silent_subscriber(server, key)
            await fast.join("room", None, private=False)
            await sender.join("room", None, private=False)
            message = {"type": "broadcast", "event": "x", "payload": {"text": "x" * 100_000}}
            for _ in range(150):
                await sender.push("realtime:room", "broadcast", message)
                assert (await fast.receive())["event"] == "broadcast"
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                while True:
                    await asyncio.wait_for(reader.readexactly(65_536), 5)
            writer.close()


async def _silent_subscriber(server: OwnServer, key: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Joins a room by hand and then reads nothing more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1024)
    request = (
        f"GET /websocket?apikey={key}&vsn=1.0.0 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    writer.write(request.encode())
    await reader.readuntil(b"\r\n\r\n")
    join = b'{"topic":"realtime:room","event":"phx_join","payload":{},"ref":"1"}'
    writer.write(bytes([0x81, 0x80 | len(join), 0, 0, 0, 0]) + join)
    await reader.readuntil(b'"status":"ok"')
    return reader, writer


# -- the database goes away ----------------------------------------------------------------------------------------


async def test_lost_connections_cost_no_message(settings: Settings, private: Private) -> None:
    topic, subject = private
    with own_server() as server:
        assert server.process is not None
        async with raw_socket(server.address, settings.publishable_key, "1.0.0") as raw:
            await raw.join(topic.name, token_for(settings, subject))
            for number in range(3):
                with psycopg.connect(settings.dsn("supabase_admin"), autocommit=True) as connection:
                    ended = connection.execute(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like %s",
                        (f"realtime-% {server.process.pid}",),
                    ).fetchone()
                assert ended
                assert ended[0] >= 3
                send(settings, topic.name, "meanwhile", {"n": number})
                received = await raw.receive()
                assert received["payload"]["payload"]["n"] == number
            await raw.expect_silence(1)
            assert (await raw.join(topic.name, token_for(settings, subject)))["status"] == "ok"


async def test_a_restart_of_postgres_is_survived(tmp_path: Path) -> None:
    settings = Settings(port_base=free_port_base())
    (tmp_path / "settings.json").write_text(settings.model_dump_json())
    cluster = Cluster(settings, tmp_path)
    await asyncio.to_thread(cluster.ensure)
    try:
        with private_topic(settings) as (topic, subject), own_server(str(tmp_path)) as server:
            async with raw_socket(server.address, settings.publishable_key, "2.0.0") as raw:
                await raw.join(topic.name, token_for(settings, subject))
                send(settings, topic.name, "before")
                assert (await raw.receive())["payload"]["event"] == "before"
                await asyncio.to_thread(cluster.stop)
                await _until(lambda: not server.is_healthy())
                refused = await raw.join("other", token_for(settings, subject))
                assert refused["response"]["reason"].startswith("UnableToConnectToProject")
                await asyncio.sleep(5)  # longer than the pools try for
                await asyncio.to_thread(cluster.start)
                await _until(server.is_healthy)
                send(settings, topic.name, "after")
                assert (await raw.receive())["payload"]["event"] == "after"
                assert (await raw.join(topic.name, token_for(settings, subject)))["status"] == "ok"
    finally:
        await asyncio.to_thread(cluster.stop)


async def _until(condition: object, seconds: float = 15) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not await asyncio.to_thread(condition):
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.05)


async def test_sigterm_ends_it_and_says_goodbye(settings: Settings) -> None:
    with own_server(private_only="false") as server:
        async with raw_socket(server.address, settings.publishable_key, "2.0.0") as raw:
            await raw.join("room", None, private=False)
            stopping = asyncio.create_task(asyncio.to_thread(server.stop))
            with pytest.raises(ConnectionError, match="1001"):
                await raw.receive()
            await stopping
            assert server.process is not None
            assert server.process.returncode == 0


# -- partitions ----------------------------------------------------------------------------------------------------


def test_partitions_are_kept_and_old_ones_dropped(settings: Settings) -> None:
    with psycopg.connect(settings.dsn("supabase_realtime_admin")) as connection:
        connection.execute(
            "create table realtime.messages_2020_01_01 partition of realtime.messages "
            "for values from ('2020-01-01') to ('2020-01-02')"
        )
        connection.execute("select realtime.maintain_partitions()")
        rows = connection.execute(
            "select to_date(right(inhrelid::regclass::text, 10), 'YYYY_MM_DD') - current_date "
            "from pg_inherits where inhparent = 'realtime.messages'::regclass"
        ).fetchall()
        connection.rollback()
    days = {row[0] for row in rows}
    assert {-1, 0, 1, 2, 3} <= days
    assert min(days) >= -4


def test_nobody_else_may_maintain_partitions_or_read_messages(settings: Settings, private: Private) -> None:
    send(settings, private[0].name)
    for role in ("anon", "authenticated"):
        with psycopg.connect(settings.dsn("postgres")) as connection:
            connection.execute(f"set role {role}")
            assert connection.execute("select count(*) from realtime.messages").fetchone() == (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("select realtime.maintain_partitions()")


def test_a_failed_send_is_a_warning(settings: Settings) -> None:
    notices: list[str] = []
    with psycopg.connect(settings.dsn("postgres")) as connection:
        connection.add_notice_handler(lambda notice: notices.append(notice.message_primary or ""))
        connection.execute("set role authenticated")
        connection.execute("select realtime.send('{}', 'x', 'no-policy-for-this')")
        assert connection.execute("select 1").fetchone() == (1,)
    assert notices
    assert notices[0].startswith("WarnSendingBroadcastMessage")


async def test_broadcast_changes(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject))
    with psycopg.connect(settings.dsn("postgres")) as connection:
        connection.execute("create temporary table notes (id int, body text)")
        connection.execute(
            f"""create function pg_temp.tell() returns trigger language plpgsql as $$ begin
                perform realtime.broadcast_changes('{topic.name}', tg_op, tg_op, tg_table_name, 'demo', new, old);
                return null; end $$"""
        )
        connection.execute(
            "create trigger tell after insert or update or delete on notes for each row execute function pg_temp.tell()"
        )
        connection.execute("insert into notes values (1, 'a')")
        connection.execute("update notes set body = 'b'")
        connection.execute("delete from notes")
    received = [(await raw.receive())["payload"]["payload"] for _ in range(3)]
    assert [change["operation"] for change in received] == ["INSERT", "UPDATE", "DELETE"]
    assert [change["record"] for change in received] == [{"id": 1, "body": "a"}, {"id": 1, "body": "b"}, None]
    assert [change["old_record"] for change in received] == [None, {"id": 1, "body": "a"}, {"id": 1, "body": "b"}]
    assert {(change["schema"], change["table"]) for change in received} == {("demo", "notes")}


# -- HTTP ----------------------------------------------------------------------------------------------------------


async def test_broadcast_by_http(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject))
    url = f"{gateway_address(settings)}/api/broadcast"
    message = {"topic": topic.name, "event": "posted", "payload": {"n": 1}, "private": True}
    headers = {"apikey": settings.publishable_key}
    mine = {**headers, "Authorization": f"Bearer {token_for(settings, subject)}"}
    async with httpx.AsyncClient() as client:
        answer = await client.post(url, json={"messages": [message]}, headers=mine)
        assert (answer.status_code, answer.text) == (202, "")
        assert (await raw.receive())["payload"] == {"type": "broadcast", "event": "posted", "payload": {"n": 1}}
        # Without permission: accepted and dropped; the public room of the same name is another room.
        for unheard, sender in ((message, headers), ({**message, "private": False}, mine)):
            answer = await client.post(url, json={"messages": [unheard]}, headers=sender)
            assert answer.status_code == 202
        await raw.expect_silence()
        for wrong in (b"{", b'{"messages": []}', b'{"messages": [{"topic": "x"}]}', b"[]"):
            assert (await client.post(url, content=wrong, headers=mine)).status_code == 422
        assert (await client.post(url, json={"messages": [message]})).status_code == 401


async def test_the_service_key_may_send_everywhere(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject))
    url = f"{gateway_address(settings)}/api/broadcast/{topic.name}/events/posted?private=true"
    async with httpx.AsyncClient() as client:
        answer = await client.post(url, json={"n": 2}, headers={"apikey": settings.secret_key})
        assert answer.status_code == 202
    assert (await raw.receive())["payload"]["payload"] == {"n": 2}


async def test_a_plain_request_is_told_to_speak_websocket(settings: Settings) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{settings.url('realtime')}/websocket?apikey={settings.publishable_key}")
        assert answer.status_code == 426
        assert (await client.get(f"{settings.url('realtime')}/health")).json() == {"status": "ok"}


async def test_a_hundred_clients_hear_every_message(settings: Settings) -> None:
    # How soon they hear is measured by scripts/bench: a test must not fail because its machine is busy.
    figures = await measure(settings, clients=100, messages=20)
    assert (figures.deliveries, figures.lost) == (2000, 0)

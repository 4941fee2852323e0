"""Realtime by raw frames, each test for both protocol versions, through the gateway."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import aiohttp
import psycopg
import pytest
import pytest_asyncio

from siso_local.settings import Settings
from tests.platform.realtime_support import (
    VERSIONS,
    RawSocket,
    Topic,
    drop_policy,
    gateway_address,
    private_topic,
    raw_socket,
    send,
    send_with,
    token_for,
)

Private = tuple[Topic, str]


@pytest.fixture
def private(settings: Settings) -> Iterator[Private]:
    with private_topic(settings) as made:
        yield made


@pytest_asyncio.fixture(params=VERSIONS)
async def raw(request: pytest.FixtureRequest, settings: Settings) -> AsyncIterator[RawSocket]:
    async with raw_socket(gateway_address(settings), settings.publishable_key, request.param) as connection:
        yield connection


# -- joining and leaving -------------------------------------------------------------------------------------------


async def test_join_and_receive_what_the_database_sends(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    answer = await raw.join(topic.name, token_for(settings, subject))
    assert answer == {"status": "ok", "response": {"postgres_changes": []}}
    send(settings, topic.name, "lead_won", {"id": "7", "text": "Grüße 🎉"})
    frame = await raw.receive()
    assert (frame["topic"], frame["event"], frame["ref"]) == (f"realtime:{topic.name}", "broadcast", None)
    payload = frame["payload"]
    assert (payload["type"], payload["event"]) == ("broadcast", "lead_won")
    assert payload["payload"] == {"id": "7", "text": "Grüße 🎉"}
    assert len(payload["meta"]["id"]) == 36


async def test_delivery_is_at_commit_and_never_after_a_rollback(
    settings: Settings, raw: RawSocket, private: Private
) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject))
    with psycopg.connect(settings.dsn("postgres")) as connection:
        send_with(connection, topic.name, "rolled_back")
        connection.rollback()
        send_with(connection, topic.name, "committed")
        await raw.expect_silence()
        connection.commit()
    frame = await raw.receive()
    assert frame["payload"]["event"] == "committed"
    await raw.expect_silence()


async def test_one_transaction_keeps_its_order(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject))
    with psycopg.connect(settings.dsn("postgres")) as connection:
        for number in range(1200):
            send_with(connection, topic.name, "tick", {"n": number})
    assert [(await raw.receive())["payload"]["payload"]["n"] for _ in range(1200)] == list(range(1200))


async def test_leave_and_rejoin(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    token = token_for(settings, subject)
    await raw.join(topic.name, token)
    ref = await raw.push(f"realtime:{topic.name}", "phx_leave", {})
    assert await raw.reply(ref) == {"status": "ok", "response": {}}
    closed = await raw.receive()
    assert (closed["event"], closed["payload"]) == ("phx_close", {})
    send(settings, topic.name, "unheard")
    await raw.expect_silence()
    assert (await raw.join(topic.name, token))["status"] == "ok"
    # A second join of the same topic replaces the first: one copy of each message.
    assert (await raw.join(topic.name, token))["status"] == "ok"
    send(settings, topic.name, "heard")
    assert (await raw.receive())["payload"]["event"] == "heard"
    await raw.expect_silence()


async def test_leaving_what_was_never_joined_is_no_error(raw: RawSocket) -> None:
    ref = await raw.push("realtime:nowhere", "phx_leave", {})
    assert (await raw.reply(ref))["status"] == "ok"


async def test_heartbeat(raw: RawSocket) -> None:
    ref = await raw.push("phoenix", "heartbeat", {})
    assert await raw.reply(ref) == {"status": "ok", "response": {}}
    await raw.push("phoenix", "heartbeat", {}, ref=None)  # as realtime-py sends it
    assert await raw.reply(None) == {"status": "ok", "response": {}}


# -- refusals ------------------------------------------------------------------------------------------------------


async def test_no_policy_no_channel(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    reason = f"Unauthorized: You do not have permissions to read from this Channel topic: {topic.name}"
    for token in (token_for(settings, "somebody-else"), None, settings.publishable_key):
        assert await raw.join(topic.name, token) == {"status": "error", "response": {"reason": reason}}
    stranger = f"{topic.name}x"
    answer = await raw.join(stranger, token_for(settings, subject))
    assert answer["response"]["reason"].endswith(f"Channel topic: {stranger}")
    send(settings, topic.name)
    await raw.expect_silence()


async def test_a_role_that_does_not_exist_or_is_forbidden_reads_nothing(
    settings: Settings, raw: RawSocket, private: Private
) -> None:
    for role in ("postgres", "supabase_admin", "nobody; select 1"):
        answer = await raw.join(private[0].name, settings.mint(role, sub=private[1]))
        assert answer["response"]["reason"].startswith("Unauthorized: ")


async def test_public_channels_are_refused(settings: Settings, raw: RawSocket) -> None:
    answer = await raw.join("lobby", None, private=False)
    reason = "PrivateOnly: This project only allows private channels"
    assert answer == {"status": "error", "response": {"reason": reason}}


async def test_tokens_that_are_not_believed(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    expired = await raw.join(topic.name, token_for(settings, subject, seconds=-30))
    assert expired["response"]["reason"].startswith("InvalidJWTToken: Token has expired 3")
    forged = token_for(Settings(), subject)
    assert (await raw.join(topic.name, forged))["response"]["reason"].startswith("JwtSignatureError: ")
    nonsense = await raw.join(topic.name, "not-a-token")
    assert nonsense["response"]["reason"] == "MalformedJWT: The token provided is not a valid JWT"
    roleless = await raw.join(topic.name, settings.mint("", sub=subject))
    assert roleless["response"]["reason"] == "InvalidJWTToken: Fields `role` and `exp` are required in JWT"


async def test_a_channel_without_a_name(settings: Settings, raw: RawSocket) -> None:
    answer = await raw.join("", settings.publishable_key)
    assert answer["response"]["reason"].startswith("TopicNameRequired")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("key", ["", "sb_publishable_wrong", "eyJ.nonsense.x"])
async def test_a_wrong_key_gets_no_socket(settings: Settings, version: str, key: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        async with raw_socket(gateway_address(settings), key, version):
            pass
    assert caught.value.status == 401


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "{",
        "[]",
        "null",
        "[1,2,3,4,5]",
        '{"topic":1}',
        '[null,null,"realtime:x","phx_join",[]]',
        "[" * 5000,
        '[null,null,"realtime:\\ud800","phx_join",{}]',
        '{"topic":"realtime:x\\u0000","event":"phx_leave\\ud800","payload":{},"ref":"1"}',
        b"\x03",
        b"\x03\xff\xff\xff\xff\xff\x01x",
        b"\x09\x00\x00\x00\x00\x00\x00",
        b"\x03\x00\x00\x00\x00\x00\x01{",
        b"\x03\x00\x00\x01\x00\x00\x01\xff{}",
    ],
)
async def test_malformed_frames_are_ignored(raw: RawSocket, nonsense: str | bytes) -> None:
    if isinstance(nonsense, str):
        await raw.connection.send_str(nonsense)
    else:
        await raw.connection.send_bytes(nonsense)
    ref = await raw.push("phoenix", "heartbeat", {})
    assert (await raw.reply(ref))["status"] == "ok"


async def test_unknown_events_are_answered(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    ref = await raw.push(f"realtime:{topic.name}", "anything", {})
    assert await raw.reply(ref) == {"status": "error", "response": {"reason": "unmatched topic"}}
    await raw.join(topic.name, token_for(settings, subject))
    for event, payload in (("anything", {}), ("presence", {"type": "presence", "event": "track", "payload": {}})):
        ref = await raw.push(f"realtime:{topic.name}", event, payload)
        assert (await raw.reply(ref))["status"] == "error"
    send(settings, topic.name, "still_here")
    assert (await raw.receive())["payload"]["event"] == "still_here"


async def test_table_changes_are_declined_in_words(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    binding = {"event": "INSERT", "schema": "public", "table": "leads"}
    answer = await raw.join(topic.name, token_for(settings, subject), postgres_changes=[binding, None])
    (returned,) = answer["response"]["postgres_changes"]
    assert isinstance(returned.pop("id"), int)
    assert returned == binding
    system = await raw.receive()
    assert (system["event"], system["payload"]["extension"]) == ("system", "postgres_changes")
    assert system["payload"]["status"] == "error"


async def test_booleans_may_be_strings_and_readiness_is_told(
    settings: Settings, raw: RawSocket, private: Private
) -> None:
    topic, subject = private
    broadcast = {"replication_ready": "true"}
    await raw.join(topic.name, token_for(settings, subject), private="true", broadcast=broadcast)  # type: ignore[arg-type]
    assert (await raw.receive())["payload"] == {
        "extension": "system",
        "status": "ok",
        "message": "Replication connection established",
        "channel": topic.name,
    }


# -- tokens that change --------------------------------------------------------------------------------------------


async def test_a_fresh_token_keeps_the_channel(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject, seconds=4))
    for token in (None, settings.publishable_key, token_for(settings, subject, seconds=300)):
        await raw.push(f"realtime:{topic.name}", "access_token", {"access_token": token})
    await raw.expect_silence(4.2)
    send(settings, topic.name, "heard")
    assert (await raw.receive())["payload"]["event"] == "heard"


async def test_an_expired_token_closes_the_channel(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject, seconds=3))
    system = await raw.receive()
    assert (system["event"], system["payload"]["status"]) == ("system", "error")
    assert system["payload"]["message"].startswith("Token has expired")
    assert (await raw.receive())["event"] == "phx_close"
    send(settings, topic.name)
    await raw.expect_silence()


async def test_a_lost_right_closes_the_channel_at_the_next_token(
    settings: Settings, raw: RawSocket, private: Private
) -> None:
    topic, subject = private
    await raw.join(topic.name, token_for(settings, subject))
    drop_policy(settings, topic, "select")
    await raw.push(
        f"realtime:{topic.name}", "access_token", {"access_token": token_for(settings, subject, seconds=299)}
    )
    system = await raw.receive()
    reason = f"You no longer have permission to read from this Channel topic: {topic.name}"
    assert system["payload"] == {
        "extension": "system",
        "status": "error",
        "message": reason,
        "channel": topic.name,
    }
    assert (await raw.receive())["event"] == "phx_close"
    send(settings, topic.name)
    await raw.expect_silence()


# -- broadcasts of clients -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("listens_as", VERSIONS)
async def test_clients_broadcast_to_each_other(
    settings: Settings, raw: RawSocket, private: Private, listens_as: str
) -> None:
    topic, subject = private
    token = token_for(settings, subject)
    async with raw_socket(gateway_address(settings), settings.publishable_key, listens_as) as other:
        await other.join(topic.name, token)
        await raw.join(topic.name, token, broadcast={"ack": True, "self": False})
        payload = {"type": "broadcast", "event": "typing", "payload": {"who": "Starter 03"}}
        ref = await raw.push(f"realtime:{topic.name}", "broadcast", payload)
        assert await raw.reply(ref) == {"status": "ok", "response": {}}
        assert (await other.receive())["payload"] == payload
        await raw.expect_silence()


async def test_who_may_only_read_is_not_heard(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    drop_policy(settings, topic, "insert")
    await raw.join(topic.name, token_for(settings, subject), broadcast={"ack": True, "self": True})
    await raw.push(f"realtime:{topic.name}", "broadcast", {"type": "broadcast", "event": "typing", "payload": {}})
    await raw.expect_silence()


@pytest.mark.parametrize("encoding", [0, 1])
async def test_binary_pushes(settings: Settings, private: Private, encoding: int) -> None:
    topic, subject = private
    token = token_for(settings, subject)
    address, key = gateway_address(settings), settings.publishable_key
    body = json.dumps({"n": 1, "text": "ü"}).encode() if encoding else b"\x00\xff\x01"
    parts = [b"1", b"9", f"realtime:{topic.name}".encode(), b"draw", b""]
    frame = bytes([3, *map(len, parts), encoding]) + b"".join(parts) + body
    async with raw_socket(address, key, "2.0.0") as sender, raw_socket(address, key, "1.0.0") as old:
        await sender.join(topic.name, token, broadcast={"self": True})
        await old.join(topic.name, token)
        await sender.connection.send_bytes(frame)
        received = await sender.receive()
        assert received["payload"]["event"] == "draw"
        if encoding:
            assert received["payload"]["payload"] == {"n": 1, "text": "ü"}
            assert (await old.receive())["payload"]["payload"] == {"n": 1, "text": "ü"}
        else:
            assert received["payload"]["payload"] == body
            await old.expect_silence()  # protocol 1.0.0 has no way to carry bytes


async def test_odd_names_and_odd_text_do_no_harm(settings: Settings, raw: RawSocket, private: Private) -> None:
    topic, subject = private
    token = token_for(settings, subject)
    for name in ("x\x00y", "'; drop table realtime.messages; --", "ü" * 3000):
        assert (await raw.join(name, token))["status"] == "error"
    await raw.join(topic.name, token, broadcast={"self": True})
    for event in ("half \ud800", "e" * 300):
        payload = {"type": "broadcast", "event": event, "payload": {"text": "half \ud83d of a pair"}}
        await raw.push(f"realtime:{topic.name}", "broadcast", payload)
        assert (await raw.receive())["payload"] == payload

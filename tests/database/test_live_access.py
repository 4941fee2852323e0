"""Who loses access loses live channels and files at once: real sessions, sockets of the real Realtime server.

A socket that has joined is not asked again until its token ends, here as on hosted Supabase; so the topic is turned,
and what was joined under its old name carries nothing any more (private.turn_topics).
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.attack_support import PASSWORD, Caller
from tests.database.harness import by_hand, value
from tests.platform.realtime_support import RawSocket, gateway_address, raw_socket

Db = psycopg.Connection
# What is done to the listener: database, listener, the other side.
Loss = Callable[[Db, Caller, Caller], None]


@pytest.fixture
def listener(settings: Settings, attack_db: Db) -> Caller:
    return Caller(settings, attack_db, "listener")


@pytest.fixture
def other(settings: Settings, attack_db: Db) -> Caller:
    return Caller(settings, attack_db, "other")


@pytest.fixture
async def sockets(settings: Settings) -> AsyncIterator[tuple[RawSocket, RawSocket]]:
    address, key = gateway_address(settings), settings.publishable_key
    async with raw_socket(address, key, "1.0.0") as first, raw_socket(address, key, "1.0.0") as second:
        yield first, second


def set_tier(db: Db, who: Caller, tier: str) -> None:
    db.execute("select private.set_tier(%s, %s, 'staff', 'test')", (who.id, tier))


def room(db: Db, tier: str | None = None) -> str:
    """A tier's channel of its own."""
    query = "insert into public.chat_channels (name, type, tier_requirement) values (%s, 'general', %s) returning id"
    return str(value(db, query, f"room-{uuid.uuid4().hex[:12]}", tier))


def direct(db: Db, one: Caller, two: Caller) -> str:
    opened = one.call("open_direct", partner_id=two.id)
    assert opened.status_code == 200, opened.text
    return str(value(db, "select id from public.chat_channels where strpos(direct_key, %s) > 0", two.id))


def tell(db: Db, topic: str) -> None:
    """What the database says to whoever may listen today."""
    db.execute("select realtime.send('{}', 'news', private.live_topic(%s), true)", (topic,))


async def events(socket: RawSocket) -> list[str]:
    """All broadcasts that have arrived."""
    found: list[str] = []
    await socket.push("phoenix", "heartbeat", {}, ref="all")
    while True:
        frame = await socket.receive()
        if frame["ref"] == "all" and frame["event"] == "phx_reply":
            return found
        if frame["event"] == "broadcast":
            found.append(frame["payload"]["event"])


async def heard(socket: RawSocket, event: str) -> None:
    while True:
        frame = await socket.receive()
        if frame["event"] == "broadcast" and frame["payload"]["event"] == event:
            return


def topic_of(db: Db, where: str, listener: Caller, other: Caller) -> str:
    match where:
        case "general":
            return f"channel:{room(db)}"
        case "tier":
            return f"channel:{room(db, 'active')}"
        case "direct":
            return f"channel:{direct(db, other, listener)}"
        case "team":
            return f"team:{other.id}"
        case "own team":
            return f"team:{listener.id}"
        case "partner":
            return f"partner:{listener.id}"
        case _:
            return {"leaderboard": "leaderboard:week", "presence": "presence:partners"}[where]


def suspend(db: Db, listener: Caller, _other: Caller) -> None:
    db.execute("select private.set_status(%s, 'suspended', 'test')", (listener.id,))


def terminate(db: Db, listener: Caller, _other: Caller) -> None:
    db.execute("select private.set_status(%s, 'terminated', 'test')", (listener.id,))


def demote(db: Db, listener: Caller, _other: Caller) -> None:
    set_tier(db, listener, "starter")


def take_out(db: Db, listener: Caller, _other: Caller) -> None:
    with by_hand(db):
        db.execute("update public.channel_members set left_at = private.now() where partner_id = %s", (listener.id,))


def leave_team(db: Db, listener: Caller, other: Caller) -> None:
    answer = other.call("remove_member", member_id=listener.id, reason="test")
    assert answer.status_code in (200, 204), answer.text


def end_session(_db: Db, listener: Caller, _other: Caller) -> None:
    """From another device, as somebody does who has lost this one."""
    elsewhere = listener.http.post(
        "/auth/v1/token", params={"grant_type": "password"}, json={"email": listener.email, "password": PASSWORD}
    ).json()["access_token"]
    ended = listener.rest("POST", "rpc/revoke_other_sessions", {}, authorization=f"Bearer {elsewhere}")
    assert ended.json() == 1, ended.text


@pytest.mark.parametrize(
    ("where", "lose"),
    [
        ("partner", end_session),
        ("general", end_session),
        ("general", suspend),
        ("general", terminate),
        ("leaderboard", suspend),
        ("presence", suspend),
        ("direct", suspend),
        ("tier", demote),
        ("direct", take_out),
        ("team", leave_team),
        ("team", suspend),
        ("own team", demote),
    ],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)
async def test_a_joined_socket_hears_nothing_more_and_cannot_come_back(
    attack_db: Db, listener: Caller, other: Caller, sockets: tuple[RawSocket, RawSocket], where: str, lose: Loss
) -> None:
    set_tier(attack_db, listener, "performer" if where == "own team" else "active")
    if where == "team":
        set_tier(attack_db, other, "performer")
        attack_db.execute(
            "insert into public.partner_teams (team_leader_id, team_member_id) values (%s, %s)", (other.id, listener.id)
        )
    topic = topic_of(attack_db, where, listener, other)
    socket, again = sockets
    name = listener.call("live_topic", topic=topic).json()
    assert (await socket.join(name, listener.token))["status"] == "ok"
    tell(attack_db, topic)
    await heard(socket, "news")

    lose(attack_db, listener, other)
    tell(attack_db, topic)
    assert "news" not in await events(socket)
    today = value(attack_db, "select private.live_topic(%s)", topic)
    assert today != name
    for asked in (name, today, topic):
        answer = await again.join(asked, listener.token)
        assert answer["status"] == "error", asked
        assert "Unauthorized" in answer["response"]["reason"], answer


async def test_who_stays_is_told_and_joins_the_topic_of_today(
    attack_db: Db, listener: Caller, other: Caller, sockets: tuple[RawSocket, RawSocket]
) -> None:
    topic = f"channel:{room(attack_db)}"
    socket, again = sockets
    assert (await socket.join(topic, other.token))["status"] == "ok"
    suspend(attack_db, listener, other)
    await heard(socket, "topic.turned")
    today = other.call("live_topic", topic=topic).json()
    assert (await again.join(today, other.token))["status"] == "ok"
    tell(attack_db, topic)
    await heard(again, "news")
    assert "news" not in await events(socket)


async def test_who_is_blocked_is_not_seen_typing(
    attack_db: Db, listener: Caller, other: Caller, sockets: tuple[RawSocket, RawSocket]
) -> None:
    topic = f"channel:{direct(attack_db, other, listener)}"
    socket, peer = sockets
    assert (await socket.join(topic, listener.token))["status"] == "ok"
    assert (await peer.join(topic, other.token))["status"] == "ok"
    typing = {"type": "broadcast", "event": "typing", "payload": {}}
    await socket.push(f"realtime:{topic}", "broadcast", typing)
    await heard(peer, "typing")

    blocked = other.call("set_block", partner_id=listener.id, blocked=True)
    assert blocked.status_code in (200, 204), blocked.text
    for each in sockets:
        await heard(each, "topic.turned")
    await peer.push(f"realtime:{topic}", "phx_leave", {})
    await events(peer)
    today = other.call("live_topic", topic=topic).json()
    assert (await peer.join(today, other.token))["status"] == "ok"
    assert (await socket.join(today, listener.token))["status"] == "ok"  # what was written stays readable
    for name in (topic, today):
        await socket.push(f"realtime:{name}", "broadcast", typing)
    await events(socket)
    assert "typing" not in await events(peer)


def test_the_token_of_an_ended_session_reads_and_writes_no_file(listener: Caller, other: Caller, attack_db: Db) -> None:
    path = f"object/avatars/{listener.id}/face.png"
    picture = {"content": b"\x89PNG\r\n\x1a\n", "headers": {"content-type": "image/png"}}
    assert listener.storage("POST", path, **picture).status_code == 200
    read = path.replace("object/", "object/authenticated/")
    assert listener.storage("GET", read).status_code == 200
    end_session(attack_db, listener, other)
    for method, target, options in (
        ("GET", read, {}),
        ("POST", path.replace("object/", "object/sign/"), {"json": {"expiresIn": 60}}),
        ("PUT", path, picture),
        ("POST", f"object/avatars/{listener.id}/new.png", picture),
        ("DELETE", path, {}),
    ):
        answer = listener.storage(method, target, **options)
        assert answer.status_code in (400, 403, 404), f"{method} {target}: {answer.status_code}"


async def test_a_promotion_opens_the_channels_of_the_tier(
    attack_db: Db, listener: Caller, sockets: tuple[RawSocket, RawSocket]
) -> None:
    topic = f"channel:{room(attack_db, 'active')}"
    socket, _ = sockets
    assert (await socket.join(f"partner:{listener.id}", listener.token))["status"] == "ok"
    assert (await socket.join(topic, listener.token))["status"] == "error"
    set_tier(attack_db, listener, "active")
    await heard(socket, "session.refresh")  # the hint to ask again
    for _ in range(20):  # others may just be turning the topics of every room
        answer = await socket.join(value(attack_db, "select private.live_topic(%s)", topic), listener.token)
        if answer["status"] == "ok":
            return
    raise AssertionError(answer)

"""Who loses access loses live channels and files at once: real sessions, sockets of the real Realtime server.

A socket that has joined is not asked again until its token ends, here as on hosted Supabase; so the topic is turned,
and what was joined under its old name carries nothing any more (private.turn_topics).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.database.attack_support import Caller
from tests.database.harness import by_hand, value
from tests.database.live_support import (
    Db,
    end_session,
    events,
    heard,
    log_out_everywhere,
    log_out_here,
    log_out_others,
    reuse_token,
    room,
    set_tier,
    tell,
    topic_of,
)
from tests.platform.realtime_support import RawSocket

# What is done to the listener: database, listener, the other side.
Loss = Callable[[Db, Caller, Caller], None]


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


@pytest.mark.parametrize(
    ("where", "lose"),
    [
        ("partner", end_session),
        ("general", end_session),
        ("partner", log_out_here),
        ("partner", log_out_others),
        ("partner", log_out_everywhere),
        ("direct", log_out_others),
        ("partner", reuse_token),
        ("direct", reuse_token),
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

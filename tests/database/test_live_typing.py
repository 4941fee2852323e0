"""Who may not write in a channel any more is not seen typing there either, over a socket that joined before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.database.attack_support import Caller
from tests.database.harness import acting, by_hand, make_partner, value
from tests.database.live_support import Db, direct, events, heard, room, tell
from tests.platform.realtime_support import RawSocket


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


def mute(db: Db, channel: str, listener: Caller) -> None:
    """As a moderator of the channel does."""
    with db.transaction():
        moderator = make_partner(db, tier="performer")
        with by_hand(db):
            db.execute(
                "insert into public.channel_members (channel_id, partner_id, moderator) values (%s, %s, true)",
                (channel, moderator.id),
            )
        with acting(db, moderator.actor()):
            db.execute("select public.mute_member(%s, %s, now() + interval '1 hour')", (channel, listener.id))


def archive(db: Db, channel: str, _listener: Caller) -> None:
    db.execute("update public.chat_channels set archived_at = now() where id = %s", (channel,))


def staff_only(db: Db, channel: str, _listener: Caller) -> None:
    db.execute("update public.chat_channels set staff_only_writes = true where id = %s", (channel,))


@pytest.mark.parametrize("close", [mute, archive, staff_only])
async def test_who_may_not_write_any_more_is_not_seen_typing(
    attack_db: Db, listener: Caller, other: Caller, sockets: tuple[RawSocket, RawSocket], close: Callable[..., None]
) -> None:
    channel = room(attack_db)
    topic = f"channel:{channel}"
    socket, peer = sockets
    name = value(attack_db, "select private.live_topic(%s)", topic)
    assert (await socket.join(name, listener.token))["status"] == "ok"
    assert (await peer.join(name, other.token))["status"] == "ok"
    typing = {"type": "broadcast", "event": "typing", "payload": {}}
    await socket.push(f"realtime:{name}", "broadcast", typing)
    await heard(peer, "typing")

    close(attack_db, channel, listener)
    await heard(socket, "topic.turned")
    await heard(peer, "topic.turned")
    await peer.push(f"realtime:{name}", "phx_leave", {})
    await events(peer)
    today = value(attack_db, "select private.live_topic(%s)", topic)
    assert (await peer.join(today, other.token))["status"] == "ok"
    assert (await socket.join(today, listener.token))["status"] == "ok"  # reads on
    for each in (name, today):
        await socket.push(f"realtime:{each}", "broadcast", typing)
    await events(socket)
    tell(attack_db, topic)
    assert await heard(peer, "news") == []

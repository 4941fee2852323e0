"""Live channels in tests: rooms, what is said in them, and who loses them how."""

from __future__ import annotations

import uuid

import psycopg

from tests.database.attack_support import PASSWORD, Caller
from tests.database.harness import value
from tests.platform.realtime_support import RawSocket

Db = psycopg.Connection


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


async def heard(socket: RawSocket, event: str) -> list[str]:
    """Waits for a broadcast; those that came before it."""
    before: list[str] = []
    while True:
        frame = await socket.receive()
        if frame["event"] == "broadcast":
            if frame["payload"]["event"] == event:
                return before
            before.append(frame["payload"]["event"])


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


def elsewhere(listener: Caller) -> dict[str, str]:
    """Another device of theirs: what authorises it."""
    token = listener.http.post(
        "/auth/v1/token", params={"grant_type": "password"}, json={"email": listener.email, "password": PASSWORD}
    ).json()["access_token"]
    return {"authorization": f"Bearer {token}"}


def end_session(_db: Db, listener: Caller, _other: Caller) -> None:
    """From another device, as somebody does who has lost this one."""
    ended = listener.rest("POST", "rpc/revoke_other_sessions", {}, **elsewhere(listener))
    assert ended.json() == 1, ended.text


def log_out(listener: Caller, scope: str, **headers: str) -> None:
    answer = listener.http.post("/auth/v1/logout", params={"scope": scope}, headers=headers)
    assert answer.status_code == 204, answer.text


def log_out_here(_db: Db, listener: Caller, _other: Caller) -> None:
    log_out(listener, "local")


def log_out_others(_db: Db, listener: Caller, _other: Caller) -> None:
    log_out(listener, "others", **elsewhere(listener))


def log_out_everywhere(_db: Db, listener: Caller, _other: Caller) -> None:
    log_out(listener, "global", **elsewhere(listener))


def reuse_token(db: Db, listener: Caller, _other: Caller) -> None:
    """A refresh token that was used already comes once more: one of two is a thief, Auth revokes all of the session."""

    def refresh(token: str) -> dict[str, str]:
        found: dict[str, str] = listener.http.post(
            "/auth/v1/token", params={"grant_type": "refresh_token"}, json={"refresh_token": token}
        ).json()
        return found

    refresh(refresh(listener.refresh_token)["refresh_token"])
    db.execute(
        "update auth.refresh_tokens set updated_at = updated_at - interval '1 hour' where token = %s",
        (listener.refresh_token,),
    )
    assert refresh(listener.refresh_token)["error_code"] == "refresh_token_already_used"

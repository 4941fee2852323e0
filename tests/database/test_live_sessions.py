"""Sessions that Auth ends by itself (a log-out, a refresh token that came twice) lose live channels too.

What everybody hears is turned for all of them together, within minutes: one log-out must not make every device join
again.
"""

from __future__ import annotations

import uuid

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.attack_support import Caller
from tests.database.harness import make_partner, one_story, session_of, value
from tests.database.live_support import Db, events, heard, log_out_others, room, tell, topic_of
from tests.platform.realtime_support import RawSocket


async def test_a_refresh_ends_nothing(attack_db: Db, listener: Caller, sockets: tuple[RawSocket, RawSocket]) -> None:
    topic = f"partner:{listener.id}"
    name = listener.call("live_topic", topic=topic).json()
    assert (await sockets[0].join(name, listener.token))["status"] == "ok"
    answer = listener.http.post(
        "/auth/v1/token", params={"grant_type": "refresh_token"}, json={"refresh_token": listener.refresh_token}
    )
    assert answer.status_code == 200
    tell(attack_db, topic)
    await heard(sockets[0], "news")
    assert (await sockets[1].join(name, listener.token))["status"] == "ok"


@pytest.mark.parametrize("where", ["general", "leaderboard", "presence"])
async def test_what_everybody_hears_follows_a_log_out_within_minutes(
    attack_db: Db, listener: Caller, other: Caller, sockets: tuple[RawSocket, RawSocket], where: str
) -> None:
    topic = topic_of(attack_db, where, listener, other)
    socket, again = sockets
    name = listener.call("live_topic", topic=topic).json()
    assert (await socket.join(name, listener.token))["status"] == "ok"
    log_out_others(attack_db, listener, other)
    assert (await again.join(name, listener.token))["status"] == "error"  # nobody joins with it, and what is open:
    attack_db.execute(
        "update private.topic_turns set turned_at = turned_at - interval '1 hour' where topic = %s", (topic,)
    )
    attack_db.execute("select private.turn_due_topics()")  # cron, every minute
    await heard(socket, "topic.turned")
    tell(attack_db, topic)
    assert "news" not in await events(socket)


def test_many_log_outs_turn_what_everybody_hears_once(db: Db) -> None:
    topic = f"channel:{room(db)}"
    turns = "select count(*) from private.topic_turns where topic = %s"

    def log_ins_end() -> None:
        for _ in range(3):
            person = make_partner(db, tier="active")
            db.execute("delete from auth.sessions where user_id = %s", (person.subject,))
            assert value(db, turns, f"partner:{person.id}") == 1

    log_ins_end()
    assert value(db, turns, topic) == 0
    db.execute("select private.turn_due_topics()")
    assert value(db, turns, topic) == 1
    log_ins_end()
    db.execute("select private.turn_due_topics()")
    assert value(db, turns, topic) == 1
    db.execute(
        "update private.topic_turns set turned_at = turned_at - interval '11 minutes' where topic = %s", (topic,)
    )
    db.execute("select private.turn_due_topics()")
    assert value(db, turns, topic) == 2
    db.execute("select private.turn_due_topics()")
    assert value(db, turns, topic) == 2


def test_a_session_whose_refreshes_auth_counts_is_not_taken_for_revoked(settings: Settings) -> None:
    """Newer Auth servers count in the session, and leave it revoked tokens from before."""
    live = "select not private.is_revoked(id) from auth.sessions where user_id = %s"
    with psycopg.connect(settings.dsn("supabase_admin")) as db:
        one_story(db)  # stories write to the table that is changed below
        person = make_partner(db)
        assert value(db, live, person.subject)
        db.execute(
            "insert into auth.refresh_tokens (token, user_id, session_id, revoked) values (%s, %s, %s, true)",
            (str(uuid.uuid4()), person.subject, session_of(person.subject)),
        )
        assert not value(db, live, person.subject)
        db.execute("set local lock_timeout = '1s'")
        for attempt in range(300, -1, -1):  # a test beside this one may have read the table in one long transaction
            try:
                with db.transaction():
                    db.execute("alter table auth.sessions add column refresh_token_counter bigint")
                break
            except psycopg.errors.LockNotAvailable:
                if attempt == 0:
                    raise
        db.execute("update auth.sessions set refresh_token_counter = 1 where user_id = %s", (person.subject,))
        assert value(db, live, person.subject)
        db.rollback()

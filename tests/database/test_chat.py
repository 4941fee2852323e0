"""Chat: numbers without gaps, nobody else's rooms, moderation that the people in the room can see."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from siso_local.settings import Settings
from tests.database.harness import (
    Person,
    acting,
    call,
    expect_refusal,
    make_partner,
    make_staff,
    rows,
    value,
    without_triggers,
)


def channel(db: psycopg.Connection, name: str = "general-chat") -> uuid.UUID:
    found: uuid.UUID = value(db, "select id from public.chat_channels where name = %s", name)
    return found


def send(db: psycopg.Connection, person: Person, where: Any, text: str = "Hello", **more: Any) -> dict[str, Any]:
    with acting(db, person.actor()):
        sent: dict[str, Any] = call(
            db, "send_message", id=more.pop("id", uuid.uuid4()), channel_id=where, message=text, **more
        )
    return sent


def test_a_message_sent_twice_is_one(db: psycopg.Connection) -> None:
    partner, where, message = make_partner(db), channel(db), uuid.uuid4()
    first = send(db, partner, where, id=message)
    again = send(db, partner, where, id=message)
    assert first["seq"] == again["seq"]
    assert value(db, "select count(*) from chat_messages where id = %s", message) == 1
    stranger = make_partner(db)
    with acting(db, stranger.actor()), expect_refusal(db, "23505", "id_taken"):
        call(db, "send_message", id=message, channel_id=where, message="mine now")


def test_numbers_have_no_gaps_under_load(settings: Settings) -> None:
    with psycopg.connect(settings.dsn("postgres")) as setup:
        people = [make_partner(setup) for _ in range(4)]
        where = value(
            setup,
            "insert into chat_channels (name, type) values (%s, 'general') returning id",
            f"load-{uuid.uuid4().hex}",
        )

    def chatter(person: Person) -> None:
        with psycopg.connect(settings.dsn("postgres")) as own:
            for _ in range(10):
                send(own, person, where)
                own.commit()

    threads = [threading.Thread(target=chatter, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with psycopg.connect(settings.dsn("postgres")) as look:
        numbers = [
            row[0] for row in rows(look, "select seq from chat_messages where channel_id = %s order by seq", where)
        ]
        look.execute("update chat_channels set archived_at = private.now() where id = %s", (where,))
    assert numbers == list(range(1, 41))


def test_unread_and_mentions_are_counted(db: psycopg.Connection) -> None:
    reader, writer, where = make_partner(db), make_partner(db), channel(db)
    with acting(db, reader.actor()):
        call(db, "mark_channel_read", channel_id=where, up_to=10**12)
    send(db, writer, where, f"<@{reader.id}> look")
    send(db, writer, where, "and again")

    def mine() -> dict[str, Any]:
        with acting(db, reader.actor()):
            listed = call(db, "list_channels")
        return next(c for c in listed if c["id"] == str(where))

    assert (mine()["unread"], mine()["mentions"]) == (2, 1)
    assert value(db, "select count(*) from notifications where partner_id = %s and type = 'message'", reader.id) == 1
    newest = mine()["last_seq"]
    with acting(db, reader.actor()):
        reached = call(db, "mark_channel_read", channel_id=where, up_to=newest)
        assert call(db, "mark_channel_read", channel_id=where, up_to=1) == reached, "a cursor never moves back"
    assert (mine()["unread"], mine()["mentions"]) == (0, 0)


def test_a_direct_channel_is_for_two(db: psycopg.Connection) -> None:
    one, two, stranger = make_partner(db), make_partner(db), make_partner(db, tier="elite")
    with acting(db, one.actor()):
        where = call(db, "open_direct", partner_id=two.id)
    with acting(db, two.actor()):
        assert call(db, "open_direct", partner_id=one.id) == where
    send(db, one, where, "between us")
    with acting(db, stranger.actor()):
        assert rows(db, "select id from chat_messages where channel_id = %s", where) == []
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "send_message", id=uuid.uuid4(), channel_id=where, message="let me in")
    with acting(db, two.actor()):
        call(db, "set_block", partner_id=one.id, blocked=True)
    with acting(db, one.actor()), expect_refusal(db, "42501", "blocked"):
        call(db, "send_message", id=uuid.uuid4(), channel_id=where, message="still there?")


def test_a_tier_lost_is_a_room_lost(db: psycopg.Connection) -> None:
    partner, where = make_partner(db, tier="performer"), channel(db, "performer-lounge")
    send(db, partner, where)
    with acting(db, partner.actor()):
        # A row of settings in the channel must not keep the door open.
        call(db, "set_channel_notifications", channel_id=where, level="none")
    with without_triggers(db):
        db.execute("update partners set current_tier = 'starter' where id = %s", (partner.id,))
    with acting(db, partner.actor()):
        assert rows(db, "select id from chat_messages where channel_id = %s", where) == []


def test_rules_of_the_room(db: psycopg.Connection) -> None:
    partner, moderator = make_partner(db), make_staff(db, "moderator")
    with acting(db, partner.actor()):
        with expect_refusal(db, "42501", "staff_only"):
            call(db, "send_message", id=uuid.uuid4(), channel_id=channel(db, "announcements"), message="I announce")
        with expect_refusal(db, "22023", "required"):
            call(db, "send_message", id=uuid.uuid4(), channel_id=channel(db), message="  ")
        with expect_refusal(db, "22023", "length"):
            call(db, "send_message", id=uuid.uuid4(), channel_id=channel(db), message="x" * 4001)
    where = value(
        db,
        "insert into chat_channels (name, type, slow_mode_seconds) values (%s, 'general', 60) returning id",
        f"slow-{uuid.uuid4().hex}",
    )
    send(db, partner, where)
    with acting(db, partner.actor()), expect_refusal(db, "PT429", "slow_mode"):
        call(db, "send_message", id=uuid.uuid4(), channel_id=where, message="again")
    with acting(db, moderator.actor("aal2")):
        call(db, "mute_member", channel_id=where, partner_id=partner.id, until="2999-01-01", reason="shouting")
    with acting(db, partner.actor()), expect_refusal(db, "42501", "muted"):
        call(db, "send_message", id=uuid.uuid4(), channel_id=where, message="mmm")


def test_files_lie_under_ones_own_name(db: psycopg.Connection) -> None:
    partner, other, where = make_partner(db), make_partner(db), channel(db)
    good = {"bucket_id": "chat-files", "path": f"{where}/{partner.id}/a.png", "name": "a.png", "mime_type": "image/png"}
    sent = send(db, partner, where, "", attachments=Jsonb([{**good, "size": 10}]))
    assert value(db, "select count(*) from attachments where message_id = %s", sent["id"]) == 1
    stolen = {**good, "path": f"{where}/{other.id}/b.png", "size": 10}
    with acting(db, partner.actor()), expect_refusal(db, "22023", "path"):
        call(db, "send_message", id=uuid.uuid4(), channel_id=where, message="", attachments=Jsonb([stolen]))


def test_reactions_add_up(db: psycopg.Connection) -> None:
    writer, one, two, where = make_partner(db), make_partner(db), make_partner(db), channel(db)
    sent = send(db, writer, where)
    for person, times in ((one, 2), (two, 1)):
        for _ in range(times):
            with acting(db, person.actor()):
                counts = call(db, "set_reaction", message_id=sent["id"], emoji="🎉", present=True)
    assert counts == {"🎉": 2}
    with acting(db, one.actor()):
        assert call(db, "set_reaction", message_id=sent["id"], emoji="🎉", present=False) == {"🎉": 1}


def test_only_ones_own_words_are_edited(db: psycopg.Connection) -> None:
    writer, other, where = make_partner(db), make_partner(db), channel(db)
    sent = send(db, writer, where, "first")
    with acting(db, other.actor()), expect_refusal(db, "PT404"):
        call(db, "edit_message", message_id=sent["id"], message="changed")
    with acting(db, writer.actor()):
        call(db, "edit_message", message_id=sent["id"], message="second")
        call(db, "delete_message", message_id=sent["id"])
    kept = [
        row[0]
        for row in rows(db, "select message from message_edits where message_id = %s order by edited_at", sent["id"])
    ]
    assert sorted(kept) == ["first", "second"]
    assert value(db, "select message from chat_messages where id = %s", sent["id"]) == ""


def test_a_moderator_looks_only_under_a_case_and_is_seen(db: psycopg.Connection) -> None:
    one, two, moderator = make_partner(db), make_partner(db), make_staff(db, "moderator")
    with acting(db, one.actor()):
        where = call(db, "open_direct", partner_id=two.id)
    sent = send(db, one, where, "not nice")
    with acting(db, two.actor()):
        call(db, "report_message", message_id=sent["id"], reason="insult")
    with acting(db, moderator.actor("aal2")):
        assert rows(db, "select id from chat_messages where channel_id = %s", where) == []
        assert rows(db, "select disclosed_text from message_reports where message_id = %s", sent["id"]) == [
            ("not nice",)
        ]
        case = call(db, "open_moderation_case", channel_id=where, reason="A reported insult in a direct channel")
        seen = rows(db, "select * from public.read_under_case(%s)", case)
        assert len(seen) == 1
    with acting(db, moderator.actor("aal1")), expect_refusal(db, "PT403"):
        rows(db, "select * from public.read_under_case(%s)", case)
    with acting(db, two.actor()):
        actions = rows(db, "select action from moderation_actions where case_id = %s", case)
        reasons = rows(db, "select reason from moderation_cases where id = %s", case)
    assert actions == [("read_channel",)]
    assert reasons == [("A reported insult in a direct channel",)]


@pytest.mark.parametrize("status", ["suspended", "terminated"])
def test_who_is_out_hears_nothing(db: psycopg.Connection, status: str) -> None:
    partner, where = make_partner(db, status=status), channel(db)
    with acting(db, partner.actor()):
        assert rows(db, "select id from chat_messages limit 1") == []
        assert call(db, "list_channels") == []
        with expect_refusal(db, "42501", "partner_not_active"):
            call(db, "send_message", id=uuid.uuid4(), channel_id=where, message="hello?")


# -- pins, and what comes back -----------------------------------------------------------------------------------------
def test_pins_are_set_by_moderators_of_the_channel_and_both_sides_of_a_direct_one(db: psycopg.Connection) -> None:
    leader = make_partner(db, tier="performer")
    member, stranger = make_partner(db, leader=leader), make_partner(db)
    team: uuid.UUID = value(db, "select id from public.chat_channels where leader_id = %s", leader.id)
    with acting(db, member.actor()):
        direct = call(db, "open_direct", partner_id=leader.id)
    in_team, in_direct, in_general = (send(db, member, where)["id"] for where in (team, direct, channel(db)))
    pins = "select count(*) from public.message_pins where message_id = %s"
    with acting(db, leader.actor()):
        for wanted in (True, True, False, False, True):
            assert call(db, "set_pin", message_id=uuid.UUID(in_team), pinned=wanted) is wanted
    told = "select count(*) from ops.events where subject_id = %s and type in ('message.pinned', 'message.unpinned')"
    assert value(db, told, team) == 3
    with acting(db, member.actor()):
        assert value(db, pins, in_team) == 1
        assert call(db, "set_pin", message_id=uuid.UUID(in_direct), pinned=True)
        for message in (in_team, in_general):
            with expect_refusal(db, "42501", "moderator_only"):
                call(db, "set_pin", message_id=uuid.UUID(message), pinned=False)
    with acting(db, stranger.actor()), expect_refusal(db, "PT404", "not_found"):
        call(db, "set_pin", message_id=uuid.UUID(in_team), pinned=False)
    with acting(db, make_staff(db, "moderator").actor("aal2")):
        assert call(db, "set_pin", message_id=uuid.UUID(in_general), pinned=True)
        for message in (in_team, in_direct):
            with expect_refusal(db, "PT404", "not_found"):
                call(db, "set_pin", message_id=uuid.UUID(message), pinned=False)
    with acting(db, make_staff(db, "support").actor("aal2")), expect_refusal(db, "42501", "role"):
        call(db, "set_pin", message_id=uuid.UUID(in_general), pinned=False)


def test_a_removed_message_comes_back_with_its_words_and_a_deleted_one_stays_gone(db: psycopg.Connection) -> None:
    author, moderator = make_partner(db), make_staff(db, "moderator")
    first, second = (uuid.UUID(send(db, author, channel(db), text)["id"]) for text in ("Well done", "Never mind"))
    with acting(db, author.actor()):
        call(db, "delete_message", message_id=second)
        with expect_refusal(db, "42501", "staff_only"):
            call(db, "restore_message", message_id=first, reason="It is mine")
    with acting(db, moderator.actor("aal2")):
        call(db, "restore_message", message_id=first, reason="nothing to do")
        call(db, "remove_message", message_id=first, reason="Insult")
        for _ in range(2):
            call(db, "restore_message", message_id=first, reason="It was no insult")
        with expect_refusal(db, "PT409", "wrong_state"):
            call(db, "restore_message", message_id=second, reason="It was no insult")
    found = "select message, deleted_at from public.chat_messages where id = %s"
    assert rows(db, found, first) == [("Well done", None)]
    assert rows(db, found, second)[0][0] == ""
    actions = "select action from public.moderation_actions where message_id = %s order by action"
    assert rows(db, actions, first) == [("remove_message",), ("restore_message",)]
    with acting(db, author.actor()):
        call(db, "edit_message", message_id=first, message="Well done!")
        call(db, "delete_message", message_id=first)
    with acting(db, moderator.actor("aal2")), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "restore_message", message_id=first, reason="It was no insult")

"""Switches, tickets, channels and support's hours, as staff set them."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, rows, value

Db = psycopg.Connection[Any]


def flags(db: Db, who: Person) -> list[str]:
    with acting(db, who.actor()):
        found: list[str] = call(db, "my_features")["flags"]
    return found


def test_a_switch_is_on_for_its_tier_its_share_and_whoever_was_named(db: Db, admin: Person) -> None:
    key = "desk." + uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))
    people = [make_partner(db, tier="active") for _ in range(60)]
    starter = make_partner(db)

    def save(**changed: Any) -> Any:
        fields: dict[str, Any] = {"key": key, "description": "Charts", "enabled": True, "min_tier": "active"}
        with acting(db, admin.actor("aal2")):
            return call(db, "save_flag", **(fields | changed))

    def lucky() -> set[uuid.UUID]:
        return {person.id for person in people if key in flags(db, person)}

    save(share=30)
    some = lucky()
    assert 0 < len(some) < len(people)
    assert save(share=30) == save(share=30)
    save(share=70)
    assert some < lucky(), "a share that grows keeps whom it had"
    save()
    assert len(lucky()) == len(people)
    assert key not in flags(db, starter)
    with acting(db, admin.actor("aal2")):
        call(db, "set_flag_for", key=key, partner_id=starter.id, enabled=True)
        call(db, "set_flag_for", key=key, partner_id=people[0].id, enabled=False)
    assert key in flags(db, starter)
    assert len(lucky()) == len(people) - 1
    with acting(db, admin.actor("aal2")):
        call(db, "set_flag_for", key=key, partner_id=people[0].id, enabled=None)
    assert len(lucky()) == len(people)
    save(enabled=False)
    assert lucky() == set()
    for wrong, rule in (({"share": 101}, "range"), ({"key": "Not A Key"}, "format"), ({"description": ""}, "length")):
        with expect_refusal(db, "22023", rule):
            save(**wrong)
    assert value(db, "select count(*) from ops.events where type = 'flag.saved' and after ->> 'key' = %s", key) == 4


def open_ticket(db: Db, partner: Person) -> Any:
    with acting(db, partner.actor()):
        return uuid.UUID(
            call(db, "open_ticket", subject="Payout", category="money", description="Where is my payout?")["id"]
        )


def test_a_ticket_is_taken_closed_rated_and_opened_again(db: Db, support: Person) -> None:
    partner, other = make_partner(db), make_partner(db)
    moderator = make_staff(db, "moderator")
    ticket = open_ticket(db, partner)
    with acting(db, support.actor("aal2")):
        taken = call(db, "assign_ticket", ticket_id=ticket, staff_id=support.id, priority="urgent")
        assert (taken["assigned_to"], taken["priority"]) == (str(support.id), "urgent")
        assert call(db, "assign_ticket", ticket_id=ticket, staff_id=support.id) == taken
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "assign_ticket", ticket_id=ticket, staff_id=moderator.id)
        call(db, "set_ticket_closed", ticket_id=ticket, closed=True)
        with expect_refusal(db, "22023", "unknown_field"):
            call(db, "set_ticket_closed", ticket_id=ticket, closed=True, rating=5)
        with expect_refusal(db, "PT409", "closed"):
            call(db, "assign_ticket", ticket_id=ticket, staff_id=None)
    with acting(db, other.actor()), expect_refusal(db, "PT404"):
        call(db, "set_ticket_closed", ticket_id=ticket, closed=False)
    with acting(db, moderator.actor("aal2")), expect_refusal(db, "42501", "role"):
        call(db, "set_ticket_closed", ticket_id=ticket, closed=False)
    with acting(db, partner.actor()):
        assert call(db, "set_ticket_closed", ticket_id=ticket, closed=True, rating=4)["rating"] == 4
        with expect_refusal(db, "22023", "range"):
            call(db, "set_ticket_closed", ticket_id=ticket, closed=True, rating=6)
        again = call(db, "set_ticket_closed", ticket_id=ticket, closed=False)
        assert (again["status"], again["closed_at"], again["resolved_at"], again["rating"]) == ("open", None, None, 4)
        call(db, "answer_ticket", ticket_id=ticket, message="It is still not there.")
    told = rows(db, "select title from public.notifications where partner_id = %s", partner.id)
    assert told == [("Your ticket is closed",)]


def test_a_channel_is_made_limited_archived_and_brought_back(db: Db, admin: Person) -> None:
    partner, elite = make_partner(db), make_partner(db, tier="elite")
    channel: dict[str, Any] = {"id": uuid.uuid4(), "name": f"desk-{uuid.uuid4().hex[:12]}"}

    def write(who: Person) -> Any:
        with acting(db, who.actor()):
            return call(db, "send_message", id=uuid.uuid4(), channel_id=channel["id"], message="Hello")

    with acting(db, admin.actor("aal2")):
        made = call(db, "save_channel", **channel)
        assert call(db, "save_channel", **channel) == made
    write(partner)
    with acting(db, admin.actor("aal2")):
        call(db, "save_channel", **channel, tier_requirement="elite")
        with expect_refusal(db, "23505", "taken"):
            call(db, "save_channel", id=uuid.uuid4(), name=channel["name"])
        with expect_refusal(db, "22023", "one_of"):
            call(db, "save_channel", id=uuid.uuid4(), name="desk-team", type="team")
    with expect_refusal(db, "PT404"):
        write(partner)
    write(elite)
    moderator = make_staff(db, "moderator")
    with acting(db, moderator.actor("aal2")):
        call(db, "set_channel_archived", channel_id=channel["id"], archived=True)
    with expect_refusal(db, "PT409", "archived"):
        write(elite)
    with acting(db, moderator.actor("aal2")):
        call(db, "set_channel_archived", channel_id=channel["id"], archived=False)
        with expect_refusal(db, "42501", "role"):
            call(db, "save_channel", **channel)
    write(elite)


def test_a_direct_channel_is_not_for_the_desk(db: Db, admin: Person) -> None:
    one, other = make_partner(db, tier="active"), make_partner(db, tier="active")
    with acting(db, one.actor()):
        direct = call(db, "open_direct", partner_id=other.id)
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "PT404"):
            call(db, "save_channel", id=direct, name="mine-now")
        with expect_refusal(db, "PT404"):
            call(db, "set_channel_archived", channel_id=direct, archived=True)


def test_hours_and_days_off_move_what_support_promises(db: Db, admin: Person) -> None:
    """2026-06-05 is a Friday; support works in New York from 9 to 18."""
    db.execute("delete from public.business_holidays")

    def due() -> str:
        due_at = value(db, "select private.add_business_time('2026-06-05T21:00:00Z', '2 hours')")
        return str(value(db, "select to_char(%s at time zone 'America/New_York', 'Dy HH24:MI')", due_at))

    assert due() == "Mon 10:00"
    with acting(db, admin.actor("aal2")):
        call(db, "set_holiday", day="2026-06-08", name="A day off")
    assert due() == "Tue 10:00"
    with acting(db, admin.actor("aal2")):
        call(db, "set_holiday", day="2026-06-08")
        call(db, "set_business_hours", weekday=6, opens="10:00", closes="14:00")
    assert due() == "Sat 11:00"
    with acting(db, admin.actor("aal2")):
        call(db, "set_business_hours", weekday=6)
        for wrong, rule in (
            ({"weekday": 8}, "range"),
            ({"weekday": 1, "opens": "10:00"}, "required"),
            ({"weekday": 1, "opens": "10:00", "closes": "09:00"}, "after_start"),
        ):
            with expect_refusal(db, "22023", rule):
                call(db, "set_business_hours", **wrong)
    assert due() == "Mon 10:00"


@pytest.mark.parametrize("role", ["support", "moderator", "finance"])
def test_only_admins_set_switches_channels_and_hours(db: Db, role: str) -> None:
    with acting(db, make_staff(db, role).actor("aal2")):
        for function, arguments in (
            ("save_flag", {"key": "desk.some", "description": "x", "enabled": True}),
            ("set_flag_for", {"key": "desk.some", "partner_id": uuid.uuid4(), "enabled": True}),
            ("save_channel", {"id": uuid.uuid4(), "name": "desk-x"}),
            ("set_business_hours", {"weekday": 1}),
            ("set_holiday", {"day": "2026-06-08"}),
        ):
            with expect_refusal(db, "42501", "role"):
                call(db, function, **arguments)

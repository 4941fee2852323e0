"""Events and challenges called off, requests answered, the council's vote."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    insert_row,
    make_partner,
    make_staff,
    rows,
    value,
)

Db = psycopg.Connection[Any]


def save_event(db: Db, who: Person, **changed: Any) -> dict[str, Any]:
    begins, ends = rows(db, "select private.now() + interval '1 day', private.now() + interval '25 hours'")[0]
    fields = {"id": uuid.uuid4(), "kind": "office_hours", "title": "Office hours", "starts_at": begins, "ends_at": ends}
    with acting(db, who.actor("aal2")):
        saved: dict[str, Any] = call(db, "save_event", **(fields | changed))
    return saved


def answer(db: Db, who: Person, event: dict[str, Any], coming: bool | None = True) -> Any:
    with acting(db, who.actor()):
        return call(db, "answer_event", event_id=uuid.UUID(event["id"]), coming=coming)


def told(db: Db, who: Person) -> list[str]:
    return [title for (title,) in rows(db, "select title from public.notifications where partner_id = %s", who.id)]


def test_a_moved_and_a_cancelled_event_are_told_to_who_answered(db: Db, support: Person) -> None:
    going, declined = make_partner(db), make_partner(db)
    event = save_event(db, support, location="Room 1")
    assert save_event(db, support, id=uuid.UUID(event["id"]), location="Room 1") == event, "the same form again"
    answer(db, going, event)
    answer(db, declined, event, False)
    save_event(db, support, id=uuid.UUID(event["id"]), location="Room 2")
    assert told(db, going) == ["Office hours has moved"]
    with acting(db, support.actor("aal2")):
        gone = call(db, "cancel_event", event_id=event["id"], reason="The host is ill")
        assert call(db, "cancel_event", event_id=event["id"], reason="again") == gone
    assert told(db, going) == ["Office hours has moved", "Office hours is cancelled"]
    assert told(db, declined) == []
    with expect_refusal(db, "PT409", "over"):
        answer(db, going, event)
    with expect_refusal(db, "PT409", "over"):
        save_event(db, support, id=uuid.UUID(event["id"]))


def test_a_cancelled_event_comes_back_with_its_answers_until_its_time(db: Db, support: Person) -> None:
    guests = [make_partner(db) for _ in range(3)]
    event = save_event(db, support, capacity=1)
    which: dict[str, Any] = {"event_id": uuid.UUID(event["id"])}
    assert [answer(db, guest, event, coming) for guest, coming in zip(guests, (True, True, False), strict=True)] == [
        "going", "waitlisted", "declined",
    ]  # fmt: skip
    assert call_as(db, support, "restore_event", **which) == event, "nothing to bring back"
    call_as(db, support, "cancel_event", **which, reason="The host is ill")
    for _ in range(2):
        assert call_as(db, support, "restore_event", **which) == event
    states = "select partner_id, status::text from public.event_rsvps where event_id = %s"
    assert dict(rows(db, states, which["event_id"])) == {
        guests[0].id: "going", guests[1].id: "waitlisted", guests[2].id: "declined",
    }  # fmt: skip
    both = ["Office hours is cancelled", "Office hours takes place after all"]
    assert [sorted(told(db, guest)) for guest in guests] == [both, both, []]
    kinds = rows(db, "select type from ops.events where subject_id = %s order by id", which["event_id"])
    assert [kind for (kind,) in kinds][-2:] == ["event.cancelled", "event.restored"]
    assert answer(db, guests[0], event, False) == "declined"
    call_as(db, support, "cancel_event", **which, reason="The host is ill")
    db.execute("update public.events set starts_at = private.now() where id = %s", (event["id"],))
    with expect_refusal(db, "PT409", "over"):
        call_as(db, support, "restore_event", **which)
    with expect_refusal(db, "42501", "guarded"):
        db.execute("update public.events set cancelled_at = null, cancel_reason = null where id = %s", (event["id"],))
    with expect_refusal(db, "42501", "role"):
        call_as(db, make_staff(db, "finance"), "restore_event", **which)
    with acting(db, guests[0].actor()), expect_refusal(db, "PT404"):
        call(db, "restore_event", **which)


def test_a_strategy_call_comes_back_unless_its_time_or_month_was_used(db: Db, support: Person) -> None:
    guest = make_partner(db, tier="performer")
    begins, ends = rows(db, "select private.now() + interval '1 day', private.now() + interval '25 hours'")[0]
    slot = save_event(db, support, kind="strategy_call", title="Strategy call", starts_at=begins, ends_at=ends)
    which: dict[str, Any] = {"event_id": uuid.UUID(slot["id"])}
    assert answer(db, guest, slot) == "going"
    call_as(db, support, "cancel_event", **which, reason="The host is ill")
    other = save_event(db, support, kind="strategy_call", title="Strategy call", starts_at=begins, ends_at=ends)
    with expect_refusal(db, "PT409", "overlap"):
        call_as(db, support, "restore_event", **which)
    call_as(db, support, "cancel_event", event_id=uuid.UUID(other["id"]), reason="Not after all")
    third = save_event(db, make_staff(db, "support"), kind="strategy_call", starts_at=begins, ends_at=ends)
    assert answer(db, guest, third) == "going"
    with expect_refusal(db, "PT409", "month_used"):
        call_as(db, support, "restore_event", **which)
    assert answer(db, guest, third, False) == "declined"
    assert call_as(db, support, "restore_event", **which)["cancelled_at"] is None
    assert rows(db, "select * from private.check_strategy_calls where partner_id = %s", guest.id) == []


def test_seats_are_never_fewer_than_guests_and_new_seats_go_to_the_waiting(db: Db, support: Person) -> None:
    guests = [make_partner(db) for _ in range(3)]
    event = save_event(db, support, capacity=2)
    wanted = uuid.UUID(event["id"])
    assert [answer(db, guest, event) for guest in guests] == ["going", "going", "waitlisted"]
    with expect_refusal(db, "PT409", "too_many"):
        save_event(db, support, id=wanted, capacity=1)
    save_event(db, support, id=wanted, capacity=3)
    assert told(db, guests[2]) == ["You have a seat"]
    assert value(db, "select count(*) from public.event_rsvps where event_id = %s and status = 'going'", wanted) == 3


def test_an_answer_is_yes_or_no_and_ends_with_the_attendance(db: Db, support: Person) -> None:
    partner = make_partner(db)
    event = save_event(db, support)
    with expect_refusal(db, "22023", "required"):
        answer(db, partner, event, None)
    db.execute("update public.events set starts_at = private.now() where id = %s", (event["id"],))
    with acting(db, support.actor("aal2")):
        call(db, "mark_attendance", event_id=event["id"], partner_id=partner.id, present=True)
    with expect_refusal(db, "PT409", "over"):
        answer(db, partner, event, False)


def test_a_team_call_is_its_leaders_own(db: Db, support: Person) -> None:
    leader, stranger, active = (make_partner(db, tier=tier) for tier in ("performer", "performer", "active"))
    member = make_partner(db, leader=leader)
    event = save_event(db, leader, kind="team_call", title="Monday call")
    assert answer(db, member, event) == "going"
    with expect_refusal(db, "PT404"):
        answer(db, stranger, event)
    with expect_refusal(db, "PT404"):
        save_event(db, stranger, id=uuid.UUID(event["id"]), kind="team_call")
    with acting(db, stranger.actor()), expect_refusal(db, "PT404"):
        call(db, "cancel_event", event_id=event["id"], reason="not mine")
    with expect_refusal(db, "42501", "tier"):
        save_event(db, active, kind="team_call")
    with expect_refusal(db, "42501", "staff_only"):
        save_event(db, leader, kind="webinar")
    with acting(db, leader.actor()):
        call(db, "cancel_event", event_id=event["id"], reason="A day off")
    assert told(db, member) == ["Monday call is cancelled"]
    with acting(db, stranger.actor()), expect_refusal(db, "PT404"):
        call(db, "restore_event", event_id=event["id"])
    with acting(db, leader.actor()):
        assert call(db, "restore_event", event_id=event["id"])["cancelled_at"] is None
    assert sorted(told(db, member)) == ["Monday call is cancelled", "Monday call takes place after all"]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"title": "x"}, "length"),
        ({"capacity": 0}, "range"),
        ({"starts_at": "2001-01-01T00:00:00Z"}, "future"),
        ({"ends_at": "2001-01-01T00:00:00Z"}, "after_start"),
        ({"starts_at": "infinity"}, "range"),
        ({"kind": None}, "required"),
    ],
)
def test_an_event_is_looked_at(db: Db, support: Person, wrong: dict[str, Any], rule: str) -> None:
    with expect_refusal(db, "22023", rule):
        save_event(db, support, **wrong)


def make_challenge(db: Db, admin: Person) -> Any:
    begins, ends = rows(db, "select private.now() - interval '1 day', private.now() + interval '7 days'")[0]
    with acting(db, admin.actor("aal2")):
        return uuid.UUID(
            call(
                db, "create_challenge", request_id=uuid.uuid4(), title="Sprint", goal=1, starts_at=begins, ends_at=ends
            )["id"]
        )


def test_a_cancelled_challenge_ends_for_who_runs_and_stands_for_who_reached_it(db: Db, admin: Person) -> None:
    running, reached = make_partner(db), make_partner(db)
    challenge = make_challenge(db, admin)
    for partner in (running, reached):
        with acting(db, partner.actor()):
            call(db, "join_challenge", challenge_id=challenge)
    with by_hand(db):
        db.execute("update public.challenge_entries set status = 'confirmed' where partner_id = %s", (reached.id,))
    with acting(db, admin.actor("aal2")):
        call(db, "cancel_challenge", challenge_id=challenge, reason="The budget is gone")
        call(db, "cancel_challenge", challenge_id=challenge, reason="The budget is gone")
    found = rows(
        db, "select status, missed_reason from public.challenge_entries where challenge_id = %s order by 1", challenge
    )
    assert found == [("confirmed", None), ("missed", "cancelled")]
    assert (told(db, running), told(db, reached)) == (["Sprint is cancelled"], [])
    with acting(db, make_partner(db).actor()), expect_refusal(db, "PT409", "over"):
        call(db, "join_challenge", challenge_id=challenge)


def test_who_joined_a_challenge_may_leave_and_come_back_until_it_is_decided(db: Db, admin: Person) -> None:
    partner, challenge = make_partner(db), make_challenge(db, admin)
    with acting(db, partner.actor()):
        with expect_refusal(db, "PT404"):
            call(db, "leave_challenge", challenge_id=challenge)
        call(db, "join_challenge", challenge_id=challenge)
        assert call(db, "leave_challenge", challenge_id=challenge)["status"] == "withdrawn"
        assert call(db, "leave_challenge", challenge_id=challenge)["status"] == "withdrawn"
        assert call(db, "join_challenge", challenge_id=challenge)["status"] == "running"
    with by_hand(db):
        db.execute("update public.challenge_entries set status = 'confirmed' where partner_id = %s", (partner.id,))
    with acting(db, partner.actor()), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "leave_challenge", challenge_id=challenge)


def ask(db: Db, who: Person) -> Any:
    with acting(db, who.actor()):
        return uuid.UUID(insert_row(db, "custom_deals", proposal="Ten shops a year", wanted_rate=3200)["id"])


def test_an_accepted_custom_deal_becomes_its_rate_at_once_and_once(db: Db, admin: Person) -> None:
    elite = make_partner(db, tier="elite")
    deal = ask(db, elite)
    with acting(db, admin.actor("aal2")):
        call(db, "decide_request", request_id=deal, decision="in_review")
        for _ in range(2):
            call(db, "decide_request", request_id=deal, decision="accepted", answer="For a year", rate=3200)
        with expect_refusal(db, "PT409", "wrong_state"):
            call(db, "decide_request", request_id=deal, decision="declined", answer="After all not")
    assert rows(db, "select rate_bp from public.rate_overrides where partner_id = %s", elite.id) == [(3200,)]
    assert told(db, elite)[-1] == "Your request is accepted"
    with acting(db, elite.actor()), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "withdraw_request", request_id=deal)


def test_a_refused_rate_leaves_the_request_open(db: Db, admin: Person) -> None:
    deal = ask(db, make_partner(db, tier="elite"))
    with acting(db, admin.actor("aal2")), expect_refusal(db, "22023", "range"):
        call(db, "decide_request", request_id=deal, decision="accepted", answer="All of it", rate=9999)
    assert value(db, "select status from public.custom_deals where id = %s", deal) == "open"


def test_requests_are_withdrawn_by_who_made_them_and_answered_with_words(db: Db, admin: Person) -> None:
    elite, other = make_partner(db, tier="elite"), make_partner(db, tier="elite")
    with acting(db, elite.actor()):
        asked = uuid.UUID(insert_row(db, "partnership_requests", kind="webinar", message="A webinar in spring.")["id"])
    with acting(db, other.actor()), expect_refusal(db, "PT404"):
        call(db, "withdraw_request", request_id=asked)
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "22023", "length"):
            call(db, "decide_request", request_id=asked, decision="declined")
        with expect_refusal(db, "22023", "unknown_field"):
            call(db, "decide_request", request_id=asked, decision="accepted", answer="Yes, gladly", rate=3000)
    with acting(db, elite.actor()):
        for _ in range(2):
            assert call(db, "withdraw_request", request_id=asked)["status"] == "withdrawn"
    with acting(db, admin.actor("aal2")), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "decide_request", request_id=asked, decision="accepted", answer="Yes, gladly")


def test_a_joint_venture_is_asked_for_and_accepted(db: Db, admin: Person) -> None:
    elite = make_partner(db, tier="elite")
    with acting(db, elite.actor()):
        asked = uuid.UUID(
            insert_row(db, "partnership_requests", kind="joint_venture", message="A shop of our own.")["id"]
        )
    with acting(db, admin.actor("aal2")):
        call(db, "decide_request", request_id=asked, decision="accepted", answer="Let us meet on Monday")
    with acting(db, elite.actor()):
        found = rows(db, "select status, answer from public.partnership_requests where id = %s", asked)
    assert found == [("accepted", "Let us meet on Monday")]
    with acting(db, make_staff(db, "support").actor("aal2")), expect_refusal(db, "42501", "role"):
        call(db, "decide_request", request_id=asked, decision="declined", answer="No, after all")


def test_a_proposal_that_was_withdrawn_stays_so(db: Db) -> None:
    performer = make_partner(db, tier="performer")
    with acting(db, performer.actor()):
        lead = insert_row(db, "leads", company_name="Client 17")["id"]
        proposal = insert_row(db, "proposals", lead_id=lead, title="New shop")["id"]
        for status in ("sent", "withdrawn", "withdrawn"):
            db.execute("update public.proposals set status = %s where id = %s", (status, proposal))
        with expect_refusal(db, "PT409", "closed"):
            db.execute("update public.proposals set status = 'accepted' where id = %s", (proposal,))


def test_the_council_votes_on_words_that_stay_and_sees_the_count_when_it_is_over(db: Db, admin: Person) -> None:
    first, second, performer = (make_partner(db, tier=tier) for tier in ("elite", "elite", "performer"))
    topic: dict[str, Any] = {"id": uuid.uuid4(), "title": "Next quarter", "body": "Shops first?"}
    soon, later = rows(db, "select private.now() + interval '1 day', private.now() + interval '2 days'")[0]
    with acting(db, admin.actor("aal2")):
        call(db, "save_topic", **topic, closes_at=soon)
    for partner, vote in ((first, 1), (second, -1)):
        with acting(db, partner.actor()):
            call(db, "cast_council_vote", topic_id=topic["id"], vote=vote)
    with acting(db, first.actor()), expect_refusal(db, "PT409", "not_over"):
        call(db, "council_result", topic_id=topic["id"])
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "PT409", "fixed"):
            call(db, "save_topic", **(topic | {"body": "Apps first?"}), closes_at=soon)
        call(db, "save_topic", **topic, closes_at=later)
        call(db, "close_topic", topic_id=topic["id"], result="A tie: both get a trial.")
        with expect_refusal(db, "PT409", "over"):
            call(db, "save_topic", **topic, closes_at=later)
    with acting(db, second.actor()):
        result = call(db, "council_result", topic_id=topic["id"])
        assert (result["in_favour"], result["against"], result["result"]) == (1, 1, "A tie: both get a trial.")
        with expect_refusal(db, "PT409", "over"):
            call(db, "cast_council_vote", topic_id=topic["id"], vote=1)
    with acting(db, performer.actor()), expect_refusal(db, "42501", "tier"):
        call(db, "council_result", topic_id=topic["id"])
    assert told(db, second) == ["The council's result"]

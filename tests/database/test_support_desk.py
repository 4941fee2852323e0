"""What support promises per tier, its queue, and strategy calls."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    make_partner,
    make_staff,
    rows,
    value,
)

Db = psycopg.Connection[Any]


def told(db: Db, who: Person) -> list[str]:
    return [title for (title,) in rows(db, "select title from public.notifications where partner_id = %s", who.id)]


def set_level(db: Db, admin: Person, tier: str, first: int, solution: int, **more: Any) -> Any:
    return call_as(
        db, admin, "set_support_level", tier=tier, first_answer_hours=first, solution_hours=solution,
        reason="More people at the desk", **more,
    )  # fmt: skip


def test_a_promise_holds_for_new_tickets_and_a_higher_tier_never_gets_less(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    before = open_ticket(db, partner)
    due = value(db, "select answer_due_at from public.support_tickets where id = %s", before)
    saved = set_level(db, admin, "starter", 5, 30)
    assert (saved["first_answer"], saved["solution"], saved["queue"]) == ("05:00:00", "30:00:00", "support")
    assert set_level(db, admin, "starter", 5, 30) == saved
    assert value(db, "select answer_due_at from public.support_tickets where id = %s", before) == due
    after = open_ticket(db, partner)
    assert value(
        db,
        "select answer_due_at = private.add_business_time(created_at, '5 hours')"
        " from public.support_tickets where id = %s",
        after,
    )
    for tier, first, solution in (
        ("starter", 3, 30),
        ("starter", 5, 26),
        ("active", 6, 27),
        ("elite", 3, 9),
        ("performer", 1, 8),
    ):
        with expect_refusal(db, "PT409", "order"):
            set_level(db, admin, tier, first, solution)
    for first, solution, rule in ((0, 30, "range"), (31, 30, "order"), (5, 1001, "range")):
        with expect_refusal(db, "22023", rule):
            set_level(db, admin, "starter", first, solution)
    with expect_refusal(db, "22023", "format"):
        set_level(db, admin, "starter", 5, 30, queue="Not a queue")
    with expect_refusal(db, "42501", "role"):
        set_level(db, make_staff(db, "support"), "starter", 5, 30)
    with expect_refusal(db, "42501", "guarded"):
        db.execute("update public.support_levels set first_answer = '90 hours' where tier = 'elite'")
    facts = rows(
        db, "select before, after from ops.events where type = 'support.level_set' and after ->> 'tier' = 'starter'"
    )
    assert [(was["first_answer"], now["first_answer"], now["reason"]) for was, now in facts][-1] == (
        "09:00:00", "05:00:00", "More people at the desk",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2026-06-05 16:00", "2026-06-08 11:00", 4),  # Friday to Monday
        ("2026-06-06 10:00", "2026-06-07 10:00", 0),  # a weekend
        ("2026-06-08 11:00", "2026-06-05 16:00", -4),
        ("2026-06-08 06:00", "2026-06-08 23:00", 9),
        ("2026-06-08 10:00", "2026-06-08 10:00", 0),
        ("2026-10-30 17:00", "2026-11-02 10:00", 2),  # the clocks are set back between
    ],
)
def test_business_time_between_two_instants(db: Db, since: str, until: str, hours: int) -> None:
    db.execute("delete from public.business_holidays")
    zone = "America/New_York"
    found = value(
        db,
        "select private.business_time_between(%s::timestamp at time zone %s, %s::timestamp at time zone %s)",
        since, zone, until, zone,
    )  # fmt: skip
    assert found == timedelta(hours=hours)


def test_business_time_between_takes_back_what_adding_gave(db: Db) -> None:
    found = rows(
        db,
        """
        select at, span
        from generate_series('2026-06-01T03:00Z'::timestamptz, '2026-06-15T03:00Z', interval '7 hours') as at
        cross join unnest('{1 hour,9 hours,45 hours}'::interval[]) as span
        where private.business_time_between(at, private.add_business_time(at, span)) <> span
        """,
    )
    assert found == []


def open_ticket(db: Db, partner: Person, subject: str = "A question") -> uuid.UUID:
    with acting(db, partner.actor()):
        made = call(db, "open_ticket", subject=subject, category="other", description="How does this work?")
    return uuid.UUID(made["id"])


def test_the_queue_stands_in_the_order_in_which_promises_run_out(db: Db, support: Person) -> None:
    line = f"q-{uuid.uuid4().hex[:12]}".translate(str.maketrans("0123456789", "ghijklmnop"))
    partners = [make_partner(db) for _ in range(5)]
    late, soon, later, answered, waiting = (open_ticket(db, partner, f"No. {n}") for n, partner in enumerate(partners))
    call_as(db, support, "answer_ticket", ticket_id=waiting, message="Which one?")
    call_as(db, support, "answer_ticket", ticket_id=answered, message="We look.", status="in_progress")
    now = value(db, "select private.now()")
    with by_hand(db):
        db.execute(
            "update public.support_tickets set queue = %s, solution_due_at = %s where id = any(%s)",
            (line, now + timedelta(days=12), [late, soon, later, answered, waiting]),
        )
        for ticket, days in ((late, -7), (soon, 7), (later, 14)):
            db.execute(
                "update public.support_tickets set answer_due_at = %s where id = %s",
                (now + timedelta(days=days), ticket),
            )

    def queue(**wanted: Any) -> dict[str, Any]:
        found: dict[str, Any] = call_as(db, support, "ticket_queue", queue=line, **wanted)
        return found

    whole = queue()
    assert [row["id"] for row in whole["tickets"]] == [str(t) for t in (late, soon, answered, later, waiting)]
    assert whole["next"] is None
    assert [row["clock"] for row in whole["tickets"]] == ["answer", "answer", "solution", "answer", None]
    assert [row["overdue"] for row in whole["tickets"]] == [True, False, False, False, False]
    first, second = whole["tickets"][:2]
    assert first["seconds_left"] < 0 < second["seconds_left"] < 7 * 9 * 3600
    pages, seen = 0, list[str]()
    more: dict[str, Any] | None = {}
    while more is not None and pages < 9:
        page = queue(max_rows=2, **more)
        pages, more = pages + 1, page["next"]
        seen += [row["id"] for row in page["tickets"]]
    assert (pages, seen) == (3, [row["id"] for row in whole["tickets"]])
    assert {row["id"] for row in queue(states=["waiting"])["tickets"]} == {str(waiting)}
    assert {row["id"] for row in queue(assigned_to=support.id)["tickets"]} == {str(answered), str(waiting)}
    assert {row["id"] for row in queue(unassigned=True)["tickets"]} == {str(t) for t in (late, soon, later)}
    call_as(db, support, "set_ticket_closed", ticket_id=late, closed=True)
    assert str(late) not in {row["id"] for row in queue()["tickets"]}
    assert [row["clock"] for row in queue(states=["closed"])["tickets"]] == [None]
    for wrong, rule in (
        ({"states": []}, "required"),
        ({"assigned_to": support.id, "unassigned": True}, "one_of"),
        ({"max_rows": 0}, "range"),
        ({"after_id": late}, "required"),
    ):
        with expect_refusal(db, "22023", rule):
            queue(**wrong)
    with expect_refusal(db, "42501", "role"):
        call_as(db, make_staff(db, "moderator"), "ticket_queue")


def publish(db: Db, staff: Person, day: datetime, **changed: Any) -> uuid.UUID:
    fields: dict[str, Any] = {
        "id": uuid.uuid4(), "kind": "strategy_call", "title": "Strategy call", "starts_at": day,
        "ends_at": changed.get("starts_at", day) + timedelta(hours=1),
    }  # fmt: skip
    return uuid.UUID(call_as(db, staff, "save_event", **(fields | changed))["id"])


def book(db: Db, who: Person, slot: uuid.UUID, coming: bool = True) -> Any:
    with acting(db, who.actor()):
        return call(db, "answer_event", event_id=slot, coming=coming)


# Two months, noon in every part of America.
MAY, JUNE = datetime(2098, 5, 6, 16, tzinfo=UTC), datetime(2098, 6, 4, 16, tzinfo=UTC)


def test_a_strategy_call_is_for_one_partner_and_one_a_month(db: Db, support: Person) -> None:
    first, second = make_partner(db, tier="performer"), make_partner(db, tier="elite")
    slot = publish(db, support, MAY)
    same_month, next_month = publish(db, support, MAY + timedelta(days=9)), publish(db, support, JUNE)
    assert book(db, first, slot) == book(db, first, slot) == "going"
    with expect_refusal(db, "PT409", "taken"):
        book(db, second, slot)
    with expect_refusal(db, "PT409", "month_used"):
        book(db, first, same_month)
    assert book(db, first, next_month) == "going"
    mine = call_as(db, first, "strategy_calls")
    assert {call["id"] for call in mine["booked"]} == {str(slot), str(next_month)}
    assert [call["can_book"] for call in mine["free"] if call["id"] == str(same_month)] == [False]
    theirs = call_as(db, second, "strategy_calls")
    assert (theirs["booked"], str(same_month) in {call["id"] for call in theirs["free"] if call["can_book"]}) == (
        [],
        True,
    )
    assert str(slot) not in {call["id"] for call in theirs["free"]}
    assert book(db, first, slot, False) == "declined"
    assert book(db, first, same_month) == "going", "what is given back may be used again"
    assert book(db, second, slot) == "going"
    with acting(db, make_partner(db, tier="active").actor()):
        with expect_refusal(db, "PT404"):
            call(db, "answer_event", event_id=next_month, coming=True)
        with expect_refusal(db, "42501", "tier"):
            call(db, "strategy_calls")
    assert rows(db, "select * from private.check_strategy_calls") == []


def test_a_withdrawn_slot_tells_its_guest_and_gives_the_month_back(db: Db, support: Person) -> None:
    partner = make_partner(db, tier="performer")
    slot, other = publish(db, support, MAY), publish(db, support, MAY + timedelta(days=9))
    book(db, partner, slot)
    with expect_refusal(db, "PT409", "month_used"):
        book(db, partner, other)
    for _ in range(2):
        call_as(db, support, "cancel_event", event_id=slot, reason="The host is ill")
    assert told(db, partner) == ["Strategy call is cancelled"]
    message = value(db, "select message from public.notifications where partner_id = %s", partner.id)
    assert message == "The host is ill – You may book another call this month."
    assert book(db, partner, other) == "going"
    assert [call["id"] for call in call_as(db, partner, "strategy_calls")["booked"]] == [str(other)]


def test_a_slot_is_moved_while_its_host_and_its_guest_are_free(db: Db, support: Person) -> None:
    partner = make_partner(db, tier="performer")
    slot, other = publish(db, support, MAY), publish(db, support, JUNE)
    book(db, partner, slot)
    book(db, partner, other)
    with expect_refusal(db, "PT409", "overlap"):
        publish(db, support, MAY + timedelta(minutes=30))
    publish(db, make_staff(db, "support"), MAY)
    publish(db, support, MAY + timedelta(days=1), id=slot)
    assert told(db, partner) == ["Strategy call has moved"]
    with expect_refusal(db, "PT409", "month_used"):
        publish(db, support, JUNE + timedelta(days=1), id=slot)
    for wrong, rule in (({"capacity": 2}, "range"), ({"tier_requirement": "active"}, "one_of")):
        with expect_refusal(db, "22023", rule):
            publish(db, support, MAY + timedelta(days=2), **wrong)
    assert rows(db, "select * from private.check_strategy_calls") == []


def test_who_stayed_away_has_used_the_month_and_who_came_is_counted(db: Db, support: Person) -> None:
    partner = make_partner(db, tier="performer")
    slot, other = publish(db, support, MAY), publish(db, support, MAY + timedelta(days=9))
    book(db, partner, slot)
    db.execute("update public.events set starts_at = private.now() - interval '1 minute' where id = %s", (slot,))
    call_as(db, support, "mark_attendance", event_id=slot, partner_id=partner.id, present=False)
    db.execute("update public.events set starts_at = %s where id = %s", (MAY, slot))
    with expect_refusal(db, "PT409", "month_used"):
        book(db, partner, other)
    came = make_partner(db, tier="performer")
    book(db, came, other)
    db.execute("update public.events set starts_at = private.now() - interval '1 minute' where id = %s", (other,))
    call_as(db, support, "mark_attendance", event_id=other, partner_id=came.id, present=True)
    assert value(db, "select count(*) from public.engagement_events where partner_id = %s", came.id) == 1


def test_two_calls_in_a_month_written_past_the_functions_are_found(db: Db, support: Person) -> None:
    partner = make_partner(db, tier="performer")
    book(db, partner, publish(db, support, MAY))
    other = publish(db, support, MAY + timedelta(days=9))
    with by_hand(db):
        db.execute(
            "insert into public.event_rsvps (event_id, partner_id, status) values (%s, %s, 'going')",
            (other, partner.id),
        )
    assert {row[0] for row in rows(db, "select partner_id from private.check_strategy_calls")} == {partner.id}


def test_two_slots_of_a_month_booked_at_once_are_one(settings: Settings) -> None:
    """On connections of their own: each transaction sees the other's booking only once it is through."""
    with psycopg.connect(settings.dsn("postgres")) as db:
        support, partner = make_staff(db, "support"), make_partner(db, tier="performer")
        day = MAY + timedelta(days=365)
        slots = [publish(db, support, day + timedelta(hours=2 * n)) for n in range(4)]

    def try_to_book(slot: uuid.UUID) -> str:
        with psycopg.connect(settings.dsn("postgres")) as db:
            try:
                return str(book(db, partner, slot))
            except psycopg.Error as error:
                return str(error.sqlstate)

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(try_to_book, slots))
    assert answers == ["PT409", "PT409", "PT409", "going"]
    with psycopg.connect(settings.dsn("postgres")) as db:
        broken = rows(db, "select * from private.check_strategy_calls where partner_id = %s", partner.id)
        for slot in slots:
            call_as(db, support, "cancel_event", event_id=slot, reason="The test is over")
    assert broken == []

"""What the app tells about its use, the objection to it, and the survey of the quarter."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.database.figures_support import partner, use
from tests.database.harness import Actor, Person, acting, expect_refusal, make_partner, make_staff, rows, value

ELSEWHERE = "https://login.example.com"


def event(db: psycopg.Connection, kind: str = "opened", ago: str = "0", **more: Any) -> dict[str, Any]:
    at = value(db, "select to_jsonb(private.now() - %s::interval) #>> '{}'", ago)
    return {
        "id": str(uuid.uuid4()), "kind": kind, "device": "phone", "display": "standalone", "occurred_at": at, **more
    }  # fmt: skip


def record(db: psycopg.Connection, who: Actor, *events: Any) -> Any:
    with acting(db, who):
        return value(db, "select public.record_usage(%s)", Jsonb(list(events)))


def kept(db: psycopg.Connection, who: Person) -> list[tuple[Any, ...]]:
    return rows(
        db,
        "select kind::text, feature, seconds, private.now() - occurred_at from public.usage_events"
        " where partner_id = %s order by occurred_at desc, kind",
        who.id,
    )


@contextmanager
def header(db: psycopg.Connection, **headers: str) -> Iterator[None]:
    """The request's headers, as PostgREST hands them over."""
    sent = {name.replace("_", "-"): text for name, text in headers.items()}
    db.execute("select set_config('request.headers', %s, true)", (json.dumps(sent),))
    yield
    db.execute("select set_config('request.headers', '', true)")


def test_a_batch_is_kept_once_whoever_vouches_for_the_partner(db: psycopg.Connection) -> None:
    who = partner(db, "2020-01-01T00:00:00Z", issuer=ELSEWHERE)
    actor = Actor(subject=who.subject, issuer=ELSEWHERE)
    batch = [
        event(db), event(db, "installed", "1 minute"), event(db, "foreground", "2 minutes", seconds=90),
        event(db, "feature", "3 minutes", feature="leads.pipeline"),
    ]  # fmt: skip
    assert record(db, actor, *batch, batch[0]) == {"recording": True, "recorded": 4, "skipped": 1}
    assert record(db, actor, *batch) == {"recording": True, "recorded": 0, "skipped": 4}
    found = kept(db, who)
    assert [row[:3] for row in found] == [
        ("opened", None, None), ("installed", None, None), ("foreground", None, 90),
        ("feature", "leads.pipeline", None),
    ]  # fmt: skip


def test_one_partner_cannot_take_the_ids_of_another(db: psycopg.Connection) -> None:
    one, other, same = make_partner(db), make_partner(db), event(db)
    assert record(db, one.actor(), same)["recorded"] == 1
    assert record(db, other.actor(), same)["recorded"] == 1


def test_the_time_of_the_app_is_bounded_by_that_of_the_server(db: psycopg.Connection) -> None:
    who = make_partner(db)
    batch = [event(db, ago="-3 hours"), event(db, "installed", "7 days"), event(db, ago="7 days 1 second")]
    assert record(db, who.actor(), *batch) == {"recording": True, "recorded": 2, "skipped": 1}
    assert [(kind, ago.total_seconds()) for kind, _, _, ago in kept(db, who)] == [
        ("opened", 0),
        ("installed", 7 * 86400),
    ]


def test_a_partner_adds_at_most_two_thousand_events_a_day(db: psycopg.Connection) -> None:
    who = make_partner(db)
    db.execute(
        "insert into public.usage_events (id, partner_id, kind, device, display, occurred_at)"
        " select gen_random_uuid(), %s, 'opened', 'phone', 'browser', private.now() from generate_series(1, 1999)",
        (who.id,),
    )
    assert record(db, who.actor(), event(db), event(db)) == {"recording": True, "recorded": 1, "skipped": 1}
    assert record(db, who.actor(), event(db)) == {"recording": True, "recorded": 0, "skipped": 1}


@pytest.mark.parametrize(
    ("changed", "field", "rule"),
    [
        ({"id": "x"}, "events[1].id", "uuid"),
        ({"id": None}, "events[1].id", "uuid"),
        ({"kind": "looked"}, "events[1].kind", "unknown"),
        ({"device": "watch"}, "events[1].device", "unknown"),
        ({"display": None}, "events[1].display", "unknown"),
        ({"occurred_at": "yesterday-ish"}, "events[1].occurred_at", "time"),
        ({"occurred_at": None}, "events[1].occurred_at", "time"),
        ({"feature": "leads.pipeline"}, "events[1].feature", "not_here"),
        ({"seconds": 5}, "events[1].seconds", "not_here"),
        ({"kind": "feature"}, "events[1].feature", "unknown"),
        ({"kind": "feature", "feature": "no.such"}, "events[1].feature", "unknown"),
        ({"kind": "foreground"}, "events[1].seconds", "range"),
        ({"kind": "foreground", "seconds": 0}, "events[1].seconds", "range"),
        ({"kind": "foreground", "seconds": 3601}, "events[1].seconds", "range"),
        ({"kind": "foreground", "seconds": 1.5}, "events[1].seconds", "range"),
        ({"kind": "foreground", "seconds": 10**20}, "events[1].seconds", "range"),
        ({"kind": "foreground", "seconds": "60"}, "events[1].seconds", "range"),
    ],
)
def test_a_wrong_event_is_refused_with_its_place_and_nothing_is_kept(
    db: psycopg.Connection, changed: dict[str, Any], field: str, rule: str
) -> None:
    who = make_partner(db)
    with pytest.raises(psycopg.Error) as caught, db.transaction():
        record(db, who.actor(), event(db), {**event(db), **changed})
    assert caught.value.sqlstate == "22023"
    details = json.loads(caught.value.diag.message_detail or "{}")
    assert (details["field"], details["rule"]) == (field, rule)
    assert kept(db, who) == []


@pytest.mark.parametrize(
    ("sent", "rule"), [(None, "list"), ({}, "list"), ("x", "list"), ([1], "object"), ([None], "object")]
)
def test_what_is_no_list_of_events_is_refused(db: psycopg.Connection, sent: Any, rule: str) -> None:
    with acting(db, make_partner(db).actor()), expect_refusal(db, "22023", rule):
        db.execute("select public.record_usage(%s)", (Jsonb(sent),))


def test_a_batch_has_an_end(db: psycopg.Connection) -> None:
    who = make_partner(db)
    assert record(db, who.actor(), *(event(db) for _ in range(100)))["recorded"] == 100
    with expect_refusal(db, "22023", "length"):
        record(db, who.actor(), *(event(db) for _ in range(101)))


def test_an_objection_stops_the_recording_and_removes_what_was_kept(db: psycopg.Connection) -> None:
    who, other = make_partner(db), make_partner(db)
    for each in (who, other):
        record(db, each.actor(), event(db))
    with acting(db, who.actor()):
        assert value(db, "select public.set_usage_recording(false)") == {"usage_recording": False}
    assert kept(db, who) == []
    assert record(db, who.actor(), event(db), "anything") == {"recording": False, "recorded": 0, "skipped": 0}
    assert (kept(db, who), len(kept(db, other))) == ([], 1)
    with acting(db, who.actor()):
        db.execute("select public.set_usage_recording(true)")
    assert record(db, who.actor(), event(db))["recorded"] == 1


@pytest.mark.parametrize(("sent", "recording"), [("1", False), ("0", True), ("", True)])
def test_global_privacy_control_is_kept_to(db: psycopg.Connection, sent: str, recording: bool) -> None:
    who = make_partner(db)
    with header(db, sec_gpc=sent):
        assert record(db, who.actor(), event(db))["recording"] is recording
    assert len(kept(db, who)) == int(recording)


def test_who_may_not_enter_is_not_recorded_but_may_object(db: psycopg.Connection) -> None:
    for status in ("suspended", "terminated"):
        who = make_partner(db, status=status)
        with expect_refusal(db, "42501", "partner_not_active"):
            record(db, who.actor(), event(db))
        with acting(db, who.actor()):
            assert value(db, "select public.set_usage_recording(false)") == {"usage_recording": False}
    with acting(db, make_staff(db, "admin").actor("aal2")), expect_refusal(db, "42501", "partner_only"):
        db.execute("select public.set_usage_recording(false)")


def test_nobody_rewrites_what_was_recorded(db: psycopg.Connection) -> None:
    who = make_partner(db)
    record(db, who.actor(), event(db))
    for statement in ("update public.usage_events set kind = 'installed'", "delete from public.usage_events",
                      "truncate public.usage_events"):  # fmt: skip
        with expect_refusal(db, "42501", "append_only"):
            db.execute(statement.encode())


def test_days_are_counted_once_and_outlive_the_events(db: psycopg.Connection) -> None:
    """Two partners on one day of 2020, older than 180 days: counted, then gone."""
    one, two = partner(db, "2020-01-01T00:00:00Z"), partner(db, "2020-01-01T00:00:00Z")
    db.execute("delete from private.usage_days")
    for who, at, seconds in (
        (one, "2020-03-01T00:00:00Z", 60), (one, "2020-03-01T12:00:00Z", 40), (two, "2020-03-01T23:59:59Z", 20),
        (two, "2020-03-02T00:00:00Z", 7),
    ):  # fmt: skip
        use(db, who, at, "foreground", seconds=seconds)
    today = make_partner(db)
    record(db, today.actor(), event(db))
    for _ in range(2):
        db.execute("select private.roll_up_usage()")
    counted = rows(
        db,
        "select day::text, events, partners, seconds from private.usage_days"
        " where kind = 'foreground' and day < '2021-01-01' order by day",
    )
    assert counted == [("2020-03-01", 3, 2, 120), ("2020-03-02", 1, 1, 7)]
    assert (kept(db, one), kept(db, two), len(kept(db, today))) == ([], [], 1)
    assert (
        value(db, "select count(*) from private.usage_days where day >= (private.now() at time zone 'UTC')::date") == 0
    )


def test_events_are_kept_for_180_days(db: psycopg.Connection) -> None:
    who = make_partner(db)
    for days in (179, 181):
        at = value(db, "select (private.now() - make_interval(days => %s))::text", days)
        use(db, who, at)
    db.execute("select private.roll_up_usage()")
    assert [row[3].days for row in kept(db, who)] == [179]
    jobs = rows(db, "select command from cron.job where jobname = 'roll-up-usage'")
    assert jobs == [("select private.roll_up_usage()",)]


# -- the survey -------------------------------------------------------------------------------------------------------


def due(db: psycopg.Connection, who: Person) -> bool:
    with acting(db, who.actor()):
        asked: dict[str, Any] = value(db, "select public.survey_due()")
    assert asked["quarter"] == value(db, "select date_trunc('quarter', private.now() at time zone 'UTC')::date::text")
    return bool(asked["due"])


def test_a_partner_is_asked_once_a_quarter(db: psycopg.Connection) -> None:
    who = partner(db, "2020-01-01T00:00:00Z")
    assert due(db, who)
    with acting(db, who.actor()):
        for comment in ("More decks", " More decks "):  # a phone repeats itself
            answer = value(db, "select public.answer_survey(4, %s)", comment)
            assert (answer["score"], answer["comment"]) == (4, "More decks")
        with expect_refusal(db, "PT409", "already_answered"):
            db.execute("select public.answer_survey(5)")
    assert not due(db, who)
    with expect_refusal(db, "42501", "append_only"):
        db.execute("update public.survey_answers set score = 5")
    assert rows(db, "select score from public.survey_answers where partner_id = %s", who.id) == [(4,)]


def test_last_quarters_answer_does_not_count_for_this_one(db: psycopg.Connection) -> None:
    who = partner(db, "2020-01-01T00:00:00Z")
    db.execute(
        "insert into public.survey_answers (partner_id, quarter, score)"
        " values (%s, private.current_quarter() - interval '3 months', 2)",
        (who.id,),
    )
    assert due(db, who)
    with acting(db, who.actor()):
        assert value(db, "select public.answer_survey(5)")["score"] == 5


def test_newcomers_and_who_is_not_active_are_not_asked(db: psycopg.Connection) -> None:
    assert not due(db, make_partner(db))
    for days, asked in ((29, False), (30, True)):
        joined = value(db, "select (private.now() - make_interval(days => %s))::text", days)
        assert due(db, partner(db, joined)) is asked
    for status in ("inactive", "suspended", "terminated"):
        who = partner(db, "2020-01-01T00:00:00Z", status=status)
        assert not due(db, who)
        with acting(db, who.actor()), expect_refusal(db, "42501", "partner_not_active"):
            db.execute("select public.answer_survey(5)")


@pytest.mark.parametrize(("score", "comment", "rule"), [(None, None, "range"), (0, None, "range"), (6, None, "range"),
                                                        (-1, None, "range"), (3, "x" * 1001, "length")])  # fmt: skip
def test_a_wrong_answer_is_refused(db: psycopg.Connection, score: int | None, comment: str | None, rule: str) -> None:
    with acting(db, make_partner(db).actor()), expect_refusal(db, "22023", rule):
        db.execute("select public.answer_survey(%s, %s)", (score, comment))

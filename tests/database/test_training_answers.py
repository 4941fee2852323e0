"""The right answers never leave the server (F-33)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.database.harness import (
    ANONYMOUS,
    SERVICE,
    Actor,
    acting,
    call,
    expect_refusal,
    make_partner,
    make_staff,
    rows,
    worker,
)
from tests.database.training_support import (
    Db,
    make_module,
    make_track,
    pass_module,
    quiz_of,
    read_lessons,
    start,
    submit,
)

SECRET_TABLES = (
    "public.quiz_questions",
    "public.quiz_options",
    "public.quiz_attempt_questions",
    "private.quiz_answer_keys",
    "private.quiz_explanations",
)
WORKERS = ("commissions", "payouts", "accounts", "notifications")


def keys_in(found: Any) -> set[str]:
    if isinstance(found, dict):
        return set(found) | {key for inner in found.values() for key in keys_in(inner)}
    if isinstance(found, list):
        return {key for inner in found for key in keys_in(inner)}
    return set()


def everybody(db: Db) -> list[Actor]:
    return [
        ANONYMOUS,
        SERVICE,
        make_partner(db).actor(),
        make_partner(db, tier="elite").actor("aal2"),
        make_partner(db, status="suspended").actor(),
        make_staff(db, "support").actor("aal2"),
        make_staff(db, "owner", "admin").actor("aal2"),
        *[worker(name) for name in WORKERS],
    ]


@pytest.mark.parametrize("table", SECRET_TABLES)
def test_nobody_reads_questions_options_or_keys_from_their_tables(db: Db, table: str) -> None:
    for actor in everybody(db):
        with acting(db, actor), expect_refusal(db, "42501"):
            rows(db, f"select * from {table}")  # noqa: S608 -- names are constants above


def test_a_started_quiz_shows_questions_and_options_and_nothing_else(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    attempt = start(db, partner, module)
    assert len(attempt["questions"]) == 3
    assert all(
        set(question) == {"id", "position", "question", "several", "options"} for question in attempt["questions"]
    )
    assert all(set(option) == {"id", "label"} for question in attempt["questions"] for option in question["options"])
    assert "gnu" not in str(attempt)


def test_the_place_of_an_option_says_nothing(db: Db) -> None:
    partner, module = make_partner(db), make_module(db, questions=40, drawn=40)
    read_lessons(db, partner, module)
    places = {
        [option["label"] for option in question["options"]].index("A")
        for question in start(db, partner, module)["questions"]
    }
    assert places == {0, 1, 2}


def test_a_failed_attempt_says_nothing_while_another_is_left(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    result = submit(db, partner, start(db, partner, module), right=1)
    assert (result["score"], result["passed"], result["attempts_left"]) == (33, False, 1)
    assert result["questions"] is None
    with acting(db, partner.actor()):
        assert call(db, "quiz_result", attempt_id=result["attempt_id"])["questions"] is None


def test_with_no_attempt_left_right_and_wrong_are_shown_but_no_explanation(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    submit(db, partner, start(db, partner, module), right=0)
    result = submit(db, partner, start(db, partner, module), right=1)
    assert result["attempts_left"] == 0
    assert [question["right"] for question in result["questions"]] == [True, False, False]
    assert "explanation" not in keys_in(result)
    assert result["next_attempt_at"] is not None


def test_after_passing_the_explanations_are_shown(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    result = submit(db, partner, start(db, partner, module), right=2)
    assert (result["score"], result["passed"]) == (66, True)
    assert {question["explanation"] for question in result["questions"]} == {"because of the gnu"}


def test_events_notifications_and_hints_carry_no_answer(db: Db) -> None:
    partner, module = make_partner(db), make_module(db, track=make_track(db))
    pass_module(db, partner, module)
    for table, column in (("ops.events", "partner_id"), ("public.notifications", "partner_id")):
        found = rows(db, f"select to_jsonb(t)::text from {table} t where {column} = %s", partner.id)  # noqa: S608
        assert found
        text = " ".join(row[0] for row in found)
        options = rows(
            db,
            "select option_id::text from private.quiz_answer_keys key join public.quiz_questions q"
            " on q.id = key.question_id where quiz_id = %s",
            quiz_of(db, module),
        )
        assert not [row[0] for row in options if row[0] in text]
        assert "gnu" not in text


def test_another_partners_attempt_does_not_exist(db: Db) -> None:
    partner, other, module = make_partner(db), make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    read_lessons(db, other, module)
    attempt = start(db, partner, module)
    with acting(db, other.actor()):
        with expect_refusal(db, "PT404"):
            call(db, "quiz_result", attempt_id=attempt["attempt_id"])
        with expect_refusal(db, "PT404"):
            call(db, "submit_quiz", attempt_id=attempt["attempt_id"], answers={})
        with expect_refusal(db, "23505"):
            call(db, "start_quiz", quiz_id=attempt["quiz_id"], attempt_id=attempt["attempt_id"])
        assert rows(db, "select * from public.quiz_attempts") == []

"""Attempts and their grading (F-33)."""

from __future__ import annotations

import uuid

import pytest

from tests.database.harness import (
    acting,
    by_hand,
    call,
    expect_refusal,
    make_partner,
    value,
)
from tests.database.training_support import (
    Db,
    make_module,
    pass_module,
    quiz_of,
    read_lessons,
    solve,
    start,
    submit,
)


def test_only_the_drawn_questions_and_their_options_can_be_answered(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    attempt = start(db, partner, module)
    drawn = [question["id"] for question in attempt["questions"]]
    left_out = value(
        db,
        "select id::text from public.quiz_questions where quiz_id = %s and id::text <> all (%s) limit 1",
        attempt["quiz_id"],
        drawn,
    )
    foreign = attempt["questions"][1]["options"][0]["id"]
    both = [option["id"] for option in attempt["questions"][0]["options"]][:2]
    with acting(db, partner.actor()):
        for answers, rule in (
            ({left_out: [foreign]}, "unknown_question"),
            ({drawn[0]: [foreign]}, "unknown_option"),
            ({drawn[0]: both}, "one_option"),
            ({drawn[0]: foreign}, "shape"),
            ({drawn[0]: [None]}, "unknown_option"),
        ):
            with expect_refusal(db, "22023", rule):
                call(db, "submit_quiz", attempt_id=attempt["attempt_id"], answers=answers)
    # A refusal left the attempt open; what is left out is wrong.
    answers = solve(db, attempt)
    with acting(db, partner.actor()):
        result = call(
            db, "submit_quiz", attempt_id=attempt["attempt_id"], answers={k: answers[k] for k in list(answers)[:2]}
        )
    assert (result["correct"], result["of"], result["score"]) == (2, 3, 66)


def test_several_right_options_must_all_be_chosen(db: Db) -> None:
    partner, module = make_partner(db), make_module(db, questions=1, drawn=1)
    quiz = quiz_of(db, module)
    db.execute("update public.quiz_questions set several = true where quiz_id = %s", (quiz,))
    db.execute(
        "insert into private.quiz_answer_keys select question_id, o.id from public.quiz_options o"
        " join public.quiz_questions q on q.id = o.question_id where q.quiz_id = %s and label = 'B'",
        (quiz,),
    )
    read_lessons(db, partner, module)
    for labels, score in (("A", 0), ("AB", 100)):
        attempt = start(db, partner, module)
        question = attempt["questions"][0]
        chosen = [option["id"] for option in question["options"] if option["label"] in labels]
        with acting(db, partner.actor()):
            result = call(db, "submit_quiz", attempt_id=attempt["attempt_id"], answers={question["id"]: chosen})
        assert result["score"] == score


def test_a_repeated_start_or_another_device_goes_on_with_the_open_attempt(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    first = start(db, partner, module)
    with acting(db, partner.actor()):
        assert call(db, "start_quiz", quiz_id=first["quiz_id"], attempt_id=first["attempt_id"]) == first
        assert call(db, "start_quiz", quiz_id=first["quiz_id"], attempt_id=uuid.uuid4()) == first


def test_a_repeated_submit_keeps_the_first_result(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    attempt = start(db, partner, module)
    first = submit(db, partner, attempt, right=0)
    assert submit(db, partner, attempt) == first
    assert not first["passed"]


def test_attempts_are_limited_per_24_hours(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    for _ in range(2):
        submit(db, partner, start(db, partner, module), right=0)
    quiz = quiz_of(db, module)
    with acting(db, partner.actor()), expect_refusal(db, "PT409", "attempts_used"):
        call(db, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4())


def test_an_attempt_out_of_time_counts_as_failed(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    attempt = start(db, partner, module)
    db.execute(
        "update public.quiz_attempts set expires_at = private.now() - interval '1 minute' where id = %s",
        (attempt["attempt_id"],),
    )
    result = submit(db, partner, attempt)
    assert (result["state"], result["passed"], result["score"], result["questions"]) == ("expired", False, 0, None)
    assert result["attempts_left"] == 1


def test_a_finished_attempt_is_never_changed(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    attempt = start(db, partner, module)
    submit(db, partner, attempt, right=0)
    with expect_refusal(db, "PT409", "attempt_closed"), by_hand(db):
        db.execute("update public.quiz_attempts set passed = true, score = 100 where id = %s", (attempt["attempt_id"],))
    with expect_refusal(db, "PT409", "attempt_closed"), by_hand(db):
        db.execute("delete from public.quiz_attempts where id = %s", (attempt["attempt_id"],))


def test_a_quiz_needs_the_lessons_before_it_and_is_not_repeated_after_passing(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    quiz = quiz_of(db, module)
    with acting(db, partner.actor()), expect_refusal(db, "PT409", "lessons_first"):
        call(db, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4())
    pass_module(db, partner, module)
    with acting(db, partner.actor()), expect_refusal(db, "PT409", "already_passed"):
        call(db, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4())


@pytest.mark.parametrize("status", ["suspended", "inactive", "terminated"])
def test_only_active_partners_take_quizzes(db: Db, status: str) -> None:
    partner, module = make_partner(db, status=status), make_module(db)
    quiz = quiz_of(db, module)
    with acting(db, partner.actor()), expect_refusal(db, "42501", "partner_not_active"):
        call(db, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4())

"""What the tests of training share: modules with quizzes, and partners who take them."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.database.harness import Person, acting, call, rows, value

Db = psycopg.Connection


def make_module(db: Db, *, tier: str = "starter", track: str | None = None, questions: int = 5, drawn: int = 3) -> Any:
    """A published module: one text lesson, then a quiz; every question's first option is right."""
    slug = f"module-{uuid.uuid4().hex}"
    module = value(
        db,
        "insert into public.training_modules (slug, title, channel, summary, tier_requirement, track, published_at)"
        " values (%s, %s, 'sales_fundamentals', 'Zebra summary', %s, %s, private.now()) returning id",
        slug, slug, tier, track,
    )  # fmt: skip
    value(
        db,
        "insert into public.lessons (module_id, position, kind, title, body)"
        " values (%s, 10, 'text', 'Reading', 'All about the okapi') returning id",
        module,
    )
    quiz_lesson = value(
        db,
        "insert into public.lessons (module_id, position, kind, title) values (%s, 20, 'quiz', 'Quiz') returning id",
        module,
    )
    quiz = value(
        db,
        "insert into public.quizzes (lesson_id, title, pass_percentage, max_attempts_per_day, questions_drawn)"
        " values (%s, 'Quiz', 60, 2, %s) returning id",
        quiz_lesson, drawn,
    )  # fmt: skip
    for number in range(questions):
        question = value(
            db,
            "insert into public.quiz_questions (quiz_id, question) values (%s, %s) returning id",
            quiz,
            f"Q{number}",
        )
        options = [
            value(
                db, "insert into public.quiz_options (question_id, label) values (%s, %s) returning id", question, label
            )
            for label in ("A", "B", "C")
        ]
        db.execute("insert into private.quiz_answer_keys values (%s, %s)", (question, options[0]))
        db.execute("insert into private.quiz_explanations values (%s, 'because of the gnu')", (question,))
    return module


def make_track(db: Db) -> str:
    track = f"track_{uuid.uuid4().hex}"
    # Begun before the passes: inside one transaction everything happens at the same instant.
    db.execute(
        "insert into public.training_tracks (track, title, version_since)"
        " values (%s, 'A track', private.now() - interval '5 years')",
        (track,),
    )
    return track


def quiz_of(db: Db, module: uuid.UUID) -> uuid.UUID:
    found: uuid.UUID = value(
        db,
        "select quiz.id from public.quizzes quiz join public.lessons on lessons.id = lesson_id where module_id = %s",
        module,
    )
    return found


def readings(db: Db, module: uuid.UUID) -> list[uuid.UUID]:
    return [
        row[0]
        for row in rows(
            db, "select id from public.lessons where module_id = %s and kind <> 'quiz' order by position", module
        )
    ]


def solve(db: Db, attempt: dict[str, Any], right: int | None = None) -> dict[str, list[str]]:
    """Answers to the drawn questions, the first ``right`` of them right. Needs a connection that is ``postgres``."""
    answers = {}
    for number, question in enumerate(attempt["questions"]):
        key = str(value(db, "select option_id from private.quiz_answer_keys where question_id = %s", question["id"]))
        wrong = next(option["id"] for option in question["options"] if option["id"] != key)
        answers[question["id"]] = [key if right is None or number < right else wrong]
    return answers


def read_lessons(db: Db, partner: Person, module: uuid.UUID) -> None:
    lessons = readings(db, module)
    with acting(db, partner.actor()):
        for lesson in lessons:
            call(db, "complete_lesson", lesson_id=lesson)


def start(db: Db, partner: Person, module: uuid.UUID) -> dict[str, Any]:
    quiz = quiz_of(db, module)
    with acting(db, partner.actor()):
        started: dict[str, Any] = call(db, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4())
    return started


def submit(db: Db, partner: Person, attempt: dict[str, Any], right: int | None = None) -> dict[str, Any]:
    answers = solve(db, attempt, right)
    with acting(db, partner.actor()):
        result: dict[str, Any] = call(db, "submit_quiz", attempt_id=attempt["attempt_id"], answers=answers)
    return result


def pass_module(db: Db, partner: Person, module: uuid.UUID) -> dict[str, Any]:
    read_lessons(db, partner, module)
    result = submit(db, partner, start(db, partner, module))
    assert result["passed"]
    return result


def certificates(db: Db, partner: Person) -> list[tuple[Any, ...]]:
    return rows(db, "select * from public.certificates where partner_id = %s", partner.id)


def complete(db: Db, partner: Person, track: str) -> Any:
    return value(db, "select private.training_complete(%s, %s)", partner.id, track)

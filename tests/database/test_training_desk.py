"""The desk of the training: modules, lessons, questions are saved whole; what somebody has seen is never rewritten."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, rows, value
from tests.database.training_support import Db, make_module, make_track, pass_module, quiz_of, start, submit

A_OR_B = [{"label": "A", "right": True}, {"label": "B", "right": False}]


@contextmanager
def at_the_desk(db: Db, who: Person) -> Iterator[None]:
    with acting(db, who.actor("aal2")):
        yield


def save_module(db: Db, **changed: Any) -> dict[str, Any]:
    slug = f"desk-{uuid.uuid4().hex}"
    fields: dict[str, Any] = {
        "id": uuid.uuid4(),
        "slug": slug,
        "title": "Pricing talks",
        "channel": "sales_fundamentals",
    }
    saved: dict[str, Any] = call(db, "save_module", **(fields | changed))
    return saved


def save_question(db: Db, number: uuid.UUID | str, quiz: uuid.UUID | str, **changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {"question": "Which?", "options": Jsonb(A_OR_B)} | changed
    saved: dict[str, Any] = call(db, "save_question", id=number, quiz_id=quiz, **fields)
    return saved


def test_a_module_is_written_published_taken_and_changed_through_functions_alone(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    with at_the_desk(db, admin):
        module = save_module(db)
        lesson, quiz_lesson = uuid.uuid4(), uuid.uuid4()
        call(
            db, "save_lesson", id=lesson, module_id=module["id"], kind="text", title="Reading", body="Talk about value."
        )
        call(db, "save_lesson", id=quiz_lesson, module_id=module["id"], kind="quiz", title="Quiz", position=200)
        assert call(db, "module_for_staff", module_id=module["id"])["problems"] == [
            'lesson "Quiz": its quiz is missing'
        ]
        with expect_refusal(db, "PT409", "incomplete"):
            call(db, "publish_module", module_id=module["id"])
        quiz = call(db, "save_quiz", lesson_id=quiz_lesson, title="Quiz", questions_drawn=1)
        save_question(db, uuid.uuid4(), quiz["id"], explanation="A is right")
        call(db, "publish_module", module_id=module["id"])
    result = pass_module(db, partner, uuid.UUID(module["id"]))
    assert result["score"] == 100
    with at_the_desk(db, admin):
        again = save_module(db, id=module["id"], slug=module["slug"], title="Talks about prices")
        assert (again["title"], again["version"]) == ("Talks about prices", 2)
    written = rows(
        db,
        "select type from ops.events where after ->> 'module_id' = %s and type like '%%\\_saved' order by id",
        module["id"],
    )
    assert [kind for (kind,) in written] == [
        "training.module_saved",
        *("training.lesson_saved", "training.lesson_saved"),
        *("training.quiz_saved", "training.question_saved", "training.module_saved"),
    ]


def test_a_form_sent_twice_is_saved_once(db: Db, admin: Person) -> None:
    with at_the_desk(db, admin):
        module = save_module(db)
        fields = {"id": uuid.uuid4(), "module_id": module["id"], "kind": "text", "title": "Reading"}
        assert call(db, "save_lesson", **fields) == call(db, "save_lesson", **fields)
        same = {k: module[k] for k in ("id", "slug", "title", "channel")}
        assert call(db, "save_module", **same) == module
    assert value(db, "select count(*) from ops.events where after ->> 'module_id' = %s", module["id"]) == 2


def test_a_published_module_never_becomes_incomplete(db: Db, admin: Person) -> None:
    module = make_module(db, questions=3, drawn=3)
    quiz = quiz_of(db, module)
    question, lesson = rows(
        db, "select q.id, z.lesson_id from public.quiz_questions q join public.quizzes z on z.id = quiz_id"
        " where quiz_id = %s limit 1", quiz,
    )[0]  # fmt: skip
    with at_the_desk(db, admin):
        for function, arguments in (
            ("set_question_retired", {"question_id": question, "retired": True}),
            ("save_quiz", {"lesson_id": lesson, "title": "Quiz", "questions_drawn": 4}),
            ("save_lesson", {"id": uuid.uuid4(), "module_id": module, "kind": "quiz", "title": "Another"}),
        ):
            with expect_refusal(db, "PT409", "incomplete"):
                call(db, function, **arguments)
        call(db, "unpublish_module", module_id=module)
        call(db, "set_question_retired", question_id=question, retired=True)
        call(db, "set_question_retired", question_id=question, retired=False)
        call(db, "publish_module", module_id=module)
    assert rows(db, "select problem from private.check_training_content where id = %s", module) == []


def test_a_question_that_was_drawn_is_replaced_and_the_attempt_keeps_its_wording(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    module = make_module(db, questions=1, drawn=1)
    quiz = quiz_of(db, module)
    (asked,) = rows(db, "select id from public.quiz_questions where quiz_id = %s", quiz)[0]
    with acting(db, partner.actor()):
        call(
            db,
            "complete_lesson",
            lesson_id=value(db, "select id from public.lessons where kind = 'text' and module_id = %s", module),
        )
    attempt = start(db, partner, module)
    with at_the_desk(db, admin):
        new = save_question(db, asked, quiz, question="Which one?")
        assert new["replaces"] == str(asked)
        assert new["id"] != str(asked)
        assert save_question(db, asked, quiz, question="Which one?") == new, "a repeat finds what stands there now"
        with expect_refusal(db, "PT409", "replaced"):
            call(db, "set_question_retired", question_id=asked, retired=False)
        changed = save_question(db, new["id"], quiz, question="Which of these?")
        assert changed["id"] == new["id"], "nobody has been asked this one"
    assert value(db, "select question from public.quiz_questions where id = %s", asked) == "Q0"
    assert submit(db, partner, attempt)["passed"]


def test_several_right_answers_are_told_from_the_options(db: Db, admin: Person) -> None:
    quiz = quiz_of(db, make_module(db))
    both = [{"label": "A", "right": True}, {"label": "B", "right": True}, {"label": "C", "right": False}]
    with at_the_desk(db, admin):
        saved = save_question(db, uuid.uuid4(), quiz, options=Jsonb(both))
    assert saved["several"] is True
    assert saved["options"] == both


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ([], "list"),
        (A_OR_B[:1], "list"),
        ([A_OR_B[0], "B"], "option"),
        ([A_OR_B[0], {"label": " ", "right": False}], "option"),
        ([A_OR_B[0], {"label": "B", "right": "no"}], "option"),
        ([A_OR_B[1], A_OR_B[1]], "none_right"),
    ],
)
def test_options_are_looked_at(db: Db, admin: Person, options: list[Any], rule: str) -> None:
    quiz = quiz_of(db, make_module(db))
    with at_the_desk(db, admin), expect_refusal(db, "22023", rule):
        save_question(db, uuid.uuid4(), quiz, options=Jsonb(options))


def test_fields_are_named_when_they_are_wrong(db: Db, admin: Person) -> None:
    with at_the_desk(db, admin):
        module = save_module(db, tier_requirement="performer")
        for changed, rule in (
            ({"id": None}, "required"),
            ({"slug": "Not A Slug"}, "format"),
            ({"title": " "}, "length"),
            ({"position": -1}, "range"),
            ({"channel": None}, "required"),
        ):
            with expect_refusal(db, "22023", rule):
                save_module(db, **changed)
        with expect_refusal(db, "23505", "taken"):
            save_module(db, slug=module["slug"])
        with expect_refusal(db, "PT404", "not_found"):
            save_module(db, track="no_such_track")
        video = {
            "id": uuid.uuid4(),
            "module_id": module["id"],
            "kind": "video",
            "title": "Film",
            "duration_seconds": 60,
        }
        for path, code, rule in (
            (None, "22023", "length"),
            ("starter/film.mp4", "22023", "path"),
            ("performer/film.mp4", "PT409", "file_missing"),
        ):
            with expect_refusal(db, code, rule):
                call(db, "save_lesson", **video, file_path=path)
        with expect_refusal(db, "22023", "unknown_field"):
            call(db, "save_lesson", **(video | {"kind": "text"}), file_path="performer/film.mp4")
    db.execute("insert into storage.objects (bucket_id, name) values ('training', 'performer/film.mp4')")
    with at_the_desk(db, admin):
        call(db, "save_lesson", **video, file_path="performer/film.mp4")
        with expect_refusal(db, "PT409", "fixed"):
            call(db, "save_lesson", **(video | {"kind": "text"}))


def test_a_renewed_track_asks_everybody_again_once(db: Db, admin: Person) -> None:
    track = make_track(db)
    with at_the_desk(db, admin):
        assert call(db, "renew_track", track=track, version=2)["version"] == 2
        assert call(db, "renew_track", track=track, version=2)["version"] == 2
        with expect_refusal(db, "PT409", "changed_meanwhile"):
            call(db, "renew_track", track=track, version=4)
        call(db, "save_track", track=track, title="Better", valid_months=12)
        assert rows(db, "select title, valid_months, version from public.training_tracks where track = %s", track) == [
            ("Better", 12, 2)
        ]


@pytest.mark.parametrize("role", ["support", "moderator", "finance"])
def test_only_admins_write_training_and_only_with_a_fresh_code(db: Db, admin: Person, role: str) -> None:
    module = make_module(db)
    with at_the_desk(db, make_staff(db, role)), expect_refusal(db, "42501", "role"):
        call(db, "module_for_staff", module_id=module)
    with acting(db, make_partner(db, tier="elite").actor()), expect_refusal(db, "42501", "staff_only"):
        call(db, "module_for_staff", module_id=module)
    with acting(db, admin.actor("aal2").with_mfa(3600)), expect_refusal(db, "PT403", "mfa_stale"):
        save_module(db)

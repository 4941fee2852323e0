"""Training: what opens with which tier, progress, assignments, publishing (A-42)."""

from __future__ import annotations

import uuid
from typing import Any

from tests.database.harness import (
    acting,
    by_hand,
    call,
    expect_refusal,
    make_partner,
    make_staff,
    rows,
    value,
)
from tests.database.training_support import (
    Db,
    make_module,
    make_track,
    pass_module,
    quiz_of,
    read_lessons,
    readings,
    start,
    submit,
)


def test_a_locked_module_shows_its_title_and_nothing_of_its_content(db: Db) -> None:
    module = make_module(db, tier="performer")
    quiz, lesson = quiz_of(db, module), readings(db, module)[0]
    db.execute(
        "insert into public.lessons (module_id, position, kind, title, file_path) values (%s, 30, 'resource', 'F', %s)",
        (module, f"performer/{module}.pdf"),
    )
    starter, performer = make_partner(db), make_partner(db, tier="performer")
    with acting(db, starter.actor()):
        assert rows(db, "select title from public.training_modules where id = %s", module)
        assert rows(db, "select 1 from public.lessons where module_id = %s", module) == []
        assert rows(db, "select 1 from public.quizzes where id = %s", quiz) == []
        assert [
            row[0] for row in rows(db, "select kind from public.search_training('zebra') where module_id = %s", module)
        ]
        assert rows(db, "select 1 from public.search_training('okapi') where module_id = %s", module) == []
        listed = [m for m in call(db, "training_overview")["modules"] if m["id"] == str(module)]
        assert listed[0]["locked"] is True
        with expect_refusal(db, "42501", "tier_locked"):
            call(db, "complete_lesson", lesson_id=lesson)
        with expect_refusal(db, "42501", "tier_locked"):
            call(db, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4())
        with expect_refusal(db, "42501"):
            db.execute("insert into public.lesson_progress (lesson_id) values (%s)", (lesson,))
    with acting(db, performer.actor()):
        assert len(rows(db, "select 1 from public.lessons where module_id = %s", module)) == 3
        assert rows(db, "select 1 from public.search_training('okapi') where lesson_id = %s", lesson)
        call(db, "complete_lesson", lesson_id=lesson)


def test_an_unpublished_module_exists_for_staff_alone(db: Db) -> None:
    module = make_module(db)
    with by_hand(db):
        db.execute("update public.training_modules set published_at = null where id = %s", (module,))
    lesson = readings(db, module)[0]
    with acting(db, make_partner(db, tier="elite").actor()):
        assert rows(db, "select 1 from public.training_modules where id = %s", module) == []
        assert rows(db, "select 1 from public.lessons where module_id = %s", module) == []
        with expect_refusal(db, "PT404"):
            call(db, "complete_lesson", lesson_id=lesson)
    with acting(db, make_staff(db, "admin").actor("aal2")):
        assert len(rows(db, "select 1 from public.lessons where module_id = %s", module)) == 2


def test_completion_follows_lessons_and_the_quiz(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)

    def progress() -> tuple[Any, ...]:
        with acting(db, partner.actor()):
            return rows(
                db,
                "select completion_percentage, quiz_score, certified from public.training_progress"
                " where module_id = %s",
                module,
            )[0]

    read_lessons(db, partner, module)
    assert progress() == (50, None, False)
    submit(db, partner, start(db, partner, module), right=0)
    assert progress() == (50, 0, False)
    submit(db, partner, start(db, partner, module))
    assert progress() == (100, 100, False)


def test_progress_of_a_device_never_goes_back_and_two_devices_share_a_row(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    lesson = value(
        db,
        "insert into public.lessons (module_id, position, kind, title, file_path, duration_seconds)"
        " values (%s, 15, 'video', 'V', 'starter/v.mp4', 100) returning id",
        module,
    )
    with acting(db, partner.actor()):
        with expect_refusal(db, "PT409", "video_not_watched"):
            call(db, "complete_lesson", lesson_id=lesson, position=89)
        first = call(db, "save_lesson_progress", lesson_id=lesson, position=60)
        assert call(db, "save_lesson_progress", lesson_id=lesson, position=20)["position_seconds"] == 60
        done = call(db, "complete_lesson", lesson_id=lesson, position=500)
        assert (done["id"], done["position_seconds"]) == (first["id"], 100)
    db.execute(
        "update public.lesson_progress set completed_at = null, position_seconds = 0 where lesson_id = %s", (lesson,)
    )
    kept = rows(
        db, "select position_seconds, completed_at is null from public.lesson_progress where lesson_id = %s", lesson
    )
    assert kept == [(100, False)]


def test_a_quiz_lesson_cannot_be_marked_complete(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    read_lessons(db, partner, module)
    lesson = value(db, "select id from public.lessons where module_id = %s and kind = 'quiz'", module)
    with acting(db, partner.actor()):
        with expect_refusal(db, "PT409", "quiz_first"):
            call(db, "complete_lesson", lesson_id=lesson)
        with expect_refusal(db, "42501"):
            db.execute("insert into public.lesson_progress (lesson_id, completed_at) values (%s, now())", (lesson,))


def test_a_leader_assigns_to_direct_members_only(db: Db) -> None:
    leader = make_partner(db, tier="performer")
    member = make_partner(db, tier="performer", leader=leader)
    of_member, stranger = make_partner(db, leader=member), make_partner(db)
    module = make_module(db)
    with acting(db, leader.actor()):
        given = call(db, "assign_training", module_id=module, partner_ids=[member.id], note="before Friday")
        assert given[0]["outcome"] == "assigned"
        again = call(db, "assign_training", module_id=module, partner_ids=[member.id])
        assert again[0]["outcome"] == "already_assigned"
        for outsider in (of_member, stranger, leader):
            with expect_refusal(db, "42501", "direct_members_only"):
                call(db, "assign_training", module_id=module, partner_ids=[member.id, outsider.id])
        assert [row["completion_percentage"] for row in call(db, "team_training")] == [0]
    with acting(db, member.actor()):
        assert len(rows(db, "select 1 from public.training_assignments")) == 1
        with expect_refusal(db, "42501", "direct_members_only"):
            call(db, "assign_training", module_id=module, partner_ids=[leader.id])
        with expect_refusal(db, "PT404"):
            call(db, "cancel_assignment", assignment_id=given[0]["assignment_id"])
    with acting(db, stranger.actor()):
        assert rows(db, "select 1 from public.training_assignments") == []
    pass_module(db, member, module)
    with acting(db, leader.actor()):
        row = call(db, "team_training")[0]
        assert row["completion_percentage"] == 100
        assert row["completed_at"] is not None
        assert rows(db, "select 1 from public.lesson_progress") == []
        assert (
            call(db, "assign_training", module_id=module, partner_ids=[member.id])[0]["outcome"] == "already_complete"
        )


def test_staff_assign_to_anybody_but_never_what_is_locked(db: Db) -> None:
    partner, support = make_partner(db), make_staff(db, "support").actor("aal2")
    open_module, locked = make_module(db), make_module(db, tier="elite")
    with acting(db, support):
        assert call(db, "assign_training", module_id=open_module, partner_ids=[partner.id])[0]["outcome"] == "assigned"
        with expect_refusal(db, "22023", "tier_locked"):
            call(db, "assign_training", module_id=locked, partner_ids=[partner.id])
    with acting(db, make_staff(db, "finance").actor("aal2")), expect_refusal(db, "42501"):
        call(db, "assign_training", module_id=open_module, partner_ids=[partner.id])


def test_a_due_assignment_is_reminded_once(db: Db) -> None:
    partner, module = make_partner(db), make_module(db)
    with acting(db, make_staff(db, "support").actor("aal2")):
        given = call(db, "assign_training", module_id=module, partner_ids=[partner.id])[0]
    db.execute(
        "update public.training_assignments set due_at = private.now() + interval '5 hours' where id = %s",
        (given["assignment_id"],),
    )
    for _ in range(2):
        db.execute("select private.run_training_clock()")
    told = "select count(*) from public.notifications where partner_id = %s and title = 'Training due within a day'"
    assert value(db, told, partner.id) == 1


def test_a_module_is_published_when_it_is_ready(db: Db) -> None:
    module = make_module(db, drawn=5, questions=4)
    with by_hand(db):
        db.execute("update public.training_modules set published_at = null where id = %s", (module,))
    with acting(db, make_staff(db, "admin").actor("aal2")), expect_refusal(db, "PT409", "incomplete"):
        call(db, "publish_module", module_id=module)
    # A file in the folder of a lower tier could be read by partners for whom the module is locked.
    file = (
        "insert into public.lessons (module_id, position, kind, title, file_path) values (%s, 5, 'resource', 'F', %s)"
    )
    db.execute(file, (module, "elite/f.pdf"))
    db.execute("update public.quizzes set questions_drawn = 4 where id = %s", (quiz_of(db, module),))
    with acting(db, make_staff(db, "admin").actor("aal2")), expect_refusal(db, "PT409", "incomplete"):
        call(db, "publish_module", module_id=module)
    db.execute("update public.training_modules set tier_requirement = 'elite' where id = %s", (module,))
    with acting(db, make_staff(db, "admin").actor("aal2")):
        first = call(db, "publish_module", module_id=module)
        call(db, "unpublish_module", module_id=module)
        assert call(db, "publish_module", module_id=module)["version"] == first["version"] + 1
    for actor in (make_partner(db).actor(), make_staff(db, "moderator").actor("aal2")):
        with acting(db, actor), expect_refusal(db, "42501"):
            call(db, "unpublish_module", module_id=module)


def test_the_content_that_ships_is_complete(db: Db) -> None:
    problems = "select problem from private.check_training_content join public.training_modules using (id)"
    assert rows(db, problems + " where track = 'core'") == []
    assert (
        value(db, "select count(*) from public.training_modules where track = 'core' and published_at is not null") == 4
    )


def test_saved_things_are_ones_own(db: Db) -> None:
    partner, other = make_partner(db), make_partner(db)
    lesson = readings(db, make_module(db))[0]
    with acting(db, partner.actor()):
        db.execute("insert into public.saved_items (kind, item_id) values ('lesson', %s)", (lesson,))
        with expect_refusal(db, "42501"):
            db.execute(
                "insert into public.saved_items (partner_id, kind, item_id) values (%s, 'lesson', %s)",
                (other.id, lesson),
            )
    with acting(db, other.actor()):
        assert rows(db, "select 1 from public.saved_items") == []
        assert db.execute("delete from public.saved_items").rowcount == 0
    with acting(db, partner.actor()):
        assert db.execute("delete from public.saved_items").rowcount == 1


def test_views_are_counted_once_a_day_and_partner(db: Db) -> None:
    module = make_module(db)
    for partner in (make_partner(db), make_partner(db)):
        with acting(db, partner.actor()):
            call(db, "record_module_view", module_id=module)
            call(db, "record_module_view", module_id=module)
            listed = [m for m in call(db, "training_overview")["modules"] if m["id"] == str(module)]
    assert listed[0]["views"] == 2


def test_a_suspended_partner_keeps_the_certificate_and_nothing_else(db: Db) -> None:
    partner, track = make_partner(db), make_track(db)
    pass_module(db, partner, make_module(db, track=track))
    db.execute("select private.set_status(%s, 'suspended', 'test')", (partner.id,))
    with acting(db, partner.actor()):
        assert len(rows(db, "select 1 from public.certificates")) == 1
        for table in (
            "training_modules",
            "lessons",
            "quizzes",
            "quiz_attempts",
            "lesson_progress",
            "training_progress",
        ):
            assert rows(db, f"select 1 from public.{table}") == [], table  # noqa: S608
        with expect_refusal(db, "42501", "no_access"):
            call(db, "training_overview")

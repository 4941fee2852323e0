"""Certificates: when they come, end and are taken back; one per partner and version (A-42, F-33)."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import (
    acting,
    as_actor,
    by_hand,
    call,
    expect_refusal,
    make_partner,
    make_staff,
    rows,
    value,
    without_triggers,
)
from tests.database.training_support import (
    Db,
    certificates,
    complete,
    make_module,
    make_track,
    pass_module,
    quiz_of,
    read_lessons,
    solve,
    start,
    submit,
)


def test_the_certificate_comes_with_the_last_module_of_the_track(db: Db) -> None:
    partner, track = make_partner(db), make_track(db)
    first, second = make_module(db, track=track), make_module(db, track=track)
    assert pass_module(db, partner, first)["certificate"] is None
    with acting(db, partner.actor()), expect_refusal(db, "PT409", "incomplete"):
        call(db, "claim_certificate", track=track)
    result = pass_module(db, partner, second)
    assert result["certificate"]["number"].startswith("SC-")
    assert len(certificates(db, partner)) == 1
    assert complete(db, partner, track)
    assert value(db, "select (private.measure_training_track(%s, 'active', %s)).value", partner.id, track) == 2
    with acting(db, partner.actor()):
        assert all(
            row[0]
            for row in rows(db, "select certified from public.training_progress where module_name like 'module-%%'")
        )
    with acting(db, make_partner(db).actor()):
        assert rows(db, "select 1 from public.certificates") == []


def test_lessons_alone_give_no_certificate(db: Db) -> None:
    partner, track = make_partner(db), make_track(db)
    module = make_module(db, track=track)
    db.execute("update public.lessons set retired_at = private.now() where module_id = %s and kind = 'quiz'", (module,))
    read_lessons(db, partner, module)
    with acting(db, partner.actor()), expect_refusal(db, "PT409", "incomplete"):
        call(db, "claim_certificate", track=track)
    assert certificates(db, partner) == []


def test_the_tier_checklist_counts_modules_and_only_the_certificate_completes_it(db: Db) -> None:
    partner, track = make_partner(db), make_track(db)
    first, second = make_module(db, track=track), make_module(db, track=track)
    pass_module(db, partner, first)
    fact = "select (f).value, (f).needed from private.measure_training_track(%s, 'active', %s) f"
    assert rows(db, fact, partner.id, track) == [(1, 2)]
    # The open module is taken away: the count alone does not complete the requirement, the certificate does.
    with by_hand(db):
        db.execute("update public.training_modules set published_at = null where id = %s", (second,))
    assert rows(db, fact, partner.id, track) == [(0, 1)]
    with acting(db, partner.actor()):
        assert call(db, "claim_certificate", track=track)["certified"] is True
    assert rows(db, fact, partner.id, track) == [(1, 1)]
    # A track without modules cannot be measured, so it hinders nobody.
    assert rows(db, fact, partner.id, make_track(db))[0][0] is None


def test_expiry_and_renewal(db: Db) -> None:
    partner, track = make_partner(db), make_track(db)
    module = make_module(db, track=track)
    pass_module(db, partner, module)
    with without_triggers(db):
        db.execute(
            "update public.quiz_attempts set started_at = started_at - interval '3 years',"
            " submitted_at = submitted_at - interval '3 years' where partner_id = %s",
            (partner.id,),
        )
    with by_hand(db):
        db.execute(
            "update public.certificates set issued_at = issued_at - interval '3 years',"
            " expires_at = expires_at - interval '3 years' where partner_id = %s",
            (partner.id,),
        )
    assert not complete(db, partner, track)
    db.execute("select private.run_training_clock()")
    db.execute("select private.run_training_clock()")
    told = "select count(*) from public.notifications where partner_id = %s and title = 'Certificate expired'"
    assert value(db, told, partner.id) == 1
    submit(db, partner, start(db, partner, module))
    assert complete(db, partner, track)
    assert len(certificates(db, partner)) == 1


def test_revoking_needs_an_admin_and_old_passes_do_not_bring_it_back(db: Db) -> None:
    partner, track = make_partner(db), make_track(db)
    module = make_module(db, track=track)
    pass_module(db, partner, module)
    certificate = value(db, "select id from public.certificates where partner_id = %s", partner.id)
    for actor in (partner.actor(), make_staff(db, "support").actor("aal2")):
        with acting(db, actor), expect_refusal(db, "42501"):
            call(db, "revoke_certificate", certificate_id=certificate, reason="shared answers")
    admin = make_staff(db, "admin")
    with acting(db, admin.actor()), expect_refusal(db, "PT403"):
        call(db, "revoke_certificate", certificate_id=certificate, reason="shared answers")
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "22023", "required"):
            call(db, "revoke_certificate", certificate_id=certificate, reason=" ")
        call(db, "revoke_certificate", certificate_id=certificate, reason="shared answers")
    assert not complete(db, partner, track)
    with acting(db, partner.actor()), expect_refusal(db, "PT409", "incomplete"):
        call(db, "claim_certificate", track=track)
    # Passed an hour after the revocation: a new one is earned, the revoked one stays.
    with by_hand(db):
        db.execute(
            "update public.certificates set issued_at = issued_at - interval '2 hours',"
            " revoked_at = revoked_at - interval '1 hour' where id = %s",
            (certificate,),
        )
    with acting(db, partner.actor()):
        assert call(db, "claim_certificate", track=track)["certified"] is True
    assert len(certificates(db, partner)) == 2


def test_a_new_version_of_a_track_leaves_old_certificates_valid(db: Db) -> None:
    partner, track = make_partner(db), make_track(db)
    module = make_module(db, track=track)
    pass_module(db, partner, module)
    db.execute("update public.training_tracks set version = 2 where track = %s", (track,))
    assert complete(db, partner, track)
    assert value(db, "select private.passed_at(%s, %s)", partner.id, quiz_of(db, module)) is None
    with expect_refusal(db, "22023", "version"):
        db.execute("update public.training_tracks set version = 1 where track = %s", (track,))


@pytest.fixture
def committed(settings: Settings) -> Iterator[Db]:
    """A connection as ``postgres`` whose every statement is committed: for what two connections must both see."""
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
        yield connection


def test_two_connections_finishing_at_once_get_one_certificate(settings: Settings, committed: Db) -> None:
    with committed.transaction():
        partner = make_partner(committed)
        modules = [
            row[0]
            for row in rows(
                committed,
                "select id from public.training_modules where track = 'core' and published_at is not null",
            )
        ]
    for module in modules[:-2]:
        with committed.transaction():
            pass_module(committed, partner, module)
    attempts = []
    for module in modules[-2:]:
        with committed.transaction():
            read_lessons(committed, partner, module)
            attempts.append(start(committed, partner, module))
    answers = [solve(committed, attempt) for attempt in attempts]
    assert certificates(committed, partner) == []
    results: list[dict[str, Any]] = []

    with psycopg.connect(settings.dsn("postgres")) as first, psycopg.connect(settings.dsn("postgres")) as second:
        as_actor(first, partner.actor())
        results.append(call(first, "submit_quiz", attempt_id=attempts[0]["attempt_id"], answers=answers[0]))

        def submit_second() -> None:
            as_actor(second, partner.actor())
            results.append(call(second, "submit_quiz", attempt_id=attempts[1]["attempt_id"], answers=answers[1]))
            second.commit()

        thread = threading.Thread(target=submit_second)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the second submit must wait for the first"
        first.commit()
        thread.join(10)
    assert [result["passed"] for result in results] == [True, True]
    checklist = "select met from private.requirements_of(%s, 'active') where kind = 'training_track'"
    assert value(committed, checklist, partner.id) is True
    assert len(certificates(committed, partner)) == 1
    # Whatever else writes at the same time: the index allows one.
    with pytest.raises(psycopg.errors.UniqueViolation), by_hand(committed):
        committed.execute(
            "insert into public.certificates (partner_id, track, version, expires_at)"
            " select partner_id, track, version, expires_at from public.certificates where partner_id = %s",
            (partner.id,),
        )


def test_two_devices_starting_at_once_share_one_attempt(settings: Settings, committed: Db) -> None:
    with committed.transaction():
        partner = make_partner(committed)
        module = value(committed, "select id from public.training_modules where slug = 'how-the-partnership-works'")
        read_lessons(committed, partner, module)
        quiz = quiz_of(committed, module)
    with psycopg.connect(settings.dsn("postgres")) as first, psycopg.connect(settings.dsn("postgres")) as second:
        as_actor(first, partner.actor())
        one = call(first, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4())
        other: list[dict[str, Any]] = []

        def start_second() -> None:
            as_actor(second, partner.actor())
            other.append(call(second, "start_quiz", quiz_id=quiz, attempt_id=uuid.uuid4()))
            second.commit()

        thread = threading.Thread(target=start_second)
        thread.start()
        thread.join(0.3)
        first.commit()
        thread.join(10)
    assert other[0]["attempt_id"] == one["attempt_id"]

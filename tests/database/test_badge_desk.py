"""Badges as staff define, give and take them back."""

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
    expect_refusal,
    insert_row,
    make_partner,
    make_staff,
    rows,
    value,
)

Db = psycopg.Connection[Any]


def new_name() -> str:
    return "desk_" + uuid.uuid4().hex[:20].translate(str.maketrans("0123456789", "ghijklmnop"))


def save(db: Db, admin: Person, **changed: Any) -> dict[str, Any]:
    badge = changed.get("badge_type", "desk")
    fields = {"badge_type": badge, "badge_name": f"Badge {badge}", "description": "Helped others", "position": 50}
    with acting(db, admin.actor("aal2")):
        saved: dict[str, Any] = call(db, "save_badge", **(fields | changed))
    return saved


def award(db: Db, staff: Person, partner: Person, badge: str, **changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": uuid.uuid4(),
        "partner_id": partner.id,
        "badge_type": badge,
        "reason": "Helped at the fair",
    }
    with acting(db, staff.actor("aal2")):
        given: dict[str, Any] = call(db, "award_badge", **(fields | changed))
    return given


def take_back(db: Db, staff: Person, award_id: str, reason: str = "It was somebody else") -> dict[str, Any]:
    with acting(db, staff.actor("aal2")):
        taken: dict[str, Any] = call(db, "take_back_badge", achievement_id=uuid.UUID(award_id), reason=reason)
    return taken


def seen_by(db: Db, watcher: Person, partner: Person) -> list[str]:
    with acting(db, watcher.actor()):
        found = rows(db, "select badge_type from public.achievements where partner_id = %s order by 1", partner.id)
    return [badge for (badge,) in found]


def told(db: Db, partner: Person) -> list[tuple[str, str]]:
    return [
        (title, message)
        for title, message in rows(
            db, "select title, message from public.notifications where partner_id = %s order by id", partner.id
        )
    ]


def events(db: Db, partner: Person) -> list[str]:
    found = rows(
        db, "select type from ops.events where partner_id = %s and type like 'achievement.%%' order by id", partner.id
    )
    return [kind for (kind,) in found]


def test_a_badge_is_given_taken_back_kept_as_history_and_given_again(db: Db, admin: Person, support: Person) -> None:
    partner, watcher, badge = make_partner(db), make_partner(db), new_name()
    save(db, admin, badge_type=badge)
    wanted = uuid.uuid4()
    given = award(db, support, partner, badge, id=wanted)
    assert award(db, support, partner, badge, id=wanted) == given, "the same call again"
    with expect_refusal(db, "PT409", "already_there"):
        award(db, support, partner, badge)
    with expect_refusal(db, "23505", "id_taken"):
        award(db, support, watcher, badge, id=wanted)
    assert seen_by(db, watcher, partner) == [badge]
    assert take_back(db, support, given["id"]) == take_back(db, support, given["id"], "again")
    assert seen_by(db, watcher, partner) == []
    award(db, admin, partner, badge, reason="It was them after all")
    assert seen_by(db, watcher, partner) == [badge]
    with acting(db, support.actor("aal2")):
        history = call(db, "badge_history", partner_id=partner.id)
    assert {(row["reason"], row["revoked_reason"]) for row in history} == {
        ("Helped at the fair", "It was somebody else"),
        ("It was them after all", None),
    }
    assert sorted(told(db, partner)) == [
        ("Badge earned", f"Badge {badge}: Helped at the fair"),
        ("Badge earned", f"Badge {badge}: It was them after all"),
        ("Badge taken back", f"Badge {badge}: It was somebody else"),
    ]
    assert events(db, partner) == ["achievement.awarded", "achievement.taken_back", "achievement.awarded"]
    with acting(db, partner.actor()), pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
        rows(db, "select revoked_reason from public.achievements")


def test_a_badge_taken_back_is_not_earned_by_itself_again(db: Db, support: Person) -> None:
    partner = make_partner(db)

    def log_a_lead() -> None:
        with acting(db, partner.actor()):
            insert_row(db, "leads", company_name=f"Client {uuid.uuid4().hex[:8]}")

    log_a_lead()
    assert seen_by(db, partner, partner) == ["first_lead"]
    take_back(db, support, str(value(db, "select id from public.achievements where partner_id = %s", partner.id)))
    log_a_lead()
    db.execute("select private.catch_up_awards()")
    assert seen_by(db, partner, partner) == []
    award(db, support, partner, "first_lead")
    assert seen_by(db, partner, partner) == ["first_lead"]


def test_a_retired_badge_is_kept_by_who_has_it_and_earned_by_nobody(db: Db, admin: Person, support: Person) -> None:
    first, second, badge = make_partner(db), make_partner(db), new_name()
    save(db, admin, badge_type=badge)
    award(db, support, first, badge)

    def retire(name: str, gone: bool) -> Any:
        with acting(db, admin.actor("aal2")):
            return call(db, "set_badge_retired", badge_type=name, retired=gone)

    assert retire(badge, True) == retire(badge, True)
    with expect_refusal(db, "PT409", "retired"):
        award(db, support, second, badge)
    assert seen_by(db, second, first) == [badge]
    retire("first_lead", True)
    with acting(db, second.actor()):
        insert_row(db, "leads", company_name="Client 17")
    assert seen_by(db, first, second) == []
    retire(badge, False)
    award(db, support, second, badge)
    changed = value(
        db,
        "select array_agg(type order by id) from ops.events"
        " where subject_kind = 'badge' and after ->> 'badge_type' = %s",
        badge,
    )
    assert changed == ["badge.saved", "badge.retired", "badge.restored"]


def test_a_badge_is_looked_at_and_saved_once(db: Db, admin: Person) -> None:
    badge = new_name()
    saved = save(db, admin, badge_type=badge)
    assert save(db, admin, badge_type=badge) == saved
    assert save(db, admin, badge_type=badge, description="Helped many")["description"] == "Helped many"
    for wrong, state, rule in (
        ({"badge_type": "Not a name"}, "22023", "format"),
        ({"badge_type": badge, "badge_name": " "}, "22023", "length"),
        ({"badge_type": badge, "description": ""}, "22023", "length"),
        ({"badge_type": badge, "position": -1}, "22023", "range"),
        ({"badge_type": new_name(), "badge_name": f"Badge {badge}"}, "23505", "taken"),
    ):
        with expect_refusal(db, state, rule):
            save(db, admin, **wrong)
    saved_events = "select count(*) from ops.events where type = 'badge.saved' and after ->> 'badge_type' = %s"
    assert value(db, saved_events, badge) == 2


def test_who_may_give_badges_and_to_whom(db: Db, admin: Person, support: Person) -> None:
    partner, badge, moderator = make_partner(db), new_name(), make_staff(db, "moderator")
    with expect_refusal(db, "42501", "role"):
        save(db, support, badge_type=badge)
    save(db, admin, badge_type=badge)
    with acting(db, support.actor("aal2")), expect_refusal(db, "42501", "role"):
        call(db, "set_badge_retired", badge_type=badge, retired=True)
    with expect_refusal(db, "42501", "role"):
        award(db, moderator, partner, badge)
    with expect_refusal(db, "22023", "length"):
        award(db, support, partner, badge, reason=" ")
    with expect_refusal(db, "PT404", "not_found"):
        award(db, support, partner, new_name())
    with expect_refusal(db, "PT404", "not_found"):
        award(db, support, partner, badge, partner_id=uuid.uuid4())
    with by_hand(db):
        db.execute("update private.auth_identities set staff_id = %s where partner_id = %s", (support.id, partner.id))
    with expect_refusal(db, "42501", "self_dealing"):
        award(db, support, partner, badge)
    given = award(db, admin, partner, badge)
    with expect_refusal(db, "42501", "self_dealing"):
        take_back(db, support, given["id"])
    with expect_refusal(db, "42501", "guarded"):
        db.execute("delete from public.achievements where id = %s", (given["id"],))

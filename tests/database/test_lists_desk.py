"""Small lists of admins: groups of channels, places of referral links, rules of follow-ups, the desk of challenges."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import Person, acting, call, call_as, expect_refusal, make_partner, rows, value
from tests.database.test_challenge_prizes import PRIZE, challenge, joined, verified

Db = psycopg.Connection[Any]


def events(db: Db, kind: str, key: str, given: Any) -> int:
    count: int = value(
        db, "select count(*) from ops.events where type = %s and after ->> %s = %s", kind, key, str(given)
    )
    return count


def test_channels_are_put_into_groups(db: Db, admin: Person) -> None:
    group, name = uuid.uuid4(), f"Group {uuid.uuid4().hex[:8]}"
    for _ in range(2):
        saved = call_as(db, admin, "save_category", id=group, name=f" {name} ", position=7)
    assert (saved["name"], saved["position"]) == (name, 7)
    assert events(db, "channel.category_saved", "name", name) == 1
    with expect_refusal(db, "23505", "taken"):
        call_as(db, admin, "save_category", id=uuid.uuid4(), name=name)
    channel = value(db, "select id from public.chat_channels where name = 'general-chat'")
    for _ in range(2):
        assert call_as(db, admin, "set_channel_category", channel_id=channel, category_id=group)["category_id"] == str(
            group
        )
    assert events(db, "channel.saved", "category_id", group) == 1
    with expect_refusal(db, "PT404", "not_found"):
        call_as(db, admin, "set_channel_category", channel_id=channel, category_id=uuid.uuid4())
    leader = make_partner(db, tier="performer")
    team = value(db, "select id from public.chat_channels where leader_id = %s", leader.id)
    with expect_refusal(db, "PT404", "not_found"):
        call_as(db, admin, "set_channel_category", channel_id=team, category_id=group)


def test_a_referral_link_leads_where_admins_allow_it(db: Db, admin: Person) -> None:
    partner, slug = make_partner(db), f"a-{uuid.uuid4().hex[:8]}"
    place = {"slug": slug, "label": "Prices", "path": f"/{slug}"}
    for _ in range(2):
        assert call_as(db, admin, "save_link_destination", **place)["active"] is True
    assert events(db, "link.destination_saved", "slug", slug) == 1
    with acting(db, partner.actor()):
        db.execute("insert into public.referral_links (code, destination) values (%s, %s)", (slug, slug))
    assert call(db, "record_click", code=slug)["destination"].endswith(f"/{slug}")
    call_as(db, admin, "save_link_destination", **place, active=False)
    assert call(db, "record_click", code=slug)["known"] is False
    for wrong, code, rule in (
        ({"slug": "home", "label": "Home page", "path": "/", "active": False}, "PT409", "fixed"),
        (place | {"slug": f"{slug}-b"}, "23505", "taken"), (place | {"path": "https://example.com"}, "22023", "format"),
        (place | {"slug": "A B"}, "22023", "format"),
    ):  # fmt: skip
        with expect_refusal(db, code, rule):
            call_as(db, admin, "save_link_destination", **wrong)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [({"status": "closed_won"}, "one_of"), ({"idle_days": 0}, "range"), ({"suggestion": " "}, "length")],
)
def test_a_rule_of_follow_ups_is_looked_at(db: Db, admin: Person, wrong: dict[str, Any], rule: str) -> None:
    fields: dict[str, Any] = {"status": "new", "idle_days": 3, "suggestion": f"Call them {uuid.uuid4().hex}"}
    for _ in range(2):
        call_as(db, admin, "save_follow_up_rule", **fields, active=False)
    found = rows(db, "select idle_days, suggestion, active from public.follow_up_rules where status = 'new'")
    assert found == [(3, fields["suggestion"], False)]
    assert (
        value(db, "select count(*) from ops.events where type = 'follow_up.rule_saved' and xid = pg_current_xact_id()")
        == 1
    )
    with expect_refusal(db, "22023", rule):
        call_as(db, admin, "save_follow_up_rule", **(fields | wrong))


def test_the_desk_of_challenges_sees_budget_and_entries(db: Db, support: Person) -> None:
    wanted = challenge(db, goal=1)
    joined(db, wanted)
    verified(db, joined(db, wanted))
    [seen] = [row for row in call_as(db, support, "challenges_for_staff", max_rows=500) if row["id"] == str(wanted)]
    assert (seen["budget"], seen["promised"], seen["entries"]) == (10 * PRIZE, PRIZE, {"running": 1, "provisional": 1})
    with expect_refusal(db, "22023", "range"):
        call_as(db, support, "challenges_for_staff", max_rows=501)

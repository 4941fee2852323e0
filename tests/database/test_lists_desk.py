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
    """How many of this test."""
    mine = "select count(*) from ops.events where type = %s and after ->> %s = %s and xid = pg_current_xact_id()"
    count: int = value(db, mine, kind, key, str(given))
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


def test_the_smallest_payout_of_a_currency(db: Db, finance: Person) -> None:
    """A new currency needs its digits and its yardstick; later the digits stay. Saying it again changes nothing."""
    new = {"currency": "KWD", "amount": 1_500, "reason": "Clients there pay in it"}
    for missing in ({"yardstick": 1_535}, {"minor_digits": 3}):
        with expect_refusal(db, "22023", "range"):
            call_as(db, finance, "set_payout_minimum", **new, **missing)
    made = call_as(db, finance, "set_payout_minimum", **new, minor_digits=3, yardstick=1_535)
    assert (made["one_approval_from"], made["two_approvals_from"]) == (30_700, 153_500)
    for _ in range(2):
        made = call_as(db, finance, "set_payout_minimum", **(new | {"amount": 2_000}))
    assert (made["amount"], made["minor_digits"], made["yardstick"]) == (2_000, 3, 1_535)
    assert events(db, "payout_minimum.set", "currency", "KWD") == 2
    for wrong, code, rule in (
        ({"currency": "kwd"}, "22023", "format"), ({"amount": 0}, "22023", "range"),
        ({"reason": "-"}, "22023", "length"),
        ({"minor_digits": 2}, "PT409", "fixed"), ({"currency": "USD", "yardstick": 6_000}, "PT409", "fixed"),
    ):  # fmt: skip
        with expect_refusal(db, code, rule):
            call_as(db, finance, "set_payout_minimum", **(new | wrong))


def test_the_fee_of_an_instant_payout(db: Db, finance: Person) -> None:
    fee = {"currency": "EUR", "fee_bp": 150, "minimum_fee": 45, "reason": "As Stripe asks from now on"}
    for _ in range(2):
        made = call_as(db, finance, "set_instant_fee", **fee)
    assert (made["fee_bp"], made["minimum_fee"]) == (150, 45)
    assert events(db, "instant_fee.set", "currency", "EUR") == 1
    assert value(db, "select private.instant_fee('EUR', 10000)") == 150
    for wrong, rule in (
        ({"currency": "XXX"}, "unknown_currency"), ({"fee_bp": 1_001}, "range"), ({"minimum_fee": -1}, "range"),
        ({"minimum_fee": 5_000}, "range"), ({"reason": ""}, "length"),
    ):  # fmt: skip
        with expect_refusal(db, "22023", rule):
            call_as(db, finance, "set_instant_fee", **(fee | wrong))


def test_a_benefit_opens_with_the_tier_that_has_it(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    with acting(db, partner.actor()):
        assert value(db, "select private.has_benefit('leads.scoring')") is False
    benefit = {"key": "leads.scoring", "tier": "starter", "position": 90, "title": "Scores", "area": "leads"}
    for _ in range(2):
        assert call_as(db, admin, "save_tier_benefit", **benefit)["title"] == "Scores"
    assert events(db, "tier.benefit_saved", "key", "leads.scoring") == 1
    with acting(db, partner.actor()):
        assert value(db, "select private.has_benefit('leads.scoring')") is True
    for wrong, code, rule in (
        ({"key": "leads.none"}, "PT404", "not_found"), ({"position": 1}, "23505", "taken"),
        ({"title": " "}, "22023", "length"), ({"area": "all"}, "22023", "one_of"),
    ):  # fmt: skip
        with expect_refusal(db, code, rule):
            call_as(db, admin, "save_tier_benefit", **(benefit | wrong))

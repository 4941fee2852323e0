"""Plans are versions; negotiated rates beat them; a win freezes what holds at its moment."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    expect_refusal,
    make_lead,
    make_partner,
    rows,
    value,
)
from tests.database.people_support import Db, claim, tier_of, wins

TWO_DEALS = {"requirements": [{"tier": "active", "kind": "qualified_deals", "threshold": 2}]}


def publish(db: Db, owner: Person, changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    with acting(db, owner.actor("aal2")):
        arguments: dict[str, Any] = {"request_id": uuid.uuid4(), "reason": "test"} | more
        result: dict[str, Any] = call(db, "publish_plan", changes=changes, **arguments)
        return result


def test_a_plan_is_never_edited(db: Db) -> None:
    for statement in (
        "update public.commission_plan_rates set base_bp = 9000",
        "delete from public.commission_plans",
        "insert into public.commission_plans (version, effective_from, reason) values (900, private.now(), 'mine')",
        "update public.tier_requirements set threshold = 1",
    ):
        with expect_refusal(db, "42501", "versioned"):
            db.execute(statement.encode())
    with expect_refusal(db, "42501", "versioned"):
        db.execute("update public.tier_definitions set min_qualified_deals = 1 where tier = 'elite'")


def test_preview_says_who_goes_up_and_changes_nothing(db: Db, admin: Person) -> None:
    partner = make_partner(db, name="Starter 77")
    db.execute("delete from private.requirement_sources where kind = 'training_track'")
    wins(db, partner, 2)
    before = rows(db, "select * from public.commission_plans order by version")
    with acting(db, admin.actor("aal2")):
        seen = call(db, "preview_plan", changes=TWO_DEALS | {"rates": {"starter": {"base_bp": 2100}}})
    assert {"what": "requirements.active.qualified_deals.threshold", "from": 3.0, "to": 2} in seen["changes"]
    assert {"what": "rates.starter.base_bp", "from": 2000, "to": 2100} in seen["changes"]
    assert len(seen["changes"]) == 2
    assert [(p["tier"], p["to_tier"]) for p in seen["promotions"] if p["id"] == str(partner.id)] == [
        ("starter", "active")
    ]
    assert [(r["from"], r["to"]) for r in seen["rates"]] == [(2000, 2100)]
    assert rows(db, "select * from public.commission_plans order by version") == before
    assert tier_of(db, partner) == "starter"


def test_a_published_version_lifts_partners_and_leaves_won_deals_alone(db: Db, owner: Person) -> None:
    partner = make_partner(db)
    db.execute("delete from private.requirement_sources where kind = 'training_track'")
    wins(db, partner, 2)
    with acting(db, partner.actor()):
        old = claim(db, partner)
    request = uuid.uuid4()
    made = publish(db, owner, TWO_DEALS | {"rates": {"active": {"base_bp": 2300}}}, request_id=request)
    assert publish(db, owner, TWO_DEALS, request_id=request)["id"] == made["id"], "the same request is one version"
    assert tier_of(db, partner) == "active"
    assert value(db, "select min_qualified_deals from public.tier_definitions where tier = 'active'") == 2
    with acting(db, partner.actor()):
        assert claim(db, partner)["rate"] == 2300
    assert value(db, "select rate_bp from public.deals where id = %s", old["id"]) == 2000
    assert rows(db, "select 1 from private.check_commission_rate_cache") == []


def test_a_higher_threshold_takes_nothing_from_anyone(db: Db, owner: Person) -> None:
    partner = make_partner(db)
    db.execute("delete from private.requirement_sources where kind = 'training_track'")
    wins(db, partner, 3)
    publish(db, owner, {"requirements": [{"tier": "active", "kind": "qualified_deals", "threshold": 5}]})
    value(db, "select private.review_tiers()")
    assert tier_of(db, partner) == "active"
    assert rows(db, "select 1 from public.tier_risks where partner_id = %s", partner.id) == []


def test_a_version_may_start_later_and_its_caches_follow_then(db: Db, owner: Person) -> None:
    partner = make_partner(db)
    soon = value(db, "select private.now() + interval '1 day'")
    publish(db, owner, {"rates": {"starter": {"base_bp": 1900}}}, effective_from=soon)
    assert value(db, "select commission_rate from public.partners where id = %s", partner.id) == 2000
    assert value(db, "select private.apply_plan()") is False
    with acting(db, owner.actor("aal2")), expect_refusal(db, "22023", "interval"):
        call(db, "publish_plan", changes=TWO_DEALS, reason="back", request_id=uuid.uuid4())


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "required"),
        ({"prices": {}}, "unknown"),
        ({"terms": {"id": 1}}, "unknown"),
        ({"rates": {"gold": {"base_bp": 1}}}, "unknown"),
        ({"rates": {"starter": {"bonus": 1}}}, "unknown"),
        ({"requirements": [{"tier": "active", "kind": "height", "threshold": 1}]}, "unknown"),
        ({"rates": {"starter": {"base_bp": 2000}}}, "no_change"),
    ],
)
def test_nonsense_is_refused(db: Db, owner: Person, changes: dict[str, Any], rule: str) -> None:
    with acting(db, owner.actor("aal2")), expect_refusal(db, "22023", rule):
        call(db, "publish_plan", changes=changes, reason="test", request_id=uuid.uuid4())


def test_only_owners_publish(db: Db, admin: Person, owner: Person) -> None:
    partner = make_partner(db)
    for actor, code in ((partner.actor("aal2"), "42501"), (admin.actor("aal2"), "42501"), (owner.actor(), "PT403")):
        with acting(db, actor), expect_refusal(db, code):
            call(db, "publish_plan", changes=TWO_DEALS, reason="test", request_id=uuid.uuid4())
    with acting(db, partner.actor("aal2")), expect_refusal(db, "42501", "staff_only"):
        call(db, "preview_plan", changes=TWO_DEALS)


def grant(db: Db, staff: Person, partner: Person, **terms: Any) -> dict[str, Any]:
    with acting(db, staff.actor("aal2")):
        arguments: dict[str, Any] = {"request_id": uuid.uuid4(), "reason": "agreed"} | terms
        result: dict[str, Any] = call(db, "grant_rate_override", partner_id=partner.id, **arguments)
        return result


def test_the_deals_own_rate_beats_the_partners_beats_the_tiers(db: Db, admin: Person) -> None:
    partner = make_partner(db, tier="elite")
    lead = make_lead(db, partner)
    grant(db, admin, partner, rate=3500)
    grant(db, admin, partner, rate=4000, lead_id=lead)
    assert value(db, "select commission_rate from public.partners where id = %s", partner.id) == 3500
    with acting(db, partner.actor()):
        special = call(db, "claim_win", lead_id=lead, value=100000, currency="USD", request_id=uuid.uuid4())
        usual = claim(db, partner)
    assert (special["rate"], usual["rate"]) == (4000, 3500)
    assert value(db, "select rate_override_id is not null from public.deals where id = %s", special["id"])
    with expect_refusal(db, "42501", "frozen_terms"):
        db.execute("update public.deals set rate_override_id = null where id = %s", (special["id"],))


def test_floor_and_cap_bound_the_tiers_rate(db: Db, admin: Person) -> None:
    low, high = make_partner(db, tier="starter"), make_partner(db, tier="elite")
    grant(db, admin, low, floor=2400)
    grant(db, admin, high, cap=2800)
    for partner, rate in ((low, 2400), (high, 2800)):
        with acting(db, partner.actor()):
            assert claim(db, partner)["rate"] == rate


def test_an_ended_rate_no_longer_applies_and_stays_on_record(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    made = grant(db, admin, partner, rate=2500)
    with acting(db, admin.actor("aal2")):
        call(db, "end_rate_override", override_id=uuid.UUID(made["id"]), reason="over")
        call(db, "end_rate_override", override_id=uuid.UUID(made["id"]), reason="over")
    with acting(db, partner.actor()):
        assert claim(db, partner)["rate"] == 2000
        assert rows(db, "select ended_reason from public.rate_overrides") == [("over",)]
    with expect_refusal(db, "42501", "guarded"):
        db.execute("update public.rate_overrides set rate_bp = 9000 where id = %s", (made["id"],))


@pytest.mark.parametrize(
    ("terms", "code", "rule"),
    [
        ({}, "22023", "required"),
        ({"rate": 2500, "reason": " "}, "22023", "required"),
        ({"rate": 4600}, "22023", "range"),
        ({"rate": 2000, "floor": 2500}, "22023", "range"),
        ({"rate": 2500, "lead_id": uuid.uuid4()}, "PT404", "not_found"),
    ],
)
def test_a_rate_outside_the_rules_is_refused(
    db: Db, admin: Person, terms: dict[str, Any], code: str, rule: str
) -> None:
    with expect_refusal(db, code, rule):
        grant(db, admin, make_partner(db), **terms)


def test_two_rates_never_cover_the_same_time(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    grant(db, admin, partner, rate=2500)
    with expect_refusal(db, "23505", "overlap"):
        grant(db, admin, partner, rate=2600)


def test_nobody_approves_a_rate_for_themselves(db: Db, admin: Person) -> None:
    twin = make_partner(db)
    with by_hand(db):
        db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (twin.id, admin.id))
    with expect_refusal(db, "42501", "self_dealing"):
        grant(db, admin, twin, rate=3000)

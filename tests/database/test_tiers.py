"""Who goes up, who goes down, and who may say so."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import Person, acting, by_hand, call, expect_refusal, make_partner, make_staff, rows, value
from tests.database.people_support import Db, age_tier, claim, excuse, notes, tier_of, win, wins

SPELLS = "select tier::text, kind from public.partner_tier_history where partner_id = %s order by valid_from"


@pytest.fixture
def starter(db: Db, admin: Person) -> Person:
    """A starter who has done the training."""
    partner = make_partner(db)
    excuse(db, partner, "active", "training_track", admin)
    return partner


def test_the_third_qualified_deal_promotes_at_once(db: Db, starter: Person) -> None:
    wins(db, starter, 2)
    assert tier_of(db, starter) == "starter"
    deal = win(db, starter, status="claimed")
    assert tier_of(db, starter) == "starter", "a claimed win is provisional"
    with by_hand(db):
        db.execute("update public.deals set status = 'verified', verified_at = private.now() where id = %s", (deal,))
    assert tier_of(db, starter) == "active"
    assert value(db, "select commission_rate from public.partners where id = %s", starter.id) == 2200
    assert rows(db, SPELLS, starter.id) == [("starter", "joined"), ("active", "promotion")]
    assert notes(db, starter, "tier_up") == ["You reached the Active tier"]
    events = rows(db, "select event from realtime.messages where topic = %s", f"partner:{starter.id}")
    assert {("tier.changed",), ("session.refresh",)} <= set(events)


def test_the_deal_that_crosses_the_threshold_keeps_the_old_rate(db: Db, starter: Person) -> None:
    wins(db, starter, 2)
    with acting(db, starter.actor()):
        third = claim(db, starter)
    with by_hand(db):
        db.execute(
            "update public.deals set status = 'verified', verified_at = private.now() where id = %s", (third["id"],)
        )
    with acting(db, starter.actor()):
        fourth = claim(db, starter)
    assert (third["tier"], third["rate"]) == ("starter", 2000)
    assert (fourth["tier"], fourth["rate"]) == ("active", 2200)


def test_training_and_time_in_tier_hold_a_promotion_back(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    db.execute("update private.requirement_sources set function = 'measure_time_in_tier' where kind = 'training_track'")
    db.execute(
        "insert into private.requirement_sources (kind, function) values ('training_track', 'measure_time_in_tier')"
        " on conflict do nothing"
    )
    wins(db, partner, 3)
    assert tier_of(db, partner) == "starter", "measured and not reached: it blocks"
    age_tier(db, partner, 1)
    value(db, "select private.evaluate_tier(%s)", partner.id)
    assert tier_of(db, partner) == "active"
    wins(db, partner, 7)
    assert tier_of(db, partner) == "active", "30 days in the tier are needed"
    age_tier(db, partner, 30)
    value(db, "select private.review_tiers()")
    assert tier_of(db, partner) == "performer"


def test_what_nobody_can_measure_never_blocks(db: Db) -> None:
    partner = make_partner(db, tier="active")
    db.execute("delete from private.requirement_sources where kind not in ('qualified_deals', 'time_in_tier_days')")
    age_tier(db, partner, 31)
    wins(db, partner, 10)
    assert tier_of(db, partner) == "performer"


def test_waivers_can_lift_over_several_tiers_with_one_interval_each(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    for tier in ("active", "performer"):
        for kind in ("training_track", "time_in_tier_days"):
            excuse(db, partner, tier, kind, admin)
    wins(db, partner, 9)
    assert tier_of(db, partner) == "active"
    win(db, partner)
    assert tier_of(db, partner) == "performer"
    assert rows(db, "select 1 from private.check_partner_tier_cache") == []


def test_waiving_is_for_admins_and_promotes_in_the_same_breath(db: Db, admin: Person) -> None:
    partner, support = make_partner(db, tier="active"), make_staff(db, "support")
    wins(db, partner, 10)
    arguments: dict[str, Any] = {
        "partner_id": partner.id,
        "tier": "performer",
        "kind": "time_in_tier_days",
        "reason": "moved from elsewhere",
    }
    for actor, code in (
        (partner.actor(), "42501"),
        (support.actor("aal2"), "42501"),
        (admin.actor("aal1"), "PT403"),
        (admin.actor("aal2").with_mfa(700), "PT403"),
    ):
        with acting(db, actor), expect_refusal(db, code):
            call(db, "waive_requirement", **arguments)
    with acting(db, admin.actor("aal2")):
        call(db, "waive_requirement", **arguments)
        call(db, "waive_requirement", **arguments)
    assert tier_of(db, partner) == "performer"
    assert value(db, "select count(*) from public.requirement_waivers where partner_id = %s", partner.id) == 1


def test_a_waiver_is_taken_back_and_what_was_reached_by_it_stays(db: Db, admin: Person) -> None:
    partner = make_partner(db, tier="active")
    wins(db, partner, 10)
    which: dict[str, Any] = {"partner_id": partner.id, "tier": "performer", "kind": "time_in_tier_days"}
    waived = "select waived from private.requirements_of(%s, 'performer') where kind = 'time_in_tier_days'"
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "withdraw_waiver", **which, reason="wrong partner")
        call(db, "waive_requirement", **which, reason="moved from elsewhere")
    assert value(db, waived, partner.id) is True
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "22023", "length"):
            call(db, "withdraw_waiver", **which, reason=" ")
        for _ in range(2):
            assert call(db, "withdraw_waiver", **which, reason="wrong partner")["withdrawn_reason"] == "wrong partner"
    assert value(db, waived, partner.id) is False
    assert tier_of(db, partner) == "performer"
    told = "select count(*) from ops.events where subject_id = %s and type = 'tier.waiver_withdrawn'"
    assert value(db, told, partner.id) == 1
    with acting(db, admin.actor("aal2")):
        call(db, "waive_requirement", **which, reason="the right one after all")
    assert value(db, waived, partner.id) is True


def test_a_suspended_partner_is_not_promoted_until_reinstated(db: Db, starter: Person, admin: Person) -> None:
    value(db, "select private.set_status(%s, 'suspended', 'review')", starter.id)
    wins(db, starter, 3)
    assert tier_of(db, starter) == "starter"
    with acting(db, admin.actor("aal2")):
        call(db, "reinstate_partner", partner_id=starter.id, reason="cleared")
    assert tier_of(db, starter) == "active"


def test_a_refund_warns_first_and_takes_one_tier_after_the_grace(db: Db, starter: Person) -> None:
    deals = wins(db, starter, 3)
    value(db, "select private.disqualify_deal(%s, 'refunded in full')", deals[0])
    assert tier_of(db, starter) == "active"
    assert "Your tier is at risk" in notes(db, starter, "account")
    value(db, "select private.review_tiers()")
    assert tier_of(db, starter) == "active", "30 days of grace"
    db.execute(
        "update public.tier_risks set ends_at = private.now() + interval '3 days' where partner_id = %s", (starter.id,)
    )
    value(db, "select private.review_tiers()")
    value(db, "select private.review_tiers()")
    assert notes(db, starter, "reminder") == ["Your tier is at risk"]
    lines = rows(db, "select * from public.commissions where partner_id = %s", starter.id)
    db.execute("update public.tier_risks set ends_at = private.now() where partner_id = %s", (starter.id,))
    value(db, "select private.review_tiers()")
    assert tier_of(db, starter) == "starter"
    assert rows(db, SPELLS, starter.id)[-1] == ("starter", "demotion")
    assert rows(db, "select * from public.commissions where partner_id = %s", starter.id) == lines


def test_a_new_deal_within_the_grace_saves_the_tier(db: Db, starter: Person) -> None:
    deals = wins(db, starter, 3)
    value(db, "select private.disqualify_deal(%s, 'refunded in full')", deals[0])
    win(db, starter)
    assert rows(db, "select outcome from public.tier_risks where partner_id = %s", starter.id) == [("recovered",)]
    value(db, "select private.requalify_deal(%s)", deals[0])
    assert value(db, "select private.qualified_deals(%s)", starter.id) == 4


def test_a_tier_given_by_staff_is_not_at_risk_for_lack_of_deals(db: Db) -> None:
    partner = make_partner(db, tier="performer")
    value(db, "select private.evaluate_tier(%s)", partner.id)
    assert rows(db, "select 1 from public.tier_risks where partner_id = %s", partner.id) == []


def test_tiers_cannot_be_written_by_hand(db: Db, starter: Person) -> None:
    for statement in (
        "update public.partners set current_tier = 'elite' where id = %s",
        "update public.partners set commission_rate = 9000 where id = %s",
        "update public.partner_tier_history set tier = 'elite' where partner_id = %s",
        "delete from public.partner_tier_history where partner_id = %s",
        "insert into public.partner_tier_history (partner_id, tier, reason) values (%s, 'elite', 'please')",
        "update public.partners set status = 'terminated' where id = %s",
    ):
        with expect_refusal(db, "42501", "guarded"):
            db.execute(statement.encode(), (starter.id,))


def test_a_downgrade_holds_can_be_appealed_once_and_is_decided_by_somebody_else(
    db: Db, starter: Person, admin: Person
) -> None:
    other = make_staff(db, "admin")
    wins(db, starter, 3)
    with acting(db, starter.actor()), expect_refusal(db, "PT409", "nothing_to_appeal"):
        call(db, "appeal_tier", statement="why?")
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "22023", "required"):
            call(db, "downgrade_partner", partner_id=starter.id, to_tier="starter", reason=" ")
        with expect_refusal(db, "22023", "lower_tier"):
            call(db, "downgrade_partner", partner_id=starter.id, to_tier="elite", reason="gift")
        call(db, "downgrade_partner", partner_id=starter.id, to_tier="starter", reason="false statements")
    win(db, starter)
    value(db, "select private.review_tiers()")
    assert tier_of(db, starter) == "starter", "the hold keeps the review from undoing it"
    with acting(db, starter.actor()):
        appeal = call(db, "appeal_tier", statement="that was somebody else")
        with expect_refusal(db, "PT409", "already_appealed"):
            call(db, "appeal_tier", statement="again")
    decision = {"appeal_id": appeal["id"], "decision": "granted", "answer": "You are right."}
    with acting(db, admin.actor("aal2")), expect_refusal(db, "42501", "four_eyes"):
        call(db, "decide_tier_appeal", **decision)
    with acting(db, other.actor("aal2")):
        call(db, "decide_tier_appeal", **decision)
        call(db, "decide_tier_appeal", **decision)
    assert tier_of(db, starter) == "active"


def test_the_tier_page_and_the_view_agree(db: Db, starter: Person) -> None:
    wins(db, starter, 2, days_ago=10)
    with acting(db, starter.actor()):
        page = call(db, "tier_status")
        view = rows(
            db,
            "select deals_count, progress_percentage, estimated_days_to_next, jsonb_array_length(requirements_met),"
            " next_tier_requirements -> 0 ->> 'kind' from public.tier_progression",
        )
    assert (page["qualified_deals"], page["next_tier"], page["deals_needed"], page["progress_percentage"]) == (
        2,
        "active",
        1,
        66,
    )
    assert view == [(2, 66, 45, 1, "qualified_deals")], "one own row; two deals in 90 days are one in 45"
    assert {rule["kind"]: rule["met"] for rule in page["requirements"]} == {
        "qualified_deals": False,
        "training_track": True,
    }
    assert page["next_benefits"][0]["key"] == "commission.referral"
    assert page["at_risk"] is None


def test_nobody_sees_the_progress_of_another(db: Db, starter: Person) -> None:
    stranger = make_partner(db)
    with acting(db, stranger.actor()):
        assert rows(db, "select 1 from public.tier_progression where partner_id = %s", starter.id) == []
        assert value(db, "select private.progress_of(%s)", starter.id) is None


def test_benefits_add_up_from_tier_to_tier(db: Db) -> None:
    own = dict(rows(db, "select tier::text, count(*) from public.tier_benefits group by tier"))
    expected = 0
    for tier in ("starter", "active", "performer", "elite"):
        partner = make_partner(db, tier=tier)
        expected += own[tier]
        with acting(db, partner.actor()):
            assert len(call(db, "my_features")["benefits"]) == expected
            assert value(db, "select private.has_benefit('commission.referral')") is (tier != "starter")


def test_a_flag_opens_a_feature_for_one_partner_or_a_tier(db: Db) -> None:
    chosen, elite, other = make_partner(db), make_partner(db, tier="elite"), make_partner(db)
    db.execute(
        "insert into public.feature_flags (key, description, enabled, min_tier)"
        " values ('beta.test_flag', 'test', true, 'elite')"
    )
    db.execute("insert into public.feature_flag_partners values ('beta.test_flag', %s, true)", (chosen.id,))
    for partner, expected in ((chosen, True), (elite, True), (other, False)):
        with acting(db, partner.actor()):
            assert ("beta.test_flag" in call(db, "my_features")["flags"]) is expected
    db.execute("update public.feature_flags set enabled = false where key = 'beta.test_flag'")
    with acting(db, chosen.actor()):
        assert value(db, "select private.has_flag('beta.test_flag')") is False


def test_two_verifications_at_once_promote_once(settings: Settings) -> None:
    """Each sees only its own deal until it has the partner: the second one counts both. Its rows stay."""
    with psycopg.connect(settings.dsn("postgres")) as maker:
        partner = make_partner(maker)
        excuse(maker, partner, "active", "training_track", make_staff(maker, "admin"))
        wins(maker, partner, 1)
        claimed = [win(maker, partner, status="claimed") for _ in range(2)]

    def verify(deal: uuid.UUID) -> None:
        with psycopg.connect(settings.dsn("postgres")) as connection:
            with by_hand(connection):
                connection.execute(
                    "update public.deals set status = 'verified', verified_at = private.now() where id = %s", (deal,)
                )
            connection.execute("select pg_sleep(0.2)")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(verify, claimed))
    with psycopg.connect(settings.dsn("postgres")) as reader:
        assert rows(reader, SPELLS, partner.id) == [("starter", "joined"), ("active", "promotion")]

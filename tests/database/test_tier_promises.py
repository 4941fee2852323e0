"""What every tier was promised: its rate, its shares of others' deals, and how many deals lead to the next."""

from __future__ import annotations

import pytest

from tests.database.harness import Person, call, make_partner, rows
from tests.database.money_support import balances, broken_invariants, leader_of_tier, lines_of, paid, win
from tests.database.people_support import Db, age_tier, excuse, tier_of, wins


@pytest.mark.parametrize(
    ("tier", "cents"), [("starter", 20_002), ("active", 22_002), ("performer", 25_003), ("elite", 30_003)]
)
def test_each_tier_earns_its_own_rate(db: Db, tier: str, cents: int) -> None:
    """1,000.11 at 20, 22, 25 and 30 percent."""
    partner = make_partner(db, tier=tier)
    deal = win(db, partner, 100_011)
    paid(db, deal, 100_011)
    assert lines_of(db, deal) == [("base", "pending", cents)]
    assert broken_invariants(db) == {}


@pytest.mark.parametrize("tier", ["performer", "elite"])
def test_a_leader_earns_a_tenth_of_the_teams_deals(db: Db, tier: str) -> None:
    """Below these tiers nobody leads."""
    leader = leader_of_tier(db, tier)
    paid(db, win(db, make_partner(db, leader=leader)), 100_000)
    assert balances(db, leader)[0] == 10_000


@pytest.mark.parametrize(("tier", "cents"), [("starter", 0), ("active", 1_000), ("performer", 1_000), ("elite", 1_000)])
def test_the_referral_bonus_stays_at_every_higher_tier(db: Db, tier: str, cents: int) -> None:
    """5 percent of what the recruit earns: 20 percent of 1,000.00."""
    recruiter, seller = make_partner(db, tier=tier), make_partner(db)
    call(db, "record_recruit", schema="private", recruit=seller.id, recruiter=recruiter.id, how="referral_code")
    paid(db, win(db, seller), 100_000)
    assert balances(db, recruiter)[0] == cents


@pytest.mark.parametrize(
    ("tier", "goal", "following"), [("starter", 3, "active"), ("active", 10, "performer"), ("performer", 25, "elite")]
)
def test_the_goal_of_each_tier_is_a_number_of_deals(
    db: Db, admin: Person, tier: str, goal: int, following: str
) -> None:
    partner = make_partner(db, tier=tier)
    for (kind,) in rows(
        db,
        "select distinct kind from public.tier_requirements where tier = %s and kind <> 'qualified_deals'",
        following,
    ):
        if kind != "time_in_tier_days":
            excuse(db, partner, following, kind, admin)
    age_tier(db, partner, 400)
    wins(db, partner, goal - 1)
    assert tier_of(db, partner) == tier
    wins(db, partner, 1)
    assert tier_of(db, partner) == following

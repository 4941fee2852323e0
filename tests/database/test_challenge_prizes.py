"""Prizes (A-50, F-14): expected until the deals have cleared, budgeted, once each, gone with their deals."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siso_local.settings import Settings
from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, rows, value
from tests.database.money_support import broken_invariants, paid, win

PRIZE = 50_000


def challenge(db: psycopg.Connection, goal: int = 2, budget: int = 10 * PRIZE) -> uuid.UUID:
    with acting(db, make_staff(db, "admin").actor("aal2")):
        made = call(
            db, "create_challenge", request_id=uuid.uuid4(), title="Deals of the week", goal=goal,
            starts_at=value(db, "select private.now() - interval '1 day'"),
            ends_at=value(db, "select private.now() + interval '6 days'"),
            prize_amount=PRIZE, prize_currency="USD", budget=budget,
        )  # fmt: skip
    return uuid.UUID(made["id"])


def joined(db: psycopg.Connection, wanted: uuid.UUID) -> Person:
    partner = make_partner(db)
    with acting(db, partner.actor()):
        call(db, "join_challenge", challenge_id=wanted)
    return partner


def verified(db: psycopg.Connection, partner: Person) -> dict[str, Any]:
    """A deal that staff have confirmed; the client has not paid yet."""
    deal = win(db, partner, 100_000)
    with acting(db, make_staff(db, "finance").actor("aal2")):
        call(db, "verify_deal", reference=deal["reference"], contracted_value=100_000)
    return deal


def cleared(db: psycopg.Connection, partner: Person) -> dict[str, Any]:
    """A deal whose commission is in the balance."""
    deal = verified(db, partner)
    paid(db, deal, 100_000)
    call(db, "clear_commissions", schema="worker")
    return deal


def entry(db: psycopg.Connection, wanted: uuid.UUID, partner: Person) -> tuple[str, int, str | None]:
    [found] = rows(
        db,
        "select status::text, progress, missed_reason from public.challenge_entries"
        " where challenge_id = %s and partner_id = %s",
        wanted, partner.id,
    )  # fmt: skip
    return found[0], found[1], found[2]


def bonuses(db: psycopg.Connection, partner: Person) -> list[tuple[str, int]]:
    return [
        (str(status), int(amount))
        for status, amount in rows(
            db,
            "select status, amount from public.commissions where partner_id = %s and kind = 'bonus'"
            " order by created_at, amount desc",
            partner.id,
        )
    ]


def falls(db: psycopg.Connection, deal: dict[str, Any]) -> None:
    """What a full refund does to a deal."""
    db.execute("select private.disqualify_deal(%s, 'refunded in full')", (deal["id"],))


def test_a_prize_is_expected_when_the_goal_is_reached_and_paid_when_the_deals_have_cleared(
    db: psycopg.Connection,
) -> None:
    wanted = challenge(db)
    partner = joined(db, wanted)
    win(db, partner)
    assert entry(db, wanted, partner) == ("running", 0, None)  # a claim is no deal yet
    first, second = verified(db, partner), verified(db, partner)
    assert entry(db, wanted, partner) == ("provisional", 2, None)
    assert bonuses(db, partner) == [("estimated", PRIZE)]
    for deal in (first, second):
        paid(db, deal, 100_000)
        assert bonuses(db, partner) == [("estimated", PRIZE)]
    call(db, "clear_commissions", schema="worker")
    assert entry(db, wanted, partner) == ("confirmed", 2, None)
    assert sorted(bonuses(db, partner)) == [("payable", PRIZE), ("settled", PRIZE)]
    cleared(db, partner)
    assert len(bonuses(db, partner)) == 2  # once per person
    assert broken_invariants(db) == {}


def test_a_deal_that_falls_takes_the_expected_prize_along(db: psycopg.Connection) -> None:
    wanted = challenge(db)
    partner = joined(db, wanted)
    deal = verified(db, partner)
    verified(db, partner)
    falls(db, deal)
    assert entry(db, wanted, partner) == ("running", 1, None)
    assert bonuses(db, partner) == [("reversed", PRIZE)]
    verified(db, partner)
    assert entry(db, wanted, partner) == ("provisional", 2, None)
    assert broken_invariants(db) == {}


def test_a_paid_prize_falls_in_the_transaction_of_its_deal(db: psycopg.Connection) -> None:
    wanted = challenge(db)
    partner = joined(db, wanted)
    deals = [cleared(db, partner) for _ in range(2)]
    assert entry(db, wanted, partner)[0] == "confirmed"
    falls(db, deals[0])
    assert entry(db, wanted, partner) == ("missed", 1, "reversed")
    net = value(
        db,
        "select sum(amount) from public.commissions where partner_id = %s and kind = 'bonus' and not estimate",
        partner.id,
    )
    assert net == 0
    assert broken_invariants(db) == {}


def test_the_budget_is_first_come_first_served(db: psycopg.Connection) -> None:
    wanted = challenge(db, goal=1, budget=PRIZE + 1)
    first, late = joined(db, wanted), joined(db, wanted)
    verified(db, first)
    verified(db, late)
    assert entry(db, wanted, first)[0] == "provisional"
    assert entry(db, wanted, late) == ("missed", 1, "budget")
    assert bonuses(db, late) == []
    assert broken_invariants(db) == {}


def test_what_was_won_before_joining_counts_and_what_was_won_before_the_start_does_not(db: psycopg.Connection) -> None:
    wanted = challenge(db, goal=1)
    partner = make_partner(db)
    verified(db, partner)
    with acting(db, partner.actor()):
        call(db, "join_challenge", challenge_id=wanted)
    assert entry(db, wanted, partner)[0] == "provisional"
    old = challenge(db, goal=1)
    db.execute("update public.challenges set starts_at = private.now() + interval '1 hour' where id = %s", (old,))
    with acting(db, partner.actor()):
        call(db, "join_challenge", challenge_id=old)
    assert entry(db, old, partner) == ("running", 0, None)


def test_a_prize_waits_under_a_hold(db: psycopg.Connection) -> None:
    wanted = challenge(db, goal=1)
    partner = joined(db, wanted)
    deal = verified(db, partner)
    with acting(db, make_staff(db, "finance").actor("aal2")):
        hold = call(db, "open_hold", partner_id=partner.id, reason="Looks odd", deal_reference=deal["reference"])
    paid(db, deal, 100_000)
    call(db, "clear_commissions", schema="worker")
    assert bonuses(db, partner) == [("estimated", PRIZE)]
    with acting(db, make_staff(db, "finance").actor("aal2")):
        call(db, "decide_hold", hold_id=uuid.UUID(hold["id"]), decision="released", reason="All is well")
    assert entry(db, wanted, partner)[0] == "confirmed"
    assert broken_invariants(db) == {}


def test_prizes_are_for_deals_and_their_terms_stay(db: psycopg.Connection) -> None:
    wanted = challenge(db)
    joined(db, wanted)
    with expect_refusal(db, "42501", "frozen_terms"):
        db.execute("update public.challenges set prize_amount = 1, budget = 1 where id = %s", (wanted,))
    with expect_refusal(db, "23514"):
        db.execute(
            "insert into public.challenges"
            " (title, metric, goal, starts_at, ends_at, prize_amount, prize_currency, budget)"
            " values ('Leads', 'leads_logged', 1, now(), now() + interval '1 day', 1, 'USD', 1)"
        )
    with acting(db, make_staff(db, "finance").actor("aal2")), expect_refusal(db, "42501", "role"):
        call(
            db, "create_challenge", request_id=uuid.uuid4(), title="Mine", goal=1,
            starts_at=value(db, "select now()"), ends_at=value(db, "select now() + interval '1 day'"),
        )  # fmt: skip


@given(
    goal=st.integers(1, 3),
    steps=st.lists(st.sampled_from(["win", "verify", "pay", "clear", "fall", "return"]), min_size=4, max_size=18),
    choice=st.randoms(use_true_random=False),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_happens_to_the_deals_the_prize_follows(
    settings: Settings, goal: int, steps: list[str], choice: Any
) -> None:
    """Deals are won, verified, paid, cleared, refunded and counted again in any order: a prize stands exactly as
    long as enough deals count, and never twice."""
    with psycopg.connect(settings.dsn("postgres")) as db:
        wanted = challenge(db, goal=goal)
        partner = joined(db, wanted)
        deals: list[dict[str, Any]] = []
        for step in ["verify", "pay", *steps]:
            if step == "win":
                deals.append(win(db, partner, 100_000))
            elif step == "verify":
                deals.append(verified(db, partner))
            elif step == "clear":
                call(db, "clear_commissions", schema="worker")
            elif deals:
                deal = choice.choice(deals)
                if step == "pay":
                    paid(db, deal, 1_000)
                elif step == "fall":
                    falls(db, deal)
                else:
                    db.execute("select private.requalify_deal(%s)", (deal["id"],))
            counting = value(
                db,
                "select count(*) from public.deals"
                " where partner_id = %s and status = 'verified' and disqualified_at is null",
                partner.id,
            )
            status, progress, _ = entry(db, wanted, partner)
            if status != "missed":
                assert progress == counting
                assert (status in ("provisional", "confirmed")) == (counting >= goal)
            net = value(
                db,
                "select coalesce(sum(amount), 0) from public.commissions"
                " where partner_id = %s and kind = 'bonus' and not estimate",
                partner.id,
            )
            assert net == (PRIZE if status == "confirmed" else 0)
            assert rows(db, "select * from private.check_challenge_prizes where partner_id = %s", partner.id) == []
        db.rollback()

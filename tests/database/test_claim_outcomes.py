"""What an accepted claim leads to (F-18): lines that two people sign, or another owner before the first cash."""

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
    make_partner,
    make_staff,
    rows,
    value,
    without_triggers,
)
from tests.database.money_support import balances, broken_invariants, disputed, paid, refunded, win
from tests.database.people_support import wins


def claimed(db: psycopg.Connection, partner: Person, **about: Any) -> uuid.UUID:
    claim = uuid.uuid4()
    given: dict[str, Any] = {"about": "other", "subject": "Client 17", "reason": "I brought this client in May."}
    with acting(db, partner.actor()):
        call(db, "open_claim", id=claim, **(about or given) | {"reason": given["reason"]})
    return claim


def accept(db: psycopg.Connection, staff: Person, claim: uuid.UUID, resolution: str, **more: Any) -> Any:
    with acting(db, staff.actor("aal2")):
        return call(
            db,
            "decide_claim",
            claim_id=claim,
            decision="accepted",
            reason="The mails show it.",
            resolution=resolution,
            **more,
        )


def sign(db: psycopg.Connection, claim: uuid.UUID) -> None:
    """A second person approves everything that was proposed for a claim."""
    with acting(db, make_staff(db, "finance").actor("aal2")):
        for (proposal,) in rows(
            db, "select id from public.adjustments where claim_id = %s and state = 'proposed'", claim
        ):
            call(db, "decide_adjustment", adjustment_id=proposal, decision="approved")


def line_of(db: psycopg.Connection, deal: Any) -> uuid.UUID:
    line: uuid.UUID = value(db, "select id from public.commissions where deal_id = %s and not estimate", deal["id"])
    return line


def lead_of(db: psycopg.Connection, deal: Any) -> uuid.UUID:
    lead: uuid.UUID = value(db, "select lead_id from public.deals where id = %s", deal["id"])
    return lead


def test_a_claim_about_a_line_is_paid_by_two_people(db: psycopg.Connection) -> None:
    partner, staff = make_partner(db), make_staff(db, "finance")
    deal = win(db, partner, 100_000)
    paid(db, deal, 100_000)
    line = line_of(db, deal)
    claim = claimed(db, partner, about="commission", subject_id=line)
    accept(db, staff, claim, "adjustment", amount=2_000, currency="USD")
    assert balances(db, partner) == (20_000, 0, 0)  # accepted, and still nobody alone has moved money
    with acting(db, staff.actor("aal2")), expect_refusal(db, "42501", "four_eyes"):
        call(db, "decide_adjustment", adjustment_id=claim, decision="approved")
    sign(db, claim)
    answer = rows(
        db,
        "select made.amount, made.corrects_id from public.attribution_claims as claim"
        " join public.commissions as made on made.id = claim.resolved_commission_id where claim.id = %s",
        claim,
    )
    assert answer == [(2_000, line)]
    assert sum(balances(db, partner)[:2]) == 22_000
    assert broken_invariants(db) == {}


def test_a_line_is_disputed_within_sixty_days_and_answered_in_five_business_days(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    deal = win(db, partner, 100_000)
    paid(db, deal, 100_000)
    line = line_of(db, deal)
    claim = claimed(db, partner, about="commission", subject_id=line)
    assert value(
        db,
        "select due_at = private.add_business_time(created_at, '45 hours')"
        " from public.attribution_claims where id = %s",
        claim,
    )
    with without_triggers(db):
        db.execute("update public.commissions set created_at = created_at - interval '61 days' where id = %s", (line,))
    with expect_refusal(db, "PT409", "too_late"):
        claimed(db, partner, about="commission", subject_id=line)


@pytest.mark.parametrize("verified", [False, True])
def test_before_cash_lead_and_deal_change_hands_on_the_new_owners_terms(db: psycopg.Connection, verified: bool) -> None:
    owner, partner = make_partner(db), make_partner(db, tier="elite")
    leader = make_partner(db, tier="performer")
    wins(db, leader, 1)
    db.execute(
        "insert into public.partner_teams (team_leader_id, team_member_id) values (%s, %s)", (leader.id, partner.id)
    )
    deal = win(db, owner, 100_000)
    if verified:
        with acting(db, make_staff(db, "finance").actor("aal2")):
            call(db, "verify_deal", reference=deal["reference"], contracted_value=100_000)
    claim = claimed(db, partner)
    lead = lead_of(db, deal)
    staff = make_staff(db, "support")
    with expect_refusal(db, "22023", "target"):
        accept(db, staff, claim, "reattribution")
    accept(db, staff, claim, "reattribution", lead_id=lead)
    now = rows(
        db,
        "select partner_id, tier_at_win::text, rate_bp, clearing_days, leader_id, override_bp"
        " from public.deals where id = %s",
        deal["id"],
    )  # fmt: skip
    assert now == [(partner.id, "elite", 3_000, 7, leader.id, 1_000)]
    estimates = rows(
        db,
        "select partner_id, status::text, amount from public.commissions"
        " where deal_id = %s and estimate order by amount",
        deal["id"],
    )
    assert estimates == [(owner.id, "reversed", 20_000), (partner.id, "estimated", 30_000)]
    counts = [value(db, "select private.qualified_deals(%s)", person.id) for person in (owner, partner)]
    assert counts == [0, int(verified)]
    with acting(db, owner.actor()):
        assert value(db, "select count(*) from public.leads where id = %s", lead) == 0
        assert value(db, "select count(*) from public.deals where id = %s", deal["id"]) == 0
    with acting(db, partner.actor()):
        assert value(db, "select count(*) from public.leads where id = %s", lead) == 1
    paid(db, deal, 100_000)
    assert (balances(db, owner)[0], balances(db, partner)[0]) == (0, 30_000)
    assert broken_invariants(db) == {}


def test_after_cash_explicit_lines_say_what_moves(db: psycopg.Connection) -> None:
    owner, partner, staff = make_partner(db), make_partner(db, tier="elite"), make_staff(db, "finance")
    deal = win(db, owner, 100_000)
    paid(db, deal, 50_000)
    claim = claimed(db, partner)
    lead = lead_of(db, deal)
    with expect_refusal(db, "42501", "role"):
        accept(db, make_staff(db, "support"), claim, "reattribution", lead_id=lead)
    accept(db, staff, claim, "reattribution", lead_id=lead)
    assert value(db, "select partner_id from public.deals where id = %s", deal["id"]) == owner.id
    sign(db, claim)
    lines = rows(
        db,
        "select partner_id, amount from public.adjustments where claim_id = %s and state = 'approved' order by amount",
        claim,
    )
    assert lines == [(owner.id, -10_000), (partner.id, 10_000)]
    assert value(db, "select resolved_commission_id is not null from public.attribution_claims where id = %s", claim)
    assert broken_invariants(db) == {}


def test_what_the_client_does_after_the_money_was_given_away_follows_it(db: psycopg.Connection) -> None:
    """A later payment goes on to the new owner, a refund takes from them; two people sign it each time."""
    owner, partner, staff = make_partner(db), make_partner(db), make_staff(db, "finance")
    deal = win(db, owner, 100_000)
    first = paid(db, deal, 50_000)
    claim = claimed(db, partner)
    accept(db, staff, claim, "reattribution", lead_id=lead_of(db, deal))
    sign(db, claim)

    def worth(person: Person) -> int:
        pending, payable, owed = balances(db, person)
        return pending + payable - owed

    def proposed() -> list[tuple[Any, ...]]:
        return rows(
            db,
            "select partner_id, amount, proposed_by from public.adjustments"
            " where claim_id = %s and state = 'proposed' order by amount",
            claim,
        )

    assert (worth(owner), worth(partner), proposed()) == (0, 10_000, [])
    second = paid(db, deal, 20_000)
    assert proposed() == [(owner.id, -4_000, staff.id), (partner.id, 4_000, staff.id)]
    assert (worth(owner), worth(partner)) == (4_000, 10_000), "nobody has signed it yet"
    with acting(db, staff.actor("aal2")), expect_refusal(db, "42501", "four_eyes"):
        call(
            db,
            "decide_adjustment",
            adjustment_id=value(
                db, "select id from public.adjustments where claim_id = %s and state = 'proposed' limit 1", claim
            ),
            decision="approved",
        )
    sign(db, claim)
    assert (worth(owner), worth(partner)) == (0, 14_000)
    refunded(db, deal, first, 30_000)
    assert proposed() == [(partner.id, -6_000, staff.id), (owner.id, 6_000, staff.id)]
    sign(db, claim)
    assert (worth(owner), worth(partner)) == (0, 8_000)
    refunded(db, deal, first, 20_000)
    refunded(db, deal, second, 20_000)
    sign(db, claim)
    assert (worth(owner), worth(partner), proposed()) == (0, 0, [])
    assert broken_invariants(db) == {}


def test_money_that_was_moved_is_held_with_its_deal(db: psycopg.Connection) -> None:
    owner, partner, staff = make_partner(db), make_partner(db), make_staff(db, "finance")
    deal = win(db, owner, 100_000)
    payment = paid(db, deal, 50_000)
    claim = claimed(db, partner)
    accept(db, staff, claim, "reattribution", lead_id=lead_of(db, deal))
    sign(db, claim)
    assert balances(db, partner) == (0, 10_000, 0)
    disputed(db, deal, payment, "payment.disputed", "dp", 50_000)
    assert balances(db, partner) == (10_000, 0, 0)
    assert broken_invariants(db) == {}


def test_both_sides_of_a_move_are_decided_together_and_a_declined_one_moves_nothing_later(
    db: psycopg.Connection,
) -> None:
    owner, partner, staff = make_partner(db), make_partner(db), make_staff(db, "finance")
    deal = win(db, owner, 100_000)
    payment = paid(db, deal, 50_000)
    claim = claimed(db, partner)
    accept(db, staff, claim, "reattribution", lead_id=lead_of(db, deal))
    half = value(db, "select id from public.adjustments where claim_id = %s and amount > 0", claim)
    with acting(db, make_staff(db, "finance").actor("aal2")):
        call(
            db, "decide_adjustment", adjustment_id=half, decision="declined", reason="The mails are from another year."
        )
    states = rows(db, "select state::text from public.adjustments where claim_id = %s", claim)
    assert states == [("declined",), ("declined",)]
    refunded(db, deal, payment, 50_000)
    assert value(db, "select count(*) from public.adjustments where claim_id = %s", claim) == 2
    assert broken_invariants(db) == {}


def test_a_deal_is_given_away_once(db: psycopg.Connection) -> None:
    owner, partner, third, staff = make_partner(db), make_partner(db), make_partner(db), make_staff(db, "finance")
    deal = win(db, owner, 100_000)
    paid(db, deal, 50_000)
    accept(db, staff, claimed(db, partner), "reattribution", lead_id=lead_of(db, deal))
    with expect_refusal(db, "PT409", "moved_before"):
        accept(db, staff, claimed(db, third), "reattribution", lead_id=lead_of(db, deal))


def test_whoever_decided_before_does_not_decide_the_claim(db: psycopg.Connection) -> None:
    partner, staff = make_partner(db), make_staff(db, "admin")
    deal = win(db, partner, 100_000)
    with acting(db, staff.actor("aal2")):
        call(db, "reject_deal", reference=deal["reference"], reason="No contract came")
    claim = claimed(db, partner, about="deal", subject_id=uuid.UUID(deal["id"]))
    with expect_refusal(db, "42501", "four_eyes"):
        accept(db, staff, claim, "none")
    assert accept(db, make_staff(db, "support"), claim, "none")["state"] == "accepted"


@pytest.mark.parametrize("side", ["claimant", "owner"])
def test_neither_side_decides_through_another_account(db: psycopg.Connection, side: str) -> None:
    owner, partner, staff = make_partner(db), make_partner(db), make_staff(db, "admin")
    deal = win(db, owner, 100_000)
    claim = claimed(db, partner)
    mail = f"person.{uuid.uuid4().hex}"
    person = {"claimant": partner, "owner": owner}[side]
    db.execute("update public.partners set email = %s where id = %s", (f"{mail}@example.com", person.id))
    with by_hand(db):
        db.execute("update public.staff_members set email = %s where id = %s", (f"{mail}+s@example.com", staff.id))
    with expect_refusal(db, "42501", "self_dealing"):
        accept(db, staff, claim, "reattribution", lead_id=lead_of(db, deal))
    assert value(db, "select partner_id from public.deals where id = %s", deal["id"]) == owner.id

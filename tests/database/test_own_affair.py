"""Nobody decides as staff about what they gain or lose by as a partner, whichever account they use; nor does a second
account of the same person count as a second person. One function says so for every decision."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.database.harness import Person, by_hand, call_as, expect_refusal, make_partner, make_staff, rows, value
from tests.database.money_support import leader_of_tier, team
from tests.database.payout_support import ask, earn, ready_partner

Db = psycopg.Connection


def same_mailbox(db: Db, staff: Person, other: Person) -> None:
    """``staff`` is a second account of the person behind ``other``, by the same mailbox."""
    name = f"person.{uuid.uuid4().hex}"
    with by_hand(db):
        db.execute("update public.partners set email = %s where id = %s", (f"{name}@example.com", other.id))
        db.execute("update public.staff_members set email = %s where id = %s", (f"{name}@example.com", other.id))
        db.execute("update public.staff_members set email = %s where id = %s", (f"{name}+desk@example.com", staff.id))


def same_login(db: Db, staff: Person, partner: Person) -> None:
    with by_hand(db):
        db.execute("update private.auth_identities set staff_id = %s where partner_id = %s", (staff.id, partner.id))


DECISIONS: dict[str, Callable[[Person], tuple[str, dict[str, Any]]]] = {
    "suspend": lambda member: ("suspend_partner", {"partner_id": member.id}),
    "terminate": lambda member: ("terminate_partner", {"partner_id": member.id}),
    "waive": lambda member: (
        "waive_requirement",
        {"partner_id": member.id, "tier": "performer", "kind": "time_in_tier_days"},
    ),
    "withdraw a waiver": lambda member: (
        "withdraw_waiver",
        {"partner_id": member.id, "tier": "performer", "kind": "time_in_tier_days"},
    ),
    "downgrade": lambda member: ("downgrade_partner", {"partner_id": member.id, "to_tier": "starter"}),
    "set the leader": lambda member: ("set_team_leader", {"member_id": member.id}),
    "set the rate": lambda member: (
        "grant_rate_override",
        {"partner_id": member.id, "rate": 2500, "request_id": uuid.uuid4()},
    ),
}


@pytest.mark.parametrize("account", [same_mailbox, same_login])
@pytest.mark.parametrize("decision", DECISIONS)
def test_no_decision_about_oneself(db: Db, decision: str, account: Callable[[Db, Person, Person], None]) -> None:
    partner, staff = make_partner(db), make_staff(db, "admin")
    account(db, staff, partner)
    function, arguments = DECISIONS[decision](partner)
    with expect_refusal(db, "42501", "self_dealing"):
        call_as(db, staff, function, **arguments, reason="A test")


@pytest.mark.parametrize("whose", ["leader", "recruiter"])
def test_no_rate_that_one_has_a_share_in(db: Db, admin: Person, whose: str) -> None:
    member, leader, recruiter = team(db)
    terms = {"partner_id": member.id, "rate": 2500, "reason": "x"}
    made = call_as(db, admin, "grant_rate_override", **terms, request_id=uuid.uuid4())
    staff = make_staff(db, "admin")
    same_mailbox(db, staff, leader if whose == "leader" else recruiter)
    with expect_refusal(db, "42501", "self_dealing"):
        call_as(db, staff, "grant_rate_override", **terms, request_id=uuid.uuid4())
    with expect_refusal(db, "42501", "self_dealing"):
        call_as(db, staff, "end_rate_override", override_id=uuid.UUID(made["id"]), reason="A test")


@pytest.mark.parametrize("whose", ["old leader", "new leader"])
def test_no_team_that_one_gains_or_loses_by(db: Db, whose: str) -> None:
    member, old, _ = team(db)
    new, staff = leader_of_tier(db, "performer"), make_staff(db, "admin")
    same_mailbox(db, staff, old if whose == "old leader" else new)
    with expect_refusal(db, "42501", "self_dealing"):
        call_as(db, staff, "set_team_leader", member_id=member.id, leader_id=new.id, reason="A test")


def test_a_second_account_is_no_second_person(db: Db, finance: Person) -> None:
    """Two approvals of one payout, a payout run and a reversal: by two people, not by two accounts."""
    again = make_staff(db, "finance")
    same_mailbox(db, again, finance)
    partner = ready_partner(db)
    earn(db, partner, 700_000)
    payout = ask(db, partner)
    which = {"payout_id": uuid.UUID(payout["id"])}
    assert value(db, "select approvals_needed from public.payouts where id = %s", which["payout_id"]) == 2
    call_as(db, finance, "approve_payout", **which)
    with expect_refusal(db, "42501", "four_eyes"):
        call_as(db, again, "approve_payout", **which)
    assert call_as(db, finance, "approve_payout", **which)["status"] == "draft", (
        "once more by the first changes nothing"
    )
    run = call_as(db, finance, "preview_payout_run", request_id=uuid.uuid4())
    with expect_refusal(db, "42501", "four_eyes"):
        call_as(db, again, "approve_payout_run", run_id=uuid.UUID(run["id"]))
    assert call_as(db, make_staff(db, "finance"), "approve_payout", **which)["status"] == "approved"


def test_one_function_says_whose_affair_it_is(db: Db) -> None:
    """A decision that compares by itself would forget second accounts. Roles of staff are about staff, not partners."""
    judges = "select proname from pg_proc where pronamespace = 'private'::regnamespace and prosrc like %s order by 1"
    others = rows(db, judges, "%, 'self_dealing')%")
    assert [name for (name,) in others] == ["grant_role", "require_others_affair"]
    assert value(db, "select private.is_own_affair(null)") is False

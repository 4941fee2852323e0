"""Corrections by two people (R-523): proposed by one, decided by another, neither of them the beneficiary."""

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
from tests.database.money_support import balances, broken_invariants, paid, win


def propose(db: psycopg.Connection, staff: Person, partner: Person, amount: int, **more: Any) -> Any:
    given: dict[str, Any] = {
        "request_id": uuid.uuid4(), "partner_id": partner.id, "amount": amount, "currency": "USD",
        "reason": "Wrong exchange rate in May",
    }  # fmt: skip
    with acting(db, staff.actor("aal2")):
        return call(db, "propose_adjustment", **given | more)


def decide(db: psycopg.Connection, staff: Person, proposal: Any, decision: str = "approved", **more: Any) -> Any:
    with acting(db, staff.actor("aal2")):
        return call(db, "decide_adjustment", adjustment_id=uuid.UUID(proposal["id"]), decision=decision, **more)


def two(db: psycopg.Connection, role: str = "finance") -> tuple[Person, Person]:
    return make_staff(db, role), make_staff(db, role)


def in_debt(db: psycopg.Connection, amount: int, partner: Person | None = None) -> Person:
    """A partner who owes: what was taken back is more than the balance."""
    partner = partner or make_partner(db)
    one, other = two(db)
    decide(db, other, propose(db, one, partner, -amount))
    assert balances(db, partner) == (0, 0, amount)
    return partner


def age_lines(db: psycopg.Connection, partner: Person, days: int) -> None:
    """As if the partner's lines had been made that long ago."""
    with without_triggers(db):
        db.execute(
            "update public.commissions set created_at = created_at - make_interval(days => %s) where partner_id = %s",
            (days, partner.id),
        )


@pytest.mark.parametrize("amount", [1, 5_000, -1, -5_000])
def test_two_people_post_a_line_once(db: psycopg.Connection, amount: int) -> None:
    partner, (one, other) = make_partner(db), two(db)
    request = uuid.uuid4()
    proposals = [propose(db, one, partner, amount, request_id=request) for _ in range(2)]
    assert proposals[0] == proposals[1]
    assert balances(db, partner) == (0, 0, 0)
    decided = [decide(db, other, proposals[0]) for _ in range(2)]
    assert decided[0]["line_id"] == decided[1]["line_id"] is not None
    line = rows(
        db,
        "select commission_type::text, status::text, amount, source, source_id, note from public.commissions"
        " where partner_id = %s",
        partner.id,
    )
    assert line == [("adjustment", "payable", amount, "adjustment", request, "Wrong exchange rate in May")]
    assert balances(db, partner) == ((0, amount, 0) if amount > 0 else (0, 0, -amount))
    with acting(db, partner.actor()):
        assert value(db, "select count(*) from public.adjustments") == 1
    assert broken_invariants(db) == {}


def test_a_debit_is_owed_and_counted_against_the_balance(db: psycopg.Connection) -> None:
    partner, (one, other) = make_partner(db), two(db)
    decide(db, other, propose(db, one, partner, 5_000))
    decide(db, other, propose(db, one, partner, -7_000))
    assert value(db, "select private.payable_balance(%s, 'USD')", partner.id) == -2_000
    assert balances(db, partner) == (0, 5_000, 7_000)
    decide(db, other, propose(db, one, partner, 3_000))
    assert value(db, "select private.payable_balance(%s, 'USD')", partner.id) == 1_000
    assert broken_invariants(db) == {}


def test_a_credit_waits_under_a_hold(db: psycopg.Connection) -> None:
    partner, (one, other) = make_partner(db), two(db)
    with acting(db, one.actor("aal2")):
        call(db, "open_hold", partner_id=partner.id, reason="Something looks odd")
    decide(db, other, propose(db, one, partner, 5_000))
    assert balances(db, partner) == (5_000, 0, 0)
    assert value(db, "select status::text from public.commissions where partner_id = %s", partner.id) == "held"
    assert broken_invariants(db) == {}


def test_a_correction_names_its_line(db: psycopg.Connection) -> None:
    partner, (one, other) = make_partner(db), two(db)
    deal = win(db, partner, 100_000)
    paid(db, deal, 100_000)
    line = value(db, "select id from public.commissions where deal_id = %s and not estimate", deal["id"])
    with expect_refusal(db, "PT404", "not_found"):
        propose(db, one, make_partner(db), 500, commission_id=line)
    with expect_refusal(db, "PT404", "not_found"):
        propose(db, one, partner, 500, commission_id=line, currency="EUR")
    decide(db, other, propose(db, one, partner, 500, commission_id=line))
    assert (
        value(
            db, "select corrects_id from public.commissions where source = 'adjustment' and partner_id = %s", partner.id
        )
        == line
    )
    assert broken_invariants(db) == {}


def test_the_same_person_does_not_sign_twice(db: psycopg.Connection) -> None:
    partner, (one, other) = make_partner(db), two(db)
    proposal = propose(db, one, partner, 5_000)
    with expect_refusal(db, "42501", "four_eyes"):
        decide(db, one, proposal)
    mail = f"person.{uuid.uuid4().hex}"
    second = make_staff(db, "admin")  # the same mailbox behind another account
    with by_hand(db):
        db.execute("update public.staff_members set email = %s where id = %s", (f"{mail}@example.com", one.id))
        db.execute("update public.staff_members set email = %s where id = %s", (f"{mail}+2@example.com", second.id))
    with expect_refusal(db, "42501", "four_eyes"):
        decide(db, second, proposal)
    mine = make_partner(db)
    third = make_staff(db, "admin")  # the same partner behind both accounts
    with by_hand(db):
        for staff in (one, third):
            db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (mine.id, staff.id))
    with expect_refusal(db, "42501", "four_eyes"):
        decide(db, third, proposal)
    with expect_refusal(db, "42501", "four_eyes"):
        decide(db, other, proposal, "withdrawn")
    assert balances(db, partner) == (0, 0, 0)
    assert decide(db, one, proposal, "withdrawn")["state"] == "withdrawn"
    with expect_refusal(db, "PT409", "wrong_state"):
        decide(db, other, proposal)


@pytest.mark.parametrize("account", ["same log-in", "same mailbox"])
@pytest.mark.parametrize("step", ["propose", "decide"])
def test_the_beneficiary_neither_proposes_nor_decides(db: psycopg.Connection, account: str, step: str) -> None:
    partner, (one, other) = make_partner(db), two(db)
    if account == "same log-in":
        with by_hand(db):
            db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (partner.id, other.id))
    else:
        mail = f"person.{uuid.uuid4().hex}"
        db.execute("update public.partners set email = %s where id = %s", (f"{mail}@example.com", partner.id))
        with by_hand(db):
            db.execute("update public.staff_members set email = %s where id = %s", (f"{mail}+s@example.com", other.id))
    if step == "propose":
        with expect_refusal(db, "42501", "self_dealing"):
            propose(db, other, partner, 5_000)
    else:
        proposal = propose(db, one, partner, 5_000)
        with expect_refusal(db, "42501", "self_dealing"):
            decide(db, other, proposal)
    assert balances(db, partner) == (0, 0, 0)


def test_who_may_not_touch_it_at_all(db: psycopg.Connection) -> None:
    partner, one = make_partner(db), make_staff(db, "finance")
    proposal = propose(db, one, partner, 5_000)
    request: dict[str, Any] = {
        "request_id": uuid.uuid4(),
        "partner_id": partner.id,
        "amount": 5_000,
        "currency": "USD",
        "reason": "Mine",
    }
    for actor, code, rule in (
        (partner.actor("aal2"), "42501", "staff_only"),
        (make_staff(db, "finance").actor(), "PT403", None),
        (make_staff(db, "finance").actor("aal2").with_mfa(601), "PT403", "mfa_stale"),
        (make_staff(db, "support").actor("aal2"), "42501", "role"),
    ):
        with acting(db, actor):
            with expect_refusal(db, code, rule):
                call(db, "propose_adjustment", **request)
            with expect_refusal(db, code, rule):
                call(db, "decide_adjustment", adjustment_id=uuid.UUID(proposal["id"]), decision="approved")
            with expect_refusal(db, "42501"):
                db.execute("update public.adjustments set state = 'approved'")
    with acting(db, partner.actor()):
        assert value(db, "select count(*) from public.adjustments") == 0
    with expect_refusal(db, "42501", "append_only"), by_hand(db):
        db.execute("update public.adjustments set amount = 1000000 where id = %s", (proposal["id"],))


def test_a_request_id_is_one_proposal(db: psycopg.Connection) -> None:
    partner, (one, other) = make_partner(db), two(db)
    request = uuid.uuid4()
    propose(db, one, partner, 5_000, request_id=request)
    for staff, amount in ((one, 6_000), (other, 5_000)):
        with expect_refusal(db, "23505", "request_id_reused"):
            propose(db, staff, partner, amount, request_id=request)
    for wrong, rule in (
        ({"amount": 0}, "range"),
        ({"reason": " "}, "length"),
        ({"currency": "XXX"}, "unknown_currency"),
    ):
        with expect_refusal(db, "22023", rule):
            propose(db, one, partner, **{"amount": 1} | wrong)


# -- old debts ---------------------------------------------------------------------------------------------------------
def write_off(db: psycopg.Connection, staff: Person, partner: Person) -> Any:
    with acting(db, staff.actor("aal2")):
        return call(
            db,
            "propose_write_off",
            request_id=uuid.uuid4(),
            partner_id=partner.id,
            currency="USD",
            reason="Out of reach",
        )


def test_an_old_debt_is_written_off_by_two_admins(db: psycopg.Connection) -> None:
    partner = in_debt(db, 4_500)
    one, other = two(db, "admin")
    decide(db, other, propose(db, one, partner, 500))
    with expect_refusal(db, "PT409", "debt_not_idle"):
        write_off(db, one, partner)
    age_lines(db, partner, 366)
    with expect_refusal(db, "42501", "role"):
        write_off(db, make_staff(db, "finance"), partner)
    proposal = write_off(db, one, partner)
    assert proposal["amount"] == 4_000
    with expect_refusal(db, "42501", "role"):
        decide(db, make_staff(db, "finance"), proposal)
    with expect_refusal(db, "42501", "four_eyes"):
        decide(db, one, proposal)
    decide(db, other, proposal)
    assert balances(db, partner) == (0, 0, 0)
    assert broken_invariants(db) == {}
    with expect_refusal(db, "PT409", "no_debt"):
        write_off(db, one, partner)
    decide(db, other, propose(db, one, partner, 300))  # what comes later is theirs in full
    assert balances(db, partner) == (0, 300, 0)
    assert broken_invariants(db) == {}


def test_whoever_leaves_may_be_forgiven_at_once_but_only_what_is_still_owed(db: psycopg.Connection) -> None:
    partner = in_debt(db, 4_000)
    one, other = two(db, "admin")
    with acting(db, one.actor("aal2")):
        call(db, "terminate_partner", partner_id=partner.id, reason="At their wish")
    proposal = write_off(db, one, partner)
    decide(db, other, propose(db, one, partner, -1_000))
    with expect_refusal(db, "PT409", "debt_changed"):
        decide(db, other, proposal)
    assert decide(db, other, proposal, "declined", reason="It has grown")["state"] == "declined"
    decide(db, other, write_off(db, one, partner))
    assert balances(db, partner) == (0, 0, 0)
    assert broken_invariants(db) == {}

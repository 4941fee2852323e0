"""A payout between its request and Stripe's answer: refunds, disputes, holds, refusals, late answers."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    make_staff,
    rows,
    value,
    worker,
)
from tests.database.money_support import balances, broken_invariants, disputed, lines_of, paid, refunded, team, win
from tests.database.payout_support import Db, ask, ready_partner


def cleared(db: Db, partner: Person, amount: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A deal that the client has paid, its commission in the balance; deal and payment."""
    deal = win(db, partner, amount)
    payment = paid(db, deal, amount)
    call(db, "clear_commissions", "worker")
    return deal, payment


def as_worker(db: Db, function: str, payout: dict[str, Any], **arguments: Any) -> Any:
    with acting(db, worker("payouts")):
        return call(db, function, "worker", payout=uuid.UUID(payout["id"]), **arguments)


def refuse(db: Db, payout: dict[str, Any], following: str) -> None:
    begun = as_worker(db, "begin_payout", payout)
    assert begun["action"] == "send", begun
    as_worker(
        db, "payout_refused", payout, seen_attempt=begun["attempt"], code="account_closed", message="closed",
        next=following,
    )  # fmt: skip


def arrive(db: Db, payout: dict[str, Any]) -> Any:
    """Stripe's webhook: the transfer exists."""
    return as_worker(
        db, "confirm_transfer", payout, transfer=f"tr_{payout['id']}", transfer_amount=payout["amount"],
        transfer_currency="usd",
    )  # fmt: skip


def state(db: Db, payout: dict[str, Any]) -> tuple[str, str | None]:
    [found] = rows(db, "select status::text, failure_code from public.payouts where id = %s", payout["id"])
    return found


def flag(db: Db, *partners: Person) -> None:
    """The same bank account: two people have to look."""
    db.execute(
        "update public.payout_accounts set destination_fingerprint = %s where partner_id = any (%s)",
        (uuid.uuid4().hex, [partner.id for partner in partners]),
    )


# -- taken back while it was in a payout --


def test_what_was_taken_back_in_a_payout_that_fails_is_neither_available_nor_owed(db: Db) -> None:
    partner = ready_partner(db)
    deal, payment = cleared(db, partner, 100_000)
    payout = ask(db, partner)
    as_worker(db, "begin_payout", payout)
    refunded(db, deal, payment, 100_000)
    assert balances(db, partner) == (0, 0, 20_000), "it may have left: a debt for now"
    as_worker(db, "payout_refused", payout, seen_attempt=1, code="account_closed", message="closed", next="fail")
    assert balances(db, partner) == (0, 0, 0)
    assert lines_of(db, deal) == [("base", "reversed", 20_000), ("reversal", "reversed", -20_000)]
    assert broken_invariants(db) == {}


def test_the_same_where_line_and_debt_were_in_two_payouts(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    deal, payment = cleared(db, partner, 100_000)
    first = ask(db, partner)
    refuse(db, first, "park")
    refunded(db, deal, payment, 100_000)
    assert balances(db, partner) == (0, 0, 20_000), "Stripe was asked for it: a debt"
    cleared(db, partner, 1_000_000)
    second = ask(db, partner)
    assert (second["amount"], second["status"]) == (180_000, "draft")
    for payout in (first, second):
        call_as(db, finance, "reject_payout", payout_id=payout["id"], reason="test")
    assert balances(db, partner) == (0, 200_000, 0)
    assert {status for _, status, _ in lines_of(db, deal)} == {"reversed"}
    assert broken_invariants(db) == {}


def test_the_check_finds_what_is_available_and_owed(db: Db) -> None:
    partner = ready_partner(db)
    deal, payment = cleared(db, partner, 100_000)
    payout = ask(db, partner)
    as_worker(db, "begin_payout", payout)
    refunded(db, deal, payment, 100_000)
    db.execute(
        "create or replace function private.retire_reversed(root uuid) returns boolean language sql as 'select false'"
    )
    as_worker(db, "payout_refused", payout, seen_attempt=1, code="account_closed", message="closed", next="fail")
    assert list(broken_invariants(db)) == ["check_spent_lines"]


# -- taken back before Stripe was asked --


@pytest.mark.parametrize("waiting", ["approved", "draft", "parked"])
@pytest.mark.parametrize("back", [1, 2])
def test_a_refund_calls_off_a_payout_that_stripe_was_never_asked_for(
    db: Db, admin: Person, waiting: str, back: int
) -> None:
    """In part (the half) or in full: nothing was paid, so nothing is owed, and what is left can be paid out."""
    partner, value_of_deal = ready_partner(db), 600_000 if waiting == "draft" else 100_000
    deal, payment = cleared(db, partner, value_of_deal)
    cleared(db, partner, 50_000)
    payout = ask(db, partner)
    if waiting == "parked":
        call_as(db, admin, "hold_payouts", partner_id=partner.id, reason="test")
        as_worker(db, "begin_payout", payout)
    assert state(db, payout)[0] == waiting
    refunded(db, deal, payment, value_of_deal * back // 2)
    assert state(db, payout) == ("cancelled", "money_taken_back")
    assert as_worker(db, "begin_payout", payout) == {"action": "skip", "status": "cancelled"}
    left = value_of_deal // 5 - value_of_deal // 5 * back // 2
    pending, payable, owed = balances(db, partner)
    assert (pending, payable - owed) == (0, left + 10_000)
    assert broken_invariants(db) == {}
    told = "select message from public.notifications where partner_id = %s and title = 'Payout called off'"
    assert "taken back" in value(db, told, partner.id)
    if waiting != "parked":
        assert ask(db, partner)["amount"] == left + 10_000
    assert broken_invariants(db) == {}


@pytest.mark.parametrize("decision", ["cancel_deal", "reject_deal"])
def test_a_closed_deal_calls_off_everybodys_payouts(db: Db, finance: Person, decision: str) -> None:
    """The leader's, too; another partner's and one that Stripe was asked for go on."""
    seller, leader, _ = team(db)
    stranger = ready_partner(db)
    for person in (seller, leader):
        db.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, tax_status)"
            " values (%s, %s, 'ready', 'complete')",
            (person.id, f"acct_{person.id.hex}"),
        )
    deal, _ = cleared(db, seller, 100_000)
    cleared(db, stranger, 100_000)
    others = ask(db, stranger)
    asked = ask(db, seller)
    as_worker(db, "begin_payout", asked)
    unsent = ask(db, leader)
    if decision == "reject_deal":
        with by_hand(db):
            db.execute("update public.deals set status = 'claimed', verified_at = null where id = %s", (deal["id"],))
    call_as(db, finance, decision, reference=deal["reference"], reason="no contract")
    assert state(db, unsent) == ("cancelled", "money_taken_back")
    assert (state(db, others)[0], state(db, asked)[0]) == ("approved", "sending")
    assert balances(db, leader) == (0, 0, 0)
    assert balances(db, seller) == (0, 0, 30_000), "that transfer may exist: a debt"
    assert broken_invariants(db) == {}


# -- disputed or held before it was sent --


@pytest.mark.parametrize("waiting", ["approved", "draft", "parked"])
def test_a_dispute_calls_off_a_payout_that_stripe_was_never_asked_for(db: Db, admin: Person, waiting: str) -> None:
    partner, value_of_deal = ready_partner(db), 600_000 if waiting == "draft" else 100_000
    deal, payment = cleared(db, partner, value_of_deal)
    cleared(db, partner, 50_000)
    payout = ask(db, partner)
    if waiting == "parked":
        call_as(db, admin, "hold_payouts", partner_id=partner.id, reason="test")
        as_worker(db, "begin_payout", payout)
    assert state(db, payout)[0] == waiting
    disputed(db, deal, payment, "payment.disputed", "dp", value_of_deal)
    assert state(db, payout) == ("cancelled", "money_held")
    assert as_worker(db, "begin_payout", payout) == {"action": "skip", "status": "cancelled"}
    assert balances(db, partner) == (value_of_deal // 5, 10_000, 0)
    assert lines_of(db, deal) == [("base", "disputed", value_of_deal // 5)]
    told = "select message from public.notifications where partner_id = %s and title = 'Payout called off'"
    assert deal["reference"] in value(db, told, partner.id)
    assert broken_invariants(db) == {}
    disputed(db, deal, payment, "dispute.lost", "dp", value_of_deal)
    assert balances(db, partner) == (0, 10_000, 0), "nothing was paid that is owed now"
    assert broken_invariants(db) == {}


def test_others_who_earn_from_the_disputed_deal_are_stopped_too_and_not_told_why(db: Db) -> None:
    seller, leader, _ = team(db)
    db.execute(
        "insert into public.payout_accounts (partner_id, stripe_account_id, status) values (%s, %s, 'ready')",
        (leader.id, f"acct_{leader.id.hex}"),
    )
    deal, payment = cleared(db, seller, 100_000)
    payout = ask(db, leader)
    disputed(db, deal, payment, "payment.disputed", "dp", 100_000)
    assert state(db, payout) == ("cancelled", "money_held")
    assert balances(db, leader) == (10_000, 0, 0)
    told = "select message from public.notifications where partner_id = %s and title = 'Payout called off'"
    assert "under review" in value(db, told, leader.id)
    assert "dispute" not in value(db, told, leader.id)


def test_a_dispute_after_stripe_was_asked_leaves_the_payout_alone(db: Db) -> None:
    """The transfer may exist: the money is owed only once the dispute is lost."""
    partner = ready_partner(db)
    deal, payment = cleared(db, partner, 100_000)
    payout = ask(db, partner)
    as_worker(db, "begin_payout", payout)
    disputed(db, deal, payment, "payment.disputed", "dp", 100_000)
    assert state(db, payout)[0] == "sending"
    arrive(db, payout)
    disputed(db, deal, payment, "dispute.lost", "dp", 100_000)
    assert balances(db, partner) == (0, 0, 20_000)
    assert broken_invariants(db) == {}


def test_a_hold_that_did_not_see_the_payout_is_seen_before_it_is_sent(db: Db) -> None:
    """Hold and request at the same moment: neither sees the other, so the last step looks again."""
    partner = ready_partner(db)
    deal, _ = cleared(db, partner, 100_000)
    payout = ask(db, partner)
    db.execute(
        "insert into public.risk_holds (partner_id, deal_id, reason_code, evidence_class, review_by, opened_by)"
        " values (%s, %s, 'velocity', 'behaviour', private.now(), 'rule')",
        (partner.id, deal["id"]),
    )
    assert as_worker(db, "begin_payout", payout) == {"action": "skip", "status": "cancelled"}
    assert balances(db, partner) == (20_000, 0, 0)
    assert broken_invariants(db) == {}


def test_forfeited_money_does_not_leave_in_a_payout_that_waits(db: Db, admin: Person) -> None:
    """A hold on everything lets payouts wait for two people; when it is upheld they are called off."""
    partner = ready_partner(db)
    cleared(db, partner, 100_000)
    payout = ask(db, partner)
    hold = value(
        db,
        "select (private.place_hold(%s, 'refund_rate', 'behaviour', private.now() + interval '5 days', 'rule')).id",
        partner.id,
    )
    assert as_worker(db, "begin_payout", payout) == {"action": "park", "why": "needs_approval"}
    call_as(db, admin, "decide_hold", hold_id=hold, decision="upheld", reason="invented clients")
    assert state(db, payout) == ("cancelled", "money_held")
    assert balances(db, partner) == (0, 0, 0)
    assert broken_invariants(db) == {}


# -- refused, and what staff can do then --


@pytest.mark.parametrize("waiting", ["parked", "draft"])
def test_what_stripe_refused_can_be_given_back(db: Db, finance: Person, waiting: str) -> None:
    partner, other = ready_partner(db), ready_partner(db)
    cleared(db, partner, 100_000)
    payout = ask(db, partner)
    refuse(db, payout, "park")
    if waiting == "draft":
        flag(db, partner, other)
        as_worker(db, "begin_payout", payout)
    assert state(db, payout)[0] == waiting
    rejected = call_as(db, finance, "reject_payout", payout_id=payout["id"], reason="The account is closed")
    assert rejected["status"] == "cancelled"
    assert as_worker(db, "begin_payout", payout)["action"] == "skip"
    if waiting == "draft":  # the shared account is a hold on everything
        assert balances(db, partner) == (20_000, 0, 0)
    else:
        assert ask(db, partner)["amount"] == 20_000
    assert broken_invariants(db) == {}


def test_an_attempt_whose_outcome_is_unknown_is_never_given_back(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    cleared(db, partner, 100_000)
    payout = ask(db, partner)
    refuse(db, payout, "park")
    assert as_worker(db, "begin_payout", payout)["action"] == "reconcile"
    assert as_worker(db, "restart_payout_attempt", payout, seen_attempt=1)["attempt"] == 2
    with acting(db, finance.actor("aal2")), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "reject_payout", payout_id=uuid.UUID(payout["id"]), reason="too late")


def test_a_transfer_that_turns_up_while_the_payout_waits_for_approvals_is_no_missing_approval(db: Db) -> None:
    """Nobody had to approve it when Stripe was asked. The flag came later, and finance is told."""
    partner, other = ready_partner(db), ready_partner(db)
    cleared(db, partner, 100_000)
    payout = ask(db, partner)
    refuse(db, payout, "park")
    flag(db, partner, other)
    assert as_worker(db, "begin_payout", payout) == {"action": "park", "why": "needs_approval"}
    assert arrive(db, payout)["status"] == "paid"
    assert broken_invariants(db) == {}
    assert value(db, "select count(*) from public.staff_notices where subject_id = %s", payout["id"]) == 1


def test_approvals_that_were_missing_when_stripe_was_asked_are_found(db: Db) -> None:
    partner = ready_partner(db)
    cleared(db, partner, 600_000)
    payout = ask(db, partner)
    db.execute("select set_config('siso.writer', 'by_hand', true)")
    db.execute("update public.payouts set status = 'approved' where id = %s", (payout["id"],))
    db.execute("select set_config('siso.writer', '', true)")
    as_worker(db, "begin_payout", payout)
    arrive(db, payout)
    assert list(broken_invariants(db)) == ["check_payout_approvals"]
    with acting(db, worker("payouts")), expect_refusal(db, "42501"):
        db.execute("update public.payouts set approvals_when_asked = 0 where id = %s", (payout["id"],))


# -- which payment a line names --


def test_a_reopened_deal_names_the_newest_payment_whatever_the_ids(db: Db) -> None:
    """All three payments are of one moment here, as three workers' could be; their ids are random."""
    finance = make_staff(db, "finance")
    for _ in range(6):
        partner = ready_partner(db)
        deal = win(db, partner, 10_000)
        events = [
            paid(db, deal, amount, instalment=n + 1, payer="Somebody else", cleared_at=f"2026-0{n + 1}-15T12:00:00Z")
            for n, amount in enumerate((20_000, 30_000, 40_000))
        ]
        for again in range(2):
            call_as(db, finance, "reject_deal", reference=deal["reference"], reason="no contract")
            call_as(db, finance, "reopen_deal", reference=deal["reference"], reason="it was found")
            newest = rows(
                db,
                "select payment.source_id, payment.instalment, line.amount, line.clears_at::date::text"
                " from public.commissions as line join public.client_payments as payment"
                " on payment.id = line.client_payment_id"
                " where line.deal_id = %s and line.commission_type = 'base' and line.status = 'pending'",
                deal["id"],
            )
            assert newest == [(events[2]["source_id"], 3, 18_000, "2026-04-14")], again
    assert broken_invariants(db) == {}

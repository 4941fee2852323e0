"""Refunds, disputes and closed deals: what they take back, from whom, and that the books agree after each."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

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
    worker,
)
from tests.database.money_support import (
    balances,
    broken_invariants,
    disputed,
    lines_of,
    paid,
    post,
    refunded,
    team,
    told,
    win,
)

Db = psycopg.Connection[tuple[Any, ...]]


def send_payout(db: Db, partner: Person) -> None:
    """Pays out the whole balance as request, transfer and confirmation do."""
    db.execute(
        "insert into public.payout_accounts (partner_id, stripe_account_id, status, country, tax_status)"
        " values (%s, %s, 'ready', 'US', 'complete') on conflict do nothing",
        (partner.id, f"acct_{partner.id.hex}"),
    )
    with acting(db, partner.actor("aal2")):
        payout = call(db, "request_payout", currency="USD", request_id=uuid.uuid4())
    with acting(db, worker("payouts")):
        begun = call(db, "begin_payout", "worker", payout=uuid.UUID(payout["id"]))
        assert begun["action"] == "send", begun
        call(
            db, "confirm_transfer", "worker", payout=uuid.UUID(payout["id"]), transfer=f"tr_{uuid.uuid4().hex}",
            transfer_amount=payout["amount"], transfer_currency="usd",
        )  # fmt: skip


def test_one_payment_pays_seller_leader_and_recruiter_and_a_refund_takes_from_all(db: Db) -> None:
    seller, leader, recruiter = team(db)
    deal = win(db, seller)
    first = paid(db, deal, 100_000)
    paid(db, deal, 50_000)
    worth = {person: balances(db, person)[0] for person in (seller, leader, recruiter)}
    assert worth == {seller: 45_000, leader: 15_000, recruiter: 2_250}
    refunded(db, deal, first, 50_000)
    assert {person: balances(db, person)[0] for person in worth} == {seller: 30_000, leader: 10_000, recruiter: 1_500}
    refunded(db, deal, first, 50_000)
    assert lines_of(db, deal, leader) == [
        ("team_override", "reversed", 10_000),
        ("team_override", "pending", 5_000),
        ("reversal", "reversed", -5_000),
        ("reversal", "reversed", -5_000),
    ]
    assert broken_invariants(db) == {}


def test_refund_before_and_after_payout(db: Db) -> None:
    partner = make_partner(db, tier="active")
    deal = win(db, partner)
    payment = paid(db, deal, 150_000)
    refunded(db, deal, payment, 50_000)
    assert balances(db, partner) == (22_000, 0, 0), "+33000 − 11000, unpaid"
    call(db, "clear_commissions", "worker")
    assert balances(db, partner) == (0, 33_000, 11_000)
    send_payout(db, partner)
    assert balances(db, partner) == (0, 0, 0)
    assert value(db, "select sum(amount) from payouts where partner_id = %s", partner.id) == 22_000
    refunded(db, deal, payment, 100_000)
    assert balances(db, partner) == (0, 0, 22_000), "a debt, not an edited line"
    assert lines_of(db, deal)[0] == ("base", "paid", 33_000)
    for _ in range(2):
        paid(db, win(db, partner), 100_000)
    call(db, "clear_commissions", "worker")
    assert balances(db, partner) == (0, 44_000, 22_000)
    send_payout(db, partner)
    assert value(db, "select sum(amount) from payouts where partner_id = %s", partner.id) == 44_000
    assert broken_invariants(db) == {}


def test_a_full_refund_reverses_both_and_takes_the_deal_from_the_tier(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    payment = paid(db, deal, 150_000)
    assert value(db, "select private.qualified_deals(%s)", partner.id) == 1
    refunded(db, deal, payment, 150_000)
    assert lines_of(db, deal) == [("base", "reversed", 30_000), ("reversal", "reversed", -30_000)]
    assert balances(db, partner) == (0, 0, 0)
    assert value(db, "select private.qualified_deals(%s)", partner.id) == 0
    paid(db, deal, 50_000)
    assert value(db, "select private.qualified_deals(%s)", partner.id) == 1, "new cash counts again"
    assert broken_invariants(db) == {}


def test_what_was_in_the_balance_goes_with_its_line(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    payment = paid(db, deal, 150_000)
    call(db, "clear_commissions", "worker")
    refunded(db, deal, payment, 100_000)
    assert balances(db, partner) == (0, 30_000, 20_000)
    refunded(db, deal, payment, 50_000)
    assert lines_of(db, deal) == [
        ("base", "reversed", 30_000), ("reversal", "reversed", -20_000), ("reversal", "reversed", -10_000),
    ]  # fmt: skip
    assert balances(db, partner) == (0, 0, 0)
    assert broken_invariants(db) == {}


def test_a_refund_before_its_payment_waits_and_then_goes_on(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    payment = {"source": "test", "source_id": uuid.uuid4().hex}
    early = refunded(db, deal, payment, 50_000)
    assert early["parked"] is True
    assert (lines_of(db, deal), balances(db, partner)) == ([], (0, 0, 0)), "no negative is made"
    db.execute("update ops.outbox set dead_at = now() where payload ->> 'inbound_event_id' = %s", (early["id"],))
    paid(db, deal, 150_000, source_id=payment["source_id"])
    job = "select dead_at, attempts from ops.outbox where payload ->> 'inbound_event_id' = %s"
    assert rows(db, job, early["id"]) == [
        (None, 0)
    ], "its payment wakes it, even when it had been given up"  # fmt: skip
    assert post(db, early["id"])["parked"] is False
    assert post(db, early["id"])["duplicate"] is True
    assert balances(db, partner) == (20_000, 0, 0)
    assert broken_invariants(db) == {}


def test_more_than_was_collected_is_refused_with_field_and_rule(db: Db) -> None:
    deal = win(db, make_partner(db))
    payment = paid(db, deal, 10_000)
    refunded(db, deal, payment, 6_000)
    with expect_refusal(db, "22023", "refund_above_payment"):
        refunded(db, deal, payment, 4_001)
    assert refunded(db, deal, payment, 4_000)["parked"] is False
    # Two that came at once: both are stored, the second is refused when it is posted.
    other = paid(db, win(db, make_partner(db)), 10_000)
    reference = value(db, "select reference from deals order by won_at desc, created_at desc limit 1")
    fields = {
        "source": "test", "payment_source_id": other["source_id"], "currency": "USD", "amount": 6_000,
        "refunded_at": "2026-02-01", "deal_reference": value(
            db, "select deal.reference from deals as deal join client_payments as p on p.deal_id = deal.id"
            " where p.source_id = %s", other["source_id"],
        ),
    }  # fmt: skip
    assert reference
    waiting = [told(db, "refund", posting=False, source_id=uuid.uuid4().hex, **fields) for _ in range(2)]
    post(db, waiting[0]["id"])
    with expect_refusal(db, "22023", "refund_above_payment"):
        post(db, waiting[1]["id"])


def test_another_deals_payment_and_another_currency(db: Db) -> None:
    partner = make_partner(db)
    one, other = win(db, partner), win(db, partner)
    payment = paid(db, one, 10_000)
    with expect_refusal(db, "22023", "deal_mismatch"):
        refunded(db, other, payment, 1_000)
    with expect_refusal(db, "22023", "currency_mismatch"):
        paid(db, one, 10_000, currency="EUR")


def test_a_dispute_holds_and_its_end_releases_or_takes(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    payment, other = paid(db, deal, 100_000), paid(db, deal, 50_000)
    call(db, "clear_commissions", "worker")
    disputed(db, deal, payment, "payment.disputed", "dp_1", 100_000)
    assert [status for _, status, _ in lines_of(db, deal)] == ["disputed", "disputed"]
    assert balances(db, partner) == (30_000, 0, 0)
    assert broken_invariants(db) == {}
    disputed(db, deal, payment, "dispute.won", "dp_1", 100_000)
    assert [status for _, status, _ in lines_of(db, deal)] == ["payable", "payable"], "no new entry"
    disputed(db, deal, other, "payment.disputed", "dp_2", 50_000)
    disputed(db, deal, other, "dispute.lost", "dp_2", 50_000)
    assert lines_of(db, deal) == [
        ("base", "payable", 20_000), ("base", "reversed", 10_000), ("reversal", "reversed", -10_000),
    ]  # fmt: skip
    assert balances(db, partner) == (0, 20_000, 0)
    assert broken_invariants(db) == {}


@pytest.mark.parametrize("refund_first", [True, False])
def test_refund_and_lost_dispute_on_one_charge_reverse_once(db: Db, refund_first: bool) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    payment = paid(db, deal, 150_000)
    disputed(db, deal, payment, "payment.disputed", "dp", 150_000)
    if refund_first:
        refunded(db, deal, payment, 150_000)
    disputed(db, deal, payment, "dispute.lost", "dp", 150_000)
    if not refund_first:
        refunded(db, deal, payment, 150_000)
    assert balances(db, partner) == (0, 0, 0)
    assert sum(amount for _, _, amount in lines_of(db, deal)) == 0
    assert len(lines_of(db, deal)) == 2
    assert broken_invariants(db) == {}


def test_a_dispute_that_ends_before_it_begins(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    payment = paid(db, deal, 150_000)
    disputed(db, deal, payment, "dispute.lost", "dp", 150_000)
    disputed(db, deal, payment, "payment.disputed", "dp", 150_000)
    assert balances(db, partner) == (0, 0, 0)
    assert value(db, "select count(*) from risk_holds where partner_id = %s and decided_at is null", partner.id) == 0
    with expect_refusal(db, "PT409", "source_id_reused"):
        disputed(db, deal, payment, "dispute.won", "dp", 150_000)


def test_cancelling_a_deal_takes_everything_back(db: Db) -> None:
    seller, leader, recruiter = team(db)
    deal = win(db, seller)
    payment = paid(db, deal, 150_000)
    call(db, "clear_commissions", "worker")
    send_payout(db, seller)
    finance = make_staff(db, "finance")
    with acting(db, finance.actor("aal2")):
        done = call(db, "cancel_deal", reference=deal["reference"], reason="The project did not come about.")
        assert done["status"] == "cancelled"
        assert call(db, "cancel_deal", reference=deal["reference"], reason="again")["status"] == "cancelled"
    assert balances(db, seller) == (0, 0, 45_000)
    assert balances(db, leader) == balances(db, recruiter) == (0, 0, 0)
    assert value(db, "select status::text from commissions where deal_id = %s and estimate", deal["id"]) == "reversed"
    refunded(db, deal, payment, 150_000)
    assert balances(db, seller) == (0, 0, 45_000), "nothing twice"
    with expect_refusal(db, "PT409", "deal_closed"):
        paid(db, deal, 1_000)
    with acting(db, finance.actor("aal1")), expect_refusal(db, "PT403"):
        call(db, "cancel_deal", reference=deal["reference"], reason="no second factor")
    assert broken_invariants(db) == {}


def test_a_rejected_deal_that_is_opened_again(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    paid(db, deal, 200_000)  # above the claimed value: it waits for staff
    finance = make_staff(db, "finance")
    for _ in range(2):
        with acting(db, finance.actor("aal2")):
            call(db, "reject_deal", reference=deal["reference"], reason="no contract")
        assert balances(db, partner) == (0, 0, 0)
        with acting(db, finance.actor("aal2")):
            call(db, "reopen_deal", reference=deal["reference"], reason="the contract was found")
        assert balances(db, partner) == (40_000, 0, 0)
        assert broken_invariants(db) == {}


def test_the_estimate_says_what_it_waits_for(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)

    def says() -> list[tuple[Any, ...]]:
        with acting(db, partner.actor()):
            return rows(
                db,
                "select status::text, left(next_step, 11) from public.commission_lines"
                " where deal_reference = %s and status in ('estimated', 'settled')",
                deal["reference"],
            )

    assert says() == [("estimated", "Waiting for")]
    first = paid(db, deal, 50_000)
    assert says() == [("estimated", "Partly paid")]
    refunded(db, deal, first, 50_000)
    assert says() == [("estimated", "Waiting for")]
    paid(db, deal, 150_000)
    assert says() == [("settled", "Replaced by")]


def test_frozen_terms_stay_when_tier_and_leader_change(db: Db) -> None:
    seller, leader, _ = team(db)
    deal = win(db, seller)
    paid(db, deal, 50_000)
    call(db, "set_tier", schema="private", owner=seller.id, wanted="starter", how="staff", why="test")
    with by_hand(db):
        db.execute("update partner_teams set valid_to = now() where team_member_id = %s", (seller.id,))
    paid(db, deal, 50_000)
    assert (balances(db, seller)[0], balances(db, leader)[0]) == (30_000, 10_000)


def test_the_database_refuses_other_lines(db: Db) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    stored = told(
        db, "payment", posting=False, source="test", source_id=uuid.uuid4().hex, deal_reference=deal["reference"],
        instalment=1, amount=100_000, currency="USD", cleared_at="2026-01-15",
    )  # fmt: skip
    right = {"partner": str(partner.id), "kind": "base", "corrects": None, "amount": 20_000}
    state = call(db, "commission_inputs", "worker", inbound_event_id=uuid.UUID(stored["id"]))["state"]
    for lines in ([], [right | {"amount": 20_001}], [right, right], [right | {"kind": "referral"}]):
        with expect_refusal(db, "23514", "amount_mismatch"):
            call(
                db,
                "post_commissions",
                "worker",
                inbound_event_id=uuid.UUID(stored["id"]),
                lines=Jsonb(lines),
                state=state,
            )
    with expect_refusal(db, "PT409", "inputs_changed"):
        call(
            db, "post_commissions", "worker", inbound_event_id=uuid.UUID(stored["id"]), lines=Jsonb([right]), state="x"
        )


def test_facts_are_never_rewritten(db: Db) -> None:
    deal = win(db, make_partner(db))
    payment = paid(db, deal, 10_000)
    refunded(db, deal, payment, 1_000)
    for statement in (
        "update client_payments set amount = 1", "delete from client_payments",
        "update client_refunds set amount = 1", "delete from client_refunds",
    ):  # fmt: skip
        with expect_refusal(db, "42501", "append_only"), by_hand(db):
            db.execute(f"{statement} where deal_id = %s".encode(), (deal["id"],))


def test_yen_have_no_minor_units(db: Db) -> None:
    partner = make_partner(db, tier="active")
    deal = win(db, partner, 150_025, "JPY")
    paid(db, deal, 150_025)
    assert balances(db, partner, "JPY") == (33_006, 0, 0)
    assert balances(db, partner, "USD") == (0, 0, 0)


def test_what_no_cash_decides_is_taken_back_once(db: Db) -> None:
    partner = make_partner(db)
    line = value(
        db,
        "insert into commissions"
        " (partner_id, commission_type, status, amount, currency, source, source_id, note, clears_at)"
        " values (%s, 'bonus', 'pending', 50000, 'USD', 'gift', %s, 'A gift', private.now()) returning id",
        partner.id, uuid.uuid4(),
    )  # fmt: skip
    db.execute(
        "select ledger.post_all(array[private.booking_entry(line)]) from commissions as line where line.id = %s",
        (line,),
    )
    call(db, "clear_commissions", "worker")
    assert balances(db, partner) == (0, 50_000, 0)
    back = "select private.reverse_line(%s, 'gift', %s, 'It was a mistake.')"
    assert value(db, back, line, uuid.uuid4()) is not None
    assert value(db, back, line, uuid.uuid4()) is None
    assert balances(db, partner) == (0, 0, 0)
    assert broken_invariants(db) == {}

"""The partner's money in a real browser: why a payout is blocked or waits, one reason after the other, what only a
person ends, a bank that refuses, a debt after a refund."""

from __future__ import annotations

import re
import uuid
from typing import Any

import psycopg

from siso_local.settings import Settings
from tests.chaos.money import give_balance
from tests.clients.contract_stage import Stage
from tests.database.harness import Person, acting, call, call_as, make_staff, rows, value
from tests.e2e.demo.phone import Phone
from tests.e2e.money_support import (
    BOTH,
    CARD,
    REFUSED,
    SHEET,
    control,
    payout_card,
    refund,
    sign_in,
    well_shown,
    with_account,
)
from tests.workers.support import wait_for


def test_why_a_payout_is_blocked_or_waits(settings: Settings, admin_db: psycopg.Connection, phone: Phone) -> None:
    """Each change comes to the open page by itself, and says what to do."""
    db = admin_db
    with db.transaction():
        stage = Stage(db, settings)
        partner, staff = stage.partner("waits", mfa=True), make_staff(db, "admin", "finance")
        give_balance(db, partner, 20_000)
        call_as(db, partner, "request_onboarding_link", request_id=uuid.uuid4())
    query = "select stripe_account_id from payout_accounts where partner_id = %s"
    account = wait_for("the account at Stripe", lambda: value(db, query, partner.id), 40)

    def ask_for_all() -> str:
        with db.transaction():
            made = call_as(db, partner, "request_payout", currency="USD", request_id=uuid.uuid4())
        return str(made["id"])

    def is_paid(payout: str) -> None:
        paid = "select true from payouts where id = %s and status = 'paid'"
        wait_for("the payout", lambda: value(db, paid, payout), 40)

    def balance(deal_value: int) -> None:
        with db.transaction():
            give_balance(db, partner, deal_value)

    sign_in(phone, stage.people["waits"])
    assert "Stripe needs something from you first." in payout_card(phone, "not ready")
    phone.do("tabTo", name="Go to the payout account")
    phone.do("press", key="Enter")
    assert phone.do("focused").startswith("Payout account")

    control(settings, f"accounts/{account}/onboard", method="failing_bank")
    assert "Payouts start at $50.00: $10.00 more" in payout_card(phone, "more and you can")
    well_shown(phone, "below-minimum")

    balance(100_000)
    payout_card(phone, "Pay out $240.00")
    is_paid(ask_for_all())
    control(settings, "clock/advance", days=4)
    says = payout_card(phone, "Your bank refused $240.00.")
    assert "The bank account has been closed. The money is back in your account at Stripe." in says
    assert "Refused by bank" in says and "Change bank account" in says and " Paid " not in says
    well_shown(phone, "bank-refused", themes=BOTH)

    balance(1_200_000)
    before = phone.do("read", region="Payout account", text="Give Stripe another bank account")
    phone.do("changeBank")
    shown = phone.do("read", region="Payout account", text="Ready")
    label = r"•••• \d{4}"  # masked, and another one
    assert (
        re.findall(label, before) and re.findall(label, shown) and re.findall(label, before) != re.findall(label, shown)
    )
    says = payout_card(phone, "72 hours after your bank account changed")
    assert "You have changed your bank account since." in says and "Ask support" in says
    well_shown(phone, "wait-after-change", CARD, themes=BOTH)
    ask_support(db, phone, partner)

    control(settings, "clock/advance", days=4)
    paid_at_bank = "select true from bank_payouts where partner_id = %s and status = 'paid'"
    wait_for("the money at the new bank account", lambda: value(db, paid_at_bank, partner.id), 40)
    later = (
        "update payout_accounts set destination_changed_at = private.now() - interval '73 hours' where partner_id = %s"
    )
    db.execute(later, (partner.id,))
    control(settings, f"accounts/{account}/tax", state="required")
    assert "Go to the payout account" in payout_card(phone, "the amount that is reported for tax")
    well_shown(phone, "tax-details-missing", CARD, themes=BOTH)
    control(settings, f"accounts/{account}/tax", state="complete")

    with db.transaction():
        call_as(
            db, staff, "suspend_partner", partner_id=partner.id, reason="Two clients say that they do not know you."
        )
    says = payout_card(phone, "Your account is suspended")
    assert "$2,400.00 is held until staff have decided about it." in says
    assert "Reason: Two clients say that they do not know you." in says
    well_shown(phone, "suspended", CARD)
    with db.transaction():
        call_as(db, staff, "reinstate_partner", partner_id=partner.id, reason="They know you after all.")
    payout_card(phone, "Pay out $2,400.00")

    payout = ask_for_all()
    payout_card(phone, "A person looks at payouts of this size.")
    control(settings, f"accounts/{account}/status", status="restricted", due=["identity.individual.document"])
    restricted = "select true from payout_accounts where partner_id = %s and status = 'restricted'"
    wait_for("the account to be restricted", lambda: value(db, restricted, partner.id), 40)
    with db.transaction():
        call_as(db, staff, "approve_payout", payout_id=payout)
    assert "Then it goes on by itself." in payout_card(phone, "It waits for your payout account")
    well_shown(phone, "waits-for-account", CARD)
    control(settings, f"accounts/{account}/status", status="active", due=[])
    is_paid(payout)

    with db.transaction():
        refund(db, partner, 20_000)
    says = phone.do("read", region="Your balance", text="You owe more than has cleared.")
    assert "-$40.00" in says
    assert "You need not send anything." in phone.do("read", region="What you owe", text="set off")
    well_shown(phone, "debt-eats-balance")
    read_answer(db, phone, partner, staff)
    assert [problem for problem in phone.do("problems") if REFUSED not in problem] == []


def test_what_only_a_person_ends(settings: Settings, admin_db: psycopg.Connection, phone: Phone) -> None:
    """A hold on payouts, a country that is closed, a transfer that Stripe refuses; then all of it is paid."""
    db = admin_db
    partner, login = with_account(settings, db, "starter", "bank", "IS")
    account = value(db, "select stripe_account_id from payout_accounts where partner_id = %s", partner.id)
    with db.transaction():
        staff, other = make_staff(db, "admin", "finance"), make_staff(db, "finance")
        give_balance(db, partner, 100_000)

    def by_staff(function: str, **arguments: Any) -> Any:
        with db.transaction():
            return call_as(db, staff, function, **arguments)

    def country(*, is_open: bool) -> None:
        by_staff(
            "set_payout_country", country="IS", currency="ISK", instant=False, open=is_open, reason="The bank says so."
        )
        phone.do("openEarnings")

    def ask_for_all() -> str:
        with db.transaction():
            made = call_as(db, partner, "request_payout", currency="USD", request_id=uuid.uuid4())
        return str(made["id"])

    sign_in(phone, login)
    phone.do("waitForButton", name="Pay out $200.00")
    hold = by_staff("hold_payouts", partner_id=partner.id, reason="Somebody else may have your password.")
    says = payout_card(phone, "Your payouts have been on hold since")
    assert "Only a person ends this hold" in says and "Reason: Somebody else may have your password." in says
    assert "Ask support" in says
    phone.do("waitForButton", name="Pay out $200.00", can="no")
    well_shown(phone, "frozen", CARD, themes=BOTH)
    by_staff("end_payout_hold", hold_id=hold["id"], reason="We spoke to them.")
    phone.do("waitForButton", name="Pay out $200.00")

    try:
        country(is_open=False)
        says = payout_card(phone, "We cannot pay to your country at the moment.")
        assert "What you have earned stays yours." in says and "Ask support" in says
        phone.do("waitForButton", name="Pay out $200.00", can="no")
        well_shown(phone, "country-closed", CARD, themes=BOTH)
    finally:
        country(is_open=True)
    phone.do("waitForButton", name="Pay out $200.00")

    control(settings, "faults", kind="refused", code="amount_too_large", path="/v1/transfers", contains=account)
    ask_for_all()
    says = payout_card(phone, "Stripe did not accept it.")
    assert "The money is back in your balance." in says and "Failed" in says
    phone.do("waitForButton", name="Pay out $200.00")
    well_shown(phone, "stripe-refused", CARD, themes=BOTH)

    with db.transaction():
        give_balance(db, partner, 500_000)
    payout_card(phone, "Pay out $1,200.00")
    payout = ask_for_all()
    payout_card(phone, "A person looks at payouts of this size.")
    hold = by_staff("hold_payouts", partner_id=partner.id, reason="We call you.")
    by_staff("approve_payout", payout_id=payout)
    with db.transaction():
        call_as(db, other, "approve_payout", payout_id=payout)
    says = payout_card(phone, "It waits because your payouts are on hold. Only a person ends this hold.")
    assert "Ask support" in says
    well_shown(phone, "waits-for-a-person", CARD)
    by_staff("end_payout_hold", hold_id=hold["id"], reason="We spoke to them.")
    paid = "select true from payouts where id = %s and status = 'paid'"
    wait_for("the payout", lambda: value(db, paid, payout), 40)
    assert [problem for problem in phone.do("problems") if REFUSED not in problem] == []


def ask_support(db: psycopg.Connection, phone: Phone, partner: Person) -> None:
    """The next step where only a person helps: a question, sent by the keyboard; the focus comes back."""
    phone.do("tabTo", name="Ask support")
    phone.do("press", key="Enter")
    phone.do("sheet", name="Ask support", text="Your question")
    phone.do("press", key="Escape")
    phone.do("noSheet", name="Ask support")
    assert phone.do("focused") == "Ask support"
    phone.do("press", key="Enter")
    phone.do("sheet", name="Ask support", text="Your question")
    phone.do("type", text="I did not change my bank account.")
    well_shown(phone, "ask-support", SHEET)
    phone.do("tabTo", name="Send to support")
    phone.do("press", key="Enter")
    phone.do("noSheet", name="Ask support")
    assert phone.do("focused") == "Ask support"
    asked = "select subject, category::text, description from support_tickets where partner_id = %s"
    assert rows(db, asked, partner.id) == [
        ("Payouts wait after a change", "money", "I did not change my bank account.")
    ]


def read_answer(db: psycopg.Connection, phone: Phone, partner: Person, staff: Person) -> None:
    """What support has said comes to the open page, and is replied to there."""
    asked = phone.do("readSupport", text="I did not change my bank account.")
    assert "Payouts wait after a change Open" in asked and "You get an answer by" in asked
    ticket = value(db, "select id from support_tickets where partner_id = %s", partner.id)
    with db.transaction():
        call_as(db, staff, "answer_ticket", ticket_id=ticket, message="We have stopped your payouts and call you.")
    answered = phone.do("read", region="Your questions", text="We have stopped your payouts")
    assert "Answered" in answered and "You get an answer by" not in answered
    well_shown(phone, "support-answered", themes=BOTH)
    phone.do("tabTo", name="Your reply")
    phone.do("type", text="Thank you.")
    phone.do("tabTo", name="Send")
    phone.do("press", key="Enter")
    phone.do("read", region="Your questions", text="Thank you.")
    said = "select message from ticket_messages where ticket_id = %s and partner_id = %s"
    assert wait_for("the reply", lambda: rows(db, said, ticket, partner.id), 20) == [("Thank you.",)]


def test_a_debt_after_a_refund_says_why_and_how_it_is_set_off(
    settings: Settings, admin_db: psycopg.Connection, phone: Phone
) -> None:
    partner, login = with_account(settings, admin_db, "starter", "bank")
    with admin_db.transaction():
        give_balance(admin_db, partner, 100_000)
        with acting(admin_db, partner.actor("aal2")):
            call(admin_db, "request_payout", currency="USD", request_id=uuid.uuid4())
    paid = "select true from payouts where partner_id = %s and status = 'paid'"
    wait_for("the payout", lambda: value(admin_db, paid, partner.id), 40)
    with admin_db.transaction():
        refund(admin_db, partner, 40_000)
        give_balance(admin_db, partner, 100_000)
    sign_in(phone, login)
    says = phone.do("readDebts")
    assert "$80.00" in says and "The client got money back after you had been paid." in says
    assert "$200.00 cleared, less $80.00, leaves $120.00." in says
    assert "-$80.00" in phone.do("whyOfDebt")
    assert phone.do("narrow") <= 0

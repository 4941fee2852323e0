"""The partner's money in a real browser: paid out within minutes, the fee shown first, the second factor asked for in
place; a debt after a refund; why a payout is blocked or waits, one reason after the other, and a bank that refuses."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pyotp
import pytest
import stripe

from siso_local.settings import Settings, state_dir
from tests.chaos.money import give_balance
from tests.clients.contract_stage import Stage
from tests.database.harness import Person, acting, call, call_as, make_staff, rows, value, worker
from tests.database.money_support import post
from tests.database.training_support import make_module, make_track, pass_module
from tests.e2e.demo.phone import Phone
from tests.platform.stripe_support import API_VERSION, new_account
from tests.workers.support import wait_for

# What the browser reports of answers that refuse, where a test wants them.
REFUSED = "the server responded with a status of 4"


@pytest.fixture(scope="module")
def browser(settings: Settings) -> Iterator[Phone]:
    with Phone(settings, state_dir() / "money-screens", show=False, slow=False) as running:
        running.started()
        yield running


@pytest.fixture
def phone(browser: Phone) -> Phone:
    """One browser for all, with nothing left of who had it before."""
    browser.do("forget")
    return browser


def control(settings: Settings, path: str, **body: Any) -> None:
    done = httpx.post(f"{settings.url('stripe')}/_double/{path}", json=body)
    assert done.status_code == 200, done.text


def with_account(settings: Settings, db: psycopg.Connection, tier: str, method: str) -> tuple[Person, dict[str, str]]:
    """A partner who can sign in, with an authenticator and an account at Stripe."""
    client = stripe.StripeClient(
        settings.stripe_secret_key, stripe_version=API_VERSION, base_addresses={"api": settings.url("stripe")}
    )
    account = new_account(client)
    control(settings, f"accounts/{account}/onboard", method=method)
    with db.transaction():
        stage = Stage(db, settings)
        partner = stage.partner("money", tier, mfa=True)
        db.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, country)"
            " values (%s, %s, 'ready', 'US')",
            (partner.id, account),
        )
    return partner, stage.people["money"]


def sign_in(phone: Phone, login: dict[str, str]) -> None:
    phone.do("signInToEarnings", email=login["email"], password=login["password"], code=code(login))


def code(login: dict[str, str], steps: int = 0) -> str:
    """The code of this half minute, or of ``steps`` later. One counts once, half a minute early or late, too: the next
    one is asked for early, since time can only bring it closer."""
    return pyotp.TOTP(login["secret"]).at(int(time.time()) + 30 * steps)


def well_shown(phone: Phone, name: str, part: str = "body", *, themes: str = "dark") -> None:
    """A picture in each theme of what is on the screen, and nothing that axe or the width of a phone complains of.
    ``part`` is a selector of what has changed since the last look at all of it."""
    assert phone.do("examine", name=name, part=part, themes=themes) == []


BOTH = "dark,light"
CARD, SHEET = "[aria-labelledby=payout-title]", "dialog[open]"


def payout_card(phone: Phone, text: str) -> str:
    said: str = phone.do("read", region="Ready to pay out", text=text)
    return said


def test_an_instant_payout_shows_its_fee_first(settings: Settings, admin_db: psycopg.Connection, phone: Phone) -> None:
    partner, login = with_account(settings, admin_db, "elite", "debit_card")
    with admin_db.transaction():
        give_balance(admin_db, partner, 200_000)
    sign_in(phone, login)
    says = phone.do("quoteInstant")
    assert "$600.00" in says and "-$6.00" in says and "$594.00" in says
    assert value(admin_db, "select count(*) from payouts where partner_id = %s", partner.id) == 0, (
        "nothing is asked for yet"
    )
    phone.do("confirmInstant")
    made = "select fee from payouts where partner_id = %s and kind = 'instant' and status = 'paid'"
    assert wait_for("the payout", lambda: value(admin_db, made, partner.id), 40) == 600
    way = "select true from bank_payouts where partner_id = %s and method = 'instant'"
    wait_for("the step to the bank", lambda: value(admin_db, way, partner.id), 40)
    control(settings, "clock/advance", seconds=15)
    phone.do("waitForText", text="Arrived in your bank or on your card.", name="instant-arrived")
    assert phone.do("narrow") <= 0


def test_an_old_second_factor_is_renewed_in_place(
    settings: Settings, admin_db: psycopg.Connection, phone: Phone
) -> None:
    """By the keyboard alone: given up once, typed wrong once; the payout that is made at last is the one asked for."""
    partner, login = with_account(settings, admin_db, "elite", "debit_card")
    with admin_db.transaction():
        give_balance(admin_db, partner, 200_000)
    sign_in(phone, login)
    admin_db.execute(
        "update auth.mfa_amr_claims set updated_at = updated_at - interval '11 minutes'"
        " where session_id in (select id from auth.sessions where user_id = %s)",
        (partner.subject,),
    )

    def is_old() -> bool:
        # What the server says when a partner's rights have changed: the app fetches its session anew.
        admin_db.execute("select private.hint(%s, 'session.refresh', %s)", (partner.id, partner.id))
        return bool(phone.do("factorAge") > 600)

    wait_for("the session to be fetched anew", is_old, 20)
    phone.do("watchRequests", path="/rpc/request_instant_payout")
    phone.do("tabTo", name="Pay out instantly")
    phone.do("press", key="Enter")
    phone.do("sheet", name="Instant payout", text="You get")
    phone.do("tabTo", name="Pay out $594.00 now")
    phone.do("press", key="Enter")
    phone.do("sheet", name="Confirm that it is you", text="Code")
    well_shown(phone, "factor-in-place", SHEET, themes=BOTH)
    phone.do("type", text="000000")
    phone.do("press", key="Enter")
    assert "not right" in phone.do("alert")
    phone.do("press", key="Escape")
    phone.do("noSheet", name="Confirm that it is you")
    assert phone.do("focused") == "Pay out $594.00 now", "where the question came from, and nothing is lost"
    phone.do("press", key="Enter")
    phone.do("sheet", name="Confirm that it is you", text="Code")
    phone.do("type", text=code(login, 1))
    phone.do("press", key="Enter")
    phone.do("noSheet", name="Instant payout")
    assert phone.do("focused") == "Current payout", "the button that opened the sheet has nothing left to pay out"
    well_shown(phone, "factor-then-paid")
    asked = phone.do("requestIds")
    assert len(asked) == 3 and len(set(asked)) == 1
    # A fee that is given back, where Stripe takes no instant payout after all, is a payout that nobody asked for.
    made = "select count(*) from payouts where partner_id = %s and refund_of is null"
    assert value(admin_db, made, partner.id) == 1


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


def test_certificates_are_listed_with_their_end_and_fetched(
    settings: Settings, admin_db: psycopg.Connection, phone: Phone
) -> None:
    """Passed while the page is open: the certificate and then its paper come by themselves."""
    with admin_db.transaction():
        stage = Stage(admin_db, settings)
        partner = stage.partner("certified")
        track = make_track(admin_db)
        module = make_module(admin_db, track=track)
    phone.do(
        "signInToEarnings", email=stage.people["certified"]["email"], password=stage.people["certified"]["password"]
    )
    assert "No certificate yet." in phone.do("readCertificates", text="No certificate yet.")
    with admin_db.transaction():
        passed = pass_module(admin_db, partner, module)
    number = passed["certificate"]["number"]
    says = phone.do("read", region="Certificates", text="Download PDF")
    assert "Version 1 · given on " in says and f"Number {number}" in says and "A track Valid" in says
    assert re.search(r"Expires in 2 years, on \w+ \d+, \d{4}\.", says), says
    well_shown(phone, "certificates", themes=BOTH)
    phone.do("tabTo", name="Download PDF: A track")
    assert phone.do("download", name="Download PDF: A track") == {
        "name": f"certificate-{number}.pdf",
        "begins": "%PDF-",
    }
    with admin_db.transaction():
        staff = make_staff(admin_db, "admin")
        call_as(admin_db, staff, "suspend_partner", partner_id=partner.id, reason="We look into a complaint.")
    phone.do("waitForText", text="Your account is suspended.", name="certificate-of-suspended")
    says = phone.do("readCertificates", text="Download PDF")
    assert f"Number {number}" in says and "A track Valid" in says, "a proof stays, and keeps its name"


def refund(db: psycopg.Connection, partner: Person, cents: int) -> None:
    """The client of the partner's first deal gets money back."""
    [(source, reference)] = rows(
        db,
        "select payment.source_id, deal.reference from client_payments as payment"
        " join deals as deal on deal.id = payment.deal_id"
        " where deal.partner_id = %s order by payment.created_at limit 1",
        partner.id,
    )
    arguments: dict[str, Any] = {
        "source": "chaos",
        "source_id": uuid.uuid4().hex,
        "payment_source_id": source,
        "deal_reference": reference,
        "amount": cents,
        "currency": "USD",
        "refunded_at": value(db, "select private.now()"),
    }
    with acting(db, worker("commissions")):
        event = call(db, "receive_client_refund", "worker", **arguments)
    post(db, event["id"])

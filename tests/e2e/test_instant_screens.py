"""Paid out within minutes, in a real browser: the fee shown first, the second factor asked for in place."""

from __future__ import annotations

import psycopg

from siso_local.settings import Settings
from tests.chaos.money import give_balance
from tests.database.harness import value
from tests.e2e.demo.phone import Phone
from tests.e2e.money_support import BOTH, SHEET, code, control, sign_in, well_shown, with_account
from tests.workers.support import wait_for


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

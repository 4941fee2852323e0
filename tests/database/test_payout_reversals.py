"""Transfers taken back for fraud: two people, once, booked; debts settled with it; strange ones noticed."""

from __future__ import annotations

import uuid
from typing import Any

from psycopg.types.json import Jsonb

from tests.database.harness import Person, acting, by_hand, call, call_as, expect_refusal, rows, value, worker
from tests.database.payout_support import Db, ask, balances, broken, earn, owe, ready_partner, work

PAYOUTS = worker("payouts")


def paid(db: Db, cents: int = 40_000) -> tuple[Person, dict[str, Any]]:
    partner = ready_partner(db)
    earn(db, partner, cents)
    payout = ask(db, partner)
    which = {"payout": uuid.UUID(payout["id"])}
    work(db, "begin_payout", **which)
    sent = {"transfer": f"tr_{payout['id']}", "transfer_amount": cents, "transfer_currency": "usd"}
    work(db, "record_transfer", **which, **sent)
    work(db, "confirm_transfer", **which, **sent)
    return partner, payout


def propose(db: Db, staff: Person, payout: dict[str, Any], amount: int | None = None) -> dict[str, Any]:
    made: dict[str, Any] = call_as(
        db, staff, "propose_payout_reversal", payout_id=uuid.UUID(payout["id"]), reason="Stolen identity",
        request_id=uuid.uuid4(), amount=amount,
    )  # fmt: skip
    return made


def approved(db: Db, finance: Person, admin: Person, payout: dict[str, Any], amount: int | None = None) -> uuid.UUID:
    reversal = propose(db, finance, payout, amount)
    with acting(db, finance.actor("aal2")), expect_refusal(db, "42501", "four_eyes"):
        call(db, "decide_payout_reversal", reversal_id=uuid.UUID(reversal["id"]), decision="approved")
    for _ in range(2):
        decided = call_as(db, admin, "decide_payout_reversal", reversal_id=reversal["id"], decision="approved")
    assert decided["status"] == "approved"
    jobs = "select count(*) from ops.outbox where topic = 'payout.reverse' and payload ->> 'reversal_id' = %s"
    assert value(db, jobs, reversal["id"]) == 1
    return uuid.UUID(reversal["id"])


def taken_back(db: Db, reversal: uuid.UUID, amount: int) -> None:
    first, second = work(db, "begin_reversal", reversal=reversal), work(db, "begin_reversal", reversal=reversal)
    assert first["action"] == second["action"] == "send"
    assert (first["request"], first["idempotency_key"]) == (second["request"], second["idempotency_key"])
    assert first["request"]["amount"] == amount
    for _ in range(2):
        work(db, "record_reversal", reversal=reversal, stripe_reversal=f"trr_{reversal}", reversed_amount=amount)


def test_two_people_and_the_money_is_back_once(db: Db, finance: Person, admin: Person) -> None:
    partner, payout = paid(db)
    cash = "select coalesce(sum(balance), 0) from ledger.accounts where kind = 'stripe_cash' and currency = 'USD'"
    before = value(db, cash)
    reversal = approved(db, finance, admin, payout)
    taken_back(db, reversal, 40_000)
    assert value(db, cash) == before + 40_000
    assert value(db, "select status::text from public.payouts where id = %s", payout["id"]) == "reversed"
    lines = (
        "select distinct status::text from public.commissions where partner_id = %s and client_payment_id is not null"
    )
    assert rows(db, lines, partner.id) == [("paid",)], "a paid line stays paid"
    with acting(db, finance.actor("aal2")), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "propose_payout_reversal", payout_id=uuid.UUID(payout["id"]), reason="again", request_id=uuid.uuid4())
    with acting(db, PAYOUTS), expect_refusal(db, "23505", "second_transfer"):
        call(db, "record_reversal", "worker", reversal=reversal, stripe_reversal="trr_other", reversed_amount=40_000)
    assert broken(db) == {}


def test_parts_never_add_up_to_more_than_the_transfer(db: Db, finance: Person, admin: Person) -> None:
    _, payout = paid(db)
    taken_back(db, approved(db, finance, admin, payout, 15_000), 15_000)
    assert value(db, "select status::text from public.payouts where id = %s", payout["id"]) == "paid"
    with acting(db, finance.actor("aal2")), expect_refusal(db, "22023", "range"):
        call(
            db, "propose_payout_reversal", payout_id=uuid.UUID(payout["id"]), reason="x", request_id=uuid.uuid4(),
            amount=25_001,
        )  # fmt: skip
    taken_back(db, approved(db, finance, admin, payout), 25_000)
    assert value(db, "select status::text from public.payouts where id = %s", payout["id"]) == "reversed"
    assert broken(db) == {}


def test_what_came_back_settles_what_is_owed(db: Db, finance: Person, admin: Person) -> None:
    """Clawed back before and after: debts that fit are settled, whole, and nobody pays them a second time."""
    partner, payout = paid(db)
    owe(db, partner, 10_000)
    taken_back(db, approved(db, finance, admin, payout), 40_000)
    assert balances(db, partner) == {}
    assert broken(db) == {}
    owe(db, partner, 25_000)
    owe(db, partner, 25_000)
    earn(db, partner, 40_000)
    assert ask(db, partner)["amount"] == 15_000, "one debt is covered by what came back, the other is netted"
    assert balances(db, partner) == {}
    settled = "select amount, settled from public.payout_reversals where payout_id = %s"
    assert rows(db, settled, payout["id"]) == [(40_000, 35_000)]
    assert broken(db) == {}


def test_stripe_says_no(db: Db, finance: Person, admin: Person) -> None:
    """The money has left the account: nothing is booked, finance finds a notice, a new proposal is possible."""
    _, payout = paid(db)
    reversal = approved(db, finance, admin, payout)
    work(db, "begin_reversal", reversal=reversal)
    work(db, "reversal_refused", reversal=reversal, code="balance_insufficient", message="No.")
    assert work(db, "begin_reversal", reversal=reversal)["action"] == "skip"
    with acting(db, finance.actor("aal2")):
        notice = rows(db, "select kind from public.staff_notices where subject_id = %s", reversal)
    assert notice == [("payout.reversal_refused",)]
    assert propose(db, finance, payout)["amount"] == 40_000
    assert broken(db) == {}


def test_a_reversal_made_at_stripe_is_booked_and_noticed(db: Db, finance: Person) -> None:
    partner, payout = paid(db)
    transfer = f"tr_{payout['id']}"
    found = [{"id": "trr_strange", "amount": 5_000, "reversal_id": None}]
    for strange in (1, 0):
        answer = work(db, "found_reversals", transfer=transfer, reversals=Jsonb(found))
        assert answer == {"known": True, "strange": strange}
    with acting(db, finance.actor("aal2")):
        [(message,)] = rows(
            db,
            "select message from public.staff_notices where kind = 'payout.reversed_at_stripe' and partner_id = %s",
            partner.id,
        )
    assert "5000 USD" in message
    assert work(db, "found_reversals", transfer="tr_nobody", reversals=Jsonb([])) == {"known": False, "strange": 0}
    assert broken(db) == {}


def test_our_own_found_at_stripe_is_ours(db: Db, finance: Person, admin: Person) -> None:
    """The worker died between Stripe's answer and writing it down; the webhook says the rest."""
    _, payout = paid(db)
    reversal = approved(db, finance, admin, payout)
    work(db, "begin_reversal", reversal=reversal)
    found = [{"id": "trr_ours", "amount": 40_000, "reversal_id": str(reversal)}]
    for _ in range(2):
        assert work(db, "found_reversals", transfer=f"tr_{payout['id']}", reversals=Jsonb(found))["strange"] == 0
    work(db, "record_reversal", reversal=reversal, stripe_reversal="trr_ours", reversed_amount=40_000)
    assert rows(db, "select status::text from public.payout_reversals where payout_id = %s", payout["id"]) == [
        ("done",)
    ]
    assert broken(db) == {}


def test_nobody_decides_about_their_own(db: Db, finance: Person, admin: Person) -> None:
    partner, payout = paid(db)
    reversal = propose(db, finance, payout)
    with by_hand(db):
        db.execute("update public.staff_members set email = %s where id = %s", (partner.email, admin.id))
    with acting(db, admin.actor("aal2")), expect_refusal(db, "42501", "self_dealing"):
        call(db, "decide_payout_reversal", reversal_id=uuid.UUID(reversal["id"]), decision="rejected")


def test_what_was_decided_stays(db: Db, finance: Person, admin: Person) -> None:
    _, payout = paid(db)
    reversal = approved(db, finance, admin, payout)
    with expect_refusal(db, "42501", "frozen_reversal"), by_hand(db):
        db.execute("update public.payout_reversals set amount = 1 where id = %s", (reversal,))

"""Instant payouts: who, how much a day, the fee that was shown, and one fee in the books whatever happens."""

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
    without_triggers,
    worker,
)
from tests.database.payout_support import Db, broken, earn, owe, ready_partner

PAYOUTS = worker("payouts")


@pytest.fixture
def elite(db: Db) -> Person:
    return ready_partner(db, tier="elite")


def give(db: Db, partner: Person, cents: int) -> None:
    """Cleared commission of an elite partner, whose rate is 30 %."""
    assert cents % 3 == 0
    earn(db, partner, cents * 2 // 3)
    assert value(db, "select private.payable_balance(%s, 'USD')", partner.id) >= cents


def quote(db: Db, partner: Person) -> dict[str, Any]:
    with acting(db, partner.actor()):
        shown: dict[str, Any] = call(db, "quote_instant_payout", currency="USD")
    return shown


def ask(db: Db, partner: Person, fee: int | None = None) -> dict[str, Any]:
    shown = quote(db, partner)
    with acting(db, partner.actor("aal2")):
        made: dict[str, Any] = call(
            db,
            "request_instant_payout",
            currency="USD",
            fee=shown["fee"] if fee is None else fee,
            request_id=uuid.uuid4(),
        )
    assert made["amount"] == shown["amount"]
    return made


def step(db: Db, function: str, payout: dict[str, Any], **more: Any) -> Any:
    with acting(db, PAYOUTS):
        return call(db, function, "worker", payout=uuid.UUID(str(payout["id"])), **more)


def transfer(db: Db, payout: dict[str, Any]) -> dict[str, Any]:
    """Sends the transfer, the account having been checked."""
    begun: dict[str, Any] = step(db, "begin_payout", payout, settled=True)
    assert begun["action"] == "send"
    request = begun["request"]
    sent = {"transfer": f"tr_{uuid.uuid4().hex}", "transfer_amount": request["amount"], "transfer_currency": "usd"}
    step(db, "record_transfer", payout, **sent)
    step(db, "confirm_transfer", payout, **sent)
    return begun


def fees(db: Db) -> int:
    return int(value(db, "select coalesce(-sum(balance), 0) from ledger.accounts where kind = 'payout_fees'"))


@pytest.mark.parametrize(("cents", "fee"), [(6_000, 60), (5_001, 50), (60_000, 600), (99_999, 1_000)])
def test_the_fee_is_shown_first(db: Db, elite: Person, cents: int, fee: int) -> None:
    give(db, elite, cents)
    shown = quote(db, elite)
    assert (shown["amount"], shown["fee"], shown["net"], shown["obstacle"]) == (cents, fee, cents - fee, None)
    for other in (fee - 1, fee + 1, 0):
        with expect_refusal(db, "PT409", "fee_changed"):
            ask(db, elite, other)
    payout = ask(db, elite)
    assert (payout["fee"], payout["net"], payout["status"]) == (fee, cents - fee, "approved")
    assert broken(db) == {}


def test_only_elite(db: Db) -> None:
    partner = ready_partner(db, tier="performer")
    earn(db, partner, 20_000)
    assert quote(db, partner)["obstacle"] == "tier"
    with acting(db, partner.actor("aal2")), expect_refusal(db, "42501", "tier"):
        call(db, "request_instant_payout", currency="USD", fee=200, request_id=uuid.uuid4())


@pytest.mark.parametrize(
    ("country", "currency", "obstacle"),
    [
        ("US", "EUR", "instant_currency"),
        ("NL", "USD", "instant_currency"),
        ("CA", "CAD", "instant_currency"),  # whose fee nobody has said
        ("CH", "CHF", "instant_country"),
        ("NL", "EUR", "nothing_available"),
        ("GB", "GBP", "nothing_available"),
    ],
)
def test_only_to_a_bank_of_that_currency(db: Db, country: str, currency: str, obstacle: str) -> None:
    """Stripe pays instantly in the currency of the country alone: nobody is shown a fee for what cannot be."""
    partner = ready_partner(db, tier="elite", country=country)
    with acting(db, partner.actor()):
        assert call(db, "quote_instant_payout", currency=currency)["obstacle"] == obstacle
    code = "PT409" if obstacle == "nothing_available" else "22023"
    with acting(db, partner.actor("aal2")), expect_refusal(db, code, obstacle):
        call(db, "request_instant_payout", currency=currency, fee=50, request_id=uuid.uuid4())


def test_only_cleared_money(db: Db, elite: Person) -> None:
    assert quote(db, elite)["obstacle"] == "nothing_available"
    give(db, elite, 30_000)
    with by_hand(db):
        db.execute(
            "update public.commissions set status = 'held' where partner_id = %s and status = 'payable'", (elite.id,)
        )
    assert quote(db, elite)["obstacle"] == "nothing_available"


def test_at_most_the_limit_a_day(db: Db, elite: Person) -> None:
    """Debts first, then the oldest lines that fit; the next day there is room again."""
    for cents in (90_000, 60_000, 90_000):
        give(db, elite, cents)
    owe(db, elite, 9_000)
    shown = quote(db, elite)
    assert shown["limit_left"] == 200_000
    assert shown["available"] == 231_000
    assert shown["amount"] in (141_000, 171_000), "two of the three lines less the debt"
    payout = ask(db, elite)
    left = quote(db, elite)
    assert left["limit_left"] == 200_000 - payout["amount"]
    assert left["obstacle"] == "instant_limit"
    with acting(db, elite.actor("aal2")), expect_refusal(db, "PT409", "instant_limit"):
        call(db, "request_instant_payout", currency="USD", fee=1, request_id=uuid.uuid4())
    with acting(db, elite.actor("aal2")):
        assert call(db, "request_payout", currency="USD", request_id=uuid.uuid4())["amount"] == left["available"]
    give(db, elite, 90_000)
    assert quote(db, elite)["obstacle"] == "instant_limit"
    with without_triggers(db):
        db.execute(
            "update public.payouts set requested_at = requested_at - interval '1 day' where partner_id = %s",
            (elite.id,),
        )
    assert quote(db, elite)["limit_left"] == 200_000
    assert broken(db) == {}


def test_approvals_hold_for_instant_ones_too(db: Db, elite: Person) -> None:
    give(db, elite, 120_000)
    assert quote(db, elite)["approvals_needed"] == 1
    payout = ask(db, elite)
    assert payout["status"] == "draft"
    call_as(db, make_staff(db, "finance"), "approve_payout", payout_id=payout["id"])
    assert step(db, "begin_payout", payout)["action"] == "check_instant"


def test_the_whole_way(db: Db, elite: Person) -> None:
    give(db, elite, 60_000)
    payout = ask(db, elite)
    assert step(db, "begin_instant", payout)["action"] == "skip", "not before the transfer"
    assert step(db, "begin_payout", payout)["action"] == "check_instant"
    assert transfer(db, payout)["request"]["amount"] == 59_400
    before = fees(db)
    first, second = step(db, "begin_instant", payout), step(db, "begin_instant", payout)
    assert first["action"] == second["action"] == "send"
    assert (first["request"], first["idempotency_key"]) == (second["request"], second["idempotency_key"])
    assert (first["request"]["amount"], first["request"]["method"]) == (59_400, "instant")
    for arrived in (False, False, True, True, False):
        step(db, "record_instant", payout, stripe_payout="po_1", arrived=arrived)
    assert step(db, "begin_instant", payout)["action"] == "skip"
    with acting(db, PAYOUTS), expect_refusal(db, "23505", "second_transfer"):
        call(db, "record_instant", "worker", payout=uuid.UUID(payout["id"]), stripe_payout="po_2", arrived=False)
    assert step(db, "fall_back_to_standard", payout, reason="too late")["duplicate"]
    assert fees(db) == before
    told = "select count(*) from public.notifications where partner_id = %s and title = 'Your money has arrived'"
    assert value(db, told, elite.id) == 1
    assert broken(db) == {}


def test_a_fallback_before_the_transfer_costs_nothing(db: Db, elite: Person) -> None:
    give(db, elite, 60_000)
    payout = ask(db, elite)
    before = fees(db)
    assert not step(db, "fall_back_to_standard", payout, reason="Your bank does not.")["duplicate"]
    assert step(db, "fall_back_to_standard", payout, reason="again")["duplicate"]
    begun = step(db, "begin_payout", payout)
    assert (begun["action"], begun["request"]["amount"]) == ("send", 60_000)
    assert quote(db, elite)["limit_left"] == 200_000, "what fell back does not count"
    assert fees(db) == before
    with acting(db, elite.actor()):
        shown = "select status::text, fallback_reason from public.instant_payouts where payout_id = %s"
        assert rows(db, shown, payout["id"]) == [("fell_back", "Your bank does not.")]
    assert broken(db) == {}


def test_a_fallback_after_the_transfer_gives_the_fee_back_once(db: Db, elite: Person) -> None:
    give(db, elite, 60_000)
    payout = ask(db, elite)
    before = fees(db)
    transfer(db, payout)
    assert fees(db) == before + 600
    refund = step(db, "fall_back_to_standard", payout, reason="No.")["refund_id"]
    assert step(db, "fall_back_to_standard", payout, reason="No.")["duplicate"]
    assert fees(db) == before
    assert broken(db) == {}
    back = rows(db, "select kind::text, amount, status::text from public.payouts where refund_of = %s", payout["id"])
    assert back == [("fee_refund", 600, "approved")]
    sent = step(db, "begin_payout", {"id": refund})
    assert (sent["action"], sent["request"]["amount"]) == ("send", 600)
    given = {"transfer": "tr_fee", "transfer_amount": 600, "transfer_currency": "usd"}
    step(db, "record_transfer", {"id": refund}, **given)
    step(db, "confirm_transfer", {"id": refund}, **given)
    assert broken(db) == {}


def test_the_frozen_request_is_never_another(db: Db, elite: Person) -> None:
    give(db, elite, 60_000)
    payout = ask(db, elite)
    step(db, "begin_payout", payout, settled=True)
    with expect_refusal(db, "42501", "frozen_payout"):
        db.execute("update public.payouts set fee = 0, method = 'standard' where id = %s", (payout["id"],))

"""Instant payouts and reversals through worker and Stripe double: paid once, one fee, killed at every step."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from siso_local.settings import Settings
from tests.chaos.own_platform import OwnPlatform, own_platform
from tests.chaos.proxy import Rule, Stage
from tests.chaos.storm import Storm
from tests.database.harness import Person, acting, call, call_as, make_staff, rows, value
from tests.database.payout_support import broken
from tests.workers.payout_support import at_stripe, control, paid, with_balance
from tests.workers.support import wait_for

FEE = 600  # of 60,000: 1 %


def elite(settings: Settings, db: psycopg.Connection, method: str) -> tuple[Person, str]:
    """An elite partner with 600.00 to be paid, and the account at Stripe."""
    return with_balance(settings, db, method, "elite", 200_000)


def ask(db: psycopg.Connection, partner: Person) -> str:
    with db.transaction(), acting(db, partner.actor("aal2")):
        made = call(db, "request_instant_payout", currency="USD", fee=FEE, request_id=uuid.uuid4())
    return str(made["id"])


def instant_is(db: psycopg.Connection, payout: str, status: str) -> None:
    query = "select true from instant_payouts where payout_id = %s and status::text = %s"
    wait_for(f"the instant payout to be {status}", lambda: value(db, query, payout, status), 60)


def test_to_a_debit_card_within_minutes(settings: Settings, live: psycopg.Connection) -> None:
    partner, account = elite(settings, live, "debit_card")
    payout = ask(live, partner)
    paid(live, payout)
    wait_for("Stripe to have it", lambda: at_stripe(settings, account)[1])
    control(settings, "clock/advance", {"seconds": 15})
    instant_is(live, payout, "arrived")
    assert at_stripe(settings, account) == ([59_400], [(59_400, "instant")])


def test_a_bank_that_takes_none_is_paid_the_standard_way_without_a_fee(
    settings: Settings, live: psycopg.Connection
) -> None:
    partner, account = elite(settings, live, "bank")
    payout = ask(live, partner)
    paid(live, payout)
    instant_is(live, payout, "fell_back")
    assert rows(live, "select fee, method::text from payouts where id = %s", payout) == [(0, "standard")]
    assert at_stripe(settings, account) == ([60_000], [])
    told = "select message from notifications where partner_id = %s and title = 'Paid the standard way'"
    assert "does not take instant payouts" in value(live, told, partner.id)


def test_refused_after_the_transfer_the_fee_comes_back(settings: Settings, live: psycopg.Connection) -> None:
    partner, account = elite(settings, live, "debit_card")
    control(
        settings,
        "faults",
        {"kind": "refused", "code": "instant_payouts_limit_exceeded", "path": "/v1/payouts", "contains": "59400"},
    )
    payout = ask(live, partner)
    instant_is(live, payout, "fell_back")
    refund = "select id from payouts where refund_of = %s and status = 'paid'"
    wait_for("the fee to come back", lambda: value(live, refund, payout), 40)
    assert at_stripe(settings, account) == ([600, 59_400], [])
    told = "select message from notifications where partner_id = %s and title = 'Paid the standard way'"
    assert "limit" in value(live, told, partner.id)


def test_a_transfer_is_taken_back_by_two(settings: Settings, live: psycopg.Connection) -> None:
    partner, account = elite(settings, live, "bank")
    with live.transaction(), acting(live, partner.actor("aal2")):
        payout = call(live, "request_payout", currency="USD", request_id=uuid.uuid4())["id"]
    paid(live, payout)
    with live.transaction():
        first, second = make_staff(live, "finance"), make_staff(live, "admin")
        reversal = call_as(
            live, first, "propose_payout_reversal", payout_id=payout, reason="Stolen identity", request_id=uuid.uuid4()
        )
        call_as(live, second, "decide_payout_reversal", reversal_id=reversal["id"], decision="approved")
    query = "select true from payouts where id = %s and status = 'reversed'"
    wait_for("the transfer to be taken back", lambda: value(live, query, payout), 40)
    made = [t for t in control(settings, "state")["objects"]["transfer"] if t["destination"] == account]
    assert [(t["amount"], t["amount_reversed"]) for t in made] == [(60_000, 60_000)]


# -- killed --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPlatform]:
    with own_platform(tmp_path_factory.mktemp("instant")) as running:
        yield running


@pytest.fixture
async def storm(platform: OwnPlatform) -> AsyncIterator[Storm]:
    storm = Storm(platform, copies=1, partners=0)
    await storm.begin()
    yield storm
    await storm.end()


STEPS = (
    *("begin_payout", "GET accounts", "POST transfers", "record_transfer"),
    *("begin_instant", "POST payouts", "record_instant"),
)


@pytest.mark.parametrize("stage", ["before", "after"])
async def test_killed_at_every_step_one_payout_and_one_fee(storm: Storm, stage: Stage) -> None:
    platform = storm.platform
    with platform.connect() as db:
        for step in STEPS:
            storm.proxy.rules.append(Rule(step, stage, storm.fleet.crash, name=f"kill {stage} {step}"))
        partner, account = elite(platform.settings, db, "debit_card")
        payout = ask(db, partner)
        storm.fleet.start_all()
        query = "select true from instant_payouts where payout_id = %s and status in ('on_its_way', 'arrived')"
        await storm.until("Stripe's word", lambda own: bool(value(own, query, payout)), 90)
        platform.double("clock/advance", {"seconds": 15})
        arrived = "select true from instant_payouts where payout_id = %s and status = 'arrived'"
        await storm.until("the money to arrive", lambda own: bool(value(own, arrived, payout)), 60)
        assert storm.report.problems == []
        # Where the transfer's own answer was lost, Stripe's webhook may have written it down before the worker could.
        assert {rule.step for rule in storm.proxy.rules} <= {"record_transfer"}
        storm.proxy.rules.clear()
        assert storm.fleet.kills >= len(STEPS) - 1
        assert at_stripe(platform.settings, account) == ([59_400], [(59_400, "instant")])
        booked = "select count(*) from ledger.journals where source_id = %s and kind = 'instant_fee'"
        assert value(db, booked, uuid.UUID(payout)) == 1
        assert broken(db, but=("check_stripe_equals_ledger",)) == {}


@pytest.mark.parametrize("stage", ["before", "after"])
async def test_killed_while_falling_back_the_fee_comes_back_once(storm: Storm, stage: Stage) -> None:
    platform = storm.platform
    with platform.connect() as db:
        for step in ("POST payouts", "fall_back_to_standard"):
            storm.proxy.rules.append(Rule(step, stage, storm.fleet.crash))
        partner, account = elite(platform.settings, db, "debit_card")
        refusal = {"kind": "refused", "code": "instant_payouts_unsupported", "path": "/v1/payouts", "count": 1}
        platform.double("faults", refusal)
        payout = ask(db, partner)
        storm.fleet.start_all()
        query = "select true from payouts where refund_of = %s and status = 'paid'"
        await storm.until("the fee to come back", lambda own: bool(value(own, query, payout)), 90)
        assert storm.report.problems == []
        assert storm.proxy.rules == []
        assert at_stripe(platform.settings, account)[0] == [600, 59_400]
        assert value(db, "select count(*) from payouts where refund_of = %s", payout) == 1
        assert broken(db, but=("check_stripe_equals_ledger",)) == {}

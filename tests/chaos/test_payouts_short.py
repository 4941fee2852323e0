"""A worker is done when it survives being killed at every step (F-05): a storm in which everything goes wrong that can,
and at the end every cent is where it belongs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import stripe

from tests.chaos import books
from tests.chaos.own_platform import OwnPlatform, own_platform
from tests.chaos.proxy import Rule, Stage
from tests.chaos.storm import FAULTS, Storm
from tests.database.harness import value
from tests.platform.stripe_support import API_VERSION


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPlatform]:
    with own_platform(tmp_path_factory.mktemp("chaos")) as running:
        yield running


@pytest.fixture
async def storm(platform: OwnPlatform) -> AsyncIterator[Storm]:
    """Payouts workers that the test starts itself."""
    storm = Storm(platform, partners=1)
    await storm.begin()
    yield storm
    await storm.end()


@pytest.mark.parametrize(("stage", "attempts"), [("before", 2), ("after", 1)])
async def test_an_outcome_older_than_the_key_is_looked_up(storm: Storm, stage: Stage, attempts: int) -> None:
    """Stripe forgets a key after a day. A transfer that was made is found; one that was not is made with a new key."""
    platform = storm.platform
    with platform.connect() as db:
        [payout] = storm.add_payouts(1)
        storm.proxy.rules.append(Rule("POST transfers", stage, storm.fleet.kill))
        storm.fleet.start(0)
        await storm.until("the worker to die", lambda _db: storm.fleet.kills == 1, 30)
        assert value(db, "select (status, attempt) = ('sending', 1) from payouts where id = %s", payout)
        platform.advance(25)
        storm.fleet.start(0)
        await storm.settle(60)
        assert value(db, "select attempt from payouts where id = %s", payout) == attempts
    assert storm.report.problems == []


async def test_killed_at_every_step_every_payout_is_paid_once(platform: OwnPlatform) -> None:
    """Three payouts workers and the commissions worker, killed before and after each of their calls, none of which ever
    hears a doorbell; Stripe fails before and after it has acted and loses a fifth of its events, the others come twice
    and in disorder; clients get money back while it is being paid out; Stripe and the database crash."""
    storm = Storm(platform, partners=10, commissions=True, deaf=1.0)
    await storm.begin()
    try:
        storm.lose_events(20)
        storm.every_trouble()
        planned = len(storm.proxy.rules)
        storm.add_payouts(20)
        storm.fleet.start_all()
        restarts = {"stripe": planned // 3, "db": planned * 2 // 3}
        for wave in range(30):
            await asyncio.gather(storm.clients_pay(1), storm.refund(1), asyncio.to_thread(storm.add_payouts, 2))
            for part in [part for part, after in restarts.items() if len(storm.proxy.fired) >= after]:
                del restarts[part]
                await storm.restart(part)
            if wave >= 7 and not storm.proxy.rules and not storm.waiting_faults():
                break
        await storm.until("the last troubles", lambda _db: not storm.proxy.rules and not storm.waiting_faults(), 30)
        await storm.settle(60)
    finally:
        report = await storm.end()
        print(report)
    assert report.problems == []
    assert len(report.fired) == planned
    assert sum(report.troubles.values()) >= sum(fault.get("count", 1) for fault in FAULTS), "each was met"
    assert report.restarts == 2
    assert report.refunds >= 5
    assert (report.heard, report.unheard > 0) == (0, True), "every doorbell was lost, and the work was found"
    assert (report.lost_events > 0, report.polled > 0) == (True, True), "what lost events should have told was found"


async def test_a_second_transfer_is_found(storm: Storm) -> None:
    """The count at the end can fail: money is sent twice on purpose. The last test here, since it spoils the books."""
    platform = storm.platform
    [payout] = storm.add_payouts(1)
    storm.fleet.start(0)
    await storm.settle(60)
    assert storm.report.problems == []
    client = stripe.StripeClient(
        platform.settings.stripe_secret_key,
        stripe_version=API_VERSION,
        base_addresses={"api": platform.settings.url("stripe")},
    )
    destination = storm.accounts[0].destination
    client.v1.transfers.create(
        {"amount": 777, "currency": "usd", "destination": destination, "metadata": {"payout_id": payout}}
    )
    storm.reconcile()
    await storm.quiet(60)
    with platform.connect() as db:
        found = books.read(platform, db, storm.clients, storm.workers)
    told = " ".join(books.differences(found))
    assert f"payout {payout} has 2 transfers" in told
    assert f"the ledger says that {found.stripe_cash} left Stripe, Stripe says {found.stripe_cash + 777}" in told
    assert "is owed" in told
    assert "second_transfer" in told, "the product's own comparison says so, too"
    assert "check_dead_jobs" in told, "and so does the job that was to book it"

"""A worker is done when it survives being killed at every step (F-05): sixty payouts in a storm, each paid once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.chaos.own_platform import OwnPlatform, own_platform
from tests.chaos.proxy import Rule, Stage
from tests.chaos.storm import Storm
from tests.database.harness import value

PAYOUTS = 60


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPlatform]:
    with own_platform(tmp_path_factory.mktemp("chaos")) as running:
        yield running


@pytest.fixture
async def storm(platform: OwnPlatform) -> AsyncIterator[Storm]:
    storm = Storm(platform)
    await storm.begin()
    yield storm
    print(await storm.end())


async def test_killed_at_every_step_every_payout_is_paid_once(storm: Storm) -> None:
    storm.every_trouble()
    planned = len(storm.proxy.rules)
    storm.add_payouts(PAYOUTS - 20)
    storm.fleet.start_all()
    await storm.until("a third of the troubles", lambda _db: len(storm.proxy.fired) >= planned // 3, 60)
    await storm.restart("stripe")
    await storm.until("two thirds of them", lambda _db: len(storm.proxy.fired) >= planned * 2 // 3, 60)
    await storm.restart("db")
    storm.add_payouts(10)
    await storm.until("all of them", lambda _db: not storm.proxy.rules, 60)
    storm.add_payouts(10)
    await storm.settle(90)
    assert storm.report.problems == []
    assert len(storm.proxy.fired) == planned


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

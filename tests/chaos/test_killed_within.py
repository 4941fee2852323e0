"""Workers killed (SIGKILL) between claim, transaction, commit and acknowledgement, or in the middle of the transaction.
It then either goes on without anybody who listens, or is lost with its connection; everything is done once."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.chaos.books import broken_invariants
from tests.chaos.clients import Account, open_account
from tests.chaos.fleet import Fleet
from tests.chaos.money import request_payout
from tests.chaos.own_platform import OwnPlatform, own_platform
from tests.chaos.proxy import Proxy, Rule, Stage
from tests.database.harness import acting, call, rows, value, worker

RATE = 5  # a starter gets a fifth


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPlatform]:
    with own_platform(tmp_path_factory.mktemp("killed")) as running:
        yield running


@dataclass
class Scene:
    """A partner with a deal, one commissions and one payouts worker, neither of them started."""

    platform: OwnPlatform
    db: psycopg.Connection
    proxy: Proxy
    fleet: Fleet
    account: Account

    @property
    def commissions(self) -> int:
        return self.fleet.commissions[0]

    @property
    def payouts(self) -> int:
        return self.fleet.payouts[0]

    def pays(self, amount: int) -> str:
        """The client's payment, stored with its job; the event's id."""
        with self.db.transaction(), acting(self.db, worker("commissions")):
            stored = call(
                self.db, "receive_client_payment", "worker", source="killed", source_id=uuid.uuid4().hex,
                deal_reference=self.account.reference, instalment=1, amount=amount, currency="USD",
                cleared_at=datetime.now(UTC) - timedelta(days=31),
            )  # fmt: skip
        return str(stored["id"])

    def booked(self, event: str) -> list[int]:
        """The lines that the event brought."""
        query = (
            "select line.amount from public.commissions as line"
            " join public.client_payments as payment on payment.id = line.client_payment_id"
            " where payment.inbound_event_id = %s and not line.estimate"
        )
        return [amount for (amount,) in rows(self.db, query, event)]

    def is_done(self, key: str, of: str) -> bool:
        return bool(
            value(self.db, f"select bool_and(done_at is not null) from ops.outbox where payload ->> '{key}' = %s", of)  # noqa: S608
        )

    async def until(self, what: str, query: str, *values: Any) -> Any:
        deadline = asyncio.get_running_loop().time() + 60
        while asyncio.get_running_loop().time() < deadline:
            if found := value(self.db, query, *values):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"waited in vain for {what}")

    async def until_done(self, key: str, of: str) -> None:
        query = f"select bool_and(done_at is not null) from ops.outbox where payload ->> '{key}' = %s"  # noqa: S608
        await self.until("the job to be done", query, of)

    async def killed_at_commit(self, number: int, *, goes_on: bool) -> None:
        """The worker dies while its transaction has done everything and waits, in its commit, for the head of the audit
        log."""
        stream = f"partner:{self.account.partner.id}"
        waiting = (
            "from pg_stat_activity where usename = 'authenticator' and state = 'active' and wait_event_type = 'Lock'"
        )
        with self.platform.connect() as gate, gate.transaction(force_rollback=True):
            gate.execute("select from ops.audit_heads where stream = %s for update", (stream,))
            self.fleet.start(number)
            await self.until("the commit", f"select count(*) {waiting} and query = 'COMMIT'")
            await self.fleet.kill(number)
            if not goes_on:  # with the one that it began when it lost its patience, where it did
                assert rows(self.db, f"select pg_terminate_backend(pid, 20000) {waiting}")
                assert value(self.db, f"select count(*) {waiting}") == 0
        over = "select count(*) = 0 from pg_stat_activity where usename = 'authenticator' and state = 'active'"
        await self.until("the transaction to end", over)


@pytest.fixture
async def scene(platform: OwnPlatform) -> AsyncIterator[Scene]:
    proxy = Proxy(platform.settings.api_url, platform.settings.url("stripe"), 2)
    await proxy.start()
    fleet = Fleet(platform, proxy, 1, commissions=True, deaf=1.0)
    with platform.connect() as db:
        yield Scene(platform, db, proxy, fleet, open_account(platform, db))
    await asyncio.to_thread(fleet.stop)
    await proxy.stop()


STEPS: list[tuple[str, Stage, bool]] = [
    ("claim_jobs", "after", False),
    ("commission_inputs", "after", False),
    ("post_commissions", "before", False),
    ("post_commissions", "after", True),
    ("finish_job", "before", True),
    ("finish_job", "after", True),
]


async def test_the_commissions_worker_dies_between_its_steps(scene: Scene) -> None:
    """One payment for each step; what is committed when the worker dies stays, what is not is done by the next one."""
    told: list[str] = []
    for step, stage, is_booked in STEPS:
        event = scene.pays(10_000)
        told.append(event)
        scene.proxy.rules.append(Rule(step, stage, scene.fleet.kill))
        killed = scene.fleet.kills
        scene.fleet.start(scene.commissions)
        for _ in range(3_000):
            if scene.fleet.kills > killed:
                break
            await asyncio.sleep(0.02)
        assert scene.booked(event) == ([2_000] if is_booked else []), (step, stage)
        assert scene.is_done("inbound_event_id", event) == ((step, stage) == ("finish_job", "after"))
        scene.fleet.start(scene.commissions)
        await scene.until_done("inbound_event_id", event)
        assert scene.booked(event) == [2_000], (step, stage)
        await scene.fleet.kill(scene.commissions)
    assert owed(scene) == len(STEPS) * 10_000 // RATE
    assert broken_invariants(scene.db) == {}


@pytest.mark.parametrize("goes_on", [True, False])
async def test_it_dies_in_the_middle_of_the_posting(scene: Scene, goes_on: bool) -> None:
    event = scene.pays(50_000)
    await scene.killed_at_commit(scene.commissions, goes_on=goes_on)
    assert scene.booked(event) == ([10_000] if goes_on else [])
    assert not scene.is_done("inbound_event_id", event)
    scene.fleet.start(scene.commissions)
    await scene.until_done("inbound_event_id", event)
    assert scene.booked(event) == [10_000]
    assert owed(scene) == 10_000
    assert broken_invariants(scene.db) == {}


@pytest.mark.parametrize("goes_on", [True, False])
async def test_the_payouts_worker_dies_before_its_attempt_is_committed(scene: Scene, goes_on: bool) -> None:
    """Request and key are frozen in that transaction: where it goes on, the next worker sends them; where it is lost,
    nothing was sent, and the next one freezes them. There is one transfer."""
    payout = request_payout(scene.db, scene.account.partner, 50_000)
    await scene.killed_at_commit(scene.payouts, goes_on=goes_on)
    frozen = "select status::text, attempt, request is not null from public.payouts where id = %s"
    assert rows(scene.db, frozen, payout) == ([("sending", 1, True)] if goes_on else [("approved", 0, False)])
    assert transfers(scene, payout) == []
    scene.fleet.start(scene.payouts)
    await scene.until("the payout to be paid", "select status = 'paid' from public.payouts where id = %s", payout)
    await scene.until_done("payout_id", payout)
    assert transfers(scene, payout) == [10_000]
    assert rows(scene.db, frozen, payout) == [("paid", 1, True)]
    assert owed(scene) == 0
    assert broken_invariants(scene.db) == {}


def owed(scene: Scene) -> int:
    query = "select coalesce(-sum(balance), 0)::bigint from ledger.accounts where partner_id = %s"
    return int(value(scene.db, query, scene.account.partner.id))


def transfers(scene: Scene, payout: str) -> list[int]:
    state: Any = scene.platform.double("state")
    made = state["objects"].get("transfer", [])
    return [transfer["amount"] for transfer in made if transfer["metadata"].get("payout_id") == payout]

"""Many at one deal at the same moment: at the end the books are those of some order, nothing is there twice, and nobody
waited for somebody who waited for them."""

from __future__ import annotations

import asyncio
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.chaos.at_once import WHY, Senders, Story, begin, client_events, decide, replay
from tests.chaos.books import broken_invariants
from tests.chaos.own_platform import OwnPlatform, own_platform
from tests.database.harness import Person, acting, call, make_partner, rows, value, worker
from tests.database.money_support import balances, paid, refunded, team, win


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPlatform]:
    with own_platform(tmp_path_factory.mktemp("at-once")) as running:
        yield running


# -- one deal, everything at once --


@pytest.mark.parametrize("seed", range(6))
async def test_events_of_one_deal_in_any_number_of_hands(platform: OwnPlatform, seed: int) -> None:
    chance = random.Random(seed)
    senders, over = Senders(platform, copies=4), asyncio.Event()
    with platform.connect() as db:
        story = begin(db, chance.choice(("USD", "JPY")))
        reference, lead = (
            story.deal["reference"],
            value(db, "select lead_id from deals where id = %s", story.deal["id"]),
        )
    decisions: list[Callable[[], None]] = [
        lambda: decide(platform, story, "verify_deal", reference=reference, contracted_value=400_000),
        lambda: decide(
            platform, story, "decide_claim", claim_id=story.claim, decision="accepted", reason=WHY,
            resolution="reattribution", lead_id=lead,
        ),
    ]  # fmt: skip
    if seed % 2:
        decisions.append(lambda: decide(platform, story, "cancel_deal", reference=reference, reason=WHY))

    async def at_the_desk(act: Callable[[], None]) -> None:
        await asyncio.sleep(chance.random() * (0.05 if seed % 3 else 1.5))
        await asyncio.to_thread(act)

    bodies = client_events(story, chance)
    first = [body for body in bodies if body["type"] == "payment.cleared"]
    try:
        deliveries = [asyncio.create_task(senders.deliver(n, body, over)) for n, body in enumerate(bodies)]
        payments = [task for task, body in zip(deliveries, bodies, strict=True) if body in first]
        await asyncio.gather(*payments, *(at_the_desk(act) for act in decisions))
        over.set()  # what waits for a payment now waits for one that was turned away
        await asyncio.gather(*deliveries)
    finally:
        await senders.close()
    with platform.connect() as db:
        deal = replay(db, story)
        assert books_of(db, story) == story.model.balances()
        assert lines_of(db, story) == expected_lines(story)
        assert deal.bookings > 0
        twice = "select count(*) - count(distinct source_id) from client_payments where deal_id = %s"
        assert value(db, twice, story.deal["id"]) == 0
        assert broken_invariants(db) == {}
    assert senders.trouble["40P01"] == 0, "nobody waits for somebody who waits for them"


def books_of(db: psycopg.Connection, story: Story) -> Counter[tuple[Any, ...]]:
    """The accounts of the story's people, and what the deal cost."""
    names = story.partners
    found = rows(
        db,
        "select partner_id, currency::text, kind::text, -balance from ledger.accounts"
        " where partner_id = any (%s) and balance <> 0",
        list(names),
    )
    books: Counter[tuple[Any, ...]] = Counter({(names[who], money, kind): amount for who, money, kind, amount in found})
    cost = sum(books.values())
    books[None, story.deal["currency"], "commission_expense"] = -cost
    return Counter({account: amount for account, amount in books.items() if amount})


_STATE = "case status::text when 'approved' then 'pending' when 'disputed' then 'held' else status::text end"


def lines_of(db: psycopg.Connection, story: Story) -> Counter[tuple[Any, ...]]:
    query = f"select partner_id, kind::text, amount, {_STATE} from commissions where deal_id = %s and not estimate"  # noqa: S608
    names = story.partners
    found = rows(db, query, story.deal["id"])
    return Counter((names[who], kind, amount, state) for who, kind, amount, state in found)


def expected_lines(story: Story) -> Counter[tuple[Any, ...]]:
    return Counter((line.owner, line.kind, line.amount, line.state) for line in story.model.lines)


# -- a payout run and a posting --


class Held:
    """Something in a thread and on a connection of its own; what became of it."""

    def __init__(self, platform: OwnPlatform, act: Callable[[psycopg.Connection], None]) -> None:
        self.error: psycopg.Error | None = None
        self._db = platform.connect()
        self.pid = self._db.info.backend_pid
        self._thread = threading.Thread(target=self._run, args=(act,))
        self._thread.start()

    def _run(self, act: Callable[[psycopg.Connection], None]) -> None:
        try:
            with self._db, self._db.transaction():
                act(self._db)
        except psycopg.Error as error:
            self.error = error

    def until_it_waits(self, db: psycopg.Connection) -> None:
        deadline = time.monotonic() + 60
        query = "select wait_event_type = 'Lock' from pg_stat_activity where pid = %s"
        while time.monotonic() < deadline:
            if value(db, query, self.pid):
                return
            assert self._thread.is_alive(), f"it did not wait: {self.error}"
            time.sleep(0.02)
        raise AssertionError("it did not come so far")

    def end(self) -> str | None:
        self._thread.join(120)
        assert not self._thread.is_alive()
        return self.error.sqlstate if self.error else None


def seller_and_leader(db: psycopg.Connection) -> tuple[Person, Person]:
    """A run comes to the leader first."""
    seller, leader, _ = team(db)
    while seller.id < leader.id:
        seller = make_partner(db, tier="elite", leader=leader)
    return seller, leader


@pytest.mark.parametrize("in_order", [True, False])
def test_a_payout_run_and_a_refund_lock_in_the_same_order(platform: OwnPlatform, in_order: bool) -> None:
    """The run has the leader's lines and comes to the seller's; the refund has the seller's and comes to the leader's.
    Without the locks of the partners Postgres has to end one of them."""
    with platform.connect() as db, platform.connect() as gate:
        with db.transaction():
            seller, leader = seller_and_leader(db)
            for person in (seller, leader):
                db.execute(
                    "insert into public.payout_accounts (partner_id, stripe_account_id, status, country, tax_status,"
                    " connected_with_mfa_at) values (%s, %s, 'ready', 'US', 'complete', private.now())",
                    (person.id, f"acct_{person.id.hex}"),
                )
            deal = win(db, seller, 100_000)
            payment = paid(db, deal, 100_000)
            with acting(db, worker("commissions")):
                call(db, "clear_commissions", "worker")
            run = value(
                db,
                "insert into public.payout_runs (key, status) values (%s, 'executing') returning id",
                f"staff-{uuid.uuid4()}",
            )
        assert (balances(db, seller)[1], balances(db, leader)[1]) == (30_000, 10_000)
        if not in_order:
            was = value(db, "select pg_get_functiondef('private.lock_partners'::regproc)")
            db.execute(
                "create or replace function private.lock_partners(variadic owners uuid[]) returns void"
                " language sql volatile security definer set search_path = '' as 'select'"
            )
        key = f"payout:{seller.id}:USD"
        gate.execute("select pg_advisory_lock(hashtextextended(%s, 0))", (key,))  # the run stops before the seller
        try:
            paying = Held(platform, lambda own: pay_out(own, run))
            paying.until_it_waits(db)
            refunding = Held(platform, lambda own: give_back(own, deal, payment))
            refunding.until_it_waits(db)
        finally:
            gate.execute("select pg_advisory_unlock_all()")
        ends = {paying.end(), refunding.end()}
        if not in_order:
            db.execute(was)
            assert ends == {None, "40P01"}
            return
        assert ends == {None}
        assert value(db, "select payouts from public.payout_runs where id = %s", run) == 2
        called_off = rows(db, "select distinct status::text, failure_code from public.payouts where run_id = %s", run)
        assert called_off == [("cancelled", "money_taken_back")]
        assert balances(db, seller) == (0, 30_000, 15_000)
        assert balances(db, leader) == (0, 10_000, 5_000)
        assert broken_invariants(db) == {}


def pay_out(db: psycopg.Connection, run: uuid.UUID) -> None:
    with acting(db, worker("payouts")):
        call(db, "run_payout_batch", "worker", run=run)


def give_back(db: psycopg.Connection, deal: dict[str, Any], payment: dict[str, Any]) -> None:
    refunded(db, deal, payment, 50_000)

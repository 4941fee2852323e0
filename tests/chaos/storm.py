"""Kills workers at every step of their work, breaks Stripe and the database under them, loses what should have told
them of it, and counts the money."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import psycopg

from tests.chaos import books
from tests.chaos.clients import Clients, ask, open_account
from tests.chaos.fleet import LEASE_SECONDS, Fleet
from tests.chaos.own_platform import OwnPlatform
from tests.chaos.proxy import Proxy, Rule, Stage
from tests.database.harness import call, value

STEPS = ("claim_jobs", "begin_payout", "POST transfers", "record_transfer", "finish_job")
# What becomes of Stripe's events.
EVENT_STEPS = ("receive_stripe_event", "stripe_event", "GET transfers", "confirm_transfer", "stripe_event_done")
RECONCILE_STEPS = ("begin_reconciliation", "save_reconciliation_page", "finish_reconciliation")
COMMISSION_STEPS = (
    *("receive_client_payment", "receive_client_refund", "claim_jobs"),
    *("commission_inputs", "post_commissions", "clear_commissions", "finish_job"),
)
STAGES: tuple[Stage, ...] = ("before", "after")
# More often than the SDK retries by itself, so that the worker sees the trouble.
STUBBORN = 3
_MAKE: dict[str, Any] = {"method": "POST", "path": "/v1/transfers"}
_READ: dict[str, Any] = {"method": "GET", "path": "/v1/transfers*"}
FAULTS: tuple[dict[str, Any], ...] = (
    _MAKE | {"kind": "timeout", "when": "after", "seconds": 5},
    _MAKE | {"kind": "timeout", "when": "before", "seconds": 5},
    _MAKE | {"kind": "reset", "when": "before", "count": STUBBORN},
    _MAKE | {"kind": "reset", "when": "after", "count": STUBBORN},
    _MAKE | {"kind": "500", "when": "before", "count": STUBBORN},
    _MAKE | {"kind": "500", "when": "after", "count": STUBBORN},
    _MAKE | {"kind": "503", "when": "before"},
    _MAKE | {"kind": "409", "when": "before", "count": STUBBORN},
    _MAKE | {"kind": "429", "when": "before"},
    _MAKE | {"kind": "lock_timeout", "when": "before"},
    # When the transfer of an event is fetched.
    _READ | {"kind": "500", "when": "before", "count": STUBBORN},
    _READ | {"kind": "429", "when": "before"},
    _READ | {"kind": "reset", "when": "after", "count": STUBBORN},
)


@dataclass
class Report:
    payouts: int = 0
    payments: int = 0
    refunds: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, int] = field(default_factory=dict)
    lost_events: int = 0
    polled: int = 0
    unheard: int = 0
    heard: int = 0
    restarts: int = 0
    fired: list[str] = field(default_factory=list)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        def listed(counts: dict[str, int]) -> str:
            return ", ".join(f"{count} × {name}" for name, count in sorted(counts.items())) or "none"

        outcome = "".join(f"\n  ✗ {problem}" for problem in self.problems) or "\n  ✓ every cent in its place"
        return (
            f"{self.payouts} payouts in {self.seconds:.0f} s ({self.payouts / max(self.seconds, 0.1):.1f} a second),"
            f" {self.payments} clients' payments, {self.refunds} refunds in flight"
            f"\n  killed: {listed(self.kills)}"
            f"\n  Stripe's troubles: {listed(self.troubles)}"
            f"\n  Stripe's events lost: {self.lost_events}; payouts that were looked up instead: {self.polled}"
            f"\n  doorbells unheard: {self.unheard} of {self.unheard + self.heard}"
            f"\n  restarts of Stripe or the database: {self.restarts}{outcome}"
        )


class Storm:
    """``commissions``: that worker runs, too, and clients pay by webhook. ``deaf``: the share of workers that hear no
    doorbell. The same seed is the same storm, as far as chance goes."""

    def __init__(
        self,
        platform: OwnPlatform,
        copies: int = 3,
        partners: int = 12,
        seed: int = 0,
        *,
        commissions: bool = False,
        max_jobs: int = 4,
        sweep_seconds: float = 0.3,
        deaf: float = 0.0,
    ) -> None:
        self.platform = platform
        settings = platform.settings
        self.workers = ("payouts", "commissions") if commissions else ("payouts",)
        self.proxy = Proxy(settings.api_url, settings.url("stripe"), copies + commissions)
        self.fleet = Fleet(
            platform,
            self.proxy,
            copies,
            commissions=commissions,
            max_jobs=max_jobs,
            sweep_seconds=sweep_seconds,
            deaf=deaf,
            seed=seed,
        )
        self.clients = Clients(settings, seed)
        self.report = Report()
        self._random = random.Random(seed)
        self._began = time.monotonic()
        self._turn = 0
        with platform.connect() as db:
            self._lost_before = int(str(platform.double("deliveries")["lost"]))
            self.accounts = [open_account(platform, db) for _ in range(partners)]

    async def begin(self) -> None:
        await self.proxy.start()
        self._began = time.monotonic()

    # -- what there is to do -------------------------------------------------------------------------------------------

    def add_payouts(self, count: int) -> list[str]:
        """Each from the client's payment on, by the real functions; their ids."""
        made: list[str] = []
        with self.platform.connect() as db:
            while len(made) < count:
                account = self.accounts[self._turn % len(self.accounts)]
                self._turn += 1
                if payout := self.clients.earn_and_ask(db, account, self._amount()):
                    made.append(payout)
        self.report.payouts += count
        return made

    async def clients_pay(self, count: int) -> None:
        """By webhook; one in four is told of after a refund of it."""
        for _ in range(count):
            amount = self._amount()
            early = self._random.randrange(1, amount // 10) if self._random.random() < 0.25 else 0
            await self.clients.pay(self._random.choice(self.accounts), amount, refund=early)
            self.report.payments += 1

    async def refund(self, count: int) -> None:
        """Of the newest payments, whose commissions are on their way to the partner now."""
        for _ in range(count):
            await self.clients.any_refund(among=4 * len(self.accounts))

    def _amount(self) -> int:
        return self._random.randrange(30_001, 100_000)  # commissions of 60.00 to 200.00

    # -- troubles --------------------------------------------------------------------------------------------------

    def kill_at(self, step: str, stage: Stage, *, commissions: bool = False) -> None:
        of = self.fleet.commissions if commissions else self.fleet.payouts
        name = f"kill {'commissions' if commissions else 'payouts'} {stage} {step}"
        self.proxy.rules.append(Rule(step, stage, self.fleet.crash, name=name, workers=of))

    def kill_and_send_late(self) -> None:
        """The worker dies, but what it sent arrives after its lease has run out and another has taken over."""

        async def act(number: int) -> None:
            await self.fleet.crash(number)
            await asyncio.sleep(LEASE_SECONDS + 1)

        self.proxy.rules.append(Rule("POST transfers", "before", act, drop=False, name="late transfer"))

    def stall(self, step: str, stage: Stage, seconds: float) -> None:
        """The worker waits: Stripe's webhook comes first, or (longer than the lease) another copy takes the job."""

        async def act(_number: int) -> None:
            await asyncio.sleep(seconds)

        self.proxy.rules.append(Rule(step, stage, act, drop=False, name=f"stall {stage} {step}"))

    def break_stripe(self, fault: dict[str, Any]) -> None:
        self.platform.double("faults", fault)

    def lose_events(self, percent: int) -> None:
        """Of a hundred events of Stripe so many are never sent; the others come twice and in any order."""
        self.platform.double("webhooks", {"loss": percent})

    def _kills(self) -> list[Callable[[], None]]:
        kills = [partial(self.kill_at, step, stage) for step in (*STEPS, *EVENT_STEPS) for stage in STAGES]
        if self.fleet.commissions:
            kills += [
                partial(self.kill_at, step, stage, commissions=True) for step in COMMISSION_STEPS for stage in STAGES
            ]
        return [*kills]

    def _troubles(self) -> list[Callable[[], None]]:
        return [
            *self._kills(),
            *(partial(self.break_stripe, fault) for fault in FAULTS),
            self.kill_and_send_late,
            partial(self.stall, "record_transfer", "before", 1.5),
            partial(self.stall, "POST transfers", "after", LEASE_SECONDS + 1),
        ]

    def every_trouble(self) -> None:
        for trouble in self._troubles():
            trouble()

    def any_trouble(self) -> None:
        """One of them, by chance."""
        troubles = self._troubles()
        troubles += [partial(self.kill_at, step, stage) for step in RECONCILE_STEPS for stage in STAGES]
        self._random.choice(troubles)()

    def waiting_faults(self) -> list[dict[str, Any]]:
        """The faults that no request has met yet."""
        found: list[dict[str, Any]] = self.platform.double("faults")["faults"]  # type: ignore[assignment]
        return found

    async def restart(self, part: str) -> None:
        """The part crashes and comes back."""
        faults = self.waiting_faults() if part == "stripe" else []
        self.platform.kill(part)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(self.platform.start)
        for fault in faults:
            self.break_stripe(fault)
        self.report.restarts += 1

    def reconcile(self) -> None:
        """Asks for a comparison with Stripe, as cron does at night."""
        with self.platform.connect() as db:
            key = f"storm {time.monotonic_ns()}"
            call(db, "enqueue", "private", job_topic="stripe.reconcile", job_key=key, job_payload={})

    # -- the end ---------------------------------------------------------------------------------------------------

    async def until(self, what: str, done: Callable[[psycopg.Connection], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                with self.platform.connect() as db:
                    if await asyncio.to_thread(done, db):
                        return True
            except (psycopg.Error, httpx.HTTPError):
                pass  # it is being restarted
            await asyncio.sleep(0.2)
        self.report.problems.append(f"waited {seconds:.0f} s in vain for {what}")
        return False

    async def settle(self, seconds: float) -> None:
        """No more troubles; everything must come to its end by itself. What Stripe's lost events should have told is
        found by looking: an hour later, as cron does."""
        self.lose_events(0)
        if self.fleet.commissions:
            await self.until("the clients' words", lambda db: self.clients.unposted(db) == 0, seconds)
            await self._pay_what_is_left(seconds)
        await self.until("the payouts to be sent", lambda db: books.unsent(db) == 0, seconds)
        await self.quiet(seconds)
        with self.platform.connect() as db:
            self.report.polled += books.in_state(db, "sent")
            if books.in_state(db, "sent"):
                self.platform.advance(1)
                db.execute("select private.wake_waiting_payouts()")
        await self.until("the payouts to be paid", lambda db: books.unpaid(db) == 0, seconds)
        self.reconcile()
        await self.quiet(seconds)
        with self.platform.connect() as db:
            found = books.read(self.platform, db, self.clients, self.workers)
        self.report.problems += [*self.clients.problems, *books.differences(found)]

    async def quiet(self, seconds: float) -> None:
        def told(_db: psycopg.Connection) -> bool:
            return self.platform.double("deliveries")["waiting"] == 0

        await self.until("Stripe's events to be told", told, seconds)
        await self.until("the jobs to be done", lambda db: books.open_jobs(db, self.workers) == 0, seconds)

    async def _pay_what_is_left(self, seconds: float) -> None:
        """Lines that have cleared and debts that came late: one more payout for whoever has enough."""
        query = (
            "select count(*) from public.commissions where status = 'pending' and amount > 0"
            " and clears_at <= private.now()"
        )
        with self.platform.connect() as db:
            db.execute("select private.enqueue_clearing()")
        await self.until("the clearing", lambda db: value(db, query) == 0, seconds)
        with self.platform.connect() as db:
            for account in self.accounts:
                with db.transaction():
                    self.report.payouts += ask(db, account) is not None

    async def end(self) -> Report:
        await asyncio.to_thread(self.fleet.stop)  # the proxy answers meanwhile
        await self.proxy.stop()
        await self.clients.close()
        doorbells = self.fleet.doorbells()
        self.report.heard, self.report.unheard = doorbells[202], doorbells.total() - doorbells[202]
        self.report.lost_events = int(str(self.platform.double("deliveries")["lost"])) - self._lost_before
        self.report.refunds = self.clients.refunds
        self.report.kills, self.report.troubles = dict(self.fleet.killed), dict(self.proxy.stripe_troubles)
        self.report.fired = self.proxy.fired
        self.report.seconds = time.monotonic() - self._began
        return self.report

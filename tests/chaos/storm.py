"""Kills payouts workers at every step of their work, breaks Stripe and the database under them, counts the money."""

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

from tests.chaos.fleet import LEASE_SECONDS, Fleet
from tests.chaos.money import differences, open_jobs, ready_partner, request_payout, unpaid
from tests.chaos.own_platform import OwnPlatform
from tests.chaos.proxy import Proxy, Rule, Stage

STEPS = ("claim_jobs", "begin_payout", "POST transfers", "record_transfer", "finish_job")
# More often than the SDK retries by itself, so that the worker sees the trouble.
STUBBORN = 3
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "timeout", "when": "after", "seconds": 5},
    {"kind": "timeout", "when": "before", "seconds": 5},
    {"kind": "reset", "when": "before", "count": STUBBORN},
    {"kind": "reset", "when": "after", "count": STUBBORN},
    {"kind": "500", "when": "before", "count": STUBBORN},
    {"kind": "500", "when": "after", "count": STUBBORN},
    {"kind": "503", "when": "before"},
    {"kind": "409", "when": "before", "count": STUBBORN},
    {"kind": "429", "when": "before"},
    {"kind": "lock_timeout", "when": "before"},
)


@dataclass
class Report:
    payouts: int = 0
    kills: int = 0
    faults: int = 0
    restarts: int = 0
    fired: list[str] = field(default_factory=list)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        outcome = "; ".join(self.problems) or "every cent in its place"
        return (
            f"{self.payouts} payouts, {self.kills} workers killed, {self.faults} faults of Stripe,"
            f" {self.restarts} restarts of Stripe or the database, {self.seconds:.1f} s: {outcome}"
        )


class Storm:
    def __init__(self, platform: OwnPlatform, copies: int = 3, partners: int = 12, seed: int = 0) -> None:
        self.platform = platform
        settings = platform.settings
        self.proxy = Proxy(settings.api_url, settings.url("stripe"), copies)
        self.fleet = Fleet(platform, self.proxy, copies)
        self.report = Report()
        self._random = random.Random(seed)  # the same seed, the same storm
        self._tasks: set[asyncio.Task[None]] = set()
        self._began = time.monotonic()
        with platform.connect() as db:
            self._partners = [ready_partner(platform, db) for _ in range(partners)]

    async def begin(self) -> None:
        await self.proxy.start()

    def add_payouts(self, count: int) -> list[str]:
        made = []
        with self.platform.connect() as db:
            for _ in range(count):
                partner = self._partners[self.report.payouts % len(self._partners)]
                made.append(request_payout(db, partner, self._random.randrange(30_001, 400_000)))
                self.report.payouts += 1
        return made

    # -- troubles --------------------------------------------------------------------------------------------------

    def kill_at(self, step: str, stage: Stage) -> None:
        self.proxy.rules.append(Rule(step, stage, self.fleet.crash, name=f"kill {stage} {step}"))

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
        self.platform.double("faults", {"path": "/v1/transfers", "method": "POST", **fault})
        self.report.faults += 1

    def every_trouble(self) -> None:
        for step in STEPS:
            self.kill_at(step, "before")
            self.kill_at(step, "after")
        self.kill_and_send_late()
        self.stall("record_transfer", "before", 1.5)
        self.stall("POST transfers", "after", LEASE_SECONDS + 1)
        for fault in FAULTS:
            self.break_stripe(fault)

    def any_trouble(self) -> None:
        """One of them, by chance."""
        troubles: list[Callable[[], None]] = [
            *(partial(self.kill_at, step, stage) for step in STEPS for stage in ("before", "after")),
            *(partial(self.break_stripe, fault) for fault in FAULTS),
            self.kill_and_send_late,
            partial(self.stall, "record_transfer", "before", 1.5),
            partial(self.stall, "POST transfers", "after", LEASE_SECONDS + 1),
        ]
        self._random.choice(troubles)()

    async def restart(self, part: str) -> None:
        """The part crashes and comes back."""
        self.platform.kill(part)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(self.platform.start)
        self.report.restarts += 1

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
        """No more troubles; everything must come to its end by itself."""
        await self.until("the payouts to be paid", lambda db: unpaid(db) == 0, seconds)
        await self.until("the jobs to be done", lambda db: open_jobs(db) == 0, 20)
        with self.platform.connect() as db:
            self.report.problems += differences(self.platform, db)

    async def end(self) -> Report:
        self.fleet.stop()
        await self.proxy.stop()
        self.report.kills = self.fleet.kills
        self.report.fired = self.proxy.fired
        self.report.seconds = time.monotonic() - self._began
        return self.report

"""``./scripts/soak payouts``: a storm of any length, with troubles by chance; shows its progress and prints figures."""

from __future__ import annotations

import argparse
import asyncio
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.chaos import books
from tests.chaos.own_platform import OwnPlatform, own_platform
from tests.chaos.storm import Report, Storm

BACKLOG = 4  # waves that may be on their way at the same time
RESTART_EVERY = 2500  # payouts
FUNDS = 90_000_000  # minor units that the platform gets at Stripe for every 4,000 payouts


async def run(platform: OwnPlatform, options: argparse.Namespace) -> Report:
    for _ in range(options.payouts // 4000 + 1):
        platform.double("fund", {"amount": FUNDS, "currency": "usd"})
    storm = Storm(
        platform,
        options.copies,
        options.partners,
        options.seed,
        commissions=True,
        max_jobs=8,
        sweep_seconds=1.0,
        deaf=options.deaf / 100,
    )
    await storm.begin()
    end_on_signals(asyncio.current_task())
    storm.fleet.start_all()
    try:
        await _waves(storm, options)
        storm.proxy.rules.clear()  # a trouble that found no request to spoil is none
        platform.double("faults", method="DELETE")
        await storm.settle(300)
    finally:
        report = await storm.end()
    return report


def end_on_signals(task: asyncio.Task[Any] | None) -> None:
    """Told to end, the storm calms down first: its workers go, and then its platform."""
    assert task is not None
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)


async def _waves(storm: Storm, options: argparse.Namespace) -> None:
    began, wave = time.monotonic(), 0
    while storm.report.payouts < options.payouts:
        if time.monotonic() - began > options.minutes * 60:
            storm.report.problems.append(f"only {storm.report.payouts} payouts in {options.minutes} minutes")
            return
        count = min(options.partners, options.payouts - storm.report.payouts)
        for _ in range(max(1, options.troubles * count // 100)):
            storm.any_trouble()
        storm.lose_events(10 if wave % 2 else 0)
        if wave % 10 == 4:
            storm.reconcile()
        before = storm.report.payouts // RESTART_EVERY
        await asyncio.gather(
            asyncio.to_thread(storm.add_payouts, count), storm.clients_pay(count // 20), storm.refund(count // 10)
        )
        if wave == 1 or storm.report.payouts // RESTART_EVERY > before:
            await storm.restart("db")
            await storm.restart("stripe")
        most = BACKLOG * options.partners
        await storm.until("the backlog to shrink", lambda db, most=most: books.unsent(db) < most, 300)  # type: ignore[misc]
        seconds = time.monotonic() - began
        left = seconds * (options.payouts / storm.report.payouts - 1) / 60
        print(
            f"  {seconds:6.0f} s  {storm.report.payouts:6} payouts asked for, {storm.fleet.kills} workers killed,"
            f" {storm.proxy.stripe_troubles.total()} troubles of Stripe, about {left:.0f} min left",
            flush=True,
        )
        wave += 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./scripts/soak payouts", description=__doc__)
    parser.add_argument("--payouts", type=int, default=10_000)
    parser.add_argument("--troubles", type=int, default=10, help="how many troubles for 100 payouts (10)")
    parser.add_argument("--partners", type=int, default=100, help="who is paid, once in each wave (100)")
    parser.add_argument("--copies", type=int, default=3, choices=range(1, 5), help="copies of the payouts worker (3)")
    parser.add_argument("--deaf", type=int, default=50, help="of 100 workers, how many hear no doorbell (50)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed is the same storm, as far as chance goes")
    parser.add_argument("--minutes", type=int, default=90, help="after that it gives up and fails (90)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="siso-chaos-") as folder, own_platform(Path(folder) / "state") as platform:
        try:
            report = asyncio.run(run(platform, options))
        except asyncio.CancelledError:
            raise SystemExit(128 + signal.SIGTERM) from None
    print(report)
    return 1 if report.problems else 0

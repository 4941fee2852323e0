"""``python -m tests.chaos --payouts 1000``: the storm at any length, with troubles by chance; prints figures."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.chaos.own_platform import OwnPlatform, own_platform
from tests.chaos.storm import Report, Storm

WAVE = 50


async def run(platform: OwnPlatform, payouts: int, troubles: int, copies: int, seed: int) -> Report:
    storm = Storm(platform, copies=copies, partners=25, seed=seed)
    await storm.begin()
    storm.fleet.start_all()
    waves = -(-payouts // WAVE)
    for wave in range(waves):
        for _ in range(troubles * WAVE // 100):
            storm.any_trouble()
        storm.add_payouts(min(WAVE, payouts - storm.report.payouts))
        if wave % 5 == 4:
            await storm.restart("stripe" if wave % 10 == 4 else "db")
        await storm.until("the troubles of a wave", lambda _db: not storm.proxy.rules, 60)
        print(f"  {storm.report.payouts} payouts asked for, {storm.fleet.kills} workers killed", flush=True)
    storm.proxy.rules.clear()
    storm.report.problems.clear()  # a trouble that found no request to spoil is none
    await storm.settle(60 + payouts)
    return await storm.end()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--payouts", type=int, default=1000)
    parser.add_argument("--troubles", type=int, default=40, help="how many troubles for 100 payouts (40)")
    parser.add_argument("--copies", type=int, default=3, choices=range(1, 5), help="copies of the worker (3)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed is the same storm")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="siso-chaos-") as folder, own_platform(Path(folder) / "state") as platform:
        report = asyncio.run(run(platform, options.payouts, options.troubles, options.copies, options.seed))
    print(report)
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""``./scripts/bench``: see docs/speed.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.bench import broadcast, events, ledger, reads
from tests.bench.ground import end_on_signals
from tests.bench.report import Table


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/bench", description="Figures next to their limits.")
    benches: dict[str, Callable[[argparse.Namespace], list[Table]]] = {
        "reads": lambda given: reads.bench(
            scale=given.scale, rounds=given.rounds, plans=given.plans, fresh=given.fresh
        ),
        "ledger": lambda given: [ledger.bench(seconds=given.seconds, fresh=given.fresh)],
        "events": lambda given: events.bench(events=given.events, fresh=given.fresh),
        "realtime": lambda given: [broadcast.bench(fresh=given.fresh)],
    }
    parser.add_argument("what", choices=[*benches, "all"], help="what to measure")
    parser.add_argument("--scale", type=float, default=1.0, help="of the data for reads: 1.0 is 100,000 partners (1.0)")
    parser.add_argument("--rounds", type=int, default=15, help="how often each read is measured (15)")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each way of posting runs (5)")
    parser.add_argument("--events", type=int, default=2_000, help="how many payments go through the worker (2,000)")
    parser.add_argument("--plans", action="store_true", help="print the plan of a read that misses its limit")
    parser.add_argument("--fresh", action="store_true", help="begin with empty data: after a migration has changed")
    given = parser.parse_args()
    end_on_signals()
    missed = False
    for name, bench in benches.items():
        if given.what in (name, "all"):
            for table in bench(given):
                print(table, flush=True)
                missed = missed or bool(table.missed)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

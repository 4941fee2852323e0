"""``./scripts/soak``: long runs that show what only time shows. Each ends by itself and says what it found.

./scripts/soak payouts --payouts 10000   a storm of kills, faults and losses over the payouts (tests/chaos)
./scripts/soak money --examples 400      the whole life of money by chance against a plain model (tests/database)
./scripts/soak events --events 100000    client payments through the worker: its memory must stay flat (tests/bench)
"""

from __future__ import annotations

import argparse
import sys

from tests.bench.ground import end_on_signals
from tests.chaos.soak import main as storm


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="./scripts/soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("payouts", add_help=False, help="a storm; its own --help lists its options")
    money = kinds.add_parser("money", help="the money machine, on a platform of its own")
    money.add_argument("--examples", type=int, default=400)
    money.add_argument("--seed", type=int, default=1, help="the same seed is the same stories")
    money.add_argument("--shrink", action="store_true", help="makes a story that fails short; takes minutes")
    events = kinds.add_parser("events", help="client payments through the commissions worker")
    events.add_argument("--events", type=int, default=100_000)
    given, rest = parser.parse_known_args()
    end_on_signals()
    if given.kind == "payouts":
        return storm(rest)
    if rest:
        parser.error(f"unknown: {' '.join(rest)}")
    if given.kind == "money":
        from tests.bench.money import soak

        soak(given.examples, given.seed, shrink=given.shrink)
        return 0
    from tests.bench.events import bench

    missed = False
    for table in bench(events=given.events, fresh=True):
        print(table, flush=True)
        missed = missed or bool(table.missed)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""``./scripts/soak``: long runs that show what only time shows. Each ends by itself and says what it found.

./scripts/soak payouts --payouts 10000   a storm of kills, faults and losses over the payouts (tests/chaos)
./scripts/soak events --events 100000    client payments through the worker: its memory must stay flat (tests/bench)
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from siso_local.settings import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="./scripts/soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("payouts", add_help=False, help="all options of python -m tests.chaos")
    events = kinds.add_parser("events", help="client payments through the commissions worker")
    events.add_argument("--events", type=int, default=100_000)
    given, rest = parser.parse_known_args()
    if given.kind == "payouts":
        return subprocess.run([sys.executable, "-m", "tests.chaos", *rest], cwd=ROOT, check=False).returncode
    from tests.bench.events import bench

    missed = False
    for table in bench(events=given.events, fresh=True):
        print(table, flush=True)
        missed = missed or bool(table.missed)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

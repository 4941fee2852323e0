"""``./scripts/bench``: see docs/speed.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from siso_bench import reads
from siso_bench.ground import STATE


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/bench", description="Figures next to their limits.")
    parser.add_argument("what", choices=["reads"], help="what to measure")
    parser.add_argument("--scale", type=float, default=1.0, help="of the data: 1.0 is 100,000 partners (1.0)")
    parser.add_argument("--rounds", type=int, default=15, help="how often each read is measured (15)")
    parser.add_argument("--state", type=Path, default=STATE, help="state folder of the bench's platform")
    parser.add_argument("--plans", action="store_true", help="print the plan of what misses its limit")
    parser.add_argument(
        "--fresh", action="store_true", help="begin with an empty platform: after a migration has changed"
    )
    options = parser.parse_args()
    table = reads.bench(options.state.resolve(), options.scale, options.rounds, options.plans, options.fresh)
    print(table)
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""``./scripts/soak money``: the money machine (tests/database/test_money_machine.py) for as long as one likes.

On a platform of its own, where every row of every check counts.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.chaos.own_platform import own_platform
from tests.database.test_money_machine import Money, play

ROUND = 20  # examples between two lines of progress


def soak(examples: int, seed: int, *, shrink: bool = False) -> None:
    """Plays the examples in rounds, each with a seed of its own; the first story that goes wrong ends it."""
    with tempfile.TemporaryDirectory(prefix="siso-money-") as folder, own_platform(Path(folder) / "state") as platform:
        began, done = time.monotonic(), 0
        while done < examples:
            count = min(ROUND, examples - done)
            try:
                play(platform.settings.dsn("supabase_admin"), count, alone=True, seed=seed, shrink=shrink)
            except BaseException:
                print(f"✗ after {done} examples; the same again: ./scripts/soak money --seed {seed}", flush=True)
                raise
            seed += 1
            done += count
            seconds = time.monotonic() - began
            left = seconds * (examples / done - 1) / 60
            print(
                f"  {seconds:6.0f} s  {done:5} of {examples} examples, {Money.played['steps']:6} steps,"
                f" about {left:.0f} min left",
                flush=True,
            )
        print(
            f"{Money.played['examples']} lives of money, {Money.played['steps']} steps in {seconds:.0f} s"
            f" ({Money.played['steps'] / seconds:.0f} a second)"
            "\n  ✓ after every step the ledger was what the model says, and every check was empty"
        )

"""``./scripts/check``: every check that needs no running platform, one line each, all of them even after a failure.

``--fix`` lets the formatters and the linters repair what they can first; ``./scripts/check <name> …`` runs some alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass

from siso_local.settings import ROOT
from siso_project.commands import CHECKS, FIXES, Check

SLOWEST_SECONDS = 600


@dataclass(frozen=True)
class Outcome:
    """How one check ended, and what it wrote."""

    check: Check
    ok: bool
    seconds: float
    output: str


def environment() -> dict[str, str]:
    """The tools of this checkout first, no colours, no waiting for a terminal."""
    path = os.pathsep.join((str(ROOT / "node_modules" / ".bin"), os.environ.get("PATH", os.defpath)))
    return os.environ | {"PATH": path, "NO_COLOR": "1", "CI": "1", "PYTHONUNBUFFERED": "1"}


def run(check: Check) -> Outcome:
    """Runs one check to its end. A program that is missing is a failure, never a skip."""
    started = time.monotonic()
    texts: list[str] = []
    ok = True
    for command in check.commands():
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=SLOWEST_SECONDS,
                check=False,
            )
            texts.append(done.stdout.strip())
            ok = ok and done.returncode == 0
        except (OSError, subprocess.TimeoutExpired) as error:
            texts.append(f"{command[0]}: {error}")
            ok = False
    return Outcome(check, ok, time.monotonic() - started, "\n".join(filter(None, texts)))


def show(outcome: Outcome) -> None:
    mark = "✓" if outcome.ok else "✗"
    last = outcome.output.splitlines()[-1].strip() if outcome.output else ""
    note = f"  {last[:90]}" if outcome.ok and outcome.check.tells else ""
    print(f"{mark} {outcome.check.name:<16} {outcome.seconds:5.1f} s{note}", flush=True)
    if not outcome.ok or "warning:" in outcome.output:
        lines = outcome.output.splitlines()
        shown = lines if len(lines) <= 60 else [*lines[:30], f"… {len(lines) - 60} lines left out …", *lines[-30:]]
        print("\n".join(f"    {line}" for line in shown), flush=True)


def run_all(checks: list[Check]) -> list[Outcome]:
    """Runs the checks on all cores; one that reads another's result comes after it."""
    outcomes: list[Outcome] = []
    names = {check.name for check in checks}
    later = [check for check in checks if check.after in names]
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        waiting = {pool.submit(run, check) for check in checks if check not in later}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                outcomes.append(outcome)
                show(outcome)
                waiting |= {pool.submit(run, check) for check in later if check.after == outcome.check.name}
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/check", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--fix", action="store_true", help="let formatters and linters repair what they can first")
    parser.add_argument("names", nargs="*", help=f"only these: {', '.join(check.name for check in CHECKS)}")
    options = parser.parse_args()
    unknown = set(options.names) - {check.name for check in CHECKS}
    if unknown:
        parser.error(f"there is no check called {', '.join(sorted(unknown))}")
    if options.fix:
        for fix in FIXES:
            if not options.names or any(name.split("-")[0] in fix.name for name in options.names):
                show(run(fix))
    started = time.monotonic()
    outcomes = run_all([check for check in CHECKS if not options.names or check.name in options.names])
    failed = sorted(outcome.check.name for outcome in outcomes if not outcome.ok)
    seconds = time.monotonic() - started
    if failed:
        print(f"✗ {len(failed)} of {len(outcomes)} checks failed in {seconds:.0f} s: {', '.join(failed)}")
        return 1
    print(f"✓ {len(outcomes)} checks passed in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

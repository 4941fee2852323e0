"""Bears workers: has everything imported already and forks one process per order, so that a worker that is killed a
thousand times is back in a moment. ``python -m tests.chaos.nursery``: orders are JSON lines ``{module, env, log}`` on
standard input, answers are process ids on standard output."""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import sys
from typing import Any

WORKERS = ("payouts", "commissions")


def _live(order: dict[str, Any]) -> None:
    """A child's life: the worker's own ``python -m workers.…``, with the ordered environment and nothing else."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(order["env"])
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


def main() -> None:
    for name in WORKERS:
        importlib.import_module(f"workers.{name}.app")
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _live(json.loads(line))
            finally:
                os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()

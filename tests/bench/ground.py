"""The platform that benches run on: in a state folder and on ports of its own, kept because filling it takes long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from siso_local.components import PARTS
from siso_local.settings import ROOT, Settings
from tests.platform.ports import free_port_base

STATE = ROOT / ".state" / "bench"
MONEY_STATE = ROOT / ".state" / "bench-money"


def end_on_signals() -> None:
    """A bench or a soak that is told to end stops its platform, as after a Ctrl-C."""

    def end(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # whoever asks twice gets no other answer
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)


class Ground:
    """A started platform; ``parts`` names the processes that a bench needs beside the database."""

    def __init__(self, state: Path, parts: frozenset[str]) -> None:
        self.state = state
        self._env = os.environ | {
            "SISO_STATE": str(state),
            "SISO_WITHOUT": " ".join(part.name for part in PARTS if part.name not in parts),
            "SISO_PORT_BASE": str(free_port_base()),
            "PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}",
        }

    @property
    def settings(self) -> Settings:
        return Settings.model_validate_json((self.state / "settings.json").read_text())

    def command(self, *words: str) -> None:
        """Runs a command of the local platform on it. Raises ``SystemExit`` with its last words when it fails."""
        # Not through ./scripts/…, which would look after the tools first: this process runs on them already.
        done = subprocess.run(
            [sys.executable, "-m", "siso_local.cli", *words], env=self._env, check=False, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise SystemExit(
                f"✗ the bench's platform failed to {words[0]}: {done.stderr.strip() or done.stdout[-2000:]}"
            )

    def connect(self, role: str = "supabase_admin") -> psycopg.Connection:
        return psycopg.connect(self.settings.dsn(role), autocommit=True)


@contextmanager
def ground(state: Path = STATE, *parts: str, fresh: bool = False) -> Iterator[Ground]:
    """Started with ``parts``, stopped at the end; its data stays until the next ``fresh`` one."""
    made = Ground(state, frozenset(parts))
    if fresh and state.exists():
        made.command("reset", "--yes")
    try:
        made.command("start", "--detach", "--no-demo")
        yield made
    finally:
        made.command("stop")

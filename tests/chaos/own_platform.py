"""A small platform of one's own, for tests that kill its parts and move its clock: database, PostgREST, gateway, runner
and the Stripe double. The workers are started by the test."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg

from siso_local.components import PARTS
from siso_local.settings import ROOT, Settings
from siso_local.toolchain import base_environment
from tests.platform.ports import free_port_base

WANTED = frozenset({"stripe", "gateway", "postgrest", "runner"})


class OwnPlatform:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        without = " ".join(part.name for part in PARTS if part.name not in WANTED)
        self._env = os.environ | {
            "SISO_STATE": str(folder),
            "SISO_PORT_BASE": str(free_port_base()),
            "SISO_WITHOUT": without,
            "PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}",
        }

    @property
    def settings(self) -> Settings:
        return Settings.model_validate_json((self.folder / "settings.json").read_text())

    def start(self) -> None:
        """Starts what is not running: the first time everything, later what has been killed."""
        done = self._run("start", "--detach", "--no-demo")
        assert done.returncode == 0, f"the platform did not start: {done.stdout[-2000:]}{done.stderr}"
        # Events of connected accounts are left out (there is no accounts worker); the others come twice, in any order.
        settings = self.settings
        endpoint = {
            "kind": "platform",
            "url": f"{settings.api_url}/workers/payouts/hooks/stripe/platform",
            "secret": settings.stripe_webhook_secrets["platform"],
        }
        self.double("webhooks", {"endpoints": [endpoint], "duplicates": True, "shuffle": True})

    def stop(self) -> None:
        self._run("stop")

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        # Not through ./scripts/…, which would look after the tools first: this process runs on them already.
        return subprocess.run(
            [sys.executable, "-m", "siso_local.cli", *command],
            env=self._env,
            check=False,
            capture_output=True,
            text=True,
        )

    def kill(self, part: str) -> None:
        """Ends a part as a crash would; the database by the signal that skips everything an orderly end does."""
        record = json.loads((self.folder / "run" / f"{part}.json").read_text())
        os.kill(int(record["pid"]), signal.SIGQUIT if part == "db" else signal.SIGKILL)

    def connect(self, role: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.settings.dsn(role), autocommit=True, connect_timeout=5)

    def double(self, path: str, body: dict[str, object] | None = None, method: str | None = None) -> dict[str, object]:
        """The Stripe double's control: GET without a body, POST with one, unless ``method`` says otherwise."""
        url = f"{self.settings.url('stripe')}/_double/{path}"
        answer = httpx.request(method or ("GET" if body is None else "POST"), url, json=body, timeout=120)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    def advance(self, hours: int) -> None:
        """Moves the product's clock and Stripe's, together."""
        with self.connect("supabase_admin") as db:
            db.execute(
                "insert into private.clock (shift) values (make_interval(hours => %(h)s))"
                " on conflict (only_row) do update set shift = clock.shift + make_interval(hours => %(h)s)",
                {"h": hours},
            )
        self.double("clock/advance", {"hours": hours})

    def worker_environment(self, name: str, **changes: str) -> dict[str, str]:
        """What the platform would give to a worker, with some values replaced."""
        part = next(part for part in PARTS if part.name == name)
        return base_environment() | part.env(self.settings) | changes


@contextlib.contextmanager
def own_platform(folder: Path) -> Iterator[OwnPlatform]:
    platform = OwnPlatform(folder)
    try:
        platform.start()
        yield platform
    finally:
        platform.stop()

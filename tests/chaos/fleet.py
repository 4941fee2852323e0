"""Several copies of the payouts worker and, where asked for, a commissions worker: each behind its own door of the
proxy, killed and started again."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from siso_local.settings import ROOT
from siso_local.toolchain import base_environment
from tests.chaos.own_platform import OwnPlatform
from tests.chaos.proxy import Proxy

# Short, so that what a dead worker held is free again soon.
LEASE_SECONDS = 4
# The first copy is where gateway, doorbell and Stripe's webhooks find it; the others' ports are free here.
_PORTS = ("payouts", "accounts", "notifications", "documents")


class Fleet:
    """Numbers below ``size`` are copies of the payouts worker; with ``commissions`` number ``size`` is that worker.

    ``deaf`` is the share of workers that hear no doorbell: they expect it to be signed with another secret.
    """

    def __init__(
        self,
        platform: OwnPlatform,
        proxy: Proxy,
        size: int,
        *,
        commissions: bool = False,
        max_jobs: int = 4,
        sweep_seconds: float = 0.3,
        deaf: float = 0.0,
        seed: int = 0,
    ) -> None:
        self._platform, self._proxy, self._deaf = platform, proxy, deaf
        self._pace = {"MAX_JOBS": str(max_jobs), "SWEEP_SECONDS": str(sweep_seconds)}
        self.payouts = range(size)
        self.commissions = range(size, size + 1 if commissions else size)
        self._processes: dict[int, int] = {}
        self._changing = asyncio.Lock()
        self._stopping = False
        self._random = random.Random(seed)
        self.killed = Counter[str]()
        self.log = Path(platform.folder) / f"fleet-{secrets.token_hex(4)}.log"
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.nursery"],
            cwd=ROOT,
            env=base_environment() | {"PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def kills(self) -> int:
        return self.killed.total()

    def start(self, number: int) -> None:
        name = "payouts" if number in self.payouts else "commissions"
        env = self._platform.worker_environment(
            name,
            SUPABASE_URL=self._proxy.url(number),
            STRIPE_API_BASE=self._proxy.url(number),
            PORT=str(self._platform.settings.port(_PORTS[number] if name == "payouts" else name)),
            LEASE_SECONDS=str(LEASE_SECONDS),
            **self._pace,
        )
        if self._random.random() < self._deaf:
            env["DOORBELL_SECRET"] = f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"
        order = {"module": f"workers.{name}", "env": env, "log": str(self.log)}
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(json.dumps(order) + "\n")
        self._nursery.stdin.flush()
        self._processes[number] = int(self._nursery.stdout.readline())

    def start_all(self) -> None:
        for number in (*self.payouts, *self.commissions):
            self.start(number)

    async def kill(self, number: int) -> None:
        """kill -9; the worker is not started again."""
        process = self._processes.pop(number, None)
        if process is not None:
            await asyncio.to_thread(_end, process, signal.SIGKILL, 10)
            self.killed["payouts" if number in self.payouts else "commissions"] += 1

    async def crash(self, number: int) -> None:
        """kill -9, and a new worker in its place, as a supervisor would."""
        async with self._changing:
            await self.kill(number)
            if not self._stopping:
                self.start(number)

    def doorbells(self) -> Counter[int]:
        """How often which HTTP status was the answer to a doorbell: 202 when it was heard, 401 when it was not."""
        found = Counter[int]()
        for line in self.log.read_text(errors="replace").splitlines():
            with contextlib.suppress(ValueError):
                said = json.loads(line)
                if said.get("event") == "request" and said.get("path") == "/doorbell":
                    found[said["status"]] += 1
        return found

    def stop(self) -> None:
        self._stopping = True  # a crash that is under way starts nobody any more
        for process in list(self._processes.values()):
            if not _end(process, signal.SIGTERM, 10):
                _end(process, signal.SIGKILL, 10)
        self._processes.clear()
        assert self._nursery.stdin
        self._nursery.stdin.close()
        self._nursery.wait(10)


def _end(process: int, how: signal.Signals, seconds: float) -> bool:
    """Signals one of the nursery's children and waits until it is gone."""
    deadline = time.monotonic() + seconds
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, how)
        while time.monotonic() < deadline:
            os.kill(process, 0)
            time.sleep(0.005)
        return False
    return True

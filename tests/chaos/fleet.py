"""Several copies of the payouts worker, each behind its own door of the proxy, killed and started again."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from siso_local.settings import ROOT
from tests.chaos.own_platform import OwnPlatform
from tests.chaos.proxy import Proxy

# Short, so that what a dead worker held is free again soon.
LEASE_SECONDS = 4


class Fleet:
    def __init__(self, platform: OwnPlatform, proxy: Proxy, size: int) -> None:
        self._platform, self._proxy, self.size = platform, proxy, size
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._changing = asyncio.Lock()
        self.kills = 0
        self.log = Path(platform.folder) / "fleet.log"

    def start(self, number: int) -> None:
        settings = self._platform.settings
        # The first copy is where gateway, doorbell and Stripe's webhooks find it; the others' ports are free here.
        port = settings.port(("payouts", "commissions", "accounts", "notifications")[number])
        env = self._platform.worker_environment(
            "payouts",
            SUPABASE_URL=self._proxy.url(number),
            STRIPE_API_BASE=self._proxy.url(number),
            PORT=str(port),
            LEASE_SECONDS=str(LEASE_SECONDS),
            SWEEP_SECONDS="0.3",
            MAX_JOBS="4",
        )
        with self.log.open("ab") as log:
            self._processes[number] = subprocess.Popen(
                [sys.executable, "-m", "workers.payouts"], cwd=ROOT, env=env, stdout=log, stderr=log
            )

    def start_all(self) -> None:
        for number in range(self.size):
            self.start(number)

    async def kill(self, number: int) -> None:
        """kill -9; the copy is not started again."""
        process = self._processes.pop(number, None)
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)
            self.kills += 1

    async def crash(self, number: int) -> None:
        """kill -9, and a new copy in its place, as a supervisor would."""
        async with self._changing:
            await self.kill(number)
            self.start(number)

    async def kill_all(self) -> None:
        for number in list(self._processes):
            await self.kill(number)

    def stop(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        self._processes.clear()

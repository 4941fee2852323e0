"""Brings a platform up, part by part and side by side, and takes it down again.

``Supervisor.up`` leaves alone what is healthy, replaces what has died or hangs, and starts what is missing. If any part
does not come up, everything that this call started is ended again, so that there is no half-running platform.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import psutil

from siso_local import database, demo_data, health, processes, toolchain
from siso_local.components import PARTS, Part
from siso_local.errors import PlatformError
from siso_local.postgres import Cluster, ClusterError
from siso_local.settings import Settings, state_dir
from siso_local.state import down
from siso_local.steps import first_cause, in_thread, run

HEALTHY_WITHIN = 30.0
HANGS_AFTER = 5.0
POLL = 0.05
BIND_ATTEMPTS = 4
Say = Callable[[str], None]


class Supervisor:
    def __init__(
        self, settings: Settings, say: Say, *, without: Iterable[str] = (), demo: bool = True, year: bool = True
    ) -> None:
        self.settings = settings
        self.say = say
        self.demo = demo
        self.year = demo and year
        self.cluster = Cluster(settings)
        left_out = set(without)
        self.missing = [part.name for part in PARTS if not part.exists() and part.name not in left_out]
        self.parts: Sequence[Part] = [p for p in PARTS if p.exists() and p.name not in left_out]
        self.popen: dict[str, subprocess.Popen[bytes]] = {}
        self.started: list[str] = []
        self.reserved: list[socket.socket | None] = []
        self._done: dict[str, asyncio.Event] = {}

    # -- up --------------------------------------------------------------------------------------------------------

    def up(self) -> int:
        """Starts or heals; returns how many parts had to be started. Raises PlatformError, KeyboardInterrupt."""
        self._end_strays()
        self._reserve_ports()
        try:
            asyncio.run(self._up())
        except BaseException as error:
            self._undo()
            cause = first_cause(error)
            if isinstance(cause, (asyncio.CancelledError, KeyboardInterrupt)):
                raise KeyboardInterrupt from None
            if isinstance(cause, (PlatformError, ClusterError)):
                raise PlatformError(str(cause)) from None
            raise
        return len(self.started)

    async def _up(self) -> None:
        me = asyncio.current_task()
        assert me is not None
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, me.cancel)
        names = [part.name for part in self.parts]
        self._done = {name: asyncio.Event() for name in ("db", "migrations", "demo year", "pwa build", *names)}
        async with asyncio.TaskGroup() as group:
            group.create_task(self._database())
            group.create_task(self._migrations())
            group.create_task(self._demo_year())
            if "pwa" in names:
                group.create_task(self._build_pwa())
            for part in self.parts:
                group.create_task(self._part(part))

    async def _database(self) -> None:
        started = time.monotonic()
        before = self.cluster.pid()
        if before and "db" in processes.records() and await asyncio.to_thread(self.cluster.ready):
            self._done["db"].set()
            return
        self.started.append("db")
        # The cluster's own children carry the mark, so that an interrupted set-up can be found and ended.
        os.environ[processes.MARK] = processes.mark("db")
        if before:  # alive, yet it does not answer: it may be paused
            psutil.Process(before).send_signal(signal.SIGCONT)
            await in_thread(self.cluster.stop)
        await in_thread(self.cluster.ensure)
        processes.remember("db", self.cluster.pid() or 0)
        self.say(f"✓ db ({time.monotonic() - started:.1f} s)")
        self._done["db"].set()

    async def _migrations(self) -> None:
        await self._done["db"].wait()
        if database.has_migrations() and not database.is_migrated(self.demo):
            started = time.monotonic()
            command = [*toolchain.supabase_cli(), *database.push_arguments(self.settings, self.demo)]
            await run("migrations", command, toolchain.cli_environment(self.settings), "The database migrations failed")
            database.note_migrated(self.demo)
            self.say(f"✓ migrations ({time.monotonic() - started:.1f} s)")
        await in_thread(lambda: database.write_local_values(self.settings))
        self._done["migrations"].set()

    async def _demo_year(self) -> None:
        if self.year and not demo_data.year_outcome():
            env = toolchain.base_environment() | {"SISO_STATE": str(state_dir())}
            command = [sys.executable, "-m", "siso_local.demo_year", "--wait"]
            started = time.monotonic()

            async def begin() -> None:
                nonlocal started
                await self._done["migrations"].wait()
                started = time.monotonic()
                self.say("… playing the demo year (once)")

            await run("demo-year", command, env, "The demo year could not be played", go=begin())
            self.say(f"✓ demo year: {demo_data.year_outcome()} ({time.monotonic() - started:.1f} s)")
        await self._done["migrations"].wait()
        self._done["demo year"].set()

    async def _build_pwa(self) -> None:
        target = toolchain.pwa_build()
        if not target.exists():
            started = time.monotonic()
            self.say("… building the PWA (once, and again when its sources change)")
            fresh = target.with_name(f"{target.name}.{os.getpid()}")
            command = toolchain.pwa_build_command(fresh)
            try:
                await run("pwa-build", command, toolchain.base_environment(), "The PWA could not be built")
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            if not target.exists():
                fresh.rename(target)
            self.say(f"✓ pwa build ({time.monotonic() - started:.1f} s)")
        os.utime(target)
        toolchain.drop_old_builds()
        self._done["pwa build"].set()

    async def _part(self, part: Part) -> None:
        for need in part.needs:
            await self._done[need].wait()
        port, path = part.address(self.settings)
        record = processes.records().get(part.name)
        process = record.process() if record else None
        if process is not None and _is_outdated(process, part, self.settings):
            await in_thread(partial(processes.end, [process]))
            process = None
        if process is not None:
            # After a restart of the database the others need a moment to find it again.
            if await self._becomes_healthy(part, HEALTHY_WITHIN / 2 if "db" in self.started else HANGS_AFTER):
                self._done[part.name].set()
                return
            self.say(f"{part.name} hangs ({await health.probe(port, path)}): it is started again")
            await in_thread(partial(processes.end, [process]))
        started = time.monotonic()
        log = processes.log_file(part.name)
        size = log.stat().st_size if log.exists() else 0
        env = toolchain.base_environment() | part.env(self.settings)
        self.started.append(part.name)
        for attempt in range(BIND_ATTEMPTS):
            self.popen[part.name] = processes.spawn(part.name, part.command(self.settings), env)
            well = await self._becomes_healthy(part, HEALTHY_WITHIN)
            # The system may have lent the port to an outgoing connection for a moment.
            if well or attempt + 1 == BIND_ATTEMPTS or not processes.lost_its_port(part.name, size):
                break
            await asyncio.sleep(0.5)
        if not well:
            code = self.popen[part.name].poll()
            state = f"ended with code {code}" if code is not None else f"is not well after {HEALTHY_WITHIN:.0f} s"
            if code is None:
                state += f" ({await health.probe(port, path)})"
            line = processes.last_line(part.name, since=size)
            raise PlatformError(f"{part.name} {state}: {line} (full log: {log})")
        self.say(f"✓ {part.name} ({time.monotonic() - started:.1f} s)")
        self._done[part.name].set()

    async def _becomes_healthy(self, part: Part, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            child = self.popen.get(part.name)
            if child is not None and child.poll() is not None:
                return False
            if await health.probe(*part.address(self.settings)) == "":
                return True
            await asyncio.sleep(POLL)
        return False

    # -- before and after ------------------------------------------------------------------------------------------

    def _end_strays(self) -> None:
        known = [record.pid for record in processes.records().values() if record.process()]
        found = processes.strays([*known, self.cluster.pid() or 0])
        # Children of living parts carry the mark of their parent.
        found = [process for process in found if not _descends(process, known)]
        if found:
            processes.end(found)

    def _reserve_ports(self) -> None:
        alive = {name for name, record in processes.records().items() if record.process()}
        wanted = [(part.name, port) for part in self.parts for port in part.ports]
        if not self.cluster.pid():
            wanted.insert(0, ("db", "db"))
        for name, port in wanted:
            if name not in alive:
                self.reserved.append(health.reserve(self.settings.port(port), name, self.settings.port_base))

    def _undo(self) -> None:
        for reserved in self.reserved:
            if reserved:
                reserved.close()
        if self.started:
            down(self.settings, only=self.started)

    def watch(self) -> None:
        """Follows a running platform and tells what dies; returns when another command has stopped it."""
        told: set[tuple[str, int]] = set()
        while True:
            for child in self.popen.values():
                child.poll()
            known = processes.records()
            if not known:
                return
            for name, record in known.items():
                if (name, record.pid) not in told and record.process() is None:
                    told.add((name, record.pid))
                    line = processes.last_line(name)
                    self.say(f"✗ {name} has died: {line} (log: {processes.log_file(name)}; ./scripts/start heals it)")
            time.sleep(0.5)


def _is_outdated(process: psutil.Process, part: Part, settings: Settings) -> bool:
    if not part.watched:
        return False
    wanted, has = part.env(settings), process.environ()
    return any(has.get(name) != wanted[name] for name in part.watched)


def _descends(process: psutil.Process, pids: list[int]) -> bool:
    try:
        return any(parent.pid in pids for parent in process.parents())
    except psutil.Error:
        return False

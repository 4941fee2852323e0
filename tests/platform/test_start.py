"""The commands start, stop, status and reset, tried on platforms of their own with few parts."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from siso_local.components import PARTS
from siso_local.processes import MARK
from siso_local.settings import HOST, PORT_OFFSETS, ROOT
from tests.platform.ports import free_port_base

KEPT = {"mail", "gateway", "postgrest"}


class Platform:
    """A state folder with its ports, and the commands in scripts/ for it."""

    def __init__(self, folder: Path, without: str | None = None) -> None:
        self.state = folder
        self.base = free_port_base()
        left_out = " ".join(part.name for part in PARTS if part.name not in KEPT) if without is None else without
        self.env = os.environ | {
            "SISO_STATE": str(folder),
            "SISO_PORT_BASE": str(self.base),
            "SISO_WITHOUT": left_out,
        }

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ROOT / "scripts" / command, *arguments],
            check=False,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("start", "--detach", "--no-demo", *arguments)

    def in_foreground(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [ROOT / "scripts" / "start", "--no-demo"], env=self.env, stdout=subprocess.PIPE, text=True
        )

    def pids(self) -> dict[str, int]:
        return {path.stem: json.loads(path.read_text())["pid"] for path in (self.state / "run").glob("*.json")}

    def processes(self) -> list[psutil.Process]:
        """Everything alive that belongs to this platform."""
        found = []
        for process in psutil.process_iter():
            try:
                marked = process.environ().get(MARK, "").endswith(f"@{self.state}")
                if (marked or str(self.state) in " ".join(process.cmdline())) and process.pid != os.getpid():
                    found.append(process)
            except psutil.Error:
                continue
        return found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Platform]:
    """A platform that has never been started."""
    platform = Platform(tmp_path.resolve() / "state")
    yield platform
    platform.run("stop")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A running platform; each test leaves it healthy."""
    platform = Platform(tmp_path_factory.mktemp("running").resolve() / "state")
    started = platform.start()
    assert started.returncode == 0, started.stderr
    yield platform
    platform.run("stop")


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_a_second_start_changes_nothing(running: Platform) -> None:
    before = running.pids()
    again = running.start()
    assert again.returncode == 0, again.stderr
    assert "Already running" in again.stdout
    assert running.pids() == before
    assert set(before) == KEPT | {"db"}


@pytest.mark.parametrize("part", ["mail", "gateway", "postgrest", "db"])
def test_a_killed_part_is_reported_and_healed(running: Platform, part: str) -> None:
    before = running.pids()
    os.kill(before[part], signal.SIGKILL)
    wait_for(lambda: running.run("status").returncode != 0)
    told = running.run("status")
    assert [line.split()[:2] for line in told.stdout.splitlines() if line.split()[0] == part] == [[part, "dead"]]

    healed = running.start()
    assert healed.returncode == 0, healed.stderr
    assert running.run("status").returncode == 0
    after = running.pids()
    assert after.pop(part) != before.pop(part)
    assert after == before, "the other parts were left alone"


def test_a_hanging_part_is_replaced(running: Platform) -> None:
    before = running.pids()["mail"]
    os.kill(before, signal.SIGSTOP)
    assert "unhealthy" in running.run("status").stdout
    assert running.start().returncode == 0
    assert running.pids()["mail"] != before
    assert not psutil.pid_exists(before) or psutil.Process(before).status() == psutil.STATUS_ZOMBIE


def test_status_prints_addresses_and_keys(running: Platform) -> None:
    names = json.loads(running.run("status", "-o", "json").stdout)
    assert names["API_URL"] == f"http://{HOST}:{running.base + 1}"
    assert {"PUBLISHABLE_KEY", "SECRET_KEY", "ANON_KEY", "SERVICE_ROLE_KEY", "JWT_SECRET", "DB_URL"} <= set(names)
    assert f'API_URL="{names["API_URL"]}"' in running.run("status", "-o", "env").stdout


def test_a_running_platform_is_not_moved(running: Platform) -> None:
    refused = running.start("--port-base", str(running.base + 100))
    assert refused.returncode == 1
    assert "stop it first" in refused.stderr
    assert running.run("status").returncode == 0


def test_a_taken_port_is_one_sentence_and_leaves_nothing(fresh: Platform) -> None:
    with socket.socket() as other:
        other.bind((HOST, fresh.base + PORT_OFFSETS["mail"]))
        other.listen()
        refused = fresh.start()
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1
    assert f"Port {fresh.base + PORT_OFFSETS['mail']}" in refused.stderr
    assert "mail" in refused.stderr
    assert "--port-base" in refused.stderr
    assert not (fresh.state / "settings.json").exists()
    assert not fresh.processes()


@pytest.mark.parametrize("base", ["80", "70000", "word"])
def test_an_impossible_port_base_is_refused(fresh: Platform, base: str) -> None:
    assert fresh.start("--port-base", base).returncode != 0
    assert not (fresh.state / "settings.json").exists()


def test_damaged_settings_are_named_and_can_be_reset(fresh: Platform) -> None:
    fresh.state.mkdir()
    (fresh.state / "settings.json").write_text('{"port_base": "many"}')
    for command in ("start", "status"):
        told = fresh.run(command)
        assert told.returncode == 1
        assert len(told.stderr.strip().splitlines()) == 1
        assert "settings.json" in told.stderr
        assert "port_base" in told.stderr
    assert fresh.run("stop").returncode == 0
    assert fresh.run("reset", "--yes").returncode == 0
    assert not fresh.state.exists()


def test_a_reset_refuses_a_folder_that_is_not_ours(fresh: Platform) -> None:
    fresh.state.mkdir()
    (fresh.state / "thesis.txt").write_text("years of work")
    assert fresh.run("reset", "--yes").returncode == 1
    assert (fresh.state / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_the_foreground_ends_everything(fresh: Platform, number: signal.Signals) -> None:
    with fresh.in_foreground() as start:
        assert start.stdout is not None
        for line in start.stdout:
            if "Ctrl-C" in line:
                break
        assert fresh.run("status").returncode == 0
        start.send_signal(number)
        assert start.wait(20) == 0
    assert not fresh.processes()
    assert not fresh.pids()


def test_an_interrupted_start_takes_its_parts_along(fresh: Platform) -> None:
    with fresh.in_foreground() as start:
        wait_for(lambda: (fresh.state / "pgdata.new").exists() or (fresh.state / "pgdata").exists())
        start.send_signal(signal.SIGINT)
        assert start.wait(20) == 130
    assert not fresh.processes()


@pytest.mark.parametrize("moment", ["pgdata.new", "pgdata", "run/gateway.json"])
def test_a_killed_start_is_healed_by_the_next(fresh: Platform, moment: str) -> None:
    with fresh.in_foreground() as start:
        wait_for((fresh.state / moment).exists)
        start.kill()
    again = fresh.start()
    assert again.returncode == 0, again.stderr
    assert fresh.run("status").returncode == 0
    assert fresh.run("stop").returncode == 0
    assert not fresh.processes()

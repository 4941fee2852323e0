"""Which processes belong to this platform, and how they are started and ended.

Every part is the leader of its own process group. ``<state>/run/<part>.json`` names its process id and start time, so
that a process id that the system has given to somebody else is never taken for ours. Each process also carries the
variable ``SISO_PART=<part>@<state folder>``: by it an orphan is found whose record was never written, because the start
was killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from siso_local.settings import ROOT, state_dir

MARK = "SISO_PART"
LOG_LIMIT = 10_000_000
# Start times are computed from the boot time, which moves when the clock is corrected.
START_TIME_TOLERANCE = 3.0
STOP_SECONDS = 5.0


@dataclass(frozen=True)
class Record:
    name: str
    pid: int
    started: float

    def process(self) -> psutil.Process | None:
        """The live process, or None if it has ended or its number belongs to another process by now."""
        try:
            process = psutil.Process(self.pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            return process if abs(process.create_time() - self.started) < START_TIME_TOLERANCE else None
        except psutil.Error:
            return None


def run_folder() -> Path:
    return state_dir() / "run"


def log_file(name: str) -> Path:
    return state_dir() / "logs" / f"{name}.log"


def mark(name: str) -> str:
    return f"{name}@{state_dir()}"


def records() -> dict[str, Record]:
    """What should be running. A damaged record counts as a process that has died."""
    found = {}
    for path in sorted(run_folder().glob("*.json")):
        try:
            data = json.loads(path.read_text())
            found[path.stem] = Record(path.stem, int(data["pid"]), float(data["started"]))
        except (OSError, ValueError, KeyError):
            found[path.stem] = Record(path.stem, 0, 0.0)
    return found


def remember(name: str, pid: int) -> None:
    run_folder().mkdir(parents=True, exist_ok=True)
    try:
        started = psutil.Process(pid).create_time()
    except psutil.Error:
        started = 0.0
    temporary = run_folder() / f"{name}.new"
    temporary.write_text(json.dumps({"pid": pid, "started": started}))
    temporary.replace(run_folder() / f"{name}.json")


def forget(name: str) -> None:
    (run_folder() / f"{name}.json").unlink(missing_ok=True)


def open_log(name: str) -> int:
    """A descriptor that appends to the part's log; a big log is moved aside first, one older copy is kept."""
    path = log_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)


def spawn(name: str, command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    log = open_log(name)
    try:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env | {MARK: mark(name)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    finally:
        os.close(log)
    remember(name, process.pid)
    return process


def strays(known: Iterable[int] = ()) -> list[psutil.Process]:
    """Processes of this platform that are not among ``known`` process ids."""
    ending, skip = f"@{state_dir()}", {*known, os.getpid()}
    found = []
    for process in psutil.process_iter():
        if process.pid in skip:
            continue
        try:
            if process.environ().get(MARK, "").endswith(ending) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def _signal_group(process: psutil.Process, number: int) -> None:
    try:
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
    except (ProcessLookupError, PermissionError, psutil.Error):
        pass


def end(processes: list[psutil.Process]) -> None:
    """Ends processes and their children: politely, and after five seconds for good."""
    family = {child for process in processes for child in _children(process)} | set(processes)
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGCONT)  # a paused process could not hear it
    deadline = time.monotonic() + STOP_SECONDS
    while any(map(_lives, processes)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in family:
        if _lives(process) or process in processes:
            _signal_group(process, signal.SIGKILL)
    psutil.wait_procs([process for process in family if _lives(process)], timeout=3)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def lost_its_port(name: str, since: int) -> bool:
    """Whether the part's log after byte ``since`` complains that its port was taken."""
    with log_file(name).open("rb") as file:
        file.seek(since)
        return re.search(rb"(?i)address already in use|EADDRINUSE|resource busy", file.read()) is not None


def last_line(name: str, since: int = 0) -> str:
    """The last telling line of a part's log written after byte ``since``, for an error message."""
    try:
        with log_file(name).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(since, size - 8000))
            lines = [line.strip() for line in file.read().decode(errors="replace").splitlines() if line.strip()]
    except FileNotFoundError:
        return "its log is empty"
    return lines[-1][:300] if lines else "its log is empty"

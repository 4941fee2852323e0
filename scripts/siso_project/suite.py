"""``./scripts/test``: the checks, all tests against a fresh platform, Supabase's advisors; a summary at the end.

``./scripts/test <paths>`` runs only those tests (pytest paths and node ids, or vitest files), on the test platform that
runs already or on one that it starts.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from siso_local.settings import ROOT, TOOLS, state_dir
from siso_project import platform
from siso_project.results import Counts, read

STATE = ROOT / ".state" / "test"
RESULTS = ROOT / ".state" / "test-results"
# Beyond this a step hangs; what it has started goes down with the platform.
LONGEST_SECONDS = 30 * 60
# So long a step may take to clean up after itself when the run is interrupted.
FAREWELL_SECONDS = 15.0
# Names the run in the environment of everything it starts, whatever session or process group that moves to.
MARK = "SISO_TEST_RUN"
NPM = str(TOOLS / "node" / "bin" / "npm")


class Run:
    """The steps of one run: what each gave and how long it took."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.steps: list[tuple[str, Counts, float, bool]] = []

    def step(self, name: str, command: list[str], results: str = "", env: dict[str, str] | None = None) -> None:
        """Runs a program; its tests are counted from the JUnit file ``results``, else the step itself counts as one."""
        print(f"\n── {name} " + "─" * max(4, 100 - len(name)), flush=True)
        report = RESULTS / results
        if results:
            report.unlink(missing_ok=True)
        started = time.monotonic()
        plain = {} if sys.stdout.isatty() else {"NO_COLOR": "1"}
        # In a session of its own: a Ctrl-C at the terminal reaches it once, through ``end``.
        child = subprocess.Popen(command, cwd=ROOT, env=os.environ | plain | (env or {}), start_new_session=True)
        try:
            code = child.wait(LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"✗ {name} did not end within {LONGEST_SECONDS // 60} minutes and was ended.", flush=True)
            code = 1
        finally:
            end(child)
        counts = read(report) if results else Counts()
        if code != 0 and counts.failed == 0:
            counts += Counts(failed=1)
        self.steps.append((name, counts, time.monotonic() - started, code == 0))

    def pytest(self, name: str, paths: list[str], results: str, *options: str) -> None:
        command = [sys.executable, "-m", "pytest", "-q", *options, f"--junitxml={RESULTS / results}", *paths]
        self.step(name, command, results)

    def vitest(self, name: str, workspace: str, results: str, env: dict[str, str], *files: str) -> None:
        reports = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={RESULTS / results}"]
        command = [NPM, "exec", "--silent", "-w", workspace, "--", "vitest", "run", *reports, *files]
        self.step(name, command, results, env)

    def note(self, name: str, error: str) -> None:
        print(f"✗ {error}", file=sys.stderr)
        self.steps.append((name, Counts(failed=1), 0.0, False))

    def summary(self) -> int:
        """Prints the table and the one line with all counts; 0 when nothing failed and something ran."""
        print("\n── Summary " + "─" * 93)
        total = Counts()
        for name, counts, seconds, ok in self.steps:
            total += counts
            told = str(counts) if counts != Counts() else ""
            print(f"{'✓' if ok else '✗'} {name:<34} {seconds:6.1f} s  {told}")
        seconds = time.monotonic() - self.began
        print(f"{total} in {seconds:.0f} s", flush=True)
        return 0 if total.failed == 0 and self.steps else 1


def end(child: subprocess.Popen[bytes]) -> None:
    """Ends a step that still runs: first as Ctrl-C does, so that fixtures stop what they have started."""
    for number in (signal.SIGINT, signal.SIGKILL):
        if child.poll() is None:
            child.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                child.wait(FAREWELL_SECONDS)


def sweep() -> None:
    """Ends what a killed step has left behind: databases and servers of fixtures outlive their test process."""
    left = [process for process in psutil.process_iter() if process.pid != os.getpid() and _is_of_this_run(process)]
    for number in (signal.SIGINT, signal.SIGKILL):
        for process in left:
            with suppress(psutil.Error):
                process.send_signal(number)
        _, left = psutil.wait_procs(left, timeout=5)


def _is_of_this_run(process: psutil.Process) -> bool:
    try:
        return process.environ().get(MARK) == os.environ[MARK]
    except (psutil.Error, OSError):
        return False


@contextmanager
def only_run() -> Iterator[None]:
    """Two runs would take each other's platform away."""
    state = state_dir()
    state.parent.mkdir(parents=True, exist_ok=True)
    with state.with_name(f"{state.name}.run-lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("✗ Another ./scripts/test is running on the same state folder.") from None
        yield


def everything(run: Run) -> None:
    run.step("checks", [sys.executable, "-m", "siso_project.check"])
    run.pytest("unit tests, Python", ["workers", "scripts", "tests/project"], "unit.xml", "-n", "2")
    run.vitest("unit tests, PWA", "pwa", "pwa.xml", {})
    try:
        with platform.fresh_platform() as names:
            # The storm first: all of its tests then go to one process, which starts one platform for them.
            names_of_tests = ("chaos", "platform", "database", "workers", "e2e")
            paths = [f"tests/{name}" for name in names_of_tests if has_tests(name)]
            run.pytest("chaos, platform, database, workers, e2e", paths, "platform.xml", "-n", "2")
            run.vitest("Supabase's JavaScript clients", "tests/clients", "clients.xml", names)
            run.step("advisors", [sys.executable, "-m", "siso_project.advisors"])
    except SystemExit as error:
        run.note("test platform", str(error))


def has_tests(name: str) -> bool:
    return any((ROOT / "tests" / name).rglob("test_*.py"))


def some(run: Run, paths: list[str]) -> None:
    clients = [path for path in paths if ".test.ts" in path and "tests/clients" in path]
    pwa = [path for path in paths if ".test.ts" in path and path not in clients]
    python = [path for path in paths if path not in (*clients, *pwa)]
    for path in (*clients, *pwa, *python):
        if not Path(path.split("::")[0]).exists():
            raise SystemExit(f"✗ There is no {path}.")
    if pwa:
        run.vitest("PWA", "pwa", "some-pwa.xml", {}, *(str(Path(path).resolve()) for path in pwa))
    if python or clients:
        with platform.some_platform() as names:
            if python:
                run.pytest("pytest", python, "some.xml")
            if clients:
                files = [str(Path(path).resolve()) for path in clients]
                run.vitest("clients", "tests/clients", "some-clients.xml", names, *files)


def interrupted(_number: int, _frame: object) -> None:
    # Whoever asks twice gets no other answer, but the cleaning up goes on.
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/test", description=__doc__.split("\n", 1)[0])
    parser.add_argument("paths", nargs="*", help="only these tests")
    options = parser.parse_args()
    os.environ.setdefault("SISO_STATE", str(STATE))
    os.environ[MARK] = uuid.uuid4().hex
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, interrupted)
    RESULTS.mkdir(parents=True, exist_ok=True)
    run = Run()
    with only_run():
        try:
            if options.paths:
                some(run, options.paths)
            else:
                everything(run)
        except KeyboardInterrupt:
            run.note("interrupted", "Interrupted; the test platform has been stopped.")
        finally:
            sweep()
    return run.summary()


if __name__ == "__main__":
    sys.exit(main())

"""./scripts/test: counts, its own ports, one run at a time."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from siso_local.settings import HOST, ROOT
from siso_project import platform, suite
from siso_project.results import Counts


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> suite.Run:
    monkeypatch.setattr(suite, "RESULTS", tmp_path)
    return suite.Run()


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_last_line_sums_all_runners(run: suite.Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, cases in (("a.xml", "<testcase/><testcase/>"), ("b.xml", "<testcase/><testcase><skipped/></testcase>")):
        code = f"import pathlib; pathlib.Path({str(tmp_path / name)!r}).write_text('<testsuite>{cases}</testsuite>')"
        run.step(name, python(code), name)
    assert run.summary() == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("3 passed, 0 failed, 1 skipped in ")


def test_a_failing_step_without_tests_is_a_failure(run: suite.Run) -> None:
    run.step("check", python("raise SystemExit(3)"))
    assert run.steps[0][1] == Counts(failed=1)
    assert run.summary() == 1


def test_a_runner_that_dies_before_its_report_is_a_failure(run: suite.Run) -> None:
    run.step("dies", python("import os; os._exit(0)"), "none.xml")
    assert run.summary() == 1


def test_nothing_run_is_no_success(run: suite.Run) -> None:
    assert run.summary() == 1


def test_a_taken_port_moves_the_whole_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SISO_PORT_BASE", raising=False)
    first = platform.free_base()
    with socket.socket() as taken:
        # A port that was in use a moment ago may be taken again, as servers do.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, first + 22))
        taken.listen()
        assert not platform.is_free(first)
        assert platform.free_base() != first
    monkeypatch.setenv("SISO_PORT_BASE", "57777")
    assert platform.free_base() == 57777


def test_a_second_run_on_the_same_state_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "test.run-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [str(ROOT / "scripts/test"), "tests/project/test_suite.py"],
            env=os.environ | {"SISO_STATE": str(tmp_path / "test")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "Another ./scripts/test" in done.stderr


# What ./scripts/test does, without a platform, in folders of the test.
RUN = """
import sys
from contextlib import nullcontext
from pathlib import Path
from siso_project import platform, suite
platform.some_platform = lambda: nullcontext({})
suite.RESULTS = Path(sys.argv[1]).parent
suite.FAREWELL_SECONDS = float(sys.argv.pop())
sys.exit(suite.main())
"""
WAITS = """
import json, os, signal, time
from pathlib import Path
from tests.platform.conftest import fresh_runner

def test_waits(fresh_runner):
    signal.signal(signal.SIGINT, {handler})
    database = int((fresh_runner.state / "pgdata/postmaster.pid").read_text().split()[0])
    pids = [os.getpid(), fresh_runner.process.pid, database]
    Path(__file__).with_name("new").write_text(json.dumps(pids))
    Path(__file__).with_name("new").replace(Path(__file__).with_name("ready"))
    time.sleep(600)
"""


@pytest.mark.parametrize(("handler", "patience"), [("signal.default_int_handler", 60.0), ("signal.SIG_IGN", 0.1)])
def test_a_terminated_run_leaves_no_process_of_its_fixtures(tmp_path: Path, handler: str, patience: float) -> None:
    """Neither when the test can still tear its fixtures down nor when it hangs and is killed."""
    waits, ready = tmp_path / "test_waits.py", tmp_path / "ready"
    waits.write_text(WAITS.format(handler=handler))
    with subprocess.Popen(
        [*python(RUN), str(waits), str(patience)],
        cwd=ROOT,
        env=os.environ | {"SISO_STATE": str(tmp_path / "state"), "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as run:
        deadline = time.monotonic() + 120
        while not ready.exists():
            assert run.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        started = [psutil.Process(pid) for pid in json.loads(ready.read_text())]
        run.send_signal(signal.SIGTERM)
        said, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "Interrupted" in said
    _, left = psutil.wait_procs(started, timeout=10)
    assert left == []


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(ROOT / "scripts/test"), "tests/no_such_test.py"],
        env=os.environ | {"SISO_STATE": str(tmp_path / "test")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "There is no tests/no_such_test.py" in done.stderr

"""./scripts/test: counts, its own ports, one run at a time."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

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

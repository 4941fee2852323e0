"""The checks find what they are there to find."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from siso_local.settings import ROOT
from siso_project import advisors, errors, locks, requirements_map, results, words
from siso_project.check import run, run_all
from siso_project.commands import CHECKS, Check

LOCK = """\
fastapi==0.165.1 \\
    --hash=sha256:00
    # via siso-partnerships (pyproject.toml)
pytest==9.2.0 \\
    --hash=sha256:00
    # via
    #   other
    #   siso-partnerships (pyproject.toml:dev)
"""
PROJECT: dict[str, Any] = {"project": {"dependencies": ["fastapi>=0.165"]}, "dependency-groups": {"dev": ["pytest>=9"]}}


def python_problems(lock: str = LOCK, project: dict[str, Any] = PROJECT) -> list[str]:
    return list(locks.check_python("x.lock", ("dev",), lock, project))


def test_a_lock_in_step_is_fine() -> None:
    assert python_problems() == []


@pytest.mark.parametrize(
    ("lock", "project", "said"),
    [
        ("--index-url https://mirror.example\n" + LOCK, PROJECT, "download address"),
        (LOCK.replace("    --hash=sha256:00\n    # via\n", "    # via\n"), PROJECT, "pytest has no hash"),
        (LOCK, {**PROJECT, "project": {"dependencies": []}}, "no longer in pyproject.toml"),
        (LOCK, {**PROJECT, "dependency-groups": {"dev": ["pytest", "ruff"]}}, "not in the lock"),
        (LOCK, {**PROJECT, "project": {"dependencies": ["fastapi>=1"]}}, "does not satisfy"),
    ],
)
def test_a_lock_out_of_step_is_told(lock: str, project: dict[str, Any], said: str) -> None:
    assert any(said in problem for problem in python_problems(lock, project))


def test_workers_and_tests_have_the_same_versions() -> None:
    assert list(locks.check_same_versions(LOCK, LOCK)) == []
    assert list(locks.check_same_versions(LOCK, LOCK.replace("0.165.1", "0.165.2")))


def test_npm_s_lock_names_no_address_but_funding() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert list(locks.check_npm(lock)) == []
    name = next(each for each in lock["packages"] if each.startswith("node_modules/"))
    lock["packages"][name]["resolved"] = "https://mirror.example/x.tgz"
    assert any(name in problem for problem in locks.check_npm(lock))


def test_a_changed_manifest_is_told() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    lock["packages"]["pwa"]["dependencies"]["react"] = "0.0.1"
    assert any("pwa" in problem for problem in locks.check_npm(lock))


def test_words_that_do_not_belong_are_found() -> None:
    place = "/".join(("", "work", "main"))
    assert words.find(f"fine\nsee {place}/x") == [(2, "/".join(("", "work", "")))]
    assert words.find("the network/works, homework/, src/work/x") == []


def row(**changes: object) -> dict[str, object]:
    return {"says": "Something.", "state": "planned"} | changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": "finished"}, "state is one of"),
        ({"state": "done"}, "names no test"),
        ({"state": "done", "tests": ["tests/project/test_checks.py::test_nothing"]}, "there is no test"),
        ({"state": "done", "tests": ["tests/clients/auth.test.ts > no such title"]}, "there is no test"),
        ({"says": ""}, "a row has"),
        ({"owner": "x"}, "a row has"),
    ],
)
def test_a_wrong_row_is_told(changes: dict[str, object], said: str) -> None:
    assert any(said in problem for problem in requirements_map.check_row("R-001", row(**changes)))


def test_a_row_may_name_this_test_and_one_of_the_clients() -> None:
    mine = "tests/project/test_checks.py::test_a_row_may_name_this_test_and_one_of_the_clients"
    theirs = "tests/clients/auth.test.ts > recovers a password"
    assert requirements_map.check_row("R-001", row(state="done", tests=[mine, theirs])) == []


def test_missing_double_and_unknown_rows_are_told() -> None:
    text = requirements_map.MAP.read_text()
    assert requirements_map.check(text)[0] == []
    first = next(line for line in text.splitlines() if line.startswith("R-001:"))
    assert requirements_map.check(text.replace(first, ""))[0] == ["R-001 is missing"]
    assert requirements_map.check(f"{text}\n{first}")[0] == ["R-001 stands there 2 times"]
    assert requirements_map.check(text.replace("R-001:", "R-999:"))[0] == [
        "R-001 is missing",
        "R-999 is no requirement",
    ]


FINDING = {"cacheKey": "unused_index_x", "level": "INFO", "detail": "…"}
ALLOWED = [advisors.Allowance("unused_index_*", "a good reason here")]


def test_advisors_are_compared_with_the_list() -> None:
    assert advisors.judge([FINDING], ALLOWED) == []
    assert "remove it" in advisors.judge([], ALLOWED)[0]
    assert "not in advisors.yaml" in advisors.judge([FINDING], [])[0]
    assert advisors.judge([{**FINDING, "level": "WARN"}], ALLOWED)[0].startswith("WARN")
    with pytest.raises(ValueError, match="reason"):
        advisors.read_allowed("allowed: [{finding: x, reason: because}]")
    assert advisors.read_allowed(advisors.ALLOWED.read_text())


def test_results_are_counted_from_junit(tmp_path: Path) -> None:
    file = tmp_path / "junit.xml"
    file.write_text(
        "<testsuites><testsuite><testcase/><testcase><failure/></testcase><testcase><error/></testcase>"
        "<testcase><skipped/></testcase></testsuite></testsuites>"
    )
    assert results.read(file) == results.Counts(passed=1, failed=2, skipped=1)
    assert results.read(tmp_path / "none.xml").failed == 1


def test_a_missing_program_fails_and_the_rest_still_runs(capsys: pytest.CaptureFixture[str]) -> None:
    good = Check("good", lambda: [["true"]])
    outcomes = run_all(
        [Check("bad", lambda: [["no-such-program"]]), good, Check("late", lambda: [["false"]], after="good")]
    )
    assert {outcome.check.name: outcome.ok for outcome in outcomes} == {"bad": False, "good": True, "late": False}
    assert "✗ bad" in capsys.readouterr().out
    assert run(good).ok


def test_names_of_checks_are_unique_and_known() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    assert all(not check.after or check.after in names for check in CHECKS)


def test_every_code_that_a_migration_raises_is_explained() -> None:
    page = "## Codes\n\n| code | HTTP |\n|---|---|\n| 22023 | 400 |\n| 23502, 23505 | 409 |\n## Rules\n| PT409 | 1 |\n"
    migration = """
        perform private.fail('22023', 'No.', 'range');
        perform private.fail('PT409', 'Not now.', 'state');
        raise exception 'twice' using errcode = '23505';
        raise exception 'no balance' using errcode = '23514';
        raise sqlstate 'PGRST' using message = json_build_object('code', 'PT429', 'message', 'Wait.')::text;
        raise exception 'inside' using errcode = 'SP001';
        exception when sqlstate 'SP001' then
    """
    assert errors.unexplained(migration, page) == {"PT409", "23514", "PT429"}

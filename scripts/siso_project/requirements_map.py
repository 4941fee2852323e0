"""Reads ``tests/requirements.yaml`` and proves it: rows complete and unique, states known, named tests existing."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from siso_local.settings import ROOT

MAP = ROOT / "tests" / "requirements.yaml"
ROWS = 538
STATES = ("done", "planned", "needs people")
_KEY = re.compile(r"^(R-\d+):", re.MULTILINE)
_TITLE = re.compile(
    r"""\b(?:test|it|describe)(?:\.\w+)*(?:\([^()]*\))?\(\s*(['"`])(?P<title>(?:\\.|(?!\1).)*)\1""", re.DOTALL
)


@cache
def python_tests(path: Path) -> frozenset[str]:
    """Names of the test functions of a pytest file, those in classes as ``Class::name``."""
    names: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        inner = [(node.name, each) for each in node.body] if isinstance(node, ast.ClassDef) else [("", node)]
        for owner, each in inner:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("test"):
                names.add(f"{owner}::{each.name}" if owner else each.name)
    return frozenset(names)


@cache
def script_tests(path: Path) -> frozenset[str]:
    """Titles of the tests (and of their groups) of a vitest file."""
    return frozenset(re.sub(r"\\(.)", r"\1", found["title"]) for found in _TITLE.finditer(path.read_text()))


def test_exists(name: str) -> bool:
    """Whether a pytest node id or a ``file > title`` of vitest names a test that is there."""
    if " > " in name:
        file, title = name.split(" > ", 1)
        path = ROOT / file
        return path.is_file() and title in script_tests(path)
    file, _, test = name.partition("::")
    path = ROOT / file
    return path.is_file() and path.suffix == ".py" and test in python_tests(path)


def check_row(key: str, row: Any) -> list[str]:
    """What is wrong with one row."""
    if not isinstance(row, dict) or set(row) - {"says", "state", "tests"} or not str(row.get("says", "")).strip():
        return [f"{key}: a row has says, state and, when done, tests"]
    wrong = []
    tests = row.get("tests") or []
    if row.get("state") not in STATES:
        wrong.append(f"{key}: state is one of {', '.join(STATES)}")
    if row.get("state") == "done" and not tests:
        wrong.append(f"{key} is said to be done and names no test that shows it")
    wrong += [f"{key}: there is no test {name}" for name in tests if not test_exists(name)]
    return wrong


def check(text: str) -> tuple[list[str], int]:
    """What is wrong with the map, and how many rows are done."""
    rows = yaml.safe_load(text)
    keys = Counter(_KEY.findall(text))
    wanted = {f"R-{number:03}" for number in range(1, ROWS + 1)}
    wrong = [f"{key} stands there {count} times" for key, count in keys.items() if count > 1]
    wrong += [f"{key} is missing" for key in sorted(wanted - rows.keys())]
    wrong += [f"{key} is no requirement" for key in sorted(rows.keys() - wanted)]
    for key, row in rows.items():
        wrong += check_row(key, row)
    done = sum(isinstance(row, dict) and row.get("state") == "done" for row in rows.values())
    return wrong, done


def main() -> int:
    wrong, done = check(MAP.read_text())
    print("\n".join(wrong))
    print(f"{done} of {ROWS} rows done")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

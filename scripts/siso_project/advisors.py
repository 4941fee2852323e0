"""Supabase's own advisors on a migrated database, compared with ``supabase/advisors.yaml``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import psycopg
import yaml

from siso_local import toolchain
from siso_local.settings import ROOT, Settings

ALLOWED = ROOT / "supabase" / "advisors.yaml"


@dataclass(frozen=True)
class Allowance:
    """A pattern over the advisors' keys, and why such findings stand."""

    finding: str
    reason: str


def read_allowed(text: str) -> list[Allowance]:
    """Raises ValueError for an entry without pattern or reason."""
    entries = yaml.safe_load(text)["allowed"]
    allowed = [Allowance(str(entry.get("finding", "")), str(entry.get("reason", ""))) for entry in entries]
    for entry in allowed:
        if not entry.finding or len(entry.reason.split()) < 3:
            raise ValueError(f"{ALLOWED.name}: every entry has a finding and a reason ({entry})")
    return allowed


def judge(findings: Sequence[dict[str, Any]], allowed: Sequence[Allowance]) -> list[str]:
    """What is wrong, sentence by sentence: findings above info, unlisted ones, and entries that match nothing."""
    wrong = []
    for finding in findings:
        key, level, detail = finding["cacheKey"], finding["level"], finding["detail"]
        if level != "INFO":
            wrong.append(f"{level} {key}: {detail}")
        elif not any(fnmatchcase(key, entry.finding) for entry in allowed):
            wrong.append(f"not in {ALLOWED.name}: {key}: {detail}")
    for entry in allowed:
        if not any(fnmatchcase(finding["cacheKey"], entry.finding) for finding in findings):
            wrong.append(f"{ALLOWED.name}: nothing matches {entry.finding} any more, remove it")
    return wrong


def ask(settings: Settings) -> list[dict[str, Any]]:
    """What the advisors of the official CLI say of the running platform's database."""
    command = [*toolchain.supabase_cli(), "db", "advisors", toolchain.cli_target(settings), "--level", "info"]
    command += ["--output-format", "json", "--agent", "no", "--yes", "--workdir", str(ROOT)]
    done = subprocess.run(command, env=toolchain.cli_environment(settings), capture_output=True, text=True, check=False)
    if done.returncode != 0 or not done.stdout.strip():
        raise SystemExit(f"supabase db advisors failed: {done.stderr.strip()[-500:]}")
    results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return results


def tidy(settings: Settings) -> None:
    """Takes away what tests that roll back leave in the files: how much that is says nothing about the schema."""
    with psycopg.connect(settings.dsn("supabase_admin"), autocommit=True) as database:
        database.execute("set statement_timeout = 0")
        database.execute("vacuum (full, analyze)")


def main() -> int:
    settings = Settings.load()
    tidy(settings)
    findings = ask(settings)
    wrong = judge(findings, read_allowed(ALLOWED.read_text()))
    print("\n".join(wrong) if wrong else f"{len(findings)} findings, all of them allowed with a reason")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""The list of checks: what each is called and which programs it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from siso_local.settings import ROOT

Command = list[str]
# The PWA as the checks build it; a link to the build that ./scripts/start uses, too.
BUILD = ".state/check/pwa"


@dataclass(frozen=True)
class Check:
    """One line of ``./scripts/check``. ``after`` names the check whose result it reads."""

    name: str
    commands: Callable[[], list[Command]]
    after: str = ""
    # Whether its last line is worth showing when it passes.
    tells: bool = False


def _run(*commands: Command) -> Callable[[], list[Command]]:
    return lambda: [list(command) for command in commands]


def _own(module: str, *arguments: str) -> Callable[[], list[Command]]:
    return _run([sys.executable, "-m", f"siso_project.{module}", *arguments])


def _files(pattern: str) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob(pattern))]


def _squawk() -> list[Command]:
    return [["squawk", "--reporter", "gcc", *_files("supabase/migrations/*.sql")]]


def _html() -> list[Command]:
    return [["html-validate", "pwa/index.html", *_files("supabase/templates/*.html"), f"{BUILD}/index.html"]]


def _types() -> list[Command]:
    """Every tsconfig of the workspaces. The routes' types come from a file that the build generates."""
    return [["tsc", "-p", name, "--noEmit"] for name in _files("pwa/tsconfig*.json") + _files("tests/*/tsconfig.json")]


# The slow ones first: they decide how long all of them take together.
CHECKS: tuple[Check, ...] = (
    Check("pwa-build", _own("build")),
    Check("sqlfluff", _own("sql")),
    Check("mypy", _run(["mypy"])),
    Check("prettier", _run(["prettier", "--check", "--log-level=warn", "."])),
    Check("ruff-format", _run(["ruff", "format", "--check", "--quiet", "."])),
    Check("ruff", _run(["ruff", "check", "--output-format=concise", "."])),
    Check("squawk", _squawk),
    Check("oxlint", _run(["oxlint", "--type-aware", "--deny-warnings", "--format=unix"])),
    Check("knip", _run(["knip", "--no-progress"]), after="pwa-build"),
    Check("tsc", _types, after="pwa-build"),
    Check("html-validate", _html, after="pwa-build"),
    Check("size-limit", _run(["size-limit"]), after="pwa-build"),
    Check("policies", _run([sys.executable, "-m", "siso_local.policies", "--check"])),
    Check("exports", _own("export_tables")),
    Check("access", _run([sys.executable, "-m", "tests.database.access_document", "--check"])),
    Check("requirements", _own("requirements_map"), tells=True),
    Check("errors", _own("errors")),
    Check("locks", _own("locks")),
    Check("words", _own("words")),
    Check("file-length", _own("sizes")),
)

# What ``--fix`` runs, one after another.
FIXES: tuple[Check, ...] = (
    Check("fix: ruff", _run(["ruff", "check", "--fix", "--quiet", "."], ["ruff", "format", "--quiet", "."])),
    Check("fix: prettier", _run(["prettier", "--write", "--log-level=warn", "."])),
    Check("fix: errors", _own("errors", "--write")),
    Check("fix: exports", _own("export_tables", "--write")),
    Check("fix: oxlint", _run(["oxlint", "--fix", "--quiet"])),
    Check(
        "fix: sqlfluff",
        _run(["sqlfluff", "fix", "--nocolor", "--disable-progress-bar", "supabase/policies", "supabase/seed.sql"]),
    ),
)

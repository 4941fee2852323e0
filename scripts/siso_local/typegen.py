"""``./scripts/types``: the database's types for TypeScript and Python, made by the official CLI."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from siso_local import toolchain
from siso_local.errors import PlatformError
from siso_local.settings import ROOT, Settings

TYPESCRIPT = ROOT / "pwa/src/lib/database.types.ts"
PYTHON = ROOT / "workers/core/database_types.py"


def run(settings: Settings, say: Callable[[str], None], *, check: bool) -> int:
    """Writes both files, or with ``check`` compares them; returns the exit code."""
    made = {
        TYPESCRIPT: _formatted(_generate(settings, "typescript"), TYPESCRIPT),
        PYTHON: _formatted(with_own_types(_generate(settings, "python")), PYTHON),
    }
    stale = [path for path, text in made.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        name = path.relative_to(ROOT)
        if check:
            say(f"✗ {name} is not what the database says: run ./scripts/types")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path])
            say(f"✓ {name}")
    if not stale:
        say("The types are up to date.")
    return 1 if stale and check else 0


def _generate(settings: Settings, language: str) -> str:
    command = [*toolchain.supabase_cli(), "gen", "types", f"--lang={language}", toolchain.cli_target(settings)]
    command += ["--schema", "public", "--workdir", str(ROOT), "--agent", "no"]
    return _output(command, "", f"The {language} types could not be made", toolchain.cli_environment(settings))


def with_own_types(python: str) -> str:
    """Defines what the Python generator only names: Postgres' own types without a Python twin, such as ``tsvector``.

    PostgREST sends their values as text.
    """
    names = sorted(set(re.findall(r"\bPgCatalog\w+", python)))
    missing = [name for name in names if not re.search(rf"^{name}\b", python, re.MULTILINE)]
    first = re.search(r"^(?:class \w+|\w+: TypeAlias\b)", python, re.MULTILINE)
    if not missing or first is None:
        return python
    aliases = "".join(f"{name}: TypeAlias = str\n\n" for name in missing)
    return python[: first.start()] + aliases + python[first.start() :]


def _formatted(text: str, path: Path) -> str:
    if path.suffix == ".ts":
        prettier = [str(toolchain.NODE), str(ROOT / "node_modules/prettier/bin/prettier.cjs")]
        command = [*prettier, "--ignore-path", os.devnull, "--stdin-filepath", str(path)]
    else:
        ruff = str(Path(sys.executable).parent / "ruff")
        command = [ruff, "format", "--stdin-filename", str(path), "-"]
        fix = [ruff, "check", "--fix-only", "--quiet", "--stdin-filename", str(path), "-"]
        text = _output(fix, text, "ruff failed", toolchain.base_environment())
    return _output(command, text, f"{path.name} could not be formatted", toolchain.base_environment())


def _output(command: list[str], text: str, failure: str, env: dict[str, str]) -> str:
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, input=text, capture_output=True, text=True)
    if done.returncode != 0 or not done.stdout.strip():
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        reason = next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "no output")
        raise PlatformError(f"{failure}: {reason}")
    return done.stdout

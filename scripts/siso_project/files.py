"""Which files belong to the project: those that git knows or would take."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from siso_local.settings import ROOT

LEFT_OUT = {"node_modules", ".state", ".git", "dist", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def tracked(*patterns: str) -> list[Path]:
    """Files of the project, absolute, sorted. Works in an unpacked archive without git, too."""
    if (ROOT / ".git").exists():
        command = [
            "git",
            "-c",
            f"safe.directory={ROOT}",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]
        done = subprocess.run([*command, "--", *patterns], cwd=ROOT, capture_output=True, check=True)
        paths = [ROOT / os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
        return sorted({path for path in paths if path.is_file()})
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        found += [Path(folder, name) for name in names]
    return sorted(
        path for path in found if not patterns or any(path.relative_to(ROOT).match(each) for each in patterns)
    )

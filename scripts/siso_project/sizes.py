"""Long source files: above ``WARN`` lines a warning, above ``FAIL`` lines a failure."""

from __future__ import annotations

import sys
from pathlib import Path

from siso_local.settings import ROOT
from siso_project.files import tracked

WARN = 250
FAIL = 400
SOURCES = (".py", ".ts", ".tsx", ".js", ".css", ".sql", ".sh")
# Written by programs, or read from top to bottom once: length is no sign of a missing idea there.
EXEMPT = ("_policies.sql", "_export_tables.sql", ".gen.ts", "database.types.ts", "types.py")


def long_files(limit: int = WARN) -> list[tuple[int, Path]]:
    """Source files with more than ``limit`` lines, the longest first."""
    found = []
    for path in tracked():
        if path.suffix in SOURCES and not path.name.endswith(EXEMPT):
            lines = len(path.read_text(errors="replace").splitlines())
            if lines > limit:
                found.append((lines, path))
    return sorted(found, reverse=True)


def main() -> int:
    found = long_files()
    for lines, path in found:
        kind = "error" if lines > FAIL else "warning"
        print(f"{kind}: {path.relative_to(ROOT)} has {lines} lines (aim: {WARN}, limit: {FAIL})")
    return 1 if any(lines > FAIL for lines, _ in found) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Words that have no place in the project: paths of one machine, download hosts, names of tools that wrote a text.

The list is put together from parts, so that this file does not contain what it looks for.
"""

from __future__ import annotations

import re
import sys

from siso_local.settings import ROOT
from siso_project.files import tracked

PARTS: tuple[tuple[str, ...], ...] = (
    # paths of somebody's machine
    ("/", "work", "/"),
    ("/", "tmp", "/", "st-"),
    ("/", "root", "/"),
    ("/", "home", "/", "[a-z]"),
    # where packages come from is the reader's own configuration (the index that Python itself defaults to aside)
    ("registry", r"\.", "npmjs"),
    ("files", r"\.", "pythonhosted"),
    # assistants
    ("clau", "de"),
    ("anthro", "pic"),
    ("chat", "gpt"),
    ("co", "pilot"),
    ("open", "ai"),
    ("cod", "ex"),
    ("gemi", "ni"),
    # notes that are no part of the project
    (r"(?:engineering|payments|pwa)", "-", "notes"),
    ("shared", "/", "(?:architecture|requirements|prd)"),
)
PATTERN = re.compile("|".join(rf"(?<![\w.]){''.join(parts)}" for parts in PARTS), re.IGNORECASE)
# Lists of hashes and integrity values, and what is not text.
EXEMPT = ("package-lock.json",)
BINARY = (".png", ".ico", ".woff2", ".jpg", ".pdf", ".webp")


def find(text: str) -> list[tuple[int, str]]:
    """(line number, word) of every forbidden word."""
    return [(text.count("\n", 0, found.start()) + 1, found.group()) for found in PATTERN.finditer(text)]


def main() -> int:
    count = 0
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if name in EXEMPT or path.suffix in BINARY:
            continue
        for line, word in find(path.read_text(errors="replace")):
            print(f"{name}:{line}: {word!r} does not belong here")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

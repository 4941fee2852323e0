"""The table of error rules in ``docs/errors.md``, read from the calls of ``private.fail`` in the migrations.

``--write`` brings the table up to date (so does ``./scripts/check --fix``); without it the file is only compared. Every
code that the migrations raise, however they do it, is explained in the page's table of codes, which a person writes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from siso_local.settings import ROOT

PAGE = ROOT / "docs" / "errors.md"
BEGIN = "<!-- rules: written by ./scripts/check --fix -->\n"
END = "<!-- end of rules -->\n"
_CALL = re.compile(r"private\.fail\(")
_RAISED = re.compile(r"errcode = '(\w{5})'|'code', '(\w{5})'")
_CAUGHT = re.compile(r"when sqlstate '(\w{5})'")
_LISTED = re.compile(r"^\| ((?:\w{5}(?:, )?)+) \| \d", re.MULTILINE)
_STRING = re.compile(r"'((?:[^']|'')*)'")


def arguments(text: str, start: int) -> list[str]:
    """The arguments of a call whose opening parenthesis ends at ``start``, as they are written."""
    found, depth, quoted, begin = [], 0, False, start
    for index in range(start, len(text)):
        letter = text[index]
        if letter == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif letter == "(":
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif letter in ",)" and not depth:
            found.append(text[begin:index].strip())
            begin = index + 1
            if letter == ")":
                break
    return found


def words(argument: str) -> str:
    """The text of an argument, with … for what is filled in at run time."""
    parts = [each.replace("''", "'") for each in _STRING.findall(argument)]
    return "…".join(parts)


def calls(text: str) -> Iterator[tuple[str, str, str]]:
    """(rule, code, message) of every call; the definition of the function itself has no literal code."""
    for found in _CALL.finditer(text):
        given = arguments(text, found.end())
        if len(given) >= 2 and given[0].startswith("'"):
            rule = words(given[2]) if len(given) > 2 and given[2].startswith("'") else "–"
            yield rule, words(given[0]), words(given[1])


def table() -> str:
    """One line per rule and code, with the messages that it has."""
    rules: dict[tuple[str, str], set[str]] = {}
    for path in sorted((ROOT / "supabase" / "migrations").glob("*.sql")):
        for rule, code, message in calls(path.read_text()):
            rules.setdefault((rule, code), set()).add(message)
    lines = ["| rule | code | messages |", "|---|---|---|"]
    for (rule, code), messages in sorted(rules.items()):
        told = " · ".join(sorted(messages)).replace("|", "\\|")
        lines.append(f"| `{rule}` | {code} | {told} |")
    return "\n".join(lines) + "\n"


def unexplained(migration: str, page: str) -> set[str]:
    """The codes that reach a client from a migration and are not in the page's table of codes."""
    raised = {code for _rule, code, _message in calls(migration)}
    raised |= {first or second for first, second in _RAISED.findall(migration)}
    listed = {code for row in _LISTED.findall(page.partition("## Rules")[0]) for code in row.split(", ")}
    return raised - set(_CAUGHT.findall(migration)) - listed


def with_table(page: str) -> str:
    """The page with today's table between its two marks. Raises ValueError where a mark is missing."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has lost the marks around its table")
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    page = PAGE.read_text()
    wanted = with_table(page)
    for path in sorted((ROOT / "supabase" / "migrations").glob("*.sql")):
        if missing := unexplained(path.read_text(), page):
            print(f"docs/errors.md does not explain {', '.join(sorted(missing))} of {path.name}: add it to its codes")
            return 1
    if page == wanted:
        return 0
    if "--write" in sys.argv[1:]:
        PAGE.write_text(wanted)
        print("docs/errors.md brought up to date")
        return 0
    print("docs/errors.md does not list the rules of the migrations: run ./scripts/check --fix errors")
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""``./scripts/access``: prints access.yaml as docs/access.md, a document that an auditor can read.

``--check`` says whether the document is what the file gives. ``--add-closed`` asks the running platform for tables and
functions that the file lacks and that no role but the database's owner can reach, and adds those under ``closed``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

import psycopg

from siso_local.settings import ROOT, Settings
from tests.database import access_catalog as catalog
from tests.database.access_model import MATRIX_FILE, TABLE_VERBS, TOPIC_VERBS, Matrix, Probe

DOCUMENT = ROOT / "docs" / "access.md"
WORDS = {"allow": "**yes**", "filter": "nothing", "check": "refused", "rule": "refused by rule", "grant": "–"}
HEADER = """\
# Access: who may do what

Printed by `./scripts/access` from `tests/database/access.yaml`. `tests/database/test_access_*.py` try every cell of it
in the running platform's database, and show by changing every policy that each one is needed.

| cell | means |
|---|---|
| **yes** | sees, adds, changes or removes the row |
| nothing | no error and no row: row-level security hides it |
| refused | 42501, new row violates row-level security policy |
| refused by rule | 42501 or PT4xx with a message of ours |
| – | 42501, permission denied: the verb is not granted at all |

Each table is tried on one row that belongs to *partner*. Whoever stands in no row of a table below gets “–” for
everything there. People in one line get the same answers; "everybody else who is signed in" are all people with a token
who stand in no other line. Beside what is printed, each change and removal is tried on all rows at once, and rows are
made for and handed over to somebody else as if every column were granted.
"""


def document(matrix: Matrix) -> str:
    parts = [HEADER, "## Actors\n", "| actor | who |", "|---|---|"]
    parts += [f"| {actor.name} | {actor.says} |" for actor in matrix.actors.values()]
    parts.append("\n## Tables and views\n")
    for table in matrix.tables:
        probes = [probe for probe in matrix.table_probes(table) if not (probe.blind or probe.wide)]
        parts += _grid(matrix, table, probes, TABLE_VERBS, _columns(matrix, table))
    parts.append("## Storage\n")
    for bucket in matrix.buckets:
        parts += _grid(matrix, f"bucket {bucket}", list(matrix.bucket_probes(bucket)), TABLE_VERBS, [])
    parts.append("## Realtime topics\n")
    for topic in matrix.topics:
        parts += _grid(matrix, topic, list(matrix.topic_probes(topic)), TOPIC_VERBS, [])
    parts += ["## Functions that clients call\n", "| function | who gets through | refused by rule |", "|---|---|---|"]
    for probe in matrix.function_probes():
        allowed, refused = ([a for a, got in probe.expected.items() if got == result] for result in ("allow", "rule"))
        parts.append(f"| {probe.subject} | {_names(matrix, allowed)} | {_names(matrix, refused)} |")
    parts += ["\n## Functions that clients cannot call\n", "| functions | roles |", "|---|---|"]
    for entry in matrix.content["functions"]["inner"]:
        parts.append(f"| {', '.join(entry['which'])} | {', '.join(entry['roles'])} |")
    parts += ["\n## Closed to everybody but the owner of the database\n", "Tables and views: "]
    parts.append(",\n".join(matrix.content["closed"]["tables"]) + ".\n\nFunctions: ")
    parts.append(",\n".join(matrix.content["closed"]["functions"]) + ".")
    return "\n".join(parts) + "\n"


def _columns(matrix: Matrix, table: str) -> list[str]:
    spec = matrix.tables[table]
    limited = {verb: spec[verb]["columns"] for verb in TABLE_VERBS if "columns" in (spec.get(verb) or {})}
    return [f"{verb.capitalize()} is granted on {', '.join(columns)} alone.\n" for verb, columns in limited.items()]


def _grid(matrix: Matrix, title: str, probes: list[Probe], verbs: tuple[str, ...], notes: list[str]) -> list[str]:
    """One heading and one table: actors with the same answers share a line; a case of its own is another table."""
    lines = [f"### {title}\n"]
    for case in dict.fromkeys(probe.case for probe in probes):
        expected = {probe.verb: probe.expected for probe in probes if probe.case == case}
        shown = [verb for verb in verbs if verb in expected]
        by_answers: dict[tuple[str, ...], list[str]] = {}
        for actor in matrix.actors:
            by_answers.setdefault(tuple(expected[verb][actor] for verb in shown), []).append(actor)
        if case:
            lines.append(f"{case[0].upper()}{case[1:]}:\n")
        lines += [f"| who | {' | '.join(shown)} |", "|---" * (len(shown) + 1) + "|"]
        # Whoever gets most first; the many who get least last, under one name.
        for answers, actors in sorted(by_answers.items(), key=lambda line: (-line[0].count("allow"), len(line[1]))):
            if set(answers) != {"grant"}:
                cells = " | ".join(WORDS[answer] for answer in answers)
                lines.append(f"| {_names(matrix, actors)} | {cells} |")
        lines.append("")
    return lines + notes


def _names(matrix: Matrix, actors: Iterable[str]) -> str:
    """A list of actors; most of those who are signed in go by one name: the others stand in lines of their own."""
    rest = set(actors)
    everyone = {name for name, actor in matrix.actors.items() if actor.signed_in}
    if len(everyone & rest) > len(everyone) / 2:
        words = "everybody" if everyone <= rest else "everybody else"
        return ", ".join([f"{words} who is signed in", *(name for name in matrix.actors if name in rest - everyone)])
    return ", ".join(name for name in matrix.actors if name in rest) or "nobody"


def add_closed(matrix: Matrix) -> list[str]:
    """Adds what is missing and closed to access.yaml; returns what is missing and not closed."""
    with psycopg.connect(Settings.load().dsn("postgres")) as connection:
        functions = catalog.executors(connection, matrix.roles())
        named = matrix.executors(functions)
        reachable = {
            table
            for role in matrix.roles()
            for verb in TABLE_VERBS[:3]
            for table, (granted, _) in catalog.granted_columns(connection, role, verb).items()
            if granted
        }
        tables = set(catalog.relations(connection))
    closed_tables = ((set(matrix.closed_tables) & tables) - set(matrix.tables)) | (
        tables - set(matrix.tables) - reachable
    )
    closed = matrix.content["closed"]["functions"]
    closed_functions = {name for name in closed if not functions.get(name, {"?"})}
    closed_functions |= {name for name, roles in functions.items() if name not in named and not roles}
    text = MATRIX_FILE.read_text().split("\nclosed:\n", 1)[0]
    lines = ["", "closed:", "  tables:", *(f"    - {name}" for name in sorted(closed_tables))]
    lines += ["  functions:", *(f"    - {name}" for name in sorted(closed_functions))]
    MATRIX_FILE.write_text("\n".join([text, *lines[1:]]) + "\n")
    missing = [f"{table} is reachable" for table in sorted((tables & reachable) - set(matrix.tables))]
    return missing + [
        f"{name} may be executed by {', '.join(sorted(roles))}"
        for name, roles in functions.items()
        if roles and name not in named
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/access", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when docs/access.md is stale")
    parser.add_argument("--add-closed", action="store_true", help="add missing closed tables and functions to the file")
    arguments = parser.parse_args()
    missing = add_closed(Matrix.load()) if arguments.add_closed else []
    for line in missing:
        print(f"Not in access.yaml: {line}.", file=sys.stderr)
    Matrix.load.cache_clear()
    text = document(Matrix.load())
    if arguments.check:
        if not DOCUMENT.exists() or DOCUMENT.read_text() != text:
            print("docs/access.md is not what access.yaml gives: run ./scripts/access.", file=sys.stderr)
            return 1
        return 0
    DOCUMENT.write_text(text)
    print(f"Wrote {DOCUMENT.relative_to(ROOT)}.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

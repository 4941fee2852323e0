# ruff: noqa: S608 - statements are built from the catalog and access.yaml alone
"""Calls of database functions with odd arguments: what there is to call, with what, and what came back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import psycopg

from tests.database.access_model import ActorSpec, Matrix
from tests.database.access_stage import Stage

_LONG = "repeat('x', 200000)"
_TEXTS = ("''", "'   '", _LONG, "E'%_\\\\''\"\\u202e\\n'", "'nonsense'")
_TIMES = ("'-infinity'", "'infinity'", "'0001-01-01'", "'9999-12-31'")
_JSON = (
    "'{}'",
    "'[]'",
    "'null'",
    "'1'",
    "'\"text\"'",
    "'[null]'",
    "'[[]]'",
    "'[{}]'",
    '\'{"": null, "x": {"y": []}}\'',
)
_ODD: dict[str, tuple[str, ...]] = {
    "uuid": (f"'{uuid.UUID(int=0)}'", "gen_random_uuid()"),
    "text": _TEXTS,
    "character varying": _TEXTS,
    "extensions.citext": _TEXTS,
    "smallint": ("-1", "0", "32767", "-32768"),
    "integer": ("-1", "0", "2147483647", "-2147483648"),
    "bigint": ("-1", "0", "9223372036854775807", "-9223372036854775808"),
    "numeric": ("-1", "0", "1e100", "'NaN'", "'infinity'"),
    "boolean": ("true", "false"),
    "date": (*_TIMES, "'2026-02-28'"),
    "timestamp with time zone": _TIMES,
    "time without time zone": ("'00:00'", "'24:00'"),
    "interval": ("'-1 day'", "'0'", "'100000 years'"),
    "jsonb": _JSON,
    "json": _JSON,
    "bytea": ("''",),
}
# Who is tried first; the first two for whom the matrix expects to get through.
_PREFERRED = ("partner_mfa", "owner", "elite", "finance", "leader", "admin", "applicant", "dm_peer", "anonymous")


@dataclass(frozen=True)
class Function:
    """A function with its arguments (name, type) and how many of them have no default."""

    schema: str
    name: str
    arguments: tuple[tuple[str, str], ...]
    required: int

    @property
    def title(self) -> str:
        return f"{self.schema}.{self.name}({', '.join(kind for _, kind in self.arguments)})"

    def call(self, given: dict[int, str]) -> str:
        """The statement, with nulls for what has neither a value nor a default."""
        values = []
        for place, (name, kind) in enumerate(self.arguments):
            if place in given:
                values.append(f"{name} => ({given[place]})::{kind}")
            elif place < self.required:
                values.append(f"{name} => null::{kind}")
        return f"select * from {self.schema}.{self.name}({', '.join(values)})"


class Answer(NamedTuple):
    """``code`` None: it was done."""

    code: str | None
    message: str
    details: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.code}: {self.message[:140]}"


def functions(connection: psycopg.Connection, schema: str) -> list[Function]:
    found = connection.execute(
        """
        select
            n.nspname, p.proname,
            array(
                select array[quote_ident(coalesce(p.proargnames[place], '')), format_type(kind, null)]
                from unnest(p.proargtypes::oid[]) with ordinality as a (kind, place) order by place
            ),
            p.pronargs - p.pronargdefaults
        from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where n.nspname = %s and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
            and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
        order by p.proname, p.pronargs
        """,
        (schema,),
    ).fetchall()
    return [
        Function(owner, name, tuple((arg, kind) for arg, kind in arguments), required)
        for owner, name, arguments, required in found
    ]


def odd_values(connection: psycopg.Connection, kind: str) -> list[str]:
    """Values of a type that somebody might send; null first."""
    if kind.endswith("[]"):
        element = odd_values(connection, kind[:-2])[1:3]
        return ["null", "'{}'", "array[null]", *(f"array[{each}::{kind[:-2]}]" for each in element)]
    if kind in _ODD:
        return ["null", *_ODD[kind]]
    labels = connection.execute(
        "select quote_literal(enumlabel) from pg_enum where enumtypid = to_regtype(%s) order by enumsortorder", (kind,)
    ).fetchall()
    assert labels, f"no odd values are known for the type {kind}"
    return ["null", *(label for (label,) in labels)]


def split_arguments(call: str) -> list[str]:
    """The values of ``('a', f(1, 2), null)`` as they are written."""
    found, depth, quoted, begin = [], 0, False, 1
    for place, letter in enumerate(call):
        if letter == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
            if depth == 0:
                found.append(call[begin:place].strip())
        elif letter == "," and depth == 1:
            found.append(call[begin:place].strip())
            begin = place + 1
    return [each for each in found if each]


def odd_calls(connection: psycopg.Connection, function: Function, typical: list[str]) -> Iterator[str]:
    """Nothing but nulls; then each argument in turn odd, the others as they should be."""
    usual = dict(enumerate(typical[: len(function.arguments)]))
    yield function.call({})
    for place, (_, kind) in enumerate(function.arguments):
        for value in odd_values(connection, kind):
            yield function.call({**usual, place: value})
            if usual:
                yield function.call({place: value})


def actors_for(matrix: Matrix, name: str) -> list[ActorSpec]:
    expected = matrix.expected(matrix.content["functions"]["public"][name], "rule")
    through = [actor for actor in (*_PREFERRED, *matrix.actors) if expected[actor] in ("allow", "filter")]
    return [matrix.actors[actor] for actor in list(dict.fromkeys(through))[:2] or ["partner_mfa", "owner"]]


def answer(stage: Stage, statement: str) -> Answer:
    """What the present actor gets, with everything that the end of the transaction would still check."""
    try:
        stage.connection.execute(
            cast(Any, f"rollback to savepoint cell; {statement}; set constraints all immediate"), prepare=False
        )
    except psycopg.Error as error:
        try:
            details = json.loads(error.diag.message_detail or "{}")
        except ValueError:
            details = {}
        shown = details if isinstance(details, dict) else {}
        return Answer(error.sqlstate or "?", str(error.diag.message_primary), shown)
    return Answer(None, "", {})

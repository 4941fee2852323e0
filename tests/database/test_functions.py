"""Every function holds together, and answers odd arguments with a refusal of ours, never with a fault of its own.

What Postgres itself can prove without calling a function it proves first: the bodies of SQL functions name only tables,
columns and functions that exist. PL/pgSQL is only known by running it, hence the calls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database import access_catalog as catalog
from tests.database.access_model import ActorSpec, Matrix
from tests.database.access_stage import Stage, open_stage
from tests.database.functions_support import (
    Answer,
    Function,
    actors_for,
    answer,
    functions,
    odd_calls,
    split_arguments,
)
from tests.database.harness import rows

# Permission, a name that does not exist, an internal fault: never an answer to arguments.
_FAULTS = (
    "XX",
    "P0001",
    "P0003",
    "P0004",
    "0A",
    "21",
    "25",
    "26",
    "2B",
    "34",
    "3B",
    "53",
    "54",
    "55",
    "57",
    "58",
    "F0",
    "HV",
)
# Refusals that are about the whole call and not about one of its arguments.
_WITHOUT_FIELD: set[str] = set()
# The stage states its rows without foreign keys: a function that goes on from such a row meets what is missing there.
_OF_THE_STAGE = {("decide_adjustment", "23503"), ("reopen_deal", "23503"), ("decide_tier_appeal", "P0002")}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def trial(settings: Settings, matrix: Matrix) -> Iterator[Stage]:
    """A stage of this module's own: calls change what they find."""
    with open_stage(settings, matrix) as opened:
        yield opened


def fault(got: Answer) -> str | None:
    """What is wrong with an answer of a public function; None for success and for a refusal of ours."""
    if got.code is None:
        return None
    if not got.details.get("rule"):
        return f"{got} (without a rule)"
    if got.code == "22023" and not got.details.get("field") and got.details["rule"] not in _WITHOUT_FIELD:
        return f"{got} (without a field)"
    return None


def told(faults: dict[str, list[str]]) -> str:
    return "\n".join(f"{what}\n    {calls[0][:300]}" for what, calls in sorted(faults.items()))


def test_the_bodies_of_sql_functions_name_only_what_exists(db: psycopg.Connection) -> None:
    broken = []
    found = rows(
        db,
        "select p.oid::regprocedure::text, pg_get_functiondef(p.oid) from pg_proc as p"
        " join pg_namespace as n on n.oid = p.pronamespace join pg_language as l on l.oid = p.prolang"
        " where n.nspname = any (%s) and p.prokind = 'f' and l.lanname in ('sql', 'plpgsql')",
        catalog.OUR_SCHEMAS,
    )
    assert len(found) > 300
    db.execute("set local check_function_bodies = on")
    for name, definition in found:
        try:
            with db.transaction(force_rollback=True):
                db.execute(definition.encode(), prepare=False)
        except psycopg.Error as error:
            broken.append(f"{name}: {error}")
    assert broken == []


def test_views_can_be_read(db: psycopg.Connection) -> None:
    for (name,) in rows(
        db,
        "select format('%%I.%%I', n.nspname, c.relname) from pg_class as c join pg_namespace as n"
        " on n.oid = c.relnamespace where c.relkind in ('v', 'm') and n.nspname = any (%s)",
        catalog.OUR_SCHEMAS,
    ):
        db.execute(f"select * from {name} limit 1".encode())  # noqa: S608


@pytest.mark.parametrize("initial", _LETTERS)
def test_a_public_function_refuses_odd_arguments_by_a_rule(trial: Stage, matrix: Matrix, initial: str) -> None:
    faults: dict[str, list[str]] = defaultdict(list)
    for function in functions(trial.connection, "public"):
        if not function.name.startswith(initial):
            continue
        spec = matrix.content["functions"]["public"].get(function.name) or {}
        typical = split_arguments(trial.fill(spec.get("call", "()") if isinstance(spec, dict) else "()"))
        statements = list(odd_calls(trial.connection, function, typical))
        for actor in actors_for(matrix, function.name):
            try_all(trial, function, actor, statements, faults)
    assert not faults, told(faults)


def try_all(
    stage: Stage, function: Function, actor: ActorSpec, statements: list[str], faults: dict[str, list[str]]
) -> None:
    with stage.acting(actor):
        for statement in statements:
            got = answer(stage, statement)
            wrong = fault(got)
            if wrong and (function.name, got.code) not in _OF_THE_STAGE:
                faults[f"{function.title} as {actor.name}: {wrong}"].append(statement)


def test_a_function_of_a_worker_has_no_fault_of_its_own(trial: Stage, matrix: Matrix) -> None:
    """Workers are ours: what they send wrongly may be refused in any words, but never by a fault in the function."""
    faults: dict[str, list[str]] = defaultdict(list)
    executors = catalog.executors(trial.connection, matrix.roles())
    for function in functions(trial.connection, "worker"):
        (role, *_) = sorted(executors[f"worker.{function.name}"])
        with trial.acting(matrix.actors[role]):
            for statement in odd_calls(trial.connection, function, []):
                got = answer(trial, statement)
                code = got.code or ""
                if code.startswith(_FAULTS) or (code.startswith("42") and code != "42501"):
                    faults[f"{function.title}: {got}"].append(statement)
    assert not faults, told(faults)

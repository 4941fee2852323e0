"""Each policy is needed: without it, or with its condition replaced by true, a cell of the matrix differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database import access_catalog as catalog
from tests.database.access_catalog import Policy
from tests.database.access_model import Matrix, Probe
from tests.database.access_stage import Stage, open_stage
from tests.database.conftest import SCORE

_TOPIC_VERBS = {"select": ("listen", "watch"), "insert": ("send", "announce")}


def mutants(policy: Policy) -> Iterator[tuple[str, str]]:
    """What is done to a policy → the statement that does it. A condition that is `true` already cannot be replaced."""
    alter = f'alter policy "{policy.name}" on {policy.table}'
    yield "dropped", f'drop policy "{policy.name}" on {policy.table}'
    both = [clause for clause, text in (("using", policy.using), ("with check", policy.check)) if text is not None]
    if [policy.using, policy.check] not in (["true", None], [None, "true"], ["true", "true"]):
        yield "condition replaced by true", f"{alter} " + " ".join(f"{clause} (true)" for clause in both)
    if len(both) == 2 and policy.using != policy.check and policy.check != "true":
        yield "check replaced by true", f"{alter} with check (true)"


def probes_of(policy: Policy, probes: list[Probe]) -> list[Probe]:
    """The probes that the policy can change: those of its table and verb, and updates and deletes for reading."""
    verbs = {policy.verb, *_TOPIC_VERBS.get(policy.verb, ())}
    own = [probe for probe in probes if probe.table == policy.table]
    return [probe for probe in own if policy.verb == "all" or probe.verb in verbs] or own


def patiently(stage: Stage, action: Callable[[], Any]) -> Any:
    """Other tests hold locks on the same tables for moments; the savepoint of the caller undoes a failed attempt."""
    for _ in range(10):
        try:
            stage.connection.execute("savepoint attempt")
            return action()
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            stage.connection.execute("rollback to savepoint attempt")
    return action()


def survives(stage: Stage, statement: str, probes: list[Probe]) -> bool:
    def attempt() -> bool:
        stage.connection.execute(cast(Any, statement))
        return not stage.surprises(probes, first_only=True)

    stage.connection.execute("savepoint mutant")
    try:
        return bool(patiently(stage, attempt))
    finally:
        stage.connection.execute("rollback to savepoint mutant")


def test_a_cell_notices_every_change_of_every_policy(
    settings: Settings, matrix: Matrix, db: psycopg.Connection, record_property: Callable[[str, object], None]
) -> None:
    policies = catalog.policies(db)
    db.rollback()
    total, survivors, every_probe = 0, [], matrix.probes()
    with open_stage(settings, matrix, alone=True) as stage:
        for policy in policies:
            probes = probes_of(policy, every_probe)
            for change, statement in mutants(policy):
                total += 1
                if survives(stage, statement, probes):
                    survivors.append(f"{policy.table}, {policy.verb}: “{policy.name}” {change}")
    noticed = total - len(survivors)
    record_property(SCORE, f"{noticed} of {total} changed policies noticed ({noticed / max(total, 1):.1%})")
    if survivors:
        pytest.fail("\n".join(["No cell notices these changes:", *survivors]), pytrace=False)

"""Every cell of access.yaml, tried in the running platform's database."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.database.access_model import Matrix, Probe
from tests.database.access_stage import Stage


def _by_subject() -> dict[str, list[Probe]]:
    found: dict[str, list[Probe]] = defaultdict(list)
    for probe in Matrix.load().probes():
        found[probe.subject].append(probe)
    return found


PROBES = _by_subject()


@pytest.mark.parametrize("subject", PROBES)
def test_every_actor_gets_what_the_file_says(stage: Stage, subject: str) -> None:
    surprises = stage.surprises(PROBES[subject])
    assert not surprises, "\n".join(["access.yaml and the database differ:", *surprises])


@pytest.mark.parametrize("subject", [subject for subject in PROBES if subject in Matrix.load().closed_tables])
def test_closed_means_closed(matrix: Matrix, subject: str) -> None:
    assert {result for probe in PROBES[subject] for result in probe.expected.values()} == {"grant"}

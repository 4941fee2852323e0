"""Fixtures for tests of the local platform's parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from siso_local.postgres import Cluster
from tests.platform.database_support import new_platform


@pytest.fixture(scope="session")
def fresh_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running database as it is before the first migration, for this test process alone."""
    cluster = new_platform(tmp_path_factory.mktemp("fresh"))
    cluster.ensure()
    try:
        yield cluster
    finally:
        cluster.stop()

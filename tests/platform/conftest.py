"""Fixtures for tests of the local platform's parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from siso_local.postgres import Cluster
from tests.platform.database_support import Runner, connect, new_platform, running


@pytest.fixture(scope="session")
def fresh_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running database as it is before the first migration, for this test process alone."""
    cluster = new_platform(tmp_path_factory.mktemp("fresh"))
    cluster.ensure()
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def fresh_runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Another database, with pg_net and pg_cron as migrations create them, and a runner that serves it."""
    cluster = new_platform(tmp_path_factory.mktemp("runner"))
    cluster.ensure()
    try:
        with connect(cluster.settings) as connection:
            connection.execute("create extension if not exists pg_net with schema extensions")
            connection.execute("create extension if not exists pg_cron with schema pg_catalog")
        with running(Runner(cluster.state, cluster.settings)) as runner:
            yield runner
    finally:
        cluster.stop()

"""Fixtures of the access tests, and the score of the policy mutation test at the end of the run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.access_model import Matrix
from tests.database.access_stage import Stage, open_stage
from tests.database.attack_support import Caller, Victim
from tests.database.harness import Person, make_staff, one_story
from tests.database.money_history import History
from tests.platform.realtime_support import RawSocket, gateway_address, raw_socket

SCORE = "policy mutation score"


@pytest.fixture
def support(db: psycopg.Connection) -> Person:
    return make_staff(db, "support")


@pytest.fixture
def finance(db: psycopg.Connection) -> Person:
    return make_staff(db, "finance")


@pytest.fixture
def admin(db: psycopg.Connection) -> Person:
    return make_staff(db, "admin")


@pytest.fixture
def owner(db: psycopg.Connection) -> Person:
    return make_staff(db, "owner")


@pytest.fixture
def about_everybody(settings: Settings) -> Iterator[None]:
    """For stories that pay everybody, other tests' people included: alone with ``among_others``. Taken before the turn
    of ``one_story``."""
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as turn:
        turn.execute("select pg_advisory_lock(hashtext('about everybody'))")
        yield


@pytest.fixture
def history(settings: Settings) -> Iterator[History]:
    """A history under a clock of its own, rolled back at the end."""
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        one_story(connection)
        yield History(connection)
        connection.rollback()


@pytest.fixture(scope="session")
def matrix() -> Matrix:
    """access.yaml."""
    return Matrix.load()


@pytest.fixture(scope="module")
def stage(settings: Settings, matrix: Matrix) -> Iterator[Stage]:
    """People and rows in an open transaction, one per test module and process."""
    with open_stage(settings, matrix) as opened:
        yield opened


@pytest.fixture(scope="module")
def attack_db(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def victim(settings: Settings, attack_db: psycopg.Connection) -> Victim:
    return Victim(settings, attack_db)


@pytest.fixture(scope="module")
def attacker(settings: Settings, attack_db: psycopg.Connection) -> Caller:
    return Caller(settings, attack_db, "attacker")


@pytest.fixture
def listener(settings: Settings, attack_db: psycopg.Connection) -> Caller:
    return Caller(settings, attack_db, "listener")


@pytest.fixture
def other(settings: Settings, attack_db: psycopg.Connection) -> Caller:
    return Caller(settings, attack_db, "other")


@pytest.fixture
async def sockets(settings: Settings) -> AsyncIterator[tuple[RawSocket, RawSocket]]:
    address, key = gateway_address(settings), settings.publishable_key
    async with raw_socket(address, key, "1.0.0") as first, raw_socket(address, key, "1.0.0") as second:
        yield first, second


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", []):
                if name == SCORE and report.when == "call":
                    terminalreporter.write_line(f"{SCORE}: {text}")

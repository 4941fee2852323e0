"""The platform that tests with I/O talk to: one for the whole run, shared by all pytest-xdist workers.

It is the platform in ``SISO_STATE`` (default ``.state/test`` on port base 31320). Where it does not run yet, the first
test that asks for ``settings`` starts it, and the end of the run stops it again.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TextIO

import httpx
import psycopg
import pytest

from siso_local.settings import ROOT, Settings
from tests.database.harness import one_story

os.environ.setdefault("SISO_STATE", str(ROOT / ".state" / "test"))
STATE = Path(os.environ["SISO_STATE"]).resolve()
STARTED_BY = STATE.with_name(f"{STATE.name}.started-by")
RUN = "SISO_TEST_RUN"


def pytest_configure() -> None:
    # The processes of pytest-xdist inherit the number of the run from the one that starts them.
    os.environ.setdefault(RUN, uuid.uuid4().hex)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest story with the books comes first: in its place, others with the books would wait for it."""
    items.sort(key=lambda item: item.path.name != "test_money_machine.py")


# The turn of this process, while it has it.
_turn_at_policies: list[TextIO] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, bool, bool]:
    """Tests that make or look at policies of the whole database take turns, from set-up to tear-down: at the same time
    they would see each other's policies and lock each other out. The tests of a module share policies, or a transaction
    that has written to Storage's and Auth's tables, so they keep the turn until the module is over; and one module
    changes a table of Auth for a moment."""
    if not item.path.name.startswith(("test_realtime_", "test_storage_", "test_access_", "test_live_sessions")):
        return (yield)
    if not _turn_at_policies:
        STATE.parent.mkdir(parents=True, exist_ok=True)
        turn = STATE.with_name(f"{STATE.name}.policies").open("w")
        fcntl.flock(turn, fcntl.LOCK_EX)
        _turn_at_policies.append(turn)
    try:
        return (yield)
    finally:
        if nextitem is None or nextitem.path != item.path:
            _turn_at_policies.pop().close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    is_worker = hasattr(session.config, "workerinput")
    if not is_worker and STARTED_BY.exists() and STARTED_BY.read_text() == os.environ[RUN]:
        STARTED_BY.unlink()
        subprocess.run([ROOT / "scripts" / "stop"], check=False, capture_output=True)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of the running test platform."""
    STATE.parent.mkdir(parents=True, exist_ok=True)
    with STATE.with_name(f"{STATE.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if subprocess.run([ROOT / "scripts" / "status"], check=False, capture_output=True).returncode != 0:
            env = os.environ.copy()
            if not (STATE / "settings.json").exists():
                env.setdefault("SISO_PORT_BASE", "31320")
            done = subprocess.run(
                [ROOT / "scripts" / "start", "--detach", "--no-year"],
                check=False,
                env=env,
                capture_output=True,
                text=True,
            )
            if done.returncode != 0:
                pytest.fail(f"The test platform did not start: {done.stderr.strip()}", pytrace=False)
            STARTED_BY.write_text(os.environ[RUN])
    return Settings.load()


# Who uses one of these posts to the ledger.
MONEY = {"worker", "win", "paid", "earn", "give_balance", "ready_partner", "History"}


@pytest.fixture
def db(settings: Settings, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection as `postgres`; what the test does in it is rolled back."""
    with psycopg.connect(settings.dsn("postgres")) as connection:
        if MONEY & vars(request.module).keys():
            one_story(connection)
        yield connection
        connection.rollback()


@pytest.fixture
def among_others(settings: Settings) -> Iterator[None]:
    """For tests whose people are committed and ask for money: not while a story of another test is about everybody
    (``about_everybody``), which would hold accounts that they wait for, and come to their lines."""
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as turn:
        turn.execute("select pg_advisory_lock_shared(hashtext('about everybody'))")
        yield


@pytest.fixture
def admin_db(settings: Settings) -> Iterator[psycopg.Connection]:
    """A connection as the owner of the local platform (`supabase_admin`); every statement is committed at once."""
    with psycopg.connect(settings.dsn("supabase_admin"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def api(settings: Settings) -> Iterator[httpx.Client]:
    """A client of the gateway with the publishable key, as a visitor who has not signed in."""
    headers = {"apikey": settings.publishable_key}
    with httpx.Client(base_url=settings.api_url, headers=headers, timeout=10) as client:
        yield client

"""What browser journeys share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from siso_local.settings import Settings, state_dir
from tests.e2e.demo.phone import Phone


@pytest.fixture(autouse=True)
def _their_turn(among_others: None) -> None:
    """People of a journey are committed, and are paid."""


@pytest.fixture(scope="module")
def browser(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Phone]:
    folder = state_dir() / request.module.__name__.rsplit(".", 1)[-1]  # its pictures
    with Phone(settings, folder, show=False, slow=False) as running:
        running.started()
        yield running


@pytest.fixture
def phone(browser: Phone) -> Phone:
    """One browser for all, with nothing left of who had it before."""
    browser.do("forget")
    return browser

"""What browser journeys share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _their_turn(among_others: None) -> None:
    """People of a journey are committed, and are paid."""

"""What the tests of the workers share."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from siso_local.settings import Settings


@pytest.fixture
def live(settings: Settings, among_others: None) -> Iterator[psycopg.Connection]:
    """A connection whose statements are committed at once: the workers are to see them."""
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
        yield connection

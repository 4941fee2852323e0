from __future__ import annotations

from datetime import UTC, datetime

import pytest

from siso_local.runner.schedule import InvalidScheduleError, next_run

NOON = datetime(2026, 2, 27, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("* * * * *", "2026-02-27T12:01"),
        ("*/15 * * * *", "2026-02-27T12:15"),
        ("0 12 * * *", "2026-02-28T12:00"),
        ("30 3 1 * *", "2026-03-01T03:30"),
        ("0 0 $ * *", "2026-02-28T00:00"),
        ("0 9 * * mon", "2026-03-02T09:00"),
        ("0 9 * * 7", "2026-03-01T09:00"),
        ("0 0 29 2 *", "2028-02-29T00:00"),
        ("  5   4 * * *  ", "2026-02-28T04:05"),
        # Both days given: either one will do.
        ("0 0 15 * sat", "2026-02-28T00:00"),
    ],
)
def test_five_fields(schedule: str, expected: str) -> None:
    found = next_run(schedule, NOON, first=True)
    assert found is not None
    assert found.strftime("%Y-%m-%dT%H:%M") == expected
    assert found.tzinfo is not None


def test_seconds() -> None:
    assert next_run("10 seconds", NOON, first=True) == NOON
    assert next_run("10 seconds", NOON, first=False) == NOON.replace(second=10)
    assert next_run("1 second", NOON, first=False) == NOON.replace(second=1)


# The second is a day that never comes.
@pytest.mark.parametrize("schedule", ["61 * * * *", "0 0 31 2 *", "* * *", "x * * * *", ""])
def test_nonsense(schedule: str) -> None:
    with pytest.raises(InvalidScheduleError, match="invalid schedule"):
        next_run(schedule, NOON, first=True)

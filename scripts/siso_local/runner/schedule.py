"""When a job is due: five cron fields in UTC, or `N seconds`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from cronsim import CronSim, CronSimError

_SECONDS = re.compile(r"\s*(\d+)\s+seconds?\s*", re.IGNORECASE)


class InvalidScheduleError(ValueError):
    """The text is no schedule; ``args[0]`` says what is wrong with it."""


def next_run(schedule: str, after: datetime, *, first: bool) -> datetime | None:
    """The first time later than ``after`` (aware, UTC), None if there never is one.

    A job of `N seconds` runs at once when it is seen for the ``first`` time, as in pg_cron. Raises
    ``InvalidScheduleError``.
    """
    if match := _SECONDS.fullmatch(schedule):
        return after if first else after + timedelta(seconds=int(match[1]))
    try:
        # pg_cron writes the last day of the month as $, cronsim as L.
        return next(CronSim(" ".join(schedule.split()).replace("$", "L"), after.astimezone(UTC)), None)
    except CronSimError as error:
        raise InvalidScheduleError(f"invalid schedule: {schedule} ({error})") from error

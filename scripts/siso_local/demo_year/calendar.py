"""What happens on which day. Actions may put others on later days; after yesterday nothing happens."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import count

from siso_local.demo_year.stage import LAST_DAY

Action = Callable[[], None]


class Calendar:
    def __init__(self) -> None:
        self._entries: list[tuple[int, int, Action]] = []
        self._order = count()

    def on(self, day: int, action: Action) -> None:
        """Actions of one day happen in the order in which they were put there."""
        if day <= LAST_DAY:
            heapq.heappush(self._entries, (day, next(self._order), action))

    def of(self, day: int) -> Iterator[Action]:
        """What is due by this day, including what is added meanwhile."""
        while self._entries and self._entries[0][0] <= day:
            yield heapq.heappop(self._entries)[2]

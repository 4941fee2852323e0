"""A limit per second: as many at once as a second allows, then as fast as they come back."""

from __future__ import annotations

import time


class Rate:
    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._left = per_second
        self._at = time.monotonic()

    def take(self) -> bool:
        """False where the limit is reached; nothing is taken then."""
        now = time.monotonic()
        self._left = min(self._per_second, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

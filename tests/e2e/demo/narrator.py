"""Tells the story on the terminal: one numbered step with its time, and below it what has changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class StepFailedError(Exception):
    """One step of the story failed; ``args[0]`` names it and says why."""


def money(minor: int, currency: str = "USD") -> str:
    """Minor units as people read them, for instance ``-1,234.50 USD``."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100:,}.{abs(minor) % 100:02d} {currency}"


class Narrator:
    def __init__(self) -> None:
        self._number = 0
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def say(self, text: str = "") -> None:
        print(text)
        sys.stdout.flush()

    def changed(self, text: str) -> None:
        """What the present step has changed: before → after."""
        self._lines.append(text)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """One step. What goes wrong inside is told with the name of the step."""
        self._number += 1
        self._lines: list[str] = []
        began = time.monotonic()
        try:
            yield
        except Exception as error:
            self._show(what, "✗")
            reason = str(error).strip() or type(error).__name__
            raise StepFailedError(f"Step {self._number} failed ({what}): {reason}") from error
        self._show(what, f"{(time.monotonic() - began) * 1000:,.0f} ms")

    def _show(self, what: str, end: str) -> None:
        self.say(f"{self._number:>2}  {what:<84} {end:>9}")
        for line in self._lines:
            self.say(f"    {line}")

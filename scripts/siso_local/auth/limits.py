"""How often something may happen. Counts live in this process, as they do in hosted Auth."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

from siso_local.auth.config import Config
from siso_local.auth.errors import AuthError, too_many_requests

FIVE_MINUTES = 300.0
HOUR = 3600.0
# Wrong codes for one address or one factor in five minutes: enough for a person, too few to guess six digits.
WRONG_CODES = 10
_FORGET_ABOVE = 20_000


class Window:
    """Counts events per key within the last ``length`` seconds."""

    def __init__(self, length: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.length = length
        self.clock = clock
        self.events: dict[str, deque[float]] = {}

    def count(self, key: str) -> int:
        events = self.events.get(key)
        if events is None:
            return 0
        while events and events[0] <= self.clock() - self.length:
            events.popleft()
        if not events:
            del self.events[key]
            return 0
        return len(events)

    def add(self, key: str) -> None:
        if len(self.events) > _FORGET_ABOVE:
            for old in list(self.events):
                self.count(old)
        self.events.setdefault(key, deque()).append(self.clock())

    def age(self, key: str) -> float:
        """Seconds since the last event of this key, infinite where there is none."""
        return self.clock() - self.events[key][-1] if self.count(key) else math.inf

    def forget(self, key: str) -> None:
        self.events.pop(key, None)


class Limits:
    """Every limit of Auth. A refused call raises the 429 that hosted Auth answers with."""

    def __init__(self, config: Config, clock: Callable[[], float] = time.monotonic) -> None:
        self.config = config
        self.calls = Window(FIVE_MINUTES, clock)
        self.wrong = Window(FIVE_MINUTES, clock)
        self.mails = Window(HOUR, clock)

    def call(self, kind: str, address: str) -> None:
        """Counts a call of this kind from this network address."""
        key = f"{kind} {address}"
        if self.calls.count(key) >= self.config.limits.get(kind, 30) * self.config.limit_factor:
            raise too_many_requests()
        self.calls.add(key)

    def may_try(self, what: str) -> None:
        """Refuses once too many wrong codes were given for ``what`` (an address, a factor)."""
        if self.wrong.count(what) >= WRONG_CODES:
            raise too_many_requests()

    def wrong_code(self, what: str) -> None:
        self.wrong.add(what)

    def right_code(self, what: str) -> None:
        self.wrong.forget(what)

    def mail_gap(self, kind: str, email: str) -> None:
        """Keeps two mails of a kind to one address apart.

        Counted for every address alike, with or without an account, so that the answer tells nothing about accounts.
        """
        key = f"{kind} {email}"
        age = self.mails.age(key)
        if age < self.config.mail_gap:
            left = math.ceil(self.config.mail_gap - age)
            message = f"For security purposes, you can only request this after {left} seconds."
            raise AuthError(429, "over_email_send_rate_limit", message)
        self.mails.add(key)

    def mail(self, email: str) -> None:
        """Counts a mail that is about to be sent: a share of the hour's mails for one address, all of them for all."""
        per_address = max(1, self.config.mails_per_hour // 3)
        if self.mails.count("") >= self.config.mails_per_hour or self.mails.count(f"to {email}") >= per_address:
            raise AuthError(429, "over_email_send_rate_limit", "email rate limit exceeded")
        self.mails.add("")
        self.mails.add(f"to {email}")

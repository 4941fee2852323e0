"""The world that all operations share: store, clock, identifiers and the request that is being served."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from siso_local.stripe.store import Row, Store

PLATFORM = ""  # owner of what belongs to the platform's own account
DAY = 86_400


@dataclass(frozen=True)
class RequestInfo:
    """Who caused a change; events carry it."""

    id: str | None = None
    idempotency_key: str | None = None


NO_REQUEST = RequestInfo()
current_request: ContextVar[RequestInfo] = ContextVar("current_request", default=NO_REQUEST)


class Clock:
    """Virtual time: real time plus an offset that only grows, or a fixed moment while due things are worked off."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._fixed: int | None = None

    def now(self) -> int:
        """Virtual Unix time, seconds."""
        return self._fixed if self._fixed is not None else int(time.time()) + int(self.store.meta("clock_offset", 0))

    def iso(self, moment: int | None = None) -> str:
        return datetime.fromtimestamp(self.now() if moment is None else moment, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def advance(self, seconds: int) -> None:
        self.store.set_meta("clock_offset", int(self.store.meta("clock_offset", 0)) + seconds)

    @contextmanager
    def at(self, moment: int) -> Iterator[None]:
        before, self._fixed = self._fixed, moment
        try:
            yield
        finally:
            self._fixed = before


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"


def public(body: Row) -> Row:
    """An object as a client sees it: without the double's own fields."""
    return {key: value for key, value in body.items() if not key.startswith("_")}


@dataclass
class World:
    store: Store
    base_url: str
    start_balance: dict[str, int] = field(default_factory=dict)
    # Called after a commit that queued webhooks; the sender sets it.
    wake_sender: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.clock = Clock(self.store)
        if self.store.meta("started") is None:
            self.start()

    def start(self) -> None:
        """The first moment: an empty world in which only the platform has money."""
        with self.store.transaction():
            self.store.set_meta("started", True)
            for currency, amount in self.start_balance.items():
                self.store.add(PLATFORM, currency, "available", amount)
                self.store.add("external", currency, "funded", amount)

    def any_view(self, identifier: str) -> Row | None:
        """Any object by its id as v1 shows it, for ``expand``."""
        found = self.store.any_object(identifier)
        if not found:
            return None
        kind, _, body = found
        return VIEWS[kind](self, body) if kind in VIEWS else public(body)

    def reset(self) -> None:
        with self.store.transaction():
            options = self.store.meta("webhook_options")
            self.store.clear()
            if options:
                self.store.set_meta("webhook_options", options)
        self.start()


@dataclass
class Call:
    """One request, validated: what an operation gets to see."""

    world: World
    params: dict[str, Any]
    path: dict[str, str]
    account: str  # the connected account it speaks for (Stripe-Account), or PLATFORM

    @property
    def store(self) -> Store:
        return self.world.store

    @property
    def clock(self) -> Clock:
        return self.world.clock


# How kinds are shown whose stored form differs from the view (accounts).
VIEWS: dict[str, Callable[[World, Row], Row]] = {}

Handler = Callable[[Call], Row]
HANDLERS: dict[tuple[str, str], Handler] = {}


def operation(verb: str, path: str) -> Callable[[Handler], Handler]:
    """Registers an operation under the SDK's own path template."""

    def register(handler: Handler) -> Handler:
        HANDLERS[verb, path] = handler
        return handler

    return register

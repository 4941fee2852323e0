"""Which step of the play went wrong. Statements are sent in a stream and answered later, so that a refusal is raised by
a call that has nothing to do with it: each statement is kept, with who sent it when, until its answer is here."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import psycopg
from psycopg import errors

from siso_local.errors import PlatformError

Cursor = psycopg.Cursor[tuple[Any, ...]]
LONGEST = 80  # characters of a statement that are told


class StepError(PlatformError):
    """The play ended; the sentence says in which step, and why."""


class Steps:
    """``moment`` and ``speaker`` are of what is sent next; ``day`` numbers a moment."""

    def __init__(self) -> None:
        self.moment: tuple[int, datetime] | None = None
        self.speaker = "the platform"
        self._unanswered: deque[tuple[Cursor, tuple[int, datetime] | None, str, str]] = deque()

    def sent(self, cursor: Cursor, query: str) -> None:
        while self._unanswered and self._unanswered[0][0].pgresult is not None:
            self._unanswered.popleft()
        self._unanswered.append((cursor, self.moment, self.speaker, query))

    def tell(self, error: BaseException) -> StepError:
        """The error of the play as one sentence: the step, the database's words and its hint."""
        refusal = next((known for known in _chain(error) if _is_refusal(known)), None)
        if not isinstance(refusal, psycopg.Error):
            kind = "" if isinstance(error, PlatformError) else f"{type(error).__name__}: "
            return StepError(f"a step failed {_when(self.moment)}: {kind}{error}")
        # Answers come in the order of the questions: the first without one is what was refused.
        late = (entry for entry in self._unanswered if entry[0].pgresult is None)
        _, moment, speaker, query = next(late, (None, self.moment, self.speaker, "its last statement"))
        return StepError(f"a step failed {_when(moment)}: {speaker}, {_name(query)}: {_words(refusal)}")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, psycopg.Error) and not isinstance(error, errors.PipelineAborted)


def _when(moment: tuple[int, datetime] | None) -> str:
    return "before the first day" if moment is None else f"on day {moment[0]} ({moment[1]:%Y-%m-%d})"


def _name(query: str) -> str:
    """A function by its name, a row by its table, other statements by how they begin."""
    if called := re.match(r'select \* from "(\w+)"\."(\w+)"\(', query):
        return f"{called[1]}.{called[2]}"
    if into := re.match(r'insert into public\."(\w+)"', query):
        return f"a row of public.{into[1]}"
    return " ".join(query.split())[:LONGEST]


def _words(error: psycopg.Error) -> str:
    said = (error.diag.message_primary or str(error)).strip()
    said += "" if said.endswith((".", "!", "?")) else "."
    if error.diag.message_hint:
        said += f" Hint: {error.diag.message_hint.strip()}"
    rule = _rule(error.diag.message_detail)
    return f"{said} ({', '.join(filter(None, (error.sqlstate, rule)))})"


def _rule(detail: str | None) -> str | None:
    """The product's errors carry ``{"rule": …}``."""
    try:
        known = json.loads(detail or "")
    except ValueError:
        return None
    return known.get("rule") if isinstance(known, dict) else None


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """Keeps the steps of whatever is executed on it."""

    steps: Steps

    def execute(self, query: Any, params: Any = None, **options: Any) -> Cursor:
        cursor = self.cursor()
        self.steps.sent(cursor, query if isinstance(query, str) else bytes(query).decode())
        return cursor.execute(query, params, **options)

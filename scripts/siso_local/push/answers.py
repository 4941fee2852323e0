"""Scripted answers: what the service is told to answer next, to try how a sender copes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class Answer(BaseModel, extra="forbid"):
    """``subscription``: its id or endpoint, None for all. ``status``: what to answer a message that is otherwise
    in order, or ``hang`` to keep the sender waiting for ``seconds``. ``times``: how often, None for ever.
    ``retry_after``: seconds or an HTTP date."""

    subscription: str | None = None
    status: int | Literal["hang"] = Field(union_mode="left_to_right")
    times: int | None = Field(default=1, ge=1)
    retry_after: int | str | None = None
    seconds: float = Field(default=60, ge=0, le=300)


class Answers:
    def __init__(self) -> None:
        self._waiting: list[Answer] = []

    def add(self, answer: Answer) -> None:
        self._waiting.append(answer)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, subscription: str) -> Answer | None:
        """The next answer for a subscription, its own before one for all, in the order they were given."""
        for wanted in (subscription, None):
            for answer in self._waiting:
                if answer.subscription == wanted:
                    if answer.times is not None:
                        answer.times -= 1
                        if answer.times == 0:
                            self._waiting.remove(answer)
                    return answer
        return None

"""What people write in the demo year, and what staff put up (``words.json``). Plain, and nobody's."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel


class Said(BaseModel):
    """``day`` is that of the year; an answer comes on the day of what it answers."""

    day: int = 0
    author: str = "admin"
    text: str
    channel: str = ""
    to: str = ""
    answers: list[Said] = []
    likes: list[str] = []


class Ticket(Said):
    subject: str
    category: str
    priority: str
    answer: str
    solved: bool


class Asset(BaseModel):
    title: str
    category: str
    tier: str
    description: str


class Challenge(BaseModel):
    title: str
    metric: str
    goal: int
    first: int
    last: int
    joined_by: list[str]
    prize: int | None = None  # minor units of USD, each; out of the budget, first come, first served
    budget: int | None = None


class Template(BaseModel):
    channel: str
    title: str
    subject: str | None
    body: str


class Words(BaseModel):
    help: list[Said]
    chat: list[Said]
    team: list[Said]
    direct: list[Said]
    news: list[Said]
    tickets: list[Ticket]
    assets: list[Asset]
    challenges: list[Challenge]
    templates: list[Template]


WORDS = Words.model_validate(json.loads(Path(__file__).with_suffix(".json").read_text()))

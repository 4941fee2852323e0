"""The leads of one partner, decided before anything is played: when each comes, how it moves, what it is worth."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from siso_local.demo_year.cast import PARTS, Part
from siso_local.demo_year.stage import LAST_DAY

PROJECTS = ("Website", "Web shop", "Booking system", "Member area", "Web application", "Redesign")
SOURCES = ("Referral", "Referral", "Event", "Cold call", "Social media", "Website")
REASONS = (
    "No budget this year",
    "Went with somebody local",
    "Project postponed",
    "No answer after three tries",
    "Will do it themselves",
)
FIRST_CLIENT = 16  # supabase/seed.sql has the first fifteen
RECENT = LAST_DAY - 120
FIRST_PHONE, LAST_PHONE = 120, 199  # of +1-202-555-01xx; a number names one client, so not all have one


@dataclass
class Instalment:
    number: int
    day: int
    amount: int


@dataclass
class LeadPlan:
    partner: str
    created: int
    outcome: str  # won, lost, open
    value: int  # minor units
    currency: str
    project: str
    source: str
    moves: list[tuple[int, str]] = field(default_factory=list)  # day, stage
    closes: int | None = None
    reason: str = ""
    contacts: list[tuple[int, str]] = field(default_factory=list)  # day, kind of activity
    instalments: list[Instalment] = field(default_factory=list)
    verified: int | None = None  # by staff; None: by the client's first payment
    stars: int | None = None
    number: int = 0  # of the client
    phone: str | None = None


def plan() -> list[LeadPlan]:
    """All leads of the year in the order in which they come; clients are numbered in it."""
    plans = [lead for part in PARTS for lead in _of(part)]
    plans.sort(key=lambda lead: (lead.created, lead.partner))
    for number, lead in enumerate(plans, FIRST_CLIENT):
        lead.number = number
        # Every fifth has a number, as long as there are some.
        phone = FIRST_PHONE + (number - FIRST_CLIENT) // 5
        if number % 5 == 1 and phone <= LAST_PHONE:
            lead.phone = f"+1202555{phone:04}"
    return plans


def _of(part: Part) -> list[LeadPlan]:
    dice = random.Random(f"SISO {part.name}")  # noqa: S311  (a story, not a secret)
    won = [_won(part, day, dice) for day in _win_days(part, dice)]
    last = min(part.until, LAST_DAY - 12)
    lost = [_lost(part, dice.randint(part.joins + 5, max(part.joins + 6, last - 10)), dice) for _ in range(part.lost)]
    fresh = [_open(part, dice) for _ in range(part.open)]
    return won + lost + fresh


def _win_days(part: Part, dice: random.Random) -> list[int]:
    begin = part.joins + 14
    early, by = part.early or (0, begin)
    days = [begin + (by - begin) * step // max(early - 1, 1) for step in range(early)]
    left = part.wins - early
    rest = by + 12 if early else begin
    days += [rest + (part.until - rest) * (step + 1) // left for step in range(left)]
    return [min(max(begin, day + dice.randint(-2, 2)), part.until) for day in days]


def _value(part: Part, dice: random.Random) -> int:
    low, high = part.value
    # Not whole units only, so that rounding has something to do.
    return dice.randrange(low, high, 50) * 100 + dice.choice((0, 0, 0, 90, 37))


def _base(part: Part, created: int, outcome: str, dice: random.Random) -> LeadPlan:
    return LeadPlan(
        part.name,
        max(created, part.joins + 1),
        outcome,
        _value(part, dice),
        part.currency,
        dice.choice(PROJECTS),
        dice.choice(SOURCES),
    )


def _won(part: Part, day: int, dice: random.Random) -> LeadPlan:
    lead = _base(part, day - dice.randint(9, 24), "won", dice)
    third = (day - lead.created) / 4
    # Long ago nobody moved each card by hand.
    stages = ("contacted", "qualified", "proposal_sent") if day > RECENT else ("contacted", "proposal_sent")
    lead.moves = [(lead.created + int(third * (step + 1)), stage) for step, stage in enumerate(stages)]
    lead.closes = day
    kind = dice.choice(("call", "meeting", "email"))
    if day > RECENT or dice.random() < 0.4:
        lead.contacts = [(lead.created + int(third * 2), kind)]
    lead.verified = day + dice.randint(1, 4) if dice.random() < 0.6 else None
    count = dice.choice((1, 2, 2, 3)) if lead.value > 150_000 else dice.choice((1, 1, 2))
    shares = [lead.value // count] * (count - 1)
    shares.append(lead.value - sum(shares))
    paid = day + dice.randint(4, 10)
    for number, amount in enumerate(shares, 1):
        lead.instalments.append(Instalment(number, paid, amount))
        paid += dice.randint(18, 32)
    lead.stars = dice.choice((5, 5, 5, 4, 4, 5)) if dice.random() < 0.6 else None
    return lead


def _lost(part: Part, created: int, dice: random.Random) -> LeadPlan:
    lead = _base(part, created, "lost", dice)
    if created > RECENT or dice.random() < 0.6:
        lead.moves = [(lead.created + 2, "contacted")]
    if created > RECENT and dice.random() < 0.6:
        lead.moves.append((lead.created + 6, "qualified"))
    lead.closes = lead.created + dice.randint(8, 20)
    lead.reason = dice.choice(REASONS)
    lead.contacts = [(lead.created + 3, "call")] if dice.random() < 0.5 else []
    return lead


def _open(part: Part, dice: random.Random) -> LeadPlan:
    stage = dice.choice((0, 1, 1, 2, 3))
    last = min(LAST_DAY, part.until + 6)
    lead = _base(part, last - dice.randint(1, 8) - stage * 5, "open", dice)
    day = lead.created
    for name in ("contacted", "qualified", "proposal_sent")[:stage]:
        day = min(day + dice.randint(1, 5), last)
        lead.moves.append((day, name))
    if stage:
        lead.contacts = [(min(lead.created + 2, last), "call"), (min(day + 1, last), dice.choice(("email", "meeting")))]
        lead.contacts.append((last - dice.randint(0, 2), "call"))
    return lead

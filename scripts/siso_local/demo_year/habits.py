"""What the figures of the company are made of beside deals: how the app is used, what partners say of the partnership,
and what the whole company earned."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta
from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.cast import PARTS, Part
from siso_local.demo_year.people import People
from siso_local.demo_year.selling import Selling
from siso_local.demo_year.stage import LAST_DAY, Stage

WEEK = 7
RECORDED_SINCE = LAST_DAY - 5 * WEEK + 1  # the figures look 30 days back
OBJECTS = "Active 08"  # to being counted
# On how many of a week's days somebody opens the app, by how much they sell.
BUSY, KEEN, CALM = 6, 4, 2
# Which pages an opening leads to, and how often; the app names the benefits that a page gives.
PAGES: tuple[tuple[tuple[str, ...], float], ...] = (
    (("dashboard.earnings", "dashboard.milestone"), 1.0),
    (("leads.pipeline",), 0.7),
    (("tracker.earnings", "tracker.payments"), 0.35),
    (("app.notifications",), 0.3),
)
NEVER = 0.2  # of the people never go to one of the others
REMARKS = {
    5: ("The team answers within the day.", "I see what I earn and why.", None, None),
    4: ("More examples for restaurants, please.", None, None),
    3: ("Clearing takes long.", None),
}
# What the company earns without partners, whole units a month; it grows a little.
OWN_BUSINESS = {"USD": 19_000, "EUR": 11_000, "GBP": 4_000, "JPY": 900_000}
CASH = """
    select coalesce(sum(cash.amount), 0)::bigint from private.partner_cash as cash
    where cash.currency = %s and cash.at >= %s and cash.at < %s
"""


class Habits:
    def __init__(self, stage: Stage, people: People, calendar: Calendar, selling: Selling) -> None:
        self.stage, self.people, self.calendar, self.selling = stage, people, calendar, selling

    def plan(self) -> None:
        on = self.calendar.on
        on(RECORDED_SINCE, self._object)
        for part in PARTS:
            for day in range(RECORDED_SINCE + WEEK - 1, LAST_DAY + 1, WEEK):
                on(day, partial(self._tell_use, part))
        for day in range(LAST_DAY + 1):
            date = self.stage.day(day).date()
            if date.day == 5:
                on(day, self._report_revenue)
            if date.day == 12 and date.month % 3 == 1:
                on(day, self._survey)

    def _here(self, part: Part) -> bool:
        return part.name in self.people.logins and part.name not in self.selling.gone

    # -- the app -----------------------------------------------------------------------------------------------------

    def _object(self) -> None:
        self.stage.do(self.people[OBJECTS], "set_usage_recording", enabled=False)

    def _tell_use(self, part: Part) -> None:
        """The app sends what it has noted since last week."""
        if not self._here(part) or not part.open or part.name == OBJECTS:
            return
        taste = random.Random(f"SISO pages {part.name}")  # noqa: S311
        pages = [page for page in PAGES if page[1] == 1 or taste.random() > NEVER]
        dice = random.Random(f"SISO use {part.name} {self.stage.today}")  # noqa: S311  (a story, not a secret)
        days = BUSY if part.wins > 9 else KEEN if part.wins > 2 else CALM
        first = max(self.stage.today - WEEK + 1, part.joins + 1)
        opened = sorted(dice.sample(range(first, self.stage.today + 1), min(days, self.stage.today - first + 1)))
        # Nine of ten work on the phone; some have put the app on its screen.
        device = "desktop" if part.number % 10 == 6 else "tablet" if part.number % 10 == 9 else "phone"
        display = "browser" if part.number % 6 == 5 else "standalone"
        events = [
            event | {"id": str(uuid.uuid4()), "device": device, "display": display}
            for day in opened
            for event in self._opening(day, pages, dice)
        ]
        if events:
            self.stage.do(self.people[part.name], "record_usage", events=events)

    def _opening(
        self, day: int, pages: list[tuple[tuple[str, ...], float]], dice: random.Random
    ) -> list[dict[str, object]]:
        begins = self.stage.day(day) - timedelta(minutes=dice.randint(60, 400))
        seconds = dice.randint(240, 1700)
        events: list[dict[str, object]] = [{"kind": "opened", "occurred_at": begins.isoformat()}]
        for features, share in pages:
            if dice.random() < share:
                events += [{"kind": "feature", "feature": name, "occurred_at": begins.isoformat()} for name in features]
        ends = begins + timedelta(seconds=seconds)
        return [*events, {"kind": "foreground", "seconds": seconds, "occurred_at": ends.isoformat()}]

    # -- the survey, and finance -------------------------------------------------------------------------------------

    def _survey(self) -> None:
        """Three of four answer."""
        for part in PARTS:
            dice = random.Random(f"SISO survey {part.name} {self.stage.today}")  # noqa: S311
            if self._here(part) and part.open and part.joins + 31 <= self.stage.today and dice.random() < 0.75:
                score = dice.choice((5, 5, 5, 5, 4, 4, 4, 3))
                self.stage.do(self.people[part.name], "answer_survey", score=score, comment=dice.choice(REMARKS[score]))

    def _report_revenue(self) -> None:
        """The accounts of last month are there."""
        ends = datetime.combine(self.stage.now.date().replace(day=1), datetime.min.time(), self.stage.now.tzinfo)
        begins = (ends - timedelta(days=1)).replace(day=1)
        for currency, own in OWN_BUSINESS.items():
            minor = own * (1 if currency == "JPY" else 100) * (100 + self.stage.today // 12) // 100
            cash: int = self.stage.owner(CASH, currency, begins, ends)
            self.stage.do(
                self.people["finance"], "import_company_revenue", mfa=True, month=begins.date(), currency=currency,
                amount=max(cash, 0) + minor, source=f"Accounts of {begins:%B %Y}",
            )  # fmt: skip

"""Clients pay, commissions clear, and what is cleared can be paid out (``payouts.py``)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.payouts import Payouts
from siso_local.demo_year.pipeline import Instalment, LeadPlan
from siso_local.demo_year.selling import Selling
from siso_local.demo_year.stage import LAST_DAY, Stage
from siso_local.demo_year.workers import Workers

NEXT_CLEARING = """
    select min(line.clears_at)
    from public.commissions as line
    join public.deals as deal on deal.id = line.deal_id and deal.status = 'verified'
    join public.partners as partner on partner.id = line.partner_id and partner.status in ('active', 'inactive')
    where line.status = 'pending'
"""


class Money:
    def __init__(self, stage: Stage, calendar: Calendar, selling: Selling, workers: Workers, payouts: Payouts) -> None:
        self.stage, self.calendar, self.selling = stage, calendar, selling
        self.workers, self.payouts = workers, payouts
        self._paid_today = False
        self._next_clearing: datetime | None = None

    def plan(self, lead: LeadPlan) -> None:
        for instalment in lead.instalments:
            self.calendar.on(instalment.day, partial(self._pay, lead, instalment))

    def _pay(self, lead: LeadPlan, instalment: Instalment) -> None:
        reference = self.selling.references.get(lead.number)
        if reference is None:
            return
        self.tell(
            type="payment.cleared", source_id=f"{reference}-{instalment.number}", deal_reference=reference,
            instalment=instalment.number, amount=instalment.amount, currency=lead.currency, cleared_at=self.bank_day(),
        )  # fmt: skip
        if instalment.number == len(lead.instalments):
            self.calendar.on(instalment.day + 3, lambda: self.selling.delivered(lead))

    def bank_day(self) -> str:
        """The bank's day, not an hour: a clearing period then ends with a day, whenever the platform is started."""
        return datetime.combine(self.stage.now.astimezone(UTC).date(), datetime.min.time(), UTC).isoformat()

    def tell(self, **event: object) -> None:
        """SISO's systems tell of a client's money; the commissions worker works it at the end of the day."""
        self.workers.client_system_tells(source="siso-client-base", **event)
        self._paid_today = True

    def close_day(self) -> None:
        """The workers' part of a day: lines for what clients paid, lines that clear, payouts."""
        cleared = self._next_clearing is not None and self._next_clearing <= self.stage.now
        # Every other day is often enough for a story.
        if (self._paid_today or cleared) and (self.stage.today % 2 or self.stage.today == LAST_DAY):
            self.stage.owner("select private.enqueue_clearing()")  # pg_cron does it every ten seconds
            self.workers.work("commissions")
            self._next_clearing = self.stage.owner(NEXT_CLEARING)
            self._paid_today = False
        self.payouts.close_day()

"""Clients pay, commissions clear, partners connect Stripe and take their money out."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.cast import Part
from siso_local.demo_year.people import People
from siso_local.demo_year.pipeline import Instalment, LeadPlan
from siso_local.demo_year.selling import Selling
from siso_local.demo_year.stage import LAST_DAY, Stage
from siso_local.demo_year.stripe_double import StripeDouble
from siso_local.demo_year.workers import Workers

PAYOUT_EVERY = 28  # days
NEXT_CLEARING = """
    select min(line.clears_at)
    from public.commissions as line
    join public.deals as deal on deal.id = line.deal_id and deal.status = 'verified'
    join public.partners as partner on partner.id = line.partner_id and partner.status in ('active', 'inactive')
    where line.status = 'pending'
"""


class Money:
    def __init__(
        self, stage: Stage, people: People, calendar: Calendar, selling: Selling, workers: Workers, double: StripeDouble
    ) -> None:
        self.stage, self.people, self.calendar, self.selling = stage, people, calendar, selling
        self.workers, self.double = workers, double
        self.connected: set[str] = set()
        self._to_connect: list[str] = []
        self._paid_today = False
        self._next_clearing: datetime | None = None
        self._to_reject = ["Leader 02"]  # whose first payout that needs an approval finance sends back
        self._minimum: int = stage.owner("select amount from public.payout_minimums where currency = 'USD'")

    def plan(self, lead: LeadPlan) -> None:
        for instalment in lead.instalments:
            self.calendar.on(instalment.day, partial(self._pay, lead, instalment))

    def _pay(self, lead: LeadPlan, instalment: Instalment) -> None:
        reference = self.selling.references.get(lead.number)
        if reference is None:
            return
        self.tell(
            type="payment.cleared", source_id=f"{reference}-{instalment.number}", deal_reference=reference,
            instalment=instalment.number, amount=instalment.amount, cleared_at=self.bank_day(),
        )  # fmt: skip
        if instalment.number == len(lead.instalments):
            self.calendar.on(instalment.day + 3, lambda: self.selling.delivered(lead))

    def bank_day(self) -> str:
        """The bank's day, not an hour: a clearing period then ends with a day, whenever the platform is started."""
        return datetime.combine(self.stage.now.astimezone(UTC).date(), datetime.min.time(), UTC).isoformat()

    def tell(self, **event: object) -> None:
        """SISO's systems tell of a client's money; the commissions worker works it at the end of the day."""
        self.workers.client_system_tells(source="siso-client-base", currency="USD", **event)
        self._paid_today = True

    def close_day(self) -> None:
        """The workers' part of a day: lines for what clients paid, lines that clear, payouts, Stripe's webhooks."""
        cleared = self._next_clearing is not None and self._next_clearing <= self.stage.now
        # Every other day is often enough for a story.
        if (self._paid_today or cleared) and (self.stage.today % 2 or self.stage.today == LAST_DAY):
            self.stage.owner("select private.enqueue_clearing()")  # pg_cron does it every ten seconds
            self.workers.work("commissions")
            self._next_clearing = self.stage.owner(NEXT_CLEARING)
            self._paid_today = False
        if self._to_connect:
            self.workers.work("accounts")
            for name in self._to_connect:
                self._onboard(name)
            self._to_connect.clear()
        self.workers.work_if_asked("payouts")
        self.workers.hear_stripe()

    # -- payouts -----------------------------------------------------------------------------------------------------

    def plan_payouts(self, part: Part) -> None:
        if not part.payouts or not part.wins:
            return
        first = part.joins + 50 + part.number
        first += -first % 7  # all on one day of the week
        for day in range(first, LAST_DAY + 1, 14 if part.value[1] > 6000 else PAYOUT_EVERY):
            self.calendar.on(day, lambda: self._payday(part.name))

    def _payday(self, name: str) -> None:
        who = self.people[name]
        if name in self.selling.gone:
            return
        available: int = self.stage.owner(
            "select coalesce(sum(amount), 0)::bigint from public.commissions"
            " where partner_id = %s and currency = 'USD' and status = 'payable'",
            who.partner_id,
        )
        if available < self._minimum:
            return
        if name not in self.connected:
            self.stage.call(who, "request_onboarding_link", mfa=True, request_id=uuid.uuid4())
            self._to_connect.append(name)
            self.calendar.on(self.stage.today + 2, lambda: self._payday(name))
            return
        payout = self.stage.call(who, "request_payout", mfa=True, currency="USD", request_id=uuid.uuid4())
        made = uuid.UUID(payout["id"])
        if payout["status"] == "approved":
            self.workers.ask("payouts")
        elif name in self._to_reject:
            self._to_reject.remove(name)
            self.calendar.on(self.stage.today + 1, lambda: self._reject(made))
        else:
            self.calendar.on(self.stage.today + 1, lambda: self._approve(made))

    def _reject(self, payout: uuid.UUID) -> None:
        """Back to the balance; the next payday takes it along."""
        self.stage.do(
            self.people["finance"], "reject_payout", mfa=True, payout_id=payout,
            reason="Please confirm your new address first; nothing is lost.",
        )  # fmt: skip

    def _onboard(self, name: str) -> None:
        self.double.onboard(
            self.stage.owner(
                "select stripe_account_id from public.payout_accounts where partner_id = %s",
                self.people[name].partner_id,
            )
        )
        self.connected.add(name)

    def _approve(self, payout: uuid.UUID) -> None:
        for staff in ("finance", "finance 2"):
            if self.stage.owner("select status from public.payouts where id = %s", payout) == "draft":
                self.stage.call(self.people[staff], "approve_payout", mfa=True, payout_id=payout)
        self.workers.ask("payouts")

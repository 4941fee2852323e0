"""Money that does not simply arrive: refunds, disputes, holds, a deal that is called off. Leads that are shared."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.money import Money
from siso_local.demo_year.people import People
from siso_local.demo_year.pipeline import Instalment, LeadPlan
from siso_local.demo_year.selling import Selling
from siso_local.demo_year.stage import LAST_DAY, Stage


class Setbacks:
    def __init__(self, stage: Stage, people: People, calendar: Calendar, selling: Selling, money: Money) -> None:
        self.stage, self.people, self.calendar = stage, people, calendar
        self.selling, self.money = selling, money

    def plan(self, leads: list[LeadPlan]) -> None:
        on = self.calendar.on
        won = {name: _won(leads, name) for name in {lead.partner for lead in leads}}

        part = _first(won["Performer 02"], instalments=2)
        on(part.instalments[-1].day + 6, partial(self._refund, part, part.instalments[-1], 3))

        # Paid out long ago, and refunded when three later deals keep the tier: a debt that the next payouts net.
        back = won["Active 01"][0]
        day = max(back.instalments[-1].day + 70, (won["Active 01"][3].closes or 0) + 12)
        for instalment in back.instalments:
            on(day, partial(self._refund, back, instalment, 1))

        ours = _first(won["Performer 01"], instalments=2)
        self._dispute(ours, ours.instalments[-1], after=5, ends="dispute.won", days=12)
        theirs = _first([*won["Active 03"], *won["Performer 03"]], instalments=2)
        self._dispute(theirs, theirs.instalments[-1], after=8, ends="dispute.lost", days=17)
        recent = [lead for lead in won["Elite 02"] if lead.instalments[-1].day <= LAST_DAY - 4]
        self._dispute(recent[-1], recent[-1].instalments[-1], after=3, ends=None, days=0)

        self._hold(won["Performer 03"][2], "released", "The payer's address belongs to the client's holding company.")
        self._hold(won["Suspended 01"][1], "upheld", "The client confirmed that nobody had asked them.")

        called_off = won["Active 02"][-1]
        on((called_off.closes or 0) + 1, partial(self._call_off, called_off))

        for name, to, may_edit in (("Leader 01", "Active 06", False), ("Leader 02", "Active 09", True)):
            shared = next(lead for lead in leads if lead.partner == name and lead.outcome == "open")
            on(LAST_DAY - 2, partial(self._share, shared, to, may_edit))

    def _tell(self, kind: str, lead: LeadPlan, instalment: Instalment, amount: int, name: str) -> None:
        reference = self.selling.references[lead.number]
        at = "refunded_at" if kind == "payment.refunded" else "happened_at"
        self.money.tell(
            type=kind, source_id=f"{reference}-{instalment.number}-{name}", deal_reference=reference, amount=amount,
            currency=lead.currency, payment_source_id=f"{reference}-{instalment.number}", **{at: self.money.bank_day()},
        )  # fmt: skip

    def _refund(self, lead: LeadPlan, instalment: Instalment, share: int) -> None:
        self._tell("payment.refunded", lead, instalment, instalment.amount // share, "refund")

    def _dispute(self, lead: LeadPlan, instalment: Instalment, after: int, ends: str | None, days: int) -> None:
        day = instalment.day + after
        self.calendar.on(day, partial(self._tell, "payment.disputed", lead, instalment, instalment.amount, "dispute"))
        if ends:
            self.calendar.on(day + days, partial(self._tell, ends, lead, instalment, instalment.amount, "dispute"))

    def _hold(self, lead: LeadPlan, decision: str, reason: str) -> None:
        """One member of finance opens it, another decides."""
        who = self.people

        def begin() -> None:
            hold = self.stage.call(
                who["finance"], "open_hold", mfa=True, partner_id=who[lead.partner].partner_id,
                reason="The payment came from somebody whom the deal does not name.",
                deal_reference=self.selling.references[lead.number],
            )  # fmt: skip
            self.calendar.on(
                self.stage.today + 9,
                partial(
                    self.stage.do, who["finance 2"], "decide_hold", mfa=True, hold_id=hold["id"], decision=decision,
                    reason=reason,
                ),
            )  # fmt: skip

        self.calendar.on(lead.instalments[0].day + 2, begin)

    def _call_off(self, lead: LeadPlan) -> None:
        self.stage.do(
            self.people["admin"], "cancel_deal", mfa=True, reference=self.selling.references.pop(lead.number),
            reason="The client called the project off before it began.",
        )  # fmt: skip

    def _share(self, lead: LeadPlan, to: str, may_edit: bool) -> None:
        self.stage.do(
            self.people[lead.partner], "share_lead", lead_id=self.selling.leads[lead.number], may_edit=may_edit,
            partner_id=self.people[to].partner_id,
        )  # fmt: skip


def _won(leads: Iterable[LeadPlan], name: str) -> list[LeadPlan]:
    found = [lead for lead in leads if lead.partner == name and lead.outcome == "won"]
    return sorted(found, key=lambda lead: lead.closes or 0)


def _first(leads: list[LeadPlan], instalments: int) -> LeadPlan:
    """The first with so many instalments or more, early enough for what follows."""
    return next(
        lead for lead in leads if len(lead.instalments) >= instalments and lead.instalments[-1].day < LAST_DAY - 40
    )

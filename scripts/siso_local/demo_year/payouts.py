"""Partners connect Stripe and take their money out: the standard way, instantly, and after a bank has refused."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import timedelta
from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.cast import Part
from siso_local.demo_year.people import People
from siso_local.demo_year.selling import Selling
from siso_local.demo_year.stage import LAST_DAY, Login, Stage
from siso_local.demo_year.stripe_double import StripeDouble
from siso_local.demo_year.workers import Workers

PAYOUT_EVERY = 28  # days
NOTICED_AFTER = 25  # days until somebody acts on a bank's refusal
CHANGE_HOLDS = 4  # days; payouts wait 72 hours for a new bank account
# What of a partner's balance is enough for a payout.
AVAILABLE = """
    select line.currency::text
    from public.commissions as line
    join public.payout_minimums as least on least.currency = line.currency
    where line.partner_id = %s and line.status = 'payable'
    group by line.currency, least.amount
    having sum(line.amount) >= least.amount
    order by line.currency
"""


class Payouts:
    def __init__(
        self, stage: Stage, people: People, calendar: Calendar, selling: Selling, workers: Workers, double: StripeDouble
    ) -> None:
        self.stage, self.people, self.calendar, self.selling = stage, people, calendar, selling
        self.workers, self.double = workers, double
        self._connected: set[str] = set()
        self._to_connect: list[Part] = []
        self._waits_until: dict[str, int] = {}  # after a change of the bank account
        self._asked: Counter[str] = Counter()  # for instant payouts, and how often
        self._instant = False  # one may be on its way today
        self._to_reject = ["Leader 02"]  # whose first payout that needs an approval finance sends back

    def plan(self, part: Part) -> None:
        if not part.payouts or not part.wins:
            return
        first = part.joins + 50 + part.number
        first += -first % 7  # all on one day of the week
        for day in range(first, LAST_DAY + 1, 14 if part.value[1] > 6000 else PAYOUT_EVERY):
            self.calendar.on(day, partial(self._payday, part))

    def close_day(self) -> None:
        """The workers' part of a day: accounts, payouts, and what Stripe has to tell."""
        if self._to_connect:
            self.workers.work("accounts")
            for part in self._to_connect:
                self.double.onboard(self._account(part.name), part.bank)
                self._connected.add(part.name)
            self._to_connect.clear()
        if self.workers.is_asked("payouts"):
            self.double.pass_time()  # what is due at Stripe comes before what we ask for
        self.workers.work_if_asked("payouts")
        if self._instant:
            self._instant = False
            self.workers.work("payouts")  # the transfer is made, now the partner's account is paid out
            self.stage.go_to(self.stage.now + timedelta(minutes=20))
            self.double.pass_time()
        self.workers.hear_stripe()

    def _account(self, name: str) -> str:
        account: str = self.stage.owner(
            "select stripe_account_id from public.payout_accounts where partner_id = %s", self.people[name].partner_id
        )
        return account

    def _payday(self, part: Part) -> None:
        who, name = self.people[part.name], part.name
        if name in self.selling.gone or self.stage.today < self._waits_until.get(name, 0):
            return
        self.stage.be_owner()
        currencies = [row[0] for row in self.stage.all(AVAILABLE, who.partner_id)]
        if not currencies:
            return
        if name not in self._connected:
            self.stage.do(who, "request_onboarding_link", mfa=True, request_id=uuid.uuid4())
            self._to_connect.append(part)
            self.calendar.on(self.stage.today + 2, partial(self._payday, part))
            if part.bank == "failing_bank" and part.changes_bank:
                self.calendar.on(self.stage.today + NOTICED_AFTER, partial(self._change_bank, part))
            return
        for currency in currencies:
            if not (part.instant and self._ask_instantly(part, who, currency)):
                self._ask(who, name, "request_payout", currency=currency)

    def _ask_instantly(self, part: Part, who: Login, currency: str) -> bool:
        """Every other time, once the tier allows it: looks at the fee and confirms it."""
        quote = self.stage.call(who, "quote_instant_payout", mfa=True, currency=currency)
        if quote["obstacle"] is not None:
            return False
        self._asked[part.name] += 1
        if self._asked[part.name] % 2 == 0:
            return False
        self._ask(who, part.name, "request_instant_payout", currency=currency, fee=quote["fee"])
        self._instant = True
        return True

    def _ask(self, who: Login, name: str, function: str, **arguments: object) -> None:
        payout = self.stage.call(who, function, mfa=True, request_id=uuid.uuid4(), **arguments)
        made = uuid.UUID(payout["id"])
        if payout["status"] == "approved":
            self.workers.ask("payouts")
        elif name in self._to_reject:
            self._to_reject.remove(name)
            self.calendar.on(self.stage.today + 1, partial(self._reject, made))
        else:
            self.calendar.on(self.stage.today + 1, partial(self._approve, made))

    def _change_bank(self, part: Part) -> None:
        """The bank has refused, and the app says so: another bank account, through Stripe's own pages."""
        self.stage.do(self.people[part.name], "request_onboarding_link", mfa=True, request_id=uuid.uuid4())
        self.workers.work("accounts")
        self.double.change_bank(self._account(part.name))
        self._waits_until[part.name] = self.stage.today + CHANGE_HOLDS

    def _reject(self, payout: uuid.UUID) -> None:
        """Back to the balance; the next payday takes it along."""
        self.stage.do(
            self.people["finance"], "reject_payout", mfa=True, payout_id=payout,
            reason="Please confirm your new address first; nothing is lost.",
        )  # fmt: skip

    def _approve(self, payout: uuid.UUID) -> None:
        for staff in ("finance", "finance 2"):
            if self.stage.owner("select status from public.payouts where id = %s", payout) == "draft":
                self.stage.call(self.people[staff], "approve_payout", mfa=True, payout_id=payout)
        self._instant = self._instant or bool(
            self.stage.owner("select method = 'instant' from public.payouts where id = %s", payout)
        )
        self.workers.ask("payouts")

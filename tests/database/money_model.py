"""Money as the documentation tells it (docs/money.md), in plain Python: what a test holds against the database.

It shares no code and no figure with the product: terms and rounding are those of money_terms.py, and every account's
balance is a sum over lines and payouts. Amounts are minor units; ``held`` stands for held and disputed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from tests.database.money_terms import (
    CLEARING,
    INSTANT_A_DAY,
    INSTANT_FEE,
    INSTANT_LEAST,
    LEADER_SELLS_WITHIN,
    MINIMUM,
    ONE_PERSON,
    OPEN,
    RATE,
    REFERRAL_FOR,
    TEAM_RESTS,
    TIERS,
    TWO_PEOPLE,
    Deal,
    Hold,
    Kind,
    Line,
    Partner,
    Payment,
    Payout,
    State,
    part,
)


class Model:
    """``now`` moves with the product's clock."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.deals: list[Deal] = []
        self.lines: list[Line] = []
        self.holds: list[Hold] = []
        self.payouts: list[Payout] = []
        self.fees_kept: Counter[str] = Counter()

    # -- wins and their cash ---------------------------------------------------------------------------------------

    def win(self, owner: Partner, currency: str, value: int) -> Deal:
        leader, recruiter = owner.leader, owner.recruiter
        if leader is not None and not (leader.status == "active" and leader.tier in TIERS[2:] and self.sells(leader)):
            leader = None
        first = min((deal.won_at for deal in self.deals if deal.owner is owner and deal.counts), default=self.now)
        if recruiter is not None and (
            recruiter.status != "active" or recruiter.tier == "starter" or self.now >= first + REFERRAL_FOR
        ):
            recruiter = None
        deal = Deal(
            owner, currency, value, self.now, RATE[owner.tier], timedelta(days=CLEARING[owner.tier]), leader, recruiter
        )
        self.deals.append(deal)
        return deal

    def sells(self, partner: Partner) -> bool:
        return any(
            deal.owner is partner and deal.counts and deal.won_at > self.now - LEADER_SELLS_WITHIN
            for deal in self.deals
        )

    def team_rests(self, member: Partner) -> bool:
        return any(
            deal.owner is member and not deal.closed and deal.won_at > self.now - TEAM_RESTS for deal in self.deals
        )

    def pay(self, deal: Deal, amount: int, cleared_at: datetime, *, by_client: bool = True) -> Payment:
        payment = Payment(amount, cleared_at)
        deal.payments.append(payment)
        if deal.status == "claimed" and by_client and amount <= deal.value:
            deal.status = "verified"
        self.book(deal, payment)
        return payment

    def give_back(self, deal: Deal, payment: Payment, amount: int, *, refund: bool) -> None:
        """A refund, or a dispute that was lost: what was back before does not come back again."""
        counted = min(amount, payment.left)
        if counted:
            payment.told += amount if refund else 0
            payment.back += counted
            self.book(deal, payment)

    def book(self, deal: Deal, payment: Payment | None = None) -> None:
        """Takes every share from what was booked to what it is worth now."""
        deal.bookings += 1
        for (owner, kind), worth in sorted(deal.worth().items(), key=lambda share: share[0][1]):
            mine = [line for line in self.lines if (line.deal, line.owner, line.kind) == (deal, owner, kind)]
            change = worth - sum(line.amount for line in mine)
            if change > 0:
                self._give(deal, owner, kind, change, payment or self._taken_last(deal, mine))
            roots = [line for line in mine if line.corrects is None and self.left(line) > 0]
            roots.sort(key=lambda line: (line.payment is payment, line.booking), reverse=True)
            takes = []
            for root in roots:
                taken = min(self.left(root), max(0, -change))
                change += taken
                takes += [(root, taken)] if taken else []
            # Whatever Stripe was never asked for is stopped first: it was not paid, and is no debt.
            for root, _ in takes:
                if root.payout is not None and not root.payout.asked:
                    self.end(root.payout)
            for root, taken in takes:
                state: State = "payable" if root.state in ("processing", "paid", "reversed") else root.state
                self.lines.append(
                    Line(deal, owner, kind, -taken, state, deal.bookings, root.payment, root.due, corrects=root)
                )
            for root, _ in takes:
                self._retire(root)

    def _give(self, deal: Deal, owner: Partner, kind: Kind, amount: int, payment: Payment) -> None:
        state: State = "held" if self.covered(owner, deal) else "pending"
        due = payment.cleared_at + deal.clearing
        self.lines.append(Line(deal, owner, kind, amount, state, deal.bookings, payment, due))

    def _taken_last(self, deal: Deal, mine: Iterable[Line]) -> Payment:
        taken = [line for line in mine if line.corrects is not None]
        if not taken:
            return deal.payments[-1]
        newest = max(line.booking for line in taken)
        return max((line.payment for line in taken if line.booking == newest), key=deal.payments.index)

    # -- lines and what belongs to them ----------------------------------------------------------------------------

    def reversals(self, root: Line) -> list[Line]:
        return [line for line in self.lines if line.corrects is root]

    def left(self, root: Line) -> int:
        return root.amount + sum(line.amount for line in self.reversals(root))

    def _move(self, root: Line, to: State) -> None:
        """A line and the reversals that bear its state move together."""
        was = root.state
        for line in (root, *self.reversals(root)):
            if line.state == was:
                line.state = to

    def _retire(self, root: Line) -> None:
        """What has nothing left before any of it left is closed."""
        if root.state in OPEN and self.left(root) == 0 and all(r.state == root.state for r in self.reversals(root)):
            self._move(root, "reversed")

    def clear(self, among: Iterable[Line] | None = None) -> None:
        for root in list(self.lines if among is None else among):
            due = root.corrects is None and root.state == "pending" and root.due <= self.now
            if due and root.deal.status == "verified":
                self._move(root, "payable")
                self._retire(root)

    # -- holds -----------------------------------------------------------------------------------------------------

    def covered(self, owner: Partner, deal: Deal) -> bool:
        return any(h.deal is deal or (h.deal is None and h.owner is owner) for h in self.holds)

    def under(self, hold: Hold) -> Iterator[Line]:
        for line in list(self.lines):
            mine = line.deal is hold.deal or (hold.deal is None and line.owner is hold.owner)
            if mine and line.corrects is None and line.state in OPEN:
                yield line

    def open_hold(self, hold: Hold) -> None:
        self.holds.append(hold)
        if hold.deal is not None:
            self._call_off(hold)
        for line in self.under(hold):
            self._move(line, "held")

    def _call_off(self, hold: Hold) -> None:
        for payout in self.payouts:
            if not payout.asked and any(
                line.corrects is None and (line.deal is hold.deal or (hold.deal is None and line.owner is hold.owner))
                for line in payout.items
            ):
                self.end(payout)

    def end_hold(self, hold: Hold, *, upheld: bool = False) -> None:
        if upheld and not hold.dispute:
            self._call_off(hold)
            touched = {line.deal for line in self.under(hold)} | ({hold.deal} if hold.deal else set())
            for deal in self.deals:
                if deal in touched:
                    everybody = {key[0] for key in deal.worth()} | {deal.owner}
                    everybody |= {one for one in (deal.leader, deal.recruiter) if one is not None}
                    deal.forfeited |= everybody if hold.deal is not None else {hold.owner}
                    self.book(deal)
        self.holds.remove(hold)
        free = [line for line in self.under(hold) if line.state == "held" and not self.covered(line.owner, line.deal)]
        for line in free:
            self._move(line, "pending")
        self.clear(free)

    # -- payouts ---------------------------------------------------------------------------------------------------

    def flagged(self, owner: Partner) -> bool:
        return (
            owner.frozen
            or any(hold.owner is owner and not hold.dispute for hold in self.holds)
            or any(line.owner is owner and line.state == "held" for line in self.lines)
        )

    def available(self, owner: Partner, currency: str) -> list[Line]:
        return [
            line
            for line in self.lines
            if line.owner is owner and line.deal.currency == currency and line.state == "payable"
        ]

    def refusal(self, owner: Partner, currency: str) -> str | None:
        """Why a payout cannot be asked for; None when it can."""
        total = sum(line.amount for line in self.available(owner, currency))
        if owner.status != "active":
            return "partner_not_active"
        if owner.frozen:
            return "payouts_frozen"
        if total < 0:
            return "balance_negative"
        if total == 0:
            return "nothing_available"
        return "below_minimum" if total < MINIMUM[currency] else None

    def ask(self, owner: Partner, currency: str, *, instant: bool = False) -> Payout:
        items = self.available(owner, currency)
        total = sum(line.amount for line in items)
        needs = 2 if self.flagged(owner) or total >= TWO_PEOPLE[currency] else int(total >= ONE_PERSON[currency])
        payout = Payout(owner, currency, total, needs, instant=instant, requested_at=self.now, items=items)
        payout.fee = self.instant_fee(currency, total) if instant else 0
        payout.state = "draft" if needs else "approved"
        self.payouts.append(payout)
        for line in items:
            line.state, line.payout = "processing", payout
        return payout

    @staticmethod
    def instant_fee(currency: str, total: int) -> int:
        return max(INSTANT_LEAST[currency], part(total, INSTANT_FEE))

    def instant_room(self, owner: Partner, currency: str) -> int:
        today = sum(
            known.amount
            for known in self.payouts
            if (known.owner, known.currency, known.instant) == (owner, currency, True)
            and known.state != "ended"
            and known.requested_at is not None
            and known.requested_at.date() == self.now.date()
        )
        return INSTANT_A_DAY - today

    def end(self, payout: Payout) -> None:
        """It did not happen: its lines are in the balance again, or held there."""
        payout.state = "ended"
        items, payout.items = payout.items, []
        for line in items:
            line.state, line.payout = "payable", None
        for line in items:
            if line.corrects is None and self.covered(line.owner, line.deal):
                self._move(line, "held")
        for root in {line.corrects or line: None for line in items}:
            self._retire(root)

    def sent(self, payout: Payout) -> None:
        payout.state = "paid"
        self.fees_kept[payout.currency] += payout.fee
        for line in payout.items:
            line.state = "paid"

    # -- the books -------------------------------------------------------------------------------------------------

    def balances(self) -> Counter[tuple[Partner | None, str, str]]:
        """Credit balance per (partner, currency, account) as the ledger must have it; zero accounts are left out."""
        books: Counter[tuple[Partner | None, str, str]] = Counter()
        for line in self.lines:
            currency = line.deal.currency
            books[None, currency, "commission_expense"] -= line.amount
            if line.state in ("pending", "held"):
                books[line.owner, currency, "partner_pending"] += line.amount
            elif line.state == "payable":
                account = "partner_payable" if line.amount > 0 else "partner_receivable"
                books[line.owner, currency, account] += line.amount
        for payout in self.payouts:
            if payout.state == "paid":
                books[None, payout.currency, "stripe_cash"] += payout.amount - payout.fee
            elif payout.state != "ended":
                books[None, payout.currency, "payout_clearing"] += payout.amount
        for currency, kept in self.fees_kept.items():
            books[None, currency, "payout_fees"] += kept
        return Counter({account: amount for account, amount in books.items() if amount})

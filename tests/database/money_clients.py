"""What clients do with their money, in any order: the rules of the machine in tests/database/test_money_machine.py."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.database.harness import acting, worker
from tests.database.money_support import LONG_AGO, disputed, paid, post, refunded
from tests.database.money_terms import Deal, Hold, Partner, Payment
from tests.database.money_world import CURRENCIES, World

CENTS = st.integers(1, 30_000)
PICK = st.integers(0, 99)
PART = st.integers(1, 100)  # percent


@dataclass(eq=False)
class Dispute:
    name: str
    amount: int
    hold: Hold | None = None
    over: bool = False


@dataclass(eq=False)
class Told:
    """A payment as its sender knows it."""

    deal: Deal
    event: dict[str, Any]
    payment: Payment
    disputes: list[Dispute] = field(default_factory=list)


class ClientSteps(RuleBasedStateMachine):
    """Bundles are plain lists: a rule picks by a number, so that every step makes sense for what is there."""

    world: World
    told: list[Told]
    events: list[str]

    def begin_clients(self) -> None:
        self.told, self.events = [], []
        # A beginning that most rules can do something with.
        self.world.win(self.world.seller, "USD", 150_000)
        self.pay(self.world.model.deals[-1], 30_000)
        self.world.win(self.world.loner, "JPY", 90_000)
        self.pay(self.world.model.deals[-1], 80_000)

    def open_deal(self, pick: int) -> Deal:
        found = self.open_deals()
        return found[pick % len(found)]

    def open_deals(self) -> list[Deal]:
        return [deal for deal in self.world.model.deals if not deal.closed]

    def told_of(self, pick: int) -> Told:
        return self.told[pick % len(self.told)]

    def row(self, deal: Deal) -> dict[str, Any]:
        return self.world.deal_rows[deal]

    # -- wins and payments -----------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.world.model.deals) < 8)
    @rule(who=st.integers(0, 3), currency=st.sampled_from(CURRENCIES), amount=st.integers(1_000, 2_000_000))
    def wins(self, who: int, currency: str, amount: int) -> None:
        world = self.world
        owner: Partner = (world.seller, world.seller, world.loner, world.leader)[who]
        if owner.status == "active":
            world.win(owner, currency, amount)
        else:
            with world.refused("partner_not_active"):
                world.win(owner, currency, amount)

    def pay(self, deal: Deal, amount: int, *, fresh: bool = False, by_client: bool = True, name: str = "") -> Told:
        """``fresh``: its clearing period has only begun."""
        when = self.world.model.now if fresh else LONG_AGO
        more = {} if by_client else {"payer": "Somebody else"}
        event = paid(self.world.db, self.row(deal), amount, cleared_at=when, source_id=name or uuid.uuid4().hex, **more)
        self.events.append(event["id"])
        told = Told(deal, event, self.world.model.pay(deal, amount, when, by_client=by_client))
        self.told.append(told)
        return told

    @rule(pick=PICK, amount=CENTS, fresh=st.booleans(), by_client=st.booleans(), often=st.integers(1, 3))
    def pays(self, pick: int, amount: int, fresh: bool, by_client: bool, often: int) -> None:
        """A small deal that gets more than its value, or is paid by somebody else, waits for people."""
        for _ in range(often):
            if self.open_deals():
                self.pay(self.open_deal(pick), amount, fresh=fresh, by_client=by_client)

    @precondition(lambda self: any(deal.closed for deal in self.world.model.deals))
    @rule(pick=PICK, amount=CENTS)
    def pays_a_closed_deal(self, pick: int, amount: int) -> None:
        closed = [deal for deal in self.world.model.deals if deal.closed]
        with self.world.refused("deal_closed"):
            paid(self.world.db, self.row(closed[pick % len(closed)]), amount)

    @precondition(lambda self: self.open_deals())
    @rule(pick=PICK, amount=CENTS)
    def pays_in_another_currency(self, pick: int, amount: int) -> None:
        deal = self.open_deal(pick)
        other = next(currency for currency in CURRENCIES if currency != deal.currency)
        with self.world.refused("currency_mismatch"):
            paid(self.world.db, self.row(deal), amount, currency=other)

    # -- refunds ---------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.told)
    @rule(pick=PICK, part=PART)
    def refund(self, pick: int, part: int) -> None:
        """In part or in full; also of money that a lost dispute has taken already, which takes nothing again."""
        known = self.told_of(pick)
        room = known.payment.amount - known.payment.told
        if room > 0:
            amount = max(1, room * part // 100)
            self.events.append(refunded(self.world.db, self.row(known.deal), known.event, amount)["id"])
            self.world.model.give_back(known.deal, known.payment, amount, refund=True)

    @precondition(lambda self: self.told)
    @rule(pick=PICK)
    def refund_too_much(self, pick: int) -> None:
        """The same refund under another event id is one refund too many."""
        known = self.told_of(pick)
        with self.world.refused("refund_above_payment"):
            refunded(self.world.db, self.row(known.deal), known.event, known.payment.amount - known.payment.told + 1)

    # -- disputes --------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.told)
    @rule(pick=PICK, part=PART)
    def dispute(self, pick: int, part: int) -> None:
        known = self.told_of(pick)
        dispute = Dispute(uuid.uuid4().hex, max(1, known.payment.amount * part // 100))
        known.disputes.append(dispute)
        self.dispute_opens(known, dispute)

    def dispute_opens(self, known: Told, dispute: Dispute) -> None:
        self.tell(known, dispute, "payment.disputed")
        if not dispute.over:
            dispute.hold = Hold(known.deal.owner, known.deal, dispute=True)
            self.world.model.open_hold(dispute.hold)

    def tell(self, known: Told, dispute: Dispute, what: str) -> None:
        told = disputed(self.world.db, self.row(known.deal), known.event, what, dispute.name, dispute.amount)
        self.events.append(told["id"])

    @precondition(lambda self: any(not one.over for known in self.told for one in known.disputes))
    @rule(pick=PICK, lost=st.booleans())
    def dispute_ends(self, pick: int, lost: bool) -> None:
        found = [(known, one) for known in self.told for one in known.disputes if not one.over]
        known, dispute = found[pick % len(found)]
        self.tell(known, dispute, "dispute.lost" if lost else "dispute.won")
        self.dispute_is_over(known, dispute, lost=lost)

    def dispute_is_over(self, known: Told, dispute: Dispute, *, lost: bool) -> None:
        dispute.over = True
        if lost:
            self.world.model.give_back(known.deal, known.payment, dispute.amount, refund=False)
        if dispute.hold is not None:
            self.world.model.end_hold(dispute.hold, upheld=lost)

    @precondition(lambda self: self.told)
    @rule(pick=PICK, part=PART, lost=st.booleans())
    def dispute_ends_before_it_begins(self, pick: int, part: int, lost: bool) -> None:
        """The end is the end; the beginning that comes after it sets nothing aside."""
        known = self.told_of(pick)
        dispute = Dispute(uuid.uuid4().hex, max(1, known.payment.amount * part // 100))
        known.disputes.append(dispute)
        self.tell(known, dispute, "dispute.lost" if lost else "dispute.won")
        self.dispute_is_over(known, dispute, lost=lost)
        self.dispute_opens(known, dispute)

    # -- in any order, and again -----------------------------------------------------------------------------------

    @precondition(lambda self: self.open_deals())
    @rule(
        pick=PICK, amount=CENTS, part=PART,
        before=st.lists(st.sampled_from(("refund", "dispute", "won", "lost")), min_size=1, max_size=4, unique=True),
    )  # fmt: skip
    def the_payment_comes_last(self, pick: int, amount: int, part: int, before: list[str]) -> None:
        """What is told of a payment before it waits for it, and then counts once, in whatever order it is tried."""
        world, deal, name = self.world, self.open_deal(pick), uuid.uuid4().hex
        row, event = self.row(deal), {"source": "test", "source_id": name}
        share = max(1, amount * part // 100)
        dispute = Dispute(uuid.uuid4().hex, share)
        ends = {"won": "dispute.won", "lost": "dispute.lost", "dispute": "payment.disputed"}
        if "won" in before and "lost" in before:
            before.remove("won")  # a bank decides once
        waiting: list[tuple[str, str]] = []
        for what in before:
            if what == "refund":
                stored = refunded(world.db, row, event, share)
            else:
                stored = disputed(world.db, row, event, ends[what], dispute.name, share)
            assert stored["parked"], stored
            waiting.append((what, stored["id"]))
        known = self.pay(deal, amount, name=name)
        for what, stored_id in waiting:
            self.post_again(stored_id)
            self.events.append(stored_id)
            counts: dict[str, Callable[[], None]] = {
                "refund": lambda: world.model.give_back(deal, known.payment, share, refund=True),
                "dispute": lambda: self._opened_late(known, dispute),
                "won": lambda: self.dispute_is_over(known, dispute, lost=False),
                "lost": lambda: self.dispute_is_over(known, dispute, lost=True),
            }
            counts[what]()
        if before != ["refund"]:
            known.disputes.append(dispute)

    def _opened_late(self, known: Told, dispute: Dispute) -> None:
        if not dispute.over:
            dispute.hold = Hold(known.deal.owner, known.deal, dispute=True)
            self.world.model.open_hold(dispute.hold)

    def post_again(self, event: str) -> dict[str, Any]:
        with acting(self.world.db, worker("commissions")):
            return post(self.world.db, event)

    @precondition(lambda self: self.events)
    @rule(pick=PICK)
    def the_same_event_again(self, pick: int) -> None:
        assert self.post_again(self.events[pick % len(self.events)]) == {"duplicate": True}

    @precondition(lambda self: self.told)
    @rule(pick=PICK)
    def the_same_payment_told_again(self, pick: int) -> None:
        """One source id is one payment: again it is known, with another amount it is refused."""
        known = self.told_of(pick)
        fields = {name: known.event[name] for name in ("source_id", "cleared_at")}
        fields |= {"payer": known.event["payer"]} if "payer" in known.event else {}
        again = paid(self.world.db, self.row(known.deal), known.payment.amount, **fields)
        assert again["duplicate"], again
        with self.world.refused("source_id_reused"):
            paid(self.world.db, self.row(known.deal), known.payment.amount + 1, **fields)

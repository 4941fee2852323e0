"""The whole life of money against a plain model: wins, payments, refunds, disputes, holds and payouts in any order.

The model knows only the pure rules (``entitlements``) and adds up; the database does everything by its own functions.
Each example is one transaction that is rolled back. ``SISO_MONEY_EXAMPLES=500`` makes the run long.
"""

from __future__ import annotations

import os
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from hypothesis import HealthCheck, note
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from siso_local.settings import Settings
from tests.database.harness import Person, acting, call, expect_refusal, make_staff, one_story, rows, value, worker
from tests.database.money_support import balances, broken_invariants, disputed, paid, post, refunded, team, win
from workers.commissions.domain import Terms, entitlements

EXAMPLES = int(os.environ.get("SISO_MONEY_EXAMPLES", "40"))
CENTS = st.integers(1, 30_000)
# Caches and content, which other tests may just be changing.
NOT_MONEY = {
    *("check_commission_rate_cache", "check_partner_tier_cache", "check_team_leader_cache", "check_directory"),
    *("check_training_content", "check_requirement_sources", "check_overdue_tickets", "check_audit_chain"),
}
Db = psycopg.Connection[tuple[Any, ...]]


@dataclass
class Payment:
    event: dict[str, Any]
    amount: int
    back: int = 0
    dispute: str | None = None


@dataclass
class Deal:
    row: dict[str, Any]
    terms: Terms
    payments: list[Payment] = field(default_factory=list)
    closed: bool = False

    @property
    def net(self) -> int:
        return sum(payment.amount - payment.back for payment in self.payments)


class Money(RuleBasedStateMachine):
    """Bundles are plain lists: a rule picks by a number, so that every step makes sense for what is there."""

    dsn = ""

    @initialize()
    def people(self) -> None:
        self.db: Db = psycopg.connect(self.dsn)
        one_story(self.db)
        self.people_: tuple[Person, ...] = team(self.db)
        for person in self.people_:
            self.db.execute(
                "insert into public.payout_accounts"
                " (partner_id, stripe_account_id, status, country, tax_status, connected_with_mfa_at)"
                " values (%s, %s, 'ready', 'US', 'complete', private.now())",
                (person.id, f"acct_{person.id.hex}"),
            )
        self.finance, self.admin = make_staff(self.db, "finance"), make_staff(self.db, "admin")
        self.deals: list[Deal] = []
        self.events: list[str] = []
        self.holds: list[uuid.UUID] = []
        self.in_flight: list[tuple[Person, uuid.UUID, int]] = []
        self.paid_out: Counter[uuid.UUID] = Counter()
        # A beginning that most rules can do something with.
        for amount in (150_000, 90_000):
            self.win(amount)
            self.pay(len(self.deals) - 1, amount // 5, fresh=False)

    def teardown(self) -> None:
        if hasattr(self, "db"):
            try:
                if self.db.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
                    found = broken_invariants(self.db)
                    assert {view: bad for view, bad in found.items() if view not in NOT_MONEY} == {}
            finally:
                self.db.rollback()
                self.db.close()

    # -- what clients do -------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.deals) < 4)
    @rule(amount=st.integers(1_000, 2_000_000))
    def wins(self, amount: int) -> None:
        self.win(amount)

    def win(self, amount: int) -> None:
        made = win(self.db, self.people_[0], amount)
        row = rows(
            self.db,
            "select deal.rate_bp, deal.leader_id::text, deal.override_bp, plan.override_basis::text,"
            " deal.recruiter_id::text, deal.referral_bp, plan.program_cap_bp from public.deals as deal"
            " join public.commission_plans as plan on plan.id = deal.plan_id where deal.id = %s",
            made["id"],
        )[0]
        self.deals.append(Deal(made, Terms(str(self.people_[0].id), *row)))

    def open_deal(self, pick: int) -> Deal:
        found = [deal for deal in self.deals if not deal.closed]
        return found[pick % len(found)]

    @precondition(lambda self: any(not deal.closed for deal in self.deals))
    @rule(pick=st.integers(0, 9), amount=CENTS, fresh=st.booleans())
    def pays(self, pick: int, amount: int, fresh: bool) -> None:
        self.pay(pick, amount, fresh)

    @precondition(lambda self: any(not deal.closed for deal in self.deals))
    @rule(pick=st.integers(0, 9), amount=CENTS)
    def pays_and_it_is_paid_out(self, pick: int, amount: int) -> None:
        """The way that money takes when nothing goes wrong, for one of the three."""
        self.pay(pick, amount, fresh=False)
        self.clear()
        before = len(self.in_flight)
        self.ask_for_a_payout(pick % 3)
        if len(self.in_flight) > before:
            self.stripe_answers(before, works=True)

    def pay(self, pick: int, amount: int, fresh: bool) -> None:
        """``fresh``: its clearing period has only begun."""
        deal = self.open_deal(pick)
        when = {"cleared_at": datetime.now(UTC)} if fresh else {}
        event = paid(self.db, deal.row, amount, **when)
        self.events.append(event["id"])
        deal.payments.append(Payment(event, amount))

    @precondition(lambda self: any(not deal.closed for deal in self.deals))
    @rule(pick=st.integers(0, 9), amount=CENTS, part=st.integers(1, 100))
    def refund_comes_first(self, pick: int, amount: int, part: int) -> None:
        """The refund waits for its payment and then counts once."""
        deal, name, back = self.open_deal(pick), uuid.uuid4().hex, max(1, amount * part // 100)
        waiting = refunded(self.db, deal.row, {"source": "test", "source_id": name}, back)
        assert waiting["parked"], waiting
        event = paid(self.db, deal.row, amount, source_id=name)
        post(self.db, waiting["id"])
        self.events += [event["id"], waiting["id"]]
        deal.payments.append(Payment(event, amount, back))

    def payment(self, pick: int) -> tuple[Deal, Payment]:
        found = [(deal, known) for deal in self.deals for known in deal.payments]
        return found[pick % len(found)]

    @precondition(lambda self: any(deal.payments for deal in self.deals))
    @rule(pick=st.integers(0, 30), part=st.integers(1, 100))
    def refund(self, pick: int, part: int) -> None:
        deal, known = self.payment(pick)
        left = known.amount - known.back
        if left > 0 and known.dispute is None:
            amount = max(1, left * part // 100)
            self.events.append(refunded(self.db, deal.row, known.event, amount)["id"])
            known.back += amount

    @precondition(lambda self: any(deal.payments for deal in self.deals))
    @rule(pick=st.integers(0, 30))
    def refund_too_much(self, pick: int) -> None:
        deal, known = self.payment(pick)
        with expect_refusal(self.db, "22023", "refund_above_payment"):
            refunded(self.db, deal.row, known.event, known.amount + 1)

    @precondition(lambda self: any(deal.payments for deal in self.deals))
    @rule(pick=st.integers(0, 30))
    def dispute(self, pick: int) -> None:
        deal, known = self.payment(pick)
        if known.dispute is None and known.back < known.amount:
            known.dispute = uuid.uuid4().hex
            told = disputed(self.db, deal.row, known.event, "payment.disputed", known.dispute, known.amount)
            self.events.append(told["id"])

    @precondition(lambda self: any(known.dispute for deal in self.deals for known in deal.payments))
    @rule(pick=st.integers(0, 30), lost=st.booleans())
    def dispute_ends(self, pick: int, lost: bool) -> None:
        found = [(deal, known) for deal in self.deals for known in deal.payments if known.dispute]
        deal, known = found[pick % len(found)]
        what = "dispute.lost" if lost else "dispute.won"
        told = disputed(self.db, deal.row, known.event, what, str(known.dispute), known.amount)
        self.events.append(told["id"])
        known.dispute = None
        if lost:
            known.back = known.amount

    @precondition(lambda self: self.events)
    @rule(pick=st.integers(0, 99))
    def the_same_event_again(self, pick: int) -> None:
        with acting(self.db, worker("commissions")):
            post(self.db, self.events[pick % len(self.events)])

    # -- what staff and time do ------------------------------------------------------------------------------------

    @precondition(lambda self: any(not deal.closed for deal in self.deals))
    @rule(pick=st.integers(0, 9))
    def cancel(self, pick: int) -> None:
        deal = self.open_deal(pick)
        with acting(self.db, self.admin.actor("aal2")):
            call(self.db, "cancel_deal", reference=deal.row["reference"], reason="The client never signed.")
        deal.closed = True

    @precondition(lambda self: self.deals)
    @rule(pick=st.integers(0, 9), whole=st.booleans())
    def hold(self, pick: int, whole: bool) -> None:
        deal = None if whole else self.deals[pick % len(self.deals)].row["id"]
        self.holds.append(
            value(
                self.db,
                "select (private.place_hold(%s, 'velocity', 'behaviour', private.now() + interval '5 days', 'rule',"
                " of_deal => %s)).id",
                self.people_[0].id, deal,
            )
        )  # fmt: skip

    @precondition(lambda self: self.holds)
    @rule(pick=st.integers(0, 9))
    def release(self, pick: int) -> None:
        self.db.execute(
            "select private.end_hold(%s, 'released', 'looked at', %s)",
            (self.holds.pop(pick % len(self.holds)), self.admin.id),
        )

    @rule()
    def clears(self) -> None:
        self.clear()

    def clear(self) -> None:
        with acting(self.db, worker("commissions")):
            call(self.db, "clear_commissions", "worker")

    # -- payouts ---------------------------------------------------------------------------------------------------

    @rule(who=st.integers(0, 2))
    def asks_for_a_payout(self, who: int) -> None:
        self.ask_for_a_payout(who)

    def ask_for_a_payout(self, who: int) -> None:
        person = self.people_[who]
        try:
            with self.db.transaction(), acting(self.db, person.actor("aal2")):
                payout = call(self.db, "request_payout", currency="USD", request_id=uuid.uuid4())
        except psycopg.Error as refused:
            note(f"no payout: {refused}")
            assert refused.sqlstate == "PT409", refused
            return
        if payout["status"] == "draft":  # two people would look at it; here they say no
            with acting(self.db, self.finance.actor("aal2")):
                call(self.db, "reject_payout", payout_id=uuid.UUID(payout["id"]), reason="not today")
        else:
            self.in_flight.append((person, uuid.UUID(payout["id"]), payout["amount"]))

    @precondition(lambda self: self.in_flight)
    @rule(pick=st.integers(0, 9), works=st.booleans())
    def stripe_says(self, pick: int, works: bool) -> None:
        self.stripe_answers(pick, works)

    def stripe_answers(self, pick: int, works: bool) -> None:
        person, payout, amount = self.in_flight[pick % len(self.in_flight)]
        with acting(self.db, worker("payouts")):
            begun = call(self.db, "begin_payout", "worker", payout=payout)
            if begun["action"] != "send":
                return  # a hold came meanwhile: it waits
            if works:
                call(
                    self.db, "confirm_transfer", "worker", payout=payout, transfer=f"tr_{payout.hex}",
                    transfer_amount=amount, transfer_currency="usd",
                )  # fmt: skip
                self.paid_out[person.id] += amount
            else:
                call(
                    self.db, "payout_refused", "worker", payout=payout, seen_attempt=begun["attempt"],
                    code="no_such_account", message="There is no such account.", next="fail",
                )  # fmt: skip
        self.in_flight.remove((person, payout, amount))

    # -- what must be true after every step ------------------------------------------------------------------------

    @invariant()
    def every_deal_is_worth_what_its_terms_give(self) -> None:
        for deal in getattr(self, "deals", []):
            worth = entitlements(deal.net, deal.terms)
            expected = {} if deal.closed else {key: amount for key, amount in worth.items() if amount}
            booked = rows(
                self.db,
                "select partner_id::text, kind::text, sum(amount)::bigint from public.commissions"
                " where deal_id = %s and not estimate group by 1, 2 having sum(amount) <> 0",
                deal.row["id"],
            )
            assert {(partner, kind): amount for partner, kind, amount in booked} == expected

    @invariant()
    def nothing_is_lost_and_nothing_is_paid_twice(self) -> None:
        for person in getattr(self, "people_", ()):
            earned = sum(
                amount
                for deal in self.deals
                if not deal.closed
                for (partner, _), amount in entitlements(deal.net, deal.terms).items()
                if partner == str(person.id)
            )
            pending, payable, owed = balances(self.db, person)
            on_the_way = sum(amount for known, _, amount in self.in_flight if known is person)
            assert pending + payable - owed + on_the_way + self.paid_out[person.id] == earned
            assert min(pending, payable, owed) >= 0

    @invariant()
    def no_reversal_is_above_its_line(self) -> None:
        if hasattr(self, "db"):
            for view in ("check_reversals", "check_lines_against_ledger", "check_uncovered_holds", "check_netting"):
                assert rows(self.db, f"select to_jsonb(c) from private.{view} as c limit 3") == []  # noqa: S608


def test_any_life_of_money_leaves_the_books_right(settings: Settings) -> None:
    Money.dsn = settings.dsn("postgres")
    run_state_machine_as_test(
        Money,
        settings=hypothesis_settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )

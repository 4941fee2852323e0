"""From the balance to the bank: rules of the machine in tests/database/test_money_machine.py."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.database.harness import acting, call, worker
from tests.database.money_clients import PICK
from tests.database.money_support import clear
from tests.database.money_terms import INSTANT_LEAST, MINIMUM, Partner, Payout
from tests.database.money_world import CURRENCIES, World

KEY_LIVES = timedelta(hours=23)


class PayoutSteps(RuleBasedStateMachine):
    world: World
    payout_ids: dict[Payout, uuid.UUID]

    def begin_payouts(self) -> None:
        self.payout_ids = {}

    def payouts_in(self, *states: str) -> list[Payout]:
        return [payout for payout in self.world.model.payouts if payout.state in states]

    def worker_says(self, function: str, payout: Payout, **arguments: Any) -> Any:
        with acting(self.world.db, worker("payouts")):
            return call(self.world.db, function, "worker", payout=self.payout_ids[payout], **arguments)

    # -- asking ----------------------------------------------------------------------------------------------------

    @rule(who=st.integers(0, 4), currency=st.sampled_from(CURRENCIES))
    def asks(self, who: int, currency: str) -> None:
        self.ask(self.world.people[who], currency)

    def ask(self, owner: Partner, currency: str) -> Payout | None:
        """Exactly when the model says that it may, and for what it says."""
        world, refusal = self.world, self.world.model.refusal(owner, currency)
        try:
            with world.db.transaction(), acting(world.db, world.persons[owner].actor("aal2")):
                made = call(world.db, "request_payout", currency=currency, request_id=uuid.uuid4())
        except psycopg.Error as error:
            assert json.loads(error.diag.message_detail or "{}").get("rule") == refusal, error
            return None
        assert refusal is None, f"this was to be refused: {refusal}"
        payout = world.model.ask(owner, currency)
        self.keep(payout, made)
        return payout

    def keep(self, payout: Payout, made: dict[str, Any]) -> None:
        assert (made["amount"], made["status"]) == (payout.amount, payout.state)
        self.payout_ids[payout] = uuid.UUID(made["id"])

    @rule(who=st.integers(0, 4), currency=st.sampled_from(("USD", "EUR")))
    def asks_instantly(self, who: int, currency: str) -> None:
        world, owner = self.world, self.world.people[who]
        total = sum(line.amount for line in world.model.available(owner, currency))
        if total > world.model.instant_room(owner, currency):
            return  # some of it, the oldest first: tests/database/test_instant_payouts.py
        refusal = world.model.refusal(owner, currency)
        if owner.status == "active" and (owner.tier != "elite" or owner.home != currency):
            refusal = "tier" if owner.tier != "elite" else "instant_currency"
        fee = world.model.instant_fee(currency, total) if total > 0 else INSTANT_LEAST[currency]
        try:
            with world.db.transaction(), acting(world.db, world.persons[owner].actor("aal2")):
                made = call(world.db, "request_instant_payout", currency=currency, fee=fee, request_id=uuid.uuid4())
        except psycopg.Error as error:
            assert json.loads(error.diag.message_detail or "{}").get("rule") == refusal, error
            return
        assert refusal is None, f"this was to be refused: {refusal}"
        payout = world.model.ask(owner, currency, instant=True)
        self.keep(payout, made)
        assert made["fee"] == payout.fee

    @precondition(lambda self: any(partner.status == "suspended" for partner in self.world.people))
    @rule(pick=PICK, currency=st.sampled_from(CURRENCIES))
    def what_is_left_is_paid(self, pick: int, currency: str) -> None:
        """Staff pay a suspended partner what is theirs, below the minimum, too; one person has to approve."""
        world = self.world
        gone = [one for one in world.people if one.status == "suspended"]
        owner = gone[pick % len(gone)]
        total = sum(line.amount for line in world.model.available(owner, currency))
        refusal = "balance_negative" if total < 0 else "nothing_available" if total == 0 else None
        refusal = "payouts_frozen" if owner.frozen else refusal
        try:
            with world.db.transaction():
                made = world.desk(
                    world.admin, "final_payout", partner_id=world.persons[owner].id, currency=currency,
                    request_id=uuid.uuid4(),
                )  # fmt: skip
        except psycopg.Error as error:
            assert json.loads(error.diag.message_detail or "{}").get("rule") == refusal, error
            return
        assert refusal is None, f"this was to be refused: {refusal}"
        payout = world.model.ask(owner, currency)
        payout.kind, payout.needs, payout.state = "final", max(1, payout.needs), "draft"
        self.keep(payout, made)

    # -- people decide ---------------------------------------------------------------------------------------------

    @precondition(lambda self: self.payouts_in("draft"))
    @rule(pick=PICK)
    def the_desk_approves(self, pick: int) -> None:
        found = self.payouts_in("draft")
        payout = found[pick % len(found)]
        wants = 2 if self.world.model.flagged(payout.owner) else payout.needs
        people = (self.world.finance, self.world.second)
        for staff in people[:wants]:
            self.world.desk(staff, "approve_payout", payout_id=self.payout_ids[payout])
        payout.signed, payout.needs, payout.state = max(payout.signed, wants), wants, "approved"

    @precondition(lambda self: self.payouts_in("draft", "approved", "parked"))
    @rule(pick=PICK)
    def the_desk_rejects(self, pick: int) -> None:
        """Only what Stripe was never asked for, or has refused for good."""
        found = self.payouts_in("draft", "approved", "parked")
        payout = found[pick % len(found)]

        def reject() -> None:
            self.world.desk(self.world.finance, "reject_payout", payout_id=self.payout_ids[payout], reason="not today")

        if (payout.asked and not payout.refused) or payout.kind == "fee_refund":
            with self.world.refused("wrong_state"):
                reject()
        else:
            reject()
            self.world.model.end(payout)

    # -- the worker and Stripe -------------------------------------------------------------------------------------

    @precondition(lambda self: self.world.model.payouts)
    @rule(pick=PICK, instantly=st.booleans())
    def the_worker_begins(self, pick: int, instantly: bool) -> None:
        """Also again, also when it is over: a job may come twice. What was parked wakes this way."""
        self.begin_payout(self.world.model.payouts[pick % len(self.world.model.payouts)], instantly=instantly)

    def begin_payout(self, payout: Payout, *, instantly: bool = True) -> None:
        begun = self.worker_says("begin_payout", payout)
        expected = self.expected_action(payout)
        assert begun["action"] == expected, (begun, payout)
        if expected == "check_instant":
            if not instantly:  # the account takes none: no fee
                self.worker_says("fall_back_to_standard", payout, reason="not supported")
                payout.instant, payout.fee, payout.instant_ended = False, 0, True
            begun = self.worker_says("begin_payout", payout, settled=True)
            assert begun["action"] == "send", begun
        if begun["action"] in ("send", "reconcile"):
            payout.state, payout.asked = "sending", True
            payout.key_from = payout.key_from or self.world.model.now
        if begun["action"] == "reconcile":  # it looked, and Stripe has no such transfer
            self.worker_says("restart_payout_attempt", payout, seen_attempt=begun["attempt"])
            payout.refused, payout.key_from = False, self.world.model.now

    def expected_action(self, payout: Payout) -> str:
        owner = payout.owner
        if payout.state not in ("approved", "parked", "sending"):
            return "skip"
        if payout.state != "sending":
            if owner.frozen or (owner.status != "active" and payout.kind != "final"):
                payout.state = "parked"
                return "park"
            if payout.kind != "fee_refund" and self.world.model.flagged(owner) and payout.signed < 2:
                payout.state, payout.needs = "draft", 2
                return "park"
            if payout.instant and not payout.asked:
                return "check_instant"
        too_old = payout.key_from is not None and payout.key_from < self.world.model.now - KEY_LIVES
        again = payout.asked and (payout.state != "sending" or too_old)
        return "reconcile" if payout.refused or again else "send"

    @precondition(lambda self: self.payouts_in("sending"))
    @rule(pick=PICK, what=st.sampled_from(("works", "works", "fail", "park")))
    def stripe_answers(self, pick: int, what: str) -> None:
        found = self.payouts_in("sending")
        self.stripe_says(found[pick % len(found)], what)

    def stripe_says(self, payout: Payout, what: str) -> None:
        model = self.world.model
        if what == "works":
            for _ in range(2):  # Stripe's events come twice
                self.worker_says(
                    "confirm_transfer", payout, transfer=f"tr_{self.payout_ids[payout].hex}",
                    transfer_amount=payout.amount - payout.fee, transfer_currency=payout.currency.lower(),
                )  # fmt: skip
            model.sent(payout)
            return
        attempt = self.world.db.execute(
            "select attempt from public.payouts where id = %s", (self.payout_ids[payout],)
        ).fetchone()
        assert attempt is not None
        self.worker_says(
            "payout_refused",
            payout,
            seen_attempt=attempt[0],
            code="no_such_account",
            message="There is none.",
            next=what,
        )
        if what == "fail":
            model.end(payout)
        else:
            payout.state, payout.refused = "parked", True

    @precondition(lambda self: any(one.instant and not one.instant_ended for one in self.payouts_in("paid")))
    @rule(pick=PICK, arrives=st.booleans())
    def an_instant_payout_ends(self, pick: int, arrives: bool) -> None:
        """It arrives, or goes the standard way: then its fee comes back as a payout of its own."""
        found = [one for one in self.payouts_in("paid") if one.instant and not one.instant_ended]
        payout = found[pick % len(found)]
        payout.instant_ended = True
        self.worker_says("begin_instant", payout)
        if arrives:
            self.worker_says("record_instant", payout, stripe_payout=f"po_{uuid.uuid4().hex}", arrived=True)
            return
        for _ in range(2):
            told = self.worker_says("fall_back_to_standard", payout, reason="Stripe said no")
            if not told["duplicate"]:
                back = Payout(payout.owner, payout.currency, payout.fee, 0, kind="fee_refund")
                self.world.model.fees_kept[payout.currency] -= payout.fee
                self.world.model.payouts.append(back)
                self.payout_ids[back] = uuid.UUID(told["refund_id"])

    @rule(who=st.integers(0, 4), currency=st.sampled_from(CURRENCIES))
    def clears_and_is_paid_out(self, who: int, currency: str) -> None:
        """The way that money takes when nothing goes wrong."""
        world, owner = self.world, self.world.people[who]
        clear(world.db)
        world.model.clear()
        payout = self.ask(owner, currency)
        if payout is not None:
            assert payout.amount >= MINIMUM[currency]
            self.begin_payout(payout)
            if payout.state == "sending":
                self.stripe_says(payout, "works")

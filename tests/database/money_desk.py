"""What staff decide, what happens to partners, and time: rules of tests/database/test_money_machine.py."""

from __future__ import annotations

import uuid

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.database.harness import acting, call, value
from tests.database.money_clients import PICK
from tests.database.money_support import clear
from tests.database.money_terms import TIERS, Deal, Hold, Partner
from tests.database.money_world import World

WHY = "as the desk saw it"


class DeskSteps(RuleBasedStateMachine):
    world: World
    holds: dict[uuid.UUID, Hold]  # those that people decide, by id
    frozen: dict[Partner, uuid.UUID]

    def begin_desk(self) -> None:
        self.holds, self.frozen = {}, {}

    def deals_in(self, *states: str) -> list[Deal]:
        return [deal for deal in self.world.model.deals if deal.status in states]

    def reference(self, deal: Deal) -> str:
        return str(self.world.deal_rows[deal]["reference"])

    def one_of(self, people: list[Partner], pick: int) -> Partner:
        return people[pick % len(people)]

    # -- deals -----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.deals_in("claimed"))
    @rule(pick=PICK)
    def verifies(self, pick: int) -> None:
        deals = self.deals_in("claimed")
        deal = deals[pick % len(deals)]
        self.world.desk(self.world.finance, "verify_deal", reference=self.reference(deal), contracted_value=deal.value)
        deal.status = "verified"

    @precondition(lambda self: self.deals_in("claimed"))
    @rule(pick=PICK, answers=st.booleans())
    def sends_it_back(self, pick: int, answers: bool) -> None:
        """A question to the partner moves no money, nor does the answer."""
        world, deals = self.world, self.deals_in("claimed")
        deal = deals[pick % len(deals)]
        world.desk(world.finance, "ask_about_deal", reference=self.reference(deal), question="Where is the contract?")
        if answers:
            with acting(world.db, world.persons[deal.owner].actor()):
                call(
                    world.db, "add_deal_evidence", id=uuid.uuid4(), deal_id=uuid.UUID(world.deal_rows[deal]["id"]),
                    note="It was signed today.",
                )  # fmt: skip

    @precondition(lambda self: self.deals_in("claimed"))
    @rule(pick=PICK)
    def rejects(self, pick: int) -> None:
        deals = self.deals_in("claimed")
        self.close(deals[pick % len(deals)], "reject_deal", "rejected")

    @precondition(lambda self: self.deals_in("claimed", "verified"))
    @rule(pick=PICK)
    def cancels(self, pick: int) -> None:
        deals = self.deals_in("claimed", "verified")
        self.close(deals[pick % len(deals)], "cancel_deal", "cancelled")

    def close(self, deal: Deal, function: str, status: str) -> None:
        self.world.desk(self.world.finance, function, reference=self.reference(deal), reason=WHY)
        deal.status = status
        self.world.model.book(deal)

    @precondition(lambda self: self.deals_in("rejected"))
    @rule(pick=PICK)
    def reopens(self, pick: int) -> None:
        deals = self.deals_in("rejected")
        deal = deals[pick % len(deals)]
        self.world.desk(self.world.finance, "reopen_deal", reference=self.reference(deal), reason=WHY)
        deal.status = "claimed"
        self.world.model.book(deal)

    # -- risk holds ------------------------------------------------------------------------------------------------

    @rule(pick=PICK, who=st.integers(0, 4), whole=st.booleans())
    def a_rule_holds(self, pick: int, who: int, whole: bool) -> None:
        """Everything of a partner, or one deal with everybody's share of it."""
        world = self.world
        deal = None if whole else world.model.deals[pick % len(world.model.deals)]
        owner = world.people[who] if deal is None else deal.owner
        hold = value(
            world.db,
            "select (private.place_hold(%s, 'velocity', 'behaviour', private.now() + interval '5 days', 'rule',"
            " of_deal => %s)).id",
            world.persons[owner].id, world.deal_rows[deal]["id"] if deal else None,
        )  # fmt: skip
        if hold not in self.holds:  # the same reason twice is one hold
            self.holds[hold] = Hold(owner, deal)
            world.model.open_hold(self.holds[hold])

    @precondition(lambda self: self.holds)
    @rule(pick=PICK, upheld=st.booleans())
    def the_desk_decides(self, pick: int, upheld: bool) -> None:
        hold = list(self.holds)[pick % len(self.holds)]
        decision = "upheld" if upheld else "released"
        self.world.desk(self.world.finance, "decide_hold", hold_id=hold, decision=decision, reason=WHY)
        self.world.model.end_hold(self.holds.pop(hold), upheld=upheld)

    # -- partners --------------------------------------------------------------------------------------------------

    @rule(who=st.integers(0, 4))
    def suspends(self, who: int) -> None:
        world, partner = self.world, self.world.people[who]
        if partner.status == "suspended":
            return
        world.desk(world.admin, "suspend_partner", partner_id=world.persons[partner].id, reason=WHY)
        partner.status = "suspended"
        placed = value(
            world.db,
            "select id from public.risk_holds where partner_id = %s and reason_code = 'partner_suspended'"
            " and decided_at is null",
            world.persons[partner].id,
        )
        self.holds[placed] = Hold(partner, None)
        world.model.open_hold(self.holds[placed])

    @precondition(lambda self: any(partner.status == "suspended" for partner in self.world.people))
    @rule(pick=PICK)
    def reinstates(self, pick: int) -> None:
        world = self.world
        partner = self.one_of([one for one in world.people if one.status == "suspended"], pick)
        world.desk(world.admin, "reinstate_partner", partner_id=world.persons[partner].id, reason=WHY)
        partner.status = "active"
        for known, hold in list(self.holds.items()):
            why = value(world.db, "select reason_code from public.risk_holds where id = %s", known)
            if hold.owner is partner and why == "partner_suspended":
                world.model.end_hold(self.holds.pop(known))

    @rule(who=st.integers(0, 4))
    def freezes_or_thaws_payouts(self, who: int) -> None:
        world, partner = self.world, self.world.people[who]
        if partner.frozen:
            world.desk(world.finance, "end_payout_hold", hold_id=self.frozen.pop(partner), reason=WHY)
        else:
            placed = world.desk(world.finance, "hold_payouts", partner_id=world.persons[partner].id, reason=WHY)
            self.frozen[partner] = uuid.UUID(placed["id"])
        partner.frozen = not partner.frozen

    @rule(who=st.integers(0, 4), tier=st.sampled_from(TIERS))
    def the_tier_changes(self, who: int, tier: str) -> None:
        """For what is won from now on, never for what was won."""
        world, partner = self.world, self.world.people[who]
        person = world.persons[partner]
        if TIERS.index(tier) < TIERS.index(partner.tier):
            world.desk(world.admin, "downgrade_partner", partner_id=person.id, to_tier=tier, reason=WHY)
        elif tier != partner.tier:
            world.db.execute("select private.set_tier(%s, %s, 'promotion', 'all requirements met')", (person.id, tier))
        partner.tier = tier

    @rule(member=st.integers(0, 1), to=st.integers(0, 2))
    def the_leader_changes(self, member: int, to: int) -> None:
        """Also to none, and from none; never within thirty days of a win."""
        world = self.world
        partner = (world.seller, world.loner)[member]
        leader = (None, world.leader, world.other_leader)[to]
        if leader is partner.leader:
            return
        new = {"leader_id": world.persons[leader].id} if leader else {}

        def change() -> None:
            world.desk(world.admin, "set_team_leader", member_id=world.persons[partner].id, reason=WHY, **new)

        if world.model.team_rests(partner):
            with world.refused("recent_win"):
                change()
        elif leader is not None and (leader.status != "active" or leader.tier not in TIERS[2:]):
            with world.refused("leader_tier"):
                change()
        else:
            change()
            partner.leader = leader

    # -- time ------------------------------------------------------------------------------------------------------

    @rule()
    def clears(self) -> None:
        clear(self.world.db)
        self.world.model.clear()

    @rule(days=st.sampled_from((1, 8, 15, 31)))
    def days_pass(self, days: int) -> None:
        self.world.pass_days(days)

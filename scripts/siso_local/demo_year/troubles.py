"""What goes wrong in a year: accounts that end, clients whom two partners name, amounts that are disputed."""

from __future__ import annotations

import uuid
from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.people import People
from siso_local.demo_year.pipeline import LeadPlan
from siso_local.demo_year.selling import Selling
from siso_local.demo_year.stage import LAST_DAY, Stage


class Troubles:
    def __init__(self, stage: Stage, people: People, calendar: Calendar, selling: Selling) -> None:
        self.stage, self.people, self.calendar, self.selling = stage, people, calendar, selling

    def plan(self, leads: list[LeadPlan]) -> None:
        on = self.calendar.on
        on(312, partial(self._end, "Suspended 01", "suspend_partner", "Two clients say that they were never asked."))
        on(246, partial(self._end, "Former 01", "terminate_partner", "Ended at the partner's own wish."))
        on(282, self._pause)
        open_leads = [lead for lead in leads if lead.outcome == "open" and lead.phone is None]
        decided = next(
            lead for lead in leads if lead.partner == "Performer 01" and lead.outcome == "lost" and lead.created > 250
        )
        pending = next(lead for lead in open_leads if lead.partner == "Performer 02")
        on(decided.created + 2, partial(self._register_again, decided, "Active 02", True))
        on(LAST_DAY - 1, partial(self._register_again, pending, "Active 03", False))
        on(
            304,
            partial(
                self._claim, "Active 05", "I introduced this client at a fair in spring, and it is somebody else's now."
            ),
        )
        on(LAST_DAY - 2, partial(self._claim, "Starter 06", "My client signed directly; they came through my talk."))
        on(LAST_DAY - 3, self._dispute)
        on(LAST_DAY - 5, self._lose_a_deal)
        on(354, self._negotiate)
        on(355, self._council)

    def _end(self, name: str, function: str, reason: str) -> None:
        self.selling.gone.add(name)
        self.stage.do(self.people["admin"], function, mfa=True, partner_id=self.people[name].partner_id, reason=reason)

    def _pause(self) -> None:
        self.selling.gone.add("Paused 01")
        self.stage.do(self.people["Paused 01"], "pause_account")

    def _register_again(self, lead: LeadPlan, by: str, decide: bool) -> None:
        """A second partner names the same client."""
        second = uuid.uuid4()
        self.stage.insert(
            self.people[by], "leads", id=second, company_name=f"Client {lead.number:02}",
            contact_email=f"client.{lead.number:02}@example.com", project_type=lead.project, estimated_value=lead.value,
            currency=lead.currency, source="Event",
        )  # fmt: skip
        if decide:
            conflict = self.stage.owner("select id from public.lead_conflicts where new_lead_id = %s", second)
            self.stage.do(
                self.people["support"], "decide_conflict", mfa=True, conflict_id=conflict, decision="existing_lead",
                reason="The first registration came four weeks earlier and was worked on.",
            )  # fmt: skip

    def _claim(self, name: str, reason: str) -> None:
        claim = uuid.uuid4()
        self.stage.do(
            self.people[name], "open_claim", id=claim, about="other", subject="A client of mine", reason=reason
        )
        if name == "Active 05":
            self.calendar.on(
                self.stage.today + 2,
                partial(
                    self.stage.do, self.people["support"], "ask_about_claim", mfa=True, claim_id=claim,
                    question="Is there a message or a card from that day?",
                ),
            )  # fmt: skip
            self.calendar.on(
                self.stage.today + 4,
                partial(
                    self.stage.do, self.people[name], "add_claim_evidence", id=uuid.uuid4(), claim_id=claim,
                    note="Their e-mail of the next day, in which they thank me for the talk.",
                ),
            )  # fmt: skip
            self.calendar.on(
                self.stage.today + 5,
                partial(
                    self.stage.do, self.people["support"], "decide_claim", mfa=True, claim_id=claim,
                    decision="rejected", reason="The registration of the other partner is older than the fair.",
                ),
            )  # fmt: skip

    def _lose_a_deal(self) -> None:
        """A review takes a deal out of the count: nine are left of the ten that Performer needs."""
        deal = self.stage.owner(
            "select id from public.deals where partner_id = %s and status = 'verified' order by won_at desc limit 1",
            self.people["At risk 01"].partner_id,
        )
        self.stage.owner("select private.disqualify_deal(%s, 'Review: the client is of the same household')", deal)

    def _dispute(self) -> None:
        """A partner says that an amount is wrong."""
        line = self.stage.owner(
            "select id from public.commissions where partner_id = %s and commission_type = 'base'"
            " and client_payment_id is not null order by created_at desc, id limit 1",
            self.people["Disputed 01"].partner_id,
        )
        self.stage.do(
            self.people["Disputed 01"], "open_claim", id=uuid.uuid4(), about="commission", subject_id=line,
            reason="The client paid more than what this line says.",
        )  # fmt: skip

    def _negotiate(self) -> None:
        """Elite: a negotiated rate, and requests that wait for an answer."""
        self.stage.do(
            self.people["admin"], "grant_rate_override", mfa=True, partner_id=self.people["Elite 01"].partner_id,
            reason="Negotiated for one year", request_id=uuid.uuid4(), rate=3200,
        )  # fmt: skip
        self.stage.insert(
            self.people["Elite 01"], "partnership_requests", id=uuid.uuid4(), kind="webinar",
            message="A webinar on booking systems for hotels, in spring.",
        )  # fmt: skip

    def _council(self) -> None:
        topic = self.stage.studio(
            "council_topics", title="What comes first next year?",
            body="Multilingual shops, or member areas with payments?",
            closes_at=self.stage.day(LAST_DAY + 20),
        )  # fmt: skip
        self.stage.do(
            self.people["Elite 01"], "cast_council_vote", topic_id=topic, vote=1, comment="Member areas first."
        )
        self.stage.studio(
            "curated_posts", topic="market", title="What small hotels ask for", published_at=self.stage.now,
            body="Direct booking, three languages, and a page that loads fast on the phone.",
        )  # fmt: skip
        self.stage.studio(
            "price_book", name="Booking system", amount=480_000, currency="USD", valid_from=self.stage.now.date(),
            description="Up to five resources, two languages, payments on site.",
        )  # fmt: skip

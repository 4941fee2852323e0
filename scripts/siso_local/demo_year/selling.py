"""Leads that move, wins that are claimed and verified, what clients think of the work."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from operator import itemgetter

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.people import People
from siso_local.demo_year.pipeline import LeadPlan
from siso_local.demo_year.stage import LAST_DAY, Stage

WORDS = {
    "call": ("Talked for ten minutes; they know what they want.", "Short call, asked about budget and dates."),
    "email": ("Sent two examples of similar projects.", "Sent the summary of what we agreed."),
    "meeting": ("Met at their office, the owner was there.", "Went through the proposal together."),
}
NEXT = ("Call again", "Send examples", "Ask for the date of the launch", "Go through the proposal together")
COMMENTS = ("Everything as agreed.", "Friendly and quick.", "Good advice from the first talk on.", None)


class Selling:
    def __init__(self, stage: Stage, people: People, calendar: Calendar) -> None:
        self.stage, self.people, self.calendar = stage, people, calendar
        self.leads: dict[int, uuid.UUID] = {}
        self.references: dict[int, str] = {}  # of deals, by the client's number
        self.gone: set[str] = set()  # partners who do nothing any more
        self.on_win: Callable[[LeadPlan], None] = lambda _: None

    def plan(self, lead: LeadPlan) -> None:
        on = self.calendar.on
        on(lead.created, lambda: self._log(lead))
        steps = [(day, 0, partial(self._move, lead, stage)) for day, stage in lead.moves]
        steps += [(day, 1, partial(self._contact, lead, kind)) for day, kind in lead.contacts]
        for day, _, step in sorted(steps, key=itemgetter(0, 1)):
            on(day, step)
        if lead.closes is not None:
            on(lead.closes, lambda: self._win(lead) if lead.outcome == "won" else self._move(lead, "closed_lost"))
        if lead.verified is not None:
            on(lead.verified, lambda: self._verify(lead))

    def _log(self, lead: LeadPlan) -> None:
        if lead.partner in self.gone:
            return
        who = self.people[lead.partner]
        self.leads[lead.number] = uuid.uuid4()
        planned = lead.outcome == "open"
        self.stage.insert(
            who, "leads", id=self.leads[lead.number], company_name=f"Client {lead.number:02}",
            contact_name=f"Contact {lead.number:02}", contact_email=f"client.{lead.number:02}@example.com",
            contact_phone=lead.phone, project_type=lead.project, estimated_value=lead.value,
            currency=lead.currency, source=lead.source,
            next_action=NEXT[lead.number % len(NEXT)] if planned else None,
            next_action_date=self.stage.day(LAST_DAY + 1 + lead.number % 9).date() if planned else None,
        )  # fmt: skip
        if planned and lead.number % 3 == 0:
            due = self.stage.day(LAST_DAY + 1 + lead.number % 7)
            title = f"{NEXT[lead.number % len(NEXT)]}: Client {lead.number:02}"
            self.stage.insert(
                who, "tasks", id=uuid.uuid4(), lead_id=self.leads[lead.number], title=title, due_at=due,
                reminder_at=due - timedelta(hours=2),
            )  # fmt: skip

    def _move(self, lead: LeadPlan, stage: str) -> None:
        if lead.partner not in self.gone and lead.number in self.leads:
            self.stage.do(
                self.people[lead.partner], "move_lead", lead_id=self.leads[lead.number], to_status=stage,
                lost_reason=lead.reason if stage == "closed_lost" else None,
            )  # fmt: skip

    def _contact(self, lead: LeadPlan, kind: str) -> None:
        if lead.partner not in self.gone and lead.number in self.leads:
            self.stage.insert(
                self.people[lead.partner], "lead_activities", id=uuid.uuid4(), lead_id=self.leads[lead.number],
                activity_type=kind, notes=WORDS[kind][lead.number % 2],
            )  # fmt: skip

    def _win(self, lead: LeadPlan) -> None:
        if lead.partner in self.gone or lead.number not in self.leads:
            return
        deal = self.stage.call(
            self.people[lead.partner], "claim_win", lead_id=self.leads[lead.number], value=lead.value,
            currency=lead.currency, request_id=uuid.uuid4(),
        )  # fmt: skip
        self.references[lead.number] = deal["reference"]
        self.on_win(lead)

    def _verify(self, lead: LeadPlan) -> None:
        if lead.number in self.references:
            self.stage.do(
                self.people["support"], "verify_deal", mfa=True, reference=self.references[lead.number],
                contracted_value=lead.value,
            )  # fmt: skip

    def delivered(self, lead: LeadPlan) -> None:
        """The client is asked, and answers through the link."""
        if lead.stars is None:
            return
        deal = self.stage.owner("select id from public.deals where reference = %s", self.references[lead.number])
        token = self.stage.owner("select private.make_feedback_link(%s)", deal)
        self.stage.be_visitor()
        self.stage.send(
            "public", "give_feedback",
            {"token": token, "score": lead.stars, "comment": COMMENTS[lead.number % len(COMMENTS)]},
        )  # fmt: skip

"""Chat, support, events, challenges, material: what people do beside selling."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from functools import partial

from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.material import file_assets
from siso_local.demo_year.people import People
from siso_local.demo_year.pipeline import LeadPlan
from siso_local.demo_year.stage import LAST_DAY, Stage
from siso_local.demo_year.words import WORDS, Challenge, Said, Ticket

SIGNS = ("🎉", "👍", "👏", "💪")
BROWSER = "Mozilla/5.0 (Linux; Android 14) Mobile"


class Community:
    def __init__(self, stage: Stage, people: People, calendar: Calendar) -> None:
        self.stage, self.people, self.calendar = stage, people, calendar
        stage.be_owner()
        rows = stage.all("select name, id from public.chat_channels where type in ('general', 'training')")
        self.channels: dict[str, uuid.UUID] = {row[0]: row[1] for row in rows}
        self.assets: dict[str, uuid.UUID] = {}
        self._wins = 0

    def plan(self) -> None:
        on = self.calendar.on
        for said in (*WORDS.help, *WORDS.chat):
            on(said.day, partial(self._thread, said))
        for said in WORDS.team:
            on(said.day, partial(self._to_team, said))
        for said in WORDS.direct:
            on(said.day, partial(self._direct, said))
        for said in WORDS.news:
            on(said.day, partial(self._announce, said))
        for ticket in WORDS.tickets:
            on(ticket.day, partial(self._ticket, ticket))
        for challenge in WORDS.challenges:
            on(challenge.first, partial(self._challenge, challenge))
        for day in range(40, LAST_DAY, 28):
            on(day, partial(self._office_hours, day))
        on(0, self._put_up)
        for day in range(60, LAST_DAY, 12):
            on(day, partial(self._download, day))
        on(330, self._links)
        for day in range(331, LAST_DAY + 1, 3):
            on(day, partial(self._click, day))
        on(LAST_DAY, self._coming_up)

    # -- chat --------------------------------------------------------------------------------------------------------

    def _say(self, author: str, channel: uuid.UUID, text: str, answer_to: uuid.UUID | None = None) -> uuid.UUID:
        message = uuid.uuid4()
        self.stage.do(
            self.people[author],
            "send_message",
            id=message,
            channel_id=channel,
            message=text,
            parent_message_id=answer_to,
        )
        return message

    def _thread(self, said: Said) -> None:
        first = self._say(said.author, self.channels[said.channel], said.text)
        for answer in said.answers:
            self.stage.go_to(self.stage.now + timedelta(minutes=7))
            self._say(answer.author, self.channels[said.channel], answer.text, first)
        for number, name in enumerate(said.likes):
            self._like(name, first, number)

    def _like(self, name: str, message: uuid.UUID, number: int) -> None:
        self.stage.do(
            self.people[name], "set_reaction", message_id=message, emoji=SIGNS[number % len(SIGNS)], present=True
        )

    def won(self, lead: LeadPlan) -> None:
        """Every third win is told."""
        self._wins += 1
        if self._wins % 3 == 0:
            text = f"Client {lead.number:02} has signed: {lead.project.lower()}."
            told = self._say(lead.partner, self.channels["daily-wins"], text)
            for number, name in enumerate(("Elite 01", "Leader 01", "Performer 01")[: self._wins // 3 % 4]):
                if name != lead.partner and self._is_here(name):
                    self._like(name, told, number)

    def _is_here(self, name: str) -> bool:
        return name in self.people.logins and self.people[name].id is not None

    def _to_team(self, said: Said) -> None:
        """To the team that they lead or belong to."""
        channel = self.stage.owner(
            "select seat.channel_id from public.channel_members as seat join public.chat_channels as channel"
            " on channel.id = seat.channel_id and channel.type = 'team'"
            " where seat.partner_id = %s and seat.left_at is null",
            self.people[said.author].partner_id,
        )
        self._say(said.author, channel, said.text)

    def _direct(self, said: Said) -> None:
        other = self.people[said.to].partner_id
        self._say(said.author, self.stage.call(self.people[said.author], "open_direct", partner_id=other), said.text)

    def _announce(self, said: Said) -> None:
        self.stage.do(
            self.people[said.author], "post_announcement", mfa=True, channel="announcements", message=said.text
        )

    # -- support -----------------------------------------------------------------------------------------------------

    def _ticket(self, ticket: Ticket) -> None:
        number = uuid.uuid4()
        self.stage.do(
            self.people[ticket.author], "open_ticket", id=number, subject=ticket.subject, category=ticket.category,
            description=ticket.text, priority=ticket.priority,
        )  # fmt: skip
        self.stage.go_to(self.stage.now + timedelta(minutes=25))
        self.stage.do(
            self.people["support"], "answer_ticket", mfa=True, ticket_id=number, message=ticket.answer,
            status="resolved" if ticket.solved else "waiting",
        )  # fmt: skip

    # -- events and challenges ---------------------------------------------------------------------------------------

    def _event(self, kind: str, title: str, day: int, hour: int = 3, tier: str | None = None) -> uuid.UUID:
        begins = self.stage.day(day) + timedelta(hours=hour)
        return self.stage.studio(
            "events", kind=kind, title=title, starts_at=begins, ends_at=begins + timedelta(hours=1),
            tier_requirement=tier, host_staff_id=self.people["support"].id, capacity=20,
            location="https://meet.example.com/office-hours",
        )  # fmt: skip

    def _active(self, day: int) -> list[str]:
        names = [f"Active {number:02}" for number in range(1, 11)] + [
            "Performer 01",
            "Performer 02",
            "Leader 01",
            "Elite 01",
        ]
        here = [name for name in names if self._is_here(name)]
        tiers: dict[str, str] = dict(
            self.stage.all("select name, current_tier::text from public.partners where status = 'active'")
        )
        return [name for number, name in enumerate(here) if tiers[name] != "starter" and (number + day // 28) % 3 != 0]

    def _office_hours(self, day: int) -> None:
        event = self._event("office_hours", "Office hours", day, tier="active")
        self.stage.be_owner()
        coming = self._active(day)
        for name in coming:
            self.stage.do(self.people[name], "answer_event", event_id=event, coming=True)
        self.calendar.on(day + 1, partial(self._attended, event, coming))

    def _attended(self, event: uuid.UUID, coming: list[str]) -> None:
        for number, name in enumerate(coming):
            self.stage.do(
                self.people["support"], "mark_attendance", mfa=True, event_id=event,
                partner_id=self.people[name].partner_id, present=number % 5 != 4,
            )  # fmt: skip

    def _coming_up(self) -> None:
        hours = self._event("office_hours", "Office hours: pricing a booking system", LAST_DAY + 3, tier="active")
        webinar = self._event("webinar", "Webinar: from first talk to proposal", LAST_DAY + 9)
        self._event("dinner", "Founder dinner", LAST_DAY + 24, hour=4, tier="elite")
        for name in ("Active 01", "Active 03", "Performer 01", "Leader 01", "Elite 01"):
            self.stage.do(self.people[name], "answer_event", event_id=hours, coming=True)
        for name in ("Starter 04", "Starter 08", "Active 02", "Performer 01"):
            self.stage.do(self.people[name], "answer_event", event_id=webinar, coming=True)

    def _challenge(self, challenge: Challenge) -> None:
        if challenge.prize:
            created = self.stage.call(
                self.people["admin"], "create_challenge", mfa=True, request_id=uuid.uuid4(), title=challenge.title,
                goal=challenge.goal, starts_at=self.stage.now, ends_at=self.stage.day(challenge.last),
                prize_amount=challenge.prize, prize_currency="USD", budget=challenge.budget,
                description="For the first who get there; the prize is paid once the deals have cleared.",
            )  # fmt: skip
            for name in challenge.joined_by:
                self.stage.do(self.people[name], "join_challenge", challenge_id=uuid.UUID(created["id"]))
            return
        made = self.stage.studio(
            "challenges", title=challenge.title, metric=challenge.metric, goal=challenge.goal,
            starts_at=self.stage.now, ends_at=self.stage.day(challenge.last),
        )  # fmt: skip
        for name in challenge.joined_by:
            self.stage.do(self.people[name], "join_challenge", challenge_id=made)

    # -- material and links ------------------------------------------------------------------------------------------

    def _put_up(self) -> None:
        for asset in WORDS.assets:
            self.assets[asset.title] = self.stage.studio(
                "marketing_assets", title=asset.title, category=asset.category, tier_requirement=asset.tier,
                description=asset.description,
            )  # fmt: skip
        file_assets(self.stage, self.assets)
        for template in WORDS.templates:
            self.stage.do(
                self.people["admin"], "save_template", mfa=True, id=uuid.uuid4(), visibility="official",
                **template.model_dump(),
            )  # fmt: skip

    def _download(self, day: int) -> None:
        """Somebody fetches something that is open to everybody."""
        titles = [asset.title for asset in WORDS.assets if asset.tier == "starter"]
        for offset, name in enumerate(("Elite 02", "Leader 02", "Performer 01", "Active 03", "Starter 08")):
            if self._is_here(name) and (day // 12 + offset) % 3 == 0:
                asset = self.assets[titles[(day // 12 + offset) % len(titles)]]
                self.stage.do(self.people[name], "download_asset", asset_id=asset, download_id=uuid.uuid4())

    def _links(self) -> None:
        for name, code, campaign in (
            ("Performer 01", "performer-01-hotels", "Hotels"),
            ("Active 01", "active-01-clubs", "Clubs"),
        ):
            self.stage.insert(
                self.people[name], "referral_links", id=uuid.uuid4(), code=code, destination="services",
                campaign=campaign, source="Referral link",
            )  # fmt: skip

    def _click(self, day: int) -> None:
        self.stage.be_visitor()
        headers = {"user-agent": BROWSER, "x-forwarded-for": f"192.0.2.{day % 250}"}
        self.stage.db.execute("select set_config('request.headers', %s, true)", (json.dumps(headers),))
        for code in ("performer-01-hotels", "active-01-clubs")[: 1 + day % 2]:
            self.stage.send("public", "record_click", {"code": code})
        self.stage.db.execute("select set_config('request.headers', '', true)")

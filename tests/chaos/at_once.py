"""Everything that can happen to one deal, at the same moment: the events, who sends them, and in which order the
database says that they took effect."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.chaos.own_platform import OwnPlatform
from tests.database.harness import Person, acting, by_hand, call, make_partner, make_staff, rows, value
from tests.database.money_model import Model
from tests.database.money_support import LONG_AGO, win
from tests.database.money_terms import Deal, Hold, Partner, Payment
from workers.commissions.app import Settings
from workers.commissions.service import CLIENT_EVENT, Commissions
from workers.core.database import Database, DatabaseRefusalError
from workers.core.jobs import DeadJobError, Job, RetryJobError

WHY = "as the desk saw it"
PATIENCE = 200  # attempts of one event
CASH = "USD"


@dataclass
class Story:
    """A deal of an elite seller with leader and recruiter, and a stranger who claims it for themselves."""

    deal: dict[str, Any]
    persons: dict[Partner, Person]
    finance: Person
    claim: uuid.UUID
    model: Model
    since: int  # the newest event before it began

    @property
    def partners(self) -> dict[uuid.UUID, Partner]:
        return {person.id: partner for partner, person in self.persons.items()}


def begin(db: psycopg.Connection, currency: str = CASH) -> Story:
    model = Model(value(db, "select private.now()"))
    with db.transaction():
        leader, recruiter = Partner("leader", "performer"), Partner("recruiter", "active")
        seller = Partner("seller", "elite", leader=leader, recruiter=recruiter)
        stranger = Partner("stranger", "starter")
        persons: dict[Partner, Person] = {}
        for partner in (leader, recruiter, seller, stranger):
            above = persons[partner.leader] if partner.leader else None
            persons[partner] = make_partner(db, name=partner.name, tier=partner.tier, leader=above)
        own = win(db, persons[leader], currency=currency)
        with by_hand(db):
            db.execute(
                "update public.deals set status = 'verified', verified_at = private.now() where id = %s", (own["id"],)
            )
        model.win(leader, currency, 150_000).status = "verified"
        call(
            db, "record_recruit", "private", recruit=persons[seller].id, recruiter=persons[recruiter].id,
            how="referral_code",
        )  # fmt: skip
        deal = win(db, persons[seller], 400_000, currency)
        model.win(seller, currency, 400_000)
        claim = uuid.uuid4()
        with acting(db, persons[stranger].actor()):
            call(db, "open_claim", id=claim, about="other", subject="Client 17", reason="I brought this client in May.")
        finance = make_staff(db, "finance")
    return Story(deal, persons, finance, claim, model, value(db, "select coalesce(max(id), 0) from ops.events"))


# -- what happens ------------------------------------------------------------------------------------------------------


def client_events(story: Story, chance: random.Random) -> list[dict[str, Any]]:
    """Six payments; refunds, disputes and their ends of some of them. None is told fewer than two times."""
    made: list[dict[str, Any]] = []
    for number in range(6):
        about = {
            "source": "at-once", "deal_reference": story.deal["reference"], "currency": story.deal["currency"],
        }  # fmt: skip
        name, amount = uuid.uuid4().hex, chance.randrange(10_000, 60_000)
        made.append(
            about | {
                "type": "payment.cleared", "source_id": name, "instalment": number + 1, "amount": amount,
                "cleared_at": LONG_AGO.isoformat(),
            }
        )  # fmt: skip
        later = about | {"payment_source_id": name}
        for _ in range(chance.randrange(3)):
            back = chance.randrange(1, amount // 2)
            made.append(
                later | {
                    "type": "payment.refunded", "source_id": uuid.uuid4().hex, "amount": back,
                    "refunded_at": LONG_AGO.isoformat(),
                }
            )  # fmt: skip
        if chance.random() < 0.5:
            dispute = later | {
                "source_id": uuid.uuid4().hex, "amount": chance.randrange(1, amount),
                "happened_at": LONG_AGO.isoformat(),
            }  # fmt: skip
            made.append(dispute | {"type": "payment.disputed"})
            if chance.random() < 0.7:
                made.append(dispute | {"type": chance.choice(("dispute.won", "dispute.lost"))})
    made *= 2
    chance.shuffle(made)
    return made


class Senders:
    """Several copies of the commissions worker's own service, each with connections of its own."""

    def __init__(self, platform: OwnPlatform, copies: int) -> None:
        names = {name.lower(): given for name, given in platform.worker_environment("commissions").items()}
        settings = Settings(**{name: names[name] for name in Settings.model_fields if name in names})  # type: ignore[arg-type]
        self._databases = [Database(settings) for _ in range(copies)]
        self.services = [Commissions(database) for database in self._databases]
        self.trouble = Counter[str]()  # what the job loop would have tried again, by its code

    async def close(self) -> None:
        for database in self._databases:
            await database.close()

    async def deliver(self, number: int, body: dict[str, Any], over: asyncio.Event) -> None:
        """Stores and posts one event as a worker does, until it is done or can never be."""
        service = self.services[number % len(self.services)]
        stored = await self._insist(lambda: service.receive(CLIENT_EVENT.validate_python(body, strict=False)))
        job = Job(
            id=0, topic="commission.accrue", payload={"inbound_event_id": stored["id"]}, attempts=1, lease="",
            request_id=None, time_now="",
        )  # fmt: skip
        for _ in range(PATIENCE):
            last = over.is_set()
            try:
                await self._insist(lambda: service.post(job))
                return
            except DeadJobError as error:
                assert "closed deal" in str(error)
                return
            except RetryJobError:
                if last:
                    return  # its payment was turned away with the deal
                await asyncio.sleep(0.05)
        raise AssertionError(f"never done: {body}")

    async def _insist(self, act: Callable[[], Awaitable[Any]]) -> Any:
        for _ in range(PATIENCE):
            try:
                return await act()
            except DatabaseRefusalError as error:
                if error.code not in ("PT409", "40001", "40P01", "55P03"):
                    raise
                self.trouble[error.code] += 1
                await asyncio.sleep(0.05)
        raise AssertionError("never let in")


def decide(platform: OwnPlatform, story: Story, function: str, **arguments: Any) -> None:
    """Somebody at the desk, on a connection of their own; who comes too late is told so."""
    with platform.connect() as db, db.transaction():
        try:
            with db.transaction(), acting(db, story.finance.actor("aal2")):
                call(db, function, **arguments)
        except psycopg.Error as error:
            assert error.sqlstate == "PT409", error


# -- in which order it took effect -------------------------------------------------------------------------------------

_ORDER = """
select event.id, event.type, event.subject_id, event.after, line.client_payment_id
from ops.events as event
left join public.commissions as line on line.id = event.subject_id and event.subject_kind = 'commission'
where event.id > %(since)s and (
    event.subject_id = %(deal)s
    or event.subject_id in (select id from public.client_payments where deal_id = %(deal)s)
    or event.subject_id in (select id from public.client_disputes where deal_id = %(deal)s)
    or (line.deal_id = %(deal)s and line.amount > 0 and line.refund_id is null and event.before is null)
)
order by event.id
"""


def replay(db: psycopg.Connection, story: Story) -> Deal:
    """Plays to the model what the log says, in its order; numbers are drawn under the lock of the deal."""
    model, [_, deal] = story.model, story.model.deals
    payments: dict[uuid.UUID, Payment] = {}
    holds: dict[uuid.UUID, Hold] = {}
    over: set[uuid.UUID] = set()
    amounts = dict(
        rows(db, "select id, amount from public.client_payments where deal_id = %s", story.deal["id"])
        + rows(db, "select id, amount from public.client_disputes where deal_id = %s", story.deal["id"])
    )
    of_dispute = dict(
        rows(db, "select id, client_payment_id from public.client_disputes where deal_id = %s", story.deal["id"])
    )
    order = db.execute(_ORDER.encode(), {"since": story.since, "deal": story.deal["id"]}).fetchall()
    for _, what, subject, after, paid_by in order:
        if what in ("commission.pending", "commission.held", "commission.disputed") and paid_by not in payments:
            payments[paid_by] = model.pay(deal, amounts[paid_by], LONG_AGO)
        elif what == "client_payment.refund":
            model.give_back(deal, payments[subject], after["reported_amount"], refund=True)
        elif what == "dispute.opened" and subject not in over:
            holds[subject] = Hold(deal.owner, deal, dispute=True)
            model.open_hold(holds[subject])
        elif what in ("dispute.won", "dispute.lost"):
            over.add(subject)  # its beginning may come after it, and is nothing then
            if what == "dispute.lost":
                model.give_back(deal, payments[of_dispute[subject]], amounts[subject], refund=False)
            if subject in holds:
                model.end_hold(holds.pop(subject), upheld=what == "dispute.lost")
        elif what == "deal.verified" and "staff_id" in after:
            deal.status = "verified"
        elif what == "deal.cancelled":
            deal.status = "cancelled"
            model.book(deal)
        elif what == "deal.reassigned":
            given = model.win(story.partners[uuid.UUID(after["partner_id"])], deal.currency, deal.value)
            model.deals.remove(given)
            deal.owner, deal.rate, deal.clearing = given.owner, given.rate, given.clearing
            deal.leader, deal.recruiter = given.leader, given.recruiter
    return deal

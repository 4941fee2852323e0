"""The clients of the storm's partners: they pay by instalments and get some of it back.

Every word is remembered here. What each partner must have at the end is computed from that alone, not from what the
database made of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg

from siso_local.settings import Settings
from tests.chaos.money import ready_partner
from tests.chaos.own_platform import OwnPlatform
from tests.database.harness import Person, acting, by_hand, call, make_lead, rows, value, worker
from tests.database.money_support import post
from tests.workers.support import payment, signed

SENDER = "chaos"
RATE_BP = 2_000  # a starter's
# A payout of 1,000.00 or more would wait for people's approval; one below 50.00 is refused.
LEAST_PAYOUT, MOST_PAYOUT = 5_000, 99_999
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Account:
    """A partner ready to be paid, with one large verified deal whose client pays by instalments."""

    partner: Person
    destination: str  # the account at Stripe
    deal: uuid.UUID
    reference: str


@dataclass
class Payment:
    account: Account
    source_id: str
    amount: int
    posted: bool  # whether its commission is certain to be booked by now
    refunded: int = 0


def open_account(platform: OwnPlatform, db: psycopg.Connection) -> Account:
    partner = ready_partner(platform, db)
    with db.transaction():
        lead = make_lead(db, partner)
        with acting(db, partner.actor()):
            deal = call(db, "claim_win", lead_id=lead, value=10**11, currency="USD", request_id=uuid.uuid4())
        with by_hand(db):
            db.execute(
                "update public.deals set status = 'verified', verified_at = private.now(),"
                " contracted_value = claimed_value where id = %s",
                (deal["id"],),
            )
    destination = value(db, "select stripe_account_id from public.payout_accounts where partner_id = %s", partner.id)
    return Account(partner, destination, uuid.UUID(deal["id"]), deal["reference"])


def ask(db: psycopg.Connection, account: Account) -> str | None:
    """Asks for a payout where the balance allows one that nobody has to approve; its id."""
    if not LEAST_PAYOUT <= value(db, "select private.payable_balance(%s, 'USD')", account.partner.id) <= MOST_PAYOUT:
        return None
    with acting(db, account.partner.actor("aal2")):
        payout: dict[str, Any] = call(db, "request_payout", currency="USD", request_id=uuid.uuid4())
    return str(payout["id"])


class Clients:
    def __init__(self, settings: Settings, seed: int) -> None:
        self._settings = settings
        self._random = random.Random(seed)
        self._http = httpx.AsyncClient(base_url=settings.api_url, timeout=20)
        self.payments: list[Payment] = []
        self.refunds = 0
        self.told = set[tuple[str, str]]()  # (source, source id) of everything that the database must have stored
        self.problems: list[str] = []

    async def close(self) -> None:
        await self._http.aclose()

    # -- by the database's functions, as the worker calls them -------------------------------------------------------

    def earn_and_ask(self, db: psycopg.Connection, account: Account, amount: int) -> str | None:
        """The client pays, the commission is posted and cleared, the partner asks for a payout: one transaction.

        The payout, where there was enough to ask for. Gives way to the worker where it is at the same deal.
        """
        source_id = uuid.uuid4().hex
        for attempt in range(50):
            try:
                with db.transaction():
                    payout = self._earn_and_ask(db, account, amount, source_id)
                break
            except psycopg.Error as error:
                if error.sqlstate not in ("PT409", "40001", "40P01") or attempt == 49:
                    raise
        self.payments.append(Payment(account, source_id, amount, posted=True))
        self.told.add((f"client-payments:{SENDER}", source_id))
        return payout

    def _earn_and_ask(self, db: psycopg.Connection, account: Account, amount: int, source_id: str) -> str | None:
        with acting(db, worker("commissions")):
            stored = call(
                db,
                "receive_client_payment",
                "worker",
                source=SENDER,
                source_id=source_id,
                deal_reference=account.reference,
                instalment=1,
                amount=amount,
                currency="USD",
                cleared_at=datetime.now(UTC) - timedelta(days=31),
            )
            post(db, stored["id"])
        db.execute(
            "select private.clear_lines(private.due_lines(1000, array(select line.id from public.commissions as line"
            " where line.deal_id = %s and line.status = 'pending' and line.amount > 0)))",
            (account.deal,),
        )
        return ask(db, account)

    # -- by webhook, as SISO's systems send it -----------------------------------------------------------------------

    async def pay(self, account: Account, amount: int, *, refund: int = 0) -> None:
        """A payment, sometimes told twice. ``refund``: so much of it is given back, which is told before the payment
        itself is."""
        body = payment(
            account.reference,
            source=SENDER,
            amount=amount,
            cleared_at=(datetime.now(UTC) - timedelta(days=31)).isoformat(),
        )
        made = Payment(account, body["source_id"], amount, posted=False)
        self.payments.append(made)
        if refund:
            await self.refund(made, refund)
        await self._tell("client-payments", body)

    async def refund(self, paid: Payment, amount: int) -> None:
        paid.refunded += amount
        assert paid.refunded <= paid.amount
        self.refunds += 1
        body = {
            "type": "payment.refunded",
            "source": SENDER,
            "source_id": uuid.uuid4().hex,
            "payment_source_id": paid.source_id,
            "deal_reference": paid.account.reference,
            "amount": amount,
            "currency": "USD",
            "refunded_at": datetime.now(UTC).isoformat(),
        }
        await self._tell("client-refunds", body)

    async def any_refund(self, among: int) -> bool:
        """Gives back one of the newest ``among`` payments, in part or in full; whether there was one to give back.

        At most a quarter of what each client has paid: more would, rightly, put a hold on the partner's money.
        """
        paid, back = defaultdict[uuid.UUID, int](int), defaultdict[uuid.UUID, int](int)
        for known in self.payments:
            paid[known.account.deal] += known.amount if known.posted else 0
            back[known.account.deal] += known.refunded
        open_ones = [known for known in self.payments[-among:] if known.refunded < known.amount]
        self._random.shuffle(open_ones)
        for known in open_ones:
            left = known.amount - known.refunded
            room = min(left, paid[known.account.deal] // 4 - back[known.account.deal])
            if room > 0:
                full = room == left and self._random.random() < 0.5
                await self.refund(known, room if full else self._random.randrange(1, room + 1))
                return True
        return False

    async def _tell(self, kind: str, body: dict[str, Any]) -> None:
        """Sends until somebody has stored it; one in three is sent once more."""
        self.told.add((f"{kind}:{SENDER}", body["source_id"]))
        text = json.dumps(body)
        times, deadline = self._random.choice((1, 1, 2)), asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while times:
            answer = None
            with contextlib.suppress(httpx.HTTPError):
                answer = await self._http.post(
                    "/workers/commissions/hooks/client-payments",
                    content=text,
                    headers=signed(self._settings.client_payments_secret, text),
                )
            if answer is not None and answer.is_success:
                times -= 1
            elif answer is not None and answer.status_code < 500 and answer.status_code != 409:
                self.problems.append(f"a client's event was refused: {answer.text}")
                return
            elif asyncio.get_running_loop().time() > deadline:
                self.problems.append("nobody took a client's event")
                return
            else:
                await asyncio.sleep(0.2)

    # -- what must come of it ----------------------------------------------------------------------------------------

    def entitled(self) -> dict[str, int]:
        """What each partner has earned (minor units): the rate of all that the clients paid and did not get back,
        rounded once, half away from zero."""
        cash = defaultdict[str, int](int)
        for paid in self.payments:
            cash[str(paid.account.partner.id)] += paid.amount - paid.refunded
        return {partner: (net * RATE_BP * 2 + 10_000) // 20_000 for partner, net in cash.items()}

    def unposted(self, db: psycopg.Connection) -> int:
        """How many told events are not worked off yet."""
        known = rows(
            db,
            "select source, source_id from ops.inbound_events"
            " where source like 'client-%%' and processed_at is not null and source_id = any (%s)",
            [source_id for _, source_id in self.told],
        )
        return len(self.told - set(known))

"""Everything that must be so at the end of a storm: what Stripe, the ledger and the clients say, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.chaos.clients import Clients
from tests.chaos.own_platform import OwnPlatform
from tests.database.harness import rows, value


@dataclass(frozen=True)
class Payout:
    id: str
    partner: str
    status: str
    amount: int  # minor units, less the fee
    transfer: str | None
    failure: str | None = None

    @property
    def called_off(self) -> bool:
        """Before Stripe was asked, because the client got money back: as if it had never been."""
        return (self.status, self.failure) == ("cancelled", "money_taken_back")


@dataclass(frozen=True)
class Transfer:
    id: str
    payout: str | None  # as its metadata has it
    destination: str
    amount: int


@dataclass(frozen=True)
class Books:
    payouts: tuple[Payout, ...]
    transfers: tuple[Transfer, ...]
    destinations: dict[str, str]  # partner → account at Stripe
    entitled: dict[str, int]  # partner → what they have earned, by what the clients were told to have paid
    owed: dict[str, int]  # partner → what the ledger still owes them; negative where they owe us
    stripe_cash: int  # what left our account at Stripe, by the ledger
    # How often each payout came to its end, and how often its sending was booked.
    paid_events: dict[str, int] = field(default_factory=dict)
    sent_journals: dict[str, int] = field(default_factory=dict)
    # Events of Stripe: how many were delivered and stored, and how many jobs they became.
    delivered: int = 0
    stored: int = 0
    event_jobs: int = 0
    unprocessed: int = 0
    unknown_words: int = 0  # told by clients, but not stored or not worked off
    open_jobs: int = 0
    totals: dict[str, Any] = field(default_factory=dict)  # of the double; empty when its money is conserved
    invariants: dict[str, list[Any]] = field(default_factory=dict)


def differences(books: Books) -> Iterator[str]:
    """Whatever is not as it must be; nothing when all is well."""
    of_payout = Counter(transfer.payout for transfer in books.transfers)
    known = {transfer.id: transfer for transfer in books.transfers}
    for payout in books.payouts:
        transfer = known.get(payout.transfer or "")
        if payout.called_off:
            counts = (of_payout, books.paid_events, books.sent_journals)
            if any(counted.get(payout.id, 0) for counted in counts):
                yield f"payout {payout.id} was called off and sent"
            continue
        if payout.status != "paid":
            yield f"payout {payout.id} is {payout.status}"
        if of_payout[payout.id] != 1:
            yield f"payout {payout.id} has {of_payout[payout.id]} transfers"
        elif transfer is None or transfer.payout != payout.id:
            yield f"payout {payout.id} names another transfer than Stripe"
        elif transfer.amount != payout.amount:
            yield f"payout {payout.id} of {payout.amount} was sent as {transfer.amount}"
        elif transfer.destination != books.destinations[payout.partner]:
            yield f"payout {payout.id} went to somebody else"
        for what, counted in (("paid", books.paid_events), ("booked", books.sent_journals)):
            if counted.get(payout.id, 0) != 1:
                yield f"payout {payout.id} was {what} {counted.get(payout.id, 0)} times"
    ours = {payout.id for payout in books.payouts}
    for transfer in books.transfers:
        if transfer.payout not in ours:
            yield f"transfer {transfer.id} was asked for by no payout"
    received = Counter[str]()
    for transfer in books.transfers:
        received[transfer.destination] += transfer.amount
    for partner, entitled in books.entitled.items():
        got, owed = received[books.destinations[partner]], books.owed.get(partner, 0)
        if got + owed != entitled:
            yield f"partner {partner} earned {entitled}, was sent {got} and is owed {owed}"
    if books.stripe_cash != received.total():
        yield f"the ledger says that {books.stripe_cash} left Stripe, Stripe says {received.total()}"
    if not books.delivered == books.stored == books.event_jobs:
        yield f"{books.delivered} events were delivered, {books.stored} stored, {books.event_jobs} made jobs"
    for count, what in (
        (books.unprocessed, "stored events were not worked off"),
        (books.unknown_words, "words of clients were lost"),
        (books.open_jobs, "jobs are still open"),
    ):
        if count:
            yield f"{count} {what}"
    if books.totals:
        yield f"the double's money is not conserved: {books.totals}"
    for view, found in books.invariants.items():
        yield f"private.{view}: {found}"


# -- reading them ------------------------------------------------------------------------------------------------------

_OWED = """
select partner_id::text, -sum(balance)::bigint from ledger.accounts where partner_id is not null group by 1
"""
_CASH = "select coalesce(-sum(balance), 0)::bigint from ledger.accounts where kind = 'stripe_cash'"


def read(platform: OwnPlatform, db: psycopg.Connection, clients: Clients, workers: tuple[str, ...]) -> Books:
    state: Any = platform.double("state")
    deliveries: Any = platform.double("deliveries")
    return Books(
        payouts=tuple(
            Payout(*row)
            for row in rows(
                db,
                "select id::text, partner_id::text, status::text, amount - fee, stripe_transfer_id, failure_code"
                " from public.payouts",
            )
        ),
        transfers=tuple(
            Transfer(made["id"], made["metadata"].get("payout_id"), made["destination"], made["amount"])
            for made in state["objects"]["transfer"]
        ),
        destinations=dict(rows(db, "select partner_id::text, stripe_account_id from public.payout_accounts")),
        entitled=clients.entitled(),
        owed=dict(rows(db, _OWED)),
        stripe_cash=value(db, _CASH),
        paid_events=dict(
            rows(db, "select subject_id::text, count(*) from ops.events where type = 'payout.paid' group by 1")
        ),
        sent_journals=dict(
            rows(db, "select source_id::text, count(*) from ledger.journals where kind = 'payout_sent' group by 1")
        ),
        delivered=deliveries["delivered"],
        stored=value(db, "select count(*) from ops.inbound_events where source = 'stripe:platform'"),
        event_jobs=value(db, "select count(*) from ops.outbox where topic = 'stripe.event'"),
        unprocessed=value(db, "select count(*) from ops.inbound_events where processed_at is null"),
        unknown_words=clients.unposted(db),
        open_jobs=open_jobs(db, workers),
        totals={} if state["totals"]["conserved"] else state["totals"],
        invariants=broken_invariants(db),
    )


def broken_invariants(db: psycopg.Connection) -> dict[str, list[Any]]:
    """Rows of every ``private.check_*`` view that has any."""
    views = rows(
        db, "select viewname from pg_views where schemaname = 'private' and viewname like 'check\\_%' order by 1"
    )
    found = {view: rows(db, f"select to_jsonb(c) from private.{view} as c limit 3") for (view,) in views}  # noqa: S608
    return {view: [row for (row,) in bad] for view, bad in found.items() if bad}


def in_state(db: psycopg.Connection, *states: str) -> int:
    """How many payouts are in one of these states."""
    return int(value(db, "select count(*) from public.payouts where status::text = any (%s)", list(states)))


def unpaid(db: psycopg.Connection) -> int:
    return int(value(db, "select count(*) from public.payouts where status not in ('paid', 'cancelled')"))


def unsent(db: psycopg.Connection) -> int:
    return int(value(db, "select count(*) from public.payouts where status not in ('sent', 'paid', 'cancelled')"))


def open_jobs(db: psycopg.Connection, workers: tuple[str, ...]) -> int:
    """Jobs of these workers that are neither done nor dead."""
    query = (
        "select count(*) from ops.outbox join ops.topics using (topic)"
        " where worker = any (%s) and done_at is null and dead_at is null"
    )
    return int(value(db, query, list(workers)))

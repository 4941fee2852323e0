"""What tests of money share: won deals, client events posted as the worker posts them, balances, and all invariants."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.database.harness import Person, acting, by_hand, call, make_lead, make_partner, rows, value, worker
from workers.commissions.service import Inputs, postings_of

LONG_AGO = datetime(2026, 1, 15, 12, tzinfo=UTC)


def win(db: psycopg.Connection, partner: Person, amount: int = 150_000, currency: str = "USD") -> dict[str, Any]:
    """A deal that the partner claims."""
    lead = make_lead(db, partner, f"Client {uuid.uuid4().hex}")
    with acting(db, partner.actor()):
        deal: dict[str, Any] = call(
            db, "claim_win", lead_id=lead, value=amount, currency=currency, request_id=uuid.uuid4()
        )
    return deal


def balances(db: psycopg.Connection, partner: Person, currency: str = "USD") -> tuple[int, int, int]:
    """What the partner's accounts say: pending, payable, and what they owe."""
    found: dict[str, int] = dict(
        db.execute(
            "select kind::text, balance from ledger.accounts where partner_id = %s and currency = %s",
            (partner.id, currency),
        ).fetchall()
    )
    return (
        -found.get("partner_pending", 0),
        -found.get("partner_payable", 0),
        found.get("partner_receivable", 0),
    )


def lines_of(db: psycopg.Connection, deal: dict[str, Any], partner: Person | None = None) -> list[tuple[str, str, int]]:
    """(type, status, amount) of the deal's money lines, the oldest first."""
    return [
        (str(kind), str(status), int(amount))
        for kind, status, amount in rows(
            db,
            "select commission_type, status, amount from public.commissions where deal_id = %s and not estimate"
            " and (%s::uuid is null or partner_id = %s)"
            " order by booking nulls first, created_at, commission_type, amount desc",
            deal["id"], partner.id if partner else None, partner.id if partner else None,
        )
    ]  # fmt: skip


def shift_clock(db: psycopg.Connection, days: int) -> None:
    """Moves the platform's clock; ``db`` must be a connection of the local platform's owner."""
    db.execute("delete from private.clock")
    db.execute("insert into private.clock (shift) values (%s)", (timedelta(days=days),))


def broken_invariants(db: psycopg.Connection) -> dict[str, list[Any]]:
    """Rows of every ``private.check_*`` view; empty when all is well. Dead jobs, stuck payouts and papers
    that wait for their worker are not a matter of the books, and other tests make some."""
    views = rows(
        db,
        "select viewname from pg_views where schemaname = 'private' and viewname like 'check\\_%%'"
        " and viewname <> all (%s) order by 1",
        ["check_dead_jobs", "check_stuck_payouts", "check_overdue_papers", "check_overdue_tickets"],
    )
    found = {view: rows(db, f"select to_jsonb(c) from private.{view} as c limit 3") for (view,) in views}  # noqa: S608
    return {view: bad for view, bad in found.items() if bad}


def hold_of(db: psycopg.Connection, partner: Person, reason: str) -> uuid.UUID:
    hold: uuid.UUID = value(
        db,
        "select id from public.risk_holds where partner_id = %s and reason_code = %s and decided_at is null",
        partner.id, reason,
    )  # fmt: skip
    return hold


def paid(db: psycopg.Connection, deal: dict[str, Any], amount: int, **changes: Any) -> dict[str, Any]:
    """The client pays: stored and posted as the worker does it. Returns what was stored."""
    event = {"source": "test", "source_id": uuid.uuid4().hex, "instalment": 1, "currency": deal["currency"]}
    event |= {"cleared_at": LONG_AGO} | changes
    return told(db, "payment", deal_reference=deal["reference"], amount=amount, **event) | event


def post(db: psycopg.Connection, event_id: str) -> dict[str, Any]:
    """What the worker does with one stored event, by its own rules."""
    inputs = Inputs.model_validate(call(db, "commission_inputs", "worker", inbound_event_id=uuid.UUID(event_id)))
    lines = [] if inputs.done else [asdict(line) for line in postings_of(inputs)]
    posted: dict[str, Any] = call(
        db, "post_commissions", "worker", inbound_event_id=uuid.UUID(event_id), lines=Jsonb(lines), state=inputs.state
    )
    return posted


def told(db: psycopg.Connection, function: str, *, posting: bool = True, **fields: Any) -> dict[str, Any]:
    """A sender tells of something, and the worker posts it. Returns what was stored and what was posted."""
    with acting(db, worker("commissions")):
        stored: dict[str, Any] = call(db, f"receive_client_{function}", "worker", **fields)
        posted = post(db, stored["id"]) if posting else {}
    return stored | posted


def refunded(
    db: psycopg.Connection, deal: dict[str, Any], payment: dict[str, Any], amount: int, **changes: Any
) -> dict[str, Any]:
    fields = {
        "source": payment["source"], "source_id": uuid.uuid4().hex, "payment_source_id": payment["source_id"],
        "deal_reference": deal["reference"], "amount": amount, "currency": deal["currency"], "refunded_at": LONG_AGO,
    }  # fmt: skip
    return told(db, "refund", **fields | changes)


def disputed(
    db: psycopg.Connection, deal: dict[str, Any], payment: dict[str, Any], what: str, name: str, amount: int
) -> dict[str, Any]:
    """``what`` is payment.disputed, dispute.won or dispute.lost; ``name`` names the dispute."""
    return told(
        db, "dispute", event_type=what, source=payment["source"], source_id=name,
        payment_source_id=payment["source_id"], deal_reference=deal["reference"], amount=amount,
        currency=deal["currency"], happened_at=LONG_AGO,
    )  # fmt: skip


def clear(db: psycopg.Connection) -> None:
    """Every clearing period that is over."""
    with acting(db, worker("commissions")):
        call(db, "clear_commissions", "worker", max_lines=1000)


def leader_of_tier(db: psycopg.Connection, tier: str) -> Person:
    """Somebody who leads a team and has sold lately, as whoever earns from it has to."""
    leader = make_partner(db, tier=tier)
    own = win(db, leader)
    with by_hand(db):
        db.execute("update deals set status = 'verified', verified_at = private.now() where id = %s", (own["id"],))
    return leader


def team(db: psycopg.Connection) -> tuple[Person, Person, Person]:
    """An elite seller, their leader and their recruiter, all of them earning from the seller's next win."""
    leader, recruiter = leader_of_tier(db, "performer"), make_partner(db, tier="active")
    seller = make_partner(db, tier="elite", leader=leader)
    assert call(db, "record_recruit", schema="private", recruit=seller.id, recruiter=recruiter.id, how="referral_code")
    return seller, leader, recruiter

"""A small history of partners in 2020, long before anybody else's rows, so that a figure counts what the test wrote and
nothing more. Every figure is asked for a moment of that time."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from tests.database.harness import OWN_ISSUER, Person, make_lead, make_login, value

Db = psycopg.Connection[tuple[Any, ...]]


class Figure(NamedTuple):
    """One part of a figure, numbers as floats."""

    numerator: float | None
    denominator: float | None
    value: float | None
    left_out: int


def _number(found: Any) -> float | None:
    return None if found is None else float(found)


def figure(db: Db, view: str, at: str) -> dict[str, Figure]:
    """Part → figure of ``private.<view>`` at that moment."""
    db.execute("select set_config('siso.figures_at', %s, true)", (at,))
    query = sql.SQL("select part, numerator, denominator, value, left_out from {}").format(
        sql.Identifier("private", view)
    )
    found = {
        part: Figure(_number(numerator), _number(denominator), _number(share), left_out)
        for part, numerator, denominator, share, left_out in db.execute(query).fetchall()
    }
    db.execute("select set_config('siso.figures_at', '', true)")
    return found


def window(db: Db, view: str, at: str) -> tuple[str, str]:
    """The window of the figure's first part, in UTC."""
    db.execute("select set_config('siso.figures_at', %s, true)", (at,))
    query = sql.SQL(
        "select to_char(window_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),"
        " to_char(window_to at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from {}"
        " order by part in ('all', 'USD') desc limit 1"
    ).format(sql.Identifier("private", view))
    row = db.execute(query).fetchone()
    db.execute("select set_config('siso.figures_at', '', true)")
    assert row is not None
    return row[0], row[1]


def partner(
    db: Db,
    joined: str,
    *,
    status: str = "active",
    left: str | None = None,
    tier: str = "starter",
    timezone: str = "UTC",
    issuer: str = OWN_ISSUER,
) -> Person:
    """Approved at that moment. ``left``: when the status became what it is. With another ``issuer`` the log-in is a
    third party's, whose subject is no UUID, and there is no user of our own Auth."""
    own = issuer == OWN_ISSUER
    login = make_login(db) if own else None
    email = login.email if login else f"person.{uuid.uuid4().hex}@example.com"
    subject = login.subject if login else f"oidc|{uuid.uuid4().hex}"
    made = value(
        db,
        "insert into public.partners (user_id, name, email, status, current_tier, timezone, created_at,"
        " status_changed_at) values (%s, 'Partner', %s, %s, %s, %s, %s, %s) returning id",
        login.id if login else None, email, status, tier, timezone, joined, left,
    )  # fmt: skip
    db.execute(
        "insert into public.partner_tier_history (partner_id, tier, valid_from, reason) values (%s, %s, %s, 'test')",
        (made, tier, joined),
    )
    db.execute(
        "insert into private.auth_identities (issuer, subject, partner_id) values (%s, %s, %s)", (issuer, subject, made)
    )
    return Person(made, subject, email)


def act(db: Db, who: Person, *moments: str) -> None:
    """Something meaningful at each of the moments: a task done."""
    for at in moments:
        db.execute("insert into public.tasks (partner_id, title, done_at) values (%s, 'Call', %s)", (who.id, at))


def deal(
    db: Db,
    who: Person,
    won: str,
    cents: int,
    *,
    currency: str = "USD",
    status: str = "verified",
    contracted: int | None = None,
    lead: uuid.UUID | None = None,
) -> uuid.UUID:
    lead = lead or make_lead(db, who, f"Client {uuid.uuid4().hex}")
    made: uuid.UUID = value(
        db,
        "insert into public.deals (lead_id, partner_id, request_id, status, claimed_value, contracted_value, currency,"
        " plan_id, tier_at_win, rate_bp, clearing_days, won_at, verified_at)"
        " select %s, %s, gen_random_uuid(), %s::public.deal_status, %s, %s, %s, id, 'starter', 2000, 30, %s, %s"
        " from public.commission_plans where version = 1 returning id",
        lead, who.id, status, cents, contracted, currency, won, won,
    )  # fmt: skip
    return made


def pay(db: Db, deal_id: uuid.UUID, cents: int, cleared: str, currency: str = "USD") -> uuid.UUID:
    """A client payment without what posting makes of it."""
    made: uuid.UUID = value(
        db,
        "with event as (insert into ops.inbound_events (source, source_id, payload)"
        " values ('client-payments:test', gen_random_uuid()::text, '{}') returning id)"
        " insert into public.client_payments"
        " (inbound_event_id, deal_id, source, source_id, instalment, amount, currency, cleared_at)"
        " select id, %s, 'test', gen_random_uuid()::text, 1, %s, %s, %s from event returning id",
        deal_id, cents, currency, cleared,
    )  # fmt: skip
    return made


def refund(db: Db, payment: uuid.UUID, cents: int, at: str, kind: str = "refund") -> None:
    """What went back of a payment, without what posting makes of it."""
    db.execute(
        "with event as (insert into ops.inbound_events (source, source_id, payload)"
        " values ('client-payments:test', gen_random_uuid()::text, '{}') returning id)"
        " insert into public.client_refunds (inbound_event_id, client_payment_id, deal_id, kind, source, source_id,"
        " reported_amount, amount, currency, refunded_at)"
        " select event.id, payment.id, payment.deal_id, %s, 'test', gen_random_uuid()::text, %s, %s, payment.currency,"
        " %s from event, public.client_payments as payment where payment.id = %s",
        (kind, cents, cents, at, payment),
    )


def use(
    db: Db,
    who: Person,
    at: str,
    kind: str = "opened",
    *,
    feature: str | None = None,
    device: str = "phone",
    display: str = "browser",
    seconds: int | None = None,
) -> None:
    """An event of use as the app would have sent it at once."""
    db.execute(
        "insert into public.usage_events"
        " (id, partner_id, kind, feature, device, display, seconds, occurred_at, recorded_at)"
        " values (gen_random_uuid(), %s, %s, %s, %s, %s, %s, %s, %s)",
        (who.id, kind, feature, device, display, seconds, at, at),
    )


def tier(db: Db, who: Person, wanted: str, at: str, kind: str = "promotion") -> None:
    """The partner changes tier at that moment."""
    db.execute("select set_config('siso.writer', 'set_tier', true)")
    db.execute(
        "update public.partner_tier_history set valid_to = %s where partner_id = %s and valid_to is null", (at, who.id)
    )
    db.execute(
        "insert into public.partner_tier_history (partner_id, tier, valid_from, reason, kind)"
        " values (%s, %s, %s, 'test', %s)",
        (who.id, wanted, at, kind),
    )
    db.execute("update public.partners set current_tier = %s::public.partner_tier where id = %s", (wanted, who.id))
    db.execute("select set_config('siso.writer', '', true)")

"""Deals and time for the tests of tiers, plans and teams."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.database.harness import Person, by_hand, call, make_lead, value

Db = psycopg.Connection[tuple[Any, ...]]


def win(db: Db, partner: Person, *, status: str = "verified", days_ago: int = 0) -> uuid.UUID:
    """A deal of the partner's as claim and verification leave it, without commission lines."""
    lead = make_lead(db, partner)
    with by_hand(db):
        db.execute("update public.leads set status = 'closed_won' where id = %s", (lead,))
    deal: uuid.UUID = value(
        db,
        "insert into public.deals (lead_id, partner_id, request_id, status, claimed_value, currency, plan_id,"
        " tier_at_win, rate_bp, clearing_days, won_at, verified_at)"
        " select %s, id, gen_random_uuid(), %s::public.deal_status, 100000, 'USD', private.current_plan(),"
        " current_tier, 2000, 30,"
        " private.now() - make_interval(days => %s), case when %s = 'verified' then private.now() end"
        " from public.partners where id = %s returning id",
        lead, status, days_ago, status, partner.id,
    )  # fmt: skip
    return deal


def wins(db: Db, partner: Person, count: int, days_ago: int = 0) -> list[uuid.UUID]:
    return [win(db, partner, days_ago=days_ago) for _ in range(count)]


def claim(db: Db, partner: Person, cents: int = 100000) -> dict[str, Any]:
    """A win as the app claims it; the caller acts as the partner."""
    lead = value(db, "insert into public.leads (company_name) values ('Client') returning id")
    result: dict[str, Any] = call(db, "claim_win", lead_id=lead, value=cents, currency="USD", request_id=uuid.uuid4())
    return result


def excuse(db: Db, partner: Person, tier: str, kind: str, staff: Person) -> None:
    with by_hand(db):
        db.execute(
            "insert into public.requirement_waivers (partner_id, tier, kind, reason, granted_by)"
            " values (%s, %s, %s, 'test', %s)",
            (partner.id, tier, kind, staff.id),
        )


def age_tier(db: Db, partner: Person, days: int) -> None:
    """As if the partner had entered their tier that many days earlier."""
    db.execute("select set_config('siso.writer', 'set_tier', true)")
    db.execute(
        "update public.partner_tier_history set valid_from = valid_from - make_interval(days => %s)"
        " where partner_id = %s and valid_to is null",
        (days, partner.id),
    )
    db.execute("select set_config('siso.writer', '', true)")


def tier_of(db: Db, partner: Person) -> str:
    tier: str = value(db, "select current_tier::text from public.partners where id = %s", partner.id)
    return tier


def notes(db: Db, partner: Person, kind: str) -> list[str]:
    rows = db.execute(
        "select title from public.notifications where partner_id = %s and type::text = %s order by created_at, id",
        (partner.id, kind),
    ).fetchall()
    return [title for (title,) in rows]

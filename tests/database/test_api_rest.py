"""The chart of one's own earnings, and what a leader sees of their team's work."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.database.harness import Person, acting, call, expect_refusal, make_partner, value
from tests.database.people_support import win, wins

Db = psycopg.Connection[tuple[Any, ...]]


def paid_line(
    db: Db, earner: Person, deal: Any, cents: int, at: str, *, kind: str = "base", status: str = "payable"
) -> None:
    """A commission line as posting leaves it, written at a moment."""
    db.execute(
        "with event as ("
        "  insert into ops.inbound_events (source, source_id, payload)"
        "  values ('client-payments:test', gen_random_uuid()::text, '{}') returning id"
        "), payment as ("
        "  insert into public.client_payments"
        "  (inbound_event_id, deal_id, source, source_id, instalment, amount, currency, cleared_at)"
        "  select id, %(deal)s, 'test', gen_random_uuid()::text, 1, 1000, 'USD', %(at)s from event returning id"
        ")"
        " insert into public.commissions (partner_id, lead_id, deal_id, client_payment_id, commission_type, status,"
        " amount, currency, plan_id, tier, rate_bp, base_amount, clears_at, created_at, reverses_type, corrects_id)"
        " select %(earner)s, deal.lead_id, deal.id, payment.id, %(kind)s::commission_type, %(status)s, %(cents)s,"
        " 'USD',"
        " deal.plan_id, deal.tier_at_win, 2000, 1000, %(at)s, %(at)s,"
        " case when %(kind)s::text = 'reversal' then 'base'::commission_type end,"
        " case when %(kind)s::text = 'reversal'"
        " then (select id from commissions where deal_id = %(deal)s and not estimate) end"
        " from public.deals as deal, payment where deal.id = %(deal)s",
        {"deal": deal, "earner": earner.id, "cents": cents, "at": at, "kind": kind, "status": status},
    )


def chart(db: Db, partner: Person, months: int = 12) -> list[dict[str, Any]]:
    with acting(db, partner.actor()):
        found: list[dict[str, Any]] = call(db, "earnings_chart", months=months)
    return found


def this_month(db: Db, zone: str, offset: str) -> str:
    """The beginning of the month in a zone, moved by an interval."""
    moved = value(db, "select (date_trunc('month', private.now(), %s) + %s::interval)::text", zone, offset)
    return str(moved)


def test_months_are_those_of_the_partner(db: Db) -> None:
    partner, other = make_partner(db), make_partner(db)
    zone = "Pacific/Auckland"
    db.execute("update public.partners set timezone = %s where id = %s", (zone, partner.id))
    deal = win(db, partner)
    paid_line(db, partner, deal, 700, this_month(db, zone, "1 minute"))
    paid_line(db, partner, deal, 40, this_month(db, zone, "-1 minute"))
    paid_line(db, partner, deal, 5, this_month(db, zone, "-2 months -1 minute"))
    paid_line(db, other, win(db, other), 9_999, this_month(db, zone, "1 minute"))
    db.execute(
        "insert into public.payouts (partner_id, request_id, currency, amount, status, paid_at)"
        " values (%s, gen_random_uuid(), 'USD', 60, 'paid', %s)",
        (partner.id, this_month(db, zone, "1 minute")),
    )
    shown = chart(db, partner, 3)
    assert [(row["earned"], row["paid"]) for row in shown] == [(0, 0), (40, 0), (700, 60)]
    assert shown == sorted(shown, key=lambda row: str(row["month"]))
    assert {row["currency"] for row in shown} == {"USD"}
    assert sum(row["earned"] for row in chart(db, partner, 4)) == 745


def test_estimates_are_no_earnings_and_reversals_are_taken_off(db: Db) -> None:
    partner = make_partner(db)
    with acting(db, partner.actor()):
        lead = value(db, "insert into public.leads (company_name) values ('Client') returning id")
        deal = call(
            db, "claim_win", lead_id=lead, value=100_000, currency="USD",
            request_id=value(db, "select gen_random_uuid()"),
        )  # fmt: skip
    assert chart(db, partner) == [] or all(row["earned"] == 0 for row in chart(db, partner))
    now = this_month(db, "UTC", "1 minute")
    paid_line(db, partner, deal["id"], 500, now)
    paid_line(db, partner, deal["id"], -200, now, kind="reversal")
    assert chart(db, partner)[-1]["earned"] == 300


def test_a_suspended_partner_still_reads_their_chart(db: Db) -> None:
    partner = make_partner(db)
    paid_line(db, partner, win(db, partner), 500, this_month(db, "UTC", "1 minute"))
    call(db, "set_status", schema="private", owner=partner.id, wanted="suspended", why="test")
    assert chart(db, partner, 1)[0]["earned"] == 500


def test_a_chart_has_bounds(db: Db) -> None:
    partner = make_partner(db)
    for months in (0, 37, None):
        with acting(db, partner.actor()), expect_refusal(db, "22023", "range"):
            call(db, "earnings_chart", months=months)


def performance(db: Db, leader: Person) -> dict[str, Any]:
    with acting(db, leader.actor()):
        found: dict[str, Any] = call(db, "team_performance")
    return found


def test_a_leader_sees_direct_members_and_what_they_bring(db: Db) -> None:
    leader = make_partner(db, tier="performer")
    member = make_partner(db, tier="performer", leader=leader, name="Member 01")
    make_partner(db, leader=member, name="Member 02")  # not direct
    before = wins(db, member, 1, days_ago=5)  # won before joining: not the team's
    deal = win(db, member)
    win(db, member, status="claimed")
    now = this_month(db, "UTC", "1 minute")
    paid_line(db, leader, deal, 250, now, kind="team_override")
    paid_line(db, leader, before[0], 999, now, kind="base")
    paid_line(db, member, deal, 12_345, now)
    shown = performance(db, leader)
    [row] = shown["members"]
    assert row["name"] == "Member 01"
    assert (row["qualified_deals"], row["provisional_deals"], row["own_override"]) == (1, 1, {"USD": 250})
    assert row["points"] == 200
    assert shown["total"]["qualified_deals"] == 1
    assert "12345" not in str(shown), "what a member earns is the member's business"


def test_former_members_are_gone_and_an_empty_team_is_a_list(db: Db) -> None:
    leader = make_partner(db, tier="performer")
    member = make_partner(db, leader=leader)
    assert len(performance(db, leader)["members"]) == 1
    with acting(db, leader.actor()):
        call(db, "remove_member", member_id=member.id, reason="test")
    assert performance(db, leader) == {
        "members": [],
        "total": {"members": 0, "qualified_deals": 0, "deals_this_month": 0, "points_this_month": 0},
    }


def test_lower_tiers_and_suspended_leaders_see_no_team(db: Db) -> None:
    with acting(db, make_partner(db, tier="active").actor()), expect_refusal(db, "42501", "tier"):
        call(db, "team_performance")
    leader = make_partner(db, tier="performer", status="suspended")
    with acting(db, leader.actor()), expect_refusal(db, "42501", "partner_not_active"):
        call(db, "team_performance")

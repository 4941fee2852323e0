"""Risk rules and holds (F-07, F-08, F-20, F-21): what opens one, what a partner sees, who ends it."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    expect_refusal,
    make_lead,
    make_partner,
    make_staff,
    one_story,
    rows,
    value,
)
from tests.database.leads_support import add_lead, company
from tests.database.leads_support import win as claim
from tests.database.money_support import balances, broken_invariants, paid, shift_clock, win
from tests.database.people_support import wins


def won(db: psycopg.Connection, partner: Person, **lead: Any) -> Any:
    made = add_lead(db, partner, lead.pop("name", company()), **lead)
    with acting(db, partner.actor()):
        return claim(db, made)


def found(db: psycopg.Connection, partner: Person) -> list[tuple[str, bool]]:
    """(rule, has a hold) of everything that was found about the partner."""
    return [
        (str(rule), bool(held))
        for rule, held in rows(
            db,
            "select rule_code, hold_id is not null from public.risk_reviews where partner_id = %s"
            " and rule_code <> 'fast_first_win' order by 1, 2",
            partner.id,
        )
    ]


def hold_id(db: psycopg.Connection, partner: Person) -> uuid.UUID:
    hold: uuid.UUID = value(
        db,
        "select id from public.risk_holds where partner_id = %s and decided_at is null order by id limit 1",
        partner.id,
    )
    return hold


def opened(db: psycopg.Connection, partner: Person, **more: Any) -> uuid.UUID:
    with acting(db, make_staff(db, "finance").actor("aal2")):
        return uuid.UUID(call(db, "open_hold", partner_id=partner.id, reason="Something looks odd", **more)["id"])


def decide(db: psycopg.Connection, staff: Person, hold: uuid.UUID, decision: str = "released") -> Any:
    with acting(db, staff.actor("aal2")):
        return call(db, "decide_hold", hold_id=hold, decision=decision, reason="We looked into it.")


# -- rules -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["email", "phone", "domain", "tag"])
def test_a_client_who_is_the_seller_stops_the_deal_alone(db: psycopg.Connection, kind: str) -> None:
    partner = make_partner(db)
    host = f"{uuid.uuid4().hex}.test"
    db.execute(
        "update public.partners set email = %s, phone = '+12025550123' where id = %s", (f"me@{host}", partner.id)
    )
    contact = {
        "email": {"contact_email": f"ME@{host}"},
        "phone": {"contact_phone": "(202) 555-0123"},
        "domain": {"contact_email": f"buyer@{host}"},
        "tag": {"contact_email": f"me+shop@{host}"},
    }[kind]
    deal, other = won(db, partner, **contact), won(db, partner)
    assert found(db, partner) == [("self_referral", True)]
    paid(db, deal, 50_000)
    paid(db, other, 50_000)
    states = rows(
        db, "select deal_id, status::text from public.commissions where partner_id = %s and not estimate", partner.id
    )
    assert {str(of): state for of, state in states} == {deal["id"]: "held", other["id"]: "pending"}
    assert value(db, "select status::text from public.deals where id = %s", deal["id"]) == "claimed"
    assert broken_invariants(db) == {}


def test_a_declared_reseller_may_buy_for_their_own_company(db: psycopg.Connection) -> None:
    partner, admin = make_partner(db), make_staff(db, "admin")
    with acting(db, admin.actor("aal2")):
        call(
            db,
            "declare_reseller",
            request_id=uuid.uuid4(),
            partner_id=partner.id,
            reason="Resells under their own name",
        )
    deal = won(db, partner, contact_email=partner.email)
    assert found(db, partner) == []
    paid(db, deal, 50_000)
    assert value(db, "select status::text from public.deals where id = %s", deal["id"]) == "verified"
    with acting(db, admin.actor("aal2")):
        call(
            db, "declare_reseller", request_id=uuid.uuid4(), partner_id=partner.id, reason="Not any more", granted=False
        )
    won(db, partner, contact_email=partner.email)
    assert found(db, partner) == [("self_referral", True)]


def test_a_leader_who_is_the_seller_stops_the_deal(db: psycopg.Connection) -> None:
    leader, seller = make_partner(db, tier="performer"), make_partner(db)
    db.execute(
        "insert into public.partner_teams (team_leader_id, team_member_id) values (%s, %s)", (leader.id, seller.id)
    )
    wins(db, leader, 1)
    won(db, seller)
    assert found(db, seller) == []
    for person in (leader, seller):  # the number is entered after the win
        db.execute("update public.partners set phone = '+12025550177' where id = %s", (person.id,))
    assert found(db, seller) == [("duplicate_identity", True)]
    won(db, seller)
    assert found(db, seller) == [("duplicate_identity", True)] * 2


def test_an_address_that_turns_out_to_be_the_clients_stops_the_deal(db: psycopg.Connection) -> None:
    partner, address = make_partner(db), f"x.{uuid.uuid4().hex}@client.test"
    won(db, partner, contact_email=address)
    assert found(db, partner) == []
    db.execute("update public.partners set email = %s where id = %s", (address, partner.id))
    assert found(db, partner) == [("self_referral", True)]


def test_one_bank_account_for_two_stops_both(db: psycopg.Connection) -> None:
    one, other, third = make_partner(db), make_partner(db), make_partner(db)
    print_of = uuid.uuid4().hex
    for person, mark in ((one, print_of), (third, uuid.uuid4().hex), (other, print_of)):
        db.execute(
            "insert into public.payout_accounts (partner_id, destination_fingerprint) values (%s, %s)",
            (person.id, mark),
        )
    assert (found(db, one), found(db, other), found(db, third)) == (
        [("shared_bank", True)],
        [("shared_bank", True)],
        [],
    )
    facts = value(db, "select facts::text from public.risk_reviews where partner_id = %s", one.id)
    assert print_of not in facts


def test_haste_is_flagged_and_money_flows_on(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    for _ in range(12):
        make_lead(db, partner, company())
    for _ in range(4):
        deal = won(db, partner)
    assert found(db, partner) == [("many_leads", False), ("many_wins", False)]
    assert (
        value(
            db,
            "select count(*) from public.risk_reviews where partner_id = %s and rule_code = 'fast_first_win'",
            partner.id,
        )
        == 1
    )
    paid(db, deal, 50_000)
    assert (
        value(db, "select status::text from public.commissions where deal_id = %s and not estimate", deal["id"])
        == "pending"
    )


def test_a_flag_is_dismissed_or_becomes_a_hold(db: psycopg.Connection) -> None:
    partner, staff = make_partner(db), make_staff(db, "finance")
    for _ in range(12):
        make_lead(db, partner, company())
    won(db, partner)
    flags = dict(rows(db, "select rule_code, id from public.risk_reviews where partner_id = %s", partner.id))
    with acting(db, staff.actor("aal2")):
        queue = call(db, "risk_queue", max_rows=200)
        assert {row["rule"] for row in queue if row["partner_id"] == str(partner.id)} == {
            "many_leads",
            "fast_first_win",
        }
        assert (
            call(db, "decide_flag", review_id=flags["fast_first_win"], reason="A trade fair")["decision"] == "dismissed"
        )
        call(db, "decide_flag", review_id=flags["many_leads"], reason="A bought list", hold=True)
    assert value(db, "select reason_code from public.risk_holds where id = %s", hold_id(db, partner)) == "many_leads"


def test_a_rule_is_a_row_that_an_admin_changes(db: psycopg.Connection) -> None:
    partner, admin = make_partner(db), make_staff(db, "admin")
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "22023", "unknown"):
            call(db, "set_risk_rule", code="many_leads", reason="Trade fairs", parameters={"per_week": 3})
        call(db, "set_risk_rule", code="many_leads", reason="Trade fairs", parameters={"per_hour": 2}, effect="hold")
        call(db, "set_risk_rule", code="fast_first_win", reason="Too many alarms", enabled=False)
    for _ in range(3):
        make_lead(db, partner, company())
    won(db, partner)
    assert rows(
        db, "select rule_code, hold_id is not null from public.risk_reviews where partner_id = %s", partner.id
    ) == [("many_leads", True)]


def test_what_was_released_is_not_held_again_for_the_same_fact(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    deal = won(db, partner, contact_email=partner.email)
    decide(db, make_staff(db, "finance"), hold_id(db, partner))
    db.execute("update public.partners set phone = '+12025550142' where id = %s", (partner.id,))
    assert hold_id(db, partner) is None
    assert (
        value(db, "select decision from public.risk_reviews where deal_id = %s and hold_id is not null", deal["id"])
        == "released"
    )
    assert broken_invariants(db) == {}


# -- what the partner sees and says ------------------------------------------------------------------------------------
def test_a_partner_sees_why_how_much_until_when_and_appeals_once(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    deal = win(db, partner, 100_000)
    paid(db, deal, 100_000)
    hold = opened(db, partner, deal_reference=deal["reference"], review_days=20)
    with acting(db, partner.actor()):
        [shown] = call(db, "my_holds")
        assert (shown["reason_code"], shown["evidence_class"], shown["says"]) == (
            "by_staff",
            "behaviour",
            "Something looks odd",
        )
        assert (shown["amounts"], shown["can_appeal"], shown["deal_reference"]) == (
            {"USD": 20_000},
            True,
            deal["reference"],
        )
        appeal = uuid.uuid4()
        for _ in range(2):
            call(db, "appeal_hold", id=appeal, hold_id=hold, statement="The client is real, call them.")
        with expect_refusal(db, "PT409", "one_appeal"):
            call(db, "appeal_hold", id=uuid.uuid4(), hold_id=hold, statement="The client is real, call them.")
        [after] = call(db, "my_holds")
        assert (after["can_appeal"], after["appeal"]["id"]) == (False, str(appeal))
        assert after["review_by"] < shown["review_by"]  # whoever asks is answered sooner
    with acting(db, other.actor()):
        assert call(db, "my_holds") == []
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "appeal_hold", id=uuid.uuid4(), hold_id=hold, statement="The client is real, call them.")
    decide(db, make_staff(db, "finance"), hold)
    with acting(db, partner.actor()):
        assert call(db, "my_holds")[0]["decision_reason"] == "We looked into it."
    assert broken_invariants(db) == {}


# -- who ends it -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("account", ["same log-in", "same mailbox"])
def test_nobody_decides_about_a_hold_on_their_own_money(db: psycopg.Connection, account: str) -> None:
    partner, staff = make_partner(db), make_staff(db, "admin")
    hold = opened(db, partner)
    if account == "same log-in":
        with by_hand(db):
            db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (partner.id, staff.id))
    else:
        mail = f"person.{uuid.uuid4().hex}"
        db.execute("update public.partners set email = %s where id = %s", (f"{mail}@example.com", partner.id))
        with by_hand(db):
            db.execute("update public.staff_members set email = %s where id = %s", (f"{mail}+s@example.com", staff.id))
    with expect_refusal(db, "42501", "self_dealing"):
        decide(db, staff, hold)
    with acting(db, staff.actor("aal2")), expect_refusal(db, "42501", "self_dealing"):
        call(db, "open_hold", partner_id=partner.id, reason="To keep others away")
    assert hold_id(db, partner) == hold


def test_deciding_takes_a_role_a_fresh_factor_and_a_reason(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    hold = opened(db, partner)
    for actor, code, rule in (
        (partner.actor("aal2"), "42501", "staff_only"),
        (make_staff(db, "finance").actor(), "PT403", None),
        (make_staff(db, "finance").actor("aal2").with_mfa(601), "PT403", "mfa_stale"),
        (make_staff(db, "support").actor("aal2"), "42501", "role"),
    ):
        with acting(db, actor), expect_refusal(db, code, rule):
            call(db, "decide_hold", hold_id=hold, decision="released", reason="All is well")
    with acting(db, make_staff(db, "finance").actor("aal2")):
        with expect_refusal(db, "22023", "length"):
            call(db, "decide_hold", hold_id=hold, decision="released", reason=" ")
        with expect_refusal(db, "22023", "one_of"):
            call(db, "decide_hold", hold_id=hold, decision="expired", reason="All is well")
    for change in ("set decided_at = now()", "set review_by = now() - interval '1 day'"):
        for actor in (partner.actor(), make_staff(db, "admin").actor("aal2")):
            with acting(db, actor), expect_refusal(db, "42501"):
                db.execute(f"update public.risk_holds {change}".encode())


def test_whoever_opened_a_hold_does_not_uphold_it_alone(db: psycopg.Connection) -> None:
    partner, staff = make_partner(db), make_staff(db, "finance")
    deal = win(db, partner, 100_000)
    paid(db, deal, 100_000)
    with acting(db, staff.actor("aal2")):
        hold = uuid.UUID(
            call(db, "open_hold", partner_id=partner.id, reason="No such client", deal_reference=deal["reference"])[
                "id"
            ]
        )
    with expect_refusal(db, "42501", "four_eyes"):
        decide(db, staff, hold, "upheld")
    decide(db, staff, hold)  # to let go takes one
    assert balances(db, partner) == (0, 20_000, 0)
    assert broken_invariants(db) == {}


# -- time (F-07) -------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("about_everybody")
def test_no_hold_ever_ends_by_time(admin_db: psycopg.Connection) -> None:
    """Years pass, every job of cron runs, again and again: what was held is held, and somebody was told."""
    db = admin_db
    db.autocommit = False
    one_story(db)
    try:
        partner, selfish = make_partner(db), make_partner(db)
        deal = win(db, partner, 100_000)
        paid(db, deal, 100_000)
        own = won(db, selfish, contact_email=selfish.email)
        paid(db, own, 50_000)
        holds = {opened(db, partner), opened(db, partner, deal_reference=deal["reference"]), hold_id(db, selfish)}
        jobs = [command for (command,) in rows(db, "select command from cron.job order by jobname")]
        assert jobs
        for days in (6, 35, 400, 3650):
            shift_clock(db, days)
            for _ in range(2):
                for job in jobs:
                    with db.transaction():
                        db.execute(job.encode())
                call(db, "clear_commissions", schema="worker")
        open_now = rows(db, "select id from public.risk_holds where id = any(%s) and decided_at is null", list(holds))
        assert {hold for (hold,) in open_now} == holds
        states = rows(
            db, "select distinct status::text from public.commissions where deal_id = any(%s) and not estimate",
            [deal["id"], own["id"]],
        )  # fmt: skip
        assert states == [("held",)]
        told = rows(
            db,
            "select count(*) from public.staff_notices where kind = 'hold.overdue' and subject_id = any(%s)",
            list(holds),
        )
        assert told == [(3,)]
        # Ten years at a stroke leave months without a statement.
        assert not set(broken_invariants(db)) - {"check_statements"}
    finally:
        db.rollback()
        db.autocommit = True

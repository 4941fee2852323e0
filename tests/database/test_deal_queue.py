"""The queue of won deals: what staff see, how they decide, what the client's payment decides by itself (A-02, A-48)."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import Person, acting, by_hand, call, expect_refusal, make_partner, make_staff, rows, value
from tests.database.leads_support import add_lead, company, win
from tests.database.people_support import wins


def claimed(db: psycopg.Connection, partner: Person, **lead: Any) -> Any:
    """A claimed deal of 1,000.00 on a lead of one's own."""
    made = add_lead(db, partner, lead.pop("name", company()), **lead)
    with acting(db, partner.actor()):
        return win(db, made)


def pays(db: psycopg.Connection, deal: Any, cash: int, payer: str | None = None) -> None:
    db.execute("select private.verify_by_payment(%s, %s, %s)", (deal["id"], cash, payer))


def state(db: psycopg.Connection, deal: Any) -> Any:
    return value(db, "select status::text from public.deals where id = %s", deal["id"])


def case(db: psycopg.Connection, deal: Any) -> dict[str, Any]:
    found: dict[str, Any] = value(
        db,
        "select to_jsonb(found) from public.deal_cases as found where deal_id = %s order by created_at desc limit 1",
        deal["id"],
    )
    assert rows(db, "select * from private.check_deal_cases where id = %s", deal["id"]) == []
    return found


def queued(db: psycopg.Connection, staff: Person, deal: Any, **arguments: Any) -> dict[str, Any] | None:
    with acting(db, staff.actor("aal2")):
        queue = call(db, "deal_queue", max_rows=200, **arguments)
    return next((row for row in queue if row["reference"] == deal["reference"]), None)


def test_every_claim_waits_in_the_queue_with_what_it_takes_to_decide(db: psycopg.Connection) -> None:
    name = company()
    first = claimed(db, make_partner(db), name=name, contact_email=f"a@{uuid.uuid4().hex}.test")
    with by_hand(db):
        db.execute(
            "update public.leads set status = 'closed_lost', lost_reason = 'gone'"
            " where id = (select lead_id from public.deals where id = %s)",
            (first["id"],),
        )
    partner = make_partner(db, name="Starter 03")
    deal = claimed(db, partner, name=name, contact_email=partner.email)
    row = queued(db, make_staff(db, "support"), deal)
    assert row is not None
    assert (row["partner"], row["client"], row["claimed_value"], row["contracted_value"]) == (
        "Starter 03",
        name,
        100_000,
        None,
    )
    assert "self_dealing:email" in row["flags"]
    assert [(other["reference"], other["same"]) for other in row["same_client"]] == [(first["reference"], ["company"])]
    assert (row["state"], row["late"], row["own_affair"]) == ("open", False, False)
    assert row["due_at"] > row["opened_at"]


def test_a_question_stops_the_clock_and_the_answer_starts_it(db: psycopg.Connection) -> None:
    partner, staff = make_partner(db), make_staff(db, "support")
    deal = claimed(db, partner)
    with acting(db, staff.actor("aal2")):
        call(db, "ask_about_deal", reference=deal["reference"], question="Please show the signed contract.")
    assert (case(db, deal)["state"], case(db, deal)["due_at"]) == ("info", None)
    assert queued(db, staff, deal) is None
    assert queued(db, staff, deal, include_waiting=True) is not None
    path = f"{partner.id}/contract.pdf"
    with acting(db, partner.actor()):
        with expect_refusal(db, "22023", "path"):
            call(db, "add_deal_evidence", id=uuid.uuid4(), deal_id=uuid.UUID(deal["id"]), path=path)
        db.execute("insert into storage.objects (bucket_id, name) values ('deal-evidence', %s)", (path,))
        entry = uuid.uuid4()
        for _ in range(2):  # a phone may repeat itself
            call(db, "add_deal_evidence", id=entry, deal_id=uuid.UUID(deal["id"]), path=path)
        assert len(rows(db, "select * from public.deal_evidence where deal_id = %s", deal["id"])) == 2
    row = queued(db, staff, deal)
    assert row is not None
    assert row["due_at"] is not None
    assert {(entry["by"], entry["path"]) for entry in row["evidence"]} == {("staff", None), ("partner", path)}


def test_anothers_file_is_no_evidence(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    deal = claimed(db, partner)
    path = f"{other.id}/contract.pdf"
    with acting(db, other.actor()):
        db.execute("insert into storage.objects (bucket_id, name) values ('deal-evidence', %s)", (path,))
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "add_deal_evidence", id=uuid.uuid4(), deal_id=uuid.UUID(deal["id"]), note="Mine")
    with acting(db, partner.actor()), expect_refusal(db, "22023", "path"):
        call(db, "add_deal_evidence", id=uuid.uuid4(), deal_id=uuid.UUID(deal["id"]), path=path)


def test_a_rejection_has_a_reason_and_can_be_taken_back(db: psycopg.Connection) -> None:
    partner, staff = make_partner(db), make_staff(db, "finance")
    deal = claimed(db, partner)
    with acting(db, staff.actor("aal2")):
        with expect_refusal(db, "22023", "length"):
            call(db, "reject_deal", reference=deal["reference"], reason=" ")
        for _ in range(2):
            done = call(db, "reject_deal", reference=deal["reference"], reason="The contract names somebody else.")
        assert done["status"] == "rejected"
        with expect_refusal(db, "PT409", "wrong_state"):
            call(db, "verify_deal", reference=deal["reference"], contracted_value=1000)
    decided = case(db, deal)
    assert (decided["decision"], decided["decided_by"]) == ("rejected", str(staff.id))
    with acting(db, partner.actor()):
        assert value(db, "select decision_reason from public.deal_cases") == "The contract names somebody else."
        assert call(db, "earnings_summary")[0]["estimated"] == 0
        with expect_refusal(db, "PT409"):
            win(db, value(db, "select lead_id from public.deals where id = %s", deal["id"]))
    with acting(db, staff.actor("aal2")):
        call(db, "reopen_deal", reference=deal["reference"], reason="The partner sent the right contract.")
        assert call(db, "verify_deal", reference=deal["reference"], contracted_value=90_000)["status"] == "verified"
    assert case(db, deal)["decision"] is not None
    decisions = rows(db, "select decision from public.deal_cases where deal_id = %s order by 1", deal["id"])
    assert decisions == [("rejected",), ("verified",)]


@pytest.mark.parametrize("role", ["seller", "leader", "recruiter"])
@pytest.mark.parametrize("account", ["same log-in", "same mailbox"])
def test_nobody_decides_about_a_deal_they_profit_from(db: psycopg.Connection, role: str, account: str) -> None:
    mail = f"person.{uuid.uuid4().hex}"
    leader, recruiter = make_partner(db, tier="performer"), make_partner(db, tier="active")
    seller = make_partner(db)
    db.execute(
        "insert into public.partner_teams (team_leader_id, team_member_id) values (%s, %s)", (leader.id, seller.id)
    )
    with by_hand(db):
        db.execute(
            "insert into public.recruits (recruit_id, recruiter_id, source) values (%s, %s, 'referral_code')",
            (seller.id, recruiter.id),
        )
    for person in (leader, recruiter):
        wins(db, person, 1)
    deal = claimed(db, seller)
    person = {"seller": seller, "leader": leader, "recruiter": recruiter}[role]
    staff = make_staff(db, "admin")
    if account == "same log-in":
        with by_hand(db):
            db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (person.id, staff.id))
    else:
        db.execute("update public.partners set email = %s where id = %s", (f"{mail}+shop@example.com", person.id))
        with by_hand(db):
            db.execute(
                "update public.staff_members set email = %s where id = %s", (f"{mail.upper()}@example.com", staff.id)
            )
    row = queued(db, staff, deal)
    assert row is not None
    assert row["own_affair"] is True
    decisions: dict[str, dict[str, Any]] = {
        "verify_deal": {"contracted_value": 100_000},
        "reject_deal": {"reason": "No proof"},
        "ask_about_deal": {"question": "Really?"},
        "reopen_deal": {"reason": "Again, please"},
    }
    with acting(db, staff.actor("aal2")):
        for function, arguments in decisions.items():
            with expect_refusal(db, "42501", "self_dealing"):
                call(db, function, reference=deal["reference"], **arguments)
    assert state(db, deal) == "claimed"


def test_deciding_takes_a_fresh_second_factor_and_a_role(db: psycopg.Connection) -> None:
    deal = claimed(db, make_partner(db))
    decisions: dict[str, dict[str, str]] = {
        "reject_deal": {"reason": "No proof"},
        "ask_about_deal": {"question": "Who?"},
    }
    for actor, code, rule in (
        (make_staff(db, "admin").actor(), "PT403", None),
        (make_staff(db, "admin").actor("aal2").with_mfa(601), "PT403", "mfa_stale"),
        (make_staff(db, "moderator").actor("aal2"), "42501", "role"),
        (make_partner(db).actor("aal2"), "42501", "staff_only"),
    ):
        with acting(db, actor):
            for function, arguments in decisions.items():
                with expect_refusal(db, code, rule):
                    call(db, function, reference=deal["reference"], **arguments)
            with expect_refusal(db, code, rule):
                call(db, "deal_queue")
    assert case(db, deal)["state"] == "open"


def test_the_clients_payment_verifies_where_value_and_client_match(db: psycopg.Connection) -> None:
    partner, name = make_partner(db), company()
    for payer in (None, name, f"{name}, Inc.", "billing@client.test", "BUYER@client.test"):
        deal = claimed(db, partner, name=name, contact_email="buyer@client.test")
        pays(db, deal, 100_000, payer)
        assert state(db, deal) == "verified", payer
        assert (case(db, deal)["decision"], case(db, deal)["decided_by"]) == ("verified", None)


@pytest.mark.parametrize(
    ("cash", "payer", "mail", "concern"),
    [
        (100_001, None, None, "payment_above_value"),
        (50_000, "Somebody Else Ltd", None, "payment_by_another"),
        (50_000, "x@elsewhere.test", None, "payment_by_another"),
        (50_000, None, "own", "self_dealing"),
    ],
)
def test_a_payment_that_does_not_match_goes_to_the_desk(
    db: psycopg.Connection, cash: int, payer: str | None, mail: str | None, concern: str
) -> None:
    partner = make_partner(db)
    deal = claimed(db, partner, contact_email=partner.email if mail else "buyer@client.test")
    for _ in range(2):
        pays(db, deal, cash, payer)
    assert state(db, deal) == "claimed"
    assert case(db, deal)["concerns"] == [concern]
    notice = rows(db, "select kind, noted_at from public.staff_notices where subject_id = %s", deal["id"])
    assert notice == [(f"deal.{concern}", None)]
    row = queued(db, make_staff(db, "finance"), deal)
    assert row is not None
    assert row["concerns"] == [concern]


def test_a_late_decision_is_said_once_to_desk_and_partner(db: psycopg.Connection) -> None:
    partner, staff = make_partner(db), make_staff(db, "support")
    deal = claimed(db, partner)
    db.execute(
        "update public.deal_cases set due_at = private.now() - interval '1 minute' where deal_id = %s", (deal["id"],)
    )
    for _ in range(2):
        db.execute("select private.escalate_deal_cases()")
    assert (
        value(db, "select count(*) from public.notifications where partner_id = %s and type = 'account'", partner.id)
        == 1
    )
    row = queued(db, staff, deal)
    assert row is not None
    assert row["late"] is True
    with acting(db, staff.actor("aal2")):
        notice = value(
            db, "select id from public.staff_notices where kind = 'deal.overdue' and partner_id = %s", partner.id
        )
        assert call(db, "note_staff_notice", notice_id=notice)["noted_by"] == str(staff.id)
    with acting(db, make_staff(db, "moderator").actor("aal2")):
        assert value(db, "select count(*) from public.staff_notices where id = %s", notice) == 0

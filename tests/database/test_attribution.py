"""Referral links and their clicks, where leads come from, and claims about attribution."""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import (
    ANONYMOUS,
    Person,
    acting,
    by_hand,
    call,
    expect_refusal,
    insert_row,
    make_lead,
    make_partner,
    make_staff,
    rows,
    value,
)

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148"


def make_link(db: psycopg.Connection, partner: Person, **columns: Any) -> tuple[uuid.UUID, str]:
    with acting(db, partner.actor()):
        link = insert_row(db, "referral_links", code=f"c-{uuid.uuid4().hex[:20]}", **columns)
    return uuid.UUID(link["id"]), link["code"]


def click(
    db: psycopg.Connection, code: str, address: str = "203.0.113.7", agent: str = PHONE, country: str = "DE"
) -> Any:
    headers = {"x-forwarded-for": address, "user-agent": agent, "cf-ipcountry": country}
    db.execute("select set_config('request.headers', %s, true)", (json.dumps(headers),))
    with acting(db, ANONYMOUS):
        return call(db, "record_click", code=code)


# -- links and clicks --------------------------------------------------------------------------------------------------
def test_a_visitor_is_counted_once_and_leaves_no_address(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    link, code = make_link(db, partner, destination="services", campaign="Spring")
    first = click(db, code.upper())
    assert first["destination"].endswith("/services")
    assert (first["known"], first["campaign"]) == (True, "Spring")
    click(db, code)
    click(db, code, address="203.0.113.8", agent="Googlebot/2.1", country="XX")
    with acting(db, partner.actor()):
        found = rows(db, "select country, device from public.link_clicks where link_id = %s order by id", link)
        with expect_refusal(db, "42501"):
            db.execute("select visitor from public.link_clicks")
    assert found == [("DE", "mobile"), (None, "bot")]
    with acting(db, other.actor()):
        assert value(db, "select count(*) from public.link_clicks where link_id = %s", link) == 0
    stored = str(rows(db, "select to_jsonb(click) from public.link_clicks as click where link_id = %s", link))
    assert "203.0.113" not in stored
    with expect_refusal(db, "42501", "append_only"):
        db.execute("delete from public.link_clicks where link_id = %s", (link,))


def test_a_dead_link_still_leads_home(db: psycopg.Connection) -> None:
    partner, gone = make_partner(db), make_partner(db, status="terminated")
    link, code = make_link(db, partner)
    theirs = insert_row(db, "referral_links", partner_id=gone.id, code=f"c-{uuid.uuid4().hex[:20]}")["code"]
    db.execute("update public.referral_links set active = false where id = %s", (link,))
    for unknown in (code, theirs, "nobody-has-this"):
        assert click(db, unknown)["known"] is False
    assert value(db, "select count(*) from public.link_clicks where link_id = %s", link) == 0


def test_links_lead_to_our_pages_only(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    with pytest.raises(psycopg.errors.ForeignKeyViolation), db.transaction():
        make_link(db, partner, destination="https://elsewhere.example")


def test_a_lead_keeps_the_link_it_came_by(db: psycopg.Connection) -> None:
    partner, other = make_partner(db, tier="active"), make_partner(db)
    link, code = make_link(db, partner, campaign="Spring", source="Fair")
    theirs, _ = make_link(db, other)
    click(db, code)
    with acting(db, partner.actor()):
        with expect_refusal(db, "22023", "own_link"):
            db.execute("insert into public.leads (company_name, referral_link_id) values ('Client', %s)", (theirs,))
        made = rows(
            db,
            "insert into public.leads (company_name, referral_link_id) values ('Client', %s)"
            " returning source, campaign, attribution_data ->> 'code'",
            link,
        )
        assert made == [("Fair", "Spring", code)]
        with expect_refusal(db, "42501"):
            db.execute("update public.leads set referral_link_id = null")
        report = call(db, "attribution_report")
    assert report["sources"] == [{"label": "Fair", "leads": 1, "wins": 0, "won": {}}]
    assert report["campaigns"] == [{"label": "Spring", "leads": 1, "wins": 0, "won": {}}]
    assert [(row["code"], row["clicks"], row["visitors"], row["leads"]) for row in report["links"]] == [(code, 1, 1, 1)]


# -- claims (F-18) -----------------------------------------------------------------------------------------------------
def open_claim(db: psycopg.Connection, partner: Person, **arguments: Any) -> Any:
    usual = {"id": uuid.uuid4(), "about": "other", "reason": "I brought this client in May.", "subject": "Client 17"}
    given: dict[str, Any] = usual | arguments
    with acting(db, partner.actor()):
        return call(db, "open_claim", **given)


def decide(db: psycopg.Connection, claim: str, staff: Person, decision: str, **more: Any) -> Any:
    with acting(db, staff.actor("aal2")):
        return call(db, "decide_claim", claim_id=claim, decision=decision, reason="We looked into it.", **more)


@pytest.mark.parametrize("status", ["active", "inactive", "suspended", "terminated"])
def test_every_partner_can_claim_and_prove(db: psycopg.Connection, status: str) -> None:
    partner = make_partner(db, status=status)
    claim = open_claim(db, partner)
    assert claim["state"] == "open"
    with acting(db, partner.actor()):
        entry = call(
            db, "add_claim_evidence", id=uuid.uuid4(), claim_id=uuid.UUID(claim["id"]), note="The mail",
            file_name="mail.pdf", mime_type="application/pdf", size_bytes=1000,
        )  # fmt: skip
        db.execute("insert into storage.objects (bucket_id, name) values ('claim-files', %s)", (entry["path"],))
        assert value(db, "select count(*) from public.claim_evidence") == 1
        assert value(db, "select count(*) from storage.objects where name = %s", entry["path"]) == 1
    other = make_partner(db)
    with acting(db, other.actor()):
        assert value(db, "select count(*) from public.attribution_claims") == 0
        assert value(db, "select count(*) from storage.objects where name = %s", entry["path"]) == 0
        with expect_refusal(db, "42501", "staff_only"):
            call(db, "add_claim_evidence", id=uuid.uuid4(), claim_id=uuid.UUID(claim["id"]), note="Not mine")
        with expect_refusal(db, "42501"):
            db.execute(
                "insert into storage.objects (bucket_id, name) values ('claim-files', %s)", (f"{claim['id']}/x",)
            )


def test_a_claim_is_about_something_of_ones_own(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    theirs = make_lead(db, other, "Client")
    with expect_refusal(db, "PT404", "not_found"):
        open_claim(db, partner, about="lead", subject_id=theirs)
    with expect_refusal(db, "22023", "length"):
        open_claim(db, partner, subject=" ")
    with expect_refusal(db, "22023", "length"):
        open_claim(db, partner, reason="mine")


def test_sending_a_claim_twice_opens_one(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    claim = uuid.uuid4()
    assert open_claim(db, partner, id=claim)["id"] == open_claim(db, partner, id=claim)["id"]
    assert value(db, "select count(*) from public.attribution_claims where partner_id = %s", partner.id) == 1


def test_a_question_and_its_answer(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    claim = uuid.UUID(open_claim(db, partner)["id"])
    with acting(db, make_staff(db, "support").actor("aal2")):
        assert call(db, "ask_about_claim", claim_id=claim, question="Who met them?")["state"] == "info"
    with acting(db, partner.actor()):
        call(db, "add_claim_evidence", id=uuid.uuid4(), claim_id=claim, note="I did.")
        assert value(db, "select state::text from public.attribution_claims") == "open"
        assert [note for (note,) in rows(db, "select note from public.claim_evidence order by created_at, note")] == [
            "I did.", "Who met them?",
        ]  # fmt: skip


def test_an_accepted_claim_about_money_leaves_what_the_ledger_needs(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    claim = open_claim(db, partner)["id"]
    support, finance = make_staff(db, "support"), make_staff(db, "finance")
    with expect_refusal(db, "42501", "role"):
        decide(db, claim, support, "accepted", resolution="adjustment", amount=5000, currency="USD")
    with expect_refusal(db, "22023", "amount"):
        decide(db, claim, finance, "accepted", resolution="adjustment")
    with expect_refusal(db, "22023", "one_of"):
        decide(db, claim, finance, "accepted")
    for _ in range(2):  # the second time nothing happens
        decided = decide(db, claim, finance, "accepted", resolution="adjustment", amount=5000, currency="USD")
    assert (decided["resolution_amount"], decided["decided_by"]) == (5000, str(finance.id))
    events = rows(
        db, "select after ->> 'resolution' from ops.events where subject_id = %s and type = 'claim.accepted'", claim
    )
    assert events == [("adjustment",)]
    with expect_refusal(db, "PT409", "wrong_state"):
        decide(db, claim, finance, "rejected")


def test_nobody_decides_a_claim_of_their_own(db: psycopg.Connection) -> None:
    partner, finance = make_partner(db), make_staff(db, "finance")
    claim = open_claim(db, partner)["id"]
    with by_hand(db):
        db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (partner.id, finance.id))
    with expect_refusal(db, "42501", "self_dealing"):
        decide(db, claim, finance, "accepted", resolution="none")
    with acting(db, partner.actor()), expect_refusal(db, "42501", "staff_only"):
        call(db, "decide_claim", claim_id=claim, decision="accepted", reason="mine", resolution="none")


def test_one_appeal_decided_by_somebody_else(db: psycopg.Connection) -> None:
    partner, first, second = make_partner(db), make_staff(db, "support"), make_staff(db, "support")
    claim = open_claim(db, partner)["id"]
    again = uuid.uuid4()

    def appeal(identifier: uuid.UUID, of: str) -> Any:
        with acting(db, partner.actor()):
            return call(db, "appeal_claim", id=identifier, claim_id=of, reason="You overlooked the mail.")

    with expect_refusal(db, "PT409", "wrong_state"):
        appeal(again, claim)
    decide(db, claim, first, "rejected")
    appealed = appeal(again, claim)
    assert appeal(again, claim)["id"] == appealed["id"]
    with expect_refusal(db, "PT409", "one_appeal"):
        appeal(uuid.uuid4(), claim)
    with expect_refusal(db, "42501", "four_eyes"):
        decide(db, appealed["id"], first, "rejected")
    assert decide(db, appealed["id"], second, "rejected")["state"] == "rejected"
    with expect_refusal(db, "PT409", "one_appeal"):
        appeal(uuid.uuid4(), appealed["id"])


def test_a_late_case_is_said_once(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    claim = open_claim(db, partner)["id"]
    db.execute(
        "update public.attribution_claims set due_at = private.now() - interval '1 hour' where id = %s", (claim,)
    )
    for _ in range(2):
        db.execute("select private.escalate_cases()")
    assert (
        value(db, "select count(*) from public.notifications where partner_id = %s and type = 'account'", partner.id)
        == 1
    )
    assert value(db, "select count(*) from ops.events where subject_id = %s and type = 'claim.overdue'", claim) == 1
    assert value(db, "select late from private.open_cases where id = %s", claim) is True


def test_evidence_is_never_rewritten(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    claim = uuid.UUID(open_claim(db, partner)["id"])
    with acting(db, partner.actor()):
        call(db, "add_claim_evidence", id=uuid.uuid4(), claim_id=claim, note="First")
    with expect_refusal(db, "42501", "append_only"):
        db.execute("update public.claim_evidence set note = 'Other'")

"""A deleted lead (A-40): what may not be deleted, what stays of it, and how it comes back."""

from __future__ import annotations

import uuid

import psycopg

from tests.database.harness import acting, by_hand, call, expect_refusal, make_lead, make_partner, value
from tests.database.leads_support import add_lead, company, lead_row, open_case, win


def test_a_lead_with_an_open_claim_stays(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    lead = make_lead(db, partner, company())
    with acting(db, partner.actor()):
        call(db, "open_claim", id=uuid.uuid4(), about="lead", reason="This client is mine.", subject_id=lead)
        with expect_refusal(db, "PT409", "has_open_claim"):
            call(db, "delete_lead", lead_id=lead, reason="twice")


def test_deleting_twice_is_deleting_once(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    lead = make_lead(db, partner, company())
    with acting(db, partner.actor()):
        call(db, "delete_lead", lead_id=lead, reason="twice")
        call(db, "delete_lead", lead_id=lead, reason="twice")
        assert value(db, "select count(*) from public.leads where id = %s", lead) == 0
    assert value(db, "select count(*) from ops.events where subject_id = %s and type = 'lead.deleted'", lead) == 1


def test_a_deleted_lead_comes_back_for_thirty_days(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    lead = add_lead(db, partner, company(), contact_email=f"{uuid.uuid4().hex}@example.com")
    with acting(db, partner.actor()):
        call(db, "move_lead", lead_id=lead, to_status="contacted")
        call(db, "delete_lead", lead_id=lead, reason="twice")
        [listed] = call(db, "deleted_leads")
        assert (listed["id"], listed["reason"]) == (str(lead), "twice")
    with acting(db, other.actor()):
        assert call(db, "deleted_leads") == []
        with expect_refusal(db, "PT404"):
            call(db, "restore_lead", lead_id=lead)
    tombs = "select count(*) from ops.tombstones where row_id = %s"
    assert value(db, tombs, lead) == 1
    with acting(db, partner.actor()):
        for _ in range(2):
            back = call(db, "restore_lead", lead_id=lead)
            assert (back["status"], back["in_conflict"], back["deleted_at"]) == ("contacted", False, None)
        assert call(db, "deleted_leads") == []
        assert value(db, "select count(*) from public.leads where id = %s", lead) == 1
    assert value(db, tombs, lead) == 0, "a phone that has not heard of it yet never does"
    assert lead_row(db, lead)["protected_until"] is not None
    assert value(db, "select count(*) from ops.events where subject_id = %s and type = 'lead.restored'", lead) == 1
    with acting(db, partner.actor()):
        call(db, "delete_lead", lead_id=lead, reason="twice")
    with by_hand(db):
        db.execute("update public.leads set deleted_at = private.now() - interval '31 days' where id = %s", (lead,))
    with acting(db, partner.actor()):
        assert call(db, "deleted_leads") == []
        with expect_refusal(db, "PT409", "too_late"):
            call(db, "restore_lead", lead_id=lead)


def test_who_registered_a_client_meanwhile_stands_before_a_lead_that_comes_back(db: psycopg.Connection) -> None:
    first, second, name = make_partner(db), make_partner(db), company()
    lead = add_lead(db, first, name, contact_email="a@example.com")
    with acting(db, first.actor()):
        call(db, "delete_lead", lead_id=lead, reason="no answer")
    newer = add_lead(db, second, name, contact_email="a@example.com")
    assert lead_row(db, newer)["in_conflict"] is False
    with acting(db, first.actor()):
        assert call(db, "restore_lead", lead_id=lead)["in_conflict"] is True
        with expect_refusal(db, "PT409", "lead_in_conflict"):
            win(db, lead)
    assert open_case(db, lead)
    with acting(db, second.actor()):
        assert win(db, newer)["status"] == "claimed"

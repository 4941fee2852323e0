"""Sharing, tasks, files, reminders, scores, templates, figures of leads."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    expect_refusal,
    make_lead,
    make_partner,
    make_staff,
    rows,
    value,
)
from tests.database.leads_support import add_lead, company, win


def team(db: psycopg.Connection) -> tuple[Person, Person, Person]:
    """A leader, a member, and somebody of no team."""
    leader = make_partner(db, tier="performer", name="Leader")
    return leader, make_partner(db, leader=leader, name="Member"), make_partner(db, name="Stranger")


def sees(db: psycopg.Connection, person: Person, lead: uuid.UUID) -> bool:
    with acting(db, person.actor()):
        return bool(value(db, "select count(*) from public.leads where id = %s", lead))


def edits(db: psycopg.Connection, person: Person, lead: uuid.UUID) -> bool:
    with acting(db, person.actor()):
        return db.execute("update public.leads set notes = 'seen' where id = %s", (lead,)).rowcount == 1


def test_a_shared_lead_is_read_and_worked_on_as_far_as_allowed(db: psycopg.Connection) -> None:
    leader, member, stranger = team(db)
    lead = make_lead(db, leader, company())
    with acting(db, leader.actor()):
        share = call(db, "share_lead", lead_id=lead, partner_id=member.id)
    assert (sees(db, member, lead), edits(db, member, lead)) == (True, False)
    assert not sees(db, stranger, lead)
    with acting(db, member.actor()):
        with expect_refusal(db, "PT404"):
            call(db, "move_lead", lead_id=lead, to_status="contacted")
        with expect_refusal(db, "42501"):
            db.execute("insert into public.lead_activities (lead_id, activity_type) values (%s, 'call')", (lead,))
    with acting(db, leader.actor()):
        again = call(db, "share_lead", lead_id=lead, partner_id=member.id, may_edit=True)
        assert again["id"] == share["id"]
    assert edits(db, member, lead)
    with acting(db, member.actor()):
        call(db, "move_lead", lead_id=lead, to_status="contacted")
        db.execute("insert into public.lead_activities (lead_id, activity_type) values (%s, 'call')", (lead,))
        # A win, and deleting, stay with the lead's own partner.
        with expect_refusal(db, "PT404"):
            win(db, lead)
        with expect_refusal(db, "PT404"):
            call(db, "delete_lead", lead_id=lead, reason="mine now")
    with acting(db, leader.actor()):
        assert (
            value(db, "select count(*) from public.lead_activities where lead_id = %s and activity_type = 'call'", lead)
            == 1
        )
        call(db, "unshare_lead", share_id=share["id"])
    assert not sees(db, member, lead)


def test_a_share_with_the_team_follows_the_team_and_its_end(db: psycopg.Connection) -> None:
    leader, member, stranger = team(db)
    lead = make_lead(db, leader, company())
    with acting(db, leader.actor()):
        call(db, "share_lead", lead_id=lead, team=True)
    assert sees(db, member, lead)
    assert not sees(db, stranger, lead)
    with by_hand(db):
        db.execute(
            "update public.lead_shares set until = private.now() - interval '1 second' where lead_id = %s", (lead,)
        )
    assert not sees(db, member, lead)


def test_who_may_share_and_with_whom(db: psycopg.Connection) -> None:
    leader, member, stranger = team(db)
    lead, members = make_lead(db, leader, company()), make_lead(db, member, company())
    with acting(db, member.actor()), expect_refusal(db, "42501", "tier"):
        call(db, "share_lead", lead_id=members, partner_id=leader.id)
    with acting(db, leader.actor()):
        with expect_refusal(db, "42501", "not_in_team"):
            call(db, "share_lead", lead_id=lead, partner_id=stranger.id)
        with expect_refusal(db, "PT404"):
            call(db, "share_lead", lead_id=members, partner_id=member.id)
        with expect_refusal(db, "22023", "one_of"):
            call(db, "share_lead", lead_id=lead)


# -- tasks, files, reminders -------------------------------------------------------------------------------------------
def test_a_task_belongs_to_its_maker_and_to_a_lead_they_see(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    lead = make_lead(db, other, company())
    with acting(db, partner.actor()):
        with expect_refusal(db, "42501"):
            db.execute("insert into public.tasks (title, lead_id) values ('Call', %s)", (lead,))
        db.execute("insert into public.tasks (title) values ('Call')")
    with acting(db, other.actor()):
        assert value(db, "select count(*) from public.tasks") == 0


def test_a_task_reminds_once_per_time(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    with acting(db, partner.actor()):
        db.execute(
            "insert into public.tasks (title, reminder_at) values ('Call back', private.now() - interval '1 minute')"
        )

    def reminders() -> int:
        db.execute("select private.remind_tasks()")
        query = "select count(*) from public.notifications where partner_id = %s and type = 'reminder'"
        found: int = value(db, query, partner.id)
        return found

    assert reminders() == 1
    assert reminders() == 1
    with acting(db, partner.actor()):
        db.execute("update public.tasks set reminder_at = private.now() - interval '1 second'")
    assert reminders() == 2


def test_a_file_needs_its_row_first(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    lead = make_lead(db, partner, company())
    upload = "insert into storage.objects (bucket_id, name) values ('lead-files', %s)"
    with acting(db, partner.actor()):
        with expect_refusal(db, "42501"):
            db.execute(upload, (f"{partner.id}/{lead}/{uuid.uuid4()}",))
        path = value(
            db,
            "insert into public.lead_attachments (lead_id, file_name, mime_type, size_bytes)"
            " values (%s, 'offer.pdf', 'application/pdf', 1000) returning path",
            lead,
        )
        db.execute(upload, (path,))
        assert value(db, "select count(*) from storage.objects where name = %s", path) == 1
    with acting(db, other.actor()):
        assert value(db, "select count(*) from storage.objects where name = %s", path) == 0
        with expect_refusal(db, "42501"):
            db.execute(
                "insert into public.lead_attachments (lead_id, file_name, mime_type, size_bytes)"
                " values (%s, 'a.pdf', 'application/pdf', 1)",
                (lead,),
            )


def test_idle_leads_are_brought_back_once_per_stage(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    lead, planned = make_lead(db, partner, company()), make_lead(db, partner, company())

    def age(days: int) -> None:
        db.execute(
            "update public.leads set last_activity_at = private.now() - make_interval(days => %s),"
            " stage_entered_at = private.now() - make_interval(days => %s) where partner_id = %s",
            (days, days, partner.id),
        )

    def reminded() -> list[str]:
        db.execute("select private.remind_follow_ups()")
        query = "select action_url from public.notifications where partner_id = %s and type = 'reminder'"
        return [url for (url,) in rows(db, query, partner.id)]

    db.execute("update public.leads set next_action_date = current_date + 5 where id = %s", (planned,))
    age(1)
    assert reminded() == []
    age(3)
    assert reminded() == [f"/partner/leads/{lead}"]
    assert len(reminded()) == 1
    with acting(db, partner.actor()):
        call(db, "move_lead", lead_id=lead, to_status="contacted")
    age(5)
    assert len(reminded()) == 2


# -- scores, templates, reports ----------------------------------------------------------------------------------------
def test_a_score_says_why(db: psycopg.Connection) -> None:
    partner, starter = make_partner(db, tier="active"), make_partner(db)
    lead = add_lead(
        db, partner, company(), contact_email=f"a@{uuid.uuid4().hex}.example", contact_phone="+12025550133",
        estimated_value=600000, source="REFERRAL",
    )  # fmt: skip
    with acting(db, partner.actor()):
        scored = call(db, "lead_score", lead_id=lead)
        before = value(db, "select score from public.lead_cards where id = %s", lead)
        for _ in range(3):
            db.execute("insert into public.lead_activities (lead_id, activity_type) values (%s, 'call')", (lead,))
        after = value(db, "select score from public.lead_cards where id = %s", lead)
    assert scored["score"] == sum(reason["points"] for reason in scored["reasons"]) == before == 50
    assert "Company e-mail address" in [reason["label"] for reason in scored["reasons"]]
    assert after == 66
    theirs = make_lead(db, starter, company())
    with acting(db, starter.actor()):
        with expect_refusal(db, "42501", "tier"):
            call(db, "lead_score", lead_id=theirs)
        assert value(db, "select count(*) from public.lead_scores") == 0
    with acting(db, partner.actor()), expect_refusal(db, "PT404"):
        call(db, "lead_score", lead_id=theirs)


def save(db: psycopg.Connection, template: uuid.UUID, body: str, **more: Any) -> Any:
    return call(db, "save_template", id=template, channel="email", title="Hello", body=body, **more)


def test_templates_keep_every_version_and_tell_who_was_overtaken(db: psycopg.Connection) -> None:
    partner = make_partner(db, tier="active")
    template = uuid.uuid4()
    with acting(db, partner.actor()):
        assert save(db, template, "One")["current_version"] == 1
        assert save(db, template, "One")["current_version"] == 1  # a repeated call
        assert save(db, template, "Two", version=1)["current_version"] == 2
        with expect_refusal(db, "PT409", "changed_meanwhile"):
            save(db, template, "Three", version=1)
        bodies = rows(
            db, "select body from public.message_template_versions where template_id = %s order by version", template
        )
    assert bodies == [("One",), ("Two",)]
    with expect_refusal(db, "42501", "append_only"):
        db.execute("update public.message_template_versions set body = 'x' where template_id = %s", (template,))


def test_an_archived_template_comes_back_as_it_was(db: psycopg.Connection) -> None:
    leader, member, stranger = (make_partner(db, tier=tier) for tier in ("performer", "active", "active"))
    official, admin = uuid.uuid4(), make_staff(db, "admin")
    for visibility in ("private", "shared"):
        template = uuid.uuid4()
        with acting(db, leader.actor()):
            save(db, template, "One", visibility=visibility)
            call(db, "archive_template", template_id=template)
            with expect_refusal(db, "PT409", "archived"):
                save(db, template, "Two", version=1, visibility=visibility)
            for _ in range(2):
                back = call(db, "restore_template", template_id=template)
                assert (back["archived_at"], back["current_version"], back["visibility"]) == (None, 1, visibility)
            assert save(db, template, "Two", version=1, visibility=visibility)["current_version"] == 2
            call(db, "archive_template", template_id=template)
        for person in (member, stranger):
            with acting(db, person.actor()), expect_refusal(db, "PT404"):
                call(db, "restore_template", template_id=template)
        with acting(db, admin.actor("aal2")), expect_refusal(db, "42501", "partner_not_active"):
            call(db, "restore_template", template_id=template)
    with acting(db, admin.actor("aal2")):
        save(db, official, "One", visibility="official")
        call(db, "archive_template", template_id=official)
        for _ in range(2):
            assert call(db, "restore_template", template_id=official)["archived_at"] is None
    with acting(db, leader.actor()), expect_refusal(db, "42501", "staff_only"):
        call(db, "restore_template", template_id=official)
    with acting(db, make_staff(db, "support").actor("aal2")), expect_refusal(db, "42501", "role"):
        call(db, "archive_template", template_id=official)
    kinds = rows(db, "select type from ops.events where subject_id = %s order by id", official)
    assert [kind for (kind,) in kinds] == ["template.published", "template.archived", "template.restored"]


def test_shared_templates_reach_the_team_and_official_ones_everybody(db: psycopg.Connection) -> None:
    leader = make_partner(db, tier="performer")
    member = make_partner(db, tier="active", leader=leader)
    stranger, starter = make_partner(db, tier="active"), make_partner(db, leader=leader)
    private, shared, official = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    with acting(db, leader.actor()):
        save(db, private, "Mine")
        save(db, shared, "Draft")
        save(db, shared, "Ours", visibility="shared", version=1)
        with expect_refusal(db, "42501", "staff_only"):
            save(db, official, "Official", visibility="official")
    with acting(db, make_staff(db, "admin").actor("aal2")):
        save(db, official, "Official", visibility="official")

    def seen(person: Person) -> list[str]:
        with acting(db, person.actor()):
            query = "select body from public.message_template_versions where template_id = any(%s) order by body"
            return [body for (body,) in rows(db, query, [private, shared, official])]

    assert seen(leader) == ["Draft", "Mine", "Official", "Ours"]
    assert seen(member) == ["Official", "Ours"]
    assert seen(stranger) == ["Official"]
    assert seen(starter) == []
    with acting(db, member.actor()), expect_refusal(db, "PT404"):
        save(db, shared, "Taken over", visibility="shared", version=2)


def test_the_funnel_counts_how_far_leads_came(db: psycopg.Connection) -> None:
    partner, starter = make_partner(db, tier="active"), make_partner(db)
    leads = [make_lead(db, partner, company()) for _ in range(4)]
    with acting(db, partner.actor()):
        for lead in leads[:3]:
            call(db, "move_lead", lead_id=lead, to_status="contacted")
        call(db, "move_lead", lead_id=leads[1], to_status="qualified")
        call(db, "move_lead", lead_id=leads[1], to_status="closed_lost", lost_reason="no budget")
        win(db, leads[2])
        funnel = call(db, "lead_funnel")
        counts = call(db, "lead_counts")
        health = call(db, "pipeline_health")
    assert [(stage["status"], stage["leads"]) for stage in funnel["stages"]] == [
        ("new", 4), ("contacted", 3), ("qualified", 2), ("proposal_sent", 1), ("closed_won", 1),
    ]  # fmt: skip
    assert (funnel["lost"], funnel["conversion_bp"]) == (1, 2500)
    assert counts["new"] == {"leads": 1, "value": {"USD": 150000}}
    assert counts["qualified"] == {"leads": 0, "value": {}}
    assert (health["leads"], health["idle"]) == (2, 0)
    with acting(db, starter.actor()):
        assert call(db, "lead_counts")["new"]["leads"] == 0
        for report in ("lead_funnel", "pipeline_health", "attribution_report"):
            with expect_refusal(db, "42501", "tier"):
                call(db, report)
    with acting(db, partner.actor()), expect_refusal(db, "22023", "period"):
        call(db, "lead_funnel", from_day=datetime.now(UTC).date(), to_day=datetime.now(UTC).date() - timedelta(days=1))

"""Leads: whose a client is, cases between partners, sharing, tasks, files, reminders, scores, templates, reports."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import (
    Person,
    acting,
    call,
    expect_refusal,
    insert_row,
    make_lead,
    make_partner,
    make_staff,
    rows,
    value,
)


def company() -> str:
    return f"Client {uuid.uuid4().hex}"


def add_lead(db: psycopg.Connection, partner: Person, name: str, **columns: Any) -> uuid.UUID:
    """A lead that the partner adds as the app does."""
    lead = uuid.uuid4()
    with acting(db, partner.actor()):
        insert_row(db, "leads", id=lead, company_name=name, **columns)
    return lead


def lead_row(db: psycopg.Connection, lead: uuid.UUID) -> dict[str, Any]:
    row: dict[str, Any] = value(db, "select to_jsonb(lead) from public.leads as lead where id = %s", lead)
    return row


def win(db: psycopg.Connection, lead: uuid.UUID) -> Any:
    return call(db, "claim_win", lead_id=lead, value=100000, currency="USD", request_id=uuid.uuid4())


def open_case(db: psycopg.Connection, newer: uuid.UUID) -> uuid.UUID:
    case: uuid.UUID = value(db, "select id from public.lead_conflicts where new_lead_id = %s and state = 'open'", newer)
    return case


# -- identity ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Jo.Doe+web@GMail.com", "jodoe@gmail.com"),
        ("jodoe@googlemail.com", "jodoe@gmail.com"),
        ("Jo.Doe+web@Firm.example", "jo.doe@firm.example"),
        ("+tag@firm.example", None),
        (None, None),
    ],
)
def test_emails_compare_without_case_tags_and_gmail_dots(
    db: psycopg.Connection, written: str | None, known: str | None
) -> None:
    assert value(db, "select private.normalise_email(%s)", written) == known


@pytest.mark.parametrize(
    ("written", "home", "known"),
    [
        ("+1 (202) 555-0123", "DE", "12025550123"),
        ("(202) 555-0123", "US", "12025550123"),
        ("1-202-555-0123", "US", "12025550123"),
        ("0044 20 7946 0123", "US", "442079460123"),
        ("020 7946 0123", "GB", "442079460123"),
        ("030 1234567", "DE", "49301234567"),
        ("555", "US", None),
        ("202 555 0123", "QQ", None),
    ],
)
def test_phones_compare_as_international_numbers(
    db: psycopg.Connection, written: str, home: str, known: str | None
) -> None:
    assert value(db, "select private.normalise_phone(%s, %s)", written, home) == known


@pytest.mark.parametrize(
    ("one", "other"),
    [("ACME, Inc.", "acme"), ("Café Zürich GmbH & Co. KG", "Cafe Zurich"), ("A.C.M.E. Ltd", "ACME Limited")],
)
def test_companies_compare_without_accents_and_legal_form(db: psycopg.Connection, one: str, other: str) -> None:
    assert value(db, "select private.normalise_company(%s) = private.normalise_company(%s)", one, other)


def test_a_free_mail_domain_is_nobodys(db: psycopg.Connection) -> None:
    assert value(db, "select private.company_domain('a@gmail.com')") is None
    assert value(db, "select private.company_domain('a@Firm.example')") == "firm.example"


def test_own_duplicates_are_shown_before_saving(db: psycopg.Connection) -> None:
    partner, stranger = make_partner(db), make_partner(db)
    name = company()
    lead = add_lead(db, partner, f"{name} Inc.", contact_phone="202 555 0177")
    with acting(db, partner.actor()):
        found = rows(db, "select id, same from public.similar_leads(%s, null, '+1 202 555 0177')", name)
    assert found == [(lead, ["phone", "company"])]
    with acting(db, stranger.actor()):
        assert rows(db, "select id from public.similar_leads(%s, null, null)", name) == []


# -- two partners, one client (F-19) -----------------------------------------------------------------------------------
def clash(db: psycopg.Connection) -> tuple[Person, Person, uuid.UUID, uuid.UUID]:
    """Two partners and their leads that name one client, the first one's and the second one's."""
    first, second = make_partner(db, name="Partner 0815"), make_partner(db, name="Partner 0816")
    host = f"{uuid.uuid4().hex}.example"
    older = add_lead(db, first, company(), contact_email=f"ann@{host}")
    newer = add_lead(db, second, company(), contact_email=f"bob@{host}")
    return first, second, older, newer


def test_the_first_registration_is_protected_and_the_second_becomes_a_case(db: psycopg.Connection) -> None:
    first, second, older, newer = clash(db)
    assert lead_row(db, older)["protected_until"] is not None
    assert not lead_row(db, older)["in_conflict"]
    assert lead_row(db, newer)["in_conflict"]
    assert lead_row(db, newer)["protected_until"] is None
    kinds = value(db, "select match_kinds from public.lead_conflicts where id = %s", open_case(db, newer))
    assert kinds == ["domain"]
    for person in (first, second):
        query = "select count(*) from public.notifications where partner_id = %s and type = 'account'"
        assert value(db, query, person.id) == 1


@pytest.mark.parametrize("kind", ["email", "phone", "company"])
def test_each_kind_of_match_counts(db: psycopg.Connection, kind: str) -> None:
    first, second = make_partner(db), make_partner(db)
    name = company()
    mine = {"contact_email": f"{uuid.uuid4().hex}@gmail.com", "contact_phone": f"+1202{uuid.uuid4().int % 10**7:07d}"}
    add_lead(db, first, f"{name} Ltd", **mine)
    same = {"contact_email": mine["contact_email"].upper()} if kind == "email" else {}
    if kind == "phone":
        same = {"contact_phone": f"00{mine['contact_phone'][1:]}"}
    newer = add_lead(db, second, name if kind == "company" else company(), **same)
    assert value(
        db, "select match_kinds from public.lead_conflicts where new_lead_id = %s", newer
    ) == [kind]  # fmt: skip


def test_the_second_partner_learns_that_there_is_a_case_and_nothing_else(db: psycopg.Connection) -> None:
    first, second, older, newer = clash(db)
    with acting(db, second.actor()):
        seen = rows(db, "select to_jsonb(mine) from public.my_lead_conflicts() as mine")
        assert value(db, "select count(*) from public.lead_conflicts") == 0
        texts = str(seen) + str(rows(db, "select title, message, action_url from public.notifications"))
    assert len(seen) == 1
    assert seen[0][0]["lead_id"] == str(newer)
    assert seen[0][0]["registered_first"] is False
    for secret in (str(older), str(first.id), "Partner 0815", first.email, lead_row(db, older)["company_name"]):
        assert secret not in texts


def test_a_lead_without_contact_protects_nothing(db: psycopg.Connection) -> None:
    first, second = make_partner(db), make_partner(db)
    name = company()
    early = add_lead(db, first, name)
    late = add_lead(db, second, name, contact_phone="+12025550188")
    assert not lead_row(db, late)["in_conflict"]
    # The first partner comes back with an address: now the other one is first.
    with acting(db, first.actor()):
        db.execute("update public.leads set contact_email = 'a@example.com' where id = %s", (early,))
    assert lead_row(db, early)["in_conflict"]


def test_a_win_waits_for_the_decision(db: psycopg.Connection) -> None:
    first, second, older, newer = clash(db)
    with acting(db, second.actor()), expect_refusal(db, "PT409", "lead_in_conflict"):
        win(db, newer)
    with acting(db, first.actor()):
        assert win(db, older)["status"] == "claimed"


def test_a_lead_without_contact_cannot_be_won_past_a_protected_one(db: psycopg.Connection) -> None:
    first, second = make_partner(db), make_partner(db)
    name = company()
    quiet = add_lead(db, second, name)
    add_lead(db, first, name, contact_email="a@example.com")
    with acting(db, second.actor()):
        with expect_refusal(db, "PT409", "lead_in_conflict"):
            win(db, quiet)
        assert call(db, "register_lead", lead_id=quiet)["in_conflict"] is True
    assert open_case(db, quiet)


def test_protection_lapses_and_is_renewed_by_activity(db: psycopg.Connection) -> None:
    first, second = make_partner(db), make_partner(db)
    name = company()
    older = add_lead(db, first, name, contact_email="a@example.com")
    db.execute("update public.leads set protected_until = private.now() + interval '1 day' where id = %s", (older,))
    with acting(db, first.actor()):
        db.execute("insert into public.lead_activities (lead_id, activity_type) values (%s, 'call')", (older,))
    assert value(
        db, "select protected_until > private.now() + interval '89 days' from public.leads where id = %s", older
    )
    db.execute("update public.leads set protected_until = private.now() - interval '1 day' where id = %s", (older,))
    newer = add_lead(db, second, name, contact_email="b@example.com")
    assert not lead_row(db, newer)["in_conflict"]
    # Whoever let it lapse comes second now.
    with acting(db, first.actor()):
        db.execute("insert into public.lead_activities (lead_id, activity_type) values (%s, 'call')", (older,))
    assert lead_row(db, older)["in_conflict"]


def decide(db: psycopg.Connection, case: uuid.UUID, decision: str, staff: Person | None = None) -> Any:
    staff = staff or make_staff(db, "support")
    with acting(db, staff.actor("aal2")):
        return call(db, "decide_conflict", conflict_id=case, decision=decision, reason="Looked at both.")


def test_staff_decide_for_the_later_lead(db: psycopg.Connection) -> None:
    first, second, older, newer = clash(db)
    case = open_case(db, newer)
    assert decide(db, case, "new_lead")["decision"] == "new_lead"
    assert decide(db, case, "new_lead")["decision"] == "new_lead"  # again: nothing happens
    assert not lead_row(db, newer)["in_conflict"]
    assert lead_row(db, newer)["protected_until"] is not None
    with acting(db, first.actor()):
        with expect_refusal(db, "PT409", "lead_lost_to_another"):
            win(db, older)
        assert value(db, "select outcome from public.my_lead_conflicts()") == "not_yours"
    with acting(db, second.actor()):
        assert value(db, "select outcome from public.my_lead_conflicts()") == "yours"
        assert win(db, newer)["status"] == "claimed"
    # That there was a case is said to whoever verifies the deal.
    assert "conflict" in value(db, "select flags from public.deals where lead_id = %s", newer)


def test_staff_decide_for_the_earlier_lead(db: psycopg.Connection) -> None:
    _first, second, older, newer = clash(db)
    decide(db, open_case(db, newer), "existing_lead")
    with acting(db, second.actor()), expect_refusal(db, "PT409", "lead_lost_to_another"):
        win(db, newer)
    # Nor after naming somebody else in between.
    with acting(db, second.actor()):
        db.execute("update public.leads set contact_email = 'x@example.com' where id = %s", (newer,))
        with expect_refusal(db, "PT409", "lead_lost_to_another"):
            win(db, newer)
    assert lead_row(db, older)["protected_until"] is not None


def test_both_may_go_on(db: psycopg.Connection) -> None:
    first, second, older, newer = clash(db)
    decide(db, open_case(db, newer), "both")
    for person, lead in ((first, older), (second, newer)):
        with acting(db, person.actor()):
            assert win(db, lead)["status"] == "claimed"


def test_who_may_decide_a_case(db: psycopg.Connection) -> None:
    first, second, older, newer = clash(db)
    case = open_case(db, newer)
    with acting(db, second.actor()), expect_refusal(db, "42501", "staff_only"):
        call(db, "decide_conflict", conflict_id=case, decision="new_lead", reason="mine")
    support = make_staff(db, "support")
    with acting(db, support.actor()), expect_refusal(db, "PT403"):
        call(db, "decide_conflict", conflict_id=case, decision="new_lead", reason="x")
    # A staff member who is one of the two partners.
    db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (first.id, support.id))
    with acting(db, support.actor("aal2")), expect_refusal(db, "42501", "self_dealing"):
        call(db, "decide_conflict", conflict_id=case, decision="existing_lead", reason="x")
    with acting(db, first.actor()):
        win(db, older)
    admin = make_staff(db, "admin")
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "PT409", "has_deal"):
            call(db, "decide_conflict", conflict_id=case, decision="new_lead", reason="x")
        with expect_refusal(db, "22023", "required"):
            call(db, "decide_conflict", conflict_id=case, decision="both", reason=" ")
        sides = {lead["side"]: lead["partner"] for lead in call(db, "conflict_case", conflict_id=case)["leads"]}
    assert sides == {"existing": "Partner 0815", "new": "Partner 0816"}


@pytest.mark.parametrize("how", ["lost", "deleted"])
def test_the_next_in_line_follows_when_the_first_gives_up(db: psycopg.Connection, how: str) -> None:
    first, second, third = make_partner(db), make_partner(db), make_partner(db)
    name = company()
    leads = [add_lead(db, person, name, contact_email="a@example.com") for person in (first, second, third)]
    assert [lead_row(db, lead)["in_conflict"] for lead in leads] == [False, True, True]
    db.execute(
        "update public.lead_conflicts set created_at = created_at + interval '1 second' where new_lead_id = %s",
        (leads[2],),
    )
    with acting(db, first.actor()):
        if how == "lost":
            call(db, "move_lead", lead_id=leads[0], to_status="closed_lost", lost_reason="no budget")
        else:
            call(db, "delete_lead", lead_id=leads[0], reason="twice")
    assert [lead_row(db, lead)["in_conflict"] for lead in leads[1:]] == [False, True]
    with acting(db, second.actor()):
        assert win(db, leads[1])["status"] == "claimed"
    with acting(db, third.actor()), expect_refusal(db, "PT409", "lead_in_conflict"):
        win(db, leads[2])


def test_a_case_vanishes_with_its_reason(db: psycopg.Connection) -> None:
    _first, second, _older, newer = clash(db)
    with acting(db, second.actor()):
        db.execute("update public.leads set contact_email = 'typo@example.com' where id = %s", (newer,))
    assert not lead_row(db, newer)["in_conflict"]
    assert value(db, "select decision::text from public.lead_conflicts where new_lead_id = %s", newer) == "withdrawn"


@contextmanager
def committed_people(settings: Settings) -> Iterator[tuple[Person, Person]]:
    with psycopg.connect(settings.dsn("postgres")) as connection:
        people = make_partner(connection), make_partner(connection)
        connection.commit()
        yield people


def test_two_registrations_in_one_moment_cannot_both_be_first(settings: Settings) -> None:
    host = f"{uuid.uuid4().hex}.example"
    with (
        committed_people(settings) as (first, second),
        psycopg.connect(settings.dsn("postgres")) as one,
        psycopg.connect(settings.dsn("postgres")) as two,
    ):
        older = add_lead(one, first, company(), contact_email=f"a@{host}")
        made: list[uuid.UUID] = []

        def register() -> None:
            made.append(add_lead(two, second, company(), contact_email=f"b@{host}"))
            two.commit()

        other = threading.Thread(target=register)
        other.start()
        other.join(0.5)
        assert other.is_alive(), "the second registration has to wait for the first"
        one.commit()
        other.join(10)
        assert not lead_row(one, older)["in_conflict"]
        assert lead_row(one, made[0])["in_conflict"]


# -- wins that need a second look (F-20) -------------------------------------------------------------------------------
def test_dealing_with_oneself_is_flagged(db: psycopg.Connection) -> None:
    leader = make_partner(db, tier="performer")
    partner = make_partner(db, leader=leader)
    host = f"{uuid.uuid4().hex}.example"
    db.execute(
        "update public.partners set phone = '+12025550143', email = %s where id = %s", (f"me@{host}", partner.id)
    )
    db.execute("update public.partners set phone = '+12025550144' where id = %s", (leader.id,))
    own = add_lead(db, partner, company(), contact_email=f"me+shop@{host}", contact_phone="202-555-0143")
    leaders = add_lead(db, partner, company(), contact_phone="+1 202 555 0144")
    clean = add_lead(db, partner, company(), contact_email="x@example.com")
    db.execute(
        "update public.leads set created_at = private.now() - interval '2 hours' where partner_id = %s", (partner.id,)
    )
    with acting(db, partner.actor()):
        for lead in (own, leaders, clean):
            win(db, lead)
    flags = {
        lead: value(db, "select flags from public.deals where lead_id = %s", lead) for lead in (own, leaders, clean)
    }
    assert flags[own] == ["self_dealing:domain", "self_dealing:email", "self_dealing:phone"]
    assert flags[leaders] == ["team_dealing:phone"]
    assert flags[clean] == []


def test_wins_that_come_too_fast_are_flagged(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    leads = [make_lead(db, partner, company()) for _ in range(4)]
    with acting(db, partner.actor()):
        for lead in leads:
            win(db, lead)
    assert value(db, "select flags from public.deals where lead_id = %s", leads[0]) == ["fast_win"]
    assert value(db, "select flags from public.deals where lead_id = %s", leads[3]) == ["fast_win", "many_wins"]


# -- deleting (A-40) ---------------------------------------------------------------------------------------------------
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


# -- sharing (R-174) ---------------------------------------------------------------------------------------------------
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
        with expect_refusal(db, "P0002"):
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
        with expect_refusal(db, "P0002"):
            win(db, lead)
        with expect_refusal(db, "P0002"):
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
    db.execute("update public.lead_shares set until = private.now() - interval '1 second' where lead_id = %s", (lead,))
    assert not sees(db, member, lead)


def test_who_may_share_and_with_whom(db: psycopg.Connection) -> None:
    leader, member, stranger = team(db)
    lead, members = make_lead(db, leader, company()), make_lead(db, member, company())
    with acting(db, member.actor()), expect_refusal(db, "42501", "tier"):
        call(db, "share_lead", lead_id=members, partner_id=leader.id)
    with acting(db, leader.actor()):
        with expect_refusal(db, "42501", "not_in_team"):
            call(db, "share_lead", lead_id=lead, partner_id=stranger.id)
        with expect_refusal(db, "P0002"):
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
    with acting(db, partner.actor()), expect_refusal(db, "P0002"):
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
    with acting(db, member.actor()), expect_refusal(db, "P0002"):
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

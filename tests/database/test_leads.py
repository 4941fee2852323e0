"""Leads: whose a client is, cases between partners, wins that need a second look."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
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
from tests.database.leads_support import add_lead, company, lead_row, open_case, win


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
    with by_hand(db):
        db.execute("update public.leads set protected_until = private.now() + interval '1 day' where id = %s", (older,))
    with acting(db, first.actor()):
        db.execute("insert into public.lead_activities (lead_id, activity_type) values (%s, 'call')", (older,))
    assert value(
        db, "select protected_until > private.now() + interval '89 days' from public.leads where id = %s", older
    )
    with by_hand(db):
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
    with by_hand(db):
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

"""Accounts: who closes and opens them, what a profile may hold, terms, staff, sessions, the directory."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.database.harness import (
    Actor,
    Person,
    acting,
    by_hand,
    call,
    expect_refusal,
    make_lead,
    make_login,
    make_partner,
    make_staff,
    rows,
    value,
)
from tests.database.people_support import Db


def test_a_suspension_holds_from_the_next_request_and_leaves_the_money_readable(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    lead = make_lead(db, partner)
    with acting(db, admin.actor("aal2")):
        call(db, "suspend_partner", partner_id=partner.id, reason="open question")
        call(db, "suspend_partner", partner_id=partner.id, reason="open question")
    with acting(db, partner.actor()):
        assert rows(db, "select id from public.leads") == []
        assert rows(db, "select id from public.partner_directory") == []
        assert rows(db, "select id from public.commissions") == []  # readable, hence no error
        account = call(db, "my_account")["partner"]
        assert (account["status"], account["status_reason"]) == ("suspended", "open question")
        for function, arguments in (
            ("move_lead", {"lead_id": lead, "to_status": "contacted"}),
            ("update_profile", {"changes": {"name": "Other"}}),
            ("pause_account", {}),
            ("accept_invite", {"token": "x"}),
        ):
            with expect_refusal(db, "42501", "partner_not_active"):
                call(db, function, **arguments)
    assert (
        value(db, "select count(*) from ops.events where type = 'partner.suspended' and subject_id = %s", partner.id)
        == 1
    )
    assert value(db, "select listed from public.partner_directory where id = %s", partner.id) is False
    with acting(db, admin.actor("aal2")):
        call(db, "reinstate_partner", partner_id=partner.id, reason="answered")
    with acting(db, partner.actor()):
        assert len(rows(db, "select id from public.leads")) == 1


def test_termination_is_final(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    with acting(db, admin.actor("aal2")):
        call(db, "terminate_partner", partner_id=partner.id, reason="asked for it")
        for function in ("suspend_partner", "reinstate_partner"):
            with expect_refusal(db, "PT409", "wrong_state"):
                call(db, function, partner_id=partner.id, reason="oops")
    assert value(db, "select name from public.partner_directory where id = %s", partner.id) == "Partner"


@pytest.mark.parametrize("function", ["suspend_partner", "terminate_partner", "reinstate_partner"])
def test_only_admins_with_a_reason_and_a_fresh_code_decide_about_accounts(db: Db, admin: Person, function: str) -> None:
    partner, other, finance = make_partner(db), make_partner(db), make_staff(db, "finance")
    for actor, code in (
        (other.actor("aal2"), "42501"),
        (finance.actor("aal2"), "42501"),
        (admin.actor(), "PT403"),
        (admin.actor("aal2").with_mfa(601), "PT403"),
    ):
        with acting(db, actor), expect_refusal(db, code):
            call(db, function, partner_id=partner.id, reason="because")
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "22023", "length"):
            call(db, function, partner_id=partner.id, reason="  ")
        with expect_refusal(db, "PT404"):
            call(db, function, partner_id=uuid.uuid4(), reason="because")


def test_a_pause_is_the_partners_own_and_can_be_ended(db: Db) -> None:
    partner = make_partner(db)
    lead = make_lead(db, partner)
    with acting(db, partner.actor()):
        assert call(db, "pause_account") == call(db, "pause_account") == {"status": "inactive"}
        assert len(rows(db, "select id from public.leads")) == 1
        with expect_refusal(db, "42501", "partner_not_active"):
            call(db, "move_lead", lead_id=lead, to_status="contacted")
        assert call(db, "resume_account") == {"status": "active"}
        call(db, "move_lead", lead_id=lead, to_status="contacted")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"phone": "123"}, "phone"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"locale": "english"}, "locale"),
        ({"avatar_path": "somebody/else.png"}, "avatar_path"),
        ({"region": "x" * 81}, "region"),
        ({"status": "active"}, "status"),
        ({"current_tier": "elite"}, "current_tier"),
    ],
)
def test_a_profile_takes_only_what_makes_sense(db: Db, changes: dict[str, Any], field: str) -> None:
    partner = make_partner(db)
    with acting(db, partner.actor()), expect_refusal(db, "22023"):
        call(db, "update_profile", changes=changes)
    with acting(db, partner.actor()), pytest.raises(psycopg.Error), db.transaction():
        query = sql.SQL("update public.partners set {} = %s where id = %s").format(sql.Identifier(field))
        db.execute(query, (changes[field], partner.id))


def test_the_directory_follows_the_profile(db: Db) -> None:
    partner, reader = make_partner(db), make_partner(db)
    with acting(db, partner.actor()):
        picture = f"{partner.id}/me.webp"
        mine = call(
            db,
            "update_profile",
            changes={"name": " Starter 09 ", "region": "Kent", "avatar_path": picture, "timezone": "Europe/London"},
        )
    assert (mine["name"], mine["region"], mine["timezone"]) == ("Starter 09", "Kent", "Europe/London")
    with acting(db, reader.actor()):
        entry = rows(db, "select name, region, avatar_path from public.partner_directory where id = %s", partner.id)
        assert entry == [("Starter 09", "Kent", picture)]
        with expect_refusal(db, "42501"):
            db.execute("update public.partner_directory set name = 'x'")
    assert rows(db, "select 1 from private.check_directory") == []


def test_applying_accepts_the_terms_and_a_new_version_asks_again(db: Db) -> None:
    person = make_login(db)
    with acting(db, person.actor()):
        assert len(call(db, "my_pending_terms")) == 2
        call(db, "submit_application", name="Client 17", phone=None, country="US", motivation=None, accept_terms=True)
        assert call(db, "my_pending_terms") == []
    newer = value(
        db,
        "insert into public.terms_versions (kind, version, title, url)"
        " values ('privacy_policy', '900', 'Privacy policy', '/legal/privacy') returning id",
    )
    with acting(db, person.actor()):
        assert [terms["id"] for terms in call(db, "my_pending_terms")] == [str(newer)]
        old = value(db, "select id from public.terms_versions where kind = 'privacy_policy' and version = '1'")
        with expect_refusal(db, "PT409", "outdated"):
            call(db, "accept_terms", terms_ids=[old])
        call(db, "accept_terms", terms_ids=[newer])
        call(db, "accept_terms", terms_ids=[newer])
        assert len(rows(db, "select id from public.terms_acceptances")) == 3
    for statement in ("delete from public.terms_acceptances", "update public.terms_versions set title = 'x'"):
        with expect_refusal(db, "42501", "append_only"):
            db.execute(statement.encode())


def test_an_application_is_reviewed_withdrawn_and_may_come_again(db: Db, admin: Person) -> None:
    person = make_login(db)
    fields: dict[str, Any] = {
        "name": "Client 17",
        "phone": None,
        "country": "US",
        "motivation": None,
        "accept_terms": True,
    }
    with acting(db, person.actor()), expect_refusal(db, "PT404"):
        call(db, "withdraw_application")
    with acting(db, person.actor()):
        first = uuid.UUID(call(db, "submit_application", **fields)["id"])
        with expect_refusal(db, "42501", "staff_only"):
            call(db, "start_review", application_id=first)
    with acting(db, admin.actor("aal2")):
        assert call(db, "start_review", application_id=first)["status"] == "in_review"
    with acting(db, person.actor()):
        assert call(db, "withdraw_application") == call(db, "withdraw_application")
    db.execute("update public.applications set created_at = private.now() - interval '1 day' where id = %s", (first,))
    with acting(db, person.actor()):
        second = uuid.UUID(call(db, "submit_application", **fields)["id"])
    assert second != first
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "PT409", "wrong_state"):
            call(db, "start_review", application_id=first)
        call(db, "decide_application", application_id=second, decision="approved")
    with acting(db, person.actor()), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "withdraw_application")


def confirmed(db: Db) -> Person:
    person = make_login(db)
    db.execute("update auth.users set email_confirmed_at = now() where id = %s", (person.id,))
    return person


def test_owners_give_and_take_roles_and_one_owner_stays(db: Db, admin: Person) -> None:
    owner, newcomer = make_staff(db, "owner"), confirmed(db)
    role = {"email": newcomer.email, "role": "finance", "name": "Finance 09"}
    with acting(db, admin.actor("aal2")), expect_refusal(db, "42501", "role"):
        call(db, "grant_role", **role)
    with acting(db, owner.actor("aal2")):
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "grant_role", email=f"{uuid.uuid4()}@example.com", role="admin", name="x")
        with expect_refusal(db, "42501", "self_dealing"):
            call(db, "grant_role", email=owner.email, role="finance")
        assert call(db, "grant_role", **role)["roles"] == ["finance"]
        assert call(db, "grant_role", **role)["roles"] == ["finance"]
    with acting(db, Actor(subject=newcomer.subject, email=newcomer.email, aal="aal2")):
        assert value(db, "select private.my_roles()::text") == "{finance}"
    with by_hand(db):
        db.execute("update public.staff_members set active = false where id <> all (%s)", ([owner.id, admin.id],))
    with acting(db, owner.actor("aal2")):
        with expect_refusal(db, "PT409", "last_owner"):
            call(db, "revoke_role", email=owner.email, role="owner")
        assert call(db, "revoke_role", email=newcomer.email, role="finance")["roles"] == []
    with acting(db, Actor(subject=newcomer.subject, email=newcomer.email, aal="aal2")):
        assert value(db, "select private.my_roles()::text") == "{}"


def sign_in(db: Db, person: Person) -> Actor:
    session = uuid.uuid4()
    db.execute(
        "insert into auth.sessions (id, user_id, created_at, updated_at, user_agent, ip, aal)"
        " values (%s, %s, now(), now(), 'Browser', '192.0.2.1', 'aal1')",
        (session, person.subject),
    )
    return replace(person.actor(), session_id=str(session))


def test_a_revoked_session_is_dead_at_once_and_only_the_own_can_be_revoked(db: Db) -> None:
    partner, stranger = make_partner(db), make_partner(db)
    db.execute("delete from auth.sessions where user_id = %s", (partner.subject,))
    phone, laptop, foreign = sign_in(db, partner), sign_in(db, partner), sign_in(db, stranger)
    with acting(db, laptop):
        listed = rows(db, "select id::text, current, ip, aal from public.list_my_sessions()")
        assert sorted(listed) == sorted(
            [(phone.session_id, False, "192.0.2.1", "aal1"), (laptop.session_id, True, "192.0.2.1", "aal1")]
        )
        assert call(db, "revoke_session", session_id=uuid.UUID(foreign.session_id)) == 0
        assert call(db, "revoke_session", session_id=uuid.UUID(phone.session_id)) == 1
        assert call(db, "revoke_session", session_id=uuid.UUID(phone.session_id)) == 0
        assert value(db, "select private.session_is_live()") is True
    for actor, live in ((phone, False), (foreign, True), (replace(phone, issuer="https://login.example.com"), True)):
        with acting(db, actor):
            assert value(db, "select private.session_is_live()") is live
    again = sign_in(db, partner)
    with acting(db, again):
        assert call(db, "revoke_other_sessions") == 1
        assert value(db, "select private.session_is_live()") is True
    with acting(db, laptop):
        assert value(db, "select private.session_is_live()") is False


def test_a_token_without_a_session_or_with_another_users_is_not_live(db: Db) -> None:
    partner, stranger = make_partner(db), make_partner(db)
    theirs = sign_in(db, stranger)
    for session in (str(uuid.uuid4()), theirs.session_id):
        with acting(db, replace(partner.actor(), session_id=session)):
            assert value(db, "select private.session_is_live()") is False
    with acting(db, Actor(role="anon")):
        assert value(db, "select private.session_is_live()") is True

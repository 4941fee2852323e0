"""Teams, sponsors and recruits: who joins whom, when it may change, and what a win freezes of it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    expect_refusal,
    make_login,
    make_partner,
    make_staff,
    rows,
    value,
)
from tests.database.people_support import Db, claim, win


@pytest.fixture
def leader(db: Db) -> Person:
    """A performer who sells: one qualified deal in the last 90 days."""
    partner = make_partner(db, name="Performer 01", tier="performer")
    win(db, partner, days_ago=60)
    return partner


def invite(db: Db, leader: Person, **more: Any) -> dict[str, Any]:
    with acting(db, leader.actor()):
        result: dict[str, Any] = call(db, "invite_member", request_id=uuid.uuid4(), **more)
        return result


def join(db: Db, leader: Person, member: Person) -> None:
    token = invite(db, leader)["token"]
    with acting(db, member.actor()):
        call(db, "accept_invite", token=token)


def test_an_invitation_makes_a_member_and_the_cache_follows(db: Db, leader: Person) -> None:
    member = make_partner(db)
    token = invite(db, leader, email=member.email)["token"]
    with acting(db, member.actor()):
        assert call(db, "accept_invite", token=token) == call(db, "accept_invite", token=token)
        assert value(db, "select private.my_leader()") == leader.id
    with acting(db, leader.actor()):
        assert rows(db, "select id, override_percentage from public.my_team") == [(member.id, 1000)]
        assert rows(db, "select accepted_by from public.team_invites") == [(member.id,)]
        with expect_refusal(db, "42501"):
            db.execute("select token_hash from public.team_invites")
    assert value(db, "select team_leader_id from public.partners where id = %s", member.id) == leader.id
    assert rows(db, "select 1 from private.check_team_leader_cache") == []


def test_an_invitation_is_for_its_address_once_and_for_two_weeks(db: Db, leader: Person) -> None:
    member, stranger = make_partner(db), make_partner(db)
    addressed = invite(db, leader, email=member.email)
    with acting(db, stranger.actor()), expect_refusal(db, "PT404", "not_found"):
        call(db, "accept_invite", token=addressed["token"])
    db.execute("update public.team_invites set expires_at = private.now() where id = %s", (addressed["id"],))
    with acting(db, member.actor()), expect_refusal(db, "PT409", "expired"):
        call(db, "accept_invite", token=addressed["token"])
    withdrawn = invite(db, leader)
    with acting(db, leader.actor()):
        call(db, "withdraw_invite", invite_id=uuid.UUID(withdrawn["id"]))
        with expect_refusal(db, "PT404"):
            call(db, "accept_invite", token=addressed["token"])
    with acting(db, member.actor()), expect_refusal(db, "PT404", "not_found"):
        call(db, "accept_invite", token=withdrawn["token"])
    join(db, leader, member)
    with acting(db, stranger.actor()), expect_refusal(db, "PT404", "not_found"):
        call(db, "accept_invite", token=withdrawn["token"])


def test_below_performer_nobody_leads(db: Db) -> None:
    active = make_partner(db, tier="active")
    with acting(db, active.actor()), expect_refusal(db, "42501", "tier"):
        call(db, "invite_member", request_id=uuid.uuid4())
    with expect_refusal(db, "PT409", "leader_tier"), by_hand(db):
        db.execute(
            "insert into public.partner_teams (team_leader_id, team_member_id) values (%s, %s)",
            (active.id, make_partner(db).id),
        )


def test_a_team_is_no_ring(db: Db, leader: Person) -> None:
    second, third = make_partner(db, tier="performer"), make_partner(db, tier="performer")
    join(db, leader, second)
    join(db, second, third)
    with expect_refusal(db, "PT409", "team_cycle"), by_hand(db):
        db.execute(
            "insert into public.partner_teams (team_leader_id, team_member_id) values (%s, %s)", (third.id, leader.id)
        )


def test_one_leader_at_a_time_and_no_rewriting(db: Db, leader: Person) -> None:
    other, member = make_partner(db, tier="elite"), make_partner(db)
    join(db, leader, member)
    token = invite(db, other)["token"]
    with acting(db, member.actor()), expect_refusal(db, "PT409", "already_in_team"):
        call(db, "accept_invite", token=token)
    with expect_refusal(db, "42501", "append_only"), by_hand(db):
        db.execute(
            "update public.partner_teams set team_leader_id = %s where team_member_id = %s", (other.id, member.id)
        )
    with expect_refusal(db, "42501", "guarded"):
        db.execute("update public.partners set team_leader_id = %s where id = %s", (other.id, member.id))
    with expect_refusal(db, "23P01"), by_hand(db):
        db.execute(
            "insert into public.partner_teams (team_leader_id, team_member_id) values (%s, %s)", (other.id, member.id)
        )


def test_the_sponsor_stays_after_the_first_deal_unless_staff_decide(db: Db, leader: Person) -> None:
    other, member, admin = make_partner(db, tier="elite"), make_partner(db), make_staff(db, "admin")
    join(db, leader, member)
    with acting(db, member.actor()):
        call(db, "leave_team")
    join(db, leader, member)
    win(db, member, days_ago=40)
    with acting(db, member.actor()), expect_refusal(db, "PT409", "sponsor_fixed"):
        call(db, "leave_team")
    with acting(db, admin.actor("aal2")):
        with expect_refusal(db, "22023", "required"):
            call(db, "set_team_leader", member_id=member.id, leader_id=other.id, reason="")
        call(db, "set_team_leader", member_id=member.id, leader_id=other.id, reason="wrong invitation")
        call(db, "set_team_leader", member_id=member.id, leader_id=other.id, reason="wrong invitation")
    assert value(db, "select team_leader_id from public.partners where id = %s", member.id) == other.id
    assert value(db, "select count(*) from public.partner_teams where team_member_id = %s", member.id) == 3
    win(db, member)
    with acting(db, admin.actor("aal2")), expect_refusal(db, "PT409", "recent_win"):
        call(db, "set_team_leader", member_id=member.id, leader_id=leader.id, reason="back again")


def test_nobody_joins_right_after_a_win(db: Db, leader: Person) -> None:
    member = make_partner(db)
    win(db, member, days_ago=5)
    token = invite(db, leader)["token"]
    with acting(db, member.actor()), expect_refusal(db, "PT409", "recent_win"):
        call(db, "accept_invite", token=token)


def shared_terms(db: Db, member: Person) -> tuple[Any, ...]:
    with acting(db, member.actor()):
        deal = claim(db, member)
    return rows(
        db, "select leader_id, override_bp, recruiter_id, referral_bp from public.deals where id = %s", deal["id"]
    )[0]


def test_a_win_freezes_the_leaders_share_only_when_the_leader_may_earn(db: Db, leader: Person) -> None:
    member = make_partner(db)
    join(db, leader, member)
    assert shared_terms(db, member) == (leader.id, 1000, None, 0)
    value(db, "select private.set_status(%s, 'suspended', 'test')", leader.id)
    assert shared_terms(db, member) == (None, 0, None, 0)
    value(db, "select private.set_status(%s, 'active', null)", leader.id)
    with by_hand(db):
        db.execute(
            "update public.deals set disqualified_at = private.now(), disqualified_reason = 'refund'"
            " where partner_id = %s",
            (leader.id,),
        )
    assert shared_terms(db, member) == (None, 0, None, 0), "a leader who has not sold for 90 days earns nothing"


def apply(db: Db, code: str | None, admin: Person) -> Person:
    person = make_login(db)
    with acting(db, person.actor()):
        application = call(
            db, "submit_application",
            name="Client 17", phone=None, country="US", motivation=None, accept_terms=True, referral_code=code,
        )  # fmt: skip
    with acting(db, admin.actor("aal2")):
        decided = call(db, "decide_application", application_id=uuid.UUID(application["id"]), decision="approved")
    return Person(uuid.UUID(decided["partner_id"]), person.subject, person.email)


def test_a_referral_code_makes_a_recruit_whose_wins_carry_the_bonus(db: Db) -> None:
    admin, recruiter = make_staff(db, "admin"), make_partner(db, tier="active")
    code = value(db, "select lower(referral_code) from public.partners where id = %s", recruiter.id)
    recruit = apply(db, code, admin)
    assert rows(db, "select recruiter_id, source from public.recruits where recruit_id = %s", recruit.id) == [
        (recruiter.id, "referral_code")
    ]
    assert shared_terms(db, recruit)[2:] == (recruiter.id, 500)
    win(db, recruit, days_ago=300)
    assert shared_terms(db, recruit)[2:] == (recruiter.id, 500)
    win(db, recruit, days_ago=370)
    assert shared_terms(db, recruit)[2:] == (None, 0), "twelve months from the first qualified deal"
    with expect_refusal(db, "42501", "append_only"), by_hand(db):
        db.execute("delete from public.recruits where recruit_id = %s", (recruit.id,))


def test_an_unknown_code_stops_nobody_and_a_starter_recruiter_earns_nothing(db: Db) -> None:
    admin, recruiter = make_staff(db, "admin"), make_partner(db)
    nobodys = apply(db, "NOSUCHCODE", admin)
    assert rows(db, "select 1 from public.recruits where recruit_id = %s", nobodys.id) == []
    code = value(db, "select referral_code from public.partners where id = %s", recruiter.id)
    assert shared_terms(db, apply(db, code, admin))[2:] == (None, 0)


def test_only_those_concerned_see_a_bond(db: Db, leader: Person) -> None:
    member, stranger = make_partner(db), make_partner(db, tier="elite")
    join(db, leader, member)
    for person, count in ((leader, 1), (member, 1), (stranger, 0)):
        with acting(db, person.actor()):
            assert len(rows(db, "select id from public.partner_teams")) == count
            assert value(db, "select count(*) from public.partner_directory where id = %s", member.id) == 1


def test_a_removed_member_is_free_and_a_terminated_leader_leaves_no_team(db: Db, leader: Person) -> None:
    first, second, admin = make_partner(db), make_partner(db), make_staff(db, "admin")
    join(db, leader, first)
    join(db, leader, second)
    with acting(db, leader.actor()):
        call(db, "remove_member", member_id=first.id, reason="moved on")
        call(db, "remove_member", member_id=first.id, reason="moved on")
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "remove_member", member_id=uuid.uuid4(), reason="who?")
    with acting(db, admin.actor("aal2")):
        call(db, "terminate_partner", partner_id=leader.id, reason="fraud")
    assert (
        rows(db, "select 1 from public.partner_teams where team_leader_id = %s and valid_to is null", leader.id) == []
    )
    assert value(db, "select team_leader_id from public.partners where id = %s", second.id) is None

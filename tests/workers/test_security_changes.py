"""Account security: a change reaches every address that was the partner's, payouts wait, one link stops everything."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pyotp
import pytest
from supabase import Client

from siso_local.settings import Settings
from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, rows, value
from tests.e2e.people import mail_to
from tests.platform.auth_support import PASSWORD, admin_client, new_client, new_email, session_of, signed_in

EMAIL, FACTOR = "The e-mail address of your account", "The second factor of your account"
UPPER = str.maketrans("abcdef", "ABCDEF")
BANK, WORD = "The bank account for your payouts", "The password of your account"


@pytest.fixture
def signed(settings: Settings, live: psycopg.Connection) -> tuple[Client, Person]:
    """A partner of the real Auth server, signed in, with a connected payout account."""
    client, email = signed_in(settings)
    user = uuid.UUID(session_of(client).user.id)
    with live.transaction():
        partner = make_partner(live, login=Person(user, str(user), email))
        live.execute(
            "insert into payout_accounts"
            " (partner_id, status, stripe_account_id, connected_with_mfa_at, destination_fingerprint)"
            " values (%s, 'ready', %s, private.now(), 'fingerprint')",
            (partner.id, f"acct_{uuid.uuid4().hex[:16]}"),
        )
    return client, partner


def obstacle(db: psycopg.Connection, partner: Person) -> str | None:
    found: str | None = value(db, "select private.payout_obstacle(%s, 'on_request')", partner.id)
    return found


def secret_of(mail: dict[str, Any]) -> str:
    found = re.search(r"/not-me#([0-9a-f]{64})", mail["text"])
    assert found, mail["text"]
    return found[1]


def report(settings: Settings, token: str, address: str | None = None, **more: str) -> httpx.Response:
    """As anybody with the link does: with the key that every visitor has, from an address of this machine."""
    headers = {"apikey": settings.publishable_key} | more
    with httpx.Client(transport=httpx.HTTPTransport(local_address=address), timeout=20) as client:
        return client.post(f"{settings.api_url}/rest/v1/rpc/report_not_me", json={"token": token}, headers=headers)


def change_email(settings: Settings, partner: Person, to: str) -> None:
    admin_client(settings).auth.admin.update_user_by_id(partner.subject, {"email": to, "email_confirm": True})


def holds(db: psycopg.Connection, partner: Person) -> list[tuple[Any, ...]]:
    return rows(db, "select id, placed_by, ended_at from payout_holds where partner_id = %s", partner.id)


def test_a_changed_address_is_told_to_the_old_one_and_payouts_wait(
    settings: Settings, live: psycopg.Connection, signed: tuple[Client, Person]
) -> None:
    _, partner = signed
    assert obstacle(live, partner) is None
    thief = new_email()
    change_email(settings, partner, thief)
    mail = mail_to(settings, partner.email, EMAIL)
    assert "72 hours" in mail["text"]
    assert obstacle(live, partner) == "destination_hold"
    with live.transaction():
        live.execute(
            "update payout_accounts set security_changed_at = private.now() - interval '72 hours 1 second'"
            " where partner_id = %s",
            (partner.id,),
        )
    assert obstacle(live, partner) is None
    changed = value(
        live, "select after from ops.events where type = 'security.changed' and partner_id = %s", partner.id
    )
    assert changed == {"what": "email"}
    assert (
        value(live, "select count(*) from notifications where partner_id = %s and type = 'security'", partner.id) == 1
    )


def test_factors_and_bank_accounts_count_and_a_password_is_told_only(
    settings: Settings, live: psycopg.Connection, signed: tuple[Client, Person]
) -> None:
    client, partner = signed
    client.auth.update_user({"password": "Better-pass-2027"})
    assert "72 hours" not in mail_to(settings, partner.email, WORD)["text"]
    assert obstacle(live, partner) is None
    factor = client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "phone"})
    assert factor.totp is not None
    assert obstacle(live, partner) is None, "one that is not verified yet is no factor"
    client.auth.mfa.challenge_and_verify({"factor_id": factor.id, "code": pyotp.TOTP(factor.totp.secret).now()})
    mail_to(settings, partner.email, FACTOR)
    assert obstacle(live, partner) == "destination_hold"
    with live.transaction():
        live.execute("update payout_accounts set security_changed_at = null where partner_id = %s", (partner.id,))
    client.auth.mfa.unenroll({"factor_id": factor.id})
    assert obstacle(live, partner) == "destination_hold"
    account, look = rows(
        live, "select stripe_account_id, looks_saved + 1 from payout_accounts where partner_id = %s", partner.id
    )[0]
    live.execute(
        "select worker.save_account_state(%s, %s, 'ready', '{}', 'Bank •••• 1234', 'another', 'complete')",
        (account, look),
    )
    mail_to(settings, partner.email, BANK)
    told = rows(live, "select what, count(*) from ops.security_notices where partner_id = %s group by 1", partner.id)
    assert dict(told) == {"password": 1, "second_factor": 2, "bank_account": 1}


def test_the_link_freezes_payouts_and_ends_all_sessions_once(
    settings: Settings, live: psycopg.Connection, signed: tuple[Client, Person]
) -> None:
    client, partner = signed
    thief = new_client(settings)
    thief.auth.sign_in_with_password({"email": partner.email, "password": PASSWORD})
    change_email(settings, partner, new_email())
    secret = secret_of(mail_to(settings, partner.email, EMAIL))
    kept = value(
        live,
        "select count(*) from private.not_me_links as link"
        " join ops.security_notices as notice on notice.id = link.notice_id"
        " where notice.partner_id = %s and link.token_hash = sha256(convert_to(%s, 'UTF8'))",
        partner.id, secret,
    )  # fmt: skip
    assert kept == 1, "kept as a digest"
    answer = report(settings, secret)
    assert (answer.status_code, answer.text) == (204, "")
    assert obstacle(live, partner) == "payouts_frozen"
    assert value(live, "select count(*) from auth.sessions where user_id = %s", partner.subject) == 0
    for session in (client, thief):
        headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {session_of(session).access_token}"}
        assert httpx.post(f"{settings.api_url}/rest/v1/rpc/my_account", headers=headers).status_code == 401
    # An open socket of the thief's hears nothing more, in rooms that everybody hears neither.
    for topic in (f"partner:{partner.id}", "presence:partners"):
        turned = value(
            live,
            "select exists (select from private.topic_turns as turned join ops.events as event"
            " on event.type = 'session.revoked' and event.partner_id = %s where turned.topic = %s"
            " and turned.turned_at = event.created_at)",
            partner.id, topic,
        )  # fmt: skip
        assert turned, topic
    (hold,) = holds(live, partner)
    assert hold[1:] == (None, None)
    types = {kind for (kind,) in rows(live, "select type from ops.events where partner_id = %s", partner.id)}
    assert {"security.changed", "payouts.frozen", "session.revoked"} <= types
    assert (
        value(live, "select count(*) from staff_notices where kind = 'payout.not_me' and subject_id = %s", hold[0]) == 1
    )

    # The partner, or a thief, cannot undo it; a second factor of theirs changes nothing.
    with live.transaction(), acting(live, partner.actor("aal2")), expect_refusal(live, "42501", "staff_only"):
        call(live, "end_payout_hold", hold_id=hold[0], reason="it is fine")
    with live.transaction():
        finance = make_staff(live, "finance")
    with live.transaction(), acting(live, finance.actor()), expect_refusal(live, "PT403"):
        call(live, "end_payout_hold", hold_id=hold[0], reason="Spoke to them")
    with live.transaction(), acting(live, finance.actor("aal2")):
        call(live, "end_payout_hold", hold_id=hold[0], reason="Spoke to them")
    assert obstacle(live, partner) == "destination_hold"
    # Used once: who finds the mail later cannot freeze again, nor learn anything.
    again = report(settings, secret)
    assert (again.status_code, again.text) == (204, "")
    assert len(holds(live, partner)) == 1
    assert obstacle(live, partner) == "destination_hold"


def test_a_second_change_does_not_turn_the_notices_away(
    settings: Settings, live: psycopg.Connection, signed: tuple[Client, Person]
) -> None:
    """Two changes in a row, the way of a thief: the first address still hears of the second and can still stop it."""
    _, partner = signed
    first, second = new_email(), new_email()
    change_email(settings, partner, first)
    change_email(settings, partner, second)
    told = rows(live, "select address, count(*) from ops.security_notices where partner_id = %s group by 1", partner.id)
    assert dict(told) == {partner.email: 2, first: 1}
    report(settings, secret_of(mail_to(settings, partner.email, EMAIL)))
    assert obstacle(live, partner) == "payouts_frozen"


@pytest.mark.parametrize("token", ["", "nonsense", "0" * 64, "x" * 100_000], ids=["empty", "word", "zeros", "long"])
def test_guessing_says_nothing_and_does_nothing(
    settings: Settings, live: psycopg.Connection, signed: tuple[Client, Person], token: str
) -> None:
    _, partner = signed
    # By partners themselves: staff hold payouts in other tests.
    holds = "select count(*) from payout_holds where placed_by is null"
    before = value(live, holds)
    answer = report(settings, token)
    assert (answer.status_code, answer.text) == (204, "")
    assert obstacle(live, partner) is None
    assert value(live, holds) == before


def test_who_guesses_is_slowed_down(
    settings: Settings, live: psycopg.Connection, signed: tuple[Client, Person]
) -> None:
    """Twenty at once and one a second in the long run, of one address: the right one among them counts for nothing."""
    _, partner = signed
    change_email(settings, partner, new_email())
    secret = secret_of(mail_to(settings, partner.email, EMAIL))
    guesser, honest = (f"127.{uuid.uuid4().int % 250 + 2}.{uuid.uuid4().int % 250}.{last}" for last in (7, 8))
    answers: list[httpx.Response] = []
    while len(answers) < 300 and (not answers or answers[-1].status_code != 429):
        answers.append(report(settings, uuid.uuid4().hex * 2, guesser))
    assert [answer.status_code for answer in answers[:20]] == [204] * 20
    late = answers[-1]
    assert (late.status_code, late.json()["code"]) == (429, "PT429"), f"{len(answers)} guesses passed"
    assert int(late.headers["retry-after"]) >= 1
    with live.transaction():  # whatever time this machine takes
        live.execute(
            "update ops.rate_buckets set tokens = -1000 where class = 'anonymous' and caller = %s",
            (f"address:{guesser}",),
        )
    for pretended in ({}, {"x-forwarded-for": honest}, {"forwarded": f"for={honest}"}, {"x-real-ip": honest}):
        assert report(settings, secret, guesser, **pretended).status_code == 429
    assert obstacle(live, partner) == "destination_hold"
    assert report(settings, secret, honest).status_code == 204
    assert obstacle(live, partner) == "payouts_frozen"


def test_a_link_cannot_be_made_from_what_the_database_keeps(db: psycopg.Connection) -> None:
    """Neither its digest nor any part or spelling of it works, nor is it anywhere in clear."""
    partner = make_partner(db)
    db.execute("select private.tell_of_change(%s, 'password')", (partner.id,))
    notice = value(db, "select id from ops.security_notices where partner_id = %s", partner.id)
    first, second = (value(db, "select worker.begin_security_mail(%s)", notice)["secret"] for _ in range(2))
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert first != second
    digest = value(db, "select encode(sha256(convert_to(%s, 'UTF8')), 'hex')", first)
    changed = first[:-1] + ("0" if first[-1] != "0" else "1")
    for guess in (digest, first[:32], first + "0", changed, f" {first}", first.translate(UPPER), str(notice)):
        db.execute("select private.report_not_me(%s)", (guess,))
    assert holds(db, partner) == []
    for table in ("ops.outbox", "ops.events", "ops.security_notices", "private.not_me_links", "public.notifications"):
        found = value(db, f"select count(*) from {table} as t where strpos(to_jsonb(t)::text, %s) > 0", first)  # noqa: S608
        assert found == 0, table
    db.execute("select private.report_not_me(%s)", (first,))
    assert len(holds(db, partner)) == 1


def test_a_link_that_comes_from_two_phones_at_once_counts_once(
    settings: Settings, live: psycopg.Connection, signed: tuple[Client, Person]
) -> None:
    _, partner = signed
    change_email(settings, partner, new_email())
    secret = secret_of(mail_to(settings, partner.email, EMAIL))
    with ThreadPoolExecutor(4) as phones:
        answers = list(phones.map(lambda _: report(settings, secret), range(4)))
    assert {answer.status_code for answer in answers} == {204}
    assert len(holds(live, partner)) == 1
    ended = "select count(*) from ops.events where type = 'session.revoked' and partner_id = %s"
    assert value(live, ended, partner.id) == 1


def test_an_old_link_does_nothing(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    db.execute("select private.tell_of_change(%s, 'password')", (partner.id,))
    notice = value(db, "select id from ops.security_notices where partner_id = %s", partner.id)
    db.execute(
        "update ops.security_notices set created_at = private.now() - interval '31 days' where id = %s", (notice,)
    )
    mail = value(db, "select worker.begin_security_mail(%s)", notice)
    db.execute("select private.report_not_me(%s)", (mail["secret"],))
    assert holds(db, partner) == []


def test_two_links_make_one_hold(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    db.execute("select private.tell_of_change(%s, 'password')", (partner.id,))
    notice = value(db, "select id from ops.security_notices where partner_id = %s", partner.id)
    for _ in range(2):
        mail = value(db, "select worker.begin_security_mail(%s)", notice)
        db.execute("select private.report_not_me(%s)", (mail["secret"],))
    assert len(holds(db, partner)) == 1
    db.execute("select worker.security_mail_sent(%s)", (notice,))
    assert value(db, "select worker.begin_security_mail(%s)", notice) is None


def test_people_who_are_no_partners_are_left_alone(settings: Settings, live: psycopg.Connection) -> None:
    client, _ = signed_in(settings)
    before = value(live, "select count(*) from ops.security_notices")
    client.auth.update_user({"password": "Better-pass-2027"})
    assert value(live, "select count(*) from ops.security_notices") == before

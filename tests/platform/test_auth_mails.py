"""Recovery, change of address, re-authentication, resending, PKCE: everything that goes through a mail."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from siso_local.settings import Settings
from tests.platform.auth_support import (
    PASSWORD,
    claims,
    follow,
    mails,
    new_client,
    new_email,
    newest_mail,
    query,
    refused,
    session_of,
    signed_in,
)

NEW_PASSWORD = "Better-pass-2027"


def test_recovery_by_link(settings: Settings) -> None:
    elsewhere, email = signed_in(settings)
    new_client(settings).auth.reset_password_for_email(email)
    mail = newest_mail(settings, email)
    assert mail.subject == "Choose a new password"
    said = follow(mail.link)[1]
    assert said["type"] == "recovery"
    client = new_client(settings)
    client.auth.set_session(said["access_token"], said["refresh_token"])
    refused(lambda: client.auth.update_user({"password": PASSWORD}), "same_password", 422)
    client.auth.update_user({"password": NEW_PASSWORD})
    # Whoever was signed in elsewhere is out, the old password is worth nothing.
    refused(elsewhere.auth.get_user, "session_not_found", 403)
    again = new_client(settings)
    refused(
        lambda: again.auth.sign_in_with_password({"email": email, "password": PASSWORD}), "invalid_credentials", 400
    )
    again.auth.sign_in_with_password({"email": email, "password": NEW_PASSWORD})


def test_recovery_by_code_works_once(settings: Settings) -> None:
    _, email = signed_in(settings)
    client = new_client(settings)
    client.auth.reset_password_for_email(email)
    code = newest_mail(settings, email).code
    assert client.auth.verify_otp({"email": email, "token": code, "type": "recovery"}).session is not None
    refused(lambda: client.auth.verify_otp({"email": email, "token": code, "type": "recovery"}), "otp_expired", 403)


async def test_a_code_typed_twice_at_once_works_once(settings: Settings, api: httpx.Client) -> None:
    _, email = await asyncio.to_thread(signed_in, settings)
    await asyncio.to_thread(new_client(settings).auth.reset_password_for_email, email)
    body = {"type": "recovery", "email": email, "token": newest_mail(settings, email).code}
    answers = await asyncio.gather(*(asyncio.to_thread(api.post, "/auth/v1/verify", json=body) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 403, 403, 403, 403]


def test_a_newer_mail_makes_the_older_one_worthless(settings: Settings) -> None:
    _, email = signed_in(settings)
    client = new_client(settings)
    client.auth.reset_password_for_email(email)
    older = newest_mail(settings, email).link
    query(settings, "select pg_sleep(1.1)")
    client.auth.reset_password_for_email(email)
    newer = newest_mail(settings, email, 2).link
    assert follow(older)[1]["error_code"] == "otp_expired"
    assert "access_token" in follow(newer)[1]


def test_recovery_tells_nothing_about_accounts(settings: Settings) -> None:
    email = new_email()
    new_client(settings).auth.reset_password_for_email(email)
    assert mails(settings, email) == []


def test_mails_can_be_sent_again_but_not_at_once(settings: Settings) -> None:
    email = new_email()
    client = new_client(settings)
    client.auth.sign_up({"email": email, "password": PASSWORD})
    said = refused(lambda: client.auth.resend({"type": "signup", "email": email}), "over_email_send_rate_limit", 429)
    assert said.startswith("For security purposes")
    query(settings, "select pg_sleep(1.1)")
    client.auth.resend({"type": "signup", "email": email})
    client.auth.verify_otp({"email": email, "token": newest_mail(settings, email, 2).code, "type": "signup"})
    query(settings, "select pg_sleep(1.1)")
    client.auth.resend({"type": "signup", "email": email})  # confirmed by now: nothing to send, nothing to tell
    assert len(mails(settings, email)) == 2


def test_a_changed_address_is_confirmed_twice(settings: Settings) -> None:
    client, email = signed_in(settings)
    wanted = new_email()
    changed = client.auth.update_user({"email": wanted})
    assert changed.user.email == email
    assert changed.user.new_email == wanted
    _, said = follow(newest_mail(settings, wanted).link)
    assert "access_token" not in said and said["message"].startswith("Confirmation link accepted")
    unchanged = client.auth.get_user()
    assert unchanged is not None and unchanged.user.email == email
    said = follow(newest_mail(settings, email).link)[1]
    assert claims(said["access_token"])["email"] == wanted
    other = new_client(settings)
    refused(
        lambda: other.auth.sign_in_with_password({"email": email, "password": PASSWORD}), "invalid_credentials", 400
    )
    session = other.auth.sign_in_with_password({"email": wanted, "password": PASSWORD}).session
    assert session is not None and session.user.new_email is None
    assert session.user.identities is not None and session.user.identities[0].identity_data["email"] == wanted


def test_a_changed_address_by_codes(settings: Settings) -> None:
    client, email = signed_in(settings)
    wanted = new_email()
    client.auth.update_user({"email": wanted})
    body = {"type": "email_change", "email": email, "token": newest_mail(settings, email).code}
    answer = httpx.post(f"{settings.api_url}/auth/v1/verify", json=body, headers={"apikey": settings.publishable_key})
    assert answer.status_code == 200 and "other email" in answer.json()["msg"]
    code = newest_mail(settings, wanted).code
    response = client.auth.verify_otp({"email": wanted, "token": code, "type": "email_change"})
    assert response.user is not None and response.user.email == wanted


def test_a_taken_address_is_refused(settings: Settings) -> None:
    client, _ = signed_in(settings)
    _, taken = signed_in(settings)
    refused(lambda: client.auth.update_user({"email": taken}), "email_exists", 422)


def test_two_accounts_cannot_both_get_one_address(settings: Settings) -> None:
    one, first = signed_in(settings)
    two, second = signed_in(settings)
    wanted = new_email()
    one.auth.update_user({"email": wanted})
    two.auth.update_user({"email": wanted})
    links = {first: [newest_mail(settings, first).link], second: [newest_mail(settings, second).link]}
    both = [mail.link for mail in mails(settings, wanted)]
    assert len(both) == 2
    outcomes = [follow(link)[1] for link in [*both, *links[first], *links[second]]]
    assert sum("access_token" in said for said in outcomes) == 1
    assert outcomes[-1]["error_code"] == "email_exists"


def test_an_old_sign_in_needs_a_code_to_change_the_password(settings: Settings) -> None:
    client, email = signed_in(settings)
    session_id = claims(session_of(client).access_token)["session_id"]
    query(settings, "update auth.sessions set created_at = now() - interval '25 h' where id = %s", session_id)
    refused(lambda: client.auth.update_user({"password": NEW_PASSWORD}), "reauthentication_needed", 400)
    client.auth.reauthenticate()
    code = newest_mail(settings, email).code
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    refused(
        lambda: client.auth.update_user({"password": NEW_PASSWORD, "nonce": wrong}), "reauthentication_not_valid", 422
    )
    client.auth.update_user({"password": NEW_PASSWORD, "nonce": code})
    refused(lambda: client.auth.update_user({"password": PASSWORD, "nonce": code}), "reauthentication_not_valid", 422)


def test_metadata_is_merged(settings: Settings) -> None:
    client, _ = signed_in(settings)
    client.auth.update_user({"data": {"theme": "dark", "city": "Bern"}})
    changed = client.auth.update_user({"data": {"city": None, "language": "de"}})
    assert changed.user.user_metadata["theme"] == "dark"
    assert changed.user.user_metadata["language"] == "de"
    assert "city" not in changed.user.user_metadata


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("{pwa}/welcome?step=2", True),
        ("{localhost}/welcome", True),
        ("https://evil.example.com/", False),
        ("{pwa}.evil.example.com/", False),
        ("http://127.0.0.1:54328@evil.example.com/", False),
        ("{pwa}\\@evil.example.com/", False),
        ("javascript:alert(1)", False),
        ("//evil.example.com", False),
    ],
)
def test_links_lead_only_where_they_may(settings: Settings, wanted: str, kept: bool) -> None:
    pwa = settings.url("pwa")
    url = wanted.format(pwa=pwa, localhost=pwa.replace("127.0.0.1", "localhost"))
    _, email = signed_in(settings)
    new_client(settings).auth.reset_password_for_email(email, {"redirect_to": url})
    link = newest_mail(settings, email).link
    place, said = follow(link)
    assert "access_token" in said
    assert place.rstrip("/") == (url.partition("?")[0] if kept else pwa)
    assert said.get("step") == ("2" if "step" in url else None)
    # Nor can whoever has a link bend it afterwards.
    bent = f"{settings.api_url}/auth/v1/verify?" + urlencode({"token": "x", "type": "signup", "redirect_to": url})
    assert follow(bent)[0].rstrip("/") == (url.partition("?")[0] if kept else pwa)


def _exchange(settings: Settings, code: str, verifier: str) -> Any:
    url = f"{settings.api_url}/auth/v1/token?grant_type=pkce"
    headers = {"apikey": settings.publishable_key}
    return httpx.post(url, json={"auth_code": code, "code_verifier": verifier}, headers=headers)


@pytest.mark.parametrize("how", ["signup", "otp", "recovery", "email_change"])
def test_pkce(settings: Settings, how: str) -> None:
    client = new_client(settings, flow="pkce")
    email = new_email()
    if how == "signup":
        client.auth.sign_up({"email": email, "password": PASSWORD})
    else:
        _, email = signed_in(settings)
    if how == "otp":
        client.auth.sign_in_with_otp({"email": email})
    elif how == "recovery":
        client.auth.reset_password_for_email(email)
    elif how == "email_change":
        client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
        wanted = new_email()
        client.auth.update_user({"email": wanted})
        assert "code" not in follow(newest_mail(settings, wanted).link)[1]
    said = follow(newest_mail(settings, email).link)[1]
    assert "access_token" not in said
    wrong = _exchange(settings, said["code"], secrets.token_urlsafe(48))
    assert (wrong.status_code, wrong.json()["error_code"]) == (400, "bad_code_verifier")
    if how == "email_change":
        # The Python client sends no challenge with a change of address, the JavaScript client does.
        return
    session = client.auth.exchange_code_for_session({"auth_code": said["code"]}).session
    assert session is not None and session.user.email == email
    used = _exchange(settings, said["code"], secrets.token_urlsafe(48))
    assert (used.status_code, used.json()["error_code"]) == (404, "flow_state_not_found")


def test_a_pkce_code_expires(settings: Settings) -> None:
    _, email = signed_in(settings)
    client = new_client(settings, flow="pkce")
    client.auth.sign_in_with_otp({"email": email})
    code = follow(newest_mail(settings, email).link)[1]["code"]
    query(
        settings, "update auth.flow_state set auth_code_issued_at = now() - interval '6 min' where auth_code = %s", code
    )
    refused(
        lambda: client.auth.exchange_code_for_session({"auth_code": code}),
        "flow_state_expired",
        403,
    )

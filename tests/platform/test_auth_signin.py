"""Sign-up with confirmation, password, magic link and code, through the official Python client."""

from __future__ import annotations

import uuid

import httpx
import jwt
import pytest

from siso_local import tokens
from siso_local.settings import Settings
from tests.platform.auth_support import (
    PASSWORD,
    admin_client,
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


def test_sign_up_confirm_by_link_and_sign_in(settings: Settings) -> None:
    email = new_email()
    client = new_client(settings)
    response = client.auth.sign_up(
        {"email": email.upper(), "password": PASSWORD, "options": {"data": {"display_name": "Starter 03"}}}
    )
    assert response.session is None
    assert response.user is not None
    assert response.user.email == email
    assert response.user.user_metadata["display_name"] == "Starter 03"
    assert response.user.identities is not None and response.user.identities[0].provider == "email"
    refused(
        lambda: client.auth.sign_in_with_password({"email": email, "password": PASSWORD}), "email_not_confirmed", 400
    )

    mail = newest_mail(settings, email)
    assert mail.subject == "Confirm your e-mail address"
    assert "{{" not in mail.html + mail.text
    place, said = follow(mail.link)
    assert place.rstrip("/") == settings.url("pwa")
    assert said["type"] == "signup" and said["token_type"] == "bearer" and said["refresh_token"]
    assert claims(said["access_token"])["email"] == email

    session = client.auth.sign_in_with_password({"email": email, "password": PASSWORD}).session
    assert session is not None
    assert session.user.email_confirmed_at is not None
    assert session.user.confirmed_at is not None


def test_the_link_works_once(settings: Settings) -> None:
    email = new_email()
    new_client(settings).auth.sign_up({"email": email, "password": PASSWORD})
    link = newest_mail(settings, email).link
    assert httpx.head(link).status_code == 200  # a mail scanner that only looks does not use it up
    assert "access_token" in follow(link)[1]
    said = follow(link)[1]
    assert (said["error"], said["error_code"]) == ("access_denied", "otp_expired")


def test_sign_up_confirmed_by_code(settings: Settings) -> None:
    email = new_email()
    client = new_client(settings)
    client.auth.sign_up({"email": email, "password": PASSWORD})
    code = newest_mail(settings, email).code
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    refused(lambda: client.auth.verify_otp({"email": email, "token": wrong, "type": "signup"}), "otp_expired", 403)
    response = client.auth.verify_otp({"email": email, "token": code, "type": "signup"})
    assert response.session is not None
    assert claims(response.session.access_token)["amr"][0]["method"] == "otp"
    refused(lambda: client.auth.verify_otp({"email": email, "token": code, "type": "signup"}), "otp_expired", 403)


def test_a_taken_address_looks_like_a_new_one(settings: Settings) -> None:
    _, email = signed_in(settings)
    response = new_client(settings).auth.sign_up({"email": email, "password": "Another-pass-77"})
    assert response.session is None
    assert response.user is not None and response.user.identities == []
    assert query(settings, "select id from auth.users where email = %s", email)[0]["id"] != uuid.UUID(response.user.id)
    assert mails(settings, email) == []
    refused(
        lambda: new_client(settings).auth.sign_in_with_password({"email": email, "password": "Another-pass-77"}),
        "invalid_credentials",
        400,
    )


def test_a_second_sign_up_before_confirmation_keeps_the_first_password(settings: Settings) -> None:
    email = new_email()
    client = new_client(settings)
    client.auth.sign_up({"email": email, "password": PASSWORD})
    query(settings, "select pg_sleep(1.1)")
    client.auth.sign_up({"email": email, "password": "Intruder-pass-99"})
    client.auth.verify_otp({"email": email, "token": newest_mail(settings, email, 2).code, "type": "email"})
    client.auth.sign_in_with_password({"email": email, "password": PASSWORD})


def test_access_token_claims(settings: Settings) -> None:
    client, email = signed_in(settings)
    session = session_of(client)
    found = tokens.verify(session.access_token, settings)
    assert jwt.get_unverified_header(session.access_token)["kid"] == settings.signing_jwk["kid"]
    assert found["iss"] == f"{settings.api_url}/auth/v1"
    assert (found["aud"], found["role"], found["aal"]) == ("authenticated", "authenticated", "aal1")
    assert found["sub"] == session.user.id
    assert found["email"] == email
    assert found["exp"] - found["iat"] == settings.jwt_expiry_seconds
    assert found["is_anonymous"] is False
    assert [entry["method"] for entry in found["amr"]] == ["password"]
    row = query(
        settings, "select aal::text, user_agent, host(ip) from auth.sessions where id = %s", found["session_id"]
    )
    assert row[0]["aal"] == "aal1"
    assert found["app_metadata"] == {"provider": "email", "providers": ["email"]}


def test_the_client_verifies_the_token_by_the_published_keys(settings: Settings) -> None:
    client, _ = signed_in(settings)
    found = client.auth.get_claims()
    assert found is not None and found["claims"]["role"] == "authenticated"
    keys = httpx.get(f"{settings.api_url}/auth/v1/.well-known/jwks.json").json()["keys"]
    assert [key["kid"] for key in keys] == [settings.signing_jwk["kid"]]
    assert all("d" not in key and "k" not in key for key in keys)


@pytest.mark.parametrize("email", ["nobody", "taken"])
def test_wrong_password_says_the_same_for_everyone(settings: Settings, email: str) -> None:
    address = signed_in(settings)[1] if email == "taken" else new_email()
    said = refused(
        lambda: new_client(settings).auth.sign_in_with_password({"email": address, "password": "Wrong-pass-1"}),
        "invalid_credentials",
        400,
    )
    assert said == "Invalid login credentials"


def test_weak_passwords_come_with_reasons(settings: Settings) -> None:
    from supabase_auth.errors import AuthWeakPasswordError

    with pytest.raises(AuthWeakPasswordError) as caught:
        new_client(settings).auth.sign_up({"email": new_email(), "password": "short"})
    assert caught.value.reasons == ["length", "characters"]
    long = "a1" * 40
    refused(
        lambda: new_client(settings).auth.sign_up({"email": new_email(), "password": long}), "validation_failed", 400
    )


@pytest.mark.parametrize(
    "email", ["plain", "a@b", "a b@example.com", "a@exa mple.com", "x" * 65 + "@example.com", "a\r\nbcc: b@example.com"]
)
def test_addresses_are_checked(settings: Settings, email: str) -> None:
    refused(lambda: new_client(settings).auth.sign_up({"email": email, "password": PASSWORD}), "validation_failed", 400)


def test_magic_link_and_code_for_a_known_address(settings: Settings) -> None:
    _, email = signed_in(settings)
    client = new_client(settings)
    client.auth.sign_in_with_otp({"email": email, "options": {"should_create_user": False}})
    mail = newest_mail(settings, email)
    assert mail.subject == "Your sign-in link"
    session = client.auth.verify_otp({"email": email, "token": mail.code, "type": "email"}).session
    assert session is not None
    # The link of the same mail is used up with its code.
    assert follow(mail.link)[1]["error_code"] == "otp_expired"


def test_a_link_can_be_exchanged_by_its_hash(settings: Settings) -> None:
    _, email = signed_in(settings)
    client = new_client(settings)
    client.auth.sign_in_with_otp({"email": email})
    token_hash = newest_mail(settings, email).token_hash
    assert client.auth.verify_otp({"token_hash": token_hash, "type": "magiclink"}).session is not None
    refused(lambda: client.auth.verify_otp({"token_hash": token_hash, "type": "magiclink"}), "otp_expired", 403)


def test_one_time_code_for_a_stranger(settings: Settings) -> None:
    email = new_email()
    client = new_client(settings)
    refused(
        lambda: client.auth.sign_in_with_otp({"email": new_email(), "options": {"should_create_user": False}}),
        "otp_disabled",
        422,
    )
    client.auth.sign_in_with_otp({"email": email})
    response = client.auth.verify_otp({"email": email, "token": newest_mail(settings, email).code, "type": "email"})
    assert response.user is not None and response.user.email_confirmed_at is not None


def test_an_expired_code_is_refused(settings: Settings) -> None:
    email = new_email()
    client = new_client(settings)
    client.auth.sign_up({"email": email, "password": PASSWORD})
    mail = newest_mail(settings, email)
    query(
        settings,
        "update auth.one_time_tokens set created_at = created_at - interval '2 h' where relates_to = %s",
        email,
    )
    refused(lambda: client.auth.verify_otp({"email": email, "token": mail.code, "type": "signup"}), "otp_expired", 403)
    assert follow(mail.link)[1]["error_code"] == "otp_expired"


def test_banned_accounts_cannot_come_in_or_stay(settings: Settings) -> None:
    client, email = signed_in(settings)
    admin = admin_client(settings)
    user_id = session_of(client).user.id
    refresh_token = session_of(client).refresh_token
    banned = admin.auth.admin.update_user_by_id(user_id, {"ban_duration": "24h"})
    assert banned.user.banned_until is not None
    other = new_client(settings)
    refused(lambda: other.auth.sign_in_with_password({"email": email, "password": PASSWORD}), "user_banned", 400)
    refused(lambda: other.auth.refresh_session(refresh_token), "user_banned", 400)
    refused(client.auth.get_user, "user_banned", 403)
    other.auth.sign_in_with_otp({"email": email})
    code = newest_mail(settings, email).code
    refused(lambda: other.auth.verify_otp({"email": email, "token": code, "type": "email"}), "user_banned", 403)
    admin.auth.admin.update_user_by_id(user_id, {"ban_duration": "none"})
    other.auth.sign_in_with_password({"email": email, "password": PASSWORD})

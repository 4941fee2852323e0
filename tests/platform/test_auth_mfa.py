"""TOTP as the official clients call it, and what aal2 guards."""

from __future__ import annotations

import time

import httpx
import pyotp
import pytest

from siso_local.settings import Settings
from tests.platform.auth_support import (
    PASSWORD,
    add_factor,
    admin_client,
    claims,
    follow,
    new_client,
    new_email,
    newest_mail,
    next_code,
    query,
    refused,
    session_of,
    signed_in,
)


def test_enroll_challenge_verify(settings: Settings) -> None:
    client, email = signed_in(settings)
    other = new_client(settings)
    other.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    before = session_of(client)

    enrolled = client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "phone", "issuer": "SISO Partners"})
    assert enrolled.type == "totp" and enrolled.friendly_name == "phone" and enrolled.totp is not None
    assert enrolled.totp.qr_code.startswith("data:image/svg+xml;utf-8,<svg")
    assert "#" not in enrolled.totp.qr_code  # it would end the data address there
    parsed = pyotp.parse_uri(enrolled.totp.uri)
    assert (parsed.secret, parsed.issuer, parsed.name) == (enrolled.totp.secret, "SISO Partners", email)
    listed = client.auth.mfa.list_factors()
    assert [factor.status for factor in listed.all] == ["unverified"] and listed.totp == []

    challenge = client.auth.mfa.challenge({"factor_id": enrolled.id})
    assert 0 < challenge.expires_at - time.time() <= 300
    code = pyotp.TOTP(enrolled.totp.secret).now()
    client.auth.mfa.verify({"factor_id": enrolled.id, "challenge_id": challenge.id, "code": code})

    after = session_of(client)
    found = claims(after.access_token)
    assert found["aal"] == "aal2"
    assert [entry["method"] for entry in found["amr"]] == ["totp", "password"]
    assert found["session_id"] == claims(before.access_token)["session_id"]
    assert [factor.id for factor in client.auth.mfa.list_factors().totp] == [enrolled.id]
    level = client.auth.mfa.get_authenticator_assurance_level()
    assert (level.current_level, level.next_level) == ("aal2", "aal2")
    # The session of another device, without a second factor, is over.
    refused(other.auth.get_user, "session_not_found", 403)


def test_aal_survives_refresh(settings: Settings) -> None:
    client, _ = signed_in(settings)
    add_factor(client)
    proven = claims(session_of(client).access_token)["amr"]
    refreshed = client.auth.refresh_session().session
    assert refreshed is not None
    assert claims(refreshed.access_token)["aal"] == "aal2"
    assert claims(refreshed.access_token)["amr"] == proven


def test_the_refresh_token_before_the_second_factor_is_used_up(settings: Settings) -> None:
    client, _ = signed_in(settings)
    before = session_of(client).refresh_token
    add_factor(client)
    after = session_of(client).refresh_token
    assert after != before
    again = new_client(settings).auth.refresh_session(before).session
    assert again is not None and again.refresh_token == after


def test_a_code_works_once(settings: Settings) -> None:
    client, email = signed_in(settings)
    factor_id, secret = add_factor(client)
    other = new_client(settings)
    other.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    level = other.auth.mfa.get_authenticator_assurance_level()
    assert (level.current_level, level.next_level) == ("aal1", "aal2")
    code = next_code(secret)
    other.auth.mfa.challenge_and_verify({"factor_id": factor_id, "code": code})
    refused(
        lambda: other.auth.mfa.challenge_and_verify({"factor_id": factor_id, "code": code}),
        "mfa_verification_failed",
        422,
    )


def test_a_challenge_works_once_and_expires(settings: Settings) -> None:
    client, _ = signed_in(settings)
    factor_id, secret = add_factor(client)
    challenge = client.auth.mfa.challenge({"factor_id": factor_id})
    query(settings, "update auth.mfa_challenges set created_at = now() - interval '6 min' where id = %s", challenge.id)
    refused(
        lambda: client.auth.mfa.verify(
            {"factor_id": factor_id, "challenge_id": challenge.id, "code": next_code(secret)}
        ),
        "mfa_challenge_expired",
        422,
    )
    challenge = client.auth.mfa.challenge({"factor_id": factor_id})
    client.auth.mfa.verify({"factor_id": factor_id, "challenge_id": challenge.id, "code": next_code(secret)})
    refused(
        lambda: client.auth.mfa.verify({"factor_id": factor_id, "challenge_id": challenge.id, "code": "000000"}),
        "mfa_challenge_expired",
        422,
    )


def test_guessing_is_limited(settings: Settings) -> None:
    client, _ = signed_in(settings)
    factor_id, secret = add_factor(client)
    wrong = "000000" if next_code(secret) != "000000" else "000001"
    for _ in range(10):
        refused(
            lambda: client.auth.mfa.challenge_and_verify({"factor_id": factor_id, "code": wrong}),
            "mfa_verification_failed",
            422,
        )
    refused(
        lambda: client.auth.mfa.challenge_and_verify({"factor_id": factor_id, "code": next_code(secret)}),
        "over_request_rate_limit",
        429,
    )


def test_what_needs_aal2(settings: Settings) -> None:
    client, email = signed_in(settings)
    factor_id, secret = add_factor(client)
    weak = new_client(settings)
    weak.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    refused(lambda: weak.auth.mfa.unenroll({"factor_id": factor_id}), "insufficient_aal", 422)
    refused(lambda: weak.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "b"}), "insufficient_aal", 403)
    refused(lambda: weak.auth.update_user({"password": "Better-pass-2027"}), "insufficient_aal", 401)
    refused(lambda: weak.auth.update_user({"email": new_email()}), "insufficient_aal", 401)
    # A stolen mailbox alone is not enough either.
    weak.auth.reset_password_for_email(email)
    said = follow(newest_mail(settings, email).link)[1]
    weak.auth.set_session(said["access_token"], said["refresh_token"])
    refused(lambda: weak.auth.update_user({"password": "Better-pass-2027"}), "insufficient_aal", 401)
    weak.auth.mfa.challenge_and_verify({"factor_id": factor_id, "code": next_code(secret)})
    weak.auth.update_user({"password": "Better-pass-2027"})


def test_unenroll_takes_aal2_away(settings: Settings) -> None:
    client, _ = signed_in(settings)
    factor_id, _ = add_factor(client)
    assert client.auth.mfa.unenroll({"factor_id": factor_id}).id == factor_id
    refreshed = client.auth.refresh_session().session
    assert refreshed is not None
    found = claims(refreshed.access_token)
    assert found["aal"] == "aal1"
    assert [entry["method"] for entry in found["amr"]] == ["password"]


def test_names_and_numbers_of_factors(settings: Settings) -> None:
    client, _ = signed_in(settings)
    client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "same"})
    refused(
        lambda: client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "same"}),
        "mfa_factor_name_conflict",
        422,
    )
    for number in range(9):
        client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": f"factor {number}"})
    refused(
        lambda: client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "one more"}),
        "too_many_enrolled_mfa_factors",
        422,
    )


def test_nobody_uses_the_factor_of_another(settings: Settings) -> None:
    owner, _ = signed_in(settings)
    factor_id, _ = add_factor(owner)
    stranger, _ = signed_in(settings)
    refused(lambda: stranger.auth.mfa.challenge({"factor_id": factor_id}), "mfa_factor_not_found", 404)
    refused(lambda: stranger.auth.mfa.unenroll({"factor_id": factor_id}), "mfa_factor_not_found", 404)


@pytest.mark.parametrize("kind", ["phone", "webauthn"])
def test_other_kinds_of_factors_are_refused(settings: Settings, kind: str) -> None:
    client, _ = signed_in(settings)
    headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {session_of(client).access_token}"}
    answer = httpx.post(f"{settings.api_url}/auth/v1/factors", json={"factor_type": kind}, headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (422, f"mfa_{kind}_enroll_not_enabled")


def test_admins_list_and_delete_factors(settings: Settings) -> None:
    client, _ = signed_in(settings)
    factor_id, _ = add_factor(client)
    user_id = session_of(client).user.id
    admin = admin_client(settings).auth.admin
    assert [factor.id for factor in admin.mfa.list_factors({"user_id": user_id})] == [factor_id]
    assert admin.mfa.delete_factor({"user_id": user_id, "id": factor_id}).id == factor_id
    assert admin.mfa.list_factors({"user_id": user_id}) == []

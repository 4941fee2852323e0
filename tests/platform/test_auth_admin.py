"""Accounts as admins' tools handle them."""

from __future__ import annotations

import uuid

import bcrypt
import httpx
import pytest

from siso_local.settings import Settings
from tests.platform.auth_support import (
    PASSWORD,
    admin_client,
    follow,
    new_client,
    new_email,
    newest_mail,
    query,
    refused,
    session_of,
    signed_in,
)


def test_create_read_update_delete(settings: Settings) -> None:
    admin = admin_client(settings).auth.admin
    email, user_id = new_email(), str(uuid.uuid4())
    created = admin.create_user(
        {
            "id": user_id,
            "email": email,
            "password": PASSWORD,
            "email_confirm": True,
            "user_metadata": {"display_name": "Client 17"},
            "app_metadata": {"staff": True},
        }
    ).user
    assert created.id == user_id and created.email_confirmed_at is not None
    assert created.app_metadata == {"provider": "email", "providers": ["email"], "staff": True}
    assert admin.get_user_by_id(user_id).user.user_metadata["display_name"] == "Client 17"
    refused(lambda: admin.create_user({"email": email, "password": PASSWORD}), "email_exists", 422)

    client = new_client(settings)
    client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    renamed = new_email()
    updated = admin.update_user_by_id(
        user_id, {"email": renamed, "password": "Better-pass-2027", "app_metadata": {"staff": None}}
    ).user
    assert updated.email == renamed and "staff" not in updated.app_metadata
    refused(client.auth.get_user, "session_not_found", 403)
    client.auth.sign_in_with_password({"email": renamed, "password": "Better-pass-2027"})

    admin.delete_user(user_id)
    refused(lambda: admin.get_user_by_id(user_id), "user_not_found", 404)
    refused(lambda: admin.delete_user(user_id), "user_not_found", 404)


def test_soft_delete_forgets_who_it_was(settings: Settings) -> None:
    client, email = signed_in(settings)
    user_id = session_of(client).user.id
    admin = admin_client(settings).auth.admin
    admin.delete_user(user_id, should_soft_delete=True)
    row = query(settings, "select * from auth.users where id = %s", user_id)[0]
    assert row["deleted_at"] is not None and email not in str(row)
    refused(client.auth.get_user, "session_not_found", 403)
    assert admin.create_user({"email": email, "password": PASSWORD}).user.id != user_id


def test_a_password_hash_can_be_brought_along(settings: Settings) -> None:
    email = new_email()
    hashed = bcrypt.hashpw(b"From-elsewhere-1", bcrypt.gensalt(4)).decode()
    admin = admin_client(settings).auth.admin
    admin.create_user({"email": email, "password_hash": hashed, "email_confirm": True})
    new_client(settings).auth.sign_in_with_password({"email": email, "password": "From-elsewhere-1"})
    refused(lambda: admin.create_user({"email": new_email(), "password_hash": "nonsense"}), "validation_failed", 400)


def test_pages_of_users(settings: Settings) -> None:
    mark = uuid.uuid4().hex[:10]
    admin = admin_client(settings)
    for number in range(3):
        admin.auth.admin.create_user({"email": f"{mark}-{number}@example.com", "password": PASSWORD})
    headers = {"apikey": settings.secret_key}
    url = f"{settings.api_url}/auth/v1/admin/users"
    first = httpx.get(url, params={"filter": mark, "page": 1, "per_page": 2}, headers=headers)
    assert first.headers["x-total-count"] == "3"
    assert 'rel="next"' in first.headers["link"]
    second = httpx.get(url, params={"filter": mark, "page": 2, "per_page": 2}, headers=headers)
    emails = [user["email"] for user in first.json()["users"] + second.json()["users"]]
    assert sorted(emails) == [f"{mark}-{number}@example.com" for number in range(3)]
    assert len(admin.auth.admin.list_users(page=1, per_page=2)) == 2
    assert httpx.get(url, params={"page": "x"}, headers=headers).status_code == 400


def test_only_the_service_role_is_an_admin(settings: Settings) -> None:
    client, _ = signed_in(settings)
    url = f"{settings.api_url}/auth/v1/admin/users"
    key = {"apikey": settings.publishable_key}
    anonymous = httpx.get(url, headers=key)
    assert (anonymous.status_code, anonymous.json()["error_code"]) == (403, "not_admin")
    user = httpx.get(url, headers={**key, "authorization": f"Bearer {session_of(client).access_token}"})
    assert (user.status_code, user.json()["error_code"]) == (403, "not_admin")
    nobody = httpx.get(f"{settings.url('auth')}/admin/users")
    assert (nobody.status_code, nobody.json()["error_code"]) == (401, "no_authorization")
    service = httpx.get(
        f"{settings.url('auth')}/admin/users",
        headers={"authorization": f"Bearer {settings.legacy_key('service_role')}"},
    )
    assert service.status_code == 200


def test_invitation(settings: Settings) -> None:
    email = new_email()
    admin = admin_client(settings).auth.admin
    invited = admin.invite_user_by_email(email, {"data": {"sponsor": "Starter 03"}}).user
    assert invited.invited_at is not None and invited.user_metadata["sponsor"] == "Starter 03"
    mail = newest_mail(settings, email)
    assert mail.subject == "You are invited to SISO Partners"
    said = follow(mail.link)[1]
    assert said["type"] == "invite"
    client = new_client(settings)
    client.auth.set_session(said["access_token"], said["refresh_token"])
    client.auth.update_user({"password": PASSWORD})
    new_client(settings).auth.sign_in_with_password({"email": email, "password": PASSWORD})
    query(settings, "select pg_sleep(1.1)")
    refused(lambda: admin.invite_user_by_email(email), "email_exists", 422)


@pytest.mark.parametrize("kind", ["signup", "invite", "magiclink", "recovery"])
def test_generated_links(settings: Settings, kind: str) -> None:
    email = signed_in(settings)[1] if kind in ("magiclink", "recovery") else new_email()
    admin = admin_client(settings).auth.admin
    made = admin.generate_link({"type": kind, "email": email, "password": PASSWORD})  # type: ignore[typeddict-item]
    assert made.user.email == email
    assert made.properties.verification_type == kind
    said = follow(made.properties.action_link)[1]
    assert said["type"] == kind and said["refresh_token"]
    # Code, hash and link are one token: it is used up.
    refused(
        lambda: new_client(settings).auth.verify_otp(
            {"email": email, "token": made.properties.email_otp, "type": "email"}
        ),
        "otp_expired",
        403,
    )


def test_generated_links_change_an_address(settings: Settings) -> None:
    _, email = signed_in(settings)
    wanted = new_email()
    admin = admin_client(settings).auth.admin
    links = [
        admin.generate_link({"type": kind, "email": email, "new_email": wanted}).properties.action_link
        for kind in ("email_change_current", "email_change_new")
    ]
    assert "message" in follow(links[0])[1]
    assert "access_token" in follow(links[1])[1]
    new_client(settings).auth.sign_in_with_password({"email": wanted, "password": PASSWORD})


def test_what_happened_is_written_down(settings: Settings) -> None:
    client, _ = signed_in(settings)
    user_id = session_of(client).user.id
    client.auth.sign_out()
    rows = query(
        settings,
        "select payload ->> 'action' as action from auth.audit_log_entries where payload ->> 'actor_id' = %s"
        " order by created_at",
        user_id,
    )
    assert [row["action"] for row in rows] == ["user_signedup", "login", "logout"]

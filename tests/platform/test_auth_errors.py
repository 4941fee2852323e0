"""Bad input gets a clear answer in the shape that the caller knows, and never reaches the database half-way."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

import httpx
import psycopg
import pytest

from siso_local.settings import Settings
from tests.platform.auth_support import PASSWORD, admin_client, auth_with, new_email, password_session, signed_in

NEW_SHAPE = {"x-supabase-api-version": "2024-01-01"}


@pytest.mark.parametrize("path", ["/signup", "/token?grant_type=password", "/verify", "/recover", "/otp"])
@pytest.mark.parametrize(
    "body", ["{", "[1]", '"text"', "\x00", '{"email": "a\\u0000b@example.com"}', '{"email": "\\ud800"}']
)
def test_malformed_json(settings: Settings, api: httpx.Client, path: str, body: str) -> None:
    answer = api.post(f"/auth/v1{path}", content=body.encode(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "bad_json")


def test_nesting_without_end(api: httpx.Client) -> None:
    answer = api.post("/auth/v1/signup", content='{"data":' + "[" * 100_000 + "]" * 100_000 + "}")
    assert (answer.status_code, answer.json()["error_code"]) == (400, "bad_json")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/signup", {"email": 5, "password": PASSWORD}),
        ("/signup", {"email": "starter@example.com"}),
        ("/signup", {"email": "starter@example.com", "password": PASSWORD, "data": [1]}),
        ("/token?grant_type=password", {"password": PASSWORD}),
        ("/token?grant_type=refresh_token", {}),
        ("/token?grant_type=pkce", {"auth_code": "x"}),
        ("/token?grant_type=pkce", {"auth_code": "x" * 3000, "code_verifier": "y"}),
        ("/verify", {"type": "signup"}),
        ("/verify", {"type": "signup", "token": "123456"}),
        ("/verify", {"type": "nonsense", "token_hash": "x"}),
        ("/verify", {"type": "signup", "token_hash": "x", "token": "1", "email": "starter@example.com"}),
        ("/recover", {}),
        ("/recover", {"email": "starter@example.com", "code_challenge": "short", "code_challenge_method": "s256"}),
        ("/recover", {"email": "starter@example.com", "code_challenge": "x" * 43}),
        ("/otp", {}),
        ("/resend", {"type": "nonsense", "email": "starter@example.com"}),
    ],
)
def test_invalid_bodies(api: httpx.Client, path: str, body: Any) -> None:
    answer = api.post(f"/auth/v1{path}", json=body)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "validation_failed"), answer.text


def test_two_shapes_of_errors(api: httpx.Client) -> None:
    body = {"email": new_email(), "password": "Wrong-pass-1"}
    older = api.post("/auth/v1/token?grant_type=password", json=body)
    assert older.json() == {"code": 400, "error_code": "invalid_credentials", "msg": "Invalid login credentials"}
    newer = api.post("/auth/v1/token?grant_type=password", json=body, headers=NEW_SHAPE)
    assert newer.json() == {"code": "invalid_credentials", "message": "Invalid login credentials"}
    assert newer.headers["x-supabase-api-version"] == "2024-01-01"


def test_weak_password_shape(api: httpx.Client) -> None:
    answer = api.post("/auth/v1/signup", json={"email": new_email(), "password": "onlyletters"}, headers=NEW_SHAPE)
    assert answer.status_code == 422
    assert answer.json()["code"] == "weak_password"
    assert answer.json()["weak_password"] == {"reasons": ["characters"]}


def test_too_large_a_body(api: httpx.Client) -> None:
    answer = api.post("/auth/v1/signup", content=json.dumps({"data": {"x": "y" * 300_000}}))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/signup", 405), ("GET", "/authorize?provider=github", 400)],
)
def test_other_paths(api: httpx.Client, method: str, path: str, status: int) -> None:
    answer = api.request(method, f"/auth/v1{path}")
    assert answer.status_code == status
    assert answer.json()["msg"]


def test_anonymous_and_telephone_sign_up_are_off(api: httpx.Client) -> None:
    assert api.post("/auth/v1/signup", json={}).json()["error_code"] == "anonymous_provider_disabled"
    answer = api.post("/auth/v1/signup", json={"phone": "+41791234567", "password": PASSWORD})
    assert answer.json()["error_code"] == "phone_provider_disabled"


def test_settings_and_health(api: httpx.Client) -> None:
    assert api.get("/auth/v1/health").json()["status"] == "ok"
    shown = api.get("/auth/v1/settings").json()
    assert shown["external"]["email"] is True
    assert shown["mailer_autoconfirm"] is False


@pytest.mark.parametrize("path", ["/admin/users/nonsense", "/admin/users/nonsense/factors"])
def test_ids_are_checked(settings: Settings, path: str) -> None:
    answer = httpx.get(f"{settings.api_url}/auth/v1{path}", headers={"apikey": settings.secret_key})
    assert (answer.status_code, answer.json()["error_code"]) == (404, "validation_failed")


def test_a_failing_trigger_of_the_project_refuses_the_account(settings: Settings) -> None:
    """As hosted: what a project's trigger on auth.users refuses is not made, and the reason stays in the log."""
    name = f"refuse_{uuid.uuid4().hex[:12]}"
    email = f"{name}@example.com"
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as db:
        db.execute(
            f"create function public.{name}() returns trigger language plpgsql as"
            f" $$ begin if new.email = '{email}' then raise exception 'no'; end if; return new; end $$".encode()
        )
        try:
            on = f"create trigger {name} before insert on auth.users for each row"
            db.execute(f"{on} execute function public.{name}()".encode())
            answer = httpx.post(
                f"{settings.api_url}/auth/v1/admin/users",
                json={"email": email},
                headers={"apikey": settings.secret_key},
            )
        finally:
            db.execute(f"drop function public.{name}() cascade".encode())
    assert answer.status_code == 500
    assert answer.json()["msg"] == "Database error saving new user"


async def test_without_confirmation_a_sign_up_signs_in(settings: Settings) -> None:
    async with auth_with(settings, confirm_emails=False) as http:
        email = new_email()
        answer = await http.post("/signup", json={"email": email, "password": PASSWORD})
        assert answer.json()["user"]["email_confirmed_at"].endswith("Z")
        again = await http.post("/signup", json={"email": email, "password": PASSWORD})
        assert (again.status_code, again.json()["error_code"]) == (422, "user_already_exists")
        wanted = new_email()
        headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
        changed = await http.put("/user", json={"email": wanted}, headers=headers)
        assert changed.json()["email"] == wanted


async def test_closed_sign_up(settings: Settings) -> None:
    async with auth_with(settings, signup_enabled=False) as http:
        answer = await http.post("/signup", json={"email": new_email(), "password": PASSWORD})
        assert (answer.status_code, answer.json()["error_code"]) == (422, "signup_disabled")
        answer = await http.post("/otp", json={"email": new_email()})
        assert (answer.status_code, answer.json()["error_code"]) == (422, "otp_disabled")


async def test_two_sign_ups_at_once_make_one_account(settings: Settings) -> None:
    email = new_email()
    async with auth_with(settings, mail_gap=0.0) as http:
        body = {"email": email, "password": PASSWORD}
        answers = await asyncio.gather(*(http.post("/signup", json=body) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {200, 422}
    users = await asyncio.to_thread(lambda: admin_client(settings).auth.admin.list_users(per_page=1000))
    assert len([user for user in users if user.email == email]) == 1


async def test_both_forms_of_the_path(settings: Settings) -> None:
    _, email = await asyncio.to_thread(signed_in, settings)
    async with auth_with(settings) as http:
        assert (await password_session(http, email)).status_code == 200
        body = {"email": email, "password": PASSWORD}
        assert (await http.post("/auth/v1/token?grant_type=password", json=body)).status_code == 200

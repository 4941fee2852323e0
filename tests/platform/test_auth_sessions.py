"""Refresh with rotation and detection of reuse, and the scopes of signing out."""

from __future__ import annotations

import asyncio
import time

import httpx
import jwt
import pytest

from siso_local.settings import Settings
from tests.platform.auth_support import (
    PASSWORD,
    admin_client,
    auth_with,
    claims,
    new_client,
    password_session,
    query,
    refused,
    session_of,
    signed_in,
)


def _age(settings: Settings, token: str, seconds: int) -> None:
    """Lets a used refresh token look as if it had been used that long ago."""
    query(
        settings,
        "update auth.refresh_tokens set updated_at = updated_at - make_interval(secs => %s) where token = %s",
        seconds,
        token,
    )


def test_refresh_rotates_and_keeps_the_session(settings: Settings) -> None:
    client, _ = signed_in(settings)
    first = session_of(client)
    second = client.auth.refresh_session().session
    assert second is not None
    assert second.refresh_token != first.refresh_token
    assert claims(second.access_token)["session_id"] == claims(first.access_token)["session_id"]
    assert claims(second.access_token)["amr"] == claims(first.access_token)["amr"]


def test_a_token_used_twice_at_once_gives_the_same_successor(settings: Settings) -> None:
    client, _ = signed_in(settings)
    token = session_of(client).refresh_token

    async def both() -> list[httpx.Response]:
        async with httpx.AsyncClient(headers={"apikey": settings.publishable_key}) as http:
            url = f"{settings.api_url}/auth/v1/token?grant_type=refresh_token"
            return list(await asyncio.gather(*(http.post(url, json={"refresh_token": token}) for _ in range(4))))

    answers = asyncio.run(both())
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1


def test_a_lost_answer_can_be_asked_for_again(settings: Settings) -> None:
    """The parent of the active token gives it even much later: a device that went offline comes back."""
    client, _ = signed_in(settings)
    first = session_of(client).refresh_token
    second = session_of_refresh(client)
    _age(settings, first, 3600)
    again = new_client(settings).auth.refresh_session(first).session
    assert again is not None and again.refresh_token == second


def session_of_refresh(client: object) -> str:
    session = client.auth.refresh_session().session  # type: ignore[attr-defined]
    return str(session.refresh_token)


def test_a_stolen_token_ends_the_family(settings: Settings) -> None:
    client, _ = signed_in(settings)
    first = session_of(client).refresh_token
    session_of_refresh(client)
    third = session_of_refresh(client)
    _age(settings, first, 60)
    said = refused(lambda: new_client(settings).auth.refresh_session(first), "refresh_token_already_used", 400)
    assert said == "Invalid Refresh Token: Already Used"
    # The owner's own token is revoked with it, for nobody can tell who is who.
    refused(lambda: new_client(settings).auth.refresh_session(third), "refresh_token_already_used", 400)


def test_reuse_within_the_interval_is_forgiven(settings: Settings) -> None:
    client, _ = signed_in(settings)
    first = session_of(client).refresh_token
    session_of_refresh(client)
    third = session_of_refresh(client)
    again = new_client(settings).auth.refresh_session(first).session
    assert again is not None and again.refresh_token == third


def test_unknown_refresh_token(settings: Settings) -> None:
    refused(lambda: new_client(settings).auth.refresh_session("nonsense"), "refresh_token_not_found", 400)


def test_sign_out_scopes(settings: Settings) -> None:
    one, email = signed_in(settings)
    two, three = new_client(settings), new_client(settings)
    for client in (two, three):
        client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    tokens = {name: session_of(c) for name, c in (("one", one), ("two", two), ("three", three))}

    one.auth.sign_out({"scope": "local"})
    refused(
        lambda: new_client(settings).auth.refresh_session(tokens["one"].refresh_token), "refresh_token_not_found", 400
    )
    refused(lambda: new_client(settings).auth.get_user(tokens["one"].access_token), "session_not_found", 403)
    assert two.auth.get_user() is not None

    two.auth.sign_out({"scope": "others"})
    refused(three.auth.get_user, "session_not_found", 403)
    assert new_client(settings).auth.get_user(tokens["two"].access_token) is not None

    one.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    token = session_of(one).access_token
    one.auth.sign_out()
    for gone in (token, tokens["two"].access_token):
        refused(lambda token=gone: new_client(settings).auth.get_user(token), "session_not_found", 403)  # type: ignore[misc]


def test_an_admin_can_end_the_sessions_of_a_token(settings: Settings) -> None:
    client, _ = signed_in(settings)
    admin_client(settings).auth.admin.sign_out(session_of(client).access_token, "global")
    refused(client.auth.get_user, "session_not_found", 403)


def test_a_deleted_account_is_gone_at_once(settings: Settings) -> None:
    client, _ = signed_in(settings)
    session = session_of(client)
    admin_client(settings).auth.admin.delete_user(session.user.id)
    refused(client.auth.get_user, "user_not_found", 403)
    refused(lambda: client.auth.refresh_session(session.refresh_token), "refresh_token_not_found", 400)


def test_expired_and_forged_tokens(settings: Settings) -> None:
    client, _ = signed_in(settings)
    good = claims(session_of(client).access_token)
    now = int(time.time())
    key = jwt.PyJWK(settings.signing_jwk).key
    kid = {"kid": settings.signing_jwk["kid"]}
    expired = jwt.encode({**good, "exp": now - 1}, key, "ES256", kid)
    forged = jwt.encode({**good, "exp": now + 60}, "another secret of at least thirty-two bytes", "HS256")
    unsigned = jwt.encode({**good, "exp": now + 60}, "", "none")
    for token in (expired, forged, unsigned, "a.b.c"):
        url = f"{settings.api_url}/auth/v1/user"
        answer = httpx.get(url, headers={"apikey": settings.publishable_key, "authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["error_code"]) == (403, "bad_jwt"), token
    # The older, symmetric kind of token is understood as well.
    older = jwt.encode({**good, "exp": now + 60}, settings.jwt_secret, "HS256")
    assert new_client(settings).auth.get_user(older) is not None


@pytest.mark.parametrize("change", [{"session_timebox": 3600.0}, {"session_inactivity": 3600.0}])
async def test_sessions_end_by_age(settings: Settings, change: dict[str, float]) -> None:
    client, email = await asyncio.to_thread(signed_in, settings)
    async with auth_with(settings, **change) as http:
        session = (await password_session(http, email)).json()
        body = {"refresh_token": session["refresh_token"]}
        assert (await http.post("/token?grant_type=refresh_token", json=body)).status_code == 200
        query(
            settings,
            "update auth.sessions set created_at = created_at - interval '2 h' where id = %s",
            claims(session["access_token"])["session_id"],
        )
        _age(settings, session["refresh_token"], 7200)
        answer = await http.post("/token?grant_type=refresh_token", json=body)
        assert (answer.status_code, answer.json()["error_code"]) == (400, "session_expired")
    assert client.auth.get_user() is not None

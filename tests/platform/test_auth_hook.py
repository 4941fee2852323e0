"""The custom access token hook: a database function has the last word on a token's claims."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator

import psycopg
import pytest

from siso_local.settings import Settings
from tests.platform.auth_support import auth_with, claims, password_session, query, signed_in


@pytest.fixture
def schema(settings: Settings) -> Iterator[str]:
    """A schema of its own for the hook, made as a project's migration would make it."""
    name = f"hooks_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as db:
        db.execute(f"create schema {name}".encode())
        db.execute(f"grant usage on schema {name} to supabase_auth_admin".encode())
        try:
            yield name
        finally:
            db.execute(f"drop schema {name} cascade".encode())


def _hook(settings: Settings, schema: str, body: str) -> dict[str, str]:
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as db:
        text = f"create function {schema}.hook(event jsonb) returns jsonb language plpgsql as $$ begin {body} end $$"
        db.execute(text.encode())
        # As on a hosted project: nobody executes a new function unless a migration says so.
        db.execute(f"grant execute on function {schema}.hook(jsonb) to supabase_auth_admin".encode())
    return {"hook_uri": f"pg-functions://postgres/{schema}/hook"}


async def test_the_hook_changes_claims(settings: Settings, schema: str) -> None:
    changes = _hook(
        settings,
        schema,
        "return jsonb_build_object('claims', event -> 'claims' || jsonb_build_object("
        "'tier', 'gold', 'why', event ->> 'authentication_method'));",
    )
    _, email = await asyncio.to_thread(signed_in, settings)
    async with auth_with(settings, **changes) as http:
        session = (await password_session(http, email)).json()
        assert claims(session["access_token"])["tier"] == "gold"
        assert claims(session["access_token"])["why"] == "password"
        body = {"refresh_token": session["refresh_token"]}
        refreshed = (await http.post("/token?grant_type=refresh_token", json=body)).json()
        assert claims(refreshed["access_token"])["why"] == "token_refresh"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (
            'return \'{"error": {"http_code": 403, "message": "Not during the audit"}}\'::jsonb;',
            403,
            "unexpected_failure",
        ),
        ("return jsonb_build_object('claims', (event -> 'claims') - 'sub');", 500, "unexpected_failure"),
        ("return '{}'::jsonb;", 500, "unexpected_failure"),
        ("return null;", 500, "unexpected_failure"),
        ("raise exception 'broken';", 500, "unexpected_failure"),
        ("perform pg_sleep(5); return event;", 422, "hook_timeout"),
    ],
)
async def test_a_failing_hook_lets_nobody_in(
    settings: Settings, schema: str, body: str, status: int, code: str
) -> None:
    client, email = await asyncio.to_thread(signed_in, settings)
    user_id = claims(client.auth.get_session().access_token)["sub"]  # type: ignore[union-attr]
    async with auth_with(settings, **_hook(settings, schema, body)) as http:
        answer = await password_session(http, email)
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    # The session that could not be handed out was not opened.
    assert len(query(settings, "select id from auth.sessions where user_id = %s", user_id)) == 1


async def test_a_hook_that_is_not_there_yet_changes_nothing(settings: Settings) -> None:
    _, email = await asyncio.to_thread(signed_in, settings)
    async with auth_with(settings, hook_uri="pg-functions://postgres/nowhere/hook") as http:
        assert (await password_session(http, email)).status_code == 200

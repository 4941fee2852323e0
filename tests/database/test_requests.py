"""Limits and live sessions, through the gateway as clients meet them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import ANONYMOUS, acting, make_partner, value


@pytest.fixture
def caller(settings: Settings, admin_db: psycopg.Connection) -> Iterator[httpx.Client]:
    """A partner with a live session, through the gateway."""
    with psycopg.connect(settings.dsn("supabase_admin")) as setup:
        partner = make_partner(setup)
        session = uuid.uuid4()
        setup.execute(
            "insert into auth.sessions (id, user_id, created_at, updated_at, aal)"
            " values (%s, %s, now(), now(), 'aal1')",
            (session, partner.subject),
        )
    token = settings.mint(
        "authenticated", iss=settings.issuer, sub=partner.subject, email=partner.email, session_id=str(session)
    )
    headers = {"apikey": settings.publishable_key, "Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{settings.api_url}/rest/v1", headers=headers, timeout=10) as client:
        client.headers["x-session"] = str(session)
        client.headers["x-subject"] = partner.subject
        yield client


def test_a_revoked_session_is_refused_at_once(caller: httpx.Client, admin_db: psycopg.Connection) -> None:
    assert caller.get("/leads").status_code == 200
    admin_db.execute("delete from auth.sessions where id = %s", (caller.headers["x-session"],))
    for refused in (caller.get("/leads"), caller.post("/rpc/my_account")):
        assert refused.status_code == 401, refused.text
        assert "session_ended" in refused.text


def test_calling_too_fast_is_slowed_down(caller: httpx.Client) -> None:
    """A burst of 60 calls passes; whoever goes on faster than five a second is told to wait, and for how long."""
    answers: list[httpx.Response] = []
    while len(answers) < 400 and (not answers or answers[-1].status_code != 429):
        answers.append(caller.post("/rpc/mark_notifications_read", json={"ids": []}))
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    late = answers[-1]
    assert late.status_code == 429, f"{len(answers)} calls passed"
    assert int(late.headers["retry-after"]) >= 1
    assert late.json()["code"] == "PT429"
    assert caller.get("/leads?select=id").status_code == 200, "reading goes on"


def test_writing_a_row_takes_a_token(caller: httpx.Client, admin_db: psycopg.Connection) -> None:
    assert caller.post("/leads", json={"company_name": "Client 17"}).status_code == 201
    subject = caller.headers["x-subject"]
    left = admin_db.execute(
        "select tokens from ops.rate_buckets where class = 'write' and caller like %s", (f"%{subject}",)
    ).fetchone()
    assert left is not None and left[0] < 60


def test_visitors_are_limited_by_the_address_that_the_proxy_saw(db: psycopg.Connection) -> None:
    """Hosted, a proxy adds to x-forwarded-for what it sees: the first address there is what the caller has written."""
    for headers, address in (
        ({"x-forwarded-for": "203.0.113.7"}, "203.0.113.7"),
        ({"x-forwarded-for": "198.51.100.1, 203.0.113.7", "cf-connecting-ip": "203.0.113.7"}, "203.0.113.7"),
        ({}, None),
    ):
        db.execute("select set_config('request.headers', %s, true)", (json.dumps(headers),))
        assert value(db, "select private.visitor_address()") == address
    buckets = "select count(*) from ops.rate_buckets where caller = 'address:203.0.113.9'"
    for number in range(3):
        forged = {"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9", "cf-connecting-ip": "203.0.113.9"}
        db.execute("select set_config('request.headers', %s, true)", (json.dumps(forged),))
        with acting(db, ANONYMOUS):
            db.execute("select private.check_request()")
    assert value(db, buckets) == 1, "one caller, whatever it pretends"
    left = value(db, "select tokens from ops.rate_buckets where caller = 'address:203.0.113.9'")
    burst = value(db, "select burst from ops.rate_limits where class = 'anonymous'")
    assert burst - 3 <= left < burst - 1

"""The documents worker: statements become files in the partner's folder, once, however often it is killed."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import json
import uuid
from typing import Any

import httpx
import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import Person, acting, call, make_staff, rows, token_of, value
from tests.database.money_history import History
from tests.workers.documents_support import KilledError, MortalDatabase, MortalStorage, Steps, worker_settings
from tests.workers.support import wait_for
from workers.core.jobs import Job
from workers.documents.statements import Statements


def new_seller(settings: Settings) -> Person:
    """A partner with money of two past months, committed; nobody else ever saw the clock moved."""
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        history = History(connection)
        history.at("2026-03-05 10:00")
        partner = history.partner(name="Zoë Łukasz")
        deal = history.win(partner, 150_000)
        history.pay(deal, 100_000)
        history.at("2026-04-10 10:00")
        history.clear()
        history.pay(deal, 50_000, 2)
        history.now_again()
    return partner


@pytest.fixture
def seller(settings: Settings) -> Person:
    return new_seller(settings)


async def run(settings: Settings, partner: Person, steps: Steps | None = None) -> bool:
    """One attempt at the job; False where it was killed."""
    database, storage = MortalDatabase(worker_settings(settings)), MortalStorage(worker_settings(settings))
    database.steps = storage.steps = steps or Steps(mortal=False)
    job = Job(
        id=0, topic="statement.make", payload={"partner_id": str(partner.id), "month": "2026-04-01"}, attempts=1,
        lease=uuid.uuid4().hex, request_id=None, time_now="",
    )  # fmt: skip
    try:
        await Statements(database, storage).make(job)
    except KilledError:
        return False
    finally:
        await database.close()
        await storage.close()
    return True


def filed(db: psycopg.Connection, partner: Person) -> list[tuple[Any, ...]]:
    return rows(
        db,
        "select made.period::text, file.kind, file.path, file.sha256, file.bytes, made.sha256"
        " from public.statements as made join public.statement_files as file on file.statement_id = made.id"
        " where made.partner_id = %s order by 1, 2",
        partner.id,
    )


def download(settings: Settings, token: str, path: str) -> bytes:
    """As the app does it: a signed link for 60 seconds, then the file."""
    headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {token}"}
    signed = httpx.post(
        f"{settings.api_url}/storage/v1/object/sign/statements/{path}",
        json={"expiresIn": 60},
        headers=headers,
        timeout=20,
    )
    assert signed.status_code == 200, signed.text
    return (
        httpx.get(f"{settings.api_url}/storage/v1{signed.json()['signedURL']}", timeout=20).raise_for_status().content
    )


def check_files(settings: Settings, db: psycopg.Connection, partner: Person) -> None:
    found = filed(db, partner)
    assert [(month, kind) for month, kind, *_ in found] == [
        (month, kind) for month in ("2026-03-01", "2026-04-01") for kind in ("csv", "json", "pdf")
    ]
    token = token_of(settings, partner.subject, "aal1")
    for _, kind, path, sha256, size, of_statement in found:
        content = download(settings, token, path)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (sha256, size)
        if kind == "json":
            assert sha256 == of_statement
            assert "Zoë" not in content.decode()
        elif kind == "csv":
            last = list(csv.DictReader(io.StringIO(content.decode())))[-1]
            assert (last["kind"], last["total"]) == (
                "closing",
                {"2026-03": "200.00", "2026-04": "300.00"}[path.split("/")[1]],
            )
        else:
            assert content.startswith(b"%PDF-")
    lying = "select count(*) from storage.objects where bucket_id = 'statements' and name like %s"
    assert value(db, lying, f"{partner.id}/%") == len(found), "a file that nobody knows"
    assert rows(db, "select problem from private.check_statements where partner_id = %s", partner.id) == []


# make_statements; then per statement its text, and add and record for each of three files; before and after each.
DEATHS = 2 * (1 + 2 * (1 + 3 * 2))


def test_a_worker_killed_at_every_step(settings: Settings, live: psycopg.Connection) -> None:
    """Killed before its first step, after it, before the second, and so on; each time another one takes the job up."""

    async def story(seller: Person, steps: Steps) -> int:
        attempts = 1
        while not await run(settings, seller, steps):
            attempts += 1
        return attempts

    for _ in range(3):
        seller, steps = new_seller(settings), Steps(mortal=True)
        attempts = asyncio.run(story(seller, steps))
        if attempts == DEATHS + 1:
            break
        # A test beside this one has asked for everybody's statements: the platform's own worker did a part of the job.
    assert attempts == DEATHS + 1
    assert len(steps.deaths) == DEATHS
    check_files(settings, live, seller)
    assert asyncio.run(run(settings, seller)), "nothing is left to do"
    check_files(settings, live, seller)


def test_two_workers_at_the_same_time(settings: Settings, live: psycopg.Connection, seller: Person) -> None:
    async def story() -> list[bool]:
        return list(await asyncio.gather(*(run(settings, seller) for _ in range(4))))

    assert all(asyncio.run(story()))
    check_files(settings, live, seller)


def test_staff_ask_for_a_month_and_the_worker_makes_it(
    settings: Settings, live: psycopg.Connection, seller: Person
) -> None:
    with live.transaction():
        finance = make_staff(live, "finance")
        with acting(live, finance.actor("aal2")):
            call(live, "prepare_statements", month="2026-04-01", request_id=uuid.uuid4())
    wait_for("the files", lambda: len(filed(live, seller)) == 6, 60)
    check_files(settings, live, seller)
    assert (
        value(
            live,
            "select count(*) from public.notifications where partner_id = %s and title = 'New statement'",
            seller.id,
        )
        == 0
    )


def test_another_partner_gets_no_link(settings: Settings, live: psycopg.Connection, seller: Person) -> None:
    assert asyncio.run(run(settings, seller))
    path = filed(live, seller)[0][2]
    with live.transaction():
        stranger = make_staff(live, "support")
    for subject in (stranger.subject, str(uuid.uuid4())):
        token = token_of(settings, subject, "aal2")
        answer = httpx.post(
            f"{settings.api_url}/storage/v1/object/sign/statements/{path}", json={"expiresIn": 60}, timeout=20,
            headers={"apikey": settings.publishable_key, "authorization": f"Bearer {token}"},
        )  # fmt: skip
        assert answer.status_code == 400, answer.text


def test_the_worker_cannot_replace_or_remove_a_statement(
    settings: Settings, live: psycopg.Connection, seller: Person
) -> None:
    assert asyncio.run(run(settings, seller))
    path = filed(live, seller)[0][2]
    headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {settings.mint('documents_worker')}"}
    with httpx.Client(base_url=f"{settings.api_url}/storage/v1", headers=headers, timeout=20) as client:
        replaced = client.put(f"/object/statements/{path}", content=b"{}", headers={"content-type": "application/json"})
        assert replaced.status_code in (400, 403), replaced.text
        client.request("DELETE", "/object/statements", json={"prefixes": [path]})
        other = client.post("/object/avatars/x.png", content=b"x", headers={"content-type": "image/png"})
        assert other.status_code in (400, 403), other.text
        assert json.loads(other.text)["statusCode"] == "403"
    check_files(settings, live, seller)

"""Exports and certificates through the running documents worker: asked for, made, fetched by their owner, removed."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import json
import uuid
from typing import Any
from zipfile import ZipFile

import httpx
import psycopg
import pytest

from siso_local.settings import Settings
from siso_project.export_tables import decisions
from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    expect_refusal,
    make_lead,
    make_partner,
    make_staff,
    token_of,
    value,
    worker,
)
from tests.database.money_history import History
from tests.workers.documents_support import KilledError, MortalDatabase, MortalStorage, Steps, worker_settings
from tests.workers.support import wait_for
from workers.core.jobs import Job
from workers.documents.exports import Exports


@pytest.fixture
def seller(settings: Settings) -> Person:
    """A partner with a lead, a deal of last spring, and a statement; committed."""
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        history = History(connection)
        history.at("2026-03-05 10:00")
        partner = history.partner(name="=Starter 01")
        make_lead(connection, partner, "@Client 01")
        history.pay(history.win(partner, 150_000), 100_000)
        history.at("2026-04-01 00:20")
        history.make_statements(partner, "2026-03-01")
        history.now_again()
    return partner


def fetch(settings: Settings, subject: str, aal: str, path: str) -> httpx.Response:
    """A signed link as the app makes it, and the file under it."""
    token = token_of(settings, subject, aal)
    headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {token}"}
    signed = httpx.post(
        f"{settings.api_url}/storage/v1/object/sign/exports/{path}",
        json={"expiresIn": 3_600},
        headers=headers,
        timeout=20,
    )
    if signed.status_code != 200:
        return signed
    return httpx.get(f"{settings.api_url}/storage/v1{signed.json()['signedURL']}", timeout=20)


def ask(db: psycopg.Connection, partner: Person) -> str:
    with db.transaction(), acting(db, partner.actor("aal2")):
        made: dict[str, Any] = call(db, "request_export", request_id=uuid.uuid4())
    return str(made["id"])


def row_of(db: psycopg.Connection, table: str, key: str, status: str) -> dict[str, Any] | None:
    query = f"select to_jsonb(e) from public.{table} as e where id = %s and status::text = %s"  # noqa: S608
    found: dict[str, Any] | None = value(db, query, key, status)
    return found


def check_zip(settings: Settings, partner: Person, made: dict[str, Any]) -> None:
    answer = fetch(settings, partner.subject, "aal1", made["path"])
    assert answer.status_code == 200, answer.text
    assert (hashlib.sha256(answer.content).hexdigest(), len(answer.content)) == (made["sha256"], made["bytes"])
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        wanted = {one.table for one in decisions() if one.condition is not None}
        assert set(archive.namelist()) == {
            *(f"{table}.{kind}" for table in wanted for kind in ("json", "csv")), "manifest.json", "README.txt",
        }  # fmt: skip
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["rows"]) == wanted
        assert sum(manifest["rows"].values()) == made["row_count"]
        (me,) = json.loads(archive.read("public.partners.json"))
        assert (me["id"], me["name"], me["email"]) == (str(partner.id), "=Starter 01", partner.email)
        (cells,) = csv.DictReader(io.StringIO(archive.read("public.partners.csv").decode()))
        assert cells["name"] == "'=Starter 01"
        assert {lead["company_name"] for lead in json.loads(archive.read("public.leads.json"))} == {
            "@Client 01",
            "Client",
        }
        (statement,) = json.loads(archive.read("public.statements.json"))
        assert statement["closing_balance"] == 20_000
        (login,) = json.loads(archive.read("auth.users.json"))
        assert "encrypted_password" not in login


def test_a_partner_takes_their_data_home(settings: Settings, live: psycopg.Connection, seller: Person) -> None:
    other = make_partner(live)
    export = ask(live, seller)
    made = wait_for("the export", lambda: row_of(live, "exports", export, "ready"), 60)
    check_zip(settings, seller, made)
    assert fetch(settings, other.subject, "aal2", made["path"]).status_code == 400


def test_a_worker_killed_at_every_step_of_an_export(
    settings: Settings, live: psycopg.Connection, admin_db: psycopg.Connection, seller: Person
) -> None:
    """The request is put in without its job, so that no other worker takes it up."""
    export = str(uuid.uuid4())
    admin_db.execute("insert into public.exports (id, partner_id) values (%s, %s)", (export, seller.id))
    steps = Steps(mortal=True, of=("begin_export", "finish_export", "add", "export_page public.leads"))
    job = Job(
        id=0, topic="export.make", payload={"export_id": export}, attempts=1, lease="", request_id=None, time_now=""
    )

    async def attempt() -> bool:
        database, storage = MortalDatabase(worker_settings(settings)), MortalStorage(worker_settings(settings))
        database.steps = storage.steps = steps
        try:
            await Exports(database, storage).make(job)
        except KilledError:
            return False
        finally:
            await database.close()
            await storage.close()
        return True

    async def story() -> int:
        attempts = 1
        while not await attempt():
            attempts += 1
        return attempts

    assert asyncio.run(story()) == 1 + 2 * 4
    made = row_of(live, "exports", export, "ready")
    assert made is not None
    check_zip(settings, seller, made)
    lying = "select count(*) from storage.objects where bucket_id = 'exports' and name like %s"
    assert value(live, lying, f"{seller.id}/%") == 1


def test_the_file_is_gone_after_its_time(
    settings: Settings, live: psycopg.Connection, admin_db: psycopg.Connection, seller: Person
) -> None:
    export = ask(live, seller)
    made = wait_for("the export", lambda: row_of(live, "exports", export, "ready"), 60)
    admin_db.execute("update public.exports set expires_at = private.now() where id = %s", (export,))
    admin_db.execute(
        "update ops.outbox set run_at = private.now() where dedupe_key = 'export.expire:' || %s::text", (export,)
    )
    wait_for("its end", lambda: row_of(live, "exports", export, "expired"), 60)
    assert fetch(settings, seller.subject, "aal2", made["path"]).status_code == 400


def test_finance_takes_out_the_ledger(settings: Settings, live: psycopg.Connection, seller: Person) -> None:
    with live.transaction():
        finance, support = make_staff(live, "finance"), make_staff(live, "support")
        with acting(live, finance.actor("aal2")):
            asked = call(
                live, "request_finance_export", kind="ledger", period_from="2026-03-01", period_to="2026-04-01",
                request_id=uuid.uuid4(),
            )  # fmt: skip
    made = wait_for("the books", lambda: row_of(live, "finance_exports", asked["id"], "ready"), 60)
    answer = fetch(settings, finance.subject, "aal2", made["path"])
    assert answer.status_code == 200, answer.text
    with ZipFile(io.BytesIO(answer.content)) as archive:
        (name,) = archive.namelist()
        assert name == "ledger-2026-03-01-to-2026-04-01.csv"
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode())))
    assert len(rows) == made["row_count"]
    mine = [row for row in rows if row["partner_id"] == str(seller.id)]
    assert [(row["kind"], row["account"], row["amount"]) for row in mine] == [("accrue", "partner_pending", "-200.00")]
    for stranger, aal in ((support, "aal2"), (seller, "aal2"), (finance, "aal1")):
        assert fetch(settings, stranger.subject, aal, made["path"]).status_code == 400


def test_a_certificate_is_rendered_once(settings: Settings, live: psycopg.Connection) -> None:
    with live.transaction(), by_hand(live):
        partner = make_partner(live, name="Zoë Łukasz")
        track = value(live, "select track from public.training_tracks order by track limit 1")
        certificate = value(
            live,
            "insert into public.certificates (partner_id, track, version, expires_at)"
            " values (%s, %s, 1, private.now() + interval '1 year') returning id",
            partner.id, track,
        )  # fmt: skip

    def filed() -> dict[str, Any] | None:
        query = "select to_jsonb(f) from public.certificate_files as f where certificate_id = %s"
        found: dict[str, Any] | None = value(live, query, certificate)
        return found

    made = wait_for("the paper", filed, 60)
    token = token_of(settings, partner.subject, "aal1")
    headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {token}"}
    path = f"{settings.api_url}/storage/v1/object/authenticated/certificates/{made['path']}"
    content = httpx.get(path, headers=headers, timeout=20).raise_for_status().content
    assert content.startswith(b"%PDF-")
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (made["sha256"], made["bytes"])
    # Asked again, and under another name meanwhile: the paper stays as it is.
    live.execute("update public.partners set name = 'Starter 02' where id = %s", (partner.id,))
    live.execute("select private.enqueue('certificate.make', %s, jsonb_build_object('certificate_id', %s::uuid))",
        (f"{certificate}:again", certificate))  # fmt: skip
    done = "select done_at from ops.outbox where dedupe_key = %s"
    wait_for("the job", lambda: value(live, done, f"certificate.make:{certificate}:again"), 60)
    assert filed() == made
    with live.transaction(), acting(live, worker("documents")), expect_refusal(live, "23514", "path"):
        call(live, "record_certificate_file", "worker", certificate=certificate, path=f"{uuid.uuid4()}/x.pdf",
            sha256="0" * 64, bytes=1)  # fmt: skip

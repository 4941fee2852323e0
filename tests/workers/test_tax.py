"""Tax from Stripe's word to the partner's payout, through the real workers; the number itself is nowhere with us."""

from __future__ import annotations

import io
import random
import uuid
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import psycopg
import pytest

from siso_local.settings import Settings, state_dir
from tests.chaos.money import give_balance
from tests.database.harness import Person, acting, call, make_staff, rows, value
from tests.workers.payout_support import control
from tests.workers.support import wait_for
from tests.workers.test_accounts import calm, onboarded
from tests.workers.test_exports import ask as ask_for_export
from tests.workers.test_exports import row_of

THRESHOLD = 200_000  # of a year's payouts to the United States, from 2026 on


def tax_is(db: psycopg.Connection, partner: Person, state: str) -> None:
    query = "select true from payout_accounts where partner_id = %s and tax_status::text = %s"
    wait_for(f"the tax details to be {state}", lambda: value(db, query, partner.id, state))


def says(settings: Settings, account: str, state: str, number: str | None = None) -> None:
    control(settings, f"accounts/{account}/tax", {"state": state, "number": number})


def storage_holds(folder: Path, text: str) -> bool:
    """Whether a file that Storage keeps holds the text, in an archive, too."""
    for file in (file for file in folder.rglob("*") if file.is_file()):
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            continue  # another test has just removed it
        parts = [content]
        if is_zipfile(io.BytesIO(content)):
            with ZipFile(io.BytesIO(content)) as archive:
                parts = [archive.read(name) for name in archive.namelist()]
        if any(text.encode() in part for part in parts):
            return True
    return False


def holders_of(db: psycopg.Connection, text: str) -> list[str]:
    """Where the text is with us: tables with a row that holds it, logs but that of Stripe's double, or Storage."""
    tables = rows(
        db,
        "select format('%I.%I', schemaname, tablename) from pg_tables"
        " where schemaname not in ('pg_catalog', 'information_schema')",
    )
    held = [
        name
        for (name,) in tables
        if value(db, f"select exists (select from {name} as row where strpos(row::text, %s) > 0)", text)  # noqa: S608
    ]
    logs = [file for file in (state_dir() / "logs").glob("*.log") if file.stem != "stripe"]
    assert logs
    held += [file.name for file in logs if text.encode() in file.read_bytes()]
    return held + ["storage"] * storage_holds(state_dir() / "storage", text)


@pytest.mark.parametrize("state", ["required", "pending", "rejected"])
def test_what_stripe_thinks_of_the_number_reaches_the_partner(
    settings: Settings, live: psycopg.Connection, state: str
) -> None:
    partner, account = onboarded(settings, live)
    tax_is(live, partner, "complete")
    for wanted in (state, "complete"):
        says(settings, account, wanted)
        tax_is(live, partner, wanted)
        with live.transaction(), acting(live, partner.actor()):
            assert call(live, "my_tax")["tax_status"] == wanted
    told = "select after ->> 'tax_status' from ops.events where subject_id = %s and type like '%%tax_status_changed'"
    assert [row[0] for row in rows(live, told + " order by id", partner.id)][-2:] == [state, "complete"]


def test_a_payout_above_the_threshold_waits_for_the_number_which_stays_at_stripe(
    settings: Settings, live: psycopg.Connection
) -> None:
    partner, account = onboarded(settings, live)
    tax_is(live, partner, "complete")
    with live.transaction():
        give_balance(live, partner, THRESHOLD * 5)
        with acting(live, partner.actor("aal2")):
            payout = call(live, "request_payout", currency="USD", request_id=uuid.uuid4())
    assert (payout["status"], payout["amount"]) == ("draft", THRESHOLD), "people look at it first"
    says(settings, account, "rejected")
    tax_is(live, partner, "rejected")
    calm(live, partner)
    state = "select true from payouts where id = %s and status::text = %s"
    for role in ("finance", "admin"):
        with live.transaction():
            if value(live, state, payout["id"], "draft"):
                staff = make_staff(live, role)
                with acting(live, staff.actor("aal2")):
                    call(live, "approve_payout", payout_id=uuid.UUID(payout["id"]))
    wait_for("the payout to be parked", lambda: value(live, state, payout["id"], "parked"))
    number = f"{random.SystemRandom().randrange(10**8, 10**9)}"
    says(settings, account, "complete", number)
    wait_for("the payout to be paid", lambda: value(live, state, payout["id"], "paid"), 60)
    export = ask_for_export(live, partner)
    wait_for("the export", lambda: row_of(live, "exports", export, "ready"), 60)
    assert holders_of(live, number) == []
    held = holders_of(live, account)
    assert {"public.payout_accounts", "storage"} <= set(held), f"the search finds what is there: {held}"

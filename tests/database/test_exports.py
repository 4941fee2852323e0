"""Exports: every table that refers to a partner has a decision, a page holds one partner's rows and no secrets, and
requests keep the rules."""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from siso_project.export_tables import Decision, decisions
from tests.database.harness import (
    Person,
    acting,
    call,
    expect_refusal,
    make_lead,
    make_partner,
    make_staff,
    rows,
    value,
    worker,
)
from tests.database.money_history import History

DECISIONS = decisions()


def request(db: psycopg.Connection, partner: Person, wanted: uuid.UUID | None = None) -> dict[str, Any]:
    with acting(db, partner.actor("aal2")):
        made: dict[str, Any] = call(db, "request_export", request_id=wanted or uuid.uuid4())
    return made


def page(db: psycopg.Connection, export: str, table: str, after: Any = None, size: int = 1000) -> dict[str, Any]:
    with acting(db, worker("documents")):
        found: dict[str, Any] = call(
            db, "export_page", "worker", export=export, table_name=table, page=size,
            after=None if after is None else Jsonb(after),
        )  # fmt: skip
    return found


# -- what is exported ------------------------------------------------------------------------------------------------


def test_every_table_that_refers_to_a_partner_has_a_decision(db: psycopg.Connection) -> None:
    """By a chain of foreign keys of any length. A new table is decided on in supabase/exports.yaml."""
    found = rows(
        db,
        """
        with recursive keys as (
            select conrelid, confrelid from pg_constraint where contype = 'f'
        ),

        reach as (
            select 'public.partners'::regclass::oid as id
            union
            select keys.conrelid from keys join reach on keys.confrelid = reach.id
        )

        select n.nspname || '.' || c.relname
        from reach join pg_class as c on c.oid = reach.id join pg_namespace as n on n.oid = c.relnamespace
        """,
    )
    missing = {name for (name,) in found} - {one.table for one in DECISIONS}
    assert missing == set(), "supabase/exports.yaml has no decision for these"


def test_the_database_has_what_the_file_says(db: psycopg.Connection) -> None:
    stored = rows(db, "select name, condition, shown, omit, why from ops.export_tables order by position")
    assert [Decision(t, c, tuple(s), tuple(o), w) for t, c, s, o, w in stored] == DECISIONS


@pytest.mark.parametrize("one", DECISIONS, ids=lambda one: one.table)
def test_a_decision_fits_its_table(db: psycopg.Connection, one: Decision) -> None:
    query = "select attname::text from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
    columns = {name for (name,) in rows(db, query, one.table)}
    assert {*one.only, *one.omit} <= columns
    if one.condition is None:
        assert len(one.why or "") > 10
        return
    partner = make_partner(db)
    found = page(db, request(db, partner)["id"], one.table)
    assert set(found["columns"]) <= columns
    assert found["after"] is None


def test_no_secret_and_no_member_of_staff_is_shown(db: psycopg.Connection) -> None:
    shown = rows(db, "select name, private.export_columns(decided) from ops.export_tables as decided where why is null")
    forbidden = ("token", "secret", "hash", "password", "staff", "idempotency", "fingerprint", "p256dh")
    found = [(table, name) for table, names in shown for name in names if any(word in name for word in forbidden)]
    # The chain of their own audit log is no secret, and a rule of a channel names nobody.
    assert {pair for pair in found if pair[1] not in ("hash", "previous_hash", "staff_only_writes")} == set()


def test_rows_come_page_by_page_and_are_the_partners_own(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    mine = {str(make_lead(db, partner, f"Client {number}")) for number in range(7)}
    make_lead(db, other)
    export, after, seen, pages = request(db, partner)["id"], None, [], 0
    while True:
        found = page(db, export, "public.leads", after, 3)
        seen += [row["id"] for row in found["rows"]]
        pages, after = pages + 1, found["after"]
        if after is None:
            break
    assert (set(seen), len(seen), pages) == (mine, 7, 3)
    assert "field_rev" not in found["columns"]


def test_keys_of_several_columns_page_as_well(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner, other = history.partner(), history.partner()
    for person in (partner, other):
        deal = history.win(person, 150_000)
        for instalment in (1, 2, 3):
            history.pay(deal, 10_000, instalment)
    export, after, seen = request(history.db, partner)["id"], None, []
    while True:
        found = page(history.db, export, "ledger.lines", after, 2)
        seen += [(row["journal_id"], row["line_no"]) for row in found["rows"]]
        after = found["after"]
        if after is None:
            break
    wanted = rows(
        history.db,
        "select line.journal_id, line.line_no from ledger.lines as line join ledger.accounts as account"
        " on account.id = line.account_id where account.partner_id = %s order by 1, 2",
        partner.id,
    )
    assert seen == wanted
    assert len(seen) == 3


def test_the_worker_reads_nothing_without_a_waiting_request(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    export = request(db, partner)["id"]
    for table in ("auth.refresh_tokens", "public.staff_members", "public.partner_directory", "nonsense"):
        with expect_refusal(db, "23514", "not_exported"):
            page(db, export, table)
    with expect_refusal(db, "23514", "not_exported"):
        page(db, str(uuid.uuid4()), "public.leads")
    db.execute("update public.exports set status = 'ready', path = 'x' where id = %s", (export,))
    with expect_refusal(db, "23514", "not_exported"):
        page(db, export, "public.leads")


# -- requests --------------------------------------------------------------------------------------------------------


def test_a_request_needs_a_fresh_second_factor_and_is_made_once(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    wanted = uuid.uuid4()
    with acting(db, partner.actor()), expect_refusal(db, "PT403"):
        call(db, "request_export", request_id=wanted)
    with acting(db, partner.actor("aal2").with_mfa(601)), expect_refusal(db, "PT403", "mfa_stale"):
        call(db, "request_export", request_id=wanted)
    assert request(db, partner, wanted) == request(db, partner, wanted)
    jobs = "select count(*) from ops.outbox where topic = 'export.make' and payload ->> 'export_id' = %s"
    assert value(db, jobs, str(wanted)) == 1
    with expect_refusal(db, "23505", "request_id_reused"):
        request(db, other, wanted)
    with expect_refusal(db, "PT409", "export_running"):
        request(db, partner)
    warned = "select type::text from public.notifications where partner_id = %s"
    assert value(db, warned, partner.id) == "security"


def test_three_a_day(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    for _ in range(3):
        made = request(history.db, partner)
        history.db.execute("update public.exports set status = 'ready', path = id::text where id = %s", (made["id"],))
    with expect_refusal(history.db, "PT429", "export_limit"):
        request(history.db, partner)
    history.at("2026-03-06 10:00:01")
    assert request(history.db, partner)["status"] == "waiting"


@pytest.mark.parametrize("status", ["inactive", "suspended", "terminated"])
def test_whoever_is_suspended_or_gone_still_gets_their_data(db: psycopg.Connection, status: str) -> None:
    partner = make_partner(db, status=status)
    made = request(db, partner)
    with acting(db, partner.actor()):
        assert value(db, "select id::text from public.exports") == made["id"]
    with acting(db, make_partner(db).actor()):
        assert value(db, "select count(*) from public.exports") == 0


def test_an_expired_export_is_removed_and_not_before(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    export = request(history.db, partner)["id"]
    path = f"{partner.id}/{export}.zip"
    about = {"export": export, "path": path, "sha256": "0" * 64, "bytes": 10, "row_count": 1}
    with acting(history.db, worker("documents")), expect_refusal(history.db, "PT409", "file_missing"):
        call(history.db, "finish_export", "worker", **about)
    history.db.execute("insert into storage.objects (bucket_id, name) values ('exports', %s)", (path,))
    with acting(history.db, worker("documents")):
        assert call(history.db, "finish_export", "worker", **about)
        assert not call(history.db, "finish_export", "worker", **about), "the first one wins"
        assert call(history.db, "due_export", "worker", export=export) is None
        assert not call(history.db, "expire_export", "worker", export=export)
    due = "select run_at - private.now() = '24 hours' from ops.outbox where dedupe_key = 'export.expire:' || %s"
    assert value(history.db, due, export)
    history.at("2026-03-06 10:00")
    with acting(history.db, worker("documents")):
        assert call(history.db, "due_export", "worker", export=export) == path
        assert call(history.db, "expire_export", "worker", export=export)


# -- finance -----------------------------------------------------------------------------------------------------------


def books(history: History, staff: Person, kind: str, size: int) -> list[dict[str, Any]]:
    """All rows of June 2026, page by page; others may have posted in it, too."""
    return history.finance_export(staff, kind, "2026-06-01", "2026-07-01", size)


def test_finance_takes_out_the_books_of_a_period(history: History) -> None:
    finance = make_staff(history.db, "finance")
    history.at("2026-05-31 23:59:59")
    partner = history.partner()
    deal = history.win(partner, 900_000)
    history.pay(deal, 100_000)
    history.at("2026-06-01 00:00")
    lines = [history.pay(deal, 100_000, instalment) for instalment in (2, 3, 4)]
    history.at("2026-06-30 23:59:59")
    history.clear()
    payout = history.request_payout(partner)
    found = [row for row in books(history, finance, "commissions", 200) if row["partner_id"] == str(partner.id)]
    assert {row["id"] for row in found} == set(lines)
    assert [row["amount"] for row in found] == [20_000] * 3
    (paid,) = [row for row in books(history, finance, "payouts", 1) if row["partner_id"] == str(partner.id)]
    assert (paid["id"], paid["digits"]) == (payout["id"], 2)
    ledger = books(history, finance, "ledger", 301)
    assert sum(row["amount"] for row in ledger) == 0
    assert len({(row["journal_id"], row["line_no"]) for row in ledger}) == len(ledger)
    mine = [(row["kind"], row["account"]) for row in ledger if row["partner_id"] == str(partner.id)]
    # The line of May has cleared, and is what was asked for.
    assert mine == [
        *[("accrue", "partner_pending")] * 3,
        *[("clear", "partner_pending"), ("clear", "partner_payable")],
        ("payout_request", "partner_payable"),
    ]


def test_only_finance_with_a_fresh_factor_takes_out_the_books(db: psycopg.Connection) -> None:
    finance, support, partner = make_staff(db, "finance"), make_staff(db, "support"), make_partner(db)
    asked: dict[str, Any] = {
        "kind": "ledger",
        "period_from": "2026-03-01",
        "period_to": "2026-04-01",
        "request_id": uuid.uuid4(),
    }
    for actor in (finance.actor(), finance.actor("aal2").with_mfa(601), support.actor("aal2"), partner.actor("aal2")):
        with acting(db, actor), pytest.raises(psycopg.Error), db.transaction():
            call(db, "request_finance_export", **asked)
    with acting(db, finance.actor("aal2")):
        with expect_refusal(db, "22023", "interval"):
            call(db, "request_finance_export", **(asked | {"period_to": "2026-03-01"}))
        first = call(db, "request_finance_export", **asked)
        assert first == call(db, "request_finance_export", **asked)
    with acting(db, make_staff(db, "finance").actor("aal2")), expect_refusal(db, "23505", "request_id_reused"):
        call(db, "request_finance_export", **asked)
    logged = "select after from ops.events where type = 'finance_export.requested' and subject_id = %s"
    assert json.loads(json.dumps(value(db, logged, asked["request_id"])))["staff_id"] == str(finance.id)

"""Statements add up, end where the next begins, are never rewritten, and are the ledger's to the cent."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, rows, value, worker
from tests.database.money_history import History


def problems(history: History, partner: Person) -> list[str]:
    history.db.execute("set constraints all immediate")  # the audit log is written at commit
    found = rows(history.db, "select problem from private.check_statements where partner_id = %s", partner.id)
    history.db.execute("set constraints all deferred")
    return [row[0] for row in found]


def changes(statement: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    return [(entry["kind"], entry["changes"]) for entry in statement["content"]["entries"]]


def test_two_months_of_a_partner(history: History) -> None:
    """Worked out by hand: 1,500.00 at 20 % in two payments; the first is paid out, the second is still clearing."""
    history.at("2026-03-05 10:00")
    partner = history.partner()
    deal = history.win(partner, 150_000)
    line = history.pay(deal, 100_000)
    history.at("2026-04-10 10:00")
    history.clear()
    payout = history.request_payout(partner)
    history.send(payout)
    history.pay(deal, 50_000, 2)
    history.at("2026-05-01 00:20")
    march, april = history.make_statements(partner, "2026-04-01")
    assert (march["period"], march["opening_balance"], march["closing_balance"]) == ("2026-03-01", 0, 20_000)
    assert changes(march) == [("accrue", {"pending": 20_000, "total": 20_000})]
    assert (april["opening_balance"], april["closing_balance"]) == (20_000, 10_000)
    assert changes(april) == [
        ("clear", {"pending": -20_000, "payable": 20_000, "total": 0}),
        ("payout_request", {"payable": -20_000, "total": -20_000}),
        ("accrue", {"pending": 10_000, "total": 10_000}),
    ]
    assert april["content"]["opening"] == {"pending": 20_000, "payable": 0, "total": 20_000}
    assert april["content"]["closing"] == {"pending": 10_000, "payable": 0, "total": 10_000}
    assert april["content"]["previous"]["sha256"] == march["sha256"]
    reason = march["content"]["entries"][0]["reason"]
    assert reason["commission_id"] == line
    assert (reason["deal_reference"], reason["payment"]["instalment"], reason["payment"]["amount"]) == (
        deal["reference"], 1, 100_000,
    )  # fmt: skip
    assert (reason["tier"], reason["rate_bp"], reason["plan_version"]) == ("starter", 2000, 1)
    assert reason["calculation"]["rounded"] == 20_000
    items = april["content"]["entries"][1]["reason"]["items"]
    assert items == [{"commission_id": line, "amount": 20_000}]
    assert problems(history, partner) == []


def test_rounding_is_shown(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    history.pay(history.win(partner, 10_003), 10_003)
    history.at("2026-04-01 01:00")
    (march,) = history.make_statements(partner, "2026-03-01")
    shown = march["content"]["entries"][0]["reason"]["calculation"]
    assert (shown["unrounded"], shown["rounded"]) == ("2000.6", 2001)


def test_months_are_those_of_utc_and_the_partners_time_is_noted(history: History) -> None:
    history.at("2026-03-31 23:59:59")
    partner = history.partner()
    history.db.execute("update public.partners set timezone = 'America/New_York' where id = %s", (partner.id,))
    deal = history.win(partner, 150_000)
    history.pay(deal, 50_000)
    history.at("2026-04-01 00:00:00")
    history.pay(deal, 50_000, 2)
    history.at("2026-05-01 00:00:00")
    march, april = history.make_statements(partner, "2026-04-01")
    assert [len(made["content"]["entries"]) for made in (march, april)] == [1, 1]
    period = april["content"]["period"]
    assert (period["from"], period["time_zone"], period["local_from"]) == (
        "2026-04-01T00:00:00.000000Z", "America/New_York", "2026-03-31 20:00",
    )  # fmt: skip


def test_what_is_posted_late_stands_in_the_next_statement(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    deal = history.win(partner, 150_000)
    history.pay(deal, 50_000)
    history.at("2026-04-01 00:20")
    (before,) = history.make_statements(partner, "2026-03-01")
    # A transaction that began in March and is committed now.
    history.at("2026-03-31 23:59")
    history.pay(deal, 50_000, 2)
    history.at("2026-05-01 00:20")
    march, april = history.make_statements(partner, "2026-04-01")
    assert march == before
    assert [(entry["late"], entry["at"][:7]) for entry in april["content"]["entries"]] == [(True, "2026-03")]
    assert (april["opening_balance"], april["closing_balance"]) == (10_000, 20_000)
    assert problems(history, partner) == []


def test_quiet_months(history: History) -> None:
    """A month without entries has a statement while something is owed, and none once all is settled."""
    history.at("2026-01-05 10:00")
    partner = history.partner()
    history.pay(history.win(partner, 150_000), 150_000)
    history.at("2026-03-10 10:00")
    history.clear()
    history.send(history.request_payout(partner))
    history.at("2026-06-01 00:20")
    made = history.make_statements(partner, "2026-05-01")
    assert [(row["period"], row["entry_count"], row["closing_balance"]) for row in made] == [
        ("2026-01-01", 1, 30_000),
        ("2026-02-01", 0, 30_000),
        ("2026-03-01", 2, 0),
    ]
    assert problems(history, partner) == []


def test_currencies_have_statements_of_their_own(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    history.pay(history.win(partner, 150_000), 50_000)
    history.pay(history.win(partner, 150_000, "EUR"), 70_000)
    history.at("2026-04-01 00:20")
    made = history.make_statements(partner, "2026-03-01")
    assert [(row["currency"], row["closing_balance"]) for row in made] == [("EUR", 14_000), ("USD", 10_000)]


def test_the_digest_is_that_of_the_canonical_json(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    history.pay(history.win(partner, 150_000), 50_000)
    history.at("2026-04-01 00:20")
    (made,) = history.make_statements(partner, "2026-03-01")
    with acting(history.db, worker("documents")):
        told = call(history.db, "statement_text", "worker", statement=made["id"])
    ours = json.dumps(made["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert told["text"] == ours
    assert hashlib.sha256(ours.encode()).hexdigest() == made["sha256"] == told["sha256"]
    history.db.execute("set constraints all immediate")
    audited = value(
        history.db,
        "select body -> 'after' ->> 'sha256' from ops.audit_log where subject_id = %s and action = 'statement.made'",
        made["id"],
    )
    assert audited == made["sha256"]


def test_nothing_personal_is_in_it(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner(name="Starter 77")
    deal = history.win(partner, 150_000)
    history.db.execute(
        "update public.leads set company_name = 'Client 77' where id ="
        " (select lead_id from public.deals where reference = %s)",
        (deal["reference"],),
    )
    history.pay(deal, 50_000)
    history.at("2026-04-01 00:20")
    (made,) = history.make_statements(partner, "2026-03-01")
    text = json.dumps(made["content"])
    assert "Starter 77" not in text
    assert "Client 77" not in text
    assert partner.email not in text


def test_an_unknown_kind_of_journal_is_told_and_reported(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    call(
        history.db, "post", "ledger", journal_kind="goodwill", source="letter", source_ref=uuid.uuid4(),
        debit=value(history.db, "select ledger.account('commission_expense', null, 'USD')"),
        credit=value(history.db, "select ledger.account('partner_payable', %s, 'USD')", partner.id),
        moved=700, in_currency="USD",
    )  # fmt: skip
    history.at("2026-04-01 00:20")
    (made,) = history.make_statements(partner, "2026-03-01")
    assert made["closing_balance"] == 700
    assert made["content"]["entries"][0]["words"] == "goodwill"
    assert ("goodwill",) in rows(history.db, "select kind from private.check_journal_words")
    assert problems(history, partner) == []


@pytest.mark.parametrize("table", ["public.statements", "public.statement_files", "ledger.stated_lines"])
@pytest.mark.parametrize(
    "verb", ["update {} set statement_id = gen_random_uuid()", "delete from {}", "truncate {} cascade"]
)
def test_statements_are_never_rewritten(history: History, table: str, verb: str) -> None:
    change = verb.format(table).replace("statement_id", "id" if table == "public.statements" else "statement_id")
    with expect_refusal(history.db, "42501"):
        history.db.execute(change.encode())


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (
            "update public.statements set content = jsonb_set(content, '{currency_digits}', '3') where id = %s",
            "altered",
        ),
        ("update public.statements set content = jsonb_set(content, '{closing,total}', '1') where id = %s", "sum"),
        ("update public.statements set closing_balance = closing_balance + 1 where id = %s", "columns"),
        ("update public.statements set content = jsonb_set(content, '{previous}', '{}') where id = %s", "chain"),
        ("delete from ledger.stated_lines where statement_id = %s", "ledger"),
        ("update public.statements set sha256 = repeat('0', 64) where id = %s", "audit"),
    ],
)
def test_every_harm_is_found(history: History, harm: str, problem: str) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    deal = history.win(partner, 150_000)
    history.pay(deal, 50_000)
    history.at("2026-04-05 10:00")
    history.pay(deal, 50_000, 2)
    history.at("2026-05-01 00:20")
    made = history.make_statements(partner, "2026-04-01")
    assert problems(history, partner) == []
    history.db.execute("set session_replication_role = replica")
    history.db.execute(harm.encode(), (made[-1]["id"],))
    history.db.execute("set session_replication_role = origin")
    assert problem in problems(history, partner)


def test_forgotten_months_and_files_are_found(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    history.pay(history.win(partner, 150_000), 50_000)

    def overdue(about: object) -> list[str]:
        return [
            row[0] for row in rows(history.db, "select problem from private.check_overdue_papers where id = %s", about)
        ]

    history.at("2026-04-15 10:00")
    assert overdue(partner.id) == []
    history.at("2026-05-02 10:00")
    assert overdue(partner.id) == ["unstated"]
    (march, april) = history.make_statements(partner, "2026-04-01")
    assert overdue(partner.id) == []
    history.at("2026-05-03 10:00:01")
    assert overdue(march["id"]) == overdue(april["id"]) == ["files"]


def test_the_month_must_be_over_and_months_come_in_order(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner = history.partner()
    history.pay(history.win(partner, 150_000), 50_000)
    month = {"owner": partner.id, "wanted_currency": "USD", "month": "2026-03-01"}
    with expect_refusal(history.db, "PT409", "period_open"):
        call(history.db, "make_statement", "private", **month)
    history.at("2026-05-01 00:00")
    april = call(history.db, "make_statement", "private", **(month | {"month": "2026-04-01"}))
    assert april == call(history.db, "make_statement", "private", **(month | {"month": "2026-04-01"}))
    with expect_refusal(history.db, "PT409", "later_statement"):
        call(history.db, "make_statement", "private", **month)


def test_cron_and_staff_enqueue_a_month_once(history: History) -> None:
    history.at("2026-04-01 00:20")
    partner = history.partner()
    finance = make_staff(history.db, "finance")
    jobs = "select payload from ops.outbox where topic = 'statement.month' order by id desc"
    for _ in range(2):
        history.db.execute("select private.enqueue_statements()")
    assert value(history.db, jobs) == {"month": "2026-03-01", "run": "cron"}
    request = uuid.uuid4()
    with acting(history.db, finance.actor("aal2")):
        for _ in range(2):
            call(history.db, "prepare_statements", month="2026-02-14", request_id=request)
        with expect_refusal(history.db, "PT409", "period_open"):
            call(history.db, "prepare_statements", month="2026-04-01", request_id=uuid.uuid4())
    assert rows(history.db, jobs)[:2] == [
        ({"month": "2026-02-01", "run": str(request)},),
        ({"month": "2026-03-01", "run": "cron"},),
    ]
    for stranger in (partner.actor("aal2"), finance.actor(), make_staff(history.db, "support").actor("aal2")):
        with acting(history.db, stranger), pytest.raises(psycopg.Error), history.db.transaction():
            call(history.db, "prepare_statements", month="2026-02-01", request_id=uuid.uuid4())


def test_pages_of_jobs(history: History) -> None:
    for _ in range(5):
        partner = make_partner(history.db)
        history.db.execute("select ledger.account('partner_pending', %s, 'USD')", (partner.id,))
    expected = value(history.db, "select count(distinct partner_id) from ledger.accounts where partner_id is not null")
    run, after, pages = uuid.uuid4().hex, None, 0
    while True:
        with acting(history.db, worker("documents")):
            after = call(
                history.db, "enqueue_statement_jobs", "worker", month="2026-03-01", run=run, after=after, page=2
            )
        pages += 1
        if after is None:
            break
    made = value(
        history.db, "select count(*) from ops.outbox where dedupe_key like %s", f"statement.make:2026-03:{run}:%"
    )
    assert (made, pages) == (expected, expected // 2 + 1)


def test_own_statements_whatever_the_status(history: History) -> None:
    history.at("2026-03-05 10:00")
    partner, other = history.partner(), history.partner()
    history.pay(history.win(partner, 150_000), 50_000)
    history.at("2026-04-01 00:20")
    (made,) = history.make_statements(partner, "2026-03-01")
    for status in ("active", "inactive", "suspended", "terminated"):
        history.db.execute("set session_replication_role = replica")
        history.db.execute("update public.partners set status = %s where id = %s", (status, partner.id))
        history.db.execute("set session_replication_role = origin")
        with acting(history.db, partner.actor()):
            (listed,) = call(history.db, "list_my_statements")
            assert (listed["id"], listed["month"], listed["closing_balance"]) == (made["id"], "2026-03", 10_000)
            assert value(history.db, "select count(*) from public.statements") == 1
    with acting(history.db, other.actor()):
        assert call(history.db, "list_my_statements") == []
        assert value(history.db, "select count(*) from public.statements where id = %s", made["id"]) == 0


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.integers(1, 40_000)),
        st.tuples(st.just("clear"), st.just(0)),
        st.tuples(st.just("payout"), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 45)),
        st.tuples(st.just("statements"), st.just(0)),
    ),
    min_size=3,
    max_size=25,
)


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_history_reconciles(history: History, steps: list[tuple[str, int]]) -> None:
    """Whatever happens and whenever statements are made: they chain, add up, and end with the ledger's balance."""
    history.db.rollback()
    day = datetime(2025, 1, 1, 12)
    history.at(day.isoformat())
    partner = history.partner()
    deal, instalment = history.win(partner, 1_000_000), 0
    for step, number in steps:
        if step == "pay":
            instalment += 1
            history.pay(deal, number, instalment)
        elif step == "clear":
            history.clear()
        elif step == "payout":
            payable = value(
                history.db,
                "select -balance from ledger.accounts where partner_id = %s and kind = 'partner_payable'",
                partner.id,
            )
            if (payable or 0) >= 5000:
                history.send(history.request_payout(partner))
        elif step == "wait":
            day += timedelta(days=number)
            history.at(day.isoformat())
        else:
            history.make_statements(partner, (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m-01"))
    day += timedelta(days=40)
    history.at(day.isoformat())
    made = history.make_statements(partner, (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m-01"))
    assert problems(history, partner) == []
    owed = value(
        history.db, "select coalesce(sum(-balance), 0)::bigint from ledger.accounts where partner_id = %s", partner.id
    )
    stated = sum(entry["changes"]["total"] for row in made for entry in row["content"]["entries"])
    assert stated == owed
    assert (made[-1]["closing_balance"] if made else 0) == owed
    told = [entry["journal_id"] for row in made for entry in row["content"]["entries"]]
    assert len(told) == len(set(told))

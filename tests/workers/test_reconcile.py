"""Stripe and the books side by side: what differs becomes a row for finance, what is healed closes by itself."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest
import stripe

from siso_local.settings import Settings
from tests.chaos.money import request_payout
from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, rows, value, worker
from tests.platform.stripe_support import API_VERSION, new_account
from tests.workers.support import wait_for


@pytest.fixture
def client(settings: Settings) -> stripe.StripeClient:
    return stripe.StripeClient(
        settings.stripe_secret_key, stripe_version=API_VERSION, base_addresses={"api": settings.url("stripe")}
    )


@pytest.fixture
def finance(live: psycopg.Connection) -> Iterator[Person]:
    """Somebody who reconciles; at the end they settle whatever the tests of this platform have left behind."""
    with live.transaction():
        person = make_staff(live, "finance")
    yield person
    for (difference,) in rows(live, "select id from private.check_stripe_equals_ledger"):
        resolve(live, person, difference)


def resolve(live: psycopg.Connection, person: Person, difference: uuid.UUID) -> None:
    with live.transaction(), acting(live, person.actor("aal2")):
        call(live, "resolve_difference", difference_id=difference, reason="Made by a test, on purpose.")


def reconcile(live: psycopg.Connection, finance: Person) -> dict[str, Any]:
    """A whole run, asked for by finance and done by the worker; its row."""
    request = uuid.uuid4()
    with live.transaction(), acting(live, finance.actor("aal2")):
        call(live, "reconcile_stripe", request_id=request)
    key = f"stripe.reconcile:asked {request}"
    done = "select done_at is not null or dead_at is not null from ops.outbox where dedupe_key = %s"
    wait_for("the run", lambda: value(live, done, key), 60)
    run: dict[str, Any] = value(live, "select to_jsonb(r) from ops.reconciliation_runs as r order by id desc limit 1")
    assert run["finished_at"], value(live, "select last_error from ops.outbox where dedupe_key = %s", key)
    return run


def differences(live: psycopg.Connection, *subjects: str) -> list[tuple[Any, ...]]:
    query = (
        "select kind, ours, theirs from private.check_stripe_equals_ledger"
        " where subject = any (%s) or stripe_id = any (%s) order by kind"
    )
    return rows(live, query, list(subjects), list(subjects))


@pytest.fixture
def paid(settings: Settings, live: psycopg.Connection, client: stripe.StripeClient) -> tuple[str, str]:
    """A payout that the worker has paid: its id, and its transfer's."""
    account = new_account(client)
    httpx.post(f"{settings.url('stripe')}/_double/accounts/{account}/onboard", json={"method": "bank"}, timeout=30)
    with live.transaction():
        partner = make_partner(live)
        live.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, country, tax_status)"
            " values (%s, %s, 'ready', 'US', 'complete')",
            (partner.id, account),
        )
    payout = request_payout(live, partner, 100_000)
    sent = "select stripe_transfer_id from public.payouts where id = %s and status = 'paid'"
    return payout, wait_for("the payout", lambda: value(live, sent, payout), 60)


def test_a_paid_payout_is_the_same_on_both_sides(
    live: psycopg.Connection, finance: Person, paid: tuple[str, str]
) -> None:
    reconcile(live, finance)
    assert differences(live, *paid) == []
    seen = "select amount, balance_amount, balance_currency from ops.stripe_movements where id = %s"
    assert rows(live, seen, paid[1]) == [(20_000, -20_000, "USD")]


def test_money_that_left_without_us_is_found_and_settled_by_a_person(
    live: psycopg.Connection,
    admin_db: psycopg.Connection,
    client: stripe.StripeClient,
    finance: Person,
    paid: tuple[str, str],
) -> None:
    """Somebody makes a transfer and takes back a part of ours, by hand, in Stripe's dashboard. Stripe tells us of the
    reversal, and it is booked; one that we never heard of is a difference."""
    payout, transfer = paid
    destination = client.v1.transfers.retrieve(transfer).destination
    foreign = client.v1.transfers.create({"amount": 777, "currency": "usd", "destination": str(destination)})
    client.v1.transfers.reversals.create(transfer, {"amount": 3_000})
    booked = "select true from payout_reversals where payout_id = %s and amount = 3000 and status = 'done'"
    wait_for("the reversal to be booked", lambda: value(live, booked, payout))

    def never_heard_of(cents: int) -> None:
        with admin_db.transaction():
            admin_db.execute("update ops.stripe_movements set amount_reversed = %s where id = %s", (cents, transfer))

    reconcile(live, finance)
    assert differences(live, payout) == []
    never_heard_of(5_000)
    first = reconcile(live, finance)
    assert differences(live, foreign.id) == [("unknown_transfer", None, 777)]
    assert differences(live, payout) == [("ledger_differs", 17_000, 15_000)]
    again = reconcile(live, finance)
    assert (again["opened"], again["id"] > first["id"]) == (0, True), "an open difference is one row"

    query = "select id from private.check_stripe_equals_ledger where subject = any (%s)"
    for (difference,) in rows(live, query, [foreign.id, payout]):
        resolve(live, finance, difference)
    reconcile(live, finance)
    assert differences(live, foreign.id, payout) == [], "what a person has answered for is not asked again"
    never_heard_of(5_001)
    reconcile(live, finance)
    assert differences(live, payout) == [("ledger_differs", 17_000, 14_999)], "but another amount is"


def test_a_difference_that_vanishes_closes_by_itself(
    live: psycopg.Connection, admin_db: psycopg.Connection, finance: Person, paid: tuple[str, str]
) -> None:
    payout, transfer = paid

    def pretend(known: str) -> None:
        with admin_db.transaction():
            admin_db.execute("set local session_replication_role = replica")
            admin_db.execute("update public.payouts set stripe_transfer_id = %s where id = %s", (known, payout))

    wrong = f"tr_{uuid.uuid4().hex}"
    pretend(wrong)
    reconcile(live, finance)
    assert differences(live, payout, transfer) == [
        ("missing_at_stripe", 20_000, None),
        ("second_transfer", None, 20_000),
    ]
    pretend(transfer)
    run = reconcile(live, finance)
    assert differences(live, payout, transfer) == []
    assert run["closed"] >= 2
    closed = "select resolved_by, reason from ops.reconciliation_differences where subject = %s"
    [(by, reason)] = rows(live, closed, payout)
    assert by is None
    assert f"run {run['id']} " in reason


def test_a_run_that_was_cut_short_goes_on_where_it_stood(
    live: psycopg.Connection, finance: Person, paid: tuple[str, str]
) -> None:
    """What a killed worker leaves: an open run in the middle of its pages."""
    with live.transaction(), acting(live, worker("payouts")):
        place = call(live, "begin_reconciliation", "worker")
        call(
            live, "save_reconciliation_page", "worker", run=place["run"], page_stream="transfers",
            movements=psycopg.types.json.Jsonb([]), page_end=None, more=False,
        )  # fmt: skip
    with live.transaction(), acting(live, worker("payouts")):
        late = call(
            live, "save_reconciliation_page", "worker", run=place["run"], page_stream="transfers",
            movements=psycopg.types.json.Jsonb([]), page_end="tr_late", more=True,
        )  # fmt: skip
    assert (late["stream"], late["place"]) == ("transfer", None), "a page of a stream that has ended changes nothing"
    run = reconcile(live, finance)
    assert run["id"] == place["run"]
    assert differences(live, *paid) == []
    assert value(live, "select count(*) from ops.reconciliation_runs where finished_at is null") == 0


def test_a_transfer_whose_payout_is_being_booked_is_no_difference(
    live: psycopg.Connection, db: psycopg.Connection, paid: tuple[str, str]
) -> None:
    """Between Stripe's answer and our booking there is a job; only where there is none, the money is lost."""
    payout, _ = paid
    run = value(db, "insert into ops.reconciliation_runs (created_from, stream) values (0, 'done') returning id")
    other = value(
        db,
        "insert into public.payouts (partner_id, request_id, currency, amount, status)"
        " select partner_id, gen_random_uuid(), 'USD', 500, 'sending' from public.payouts where id = %s returning id",
        payout,
    )
    db.execute(
        "insert into ops.stripe_movements"
        " (id, kind, transfer_id, payout_id, amount, currency, created, first_run, last_run)"
        " values ('tr_underway', 'transfer', 'tr_underway', %s, 500, 'USD', 0, %s, %s)",
        (other, run, run),
    )
    found = (
        "select kind from ops.reconciliation_runs as r, private.find_stripe_differences(r) as d"
        " where r.id = %s and d.subject = 'tr_underway' and kind <> 'balance_missing'"
    )
    assert rows(db, found, run) == [("not_recorded",)]
    call(db, "enqueue", "private", job_topic="payout.send", job_key=str(other), job_payload={"payout_id": str(other)})
    assert rows(db, found, run) == []


def test_only_finance_reconciles(db: psycopg.Connection) -> None:
    partner, support = make_partner(db), make_staff(db, "support")
    for actor in (partner.actor("aal2"), support.actor("aal2"), make_staff(db, "finance").actor()):
        for function, arguments in (
            ("reconcile_stripe", {"request_id": uuid.uuid4()}),
            ("reconciliation_report", {}),
            ("resolve_difference", {"difference_id": uuid.uuid4(), "reason": "because I say so"}),
        ):
            with acting(db, actor), pytest.raises(psycopg.Error) as refused, db.transaction():
                call(db, function, **arguments)
            assert refused.value.sqlstate in ("42501", "PT403")
    finance = make_staff(db, "finance")
    with acting(db, finance.actor("aal2")):
        with expect_refusal(db, "22023", "length"):
            call(db, "resolve_difference", difference_id=uuid.uuid4(), reason="short")
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "resolve_difference", difference_id=uuid.uuid4(), reason="long enough to count")
        assert set(call(db, "reconciliation_report")) == {"runs", "differences"}

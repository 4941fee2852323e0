"""POST /hooks/client-payments: what is refused leaves nothing behind, what is taken is counted once and to the cent."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import by_hand, value
from tests.workers.support import job_of, pay, payment, signed, wait_for, won_deal


@pytest.fixture(scope="module")
def live(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def reference(live: psycopg.Connection) -> str:
    return str(won_deal(live)[1]["reference"])


BAD: list[tuple[str, dict[str, Any]]] = [
    ("type", {"type": None}),
    ("type", {"type": "payment.made"}),
    ("source", {"source": None}),
    ("source", {"source": ""}),
    ("source", {"source": "a b"}),
    ("source", {"source": "x" * 201}),
    ("source_id", {"source_id": None}),
    ("source_id", {"source_id": 7}),
    ("source_id", {"source_id": "a\n"}),
    ("source_id", {"source_id": "a\u0000"}),
    ("deal_reference", {"deal_reference": None}),
    ("deal_reference", {"deal_reference": "D-00000000"}),
    ("deal_reference", {"deal_reference": "'; drop table deals"}),
    ("instalment", {"instalment": 0}),
    ("instalment", {"instalment": 1001}),
    ("instalment", {"instalment": "1"}),
    ("instalment", {"instalment": True}),
    ("amount", {"amount": None}),
    ("amount", {"amount": 0}),
    ("amount", {"amount": -1}),
    ("amount", {"amount": 10.5}),
    ("amount", {"amount": 100.0}),
    ("amount", {"amount": "100"}),
    ("amount", {"amount": 10**30}),
    ("currency", {"currency": None}),
    ("currency", {"currency": "usd"}),
    ("currency", {"currency": "US"}),
    ("cleared_at", {"cleared_at": None}),
    ("cleared_at", {"cleared_at": "yesterday"}),
    ("cleared_at", {"cleared_at": "2026-01-15T12:00:00"}),
    ("cleared_at", {"cleared_at": "1999-01-15T12:00:00Z"}),
    ("cleared_at", {"cleared_at": "0001-01-01T00:00:00+14:00"}),
    ("cleared_at", {"cleared_at": "9999-12-31T23:59:59-14:00"}),
    ("cleared_at", {"cleared_at": "2999-01-15T12:00:00Z"}),
    ("colour", {"colour": "red"}),
]


@pytest.mark.parametrize(("field", "changes"), BAD, ids=[f"{f}-{next(iter(c.values()))!r:.20}" for f, c in BAD])
def test_a_bad_field_is_named_and_nothing_is_stored(
    settings: Settings, live: psycopg.Connection, reference: str, field: str, changes: dict[str, Any]
) -> None:
    mark = uuid.uuid4().hex
    body = payment(reference, **({"source_id": mark} | changes))
    answer = pay(settings, body)
    assert answer.status_code == 422, answer.text
    told = answer.json()
    assert (told["field"], bool(told["rule"]), bool(told["error"])) == (field, True, True)
    assert value(live, "select count(*) from ops.inbound_events where source_id = %s", mark) == 0
    assert value(live, "select count(*) from ops.inbound_events where payload::text like %s", f"%{mark}%") == 0


@pytest.mark.parametrize("text", ["", "{", "null", "[]", '"text"', "NaN"])
def test_what_is_no_object_is_refused(settings: Settings, text: str) -> None:
    answer = pay(settings, text)
    assert answer.status_code in (400, 422)
    assert answer.json()["rule"]


def test_signatures(settings: Settings, live: psycopg.Connection, reference: str) -> None:
    body = payment(reference)
    text = json.dumps(body)
    url = f"{settings.api_url}/workers/commissions/hooks/client-payments"
    good = signed(settings.client_payments_secret, text)
    bad: list[dict[str, str]] = [
        {"content-type": "application/json"},
        good | {"webhook-signature": "v1,AAAA"},
        good | {"webhook-signature": "nonsense"},
        good | {"webhook-signature": good["webhook-signature"].replace("v1,", "v2,")},
        good | {"webhook-id": "msg_other"},
        good | {"webhook-timestamp": "inf"},
        good | {"webhook-timestamp": "soon"},
        signed(settings.doorbell_secret, text),
        signed(settings.client_payments_secret, text, age=timedelta(minutes=6)),
        signed(settings.client_payments_secret, text, age=timedelta(minutes=-6)),
        signed(settings.client_payments_secret, text + " "),
    ]
    for headers in bad:
        answer = httpx.post(url, content=text, headers=headers)
        assert (answer.status_code, answer.json()["rule"]) == (401, "webhook_signature"), headers
    assert httpx.post(url, content=b"\xff\xfe", headers=good).status_code == 401
    assert httpx.post(url, content=b"x" * 300_000, headers=good).status_code == 413
    assert value(live, "select count(*) from ops.inbound_events where source_id = %s", body["source_id"]) == 0


def test_the_same_payment_again(settings: Settings, live: psycopg.Connection, reference: str) -> None:
    body = payment(reference, amount=1)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _n: pay(settings, body).status_code, range(8)))
    assert sorted(answers) == [200] * 7 + [202]
    for change in ({"amount": 2}, {"instalment": 2}, {"currency": "EUR"}, {"cleared_at": "2026-01-16T12:00:00Z"}):
        other = pay(settings, body | change)
        assert (other.status_code, other.json()["rule"], other.json()["field"]) == (
            409,
            "source_id_reused",
            "source_id",
        )
    assert value(live, "select count(*) from ops.inbound_events where source_id = %s", body["source_id"]) == 1


def test_another_currency_needs_a_person(settings: Settings, live: psycopg.Connection) -> None:
    _, deal = won_deal(live)
    stored = pay(settings, payment(deal["reference"], currency="EUR"))
    assert stored.status_code == 202
    job = wait_for("the job to die", lambda: job_of(live, stored.json()["id"]))
    assert job["dead_at"]
    assert "EUR" in job["last_error"]
    assert value(live, "select count(*) from client_payments where deal_id = %s", deal["id"]) == 0
    live.execute("delete from ops.outbox where id = %s", (job["id"],))  # other tests count dead jobs


def test_a_rejected_deal_needs_a_person(settings: Settings, live: psycopg.Connection) -> None:
    _, deal = won_deal(live)
    with by_hand(live):
        live.execute(
            "update public.deals set status = 'rejected', rejected_reason = 'test' where id = %s", (deal["id"],)
        )
    stored = pay(settings, payment(deal["reference"]))
    job = wait_for("the job to die", lambda: job_of(live, stored.json()["id"]))
    assert job["dead_at"]
    assert "rejected" in job["last_error"]
    live.execute("delete from ops.outbox where id = %s", (job["id"],))


def test_the_first_payment_verifies_and_more_than_claimed_does_not(
    settings: Settings, live: psycopg.Connection
) -> None:
    _, small = won_deal(live)
    _, large = won_deal(live)
    for deal, amount in ((small, 150_000), (large, 150_001)):
        stored = pay(settings, payment(deal["reference"], amount=amount))
        wait_for("the commission", lambda stored=stored: job_of(live, stored.json()["id"]))  # type: ignore[misc]
    assert value(live, "select status::text from deals where id = %s", small["id"]) == "verified"
    assert value(live, "select status::text from deals where id = %s", large["id"]) == "claimed"
    assert lines(live, large["id"]) == [("pending", 30_000)], "it waits for a person, with what the rate gives"


def test_ten_instalments_at_once_add_up_to_the_cent(settings: Settings, live: psycopg.Connection) -> None:
    _, deal = won_deal(live, 1_000_003)
    amounts = [33_333, 77_777, 12_345, 99_999, 1, 2, 100_001, 54_321, 333_333, 288_891]
    bodies = [payment(deal["reference"], amount=a, instalment=10 - i) for i, a in enumerate(amounts)]
    with ThreadPoolExecutor(10) as pool:
        stored = list(pool.map(lambda body: pay(settings, body), bodies))
    assert {answer.status_code for answer in stored} == {202}
    for answer in stored:
        job = wait_for("the payment to be posted", lambda answer=answer: job_of(live, answer.json()["id"]))  # type: ignore[misc]
        assert job["dead_at"] is None, job["last_error"]
    assert sum(amounts) == 1_000_003
    found = value(
        live,
        "select sum(amount)::bigint from commissions where deal_id = %s and client_payment_id is not null",
        deal["id"],
    )
    assert found == 200_001  # 20 % of 1,000,003 is 200,000.6
    assert value(live, "select count(*) from client_payments where deal_id = %s", deal["id"]) == 10


def test_the_request_id_goes_along(settings: Settings, live: psycopg.Connection, reference: str) -> None:
    given = f"test-{uuid.uuid4().hex}"
    stored = pay(settings, payment(reference, amount=3), **{"x-request-id": given})
    assert stored.headers["x-request-id"] == given
    job = wait_for("the job", lambda: job_of(live, stored.json()["id"]))
    assert job["request_id"] == given
    for odd in ("ü".encode().decode("latin-1"), "a b", "x" * 200):
        answer = httpx.post(
            f"{settings.url('commissions')}/hooks/client-payments", headers=[(b"x-request-id", odd.encode("latin-1"))]
        )
        assert answer.status_code == 401
        assert answer.headers["x-request-id"] not in (odd, "")


def lines(db: psycopg.Connection, deal: str) -> list[tuple[str, int]]:
    return db.execute(
        "select status::text, amount from commissions where deal_id = %s and client_payment_id is not null", (deal,)
    ).fetchall()

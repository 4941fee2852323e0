"""Doorbell, leases and rights: work is claimed once, by the worker it is meant for, heard the bell or not."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest

from siso_local.settings import WORKERS, Settings, state_dir
from tests.database.harness import (
    ANONYMOUS,
    SERVICE,
    acting,
    call,
    expect_refusal,
    make_partner,
    rows,
    value,
    worker,
)
from tests.workers.support import job_of, pay, payment, signed, wait_for, won_deal


def ring(settings: Settings, name: str, headers: dict[str, str], body: str) -> httpx.Response:
    return httpx.post(f"{settings.api_url}/workers/{name}/doorbell", content=body, headers=headers, timeout=20)


# -- the doorbell ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORKERS)
def test_only_the_database_can_ring(settings: Settings, name: str) -> None:
    body = json.dumps({"worker": name, "ids": [1]})
    good = signed(settings.doorbell_secret, body)
    for headers in (
        {},
        good | {"webhook-signature": "v1,AAAA"},
        signed(settings.client_payments_secret, body),
        signed(settings.doorbell_secret, body, age=timedelta(minutes=6)),
        signed(settings.doorbell_secret, body, age=timedelta(minutes=-6)),
        {header: text for header, text in good.items() if header != "webhook-id"},
    ):
        assert ring(settings, name, headers, body).status_code == 401
    for _ in range(3):  # hearing it again costs nothing
        assert ring(settings, name, good, body).status_code == 202
    assert ring(settings, name, signed(settings.doorbell_secret, "{"), "{").status_code == 400


def test_lost_and_repeated_bells(settings: Settings, live: psycopg.Connection, admin_db: psycopg.Connection) -> None:
    """The trigger that rings is switched off for one payment: cron or the worker's own sweep finds the job."""
    _, deal = won_deal(live)
    body = payment(deal["reference"])
    with admin_db.transaction():
        admin_db.execute("set local session_replication_role = replica")
        with acting(admin_db, worker("commissions")):
            fields = {name: body[name] for name in body if name != "type"}
            stored = call(admin_db, "receive_client_payment", "worker", **fields)
    job = wait_for("the sweep", lambda: job_of(live, stored["id"]), 40)
    assert (job["dead_at"], job["attempts"]) == (None, 1)
    for _ in range(3):
        text = json.dumps({"worker": "commissions", "ids": [job["id"]]})
        ring(settings, "commissions", signed(settings.doorbell_secret, text), text)
    assert value(live, "select count(*) from commissions where deal_id = %s and status <> 'estimated'", deal["id"]) == 1


def test_a_backlog_of_one_worker_keeps_the_bell_from_no_other(db: psycopg.Connection) -> None:
    query = "select count(*) from net.http_request_queue where url like '%%/workers/accounts/doorbell'"
    db.execute(
        "insert into ops.outbox (topic, dedupe_key, payload, run_at)"
        " select 'notify.push', gen_random_uuid()::text, '{}', '2020-01-01' from generate_series(1, 600)"
    )
    make_job(db)
    before = value(db, query)
    call(db, "ring_due", "private")
    assert value(db, query) == before + 1


# -- leases ------------------------------------------------------------------------------------------------------------


def make_job(db: psycopg.Connection, topic: str = "account.link") -> int:
    """A job that is due before all others; in the test's own transaction, so that no real worker sees it."""
    job: int = value(
        db,
        "insert into ops.outbox (topic, dedupe_key, payload, run_at) values (%s, %s, '{}', '2020-01-01') returning id",
        topic, uuid.uuid4().hex,
    )  # fmt: skip
    return job


def claim(db: psycopg.Connection, name: str, count: int = 1) -> dict[int, uuid.UUID]:
    with acting(db, worker(name)):
        found = rows(db, "select id, lease from worker.claim_jobs(%s, 60)", count)
    return {row[0]: row[1] for row in found}


def finish(db: psycopg.Connection, name: str, job: int, lease: uuid.UUID) -> bool:
    with acting(db, worker(name)):
        return bool(call(db, "finish_job", "worker", job_id=job, lease=lease))


def fail(db: psycopg.Connection, name: str, job: int, lease: uuid.UUID, **more: Any) -> str:
    with acting(db, worker(name)):
        return str(call(db, "fail_job", "worker", job_id=job, lease=lease, error="no", **more))


def expire(db: psycopg.Connection, job: int) -> None:
    db.execute("update ops.outbox set locked_until = private.now() - interval '1 second' where id = %s", (job,))


def test_the_oldest_job_comes_first_whatever_its_topic(db: psycopg.Connection) -> None:
    jobs = [make_job(db, topic) for topic in ("account.event", "account.link", "account.event")]
    for age, job in enumerate(jobs, start=1):
        db.execute("update ops.outbox set run_at = %s::timestamptz where id = %s", (f"2019-01-0{age}", job))
    assert [list(claim(db, "accounts")) for _ in jobs] == [[job] for job in jobs]


def test_a_job_is_held_until_its_lease_ends(db: psycopg.Connection) -> None:
    job = make_job(db)
    first = claim(db, "accounts")[job]
    assert job not in claim(db, "accounts", 100)
    expire(db, job)
    second = claim(db, "accounts", 100)[job]
    assert second != first
    assert not finish(db, "accounts", job, first), "the overtaken worker did not finish it"
    assert fail(db, "accounts", job, first) == "lost"
    assert finish(db, "accounts", job, second)
    assert not finish(db, "accounts", job, second)
    assert job not in claim(db, "accounts", 100)


def test_other_workers_jobs_are_out_of_reach(db: psycopg.Connection) -> None:
    job = make_job(db)
    for name in ("commissions", "payouts", "notifications"):
        assert job not in claim(db, name, 100)
    lease = claim(db, "accounts")[job]
    assert not finish(db, "payouts", job, lease)
    assert fail(db, "payouts", job, lease) == "lost"


def test_a_failing_job_dies_and_can_be_put_back(db: psycopg.Connection) -> None:
    job = make_job(db)
    most: int = value(db, "select max_attempts from ops.topics where topic = 'account.link'")
    for attempt in range(1, most + 1):
        db.execute("update ops.outbox set run_at = '2020-01-01' where id = %s", (job,))
        outcome = fail(db, "accounts", job, claim(db, "accounts")[job])
        assert outcome == ("dead" if attempt == most else "retry")
    assert job not in claim(db, "accounts", 100)
    assert value(db, "select last_error from private.check_dead_jobs where id = %s", job) == "no"
    db.execute("select private.requeue_job(%s)", (job,))
    assert claim(db, "accounts", 100).get(job)


def test_backoff_grows_to_an_hour(db: psycopg.Connection) -> None:
    job = make_job(db, "payout.send")
    for attempts, least, most in ((1, 1, 2), (5, 16, 32), (20, 1800, 3600)):
        db.execute("update ops.outbox set attempts = %s, run_at = '2020-01-01' where id = %s", (attempts - 1, job))
        assert fail(db, "payouts", job, claim(db, "payouts")[job]) == "retry"
        wait = value(db, "select extract(epoch from run_at - private.now())::float from ops.outbox where id = %s", job)
        assert least <= wait <= most


def test_a_job_that_no_worker_survives_is_buried(db: psycopg.Connection) -> None:
    job = make_job(db)
    db.execute("update ops.outbox set attempts = 11 where id = %s", (job,))
    assert job in claim(db, "accounts")
    expire(db, job)
    assert job not in claim(db, "accounts", 100)
    assert "no worker finished it" in value(
        db, "select last_error from ops.outbox where id = %s and dead_at is not null", job
    )


def test_two_workers_never_get_the_same_job(settings: Settings, db: psycopg.Connection) -> None:
    """Two transactions at the same time: the second passes over what the first has locked."""
    with psycopg.connect(settings.dsn("postgres")) as other:
        keys = [uuid.uuid4().hex for _ in range(20)]
        # Committed, but not due for real workers: only these two transactions move the time of their jobs.
        ids = [
            row[0]
            for row in rows(
                other,
                "insert into ops.outbox (topic, dedupe_key, payload, run_at)"
                " select 'account.link', key, '{}', '2999-01-01' from unnest(%s::text[]) as key returning id",
                keys,
            )
        ]
        other.commit()
        try:
            other.execute("select from ops.outbox where id = any (%s) for update", (ids[:10],))
            db.execute("update ops.outbox set run_at = '2020-01-01' where id = any (%s)", (ids[10:],))
            mine = set(claim(db, "accounts", 100)) & set(ids)
            assert mine == set(ids[10:])
            other.execute("update ops.outbox set run_at = '2020-01-01' where id = any (%s)", (ids[:10],))
            theirs = set(claim(other, "accounts", 100)) & set(ids)
            assert theirs == set(ids[:10])
        finally:
            db.rollback()
            other.rollback()
            other.execute("delete from ops.outbox where id = any (%s)", (ids,))
            other.commit()


def test_no_claim_waits_for_the_heartbeat_of_another(settings: Settings, db: psycopg.Connection) -> None:
    """Two copies of a worker in the first second of a minute: one of them writes that they are alive."""
    part = f"trial {uuid.uuid4().hex[:8]}"
    call(db, "beat", "private", alive=part)
    with psycopg.connect(settings.dsn("postgres")) as other:
        other.execute("set local statement_timeout = '2s'")
        call(other, "beat", "private", alive=part)
        other.rollback()
    assert value(db, "select count(*) from ops.heartbeats where part = %s", part) == 1


# -- rights ------------------------------------------------------------------------------------------------------------


def functions(db: psycopg.Connection) -> dict[str, set[str]]:
    """Every function of schema worker with the workers that may execute it."""
    found = rows(
        db,
        "select p.proname, array_agg(r.rolname) filter (where has_function_privilege(r.rolname, p.oid, 'execute'))"
        " from pg_proc as p, pg_roles as r"
        " where p.pronamespace = 'worker'::regnamespace and r.rolname like '%%\\_worker'"
        " group by p.oid, p.proname having %s",
        True,
    )
    return {name: {role.removesuffix("_worker") for role in roles or []} for name, roles in found}


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_can_call_its_functions_and_nothing_else(
    settings: Settings, db: psycopg.Connection, name: str
) -> None:
    token = settings.mint(f"{name}_worker")
    headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {token}", "content-profile": "worker"}
    known = functions(db)
    assert sum(name in allowed for allowed in known.values()) >= 5
    with httpx.Client(base_url=f"{settings.api_url}/rest/v1", headers=headers, timeout=20) as client:
        for function, allowed in known.items():
            if name in allowed:
                continue
            arguments = value(
                db,
                "select proargnames from pg_proc where proname = %s and pronamespace = 'worker'::regnamespace",
                function,
            )
            answer = client.post(f"/rpc/{function}", json=dict.fromkeys(arguments or [], None))
            assert (answer.status_code, answer.json()["code"]) == (403, "42501"), (function, answer.text)
        for table in (
            "partners",
            "payouts",
            "commissions",
            "leads",
            "notifications",
            "client_payments",
            "staff_members",
        ):
            answer = client.get(f"/{table}", headers={"accept-profile": "public"}, params={"limit": 1})
            assert (answer.status_code, answer.json()["code"]) == (403, "42501"), (table, answer.text)
        refused = client.post(
            "/rpc/request_payout",
            headers={"content-profile": "public"},
            json={"currency": "USD", "request_id": str(uuid.uuid4())},
        )
        assert refused.status_code in (401, 403, 404), refused.text
        for schema in ("ops", "private", "ledger", "vault", "auth"):
            answer = client.get("/outbox", headers={"accept-profile": schema})
            assert answer.status_code == 406, answer.text


def test_people_cannot_call_workers_functions(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    for actor in (ANONYMOUS, SERVICE, partner.actor("aal2")):
        with acting(db, actor), expect_refusal(db, "42501"):
            call(db, "claim_jobs", "worker")


def test_the_log_of_a_job_carries_the_request_id(settings: Settings, live: psycopg.Connection) -> None:
    _, deal = won_deal(live)
    given = f"trace-{uuid.uuid4().hex}"
    stored = pay(settings, payment(deal["reference"]), **{"x-request-id": given})
    wait_for("the job", lambda: job_of(live, stored.json()["id"]))

    def told() -> list[dict[str, Any]]:
        text = (state_dir() / "logs" / "commissions.log").read_text()
        found = [json.loads(line) for line in text.splitlines() if given in line]
        return found if any(line["event"] == "job done" for line in found) else []

    events = [line["event"] for line in wait_for("the lines", told)]
    assert events.count("job started") == 1
    assert {"request", "job started", "event posted", "job done"} <= set(events)
    queued = "select count(*) from ops.outbox where topic = 'notify.push' and request_id = %s"
    assert value(live, queued, given) >= 1, "what follows from it carries it on"

"""Payout runs: everybody who can be paid, once, whoever repeats what; why others are not; staff in between."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    one_story,
    rows,
    value,
    without_triggers,
    worker,
)
from tests.database.payout_support import Db, ask, broken, decide_status_hold, earn, owe, ready_partner

pytestmark = pytest.mark.usefixtures("about_everybody")


def forget_weeks(db: Db) -> None:
    """As if no Friday had been paid yet."""
    db.execute("update public.payout_runs set key = 'old-' || key where key like 'week-%'")


def start(db: Db) -> uuid.UUID | None:
    run: uuid.UUID | None = call(db, "start_weekly_run", "private")
    return run


def batch(db: Db, run: Any, most: int = 100) -> dict[str, Any]:
    with acting(db, worker("payouts")):
        done: dict[str, Any] = call(db, "run_payout_batch", "worker", run=uuid.UUID(str(run)), most=most)
    return done


def carry_out(db: Db, run: Any, most: int = 100) -> None:
    while not batch(db, run, most)["done"]:
        pass


def paid_by(db: Db, run: Any, *people: Person) -> list[tuple[Any, ...]]:
    query = "select partner_id, amount, status::text from public.payouts where run_id = %s and partner_id = any (%s)"
    return sorted(rows(db, query, run, [person.id for person in people]))


def test_the_week_is_that_of_the_last_friday_at_six(db: Db) -> None:
    now = value(db, "select private.now() at time zone 'UTC'")
    friday = (now - timedelta(hours=6)).date()
    while friday.weekday() != 4:
        friday -= timedelta(days=1)
    assert value(db, "select private.week_of_run()") == f"week-{friday}"
    schedule = "select schedule, command from cron.job where jobname = 'weekly-payout-run'"
    assert rows(db, schedule) == [("0 6 * * 5", "select private.start_weekly_run()")]


def test_a_new_installation_begins_with_its_next_friday(db: Db) -> None:
    assert start(db) is None


def test_everybody_who_can_be_paid_is_paid_once(db: Db) -> None:
    forget_weeks(db)
    plain, debtor, large = ready_partner(db), ready_partner(db), ready_partner(db)
    without_mfa, small, negative = ready_partner(db, mfa=False), ready_partner(db), ready_partner(db)
    suspended, frozen, changed, restricted = (ready_partner(db) for _ in range(4))
    everybody = [plain, debtor, large, without_mfa, small, negative, suspended, frozen, changed, restricted]
    for partner in everybody:
        earn(db, partner, {large: 150_000, small: 4_999, negative: 100}.get(partner, 20_000))
    owe(db, debtor, 5_000)
    owe(db, negative, 5_000)
    db.execute("select set_config('siso.writer', 'set_status', true)")
    db.execute("update public.partners set status = 'suspended' where id = %s", (suspended.id,))
    decide_status_hold(db, suspended)
    db.execute("insert into public.payout_holds (partner_id, reason) values (%s, 'test')", (frozen.id,))
    db.execute("update payout_accounts set security_changed_at = private.now() where partner_id = %s", (changed.id,))
    with by_hand(db):
        db.execute("update payout_accounts set status = 'restricted' where partner_id = %s", (restricted.id,))
    run = start(db)
    assert run is not None
    assert start(db) is None, "cron fires twice"
    preview = value(db, "select preview from public.payout_runs where id = %s", run)
    carry_out(db, run, most=2)
    expected = [(plain.id, 20_000, "approved"), (debtor.id, 15_000, "approved"), (large.id, 150_000, "draft")]
    assert paid_by(db, run, *everybody) == sorted(expected)
    skipped = value(db, "select skipped from public.payout_runs where id = %s", run)
    reasons = ("mfa_not_enrolled", "below_minimum", "balance_negative", "partner_not_active", "payouts_frozen")
    for reason in (*reasons, "destination_hold", "payout_account_not_ready"):
        assert skipped[reason] >= 1, reason
        assert sum(s["partners"] for s in preview["skips"] if s["reason"] == reason) == skipped[reason], reason
    made = value(db, "select (status::text, payouts) from public.payout_runs where id = %s", run)
    assert made[0] == "executed"
    assert int(made[1]) == sum(p["partners"] for p in preview["pays"])
    again = batch(db, run)
    assert (again["done"], again["payouts"]) == (True, 0)
    assert broken(db) == {}


def test_it_dies_in_the_middle_and_goes_on(db: Db) -> None:
    forget_weeks(db)
    people = [ready_partner(db) for _ in range(5)]
    for partner in people:
        earn(db, partner, 20_000)
    run = start(db)
    batch(db, run, most=2)
    with pytest.raises(RuntimeError), db.transaction():
        batch(db, run, most=2)
        raise RuntimeError("the worker's transaction is lost")
    db.execute("update ops.outbox set dead_at = private.now() where payload ->> 'run_id' = %s", (str(run),))
    call(db, "resume_payout_runs", "private")
    waiting = "select count(*) from ops.outbox where payload ->> 'run_id' = %s and dead_at is null"
    assert value(db, waiting, str(run)) == 1, "a run whose job was given up goes on"
    carry_out(db, run, most=2)
    assert [paid[1:] for paid in paid_by(db, run, *people)] == [(20_000, "approved")] * 5
    with expect_refusal(db, "23505"):
        db.execute(
            "insert into public.payouts (partner_id, request_id, kind, currency, amount, status, run_id)"
            " values (%s, gen_random_uuid(), 'automatic', 'USD', 1, 'draft', %s)",
            (people[0].id, run),
        )
    assert broken(db) == {}


def test_who_asks_meanwhile_is_not_paid_twice(db: Db) -> None:
    forget_weeks(db)
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    run = start(db)
    ask(db, partner)
    carry_out(db, run)
    assert paid_by(db, run, partner) == []
    assert broken(db) == {}


def test_copies_of_the_worker_share_a_run(settings: Settings) -> None:
    """Four workers take batches of one run at the same time; everybody is paid once."""

    def work(run: str) -> int:
        made = 0
        with psycopg.connect(settings.dsn("postgres"), autocommit=True) as own:
            while True:
                with own.transaction():
                    done = batch(own, run, most=3)
                made += int(done["payouts"])
                if done["done"]:
                    return made

    with psycopg.connect(settings.dsn("postgres")) as db:
        one_story(db)  # a run is about everybody, other tests' people included
        people = [ready_partner(db) for _ in range(20)]
        for partner in people:
            earn(db, partner, 6_000)
        # Without its job, so that the platform's own worker leaves it alone; at Stripe these accounts do not exist.
        run = value(
            db,
            "insert into public.payout_runs (key, status, started_at)"
            " values (%s, 'executing', private.now()) returning id",
            f"test-{uuid.uuid4()}",
        )
        db.commit()
        try:
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(work, [str(run)] * 4))
            assert [paid[1] for paid in paid_by(db, run, *people)] == [6_000] * 20
        finally:
            # They cannot be sent: their accounts are not at Stripe. Their lines go back, one after the other and as the
            # worker would: it may be at the same one, and gives the money back itself where Stripe has refused.
            db.rollback()
            for payout in rows(db, "select id from public.payouts where run_id = %s", run):
                db.execute("select private.lock_payout(%s)", payout)
                db.execute(
                    "select private.release_payout(id, 'cancelled') from public.payouts"
                    " where id = %s and attempt = 0 and status in ('approved', 'draft', 'parked')",
                    payout,
                )
                db.commit()


def test_staff_preview_approve_execute_and_reconcile(db: Db, finance: Person, admin: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    request = uuid.uuid4()
    run = call_as(db, finance, "preview_payout_run", request_id=request)
    assert call_as(db, finance, "preview_payout_run", request_id=request)["id"] == run["id"]
    assert run["status"] == "previewed"
    assert any(paid["currency"] == "USD" and paid["partners"] >= 1 for paid in run["preview"]["pays"])
    assert value(db, "select private.payable_balance(%s, 'USD')", partner.id) == 20_000, "a look changes nothing"
    which: dict[str, Any] = {"run_id": uuid.UUID(run["id"])}
    with acting(db, finance.actor("aal2")):
        with expect_refusal(db, "PT409", "not_approved"):
            call(db, "execute_payout_run", **which)
        with expect_refusal(db, "42501", "four_eyes"):
            call(db, "approve_payout_run", **which)
    assert call_as(db, admin, "approve_payout_run", **which)["status"] == "approved"
    assert call_as(db, finance, "execute_payout_run", **which)["status"] == "executing"
    call_as(db, finance, "execute_payout_run", **which)
    jobs = "select count(*) from ops.outbox where payload ->> 'run_id' = %s"
    assert value(db, jobs, run["id"]) == 1
    carry_out(db, run["id"])
    [(_, amount, _)] = paid_by(db, run["id"], partner)
    assert amount == 20_000
    told = call_as(db, finance, "reconcile_payout_run", **which)
    assert (told["status"], told["differences"]) == ("executed", [])
    assert told["underway"] >= 1
    with without_triggers(db):
        db.execute("update public.payouts set status = 'paid' where run_id = %s", (run["id"],))
    wrong = call_as(db, finance, "reconcile_payout_run", **which)
    assert wrong["status"] == "executed"
    assert {problem["problem"] for problem in wrong["differences"]} == {
        "the ledger says otherwise",
        "sent without a transfer",
    }


def test_an_empty_run_is_reconciled_at_once(db: Db, finance: Person, admin: Person) -> None:
    with by_hand(db):
        db.execute("update public.commissions set status = 'held' where status = 'payable'")
    run = call_as(db, finance, "preview_payout_run", request_id=uuid.uuid4())
    assert run["preview"] == {"pays": [], "skips": []}
    for person, step in ((admin, "approve"), (finance, "execute")):
        call_as(db, person, f"{step}_payout_run", run_id=run["id"])
    carry_out(db, run["id"])
    assert call_as(db, admin, "reconcile_payout_run", run_id=run["id"])["status"] == "reconciled"

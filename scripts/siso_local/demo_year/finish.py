"""The end of the year: the clock goes back, what pg_cron would do next is done, and nothing may be left open."""

from __future__ import annotations

import uuid

from siso_local.demo_year.people import People
from siso_local.demo_year.stage import Stage
from siso_local.demo_year.stripe_double import StripeDouble
from siso_local.demo_year.workers import Workers
from siso_local.errors import PlatformError

FIGURES = {
    "partners": "select count(*) from public.partners",
    "leads": "select count(*) from public.leads",
    "deals": "select count(*) from public.deals",
    "client payments": "select count(*) from public.client_payments",
    "commission lines": "select count(*) from public.commissions",
    "payouts": "select count(*) from public.payouts where status = 'paid'",
    "messages": "select count(*) from public.chat_messages",
    "notifications": "select count(*) from public.notifications",
}


def finish(stage: Stage, people: People, workers: Workers, double: StripeDouble) -> dict[str, int]:
    stage.go_to(stage.started)
    double.pass_time()
    workers.hear_stripe()
    stage.owner("select private.enqueue_clearing()")
    for name in ("commissions", "payouts", "accounts"):
        workers.work(name)
    stage.owner("select private.review_tiers()")
    stage.db.execute("select private.take_leaderboard_snapshot()")
    stage.db.execute("select private.refresh_lead_scores()")
    _state(stage)
    _read(stage, people)
    workers.push()
    stage.be_owner()
    # The audit log is chained at commit; here it is part of what is checked.
    stage.db.execute("set constraints all immediate")
    _refuse_failures(stage)
    return {name: stage.one(query) for name, query in FIGURES.items()}


def _state(stage: Stage) -> None:
    """The statements of all past months. Their files are left to the documents worker: rendering them takes longer than
    the whole year."""
    month = stage.owner("select private.last_month()")
    partners = stage.all("select distinct partner_id from ledger.accounts where partner_id is not null order by 1")
    stage.be_worker("documents")
    for (partner,) in partners:
        stage.send("worker", "make_statements", {"partner": partner, "month": month})
    stage.send("worker", "enqueue_statement_jobs", {"month": month, "run": "demo"})


def _read(stage: Stage, people: People) -> None:
    """Everybody has read what is older than a few days."""
    stage.be_owner()
    old: dict[uuid.UUID, list[uuid.UUID]] = dict(
        stage.all(
            "select partner_id, array_agg(id) from public.notifications"
            " where created_at < private.now() - interval '4 days' group by 1"
        )
    )
    active = {row[0] for row in stage.all("select id from public.partners where status = 'active'")}
    channels = stage.all(
        "select id, last_seq from public.chat_channels where type = 'general' and tier_requirement is null"
    )
    for who in people.partners():
        if who.id in old:
            stage.do(who, "mark_notifications_read", ids=old[who.id])
        if who.id in active:
            for channel, last in channels:
                stage.do(who, "mark_channel_read", channel_id=channel, up_to=last - 3)


def _refuse_failures(stage: Stage) -> None:
    """Jobs of workers that are not here are worked by the platform's own after the start; none has failed."""
    stage.be_owner()
    failed = stage.all("select topic, last_error from ops.outbox where dead_at is not null or last_error is not null")
    if failed:
        raise PlatformError(f"Jobs of the demo year failed: {failed}")

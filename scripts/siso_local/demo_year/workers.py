"""The workers of the year: the real ones in this process, wired as in production, on this transaction instead of
PostgREST and on the double's store instead of a network."""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import uuid
from collections.abc import Coroutine, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import httpx
from fastapi import FastAPI
from standardwebhooks.webhooks import Webhook

from siso_local.components import worker_environment
from siso_local.demo_year.outside import Outside
from siso_local.demo_year.stage import Stage
from siso_local.demo_year.stripe_double import StripeDouble
from siso_local.settings import Settings
from siso_local.steps import first_cause
from workers.core.app import create_app
from workers.core.database import Database
from workers.core.jobs import Handler, Job, RetryJobError
from workers.core.settings import WorkerSettings

NAMES = ("commissions", "payouts", "accounts", "notifications")
BATCH = 100
AT_ONCE = ("payouts", "accounts")
# Whose results nobody reads.
UNASKED = ("finish_job", "fail_job", "stripe_event_done", "save_account_link", "receive_stripe_event", "record_push")
# Claims a hundred notifications and finishes those of people without a device, which is all that there is to do for
# them; says how many there were, and which are left. One statement, since there are thousands.
NOTIFY = """
    with job as materialized (
        select * from worker.claim_jobs(100, 300)
    ),

    known as materialized (
        select job.*, worker.push_job((job.payload ->> 'notification_id')::uuid) -> 'subscriptions' = '[]' as is_idle
        from job
    ),

    idle as materialized (
        select count(worker.finish_job(id, lease)) as jobs from known where is_idle
    )

    select
        (select count(*) from job),
        (select coalesce(jsonb_agg(to_jsonb(known) - 'is_idle'), '[]') from known where is_idle is not true),
        (select jobs from idle)
"""


class SqlDatabase:
    """``workers.core.database.Database`` as far as services use it. A refusal ends the play: none is expected."""

    def __init__(self, stage: Stage, worker: str) -> None:
        self.stage, self.worker = stage, worker

    async def call(self, function: str, **arguments: Any) -> Any:
        self.stage.be_worker(self.worker)
        answer = self.stage.send("worker", function, arguments)
        if function in UNASKED:
            return None
        await asyncio.sleep(0)  # other jobs may ask meanwhile, before one waits
        return self.stage.result(answer, function)


class _Worker:
    """One worker as its own module puts it together: its handlers, and its webhooks."""

    def __init__(self, name: str, stage: Stage, double: StripeDouble, settings: Settings, outside: Outside) -> None:
        self.name = name
        self.database = SqlDatabase(stage, name)
        self.handlers: dict[str, Handler] = {}
        module = importlib.import_module(f"workers.{name}.app")

        def shell(
            name: str, settings: WorkerSettings, database: Database, handlers: dict[str, Handler], *_: object
        ) -> FastAPI:
            self.handlers |= handlers
            return create_app(name, settings, database, handlers)

        replaced = {
            "Database": lambda _: self.database,
            "create_app": shell,
            "new_client": lambda *_: double.client,
            "PushSender": outside.sender,
        }
        environment = worker_environment(name, settings) | {"SISO_ENV": "local"}
        if "SMTP_URL" in environment:
            environment["SMTP_URL"] = outside.smtp_url
        with ExitStack() as wiring:
            wiring.enter_context(patch.dict(os.environ, environment))
            for known, instead in replaced.items():
                if hasattr(module, known):
                    wiring.enter_context(patch.object(module, known, instead))
            app = module.build(module.Settings())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://worker")


class Workers:
    def __init__(self, stage: Stage, double: StripeDouble, settings: Settings) -> None:
        self.stage, self.double = stage, double
        self._loop = asyncio.new_event_loop()
        self._asked: set[str] = set()
        self.outside = Outside(settings)
        self.run(self.outside.open())
        self._workers = {name: _Worker(name, stage, double, settings, self.outside) for name in NAMES}
        self._signer = Webhook(settings.client_payments_secret)

    def close(self) -> None:
        self.run(self.outside.close())
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)

    def client_system_tells(self, **event: Any) -> None:
        """SISO's systems send what happened to a client's payment, signed, to POST /hooks/client-payments."""
        body, message, at = json.dumps(event), f"msg_{uuid.uuid4().hex}", datetime.now(UTC)
        headers = {
            "webhook-id": message,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._signer.sign(message, at, body),
            "content-type": "application/json",
        }
        worker = self._workers["commissions"]
        answer: httpx.Response = self.run(worker.http.post("/hooks/client-payments", content=body, headers=headers))
        if answer.status_code != 202:
            raise RuntimeError(f"the commissions worker did not take {body}: {answer.status_code} {answer.text}")

    def ask(self, name: str) -> None:
        """There will be jobs for this worker at the end of the day."""
        self._asked.add(name)

    def is_asked(self, name: str) -> bool:
        return name in self._asked

    def work_if_asked(self, name: str) -> None:
        if name in self._asked:
            self._asked.remove(name)
            self.work(name)

    def work(self, name: str) -> None:
        """Works off what is due now."""
        while self._batch(self._workers[name]) == BATCH:
            pass

    def _batch(self, worker: _Worker) -> int:
        claimed = self.run(worker.database.call("claim_jobs", max_jobs=BATCH, lease_seconds=300))
        for row in claimed:
            row |= {"lease": str(row["lease"]), "time_now": row["time_now"].isoformat()}
        self._jobs(worker, [Job.model_validate(row) for row in claimed])
        return len(claimed)

    def _jobs(self, worker: _Worker, jobs: list[Job]) -> None:
        """As in production several at once, but for what is refused when two meet: a refusal would end the play."""
        at_once = len(jobs) if worker.name in AT_ONCE else 1
        with self.double.today():
            for first in range(0, len(jobs), max(at_once, 1)):
                self.run(_together(self._job(worker, job) for job in jobs[first : first + at_once]))

    async def _job(self, worker: _Worker, job: Job) -> None:
        try:
            await worker.handlers[job.topic](job)
        except RetryJobError as error:  # "look again later" is an outcome, anything else ends the play
            await worker.database.call("fail_job", job_id=job.id, lease=job.lease, error=str(error))
        else:
            await worker.database.call("finish_job", job_id=job.id, lease=job.lease)

    def hear_stripe(self) -> None:
        """Stripe's webhooks reach the workers, which store and work them."""
        while events := self.double.webhooks():
            for endpoint, event in events:
                name = "payouts" if endpoint == "platform" else "accounts"
                stored = {"endpoint": endpoint, "event_id": event["id"], "payload": event}
                self.run(self._workers[name].database.call("receive_stripe_event", **stored))
                self.ask(name)
            self.work_if_asked("payouts")
            self.work_if_asked("accounts")

    def push(self) -> None:
        """Notifications reach whoever has a device, security mails everybody."""
        worker = self._workers["notifications"]
        claimed = BATCH
        while claimed == BATCH:
            self.stage.be_worker("notifications")
            [(claimed, left, _)] = self.stage.all(NOTIFY)
            self._jobs(worker, [Job.model_validate(row) for row in left])


async def _together(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    try:
        async with asyncio.TaskGroup() as group:
            for each in work:
                group.create_task(each)
    except BaseExceptionGroup as error:
        raise first_cause(error) from None

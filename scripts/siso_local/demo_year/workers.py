"""The workers of the year: the real services in this process, on this transaction instead of PostgREST."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from siso_local.demo_year.stage import Stage
from siso_local.demo_year.stripe_double import StripeDouble
from siso_local.settings import Settings
from workers.accounts.adapters import StripeAccounts
from workers.accounts.service import Accounts
from workers.commissions.service import ClientPayment, Commissions
from workers.core.database import Database
from workers.core.jobs import Job
from workers.payouts.adapters import StripeTransfers
from workers.payouts.service import Payouts

Handler = Callable[[Job], Awaitable[None]]
BATCH = 100
UNASKED = ("finish_job", "stripe_event_done", "save_account_link", "receive_stripe_event")  # whose results nobody reads


class SqlDatabase:
    """``workers.core.database.Database`` as far as services use it. A refusal ends the play: none is expected."""

    def __init__(self, stage: Stage, worker: str) -> None:
        self.stage, self.worker = stage, worker

    async def call(self, function: str, **arguments: Any) -> Any:
        self.stage.be_worker(self.worker)
        if function in UNASKED:
            self.stage.send("worker", function, arguments)
            return None
        return self.stage.rpc("worker", function, arguments)


class Workers:
    def __init__(self, stage: Stage, double: StripeDouble, settings: Settings) -> None:
        self.stage, self.double = stage, double
        self._loop = asyncio.new_event_loop()
        self._asked: set[str] = set()
        self._databases = {name: SqlDatabase(stage, name) for name in ("commissions", "payouts", "accounts")}
        self.commissions = Commissions(self._database("commissions"))
        payouts = Payouts(self._database("payouts"), StripeTransfers(double.client))
        accounts = Accounts(self._database("accounts"), StripeAccounts(double.client), settings.url("pwa"))
        self._handlers: dict[str, dict[str, Handler]] = {
            "commissions": {"commission.accrue": self.commissions.accrue, "commission.clear": self.commissions.clear},
            "payouts": {"payout.send": payouts.send, "stripe.event": payouts.stripe_event},
            "accounts": {"account.link": accounts.link, "account.event": accounts.event},
        }

    def _database(self, name: str) -> Database:
        return cast(Database, self._databases[name])

    def close(self) -> None:
        self._loop.close()

    def run(self, work: Awaitable[Any]) -> Any:
        return self._loop.run_until_complete(work)

    def client_pays(self, **payment: Any) -> None:
        """SISO's systems tell of a payment, as POST /hooks/client-payments takes it."""
        self.run(self.commissions.receive_payment(ClientPayment.model_validate(payment)))

    def ask(self, name: str) -> None:
        """There will be jobs for this worker at the end of the day."""
        self._asked.add(name)

    def work_if_asked(self, name: str) -> None:
        if name in self._asked:
            self._asked.remove(name)
            self.work(name)

    def work(self, name: str) -> None:
        """Works off what is due now."""
        while self._batch(name) == BATCH:
            pass

    def _batch(self, name: str) -> int:
        claimed = self.run(self._databases[name].call("claim_jobs", max_jobs=BATCH, lease_seconds=300))
        for row in claimed:
            row |= {"lease": str(row["lease"]), "time_now": row["time_now"].isoformat()}
            job = Job.model_validate(row)
            with self.double.today():
                self.run(self._handlers[name][job.topic](job))
            self.run(self._databases[name].call("finish_job", job_id=job.id, lease=job.lease))
        return len(claimed)

    def hear_stripe(self) -> None:
        """Stripe's webhooks reach the workers, which store and work them."""
        while events := self.double.webhooks():
            for endpoint, event in events:
                name = "payouts" if endpoint == "platform" else "accounts"
                self.run(
                    self._databases[name].call(
                        "receive_stripe_event", endpoint=endpoint, event_id=event["id"], payload=event
                    )
                )
                self.ask(name)
            self.work_if_asked("payouts")
            self.work_if_asked("accounts")

    def push(self) -> None:
        """Nobody has a device yet: a notification's job is to find that out. One statement for all of them."""
        self.stage.be_worker("notifications")
        while self.stage.one(
            "with job as materialized (select * from worker.claim_jobs(100, 300)),"
            " sent as materialized (select worker.push_job((payload ->> 'notification_id')::uuid) from job)"
            " select count(worker.finish_job(id, lease)) from job where (select count(*) from sent) >= 0"
        ):
            pass

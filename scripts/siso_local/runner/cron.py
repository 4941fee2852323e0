"""Runs the jobs of `cron.job` when they are due: the worker of pg_cron.

Like the real one: each job runs in its own connection as its own role with that role's settings; never twice at the
same time, a run that falls due meanwhile follows at once; every run leaves a row in `cron.job_run_details`; runs missed
while the platform was off are not made up for. Unlike the real one: a job whose role has no login here fails (hosted
jobs belong to `postgres`), a job that is removed while it runs is not cancelled, the column `database` is ignored, and
`job_pid` is filled in when the run ends. Nobody prunes `cron.job_run_details`, here as there: that is a task for a job.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import psycopg
from psycopg_pool import PoolClosed, PoolTimeout

from siso_local.runner.database import CONNECT, Connection, Pool
from siso_local.runner.schedule import InvalidScheduleError, next_run
from siso_local.settings import Settings
from siso_local.web import log

TICK_SECONDS = 1.0
MOST_AT_ONCE = 32
STORE_ATTEMPTS = 20
_UNREACHABLE = (psycopg.OperationalError, PoolTimeout, PoolClosed)


class Job(NamedTuple):
    id: int
    schedule: str
    command: str
    username: str
    database: str


@dataclass
class Plan:
    """What the scheduler knows of one job between two looks at the table."""

    schedule: str
    due: datetime | None
    running: bool = False
    waiting: bool = False


class Scheduler:
    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings = settings
        self._pool = pool
        self._plans: dict[int, Plan] = {}
        self._runs: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(MOST_AT_ONCE)
        self._cleaned = False

    async def run(self) -> None:
        """Works until it is cancelled; comes back by itself after a restart of Postgres. Runs under way are ended."""
        try:
            while True:
                try:
                    # Whole seconds, so that "5 seconds" never becomes six by a millisecond.
                    await self.tick(datetime.now(UTC).replace(microsecond=0))
                except Exception as error:  # whatever it is: the next second is another chance
                    log("runner", "jobs unreachable", "warning", error=str(error).strip() or repr(error))
                fraction = datetime.now(UTC).microsecond / 1_000_000
                await asyncio.sleep(TICK_SECONDS - fraction % TICK_SECONDS)
        finally:
            for task in self._runs:
                task.cancel()
            if self._runs:
                await asyncio.wait(self._runs, timeout=2)

    async def tick(self, now: datetime) -> None:
        """Starts every job that is due at ``now``."""
        jobs = await self._read_jobs()
        for gone in self._plans.keys() - {job.id for job in jobs}:
            if not self._plans[gone].running:
                del self._plans[gone]
        for job in jobs:
            plan = self._plan(job, now)
            if plan.due is None or now < plan.due:
                continue
            plan.due = next_run(job.schedule, now, first=False)
            if plan.running:
                plan.waiting = True
            else:
                self._start(job, plan)

    def _plan(self, job: Job, now: datetime) -> Plan:
        plan = self._plans.get(job.id)
        if plan is not None and plan.schedule == job.schedule:
            return plan
        try:
            due = next_run(job.schedule, now, first=True)
        except InvalidScheduleError as error:
            due = None
            log("runner", "job never runs", "error", job=job.id, error=str(error))
        if plan is None:
            plan = self._plans[job.id] = Plan(job.schedule, due)
        else:
            plan.schedule, plan.due = job.schedule, due
        return plan

    async def _read_jobs(self) -> list[Job]:
        async with self._pool.connection() as connection:
            exists = await (await connection.execute("select to_regclass('cron.job')")).fetchone()
            if exists is None or exists[0] is None:
                return []
            if not self._cleaned:
                await connection.execute(
                    "update cron.job_run_details set status = 'failed', return_message = 'server restarted', "
                    "end_time = clock_timestamp() where status in ('starting', 'running')"
                )
                self._cleaned = True
            cursor = await connection.execute(
                "select jobid, schedule, command, username, database from cron.job where active order by jobid"
            )
            return [Job(*row) for row in await cursor.fetchall()]

    def _start(self, job: Job, plan: Plan) -> None:
        plan.running = True
        task = asyncio.create_task(self._run_until_done(job, plan))
        self._runs.add(task)
        task.add_done_callback(self._runs.discard)

    async def _run_until_done(self, job: Job, plan: Plan) -> None:
        try:
            while True:
                plan.waiting = False
                async with self._slots:
                    await self._run_once(job)
                if not plan.waiting:
                    return
        except Exception as error:  # one job's trouble is never the scheduler's
            log("runner", "run not recorded", "warning", job=job.id, error=str(error).strip())
        finally:
            plan.running = False

    async def _run_once(self, job: Job) -> None:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "insert into cron.job_run_details (jobid, database, username, command, status, start_time) "
                "values (%s, %s, %s, %s, 'running', clock_timestamp()) returning runid",
                [job.id, job.database, job.username, job.command],
            )
            row = await cursor.fetchone()
        run_id = row[0] if row else None
        pid, status, message = await self._execute(job)
        if status == "failed":
            log("runner", "job failed", "warning", job=job.id, run=run_id, error=message)
        for attempt in range(STORE_ATTEMPTS):
            try:
                async with self._pool.connection() as connection:
                    await connection.execute(
                        "update cron.job_run_details set status = %s, return_message = %s, job_pid = %s, "
                        "end_time = clock_timestamp() where runid = %s",
                        [status, message, pid, run_id],
                    )
                return
            except _UNREACHABLE:
                # The job may have been what Postgres was stopped under: the record can wait until it is back.
                if attempt == STORE_ATTEMPTS - 1:
                    raise
                await asyncio.sleep(0.5)

    async def _execute(self, job: Job) -> tuple[int | None, str, str]:
        if job.username not in self._settings.db_passwords:
            return None, "failed", f'ERROR: role "{job.username}" has no login on this platform'
        pid: int | None = None
        try:
            connection: Connection = await psycopg.AsyncConnection.connect(
                self._settings.dsn(job.username), application_name="pg_cron", **CONNECT
            )
            async with connection:
                pid = connection.info.backend_pid
                cursor = await connection.execute(job.command.encode())
                while cursor.nextset():
                    pass
                rows = "1 row" if cursor.rowcount == 1 else f"{cursor.rowcount} rows"
                return pid, "succeeded", rows if cursor.description else (cursor.statusmessage or "")
        except psycopg.Error as error:
            lines = [f"ERROR: {error.diag.message_primary or str(error).strip()}"]
            lines += [f"DETAIL: {error.diag.message_detail}"] if error.diag.message_detail else []
            lines += [f"HINT: {error.diag.message_hint}"] if error.diag.message_hint else []
            return pid, "failed", "\n".join(lines)

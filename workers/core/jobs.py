"""The job loop: claim, act, finish. A worker may be killed anywhere: the lease runs out and another takes the job."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel

from workers.core import logs
from workers.core.database import Database, DatabaseRefusalError, DatabaseUnreachableError

_log = logs.get("jobs")


class Job(BaseModel):
    """One claimed row of ``ops.outbox``. ``lease`` proves that it is still ours when we finish it."""

    id: int
    topic: str
    payload: dict[str, Any]
    attempts: int
    lease: str
    request_id: str | None
    time_now: str


class DeadJobError(Exception):
    """The job can never succeed as it is: it is kept with this reason and not tried again by itself."""


class RetryJobError(Exception):
    """Not now: the job goes back and is tried again later, with growing distance."""


Handler = Callable[[Job], Awaitable[None]]


class JobLoop:
    """Works off the outbox topics of one worker, up to ``max_jobs`` at a time.

    A slot that becomes free is filled at once: a slow job delays nobody but itself. ``wake`` is the doorbell; a sweep
    makes a lost one harmless. A lease is never renewed: what takes longer than four fifths of it is given back.
    """

    def __init__(
        self, database: Database, handlers: dict[str, Handler], max_jobs: int, lease_seconds: int, sweep_seconds: float
    ) -> None:
        self._database = database
        self._handlers = handlers
        self._max_jobs = max_jobs
        self._lease_seconds = lease_seconds
        self._sweep_seconds = sweep_seconds
        self._bell = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.last_claim_ok = False

    def wake(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        """Until ``stop``: fills the free slots, waits for the bell, a slot or the sweep. Ends with its last job."""
        while not self._stopping:
            self._bell.clear()
            try:
                await self._fill()
            except Exception:
                # Whatever it is, a worker that looks alive and claims nothing would be worse.
                self.last_claim_ok = False
                _log.error("the job loop stumbled", exc_info=True)
                await asyncio.sleep(min(1.0, self._sweep_seconds))
            with contextlib.suppress(TimeoutError):
                # Not wait_for, which in Python 3.11 overhears being cancelled in the moment in which the bell rings.
                async with asyncio.timeout(self._sweep_seconds):
                    await self._bell.wait()
        await asyncio.gather(*self._running)

    async def stop(self) -> None:
        """Claims nothing more; ``run`` returns when the running jobs have ended."""
        self._stopping = True
        self._bell.set()

    async def _fill(self) -> None:
        """Claims as many jobs as there are free slots, and starts them."""
        free = self._max_jobs - len(self._running)
        if free == 0:
            return  # the next job that ends rings
        asked_at = asyncio.get_running_loop().time()
        try:
            rows = await self._database.call("claim_jobs", max_jobs=free, lease_seconds=self._lease_seconds)
        except (DatabaseRefusalError, DatabaseUnreachableError) as error:
            self.last_claim_ok = False
            _log.warning("claim failed", error=str(error))
            await asyncio.sleep(min(1.0, self._sweep_seconds))
            return
        self.last_claim_ok = True
        # A job stops before its lease does: it must never run in two workers at once. The lease began while we waited.
        stops_at = asked_at + self._lease_seconds * 0.8
        for row in rows or []:
            task = asyncio.create_task(self._work(Job.model_validate(row), stops_at))
            self._running.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._bell.set()

    async def _work(self, job: Job, stops_at: float) -> None:
        token = logs.request_id.set(logs.sound_id(job.request_id) or f"job-{job.id}")
        try:
            _log.info("job started", job=job.id, topic=job.topic, attempt=job.attempts)
            try:
                async with asyncio.timeout_at(stops_at):
                    await self._handlers[job.topic](job)
            except DeadJobError as error:
                await self._give_back(job, str(error), dead=True)
            except DatabaseRefusalError as error:
                # PT409 and serialisation failures pass, and so does what PostgREST says of itself (its schema is being
                # reloaded); anything else will be refused again.
                passing = error.code in ("PT409", "40001", "40P01", "55P03") or error.code.startswith("PGRST")
                await self._give_back(job, str(error), dead=not passing)
            except Exception as error:
                _log.warning("job failed", job=job.id, topic=job.topic, exc_info=not isinstance(error, RetryJobError))
                await self._give_back(job, f"{type(error).__name__}: {error}")
            else:
                held = await self._database.call("finish_job", job_id=job.id, lease=job.lease)
                _log.info("job done" if held else "job overtaken", job=job.id, topic=job.topic)
        except Exception as error:
            # The lease runs out by itself and the job comes again: everything it did is idempotent.
            unforeseen = not isinstance(error, DatabaseUnreachableError | DatabaseRefusalError)
            _log.warning("job left to its lease", job=job.id, error=str(error), exc_info=unforeseen)
        finally:
            logs.request_id.reset(token)

    async def _give_back(self, job: Job, reason: str, dead: bool = False) -> None:
        outcome = await self._database.call(
            "fail_job", job_id=job.id, lease=job.lease, error=logs.scrub(reason).replace("\0", "?"), dead=dead
        )
        _log.warning("job given back", job=job.id, topic=job.topic, outcome=outcome, reason=reason)

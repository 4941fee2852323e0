"""The job loop against a model of the outbox, in a time of its own: seconds pass when nobody has anything to do."""

from __future__ import annotations

import asyncio
import heapq
import selectors
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from postgrest import APIError

from workers.core.database import Database, DatabaseRefusalError, DatabaseUnreachableError
from workers.core.jobs import DeadJobError, Job, JobLoop, RetryJobError

LEASE = 20
NEVER = 10_000.0
LONGEST = 5_000.0  # a scene


class _Skipping(selectors.SelectSelector):
    """Waits for nothing: the time that it should have waited has passed."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        assert timeout is not None, "everybody waits for ever"
        self.now += max(0.0, timeout)
        return super().select(0)


class _Time(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = _Skipping()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now


def play(scene: Coroutine[Any, Any, None]) -> None:
    began = time.monotonic()
    with asyncio.Runner(loop_factory=_Time) as runner:
        runner.run(asyncio.wait_for(scene, LONGEST))
    assert time.monotonic() - began < 60, "no second of this was to be waited for"


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Row:
    id: int
    run_at: float = 0.0
    attempts: int = 0
    lease: str | None = None
    locked_until: float = 0.0
    ended: str = ""  # done or dead
    finished: int = 0
    reasons: list[str] = field(default_factory=list)


class Outbox:
    """What the functions ``worker.claim_jobs``, ``finish_job`` and ``fail_job`` do, without attempts that run out."""

    def __init__(self, jobs: int) -> None:
        self.rows = [Row(number) for number in range(jobs)]

    def claim_jobs(self, max_jobs: int, lease_seconds: int) -> list[dict[str, Any]]:
        free = [row for row in self.rows if not row.ended and row.run_at <= now() and row.locked_until <= now()]
        claimed = sorted(free, key=lambda row: (row.run_at, row.id))[:max_jobs]
        for row in claimed:
            row.attempts += 1
            row.lease, row.locked_until = f"{row.id}/{row.attempts}", now() + lease_seconds
        return [
            {
                "id": row.id, "topic": "test", "payload": {}, "attempts": row.attempts, "lease": row.lease,
                "request_id": None, "time_now": "",
            }
            for row in claimed
        ]  # fmt: skip

    def finish_job(self, job_id: int, lease: str) -> bool:
        row = self.rows[job_id]
        if row.lease != lease or row.ended:
            return False
        row.ended, row.lease, row.finished = "done", None, row.finished + 1
        return True

    def fail_job(self, job_id: int, lease: str, error: str, dead: bool) -> str:
        row = self.rows[job_id]
        if row.lease != lease or row.ended:
            return "lost"
        row.lease, row.locked_until, row.run_at = None, 0.0, now() + 1
        row.ended = "dead" if dead else ""
        row.reasons.append(error)
        return "dead" if dead else "retry"


class Connection(Database):
    """One process and its way to the outbox. Killed, it does nothing any more and hears nothing any more."""

    def __init__(self, outbox: Outbox, latency: float = 0.0) -> None:
        self.outbox, self.latency = outbox, latency
        self.alive = True
        self.broken: list[Exception] = []  # what the next calls meet instead of an answer
        self.claims: list[int] = []  # how many jobs each claim asked for

    async def call(self, function: str, **arguments: Any) -> Any:
        await self.while_alive(self.latency)
        if self.broken:
            raise self.broken.pop(0)
        if function == "claim_jobs":
            self.claims.append(arguments["max_jobs"])
        answer = getattr(self.outbox, function)(**arguments)
        await self.while_alive(self.latency)
        return answer

    async def while_alive(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if not self.alive:
            await asyncio.sleep(NEVER)


def job_loop(
    database: Database, handler: Callable[[Job], Awaitable[None]], slots: int = 3, sweep: float = NEVER
) -> JobLoop:
    return JobLoop(database, {"test": handler}, slots, LEASE, sweep)


async def until(done: Callable[[], bool], seconds: float = 1000.0) -> None:
    deadline = now() + seconds
    while not done():
        assert now() < deadline, "waited in vain"
        await asyncio.sleep(0.25)


async def end(loop: JobLoop, task: asyncio.Task[None]) -> None:
    await loop.stop()
    await task


def test_a_slow_job_delays_nobody() -> None:
    async def scene() -> None:
        outbox, ends = Outbox(10), dict[int, float]()

        async def handler(job: Job) -> None:
            await asyncio.sleep(15 if job.id == 0 else 1)
            ends[job.id] = now()

        loop = job_loop(Connection(outbox), handler, slots=2)
        task = asyncio.create_task(loop.run())
        await until(lambda: len(ends) == 10)
        assert ends == {0: 15, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9}
        await end(loop, task)

    play(scene())


@given(seconds=st.lists(st.integers(0, 15), max_size=25), slots=st.integers(1, 6))
def test_no_slot_is_idle_while_a_job_waits(seconds: list[int], slots: int) -> None:
    """Every job ends when it would if each had been given to the first slot that became free."""
    expected, free_at = [], [0] * slots
    for long in seconds:
        expected.append(heapq.heappop(free_at) + long)
        heapq.heappush(free_at, expected[-1])

    async def scene() -> None:
        outbox, running, most = Outbox(len(seconds)), 0, 0
        ends = dict[int, float]()

        async def handler(job: Job) -> None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(seconds[job.id])
            running -= 1
            ends[job.id] = now()

        loop = job_loop(Connection(outbox), handler, slots)
        task = asyncio.create_task(loop.run())
        await until(lambda: all(row.ended == "done" for row in outbox.rows))
        assert [ends[number] for number in range(len(seconds))] == expected
        assert most <= slots
        assert [row.attempts for row in outbox.rows] == [1] * len(seconds)
        await end(loop, task)

    play(scene())


@given(
    seconds=st.lists(st.integers(0, 15), min_size=1, max_size=12),
    lives=st.lists(st.floats(0.0, 30.0), max_size=6),
    slots=st.integers(1, 4),
)
@example(seconds=[13], lives=[0.2, 0.2], slots=2)  # cancelled in the moment in which the bell rings
def test_killed_anywhere_it_loses_nothing(seconds: list[int], lives: list[float], slots: int) -> None:
    """Two processes work off one outbox, and one of them is killed and replaced again and again: also between what a
    call does and what it answers. No job is lost, none is finished twice, none is worked on by two at once."""

    async def scene() -> None:
        outbox, holders, tasks = Outbox(len(seconds)), dict[int, Connection](), list[asyncio.Task[None]]()
        wrong: list[str] = []

        def begin() -> Connection:
            process = Connection(outbox, latency=0.1)

            async def handler(job: Job) -> None:
                other = holders.get(job.id)
                if other is not None and other.alive:
                    wrong.append(f"two work on job {job.id}")
                holders[job.id] = process
                await process.while_alive(seconds[job.id])
                del holders[job.id]

            tasks.append(asyncio.create_task(job_loop(process, handler, slots, sweep=1.0).run()))
            return process

        begin()
        for life in lives:
            mortal = begin()
            await asyncio.sleep(life)
            mortal.alive = False
        await until(lambda: all(row.ended for row in outbox.rows))
        assert wrong == []
        assert [(row.ended, row.finished) for row in outbox.rows] == [("done", 1)] * len(seconds)
        assert all(row.attempts <= 1 + len(lives) for row in outbox.rows)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    play(scene())


def test_the_doorbell_is_heard_at_once_and_also_while_all_slots_are_busy() -> None:
    async def scene() -> None:
        outbox, ends = Outbox(1), dict[int, float]()

        async def handler(job: Job) -> None:
            await asyncio.sleep(5)
            ends[job.id] = now()

        loop = job_loop(Connection(outbox), handler, slots=1)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(100)
        outbox.rows.append(Row(1))
        outbox.rows.append(Row(2))
        loop.wake()
        await asyncio.sleep(1)
        loop.wake()
        await until(lambda: len(ends) == 3)
        assert ends == {0: 5, 1: 105, 2: 110}
        await end(loop, task)

    play(scene())


def test_without_a_doorbell_the_sweep_finds_the_work() -> None:
    async def scene() -> None:
        outbox, ends = Outbox(0), list[float]()

        async def handler(_job: Job) -> None:
            ends.append(now())

        loop = job_loop(Connection(outbox), handler, sweep=10)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(15)
        outbox.rows.append(Row(0))
        await until(lambda: len(ends) == 1)
        assert ends == [20]
        await end(loop, task)

    play(scene())


def test_it_asks_for_no_more_than_it_has_room_for() -> None:
    async def scene() -> None:
        outbox = Outbox(5)

        async def handler(job: Job) -> None:
            await asyncio.sleep(1 if job.id == 0 else 10)

        database = Connection(outbox)
        loop = job_loop(database, handler, slots=3)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(2)
        assert database.claims == [3, 1]
        assert [row.attempts for row in outbox.rows] == [1, 1, 1, 1, 0]
        await end(loop, task)

    play(scene())


def test_a_job_ends_before_its_lease_which_began_while_the_claim_was_under_way() -> None:
    async def scene() -> None:
        outbox, cut = Outbox(1), list[float]()

        async def handler(_job: Job) -> None:
            try:
                await asyncio.sleep(NEVER)
            except asyncio.CancelledError:
                cut.append(now())
                raise

        database = Connection(outbox, latency=3)
        loop = job_loop(database, handler)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(LEASE)
        assert cut == [LEASE * 0.8]
        assert outbox.rows[0].reasons == ["TimeoutError: "]
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    play(scene())


def test_what_it_could_not_claim_it_claims_when_the_database_is_back() -> None:
    async def scene() -> None:
        outbox = Outbox(2)

        async def handler(_job: Job) -> None:
            pass

        database = Connection(outbox)
        database.broken = [DatabaseUnreachableError("down"), RuntimeError("nobody foresaw this")]
        loop = job_loop(database, handler, sweep=10)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(5)
        assert not loop.last_claim_ok
        await until(lambda: all(row.ended for row in outbox.rows))
        assert loop.last_claim_ok
        await end(loop, task)

    play(scene())


def test_stopped_it_claims_nothing_more_and_ends_with_its_last_job() -> None:
    async def scene() -> None:
        outbox = Outbox(2)

        async def handler(_job: Job) -> None:
            await asyncio.sleep(7)

        loop = job_loop(Connection(outbox), handler, slots=1)
        task = asyncio.create_task(loop.run())
        await asyncio.sleep(1)
        await end(loop, task)
        assert now() == 7
        assert [row.ended for row in outbox.rows] == ["done", ""]

    play(scene())


def refusal(code: str) -> DatabaseRefusalError:
    return DatabaseRefusalError(APIError({"code": code, "message": "no", "hint": None, "details": None}))


@pytest.mark.parametrize(
    ("error", "ended"),
    [
        (DeadJobError("never"), "dead"),
        (RetryJobError("later"), ""),
        (ValueError("a mistake"), ""),
        (DatabaseUnreachableError("down"), ""),
        (refusal("23514"), "dead"),
        (refusal("PT409"), ""),
        (refusal("40001"), ""),
        (refusal("PGRST202"), ""),
    ],
)
def test_what_becomes_of_a_job_that_fails(error: Exception, ended: str) -> None:
    async def scene() -> None:
        outbox, failing = Outbox(2), True

        async def handler(job: Job) -> None:
            if job.id == 0 and failing:
                raise error

        loop = job_loop(Connection(outbox), handler, sweep=1)
        task = asyncio.create_task(loop.run())
        await until(lambda: bool(outbox.rows[0].reasons))
        assert outbox.rows[0].ended == ended
        assert outbox.rows[1].ended == "done", "the other one has nothing to do with it"
        failing = False
        await asyncio.sleep(5)
        assert outbox.rows[0].ended == (ended or "done")
        await end(loop, task)

    play(scene())

"""Sends what `net.http_post` and its siblings put into the queue: the worker of pg_net.

Like the real one: a request is sent at most once and never again after a failure, its whole duration is bounded by its
own timeout, redirects are followed, bodies go out byte for byte as queued, answers are kept for six hours, and what
waits is lost when Postgres crashes. Unlike the real one: a slow server delays only its own requests (there, the whole
round of 200 waits); a request is taken from the queue before it is sent, so that a failing round never sends twice;
no pause of a second between rounds; messages of errors have other words.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, NamedTuple

import aiohttp
import psycopg
from psycopg.types.json import Jsonb
from yarl import URL

from siso_local.runner.database import CONNECT, Connection, Pool
from siso_local.web import log

MOST_AT_ONCE = 200
# NOTIFY wakes the sender; the poll is for what was written into the queue by hand.
POLL_SECONDS = 2.0
PAUSE_AFTER_ERROR_SECONDS = 0.3
PRUNE_SECONDS = 60.0
FINISH_SECONDS = 2.0

_TAKE = """
    with taken as (
        delete from net.http_request_queue
        where id in (
            select id from net.http_request_queue order by id limit %s for update skip locked
        )
        returning id, method, url, headers, body, timeout_milliseconds
    )
    select
        id, upper(method), url, timeout_milliseconds, body,
        (select jsonb_object_agg(h.key, h.value) from jsonb_each_text(headers) as h)
    from taken
    order by id
"""
_STORE = """
    insert into net._http_response (id, status_code, content_type, headers, content, timed_out, error_msg)
    values (%s, %s, %s, %s, %s, %s, %s)
"""
_PRUNE = "delete from net._http_response where created < now() - interval '6 hours'"


class Request(NamedTuple):
    id: int
    method: str
    url: str
    timeout_milliseconds: int
    body: bytes | None
    headers: dict[str, str | None] | None


class Outcome(NamedTuple):
    status: int | None = None
    content_type: str | None = None
    headers: dict[str, str] | None = None
    content: str | None = None
    timed_out: bool = False
    error: str | None = None


class Sender:
    def __init__(self, dsn: str, pool: Pool) -> None:
        self.listening = False
        self._dsn = dsn
        self._pool = pool
        self._sending: set[asyncio.Task[None]] = set()
        self._pruned = 0.0

    async def run(self) -> None:
        """Works until it is cancelled; comes back by itself after a restart of Postgres."""
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True
        ) as session:
            silent = False  # one line per outage
            try:
                while True:
                    try:
                        await self._listen(session)
                    except Exception as error:  # whatever it is: the next round starts afresh
                        if self.listening or not silent:
                            log("runner", "queue unreachable", "warning", error=str(error).strip() or repr(error))
                        silent = True
                    finally:
                        self.listening = False
                    await asyncio.sleep(PAUSE_AFTER_ERROR_SECONDS)
            finally:
                if self._sending:
                    await asyncio.wait(self._sending, timeout=FINISH_SECONDS)

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        connection: Connection = await psycopg.AsyncConnection.connect(
            self._dsn, application_name="siso-runner-listen", **CONNECT
        )
        async with connection:
            await connection.execute("listen pg_net")
            self.listening = True
            while True:
                await self._send_what_waits(session)
                async for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                    pass

    async def _send_what_waits(self, session: aiohttp.ClientSession) -> None:
        while True:
            free = MOST_AT_ONCE - len(self._sending)
            if free == 0:
                await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
                continue
            requests = await self._take(free)
            for request in requests:
                task = asyncio.create_task(self._send(session, request))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
            if len(requests) < free:
                return

    async def _take(self, most: int) -> list[Request]:
        async with self._pool.connection() as connection:
            exists = await (await connection.execute("select to_regclass('net.http_request_queue')")).fetchone()
            if exists is None or exists[0] is None:
                return []
            if time.monotonic() - self._pruned > PRUNE_SECONDS:
                self._pruned = time.monotonic()
                await connection.execute(_PRUNE)
            # The delete is committed before anything is sent: at most once, whatever happens from here on.
            cursor = await connection.execute(_TAKE, [most])
            return [Request(*row) for row in await cursor.fetchall()]

    async def _send(self, session: aiohttp.ClientSession, request: Request) -> None:
        started = time.perf_counter()
        outcome = await fetch(session, request)
        fields: dict[str, Any] = {"status": outcome.status} if outcome.error is None else {"error": outcome.error}
        log(
            "runner",
            "sent",
            "info" if outcome.error is None else "warning",
            id=request.id,
            method=request.method,
            # Without the query, which may hold tokens.
            url=request.url.split("?", 1)[0],
            ms=round((time.perf_counter() - started) * 1000, 2),
            **fields,
        )
        try:
            async with self._pool.connection() as connection:
                await connection.execute(
                    _STORE,
                    [
                        request.id,
                        outcome.status,
                        outcome.content_type,
                        None if outcome.headers is None else Jsonb(outcome.headers),
                        outcome.content,
                        outcome.timed_out,
                        outcome.error,
                    ],
                )
        except Exception as error:  # the request was sent: what is lost is the record alone
            log("runner", "answer not stored", "warning", id=request.id, error=str(error).strip())


def storable(text: str) -> str:
    """``text`` without what Postgres cannot keep: NUL and broken characters."""
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode()


async def fetch(session: aiohttp.ClientSession, request: Request) -> Outcome:
    """Sends one request and reads the whole answer. Never raises for what a server or a network may do."""
    headers = {name: value for name, value in (request.headers or {}).items() if value is not None}
    headers.setdefault("User-Agent", "pg_net/0.20.4")
    seconds = request.timeout_milliseconds / 1000 if request.timeout_milliseconds > 0 else None
    try:
        async with session.request(
            request.method,
            URL(request.url, encoded=True),
            data=request.body,
            headers=headers,
            skip_auto_headers=("Content-Type",),
            timeout=aiohttp.ClientTimeout(total=seconds, ceil_threshold=86_400),
        ) as response:
            content = storable((await response.read()).decode("utf-8", errors="replace"))
            return Outcome(
                status=response.status,
                content_type=response.headers.get("Content-Type"),
                headers={name.lower(): storable(value) for name, value in response.headers.items()},
                content=content,
            )
    except TimeoutError:
        return Outcome(timed_out=True, error=f"Timeout of {request.timeout_milliseconds} ms reached")
    except (aiohttp.ClientError, ValueError, OSError) as error:
        return Outcome(error=str(error) or type(error).__name__)

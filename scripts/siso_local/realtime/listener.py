"""Broadcasts from the database: a notice per committed row, the rows fetched in batches, sent to their rooms.

Nothing polls. When Postgres goes away, the listener connects again and looks up what was committed meanwhile, so that a
restart of Postgres costs time and no message.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg_pool import PoolTimeout

from siso_local.realtime.database import Connection, Database
from siso_local.realtime.logs import log
from siso_local.realtime.messages import Broadcast
from siso_local.realtime.rooms import Rooms

NOTICE = "realtime_messages"
BATCH = 500
# Long transactions stamp their rows with the time they began; this much is looked at again after a reconnection.
LOOK_BACK = timedelta(seconds=60)
REMEMBERED = 20_000
_COLUMNS = "id::text, topic, event, private, payload::text, binary_payload"
_BY_ID = f"""
    select {_COLUMNS} from realtime.messages
    where id = any(%(ids)s::uuid[]) and inserted_at between %(first)s and %(last)s and extension = 'broadcast'
"""  # noqa: S608 - the columns are a constant
_SINCE = f"""
    select {_COLUMNS} from realtime.messages
    where inserted_at >= %s and extension = 'broadcast' and event is not null
    order by inserted_at
    limit {REMEMBERED}
"""  # noqa: S608


class _Row(NamedTuple):
    id: str
    topic: str
    event: str | None
    private: bool | None
    payload: str | None
    binary: bytes | None


class Listener:
    def __init__(self, database: Database, rooms: Rooms, max_payload_bytes: int) -> None:
        self._database = database
        self._rooms = rooms
        self._max_payload_bytes = max_payload_bytes
        self._pending: OrderedDict[str, datetime] = OrderedDict()
        self._wake = asyncio.Event()
        self._delivered: OrderedDict[str, None] = OrderedDict()
        self._heard_at: datetime | None = None
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Listens and delivers until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen_for_ever())
            tasks.create_task(self._deliver_for_ever())

    async def wait_ready(self, seconds: float) -> bool:
        """Whether commits from now on are heard; waits a moment for a connection that is being made again."""
        try:
            async with asyncio.timeout(seconds):
                await self.ready.wait()
        except TimeoutError:
            return False
        return True

    async def _listen_for_ever(self) -> None:
        pause = 0.1
        while True:
            try:
                connection = await self._database.connect("realtime-listener")
                async with connection:
                    await self._start(connection)
                    pause = 0.1
                    async for notice in connection.notifies():
                        self._take(notice.payload)
            except (psycopg.Error, PoolTimeout, OSError) as error:
                if self.ready.is_set():
                    log("database lost", "warning", reason=type(error).__name__)
            finally:
                self.ready.clear()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)

    async def _start(self, connection: Connection) -> None:
        await connection.execute(f"listen {NOTICE}")
        if self._heard_at is None:
            cursor = await connection.execute("select localtimestamp")
            self._heard_at = (await cursor.fetchall())[0][0]
        else:
            await self._database.refill()
            cursor = await connection.execute(_SINCE, (self._heard_at - LOOK_BACK,))
            missed = [_Row(*row) for row in await cursor.fetchall()]
            log("database found again", delivered=sum(self._deliver(row) for row in missed))
        self.ready.set()
        log("listening")

    def _take(self, payload: str) -> None:
        message_id, _, stamp = payload.partition(" ")
        try:
            inserted_at = datetime.fromisoformat(stamp)
            self._pending[str(UUID(message_id))] = inserted_at
        except ValueError:
            return  # anyone may notify; only what names a row is worth a look
        self._heard_at = max(inserted_at, self._heard_at or inserted_at)
        self._wake.set()

    async def _deliver_for_ever(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._pending:
                batch = dict(list(self._pending.items())[:BATCH])
                try:
                    found = await self._fetch(batch)
                except (psycopg.OperationalError, PoolTimeout):
                    await asyncio.sleep(0.2)
                    await self.ready.wait()
                    continue
                except psycopg.Error as error:
                    log("fetch failed", "warning", sqlstate=error.sqlstate, messages=len(batch))
                    found = {}
                # In the order of the notices, which is the order of the commits.
                for message_id in batch:
                    self._pending.pop(message_id, None)
                    if message_id in found:
                        self._deliver(found[message_id])

    async def _fetch(self, batch: dict[str, datetime]) -> dict[str, _Row]:
        bounds = {"ids": list(batch), "first": min(batch.values()), "last": max(batch.values())}
        async with self._database.reader.connection() as connection:
            cursor = await connection.execute(_BY_ID, bounds)
            return {row[0]: _Row(*row) for row in await cursor.fetchall()}

    def _deliver(self, row: _Row) -> bool:
        if row.event is None or row.id in self._delivered:
            return False
        self._delivered[row.id] = None
        if len(self._delivered) > REMEMBERED:
            self._delivered.popitem(last=False)
        broadcast = Broadcast(row.topic, row.event, row.payload or "{}", row.binary, {"id": row.id})
        if broadcast.size > self._max_payload_bytes:
            log("payload too large", "warning", topic=row.topic, bytes=broadcast.size)
            return False
        self._rooms.broadcast(broadcast, private=bool(row.private))
        return True

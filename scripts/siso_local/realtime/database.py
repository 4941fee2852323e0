"""Connections to Postgres. Two pools, so that a rush of joins never delays the delivery of messages."""

from __future__ import annotations

import os
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from siso_local.realtime.options import Options
from siso_local.settings import Settings

ROLE = "supabase_realtime_admin"
SECONDS_FOR_A_CONNECTION = 3.0
Connection = AsyncConnection[tuple[Any, ...]]
Pool = AsyncConnectionPool[Connection]

# Partitions are bounded by UTC days. The keepalives notice a server that vanished without a word.
_CONNECT: dict[str, Any] = {
    "autocommit": True,
    "options": "-c timezone=UTC -c statement_timeout=3000",
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


class Database:
    def __init__(self, settings: Settings, options: Options) -> None:
        self.dsn = settings.dsn(ROLE)
        self.probes = self._pool("realtime-probes", 1, options.probe_connections)
        self.reader = self._pool("realtime-reader", 1, 2)

    def _pool(self, name: str, smallest: int, largest: int) -> Pool:
        return AsyncConnectionPool(
            self.dsn,
            kwargs={**_CONNECT, "application_name": f"{name} {os.getpid()}"},
            min_size=smallest,
            max_size=largest,
            timeout=SECONDS_FOR_A_CONNECTION,
            # Short, because the pool doubles its pauses and a restarted Postgres must be found again at once.
            reconnect_timeout=4,
            check=AsyncConnectionPool.check_connection,
            open=False,
            name=name,
        )

    async def open(self) -> None:
        """Returns at once; connections are made in the background."""
        await self.probes.open()
        await self.reader.open()

    async def close(self) -> None:
        await self.probes.close(timeout=1)
        await self.reader.close(timeout=1)

    async def refill(self) -> None:
        """Replaces dead connections after Postgres came back."""
        await self.probes.check()
        await self.reader.check()

    async def connect(self, name: str) -> Connection:
        """A connection of its own, outside the pools. Raises ``psycopg.OperationalError``."""
        return await AsyncConnection.connect(self.dsn, application_name=f"{name} {os.getpid()}", **_CONNECT)

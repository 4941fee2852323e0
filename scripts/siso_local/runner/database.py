"""The runner's connections to Postgres."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from siso_local.settings import Settings

Connection = AsyncConnection[tuple[Any, ...]]
Pool = AsyncConnectionPool[Connection]

# The keepalives notice a server that vanished without a word.
CONNECT: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


def make_pool(settings: Settings) -> Pool:
    """A small pool as superuser, as which the real extensions run, too. Dead connections are replaced."""
    return AsyncConnectionPool(
        settings.dsn("supabase_admin"),
        kwargs={**CONNECT, "application_name": "siso-runner"},
        min_size=1,
        max_size=4,
        timeout=5,
        # Short, because the pool doubles its pauses and a restarted Postgres must be found again at once.
        reconnect_timeout=4,
        check=AsyncConnectionPool.check_connection,
        open=False,
        name="runner",
    )

"""Keeps the day partitions of ``realtime.messages``: without one for today, nothing can be sent."""

from __future__ import annotations

import asyncio

import psycopg
from psycopg_pool import PoolTimeout

from siso_local.realtime.database import Database
from siso_local.realtime.logs import log

SECONDS_BETWEEN = 3600.0
SECONDS_AFTER_FAILURE = 30.0


async def maintain_for_ever(database: Database) -> None:
    while True:
        try:
            async with database.probes.connection() as connection:
                await connection.execute("select realtime.maintain_partitions()")
            pause = SECONDS_BETWEEN
        except (psycopg.Error, PoolTimeout) as error:
            log("partitions not maintained", "warning", reason=type(error).__name__)
            pause = SECONDS_AFTER_FAILURE
        await asyncio.sleep(pause)

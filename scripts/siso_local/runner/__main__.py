"""`python -m siso_local.runner`: sends queued requests and runs scheduled jobs; `GET /health`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

import psycopg
from aiohttp import web
from psycopg_pool import PoolTimeout

from siso_local.runner.cron import Scheduler
from siso_local.runner.database import make_pool
from siso_local.runner.net import Sender
from siso_local.settings import Settings
from siso_local.web import log, serve


def make_app(settings: Settings) -> web.Application:
    pool = make_pool(settings)
    sender = Sender(settings.dsn("supabase_admin"), pool)
    scheduler = Scheduler(settings, pool)

    async def health(_request: web.Request) -> web.Response:
        try:
            async with pool.connection(timeout=2) as connection:
                await connection.execute("select 1")
        except (psycopg.Error, PoolTimeout):
            return web.json_response({"status": "error", "reason": "Postgres does not answer"}, status=503)
        if not sender.listening:
            return web.json_response({"status": "error", "reason": "not listening for requests"}, status=503)
        return web.json_response({"status": "ok"})

    async def work(_app: web.Application) -> AsyncIterator[None]:
        await pool.open()
        tasks = [asyncio.create_task(sender.run()), asyncio.create_task(scheduler.run())]
        for task in tasks:
            task.add_done_callback(_report)
        yield
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError, Exception):
                await task
        await pool.close(timeout=1)

    app = web.Application()
    app.router.add_get("/health", health)
    app.cleanup_ctx.append(work)
    return app


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log("runner", "stopped working", "error", error=repr(error))


async def main() -> None:
    # The pool tells of every vain attempt while Postgres is away; one line of our own is enough.
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    settings = Settings.load()
    await serve(make_app(settings), "runner", settings.port("runner"))


if __name__ == "__main__":
    asyncio.run(main())

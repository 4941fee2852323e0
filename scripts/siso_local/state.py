"""Ending a platform, and looking at how it is."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable

import psutil

from siso_local import health, processes
from siso_local.components import PARTS
from siso_local.postgres import Cluster
from siso_local.settings import Settings

# Part, state (running, unhealthy, dead), process id, port, what its health check says.
Row = tuple[str, str, int | None, int, str]


def down(settings: Settings | None, only: Iterable[str] | None = None) -> int:
    """Ends parts in reverse order, the database last; returns how many were alive."""
    names = set(processes.records()) if only is None else set(only)
    known = processes.records()
    alive = [known[name].process() for name in names if name != "db" and name in known]
    running = [process for process in alive if process is not None]
    processes.end(running)
    for name in names - {"db"}:
        processes.forget(name)
    count = len(running)
    if "db" in names or only is None:
        count += _stop_database(settings, known.get("db"))
    if only is None:
        strays = processes.strays()
        processes.end(strays)
        count += len(strays)
    return count


def _stop_database(settings: Settings | None, record: processes.Record | None) -> int:
    process = record.process() if record else None
    if settings is not None:
        cluster = Cluster(settings)
        pid = cluster.pid()
        process = psutil.Process(pid) if pid else None
        if process:
            process.send_signal(signal.SIGCONT)
            cluster.stop()
    elif process:  # the settings are unreadable: a fast shutdown needs none
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGINT)
        psutil.wait_procs([process], timeout=10)
    processes.forget("db")
    return 1 if process else 0


def statuses(settings: Settings) -> list[Row]:
    """One row for every part that should run."""
    known = processes.records()

    async def look() -> dict[str, str]:
        parts = [part for part in PARTS if part.name in known]
        answers = await asyncio.gather(*(health.probe(*part.address(settings)) for part in parts))
        return dict(zip((part.name for part in parts), answers, strict=True))

    answers = asyncio.run(look())
    if "db" in known:
        answers["db"] = "" if Cluster(settings).ready() else "does not answer"
    ports = {part.name: part.ports[0] for part in PARTS} | {"db": "db"}
    rows = []
    for name in ("db", *(part.name for part in PARTS)):
        if name not in known:
            continue
        alive = known[name].process() is not None
        state = ("running" if not answers[name] else "unhealthy") if alive else "dead"
        pid = known[name].pid if alive else None
        rows.append((name, state, pid, settings.port(ports[name]), answers[name] or "ok" if alive else "-"))
    return rows

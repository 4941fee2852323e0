"""From the database's commit to subscribed clients: the figure of decision A-29."""

from __future__ import annotations

import asyncio
from pathlib import Path

from siso_local.realtime.measure import measure
from tests.bench.ground import MONEY_STATE, ground
from tests.bench.report import Table

CLIENTS = (100, 500)
LIMIT_MS = 100.0  # p95 at 500 clients on one machine


def bench(state: Path = MONEY_STATE, messages: int = 50, fresh: bool = False) -> Table:
    """``messages`` broadcasts to 100 and then to 500 sockets through the gateway."""
    with ground(state, "realtime", "gateway", fresh=fresh) as platform:
        table = Table(
            "From commit to subscribed clients, milliseconds", ("clients", "p50", "p95", "p99", "worst", "lost")
        )
        for clients in CLIENTS:
            told = asyncio.run(measure(platform.settings, clients=clients, messages=messages, pause=0.2))
            misses = [f"{told.lost} messages lost"] if told.lost else []
            if told.p95 > LIMIT_MS:
                misses.append(f"p95 {told.p95:.0f} ms, aim {LIMIT_MS:g} ms")
            table.add(
                str(clients), *(f"{value:.1f}" for value in (told.p50, told.p95, told.p99, told.worst)), str(told.lost),
                missed=f"{clients} clients: {'; '.join(misses)}" if misses else None,
            )  # fmt: skip
        return table

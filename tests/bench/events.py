"""Client payments through the whole commissions worker: how many in a second, in how much memory, how soon seen."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import psycopg

from siso_local.settings import Settings
from tests.bench.ground import MONEY_STATE, Ground, ground
from tests.bench.report import Table, median, percentile
from tests.database.harness import Person, value
from tests.workers.support import payment, signed, won_deal

PARTS = ("gateway", "postgrest", "runner", "realtime", "commissions")
DEALS = 250  # a wave is one payment of each: none has to wait for another of the same deal
INSTALMENTS = 24  # of one deal: two years, monthly; then others follow, as in a business that goes on
LEAST_PER_SECOND = 20.0
MOST_GROWTH = 0.10  # of the worker's memory, once it has warmed up
SEEN_P95_MS = 1_000.0


@dataclass(frozen=True)
class Deal:
    partner: Person
    reference: str


def bench(state: Path = MONEY_STATE, events: int = 2_000, looks: int = 100, fresh: bool = False) -> list[Table]:
    """``events`` payments in waves of 250, then ``looks`` payments one by one with a partner watching."""
    with ground(state, *PARTS, fresh=fresh) as platform, platform.connect("postgres") as database:
        flow = Table(
            f"Client payments through the commissions worker: {events:,} in waves of {DEALS}",
            ("figure", "value", "aim"),
        )
        deals = throughput(platform, database, events, flow)
        seen = Table(
            f"From a payment's request to the figure on the partner's phone, {looks} one by one, milliseconds",
            ("what", "p50", "p95", "worst", "aim"),
        )
        asyncio.run(watch(platform, deals[:looks], seen))
        for table in (flow, seen):
            table.missed.extend(_findings(database))
        return [flow, seen]


def won_deals(database: psycopg.Connection) -> list[Deal]:
    won = (won_deal(database, 100_000_000) for _ in range(DEALS))
    return [Deal(partner, deal["reference"]) for partner, deal in won]


def throughput(platform: Ground, database: psycopg.Connection, events: int, table: Table) -> list[Deal]:
    """Waves that are stored in one transaction each; a wave ends when no job is open any more. The last deals."""
    worker = psutil.Process(json.loads((platform.state / "run" / "commissions.json").read_text())["pid"])
    memory: list[int] = []
    spent = 0.0
    stored = 0
    deals: list[Deal] = []
    while stored < events:
        wave = stored // DEALS
        if wave % INSTALMENTS == 0:
            deals = won_deals(database)
            print(f"  {stored:,} payments, the worker has {worker.memory_info().rss / 2**20:.1f} MiB", flush=True)
        started = time.monotonic()
        with database.transaction():
            database.execute("set local role commissions_worker")
            for deal in deals[: events - stored]:
                database.execute(
                    "select worker.receive_client_payment('bench', %s, %s, %s, 1000, 'USD', %s)",
                    (uuid.uuid4().hex, deal.reference, 1 + wave % INSTALMENTS, datetime.now(UTC)),
                )
        stored += min(DEALS, events - stored)
        while value(database, "select count(*) from ops.outbox where topic = 'commission.accrue' and done_at is null"):
            if time.monotonic() - started > 120:
                raise SystemExit("✗ a wave of payments was not worked off within two minutes")
            time.sleep(0.05)
        spent += time.monotonic() - started
        memory.append(worker.memory_info().rss)
    rate = events / spent
    slow = f"{rate:.0f} payments a second, aim {LEAST_PER_SECOND:g}" if rate < LEAST_PER_SECOND else None
    table.add("payments a second", f"{rate:.0f}", f"{LEAST_PER_SECOND:g}", missed=slow)
    # A quarter of the waves warms up pools and caches.
    warm = memory[len(memory) // 4]
    growth = (memory[-1] - warm) / warm
    grew = f"memory grew by {growth:.0%}, aim {MOST_GROWTH:.0%}" if growth > MOST_GROWTH else None
    table.add("worker's memory, MiB", f"{memory[-1] / 2**20:.0f}", "")
    table.add("growth since the first quarter", f"{growth:.1%}", f"{MOST_GROWTH:.0%}", missed=grew)
    return deals


async def watch(platform: Ground, deals: list[Deal], table: Table) -> None:
    """A partner's phone listens; the sender posts; the phone asks for the summary once it is told to look again."""
    told: list[float] = []
    shown: list[float] = []
    async with aiohttp.ClientSession() as session:
        for deal in deals:
            first, second = await _one(platform.settings, session, deal, signed_in(platform, deal.partner))
            told.append(first)
            shown.append(second)
    for name, values, aim in (("hint received", told, None), ("new figure received", shown, SEEN_P95_MS)):
        p95 = percentile(values, 95)
        late = f"{name}: p95 {p95:.0f} ms, aim {aim:g} ms" if aim and p95 > aim else None
        table.add(
            name,
            f"{median(values):.0f}",
            f"{p95:.0f}",
            f"{max(values):.0f}",
            f"p95 {aim:g}" if aim else "",
            missed=late,
        )


def signed_in(platform: Ground, partner: Person) -> str:
    """The id of a new session: the API refuses a token whose session does not exist."""
    session_id = str(uuid.uuid4())
    with platform.connect() as database:
        database.execute(
            "insert into auth.sessions (id, user_id, created_at, updated_at, aal)"
            " values (%s, %s, now(), now(), 'aal1')",
            (session_id, partner.subject),
        )
    return session_id


async def _one(settings: Settings, session: aiohttp.ClientSession, deal: Deal, session_id: str) -> tuple[float, float]:
    token = settings.mint("authenticated", sub=deal.partner.subject, iss=settings.issuer, session_id=session_id)
    headers = {"apikey": settings.publishable_key, "Authorization": f"Bearer {token}"}
    summary = f"{settings.api_url}/rest/v1/rpc/earnings_summary"
    async with session.post(summary, headers=headers, json={}) as answer:
        before = await answer.json()
    url = f"{settings.api_url}/realtime/v1/websocket"
    async with session.ws_connect(url, params={"apikey": settings.publishable_key, "vsn": "1.0.0"}) as socket:
        join: dict[str, Any] = {"config": {"private": True}, "access_token": token}
        topic = f"realtime:partner:{deal.partner.id}"
        await socket.send_json({"topic": topic, "event": "phx_join", "payload": join, "ref": "1", "join_ref": "1"})
        await _until(socket, lambda frame: frame["event"] == "phx_reply")
        body = json.dumps(payment(deal.reference, amount=1_000, cleared_at=datetime.now(UTC).isoformat()))
        started = time.monotonic()
        async with session.post(
            f"{settings.api_url}/workers/commissions/hooks/client-payments",
            data=body,
            headers=signed(settings.client_payments_secret, body),
        ) as answer:
            assert answer.status == 202, await answer.text()
        await _until(socket, lambda frame: frame["payload"].get("event") == "earnings.changed")
        told = time.monotonic()
        async with session.post(summary, headers=headers, json={}) as answer:
            assert await answer.json() != before
        return (told - started) * 1000, (time.monotonic() - started) * 1000


async def _until(socket: aiohttp.ClientWebSocketResponse, right: Any) -> None:
    async with asyncio.timeout(30):
        while not right(await socket.receive_json()):
            pass


def _findings(database: psycopg.Connection) -> list[str]:
    """Invariants that the run has broken: there must be none."""
    views = database.execute(
        "select viewname from pg_views where schemaname = 'private' and viewname like 'check\\_%' order by 1"
    ).fetchall()
    return [
        f"private.{view} is not empty after the run"
        for (view,) in views
        if database.execute(f"select from private.{view} limit 1".encode()).fetchone()
    ]

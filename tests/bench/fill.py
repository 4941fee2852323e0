"""A hundred thousand partners and what belongs to them, written set-wise past triggers and foreign keys.

The rows obey every rule that a read relies on (unique keys, check constraints, ranks, sequence numbers); they have no
ledger behind them. ``scale`` 1.0 gives 100,000 partners, 1,000,000 leads with 2,000,000 activities, 2,000,000 deals
with a payment and a line each, 3,000,000 messages and 1,000,000 notices.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

BIG = (
    "partner_directory", "partners", "partner_tier_history", "leads", "lead_activities", "deals", "client_payments",
    "commissions", "chat_messages", "read_cursors", "message_mentions", "notifications", "leaderboard_scores",
)  # fmt: skip


ROWS = Path(__file__).with_name("rows")

# Row number n of a kind always has the same id, so that rows can be pointed at without looking them up.
HELPERS = """
create or replace function pg_temp.id_of(kind text, number bigint) returns uuid
language sql immutable as $$ select md5(kind || number)::uuid $$;
create or replace function pg_temp.size_of(kind text) returns integer
language sql immutable as $$ select current_setting('bench.' || kind)::integer $$;
create or replace function pg_temp.owner_of(number bigint) returns uuid
language sql immutable as $$
    select pg_temp.id_of('partner', case
        when number % 10 = 0 then 1 + (number / 10) % 100
        else 1 + (hashint8(number)::bigint & 2147483647) % pg_temp.size_of('partners')
    end)
$$;
"""


def id_of(kind: str, number: int) -> str:
    """The id of one row, as the rows' SQL makes it."""
    return str(uuid.UUID(hashlib.md5(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest()))


def sizes(scale: float) -> dict[str, int]:
    """How many rows of each kind; at least a hundred partners."""
    partners = max(100, int(100_000 * scale))
    return {
        "partners": partners,
        "leads": partners * 10,
        "deals": partners * 20,
        "messages": partners * 30 // 200 * 200,
    }


def fill(database: psycopg.Connection, scale: float, say: Callable[[str], None] = lambda _: None) -> None:
    """Fills an empty platform once; a filled one of the same scale is left as it is, another scale is refused."""
    database.execute("create table if not exists private.bench_scale (scale double precision not null)")
    there = database.execute("select scale from private.bench_scale").fetchone()
    if there is not None:
        if there[0] != scale:
            raise SystemExit(f"✗ The bench's platform was filled at scale {there[0]}: --fresh fills it anew.")
        return
    indexes = _plain_indexes(database)
    with database.transaction():
        database.execute("set local session_replication_role = replica")
        database.execute("set local maintenance_work_mem = '1GB'")
        database.execute("set local work_mem = '256MB'")
        for name, _definition in indexes:
            database.execute(sql.SQL("drop index public.{}").format(sql.Identifier(name)))
        database.execute(HELPERS)
        for name, size in sizes(scale).items():
            database.execute("select set_config(%s, %s, true)", (f"bench.{name}", str(size)))
        for name in ("partners", "leads", "deals", "chat", "rest"):
            started = time.monotonic()
            database.execute((ROWS / f"{name}.sql").read_bytes())
            say(f"{name}: {time.monotonic() - started:.0f} s")
        started = time.monotonic()
        for _name, definition in indexes:
            database.execute(definition.encode())
        say(f"indexes: {time.monotonic() - started:.0f} s")
        database.execute("insert into private.bench_scale values (%s)", (scale,))
    database.execute("select private.take_leaderboard_snapshot()")
    database.execute("vacuum (analyze)")


def _plain_indexes(database: psycopg.Connection) -> list[tuple[str, str]]:
    """Name and definition of every index of the big tables that belongs to no constraint: faster made at the end."""
    return database.execute(
        "select known.indexname, known.indexdef from pg_indexes as known"
        " where known.schemaname = 'public' and known.tablename = any(%s) and not exists ("
        "  select from pg_constraint where conindid = ('public.' || quote_ident(known.indexname))::regclass)",
        (list(BIG),),
    ).fetchall()

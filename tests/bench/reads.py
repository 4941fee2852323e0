"""Hot reads at 100,000 partners: as a partner under row-level security, against the same query as the tables' owner.

Each pair runs in turn inside the database (``explain analyze``, no client in the figure); medians of execution time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.fill import fill, id_of, sizes
from tests.bench.ground import STATE, ground
from tests.bench.report import Table, median
from tests.database.harness import Actor, acting, as_actor

RATIO = 1.15
# Finding out who asks, once in a statement, takes about this long: it is no multiple of anything.
FIXED_MS = 0.3
LIMIT_MS = 5.0
BIG_TABLE = 5_000  # rows; reading a smaller one whole is right


@dataclass(frozen=True)
class Read:
    """``partner`` is what the app asks for; ``owner`` the same with explicit filters."""

    name: str
    partner: str
    owner: str
    limit_ms: float = LIMIT_MS


@dataclass(frozen=True)
class Subject:
    """The partner who asks."""

    partner: str
    lead: str
    channel: str
    leads: int
    deals: int


def body_of(database: psycopg.Connection, function: str, subject: Subject) -> str:
    """The one query of a function in ``private`` with the partner's id in place of the questions who asks and what they
    may do: what its owner would write by hand. A function of several statements is called as it is."""
    row = database.execute(
        "select prosrc from pg_proc where pronamespace = 'private'::regnamespace and proname = %s", (function,)
    ).fetchone()
    assert row is not None, f"there is no function private.{function}"
    source = str(row[0]).strip()
    wrapped = re.fullmatch(r"begin\s+return \((.*)\);\s*end;", source, re.DOTALL)
    text = wrapped[1] if wrapped else source
    if not wrapped and source.endswith("end;"):
        return f"select private.{function}()"
    text = re.sub(r"\(select private\.me\(\)\)|private\.me\(\)", f"'{subject.partner}'::uuid", text)
    text = re.sub(r"\(select private\.has_access\(\)\)|private\.has_access\(\)", "true", text)
    if "private.my_channels()" in text:
        with as_partner(database, subject):
            mine = [str(known[0]) for known in database.execute("select private.my_channels()").fetchall()]
        text = text.replace("private.my_channels()", f"unnest('{{{','.join(mine)}}}'::uuid[])")
    return text


def reads(database: psycopg.Connection, subject: Subject) -> Iterator[Read]:
    me, lead, channel = subject.partner, subject.lead, subject.channel
    lane = (
        "select * from public.lead_cards where status = 'qualified' {} order by stage_entered_at desc, id desc limit 30"
    )
    mine = f"and id = any(array(select id from public.leads where partner_id = '{me}' and deleted_at is null))"
    yield Read("a lane of the lead board", lane.format(""), lane.format(mine))
    timeline = (
        "select to_jsonb(card), (select jsonb_agg(activity order by created_at desc)"
        " from public.lead_activities as activity"
        f" where activity.lead_id = card.id) from public.lead_cards as card where id = '{lead}'"
    )
    yield Read("one lead with its timeline", timeline, timeline)
    lines = "select * from public.commission_lines {} order by created_at desc limit 50"
    mine = f"where id = any(array(select id from public.commissions where partner_id = '{me}'))"
    yield Read("newest 50 commission lines", lines.format(""), lines.format(mine))
    for name, function in (
        ("earnings summary", "earnings_summary"),
        ("tier status", "tier_status"),
        ("dashboard in one call", "get_dashboard"),
        ("unread counts of all channels", "list_channels"),
    ):
        yield Read(name, f"select public.{function}()", body_of(database, function, subject))
    messages = (
        "select id, seq, author_name, message, created_at from public.chat_messages"
        f" where channel_id = '{channel}' order by seq desc limit 50"
    )
    yield Read("newest 50 messages", messages, messages)
    yield Read("leaderboard, top 50", "select public.get_leaderboard('month')", TOP_50, 2.0)
    snapshot = (
        "select rank, tier_rank, points, deals, taken_at from public.leaderboard_snapshots"
        " where period = 'month' and starts_on = date_trunc('month', now() at time zone 'UTC')::date and partner_id = "
    )
    yield Read("own rank, from the snapshot", snapshot + f"'{me}'", snapshot + f"'{me}'")
    exact = body_of(database, "my_exact_rank", subject).replace("wanted", "'month'::public.score_period")
    yield Read("own rank, exact", "select public.my_exact_rank('month')", exact, 40.0)


# The rows of the board as its owner would ask for them; the function adds the caller's rank and neighbours.
TOP_50 = """
select jsonb_agg(to_jsonb(shown)) from (
    select score.partner_id, person.name, score.tier, score.country, score.points, score.deals
    from public.leaderboard_scores as score
    join public.partner_directory as person on person.id = score.partner_id
    where score.period = 'month' and score.starts_on = private.period_start('month', private.now())
    order by score.points desc, score.reached_at, score.partner_id
    limit 50
) as shown
"""


@contextmanager
def as_partner(database: psycopg.Connection, subject: Subject) -> Iterator[None]:
    """Inside, statements run as PostgREST runs them for this partner."""
    with database.transaction(), acting(database, Actor(subject=subject.partner)):
        yield


@dataclass(frozen=True)
class Run:
    """Milliseconds of one execution, and the big tables that it read from end to end."""

    milliseconds: float
    read_whole: tuple[str, ...]
    plan: Any


def explain(database: psycopg.Connection, query: str) -> Run:
    before = _scans(database)
    row = database.execute(f"explain (analyze, timing off, format json) {query}".encode()).fetchone()
    assert row is not None
    told = row[0][0]
    after = _scans(database)
    whole = tuple(sorted(table for table, scans in after.items() if scans > before.get(table, 0)))
    return Run(told["Execution Time"], whole, told["Plan"])


def _scans(database: psycopg.Connection) -> dict[str, int]:
    """Sequential scans of big tables in this transaction: counted inside functions, too."""
    return dict(
        database.execute(
            "select stats.relname, stats.seq_scan from pg_stat_xact_user_tables as stats"
            " join pg_class as known on known.oid = stats.relid where known.reltuples > %s",
            (BIG_TABLE,),
        ).fetchall()
    )


def measure(database: psycopg.Connection, subject: Subject, read: Read, rounds: int) -> tuple[list[Run], list[Run]]:
    """``rounds`` pairs in turn, after one of each that is not counted."""
    partner: list[Run] = []
    owner: list[Run] = []
    for _ in range(rounds + 1):
        with as_partner(database, subject):
            partner.append(explain(database, read.partner))
        # The owner carries the same claims, for functions inside the query that ask who it is about.
        with database.transaction():
            as_actor(database, Actor(subject=subject.partner))
            database.execute("reset role")
            owner.append(explain(database, read.owner))
    return partner[1:], owner[1:]


def bench(
    state: Path = STATE,
    scale: float = 1.0,
    rounds: int = 15,
    plans: bool = False,
    fresh: bool = False,
    say: Callable[[str], None] = print,
) -> list[Table]:
    """Fills the bench's platform where it is empty, and measures every hot read: for a partner as most are, and for one
    with a hundred times as many rows."""
    with ground(state, fresh=fresh) as platform, platform.connect() as database:
        database.execute("set statement_timeout = 0")
        fill(database, scale, say)
        database.execute("set jit = off")  # as hosted Supabase sets it for the API's roles
        tables = []
        for number in (sizes(scale)["partners"] // 2 + 1, 7):
            subject = some_subject(database, number)
            table = Table(
                f"Hot reads at {sizes(scale)['partners']:,} partners, for one with {subject.leads:,} leads and"
                f" {subject.deals:,} deals: execution in the database, medians",
                ("read", "ms", "owner, ms", "ratio", "aim"),
            )
            for read in reads(database, subject):
                partner, owner = measure(database, subject, read, rounds)
                add(table, read, partner, owner)
                if plans and table.missed and read.name in table.missed[-1]:
                    say(f"{read.name}\n{json.dumps(partner[-1].plan, indent=1)}")
            tables.append(table)
    return tables


def add(table: Table, read: Read, partner: list[Run], owner: list[Run]) -> None:
    ours = median([run.milliseconds for run in partner])
    theirs = median([run.milliseconds for run in owner])
    ratio = ours / theirs
    misses = []
    if ours > read.limit_ms:
        misses.append(f"{ours:.2f} ms, aim {read.limit_ms:g} ms")
    if ratio > RATIO and ours - theirs > FIXED_MS:
        misses.append(f"{ratio:.2f} times the owner's query, aim {RATIO:g} or {FIXED_MS:g} ms")
    if partner[-1].read_whole:
        misses.append(f"reads {', '.join(partner[-1].read_whole)} from end to end")
    table.add(
        read.name, f"{ours:.2f}", f"{theirs:.2f}", f"{ratio:.2f}", f"{read.limit_ms:g} ms, {RATIO:g}×",
        missed=f"{read.name}: {'; '.join(misses)}" if misses else None,
    )  # fmt: skip


def some_subject(database: psycopg.Connection, number: int) -> Subject:
    """A partner by their number, a lead and a channel of theirs."""
    partner = id_of("partner", number)
    row = database.execute(
        "select me.id::text,"
        " (select id::text from public.leads where partner_id = me.id and deleted_at is null order by id limit 1),"
        " (select channel_id::text from public.channel_members where partner_id = me.id order by channel_id limit 1),"
        " (select count(*) from public.leads where partner_id = me.id),"
        " (select count(*) from public.deals where partner_id = me.id)"
        " from (select %s::uuid as id) as me",
        (partner,),
    ).fetchone()
    assert row is not None
    return Subject(*row)

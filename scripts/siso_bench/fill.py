"""A hundred thousand partners and what belongs to them, written set-wise past triggers and foreign keys.

The rows obey every rule that a read relies on (unique keys, check constraints, ranks, sequence numbers); they have no
ledger behind them. ``scale`` 1.0 gives 100,000 partners, 1,000,000 leads with 2,000,000 activities, 2,000,000 deals with
a payment and a line each (half of them of leads that have been erased since), 3,000,000 messages, 1,000,000 notices.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg
from psycopg import sql

# Row number n of a kind always has the same id, so that rows can be pointed at without looking them up.
ID = "md5('{kind}' || {number})::uuid"
BIG = (
    "partner_directory", "partners", "partner_tier_history", "leads", "lead_activities", "deals", "client_payments",
    "commissions", "chat_messages", "read_cursors", "message_mentions", "notifications", "leaderboard_scores",
)  # fmt: skip


def id_of(kind: str, number: str | int) -> str:
    """The SQL of the id of one row; ``number`` is SQL, too."""
    return ID.format(kind=kind, number=number)


PARTNERS = f"""
insert into public.partners (id, name, email, status, current_tier, country, referral_code, created_at)
select {id_of("partner", "n")}, 'Partner ' || n, 'partner.' || n || '@example.com', 'active',
    case when n % 100 < 70 then 'starter' when n % 100 < 90 then 'active' when n % 100 < 98 then 'performer' else 'elite' end
        ::public.partner_tier,
    (array['US', 'DE', 'GB', 'FR', 'IN'])[1 + n % 5], 'BENCH' || n, now() - (n % 700) * interval '1 day'
from generate_series(1, %(partners)s) as n;
insert into private.auth_identities (issuer, subject, partner_id)
select 'supabase', id::text, id from public.partners where referral_code like 'BENCH%%';
insert into public.partner_directory (id, name, current_tier, country, listed, since)
select id, name, current_tier, country, true, created_at from public.partners where referral_code like 'BENCH%%';
insert into public.partner_tier_history (partner_id, tier, valid_from, reason)
select id, current_tier, created_at, 'joined' from public.partners where referral_code like 'BENCH%%';
"""

# One lead in ten belongs to one of the first hundred partners: about a thousand each at full scale.
OWNER = "case when n % 10 = 0 then 1 + (n / 10) % 100 else 1 + (hashint8(n)::bigint & 2147483647) % %(partners)s end"

LEADS = f"""
insert into public.leads (
    id, partner_id, company_name, contact_name, contact_email, estimated_value, status, lost_reason, stage_entered_at, created_at
)
select {id_of("lead", "n")}, {id_of("partner", f"({OWNER})")}, 'Client ' || n, 'Contact ' || n, 'client.' || n || '@example.com',
    150000, known.status, case when known.status = 'closed_lost' then 'no budget' end,
    now() - (n % 90) * interval '1 day', now() - (n % 700) * interval '1 day'
from generate_series(1, %(leads)s) as n
cross join lateral (
    select (enum_range(null::public.lead_status))[1 + n % 6] as status
) as known;
insert into public.lead_activities (id, lead_id, partner_id, activity_type, notes, created_at)
select md5('activity' || lead.id || k)::uuid, lead.id, lead.partner_id, 'call', 'spoke about the offer', lead.created_at + k * interval '1 day'
from public.leads as lead
cross join generate_series(1, 2) as k;
"""

DEALS = f"""
insert into public.deals (
    id, lead_id, partner_id, reference, request_id, status, claimed_value, contracted_value, currency, won_at, plan_id, tier_at_win,
    rate_bp, clearing_days, verified_at
)
select {id_of("deal", "n")},
    case when n <= %(leads)s then {id_of("lead", "n")} else {id_of("erased-lead", "n")} end,
    {id_of("partner", f"({OWNER})")}, 'D-B' || n, {id_of("request", "n")}, 'verified', 150000, 150000, 'USD',
    now() - (n % 700) * interval '1 day', (select id from public.commission_plans order by version limit 1), 'starter', 2000, 30,
    now() - (n % 700) * interval '1 day'
from generate_series(1, %(deals)s) as n;
insert into public.client_payments (id, inbound_event_id, deal_id, source, source_id, instalment, amount, currency, cleared_at)
select {id_of("payment", "n")}, {id_of("inbound", "n")}, {id_of("deal", "n")}, 'bench', 'p' || n, 1, 150000, 'USD',
    now() - (n % 700) * interval '1 day'
from generate_series(1, %(deals)s) as n;
insert into public.commissions (
    id, partner_id, lead_id, deal_id, client_payment_id, commission_type, status, amount, currency, plan_id, tier, rate_bp,
    base_amount, clears_at, created_at
)
select {id_of("line", "n")}, deal.partner_id, deal.lead_id, deal.id, {id_of("payment", "n")}, 'base',
    case when n % 700 > 60 then 'paid' when n % 700 > 30 then 'payable' else 'pending' end::public.commission_status,
    30000, 'USD', deal.plan_id, 'starter', 2000, 150000, deal.won_at + interval '30 days', deal.won_at
from generate_series(1, %(deals)s) as n
join public.deals as deal on deal.id = {id_of("deal", "n")};
"""

# Two hundred channels: those of the seed, and team channels of which a partner knows twenty.
CHAT = f"""
insert into public.chat_channels (id, name, type, leader_id, last_seq)
select {id_of("channel", "n")}, 'team-' || n, 'team', {id_of("partner", "n")}, %(messages)s / 200
from generate_series(1, 200) as n;
insert into public.channel_members (channel_id, partner_id)
select {id_of("channel", "(1 + (n + k * 7) % 200)")}, {id_of("partner", "n")}
from generate_series(1, %(partners)s) as n
cross join generate_series(1, 20) as k;
insert into public.read_cursors (channel_id, partner_id, last_read_seq)
select channel_id, partner_id, (%(messages)s / 200) - hashtext(partner_id::text) %% 50
from public.channel_members where channel_id in (select {id_of("channel", "n")} from generate_series(1, 200) as n);
insert into public.chat_messages (id, channel_id, seq, partner_id, author_name, message, created_at)
select {id_of("message", "n")}, {id_of("channel", "(1 + n % 200)")}, 1 + (n - 1) / 200,
    {id_of("partner", "(1 + (hashint8(n)::bigint & 2147483647) % %(partners)s)")}, 'Somebody',
    'message ' || n || ' about client ' || n % 5000, now() - (%(messages)s - n) * interval '10 seconds'
from generate_series(1, %(messages)s) as n;
insert into public.message_mentions (message_id, partner_id, channel_id, seq)
select message.id, {id_of("partner", "(1 + message.seq * 31 % %(partners)s)")}, message.channel_id, message.seq
from public.chat_messages as message
where message.seq % 20 = 0;
"""

REST = f"""
insert into public.notifications (id, partner_id, type, title, message, read, read_at, created_at)
select {id_of("notice", "n")}, {id_of("partner", "(1 + n % %(partners)s)")}, 'commission', 'Commission on its way', 'A client has paid.',
    n % 10 > 0, case when n % 10 > 0 then now() end, now() - (n % 700) * interval '1 hour'
from generate_series(1, %(partners)s * 10) as n;
insert into public.leaderboard_scores (period, starts_on, partner_id, tier, country, points, deals, reached_at)
select wanted.period, private.period_start(wanted.period, now()), partner.id, partner.current_tier, partner.country,
    (hashtext(partner.id::text || wanted.period::text) & 1023) * 100, hashtext(partner.id::text || wanted.period::text) & 1023,
    now() - (hashtext(partner.id::text) & 1023) * interval '1 minute'
from public.partners as partner
cross join unnest(enum_range(null::public.score_period)) as wanted (period)
where partner.referral_code like 'BENCH%%';
"""


def sizes(scale: float) -> dict[str, int]:
    """How many rows of each kind; at least a hundred partners."""
    partners = max(100, int(100_000 * scale))
    return {"partners": partners, "leads": partners * 10, "deals": partners * 20, "messages": partners * 30 // 200 * 200}


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
        for name, text in (("partners", PARTNERS), ("leads", LEADS), ("deals", DEALS), ("chat", CHAT), ("rest", REST)):
            started = time.monotonic()
            for statement in text.split(";\n"):
                if statement.strip():
                    database.execute(sql.SQL(_bound(statement, sizes(scale))))  # type: ignore[arg-type]
            say(f"{name}: {time.monotonic() - started:.0f} s")
        started = time.monotonic()
        for _name, definition in indexes:
            database.execute(definition)  # type: ignore[arg-type]
        say(f"indexes: {time.monotonic() - started:.0f} s")
        database.execute("insert into private.bench_scale values (%s)", (scale,))
    database.execute("select private.take_leaderboard_snapshot()")
    database.execute("vacuum (analyze)")


def _bound(statement: str, numbers: dict[str, int]) -> str:
    for name, number in numbers.items():
        statement = statement.replace(f"%({name})s", str(number))
    return statement.replace("%%", "%")


def _plain_indexes(database: psycopg.Connection) -> list[tuple[str, str]]:
    """Name and definition of every index of the big tables that belongs to no constraint: faster made at the end."""
    return database.execute(
        "select known.indexname, known.indexdef from pg_indexes as known"
        " where known.schemaname = 'public' and known.tablename = any(%s) and not exists ("
        "  select from pg_constraint where conindid = ('public.' || quote_ident(known.indexname))::regclass)",
        (list(BIG),),
    ).fetchall()

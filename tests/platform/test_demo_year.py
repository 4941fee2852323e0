"""The demo year on platforms of its own: every figure worked out again from its sources, a play that is killed, and the
same year twice."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil
import pytest

from siso_local.demo_year.cast import APPLICANTS, DEVICES, SHOWN, email_of
from siso_local.demo_year.cast import PARTS as CAST
from siso_local.demo_year.pipeline import plan
from siso_local.demo_year.stage import DAYS
from siso_local.settings import ROOT
from tests.platform.demo_year_support import TRAP, Platform, Rows, nothing_is_left
from workers.commissions.domain import share_of

TIERS = ("starter", "active", "performer", "elite")
TRACK_OF = {"active": "core", "performer": "advanced", "elite": "leadership"}
# Sums that say all of a year, whatever the ids are.
FIGURES = """
    select partner.name, partner.current_tier::text, partner.status::text,
        (select count(*) from public.leads as lead where lead.partner_id = partner.id),
        (select coalesce(sum(deal.claimed_value), 0) from public.deals as deal where deal.partner_id = partner.id),
        (
            select coalesce(jsonb_object_agg(sums.status, sums.amount), '{}')
            from (
                select line.status, sum(line.amount) as amount
                from public.commissions as line where line.partner_id = partner.id group by 1
            ) as sums
        )::text,
        (select coalesce(sum(payout.amount), 0) from public.payouts as payout where payout.partner_id = partner.id),
        (select count(*) from public.chat_messages as message where message.partner_id = partner.id),
        (select count(*) from public.notifications as note where note.partner_id = partner.id),
        (select count(*) from public.certificates as held where held.partner_id = partner.id)
    from public.partners as partner
    order by partner.name
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    platform = Platform(tmp_path_factory.mktemp("played").resolve() / "state")
    platform.start()
    yield platform
    platform.stop()


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform whose first play was killed in the middle; nothing of it may be left."""
    platform = Platform(tmp_path_factory.mktemp("healed").resolve() / "state")
    first = subprocess.Popen(
        [ROOT / "scripts" / "start", "--detach"], env=platform.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 300
    playing = "select count(*) from pg_stat_activity where application_name = 'demo year' and backend_xid is not null"
    while not (player := platform.player()) or not platform.can_answer() or platform.rows(playing)[0][0] == 0:
        assert first.poll() is None and time.monotonic() < deadline, "the play did not begin"
        time.sleep(0.1)
    for process in (psutil.Process(first.pid), player):
        process.send_signal(signal.SIGKILL)
    first.wait()
    nothing_is_left(platform)
    yield platform
    platform.stop()


@pytest.fixture(scope="module")
def refused(killed: Platform) -> tuple[Platform, str]:
    """The same platform after a play in which the database refused a step, and what the start said."""
    killed.change(TRAP)
    done = killed.try_start()
    killed.change("drop trigger trap on public.leads; drop function private.trap()")
    assert done.returncode != 0
    nothing_is_left(killed)
    return killed, done.stdout + done.stderr


@pytest.fixture(scope="module")
def healed(refused: tuple[Platform, str]) -> Platform:
    """The same platform once more, with nothing in the way."""
    assert "demo year: played" in refused[0].start()
    return refused[0]


def test_every_invariant_holds_and_no_job_is_left(played: Platform) -> None:
    views = played.rows(
        "select table_name::text from information_schema.views"
        " where table_schema = 'private' and table_name like 'check\\_%'"
    )
    assert len(views) > 15
    for (view,) in views:
        assert played.rows(f"select * from private.{view} limit 3") == [], view  # noqa: S608
    # Files (of statements, of certificates) are made by the documents worker, which does not run here.
    assert played.rows(
        "select distinct topic.worker from ops.outbox as job join ops.topics as topic on topic.topic = job.topic"
        " where job.done_at is null"
    ) == [("documents",)]
    assert played.rows("select count(*) from ops.outbox where dead_at is not null or last_error is not null") == [(0,)]
    assert played.rows("select count(*) from private.clock") == [(0,)]


def test_what_was_silent_speaks_again(played: Platform) -> None:
    sources = "".join(path.read_text() for path in (ROOT / "supabase" / "migrations").glob("*_ops.sql"))
    sources += (ROOT / "scripts" / "siso_local" / "realtime" / "schema.sql").read_text()
    for (body,) in played.rows(
        "select prosrc from pg_proc where oid in ('private.ring(text, bigint[])'::regprocedure,"
        " 'realtime.send(jsonb, text, text, boolean)'::regprocedure)"
    ):
        assert body in sources


def test_every_earning_is_what_rate_and_cash_give(played: Platform) -> None:
    lines = played.rows(
        "select line.deal_id, payment.cleared_at, payment.instalment, payment.amount, line.amount, line.base_amount,"
        " line.rate_bp, line.booked_before, deal.rate_bp, deal.claimed_value"
        " from public.commissions as line"
        " join public.client_payments as payment on payment.id = line.client_payment_id"
        " join public.deals as deal on deal.id = line.deal_id"
        " where line.commission_type = 'base' and line.corrects_id is null order by 1, 2, 3"
    )
    assert len(lines) > 250
    cash: Counter[Any] = Counter()
    booked: Counter[Any] = Counter()
    for deal, _, _, paid, amount, base, rate, before, frozen_rate, value in lines:
        assert rate == frozen_rate
        assert amount == share_of(cash[deal] + paid, rate) - booked[deal]
        assert (base, before) == (cash[deal] + paid, booked[deal])
        cash[deal] += paid
        booked[deal] += amount
        assert cash[deal] <= value
        assert booked[deal] == share_of(cash[deal], rate)


def test_tiers_are_what_the_rules_give(played: Platform) -> None:
    needed: dict[str, int] = dict(
        played.rows("select tier::text, min_qualified_deals from public.tier_definitions order by position")
    )
    tracks = {
        row[0] for row in played.rows("select distinct track from public.training_modules where track is not null")
    }
    held = set(played.rows("select partner_id, track from public.certificates where revoked_at is null"))
    deals: dict[Any, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for partner, at, gone in played.rows(
        "select partner_id, verified_at, disqualified_at from public.deals where status = 'verified'"
    ):
        deals[partner].append((at, gone))
    spells: dict[Any, Rows] = defaultdict(list)
    for spell in played.rows(
        "select partner_id, tier::text, valid_from from public.partner_tier_history order by 1, 3"
    ):
        spells[spell[0]].append(spell)
    now = datetime.now(UTC)
    for partner, name, tier, status in played.rows(
        "select id, name, current_tier::text, status::text from public.partners"
    ):
        history = spells[partner]
        assert [spell[1] for spell in history] == list(TIERS[: len(history)]), name
        assert history[-1][1] == tier
        for spell, before in zip(history[1:], history, strict=False):
            since = spell[2]
            assert (
                sum(at <= since and (gone is None or gone > since) for at, gone in deals[partner]) >= needed[spell[1]]
            ), name
            track = TRACK_OF[spell[1]]
            assert track not in tracks or (partner, track) in held, name
            assert spell[1] == "active" or since - before[2] >= timedelta(days=30), name
        # And nobody was kept waiting.
        above = TIERS[TIERS.index(tier) + 1] if tier != "elite" else None
        if (
            above
            and status in ("active", "inactive")
            and sum(gone is None for _, gone in deals[partner]) >= needed[above]
        ):
            track = TRACK_OF[above]
            fresh = above != "active" and now - history[-1][2] < timedelta(days=31)
            assert fresh or (track in tracks and (partner, track) not in held), name


def test_who_has_too_few_deals_left_is_at_risk(played: Platform) -> None:
    assert played.rows(
        "select partner.name, risk.tier::text, risk.qualified_deals, risk.needed from public.tier_risks as risk"
        " join public.partners as partner on partner.id = risk.partner_id where risk.closed_at is null"
    ) == [("At risk 01", "performer", 9, 10)]


def test_names_fit_and_belong_to_nobody(played: Platform) -> None:
    people = played.rows("select name, email::text, phone, current_tier::text, status::text from public.partners")
    assert len(people) == len(CAST) + 3
    for name, email, phone, tier, status in people:
        assert email == email_of(name)
        assert re.fullmatch(r"\+120255501\d\d", phone)
        kind = name.rsplit(" ", 1)[0].lower()
        if kind in TIERS:
            assert (kind, status) == (tier, "active"), name
    assert {tier for _, _, _, tier, _ in people} == set(TIERS)
    assert {status for _, _, _, _, status in people} == {"active", "inactive", "suspended", "terminated"}
    for company, email, phone in played.rows(
        "select company_name, contact_email::text, contact_phone from public.leads"
    ):
        number = re.fullmatch(r"Client (\d{2,3})", company)
        assert number, company
        assert email == f"client.{number[1]}@example.com"
        assert phone is None or re.fullmatch(r"\+120255501\d\d", phone)
    assert set(played.rows("select name, status::text from public.applications where status <> 'approved'")) == {
        (applicant.name, applicant.ends) for applicant in APPLICANTS
    }
    assert played.rows("select count(*) from auth.users where email not like '%@example.com'") == [(0,)]


def test_boards_and_badges_count_the_deals(played: Platform) -> None:
    won: dict[Any, int] = dict(
        played.rows(
            "select partner_id, count(*) from public.deals"
            " where status = 'verified' and disqualified_at is null group by 1"
        )
    )
    scores = played.rows("select partner_id, points, deals from public.leaderboard_scores where period = 'all'")
    assert {partner: deals for partner, _, deals in scores if deals} == won
    ranks = played.rows(
        "select snapshot.rank, snapshot.points from public.leaderboard_snapshots as snapshot"
        " where period = 'all' order by rank"
    )
    assert [points for _, points in ranks] == sorted((points for _, points in ranks), reverse=True)
    assert [rank for rank, _ in ranks] == list(range(1, len(ranks) + 1))
    ten = {row[0] for row in played.rows("select partner_id from public.achievements where badge_type = 'ten_deals'")}
    # A badge stays with whoever has earned it, also when a deal stops to count.
    verified = played.rows("select partner_id, count(*) from public.deals where status = 'verified' group by 1")
    assert ten == {partner for partner, count in verified if count >= 10}


def test_what_was_paid_is_what_stripe_has(played: Platform) -> None:
    paid = played.rows(
        "select currency::text, sum(amount - fee)::bigint, count(*) from public.payouts where status = 'paid'"
        " group by 1 order by 1"
    )
    transfers = played.stripe(
        "select upper(json_extract(body, '$.currency')), sum(json_extract(body, '$.amount')), count(*) from objects"
        " where kind = 'transfer' group by 1 order by 1"
    )
    assert paid == transfers
    assert [currency for currency, _, _ in paid] == ["EUR", "GBP", "JPY", "USD"]
    assert sum(count for _, _, count in paid) > 50
    fees: dict[str, int] = dict(
        played.rows("select currency::text, sum(fee)::bigint from public.payouts where status = 'paid' group by 1")
    )
    lines = played.rows(
        "select currency::text, sum(amount)::bigint from public.commissions where status = 'paid' group by 1 order by 1"
    )
    assert lines == [(currency, amount + fees[currency]) for currency, amount, _ in paid]
    months = played.stripe(
        "select count(distinct strftime('%Y-%m', json_extract(body, '$.created'), 'unixepoch')) from objects"
        " where kind = 'transfer'"
    )
    assert months[0][0] >= 9


def test_the_year_shows_what_can_happen_to_money(played: Platform) -> None:
    for what, least in {
        "public.client_refunds as refund join public.client_payments as paid on paid.id = refund.client_payment_id"
        " where refund.kind = 'refund' and refund.amount < paid.amount": 1,
        "public.client_refunds as refund join public.client_payments as paid on paid.id = refund.client_payment_id"
        " where refund.kind = 'refund' and refund.amount = paid.amount": 1,
        "public.client_disputes where status = 'won'": 1,
        "public.client_disputes where status = 'lost'": 1,
        "public.client_disputes where status = 'opened'": 1,
        "public.deals where status = 'cancelled'": 1,
        "public.risk_holds where decision = 'released'": 1,
        "public.risk_holds where decision = 'upheld'": 1,
        "public.payout_items as item join public.payouts as payout on payout.id = item.payout_id"
        " where item.amount < 0 and payout.status = 'paid'": 1,
        "public.payouts where status = 'cancelled'": 1,
        "public.payouts as payout join public.instant_payouts as instant on instant.payout_id = payout.id"
        " join ledger.journals as journal on journal.source_id = payout.id and journal.kind = 'instant_fee'"
        " where payout.status = 'paid' and payout.fee > 0 and instant.status = 'arrived'": 2,
        "public.payouts as payout join public.instant_payouts as instant on instant.payout_id = payout.id"
        " where payout.status = 'paid' and payout.fee = 0 and instant.status = 'fell_back'": 1,
        "public.bank_payouts as refused join public.bank_payouts as again on again.partner_id = refused.partner_id"
        " where refused.status = 'failed' and again.status = 'paid' and again.made_at > refused.made_at"
        " and again.amount >= refused.amount": 1,
        "public.bank_payouts as refused where refused.status = 'failed' and not exists (select from"
        " public.bank_payouts as again where again.partner_id = refused.partner_id and again.status <> 'failed')": 1,
        "(select partner_id from public.payouts where status = 'paid' group by 1 having count(distinct currency) > 1)"
        " as several": 1,
        "public.challenge_entries where status = 'confirmed' and prize_line_id is not null": 1,
        "public.commissions where commission_type = 'team_override'": 10,
        "public.commissions where commission_type = 'referral'": 5,
        "public.lead_shares where revoked_at is null": 2,
    }.items():
        assert played.rows(f"select count(*) from {what}")[0][0] >= least, what  # noqa: S608


def test_every_figure_has_something_to_say(played: Platform) -> None:
    """Uptime alone is of the running platform: a year that was not run has none."""
    report = {
        (requirement, part): (value, numerator, denominator)
        for requirement, part, value, numerator, denominator in played.rows(
            "select requirement, part, value, numerator, denominator from private.kpi_report()"
        )
    }
    goals = played.rows("select requirement, part from private.figure_goals")
    assert len(goals) == 20
    assert {key for key in goals if report[key][0] is None} == {("R-030", "all")}
    for key in goals:
        if report[key][0] is not None:
            assert report[key][1] > 0, key
    # Shares of people who are not all alike.
    for requirement in ("R-009", "R-011", "R-015", "R-017", "R-019", "R-020", "R-021", "R-025", "R-028"):
        assert 0 < report[requirement, "all"][0] < 1, requirement
    for currency in ("EUR", "GBP", "JPY", "USD"):
        assert 0 < report["R-008", currency][0] < 1
    for currency in ("EUR", "GBP", "JPY"):
        assert report["R-013", currency][0] > 0
    assert (
        report["R-010", "all"][0] == played.rows("select count(*) from public.partners where status = 'active'")[0][0]
    )
    assert 1 <= report["R-016", "all"][0] <= 5
    # Nobody who objected is counted.
    assert played.rows(
        "select count(*) from public.privacy_preferences as wish where not wish.usage_recording and not exists"
        " (select from public.usage_events as used where used.partner_id = wish.partner_id)"
    ) == [(1,)]


def test_notifications_reached_the_devices(played: Platform) -> None:
    with sqlite3.connect(f"file:{played.state}/push.sqlite3?mode=ro", uri=True) as store:
        taken = store.execute("select count(*), sum(replaced) from messages where payload is not null").fetchone()
    told: dict[str, int] = dict(played.rows("select outcome, count(*) from ops.push_deliveries group by 1"))
    assert taken[0] + taken[1] == told["accepted"] > 50
    ended = sum(device.until is not None for device in DEVICES)
    assert told["gone"] == ended > 0
    assert played.rows("select count(*) from public.push_subscriptions") == [(len(DEVICES) - ended,)]


def test_a_change_of_the_bank_account_was_told_by_mail(played: Platform) -> None:
    with sqlite3.connect(f"file:{played.state}/mail.sqlite3?mode=ro", uri=True) as store:
        mails = store.execute("select recipients, subject from messages order by 1").fetchall()
    notices = played.rows("select address from ops.security_notices where sent_at is not null")
    assert len(notices) == 1
    assert mails == [(f'["{notices[0][0]}"]', "The bank account for your payouts was changed")]


def test_statements_end_where_the_ledger_does(played: Platform) -> None:
    for partner, currency, closing, month in played.rows(
        "select distinct on (partner_id, currency) partner_id, currency::text, closing_balance, period"
        " from public.statements order by partner_id, currency, period desc"
    ):
        balance = played.rows(
            "select -coalesce(sum(line.amount), 0)::bigint from ledger.lines as line"
            " join ledger.accounts as account on account.id = line.account_id"
            " join ledger.journals as journal on journal.id = line.journal_id"
            " where account.partner_id = %s and account.currency = %s"
            " and journal.posted_at < (%s::date + interval '1 month') at time zone 'UTC'",
            partner, currency, month,
        )  # fmt: skip
        assert balance == [(closing,)]


def test_the_shown_can_log_in(played: Platform) -> None:
    said = played.start()
    for name in SHOWN:
        assert f"{name} " in said
        assert email_of(name) in said
    wrong = "encrypted_password <> extensions.crypt('demo-Partner-1', encrypted_password)"
    assert played.rows(f"select count(*) from auth.users where {wrong}") == [(0,)]  # noqa: S608


def test_a_start_says_which_step_failed_and_why(refused: tuple[Platform, str]) -> None:
    lead = next(lead for lead in plan() if lead.number == 90)
    date = datetime.now(UTC).date() - timedelta(days=DAYS - lead.created)
    said = " ".join(refused[1].split())
    assert (
        f"The demo year could not be played: a step failed on day {lead.created} ({date}): {lead.partner},"
        " a row of public.leads: Client 90 is a trap. Hint: Take the trap away. (23514)"
    ) in said
    assert "ipeline" not in said


def test_a_killed_play_leaves_nothing_and_the_year_is_the_same_again(played: Platform, healed: Platform) -> None:
    assert healed.rows(FIGURES) == played.rows(FIGURES)

"""Figures of the app against small histories of 2020, and the report of all figures."""

from __future__ import annotations

import re
import uuid

import psycopg
import pytest

from siso_local.settings import ROOT
from tests.database.figures_support import Figure, figure, partner, tier, use, window
from tests.database.harness import Person, rows, value

EMPTY = "2019-07-01T00:00:00Z"  # before everybody
AT = "2020-07-15T12:00:00Z"
ELSEWHERE = "https://login.example.com"


@pytest.mark.parametrize(
    "view", ["kpi_mobile_share", "kpi_installs", "kpi_session_length", "kpi_feature_adoption", "kpi_push_delivery"]
)
def test_without_events_there_is_no_value_and_no_error(db: psycopg.Connection, view: str) -> None:
    found = figure(db, view, EMPTY)
    assert found["all"] == Figure(0, 0, None, 0)
    assert {each.value for each in found.values()} == {None}


def test_uptime_without_a_heartbeat_has_no_value(db: psycopg.Connection) -> None:
    assert figure(db, "kpi_uptime", EMPTY) == {"all": Figure(0, 0, None, 0)}


def test_mobile_is_the_share_of_uses_and_not_of_opens(db: psycopg.Connection) -> None:
    """30 complete days: 15 June to 14 July."""
    one = partner(db, "2020-01-01T00:00:00Z", issuer=ELSEWHERE)
    former = partner(db, "2020-01-01T00:00:00Z", status="terminated")
    for who, at, device in (
        (one, "2020-06-15T00:00:00Z", "phone"), (one, "2020-07-14T23:59:59Z", "tablet"),
        (former, "2020-07-01T00:00:00Z", "desktop"),
        (one, "2020-06-14T23:59:59Z", "desktop"), (one, "2020-07-15T00:00:00Z", "desktop"),
    ):  # fmt: skip
        use(db, who, at, "feature", feature="leads.pipeline", device=device)
    use(db, one, "2020-07-01T00:00:00Z", "opened", device="desktop")
    assert figure(db, "kpi_mobile_share", AT)["all"] == Figure(2, 3, 0.6667, 0)
    assert window(db, "kpi_mobile_share", AT) == ("2020-06-15 00:00", "2020-07-15 00:00")


def test_installed_is_who_said_so_or_uses_it_standing_alone(db: psycopg.Connection) -> None:
    """90 complete days: 16 April to 14 July."""
    inside = "2020-04-16T00:00:00Z"
    use(db, partner(db, "2020-01-01T00:00:00Z"), inside, "installed")
    use(db, partner(db, "2020-01-01T00:00:00Z", issuer=ELSEWHERE), inside, display="standalone")
    use(db, partner(db, "2020-01-01T00:00:00Z"), inside)  # in the browser
    gone = partner(db, "2020-01-01T00:00:00Z")
    use(db, gone, "2020-04-15T23:59:59Z", "installed")  # too long ago, nothing since: nothing is known
    partner(db, "2020-01-01T00:00:00Z")  # never there, or objected
    for status in ("suspended", "terminated"):
        use(db, partner(db, "2020-01-01T00:00:00Z", status=status), inside, "installed")
    assert figure(db, "kpi_installs", AT)["all"] == Figure(2, 3, 0.6667, 2)


def test_a_session_is_an_opening_and_its_length_the_time_in_front(db: psycopg.Connection) -> None:
    """30 complete days. (600 + 300 + 1,300) s = 36.67 min in 3 sessions = 12.22 min."""
    one = partner(db, "2020-01-01T00:00:00Z")
    other = partner(db, "2020-01-01T00:00:00Z", status="suspended", issuer=ELSEWHERE)
    for who, at in ((one, "2020-06-15T00:00:00Z"), (one, "2020-07-14T23:59:59Z"), (other, "2020-07-01T00:00:00Z")):
        use(db, who, at, "opened")
    for who, at, seconds in (
        (one, "2020-06-15T00:10:00Z", 600), (one, "2020-06-15T00:15:00Z", 300), (other, "2020-07-01T00:30:00Z", 1300),
    ):  # fmt: skip
        use(db, who, at, "foreground", seconds=seconds)
    use(db, one, "2020-06-14T23:59:59Z", "opened")
    use(db, one, "2020-07-15T00:00:00Z", "foreground", seconds=3600)
    assert figure(db, "kpi_session_length", AT)["all"] == Figure(36.67, 3, 12.22, 0)


def test_adoption_counts_pairs_of_partner_and_feature_of_their_tier(db: psycopg.Connection) -> None:
    db.execute("delete from private.measured_features")
    db.execute("insert into private.measured_features values ('tracker.earnings'), ('leads.pipeline')")
    starter = partner(db, "2020-01-01T00:00:00Z")  # has one of the two: leads.pipeline opens with Active
    use(db, starter, "2020-06-15T00:00:00Z", "feature", feature="tracker.earnings")
    use(db, starter, "2020-07-01T00:00:00Z", "feature", feature="leads.pipeline")  # not in their tier: no pair
    elite = partner(db, "2020-01-01T00:00:00Z", tier="elite", issuer=ELSEWHERE)  # has both
    use(db, elite, "2020-07-14T23:59:59Z", "feature", feature="leads.pipeline")
    use(db, elite, "2020-07-14T23:59:59Z", "feature", feature="leads.pipeline")  # twice is once
    use(db, elite, "2020-06-14T23:59:59Z", "feature", feature="tracker.earnings")  # too early
    use(db, elite, "2020-07-01T00:00:00Z", "feature", feature="support.faq")  # not measured
    partner(db, "2020-01-01T00:00:00Z", tier="elite")  # nothing is known of them
    gone = partner(db, "2020-01-01T00:00:00Z", tier="active", status="suspended")
    use(db, gone, "2020-07-01T00:00:00Z", "feature", feature="leads.pipeline")
    found = figure(db, "kpi_feature_adoption", AT)
    assert found["all"] == Figure(2, 3, 0.6667, 0)
    assert found["starter"] == Figure(1, 1, 1, 0)
    assert found["elite"] == Figure(1, 2, 0.5, 0)
    assert found["active"] == Figure(0, 0, None, 0)


def test_the_app_reports_exactly_the_features_that_are_measured(db: psycopg.Connection) -> None:
    source = (ROOT / "pwa/src/features/usage/model.ts").read_text()
    table = source[source.index("const FEATURES") : source.index("];", source.index("const FEATURES"))]
    reported = set(re.findall(r"'([a-z_]+\.[a-z_]+)'", table))
    assert reported == {key for (key,) in rows(db, "select benefit from private.measured_features")}


def push(db: psycopg.Connection, who: Person, agent: str | None, outcome: str, at: str, *, gone: bool = False) -> None:
    """What the push service said of one push; ``gone``: the subscription is deleted afterwards."""
    note = value(
        db,
        "insert into public.notifications (partner_id, type, title, message)"
        " values (%s, 'reminder', 'Title', 'Text') returning id",
        who.id,
    )
    subscription = value(
        db,
        "insert into public.push_subscriptions (partner_id, endpoint, p256dh, auth, user_agent)"
        " values (%s, %s, repeat('k', 87), repeat('a', 22), %s) returning id",
        who.id, f"https://push.example.com/{uuid.uuid4()}", agent,
    )  # fmt: skip
    db.execute(
        "insert into ops.push_deliveries (notification_id, subscription_id, outcome, at) values (%s, %s, %s, %s)",
        (note, subscription, outcome, at),
    )
    if gone:
        db.execute("delete from public.push_subscriptions where id = %s", (subscription,))


def test_push_delivery_is_what_the_services_accepted_per_platform(db: psycopg.Connection) -> None:
    """30 complete days: 15 June to 14 July."""
    one = partner(db, "2020-01-01T00:00:00Z", issuer=ELSEWHERE)
    former = partner(db, "2020-01-01T00:00:00Z", status="terminated")
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"
    android = "Mozilla/5.0 (Linux; Android 15; Pixel) Mobile"
    push(db, one, iphone, "accepted", "2020-06-15T00:00:00Z")
    push(db, one, iphone, "gone", "2020-07-14T23:59:59Z", gone=True)  # its platform is still known
    push(db, former, android, "accepted", "2020-07-01T00:00:00Z")
    push(db, one, "Mozilla/5.0 (X11; Linux x86_64)", "refused", "2020-07-01T00:00:00Z")
    push(db, one, None, "accepted", "2020-07-01T00:00:00Z")
    push(db, one, android, "refused", "2020-06-14T23:59:59Z")
    push(db, one, android, "refused", "2020-07-15T00:00:00Z")
    assert figure(db, "kpi_push_delivery", AT) == {
        "all": Figure(3, 5, 0.6, 0), "ios": Figure(1, 2, 0.5, 0), "android": Figure(1, 1, 1, 0),
        "desktop": Figure(0, 1, 0, 0), "unknown": Figure(1, 1, 1, 0),
    }  # fmt: skip


# -- uptime -----------------------------------------------------------------------------------------------------------


def beats(db: psycopg.Connection, part: str, since: str, until: str) -> None:
    """A heartbeat in every minute from ``since`` to before ``until``."""
    db.execute(
        "insert into ops.heartbeats (part, minute) select %s, minute from generate_series(%s::timestamptz,"
        " %s::timestamptz - interval '1 minute', interval '1 minute') as minute",
        (part, since, until),
    )


def test_up_is_a_minute_in_which_every_part_was_alive(db: psycopg.Connection) -> None:
    """The database since 14 July 22:00, so 120 minutes; the payouts worker since 23:00, so 60; no other part yet."""
    db.execute("delete from ops.heartbeats")
    beats(db, "database", "2020-07-14T22:00:00Z", "2020-07-14T22:10:00Z")  # down from 22:10 to 22:13
    beats(db, "database", "2020-07-14T22:13:00Z", "2020-07-15T00:05:00Z")  # today does not count
    beats(db, "payouts", "2020-07-14T23:00:00Z", "2020-07-14T23:58:00Z")  # down for the last two minutes
    beats(db, "former part", "2020-07-01T00:00:00Z", "2020-07-01T00:01:00Z")  # no worker of any topic
    found = figure(db, "kpi_uptime", AT)
    assert found["all"] == Figure(115, 120, 0.95833, 0)  # 120 - 3 - 2
    assert found["database"] == Figure(117, 120, 0.975, 0)
    assert found["payouts"] == Figure(58, 60, 0.96667, 0)
    assert set(found) == {"all", "database", "payouts"}


def test_uptime_looks_at_thirty_complete_days(db: psycopg.Connection) -> None:
    """43,200 minutes from 15 June: alive in the first and the last of them, and around them."""
    db.execute("delete from ops.heartbeats")
    beats(db, "database", "2020-06-14T23:59:00Z", "2020-06-15T00:01:00Z")
    beats(db, "database", "2020-07-14T23:59:00Z", "2020-07-15T00:01:00Z")
    assert figure(db, "kpi_uptime", AT)["all"] == Figure(2, 43_200, 0.00005, 0)  # 0.0000463


def test_cron_and_every_worker_send_their_heartbeats(db: psycopg.Connection) -> None:
    jobs = rows(db, "select schedule, command from cron.job where jobname = 'heartbeat'")
    assert jobs == [("* * * * *", "select private.beat('database')")]
    workers = [name for (name,) in rows(db, "select distinct worker from ops.topics order by worker")]
    # The platform's own workers leave these minutes to this transaction.
    db.execute(
        "select pg_advisory_xact_lock(hashtextextended('heartbeat ' || worker, 0)) from ops.topics group by worker"
    )
    db.execute("delete from ops.heartbeats")
    for name in workers:
        for _ in range(2):  # a second time in the minute says nothing new
            db.execute(f"set local role {name}_worker".encode())
            db.execute("select * from worker.claim_jobs()")
            db.execute("reset role")
    db.execute("select private.beat('database')")
    found = rows(db, "select part, count(*) from ops.heartbeats group by part order by part")
    assert {part for part, _ in found} == {"database", *workers}
    assert all(count <= 2 for _, count in found)  # two when the minute changed between them
    db.execute("insert into ops.heartbeats (part, minute) values ('database', clock_timestamp() - interval '101 days')")
    db.execute("select private.sweep_heartbeats()")
    oldest = value(db, "select min(minute) > clock_timestamp() - interval '100 days' from ops.heartbeats")
    assert oldest is True


# -- the report -------------------------------------------------------------------------------------------------------


def test_every_figure_says_what_it_is(db: psycopg.Connection) -> None:
    described = dict(
        rows(
            db,
            "select relname::text, obj_description(oid) from pg_class"
            " where relnamespace = 'private'::regnamespace and relkind = 'v' and relname like 'kpi\\_%%' and %s",
            True,
        )
    )
    described.pop("kpi_all")
    numbers = {text.split()[0].rstrip(".") for text in described.values()}
    assert numbers == {*(f"R-0{n:02}" for n in range(8, 26)), "R-028", "R-030"}
    for view, text in described.items():
        for word in ("Numerator", "enominator", "Window", "ime zone" if view != "kpi_partners" else "moment"):
            assert word in text, f"{view} does not tell its {word}"


def test_the_report_lists_all_figures_with_goal_and_status(db: psycopg.Connection) -> None:
    report = rows(
        db,
        "select requirement, part, value, goal, floor, status from private.kpi_report(%s) where goal is not null",
        AT,
    )
    assert [number for number, *_ in report] == [*(f"R-0{n:02}" for n in range(8, 26)), "R-028", "R-030"]
    by_number = {number: rest for number, *rest in report}
    assert [float(n) for n in by_number["R-012"][2:4]] == [0.9, 0.75]  # all four figures are there
    assert [float(n) for n in by_number["R-022"][2:4]] == [0.9, 0.75]
    assert float(by_number["R-021"][2]) == 0.85
    assert float(by_number["R-025"][2]) == 0.1
    assert by_number["R-009"][4] == "no data"
    assert value(db, "select current_setting('siso.figures_at')") == ""


@pytest.mark.parametrize(
    ("there", "status"), [(0, "below"), (14, "below"), (15, "floor"), (17, "floor"), (18, "goal"), (20, "goal")]
)
def test_status_by_goal_and_floor(db: psycopg.Connection, there: int, status: str) -> None:
    """Of 20 partners 15 are exactly 75 % and 18 are exactly 90 %."""
    for number in range(20):
        who = partner(db, "2020-04-02T00:00:00Z")
        if number < there:
            db.execute(
                "insert into public.tasks (partner_id, title, done_at) values (%s, 'Call', '2020-06-30T00:00:00Z')",
                (who.id,),
            )
    found = rows(
        db, "select requirement, status from private.kpi_report(%s) where requirement in ('R-012', 'R-022')", AT
    )
    assert found == [("R-012", status), ("R-022", status)]


@pytest.mark.parametrize(("days", "status"), [(89, "goal"), (90, "below"), (91, "below")])
def test_less_than_ninety_days_is_less(db: psycopg.Connection, days: int, status: str) -> None:
    who = partner(db, "2020-02-01T00:00:00Z")
    at = value(db, "select ('2020-02-01T00:00:00Z'::timestamptz + make_interval(hours => 24 * %s))::text", days)
    tier(db, who, "active", at)
    found = rows(db, "select status from private.kpi_report(%s) where requirement = 'R-023' and part = 'all'", AT)
    assert found == [(status,)]

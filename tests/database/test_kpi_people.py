"""Figures of people against small histories of 2020, worked out by hand in the comments."""

from __future__ import annotations

import psycopg
import pytest

from tests.database.figures_support import Figure, act, figure, partner, tier, window
from tests.database.harness import by_hand, make_partner

EMPTY = "2019-07-01T00:00:00Z"  # before everybody
AT = "2020-07-15T12:00:00Z"
SHARES = (
    "kpi_daily_active", "kpi_retention_30_days", "kpi_retention_90_days", "kpi_retention_3_months",
    "kpi_elite_retention", "kpi_churn", "kpi_tier_advancement", "kpi_training_completion",
)  # fmt: skip


@pytest.mark.parametrize("view", SHARES)
def test_without_partners_there_is_no_value_and_no_error(db: psycopg.Connection, view: str) -> None:
    found = figure(db, view, EMPTY)
    assert found["all"] == Figure(0, 0, None, 0)
    assert {part.value for part in found.values()} == {None}


def test_active_partners_are_counted_per_tier(db: psycopg.Connection) -> None:
    partner(db, "2020-01-01T00:00:00Z")
    partner(db, "2020-01-01T00:00:00Z", tier="elite", issuer="https://login.example.com")
    partner(db, "2020-07-15T12:00:00Z")  # joins at the moment itself: not yet
    for status in ("suspended", "terminated", "inactive", "pending"):
        partner(db, "2020-01-01T00:00:00Z", status=status)
    found = figure(db, "kpi_partners", AT)
    assert {part: each.value for part, each in found.items()} == {
        "all": 2, "starter": 1, "active": 0, "performer": 0, "elite": 1,
    }  # fmt: skip
    assert found["all"].denominator is None


def test_a_day_counts_when_something_meaningful_was_done_on_it(db: psycopg.Connection) -> None:
    """Window: 28 complete days, 17 June to 14 July 2020."""
    old = partner(db, "2020-01-01T00:00:00Z")
    act(db, old, "2020-06-17T00:00:00Z", "2020-07-01T08:00:00Z", "2020-07-01T20:00:00Z", "2020-07-14T23:59:59Z")
    act(db, old, "2020-06-16T23:59:59Z", "2020-07-15T00:00:00Z")  # the day before the window, and today
    # Joined on the 10th: the first full day is the 11th, so four days (11 to 14), of which one was active; what was
    # done on the day of joining is on no counted day.
    new = partner(db, "2020-07-10T09:00:00Z", issuer="https://login.example.com")
    act(db, new, "2020-07-10T10:00:00Z", "2020-07-12T10:00:00Z")
    # Joined today: no complete day yet. Suspended, paused and former partners are no active partners.
    act(db, partner(db, "2020-07-15T01:00:00Z"), "2020-07-15T02:00:00Z")
    for status in ("suspended", "terminated", "inactive"):
        act(db, partner(db, "2020-01-01T00:00:00Z", status=status), "2020-07-14T08:00:00Z")
    found = figure(db, "kpi_daily_active", AT)
    assert found["all"] == Figure(4, 32, 0.125, 0)  # 3 + 1 of 28 + 4
    assert found["yesterday"] == Figure(1, 2, 0.5, 0)  # the old one on the 14th
    assert found["DAU/MAU"] == Figure(4, 56, 0.0714, 0)  # 4 of 28 days for each of the two
    assert window(db, "kpi_daily_active", AT) == ("2020-06-17 00:00", "2020-07-15 00:00")


def test_a_day_is_one_in_the_time_zone_of_the_partner(db: psycopg.Connection) -> None:
    """At 2020-07-15T12:00Z it is the 16th in Kiritimati (UTC+14) and 00:00 of the 15th at UTC-12."""
    east = partner(db, "2020-01-01T00:00:00Z", timezone="Pacific/Kiritimati")
    west = partner(db, "2020-01-01T00:00:00Z", timezone="Etc/GMT+12")
    # 10:00Z on the 15th begins the 16th in Kiritimati: 09:59:59Z is the last second of its yesterday, 10:00Z is today.
    act(db, east, "2020-07-15T09:59:59Z", "2020-07-15T10:00:00Z")
    # In the west the 15th began at 12:00Z: a second before is its yesterday, the moment itself is today.
    act(db, west, "2020-07-15T11:59:59Z", "2020-07-15T12:00:00Z")
    found = figure(db, "kpi_daily_active", AT)
    assert found["all"] == Figure(2, 56, 0.0357, 0)  # one day each, of 28 each
    assert found["yesterday"] == Figure(2, 2, 1, 0)


def test_a_session_in_another_time_zone_sees_the_same_windows(db: psycopg.Connection) -> None:
    db.execute("set local timezone to 'America/New_York'")
    # Across the change of clocks of 8 March 2020.
    assert window(db, "kpi_retention_90_days", "2020-04-01T00:00:00Z") == ("2020-01-02 00:00", "2020-04-01 00:00")
    assert window(db, "kpi_churn", "2020-04-01T00:00:00Z") == ("2020-01-01 00:00", "2020-04-01 00:00")
    assert window(db, "kpi_churn", "2020-03-31T23:59:59Z") == ("2019-10-01 00:00", "2020-01-01 00:00")


@pytest.mark.parametrize(
    ("views", "joined", "mark"),
    [
        (("kpi_retention_30_days",), "2020-06-01T00:00:00Z", "2020-07-01T00:00:00Z"),
        (("kpi_retention_90_days", "kpi_retention_3_months"), "2020-04-02T00:00:00Z", "2020-07-01T00:00:00Z"),
    ],
)
def test_who_was_there_at_their_mark(db: psycopg.Connection, views: tuple[str, ...], joined: str, mark: str) -> None:
    """30 days after 1 June, and 90 days after 2 April, is 1 July: the 30 days before it begin on 1 June 00:00."""
    before_mark, first_moment, too_early = "2020-06-30T23:59:59Z", "2020-06-01T00:00:00Z", "2020-05-31T23:59:59Z"
    act(db, partner(db, joined), before_mark)  # there
    act(db, partner(db, joined, issuer="https://login.example.com"), first_moment)  # there
    act(db, partner(db, joined), too_early, mark)  # not there: a second too early, and at the mark itself
    partner(db, joined)  # not there: nothing at all
    act(db, partner(db, joined, status="suspended", left="2020-06-20T00:00:00Z"), "2020-06-19T00:00:00Z")  # there
    # Left before the mark: gone, whatever they did. Left at the mark or later: there.
    act(db, partner(db, joined, status="terminated", left="2020-06-30T00:00:00Z"), "2020-06-29T00:00:00Z")
    act(db, partner(db, joined, status="terminated", left=mark), "2020-06-29T00:00:00Z")
    partner(db, joined, status="pending")  # never became a partner
    for view in views:
        assert figure(db, view, AT)["all"] == Figure(4, 7, 0.5714, 0), view


@pytest.mark.parametrize(
    ("view", "days"), [("kpi_retention_30_days", 30), ("kpi_retention_90_days", 90), ("kpi_retention_3_months", 90)]
)
def test_the_cohort_is_whose_mark_lies_in_the_window(db: psycopg.Connection, view: str, days: int) -> None:
    """Marks from 16 April 00:00 (in) to 15 July 00:00 (out), 90 complete days."""
    for mark, _ in (("2020-04-15T23:59:59Z", "out"), ("2020-04-16T00:00:00Z", "in"),
                    ("2020-07-14T23:59:59Z", "in"), ("2020-07-15T00:00:00Z", "out")):  # fmt: skip
        joined = db.execute("select (%s::timestamptz - make_interval(hours => 24 * %s))::text", (mark, days)).fetchone()
        assert joined is not None
        partner(db, joined[0])
    assert figure(db, view, AT)["all"] == Figure(0, 2, 0, 0)
    assert window(db, view, AT) == ("2020-04-16 00:00", "2020-07-15 00:00")


def test_churn_counts_who_was_there_at_the_beginning_and_not_at_the_end(db: psycopg.Connection) -> None:
    """Second quarter of 2020: there on 1 April by an action from 2 March on, gone without one from 1 June on."""
    base = "2020-03-15T00:00:00Z"
    stays = partner(db, "2019-06-01T00:00:00Z")
    act(db, stays, base, "2020-06-01T00:00:00Z")  # the first moment of the last 30 days (June has 30)
    act(db, partner(db, "2020-01-01T00:00:00Z"), base, "2020-05-31T23:59:59Z")  # churned: a second too early
    act(db, partner(db, "2020-01-01T00:00:00Z"), "2020-03-02T00:00:00Z")  # churned; in the base by the first moment
    act(db, partner(db, "2020-01-01T00:00:00Z"), "2020-03-01T23:59:59Z")  # was gone before: not in the base
    act(db, partner(db, "2020-04-01T00:00:00Z"), "2020-04-02T00:00:00Z")  # came in the quarter: not in the base
    left = partner(db, "2020-01-01T00:00:00Z", status="terminated", left="2020-06-20T00:00:00Z")
    act(db, left, base, "2020-06-10T00:00:00Z")  # churned: left
    later = partner(db, "2020-01-01T00:00:00Z", status="terminated", left="2020-07-01T00:00:00Z")
    act(db, later, base, "2020-06-10T00:00:00Z")  # stayed the quarter
    held = partner(db, "2020-01-01T00:00:00Z", status="suspended", left="2020-04-10T00:00:00Z")
    act(db, held, base)  # churned: suspended and so without activity
    assert figure(db, "kpi_churn", AT)["all"] == Figure(4, 6, 0.6667, 0)
    assert window(db, "kpi_churn", AT) == ("2020-04-01 00:00", "2020-07-01 00:00")


def test_elite_partners_who_stay_are_still_elite_and_there(db: psycopg.Connection) -> None:
    """Window 16 April to 15 July 2020; there by an action from 15 June on."""
    stays = partner(db, "2020-01-01T00:00:00Z", tier="elite")
    act(db, stays, "2020-06-15T00:00:00Z")
    idle = partner(db, "2020-01-01T00:00:00Z", tier="elite")
    act(db, idle, "2020-06-14T23:59:59Z")
    demoted = partner(db, "2020-01-01T00:00:00Z", tier="elite")
    act(db, demoted, "2020-07-01T00:00:00Z")
    tier(db, demoted, "performer", "2020-07-01T00:00:00Z", "demotion")
    gone = partner(db, "2020-01-01T00:00:00Z", tier="elite", status="terminated", left="2020-07-02T00:00:00Z")
    act(db, gone, "2020-07-01T00:00:00Z")
    # Not in the base: left before the window; Elite only when the window had begun.
    partner(db, "2020-01-01T00:00:00Z", tier="elite", status="terminated", left="2020-04-15T00:00:00Z")
    late = partner(db, "2020-01-01T00:00:00Z", tier="performer")
    tier(db, late, "elite", "2020-04-16T00:00:00Z")
    act(db, late, "2020-07-01T00:00:00Z")
    assert figure(db, "kpi_elite_retention", AT)["all"] == Figure(1, 4, 0.25, 0)


def test_days_until_a_promotion_come_from_the_tier_history(db: psycopg.Connection) -> None:
    one = partner(db, "2020-01-01T00:00:00Z")
    tier(db, one, "active", "2020-02-20T00:00:00Z")  # 31 + 19 = 50 days as Starter
    tier(db, one, "performer", "2020-05-30T12:00:00Z")  # 100.5 days as Active, see below
    two = partner(db, "2020-03-01T00:00:00Z", issuer="https://login.example.com")
    tier(db, two, "active", "2020-06-09T00:00:00Z")  # 31 + 30 + 31 + 8 = 100 days as Starter
    partner(db, "2020-04-01T00:00:00Z")  # 105 days on 15 July: waiting for more than 90
    partner(db, "2020-06-01T00:00:00Z")  # waiting for 44
    demoted = partner(db, "2020-01-01T00:00:00Z", tier="active")
    tier(db, demoted, "starter", "2020-07-01T00:00:00Z", "demotion")  # no promotion
    partner(db, "2020-01-01T00:00:00Z", status="suspended")  # waits, but is no active partner
    old = partner(db, "2019-01-01T00:00:00Z")
    tier(db, old, "active", "2019-07-01T00:00:00Z")  # before the window, which begins on 16 July 2019
    tier(db, old, "performer", "2019-08-01T00:00:00Z")  # 31 days as Active
    found = figure(db, "kpi_tier_advancement", AT)
    # 20 February to 30 May 12:00 are 9 (February of a leap year) + 31 + 30 + 29 = 99 days to the 29th, + 1.5 = 100.5.
    assert found["starter"] == Figure(150, 2, 75, 1)
    assert found["active"] == Figure(131.5, 2, 65.8, 0)  # (100.5 + 31) / 2 = 65.75, half away from zero
    assert found["performer"] == Figure(0, 0, None, 1)  # the old one, since 1 August 2019
    assert found["all"] == Figure(281.5, 4, 70.4, 2)  # 281.5 / 4 = 70.375


def test_training_is_complete_with_a_valid_certificate_of_the_core_track(db: psycopg.Connection) -> None:
    def certificate(who: str, track: str, issued: str, expires: str, revoked: str | None = None) -> None:
        with by_hand(db):
            db.execute(
                "insert into public.certificates (partner_id, track, version, issued_at, expires_at, revoked_at,"
                " revoked_reason) values (%s, %s, 1, %s, %s, %s, %s)",
                (who, track, issued, expires, revoked, "test" if revoked else None),
            )

    db.execute("insert into public.training_tracks (track, title) values ('another', 'Another')")
    first = "2020-06-15T12:00:00Z"  # exactly 30 days before
    valid = str(partner(db, first, issuer="https://login.example.com").id)
    certificate(valid, "core", "2020-07-01T00:00:00Z", "2022-07-01T00:00:00Z")
    others = [str(partner(db, "2020-01-01T00:00:00Z").id) for _ in range(4)]
    certificate(others[0], "core", "2020-02-01T00:00:00Z", AT)  # ends at this moment
    certificate(others[1], "core", "2020-02-01T00:00:00Z", "2022-02-01T00:00:00Z", "2020-07-01T00:00:00Z")
    certificate(others[2], "another", "2020-02-01T00:00:00Z", "2022-02-01T00:00:00Z")
    certificate(others[3], "core", "2020-07-15T12:00:01Z", "2022-02-01T00:00:00Z")  # a second later
    partner(db, "2020-06-15T12:00:01Z")  # a second less than 30 days: not asked yet
    for status in ("suspended", "terminated", "inactive"):
        left = str(partner(db, "2020-01-01T00:00:00Z", status=status).id)
        certificate(left, "core", "2020-02-01T00:00:00Z", "2022-02-01T00:00:00Z")
    assert figure(db, "kpi_training_completion", AT)["all"] == Figure(1, 5, 0.2, 1)


def test_partners_of_today_are_no_part_of_the_past(db: psycopg.Connection) -> None:
    """What the other tests rely on."""
    make_partner(db)
    assert figure(db, "kpi_partners", AT)["all"].value == 0

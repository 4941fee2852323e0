"""The play: the cast comes on, the calendar runs from a year ago to yesterday, the clock goes back to today."""

from __future__ import annotations

import importlib
from functools import partial

import psycopg

from siso_local.demo_year import pipeline
from siso_local.demo_year.calendar import Calendar
from siso_local.demo_year.cast import APPLICANTS, PARTS
from siso_local.demo_year.community import Community
from siso_local.demo_year.devices import Devices
from siso_local.demo_year.finish import finish
from siso_local.demo_year.habits import Habits
from siso_local.demo_year.money import Money
from siso_local.demo_year.payouts import Payouts
from siso_local.demo_year.people import People
from siso_local.demo_year.selling import Selling
from siso_local.demo_year.setbacks import Setbacks
from siso_local.demo_year.stage import LAST_DAY, Stage
from siso_local.demo_year.steps import Connection
from siso_local.demo_year.stripe_double import StripeDouble, contract_folder
from siso_local.demo_year.training import Training
from siso_local.demo_year.troubles import Troubles
from siso_local.demo_year.workers import NAMES, Workers
from siso_local.settings import Settings
from siso_local.stripe.api import load_contract

ANALYSE_ON = (40, 160)
# Of the play's own session: the same statements come thousands of times, and a hundred rows say enough of a table.
SESSION = "set local plan_cache_mode = force_generic_plan; set local default_statistics_target = 10"


def is_played(db: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether this database has the year, or had it."""
    row = db.execute("select exists (select from public.partners where email = 'elite.01@example.com')").fetchone()
    return bool(row and row[0])


def get_ready() -> None:
    """Loads what the play needs and no database is needed for."""
    load_contract(contract_folder())
    for name in NAMES:
        importlib.import_module(f"workers.{name}.app")


def is_fresh(db: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether nobody has worked here yet: only then a year can lie before today."""
    row = db.execute(
        "select not exists (select from public.deals) and not exists (select from public.payout_accounts)"
        " and (select count(*) from public.partners) <= 3 and not exists (select from private.clock)"
    ).fetchone()
    return bool(row and row[0])


def play(settings: Settings) -> dict[str, int]:
    """Plays and commits the whole year; what there is of what now. Raises StepError: which step failed, and why."""
    dsn = settings.dsn("supabase_admin")
    with Connection.connect(dsn, application_name="demo year", prepare_threshold=1) as db:
        db.prepared_max = 1000
        stage = Stage(db)
        stage.db.execute(SESSION)
        try:
            double = StripeDouble(stage, settings)
            with double.year(), stage.silence(), db.pipeline():
                workers = Workers(stage, double, settings)
                try:
                    people = _play(stage, double, workers)
                    figures = finish(stage, people, workers, double)
                finally:
                    workers.close()
            # The double's store is committed by now. Killed in between, the next play begins with an empty one.
            db.commit()
            workers.outside.keep_mails()
        except Exception as error:
            raise stage.steps.tell(error) from error
    return figures


def _play(stage: Stage, double: StripeDouble, workers: Workers) -> People:
    calendar = Calendar()
    people = People(stage)
    training = Training(stage, people, calendar)
    selling = Selling(stage, people, calendar)
    payouts = Payouts(stage, people, calendar, selling, workers, double)
    money = Money(stage, calendar, selling, workers, payouts)
    stage.go_to(stage.day(-1))
    training.backdate()
    people.hire()
    for part in PARTS:
        calendar.on(part.joins, partial(people.join, part))
        training.plan(part.name, "core", part.joins + 1, part.modules)
        training.plan(part.name, "advanced", part.joins + 70)
        training.plan(part.name, "leadership", part.joins + 170)
        payouts.plan(part)
    for applicant in APPLICANTS:
        calendar.on(applicant.applies, partial(people.apply, applicant))
    leads = pipeline.plan()
    for lead in leads:
        selling.plan(lead)
        money.plan(lead)
    community = Community(stage, people, calendar)
    selling.on_win = community.won
    community.plan()
    Troubles(stage, people, calendar, selling).plan(leads)
    Setbacks(stage, people, calendar, selling, money).plan(leads)
    Habits(stage, people, calendar, selling).plan()
    devices = Devices(stage, people, calendar, workers)
    devices.plan()
    for day in range(LAST_DAY + 1):
        stage.go_to(stage.day(day))
        for action in calendar.of(day):
            action()
        money.close_day()
        devices.close_day()
        _routine(stage, double, workers, day)
        if day in ANALYSE_ON:
            stage.be_owner()
            stage.db.execute("analyze")
    return people


def _routine(stage: Stage, double: StripeDouble, workers: Workers, day: int) -> None:
    """What pg_cron and the notifications worker do; as often as it makes a difference."""
    if day % 7 == 6:
        double.pass_time()  # heard tomorrow
        stage.be_owner()
        stage.db.execute("select private.take_leaderboard_snapshot()")
    if day % 28 == 27:
        workers.push()
    if day % 14 == 13:
        stage.owner("select private.review_tiers()")

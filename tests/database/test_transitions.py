"""Every change of state emits exactly one event (F-35): the list is whole, its events exist, the states are played."""

from __future__ import annotations

import pytest

from tests.database.harness import one_story, rows
from tests.database.people_support import Db
from tests.database.transition_stories import STORIES
from tests.database.transition_watch import LIST, STATES, Watch, events_of, is_silent

# States that other tests reach: through the documents worker, at a run's end, and where a partner gives a lead up.
UNPLAYED = {
    "public.finance_exports.status ready",
    "public.lead_conflicts.decision given_up",
    "public.lead_conflicts.decision withdrawn",
    "public.payout_runs.status reconciled",
    "public.support_tickets.status in_progress",
}


def test_the_list_names_every_state_once(db: Db) -> None:
    there = {column: set(values) for column, values in rows(db, STATES)}
    listed = {column for column in (*LIST["states"], *LIST["silent"]) if " " not in column}
    text_columns = {column for column in listed if column not in there}
    assert listed >= there.keys(), "a column that nobody has decided about"
    assert text_columns <= {"public.beta_feedback.state", "public.campaigns.status"}, "a column that is gone"
    undecided = [
        f"{column} {state}"
        for column, states in there.items()
        for state in sorted(states)
        if bool(events_of(column, state)) == is_silent(column, state)
    ]
    assert undecided == []
    single = [name.split() for name in LIST["silent"] if " " in name]
    gone = [name for name in single if name[0] not in text_columns and name[1] not in there.get(name[0], ())]
    assert gone == []


def test_the_events_of_the_list_are_emitted_somewhere(db: Db) -> None:
    [(bodies,)] = rows(db, "select string_agg(prosrc, E'\n') from pg_proc where prosrc like '%emit(%'")
    for column, states in LIST["states"].items():
        for event in {event for state in states if state != "subject" for event in events_of(column, state)}:
            kind, what = event.split(".")
            made = [f"'{event}'", f"'{kind}.' ||"] + ([f"'{kind}.{what.split('_')[0]}_' ||"] if "_" in what else [])
            assert any(name in bodies for name in made), f"nothing emits {event}"


@pytest.mark.usefixtures("about_everybody")
def test_each_change_of_state_is_told_once(db: Db) -> None:
    one_story(db)
    watch = Watch(db)
    for story in STORIES:
        story(db, watch)
    assert watch.wrong == []
    played = {f"{column} {state}" for column, state in watch.played}
    listed = {
        f"{column} {state}" for column, states in LIST["states"].items() for state in states if state != "subject"
    }
    assert listed - played == UNPLAYED

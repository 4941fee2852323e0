"""What a step changed among the states of transitions.yaml, and which events told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import yaml

LIST = yaml.safe_load((Path(__file__).parent / "transitions.yaml").read_text())

# Columns of an enum type that are named as states are, with their values.
STATES = """
select format('public.%s.%s', class.relname, attribute.attname), array_agg(label.enumlabel::text)
from pg_attribute as attribute
join pg_class as class on class.oid = attribute.attrelid and class.relkind = 'r'
join pg_enum as label on label.enumtypid = attribute.atttypid
where class.relnamespace = 'public'::regnamespace and not attribute.attisdropped
    and attribute.attname ~ '^(status|state|decision|current_tier|tax_status)$'
    and class.relname not in ('follow_up_rules')
group by 1
"""

# Only what this transaction has written: other tests go on meanwhile.
WRITTEN = "pg_xact_status({}.xmin::text::xid8) = 'in progress'"


def events_of(column: str, state: str) -> list[str]:
    """The types of events one of which tells of this state; none for a silent one."""
    told = LIST["states"].get(column, {}).get(state, [])
    return [told] if isinstance(told, str) else told


def subject_of(column: str) -> str:
    return str(LIST["states"][column].get("subject", "id"))


def is_silent(column: str, state: str) -> bool:
    return column in LIST["silent"] or f"{column} {state}" in LIST["silent"]


Seen = dict[tuple[str, str], tuple[str, str]]  # (column, key of the row): (state, subject of its events)


@dataclass
class Watch:
    """``with watch.step():`` around whatever changes states; collects every change that is not told exactly once."""

    db: psycopg.Connection
    played: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def step(self) -> Iterator[None]:
        before, last = self._states(), self._last_event()
        yield
        told = Counter(
            self.db.execute(
                "select type, subject_id::text from ops.events as event where id > %s and "  # noqa: S608 - no input
                + WRITTEN.format("event"),
                (last,),
            ).fetchall()
        )
        for (column, key), (state, subject) in self._states().items():
            if before.get((column, key), ("", ""))[0] == state or is_silent(column, state):
                continue
            self.played.add((column, state))
            types = events_of(column, state)
            count = sum(told[event, subject] for event in types)
            # Several entries of one challenge have one subject.
            if count != 1 and not (count > 1 and subject_of(column) != "id"):
                self.wrong.append(f"{column} became {state}, and {' or '.join(types)} was told {count} times")

    def _last_event(self) -> int:
        row = self.db.execute("select coalesce(max(id), 0) from ops.events").fetchone()
        assert row is not None
        return int(row[0])

    def _states(self) -> Seen:
        parts = []
        for column in LIST["states"]:
            schema, table, name = column.split(".")
            key = "concat_ws('/', row.partner_id, row.challenge_id)" if table == "challenge_entries" else "row.id::text"
            if table == "payout_accounts":
                key = "row.partner_id::text"
            subject = subject_of(column)
            # Corrections go with the line that they correct.
            besides = " and row.commission_type <> 'reversal'" if table == "commissions" else ""
            parts.append(
                f"select '{column}', {key}, row.{name}::text, row.{subject}::text from {schema}.{table} as row"  # noqa: S608
                f" where row.{name} is not null and {WRITTEN.format('row')}{besides}"
            )
        found: list[Any] = self.db.execute(" union all ".join(parts).encode()).fetchall()
        return {(column, key): (state, subject) for column, key, state, subject in found}

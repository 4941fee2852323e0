"""A file of finance's: the same events as webhooks bring, all of them or none, with the row of a mistake."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, value
from tests.database.money_support import win

Db = psycopg.Connection[tuple[Any, ...]]


def row(deal: dict[str, Any], **changes: Any) -> dict[str, Any]:
    event = {
        "type": "payment.cleared", "source_id": uuid.uuid4().hex, "deal_reference": deal["reference"],
        "instalment": "1",
        "amount": "50000", "currency": "USD", "date": "2026-01-15",
    }  # fmt: skip
    return {name: cell for name, cell in (event | changes).items() if cell is not None}


def put(db: Db, staff: Person, rows: Any, only_check: bool = False) -> dict[str, Any]:
    with acting(db, staff.actor("aal2")):
        done: dict[str, Any] = call(db, "import_client_events", events=Jsonb(rows), only_check=only_check)
    return done


def stored(db: Db) -> int:
    return int(value(db, "select count(*) from ops.inbound_events"))


def test_rows_become_events_and_jobs_and_the_same_rows_again_are_nothing(db: Db, finance: Person) -> None:
    deal = win(db, make_partner(db))
    paid = row(deal)
    back = row(deal, type="payment.refunded", instalment=None, amount="10000", payment_source_id=paid["source_id"])
    before = stored(db)
    assert put(db, finance, [paid, back], only_check=True) == {"rows": 2, "new": 2, "known": 0, "stored": False}
    assert stored(db) == before
    assert put(db, finance, [paid, back]) == {"rows": 2, "new": 2, "known": 0, "stored": True}
    assert put(db, finance, [paid, back, row(deal)]) == {"rows": 3, "new": 1, "known": 2, "stored": True}
    jobs = value(
        db,
        "select count(*) from ops.outbox as job join ops.inbound_events as event"
        " on event.id::text = job.payload ->> 'inbound_event_id' where event.source like 'client-%%:csv'"
        " and event.payload ->> 'deal_reference' = %s",
        deal["reference"],
    )
    assert jobs == 3


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"type": "payment.made"}, "one_of", "type"),
        ({"source_id": None}, "required", "source_id"),
        ({"source_id": "with space"}, "format", "source_id"),
        ({"deal_reference": "D-NONE"}, "unknown_deal", "deal_reference"),
        ({"instalment": "0"}, "format", "instalment"),
        ({"amount": "0"}, "range", "amount"),
        ({"amount": "-1"}, "format", "amount"),
        ({"amount": "12.50"}, "format", "amount"),
        ({"currency": "usd"}, "format", "currency"),
        ({"date": "2026-02-31"}, "format", "date"),
        ({"date": "1999-01-01"}, "range", "date"),
        ({"date": "2999-01-01"}, "in_the_past", "cleared_at"),
        ({"type": "payment.refunded"}, "required", "payment_source_id"),
    ],
)
def test_a_mistake_names_its_row_and_nothing_is_stored(
    db: Db, finance: Person, changes: dict[str, Any], rule: str, field: str
) -> None:
    deal = win(db, make_partner(db))
    before = stored(db)
    with pytest.raises(psycopg.Error) as caught, db.transaction():
        put(db, finance, [row(deal), row(deal, **changes)])
    assert caught.value.sqlstate == "22023"
    assert f'"rule": "{rule}"' in (caught.value.diag.message_detail or "")
    assert f'"field": "events[2].{field}"' in (caught.value.diag.message_detail or "")
    assert stored(db) == before


def test_an_id_that_names_something_else_is_refused(db: Db, finance: Person) -> None:
    deal = win(db, make_partner(db))
    paid = row(deal)
    put(db, finance, [paid])
    with expect_refusal(db, "PT409", "source_id_reused"):
        put(db, finance, [paid | {"amount": "50001"}])


def test_a_file_has_rows_and_not_too_many(db: Db, finance: Person) -> None:
    deal = win(db, make_partner(db))
    refused: list[Any] = [[], {}, "x", [row(deal)] * 1001]
    for events in refused:
        with expect_refusal(db, "22023", "length"):
            put(db, finance, events)


def test_only_finance_with_a_fresh_factor_may(db: Db, finance: Person) -> None:
    partner = make_partner(db)
    deal = win(db, partner)
    for person, rule in ((partner, "staff_only"), (make_staff(db, "support"), "role")):
        with expect_refusal(db, "42501", rule), acting(db, person.actor("aal2")):
            call(db, "import_client_events", events=Jsonb([row(deal)]))
    with expect_refusal(db, "PT403", "mfa_stale"), acting(db, finance.actor("aal2").with_mfa(601)):
        call(db, "import_client_events", events=Jsonb([row(deal)]))

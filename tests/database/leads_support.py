"""What the tests of leads share: making them, winning them, opening a case about two of them."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.database.harness import (
    Person,
    acting,
    call,
    insert_row,
    value,
)


def company() -> str:
    return f"Client {uuid.uuid4().hex}"


def add_lead(db: psycopg.Connection, partner: Person, name: str, **columns: Any) -> uuid.UUID:
    """A lead that the partner adds as the app does."""
    lead = uuid.uuid4()
    with acting(db, partner.actor()):
        insert_row(db, "leads", id=lead, company_name=name, **columns)
    return lead


def lead_row(db: psycopg.Connection, lead: uuid.UUID) -> dict[str, Any]:
    row: dict[str, Any] = value(db, "select to_jsonb(lead) from public.leads as lead where id = %s", lead)
    return row


def win(db: psycopg.Connection, lead: uuid.UUID) -> Any:
    return call(db, "claim_win", lead_id=lead, value=100000, currency="USD", request_id=uuid.uuid4())


def open_case(db: psycopg.Connection, newer: uuid.UUID) -> uuid.UUID:
    case: uuid.UUID = value(db, "select id from public.lead_conflicts where new_lead_id = %s and state = 'open'", newer)
    return case


# -- identity ----------------------------------------------------------------------------------------------------------

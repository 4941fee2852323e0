"""What the tests of the workers share: signed requests, people with deals, looking until something is so."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
import psycopg
from standardwebhooks.webhooks import Webhook

from siso_local.settings import Settings
from tests.database.harness import Person, acting, call, make_lead, make_partner

T = TypeVar("T")


def wait_for(what: str, look: Callable[[], T | None], seconds: float = 30.0) -> T:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


def signed(secret: str, body: str, *, age: timedelta = timedelta(0)) -> dict[str, str]:
    """Headers of a Standard Webhook sent ``age`` ago."""
    sent, message = datetime.now(UTC) - age, f"msg_{uuid.uuid4().hex}"
    return {
        "content-type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(sent.timestamp())),
        "webhook-signature": Webhook(secret).sign(message, sent, body),
    }


def payment(reference: str, **changes: Any) -> dict[str, Any]:
    """A client payment as a sender would write it; None takes a field away."""
    body = {
        "type": "payment.cleared",
        "source": "test",
        "source_id": uuid.uuid4().hex,
        "deal_reference": reference,
        "instalment": 1,
        "amount": 10_000,
        "currency": "USD",
        "cleared_at": "2026-01-15T12:00:00Z",
    }
    return {name: value for name, value in (body | changes).items() if value is not None}


def pay(settings: Settings, body: dict[str, Any] | str, **headers: str) -> httpx.Response:
    text = body if isinstance(body, str) else json.dumps(body)
    return httpx.post(
        f"{settings.api_url}/workers/commissions/hooks/client-payments",
        content=text.encode(),
        headers=signed(settings.client_payments_secret, text) | headers,
        timeout=30,
    )


def won_deal(db: psycopg.Connection, value: int = 150_000) -> tuple[Person, dict[str, Any]]:
    """A starter (20 %) and the deal that they claim; committed."""
    with db.transaction():
        partner = make_partner(db)
        lead = make_lead(db, partner)
        with acting(db, partner.actor()):
            deal: dict[str, Any] = call(
                db, "claim_win", lead_id=lead, value=value, currency="USD", request_id=uuid.uuid4()
            )
    return partner, deal


def job_of(db: psycopg.Connection, event_id: str) -> dict[str, Any] | None:
    """The job of a stored inbound event once it is done or dead."""
    row = db.execute(
        "select to_jsonb(o) from ops.outbox as o where payload ->> 'inbound_event_id' = %s"
        " and (done_at is not null or dead_at is not null)",
        (event_id,),
    ).fetchone()
    return row[0] if row else None

"""Push: what each answer of a push service leads to, and where a message may not go."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import Person, acting, call, make_partner, value
from tests.workers.support import wait_for


@pytest.fixture
def partner(live: psycopg.Connection) -> Person:
    with live.transaction():
        return make_partner(live)


def device(settings: Settings, db: psycopg.Connection, partner: Person) -> str:
    """A subscription of a browser, registered as the app does; its endpoint."""
    made = httpx.post(f"{settings.url('push')}/_double/subscriptions", json={}).json()
    with db.transaction(), acting(db, partner.actor()):
        call(db, "subscribe_push", endpoint=made["endpoint"], **made["keys"], user_agent="test")
    return str(made["endpoint"])


def subscribe(db: psycopg.Connection, partner: Person, endpoint: str, p256dh: str, auth: str) -> None:
    db.execute(
        "insert into push_subscriptions (partner_id, endpoint, p256dh, auth) values (%s, %s, %s, %s)",
        (partner.id, endpoint, p256dh, auth),
    )


def answer_with(settings: Settings, endpoint: str, status: int | str, times: int = 1) -> None:
    body = {"subscription": endpoint, "status": status, "times": times}
    assert httpx.post(f"{settings.url('push')}/_double/answers", json=body).status_code == 204


def notify(db: psycopg.Connection, partner: Person) -> uuid.UUID:
    query = "select private.notify(%s, 'payout', 'Payout sent', 'On its way.', '/partner/earnings')"
    note: uuid.UUID = value(db, query, partner.id)
    return note


def job(db: psycopg.Connection, note: uuid.UUID, seconds: float = 40) -> dict[str, Any]:
    query = (
        "select to_jsonb(o) from ops.outbox as o where payload ->> 'notification_id' = %s"
        " and (done_at is not null or dead_at is not null)"
    )
    found: dict[str, Any] = wait_for("the push to be done", lambda: value(db, query, str(note)), seconds)
    assert found["dead_at"] is None, found["last_error"]
    return found


def received(settings: Settings, endpoint: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(
        f"{settings.url('push')}/_double/messages", params={"subscription": endpoint}
    ).json()
    return found


def kept(db: psycopg.Connection, endpoint: str) -> bool:
    return bool(value(db, "select exists (select from push_subscriptions where endpoint = %s)", endpoint))


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_subscription_is_deleted(
    settings: Settings, live: psycopg.Connection, partner: Person, status: int
) -> None:
    dead, alive = device(settings, live, partner), device(settings, live, partner)
    answer_with(settings, dead, status)
    job(live, notify(live, partner))
    assert (kept(live, dead), kept(live, alive)) == (False, True)
    assert len(received(settings, alive)) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_tried_again_for_it_alone(
    settings: Settings, live: psycopg.Connection, partner: Person, status: int
) -> None:
    busy, others = device(settings, live, partner), [device(settings, live, partner) for _ in range(2)]
    answer_with(settings, busy, status)
    done = job(live, notify(live, partner))
    assert done["attempts"] == 2
    for endpoint in (busy, *others):
        messages = received(settings, endpoint)
        assert [m["replaced"] for m in messages] == [0], "once, and not a second time under the same topic"


def test_a_refusal_is_not_repeated(settings: Settings, live: psycopg.Connection, partner: Person) -> None:
    endpoint = device(settings, live, partner)
    answer_with(settings, endpoint, 403)
    assert job(live, notify(live, partner))["attempts"] == 1
    assert kept(live, endpoint)
    assert value(live, "select failures from push_subscriptions where endpoint = %s", endpoint) == 1


@pytest.mark.parametrize(
    "address",
    [
        "{stripe}/_double/totals",
        "{api}/workers/payouts/health",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:1/wp/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://fcm.googleapis.com.evil.example.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
    ],
)
def test_what_is_no_push_service_is_never_called(
    settings: Settings, live: psycopg.Connection, partner: Person, address: str
) -> None:
    keys = httpx.post(f"{settings.url('push')}/_double/subscriptions", json={}).json()["keys"]
    mark = uuid.uuid4().hex
    endpoint = f"{address.format(stripe=settings.url('stripe'), api=settings.api_url)}?{mark}"
    subscribe(live, partner, endpoint, **keys)
    note = notify(live, partner)
    assert job(live, note)["attempts"] == 1
    assert not kept(live, endpoint)
    code = "select status_code from ops.push_deliveries where notification_id = %s"
    assert value(live, code, note) is None, "nobody was asked"


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("A" * 87, "A" * 22),
        ("!" * 87, "A" * 22),
        ("B" + "x" * 86, "A" * 22),
        ("GOOD", "!" * 22),
        ("GOOD", "A" * 31),
    ],
)
def test_unusable_keys_are_dropped(
    settings: Settings, live: psycopg.Connection, partner: Person, p256dh: str, auth: str
) -> None:
    made = httpx.post(f"{settings.url('push')}/_double/subscriptions", json={}).json()
    alive = device(settings, live, partner)
    subscribe(live, partner, made["endpoint"], made["keys"]["p256dh"] if p256dh == "GOOD" else p256dh, auth)
    assert job(live, notify(live, partner))["attempts"] == 1
    assert not kept(live, made["endpoint"])
    assert len(received(settings, alive)) == 1

"""Events: what happened, as Stripe tells it, and the queue of webhooks that carry it.

Snapshot events (v1) go to endpoints of kind ``platform`` or, when they happened on a connected account, ``connect``;
thin events of v2 accounts go to endpoints of kind ``thin``. Queueing happens in the transaction of the change itself.
"""

from __future__ import annotations

import json
import random
import time
from typing import Any

from siso_local.stripe import API_VERSION
from siso_local.stripe.errors import no_such
from siso_local.stripe.lists import page, page_v2
from siso_local.stripe.store import Row
from siso_local.stripe.world import PLATFORM, Call, World, current_request, new_id, operation, public

SHUFFLE_SECONDS = 0.6
LOST = "lost"  # the result of a delivery that was never tried


def emit(world: World, kind: str, subject: Row, account: str = PLATFORM, previous: Row | None = None) -> None:
    """A snapshot event; ``previous`` holds the earlier values of the fields that changed."""
    request = current_request.get()
    data: Row = {"object": public(subject)}
    if previous is not None:
        data["previous_attributes"] = previous
    body: Row = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": world.clock.now(),
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": request.id, "idempotency_key": request.idempotency_key},
        "type": kind,
    }
    if account != PLATFORM:
        body["account"] = account
    world.store.put("event", body, owner=account)
    queue(world, body, "platform" if account == PLATFORM else "connect")


def emit_thin(world: World, kind: str, account: str, data: Row | None = None) -> None:
    """A v2 event about an account. The webhook names the object only; ``data`` is seen by whoever fetches the event."""
    request = current_request.get()
    reason: Row | None = None
    if request.id:
        caused = {"id": request.id, "idempotency_key": request.idempotency_key or ""}
        reason = {"type": "request", "request": caused}
    body: Row = {
        "id": new_id("evt_test"),
        "object": "v2.core.event",
        "changes": None,
        "context": None,
        "created": world.clock.iso(),
        "livemode": False,
        "reason": reason,
        "related_object": {"id": account, "type": "v2.core.account", "url": f"/v2/core/accounts/{account}"},
        "snapshot_event": None,
        "type": kind,
    }
    full = body | ({"data": data} if data else {})
    world.store.put("v2_event", full)
    queue(world, {key: value for key, value in body.items() if key not in ("changes", "snapshot_event")}, "thin")


def queue(world: World, body: Row, endpoint: str) -> None:
    """Queues an event for all endpoints of one kind; late, twice or not at all where the webhook options say so."""
    options = world.store.meta("webhook_options", {})
    lost = random.random() * 100 < options.get("loss", 0)  # noqa: S311
    now = time.time()
    for _ in range(2 if options.get("duplicates") and not lost else 1):
        delay = random.uniform(0, SHUFFLE_SECONDS) if options.get("shuffle") else 0.0  # noqa: S311
        world.store.execute(
            "insert into deliveries (event_id, endpoint, body, next_at, delivered_at, last_result)"
            " values (?, ?, ?, ?, ?, ?)",
            body["id"],
            endpoint,
            json.dumps(body, separators=(",", ":")),
            now + delay,
            now if lost else None,
            LOST if lost else None,
        )


def _wanted(patterns: list[str], kind: str) -> bool:
    return any(
        pattern in ("*", kind) or (pattern.endswith(".*") and kind.startswith(pattern[:-1])) for pattern in patterns
    )


@operation("GET", "/v1/events")
def list_events(call: Call) -> Row:
    patterns: list[Any] = [call.params["type"]] if "type" in call.params else call.params.get("types", ["*"])
    rows = [row for row in call.store.find("event", owner=call.account) if _wanted(patterns, row["type"])]
    return page(call, rows, "/v1/events")


@operation("GET", "/v1/events/{id}")
def retrieve_event(call: Call) -> Row:
    found = call.store.get("event", call.path["id"], owner=call.account)
    if not found:
        raise no_such("event", call.path["id"])
    return public(found)


@operation("GET", "/v2/core/events")
def list_v2_events(call: Call) -> Row:
    wanted = {name: call.params[name] for name in ("object_id", "types") if name in call.params}
    rows = [
        row
        for row in call.store.find("v2_event")
        if row["related_object"]["id"] == wanted.get("object_id", row["related_object"]["id"])
        and _wanted(wanted.get("types", ["*"]), row["type"])
        and _iso_within(call.params.get("created", {}), row["created"])
    ]
    return page_v2(call, rows, "/v2/core/events", **wanted)


def _iso_within(limits: dict[str, str], created: str) -> bool:
    # Moments of one form (UTC, fixed width) compare as text; 19 characters are date and time to the second.
    at = created[:19]
    tests = {"gt": at.__gt__, "gte": at.__ge__, "lt": at.__lt__, "lte": at.__le__}
    return all(tests[name](limit[:19]) for name, limit in limits.items())


@operation("GET", "/v2/core/events/{id}")
def retrieve_v2_event(call: Call) -> Row:
    found = call.store.get("v2_event", call.path["id"])
    if not found:
        raise no_such("event", call.path["id"])
    return public(found)

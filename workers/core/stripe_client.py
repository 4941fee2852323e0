"""Stripe as workers see it: the official asynchronous client, and what its errors mean for money."""

from __future__ import annotations

import json
from collections.abc import Mapping

import stripe
from fastapi import HTTPException, Request
from pydantic import SecretStr

from workers.core.database import Database, DatabaseRefusalError, DatabaseUnreachableError
from workers.core.webhooks import raw_body

STRIPE = "https://api.stripe.com"  # another address is for doubles and sandboxes
API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = 20
WEBHOOK_TOLERANCE_SECONDS = 300

# Passing troubles: the same call with the same key may be made again. 409 says that the first call is still running.
UNKNOWN_OUTCOME = (stripe.APIConnectionError, stripe.RateLimitError)


def new_client(key: SecretStr, base: str) -> stripe.StripeClient:
    """A client that retries connection errors itself (with the caller's idempotency key) and sends no telemetry."""
    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key.get_secret_value(),
        stripe_version=API_VERSION,
        max_network_retries=2,
        base_addresses={"api": base},
        http_client=stripe.HTTPXClient(timeout=TIMEOUT_SECONDS, allow_sync_methods=True),
    )


def outcome_is_unknown(error: stripe.StripeError) -> bool:
    """Whether the call may have taken effect although it failed."""
    status = error.http_status or 0
    return isinstance(error, UNKNOWN_OUTCOME) or status in (0, 409, 429) or status >= 500


async def store_event(request: Request, secret: SecretStr, endpoint: str, database: Database) -> Mapping[str, object]:
    """Verifies Stripe's signature over the raw bytes and stores the event before anybody acts on it.

    400 for a wrong signature (as Stripe expects), 503 when it could not be stored, so that Stripe sends it again.
    """
    body = await raw_body(request)
    header = request.headers.get("stripe-signature", "")
    try:
        stripe.WebhookSignature.verify_header(
            body.decode(), header, secret.get_secret_value(), WEBHOOK_TOLERANCE_SECONDS
        )
        event = json.loads(body)
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise HTTPException(400, {"error": "the signature is not valid", "rule": "stripe_signature"}) from error
    if not isinstance(event, dict) or not isinstance(event.get("id"), str):
        raise HTTPException(400, {"error": "an event has an id", "field": "id", "rule": "required"})
    try:
        stored: Mapping[str, object] = await database.call(
            "receive_stripe_event", endpoint=endpoint, event_id=event["id"], payload=event
        )
    except (DatabaseRefusalError, DatabaseUnreachableError) as error:
        raise HTTPException(503, "not stored: send it again") from error
    return stored

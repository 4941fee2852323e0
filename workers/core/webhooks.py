"""Signed webhooks that come in as Standard Webhooks: the doorbell and client payments."""

from __future__ import annotations

from fastapi import HTTPException, Request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

MAX_BODY_BYTES = 256 * 1024


async def raw_body(request: Request) -> bytes:
    """The body as it came, because signatures are over bytes; 413 above ``MAX_BODY_BYTES``, the rest unread."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > MAX_BODY_BYTES:
        raise HTTPException(413, {"error": "body too large", "rule": "max_bytes", "limit": MAX_BODY_BYTES})
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise HTTPException(413, {"error": "body too large", "rule": "max_bytes", "limit": MAX_BODY_BYTES})
    return bytes(body)


async def verified_body(request: Request, secret: str) -> bytes:
    """The body of a request whose Standard Webhooks signature and time (± 5 minutes) are right; else 401."""
    body = await raw_body(request)
    try:
        Webhook(secret).verify(body.decode("utf-8", "strict"), dict(request.headers), json_parse=False)
    except (WebhookVerificationError, UnicodeDecodeError, ValueError) as error:
        raise HTTPException(401, {"error": "the signature is not valid", "rule": "webhook_signature"}) from error
    return body

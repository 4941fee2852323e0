"""What every handler needs: settings, database and files of this platform."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from siso_local.settings import Settings
from siso_local.storage import errors
from siso_local.storage.database import Database
from siso_local.storage.files import Files

MAX_JSON = 2 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Context:
    settings: Settings
    database: Database
    files: Files


def context_of(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


async def json_body(request: Request) -> dict[str, Any]:
    """The JSON object of a request, the empty one where there is no body."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_JSON:
            raise errors.too_large("request body")
    if not raw:
        return {}
    try:
        value = json.loads(raw)
    except ValueError as error:
        raise errors.invalid_request("Body is not valid JSON") from error
    if not isinstance(value, dict):
        raise errors.invalid_request("body must be object")
    return value


def text_field(body: dict[str, Any], name: str) -> str:
    """A required text of a JSON body."""
    value = body.get(name)
    if not isinstance(value, str):
        raise errors.invalid_request(f"body must have required property '{name}'")
    return value


def whole_number(value: Any, name: str, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
    """An integer, also from text (the Python client sends ``expiresIn`` as text), within its bounds."""
    if value is None:
        return default
    if isinstance(value, str) and value.strip().lstrip("-").isdigit():
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise errors.invalid_request(f"{name} must be integer")
    if not least <= value <= most:
        bound = f">= {least}" if value < least else f"<= {most}"
        raise errors.invalid_request(f"{name} must be {bound}")
    return value

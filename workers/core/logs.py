"""Structured logs: one JSON object a line, with the request id that follows a job from row to worker to Stripe."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

import structlog

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

_SECRET_NAMES = re.compile(r"secret|token|password|authorization|api_?key|signature", re.IGNORECASE)
# Card numbers (13 to 19 digits, spaces or dashes between) and bearer tokens never reach a log, whoever wrote them.
_CARD = re.compile(r"(?<![\w-])(?:\d[ -]?){12,18}\d(?![\w-])")
_TOKEN = re.compile(
    r"eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|sb_secret_[\w-]+|\b[sr]k_(?:live|test)_\w+|whsec_[\w+/=]+", re.ASCII
)


def _is_card(digits: str) -> bool:
    """Luhn's checksum: tells a card number from an id that happens to be long."""
    total = 0
    for index, digit in enumerate(int(d) for d in reversed(re.sub(r"\D", "", digits))):
        total += digit if index % 2 == 0 else sum(divmod(digit * 2, 10))
    return total % 10 == 0


def scrub(value: Any) -> Any:
    """The value without card numbers and secrets, whatever its shape."""
    if isinstance(value, str):
        value = _CARD.sub(lambda found: "[card]" if _is_card(found.group()) else found.group(), value)
        return _TOKEN.sub("[secret]", value)
    if isinstance(value, dict):
        return {k: "[secret]" if _SECRET_NAMES.search(str(k)) else scrub(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [scrub(item) for item in value]
    return value


def _finish(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    current = request_id.get()
    if current and "request_id" not in event:
        event["request_id"] = current
    return {k: scrub(v) for k, v in event.items()}


def configure(service: str) -> None:
    """Sends structlog's and the standard library's records to standard output as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.format_exc_info,
        _finish,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                lambda _logger, _method, event: {"service": service, **event},
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "uvicorn.access", "stripe"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def get(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger

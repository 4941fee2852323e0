"""Structured logs: one JSON object a line, with the request id that follows a job from row to worker to Stripe."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

import structlog

from workers.core.cards import scrub_cards

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

_SECRET_NAMES = re.compile(r"secret|token|password|authorization|api_?key|signature", re.IGNORECASE)
# Bearer tokens and keys never reach a log, whoever wrote them.
_TOKEN = re.compile(
    r"eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|sb_secret_[\w-]+|\b[sr]k_(?:live|test)_\w+|whsec_[\w+/=]+"
    r"|(?<=://)[^\s/:@]*:[^\s/@]+(?=@)",
    re.ASCII,
)
_SOUND_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")


def sound_id(given: str | None) -> str | None:
    """A request id from outside if it is harmless in headers and logs, else None."""
    return given if given and _SOUND_ID.fullmatch(given) else None


def _without_cards(text: str) -> str:
    """Not even the last four digits of a card number are in a log."""
    return scrub_cards(text, lambda _digits: "[card]")


def scrub(value: Any) -> Any:
    """The value without card numbers and secrets, whatever its shape."""
    if isinstance(value, str):
        return _TOKEN.sub("[secret]", _without_cards(value))
    if isinstance(value, dict):
        return {str(k): "[secret]" if _SECRET_NAMES.search(str(k)) else scrub(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [scrub(item) for item in value]
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if scrub(str(value)) == str(value) else "[card]"
    return scrub(value.decode("utf-8", "replace") if isinstance(value, bytes) else repr(value))


def _finish(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    current = request_id.get()
    if current and "request_id" not in event:
        event["request_id"] = current
    inner = {k: v for k, v in event.items() if k.startswith("_")}  # structlog's own, taken out before rendering
    shown: dict[str, Any] = scrub({k: v for k, v in event.items() if k not in inner})
    return inner | shown


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
    logging.captureWarnings(True)
    # What nobody caught is a line, too.
    sys.excepthook = lambda kind, error, trace: root.critical("the process ends", exc_info=(kind, error, trace))
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "uvicorn.access", "stripe"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def get(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger

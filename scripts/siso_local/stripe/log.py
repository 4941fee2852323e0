"""Structured log lines on standard output. Keys, headers and bodies are never logged."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any


def log(event: str, **fields: Any) -> None:
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "part": "stripe", "event": event, **fields}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()

"""The tables that start and status print."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from siso_local import demo_data
from siso_local.settings import Settings

_COLOURS = {"running": "32", "unhealthy": "33", "dead": "31"}


def _columns(rows: Sequence[tuple[str, ...]], indent: str = "  ") -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(indent + line.rstrip() for line in lines)


def status_table(rows: list[tuple[str, str, int | None, int, str]]) -> str:
    head = ("PART", "STATE", "PID", "PORT", "HEALTH")
    text = _columns([head, *((name, state, str(pid or "-"), str(port), said) for name, state, pid, port, said in rows)])
    if sys.stdout.isatty():
        for state, colour in _COLOURS.items():
            text = text.replace(f" {state} ", f" \x1b[{colour}m{state}\x1b[0m ")
    return text


def table(settings: Settings, *, with_pwa: bool) -> str:
    """Where to look, and who can log in."""
    addresses = [
        ("App", settings.url("pwa")),
        ("API", settings.api_url),
        ("Mail catcher", settings.url("mail")),
        ("Stripe double", settings.url("stripe")),
        ("Push service", settings.url("push")),
        ("Database", f"127.0.0.1:{settings.port('db')}"),
        ("Studio", "./scripts/studio"),
        ("Keys", "./scripts/status -o env"),
    ]
    text = "\n" + _columns(addresses if with_pwa else addresses[1:])
    log_ins = demo_data.log_ins()
    if log_ins:
        text += "\n\n" + _columns([("LOG IN AS", "E-MAIL", "PASSWORD", "AUTHENTICATOR"), *log_ins])
    return text + "\n"

"""The demo people of a platform: those of supabase/seed.sql, and those of the demo year where it has been played."""

from __future__ import annotations

import re
from pathlib import Path

from siso_local.database import SUPABASE, is_seeded
from siso_local.demo_year import cast
from siso_local.settings import state_dir

PLAYED = "played"
_PASSWORD = re.compile(r"^-- Everybody's password: (\S+?)\.?(?:\s|$)", re.MULTILINE)
_PERSON = re.compile(r"^\s*\('([^']+@example\.com)', '([^']+)', (?:'([A-Z2-7]+)'|null)\)", re.MULTILINE)


def log_ins() -> list[tuple[str, str, str, str]]:
    """Name, e-mail, password and, for staff, the secret of their authenticator; empty without demo people."""
    if not is_seeded():
        return []
    text = (SUPABASE / "seed.sql").read_text()
    password = _PASSWORD.search(text)
    if not password:
        return []
    people = [(name, email, secret or "-") for email, name, secret in _PERSON.findall(text)]
    if year_outcome().startswith(PLAYED):
        people += cast.log_ins()
    return [(name, email, password.group(1), secret) for name, email, secret in people]


def _stamp() -> Path:
    return state_dir() / "demo-year"


def year_outcome() -> str:
    """What became of the demo year: ``played``… or why it was left out; empty while neither is known."""
    try:
        return _stamp().read_text()
    except FileNotFoundError:
        return ""


def note_year(outcome: str) -> None:
    _stamp().write_text(outcome)

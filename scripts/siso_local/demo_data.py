"""Who can log in to a platform with demo people, as supabase/seed.sql makes them: the only place where they stand."""

from __future__ import annotations

import re

from siso_local.database import SUPABASE, is_seeded

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
    return [(name, email, password.group(1), secret or "-") for email, name, secret in _PERSON.findall(text)]

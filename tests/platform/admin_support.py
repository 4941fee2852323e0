"""Staff at ``./scripts/admin``: real accounts with authenticators, signed in once each, and things to decide."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pyotp
import pytest
from postgrest import APIError
from supabase import Client

from siso_admin.__main__ import parser
from siso_admin.actions import Rows
from siso_admin.session import sign_in
from siso_local.settings import Settings
from tests.clients.contract_stage import PASSWORD, Stage
from tests.database.harness import Person, make_staff

ROLES = ("support", "finance", "admin", "owner")


class Desk:
    """What is on the desks, and the staff members who sit there, by role; ``colleague`` is a second admin."""

    def __init__(self, settings: Settings, environment: Callable[[str, str], None]) -> None:
        self.settings, self._environment = settings, environment
        self._clients: dict[str, Client] = {}
        with psycopg.connect(settings.dsn("postgres")) as db:
            self.stage = Stage(db, settings)
            self.stage.set()
            self.stage.draft_payout()
            for role in ("support", "owner"):
                self.stage.can_sign_in(role, make_staff(db, role, name=f"{role.title()} 92"), mfa=True)
            self.stage.can_sign_in("colleague", make_staff(db, "admin", name="Admin 92"), mfa=True)
            self.stage.can_sign_in("terminal", make_staff(db, "finance", name="Finance 94"), mfa=True)
            self.stage.can_sign_in("unproven", make_staff(db, "finance", name="Finance 93"))
            db.commit()
        self.things: dict[str, Any] = self.stage.values
        self.db = psycopg.connect(settings.dsn("postgres"), autocommit=True)
        self.stage.db = self.db

    def email(self, who: str) -> str:
        return str(self.stage.people[who]["email"])

    def partner(self, name: str) -> Person:
        """Somebody new, who may be suspended or paid without harm to others."""
        return self.stage.partner(name)

    def account(self, who: str) -> None:
        """The terminal is this staff member's from now on."""
        person = self.stage.people[who]
        self._environment("SUPABASE_URL", self.settings.api_url)
        self._environment("SUPABASE_PUBLISHABLE_KEY", self.settings.publishable_key)
        self._environment("SISO_ADMIN_EMAIL", person["email"])
        self._environment("SISO_ADMIN_PASSWORD", PASSWORD)
        self._environment("SISO_ADMIN_TOTP_SECRET", person.get("secret", ""))

    def client(self, who: str) -> Client:
        """Signed in as the tool does it, once: a code works once."""
        if who not in self._clients:
            self.account(who)
            self._clients[who] = sign_in(None, pyotp.TOTP(self.stage.people[who]["secret"]).now())
        return self._clients[who]

    def run(self, who: str, action: str, *arguments: Any) -> Rows:
        """One action as it is typed."""
        options = parser().parse_args([action, *map(str, arguments)])
        rows: Rows = options.run(self.client(who), options)
        return rows

    def refused(self, who: str, action: str, *arguments: Any) -> tuple[str, str]:
        """SQLSTATE and rule of the database's refusal."""
        with pytest.raises(APIError) as caught:
            self.run(who, action, *arguments)
        return str(caught.value.code), str(json.loads(caught.value.details or "{}").get("rule"))

    def value(self, query: str, *values: Any) -> Any:
        row = self.db.execute(query.encode(), values or None).fetchone()
        return row[0] if row else None

    def wait(self, query: str, *values: Any) -> Any:
        """The workers do their part meanwhile."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if found := self.value(query, *values):
                return found
            time.sleep(0.1)
        raise AssertionError(f"waited in vain for: {query}")

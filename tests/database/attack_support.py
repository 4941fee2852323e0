"""What the attacks share: partners with real sessions who call the servers as a script of theirs would."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
import psycopg

from siso_local.settings import Settings
from tests.database.harness import Person, make_partner, value

PASSWORD = "Attack-pass-2026"


class Caller:
    """A partner with a real session, and the three servers as a script of theirs would call them."""

    def __init__(self, settings: Settings, connection: psycopg.Connection, name: str) -> None:
        self.email = f"{name}.{uuid.uuid4().hex}@example.com"
        self._settings = settings
        secret = {"apikey": settings.secret_key, "authorization": f"Bearer {settings.secret_key}"}
        made = httpx.post(
            f"{settings.api_url}/auth/v1/admin/users",
            headers=secret,
            json={"email": self.email, "password": PASSWORD, "email_confirm": True},
        )
        made.raise_for_status()
        user = made.json()["id"]
        self.partner: Person = make_partner(connection, name=name, login=Person(uuid.UUID(user), user, self.email))
        self.id = str(self.partner.id)
        self.http = httpx.Client(base_url=settings.api_url, timeout=20, headers={"apikey": settings.publishable_key})
        signed_in = self.http.post(
            "/auth/v1/token", params={"grant_type": "password"}, json={"email": self.email, "password": PASSWORD}
        )
        signed_in.raise_for_status()
        self.token = str(signed_in.json()["access_token"])
        self.refresh_token = str(signed_in.json()["refresh_token"])
        self.http.headers["authorization"] = f"Bearer {self.token}"

    def rest(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.http.request(method, f"/rest/v1/{path}", json=body, headers=headers)

    def call(self, function: str, **arguments: Any) -> httpx.Response:
        return self.rest("POST", f"rpc/{function}", arguments)

    def storage(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.http.request(method, f"/storage/v1/{path}", **options)


class Victim(Caller):
    """A partner with a lead, a claimed deal with its estimate, and a picture."""

    def __init__(self, settings: Settings, connection: psycopg.Connection) -> None:
        super().__init__(settings, connection, "victim")
        self.company = f"Client {uuid.uuid4().hex}"
        self.lead, self.won_lead = (self._lead(self.company), self._lead(f"{self.company} won"))
        claimed = self.call(
            "claim_win", lead_id=self.won_lead, value=100000, currency="USD", request_id=str(uuid.uuid4())
        )
        assert claimed.status_code == 200, claimed.text
        self.deal = claimed.json()
        self.commission = str(
            value(connection, "select id from public.commissions where partner_id = %s", self.partner.id)
        )

    def _lead(self, company: str) -> str:
        made = self.rest("POST", "leads", {"company_name": company}, prefer="return=representation")
        assert made.status_code == 201, made.text
        return str(made.json()[0]["id"])

    @property
    def secrets(self) -> set[str]:
        return {self.email, self.company, self.deal["reference"], self.commission}


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer is this error and nothing else; returns its body."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body["code"] == code, body
    return body


def not_found(answer: httpx.Response) -> None:
    """Others' rows do not exist for the caller: not even a refusal tells that they are there."""
    body = answer.json()
    assert answer.status_code == 404, answer.text
    assert body["code"] == "PT404", body
    assert rule(body) == "not_found"


def rule(body: dict[str, Any]) -> str:
    return str(json.loads(body["details"])["rule"])

"""What the tests of Auth share: the official client, the mail catcher, and accounts of their own."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import psycopg
import pyotp
import pytest
from psycopg.rows import dict_row
from supabase import Client, ClientOptions, create_client
from supabase_auth.errors import AuthApiError

from siso_local.auth.app import create_app
from siso_local.auth.config import load
from siso_local.settings import Settings

PASSWORD = "Starter-pass-2026"
Result = TypeVar("Result")


def new_email() -> str:
    return f"starter-{uuid.uuid4().hex[:12]}@example.com"


def new_client(settings: Settings, key: str | None = None, flow: Literal["implicit", "pkce"] = "implicit") -> Client:
    """A client with a session of its own, as one browser has."""
    options = ClientOptions(auto_refresh_token=False, persist_session=False, flow_type=flow)
    return create_client(settings.api_url, key or settings.publishable_key, options)


def admin_client(settings: Settings) -> Client:
    return new_client(settings, settings.secret_key)


def claims(token: str) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


@dataclass
class Mail:
    subject: str
    text: str
    html: str

    @property
    def link(self) -> str:
        found = re.search(r"https?://\S+/verify\?\S+", self.text)
        assert found, self.text
        return found[0]

    @property
    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", re.sub(r"https?://\S+", "", self.text))
        assert found, self.text
        return found[0]

    @property
    def token_hash(self) -> str:
        return parse_qs(urlsplit(self.link).query)["token"][0]


def mails(settings: Settings, to: str) -> list[Mail]:
    answer = httpx.get(f"{settings.url('mail')}/api/messages", params={"to": to})
    answer.raise_for_status()
    return [Mail(m["subject"], m["text"], m["html"]) for m in answer.json()]


def newest_mail(settings: Settings, to: str, count: int = 1) -> Mail:
    """The newest mail to this address, once there are at least ``count``."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = mails(settings, to)
        if len(found) >= count:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"no mail number {count} to {to}")


def follow(link: str) -> tuple[str, dict[str, str]]:
    """Opens a link of a mail as a browser does: the address that it leads to, and what is in its fragment and query."""
    answer = httpx.get(link, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    said = {**parse_qs(place.query), **parse_qs(place.fragment)}
    return f"{place.scheme}://{place.netloc}{place.path}", {key: values[0] for key, values in said.items()}


def signed_in(settings: Settings) -> tuple[Client, str]:
    """A client signed in to a fresh, confirmed account; and its address."""
    email = new_email()
    admin_client(settings).auth.admin.create_user({"email": email, "password": PASSWORD, "email_confirm": True})
    client = new_client(settings)
    client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    return client, email


def session_of(client: Client) -> Any:
    session = client.auth.get_session()
    assert session is not None
    return session


def refused(call: Callable[[], Any], code: str, status: int) -> str:
    """Asserts that Auth refuses with this code and HTTP status; gives its words."""
    with pytest.raises(AuthApiError) as caught:
        call()
    assert (caught.value.code, caught.value.status) == (code, status)
    return str(caught.value.message)


def add_factor(client: Client, name: str = "phone") -> tuple[str, str]:
    """Enrols and verifies TOTP: the factor's id and secret. The session is at aal2 afterwards."""
    enrolled = client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": name})
    assert enrolled.totp is not None
    code = pyotp.TOTP(enrolled.totp.secret).now()
    client.auth.mfa.challenge_and_verify({"factor_id": enrolled.id, "code": code})
    return enrolled.id, enrolled.totp.secret


def next_code(secret: str) -> str:
    """The code of the next half minute, which Auth accepts already: the present one may have been used."""
    return str(pyotp.TOTP(secret).at(int(time.time()) + 30))


def query(settings: Settings, text: str, *values: Any, role: str = "supabase_auth_admin") -> list[dict[str, Any]]:
    """Looks into, or arranges, the tables of Auth."""
    with psycopg.connect(settings.dsn(role), row_factory=dict_row) as db:
        cursor = db.execute(text.encode(), values)
        return cursor.fetchall() if cursor.description else []


@asynccontextmanager
async def auth_with(settings: Settings, **changes: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A second Auth in this process, on the same database, with a changed configuration."""
    app = create_app(settings, replace(load(settings), **changes))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://auth") as client:
            yield client


async def password_session(client: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    return await client.post("/token?grant_type=password", json={"email": email, "password": password})

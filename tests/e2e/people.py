"""Real clients for the stories: a new partner on a phone, staff at a terminal, SISO's systems, Stripe's onboarding."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
import psycopg
import pyotp
from standardwebhooks.webhooks import Webhook
from supabase import AsyncClient, acreate_client

from siso_local.settings import ROOT, Settings

STAFF_PASSWORD = "demo-Partner-1"
ADMIN_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
T = TypeVar("T")


def wait_for(what: str, look: Callable[[], T | None], seconds: float = 20.0) -> T:
    """Looks until it sees something; fails by name when the time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


def mail_to(settings: Settings, address: str, subject: str) -> dict[str, Any]:
    """The newest mail to an address whose subject holds some words."""

    def look() -> dict[str, Any] | None:
        found = httpx.get(f"{settings.url('mail')}/api/messages", params={"to": address, "subject": subject}).json()
        return found[0] if found else None

    return wait_for(f"a mail to {address} about {subject}", look)


def admin(settings: Settings, *arguments: str) -> list[dict[str, Any]]:
    """Runs ./scripts/admin as the demo admin, as a person would at a terminal."""
    for attempt in (1, 2):
        run = subprocess.run(
            [str(ROOT / "scripts" / "admin"), "--json", *arguments],
            env=os.environ
            | {
                "SUPABASE_URL": settings.api_url,
                "SUPABASE_PUBLISHABLE_KEY": settings.publishable_key,
                "SISO_ADMIN_EMAIL": "admin@example.com",
                "SISO_ADMIN_PASSWORD": STAFF_PASSWORD,
                "SISO_ADMIN_TOTP_SECRET": ADMIN_SECRET,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode == 0:
            rows: list[dict[str, Any]] = json.loads(run.stdout)
            return rows
        # A code works once; a second action within its half minute waits for the next one.
        if "code" not in run.stderr.lower() or attempt == 2:
            break
        time.sleep(30 - time.time() % 30 + 0.5)
    raise AssertionError(f"./scripts/admin {' '.join(arguments)}: {run.stderr.strip()}")


def client_pays(
    settings: Settings, reference: str, amount: int, *, source_id: str, days_ago: int = 31, instalment: int = 1
) -> httpx.Response:
    """SISO's systems tell of a cleared client payment, signed as Standard Webhooks demand."""
    body = json.dumps(
        {
            "type": "payment.cleared",
            "source": "siso-client-base",
            "source_id": source_id,
            "deal_reference": reference,
            "instalment": instalment,
            "amount": amount,
            "currency": "USD",
            "cleared_at": f"{datetime.now(UTC).date() - timedelta(days=days_ago)}T12:00:00Z",
        }
    )
    return post_signed(settings, body)


def post_signed(settings: Settings, body: str, secret: str | None = None) -> httpx.Response:
    now = datetime.now(UTC)
    message = f"msg_{uuid.uuid4().hex}"
    signature = Webhook(secret or settings.client_payments_secret).sign(message, now, body)
    headers = {
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
        "content-type": "application/json",
    }
    return httpx.post(f"{settings.api_url}/workers/commissions/hooks/client-payments", content=body, headers=headers)


class Partner:
    """A partner with the official client: signs up, confirms, applies, enrols a second factor."""

    def __init__(self, settings: Settings, client: AsyncClient, email: str) -> None:
        self.settings = settings
        self.client = client
        self.email = email
        self.password = f"Pass-{uuid.uuid4().hex[:12]}-1"
        self.secret = ""
        self.id = ""

    @classmethod
    async def new(cls, settings: Settings) -> Partner:
        client = await acreate_client(settings.api_url, settings.publishable_key)
        return cls(settings, client, f"partner.{uuid.uuid4().hex[:10]}@example.com")

    async def call(self, function: str, **arguments: Any) -> Any:
        return (await self.client.rpc(function, arguments).execute()).data

    async def sign_up(self) -> None:
        await self.client.auth.sign_up({"email": self.email, "password": self.password})
        mail = mail_to(self.settings, self.email, "Confirm")
        code = re.search(r"\b\d{6}\b", mail["text"] or mail["html"])
        assert code, "the mail holds no code"
        await self.client.auth.verify_otp({"email": self.email, "token": code.group(), "type": "signup"})

    async def sign_in(self) -> None:
        await self.client.auth.sign_in_with_password({"email": self.email, "password": self.password})

    async def become_partner(self) -> None:
        """From sign-up to approval."""
        await self.sign_up()
        await self.call(
            "submit_application",
            name=f"Partner {self.email[8:14]}",
            phone="+12025550123",
            country="US",
            motivation="I know web agencies.",
            accept_terms=True,
        )
        admin(self.settings, "approve-application", self.email)
        self.id = (await self.call("my_account"))["partner"]["id"]

    async def enrol_second_factor(self) -> None:
        enrolled = await self.client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "Phone"})
        assert enrolled.totp is not None
        self.secret = enrolled.totp.secret
        await self.client.auth.mfa.challenge_and_verify(
            {"factor_id": enrolled.id, "code": pyotp.TOTP(self.secret).now()}
        )

    async def win(self, value: int) -> dict[str, Any]:
        """Logs a lead, moves it along and claims the win; returns the deal."""
        lead = str(uuid.uuid4())
        await (
            self.client.table("leads")
            .insert({"id": lead, "company_name": f"Client {lead[:8]}", "estimated_value": value})
            .execute()
        )
        for stage in ("contacted", "qualified", "proposal_sent"):
            await self.call("move_lead", lead_id=lead, to_status=stage)
        deal: dict[str, Any] = await self.call(
            "claim_win", lead_id=lead, value=value, currency="USD", request_id=str(uuid.uuid4())
        )
        return deal

    async def connect_payout_account(self, db: psycopg.Connection) -> str:
        """Asks for the onboarding link and does what a person does on Stripe's pages; returns the link."""
        request = str(uuid.uuid4())
        await self.call("request_onboarding_link", request_id=request)

        async def link() -> str | None:
            answer = await self.client.table("payout_account_links").select("url, error").eq("id", request).execute()
            rows: Any = answer.data
            return rows[0]["url"] if rows else None

        url: str = await self.wait_for("the onboarding link", link)
        found = db.execute("select stripe_account_id from payout_accounts where partner_id = %s", (self.id,)).fetchone()
        assert found
        done = httpx.post(f"{self.settings.url('stripe')}/_double/accounts/{found[0]}/onboard", json={})
        assert done.status_code == 200, done.text

        async def ready() -> bool:
            answer = await self.client.table("payout_accounts").select("status").execute()
            rows: Any = answer.data
            return bool(rows) and rows[0]["status"] == "ready"

        await self.wait_for("the payout account to be ready", ready)
        return url

    async def wait_for(self, what: str, look: Callable[[], Any], seconds: float = 20.0) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = await look()
            if found:
                return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")

"""A Stripe double of one's own for a test module: started on a free port with an empty state folder."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import stripe

from siso_local.settings import ROOT, Settings
from tests.platform.ports import free_port_base

stripe.enable_telemetry = False
API_VERSION = "2026-10-28.endive"
RECIPIENT = {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}}


class Double:
    """A running double, as tests speak to it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = environment
        settings_file = folder / "settings.json"
        if settings_file.exists():
            self.settings = Settings.model_validate_json(settings_file.read_text())
        else:
            self.settings = Settings(port_base=free_port_base())
            settings_file.write_text(self.settings.model_dump_json())
        self.url = self.settings.url("stripe")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Double:
        environment = {
            **os.environ,
            "STRIPE_WEBHOOKS": "[]",
            **self.environment,
            "SISO_STATE": str(self.folder),
            "PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}",
        }
        log = (self.folder / "stripe.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "siso_local.stripe"], env=environment, stdout=log, stderr=log
        )
        until = time.monotonic() + 40
        while time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/health").status_code == 200:
                    return self
            assert self.process.poll() is None, (self.folder / "stripe.log").read_text()
            time.sleep(0.1)
        raise AssertionError("the double did not start: " + (self.folder / "stripe.log").read_text())

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def client(self, retries: int = 2, timeout: float = 20, key: str | None = None) -> stripe.StripeClient:
        return stripe.StripeClient(
            key or self.settings.stripe_secret_key,
            stripe_version=API_VERSION,
            max_network_retries=retries,
            base_addresses={"api": self.url},
            http_client=stripe.RequestsClient(timeout=timeout, async_fallback_client=stripe.HTTPXClient()),
        )

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET without a body, POST with one."""
        url = f"{self.url}/_double/{path}"
        answer = httpx.get(url, timeout=60) if body is None else httpx.post(url, json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def fault(self, kind: str, **fields: Any) -> None:
        self.control("faults", {"kind": kind, **fields})

    def assert_conserved(self) -> None:
        totals = self.control("totals")
        assert totals["conserved"], totals


@contextlib.contextmanager
def running_double(folder: Path, **environment: str) -> Iterator[Double]:
    double = Double(folder, **environment).start()
    try:
        yield double
    finally:
        double.stop()


def new_account(client: stripe.StripeClient, country: str = "us", **fields: Any) -> str:
    """A connected account that has not been onboarded."""
    params: Any = {
        "contact_email": f"starter-{uuid4().hex[:8]}@example.com",
        "display_name": "Starter 03",
        "dashboard": "express",
        "identity": {"country": country, "entity_type": "individual"},
        "defaults": {"responsibilities": {"fees_collector": "application", "losses_collector": "application"}},
        "configuration": RECIPIENT,
        **fields,
    }
    account = client.v2.core.accounts.create(params)
    return account.id


def ready_account(double: Double, method: str = "bank", country: str = "us") -> str:
    """A connected account that can receive transfers."""
    account = new_account(double.client(), country)
    double.control(f"accounts/{account}/onboard", {"method": method})
    return account


def pay(
    client: stripe.StripeClient, account: str, amount: int, key: str | None = None, **fields: Any
) -> stripe.Transfer:
    params: Any = {"amount": amount, "currency": "usd", "destination": account, **fields}
    return client.v1.transfers.create(params, {"idempotency_key": key} if key else None)


def available(client: stripe.StripeClient, account: str, currency: str = "usd") -> int:
    balance = client.v1.balance.retrieve({}, {"stripe_account": account})
    return sum(entry.amount for entry in balance.available if entry.currency == currency)


class Receiver:
    """Takes webhooks and keeps them. The first ``failures`` requests to each path are answered with 500."""

    def __init__(self, failures: int = 0) -> None:
        self.received: list[tuple[str, str, bytes]] = []
        counts: dict[str, int] = {}
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                counts[self.path] = counts.get(self.path, 0) + 1
                failed = counts[self.path] <= failures
                if not failed:
                    received.append((self.path, self.headers["stripe-signature"], body))
                self.send_response(500 if failed else 200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def endpoints(self, settings: Settings) -> list[dict[str, str]]:
        secrets = settings.stripe_webhook_secrets
        return [{"kind": kind, "url": f"{self.url}/{kind}", "secret": secrets[kind]} for kind in secrets]

    def wait_for(
        self, kind: str, event_type: str, about: str = "", count: int = 1, seconds: float = 15
    ) -> list[tuple[str, bytes]]:
        """Signature and body of the webhooks of this type that name ``about``, once there are ``count`` of them."""
        until = time.monotonic() + seconds
        while True:
            found = [
                (signature, body)
                for path, signature, body in list(self.received)
                if path == f"/{kind}" and about.encode() in body and json.loads(body)["type"] == event_type
            ]
            if len(found) >= count:
                return found
            assert time.monotonic() < until, (
                f"no {event_type} among {[json.loads(b)['type'] for *_, b in self.received]}"
            )
            time.sleep(0.05)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

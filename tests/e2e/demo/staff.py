"""SISO's staff at a terminal: ``./scripts/admin`` with a code from an authenticator app."""

from __future__ import annotations

import os
import subprocess
import time

import pyotp

from siso_local.demo_data import log_ins
from siso_local.settings import ROOT, Settings

STEP = 30  # seconds for which a code is shown


def next_code(secret: str, used: str = "") -> str:
    """A code that was not used yet: a code counts once, the next one comes within half a minute."""
    code = pyotp.TOTP(secret)
    while code.now() == used:
        time.sleep(0.2)
    return code.now()


def act(settings: Settings, people: tuple[str, ...], *arguments: str) -> str:
    """Runs one action as the first of some people whose code of this half minute is still unused; returns who did it.

    Raises ``RuntimeError`` with what the command said.
    """
    accounts = {email.split("@")[0]: (email, password, secret) for _, email, password, secret in log_ins()}
    if any(person not in accounts for person in people):
        raise RuntimeError("This platform has no demo staff: it was started with --no-demo. Run ./scripts/reset first.")
    said = ""
    for attempt in range(2):
        for person in people:
            email, password, secret = accounts[person]
            run = subprocess.run(
                [str(ROOT / "scripts" / "admin"), "--json", *arguments],
                env=os.environ
                | {
                    "SUPABASE_URL": settings.api_url,
                    "SUPABASE_PUBLISHABLE_KEY": settings.publishable_key,
                    "SISO_ADMIN_EMAIL": email,
                    "SISO_ADMIN_PASSWORD": password,
                    "SISO_ADMIN_TOTP_SECRET": secret,
                },
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode == 0:
                return email
            said = run.stderr.strip()
            if "code" not in said.lower():
                raise RuntimeError(f"./scripts/admin {arguments[0]}: {said}")
        if attempt == 0:
            time.sleep(STEP - time.time() % STEP + 0.5)
    raise RuntimeError(f"./scripts/admin {arguments[0]}: {said}")

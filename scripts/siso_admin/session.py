"""Signing in as a member of staff: e-mail, password, and a code from the authenticator app."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass

import pyotp
from supabase import Client, create_client
from supabase_auth.errors import AuthError

from siso_local.settings import Settings, state_dir


class RefusedError(Exception):
    """The sign-in or the action was refused; ``args[0]`` says why in one sentence."""


@dataclass(frozen=True)
class Place:
    """The installation to act on: ``SUPABASE_URL`` and ``SUPABASE_PUBLISHABLE_KEY``, or the local platform."""

    url: str
    key: str

    @classmethod
    def find(cls) -> Place:
        url, key = os.environ.get("SUPABASE_URL"), os.environ.get("SUPABASE_PUBLISHABLE_KEY")
        if url and key:
            return cls(url, key)
        if url or key:
            raise RefusedError("Set both SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY, or neither for the local platform.")
        if not (state_dir() / "settings.json").exists():
            raise RefusedError("No local platform here (./scripts/start) and no SUPABASE_URL is set.")
        settings = Settings.load()
        return cls(settings.api_url, settings.publishable_key)


def _ask(prompt: str, secret: bool = False) -> str:
    if not sys.stdin.isatty():
        raise RefusedError(f"{prompt} is missing (see ./scripts/admin --help).")
    return getpass.getpass(f"{prompt}: ") if secret else input(f"{prompt}: ").strip()


def _code(given: str | None) -> str:
    secret = os.environ.get("SISO_ADMIN_TOTP_SECRET")
    if given:
        return given
    return pyotp.TOTP(secret).now() if secret else _ask("Authenticator code")


def sign_in(email: str | None, code: str | None) -> Client:
    """A client that speaks with ``aal2`` for a member of staff. Raises ``RefusedError``."""
    place = Place.find()
    client = create_client(place.url, place.key)
    email = email or os.environ.get("SISO_ADMIN_EMAIL") or _ask("E-mail")
    password = os.environ.get("SISO_ADMIN_PASSWORD") or _ask("Password", secret=True)
    try:
        client.auth.sign_in_with_password({"email": email, "password": password})
        factors = [f for f in client.auth.mfa.list_factors().totp if f.status == "verified"]
        if not factors:
            raise RefusedError("This account has no authenticator app: add one in the app under Settings → Security.")
        client.auth.mfa.challenge_and_verify({"factor_id": factors[0].id, "code": _code(code)})
    except AuthError as error:
        raise RefusedError(f"Sign-in refused: {error.message}") from error
    return client

"""API keys: who a key speaks for, and the short token that stands in for it behind the gateway."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass

from siso_local.settings import Settings

_TOKEN_SECONDS = 300
_RENEW_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Key:
    role: str
    secret: bool = False  # sb_secret_…: refused from browsers


class KeyRefusedError(Exception):
    """The call is answered 401; ``body`` has the shape that hosted Supabase answers with."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.body = {"message": message, "hint": hint}


def _digest(key: str) -> bytes:
    # Looked up by digest, so that the time of a look-up tells nothing about a key.
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()


class Keys:
    """The keys of one platform. Raises ``SystemExit`` when one is missing: a gateway without keys lets all in."""

    def __init__(self, settings: Settings) -> None:
        if not (settings.publishable_key and settings.secret_key and settings.jwt_secret):
            raise SystemExit("The gateway does not start without its keys: settings.json lacks one of them.")
        self._settings = settings
        self._keys = {
            _digest(settings.publishable_key): Key("anon"),
            _digest(settings.secret_key): Key("service_role", secret=True),
            _digest(settings.legacy_key("anon")): Key("anon"),
            _digest(settings.legacy_key("service_role")): Key("service_role"),
        }
        self._legacy = {role: settings.legacy_key(role) for role in ("anon", "service_role")}
        self._tokens: dict[str, tuple[float, str]] = {}

    def check(self, given: str | None, headers: Mapping[str, str]) -> Key:
        """The key behind the text that a client sent. Raises ``KeyRefusedError``."""
        if not given:
            raise KeyRefusedError("No API key found in request", "No `apikey` request header or url param was found.")
        key = self._keys.get(_digest(given))
        if key is None:
            raise KeyRefusedError("Invalid API key", "Double check the provided API key.")
        if key.secret and ("Origin" in headers or headers.get("User-Agent", "").startswith("Mozilla/")):
            raise KeyRefusedError(
                "Forbidden use of secret API key in browser",
                "Secret API keys can only be used in a protected environment and should never be used in a browser. "
                "Delete this secret API key immediately.",
            )
        return key

    def legacy_jwt(self, role: str) -> str:
        """The long-lived JWT that Realtime gets for a socket, which may live for days."""
        return self._legacy[role]

    def bearer(self, given: str | None, key: Key | None) -> str | None:
        """The Authorization to send on: the client's own, or a fresh token of the key's role in place of none or of
        the key itself (clients without a session send their key as bearer)."""
        if given and not given.startswith("Bearer sb_"):
            return given
        return f"Bearer {self._token(key.role)}" if key else None

    def _token(self, role: str) -> str:
        now = time.monotonic()
        renew_at, token = self._tokens.get(role, (0.0, ""))
        if now >= renew_at:
            token = self._settings.mint(role, _TOKEN_SECONDS)
            self._tokens[role] = (now + _TOKEN_SECONDS - _RENEW_BEFORE, token)
        return token

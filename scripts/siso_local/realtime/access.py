"""Who a connection or a channel speaks for: keys and tokens, and the words for those that are not believed."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import jwt

from siso_local.settings import Settings
from siso_local.tokens import Claims, InvalidTokenError, verify

_FAR_AWAY = 10 * 365 * 24 * 3600


class RefusedError(Exception):
    """A join, a message or a request that is not allowed: operational code and words, as hosted words them."""

    def __init__(self, code: str, message: str, *, disconnect: bool = False) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.disconnect = disconnect


@dataclass(frozen=True, slots=True)
class Identity:
    """A believed token. ``expires_at`` is Unix time in seconds."""

    token: str
    claims: Claims
    expires_at: float

    @property
    def role(self) -> str:
        return str(self.claims["role"])

    @property
    def seconds_left(self) -> float:
        return self.expires_at - time.time()

    def expiry_message(self) -> str:
        return f"Token has expired {max(0, int(-self.seconds_left))} seconds ago"


class Access:
    """Turns what a client sent into an ``Identity``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._key_roles = {settings.publishable_key: "anon", settings.secret_key: "service_role"}

    async def identify(self, token: str) -> Identity:
        """Accepts an API key or a token. Raises ``RefusedError`` with the code that hosted gives."""
        role = self._key_roles.get(token)
        if role is not None:
            return Identity(token, {"role": role}, time.time() + _FAR_AWAY)
        try:
            # Only a third-party issuer makes the verifier wait (for that issuer's keys).
            if self._settings.third_party_issuers:
                claims = await asyncio.to_thread(verify, token, self._settings)
            else:
                claims = verify(token, self._settings)
        except InvalidTokenError as error:
            raise self._refusal(token, str(error)) from error
        if not isinstance(claims.get("role"), str) or not claims["role"]:
            raise RefusedError("InvalidJWTToken", "Fields `role` and `exp` are required in JWT")
        return Identity(token, claims, float(claims["exp"]))

    @staticmethod
    def _refusal(token: str, reason: str) -> RefusedError:
        if reason == "JWT expired":
            # The signature was checked before the time, so the claim may be shown to its bearer.
            expired_at = float(jwt.decode(token, options={"verify_signature": False})["exp"])
            return RefusedError("InvalidJWTToken", Identity(token, {}, expired_at).expiry_message())
        if "exp" in reason:
            return RefusedError("InvalidJWTToken", "Fields `role` and `exp` are required in JWT")
        if "unable to parse" in reason:
            return RefusedError("MalformedJWT", "The token provided is not a valid JWT")
        return RefusedError("JwtSignatureError", "Failed to validate JWT signature")

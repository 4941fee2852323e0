"""How a refusal looks: the status, code and words that hosted Auth uses, in the two shapes that clients know."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

API_VERSION = "x-supabase-api-version"
NEW_SHAPE = "2024-01-01"


class AuthError(Exception):
    """A refusal. ``keep`` is set where what was written before the refusal must stay (a revoked token family)."""

    def __init__(self, status: int, code: str, message: str, *, keep: bool = False, **extra: Any) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.keep = keep
        self.extra = extra

    def response(self, request: Request) -> JSONResponse:
        """The answer in the shape that the caller's ``x-supabase-api-version`` asks for."""
        if request.headers.get(API_VERSION, "") >= NEW_SHAPE:
            body: dict[str, Any] = {"code": self.code, "message": self.message, **self.extra}
            headers = {API_VERSION: NEW_SHAPE}
        else:
            body = {"code": self.status, "error_code": self.code, "msg": self.message, **self.extra}
            headers = {}
        return JSONResponse(body, self.status, headers)


def invalid(message: str) -> AuthError:
    return AuthError(400, "validation_failed", message)


def weak_password(message: str, reasons: list[str]) -> AuthError:
    return AuthError(422, "weak_password", message, weak_password={"reasons": reasons})


def too_many_requests() -> AuthError:
    return AuthError(429, "over_request_rate_limit", "Request rate limit reached")


def otp_expired(message: str = "Token has expired or is invalid") -> AuthError:
    return AuthError(403, "otp_expired", message)


def banned(status: int = 400) -> AuthError:
    return AuthError(status, "user_banned", "User is banned")


def user_not_found() -> AuthError:
    return AuthError(404, "user_not_found", "User not found")


def email_exists() -> AuthError:
    return AuthError(422, "email_exists", "A user with this email address has already been registered")


def unexpected(message: str) -> AuthError:
    return AuthError(500, "unexpected_failure", message)

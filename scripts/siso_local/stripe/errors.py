"""Errors in Stripe's shape."""

from __future__ import annotations

from typing import Any


class StripeError(Exception):
    """What the double answers instead of a result.

    ``stored`` says whether the answer belongs to the idempotency key: true once the operation began to run (Stripe then
    replays the failure), false for validation failures, conflicts and rate limits.
    """

    def __init__(
        self,
        status: int,
        message: str,
        code: str | None = None,
        *,
        param: str | None = None,
        kind: str = "invalid_request_error",
        stored: bool = True,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param
        self.kind = kind
        self.stored = stored

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {"message": str(self), "type": self.kind}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = "https://stripe.com/docs/error-codes/" + self.code.replace("_", "-")
        if self.param:
            error["param"] = self.param
        return {"error": error}


def invalid(message: str, code: str | None = None, param: str | None = None) -> StripeError:
    """A parameter that fails validation: 400, and the idempotency key stays unused."""
    return StripeError(400, message, code, param=param, stored=False)


def refused(message: str, code: str, param: str | None = None) -> StripeError:
    """A well-formed request that the state of the world does not allow: 400, replayed under its key."""
    return StripeError(400, message, code, param=param)


def no_such(kind: str, identifier: str, param: str = "id", status: int = 404) -> StripeError:
    return StripeError(status, f"No such {kind}: '{identifier}'", "resource_missing", param=param)


def not_in_double(what: str, param: str | None = None) -> StripeError:
    """Something Stripe can do and the double cannot: said plainly, so that nobody hunts a bug that is a gap."""
    return StripeError(
        400, f"{what} is not part of the local Stripe double; use a Stripe sandbox for it.", param=param, stored=False
    )

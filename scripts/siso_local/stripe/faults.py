"""Faults on demand: what goes wrong between a client and Stripe, before or after the change is committed."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from siso_local.stripe.errors import StripeError, refused


class Fault(BaseModel):
    """One kind of failure for the next ``count`` requests that match.

    ``path`` is a glob over the request path; ``contains`` is a text that must occur in the body, query or idempotency
    key, so that tests that run side by side do not meet each other's faults. ``timeout`` holds the connection for
    ``seconds``, then drops it. ``stored`` binds a 500 before the commit to its idempotency key, as Stripe does when an
    operation itself fails. ``refused`` is Stripe's no with any error ``code`` of its own, bound to the key.
    """

    model_config = ConfigDict(extra="forbid")

    path: str = "*"
    method: str = "*"
    contains: str = ""
    when: Literal["before", "after"] = "before"
    kind: Literal["timeout", "reset", "429", "lock_timeout", "500", "503", "409", "refused"]
    code: str = Field(default="", pattern="^[a-z_]*$")
    count: int = Field(default=1, ge=1)
    seconds: float = Field(default=30.0, ge=0, le=600)
    stored: bool = False

    def error(self) -> StripeError | None:
        """The answer to give; ``None`` where the connection breaks without one."""
        if self.kind == "refused":
            return refused("Stripe refused this, because a test asked for it.", self.code)
        texts = {
            "429": ("rate_limit", "Too many requests made to the API too quickly."),
            "lock_timeout": (
                "lock_timeout",
                "This object cannot be accessed right now because another request uses it.",
            ),
            "500": (None, "An unknown error occurred."),
            "503": (None, "Stripe is temporarily unavailable."),
            "409": (
                "idempotency_key_in_use",
                "There is currently another in-progress request using this Idempotency Key.",
            ),
        }
        if self.kind not in texts:
            return None
        code, text = texts[self.kind]
        status = 429 if self.kind == "lock_timeout" else int(self.kind)
        kind = "api_error" if status >= 500 else "invalid_request_error"
        return StripeError(status, text, code, kind=kind, stored=self.stored and status == 500)


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, when: str, method: str, path: str, text: str) -> Fault | None:
        """The first fault that fits this request, used up by one."""
        for fault in self.waiting:
            if (
                fault.when == when
                and fault.method in ("*", method)
                and fnmatchcase(path, fault.path)
                and fault.contains in text
            ):
                fault.count -= 1
                if fault.count == 0:
                    self.waiting.remove(fault)
                return fault
        return None

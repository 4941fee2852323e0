"""Settings of a worker: environment variables alone, checked at start."""

from __future__ import annotations

import re
import sys
from typing import Literal, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from standardwebhooks.webhooks import Webhook

from workers.core import logs

# Values that stand in examples. Outside local mode a worker that finds one refuses to start.
PLACEHOLDERS = (
    "changeme",
    "change-me",
    "change_me",
    "example",
    "placeholder",
    "secret",
    "test",
    "todo",
    "xxx",
    "your-",
    "your_",
    "<",
)
_KIND = re.compile(r"^(?:[sr]k_(?:live|test)_|whsec_|sb_(?:secret|publishable)_)")


def webhook_secret(value: SecretStr) -> SecretStr:
    """Refuses a secret that Standard Webhooks could not sign with: it would turn every request away."""
    try:
        Webhook(value.get_secret_value())
    except Exception as error:
        raise ValueError("is to be whsec_ and random bytes in base64") from error
    return value


class WorkerSettings(BaseSettings):
    """What every worker needs. Each worker adds its own secrets in a subclass and gets no other's."""

    # Errors must not show what was given: it may be a secret.
    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    siso_env: Literal["local", "production"] = "production"
    port: int = Field(ge=1, le=65535)
    host: str = "127.0.0.1"
    supabase_url: str = Field(pattern=r"^https?://")
    supabase_publishable_key: str
    # A token for this worker's database role, at most 30 days old (./scripts/worker_token); never the signing key.
    worker_token: SecretStr
    doorbell_secret: SecretStr
    # How often to look for work that no doorbell announced, and how much to take at once.
    sweep_seconds: float = Field(default=10.0, gt=0)
    max_jobs: int = Field(default=10, ge=1, le=100)
    lease_seconds: int = Field(default=60, ge=1, le=900)

    _usable_doorbell = field_validator("doorbell_secret")(webhook_secret)

    @model_validator(mode="after")
    def refuse_placeholders(self) -> Self:
        """A forgotten example value must stop the start, not the money."""
        if self.siso_env == "local":
            return self
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, str) and name.endswith(("_url", "_api_base")) and not value.startswith("https://"):
                raise ValueError(f"{name.upper()} must be an https address outside local mode")
            if isinstance(value, SecretStr) or name == "supabase_publishable_key":
                given = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
                bare = _KIND.sub("", given.strip().lower())
                if len(bare) < 16 or bare.startswith(PLACEHOLDERS) or len(set(bare)) < 6:
                    raise ValueError(f"{name.upper()} looks like a placeholder: set the real value")
        return self


S = TypeVar("S", bound=WorkerSettings)


def load(kind: type[S]) -> S:
    """The settings from the environment; ends the process with one log line where they are not sound."""
    try:
        return kind()  # type: ignore[call-arg]  # from the environment
    except ValidationError as error:
        problems = [
            f"{'.'.join(str(part) for part in one['loc']).upper()} {one['msg']}".strip() for one in error.errors()
        ]
        logs.get("settings").error("the settings are not sound", problems=problems)
        sys.exit(2)

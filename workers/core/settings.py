"""Settings of a worker: environment variables alone, checked at start."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# Values that stand in examples. Outside local mode a worker that finds one refuses to start.
PLACEHOLDERS = ("changeme", "change-me", "example", "secret", "test", "your-")


class WorkerSettings(BaseSettings):
    """What every worker needs. Each worker adds its own secrets in a subclass and gets no other's."""

    model_config = SettingsConfigDict(extra="ignore")

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

    @model_validator(mode="after")
    def refuse_placeholders(self) -> Self:
        """A forgotten example value must stop the start, not the money."""
        if self.siso_env == "local":
            return self
        if not self.supabase_url.startswith("https://"):
            raise ValueError("SUPABASE_URL must be an https address outside local mode")
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                bare = value.get_secret_value().lower()
                if len(bare) < 16 or bare.startswith(PLACEHOLDERS):
                    raise ValueError(f"{name.upper()} looks like a placeholder: set the real secret")
        return self

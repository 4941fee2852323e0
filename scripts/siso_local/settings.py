"""Where one local platform lives and how its parts reach each other.

One state folder (``SISO_STATE``, default ``.state/dev``) holds everything that a platform owns: database, files, logs,
process ids and ``settings.json``, which is written once with fresh random keys and read by every component. Two state
folders are two platforms that know nothing of each other.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import BaseModel, Field

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(os.environ.get("SISO_TOOLS", ROOT / ".state" / "tools"))
HOST = "127.0.0.1"
DEFAULT_PORT_BASE = 54320

# Offsets from the port base. The first four are the offsets that `supabase start` uses.
PORT_OFFSETS = {
    "api": 1,
    "db": 2,
    "studio": 3,
    "mail": 4,
    "smtp": 5,
    "stripe": 6,
    "push": 7,
    "pwa": 8,
    "postgrest": 10,
    "auth": 11,
    "storage": 12,
    "realtime": 13,
    "runner": 14,
    "postgrest_admin": 15,
    "commissions": 20,
    "payouts": 21,
    "accounts": 22,
    "notifications": 23,
    "documents": 24,
}
WORKERS = ("commissions", "payouts", "accounts", "notifications", "documents")
# Roles that log in to Postgres. `postgres` is what hosted calls postgres: powerful, but no superuser.
DB_LOGINS = (
    "supabase_admin",
    "postgres",
    "authenticator",
    "supabase_auth_admin",
    "supabase_storage_admin",
    "supabase_realtime_admin",
)
TEN_YEARS = 10 * 365 * 24 * 3600


def state_dir() -> Path:
    return Path(os.environ.get("SISO_STATE", ROOT / ".state" / "dev")).resolve()


def _b64url_int(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes(32, "big")).rstrip(b"=").decode()


def new_p256_jwk() -> dict[str, str]:
    """A fresh P-256 private key as a JWK (RFC 7517) with ``kid``; used for signing tokens and for VAPID."""
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = key.private_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": secrets.token_hex(8),
        "x": _b64url_int(numbers.public_numbers.x),
        "y": _b64url_int(numbers.public_numbers.y),
        "d": _b64url_int(numbers.private_value),
    }


def standard_webhook_secret() -> str:
    """A secret in the form of the Standard Webhooks specification: ``whsec_`` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class ThirdPartyIssuer(BaseModel):
    """An identity provider beside our own Auth, as in hosted Supabase's third-party auth (Clerk, for instance)."""

    issuer: str
    jwks_url: str


class Settings(BaseModel):
    port_base: int = DEFAULT_PORT_BASE
    publishable_key: str = Field(default_factory=lambda: "sb_publishable_" + secrets.token_urlsafe(24))
    secret_key: str = Field(default_factory=lambda: "sb_secret_" + secrets.token_urlsafe(24))
    jwt_secret: str = Field(default_factory=lambda: secrets.token_urlsafe(40))
    signing_jwk: dict[str, str] = Field(default_factory=new_p256_jwk)
    vapid_jwk: dict[str, str] = Field(default_factory=new_p256_jwk)
    db_passwords: dict[str, str] = Field(
        default_factory=lambda: {role: secrets.token_urlsafe(18) for role in DB_LOGINS}
    )
    # Signs the doorbell (database → worker); the database keeps its copy in Vault.
    doorbell_secret: str = Field(default_factory=standard_webhook_secret)
    # Signs POST /hooks/client-payments (SISO's systems → commissions worker).
    client_payments_secret: str = Field(default_factory=standard_webhook_secret)
    stripe_secret_key: str = Field(default_factory=lambda: "sk_test_" + secrets.token_urlsafe(24))
    # One secret per Stripe webhook endpoint: platform, connect, thin (event destination).
    stripe_webhook_secrets: dict[str, str] = Field(
        default_factory=lambda: {k: "whsec_" + secrets.token_hex(24) for k in ("platform", "connect", "thin")}
    )
    third_party_issuers: list[ThirdPartyIssuer] = []
    # Mails of Auth in an hour. Wider than in supabase/config.toml: they end in the mail catcher, and one run of the
    # tests sends hundreds.
    auth_rate_limit_emails_per_hour: int = 5000
    jwt_expiry_seconds: int = 900

    # -- reading and writing ---------------------------------------------------------------------------------------

    @classmethod
    def load(cls) -> Settings:
        """The settings of the platform in ``SISO_STATE``; a clear error where it has never been started."""
        path = state_dir() / "settings.json"
        if not path.exists():
            raise SystemExit(f"No platform in {state_dir()}: run ./scripts/start first.")
        return cls.model_validate_json(path.read_text())

    def save(self) -> None:
        """Writes settings.json whole or not at all, readable by its owner alone (it holds keys)."""
        folder = state_dir()
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / "settings.json.new"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(self.model_dump_json(indent=2))
        temporary.replace(folder / "settings.json")

    # -- addresses -------------------------------------------------------------------------------------------------

    def port(self, name: str) -> int:
        return self.port_base + PORT_OFFSETS[name]

    def url(self, name: str) -> str:
        """The loopback address of a component, for instance ``url("auth")``."""
        return f"http://{HOST}:{self.port(name)}"

    @property
    def api_url(self) -> str:
        return self.url("api")

    @property
    def issuer(self) -> str:
        return f"{self.api_url}/auth/v1"

    @property
    def smtp_url(self) -> str:
        return f"smtp://{HOST}:{self.port('smtp')}"

    def dsn(self, role: str = "postgres") -> str:
        """A libpq address for one of ``DB_LOGINS``; TLS is off because the server listens on loopback only."""
        return f"postgresql://{role}:{self.db_passwords[role]}@{HOST}:{self.port('db')}/postgres?sslmode=disable"

    # -- tokens ----------------------------------------------------------------------------------------------------

    def legacy_key(self, role: str) -> str:
        """The long-lived HS256 key that older projects call anon key or service_role key."""
        started = 1_735_689_600  # a constant, so that the key does not change between calls
        claims = {"iss": "supabase", "role": role, "iat": started, "exp": started + TEN_YEARS}
        return jwt.encode(claims, self.jwt_secret, algorithm="HS256")

    def mint(self, role: str, seconds: int = 300, **claims: Any) -> str:
        """A short-lived HS256 token for a database role (gateway and worker tokens)."""
        now = int(time.time())
        return jwt.encode(
            {"iss": "supabase", "role": role, "iat": now, "exp": now + seconds, **claims},
            self.jwt_secret,
            algorithm="HS256",
        )

    def public_names(self) -> dict[str, str]:
        """What ``./scripts/status -o env`` prints: the names of ``supabase status`` and ours."""
        return {
            "API_URL": self.api_url,
            "DB_URL": self.dsn("postgres"),
            "STUDIO_URL": self.url("studio"),
            "PUBLISHABLE_KEY": self.publishable_key,
            "SECRET_KEY": self.secret_key,
            "ANON_KEY": self.legacy_key("anon"),
            "SERVICE_ROLE_KEY": self.legacy_key("service_role"),
            "JWT_SECRET": self.jwt_secret,
            "PWA_URL": self.url("pwa"),
            "WORKERS_URL": f"{self.api_url}/workers",
            "MAIL_URL": self.url("mail"),
            "STRIPE_URL": self.url("stripe"),
            "PUSH_URL": self.url("push"),
            "SMTP_URL": self.smtp_url,
        }

    def public_jwk(self) -> dict[str, str]:
        return {k: v for k, v in self.signing_jwk.items() if k != "d"}


def dump(names: dict[str, str], form: str) -> str:
    """``status -o env|json``."""
    if form == "json":
        return json.dumps(names, indent=2)
    return "\n".join(f'{key}="{value}"' for key, value in names.items())

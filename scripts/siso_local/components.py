"""All parts of the platform in one list: how each is started, what it gets to know, what must be there before it."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from siso_local import database, tokens, toolchain
from siso_local.settings import HOST, ROOT, WORKERS, Settings, state_dir

WORKER_TOKEN_SECONDS = 30 * 24 * 3600
Env = dict[str, str]


@dataclass(frozen=True)
class Part:
    """One process. ``needs`` names other parts or the steps ``migrations``, ``demo year`` and ``pwa build``."""

    name: str
    ports: tuple[str, ...]
    command: Callable[[Settings], list[str]]
    env: Callable[[Settings], Env]
    needs: tuple[str, ...] = ()
    health: str = "/health"
    health_port: str = ""
    # Variables whose change asks for a restart of a part that runs.
    watched: tuple[str, ...] = ()
    source: Path | None = field(default=None, compare=False)

    def exists(self) -> bool:
        return self.source is None or self.source.exists()

    def address(self, settings: Settings) -> tuple[int, str]:
        """Port and path that answer 200 when the part can do its work."""
        return settings.port(self.health_port or self.ports[0]), self.health


def _module_file(module: str) -> Path:
    folder = ROOT / ("workers" if module.startswith("workers.") else "scripts/siso_local") / module.split(".")[1]
    return folder / "__main__.py" if folder.is_dir() else folder.with_suffix(".py")


def _own_part(settings: Settings) -> Env:
    return {"SISO_STATE": str(state_dir())}


def _local(name: str, *ports: str, needs: tuple[str, ...] = ()) -> Part:
    module = f"siso_local.{name}"
    return Part(
        name=name,
        ports=ports or (name,),
        command=lambda _settings: [sys.executable, "-m", module],
        env=_own_part,
        needs=needs,
        source=_module_file(module),
    )


# -- PostgREST ---------------------------------------------------------------------------------------------------------


def _postgrest_command(settings: Settings) -> list[str]:
    folder = state_dir() / "postgrest"
    folder.mkdir(parents=True, exist_ok=True)
    keys, config = folder / "keys.json", folder / "postgrest.conf"
    _write_private(keys, json.dumps(tokens.jwk_set(settings)))
    api = database.api_settings()
    values = {
        "db-uri": settings.dsn("authenticator"),
        # `alter role authenticator set pgrst.…` in the database wins over this file.
        "db-schemas": ", ".join(api["schemas"]),
        "db-extra-search-path": ", ".join(api["extra_search_path"]),
        "db-anon-role": "anon",
        "db-max-rows": api["max_rows"],
        "db-pool": 20,
        "db-channel-enabled": True,
        "jwt-secret": f"@{keys}",
        "openapi-mode": "disabled",
        "server-host": HOST,
        "server-port": settings.port("postgrest"),
        "admin-server-port": settings.port("postgrest_admin"),
        "log-level": "warn",
    }
    # The file's strings are written as JSON writes them.
    _write_private(config, "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items()))
    return [str(toolchain.postgrest()), str(config)]


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


# -- workers -----------------------------------------------------------------------------------------------------------


def vapid_public_key(settings: Settings) -> str:
    """The uncompressed point in base64url, as `pushManager.subscribe` wants it."""

    def number(name: str) -> bytes:
        text = settings.vapid_jwk[name]
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    return base64.urlsafe_b64encode(b"\x04" + number("x") + number("y")).rstrip(b"=").decode()


def worker_environment(name: str, settings: Settings) -> Env:
    """What one worker needs, and no other worker's secrets."""
    env = {
        "SUPABASE_URL": settings.api_url,
        "SUPABASE_PUBLISHABLE_KEY": settings.publishable_key,
        "WORKER_TOKEN": settings.mint(f"{name}_worker", WORKER_TOKEN_SECONDS),
        "DOORBELL_SECRET": settings.doorbell_secret,
        "PORT": str(settings.port(name)),
        "PWA_URL": settings.url("pwa"),
        "WORKERS_URL": f"{settings.api_url}/workers",
    }
    stripe = {"STRIPE_API_BASE": settings.url("stripe")} | {
        f"STRIPE_WEBHOOK_SECRET_{kind.upper()}": secret for kind, secret in settings.stripe_webhook_secrets.items()
    }
    own: dict[str, Env] = {
        "commissions": {"CLIENT_PAYMENTS_SECRET": settings.client_payments_secret},
        "payouts": {**stripe, "STRIPE_SECRET_KEY": settings.stripe_secret_key},
        # In production a restricted key that cannot move money; here the double knows one key only.
        "accounts": {**stripe, "STRIPE_ACCOUNTS_KEY": settings.stripe_secret_key},
        "notifications": {
            "SMTP_URL": settings.smtp_url,
            "MAIL_FROM": "SISO Partners <no-reply@example.com>",
            "AUDIT_ANCHOR_TO": "audit-anchor@example.com",
            "VAPID_PRIVATE_KEY": settings.vapid_jwk["d"],
            "VAPID_PUBLIC_KEY": vapid_public_key(settings),
            "VAPID_SUBJECT": "mailto:operations@example.com",
            "PUSH_HOSTS_ALLOWED": f"{HOST}:{settings.port('push')}",
        },
    }
    return env | own.get(name, {})


def _worker(name: str) -> Part:
    module = f"workers.{name}"
    return Part(
        name=name,
        ports=(name,),
        command=lambda _settings: [sys.executable, "-m", module],
        env=lambda settings: worker_environment(name, settings),
        needs=("demo year",),
        source=_module_file(module),
    )


def _pwa_env(settings: Settings) -> Env:
    return _own_part(settings) | {"SISO_PWA_BUILD": str(toolchain.pwa_build())}


PARTS: tuple[Part, ...] = (
    _local("mail", "mail", "smtp"),
    _local("stripe", needs=("demo year",)),  # the year writes into its store
    _local("push"),
    _local("gateway", "api", needs=("db",)),
    _local("auth", needs=("db",)),
    _local("storage", needs=("db",)),
    _local("realtime", needs=("db",)),
    Part(
        name="postgrest",
        ports=("postgrest", "postgrest_admin"),
        command=_postgrest_command,
        env=lambda _settings: {},
        needs=("migrations",),
        health="/ready",
        health_port="postgrest_admin",
    ),
    _local("runner", needs=("demo year",)),
    *(_worker(name) for name in WORKERS),
    Part(
        name="pwa",
        ports=("pwa",),
        command=lambda _settings: [sys.executable, "-m", "siso_local.pwa"],
        env=_pwa_env,
        needs=("pwa build",),
        watched=("SISO_PWA_BUILD",),
        source=toolchain.PWA / "index.html",
    ),
)

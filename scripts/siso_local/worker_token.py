"""``./scripts/worker_token <worker>``: a token for one worker's database role, for 30 days at most.

The signing key comes from the environment: ``SUPABASE_JWT_SECRET`` (the project's shared secret, HS256) or
``SUPABASE_SIGNING_JWK`` (a private signing key of the project as JSON, ES256). With neither, the local platform's key
is used. The token goes to standard output, everything else to standard error; the key itself is never printed, and no
worker ever gets it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jwt
from jwt import PyJWK

from siso_local.errors import PlatformError
from siso_local.settings import WORKERS, state_dir

MAX_DAYS = 30
DAY_SECONDS = 24 * 3600
SHORTEST_SECRET = 32


def signing_key(environment: Mapping[str, str]) -> tuple[Any, str, str | None]:
    """Key, algorithm and key id. Raises PlatformError when there is no usable key."""
    secret, jwk = environment.get("SUPABASE_JWT_SECRET"), environment.get("SUPABASE_SIGNING_JWK")
    if secret and jwk:
        raise PlatformError("Set SUPABASE_JWT_SECRET or SUPABASE_SIGNING_JWK, not both.")
    if secret:
        if len(secret) < SHORTEST_SECRET:
            raise PlatformError(f"SUPABASE_JWT_SECRET is shorter than {SHORTEST_SECRET} characters: not a real one.")
        return secret, "HS256", None
    if jwk:
        try:
            content = json.loads(jwk)
            key = PyJWK(content, algorithm="ES256").key
            if "d" not in content:
                raise ValueError("it has no private part")
            return key, "ES256", content["kid"]
        except (ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
            raise PlatformError(f"SUPABASE_SIGNING_JWK is no private P-256 key with a kid: {error}.") from None
    try:
        settings = json.loads((state_dir() / "settings.json").read_text())
        return settings["jwt_secret"], "HS256", None
    except (OSError, ValueError, KeyError):
        raise PlatformError(
            "There is no signing key: set SUPABASE_JWT_SECRET or SUPABASE_SIGNING_JWK, or start the local platform."
        ) from None


def mint(worker: str, days: float, environment: Mapping[str, str], now: float | None = None) -> str:
    """A token for ``<worker>_worker``. Raises PlatformError for an unknown worker or a life beyond 30 days."""
    if worker not in WORKERS:
        raise PlatformError(f"There is no worker called {worker}: it is one of {', '.join(WORKERS)}.")
    if not 0 < days <= MAX_DAYS:
        raise PlatformError(f"A worker's token lives for more than 0 and at most {MAX_DAYS} days, not {days:g}.")
    key, algorithm, kid = signing_key(environment)
    issued = int(time.time() if now is None else now)
    claims = {"iss": "supabase", "role": f"{worker}_worker", "iat": issued, "exp": issued + int(days * DAY_SECONDS)}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid} if kid else None)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/worker_token", description=__doc__.split("\n", 1)[0])
    parser.add_argument("worker", metavar="WORKER", help=f"one of {', '.join(WORKERS)}")
    parser.add_argument("--days", type=float, default=MAX_DAYS, help=f"life in days (default and most: {MAX_DAYS})")
    options = parser.parse_args()
    try:
        token = mint(options.worker, options.days, os.environ)
    except PlatformError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    ends = datetime.fromtimestamp(jwt.decode(token, options={"verify_signature": False})["exp"], UTC)
    print(f"{options.worker}_worker, until {ends:%Y-%m-%d %H:%M} UTC", file=sys.stderr)
    print(token)
    return 0


if __name__ == "__main__":
    sys.exit(main())

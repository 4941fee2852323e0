"""./scripts/worker_token: for one role, for 30 days at most, with the key that it was given."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import jwt
import pytest
from jwt import PyJWK

from siso_local import worker_token
from siso_local.errors import PlatformError
from siso_local.settings import ROOT, WORKERS, new_p256_jwk

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("worker", WORKERS)
def test_a_token_is_for_one_role_and_thirty_days(worker: str) -> None:
    token = worker_token.mint(worker, 30, {"SUPABASE_JWT_SECRET": SECRET})
    claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    assert claims["role"] == f"{worker}_worker"
    assert claims["exp"] - claims["iat"] == 30 * 24 * 3600
    assert abs(claims["iat"] - time.time()) < 5


def test_a_signing_key_of_the_project_signs_with_its_id() -> None:
    jwk = new_p256_jwk()
    token = worker_token.mint("payouts", 1, {"SUPABASE_SIGNING_JWK": json.dumps(jwk)})
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": "JWT", "kid": jwk["kid"]}
    public = {name: value for name, value in jwk.items() if name != "d"}
    assert jwt.decode(token, PyJWK(public).key, algorithms=["ES256"])["role"] == "payouts_worker"


@pytest.mark.parametrize("days", [0, -1, 30.001, 365])
def test_no_other_life(days: float) -> None:
    with pytest.raises(PlatformError, match="at most 30 days"):
        worker_token.mint("payouts", days, {"SUPABASE_JWT_SECRET": SECRET})


@pytest.mark.parametrize("worker", ["service_role", "authenticated", "payouts_worker", ""])
def test_no_other_role(worker: str) -> None:
    with pytest.raises(PlatformError, match="There is no worker"):
        worker_token.mint(worker, 1, {"SUPABASE_JWT_SECRET": SECRET})


@pytest.mark.parametrize(
    "environment",
    [
        {"SUPABASE_JWT_SECRET": "short"},
        {"SUPABASE_JWT_SECRET": SECRET, "SUPABASE_SIGNING_JWK": "{}"},
        {"SUPABASE_SIGNING_JWK": "no json"},
        {"SUPABASE_SIGNING_JWK": json.dumps({k: v for k, v in new_p256_jwk().items() if k != "d"})},
        {"SUPABASE_SIGNING_JWK": json.dumps({k: v for k, v in new_p256_jwk().items() if k != "kid"})},
    ],
)
def test_unusable_keys_are_refused(environment: dict[str, str]) -> None:
    with pytest.raises(PlatformError):
        worker_token.mint("payouts", 1, environment)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "scripts" / "worker_token"), *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_the_command_prints_the_token_alone(tmp_path: Path) -> None:
    done = run("accounts", "--days", "2", SUPABASE_JWT_SECRET=SECRET, SISO_STATE=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert jwt.decode(done.stdout.strip(), SECRET, algorithms=["HS256"])["role"] == "accounts_worker"
    assert SECRET not in done.stdout + done.stderr


def test_without_a_key_the_command_says_what_to_do(tmp_path: Path) -> None:
    done = run("accounts", SISO_STATE=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "SUPABASE_JWT_SECRET" in done.stderr

"""Settings: outside local mode a worker with a placeholder, or with a plain http address, does not start."""

import json
import os
import subprocess
import sys

import pytest
from pydantic import ValidationError

from workers.core.settings import WorkerSettings
from workers.payouts.app import Settings as PayoutSettings

SOUND = {
    "siso_env": "production",
    "port": 8080,
    "supabase_url": "https://abcdefghijkl.supabase.co",
    "supabase_publishable_key": "sb_publishable_k3J9dPq2Lm8ZxR5tW7",
    "worker_token": "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYSJ9.c2lnbmF0dXJl",
    "doorbell_secret": "whsec_8Zx1kq0P7rWm3nTb5vYc2dFgHjLs6aQe",
}
STRIPE = {
    "stripe_secret_key": "rk_live_51Hq7ZpW3nTb5vYc2d",
    "stripe_webhook_secret_platform": "whsec_8Zx1kq0P7rWm3nTb5vYc",
}


def test_sound_settings_are_taken() -> None:
    assert WorkerSettings(**SOUND).siso_env == "production"  # type: ignore[arg-type]
    assert PayoutSettings(**SOUND, **STRIPE).stripe_api_base == "https://api.stripe.com"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("worker_token", "changeme-changeme-changeme"),
        ("worker_token", "short"),
        ("doorbell_secret", "whsec_changemechangemechangeme"),
        ("doorbell_secret", "whsec_AAAAAAAAAAAAAAAAAAAAAAAA"),
        ("doorbell_secret", "%%%"),
        ("stripe_secret_key", "sk_test_your_key_goes_here"),
        ("stripe_secret_key", "<your Stripe key comes here>"),
        ("stripe_secret_key", "rk_live_"),
        ("stripe_webhook_secret_platform", "whsec_xxxxxxxxxxxxxxxx"),
        ("supabase_publishable_key", "sb_publishable_example_key_of_a_project"),
        ("supabase_url", "http://abcdefghijkl.supabase.co"),
        ("stripe_api_base", "http://127.0.0.1:54326"),
        ("siso_env", "staging"),
        ("port", 0),
        ("lease_seconds", 0),
    ],
)
def test_unsound_settings_are_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        PayoutSettings(**(SOUND | STRIPE | {name: value}))  # type: ignore[arg-type]
    told = str(refused.value)
    assert name in told.lower()
    assert not isinstance(value, str) or name == "siso_env" or value not in told, "the value is not to be shown"


def test_local_mode_takes_placeholders() -> None:
    assert WorkerSettings(**(SOUND | {"siso_env": "local", "worker_token": "test"})).port == 8080  # type: ignore[arg-type]


@pytest.mark.parametrize("worker", ["commissions", "payouts", "accounts", "notifications"])
def test_a_worker_that_cannot_start_says_so_in_one_line(worker: str) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "DOORBELL_SECRET": "changeme"}
    done = subprocess.run(
        [sys.executable, "-m", f"workers.{worker}"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "")
    [line] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (line["service"], line["level"]) == (worker, "error")
    assert any("WORKER_TOKEN" in problem for problem in line["problems"])
    assert "changeme" not in done.stdout

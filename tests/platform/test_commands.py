"""The commands of README.md that a test run does not use by itself, on the running platform."""

from __future__ import annotations

import subprocess

import jwt

from siso_local.settings import ROOT, Settings


def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "scripts" / name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_logs_show_what_the_parts_have_written(settings: Settings) -> None:
    done = run("logs")
    assert done.returncode == 0, done.stderr
    assert "gateway" in done.stdout
    assert settings.secret_key not in done.stdout


def test_a_local_worker_token_is_believed_by_the_platform(settings: Settings) -> None:
    done = run("worker_token", "commissions")
    assert done.returncode == 0, done.stderr
    claims = jwt.decode(done.stdout.strip(), settings.jwt_secret, algorithms=["HS256"])
    assert claims["role"] == "commissions_worker"

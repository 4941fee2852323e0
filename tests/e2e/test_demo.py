"""``./scripts/demo`` tells the whole story on the running platform; its lines are what a person reads first."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import httpx
import pytest

from siso_local.settings import ROOT, Settings, state_dir

LINES = (
    r"application: submitted → approved",
    r"second factor: none → verified",
    r"lead: new → contacted → qualified → proposal sent",
    r"deal D-[0-9A-F]+: none → claimed, 2,500\.00 USD at 20 %",
    r"deal D-[0-9A-F]+: claimed → verified",
    r"outbox job \d+ commission\.accrue: queued → done",
    r"journal accrue: commission expense 500\.00 USD, partner pending -500\.00 USD",
    r"Payable \$500\.00 .*without a reload",
    r"refused: PT403",
    r"Stripe: 1 transfer, tr_\w+, 500\.00 USD",
    r"webhook transfer\.created",
    r"payout [0-9a-f]{8}: approved → sending → sent → paid",
    r"decrypted: “Payout sent",
    r"2,500\.00 USD paid × 20 % \(starter, plan \d+\) +500\.00 USD",
    r"Closing balance +0\.00 USD",
    r"✓ The whole story in \d+ s",
)


def _demo(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / "demo"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_demo_plays_the_whole_story(settings: Settings) -> None:
    try:
        httpx.get(settings.url("pwa"), timeout=5)
    except httpx.HTTPError:
        pytest.fail("The test platform runs without the app: the demo needs it.", pytrace=False)
    run = _demo()
    assert run.returncode == 0, run.stdout + run.stderr
    missing = [line for line in LINES if not re.search(line, run.stdout)]
    assert not missing, run.stdout
    pictures = sorted(path.name for path in (state_dir() / "demo").glob("*.png"))
    assert len(pictures) > 15
    assert any(name.endswith("-paid-live.png") for name in pictures)


def test_without_a_platform_the_demo_says_what_to_do(tmp_path: Path) -> None:
    run = _demo(SISO_STATE=str(tmp_path / "nothing"))
    assert run.returncode == 1
    assert "./scripts/start" in run.stderr
    assert "Traceback" not in run.stderr

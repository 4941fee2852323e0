"""The set-up of the tools on a bare Python: what it reads, and how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lib import complete_lock, packages
from siso_local.settings import ROOT

LOCK = ROOT / "requirements" / "dev.lock"


def status(tools: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Any command does: each begins by setting the tools up."""
    return subprocess.run(
        [ROOT / "scripts" / "status"],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"SISO_TOOLS": str(tools), "SISO_STATE": str(tools / "state")} | env,
    )


def test_without_a_network_there_is_one_sentence_and_no_stamp(tmp_path: Path) -> None:
    dead = "http://127.0.0.1:9"
    failed = status(
        tmp_path / "tools",
        HTTPS_PROXY=dead,
        HTTP_PROXY=dead,
        ALL_PROXY=dead,
        PIP_RETRIES="0",
        PIP_NO_CACHE_DIR="1",
        UV_NO_CACHE="1",
        UV_HTTP_RETRIES="0",
        npm_config_cache=str(tmp_path / "npm"),
        npm_config_fetch_retries="0",
    )
    assert failed.returncode == 1
    told = [line for line in failed.stderr.splitlines() if line.startswith("✗")]
    assert len(told) == 1
    assert "Full log: " in told[0]
    assert Path(told[0].rpartition("Full log: ")[2]).exists()
    assert "Traceback" not in failed.stderr
    assert not (tmp_path / "tools" / "stamp").exists()


def test_without_a_new_enough_python_there_is_one_sentence(tmp_path: Path) -> None:
    for name in ("python", "python3", *(f"python3.{minor}" for minor in range(9, 20))):
        old = tmp_path / name
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
    failed = status(tmp_path / "tools", PATH=f"{tmp_path}:/usr/bin:/bin", SISO_PYTHON="")
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed" in failed.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    failed = status(blocked / "tools")
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert str(blocked) in failed.stderr


def test_a_package_is_taken_from_the_lock_with_its_hashes() -> None:
    text = packages.locked(LOCK, "uv")
    assert text.startswith("uv==")
    assert text.count("--hash=sha256:") > 3
    assert "uvicorn" not in text
    with pytest.raises(ValueError, match="does not name"):
        packages.locked(LOCK, "no-such-package")


def test_the_users_index_and_certificates_reach_uv_and_npm(tmp_path: Path) -> None:
    config = tmp_path / "pip.conf"
    config.write_text("[global]\nindex-url = https://mirror.example/simple\ncert = /etc/company.pem\n")
    given = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_", "SSL_", "NODE_"))}
    env = packages.registry_environment(given | {"PIP_CONFIG_FILE": str(config), "PIP_PROXY": "http://proxy:3128"})
    assert env["HTTPS_PROXY"] == "http://proxy:3128"
    if packages.has_module("pip"):
        assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
        assert env["SSL_CERT_FILE"] == env["NODE_EXTRA_CA_CERTS"] == "/etc/company.pem"
    kept = packages.registry_environment(
        given | {"PIP_INDEX_URL": "https://a/simple", "UV_DEFAULT_INDEX": "https://b/"}
    )
    assert kept["UV_DEFAULT_INDEX"] == "https://b/", "what is said to uv itself wins"


@pytest.mark.parametrize(
    ("log", "line"),
    [
        (
            "npm error code ENOTFOUND\nnpm error request to https://x failed, reason: no such host",
            "request to https://x",
        ),
        ("Resolved\nerror: Failed to fetch\n  cause: dns error", "cause: dns error"),
        ("one\ntwo", "two"),
        ("", "the tool said nothing"),
    ],
)
def test_the_telling_line_of_a_log_is_found(log: str, line: str) -> None:
    assert line in packages.reason(log)


def test_the_npm_lock_is_complete_and_names_no_host() -> None:
    lock = json.loads(complete_lock.LOCK.read_text())
    assert complete_lock.complete(lock["packages"]) == [], "run python scripts/lib/complete_lock.py"
    assert "http" not in "".join(str(entry.get("resolved", "")) for entry in lock["packages"].values())


def test_set_up_uses_nothing_but_the_standard_library() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); import lib.setup",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr

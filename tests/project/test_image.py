"""workers/Dockerfile without Docker: what it copies is there and is enough, and the lock installs on a clean Python."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lib import packages
from siso_local.settings import ROOT, WORKERS

DOCKERFILE = (ROOT / "workers" / "Dockerfile").read_text()


def test_what_is_copied_is_there_and_not_ignored() -> None:
    sources = re.findall(r"^COPY (\S+) \S+$", DOCKERFILE, re.MULTILINE)
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert sorted(sources) == sorted(allowed) == ["requirements/workers.lock", "workers"]
    assert all((ROOT / source).exists() for source in sources)


def test_it_runs_without_rights_and_with_locked_packages() -> None:
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)
    assert user and int(user[1]) > 0
    assert DOCKERFILE.index("USER ") < DOCKERFILE.index('CMD ["sh"')
    assert "--require-hashes" in DOCKERFILE


def test_every_worker_can_be_started_by_its_name() -> None:
    assert "exec python -m workers.${WORKER" in DOCKERFILE
    for worker in WORKERS:
        assert (ROOT / "workers" / worker / "__main__.py").exists()


@pytest.fixture(scope="module")
def clean_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with what the image installs and nothing else."""
    folder = tmp_path_factory.mktemp("image") / "venv"
    uv = Path(sys.executable).with_name("uv")
    environment = packages.registry_environment(dict(os.environ))
    for command in (
        ["venv", "--quiet", "--python", sys.executable, str(folder)],
        [
            "pip",
            "sync",
            "--quiet",
            "--python",
            str(folder / "bin/python"),
            "--require-hashes",
            "requirements/workers.lock",
        ],
    ):
        done = subprocess.run(
            [str(uv), *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return folder / "bin" / "python"


@pytest.mark.parametrize("worker", WORKERS)
def test_a_worker_needs_no_more_than_its_lock(clean_python: Path, worker: str, tmp_path: Path) -> None:
    (tmp_path / "workers").symlink_to(ROOT / "workers")
    code = f"import workers.{worker}.app, sys; sys.exit('siso_local' in sys.modules)"
    environment = {"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [str(clean_python), "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

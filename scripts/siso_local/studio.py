"""pgAdmin 4 as a stand-in for Studio, in an environment of its own that is made at the first call."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from siso_local import toolchain
from siso_local.errors import PlatformError
from siso_local.settings import HOST, ROOT, TOOLS, Settings, state_dir

VENV = TOOLS / "studio"
LOCK = ROOT / "requirements" / "studio.lock"


def run(settings: Settings, say: Callable[[str], None]) -> NoReturn:
    """Installs pgAdmin where needed, registers the database and runs it in the foreground until Ctrl-C."""
    _install(say)
    folder = state_dir() / "studio"
    folder.mkdir(parents=True, exist_ok=True)
    site = next((VENV / "lib").glob("python3.*/site-packages/pgadmin4"))
    (site / "config_local.py").write_text(_CONFIG)
    env = toolchain.base_environment() | {
        "SISO_STUDIO_FOLDER": str(folder),
        "SISO_STUDIO_PORT": str(settings.port("studio")),
        "PYTHONPATH": str(site),
    }
    servers = folder / "servers.json"
    password = folder / "pgpass"
    _private(password, f"{HOST}:{settings.port('db')}:*:postgres:{settings.db_passwords['postgres']}\n")
    server = {
        "Name": "SISO Partnerships",
        "Group": "Local",
        "Host": HOST,
        "Port": settings.port("db"),
        "MaintenanceDB": "postgres",
        "Username": "postgres",
        "ConnectionParameters": {"sslmode": "disable", "passfile": str(password)},
    }
    _private(servers, json.dumps({"Servers": {"1": server}}))
    python = str(VENV / "bin/python")
    for arguments in (["setup-db"], ["load-servers", str(servers), "--replace"]):
        command = [python, str(site / "setup.py"), *arguments]
        done = subprocess.run(command, check=False, env=env, capture_output=True, text=True)
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            raise PlatformError(f"pgAdmin could not be prepared: {lines[-1]}")
    say(f"pgAdmin listens on {settings.url('studio')}; Ctrl-C ends it.")
    sys.stdout.flush()
    os.execve(python, [python, str(site / "pgAdmin4.py")], env)  # noqa: S606


def _install(say: Callable[[str], None]) -> None:
    done = VENV / "done"
    wanted = LOCK.read_text()
    if done.exists() and done.read_text() == wanted:
        return
    say("Installing pgAdmin (once, about a minute) …")
    uv = str(Path(sys.executable).parent / "uv")
    log = TOOLS / "setup-studio.log"
    steps = (
        [uv, "--no-config", "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)],
        [uv, "--no-config", "pip", "sync", "--python", str(VENV / "bin/python"), "--require-hashes", str(LOCK)],
    )
    with log.open("wb") as output:
        for step in steps:
            if subprocess.run(step, stdout=output, stderr=output, env=os.environ, check=False).returncode != 0:
                raise PlatformError(f"pgAdmin could not be installed; is the network reachable? Full log: {log}")
    done.write_text(wanted)


def _private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


_CONFIG = '''\
"""Written by ./scripts/studio: one person on one machine, everything in the state folder of the platform."""

import os

DATA_DIR = os.environ["SISO_STUDIO_FOLDER"]
LOG_FILE = os.path.join(DATA_DIR, "pgadmin4.log")
SQLITE_PATH = os.path.join(DATA_DIR, "pgadmin4.db")
SESSION_DB_PATH = os.path.join(DATA_DIR, "sessions")
STORAGE_DIR = os.path.join(DATA_DIR, "storage")
SERVER_MODE = False
DEFAULT_SERVER = "127.0.0.1"
DEFAULT_SERVER_PORT = int(os.environ["SISO_STUDIO_PORT"])
MASTER_PASSWORD_REQUIRED = False
UPGRADE_CHECK_ENABLED = False
'''

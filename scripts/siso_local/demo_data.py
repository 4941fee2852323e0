"""The demo partners, loaded once into a fresh platform by ``python -m siso_local.demo``.

That program writes ``<state>/demo.json``, a list of ``{"who", "email", "password"}``, as its last act; the file says
that the demo is loaded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

from siso_local import processes, toolchain
from siso_local.errors import PlatformError
from siso_local.settings import ROOT, Settings, state_dir

_SOURCES = (ROOT / "scripts/siso_local/demo.py", ROOT / "scripts/siso_local/demo/__main__.py")


def load(settings: Settings, say: Callable[[str], None]) -> None:
    """Does nothing where the demo is loaded already or the checkout has none. Raises PlatformError."""
    if (state_dir() / "demo.json").exists() or not any(path.exists() for path in _SOURCES):
        return
    started = time.monotonic()
    env = toolchain.base_environment() | {"SISO_STATE": str(state_dir()), processes.MARK: processes.mark("demo")}
    size = processes.log_file("demo").stat().st_size if processes.log_file("demo").exists() else 0
    log = processes.open_log("demo")
    with os.fdopen(log, "ab") as output:
        code = subprocess.run(
            [sys.executable, "-m", "siso_local.demo"], check=False, cwd=ROOT, env=env, stdout=output, stderr=output
        ).returncode
    if code != 0:
        raise PlatformError(
            f"The platform runs, but the demo partners could not be loaded: {processes.last_line('demo', size)} "
            f"(full log: {processes.log_file('demo')}; --no-demo goes without)"
        )
    say(f"✓ demo partners ({time.monotonic() - started:.1f} s)")


def log_ins() -> list[tuple[str, str, str]]:
    try:
        entries = json.loads((state_dir() / "demo.json").read_text())
        return [(entry["who"], entry["email"], entry["password"]) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError):
        return []

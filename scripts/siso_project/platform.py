"""The platform that the tests talk to: in its own state folder, on its own ports, always stopped at the end."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from siso_local.settings import HOST, PORT_OFFSETS, ROOT, Settings, state_dir

FIRST_BASE = 31320
STEP = 40


def is_free(base: int) -> bool:
    """Whether every port of a block can be listened on."""
    for offset in PORT_OFFSETS.values():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, base + offset))
            except OSError:
                return False
    return True


def free_base() -> int:
    """``SISO_PORT_BASE`` where it is set, else the first free block from 31320 on."""
    given = os.environ.get("SISO_PORT_BASE")
    if given:
        return int(given)
    for base in range(FIRST_BASE, 65_000, STEP):
        if is_free(base):
            return base
    raise SystemExit("No free block of ports above 31320 was found: name one with SISO_PORT_BASE.")


def _script(name: str, *arguments: str, quiet: bool = False) -> int:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run([str(ROOT / "scripts" / name), *arguments], stdout=output, check=False).returncode


def is_running() -> bool:
    return state_dir().exists() and _script("status", quiet=True) == 0


@contextmanager
def fresh_platform() -> Iterator[dict[str, str]]:
    """A new platform with nothing but the seed; its names as ``./scripts/status -o env`` prints them."""
    if state_dir().exists() and _script("reset", "--yes", quiet=True) != 0:
        raise SystemExit(f"{state_dir()} could not be reset.")
    yield from _started()


@contextmanager
def some_platform() -> Iterator[dict[str, str]]:
    """The test platform that runs already, which is left running, or one that is started now and stopped again."""
    if is_running():
        yield Settings.load().public_names()
    else:
        yield from _started()


def _started() -> Iterator[dict[str, str]]:
    base = [] if (state_dir() / "settings.json").exists() else ["--port-base", str(free_base())]
    try:
        if _script("start", "--detach", "--no-year", *base) != 0:
            raise SystemExit("The test platform did not start.")
        yield Settings.load().public_names()
    finally:
        _script("stop")

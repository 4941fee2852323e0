"""One command at a time changes a platform."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from siso_local.errors import PlatformError
from siso_local.settings import state_dir

WAIT_SECONDS = 300


@contextmanager
def platform_lock(say: Callable[[str], None]) -> Iterator[None]:
    """Holds the platform's lock file; waits for another start, stop or reset. The system frees it if we are killed."""
    path = state_dir() / "command.lock"
    waiting = False
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise PlatformError(f"The state folder {path.parent} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A reset may have removed the file while we waited: then this lock protects nothing.
            if path.exists() and os.fstat(descriptor).st_ino == path.stat().st_ino:
                break
        except BlockingIOError:
            if not waiting:
                holder = os.read(descriptor, 20).decode() or "?"
                say(f"Another command (process {holder}) is working on this platform; waiting for it …")
                waiting = True
        os.close(descriptor)
        if time.monotonic() > deadline:
            raise PlatformError("Another command has held this platform for five minutes: end it, then try again.")
        time.sleep(0.1)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)

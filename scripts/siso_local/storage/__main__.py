"""``python -m siso_local.storage``: serves the platform of ``SISO_STATE`` until SIGTERM."""

from __future__ import annotations

import argparse
import fcntl
import time

import uvicorn

from siso_local.settings import HOST, Settings, state_dir
from siso_local.storage.app import build

LOCK_SECONDS = 10.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="siso_local.storage", description=__doc__)
    parser.add_argument("--port", type=int, help="another port than the platform's (for tests)")
    arguments = parser.parse_args()
    settings = Settings.load()
    folder = state_dir() / "storage"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # One server per folder: the sweep of a second one would take the first one's uploads for leftovers.
    with (folder / "lock").open("w") as lock:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise SystemExit(f"Another Storage server uses {folder}.") from None
                time.sleep(0.2)
        uvicorn.run(
            build(settings, folder),
            host=HOST,
            port=arguments.port or settings.port("storage"),
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=2,
            server_header=False,
            lifespan="on",
        )


if __name__ == "__main__":
    main()

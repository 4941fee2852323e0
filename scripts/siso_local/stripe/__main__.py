"""Runs the double on the platform's port: ``python -m siso_local.stripe``."""

from __future__ import annotations

import uvicorn

from siso_local.settings import HOST, Settings
from siso_local.stripe.app import build


def main() -> None:
    port = Settings.load().port("stripe")
    uvicorn.run(build(), host=HOST, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=3)


if __name__ == "__main__":
    main()

"""``python -m siso_local.auth``: serves Auth on loopback until SIGTERM."""

from __future__ import annotations

import logging

import uvicorn

from siso_local.auth.app import create_app
from siso_local.settings import HOST, Settings
from siso_local.web import log


class _JsonLines(logging.Handler):
    """What libraries have to say (the connection pool, uvicorn) as JSON lines like our own."""

    def emit(self, record: logging.LogRecord) -> None:
        log("auth", record.getMessage(), record.levelname.lower(), logger=record.name)


def main() -> None:
    logging.basicConfig(level=logging.WARNING, handlers=[_JsonLines()])
    settings = Settings.load()
    port = settings.port("auth")
    log("auth", "started", port=port)
    uvicorn.run(
        create_app(settings),
        host=HOST,
        port=port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=3,
        server_header=False,
        proxy_headers=False,
    )
    log("auth", "stopped")


if __name__ == "__main__":
    main()

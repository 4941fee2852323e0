"""``python -m siso_local.pwa``: serves the build named by ``SISO_PWA_BUILD``."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from siso_local import web
from siso_local.pwa.server import application
from siso_local.settings import Settings

if __name__ == "__main__":
    settings = Settings.load()
    asyncio.run(web.serve(application(settings, Path(os.environ["SISO_PWA_BUILD"])), "pwa", settings.port("pwa")))

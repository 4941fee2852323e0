"""``python -m siso_local.realtime``: the Realtime server of the platform in ``SISO_STATE``."""

from __future__ import annotations

import argparse

import uvloop

from siso_local.realtime.options import Options
from siso_local.realtime.server import serve
from siso_local.settings import Settings

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="The local Realtime server.")
    parser.add_argument("--port", type=int, help="another port than the platform's own")
    port = parser.parse_args().port
    settings = Settings.load()
    uvloop.run(serve(settings, Options(), port or settings.port("realtime")))

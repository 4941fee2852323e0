"""Free ports for servers that a test starts itself."""

from __future__ import annotations

import os
import random
import socket

from siso_local.settings import HOST, PORT_OFFSETS


def free_port_base() -> int:
    """A port base whose ports nobody uses at the moment, below the range that outgoing connections take theirs from.

    Tests that run in parallel draw from a range per process.
    """
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 10
    first = 20000 + process * 1000
    for _ in range(50):
        base = random.randrange(first, first + 960, 40)
        if all(_is_free(base + offset) for offset in PORT_OFFSETS.values()):
            return base
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port that was in use a moment ago may be taken again, as servers do.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True

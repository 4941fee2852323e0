"""Is a part able to do its work? One small HTTP request on the loopback, without a client library to load."""

from __future__ import annotations

import asyncio
import socket
import sys
import time

import psutil

from siso_local.errors import PlatformError
from siso_local.settings import HOST

TIMEOUT = 2.0
# How long an outgoing connection is given to let go of a port of ours: half closed, it may keep it for a minute.
LENT_SECONDS = 75.0


async def probe(port: int, path: str) -> str:
    """Empty when the part answers 200, else what it answered, in a few words."""
    try:
        async with asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
                await writer.drain()
                answer = (await reader.read(4000)).decode(errors="replace")
            finally:
                writer.close()
    except TimeoutError:
        return "does not answer"
    except OSError:
        return "not listening"
    head, _, body = answer.partition("\r\n\r\n")
    status = head.split(" ", 2)[1:2]
    if status == ["200"]:
        return ""
    return f"{status[0] if status else 'no HTTP'} {' '.join(body.split())[:150]}".strip()


def _bind(port: int) -> socket.socket | None:
    """A socket that is bound and does not listen; None where the port is in use."""
    bound = socket.socket()
    # Connections that have just ended do not count; and the part that the port is for may bind it, too.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except OSError:
        bound.close()
        return None
    return bound


def _somebody_listens(port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex((HOST, port)) == 0


def reserve(port: int, part: str, port_base: int) -> socket.socket | None:
    """Holds a free port for a part that is about to start; raises PlatformError where another program has it.

    Our ports lie in the range from which the system lends ports to outgoing connections, so that one part's connection
    to the database could take the port of the next part. On Linux a bound socket keeps the system from doing so while
    the part can still bind; elsewhere None is returned, since there it would be in the part's way.
    """
    deadline = time.monotonic() + LENT_SECONDS
    told = False
    while (bound := _bind(port)) is None:
        if _somebody_listens(port) or time.monotonic() > deadline:
            raise PlatformError(
                f"Port {port}, which {part} needs, is taken{_holder(port)}: end that program, or choose other ports "
                f"with ./scripts/start --port-base <number> (now {port_base})."
            )
        if not told:
            print(f"  Port {port}, which {part} needs, is lent to a connection: waiting for its end …", flush=True)
            told = True
        time.sleep(0.1)
    if sys.platform == "linux":
        return bound
    bound.close()
    return None


def _holder(port: int) -> str:
    """Who listens there, as far as we may know."""
    try:
        for connection in psutil.net_connections("tcp4"):
            if connection.laddr and connection.laddr[1] == port and connection.status == psutil.CONN_LISTEN:
                name = psutil.Process(connection.pid).name() if connection.pid else ""
                return f" by {name} (process {connection.pid})" if name else ""
    except psutil.Error:
        pass
    return ""

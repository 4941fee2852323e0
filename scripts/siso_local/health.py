"""Is a part able to do its work? One small HTTP request on the loopback, without a client library to load."""

from __future__ import annotations

import asyncio
import socket

import psutil

from siso_local.errors import PlatformError
from siso_local.settings import HOST

TIMEOUT = 2.0


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


def port_is_free(port: int) -> bool:
    with socket.socket() as probe_socket:
        # Connections that have just ended do not count; a listening server does.
        probe_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe_socket.bind((HOST, port))
        except OSError:
            return False
        return True


def require_free_port(port: int, part: str, port_base: int) -> None:
    """Raises PlatformError where some other program listens on ``port``."""
    if not port_is_free(port):
        raise PlatformError(
            f"Port {port}, which {part} needs, is taken{_holder(port)}: end that program, or choose other ports with "
            f"./scripts/start --port-base <number> (now {port_base})."
        )


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

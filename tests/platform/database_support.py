"""A database of its own for tests that look at the cluster, break it or restart it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg

from siso_local.postgres import Cluster
from siso_local.settings import HOST, ROOT, Settings
from tests.platform.ports import free_port_base

T = TypeVar("T")
Row = tuple[Any, ...]


def new_platform(state: Path) -> Cluster:
    """A cluster in an empty folder, not yet made; the folder gets the settings file that parts look for."""
    settings = Settings(port_base=free_port_base())
    state.mkdir(parents=True, exist_ok=True)
    file = state / "settings.json"
    file.touch(mode=0o600)
    file.write_text(settings.model_dump_json())
    return Cluster(settings, state)


def connect(settings: Settings, role: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(settings.dsn(role), autocommit=True)


def rows(connection: psycopg.Connection, query: str, *values: Any) -> list[Row]:
    return connection.execute(query.encode(), values or None).fetchall()


def value(connection: psycopg.Connection, query: str, *values: Any) -> Any:
    return rows(connection, query, *values)[0][0]


def eventually(check: Callable[[], T], seconds: float = 15) -> T:
    """The first true result of ``check``; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        if result := check():
            return result
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


@dataclass
class Runner:
    """The runner as its own process."""

    state: Path
    settings: Settings
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {"SISO_STATE": str(self.state), "PYTHONPATH": f"{ROOT / 'scripts'}"}
        with (self.state / "runner.log").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "siso_local.runner"], env=environment, stdout=output, stderr=output
            )
        eventually(self.healthy)

    def healthy(self) -> bool:
        try:
            return httpx.get(f"{self.settings.url('runner')}/health", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(10)


@contextmanager
def running(runner: Runner) -> Iterator[Runner]:
    runner.start()
    try:
        yield runner
    finally:
        if runner.process is not None and runner.process.poll() is None:
            runner.stop()


@dataclass
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """An HTTP server that keeps what it gets. Paths: /slow answers after two seconds, /fail with status 500,
    /held once ``release`` is set."""

    requests: list[Received] = field(default_factory=list)
    port: int = 0
    release: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    def got(self, path: str) -> list[Received]:
        return [request for request in list(self.requests) if request.path.split("?")[0] == path]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): text for name, text in self.headers.items()}
            receiver.requests.append(Received(self.command, self.path, headers, body))
            if self.path.startswith("/slow"):
                time.sleep(2)
            if self.path.startswith("/held"):
                receiver.release.wait(60)
            self.send_response(500 if self.path.startswith("/fail") else 200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write("größe".encode())

        do_POST = do_GET = do_DELETE = answer  # noqa: N815 (names of http.server)

        def log_message(self, *_: Any) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):
                super().handle()

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 512  # a burst waits here and is not refused

    server = Server((HOST, 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.release.set()
        server.shutdown()
        server.server_close()
        thread.join()

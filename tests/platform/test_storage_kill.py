"""A Storage server killed in the middle of an upload leaves neither a row nor, after the next start, a file.

The server here is one of its own: the platform's database, but its own port and folder.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from siso_local.settings import HOST, ROOT, Settings
from tests.platform.ports import free_port_base
from tests.platform.storage_support import new_bucket, rows


@contextmanager
def server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"SISO_STATE": str(folder), "PYTHONPATH": str(ROOT / "scripts")}
    command = [sys.executable, "-m", "siso_local.storage", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        try:
            _wait(lambda: httpx.get(f"http://{HOST}:{port}/health").status_code == 200)
            assert process.stdout is not None
            while b'"swept"' not in process.stdout.readline():
                assert process.poll() is None
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            assert process.wait(5) in (0, -signal.SIGTERM, -signal.SIGKILL)


def _wait(ready: object) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            if ready():  # type: ignore[operator]
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _files(folder: Path) -> list[Path]:
    return [path for path in (folder / "storage").rglob("*") if path.is_file() and path.name != "lock"]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    (tmp_path / "settings.json").write_text(settings.model_dump_json())
    return tmp_path


def test_killed_upload_leaves_nothing(settings: Settings, folder: Path) -> None:
    port = free_port_base()
    head = (
        "POST /object/{bucket}/half.bin HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n"
        "content-type: application/octet-stream\r\ncontent-length: 2000000\r\n\r\n"
    )
    with new_bucket(settings) as bucket:
        token = settings.mint("service_role")
        base, headers = f"http://{HOST}:{port}", {"authorization": f"Bearer {token}"}
        with server(folder, port) as process:
            httpx.post(f"{base}/object/{bucket}/whole.bin", content=b"whole", headers=headers).raise_for_status()
            with socket.create_connection((HOST, port)) as connection:
                connection.sendall(head.format(bucket=bucket, token=token).encode() + b"x" * 1_000_000)
                _wait(lambda: len(_files(folder)) == 2)
                process.kill()
                process.wait(5)
        assert [name for name, _ in rows(settings, bucket)] == ["whole.bin"]
        assert len(_files(folder)) == 2
        # As if killed between the rename and the commit: a file in its place, and no row.
        stray = folder / "storage" / "objects" / str(uuid.uuid4()) / str(uuid.uuid4())
        stray.parent.mkdir()
        stray.write_bytes(b"stray")
        for path in _files(folder):
            os.utime(path, (time.time() - 60, time.time() - 60))
        with server(folder, port):
            assert len(_files(folder)) == 1
            assert httpx.get(f"{base}/object/{bucket}/whole.bin", headers=headers).content == b"whole"


def test_broken_connection_leaves_nothing(settings: Settings, folder: Path) -> None:
    port = free_port_base()
    with new_bucket(settings) as bucket, server(folder, port):
        token = settings.mint("service_role")
        with socket.create_connection((HOST, port)) as connection:
            connection.sendall(
                f"POST /object/{bucket}/half.bin HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n"
                "content-type: text/plain\r\ncontent-length: 100000\r\n\r\nhalf".encode()
            )
            _wait(lambda: len(_files(folder)) == 1)
        _wait(lambda: _files(folder) == [])
        assert rows(settings, bucket) == []


def test_two_uploads_at_once_make_one_object(settings: Settings, folder: Path) -> None:
    """Without upsert one of two racing uploads wins and the other hears of it; no file is left over."""
    port = free_port_base()
    with new_bucket(settings) as bucket, server(folder, port):
        token = settings.mint("service_role")
        head = (
            f"POST /object/{bucket}/race.bin HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n"
            "connection: close\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\n"
        ).encode()
        with socket.create_connection((HOST, port)) as one, socket.create_connection((HOST, port)) as two:
            for connection in (one, two):
                connection.sendall(head + b"ab")
            _wait(lambda: len(_files(folder)) == 2)
            answers = []
            for connection in (one, two):
                connection.sendall(b"cd")
                answers.append(connection.makefile("rb").read())
        assert b"200 OK" in answers[0]
        assert b"Duplicate" in answers[1]
        assert len(_files(folder)) == 1
        assert len(rows(settings, bucket)) == 1

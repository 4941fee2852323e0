"""Auth as a part of the platform: it survives its database, answers health checks, and its logs keep secrets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg
import pytest

from siso_local.auth.app import create_app
from siso_local.settings import ROOT, Settings
from tests.platform.auth_support import new_email
from tests.platform.ports import free_port_base


async def test_it_survives_its_database(settings: Settings) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://auth")
        body = {"email": new_email(), "password": "Wrong-pass-1"}
        assert (await http.post("/token?grant_type=password", json=body)).status_code == 400
        async with app.state.auth.pool.connection() as connection:
            pid = connection.info.backend_pid
        with psycopg.connect(settings.dsn("supabase_admin")) as db:
            db.execute("select pg_terminate_backend(%s)", (pid,))
        assert (await http.post("/token?grant_type=password", json=body)).status_code == 400
        assert (await http.get("/health")).status_code == 200


async def test_without_a_database_it_says_so(settings: Settings) -> None:
    nowhere = settings.model_copy(update={"port_base": free_port_base()})
    app = create_app(nowhere)
    async with app.router.lifespan_context(app):
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://auth")
        answer = await http.get("/health")
        assert answer.status_code == 503
        assert "database" in answer.json()["reason"]


@pytest.fixture
def state(settings: Settings, tmp_path: Path) -> Path:
    """The platform's settings with other ports for all but the database, which a second Auth process may use."""
    copy = settings.model_copy(update={"port_base": free_port_base()})
    (tmp_path / "settings.json").write_text(copy.model_dump_json())
    return tmp_path


def test_it_stops_when_asked_and_logs_no_secrets(state: Path) -> None:
    env = {**os.environ, "SISO_STATE": str(state), "PYTHONPATH": str(ROOT / "scripts")}
    url = Settings.model_validate_json((state / "settings.json").read_text()).url("auth")
    process = subprocess.Popen([sys.executable, "-m", "siso_local.auth"], env=env, stdout=subprocess.PIPE, text=True)
    try:
        with httpx.Client(base_url=url, timeout=20) as http:
            for _ in range(200):
                try:
                    http.get("/settings")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            headers = {"authorization": "Bearer a.b.c", "x-request-id": "from-the-gateway"}
            answer = http.get("/verify?token=deadbeef&type=signup", headers=headers)
            assert answer.headers["x-request-id"] == "from-the-gateway"
            assert http.get("/nowhere", headers=headers).headers["x-request-id"] == "from-the-gateway"
    finally:
        process.send_signal(signal.SIGTERM)
        written = process.communicate(timeout=5)[0]
    assert process.returncode in (0, -signal.SIGTERM)
    assert '"path": "/verify"' in written and "from-the-gateway" in written
    assert "deadbeef" not in written and "a.b.c" not in written
    assert all(json.loads(line)["part"] == "auth" for line in written.splitlines())

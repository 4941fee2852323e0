"""The parts as they are described, and what becomes of a start when one of them fails."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from siso_local import processes, supervisor
from siso_local.components import PARTS, Part
from siso_local.errors import PlatformError
from siso_local.log_view import readable
from siso_local.settings import WORKERS, Settings
from siso_local.supervisor import Supervisor
from tests.platform.ports import free_port_base

SERVER = (
    "import http.server, sys; http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.{0}).serve_forever()"
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SISO_STATE", str(tmp_path / "state"))
    made = Settings(port_base=free_port_base())
    made.save()
    return made


def part(name: str, port: str, code: str, **more: str) -> Part:
    return Part(
        name=name,
        ports=(port,),
        command=lambda given: [sys.executable, "-c", code, str(given.port(port))],
        env=lambda _given: {},
        **more,  # type: ignore[arg-type]
    )


class WithoutDatabase(Supervisor):
    async def _database(self) -> None:
        self._done["db"].set()

    async def _migrations(self) -> None:
        self._done["migrations"].set()


def start(settings: Settings, monkeypatch: pytest.MonkeyPatch, *parts: Part) -> list[str]:
    monkeypatch.setattr(supervisor, "PARTS", parts)
    said: list[str] = []
    WithoutDatabase(settings, said.append, year=False).up()
    return said


def test_a_part_that_ends_at_once_takes_the_others_along(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    good = part("mail", "mail", SERVER.format("SimpleHTTPRequestHandler"), health="/")
    bad = part("push", "push", "import time; time.sleep(1); raise SystemExit('no key found')")
    with pytest.raises(PlatformError) as error:
        start(settings, monkeypatch, good, bad)
    assert "push ended with code 1: no key found" in str(error.value)
    assert str(processes.log_file("push")) in str(error.value)
    assert processes.records() == {}
    assert processes.strays() == []


def test_a_part_that_is_never_well_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "HEALTHY_WITHIN", 1.5)
    sick = part("mail", "mail", SERVER.format("SimpleHTTPRequestHandler"), health="/no-such-page")
    with pytest.raises(PlatformError, match=r"mail is not well after 2 s \(404"):
        start(settings, monkeypatch, sick)
    assert processes.strays() == []


def test_a_record_of_a_recycled_process_id_is_not_believed(settings: Settings) -> None:
    processes.remember("mail", psutil.Process().pid)
    assert processes.records()["mail"].process() is not None
    stolen = processes.Record("mail", psutil.Process().pid, time.time() - 3600)
    assert stolen.process() is None
    (processes.run_folder() / "mail.json").write_text("{")
    assert processes.records()["mail"].process() is None


def test_ports_do_not_collide_and_every_need_exists() -> None:
    names = [each.name for each in PARTS]
    ports = [port for each in PARTS for port in each.ports]
    assert len(set(names)) == len(names)
    assert len(set(ports)) == len(ports)
    assert {need for each in PARTS for need in each.needs} <= {*names, "db", "migrations", "demo year", "pwa build"}


def test_a_worker_gets_its_own_secrets_and_no_others(settings: Settings) -> None:
    env = {each.name: each.env(settings) for each in PARTS if each.name in WORKERS}
    holders = {name for name, given in env.items() if "STRIPE_SECRET_KEY" in given}
    assert holders == {"payouts"}
    for name, given in env.items():
        values = set(given.values())
        assert not values & {settings.jwt_secret, settings.secret_key, settings.signing_jwk["d"]}
        assert not values & set(settings.db_passwords.values())
        assert ("VAPID_PRIVATE_KEY" in given) == (name == "notifications")
        assert ("CLIENT_PAYMENTS_SECRET" in given) == (name == "commissions")
        assert "SISO_STATE" not in given, "the settings hold every key"


def test_the_starters_secrets_do_not_reach_the_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    from siso_local.toolchain import base_environment

    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_live_x")
    monkeypatch.setenv("PGPASSWORD", "x")
    assert not {"STRIPE_SECRET_KEY", "PGPASSWORD"} & set(base_environment())


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            '{"timestamp": "2026-03-01T10:20:30.123Z", "level": "info", "part": "auth", "event": "request", '
            '"method": "GET", "path": "/user", "status": 200, "ms": 3.5}',
            "10:20:30.123 request GET /user 200 ms=3.5",
        ),
        ('{"level": "error", "event": "lost"}', "ERROR lost"),
        ("plain text", "plain text"),
        ("[1, 2]", "[1, 2]"),
    ],
)
def test_log_lines_become_readable(line: str, shown: str) -> None:
    assert readable(line) == shown

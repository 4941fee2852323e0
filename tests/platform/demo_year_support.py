"""Platforms with the demo year and nothing else."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import psutil
import psycopg

from siso_local.components import PARTS
from siso_local.processes import MARK
from siso_local.settings import ROOT, Settings
from tests.platform.ports import free_port_base

# Refuses one lead in the middle of the year.
TRAP = """
    create function private.trap() returns trigger language plpgsql as $$
    begin
        raise exception 'Client 90 is a trap' using hint = 'Take the trap away.', errcode = '23514';
    end;
    $$;
    create trigger trap before insert on public.leads
    for each row when (new.company_name = 'Client 90') execute function private.trap()
"""
Rows = list[tuple[Any, ...]]


class Platform:
    """A database and nothing else, with the demo year."""

    def __init__(self, folder: Path) -> None:
        self.state = folder
        self.env = os.environ | {
            "SISO_STATE": str(folder),
            "SISO_PORT_BASE": str(free_port_base()),
            "SISO_WITHOUT": " ".join(part.name for part in PARTS),
        }

    def try_start(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ROOT / "scripts" / "start", "--detach"], env=self.env, check=False, capture_output=True, text=True
        )

    def start(self) -> str:
        done = self.try_start()
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self) -> None:
        subprocess.run([ROOT / "scripts" / "stop"], env=self.env, check=False, capture_output=True)

    def rows(self, query: str, *values: Any) -> Rows:
        with self._connect() as db:
            return db.execute(query.encode(), values or None).fetchall()

    def can_answer(self) -> bool:
        try:
            self._connect().close()
        except (OSError, psycopg.Error):
            return False
        return True

    def change(self, statements: str) -> None:
        with self._connect() as db:
            db.execute(statements.encode())

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        settings = Settings.model_validate_json((self.state / "settings.json").read_text())
        return psycopg.connect(settings.dsn("supabase_admin"), autocommit=True)

    def stripe(self, query: str) -> Rows:
        with sqlite3.connect(f"file:{self.state}/stripe/stripe.sqlite3?mode=ro", uri=True) as store:
            return store.execute(query).fetchall()

    def player(self) -> psutil.Process | None:
        for process in psutil.process_iter():
            try:
                if process.environ().get(MARK) == f"demo-year@{self.state}" and "demo_year" in " ".join(
                    process.cmdline()
                ):
                    return process
            except psutil.Error:
                continue
        return None


def nothing_is_left(platform: Platform) -> None:
    assert platform.rows("select count(*) from public.partners") == [(3,)]
    assert platform.rows("select count(*) from private.clock") == [(0,)]
    assert platform.rows("select count(*) from auth.users where email like 'elite%'") == [(0,)]
    assert platform.stripe("select count(*) from objects") == [(0,)]

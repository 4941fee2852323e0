"""The types that the PWA and the workers compile against are those of today's database."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from siso_local import typegen
from siso_local.settings import ROOT, Settings


def test_the_types_in_the_repository_are_those_of_the_database(settings: Settings) -> None:
    done = subprocess.run(
        [str(ROOT / "scripts" / "types"), "--check"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_stale_types_are_named_and_left_alone(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = tmp_path / "database_types.py"
    stale.write_text("# of another day\n")
    made = {"typescript": typegen.TYPESCRIPT.read_text(), "python": typegen.PYTHON.read_text()}
    monkeypatch.setattr(typegen, "ROOT", tmp_path)
    monkeypatch.setattr(typegen, "PYTHON", stale)
    monkeypatch.setattr(typegen, "_generate", lambda _settings, language: made[language])
    monkeypatch.setattr(typegen, "_formatted", lambda text, _path: text)
    monkeypatch.setattr(typegen, "TYPESCRIPT", tmp_path / "database.types.ts")
    said: list[str] = []
    assert typegen.run(settings, said.append, check=True) == 1
    assert any(stale.name in line and "./scripts/types" in line for line in said)
    assert stale.read_text() == "# of another day\n"
    assert not (tmp_path / "database.types.ts").exists()


def test_types_of_postgres_itself_are_defined() -> None:
    made = typegen.with_own_types("from typing import TypeAlias\n\n\nclass Rows:\n    words: PgCatalogTsvector\n")
    assert "PgCatalogTsvector: TypeAlias = str" in made.partition("class Rows")[0]
    assert typegen.with_own_types(made) == made

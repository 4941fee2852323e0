"""What the pages say of the project is so: commands run in CI, links lead somewhere, ports and decisions are listed."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from siso_local.settings import PORT_OFFSETS, ROOT, WORKERS
from siso_project import errors

README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

# Every command that README.md shows, and where a run of CI runs it: a file, and what stands in it.
RUN_BY_CI = {
    "./scripts/start": ("scripts/siso_project/platform.py", '_script("start"'),
    "./scripts/status": ("scripts/siso_project/platform.py", '_script("status"'),
    "./scripts/stop": ("scripts/siso_project/platform.py", '_script("stop"'),
    "./scripts/logs": ("tests/platform/test_commands.py", '"logs"'),
    "./scripts/demo": ("tests/e2e", "demo"),
    "./scripts/test": (".ci/run", "./scripts/test"),
}


def commands(page: str) -> list[str]:
    """The lines of the fenced shell blocks, comments aside."""
    blocks = re.findall(r"^```(?:sh|bash)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip() and not line.startswith("#")]


def test_every_command_of_the_readme_is_run_by_ci() -> None:
    shown = commands(README)
    assert set(shown) == set(RUN_BY_CI), "README.md and RUN_BY_CI name different commands"
    for command, (place, sign) in RUN_BY_CI.items():
        path = ROOT / place
        files = sorted(path.glob("test_*.py")) if path.is_dir() else [path]
        assert any(sign in file.read_text() for file in files), f"{place} does not run {command}"
        assert (ROOT / command).stat().st_mode & 0o100, f"{command} cannot be executed"


def test_ci_runs_the_readme_s_test_command_and_nothing_cleverer() -> None:
    [command] = commands(README.partition("## Test")[2].partition("\n## ")[0])
    lines = [line for line in (ROOT / ".ci/run").read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "${BASH_SOURCE[0]}")/.."', f"exec {command}"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{target} is not there"


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text()
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in index, f"docs/README.md does not list {page.name}"


def test_decisions_are_short_numbered_and_listed() -> None:
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text()
    records = sorted(folder.glob("0*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for number, record in enumerate(records, 1):
        text = record.read_text()
        assert len(text.splitlines()) <= 25, record.name
        assert text.startswith(f"# {number}. ")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences")), record.name
        assert f"]({record.name})" in index, record.name


def test_every_port_of_the_platform_is_in_its_table() -> None:
    page = (ROOT / "docs/platform.md").read_text()
    listed: dict[str, int] = {}
    for parts, offsets in re.findall(r"^\| ([^|]+) \| (\d+(?:, \d+)*) \|", page, re.MULTILINE):
        names = re.findall(r"`([a-z_]+)`", parts)
        listed |= dict(zip(names, (int(offset) for offset in offsets.split(", ")), strict=True))
    assert listed == PORT_OFFSETS


def test_the_rules_of_the_migrations_are_documented() -> None:
    page = errors.PAGE.read_text()
    for path in sorted((ROOT / "supabase/migrations").glob("*.sql")):
        for rule, code, _message in errors.calls(path.read_text()):
            assert f"| `{rule}` | {code} |" in page, f"{path.name}: {rule} ({code}): run ./scripts/check --fix errors"


def test_calls_are_read_whatever_their_shape() -> None:
    text = """
        perform private.fail('PT409', 'It''s late, (very).', 'late');
        perform private.fail(
            '22023', 'At most ' || greatest(1, 2)::text || ' things.', 'count', null, null, 'x'
        );
        perform private.fail('42501', 'No.');
    """
    assert list(errors.calls(text)) == [
        ("late", "PT409", "It's late, (very)."),
        ("count", "22023", "At most … things."),
        ("–", "42501", "No."),
    ]


@pytest.mark.parametrize("worker", WORKERS)
def test_every_setting_that_a_worker_needs_is_in_the_guide_to_hosted(worker: str) -> None:
    settings = importlib.import_module(f"workers.{worker}.app").Settings
    page = (ROOT / "docs/hosted.md").read_text()
    for name, field in settings.model_fields.items():
        if field.is_required() or "secret" in str(field.annotation).lower():
            assert name == "port" or f"`{name.upper()}`" in page, f"docs/hosted.md does not name {name.upper()}"

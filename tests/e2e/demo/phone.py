"""The partner's phone as Python sees it: a Node process that drives a browser (``phone.ts``), one action at a time."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from siso_local.settings import ROOT, Settings

PROGRAM = Path(__file__).with_name("phone.ts")


class PhoneError(Exception):
    """The screen did not show what the story expects; ``args[0]`` says what was waited for."""


class Phone:
    """Use as a context manager: the browser ends with it."""

    def __init__(self, settings: Settings, folder: Path, *, show: bool, slow: bool) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        self._log = (folder / "browser.log").open("w")
        self._process = subprocess.Popen(
            ["node", "--disable-warning=ExperimentalWarning", str(PROGRAM)],
            cwd=ROOT,
            env=os.environ
            | {
                "PWA_URL": settings.url("pwa"),
                "DEMO_FOLDER": str(folder),
                "DEMO_SHOW": "1" if show else "",
                "DEMO_SLOW": "1" if slow else "",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def __enter__(self) -> Phone:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._log.close()

    def started(self) -> str:
        """Waits for the browser; its version. Raises ``PhoneError`` when there is none, with what to install."""
        return str(self._answer())

    def do(self, action: str, **wanted: str) -> Any:
        """Does one action of ``actions.ts`` and returns its value. Raises ``PhoneError``."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": action, **wanted}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise PhoneError(f"the browser ended by itself; see {self.folder / 'browser.log'}")
        answer = json.loads(line)
        if "error" in answer:
            raise PhoneError(answer["error"])
        return answer["value"]

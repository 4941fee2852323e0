"""``./scripts/logs``: the parts' logs side by side, JSON lines made readable."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from siso_local.errors import PlatformError
from siso_local.settings import state_dir

_COLOURS = (36, 33, 35, 32, 34, 31, 96, 93, 95, 92, 94)
_FIRST = ("event", "msg", "message", "method", "path", "status")
_HIDDEN = {"level", "time", "timestamp", "ts", "logger", "part", "component", "service", "severity", "pathname"}


def readable(line: str) -> str:
    """One log line: ``time level message key=value …`` for JSON, anything else as it is."""
    try:
        entry = json.loads(line)
        if not isinstance(entry, dict):
            return line
    except ValueError:
        return line
    stamp = str(entry.get("timestamp") or entry.get("time") or entry.get("ts") or "")
    clock = stamp[11:23] if len(stamp) > 19 and stamp[10:11] in ("T", " ") else stamp
    level = str(entry.get("level") or entry.get("severity") or "").upper()
    words = [str(entry[key]) for key in _FIRST if entry.get(key) not in (None, "")]
    rest = [f"{k}={v}" for k, v in entry.items() if k not in _HIDDEN and k not in _FIRST and v not in (None, "")]
    return " ".join(word for word in (clock, "" if level == "INFO" else level, *words, *rest) if word)


class _Tail:
    def __init__(self, path: Path, lines: int) -> None:
        self.path = path
        self.position = 0
        self.inode = 0
        self.earlier = lines

    def new_lines(self) -> list[str]:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return []
        if status.st_ino != self.inode or status.st_size < self.position:  # a new file
            self.inode, self.position = status.st_ino, 0
        with self.path.open("rb") as file:
            file.seek(self.position)
            data = file.read()
        end = data.rfind(b"\n") + 1  # a line that is still being written waits
        self.position += end
        lines = data[:end].decode(errors="replace").splitlines()
        if self.earlier >= 0:
            lines, self.earlier = lines[-self.earlier :] if self.earlier else [], -1
        return lines


def show(parts: list[str], lines: int, *, follow: bool) -> int:
    """Prints the last lines of each log and, with ``follow``, what is added until Ctrl-C."""
    folder = state_dir() / "logs"
    available = sorted(path.stem for path in folder.glob("*.log"))
    unknown = [part for part in parts if part not in available]
    if unknown or not available:
        names = ", ".join(available) or "none yet"
        raise PlatformError(f"There is no log of {', '.join(unknown) or 'any part'} in {folder}; logs: {names}.")
    width = max(map(len, parts or available))
    colour = sys.stdout.isatty()
    tails: dict[str, _Tail] = {}
    try:
        while True:
            shown = parts or sorted(path.stem for path in folder.glob("*.log"))
            for number, name in enumerate(shown):
                tail = tails.setdefault(name, _Tail(folder / f"{name}.log", max(lines, 0)))
                prefix = f"{name:<{width}} │"
                if colour:
                    prefix = f"\x1b[{_COLOURS[number % len(_COLOURS)]}m{prefix}\x1b[0m"
                for line in tail.new_lines():
                    print(prefix, readable(line))
            sys.stdout.flush()
            if not follow:
                return 0
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0

"""Adds to package-lock.json the optional packages for other systems that npm leaves out when it writes the file.

npm drops entries for platforms whose builds it did not install (npm/cli issue 4828), and then `npm ci` refuses the
file, here and on the other platforms. Run this after every `npm install <package>`; it changes nothing where nothing is
missing. The entries carry no checksum, because the packages themselves are not at hand.
"""

import json
import re
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parents[2] / "package-lock.json"
SYSTEMS = {"darwin": "darwin", "linux": "linux", "win32": "win32", "windows": "win32"}
SYSTEMS |= {name: name for name in ("android", "freebsd", "openharmony", "openbsd", "netbsd", "sunos", "aix")}
PROCESSORS = ("x64", "arm64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "arm")


def entry(name: str, version: str, parent: dict[str, object]) -> dict[str, object]:
    words = re.split(r"[-/]", name.split("/")[-1] if name.startswith("@") else name)
    made: dict[str, object] = {"version": version, "optional": True}
    if parent.get("dev"):
        made["dev"] = True
    processor = [word for word in PROCESSORS if word in words]
    system = [SYSTEMS[word] for word in words if word in SYSTEMS]
    if processor:
        made["cpu"] = processor[:1]
    if system:
        made["os"] = system[:1]
    if "linux" in system and any("musl" in word for word in words):
        made["libc"] = ["musl"]
    elif "linux" in system and "gnu" in words:
        made["libc"] = ["glibc"]
    return made


def complete(packages: dict[str, dict[str, object]]) -> list[str]:
    """Adds what is missing; returns the names. Only exact versions can be added without asking a registry."""
    added = []
    for path, package in list(packages.items()):
        wanted = package.get("optionalDependencies") or {}
        assert isinstance(wanted, dict)
        for name, asked in wanted.items():
            version = str(asked).removeprefix("v")
            if f"node_modules/{name}" in packages or f"{path}/node_modules/{name}" in packages:
                continue
            if not re.fullmatch(r"\d+\.\d+\.\d+[\w.+-]*", version):
                print(f"{path} wants {name}@{version}: no exact version, left out", file=sys.stderr)
                continue
            packages[f"node_modules/{name}"] = entry(name, version, package)
            added.append(f"{name}@{version}")
    return added


if __name__ == "__main__":
    lock = json.loads(LOCK.read_text())
    names = complete(lock["packages"])
    lock["packages"] = {key: lock["packages"][key] for key in sorted(lock["packages"])}
    if names:
        LOCK.write_text(json.dumps(lock, indent=2) + "\n")
    print(f"{len(names)} added")

"""The lock files: complete, hashed, in step with what they lock, and without the address of any download host."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from siso_local.settings import ROOT

LOCKS = {"requirements/workers.lock": (), "requirements/dev.lock": ("platform", "dev")}
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
_VIA = re.compile(r"siso-partnerships \(pyproject\.toml(?::(?P<group>[\w-]+))?\)")
NPM_GROUPS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "workspaces", "engines")


def read_pins(text: str) -> dict[str, tuple[str, bool, set[str]]]:
    """Package → version, whether it has a hash, and the groups that ask for it ("" for the project itself)."""
    pins: dict[str, tuple[str, bool, set[str]]] = {}
    name = ""
    for line in text.splitlines():
        if found := _PIN.match(line):
            name = canonicalize_name(found["name"])
            pins[name] = (found["version"], False, set())
        elif name and "--hash=sha256:" in line:
            pins[name] = (pins[name][0], True, pins[name][2])
        elif name and (via := _VIA.search(line)):
            pins[name][2].add(via["group"] or "")
    return pins


def check_python(name: str, groups: tuple[str, ...], text: str, project: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one lock file of uv, sentence by sentence."""
    if "://" in text or "--index-url" in text or "--find-links" in text:
        yield f"{name} names a download address: compile it with --no-emit-index-url --no-header"
    pins = read_pins(text)
    for package, (_version, hashed, _groups) in pins.items():
        if not hashed:
            yield f"{name}: {package} has no hash"
    wanted = {"": project["project"]["dependencies"]} | {group: project["dependency-groups"][group] for group in groups}
    for group, requirements in wanted.items():
        asked = {canonicalize_name(Requirement(each).name): Requirement(each) for each in requirements}
        locked = {package for package, (_v, _h, via) in pins.items() if group in via}
        where = group or "dependencies"
        for package in sorted(asked.keys() - locked):
            yield f"{name}: {package} ({where}) is in pyproject.toml and not in the lock"
        for package in sorted(locked - asked.keys()):
            yield f"{name}: {package} ({where}) is in the lock and no longer in pyproject.toml"
        for package in sorted(asked.keys() & locked):
            if not asked[package].specifier.contains(pins[package][0], prereleases=True):
                yield f"{name}: {package} {pins[package][0]} does not satisfy {asked[package].specifier}"


def check_same_versions(workers: str, dev: str) -> Iterator[str]:
    """What is tested must be what is deployed."""
    tested = read_pins(dev)
    for package, (version, _hashed, _groups) in read_pins(workers).items():
        if package not in tested or tested[package][0] != version:
            other = tested[package][0] if package in tested else "missing"
            yield f"{package} is {version} in workers.lock and {other} in dev.lock"


def check_npm(lock: dict[str, Any]) -> Iterator[str]:
    """Addresses in package-lock.json (funding pages aside) and workspaces that differ from their package.json."""
    for place, entry in lock["packages"].items():
        for key, value in entry.items():
            if key != "funding" and "://" in json.dumps(value):
                yield f"package-lock.json: {place or 'the project'} names an address in {key!r}"
        if not place.startswith("node_modules/") and "/node_modules/" not in place:
            manifest = json.loads((ROOT / place / "package.json").read_text())
            for group in NPM_GROUPS:
                if manifest.get(group, {}) != entry.get(group, {}):
                    yield f"package-lock.json: {group} of {place or 'the project'} differ from its package.json"
        # npm does not write the checksums of builds for other systems (scripts/lib/complete_lock.py adds their names).
        elif not any(entry.get(key) for key in ("link", "integrity", "inBundle", "optional")):
            yield f"package-lock.json: {place} has no integrity"


def problems() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    texts = {name: (ROOT / name).read_text() for name in LOCKS}
    found = [each for name, groups in LOCKS.items() for each in check_python(name, groups, texts[name], project)]
    found += check_same_versions(*texts.values())
    found += check_npm(json.loads((ROOT / "package-lock.json").read_text()))
    return found


def main() -> int:
    found = problems()
    print("\n".join(found))
    if found:
        print("README.md, “Changing dependencies”, says how lock files are made.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

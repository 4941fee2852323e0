"""Starting Postgres programs without root's rights, and finding a server that runs already."""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import psutil

from siso_local.postgres.binaries import ClusterError


@functools.cache
def _unshare_prefix() -> tuple[str, ...]:
    """A command prefix that runs a program as an ordinary user of a new user namespace; empty where that is refused."""
    prefix = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
    if shutil.which("unshare") is None:
        return ()
    probe = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if probe.returncode == 0 else ()


def launch(command: list[str], folders: Sequence[Path], output: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """Starts ``command`` in its own session, never as root, since Postgres refuses root.

    Root becomes an ordinary user inside a user namespace (the files stay root's); where namespaces are forbidden, as in
    most containers, it becomes `nobody`, to whom ``folders`` are given. Everybody else stays who they are.
    """
    if os.geteuid() == 0:
        command = [*(_unshare_prefix() or _nobody_prefix(folders)), *command]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        cwd="/",
        env=environment,
    )


def _nobody_prefix(folders: Sequence[Path]) -> tuple[str, ...]:
    """A command prefix that runs a program as `nobody`, who becomes the owner of ``folders``."""
    if shutil.which("setpriv") is None:
        raise ClusterError(
            "Postgres refuses to run as root, and neither `unshare` nor `setpriv` (util-linux) can drop root's rights "
            "here. Run ./scripts/start as an ordinary user."
        )
    nobody = pwd.getpwnam("nobody")
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    prefix = ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
    if any(not parent.stat().st_mode & 0o001 for folder in folders for parent in folder.parents):
        # Below a closed home such as /root the server needs this one of root's rights to reach its own files. The
        # secure bit makes access(2), with which initdb looks for its programs, respect it.
        rights = "-all,+dac_override"
        return (*prefix, f"--inh-caps={rights}", f"--ambient-caps={rights}", "--securebits=+no_setuid_fixup")
    return prefix


def running_server(data: Path) -> psutil.Process | None:
    """The server that has ``data`` open. A lock file that names some other process is stale and is removed.

    Postgres itself would refuse to start if the stale number belongs to any live process, which happens often after a
    restart of a container.
    """
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        if str(data) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE:
            return process
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        pass
    lock.unlink(missing_ok=True)
    return None

"""Builds the PWA for the checks, where ``./scripts/start`` has not built these very sources already."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from siso_local import toolchain
from siso_local.settings import ROOT
from siso_project.commands import BUILD


def main() -> int:
    target = toolchain.pwa_build()
    if not (target / "index.html").exists():
        fresh = target.with_name(f"{target.name}.check-{os.getpid()}")
        env = toolchain.base_environment() | {"SISO_STATE": str(ROOT / ".state" / "check")}
        done = subprocess.run(toolchain.pwa_build_command(fresh), cwd=ROOT, env=env, check=False)
        if done.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            return done.returncode
        # The build may write the file of routes, which is part of what the name is made from.
        target = toolchain.pwa_build()
        if target.exists():
            shutil.rmtree(fresh)
        else:
            fresh.rename(target)
    link = ROOT / BUILD
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(target)
    print(f"Built {target.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

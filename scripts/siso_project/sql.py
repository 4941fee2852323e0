"""sqlfluff on ``supabase/``, without the files that passed before and have not changed: a run over all is slow."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.metadata import version

from siso_local.settings import ROOT
from siso_project.files import tracked

PASSED = ROOT / ".state" / "check" / "sqlfluff.json"


def main() -> int:
    salt = (ROOT / ".sqlfluff").read_bytes() + version("sqlfluff").encode()
    digests = {
        str(path.relative_to(ROOT)): hashlib.sha256(salt + path.read_bytes()).hexdigest()
        for path in tracked("supabase/*.sql")
    }
    try:
        passed = set(json.loads(PASSED.read_text()))
    except (OSError, ValueError):
        passed = set()
    wanted = [name for name, digest in digests.items() if digest not in passed]
    if not wanted:
        return 0
    command = ["sqlfluff", "lint", "--nocolor", "--disable-progress-bar", "--processes", "2"]
    done = subprocess.run([*command, *wanted], cwd=ROOT, capture_output=True, text=True, check=False)
    failed = {line.split("[")[1].split("]")[0] for line in done.stdout.splitlines() if line.startswith("== [")}
    print(done.stdout + done.stderr)
    if done.returncode in (0, 1):
        PASSED.parent.mkdir(parents=True, exist_ok=True)
        PASSED.write_text(json.dumps(sorted(digest for name, digest in digests.items() if name not in failed)))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

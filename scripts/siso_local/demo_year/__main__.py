"""``python -m siso_local.demo_year``: plays the year into the platform in ``SISO_STATE``, where that can be done."""

from __future__ import annotations

import sys

import psycopg

from siso_local.demo_year.play import is_fresh, is_played, play
from siso_local.settings import Settings

NOT_FRESH = 3  # exit code


def main() -> int:
    settings = Settings.load()
    with psycopg.connect(settings.dsn("supabase_admin"), autocommit=True) as db:
        if is_played(db):
            return 0
        if not is_fresh(db):
            print("this database is in use")
            return NOT_FRESH
    played = play(settings, print)
    print(f"played in {played.seconds:.1f} s: " + ", ".join(f"{n} {name}" for name, n in played.figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

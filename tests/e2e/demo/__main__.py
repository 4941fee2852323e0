"""``./scripts/demo``: the whole story on the running platform, as real clients play it, told step by step."""

from __future__ import annotations

import argparse
import subprocess
import sys
from contextlib import suppress

import httpx

from siso_local.settings import ROOT, Settings, state_dir
from tests.e2e.demo.books import Books
from tests.e2e.demo.narrator import Narrator, StepFailedError
from tests.e2e.demo.phone import Phone, PhoneError
from tests.e2e.demo.story import Story

DESCRIPTION = """\
Plays the story of one partner, from sign-up to money in the bank, on the running platform: a browser with the real
app for the partner, ./scripts/admin for staff, a signed event for the client's payment. It ends with the partner's
statement. It adds a partner of its own each time and leaves everybody else's data alone.
"""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/demo", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="show the browser (needs a Chromium with a window)")
    parser.add_argument("--slow", action="store_true", help="slow enough to follow by eye")
    return parser.parse_args()


def _running() -> str | None:
    """Nothing when the platform runs with its app, else one sentence."""
    if not (state_dir() / "settings.json").exists():
        return "The platform is not running: ./scripts/start --detach starts it, then ./scripts/demo plays on it."
    status = subprocess.run([ROOT / "scripts" / "status"], capture_output=True, text=True, check=False)
    if status.returncode != 0:
        said = (status.stdout + status.stderr).strip()
        return f"{said}\nThe platform does not run as a whole: ./scripts/start --detach heals it."
    try:
        httpx.get(Settings.load().url("pwa"), timeout=5)
    except httpx.HTTPError:
        return "The platform runs without the app, on which the story is played: start it without “--without pwa”."
    return None


def main() -> int:
    options = _options()
    problem = _running()
    if problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    settings = Settings.load()
    folder = state_dir() / "demo"
    narrator = Narrator()
    books = Books(settings)
    try:
        with Phone(settings, folder, show=options.show, slow=options.slow) as phone:
            try:
                Story(settings, narrator, phone, books).play()
            except StepFailedError:
                with suppress(PhoneError, OSError):
                    phone.do("look", name="failure")
                raise
    except StepFailedError as error:
        print(f"✗ {error}\n  What the phone showed: {folder}", file=sys.stderr)
        return 1
    finally:
        books.close()
    narrator.say(f"\n✓ The whole story in {narrator.seconds:.0f} s. Every screen: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

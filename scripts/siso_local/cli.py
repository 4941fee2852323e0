"""The commands in ``scripts/`` that deal with the local platform: start, stop, status, reset, logs, studio, types."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from siso_local.errors import PlatformError


def _arguments(command: str, argv: list[str]) -> argparse.Namespace:
    about = {
        "start": "Starts the platform, or heals it where parts of it have died.",
        "stop": "Ends every part of the platform.",
        "status": "Shows every part, or with -o the addresses and keys; fails when something is not well.",
        "reset": "Stops the platform and deletes its data, so that the next start is a fresh one.",
        "logs": "Shows what the parts have written.",
        "studio": "Opens pgAdmin for the platform's database (installed at the first call).",
        "types": "Writes the types of the database for the PWA and the workers.",
    }
    parser = argparse.ArgumentParser(prog=f"scripts/{command}", description=about[command])
    parser.add_argument("--state", metavar="DIR", help="state folder (default: $SISO_STATE or .state/dev)")
    if command == "start":
        parser.add_argument("--detach", action="store_true", help="return as soon as everything is healthy")
        parser.add_argument("--port-base", type=int, metavar="N", help="first port (default: $SISO_PORT_BASE or 54320)")
        parser.add_argument("--no-demo", action="store_true", help="without the demo people and their year")
        parser.add_argument("--no-year", action="store_true", help="with the demo people, without their year")
        parser.add_argument(
            "--without", action="append", default=[], metavar="PART", help="leave a part out (default: $SISO_WITHOUT)"
        )
    elif command == "status":
        parser.add_argument("-o", "--output", choices=("table", "env", "json"), default="table")
    elif command == "reset":
        parser.add_argument("--yes", action="store_true", help="do not ask")
    elif command == "logs":
        parser.add_argument("parts", nargs="*", help="names as in ./scripts/status; all when none is given")
        parser.add_argument("-f", "--follow", action="store_true", help="go on as lines come in")
        parser.add_argument("-n", "--lines", type=int, default=40, help="how many earlier lines of each part (40)")
    elif command == "types":
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the files are stale")
    return parser.parse_args(argv)


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


# -- start -------------------------------------------------------------------------------------------------------------


def start(options: argparse.Namespace) -> int:
    from siso_local import preparation, report
    from siso_local.components import PARTS
    from siso_local.lock import platform_lock
    from siso_local.state import down
    from siso_local.supervisor import Supervisor

    started = time.monotonic()
    base = options.port_base or _number(os.environ.get("SISO_PORT_BASE"))
    without = options.without or os.environ.get("SISO_WITHOUT", "").replace(",", " ").split()
    unknown = set(without) - {part.name for part in PARTS}
    if unknown:
        raise PlatformError(f"There is no part called {', '.join(sorted(unknown))}.")
    with platform_lock(_say):
        settings = preparation.settings_for_start(base)
        supervisor = Supervisor(settings, _say, without=without, demo=not options.no_demo, year=not options.no_year)
        count = supervisor.up()
    for name in supervisor.missing:
        _say(f"- {name} is not part of this checkout yet")
    seconds = time.monotonic() - started
    _say(f"Running: {count} parts started in {seconds:.1f} s." if count else f"Already running ({seconds:.1f} s).")
    print(report.table(settings, with_pwa="pwa" not in without))
    if options.detach or not supervisor.popen:
        return 0
    _say("Ctrl-C stops everything; ./scripts/logs -f follows the logs.")

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        supervisor.watch()
        _say("Stopped by another command.")
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        _say("Stopping …")
        with platform_lock(_say):
            down(settings)
        _say("Stopped.")
    return 0


def _number(text: str | None) -> int | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise PlatformError(f"SISO_PORT_BASE is to be a number, not {text!r}.") from None


# -- the others --------------------------------------------------------------------------------------------------------


def stop(_options: argparse.Namespace) -> int:
    from siso_local import preparation
    from siso_local.lock import platform_lock
    from siso_local.settings import state_dir
    from siso_local.state import down

    if not state_dir().exists():
        _say(f"Nothing to stop: there is no platform in {state_dir()}.")
        return 0
    with platform_lock(_say):
        count = down(preparation.readable_settings())
    _say(f"Stopped ({count} parts)." if count else "Nothing was running.")
    return 0


def status(options: argparse.Namespace) -> int:
    from siso_local import preparation, report
    from siso_local.settings import Settings, dump
    from siso_local.state import statuses

    settings: Settings | None = preparation.load_settings()
    if settings is None:
        raise PlatformError("There is no platform here yet: run ./scripts/start first.")
    rows = statuses(settings)
    well = bool(rows) and all(row[1] == "running" for row in rows)
    if options.output != "table":
        print(dump(settings.public_names(), options.output))
    elif not rows:
        _say("Stopped: ./scripts/start starts it.")
    else:
        print(report.status_table(rows))
        if not well:
            _say("Something is not well: ./scripts/start heals it, ./scripts/logs <part> tells why.")
    return 0 if well else 1


def reset(options: argparse.Namespace) -> int:
    import shutil

    from siso_local import preparation
    from siso_local.lock import platform_lock
    from siso_local.settings import TOOLS, state_dir
    from siso_local.state import down

    folder = state_dir()
    if not folder.exists():
        _say(f"Nothing to reset: there is no platform in {folder}.")
        return 0
    if TOOLS.resolve().is_relative_to(folder) or not preparation.looks_like_state(folder):
        raise PlatformError(f"{folder} does not look like the state of a platform; nothing was deleted.")
    if not options.yes:
        if not sys.stdin.isatty():
            raise PlatformError("Nobody can be asked here: say --yes to delete the platform's data.")
        if input(f"Delete all data of the platform in {folder}? [y/N] ").strip().lower() not in ("y", "yes"):
            _say("Nothing was deleted.")
            return 1
    with platform_lock(_say):
        down(preparation.readable_settings())
        for path in sorted(folder.iterdir(), key=lambda path: path.name == "command.lock"):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        folder.rmdir()
    _say(f"Deleted {folder}; ./scripts/start makes a fresh platform.")
    return 0


def logs(options: argparse.Namespace) -> int:
    from siso_local import log_view

    return log_view.show(options.parts, options.lines, follow=options.follow)


def studio(_options: argparse.Namespace) -> int:
    from siso_local import preparation, studio

    settings = preparation.load_settings()
    if settings is None:
        raise PlatformError("There is no platform here yet: run ./scripts/start first.")
    studio.run(settings, _say)


def types(options: argparse.Namespace) -> int:
    from siso_local import preparation, typegen

    settings = preparation.load_settings()
    if settings is None:
        raise PlatformError("The types are read from a running platform: run ./scripts/start first.")
    return typegen.run(settings, _say, check=options.check)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "start": start,
    "stop": stop,
    "status": status,
    "reset": reset,
    "logs": logs,
    "studio": studio,
    "types": types,
}


def main() -> int:
    command, *argv = sys.argv[1:]
    options = _arguments(command, argv)
    if options.state:
        os.environ["SISO_STATE"] = str(Path(options.state).resolve())
    try:
        return COMMANDS[command](options)
    except PlatformError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):
            print("\n  Interrupted; nothing that this call started is left running.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())

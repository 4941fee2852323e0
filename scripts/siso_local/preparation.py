"""Reading, making and changing ``settings.json`` for the commands, with errors that a person understands."""

from __future__ import annotations

from pathlib import Path

import pydantic

from siso_local import health, processes
from siso_local.errors import PlatformError
from siso_local.settings import DEFAULT_PORT_BASE, PORT_OFFSETS, Settings, state_dir

LOWEST_PORT = 1024
HIGHEST_PORT = 65_535


def load_settings() -> Settings | None:
    """None where no platform has been made; PlatformError where the file is damaged."""
    path = state_dir() / "settings.json"
    try:
        return Settings.model_validate_json(path.read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        reason = str(error)
        if isinstance(error, pydantic.ValidationError):
            first = error.errors()[0]
            reason = f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}"
        raise PlatformError(
            f"{path} cannot be read ({reason}): repair it, or give the platform's data up with ./scripts/reset."
        ) from error


def readable_settings() -> Settings | None:
    """The settings, or None where they are missing or damaged: stop and reset work without them."""
    try:
        return load_settings()
    except PlatformError:
        return None


def settings_for_start(port_base: int | None) -> Settings:
    """The settings of this platform, made now if it is new; ``port_base`` moves a platform that is not running."""
    settings = load_settings()
    if port_base is not None:
        _check(port_base)
    if settings is None:
        if (state_dir() / "pgdata").exists():
            raise PlatformError(
                f"{state_dir()} holds a database but its settings.json is gone, and with it the passwords: "
                "put the file back, or begin anew with ./scripts/reset."
            )
        settings = Settings(port_base=port_base or DEFAULT_PORT_BASE)
        require_free_base(settings)
        settings.save()
    elif port_base is not None and port_base != settings.port_base:
        if any(record.process() for record in processes.records().values()):
            raise PlatformError(
                f"The platform is running on port base {settings.port_base}: stop it first (./scripts/stop), "
                f"then start it with --port-base {port_base}."
            )
        settings = settings.model_copy(update={"port_base": port_base})
        require_free_base(settings)
        settings.save()
    return settings


def _check(port_base: int) -> None:
    if not LOWEST_PORT <= port_base <= HIGHEST_PORT - max(PORT_OFFSETS.values()):
        highest = HIGHEST_PORT - max(PORT_OFFSETS.values())
        raise PlatformError(f"--port-base must lie between {LOWEST_PORT} and {highest}, not {port_base}.")


def require_free_base(settings: Settings) -> None:
    """Refuses before anything is written, so that a taken port leaves no trace."""
    for name in PORT_OFFSETS:
        reserved = health.reserve(settings.port(name), name, settings.port_base)
        if reserved:
            reserved.close()


def looks_like_state(folder: Path) -> bool:
    """Guards a reset against a mistyped --state: only a folder of ours, or an empty one, may be deleted."""
    names = {path.name for path in folder.iterdir()}
    return "settings.json" in names or names <= {"command.lock", "logs", "run", "cli"}

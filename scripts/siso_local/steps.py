"""Work that a start does beside launching parts: programs that end by themselves, and blocking calls."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import Awaitable, Callable

import psutil

from siso_local import processes
from siso_local.errors import PlatformError
from siso_local.settings import ROOT


async def in_thread(call: Callable[[], object]) -> None:
    """Runs blocking work; if we are cancelled meanwhile it is waited for, since it cannot be abandoned half-way."""
    work = asyncio.ensure_future(asyncio.to_thread(call))
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise


async def run(
    name: str, command: list[str], env: dict[str, str], failure: str, go: Awaitable[object] | None = None
) -> None:
    """A program that ends by itself, with its output in a log of its own. Raises PlatformError when it fails.

    With ``go`` it prepares itself at once and begins when it reads a line, which it gets when ``go`` is done."""
    log = processes.open_log(name)
    size = os.fstat(log).st_size
    try:
        program = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env=env | {processes.MARK: processes.mark(name)},
            stdin=subprocess.DEVNULL if go is None else subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    finally:
        os.close(log)
    try:
        if go is not None and program.stdin is not None:
            await go
            program.stdin.write(b"go\n")
            program.stdin.close()
        code = await program.wait()
    except asyncio.CancelledError:
        processes.end([psutil.Process(program.pid)])
        raise
    if code != 0:
        raise PlatformError(f"{failure}: {_reason(name, size)} (full log: {processes.log_file(name)})")


def _reason(name: str, since: int) -> str:
    with processes.log_file(name).open(errors="replace") as file:
        file.seek(since)
        lines = [line.strip() for line in file if line.strip()]
    lines = [line for line in lines if not line.startswith(("WARN", "Try rerunning", "Target:"))]
    telling = [line for line in lines if re.search(r"(?i)error|invalid|failed|before the last", line)]
    return " ".join((telling or lines or ["no reason given"])[0].split())[:300]


def first_cause(error: BaseException) -> BaseException:
    """The first error inside what a task group raises."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error

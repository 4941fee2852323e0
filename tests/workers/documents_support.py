"""A documents worker that the tests run themselves, and that can be killed at each of its steps."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from pydantic import SecretStr

from siso_local.settings import Settings
from workers.core.database import Database
from workers.documents.adapters import Storage
from workers.documents.app import Settings as WorkerSettings


def worker_settings(settings: Settings) -> WorkerSettings:
    return WorkerSettings(
        siso_env="local", port=1, supabase_url=settings.api_url, supabase_publishable_key=settings.publishable_key,
        worker_token=SecretStr(settings.mint("documents_worker")), doorbell_secret=SecretStr(settings.doorbell_secret),
    )  # fmt: skip


class KilledError(BaseException):
    """The worker ends here, as SIGKILL would end it: nothing of it is caught."""


class Steps:
    """What the worker does outside itself. It is killed once before and once after each step that is done."""

    def __init__(self, mortal: bool, of: tuple[str, ...] = ("",)) -> None:
        """``of``: beginnings of the names of the steps that matter; all of them when not given."""
        self.mortal = mortal
        self.of = of
        self.deaths: set[tuple[str, str]] = set()

    async def take(self, name: str, step: Coroutine[Any, Any, Any]) -> Any:
        if self._dies("before", name):
            step.close()
            raise KilledError
        result = await step
        if self._dies("after", name):
            raise KilledError
        return result

    def _dies(self, when: str, name: str) -> bool:
        if not self.mortal or not name.startswith(self.of) or (when, name) in self.deaths:
            return False
        self.deaths.add((when, name))
        return True


class MortalDatabase(Database):
    steps: Steps

    async def call(self, function: str, **arguments: Any) -> Any:
        about = (arguments.get(key) for key in ("statement", "kind", "table_name"))
        name = " ".join([function, *(str(each) for each in about if each is not None)])
        return await self.steps.take(name, super().call(function, **arguments))


class MortalStorage(Storage):
    steps: Steps

    async def add(self, bucket: str, path: str, content: Any, mime_type: str) -> None:
        await self.steps.take(f"add {path}", super().add(bucket, path, content, mime_type))

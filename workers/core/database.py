"""The database as a worker sees it: a handful of functions in schema ``worker``, called through PostgREST."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import httpx
from postgrest import APIError, AsyncPostgrestClient

from workers.core.logs import request_id
from workers.core.settings import WorkerSettings


class DatabaseRefusalError(Exception):
    """The database answered no. ``code`` is the SQLSTATE, ``rule`` the broken rule where the function names one."""

    def __init__(self, error: APIError) -> None:
        self.code = str(error.code or "")
        self.message = error.message or str(error)
        self.rule: str | None = None
        self.field: str | None = None
        self.limit: str | None = None
        with contextlib.suppress(TypeError, ValueError):  # Postgres' own errors explain themselves in plain text
            details = json.loads(error.details or "")
            if isinstance(details, dict):
                self.rule, self.field, self.limit = details.get("rule"), details.get("field"), details.get("limit")
        super().__init__(f"{self.code}: {self.message}")


class DatabaseUnreachableError(Exception):
    """No answer, or one that says nothing about the call (5xx): whether it took effect is unknown."""


async def _add_request_id(request: httpx.Request) -> None:
    current = request_id.get()
    if current:
        request.headers["x-request-id"] = current


class Database:
    """Calls ``worker.<function>`` as this worker's role. Every function is safe to repeat."""

    def __init__(self, settings: WorkerSettings) -> None:
        base = f"{settings.supabase_url}/rest/v1"
        headers = {
            "apikey": settings.supabase_publishable_key,
            "Authorization": f"Bearer {settings.worker_token.get_secret_value()}",
        }
        self._http = httpx.AsyncClient(
            base_url=base,
            headers=headers,
            timeout=httpx.Timeout(20.0, connect=5.0),
            event_hooks={"request": [_add_request_id]},
        )
        self._client = AsyncPostgrestClient(base, schema="worker", headers=headers, http_client=self._http)

    async def call(self, function: str, **arguments: Any) -> Any:
        """The function's result as JSON. Raises ``DatabaseRefusalError`` or ``DatabaseUnreachableError``."""
        try:
            answer = await self._client.rpc(function, arguments).execute()
        except APIError as error:
            code = str(error.code or "")
            # Connection trouble between PostgREST and Postgres (PGRST00x, class 08/53/57), or a gateway's plain 5xx.
            if code.startswith(("PGRST00", "08", "53", "57")) or (code.isdigit() and len(code) == 3 and code >= "500"):
                raise DatabaseUnreachableError(str(error)) from error
            raise DatabaseRefusalError(error) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise DatabaseUnreachableError(f"{type(error).__name__}: {error}") from error
        return answer.data

    async def close(self) -> None:
        await self._http.aclose()

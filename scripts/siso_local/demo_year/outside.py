"""What the notifications worker speaks to in the year: the platform's own push service and mail catcher, here on the
workers' loop, since nothing else of the platform runs yet. What they take is kept where they keep it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from siso_local.components import vapid_public_key
from siso_local.mail import smtp
from siso_local.mail.store import Store
from siso_local.push.app import PushService
from siso_local.settings import HOST, Settings, state_dir
from workers.notifications.adapters import TIMEOUT, PushSender


class Outside:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._mails: list[tuple[str, list[str], bytes]] = []
        self.smtp_url = ""

    async def open(self) -> None:
        # Not on the service's own port, where it may be running already; whoever speaks to it need not know.
        self._folder = tempfile.TemporaryDirectory(prefix="siso-year-")
        path = str(Path(self._folder.name) / "push")
        self._runner = web.AppRunner(PushService(self._settings, state_dir()).application(), access_log=None)
        await self._runner.setup()
        await web.UnixSite(self._runner, path).start()
        self._session = aiohttp.ClientSession(timeout=TIMEOUT, connector=aiohttp.UnixConnector(path))
        self._smtp = await smtp.listen(self._receive, HOST, 0)
        self.smtp_url = f"smtp://{HOST}:{self._smtp.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        self._smtp.close()
        await self._session.close()
        await self._runner.cleanup()
        self._folder.cleanup()

    async def _receive(self, sender: str, recipients: list[str], raw: bytes) -> None:
        self._mails.append((sender, recipients, raw))

    def keep_mails(self) -> None:
        """Into the mail catcher, once the year stays: a mail cannot be taken back."""
        store = Store(state_dir() / "mail.sqlite3")
        for mail in self._mails:
            store.add(*mail)
        store.close()

    def sender(self, private_key: str, subject: str) -> PushSender:
        """The worker's own, with the service behind it."""
        made = PushSender(private_key, subject)
        made._session = self._session
        return made

    async def subscribe(self) -> dict[str, Any]:
        """What a browser does when somebody allows messages: endpoint and keys."""
        wanted = {"applicationServerKey": vapid_public_key(self._settings)}
        url = f"{self._settings.url('push')}/_double/subscriptions"
        async with self._session.post(url, json=wanted, raise_for_status=True) as answer:
            made: dict[str, Any] = await answer.json()
        return made

    async def uninstall(self, endpoint: str) -> None:
        url = f"{self._settings.url('push')}/_double/subscriptions/{endpoint.rsplit('/', 1)[1]}"
        async with self._session.delete(url, raise_for_status=True):
            pass

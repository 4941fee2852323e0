"""The mail catcher, with real SMTP clients."""

from __future__ import annotations

import asyncio
import smtplib
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from siso_local.mail.app import MailCatcher
from siso_local.mail.parse import parse
from siso_local.mail.store import KEPT, Store
from siso_local.settings import HOST, Settings
from tests.platform.ports import free_port_base


@dataclass
class Catcher:
    settings: Settings
    client: aiohttp.ClientSession

    async def get(self, path: str) -> Any:
        async with self.client.get(self.settings.url("mail") + path) as response:
            return await response.json()

    async def send(self, message: EmailMessage, *also: str, login: bool = False) -> None:
        def work() -> None:
            with smtplib.SMTP(HOST, self.settings.port("smtp"), timeout=5) as connection:
                if login:
                    connection.login("anyone", "anything")
                connection.send_message(message, to_addrs=[message["To"], *also])

        await asyncio.to_thread(work)


@pytest_asyncio.fixture
async def catcher(tmp_path: Path) -> AsyncIterator[Catcher]:
    settings = Settings(port_base=free_port_base())
    runner = web.AppRunner(MailCatcher(settings, tmp_path).application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, HOST, settings.port("mail")).start()
    async with aiohttp.ClientSession() as client:
        yield Catcher(settings, client)
    await runner.cleanup()


def mail(to: str, subject: str = "Confirm your address") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "SISO <no-reply@example.com>", to, subject
    message.set_content("Grüße! Open https://app.example.com/verify?token=a1&type=signup.")
    message.add_alternative(
        '<p>Grüße! <a href="https://app.example.com/verify?token=a1&amp;type=signup">Confirm</a>'
        '<a href="javascript:alert(1)">no</a></p>',
        subtype="html",
    )
    return message


async def test_a_mail_arrives_with_its_parts_and_links(catcher: Catcher) -> None:
    message = mail("starter-03@example.com", "Bestätigung ✓")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Überblick.pdf")
    await catcher.send(message, "hidden@example.com", login=True)
    [found] = await catcher.get("/api/messages?to=STARTER-03@example.com")
    assert found["subject"] == "Bestätigung ✓"
    assert found["to"] == ["starter-03@example.com", "hidden@example.com"]
    assert found["from"] == "no-reply@example.com"
    assert found["links"] == ["https://app.example.com/verify?token=a1&type=signup"]
    assert "Grüße" in found["text"]
    assert "<a href" in found["html"]
    assert found["attachments"] == [{"name": "Überblick.pdf", "type": "application/pdf", "size": 8}]
    base = f"/api/messages/{found['id']}"
    assert await catcher.get(base) == found
    async with catcher.client.get(f"{catcher.settings.url('mail')}{base}/attachments/0") as response:
        assert await response.read() == b"%PDF-1.7"
    async with catcher.client.get(f"{catcher.settings.url('mail')}{base}/source") as response:
        assert (await response.text()).startswith("From: SISO")
    async with catcher.client.get(f"{catcher.settings.url('mail')}{base}/html") as response:
        assert response.headers["Content-Security-Policy"].startswith("sandbox")
        assert "allow-scripts" not in response.headers["Content-Security-Policy"]


async def test_filters_and_order(catcher: Catcher) -> None:
    for number in range(3):
        await catcher.send(mail(f"client-{number}@example.com", f"Statement {number}"))
    assert [found["subject"] for found in await catcher.get("/api/messages")] == [f"Statement {n}" for n in (2, 1, 0)]
    assert [found["subject"] for found in await catcher.get("/api/messages?subject=statement%201")] == ["Statement 1"]
    assert len(await catcher.get("/api/messages?limit=2")) == 2
    assert len(await catcher.get("/api/messages?q=client-2")) == 1
    assert await catcher.get("/api/messages?to=client") == []
    newest = (await catcher.get("/api/messages"))[0]["id"]
    assert await catcher.get(f"/api/messages?after={newest}") == []


async def test_waiting_ends_when_the_mail_comes(catcher: Catcher) -> None:
    waiting = asyncio.create_task(catcher.get("/api/messages?to=later@example.com&wait=5"))
    await catcher.send(mail("other@example.com"))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await catcher.send(mail("later@example.com"))
    [found] = await asyncio.wait_for(waiting, 1)
    assert found["to"] == ["later@example.com"]
    assert await catcher.get("/api/messages?to=never@example.com&wait=0.1") == []


async def test_delete_all(catcher: Catcher) -> None:
    await catcher.send(mail("starter-03@example.com"))
    async with catcher.client.delete(catcher.settings.url("mail") + "/api/messages") as response:
        assert response.status == 204
    assert await catcher.get("/api/messages") == []


async def test_bad_queries_and_unknown_ids_are_said(catcher: Catcher) -> None:
    for path, status in [("/api/messages?wait=x", 400), ("/api/messages?limit=-1", 400), ("/api/messages/99", 404)]:
        async with catcher.client.get(catcher.settings.url("mail") + path) as response:
            assert response.status == status
            assert (await response.json())["message"]


async def test_a_sender_can_try_refusals(catcher: Catcher) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as caught:
        await catcher.send(mail("starter+smtp451@example.com"))
    assert caught.value.recipients["starter+smtp451@example.com"][0] == 451
    assert await catcher.get("/api/messages") == []


async def test_page_and_health(catcher: Catcher) -> None:
    assert await catcher.get("/health") == {"status": "ok"}
    for path, kind in [("/", "text/html"), ("/page.js", "javascript"), ("/page.css", "text/css")]:
        async with catcher.client.get(catcher.settings.url("mail") + path) as response:
            assert response.status == 200
            assert kind in response.headers["Content-Type"]
            assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_only_the_last_thousand_are_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "mail.sqlite3")
    for number in range(KEPT + 5):
        store.add("a@example.com", ["b@example.com"], f"Subject: {number}\r\n\r\nhi".encode())
    store.close()
    with sqlite3.connect(tmp_path / "mail.sqlite3") as db:
        assert db.execute("select count(*), min(id) from messages").fetchone() == (KEPT, 6)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe no header at all",
        b"Content-Type: text/plain; charset=klingon\r\n\r\n\xffhello",
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nnever closed",
        b"Subject: =?utf-8?b?/w==?=\r\nFrom: <<>>\r\n\r\nx",
    ],
)
def test_broken_mails_are_kept_as_far_as_they_can_be_read(raw: bytes) -> None:
    assert isinstance(parse(raw).text, str)

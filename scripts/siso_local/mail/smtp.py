"""SMTP in: accepts every mail, with or without a log-in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from siso_local import web as shared

MAX_BYTES = 25 * 1024 * 1024
# A recipient such as name+smtp451@example.com is refused with that code, to try what a sender does then.
_REFUSED = re.compile(r"\+smtp([45]\d\d)@")

Receive = Callable[[str, list[str], bytes], Awaitable[None]]


class Handler:
    """``receive`` gets envelope sender, envelope recipients and the mail's bytes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if refused := _REFUSED.search(address):
            return f"{refused[1]} Refused as asked for"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content or "").encode()
        await self._receive(envelope.mail_from or "", list(envelope.rcpt_tos), raw)
        shared.log("mail", "mail received", recipients=len(envelope.rcpt_tos), bytes=len(raw))
        return "250 OK"


def _accept_login(*_arguments: Any) -> AuthResult:
    return AuthResult(success=True)


async def listen(receive: Receive, host: str, port: int) -> asyncio.Server:
    def connection() -> SMTP:
        return SMTP(
            Handler(receive),
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="mail catcher",
            authenticator=_accept_login,
            auth_require_tls=False,
            timeout=60,
        )

    return await asyncio.get_running_loop().create_server(connection, host, port)

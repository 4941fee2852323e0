"""Takes the audit log's heads out of the database every day, by mail to people who cannot write to it."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job, RetryJobError

_log = logs.get("anchor")

TEXT = """\
Audit anchor of {anchored_on}

streams  {streams}
digest   {digest}

Keep this mail. If the audit log is ever in doubt, ask the database for worker.audit_anchor('{anchored_on}'):
any other digest means that history was rewritten after this day.
"""


class Anchor:
    """``smtp_url`` is smtp://[user:password@]host:port; the receiver is an archive that nobody empties."""

    def __init__(self, database: Database, smtp_url: str, sender: str, receiver: str) -> None:
        self._database = database
        self._smtp = urlsplit(smtp_url)
        self._sender = sender
        self._receiver = receiver

    async def send(self, job: Job) -> None:
        """One mail a day. A repeated one says the same and does no harm."""
        anchor: dict[str, Any] = await self._database.call("audit_anchor", day=job.payload["anchored_on"])
        if anchor["streams"] == 0:
            raise DeadJobError(f"there is no anchor of {job.payload['anchored_on']}")
        mail = EmailMessage()
        mail["From"], mail["To"] = self._sender, self._receiver
        mail["Subject"] = f"Audit anchor {anchor['anchored_on']} {anchor['digest'][:12]}"
        mail.set_content(TEXT.format(**anchor))
        try:
            await aiosmtplib.send(
                mail,
                hostname=self._smtp.hostname,
                port=self._smtp.port or 587,
                username=unquote(self._smtp.username) if self._smtp.username else None,
                password=unquote(self._smtp.password) if self._smtp.password else None,
                timeout=20,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            raise RetryJobError(f"the mail was not taken: {type(error).__name__}") from error
        _log.info("audit anchored", day=anchor["anchored_on"], streams=anchor["streams"], digest=anchor["digest"])

"""Mails to every address that is or was a partner's, when their bank account, address, factor or password changes."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from workers.core.database import Database
from workers.core.jobs import Job, RetryJobError

WHAT = {
    "bank_account": "bank account for your payouts",
    "email": "e-mail address of your account",
    "second_factor": "second factor of your account",
    "password": "password of your account",
}
WAIT = "Payouts wait 72 hours after such a change. "
TEXT = """\
The {what} was changed at {at}.

{wait}If it was you, there is nothing to do.

If it was not you, open this link and press "This was not me": payouts are frozen and everybody is signed out, until
we have spoken to you. You need not sign in. The link works once, for 30 days:

{link}
"""


class SecurityMails:
    """``smtp_url`` is smtp://[user:password@]host:port; ``pwa_url`` is where the link leads."""

    def __init__(self, database: Database, smtp_url: str, sender: str, pwa_url: str) -> None:
        self._database = database
        self._smtp = urlsplit(smtp_url)
        self._sender, self._app = sender, pwa_url.rstrip("/")

    async def send(self, job: Job) -> None:
        """A worker that dies before it has noted the mail sends it again with another link: twice is better than never.

        The secret stands after ``#``: it reaches no server's log. A program that looks at links presses no button.
        """
        notice = job.payload["notice_id"]
        mail: dict[str, Any] | None = await self._database.call("begin_security_mail", notice=notice)
        if mail is None:
            return
        what = WHAT[mail["what"]]
        message = EmailMessage()
        message["From"], message["To"] = self._sender, mail["address"]
        message["Subject"] = f"The {what} was changed"
        link = f"{self._app}/not-me#{mail['secret']}"
        wait = "" if mail["what"] == "password" else WAIT
        message.set_content(TEXT.format(what=what, at=mail["at"], wait=wait, link=link))
        try:
            await aiosmtplib.send(
                message,
                hostname=self._smtp.hostname,
                port=self._smtp.port or 587,
                username=unquote(self._smtp.username) if self._smtp.username else None,
                password=unquote(self._smtp.password) if self._smtp.password else None,
                timeout=20,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            raise RetryJobError(f"the mail was not taken: {type(error).__name__}") from error
        await self._database.call("security_mail_sent", notice=notice)

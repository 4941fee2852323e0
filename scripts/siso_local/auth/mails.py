"""Mails of Auth: the project's templates with hosted's variables, sent through SMTP; and where their links may lead."""

from __future__ import annotations

import html
import re
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import urlencode, urlsplit

import aiosmtplib

from siso_local.auth.errors import unexpected
from siso_local.auth.http import Call
from siso_local.web import log

_VARIABLE = re.compile(r"\{\{\s*\.(\w+)\s*\}\}")
_SMTP_SECONDS = 10


def fill(template: str, values: dict[str, str], *, escape: bool) -> str:
    """Puts values for ``{{ .Name }}``; an unknown name becomes empty, as Go templates do with a missing key."""

    def value(found: re.Match[str]) -> str:
        text = values.get(found[1], "")
        return html.escape(text) if escape else text

    return _VARIABLE.sub(value, template)


def as_text(page: str) -> str:
    """The words of a mail for readers without HTML; links are written out."""
    page = re.sub(r"(?is)<(style|head|title)\b.*?</\1\s*>", "", page)
    page = " ".join(page.split())
    page = re.sub(r'(?is)<a\s[^>]*href="([^"]*)"[^>]*>(.*?)</a\s*>', r"\2: \1", page)
    page = re.sub(r"(?i)<(br|/p|/h\d|/tr|/div)[^>]*>", "\n", page)
    lines = (" ".join(line.split()) for line in html.unescape(re.sub(r"(?s)<[^>]+>", "", page)).splitlines())
    return "\n\n".join(line for line in lines if line) + "\n"


def link(call: Call, kind: str, token_hash: str, redirect_to: str) -> str:
    """The address that a mail's button opens."""
    return f"{call.config.issuer}/verify?" + urlencode({"token": token_hash, "type": kind, "redirect_to": redirect_to})


async def send(
    call: Call,
    template: str,
    kind: str,
    to: str,
    *,
    token: str,
    token_hash: str = "",
    email: str = "",
    new_email: str = "",
) -> None:
    """Sends one mail, or raises: 429 where too many were sent, 500 where the mail server refuses.

    ``kind`` is the type that the link's verification names; ``email`` is the account's address.
    """
    call.limits.mail(to)
    redirect_to = redirect(call)
    values = {
        "ConfirmationURL": link(call, kind, token_hash, redirect_to),
        "Token": token,
        "TokenHash": token_hash,
        "SiteURL": call.config.site_url,
        "Email": email or to,
        "NewEmail": new_email,
        "SendingTo": to,
        "RedirectTo": redirect_to,
    }
    chosen = call.config.templates[template]
    page = fill(chosen.html, values, escape=True)
    message = EmailMessage()
    message["From"] = call.config.mail_from
    message["To"] = to
    message["Subject"] = fill(chosen.subject, values, escape=False)
    message["Message-ID"] = make_msgid(domain="example.com")
    message.set_content(as_text(page))
    message.add_alternative(page, subtype="html")
    server = urlsplit(call.auth.settings.smtp_url)
    try:
        await aiosmtplib.send(
            message, hostname=server.hostname, port=server.port, timeout=_SMTP_SECONDS, use_tls=False, start_tls=False
        )
    except (aiosmtplib.SMTPException, OSError) as error:
        log("auth", "mail not sent", "error", template=template, error=type(error).__name__)
        raise unexpected(f"Error sending {template.replace('_', ' ')} email") from error


def _pattern(glob: str) -> re.Pattern[str]:
    """``*`` is any text within a part (parts end at ``.`` and ``/``), ``**`` any text, ``?`` one character."""
    parts = re.split(r"(\*\*|\*|\?)", glob)
    known = {"**": ".*", "*": "[^./]*", "?": "[^./]"}
    return re.compile("".join(known.get(part, re.escape(part)) for part in parts), re.DOTALL)


def allowed(call: Call, url: str) -> bool:
    """Whether a link may lead there: the site itself, or what the list of additional addresses allows."""
    try:
        wanted, site = urlsplit(url), urlsplit(call.config.site_url)
        same = (wanted.scheme, wanted.hostname, wanted.port) == (site.scheme, site.hostname, site.port)
    except ValueError:
        return False
    # Browsers read a backslash as a slash and skip control characters: such an address is not what it seems.
    if not wanted.scheme or re.search(r"[\x00-\x20\\]", url) or wanted.username is not None:
        return False
    bare = url.partition("#")[0]
    return same or any(_pattern(glob).fullmatch(bare) for glob in call.config.redirect_urls)


def redirect(call: Call, asked: str | None = None) -> str:
    """Where the caller wants the link to lead, if that is allowed, else the site."""
    query = call.request.query_params.get("redirect_to", "") if asked is None else asked
    url = query or call.request.headers.get("redirect_to", "")
    return url if url and len(url) <= 2048 and allowed(call, url) else call.config.site_url

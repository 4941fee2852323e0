"""What a reader and a test want to know of a mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser

_URL = re.compile(r"https?://[^\s<>\"']+")
_TRAILING = ".,;:!?)]}"


@dataclass
class Mail:
    """A mail taken apart. ``links``: every http(s) address in HTML and text, in order, once each."""

    subject: str
    text: str
    html: str
    links: list[str]
    attachments: list[dict[str, str | int]] = field(default_factory=list)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value and _URL.match(value)]


def links_of(text: str, html: str) -> list[str]:
    parser = _Links()
    parser.feed(html)
    parser.close()
    found = parser.found + [url.rstrip(_TRAILING) for url in _URL.findall(text)]
    return list(dict.fromkeys(found))


def open_raw(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _content(part: MIMEPart | None) -> str:
    if part is None:
        return ""
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError, KeyError):  # an unknown charset or a broken encoding: show what there is
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def parse(raw: bytes) -> Mail:
    """Never fails: a mail that breaks the rules is shown as far as it can be read."""
    message = open_raw(raw)
    text = _content(message.get_body(("plain",)))
    html = _content(message.get_body(("html",)))
    attachments: list[dict[str, str | int]] = [
        {"name": part.get_filename() or "attachment", "type": part.get_content_type(), "size": len(attached(part))}
        for part in message.iter_attachments()
    ]
    return Mail(str(message.get("subject", "")), text, html, links_of(text, html), attachments)


def attached(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else part.as_bytes()

"""The push services of the browsers' makers, spoken to as RFC 8030, 8188, 8291 and 8292 say."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import aiohttp
from py_vapid import Vapid
from pywebpush import WebPusher, WebPushException

from workers.core import logs
from workers.notifications.domain import Outcome, PushMessage, judge

_log = logs.get("push")
TIMEOUT = aiohttp.ClientTimeout(total=10)
VAPID_SECONDS = 6 * 3600  # the standard allows 24 hours


class PushSender:
    """Encrypts and sends, over one HTTP session and with one signed VAPID header per push service."""

    def __init__(self, private_key: str, subject: str) -> None:
        self._vapid = Vapid.from_raw(private_key.encode())
        self._subject = subject
        self._headers: dict[str, tuple[float, dict[str, str]]] = {}
        self._session: aiohttp.ClientSession | None = None

    def _authorization(self, endpoint: str) -> dict[str, str]:
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        ends, header = self._headers.get(origin, (0.0, {}))
        if ends < time.time() + 600:
            ends = time.time() + VAPID_SECONDS
            header = self._vapid.sign({"aud": origin, "sub": self._subject, "exp": int(ends)})
            self._headers[origin] = (ends, header)
        return header

    async def send(self, endpoint: str, p256dh: str, auth: str, message: PushMessage) -> tuple[Outcome, int | None]:
        """One message to one device; what it means, and the HTTP status where there was one."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        try:
            pusher = WebPusher(
                {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}, aiohttp_session=self._session
            )
            answer = await pusher.send_async(
                data=message.body,
                headers={**self._authorization(endpoint), "Urgency": message.urgency, "Topic": message.topic},
                ttl=message.ttl_seconds,
                content_encoding="aes128gcm",
            )
        except (aiohttp.ClientError, TimeoutError) as error:
            _log.warning("push service unreachable", host=urlsplit(endpoint).hostname, error=type(error).__name__)
            return Outcome.LATER, None
        except (WebPushException, ValueError) as error:
            # The library finds fault with the subscription: nothing will ever reach it.
            _log.warning("subscription unusable", host=urlsplit(endpoint).hostname, error=type(error).__name__)
            return Outcome.GONE, None
        status = int(answer.status)
        return judge(status), status

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

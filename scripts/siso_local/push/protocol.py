"""What a push message must be like: VAPID, headers, size. Pure, no I/O."""

from __future__ import annotations

import base64
import binascii
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MAX_BODY = 4096
MAX_TTL = 28 * 24 * 3600  # what real services cap at; seconds
_LONGEST_VAPID = 24 * 3600
_URGENCIES = {"very-low", "low", "normal", "high"}
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_PARAMETER = re.compile(r"\s*([a-z]+)\s*=\s*\"?([A-Za-z0-9._~+/=-]+)\"?\s*(?:,|;|$)")


class PushError(Exception):
    """The message is refused with ``status``; ``str()`` says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Options:
    """``ttl``: seconds, capped as the service does. ``topic``: None when messages must not replace one another."""

    ttl: int
    urgency: str
    topic: str | None


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64url(text: str) -> bytes:
    """Raises ``ValueError`` on anything but base64url."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*={0,2}", text):
        raise ValueError("not base64url")
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def public_key(text: str) -> ec.EllipticCurvePublicKey:
    """A P-256 public key from its uncompressed point in base64url. Raises ``ValueError``."""
    point = unb64url(text)
    if len(point) != 65:
        raise ValueError("a P-256 public key has 65 bytes")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def point_of(key: ec.EllipticCurvePrivateKey) -> str:
    return b64url(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def check_vapid(authorization: str | None, origin: str, bound_to: str | None) -> dict[str, Any]:
    """The sender's claims, with its public key as ``k``. ``bound_to``: the key that the subscription was made for."""
    if not authorization:
        raise PushError(401, "Authorization is missing")
    scheme, _, rest = authorization.partition(" ")
    given = dict(_PARAMETER.findall(rest))
    if scheme.lower() != "vapid" or "t" not in given or "k" not in given:
        raise PushError(401, "Authorization must be: vapid t=<token>, k=<public key>")
    try:
        key = public_key(given["k"])
    except ValueError as error:
        raise PushError(403, "k is not a P-256 public key") from error
    if bound_to and unb64url(bound_to) != unb64url(given["k"]):
        raise PushError(403, "The subscription was made for another application server key")
    try:
        claims: dict[str, Any] = jwt.decode(
            given["t"], key, algorithms=["ES256"], audience=origin, options={"require": ["aud", "exp", "sub"]}
        )
    except jwt.PyJWTError as error:
        raise PushError(403, f"VAPID token refused: {error}") from error
    if claims["exp"] > time.time() + _LONGEST_VAPID:
        raise PushError(403, "VAPID token refused: exp is more than 24 hours ahead")
    if not str(claims["sub"]).startswith(("mailto:", "https:")):
        raise PushError(403, "VAPID token refused: sub must be a mailto: or https: address")
    return {**claims, "k": given["k"]}


def check_headers(headers: Mapping[str, str], size: int) -> Options:
    """``size``: bytes of the body."""
    if size > MAX_BODY:
        raise PushError(413, f"The body is larger than {MAX_BODY} bytes")
    ttl = headers.get("TTL")
    if ttl is None:
        raise PushError(400, "TTL is missing")
    if not re.fullmatch(r"[0-9]{1,10}", ttl):
        raise PushError(400, "TTL must be a number of seconds that is not negative")
    urgency = headers.get("Urgency", "normal")
    if urgency not in _URGENCIES:
        raise PushError(400, "Urgency must be very-low, low, normal or high")
    topic = headers.get("Topic")
    if topic is not None and not _TOPIC.fullmatch(topic):
        raise PushError(400, "Topic must have 1 to 32 characters of base64url")
    if size and headers.get("Content-Encoding") != "aes128gcm":
        raise PushError(400, "Content-Encoding must be aes128gcm")
    return Options(min(int(ttl), MAX_TTL), urgency, topic)


def decrypt(body: bytes, private_key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """Raises ``PushError``: a real service could not tell, but nobody could ever read such a message."""
    try:
        plain: bytes = http_ece.decrypt(body, private_key=private_key, auth_secret=auth)
    except Exception as error:  # the library raises its own, cryptography's and struct's errors
        raise PushError(400, f"The body cannot be decrypted with the subscription's keys: {error!r}") from error
    return plain

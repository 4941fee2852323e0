"""What hosted accepts as bucket name, object key, file size and content type."""

from __future__ import annotations

import re
from typing import Any

from siso_local.storage import errors

GLOBAL_SIZE_LIMIT = 50 * 1024 * 1024  # bytes; a bucket may lower it
MAX_USER_METADATA = 1024 * 1024  # bytes
PLACEHOLDER = ".emptyFolderPlaceholder"  # the empty file with which tools keep a folder alive

_KEY = re.compile(r"[A-Za-z0-9_/!.*'() &$=@;:+,?-]+")
_BUCKET = re.compile(r"[A-Za-z0-9_!.*'() &$=@;:+,?-]{1,100}")
_MIME_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;[\x20-\x7e]*)?")
_ALLOWED_TYPE = re.compile(r"[A-Za-z0-9.+-]+/([A-Za-z0-9.+-]+|\*)(;\s*charset=[A-Za-z0-9-]+)?|\*")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(gb|mb|kb|b)", re.IGNORECASE)
_UNITS = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}
_HEADER_VALUE = re.compile(r"[\x20-\x7e]{0,200}")


def check_key(key: Any) -> str:
    """The object key, if hosted would take it and no segment of it means "this" or "parent" folder."""
    if not isinstance(key, str) or len(key) > 1024 or not _KEY.fullmatch(key):
        raise errors.invalid_key(str(key or ""))
    if any(segment in (".", "..") for segment in key.split("/")):
        raise errors.invalid_key(key)
    return key


def check_bucket_name(name: Any) -> str:
    if not isinstance(name, str) or name != name.strip() or not _BUCKET.fullmatch(name):
        raise errors.StorageError(400, "InvalidBucketName", "Bucket name invalid", "Invalid Input")
    return name


def check_mime_type(mime_type: str, allowed: list[str] | None) -> str:
    """The content type of an upload, if it is well-formed and the bucket takes it (``image/*`` takes every image)."""
    if not _MIME_TYPE.fullmatch(mime_type):
        raise errors.invalid_mime_type(mime_type)
    if not allowed:
        return mime_type
    family = mime_type.split("/")[0]
    if not any(entry in (mime_type, f"{family}/*") for entry in allowed):
        raise errors.invalid_mime_type(mime_type)
    return mime_type


def check_header_value(value: str) -> str:
    """A value that will be sent back as a response header: printable ASCII only."""
    if not _HEADER_VALUE.fullmatch(value):
        raise errors.invalid_request("Invalid character in header value")
    return value


def parse_allowed_types(value: Any) -> list[str] | None:
    """``allowed_mime_types`` of a bucket; None and the empty list both mean "every type"."""
    if value is None:
        return None
    if not isinstance(value, list):
        raise errors.invalid_request("body/allowed_mime_types must be array")
    for entry in value:
        if not isinstance(entry, str) or not _ALLOWED_TYPE.fullmatch(entry):
            raise errors.invalid_mime_type(str(entry))
    return value


def parse_size_limit(value: Any) -> int | None:
    """``file_size_limit`` in bytes, from a number or from ``"20MB"``; never above the project's limit."""
    if value is None:
        return None
    size: float
    if isinstance(value, str):
        match = _SIZE.fullmatch(value.strip())
        if match:
            size = float(match[1]) * _UNITS[match[2].lower()]
        elif value.strip().isdigit():
            size = int(value)
        else:
            raise errors.invalid_request("Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B")
    elif isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        size = value
    else:
        raise errors.invalid_request("body/file_size_limit must be a number of bytes or a string such as 20MB")
    if size > GLOBAL_SIZE_LIMIT:
        raise errors.too_large()
    return int(size)

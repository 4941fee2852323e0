"""The body of an upload: a form with one file part, or the file itself.

Both are read piece by piece straight into the file on disk, and never held in memory whole. ``Upload.open`` reads only
as far as needed to know the content type, so that limits and policies can refuse before anything is written.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator
from typing import Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from siso_local.storage import errors, names

MAX_FIELDS = 10
MAX_PART_HEADER = 8192  # bytes
_NO_CONTENT = "No content provided"


def parse_user_metadata(encoded: str | None) -> dict[str, Any] | None:
    """The ``x-metadata`` header: base64 of a JSON object. Like hosted, anything else counts as no metadata."""
    if encoded is None:
        return None
    try:
        return _metadata_object(base64.b64decode(encoded, validate=True))
    except binascii.Error:
        return None


def _metadata_object(text: bytes) -> dict[str, Any] | None:
    if len(text) > names.MAX_USER_METADATA:
        raise errors.too_large("user_metadata")
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


class _Form:
    """Callbacks of the multipart parser: small fields go into ``fields``, pieces of the file into ``pieces``."""

    def __init__(self, boundary: bytes) -> None:
        self.fields: dict[str, bytes] = {}
        self.pieces: list[bytes] = []
        self.file_type: str | None = None  # set once the head of the file part has been read
        self.complete = False
        self._header = b""
        self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._field: str | None = None
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._headers.clear,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_end": self._on_end,
            },
        )

    def feed(self, data: bytes) -> None:
        try:
            self._parser.write(data)
        except MultipartParseError as error:
            raise errors.invalid_request(_NO_CONTENT) from error

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        if len(self._header) + len(self._value) > MAX_PART_HEADER:
            raise errors.invalid_request("a part's header is too long")

    def _on_header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        content_type = self._headers.get(b"content-type")
        if b"filename" in options or content_type is not None:
            if self.file_type is not None:
                raise errors.invalid_request("only one file per upload")
            self.file_type = (content_type or b"application/octet-stream").decode("latin-1")
            self._field = None
            return
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if len(self.fields) >= MAX_FIELDS:
            raise errors.invalid_request("too many form fields")
        self.fields[self._field] = b""

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._field is None:
            self.pieces.append(data[start:end])
            return
        self.fields[self._field] += data[start:end]
        if len(self.fields[self._field]) > names.MAX_USER_METADATA:
            raise errors.too_large("user_metadata" if "metadata" in self._field.lower() else "form field")

    def _on_end(self) -> None:
        self.complete = True

    def text(self, *wanted: str) -> str | None:
        return next((self.fields[name].decode("utf-8", "replace") for name in wanted if name in self.fields), None)


class Upload:
    """One upload being received. ``mime_type`` is known after ``open``; the rest once ``body`` is exhausted."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._stream = request.stream().__aiter__()
        self._form: _Form | None = None
        self.mime_type = ""

    async def open(self) -> None:
        """Reads up to the first byte of the file. Raises "No content provided" for a form without a file."""
        kind, options = parse_options_header(self._request.headers.get("content-type"))
        if kind != b"multipart/form-data":
            self.mime_type = self._request.headers.get("content-type") or "application/octet-stream"
            return
        boundary = options.get(b"boundary", b"")
        if not 0 < len(boundary) <= 200:
            raise errors.invalid_request(_NO_CONTENT)
        self._form = _Form(boundary)
        while self._form.file_type is None:
            chunk = await self._next()
            if chunk is None or self._form.complete:
                raise errors.invalid_request(_NO_CONTENT)
            self._form.feed(chunk)
        self.mime_type = self._form.text("contentType") or self._form.file_type

    async def _next(self) -> bytes | None:
        try:
            return await anext(self._stream)
        except StopAsyncIteration:
            return None

    async def body(self) -> AsyncIterator[bytes]:
        """The bytes of the file. A form that ends early is an error: half a file is no file."""
        form = self._form
        if form is None:
            async for chunk in self._stream:
                yield chunk
            return
        while True:
            for piece in form.pieces:
                yield piece
            form.pieces.clear()
            more = await self._next()
            if more is None:
                break
            form.feed(more)
        if not form.complete:
            raise errors.invalid_request("the form ended too early")

    @property
    def declared_size(self) -> int | None:
        """Bytes of a raw body by its ``content-length``; a form's length says nothing exact about its file."""
        length = self._request.headers.get("content-length", "")
        return int(length) if self._form is None and length.isdigit() else None

    @property
    def cache_control(self) -> str:
        if self._form is None:
            return names.check_header_value(self._request.headers.get("cache-control") or "no-cache")
        seconds = self._form.text("cacheControl")
        return names.check_header_value(f"max-age={seconds}" if seconds else "no-cache")

    @property
    def user_metadata(self) -> dict[str, Any] | None:
        if self._form is None:
            return parse_user_metadata(self._request.headers.get("x-metadata"))
        text = self._form.text("metadata", "userMetadata")
        return None if text is None else _metadata_object(text.encode())

    async def drain(self, limit: int) -> None:
        """Reads on and forgets, so that a client in the middle of sending hears the refusal; at most ``limit``."""
        async for chunk in self._stream:
            limit -= len(chunk)
            if limit <= 0:
                return

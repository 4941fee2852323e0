"""Names, sizes, types and ranges, without a server."""

from __future__ import annotations

from typing import Any

import pytest

from siso_local.storage import names
from siso_local.storage.errors import StorageError
from siso_local.storage.serving import parse_range


@pytest.mark.parametrize("key", ["a", "a/b.txt", "Mixed Case (1) & more!.pdf", "..a", "a..", "a/...", "x" * 1024])
def test_good_keys(key: str) -> None:
    assert names.check_key(key) == key


@pytest.mark.parametrize(
    "key",
    ["", ".", "..", "../a", "a/..", "a/./b", "a\\b", "a\x00", "a\n", "a%2fb", "\u00e4", "a#b", "x" * 1025, None, 7],
)
def test_bad_keys(key: Any) -> None:
    with pytest.raises(StorageError, match="Invalid key"):
        names.check_key(key)


@pytest.mark.parametrize(
    ("given", "size"), [(None, None), (0, 0), (5, 5), ("5", 5), ("5B", 5), ("1.5kb", 1500), ("20MB", 20_000_000)]
)
def test_size_limits(given: Any, size: int | None) -> None:
    assert names.parse_size_limit(given) == size


@pytest.mark.parametrize(
    ("given", "status"), [(-1, 400), (True, 400), ([], 400), ("much", 400), ("5TB", 400), ("1GB", 413), (10**12, 413)]
)
def test_bad_size_limits(given: Any, status: int) -> None:
    with pytest.raises(StorageError) as refused:
        names.parse_size_limit(given)
    assert refused.value.status == status


@pytest.mark.parametrize(
    ("mime_type", "allowed", "taken"),
    [
        ("image/png", None, True),
        ("image/png", [], True),
        ("image/png", ["image/png"], True),
        ("image/png", ["image/*"], True),
        ("image/png", ["text/*", "image/gif"], False),
        ("text/plain;charset=UTF-8", ["text/plain"], False),  # as on hosted, which compares to the letter
        ("imagex/png", ["image/*"], False),
        ("png", None, False),
        ("image/png\r\nset-cookie: a=b", None, False),
    ],
)
def test_mime_types(mime_type: str, allowed: list[str] | None, taken: bool) -> None:
    if taken:
        assert names.check_mime_type(mime_type, allowed) == mime_type
        return
    with pytest.raises(StorageError) as refused:
        names.check_mime_type(mime_type, allowed)
    assert refused.value.status == 415


def test_ranges_stay_inside_the_file() -> None:
    for header in ("bytes=0-", "bytes=-1", "bytes=9-9", "bytes=3-99999999999", "bytes=-99999999999"):
        first, last = parse_range(header, 10)
        assert 0 <= first <= last <= 9
    for header in ("bytes=0-", "bytes=-1"):
        with pytest.raises(StorageError):
            parse_range(header, 0)

"""Logs: one JSON object a line, and nothing secret in it."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.logs import scrub, sound_id


def with_check_digit(digits: str) -> str:
    """A number that passes Luhn's test, as every card number does."""
    for last in "0123456789":
        number = digits + last
        total = 0
        for place, digit in enumerate(int(d) for d in reversed(number)):
            doubled = digit * 2 if place % 2 else digit
            total += doubled - 9 if doubled > 9 else doubled
        if total % 10 == 0:
            return number
    raise AssertionError


# No card begins with 0.
CARDS = st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True).map(with_check_digit)


def grouped(number: str, separator: str) -> str:
    return separator.join(number[i : i + 4] for i in range(0, len(number), 4))


@given(
    CARDS,
    st.sampled_from(["", " ", "-"]),
    st.sampled_from(["", "card ", "x=", '{"pan":"', "50 ", "("]),
    st.text(" .,;)\"'", max_size=3),
)
def test_no_card_number_survives(number: str, separator: str, before: str, after: str) -> None:
    assert grouped(number, separator) not in scrub(f"{before}{grouped(number, separator)}{after}")


@given(CARDS)
def test_nor_in_any_shape(number: str) -> None:
    for shape in ({"a": [number]}, (number, 1), number.encode(), ValueError(number)):
        assert number not in json.dumps(scrub(shape))
    if number[0] != "0":
        assert scrub(int(number)) == "[card]"


@pytest.mark.parametrize(
    "kept",
    [
        "0198f3c2-7a51-7b1e-9d3c-123456789012",
        "2026-11-22T11:14:15.123456Z",
        "payout-0198f3c2-7a51-7b1e-9d3c-123456789012-a1",
        "tr_123456789012345678901234",
        "4242424242424241",
    ],
)
def test_ids_and_times_stay(kept: str) -> None:
    assert scrub(kept) == kept


@pytest.mark.parametrize(
    "secret",
    [
        "sk_live_51Habcdefgh",
        "rk_test_51Habcdefgh",
        "whsec_c2VjcmV0c2VjcmV0",
        "sb_secret_abcdefghijk",
        "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYSJ9.c2lnbmF0dXJl",
    ],
)
def test_no_secret_survives(secret: str) -> None:
    assert secret not in scrub(f"Authorization: Bearer {secret}, and so on")


def test_names_give_secrets_away() -> None:
    hidden = scrub({"password": "a", "deep": [{"Authorization": "b", "apikey": "c"}], "idempotency_key": "d"})
    assert hidden == {
        "password": "[secret]", "deep": [{"Authorization": "[secret]", "apikey": "[secret]"}], "idempotency_key": "d",
    }  # fmt: skip
    assert scrub("postgresql://postgres:hunter2@db/postgres") == "postgresql://[secret]@db/postgres"


@pytest.mark.parametrize("given_id", [None, "", "ü", "a b", "a\nb", "x" * 101, "{}"])
def test_request_ids_from_outside_are_harmless(given_id: str | None) -> None:
    assert sound_id(given_id) is None


PROGRAM = """
import logging, warnings
from workers.core import logs
logs.configure("probe")
logs.get("a").info("with token", token="abc", card=4242424242424242, error=ValueError("4242 4242 4242 4242"))
logging.getLogger("uvicorn.error").error("key %s", "sk_test_abcdefgh")
try:
    raise KeyError("whsec_abcdefgh")
except KeyError:
    logs.get("a").error("caught", exc_info=True)
warnings.warn("a warning in\\nlines")
raise RuntimeError("sk_live_abcdefgh")
"""


def test_every_line_is_json_without_secrets() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["event"].split(":")[0] for line in lines if "warning" not in line["level"]] == [
        "with token", "key [secret]", "caught", "the process ends",
    ]  # fmt: skip
    assert lines[0]["token"] == "[secret]"  # noqa: S105
    assert "4242" not in done.stdout
    assert not any(secret in done.stdout for secret in ("sk_test_a", "sk_live_a", "whsec_a", "abc,"))

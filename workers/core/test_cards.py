"""Card numbers: none survives, whatever stands between and around its digits, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workers.core.cards import DIGITS, IBAN_LENGTHS, scrub_cards

PLAIN = "0123456789"
ARABIC, WIDE, CIRCLED = "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨"
SEPARATORS = [
    "",
    " ",
    "-",
    ".",
    "/",
    "_",
    "  ",
    " - ",
    "\u00a0",
    "–",
    "\t",
    "\n",
    "·",
    "\u200b",
    "+",
    ",",
    ":",
    "*",
    "•",
    "é",
    "\u20e3",
]


def passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(int(d) for d in reversed(digits)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def with_check_digit(digits: str) -> str:
    return next(digits + last for last in PLAIN if passes_luhn(digits + last))


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card number of any length, grouped in any way, with any separators, in the digits of any of four scripts."""
    digits = with_check_digit(draw(st.sampled_from("123456789")) + draw(st.text(PLAIN, min_size=11, max_size=17)))
    forms = draw(st.sampled_from([PLAIN, PLAIN, ARABIC, WIDE, CIRCLED]))
    group = draw(st.integers(1, 6))
    separator = draw(st.sampled_from(SEPARATORS))
    parts = [digits[start : start + group] for start in range(0, len(digits), group)]
    return separator.join("".join(forms[int(digit)] for digit in part) for part in parts)


def stands_alone(before: str, after: str) -> bool:
    """No further digit touches the number, and no plus sign makes a telephone number of it."""
    return not before.endswith(("+", *PLAIN, *map(chr, DIGITS))) and not after.startswith((*PLAIN, *map(chr, DIGITS)))


@given(st.text(max_size=30), cards(), st.text(max_size=30))
def test_no_card_number_survives_wherever_it_stands(before: str, card: str, after: str) -> None:
    assume(stands_alone(before, after))
    scrubbed = scrub_cards(before + card + after)
    assert card not in scrubbed
    assert "[card •••• " in scrubbed
    assert scrub_cards(scrubbed) == scrubbed, "done once is done"


@given(st.text(st.sampled_from("0123456789 -.,:/abc\n€"), max_size=60))
def test_what_has_no_card_number_stays_byte_for_byte(text: str) -> None:
    digits = [place for place, letter in enumerate(text) if letter in PLAIN]
    windows = (digits[first : first + size] for first in range(len(digits)) for size in range(13, 20))
    if not any(len(w) >= 13 and passes_luhn("".join(text[place] for place in w)) for w in windows):
        assert scrub_cards(text) == text


@given(st.text(max_size=200))
def test_words_stay(text: str) -> None:
    assume(sum(letter in PLAIN for letter in text.translate(DIGITS)) < 13)
    assert scrub_cards(text) == text


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("my card is 4242 4242 4242 4242, thanks", "my card is [card •••• 4242], thanks"),
        ("x4242424242424242y", "x[card •••• 4242]y"),
        ("3782-822463-10005 and 5555.5555.5555.4444", "[card •••• 0005] and [card •••• 4444]"),
        ("٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢", "[card •••• 4242]"),
        ("4242+4242+4242+4242", "[card •••• 4242]"),
        ("+4242424242424242", "+[card •••• 4242]"),
        ("+36227206271667", "+[card •••• 1667]"),
        (
            "12345678-1234-1234-1234-123456789012 4242424242424242",
            "12345678-1234-1234-1234-123456789012 [card •••• 4242]",
        ),
        ("DE89 3704 0044 0532 0130 00 4242424242424242", "DE89 3704 0044 0532 0130 00 [card •••• 4242]"),
        ("paid $1,200.00 with 4242 4242 4242 4242", "paid $1,200.00 with [card •••• 4242]"),
    ],
)
def test_the_last_four_digits_stay(text: str, scrubbed: str) -> None:
    assert scrub_cards(text) == scrubbed


KEPT = [
    "+49 1512 3456789", "+49 1512 3456782", "+55 11 91234 5678, +55 11 91234 5670", "+1 (415) 555-2671", "0170 1234567",
    "0198f3c2-7a51-7b1e-9d3c-123456789012", "12345678-1234-1234-1234-123456789012",
    "42424242-4242-4242-4242-424242424242", "a3fc53a98-4255-5555-5555-554442031d8b553@example.com",
    "DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "NO93 8601 1117 947",
    "FR14 2004 1010 0505 0001 3M02 606", "$1,200.00, $13,500.00, $14,000.00", "1.200,00 € 13.500,00 € 14.000,00 €",
    "12,345,678.90 / 12,345,678.90", "2026-11-22 11:14:15, 2026-11-23 12:00", "22.11.2026 - 23.11.2026",
    "acct_1032D82eZvKYlo2C", "tr_123456789012345678901234", "pi_3MtwBwLkdIwHu7ix28a3tqPa",
    "00 1 202 555 0000", "0012025550000",
    "4242424242424241", "9f86d081884c7d659a2feaa0c55ad01542424242424242420f00a08e1b2c3d4e",
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_what_looks_alike_and_is_none_stays(text: str) -> None:
    assert scrub_cards(text) == text


@given(st.sampled_from(sorted(IBAN_LENGTHS)), st.data())
def test_every_valid_iban_stays(country: str, data: st.DataObject) -> None:
    account = data.draw(st.text(PLAIN, min_size=IBAN_LENGTHS[country] - 4, max_size=IBAN_LENGTHS[country] - 4))
    checksum = 98 - int("".join(str(int(letter, 36)) for letter in account + country + "00")) % 97
    iban = f"{country}{checksum:02}{account}"
    assert scrub_cards(f"to {iban}, please") == f"to {iban}, please"
    grouped = " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
    assert scrub_cards(f"to {grouped}, please") == f"to {grouped}, please"


def test_the_digits_of_every_script_are_known() -> None:
    digits = {point for point in range(0x80, 0x110000) if unicodedata.category(chr(point)) == "Nd"}
    assert digits <= DIGITS.keys()
    assert all(str(unicodedata.digit(chr(point))) == DIGITS[point] for point in digits)

"""Card numbers are taken out of every text: the same rule as private.scrub_cards in the database, held equal by a test.

A card number is 13 to 19 digits in a row that pass Luhn's check, in any script, with up to three characters between
two digits that are neither ASCII letters nor digits, and whatever stands before and after but a further digit. What
looks alike and is none stays: UUIDs, digests in hexadecimal, Stripe's ids, valid IBANs, telephone numbers of up to 14
digits after a plus sign, and a run that is wholly amounts, dates and times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

# The zero of each ten digits of a script, the one of each nine without a zero beside them, and digits that stand alone.
_TENS = (
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0x2080,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136,
    0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0,
    0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0,
    0x1E950, 0x1FBF0,
)  # fmt: skip
_NINES = (0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A, 0x1F102)
_ALONE = {0xB9: 1, 0xB2: 2, 0xB3: 3, 0x2070: 0, 0x24EA: 0, 0x24FF: 0, 0x1F100: 0, 0x1F101: 0} | {
    0x2070 + digit: digit for digit in range(4, 10)
}
DIGITS = (
    {zero + digit: str(digit) for zero in _TENS for digit in range(10)}
    | {one + digit - 1: str(digit) for one in _NINES for digit in range(1, 10)}
    | {point: str(digit) for point, digit in _ALONE.items()}
)

# A plus sign after another separator begins a new number.
_RUN = re.compile(r"[0-9](?:(?:[^0-9A-Za-z]{0,2}[^0-9A-Za-z+]|\+)?[0-9]){12,}")
_ID = re.compile(
    r"\[card •••• [0-9]{4}\]"
    r"|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    r"|(?<![0-9A-Za-z])[0-9a-f]{32}(?:[0-9a-f]{8}(?:[0-9a-f]{24})?)?(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?:acct|ba|ch|cs|cus|dp|evt|fr|in|pi|pm|po|price|prod|py|pyr|re|req|sess|seti|src|sub|tr|trr|tu|txn)"
    r"_(?:(?=[0-9]*[A-Za-z])[0-9A-Za-z]{14,}|[0-9]{20,})(?![0-9A-Za-z])"
)
_IBAN_HEAD = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?= ?[0-9A-Z])")
_IBANS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 "
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 "
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 "
    "UA29 VA22 VG24 XK20 YE30 "
)
IBAN_LENGTHS = {country: int(length) for country, length in re.findall(r"([A-Z]{2})([0-9]{2})", _IBANS)}
_ITEM = (
    r"(?:(?:19|20)[0-9]{2}[-/.][01][0-9][-/.][0-3][0-9]"
    r"|[0-3]?[0-9][-/.][0-3]?[0-9][-/.](?:19|20)[0-9]{2}"
    r"|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,6})?)?"
    r"|[0-9]{1,3}(?:,[0-9]{3}){0,3}[.][0-9]{2}"
    r"|[0-9]{1,3}(?:[.' ][0-9]{3}){0,3},[0-9]{2}"
    r"|[0-9]{4,9}[.,][0-9]{2}"
    r"|[0-9]{1,3}(?:[,.'][0-9]{3}){1,3})"
)
_BETWEEN = r"[$€£¥]?(?:[,;|]?[ \t\r\n]{1,2}|;| ?[-–—/] )[$€£¥]?"
_HARMLESS = re.compile(rf"{_ITEM}(?:{_BETWEEN}{_ITEM})*")


def _ibans_hidden(plain: str) -> str:
    at = 0
    while head := _IBAN_HEAD.search(plain, at):
        at = head.start() + 1
        length = IBAN_LENGTHS.get(head[0][:2])
        if length is None:
            continue
        whole = re.compile(rf"(?:[0-9A-Z] ?){{{length - 1}}}[0-9A-Z](?![0-9A-Za-z])").match(plain, head.start())
        if whole is None:
            continue
        compact = whole[0].replace(" ", "")
        if int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1:
            at = whole.end()
            plain = plain[: whole.start()] + re.sub("[0-9]", "x", whole[0]) + plain[at:]
    return plain


def _stays(plain: str, start: int, end: int, digits: str) -> bool:
    """Whether a run of digits is a telephone number, or wholly amounts, dates and times."""
    if start > 0 and plain[start - 1] == "+" and len(digits) == 13:
        return True  # more digits than that could hold a card of thirteen
    if digits.startswith("00") and len(digits) <= 14:
        return True  # with an international prefix: no card begins with 0
    return end - start <= 300 and _HARMLESS.fullmatch(plain, start, end) is not None


def _luhn_sums(digits: str) -> tuple[list[int], list[int]]:
    """Sums of Luhn's values up to each place: digits at even places doubled, and digits at odd places doubled."""
    even, odd = [0], [0]
    for place, digit in enumerate(map(int, digits)):
        doubled = digit * 2 - 9 if digit > 4 else digit * 2
        even.append(even[-1] + (digit if place % 2 else doubled))
        odd.append(odd[-1] + (doubled if place % 2 else digit))
    return even, odd


def _cards(digits: str, places: list[int]) -> list[tuple[int, int]]:
    """Where card numbers are among digits at these places: leftmost first, the longest of those, none over another.
    They begin and end where no other digit touches them."""
    sums = _luhn_sums(digits)
    found: list[tuple[int, int]] = []
    first = 0
    while first + 13 <= len(digits):
        if first > 0 and places[first] == places[first - 1] + 1:
            first += 1
            continue
        for last in range(min(first + 19, len(digits)), first + 12, -1):
            # The digit before the last is doubled, hence those at places of the same parity as `last`.
            doubled = sums[last % 2]
            alone = last == len(digits) or places[last] > places[last - 1] + 1
            if alone and (doubled[last] - doubled[first]) % 10 == 0:
                found.append((first, last))
                first = last
                break
        else:
            first += 1
    return found


def last_four(digits: str) -> str:
    """What stands for a card number where people read: PCI DSS allows the last four digits."""
    return f"[card •••• {digits[-4:]}]"


def scrub_cards(text: str, mark: Callable[[str], str] = last_four) -> str:
    """The text with ``mark(digits)`` in the place of every card number; all else stays as it is, byte for byte."""
    plain = text.translate(DIGITS)
    if _RUN.search(plain) is None:
        return text
    plain = _ibans_hidden(_ID.sub(lambda found: re.sub("[0-9]", "x", found[0]), plain))
    borders = [0]
    marks: list[str] = []
    for run in _RUN.finditer(plain):
        places = [place for place in range(run.start(), run.end()) if "0" <= plain[place] <= "9"]
        digits = "".join(plain[place] for place in places)
        if _stays(plain, run.start(), run.end(), digits):
            continue
        for first, last in _cards(digits, places):
            borders += [places[first], places[last - 1] + 1]
            marks.append(mark(digits[first:last]))
    borders.append(len(text))
    kept = [text[start:end] for start, end in list(pairwise(borders))[::2]]
    return kept[0] + "".join(mark + after for mark, after in zip(marks, kept[1:], strict=True))

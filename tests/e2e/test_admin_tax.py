"""Finance's yearly entry of a tax threshold, at a terminal."""

from __future__ import annotations

from siso_local.settings import Settings
from tests.e2e.people import admin


def test_a_threshold_is_entered_at_a_terminal(settings: Settings) -> None:
    entry = ("LI", "A-TEST", "2099", "CHF", "as published", "--amount", "150000")
    (made,) = admin(settings, "set-tax-threshold", *entry)
    assert (made["country"], made["form"], made["tax_year"], made["amount"]) == ("LI", "A-TEST", 2099, 150_000)

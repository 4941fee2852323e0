"""The count at the end of a storm: sound books say nothing, and each kind of damage is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.chaos.books import Books, Payout, Transfer, differences

SOUND = Books(
    payouts=(Payout("p1", "a", "paid", 6_000, "tr_1"), Payout("p2", "b", "paid", 7_001, "tr_2")),
    transfers=(Transfer("tr_1", "p1", "acct_a", 6_000), Transfer("tr_2", "p2", "acct_b", 7_001)),
    destinations={"a": "acct_a", "b": "acct_b"},
    entitled={"a": 6_500, "b": 6_900},
    owed={"a": 500, "b": -101},
    stripe_cash=13_001,
    paid_events={"p1": 1, "p2": 1},
    sent_journals={"p1": 1, "p2": 1},
    delivered=3,
    stored=3,
    event_jobs=3,
)
FIRST, SECOND = SOUND.payouts
ONE, TWO = SOUND.transfers
CALLED_OFF = Payout("p3", "a", "cancelled", 900, None, "money_taken_back")


def with_called_off(**changes: dict[str, int]) -> Books:
    return replace(SOUND, payouts=(FIRST, SECOND, CALLED_OFF), **changes)  # type: ignore[arg-type]


def test_sound_books_say_nothing() -> None:
    assert list(differences(SOUND)) == []
    assert list(differences(with_called_off())) == []


@pytest.mark.parametrize(
    ("damaged", "told"),
    [
        (replace(SOUND, transfers=(ONE, TWO, replace(ONE, id="tr_3"))), "payout p1 has 2 transfers"),
        (replace(SOUND, transfers=(ONE,)), "payout p2 has 0 transfers"),
        (replace(SOUND, transfers=(ONE, TWO, Transfer("tr_3", None, "acct_a", 1))), "tr_3 was asked for by no payout"),
        (replace(SOUND, transfers=(ONE, replace(TWO, amount=7_000))), "payout p2 of 7001 was sent as 7000"),
        (replace(SOUND, transfers=(ONE, replace(TWO, destination="acct_a"))), "payout p2 went to somebody else"),
        (replace(SOUND, payouts=(replace(FIRST, transfer="tr_2"), SECOND)), "payout p1 names another transfer"),
        (replace(SOUND, payouts=(replace(FIRST, status="sent"), SECOND)), "payout p1 is sent"),
        (replace(SOUND, payouts=(replace(FIRST, status="cancelled"), SECOND)), "payout p1 is cancelled"),
        (with_called_off(sent_journals={"p1": 1, "p2": 1, "p3": 1}), "payout p3 was called off and sent"),
        (replace(SOUND, payouts=(replace(FIRST, transfer=None), SECOND)), "payout p1 names another transfer"),
        (replace(SOUND, entitled={"a": 6_501, "b": 6_900}), "partner a earned 6501, was sent 6000 and is owed 500"),
        (replace(SOUND, owed={"a": 500}), "partner b earned 6900, was sent 7001 and is owed 0"),
        (replace(SOUND, stripe_cash=13_002), "the ledger says that 13002 left Stripe, Stripe says 13001"),
        (replace(SOUND, paid_events={"p1": 2, "p2": 1}), "payout p1 was paid 2 times"),
        (replace(SOUND, sent_journals={"p1": 1}), "payout p2 was booked 0 times"),
        (replace(SOUND, stored=2), "3 events were delivered, 2 stored, 3 made jobs"),
        (replace(SOUND, event_jobs=4), "3 events were delivered, 3 stored, 4 made jobs"),
        (replace(SOUND, unprocessed=1), "1 stored events were not worked off"),
        (replace(SOUND, unknown_words=1), "1 words of clients were lost"),
        (replace(SOUND, open_jobs=1), "1 jobs are still open"),
        (replace(SOUND, totals={"usd": 1}), "money is not conserved"),
        (replace(SOUND, invariants={"check_netting": [1]}), "private.check_netting: [1]"),
    ],
)
def test_damage_is_told(damaged: Books, told: str) -> None:
    assert any(told in found for found in differences(damaged))

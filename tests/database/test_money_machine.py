"""The whole life of money against a plain model (money_model.py).

Wins, payments, refunds, disputes, decisions, holds and payouts in any order, in three currencies, for five people;
after every step both say the same and every check is empty. Each example is one transaction that is rolled back.
``./scripts/soak money`` plays as many as one likes.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import ClassVar

import psycopg
from hypothesis import HealthCheck, Phase
from hypothesis import seed as hypothesis_seed
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from siso_local.settings import Settings
from tests.database.money_clients import ClientSteps
from tests.database.money_desk import DeskSteps
from tests.database.money_payouts import PayoutSteps
from tests.database.money_world import World

EXAMPLES = int(os.environ.get("SISO_MONEY_EXAMPLES", "40"))
STEPS = 30


class Money(ClientSteps, DeskSteps, PayoutSteps):
    dsn = ""
    alone = False
    played: ClassVar[Counter[str]] = Counter()

    @initialize()
    def people(self) -> None:
        self.world = World(self.dsn, alone=self.alone)
        self.begin_desk()
        self.begin_payouts()
        self.begin_clients()
        self.played["examples"] += 1

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                if self.world.db.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
                    assert self.world.broken(at_the_end=True) == set()
            finally:
                self.world.close()

    @invariant()
    def the_ledger_is_what_the_model_says(self) -> None:
        if hasattr(self, "events"):
            self.played["steps"] += 1
            assert self.world.balances() == self.world.model.balances()

    @invariant()
    def so_is_every_line(self) -> None:
        if hasattr(self, "events"):
            assert self.world.lines() == self.world.expected_lines()

    @invariant()
    def every_check_is_empty(self) -> None:
        if hasattr(self, "events"):
            assert self.world.broken() == set()


def play(dsn: str, examples: int, *, alone: bool = False, seed: int | None = None, shrink: bool = True) -> None:
    """Fails with the story that went wrong, as short as ``shrink`` makes it. ``dsn``: of the platform's owner."""
    Money.dsn, Money.alone = dsn, alone
    how = hypothesis_settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=tuple(Phase) if shrink else (Phase.generate,),
        print_blob=True,
    )
    if seed is not None:  # what failed in another run is no part of this one
        how = hypothesis_settings(how, database=None)
    run_state_machine_as_test(Money if seed is None else hypothesis_seed(seed)(Money), settings=how)


def test_any_life_of_money_leaves_the_books_right(settings: Settings) -> None:
    play(settings.dsn("supabase_admin"), EXAMPLES)

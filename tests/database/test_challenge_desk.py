"""Challenges that run: changed, finished early, called off and brought back, by staff who have no part in them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    make_partner,
    make_staff,
    one_story,
    rows,
    value,
)
from tests.database.money_support import broken_invariants, paid, shift_clock, win
from tests.database.test_challenge_prizes import PRIZE, bonuses, challenge, entry, joined, verified

Db = psycopg.Connection[Any]


@pytest.fixture
def timed(settings: Settings) -> Iterator[Db]:
    """A connection that may move the clock; rolled back at the end."""
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        one_story(connection)
        yield connection
        connection.rollback()


def told(db: Db, who: Person) -> list[str]:
    return [
        title
        for (title,) in rows(
            db,
            "select title from public.notifications where partner_id = %s"
            " and title like 'Deals of the week%%' order by title",
            who.id,
        )
    ]


def events(db: Db, wanted: uuid.UUID, kind: str) -> int:
    count: int = value(db, "select count(*) from ops.events where subject_id = %s and type = %s", wanted, kind)
    return count


def test_words_end_and_budget_move_while_it_runs_and_who_runs_is_told_of_the_end(db: Db, admin: Person) -> None:
    wanted = challenge(db)
    partner = joined(db, wanted)
    ends = value(db, "select private.now() + interval '9 days'")
    change: dict[str, Any] = {
        "challenge_id": wanted, "title": "Deals of two weeks", "description": "Any deal counts.", "ends_at": ends,
        "budget": 20 * PRIZE,
    }  # fmt: skip
    for _ in range(2):
        changed = call_as(db, admin, "change_challenge", **change)
    assert (changed["title"], changed["description"]) == ("Deals of two weeks", "Any deal counts.")
    assert (changed["budget"], changed["prize_amount"], changed["goal"]) == (20 * PRIZE, PRIZE, 2)
    assert events(db, wanted, "challenge.changed") == 1
    title = "select title from public.notifications where partner_id = %s"
    assert rows(db, title, partner.id) == [("Deals of two weeks has a new end",)]
    call_as(db, admin, "change_challenge", challenge_id=wanted, description="", budget=PRIZE)
    found = rows(db, "select description, budget, ends_at from public.challenges where id = %s", wanted)
    assert found == [(None, PRIZE, ends)]


@pytest.mark.parametrize(
    ("field", "given"),
    [("goal", 1), ("prize_amount", PRIZE - 1), ("prize_currency", "EUR"), ("starts_at", "2030-01-01")],
)
def test_what_was_announced_stays_once_it_has_begun(db: Db, admin: Person, field: str, given: Any) -> None:
    wanted = challenge(db)
    with pytest.raises(psycopg.Error) as refused, db.transaction():
        call_as(db, admin, "change_challenge", challenge_id=wanted, **{field: given})
    said = json.loads(refused.value.diag.message_detail or "{}")
    assert (refused.value.sqlstate, said["rule"], said["field"]) == ("PT409", "fixed", field)


def test_the_terms_move_before_the_start_until_somebody_joins(db: Db, admin: Person) -> None:
    wanted = challenge(db)
    db.execute("update public.challenges set starts_at = private.now() + interval '1 hour' where id = %s", (wanted,))
    changed = call_as(db, admin, "change_challenge", challenge_id=wanted, goal=1, prize_amount=2 * PRIZE)
    assert (changed["goal"], changed["prize_amount"]) == (1, 2 * PRIZE)
    joined(db, wanted)
    with expect_refusal(db, "PT409", "fixed"):
        call_as(db, admin, "change_challenge", challenge_id=wanted, goal=2)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"ends_at": "2001-01-01T00:00:00Z"}, "future"),
        ({"ends_at": "infinity"}, "range"),
        ({"title": "x"}, "length"),
        ({"budget": PRIZE - 1}, "budget"),
        ({"budget": -1}, "budget"),
    ],
)
def test_a_change_is_looked_at(db: Db, admin: Person, wrong: dict[str, Any], rule: str) -> None:
    with expect_refusal(db, "22023", rule):
        call_as(db, admin, "change_challenge", challenge_id=challenge(db), **wrong)


def test_the_budget_covers_what_is_promised_and_a_larger_one_pays_who_came_too_late(db: Db, admin: Person) -> None:
    wanted = challenge(db, goal=1, budget=2 * PRIZE)
    first, second, late, later = (joined(db, wanted) for _ in range(4))
    for partner in (first, second, late, later):
        verified(db, partner)
    db.execute(
        "update public.challenge_entries set reached_at = reached_at + interval '1 second' where partner_id = %s",
        (later.id,),
    )
    assert [entry(db, wanted, who)[2] for who in (late, later)] == ["budget", "budget"]
    with expect_refusal(db, "PT409", "promised"):
        call_as(db, admin, "change_challenge", challenge_id=wanted, budget=2 * PRIZE - 1)
    for _ in range(2):
        call_as(db, admin, "change_challenge", challenge_id=wanted, budget=3 * PRIZE)
    assert entry(db, wanted, late) == ("provisional", 1, None)
    assert entry(db, wanted, later) == ("missed", 1, "budget")
    assert (bonuses(db, late), bonuses(db, later)) == ([("estimated", PRIZE)], [])
    assert broken_invariants(db) == {}


def test_nobody_moves_the_end_or_the_budget_past_the_function(db: Db) -> None:
    wanted = challenge(db)
    joined(db, wanted)
    for change in ("budget = budget * 2", "ends_at = ends_at + interval '1 day'"):
        with expect_refusal(db, "42501", "frozen_terms"):
            db.execute(f"update public.challenges set {change} where id = %s".encode(), (wanted,))  # noqa: S608
    with expect_refusal(db, "42501", "guarded"):
        db.execute("update public.challenges set cancelled_at = now() where id = %s", (wanted,))


def test_finished_early_the_prizes_come_once_as_at_its_end(timed: Db) -> None:
    db = timed
    admin = make_staff(db, "admin")
    wanted = challenge(db, goal=1)
    reached, verified_later, too_late = (joined(db, wanted) for _ in range(3))
    deal = verified(db, reached)
    claimed = win(db, verified_later, 100_000)
    shift_clock(db, 1)
    for _ in range(2):
        ended = call_as(db, admin, "finish_challenge", challenge_id=wanted, reason="The spring is over")
    assert events(db, wanted, "challenge.finished") == 1
    assert ended["ends_at"] is not None
    assert told(db, verified_later) == ["Deals of the week has ended"]
    shift_clock(db, 2)
    verified(db, too_late)
    call_as(db, make_staff(db, "finance"), "verify_deal", reference=claimed["reference"], contracted_value=100_000)
    assert [entry(db, wanted, who)[0] for who in (reached, verified_later, too_late)] == [
        "provisional", "provisional", "running",
    ]  # fmt: skip
    paid(db, deal, 100_000)
    shift_clock(db, 40)
    for _ in range(2):
        call(db, "clear_commissions", schema="worker")
    assert entry(db, wanted, reached)[0] == "confirmed"
    assert sorted(bonuses(db, reached)) == [("payable", PRIZE), ("settled", PRIZE)]
    shift_clock(db, 100)
    db.execute("select private.close_challenges()")
    assert entry(db, wanted, too_late) == ("missed", 0, "time")
    with acting(db, make_partner(db).actor()), expect_refusal(db, "PT409", "over"):
        call(db, "join_challenge", challenge_id=wanted)
    for function, rest in (("cancel_challenge", {"reason": "Too late"}), ("change_challenge", {"title": "Another"})):
        with expect_refusal(db, "PT409", "over"):
            call_as(db, admin, function, challenge_id=wanted, **rest)
    assert {k: v for k, v in broken_invariants(db).items() if "challenge" in k} == {}


def test_finishing_is_for_what_has_begun(db: Db, admin: Person) -> None:
    wanted = challenge(db)
    db.execute("update public.challenges set starts_at = private.now() + interval '1 hour' where id = %s", (wanted,))
    with expect_refusal(db, "PT409", "not_begun"):
        call_as(db, admin, "finish_challenge", challenge_id=wanted, reason="A mistake")
    call_as(db, admin, "cancel_challenge", challenge_id=wanted, reason="A mistake")
    with expect_refusal(db, "PT409", "wrong_state"):
        call_as(db, admin, "finish_challenge", challenge_id=wanted, reason="A mistake")


def test_with_a_prize_promised_it_is_not_called_off(db: Db, admin: Person) -> None:
    wanted = challenge(db, goal=1)
    partner = joined(db, wanted)
    deal = verified(db, partner)
    with expect_refusal(db, "PT409", "promised"):
        call_as(db, admin, "cancel_challenge", challenge_id=wanted, reason="The budget is gone")
    assert entry(db, wanted, partner)[0] == "provisional"
    db.execute("select private.disqualify_deal(%s, 'refunded in full')", (deal["id"],))
    call_as(db, admin, "cancel_challenge", challenge_id=wanted, reason="The budget is gone")
    assert entry(db, wanted, partner) == ("missed", 0, "cancelled")
    assert broken_invariants(db) == {}


def test_a_cancelled_challenge_comes_back_with_what_was_won_meanwhile(timed: Db) -> None:
    db = timed
    admin = make_staff(db, "admin")
    wanted = challenge(db, goal=1)
    idle, busy, gone = (joined(db, wanted) for _ in range(3))
    with acting(db, gone.actor()):
        call(db, "leave_challenge", challenge_id=wanted)
    call_as(db, admin, "cancel_challenge", challenge_id=wanted, reason="The budget is gone")
    verified(db, busy)
    assert entry(db, wanted, busy)[0] == "missed"
    for _ in range(2):
        assert call_as(db, admin, "restore_challenge", challenge_id=wanted)["cancelled_at"] is None
    assert events(db, wanted, "challenge.restored") == 1
    assert [entry(db, wanted, who) for who in (idle, busy, gone)] == [
        ("running", 0, None), ("provisional", 1, None), ("withdrawn", 0, None),
    ]  # fmt: skip
    assert told(db, idle) == ["Deals of the week goes on", "Deals of the week is cancelled"]
    assert told(db, gone) == []
    other = challenge(db)
    call_as(db, admin, "cancel_challenge", challenge_id=other, reason="Announced twice")
    shift_clock(db, 7)
    with expect_refusal(db, "PT409", "over"):
        call_as(db, admin, "restore_challenge", challenge_id=other)
    assert broken_invariants(db) == {}


def test_who_runs_a_challenge_has_no_part_in_it(db: Db, admin: Person) -> None:
    wanted = challenge(db)
    partner = joined(db, wanted)
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("change_challenge", {"budget": 20 * PRIZE}), ("finish_challenge", {"reason": "Enough"}),
        ("cancel_challenge", {"reason": "Enough"}), ("restore_challenge", {}),
    )  # fmt: skip
    with by_hand(db):
        db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (partner.id, admin.id))
    for function, more in acts:
        with expect_refusal(db, "42501", "self_dealing"):
            call_as(db, admin, function, challenge_id=wanted, **more)
        for who in (make_staff(db, "finance"), make_staff(db, "support")):
            with expect_refusal(db, "42501", "role"):
                call_as(db, who, function, challenge_id=wanted, **more)
        with acting(db, partner.actor()), expect_refusal(db, "42501", "staff_only"):
            call(db, function, challenge_id=wanted, **more)
    # The other way round: whoever has run it does not join, from whichever account.
    own = challenge(db)
    call_as(db, make_staff(db, "admin"), "change_challenge", challenge_id=own, title="Deals of May")
    runner = make_staff(db, "admin")
    call_as(db, runner, "change_challenge", challenge_id=own, title="Deals of June")
    second = make_partner(db)
    with by_hand(db):
        db.execute("update private.auth_identities set partner_id = %s where staff_id = %s", (second.id, runner.id))
    with acting(db, second.actor()), expect_refusal(db, "42501", "runs_it"):
        call(db, "join_challenge", challenge_id=own)
    with acting(db, make_partner(db).actor()):
        assert call(db, "join_challenge", challenge_id=own)["status"] == "running"


@pytest.mark.usefixtures("db")  # its turn: a story of another test would hold the accounts for long
def test_a_decision_and_the_goals_reached_meanwhile_take_their_turn(settings: Settings) -> None:
    """On connections of their own: four partners reach the goal while the budget is cut, raised, and the end comes."""
    with psycopg.connect(settings.dsn("postgres")) as db:
        admin, finance = make_staff(db, "admin"), make_staff(db, "finance")
        wanted = challenge(db, goal=1, budget=3 * PRIZE)
        partners = [joined(db, wanted) for _ in range(4)]
        deals = [win(db, partner, 100_000)["reference"] for partner in partners]
    calls: list[tuple[Person, str, dict[str, Any]]] = [
        (finance, "verify_deal", {"reference": deal, "contracted_value": 100_000}) for deal in deals
    ]
    for budget in (2 * PRIZE, 4 * PRIZE):
        calls.insert(2, (admin, "change_challenge", {"challenge_id": wanted, "budget": budget}))
    calls.append((admin, "finish_challenge", {"challenge_id": wanted, "reason": "Enough"}))

    def attempt(wish: tuple[Person, str, dict[str, Any]]) -> str | None:
        who, function, arguments = wish
        with psycopg.connect(settings.dsn("postgres")) as db:
            try:
                call_as(db, who, function, **arguments)
            except psycopg.Error as error:
                return error.sqlstate
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        answers = list(pool.map(attempt, calls))
    assert set(answers) <= {None, "PT409"}, "a change refused by what was promised, or by the end; no deadlock"
    with psycopg.connect(settings.dsn("postgres")) as db:
        assert rows(db, "select * from private.check_challenge_prizes where challenge_id = %s", wanted) == []
        [(budget, promised, expected)] = rows(
            db,
            "select budget, private.promised_prizes(challenge), ("
            "  select coalesce(sum(line.amount), 0) from public.commissions as line"
            "  where line.commission_type = 'bonus' and line.estimate and line.partner_id = any(%s)"
            ") from public.challenges as challenge where id = %s",
            [partner.id for partner in partners], wanted,
        )  # fmt: skip
        states = [entry(db, wanted, partner)[0] for partner in partners]
        for deal in deals:
            call_as(db, finance, "cancel_deal", reference=deal, reason="The test is over")
    assert promised == expected == PRIZE * states.count("provisional")
    assert 2 * PRIZE <= promised <= budget
    assert set(states) <= {"provisional", "missed"}

"""What happens by itself as (virtual) time passes: top-ups settle, balances are paid out, payouts arrive or fail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from siso_local.stripe.store import Row
from siso_local.stripe.world import DAY, World

# Kind of a due object → what to do with it. Filled by payouts.py and topups.py.
DUE: dict[str, Callable[[World, Row, str], None]] = {}
MAX_STEPS = 200  # at a time, so that other requests get their turn while a year is played through


def next_midnight(moment: int) -> int:
    return (moment // DAY + 1) * DAY


def plan_sweep(world: World, account_id: str) -> None:
    """Sees to it that the account is looked at on the next midnight (UTC), when automatic payouts are made."""
    account = world.store.get("account", account_id)
    if account and account.get("_due") is None and account["schedule"]["interval"] != "manual":
        account["_due"] = next_midnight(world.clock.now())
        world.store.put("account", account)


def pays_out_on(schedule: Row, moment: int) -> bool:
    """Whether the schedule has a payout on the day that begins at ``moment``."""
    day = datetime.fromtimestamp(moment, UTC)
    if schedule["interval"] == "weekly":
        return day.strftime("%A").lower() in (schedule["weekly_payout_days"] or ["monday"])
    if schedule["interval"] == "monthly":
        last = datetime.fromtimestamp(moment + DAY, UTC).day == 1
        days = schedule["monthly_payout_days"] or [1]
        return day.day in days or (last and any(wanted > day.day for wanted in days))
    return bool(schedule["interval"] == "daily")


def run_due(world: World) -> int:
    """Works off what is due by now, in the order of time; returns how many steps were done, 0 when nothing is left."""
    until = world.clock.now()
    steps = 0
    while steps < MAX_STEPS:
        with world.store.transaction():
            due = world.store.next_due(until)
            if not due:
                break
            kind, owner, body = due
            with world.clock.at(int(body["_due"])):
                DUE[kind](world, body, owner)
        steps += 1
    return steps

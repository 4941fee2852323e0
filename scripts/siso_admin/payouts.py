"""The payouts desk: who is paid, who approves, what is held or taken back."""

from __future__ import annotations

import argparse
import uuid
from typing import Any

from supabase import Client

from siso_admin.actions import LIMIT, PARTNER, Action, Rows, call, partner_id, rows_of
from siso_admin.session import RefusedError

_PAYOUT: tuple[str, dict[str, Any]] = ("payout", {"help": "its id"})
_REASON: tuple[str, dict[str, Any]] = ("reason", {})


def _payout_run(client: Client, options: argparse.Namespace) -> Rows:
    """One step of a run. ``preview`` begins one and says its id; the others want it."""
    if options.step == "preview":
        return call(client, "preview_payout_run", request_id=str(uuid.uuid4()))
    if not options.run_id:
        raise RefusedError(f"Say which run: ./scripts/admin payout-run {options.step} <run>.")
    return call(client, f"{options.step}_payout_run", run_id=options.run_id)


def _holds(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("payout_holds").select("id, placed_at, reason, placed_by, partners(name, email)")
    return rows_of(query.is_("ended_at", "null").order("placed_at").limit(options.limit))


PAYOUTS = (
    Action(
        "payout-run",
        "pay everybody who can be paid, between Fridays: preview, approve (somebody else), execute, reconcile",
        (
            ("step", {"choices": ("preview", "approve", "execute", "reconcile")}),
            ("run_id", {"nargs": "?", "metavar": "run", "help": "id of the run; not for preview"}),
        ),
        _payout_run,
    ),
    Action(
        "payouts-to-approve",
        "payouts that wait for approval, with flags and who has said yes",
        (),
        lambda client, _options: call(client, "payouts_to_approve"),
    ),
    Action(
        "reject-payout",
        "give a payout's money back to the balance, with a reason that the partner reads",
        (_PAYOUT, _REASON),
        lambda client, options: call(client, "reject_payout", payout_id=options.payout, reason=options.reason),
    ),
    Action(
        "final-payout",
        "pay out what a suspended or former partner still has; somebody else approves",
        (PARTNER, ("--currency", {"default": "USD"})),
        lambda client, options: call(
            client, "final_payout", partner_id=partner_id(client, options.partner), currency=options.currency,
            request_id=str(uuid.uuid4()),
        ),
    ),
    Action(
        "hold-payouts",
        "freeze all payouts of a partner",
        (PARTNER, _REASON),
        lambda client, options: call(
            client, "hold_payouts", partner_id=partner_id(client, options.partner), reason=options.reason
        ),
    ),
    Action("payout-holds", "open holds", (LIMIT,), _holds),
    Action(
        "end-payout-hold",
        "end a hold; what waited goes on",
        (("hold", {"help": "its id"}), _REASON),
        lambda client, options: call(client, "end_payout_hold", hold_id=options.hold, reason=options.reason),
    ),
    Action(
        "propose-reversal",
        "take a transfer back from Stripe, for fraud only; somebody else decides",
        (_PAYOUT, _REASON, ("--amount", {"type": int, "help": "minor units; default: all that is left"})),
        lambda client, options: call(
            client, "propose_payout_reversal", payout_id=options.payout, reason=options.reason,
            request_id=str(uuid.uuid4()), **({"amount": options.amount} if options.amount else {}),
        ),
    ),
    Action(
        "decide-reversal",
        "say yes or no to somebody else's proposal",
        (("reversal", {"help": "its id"}), ("decision", {"choices": ("approved", "rejected")})),
        lambda client, options: call(
            client, "decide_payout_reversal", reversal_id=options.reversal, decision=options.decision
        ),
    ),
)  # fmt: skip

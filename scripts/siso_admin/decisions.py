"""The desk of decisions about money: deals to confirm, adjustments, risk, notices to staff."""

from __future__ import annotations

import argparse
import json
import uuid
from typing import Any

from supabase import Client

from siso_admin.actions import LIMIT, PARTNER, Action, Rows, call, partner_id, rows_of, with_names

_REFERENCE: tuple[str, dict[str, Any]] = ("reference", {"help": "of the deal, for instance D-1A2B3C4D"})
_REASON: tuple[str, dict[str, Any]] = ("reason", {"help": "the partner reads it"})
_QUEUE = (
    "reference", "due_at", "late", "partner", "client", "claimed_value", "received", "currency", "flags", "concerns",
    "same_client", "evidence", "own_affair",
)  # fmt: skip


def _deal_queue(client: Client, options: argparse.Namespace) -> Rows:
    """The queue with counts instead of lists; ``--json`` of one deal shows everything."""
    rows = call(client, "deal_queue", include_waiting=options.waiting, max_rows=options.limit)
    if options.reference:
        return [row for row in rows if row["reference"] == options.reference]
    counted = [{**row, "same_client": len(row["same_client"]), "evidence": len(row["evidence"])} for row in rows]
    return [{name: row[name] for name in _QUEUE} for row in counted]


def _notices(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("staff_notices").select("id, created_at, kind, message")
    return rows_of(query.is_("noted_at", "null").order("created_at").limit(options.limit))


def _proposals(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("adjustments").select("id, proposed_at, purpose, amount, currency, reason, partners(name)")
    return with_names(rows_of(query.eq("state", "proposed").order("proposed_at").limit(options.limit)))


def _claims(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("attribution_claims").select(
        "id, due_at, state, about, subject, lead_id, deal_id, commission_id, reason, appeal_of, partners(name)"
    )
    return with_names(rows_of(query.in_("state", ["open", "info"]).order("due_at").limit(options.limit)))


DECISIONS = (
    Action(
        "deal-queue",
        "deals that wait to be confirmed, the most urgent first",
        (
            ("--reference", {"help": "only this deal, with its evidence"}),
            ("--waiting", {"action": "store_true", "help": "also those that wait for the partner's answer"}),
            LIMIT,
        ),
        _deal_queue,
    ),
    Action(
        "reject-deal",
        "say no to a claimed deal, with a reason that the partner reads",
        (_REFERENCE, _REASON),
        lambda client, options: call(
            client, "reject_deal", reference=options.reference, reason=options.reason
        ),
    ),
    Action(
        "ask-about-deal",
        "send a claimed deal back to the partner with a question",
        (_REFERENCE, ("question", {})),
        lambda client, options: call(
            client, "ask_about_deal", reference=options.reference, question=options.question
        ),
    ),
    Action(
        "reopen-deal",
        "look again at a rejected deal",
        (_REFERENCE, _REASON),
        lambda client, options: call(
            client, "reopen_deal", reference=options.reference, reason=options.reason
        ),
    ),
    Action(
        "cancel-deal",
        "end a deal that did not come about: what it brought is taken back from everybody",
        (_REFERENCE, _REASON),
        lambda client, options: call(
            client, "cancel_deal", reference=options.reference, reason=options.reason
        ),
    ),
    Action("claims", "claims and appeals that wait for a decision", (LIMIT,), _claims),
    Action(
        "ask-about-claim",
        "ask whoever opened a claim",
        (("claim", {"help": "its id"}), ("question", {})),
        lambda client, options: call(
            client, "ask_about_claim", claim_id=options.claim, question=options.question
        ),
    ),
    Action(
        "decide-claim",
        "accept or reject a claim, with a reason that the partner reads",
        (
            ("claim", {"help": "its id"}),
            ("decision", {"choices": ("accepted", "rejected")}),
            _REASON,
            ("--resolution", {"choices": ("none", "adjustment", "reattribution"), "help": "if accepted"}),
            ("--amount", {"type": int, "help": "of an adjustment, minor units (cents)"}),
            ("--currency", {}),
            ("--lead", {"help": "id of the lead that changes hands"}),
        ),
        lambda client, options: call(
            client, "decide_claim", claim_id=options.claim, decision=options.decision, reason=options.reason,
            resolution=options.resolution, amount=options.amount, currency=options.currency, lead_id=options.lead,
        ),
    ),
    Action("adjustments", "proposals that wait for a second person", (LIMIT,), _proposals),
    Action(
        "propose-adjustment",
        "propose a credit or a correction; a second person decides",
        (
            PARTNER,
            ("amount", {"type": int, "help": "minor units (cents); below zero takes money back"}),
            ("currency", {}),
            _REASON,
            ("--line", {"help": "id of the commission line that it corrects"}),
            ("--claim", {"help": "id of the claim that it answers"}),
        ),
        lambda client, options: call(
            client, "propose_adjustment", request_id=str(uuid.uuid4()), partner_id=partner_id(client, options.partner),
            amount=options.amount, currency=options.currency, reason=options.reason, commission_id=options.line,
            claim_id=options.claim,
        ),
    ),
    Action(
        "propose-write-off",
        "propose to give up an old debt; a second admin decides",
        (PARTNER, ("currency", {}), _REASON),
        lambda client, options: call(
            client, "propose_write_off", request_id=str(uuid.uuid4()), partner_id=partner_id(client, options.partner),
            currency=options.currency, reason=options.reason,
        ),
    ),
    Action(
        "decide-adjustment",
        "approve or decline somebody else's proposal, or withdraw your own",
        (
            ("adjustment", {"help": "its id"}),
            ("decision", {"choices": ("approved", "declined", "withdrawn")}),
            ("--reason", {"help": "needed to decline"}),
        ),
        lambda client, options: call(
            client, "decide_adjustment", adjustment_id=options.adjustment, decision=options.decision,
            reason=options.reason,
        ),
    ),
    Action(
        "risk-queue",
        "holds and flags that wait for a decision, the most urgent first",
        (LIMIT,),
        lambda client, options: call(client, "risk_queue", max_rows=options.limit),
    ),
    Action(
        "open-hold",
        "set money of a partner aside until somebody has decided",
        (PARTNER, _REASON, ("--deal", {"help": "only of this deal"}), ("--line", {"help": "only this line"})),
        lambda client, options: call(
            client, "open_hold", partner_id=partner_id(client, options.partner), reason=options.reason,
            deal_reference=options.deal, commission_id=options.line,
        ),
    ),
    Action(
        "decide-hold",
        "release a hold, or uphold it: the money is forfeited",
        (("hold", {"help": "its id"}), ("decision", {"choices": ("released", "upheld")}), _REASON),
        lambda client, options: call(
            client, "decide_hold", hold_id=options.hold, decision=options.decision, reason=options.reason
        ),
    ),
    Action(
        "decide-flag",
        "dismiss what a risk rule found, or make it a hold",
        (
            ("flag", {"help": "its id"}),
            ("reason", {}),
            ("--hold", {"action": "store_true", "help": "set the money aside"}),
        ),
        lambda client, options: call(
            client, "decide_flag", review_id=options.flag, reason=options.reason, hold=options.hold
        ),
    ),
    Action(
        "declare-reseller",
        "declare that a partner may be their own client, or end that",
        (PARTNER, ("reason", {}), ("--end", {"action": "store_true"})),
        lambda client, options: call(
            client, "declare_reseller", request_id=str(uuid.uuid4()), partner_id=partner_id(client, options.partner),
            reason=options.reason, granted=not options.end,
        ),
    ),
    Action(
        "set-risk-rule",
        "change a risk rule: its effect, whether it is on, its numbers",
        (
            ("code", {}),
            ("reason", {}),
            ("--effect", {"choices": ("hold", "flag")}),
            ("--enabled", {"choices": ("yes", "no")}),
            ("--parameters", {"type": json.loads, "help": 'JSON, for instance {"per_hour": 20}'}),
            ("--days", {"type": int, "help": "business days for a review"}),
        ),
        lambda client, options: call(
            client, "set_risk_rule", code=options.code, reason=options.reason, effect=options.effect,
            enabled=None if options.enabled is None else options.enabled == "yes", parameters=options.parameters,
            review_days=options.days,
        ),
    ),
    Action(
        "create-challenge",
        "announce a challenge for qualified deals, with a prize out of a budget",
        (
            ("title", {}),
            ("goal", {"type": int, "help": "deals that it takes"}),
            ("starts", {"help": "ISO time"}),
            ("ends", {"help": "ISO time"}),
            ("--prize", {"type": int, "help": "minor units (cents)"}),
            ("--currency", {}),
            ("--budget", {"type": int, "help": "minor units for all prizes together"}),
        ),
        lambda client, options: call(
            client, "create_challenge", request_id=str(uuid.uuid4()), title=options.title, goal=options.goal,
            starts_at=options.starts, ends_at=options.ends, prize_amount=options.prize,
            prize_currency=options.currency, budget=options.budget,
        ),
    ),
    Action("notices", "what your desk has not taken note of yet", (LIMIT,), _notices),
    Action(
        "note",
        "take note of a notice",
        (("notice", {"help": "its id"}),),
        lambda client, options: call(client, "note_staff_notice", notice_id=options.notice),
    ),
)  # fmt: skip

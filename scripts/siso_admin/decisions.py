"""The desk of decisions about money: deals to confirm, notices to staff."""

from __future__ import annotations

import argparse
from typing import Any

from supabase import Client

from siso_admin.actions import Action, Rows

_REFERENCE: tuple[str, dict[str, Any]] = ("reference", {"help": "of the deal, for instance D-1A2B3C4D"})
_REASON: tuple[str, dict[str, Any]] = ("reason", {"help": "the partner reads it"})
_QUEUE = (
    "reference", "due_at", "late", "partner", "client", "claimed_value", "received", "currency", "flags", "concerns",
    "same_client", "evidence", "own_affair",
)  # fmt: skip


def _call(client: Client, function: str, **arguments: Any) -> Rows:
    data: Any = client.rpc(function, arguments).execute().data
    return data if isinstance(data, list) else [data]


def _deal_queue(client: Client, options: argparse.Namespace) -> Rows:
    """The queue with counts instead of lists; ``--json`` of one deal shows everything."""
    rows = _call(client, "deal_queue", include_waiting=options.waiting, max_rows=options.limit)
    if options.reference:
        return [row for row in rows if row["reference"] == options.reference]
    counted = [{**row, "same_client": len(row["same_client"]), "evidence": len(row["evidence"])} for row in rows]
    return [{name: row[name] for name in _QUEUE} for row in counted]


def _notices(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("staff_notices").select("id, created_at, kind, message")
    data: Any = query.is_("noted_at", "null").order("created_at").limit(options.limit).execute().data
    return list(data)


_LIMIT: tuple[str, dict[str, Any]] = ("--limit", {"type": int, "default": 50, "help": "rows at most, default 50"})

DECISIONS = (
    Action(
        "deal-queue",
        "deals that wait to be confirmed, the most urgent first",
        (
            ("--reference", {"help": "only this deal, with its evidence"}),
            ("--waiting", {"action": "store_true", "help": "also those that wait for the partner's answer"}),
            _LIMIT,
        ),
        _deal_queue,
    ),
    Action(
        "reject-deal",
        "say no to a claimed deal, with a reason that the partner reads",
        (_REFERENCE, _REASON),
        lambda client, options: _call(
            client, "reject_deal", reference=options.reference, reason=options.reason
        ),
    ),
    Action(
        "ask-about-deal",
        "send a claimed deal back to the partner with a question",
        (_REFERENCE, ("question", {})),
        lambda client, options: _call(
            client, "ask_about_deal", reference=options.reference, question=options.question
        ),
    ),
    Action(
        "reopen-deal",
        "look again at a rejected deal",
        (_REFERENCE, _REASON),
        lambda client, options: _call(
            client, "reopen_deal", reference=options.reference, reason=options.reason
        ),
    ),
    Action("notices", "what your desk has not taken note of yet", (_LIMIT,), _notices),
    Action(
        "note",
        "take note of a notice",
        (("notice", {"help": "its id"}),),
        lambda client, options: _call(client, "note_staff_notice", notice_id=options.notice),
    ),
)  # fmt: skip

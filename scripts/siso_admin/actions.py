"""The actions: a name, its arguments, and the call behind it."""

from __future__ import annotations

import argparse
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supabase import Client

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Action:
    """``arguments`` are (flag or name, keyword arguments) for argparse; ``run`` returns rows to show."""

    name: str
    help: str
    arguments: tuple[tuple[str, dict[str, Any]], ...]
    run: Callable[[Client, argparse.Namespace], Rows]


def rows_of(query: Any) -> Rows:
    """The rows of a query or call; one object is one row."""
    data = query.execute().data
    return data if isinstance(data, list) else [data]


def call(client: Client, function: str, **arguments: Any) -> Rows:
    """One function of the database with the staff member's own token. Raises ``APIError`` with its refusal."""
    return rows_of(client.rpc(function, arguments))


def with_names(rows: Rows) -> Rows:
    """The embedded partner of each row as a name."""
    return [{**row, "partners": (row.get("partners") or {}).get("name")} for row in rows]


def _applications(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("applications").select("id, created_at, name, email, country, status, motivation")
    return rows_of(query.eq("status", options.status).order("created_at").limit(options.limit))


def _application_id(client: Client, email: str) -> str:
    """The open application of an e-mail address."""
    open_states = ["submitted", "in_review"]
    found = rows_of(client.table("applications").select("id").eq("email", email).in_("status", open_states))
    if not found:
        raise LookupError(f"There is no open application of {email}.")
    return str(found[0]["id"])


def _decide(client: Client, options: argparse.Namespace, decision: str, reason: str | None) -> Rows:
    application = _application_id(client, options.applicant)
    return call(client, "decide_application", application_id=application, decision=decision, reason=reason)


def _deals(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("deals").select(
        "reference, won_at, claimed_value, currency, rate_bp, status, partners!deals_partner_id_fkey(name)"
    )
    rows = rows_of(query.eq("status", options.status).order("won_at").limit(options.limit))
    return with_names(rows)


def _payouts(client: Client, options: argparse.Namespace) -> Rows:
    query = client.table("payouts").select("id, requested_at, amount, currency, status, failure_message")
    return rows_of(query.eq("status", options.status).order("requested_at").limit(options.limit))


def _reconcile(client: Client, options: argparse.Namespace) -> Rows:
    """Asks for a run, waits until one that began later has ended, shows what is open (or the run, if nothing is)."""
    before = call(client, "reconcile_stripe", request_id=str(uuid.uuid4()))[0]["last_run"] or 0
    deadline = time.monotonic() + options.seconds
    while time.monotonic() < deadline:
        report = call(client, "reconciliation_report")[0]
        for run in report["runs"]:
            # A run that was under way is as good, if it ended after the question.
            if run["finished_at"] and run["id"] > before:
                return report["differences"] or [run]
        time.sleep(1)
    raise LookupError("The run has not ended yet: look again later with `reconcile`, or at the payouts worker's log.")


def partner_id(client: Client, email: str) -> str:
    """The partner with an e-mail address. Raises ``LookupError``."""
    found = rows_of(client.table("partners").select("id").eq("email", email))
    if not found:
        raise LookupError(f"There is no partner {email}.")
    return str(found[0]["id"])


def _about_partner(function: str, help_text: str, name: str) -> Action:
    """An action on one partner with a reason that the partner reads."""
    return Action(
        name,
        help_text,
        (PARTNER, ("reason", {})),
        lambda client, options: call(
            client, function, partner_id=partner_id(client, options.partner), reason=options.reason
        ),
    )


def _changes(text: str) -> Any:
    """The changes of a plan as JSON, from the command line or, with a leading @, from a file."""
    return json.loads(Path(text[1:]).read_text() if text.startswith("@") else text)


PARTNER: tuple[str, dict[str, Any]] = ("partner", {"help": "e-mail address"})
LIMIT: tuple[str, dict[str, Any]] = ("--limit", {"type": int, "default": 50, "help": "rows at most, default 50"})

_CHANGES = ("changes", {"type": _changes, "help": 'JSON or @file: {"rates": {"starter": {"base_bp": 2100}}}'})


def _listing(default: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    return (
        ("--status", {"default": default, "help": f"default: {default}"}),
        LIMIT,
    )


_ROLES = ("support", "moderator", "finance", "admin", "owner")

ACTIONS = (
    Action("applications", "list applications", _listing("submitted"), _applications),
    Action(
        "approve-application",
        "make an applicant a partner",
        (("applicant", {"help": "e-mail address"}),),
        lambda client, options: _decide(client, options, "approved", None),
    ),
    Action(
        "reject-application",
        "reject an applicant, with a reason that they will read",
        (("applicant", {"help": "e-mail address"}), ("reason", {})),
        lambda client, options: _decide(client, options, "rejected", options.reason),
    ),
    Action("deals", "list deals", _listing("claimed"), _deals),
    Action(
        "verify-deal",
        "confirm a won deal and its contracted value",
        (("reference", {}), ("value", {"type": int, "help": "contracted value in minor units (cents)"})),
        lambda client, options: call(
            client, "verify_deal", reference=options.reference, contracted_value=options.value
        ),
    ),
    Action("payouts", "list payouts", _listing("draft"), _payouts),
    Action(
        "approve-payout",
        "approve a payout of 1,000.00 or more",
        (("payout", {"help": "its id"}),),
        lambda client, options: call(client, "approve_payout", payout_id=options.payout),
    ),
    Action(
        "make-statements",
        "make the statements of a past month for whoever has none yet",
        (("month", {"help": "for instance 2026-10"}),),
        lambda client, options: call(
            client, "prepare_statements", month=f"{options.month}-01", request_id=str(uuid.uuid4())
        ),
    ),
    Action(
        "reconcile",
        "compare Stripe with payouts and ledger now; shows the run and what is open",
        (("--seconds", {"type": float, "default": 120, "help": "how long to wait for the run, default 120"}),),
        _reconcile,
    ),
    Action(
        "resolve-difference",
        "settle a difference between Stripe and the ledger",
        (("difference", {"help": "its id"}), ("reason", {})),
        lambda client, options: call(
            client, "resolve_difference", difference_id=options.difference, reason=options.reason
        ),
    ),
    Action(
        "figures",
        "show every figure with its goal",
        (("--at", {"help": "for another moment, ISO time"}),),
        lambda client, options: call(client, "company_figures", **({"at": options.at} if options.at else {})),
    ),
    Action(
        "import-revenue",
        "say what the whole company earned in a month, net of tax",
        (
            ("month", {"help": "its first day, for instance 2026-10-01"}),
            ("amount", {"type": int, "help": "minor units (cents)"}),
            ("source", {"help": "where the amount comes from"}),
            ("--currency", {"default": "USD"}),
        ),
        lambda client, options: call(
            client,
            "import_company_revenue",
            month=options.month,
            currency=options.currency,
            amount=options.amount,
            source=options.source,
        ),
    ),
    Action(
        "export-books",
        "make a CSV file of the books of a period; its path is shown, and finance reads it from Storage for 24 hours",
        (
            ("kind", {"choices": ("ledger", "commissions", "payouts", "tax")}),
            ("period_from", {"metavar": "from", "help": "first day, UTC"}),
            ("period_to", {"metavar": "to", "help": "the day after the last one"}),
        ),
        lambda client, options: call(
            client,
            "request_finance_export",
            kind=options.kind,
            period_from=options.period_from,
            period_to=options.period_to,
            request_id=str(uuid.uuid4()),
        ),
    ),
    _about_partner("suspend_partner", "stop everything a partner may write, at once", "suspend"),
    _about_partner("reinstate_partner", "lift a suspension", "reinstate"),
    _about_partner("terminate_partner", "end a partnership; statements and claims stay readable", "terminate"),
    Action(
        "preview-plan",
        "show who a change of rates, thresholds or terms would touch; changes nothing",
        (_CHANGES,),
        lambda client, options: call(client, "preview_plan", changes=options.changes),
    ),
    Action(
        "publish-plan",
        "make a change of rates, thresholds or terms the next plan version",
        (
            _CHANGES,
            ("reason", {}),
            ("--from", {"dest": "effective_from", "help": "first moment, ISO time; default: now"}),
        ),
        lambda client, options: call(
            client,
            "publish_plan",
            changes=options.changes,
            reason=options.reason,
            request_id=str(uuid.uuid4()),
            **({"effective_from": options.effective_from} if options.effective_from else {}),
        ),
    ),
    Action(
        "grant-role",
        "give somebody who has signed up a staff role",
        (
            ("person", {"help": "e-mail address"}),
            ("role", {"choices": _ROLES}),
            ("--name", {"help": "their name, for somebody who has no role yet"}),
        ),
        lambda client, options: call(client, "grant_role", email=options.person, role=options.role, name=options.name),
    ),
    Action(
        "revoke-role",
        "take a staff role away",
        (("person", {"help": "e-mail address"}), ("role", {"choices": _ROLES})),
        lambda client, options: call(client, "revoke_role", email=options.person, role=options.role),
    ),
    Action(
        "explain-access",
        "say why somebody sees or does not see rows of a table",
        (
            ("actor", {"help": "e-mail address"}),
            ("table", {"help": "for instance public.leads"}),
            ("verb", {"choices": ("select", "insert", "update", "delete")}),
        ),
        lambda client, options: call(
            client, "explain_access", actor=options.actor, target=options.table, verb=options.verb
        ),
    ),
)

"""A hostile partner with a valid token calls PostgREST directly, and gets nothing, with the right error each time."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.access_model import Matrix
from tests.database.attack_support import Caller, Victim, not_found, refused, rule
from tests.database.harness import rows, value

# Tables that show something of every partner to every partner, by design.
DIRECTORY = {"public.partner_directory", "public.leaderboard_scores", "public.leaderboard_snapshots"}

# -- reading -----------------------------------------------------------------------------------------------------------

READABLE = [table for table, spec in Matrix.load().tables.items() if "select" in spec and table.startswith("public.")]


@pytest.mark.parametrize("table", READABLE)
def test_no_table_shows_another_partners_secrets(victim: Victim, attacker: Caller, table: str) -> None:
    columns = (Matrix.load().tables[table]["select"] or {}) if table else {}
    wanted = ",".join(columns["columns"]) if isinstance(columns, dict) and "columns" in columns else "*"
    answer = attacker.rest("GET", f"{table.removeprefix('public.')}?select={wanted}", prefer="count=exact")
    assert answer.status_code in (200, 206), answer.text
    secrets = victim.secrets if table in DIRECTORY else {*victim.secrets, victim.lead, victim.won_lead}
    assert not [secret for secret in secrets if secret in answer.text]


def test_the_owner_does_see_them(victim: Victim) -> None:
    assert victim.company in victim.rest("GET", "leads").text
    assert victim.deal["reference"] in victim.rest("GET", "deals").text
    assert victim.commission in victim.rest("GET", "commission_lines").text


@pytest.mark.parametrize(
    "query",
    [
        "leads?id=eq.{lead}",
        "leads?or=(id.eq.{lead},company_name.like.*)",
        "lead_cards?id=eq.{lead}&select=*",
        "partners?select=*,leads!leads_partner_id_fkey(*)&id=eq.{partner}",
        "deals?select=*,commissions(*)&partner_id=eq.{partner}",
        "commissions?partner_id=eq.{partner}",
        "payouts?select=id,amount&partner_id=eq.{partner}",
        "notifications?partner_id=eq.{partner}",
        "push_subscriptions?select=id&partner_id=eq.{partner}",
    ],
)
def test_asking_for_others_rows_by_id_finds_none(victim: Victim, attacker: Caller, query: str) -> None:
    answer = attacker.rest("GET", query.format(lead=victim.lead, partner=victim.id))
    assert (answer.status_code, answer.json()) == (200, [])


def test_hidden_columns_and_schemas_stay_hidden(attacker: Caller) -> None:
    refused(attacker.rest("GET", "payouts?select=idempotency_key"), 403, "42501")
    refused(attacker.rest("GET", "payout_accounts?select=stripe_account_id"), 403, "42501")
    refused(attacker.rest("GET", "push_subscriptions?select=auth"), 403, "42501")
    for schema in ("private", "ledger", "ops", "auth", "vault", "storage", "realtime", "net", "cron"):
        refused(attacker.rest("GET", "accounts", **{"accept-profile": schema}), 406, "PGRST106")


def test_anothers_commission_is_not_explained(victim: Victim, attacker: Caller) -> None:
    assert victim.call("why_this_amount", commission_id=victim.commission).status_code == 200
    not_found(attacker.call("why_this_amount", commission_id=victim.commission))


# -- changing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"current_tier": "elite"},
        {"commission_rate": 9000},
        {"status": "active"},
        {"team_leader_id": None},
        {"email": "else@example.com"},
        {"referral_code": "MINE"},
        {"user_id": None},
        {"phone": "+12025550199", "current_tier": "elite"},
    ],
    ids="+".join,
)
def test_nobody_raises_themselves(attacker: Caller, change: dict[str, Any]) -> None:
    refused(attacker.rest("PATCH", f"partners?id=eq.{attacker.id}", change), 403, "42501")


def test_money_is_not_written(victim: Victim, attacker: Caller) -> None:
    for who in (attacker, victim):
        refused(who.rest("PATCH", f"deals?id=eq.{victim.deal['id']}", {"contracted_value": 10**9}), 403, "42501")
        refused(who.rest("PATCH", f"deals?id=eq.{victim.deal['id']}", {"status": "verified"}), 403, "42501")
        refused(who.rest("PATCH", f"commissions?id=eq.{victim.commission}", {"amount": 10**9}), 403, "42501")
        refused(who.rest("PATCH", f"commissions?id=eq.{victim.commission}", {"status": "payable"}), 403, "42501")
        refused(who.rest("DELETE", f"commissions?id=eq.{victim.commission}"), 403, "42501")
        refused(who.rest("POST", "payouts", {"partner_id": who.id, "amount": 1, "currency": "USD"}), 403, "42501")
        refused(who.rest("POST", "partner_tier_history", {"partner_id": who.id, "tier": "elite"}), 403, "42501")
        refused(who.rest("PATCH", "tier_definitions?tier=eq.elite", {"min_qualified_deals": 0}), 403, "42501")
        refused(who.rest("PATCH", "commission_plan_rates?tier=eq.starter", {"base_bp": 10000}), 403, "42501")
        refused(who.rest("POST", "staff_roles", {"staff_id": str(uuid.uuid4()), "role": "owner"}), 403, "42501")


def test_journals_are_not_posted(attacker: Caller) -> None:
    row = {"kind": "clear", "source_kind": "payout", "source_id": str(uuid.uuid4())}
    refused(attacker.rest("POST", "journals", row, **{"content-profile": "ledger"}), 406, "PGRST106")
    refused(attacker.rest("POST", "rpc/post", row, **{"content-profile": "ledger"}), 406, "PGRST106")


def test_others_leads_are_not_touched(victim: Victim, attacker: Caller, attack_db: psycopg.Connection) -> None:
    def now() -> list[tuple[Any, ...]]:
        return rows(attack_db, "select to_jsonb(l) from public.leads as l where id = %s", victim.lead)

    before = now()
    assert attacker.rest("PATCH", f"leads?id=eq.{victim.lead}", {"notes": "mine"}).status_code == 204
    assert attacker.rest("PATCH", "leads", {"notes": "mine"}).status_code in (204, 400)  # no filter at all
    refused(attacker.rest("DELETE", f"leads?id=eq.{victim.lead}"), 403, "42501")
    stolen = {"id": victim.lead, "company_name": "Mine"}
    refused(attacker.rest("POST", "leads?on_conflict=id", stolen, prefer="resolution=merge-duplicates"), 403, "42501")
    refused(attacker.rest("POST", "leads", {"company_name": "x", "partner_id": victim.id}), 403, "42501")
    refused(attacker.rest("POST", "leads", {"company_name": "x", "status": "closed_won"}), 403, "42501")
    activity = {"lead_id": victim.lead, "activity_type": "call"}
    refused(attacker.rest("POST", "lead_activities", activity), 403, "42501")
    request = str(uuid.uuid4())
    for answer in (
        attacker.call("move_lead", lead_id=victim.lead, to_status="contacted"),
        attacker.call("delete_lead", lead_id=victim.lead, reason="mine"),
        attacker.call("claim_win", lead_id=victim.lead, value=1000, currency="USD", request_id=request),
    ):
        not_found(answer)
    assert now() == before


def test_a_win_is_claimed_once_and_at_the_rate_of_the_server(victim: Victim) -> None:
    again = victim.call("claim_win", lead_id=victim.won_lead, value=10**9, currency="USD", request_id=str(uuid.uuid4()))
    refused(again, 409, "PT409")
    assert victim.deal["rate"] == 2000


# -- functions ---------------------------------------------------------------------------------------------------------


def test_functions_of_workers_are_out_of_reach(attacker: Caller) -> None:
    for function, arguments in (
        ("claim_jobs", {}),
        ("finish_job", {"job_id": 1, "lease": str(uuid.uuid4())}),
        ("post_commissions", {"inbound_event_id": str(uuid.uuid4()), "lines": [], "state": ""}),
        ("begin_payout", {"payout": str(uuid.uuid4())}),
        ("record_transfer", {}),
    ):
        answer = attacker.rest("POST", f"rpc/{function}", arguments, **{"content-profile": "worker"})
        assert answer.status_code in (403, 404), answer.text
        assert answer.json()["code"] in ("42501", "PGRST202"), answer.text
    refused(attacker.rest("POST", "rpc/claim_jobs", {}, **{"content-profile": "worker"}), 403, "42501")
    refused(attacker.rest("POST", "rpc/post", {}, **{"content-profile": "private"}), 406, "PGRST106")


def test_actions_of_staff_are_refused(victim: Victim, attacker: Caller) -> None:
    request = str(uuid.uuid4())
    for function, arguments in (
        ("decide_application", {"application_id": request, "decision": "approved"}),
        ("verify_deal", {"reference": victim.deal["reference"], "contracted_value": 100}),
        ("approve_payout", {"payout_id": request}),
        ("explain_access", {"actor": victim.email, "target": "public.leads", "verb": "select"}),
    ):
        assert rule(refused(attacker.call(function, **arguments), 403, "42501")) == "staff_only"


def test_a_payout_needs_the_second_factor(attacker: Caller) -> None:
    body = refused(attacker.call("request_payout", currency="USD", request_id=str(uuid.uuid4())), 403, "PT403")
    assert rule(body) == "mfa_not_enrolled"
    body = refused(attacker.call("request_onboarding_link", request_id=str(uuid.uuid4())), 403, "PT403")
    assert rule(body) == "mfa_not_enrolled"
    assert attacker.rest("GET", "payout_account_links").json() == []


# -- later tables: chat, quizzes, offline sync ------------------------------------------------------------------------


def test_others_direct_messages_are_not_read_written_or_reported(
    settings: Settings, victim: Victim, attacker: Caller, attack_db: psycopg.Connection
) -> None:
    friend = Caller(settings, attack_db, "friend")
    opened = victim.call("open_direct", partner_id=friend.id)
    assert opened.status_code == 200, opened.text
    channel = str(value(attack_db, "select id from public.chat_channels where direct_key like %s", f"%{friend.id}%"))
    message = str(uuid.uuid4())
    words = f"between us {message}"
    sent = victim.call("send_message", id=message, channel_id=channel, message=words)
    assert sent.status_code == 200, sent.text
    assert words in friend.rest("GET", f"chat_messages?select=message&channel_id=eq.{channel}").text

    for query in (
        f"chat_messages?select=message&channel_id=eq.{channel}",
        f"chat_channels?id=eq.{channel}",
        f"channel_members?channel_id=eq.{channel}",
        f"attachments?message_id=eq.{message}",
    ):
        answer = attacker.rest("GET", query)
        assert (answer.status_code, answer.json()) == (200, []), query
    for answer in (
        attacker.call("send_message", id=str(uuid.uuid4()), channel_id=channel, message="Hello"),
        attacker.call("edit_message", message_id=message, message="Hello"),
        attacker.call("delete_message", message_id=message),
        attacker.call("set_reaction", message_id=message, emoji="👍", present=True),
        attacker.call("report_message", message_id=message, reason="to read what it says"),
        attacker.call("mark_channel_read", channel_id=channel, up_to=1),
    ):
        not_found(answer)
    row = {"channel_id": channel, "message": "Hello", "author_name": "Victim", "seq": 2}
    refused(attacker.rest("POST", "chat_messages", row), 403, "42501")
    refused(attacker.rest("POST", "channel_members", {"channel_id": channel, "partner_id": attacker.id}), 403, "42501")
    refused(attacker.rest("PATCH", f"chat_messages?id=eq.{message}", {"message": "Hello"}), 403, "42501")
    body = refused(attacker.call("open_moderation_case", channel_id=channel, reason="I want to read it"), 403, "42501")
    assert rule(body) == "staff_only"


def test_answers_of_quizzes_are_out_of_reach(attacker: Caller) -> None:
    for table in ("quiz_questions", "quiz_options", "quiz_attempt_questions"):
        refused(attacker.rest("GET", table), 403, "42501")
    refused(attacker.rest("GET", "quiz_answer_keys", **{"accept-profile": "private"}), 406, "PGRST106")
    attempt = {"quiz_id": str(uuid.uuid4()), "partner_id": attacker.id, "score": 100}
    refused(attacker.rest("POST", "quiz_attempts", attempt), 403, "42501")
    refused(attacker.rest("POST", "certificates", {"partner_id": attacker.id, "track": "core"}), 403, "42501")
    refused(attacker.rest("POST", "lesson_progress", {"lesson_id": str(uuid.uuid4())}), 403, "42501")


def test_the_way_for_phones_is_no_way_around(victim: Victim, attacker: Caller, attack_db: psycopg.Connection) -> None:
    """apply_ops runs with the caller's rights: neither others' rows nor protected columns nor other functions."""

    def now() -> list[tuple[Any, ...]]:
        return rows(attack_db, "select to_jsonb(l) from public.leads as l where id = %s", victim.lead)

    mine = attacker.rest("POST", "leads", {"company_name": "Mine"}, prefer="return=representation").json()[0]["id"]
    before = now()
    operations: list[dict[str, Any]] = [
        {"kind": "update", "table": "leads", "id": victim.lead, "base_rev": 1, "patch": {"notes": "mine"}},
        {"kind": "delete", "table": "leads", "id": victim.lead},
        {"kind": "insert", "table": "leads", "id": victim.lead, "patch": {"company_name": "Mine"}},
        {"kind": "update", "table": "leads", "id": mine, "base_rev": 1, "patch": {"status": "closed_won"}},
        {"kind": "update", "table": "leads", "id": mine, "base_rev": 1, "patch": {"partner_id": victim.id}},
        {"kind": "update", "table": "partners", "id": attacker.id, "base_rev": 1, "patch": {"current_tier": "elite"}},
        {"kind": "insert", "table": "commissions", "id": str(uuid.uuid4()), "patch": {"amount": 1}},
        {"kind": "call", "function": "request_payout", "arguments": {"currency": "USD"}},
        {"kind": "call", "function": "move_lead", "arguments": {"lead_id": victim.lead, "to_status": "contacted"}},
    ]
    for operation in operations:
        answer = attacker.call("apply_ops", ops=[{"op_id": str(uuid.uuid4()), **operation}])
        if answer.status_code == 200:
            assert answer.json()[0]["status"] in ("rejected", "conflict"), f"{operation}: {answer.text}"
            assert victim.company not in answer.text
    assert now() == before
    assert value(attack_db, "select current_tier::text from public.partners where id = %s", attacker.id) == "starter"
    assert value(attack_db, "select status::text from public.leads where id = %s", mine) == "new"
    pulled = attacker.call("changes_since")
    assert pulled.status_code == 200, pulled.text
    assert not [secret for secret in (*victim.secrets, victim.lead) if secret in pulled.text]
    refused(attacker.call("update_profile", changes={"current_tier": "elite"}), 400, "22023")

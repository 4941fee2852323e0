"""A hostile partner with a valid token talks to PostgREST, Storage and Realtime directly, and gets nothing."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from typing import Any

import aiohttp
import httpx
import jwt
import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.access_model import Matrix
from tests.database.harness import Person, make_partner, rows, value
from tests.platform.realtime_support import RawSocket

PASSWORD = "Attack-pass-2026"
# Tables that show something of every partner to every partner, by design.
DIRECTORY = {"public.partner_directory", "public.leaderboard_entries"}


class Caller:
    """A partner with a real session, and the three servers as a script of theirs would call them."""

    def __init__(self, settings: Settings, connection: psycopg.Connection, name: str) -> None:
        self.email = f"{name}.{uuid.uuid4().hex}@example.com"
        self._settings = settings
        secret = {"apikey": settings.secret_key, "authorization": f"Bearer {settings.secret_key}"}
        made = httpx.post(
            f"{settings.api_url}/auth/v1/admin/users",
            headers=secret,
            json={"email": self.email, "password": PASSWORD, "email_confirm": True},
        )
        made.raise_for_status()
        user = made.json()["id"]
        self.partner: Person = make_partner(connection, name=name, login=Person(uuid.UUID(user), user, self.email))
        self.id = str(self.partner.id)
        self.http = httpx.Client(base_url=settings.api_url, timeout=20, headers={"apikey": settings.publishable_key})
        signed_in = self.http.post(
            "/auth/v1/token", params={"grant_type": "password"}, json={"email": self.email, "password": PASSWORD}
        )
        signed_in.raise_for_status()
        self.token = str(signed_in.json()["access_token"])
        self.http.headers["authorization"] = f"Bearer {self.token}"

    def rest(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.http.request(method, f"/rest/v1/{path}", json=body, headers=headers)

    def call(self, function: str, **arguments: Any) -> httpx.Response:
        return self.rest("POST", f"rpc/{function}", arguments)

    def storage(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.http.request(method, f"/storage/v1/{path}", **options)


class Victim(Caller):
    """A partner with a lead, a claimed deal with its estimate, and a picture."""

    def __init__(self, settings: Settings, connection: psycopg.Connection) -> None:
        super().__init__(settings, connection, "victim")
        self.company = f"Client {uuid.uuid4().hex}"
        self.lead, self.won_lead = (self._lead(self.company), self._lead(f"{self.company} won"))
        claimed = self.call(
            "claim_win", lead_id=self.won_lead, value=100000, currency="USD", request_id=str(uuid.uuid4())
        )
        assert claimed.status_code == 200, claimed.text
        self.deal = claimed.json()
        self.commission = str(
            value(connection, "select id from public.commissions where partner_id = %s", self.partner.id)
        )

    def _lead(self, company: str) -> str:
        made = self.rest("POST", "leads", {"company_name": company}, prefer="return=representation")
        assert made.status_code == 201, made.text
        return str(made.json()[0]["id"])

    @property
    def secrets(self) -> set[str]:
        return {self.email, self.company, self.deal["reference"], self.commission}


@pytest.fixture(scope="module")
def connection(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def victim(settings: Settings, connection: psycopg.Connection) -> Victim:
    return Victim(settings, connection)


@pytest.fixture(scope="module")
def attacker(settings: Settings, connection: psycopg.Connection) -> Caller:
    return Caller(settings, connection, "attacker")


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer is this error and nothing else; returns its body."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body["code"] == code, body
    return body


def not_found(answer: httpx.Response) -> None:
    """Others' rows do not exist for the caller: not even a refusal tells that they are there."""
    body = answer.json()
    assert answer.status_code >= 400, answer.text
    assert body["code"] in ("P0002", "PT404"), body
    assert rule(body) == "not_found"


def rule(body: dict[str, Any]) -> str:
    return str(json.loads(body["details"])["rule"])


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


def test_others_leads_are_not_touched(victim: Victim, attacker: Caller, connection: psycopg.Connection) -> None:
    def now() -> list[tuple[Any, ...]]:
        return rows(connection, "select to_jsonb(l) from public.leads as l where id = %s", victim.lead)

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
        ("post_base_commission", {"event": str(uuid.uuid4()), "amount": 1, "base": 1, "before": 0}),
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
    settings: Settings, victim: Victim, attacker: Caller, connection: psycopg.Connection
) -> None:
    friend = Caller(settings, connection, "friend")
    opened = victim.call("open_direct", partner_id=friend.id)
    assert opened.status_code == 200, opened.text
    channel = str(value(connection, "select id from public.chat_channels where direct_key like %s", f"%{friend.id}%"))
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


def test_the_way_for_phones_is_no_way_around(victim: Victim, attacker: Caller, connection: psycopg.Connection) -> None:
    """apply_ops runs with the caller's rights: neither others' rows nor protected columns nor other functions."""

    def now() -> list[tuple[Any, ...]]:
        return rows(connection, "select to_jsonb(l) from public.leads as l where id = %s", victim.lead)

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
    assert value(connection, "select current_tier::text from public.partners where id = %s", attacker.id) == "starter"
    assert value(connection, "select status::text from public.leads where id = %s", mine) == "new"
    pulled = attacker.call("changes_since")
    assert pulled.status_code == 200, pulled.text
    assert not [secret for secret in (*victim.secrets, victim.lead) if secret in pulled.text]
    refused(attacker.call("update_profile", changes={"current_tier": "elite"}), 400, "22023")


# -- tokens ------------------------------------------------------------------------------------------------------------


def _forged(token: str, **claims: Any) -> dict[str, str]:
    """The attacker's own token with other claims, in the three ways that careless servers believe."""
    payload = jwt.decode(token, options={"verify_signature": False}) | claims
    head, _, signature = token.split(".")
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode()
    return {
        "old signature": f"{head}.{body}.{signature}",
        "no signature": jwt.encode(payload, "", algorithm="none"),
        "own secret": jwt.encode(payload, "a secret that the attacker made up, long enough", algorithm="HS256"),
    }


@pytest.mark.parametrize(
    "claims", [{"aal": "aal2"}, {"role": "service_role"}, {"role": "payouts_worker"}, "victim"], ids=str
)
def test_forged_tokens_are_no_tokens(
    settings: Settings, victim: Victim, attacker: Caller, claims: dict[str, str] | str
) -> None:
    changed = {"sub": victim.partner.subject} if isinstance(claims, str) else claims
    for way, token in _forged(attacker.token, **changed).items():
        headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {token}"}
        for path in ("/rest/v1/leads", "/storage/v1/bucket", "/auth/v1/user"):
            answer = httpx.get(settings.api_url + path, headers=headers)
            assert answer.status_code in (400, 401, 403), f"{way}: {path}: {answer.text}"
            assert victim.company not in answer.text


def test_what_a_user_says_of_themselves_gives_no_rights(attacker: Caller) -> None:
    claims = {"role": "service_role", "aal": "aal2", "partner_id": "any", "roles": ["owner"]}
    said = attacker.http.put("/auth/v1/user", json={"data": claims, "app_metadata": claims, "role": "service_role"})
    assert said.status_code < 500
    fresh = attacker.http.post(
        "/auth/v1/token", params={"grant_type": "password"}, json={"email": attacker.email, "password": PASSWORD}
    ).json()["access_token"]
    token = jwt.decode(fresh, options={"verify_signature": False})
    assert (token["role"], token["aal"]) == ("authenticated", "aal1")
    assert "roles" not in token.get("app_metadata", {})


# -- files -------------------------------------------------------------------------------------------------------------

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_others_files_are_not_read_listed_replaced_or_removed(victim: Victim, attacker: Caller) -> None:
    path = f"avatars/{victim.id}/face-{uuid.uuid4().hex}.png"
    picture = {"content-type": "image/png"}
    put = victim.storage("POST", f"object/{path}", content=PICTURE, headers=picture)
    assert put.status_code == 200, put.text
    assert victim.storage("GET", f"object/authenticated/{path}").content == PICTURE

    for method, target, options in (
        ("GET", f"object/authenticated/{path}", {}),
        ("GET", f"object/public/{path}", {}),
        ("GET", f"object/info/authenticated/{path}", {}),
        ("POST", f"object/sign/{path}", {"json": {"expiresIn": 60}}),
        ("POST", f"object/{path}", {"content": b"x", "headers": picture}),
        ("PUT", f"object/{path}", {"content": b"x", "headers": picture}),
        ("POST", f"object/{path}", {"content": b"x", "headers": picture | {"x-upsert": "true"}}),
        ("POST", f"object/avatars/{victim.id}/new.png", {"content": PICTURE, "headers": picture}),
        ("POST", "object/move", {"json": _from_to(path, f"{attacker.id}/mine.png")}),
        ("POST", "object/copy", {"json": _from_to(path, f"{attacker.id}/mine.png")}),
        ("DELETE", f"object/{path}", {}),
        ("DELETE", "bucket/avatars", {}),
        ("POST", "bucket", {"json": {"id": "mine", "name": "mine"}}),
    ):
        answer = attacker.storage(method, target, **options)
        assert answer.status_code in (400, 403, 404), f"{method} {target}: {answer.status_code} {answer.text}"
    listed = attacker.storage("POST", "object/list/avatars", json={"prefix": f"{victim.id}/"})
    assert (listed.status_code, listed.json()) == (200, [])
    assert attacker.storage("GET", "bucket").json() == []
    assert victim.storage("GET", f"object/authenticated/{path}").content == PICTURE


def _from_to(path: str, target: str) -> dict[str, str]:
    bucket, _, name = path.partition("/")
    return {"bucketId": bucket, "sourceKey": name, "destinationKey": target}


def test_papers_are_not_forged(attacker: Caller) -> None:
    """Nobody writes their own statement, certificate or evidence of another kind."""
    for bucket, kind in (
        ("statements", "application/pdf"),
        ("certificates", "application/pdf"),
        ("exports", "text/csv"),
    ):
        path = f"object/{bucket}/{attacker.id}/2026-11.pdf"
        answer = attacker.storage("POST", path, content=b"%PDF-1.7", headers={"content-type": kind})
        assert answer.status_code in (400, 403), answer.text
        assert "row-level security" in answer.text


# -- live --------------------------------------------------------------------------------------------------------------


async def test_others_topics_are_neither_joined_nor_written(
    settings: Settings, victim: Victim, attacker: Caller
) -> None:
    url = f"{settings.api_url}/realtime/v1/websocket?apikey={settings.publishable_key}&vsn=1.0.0"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as connection:
        socket = RawSocket(connection, "1.0.0")
        for topic in (f"partner:{victim.id}", f"channel:{uuid.uuid4()}", f"team:{victim.id}", "anything"):
            answer = await socket.join(topic, attacker.token)
            assert answer["status"] == "error", topic
            assert "Unauthorized" in answer["response"]["reason"], answer
        own = await socket.join(f"partner:{victim.id}", victim.token)
        assert own["status"] == "ok", own
        message = {"topic": f"partner:{victim.id}", "event": "payout.changed", "payload": {}, "private": True}
        sent = attacker.http.post("/realtime/v1/api/broadcast", json={"messages": [message]})
        assert sent.status_code in (202, 401, 403), sent.text
        with pytest.raises(TimeoutError):  # nothing comes through
            while (await socket.receive(1.0))["event"] != "broadcast":
                pass

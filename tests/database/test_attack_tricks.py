"""A hostile partner knows the tricks of PostgREST, Storage and Realtime, and gets nothing by any of them."""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.attack_support import Caller, Victim, refused
from tests.database.harness import rows
from tests.platform.realtime_support import gateway_address, raw_socket

PICTURE: dict[str, Any] = {"content": b"\x89PNG\r\n\x1a\n", "headers": {"content-type": "image/png"}}


def state(db: psycopg.Connection, victim: Victim, attacker: Caller) -> list[tuple[Any, ...]]:
    """Everything that the attacks below would like to change."""
    return rows(
        db,
        "select to_jsonb(partner), (select jsonb_agg(lead order by lead.id) from public.leads as lead"
        " where lead.partner_id = partner.id and lead.company_name <> 'Mine'),"
        " (select jsonb_agg(deal) from public.deals as deal where deal.partner_id = partner.id),"
        " (select jsonb_agg(line) from public.commissions as line where line.partner_id = partner.id)"
        " from public.partners as partner where partner.id = any (%s::uuid[]) order by partner.id",
        [victim.id, attacker.id],
    )


@pytest.mark.parametrize(
    "query",
    [
        "leads?or=(partner_id.eq.{victim},company_name.not.is.null)",
        "leads?not.and=(partner_id.eq.{me},company_name.is.null)",
        "leads?partner_id=neq.{me}",
        "leads?select=*,lead_activities(*)&lead_activities.partner_id=eq.{victim}&partner_id=eq.{victim}",
        "leads?select=company:company_name,id::text&partner_id=eq.{victim}",
        "deals?select=*,leads(*),partners!deals_partner_id_fkey(*)&partner_id=eq.{victim}",
        "commissions?select=*,deals(*,leads(*))&partner_id=eq.{victim}",
        "partners?select=*,deals!deals_partner_id_fkey(*),leads!leads_partner_id_fkey(*)&id=neq.{me}",
        "notifications?select=*,partners(*)&partner_id=eq.{victim}",
        "lead_cards?select=*&partner_id=eq.{victim}",
    ],
)
def test_filters_and_embedding_show_no_foreign_row(victim: Victim, attacker: Caller, query: str) -> None:
    answer = attacker.rest("GET", query.format(victim=victim.id, me=attacker.id), prefer="count=exact")
    assert answer.status_code in (200, 206), answer.text
    assert not [secret for secret in (*victim.secrets, victim.lead, victim.won_lead) if secret in answer.text]


@pytest.mark.parametrize("table", ["leads", "deals", "commissions", "payouts", "partners", "notifications"])
@pytest.mark.parametrize("counting", ["exact", "planned", "estimated"])
def test_counts_do_not_tell_of_foreign_rows(victim: Victim, attacker: Caller, table: str, counting: str) -> None:
    column = "id" if table == "partners" else "partner_id"
    query = f"{table}?select=id&{column}=eq.{victim.id}"
    answer = attacker.rest("HEAD", query, prefer=f"count={counting}")
    nobody = attacker.rest("HEAD", query.replace(victim.id, str(uuid.uuid4())), prefer=f"count={counting}")
    assert answer.headers["content-range"] == nobody.headers["content-range"]
    if counting == "exact":
        assert answer.headers["content-range"] == "*/0"


def test_columns_that_are_not_granted_are_no_oracle(attacker: Caller) -> None:
    for query in (
        "payouts?select=id&idempotency_key=like.a*",
        "payouts?select=id&order=idempotency_key",
        "payout_accounts?select=partner_id&stripe_account_id=not.is.null",
        "push_subscriptions?select=id&order=auth.desc",
        "partners?select=id,payout_accounts(stripe_account_id)",
    ):
        refused(attacker.rest("GET", query), 403, "42501")


def test_upserts_and_named_columns_write_nothing_protected(
    victim: Victim, attacker: Caller, attack_db: psycopg.Connection
) -> None:
    before = state(attack_db, victim, attacker)
    merge = "resolution=merge-duplicates"
    for path, row in (
        ("partners?on_conflict=id", {"id": attacker.id, "current_tier": "elite"}),
        ("partners?on_conflict=email", {"email": victim.email, "name": "Mine"}),
        ("deals?on_conflict=id", {"id": victim.deal["id"], "contracted_value": 1}),
        ("commissions?on_conflict=id", {"id": victim.commission, "status": "payable"}),
        ("leads?on_conflict=id&columns=id,notes", {"id": victim.lead, "notes": "mine"}),
        ("leads?columns=company_name,partner_id", {"company_name": "Mine", "partner_id": victim.id}),
        ("leads?columns=company_name,status", {"company_name": "Mine", "status": "closed_won"}),
    ):
        answer = attacker.rest("POST", path, row, prefer=merge)
        assert answer.status_code in (400, 403), f"{path}: {answer.status_code} {answer.text}"
        assert answer.json()["code"] in ("42501", "23502"), answer.text
    for path, row in (
        (f"partners?id=eq.{attacker.id}&columns=current_tier", {"current_tier": "elite"}),
        (f"partners?id=eq.{attacker.id}", {"name": "Mine", "status": "active", "commission_rate": 9000}),
        (f"leads?or=(id.eq.{victim.lead},id.is.null)&columns=partner_id", {"partner_id": attacker.id}),
    ):
        refused(attacker.rest("PATCH", path, row), 403, "42501")
    put = attacker.rest("PUT", f"leads?id=eq.{victim.lead}", {"id": victim.lead, "company_name": "Mine"})
    assert put.status_code in (400, 403, 405), put.text
    assert state(attack_db, victim, attacker) == before


def test_a_get_changes_nothing(victim: Victim, attacker: Caller, attack_db: psycopg.Connection) -> None:
    before = state(attack_db, victim, attacker)
    for query in (
        f"rpc/claim_win?lead_id={victim.lead}&value=1&currency=USD&request_id={uuid.uuid4()}",
        f"rpc/move_lead?lead_id={victim.lead}&to_status=contacted",
        "rpc/revoke_other_sessions",
    ):
        refused(attacker.rest("GET", query), 405, "25006")
    payout = attacker.rest("GET", f"rpc/request_payout?currency=USD&request_id={uuid.uuid4()}")
    refused(payout, 403, "PT403")
    assert state(attack_db, victim, attacker) == before


def test_headers_give_no_rights(settings: Settings, victim: Victim, attacker: Caller) -> None:
    claims = json.dumps({"sub": victim.partner.subject, "role": "service_role", "aal": "aal2"})
    for headers in (
        {"role": "service_role", "x-role": "service_role", "x-user-id": victim.partner.subject},
        {"request.jwt.claims": claims, "x-jwt-claims": claims},
        {"x-forwarded-user": victim.email, "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"},
        {"prefer": "tx=commit, handling=lenient, timezone=UTC, max-affected=1000"},
        {"x-http-method-override": "PATCH"},
    ):
        answer = attacker.rest("GET", f"leads?partner_id=eq.{victim.id}", **headers)
        assert (answer.status_code, answer.json()) == (200, []), headers
    without = attacker.rest("GET", "leads", authorization=f"Bearer {settings.publishable_key}")
    assert without.status_code in (401, 403), without.text


def test_paths_of_storage_do_not_climb(victim: Victim, attacker: Caller) -> None:
    name = f"secret-{uuid.uuid4().hex}.png"
    assert victim.storage("POST", f"object/avatars/{victim.id}/{name}", **PICTURE).status_code == 200
    own = f"{attacker.id}/own-{uuid.uuid4().hex}.png"
    assert attacker.storage("POST", f"object/avatars/{own}", **PICTURE).status_code == 200
    up = "%2e%2e"
    attempts: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", f"object/authenticated/avatars/{attacker.id}/{up}/{victim.id}/{name}", {}),
        ("GET", f"object/authenticated/avatars/{attacker.id}%2F{up}%2F{victim.id}%2F{name}", {}),
        ("GET", f"object/authenticated/avatars//{victim.id}/{name}", {}),
        ("POST", f"object/avatars/{attacker.id}/{up}/{victim.id}/new.png", PICTURE),
        ("POST", f"object/avatars/{victim.id}%2Fnew.png", PICTURE),
        ("POST", f"object/upload/sign/avatars/{victim.id}/new.png", {}),
        ("POST", f"object/sign/avatars/{victim.id}/{name}", {"json": {"expiresIn": 60}}),
        *(
            ("POST", f"object/{verb}", {"json": {"bucketId": "avatars", "sourceKey": source, "destinationKey": goal}})
            for verb in ("copy", "move")
            for source, goal in (
                (own, f"{victim.id}/planted.png"),
                (f"{victim.id}/{name}", f"{attacker.id}/stolen.png"),
                (own, f"{attacker.id}/../{victim.id}/planted.png"),
            )
        ),
    ]
    for method, target, options in attempts:
        answer = attacker.storage(method, target, **options)
        assert answer.status_code in (400, 403, 404), f"{method} {target} {options}: {answer.status_code}"
    across = {"bucketId": "avatars", "destinationBucket": "statements", "sourceKey": own, "destinationKey": own}
    assert attacker.storage("POST", "object/copy", json=across).status_code in (400, 403, 404)
    listed = victim.storage("POST", "object/list/avatars", json={"prefix": f"{victim.id}/"}).json()
    assert not {"planted.png", "new.png"} & {entry["name"] for entry in listed}


def test_a_signed_address_opens_its_own_file_only(victim: Victim, attacker: Caller) -> None:
    name = f"{victim.id}/secret-{uuid.uuid4().hex}.png"
    assert victim.storage("POST", f"object/avatars/{name}", **PICTURE).status_code == 200
    own = f"{attacker.id}/own-{uuid.uuid4().hex}.png"
    assert attacker.storage("POST", f"object/avatars/{own}", **PICTURE).status_code == 200
    signed = attacker.storage("POST", f"object/sign/avatars/{own}", json={"expiresIn": 60}).json()["signedURL"]
    path, _, query = signed.partition("?")
    assert attacker.storage("GET", signed.removeprefix("/")).status_code == 200
    for other in (path.replace(own, name), path.replace(own, f"{attacker.id}/../{name}")):
        answer = attacker.storage("GET", f"{other.removeprefix('/')}?{query}")
        assert answer.status_code in (400, 403, 404), f"{other}: {answer.status_code}"
    upload = attacker.storage("POST", f"object/upload/sign/avatars/{attacker.id}/{uuid.uuid4().hex}.png").json()["url"]
    token = upload.partition("?")[2]
    put = attacker.storage("PUT", f"object/upload/sign/avatars/{victim.id}/planted.png?{token}", **PICTURE)
    assert put.status_code in (400, 403, 404), put.text


async def test_topics_are_not_guessed(settings: Settings, victim: Victim, attacker: Caller) -> None:
    async with raw_socket(gateway_address(settings), settings.publishable_key, "1.0.0") as socket:
        for topic in (
            *(f"partner:{victim.id}{end}" for end in ("", ".0", ".1", ".", ":", "%", " ", ".1.2")),
            *(f"partner:{name}" for name in ("*", "%", "", victim.id.upper(), f"{attacker.id},{victim.id}")),
            f"PARTNER:{victim.id}",
            f"partner:{attacker.id}:partner:{victim.id}",
            f"team:{victim.id}",
            "channel:*",
            "presence:*",
        ):
            answer = await socket.join(topic, attacker.token)
            assert answer["status"] == "error", topic

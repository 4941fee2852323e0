"""Outbound webhooks: registered by admins, one delivery per event and endpoint, secrets in Vault."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import acting, call, expect_refusal, make_partner, make_staff, rows, value

Db = psycopg.Connection[tuple[Any, ...]]


def register(db: Db, *types: str, url: str = "") -> dict[str, Any]:
    with acting(db, make_staff(db, "admin").actor("aal2")):
        made: dict[str, Any] = call(
            db, "register_webhook", url=url or f"https://example.com/{uuid.uuid4()}", description="Test",
            event_types=list(types),
        )  # fmt: skip
    return made


def told(db: Db, webhook: str) -> list[str]:
    found = rows(
        db, "select event_type from public.webhook_deliveries where webhook_id = %s order by event_id", webhook
    )
    return [kind for (kind,) in found]


def test_each_event_is_told_once_to_each_endpoint_that_asked(db: Db) -> None:
    exact, family = register(db, "partner.suspended"), register(db, "partner.*", "ticket.opened")
    partner = make_partner(db)
    with acting(db, make_staff(db, "admin").actor("aal2")):
        call(db, "suspend_partner", partner_id=partner.id, reason="test")
        call(db, "suspend_partner", partner_id=partner.id, reason="again")  # nothing changes, nothing is told
        call(db, "reinstate_partner", partner_id=partner.id, reason="test")
    assert told(db, exact["id"]) == ["partner.suspended"]
    assert told(db, family["id"]) == ["partner.suspended", "partner.active"]


def test_what_staff_do_by_hand_and_sessions_stay_inside(db: Db) -> None:
    everything = register(db, "*")
    db.execute("insert into public.marketing_assets (title, category) values ('Deck', 'brochures')")
    register(db, "deal.*")
    assert told(db, everything["id"]) == []


def test_the_secret_is_shown_once_and_lies_in_vault(db: Db) -> None:
    made = register(db, "deal.*")
    assert made["secret"].startswith("whsec_")
    kept = "select s.decrypted_secret from vault.decrypted_secrets as s where s.name = 'webhook:' || %s"
    assert value(db, kept, made["id"]) == made["secret"]
    with acting(db, make_staff(db, "owner").actor("aal2")), expect_refusal(db, "42501"):
        rows(db, "select secret_id from public.webhooks")
    told_to_auditors = value(db, "select string_agg(after::text, '') from ops.events where subject_kind = 'webhook'")
    assert made["secret"] not in told_to_auditors


def test_a_retired_endpoint_hears_no_more_and_its_secret_is_gone(db: Db) -> None:
    made = register(db, "partner.*")
    partner = make_partner(db)
    db.execute("select private.set_status(%s, 'inactive', 'test')", (partner.id,))
    with acting(db, make_staff(db, "admin").actor("aal2")):
        call(db, "retire_webhook", webhook_id=uuid.UUID(made["id"]))
        call(db, "retire_webhook", webhook_id=uuid.UUID(made["id"]))
        with expect_refusal(db, "PT404", "not_found"):
            call(db, "retire_webhook", webhook_id=uuid.uuid4())
    db.execute("select private.set_status(%s, 'active', null)", (partner.id,))
    found = rows(db, "select event_type, status::text from public.webhook_deliveries where webhook_id = %s", made["id"])
    assert found == [("partner.inactive", "withdrawn")]
    assert value(db, "select count(*) from vault.secrets where name = 'webhook:' || %s", made["id"]) == 0


@pytest.mark.parametrize(
    ("url", "types", "rule"),
    [
        ("http://example.com/", ["deal.*"], "url"),
        ("https://name:secret@example.com/", ["deal.*"], "url"),
        ("https://example.com/x", [], "event_types"),
        ("https://example.com/x", ["deal"], "event_types"),
    ],
)
def test_bad_endpoints_are_refused(db: Db, url: str, types: list[str], rule: str) -> None:
    with expect_refusal(db, "22023", rule):
        register(db, *types, url=url)


def test_one_address_is_registered_once(db: Db) -> None:
    address = f"https://example.com/{uuid.uuid4()}"
    register(db, "deal.*", url=address)
    with expect_refusal(db, "PT409", "already_there"):
        register(db, "payout.*", url=address)

"""The slice from sign-up to money in the bank, played by real clients against the running platform."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import httpx
import psycopg
import pytest
from postgrest import APIError

from siso_local.settings import Settings
from tests.e2e.people import Partner, admin, client_pays, wait_for

CHECKS = (
    "unbalanced_journals",
    "account_balances",
    "negative_payable",
    "lines_against_ledger",
    "payouts_against_ledger",
    "payout_items",
)


def of_partner(db: psycopg.Connection, query: str, partner: str) -> list[Any]:
    return db.execute(query, (partner,)).fetchall()


async def test_a_won_deal_becomes_money_that_the_partner_sees(settings: Settings, admin_db: psycopg.Connection) -> None:
    partner = await Partner.new(settings)
    await partner.become_partner()

    # The phone listens: to push, and to its private channel.
    device = httpx.post(f"{settings.url('push')}/_double/subscriptions", json={}).json()
    await partner.call("subscribe_push", endpoint=device["endpoint"], **device["keys"], user_agent="test")
    heard: list[str] = []
    session = await partner.client.auth.get_session()
    assert session
    await partner.client.realtime.set_auth(session.access_token)
    channel = partner.client.channel(
        f"partner:{partner.id}",
        {"config": {"private": True, "broadcast": {}, "presence": {"enabled": False, "key": ""}}},
    )
    for event in ("earnings.changed", "payout.changed", "notification.created"):
        channel.on_broadcast(event, lambda message: heard.append(message["event"]))
    joined = asyncio.Event()
    await channel.subscribe(lambda state, _error: joined.set() if str(state).endswith("SUBSCRIBED") else None)
    await asyncio.wait_for(joined.wait(), 10)

    deal = await partner.win(150_000)
    assert (deal["rate"], deal["estimated_commission"], deal["status"]) == (2000, 30_000, "claimed")
    [summary] = await partner.call("earnings_summary")
    assert (summary["estimated"], summary["available"]) == (30_000, 0)

    admin(settings, "verify-deal", deal["reference"], "150000")
    first = client_pays(settings, deal["reference"], 100_001, source_id=f"{deal['reference']}-1")
    assert first.status_code == 202, first.text
    again = client_pays(settings, deal["reference"], 100_001, source_id=f"{deal['reference']}-1")
    assert again.status_code == 200, again.text  # the same payment is one payment
    second = client_pays(settings, deal["reference"], 49_999, source_id=f"{deal['reference']}-2", instalment=2)
    assert second.status_code == 202, second.text

    async def cleared() -> Any:
        [now] = await partner.call("earnings_summary")
        return now if now["available"] == 30_000 else None

    summary = await partner.wait_for("the commission to clear", cleared, 40)
    assert summary["estimated"] == 0
    assert "earnings.changed" in heard

    # Money leaves only with a second factor and an account to go to.
    with pytest.raises(APIError) as refused:
        await partner.call("request_payout", currency="USD", request_id=str(uuid.uuid4()))
    assert refused.value.code == "PT403"
    assert "mfa_not_enrolled" in str(refused.value.details)
    await partner.enrol_second_factor()
    with pytest.raises(APIError) as refused:
        await partner.call("request_payout", currency="USD", request_id=str(uuid.uuid4()))
    assert "no_payout_account" in str(refused.value.details)
    await partner.connect_payout_account(admin_db)

    request = str(uuid.uuid4())
    payout = await partner.call("request_payout", currency="USD", request_id=request)
    assert (payout["amount"], payout["status"]) == (30_000, "approved")
    assert (await partner.call("request_payout", currency="USD", request_id=request))["id"] == payout["id"]

    async def paid() -> bool:
        row: Any = (await partner.client.table("payouts").select("status").eq("id", payout["id"]).execute()).data
        return bool(row) and row[0]["status"] == "paid"

    await partner.wait_for("the payout to be paid", paid, 40)
    [summary] = await partner.call("earnings_summary")
    assert (summary["paid"], summary["available"], summary["processing"]) == (30_000, 0, 0)

    def pushed() -> Any:
        wanted = {"subscription": device["endpoint"]}
        found = httpx.get(f"{settings.url('push')}/_double/messages", params=wanted).json()
        return [m for m in found if m["json"]["notification"]["title"] == "Payout sent"]

    message = wait_for("the push message", pushed)[0]
    assert "300" not in message["text"], "a lock screen tells no amount"
    assert "payout.changed" in heard

    # Stripe moved it once, and the books say the same.
    transfers = of_partner(
        admin_db, "select stripe_transfer_id, attempt from payouts where partner_id = %s", partner.id
    )
    assert len(transfers) == 1
    state = httpx.get(f"{settings.url('stripe')}/_double/state").json()
    made = [t for t in state["objects"]["transfer"] if t["transfer_group"] == f"payout-{payout['id']}"]
    assert [t["amount"] for t in made] == [30_000]
    dead = admin_db.execute(
        "select to_jsonb(job) from private.check_dead_jobs as job where payload ->> 'payout_id' = %s", (payout["id"],)
    )
    assert dead.fetchall() == []
    for check in CHECKS:
        assert of_partner_rows(admin_db, check, partner.id) == [], check
    await partner.client.realtime.close()


def of_partner_rows(db: psycopg.Connection, check: str, partner: str) -> list[Any]:
    """What an invariant view says about one partner (others' tests may be in the middle of something)."""
    rows = db.execute(f"select to_jsonb(c) from private.check_{check} as c").fetchall()  # noqa: S608
    return [row[0] for row in rows if row[0].get("partner_id") in (None, partner)]

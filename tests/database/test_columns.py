"""The product's tables are there under their promised names, with sound types behind the names."""

from __future__ import annotations

import psycopg
import pytest

from tests.database.harness import rows

# What stands in another place than the name says: column → where the fact lives (decisions ).
ELSEWHERE = {
    ("leads", "days_in_stage"): ("lead_cards", "days_in_stage"),
    ("lead_activities", "attachments"): ("lead_attachments", "lead_id"),
    ("chat_messages", "attachments"): ("attachments", "message_id"),
    ("support_tickets", "responses"): ("ticket_messages", "ticket_id"),
}

TABLES = {
    "partners": "id user_id name email phone status current_tier commission_rate referral_code team_leader_id"
    " created_at updated_at",
    "tier_progression": "id partner_id current_tier deals_count progress_percentage requirements_met"
    " next_tier_requirements estimated_days_to_next created_at updated_at",
    "leads": "id partner_id company_name contact_name contact_email contact_phone project_type estimated_value status"
    " source attribution_data days_in_stage next_action next_action_date created_at updated_at",
    "lead_activities": "id lead_id partner_id activity_type notes attachments created_at",
    "commissions": "id partner_id lead_id project_id amount commission_type status payment_date stripe_transfer_id"
    " created_at",
    "partner_teams": "id team_leader_id team_member_id override_percentage status created_at",
    "training_progress": "id partner_id module_id module_name completion_percentage quiz_score certified"
    " certification_date created_at updated_at",
    "marketing_assets": "id title category file_url file_type file_size tier_requirement download_count created_at",
    "asset_downloads": "id asset_id partner_id downloaded_at",
    "chat_channels": "id name type tier_requirement created_at",
    "chat_messages": "id channel_id partner_id message attachments thread_id reactions created_at",
    "notifications": "id partner_id type title message action_url read created_at",
    "achievements": "id partner_id badge_type badge_name earned_at",
    "support_tickets": "id partner_id subject priority status category description responses created_at resolved_at",
}


def columns(db: psycopg.Connection, table: str) -> dict[str, str]:
    """Name → type of every column of a table or view in public."""
    found = rows(
        db,
        "select column_name, data_type from information_schema.columns"
        " where table_schema = 'public' and table_name = %s",
        table,
    )
    return dict(found)


@pytest.mark.parametrize("table", TABLES)
def test_every_promised_column_is_there(db: psycopg.Connection, table: str) -> None:
    present = columns(db, table)
    for column in TABLES[table].split():
        place, name = ELSEWHERE.get((table, column), (table, column))
        assert name in (present if place == table else columns(db, place)), f"{place}.{name}"


def test_no_money_or_time_is_kept_loosely(db: psycopg.Connection) -> None:
    """No floats and no times without a zone, anywhere in our schemas (A-38)."""
    loose = rows(
        db,
        "select table_schema, table_name, column_name, data_type from information_schema.columns"
        " where table_schema in ('public', 'private', 'ledger', 'ops')"
        " and data_type in ('real', 'double precision', 'timestamp without time zone', 'money')"
        " and table_name not in (select viewname from pg_views where schemaname in ('public', 'private'))",
    )
    assert loose == []


def test_every_amount_says_its_currency(db: psycopg.Connection) -> None:
    bare = rows(
        db,
        "select amounts.table_schema, amounts.table_name from information_schema.columns as amounts"
        " join information_schema.tables as tables using (table_schema, table_name)"
        " where amounts.column_name = 'amount' and tables.table_type = 'BASE TABLE'"
        " and amounts.table_schema in ('public', 'ledger') and not exists ("
        "  select from information_schema.columns as other where other.table_schema = amounts.table_schema"
        "  and other.table_name = amounts.table_name and other.column_name = 'currency')"
        # A payout's items and reversals have the currency of their payout.
        " and amounts.table_name not in ('payout_items', 'payout_reversals')",
    )
    assert bare == []

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


# Tables that the product needs without naming their columns, by row of the requirements; with a colon where the name is
# another one, or the fact is a column.
IMPLIED = {
    "R-299": "applications terms_acceptances staff_roles feature_flags",
    "R-300": "tier_definitions tier_requirements partner_tier_history tier_benefits engagement_events client_feedback",
    "R-301": "deals client_payments refunds:client_refunds disputes:client_disputes referral_links link_clicks recruits"
    " lead_conflicts attribution_claims tasks lead_shares",
    "R-302": "commission_plans rate_overrides ledger_accounts:ledger.accounts ledger_entries:ledger.lines"
    " commission_traces:commissions.base_amount holds:risk_holds holds:payout_holds payouts payout_items"
    " payout_accounts tax_status:payout_accounts.tax_status statements",
    "R-303": "training_modules lessons quizzes questions:quiz_questions quiz_attempts certificates"
    " assignments:training_assignments saved_items",
    "R-304": "asset_versions customised_assets brand_profiles proposals",
    "R-305": "channel_members read_cursors message_reactions attachments message_reports blocks:partner_blocks"
    " mutes:channel_members.muted_until moderation_actions presence:partner_presence",
    "R-306": "notification_preferences push_subscriptions deliveries:ops.push_deliveries challenges challenge_entries"
    " badges streaks leaderboard_snapshots",
    "R-307": "ticket_messages events_rsvp:event_rsvps campaigns audit_log:ops.audit_log webhooks webhook_deliveries"
    " outbox:ops.outbox idempotency_keys:ops.applied_ops",
}


@pytest.mark.parametrize("requirement", IMPLIED)
def test_every_implied_table_is_there_with_a_key(db: psycopg.Connection, requirement: str) -> None:
    keyed = {
        f"{schema}.{table}": set(columns)
        for schema, table, columns in rows(
            db,
            "select c.relnamespace::regnamespace::text, c.relname::text, array_agg(a.attname::text)"
            " from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0"
            " where c.relkind = 'v' or exists ("  # what follows from other tables is a view
            "  select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'p') group by 1, 2",
        )
    }
    for word in IMPLIED[requirement].split():
        parts = word.rpartition(":")[2].split(".")
        schema, rest = (parts[0], parts[1:]) if parts[0] in ("ledger", "ops") else ("public", parts)
        table = f"{schema}.{rest[0]}"
        assert table in keyed, word
        assert set(rest[1:]) <= keyed[table], word

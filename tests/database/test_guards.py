"""Columns of money, access, tier, rate and status: a direct edit is refused and names the function."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.database.access_model import Matrix
from tests.database.access_stage import Stage
from tests.database.harness import by_hand, expect_refusal, make_login, make_partner, make_staff, rows, value

# Guarded by a trigger of their own, older or narrower than private.guard: table → columns (all where none are named).
OWN_GUARD = {
    "public.partners": "current_tier commission_rate status status_reason team_leader_id",
    "public.partner_tier_history": "tier valid_from valid_to decided_by plan_id",
    "public.tier_definitions": "min_qualified_deals",
    "public.commission_plans": "team_override_bp override_min_tier active_leader_days referral_bp referral_min_tier"
    " program_cap_bp published_by version effective_from",
    "public.commission_plan_rates": "tier base_bp",
    "public.tier_requirements": "tier threshold blocking",
    "public.rate_overrides": "partner_id rate_bp floor_bp cap_bp valid_from valid_to approved_by",
    "public.partner_teams": "team_leader_id team_member_id",
    "public.staff_roles": "staff_id role",
    "public.staff_members": "active email",
    "public.deals": "partner_id claimed_value currency tier_at_win rate_bp rate_override_id override_bp referral_bp",
    "public.commissions": "partner_id amount currency tier rate_bp base_amount",
    "public.payouts": "partner_id amount currency",
    "public.client_refunds": "amount reported_amount",
    "public.survey_answers": "score",
    "public.statements": "partner_id opening_balance closing_balance",
    "ledger.lines": "amount currency balance_after",
    "ledger.journals": "kind",
}
# What looks like money, access, tier, rate or status and is not: why it may be edited in Studio or by its owner. All of
# it reaches the audit log.
NOT_GUARDED = {
    "content of staff, edited in Studio": "challenges.tier_requirement challenges.prize_amount"
    " chat_channels.tier_requirement curated_posts.tier_requirement events.tier_requirement"
    " faq_articles.tier_requirement faq_articles.published"
    " marketing_assets.tier_requirement marketing_assets.published price_book.tier_requirement price_book.amount"
    " training_modules.tier_requirement feature_flags.min_tier feature_flags.enabled feature_flag_partners.enabled"
    " tier_benefits.tier risk_rules.enabled"
    " follow_up_rules.status beta_programs.tier_requirement"
    " tier_definitions.tier curated_posts.published_at",
    "written by its owner under a policy": "leads.estimated_value partner_presence.status partner_presence.status_text"
    " proposals.status proposals.total notification_preferences.enabled custom_deals.wanted_rate"
    " brand_profiles.page_published",
    "a request that staff answer in Studio": "customised_assets.status",
    "how far a worker is": "exports.status finance_exports.status webhook_deliveries.response_status",
    "a cache that a trigger or a run computes": "partner_directory.current_tier leaderboard_scores.tier"
    " leaderboard_snapshots.tier_rank lead_scores.score partner_teams.status partners.status_changed_at",
}
SUSPECT = re.compile(
    r"(^|_)(status|state|tier|role|rate|amount|balance|passed|score|published|enabled|muted_until|revoked_at|verified_at)(_|$)"
    r"|_bp$|_value$|tier_requirement|wanted_rate|^total$|^prize_amount$|^published_at$"
)
# What no function changes either.
NEVER = re.compile(r"append_only|append-only|frozen_terms|frozen_payout|paid_is_final")
CHANGED = {
    "boolean": "not coalesce({0}, false)",
    "uuid": "gen_random_uuid()",
    "date": "coalesce({0}, current_date) + 1",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 day'",
    "interval": "coalesce({0}, interval '0') + interval '1 hour'",
    "jsonb": "'{{\"x\": 1}}'",
    "bytea": "'\\x00'",
    "ARRAY": "'{{}}'",
}


def changed(db: psycopg.Connection, table: str, column: str) -> str:
    """An expression for another value of the column."""
    schema, name = table.split(".")
    kind, udt = rows(
        db,
        "select data_type, udt_schema || '.' || udt_name from information_schema.columns"
        " where (table_schema, table_name, column_name) = (%s, %s, %s)",
        schema, name, column,
    )[0]  # fmt: skip
    if kind == "USER-DEFINED" and udt != "extensions.citext":
        return (
            f"(select label.enumlabel::{udt} from pg_enum as label where label.enumtypid = '{udt}'::regtype"  # noqa: S608
            f" and label.enumlabel is distinct from {column}::text limit 1)"
        )
    if kind in CHANGED:
        return CHANGED[kind].format(column)
    if kind in ("integer", "bigint", "smallint", "numeric"):
        return f"coalesce({column}, 0) + 1"
    return f"'x' || coalesce(left({column}, 1), '')"


def guarded(db: psycopg.Connection) -> dict[str, list[str]]:
    """Table → columns under private.guard, as its triggers say, and those under a guard of their own."""
    found: dict[str, list[str]] = {table: columns.split() for table, columns in OWN_GUARD.items()}
    triggers = rows(
        db,
        "select tgrelid::regclass::text, encode(tgargs, 'escape') from pg_trigger"
        " where tgname in ('a_guard', 'a_guard_owner') and tgfoid = 'private.guard_columns()'::regprocedure",
    )
    for name, arguments in triggers:
        table = name if "." in name else f"public.{name}"
        found[table] = [*found.get(table, []), *arguments.split("\\000")[1].split(", ")]
    return found


def functions(db: psycopg.Connection) -> set[str]:
    found = rows(
        db,
        "select proname from pg_proc"
        " where pronamespace = any (array['public', 'private', 'worker', 'ledger']::regnamespace[])",
    )
    return {name for (name,) in found}


LEDGER = """
insert into ledger.accounts (kind, currency) values ('commission_expense', 'XTS');
insert into ledger.journals (kind, source_kind, source_id) values ('accrue', 'test', gen_random_uuid());
insert into ledger.lines (journal_id, line_no, account_id, amount, currency, balance_after)
select journal.id, side.line_no, account.id, side.amount, 'XTS', 1
from ledger.journals as journal, ledger.accounts as account, (values (1, 1), (2, -1)) as side (line_no, amount)
where journal.source_kind = 'test' and account.currency = 'XTS';
"""


@contextmanager
def as_role(stage: Stage, role: str) -> Iterator[psycopg.Connection]:
    """The stage's rows, seen by somebody who connects as this role and whom row-level security may not bind."""
    stage.connection.execute("savepoint direct")
    with by_hand(stage.connection):
        stage.connection.execute(LEDGER.encode(), prepare=False)
    stage.connection.execute(f"set local session authorization {role}".encode())
    try:
        yield stage.connection
    finally:
        stage.connection.execute("rollback to savepoint direct")


def attempts(stage: Stage, db: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """(what it is, the statement) for every guarded column, on the sample of the access matrix where there is one."""
    for table, columns in sorted(guarded(db).items()):
        where = stage.matrix.tables.get(table, {}).get("sample", "true")
        for column in columns:
            edit = f"update {table} set {column} = {changed(db, table, column)} where {where}"  # noqa: S608
            yield f"{table}.{column}", stage.fill(edit)


def refusal(connection: psycopg.Connection, statement: str) -> psycopg.Error | str:
    connection.execute("savepoint edit")
    try:
        done = connection.execute(statement.encode())
    except psycopg.Error as error:
        connection.execute("rollback to savepoint edit")
        return error
    return f"changed {done.rowcount} rows"


def test_the_owner_of_the_tables_is_told_which_function_to_use(stage: Stage, db: psycopg.Connection) -> None:
    """Studio and psql edit as postgres, whom grants and row-level security do not stop."""
    known, wrong = functions(db), []
    with as_role(stage, "postgres") as connection:
        for what, statement in attempts(stage, db):
            error = refusal(connection, statement)
            if isinstance(error, str) or error.sqlstate != "42501":
                wrong.append(f"{what}: {error}")
            elif not NEVER.search(str(error)) and not known & set(re.findall(r"[a-z_]+", str(error.diag.message_hint))):
                wrong.append(f"{what} names no function: {error}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["service_role", "owner", "finance", "partner"])
def test_nobody_who_comes_through_the_api_edits_them(stage: Stage, db: psycopg.Connection, who: str) -> None:
    statements = list(attempts(stage, db))
    wrong = []
    with stage.acting(stage.matrix.actors[who]):
        for what, statement in statements:
            error = refusal(stage.connection, statement)
            if isinstance(error, str) or error.sqlstate != "42501":
                wrong.append(f"{what}: {error}")
    assert not wrong, "\n".join(wrong)


def test_rows_of_money_and_access_are_not_added_or_removed_by_hand(stage: Stage, db: psycopg.Connection) -> None:
    tables = rows(db, "select distinct tgrelid::regclass::text from pg_trigger where tgname = 'a_guard_rows'")
    assert len(tables) >= 10
    with as_role(stage, "postgres") as connection:
        for (name,) in tables:
            table = name if "." in name else f"public.{name}"
            where = stage.fill(stage.matrix.tables.get(table, {}).get("sample", "true"))
            for statement in (f"delete from {table} where {where}", f"insert into {table} default values"):  # noqa: S608
                error = refusal(connection, statement)
                assert not isinstance(error, str), f"{statement}: {error}"
                assert error.sqlstate == "42501", f"{statement}: {error}"


def test_every_column_of_that_kind_is_guarded_or_said_not_to_be(db: psycopg.Connection, matrix: Matrix) -> None:
    listed = {f"{table}.{column}" for table, columns in guarded(db).items() for column in columns}
    excused = {f"public.{column}" for columns in NOT_GUARDED.values() for column in columns.split()}
    found = rows(
        db,
        "select columns.table_schema || '.' || columns.table_name, columns.column_name"
        " from information_schema.columns join information_schema.tables using (table_schema, table_name)"
        " where tables.table_type = 'BASE TABLE' and columns.table_schema in ('public', 'ledger')",
    )
    suspects = {f"{table}.{column}" for table, column in found if SUSPECT.search(column)}
    assert suspects - listed - excused == set()
    assert excused - {f"{table}.{column}" for table, column in found} == set(), "said of columns that are not there"
    assert excused & listed == set()


# -- staff ---------------------------------------------------------------------------------------------------------


def test_staff_are_added_and_removed_by_owners_alone(db: psycopg.Connection) -> None:
    make_staff(db, "owner")
    member = make_staff(db, "support")
    for statement in (
        "insert into public.staff_roles (staff_id, role) values (%(id)s, 'owner')",
        "update public.staff_roles set role = 'owner' where staff_id = %(id)s",
        "delete from public.staff_roles where staff_id = %(id)s",
        "update public.staff_members set active = true where id = %(id)s",
        "insert into public.staff_members (name, email) values ('Staff', 'someone@example.com')",
    ):
        with expect_refusal(db, "42501", "guarded"):
            db.execute(statement.encode(), {"id": member.id})


def test_the_first_owner_is_appointed_by_the_owner_of_the_database_and_only_the_first(db: psycopg.Connection) -> None:
    login = make_login(db)
    db.execute("update auth.users set email_confirmed_at = now() where id = %s", (login.id,))
    with by_hand(db):
        db.execute("delete from public.staff_roles where role = 'owner'")
    with expect_refusal(db, "PT404", "not_found"):
        value(db, "select private.appoint_owner('nobody@example.com', 'Owner')")
    staff = value(db, "select private.appoint_owner(%s, 'Owner')", login.email)
    assert value(db, "select role::text from public.staff_roles where staff_id = %s", staff) == "owner"
    with expect_refusal(db, "PT409", "already_there"):
        value(db, "select private.appoint_owner(%s, 'Owner')", login.email)


# -- what is changed by hand all the same ---------------------------------------------------------------------------


def audited(db: psycopg.Connection, table: str, subject: uuid.UUID) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    db.execute("set constraints ops.chain_events immediate")
    found = rows(
        db,
        "select action, body -> 'before', body -> 'after' from ops.audit_log"
        " where subject_kind = %s and subject_id = %s order by seq",
        f"public.{table}", subject,
    )  # fmt: skip
    db.execute("set constraints ops.chain_events deferred")
    return [(action, before or {}, after or {}) for action, before, after in found]


def test_an_edit_in_studio_reaches_the_audit_log_without_words(db: psycopg.Connection) -> None:
    asset = value(db, "insert into public.marketing_assets (title, category) values ('Deck', 'brochures') returning id")
    db.execute(
        "update public.marketing_assets set title = 'Secret name', tier_requirement = 'elite', published = false"
        " where id = %s",
        (asset,),
    )
    db.execute("delete from public.marketing_assets where id = %s", (asset,))
    inserted, updated, deleted = audited(db, "marketing_assets", asset)
    assert (inserted[0], updated[0], deleted[0]) == ("by_hand.insert", "by_hand.update", "by_hand.delete")
    assert updated[1] == {"tier_requirement": "starter", "published": True}
    assert updated[2] == {"columns": updated[2]["columns"], "tier_requirement": "elite", "published": False}
    assert set(updated[2]["columns"]) == {"title", "tier_requirement", "published"}
    assert "Secret name" not in json.dumps(updated)


def test_a_guard_that_is_passed_on_purpose_leaves_the_change_in_the_partners_stream(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    with by_hand(db):
        waiver = value(
            db,
            "insert into public.requirement_waivers (partner_id, tier, kind, reason, granted_by)"
            " values (%s, 'active', 'training_track', 'by hand', %s) returning id",
            partner.id, make_staff(db, "admin").id,
        )  # fmt: skip
    ((action, _, after),) = audited(db, "requirement_waivers", waiver)
    assert (action, after["tier"]) == ("by_hand.insert", "active")
    stream = value(db, "select stream from ops.audit_log where subject_id = %s", waiver)
    assert stream == f"partner:{partner.id}"


def test_what_a_function_does_is_told_once(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    db.execute("select private.set_status(%s, 'suspended', 'test')", (partner.id,))
    assert [action for action, _, _ in audited(db, "partners", partner.id)] == ["by_hand.insert"], "made by the test"
    told = value(db, "select count(*) from ops.events where partner_id = %s and type like 'partner.%%'", partner.id)
    assert told == 1


def test_every_table_is_audited_but_caches(db: psycopg.Connection) -> None:
    bare = rows(
        db,
        "select c.relname from pg_class as c where c.relkind = 'r' and c.relnamespace in ("
        " 'public'::regnamespace, 'private'::regnamespace, 'ledger'::regnamespace) and not exists ("
        " select from pg_trigger where tgrelid = c.oid and tgname = 'zzz_audit_by_hand') order by 1",
    )
    assert {name for (name,) in bare} <= {
        *("click_salts", "clock", "lead_scores", "leaderboard_scores", "leaderboard_snapshots", "link_clicks"),
        *("partner_directory", "partner_presence", "read_cursors", "streaks", "training_module_views", "usage_events"),
    }

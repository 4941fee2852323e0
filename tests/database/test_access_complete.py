"""access.yaml names everything that exists, and what exists keeps the house rules of access."""

from __future__ import annotations

from collections import defaultdict

import psycopg

from tests.database import access_catalog as catalog
from tests.database.access_model import TABLE_VERBS, Matrix
from tests.database.harness import rows


def test_every_table_and_view_is_in_the_file(db: psycopg.Connection, matrix: Matrix) -> None:
    named = {*matrix.tables, *matrix.closed_tables} - set(catalog.PLATFORM_TABLES)
    assert named == set(catalog.relations(db))
    assert not set(matrix.tables) & set(matrix.closed_tables)


def test_every_function_is_in_the_file_with_the_roles_that_may_execute_it(
    db: psycopg.Connection, matrix: Matrix
) -> None:
    found = catalog.executors(db, matrix.roles())
    assert matrix.executors(found) == found


def test_every_role_that_the_api_can_take_is_an_actor(db: psycopg.Connection, matrix: Matrix) -> None:
    found = rows(
        db,
        "select r.rolname from pg_auth_members as m join pg_roles as r on r.oid = m.roleid"
        " where m.member = 'authenticator'::regrole",
    )
    assert {name for (name,) in found} == set(matrix.roles())


def test_every_bucket_is_in_the_file(db: psycopg.Connection, matrix: Matrix) -> None:
    assert {name: bool(spec.get("public")) for name, spec in matrix.buckets.items()} == catalog.buckets(db)


def test_every_kind_of_topic_is_in_the_file(db: psycopg.Connection, matrix: Matrix) -> None:
    assert {topic.split(":")[0] for topic in matrix.topics} == catalog.topic_kinds(db)


def test_every_granted_column_is_in_the_file(db: psycopg.Connection, matrix: Matrix) -> None:
    """A verb of the file is granted on exactly its `columns` (on all where none are listed); a verb that the file does
    not name is granted on no column."""
    for verb in TABLE_VERBS[:3]:
        for table, (granted, every) in catalog.granted_columns(db, "authenticated", verb).items():
            spec = matrix.tables.get(table, {}).get(verb)
            columns = set(spec.get("columns", every)) if isinstance(spec, dict) else every
            assert granted == (columns if spec is not None else set()), f"{verb} on {table}"


def test_only_signed_in_people_reach_tables(db: psycopg.Connection, matrix: Matrix) -> None:
    for role in matrix.roles():
        if role == "authenticated":
            continue
        for verb in TABLE_VERBS[:3]:
            reached = {table for table, (granted, _) in catalog.granted_columns(db, role, verb).items() if granted}
            assert not reached, f"{role} may {verb} {sorted(reached)}"


def test_no_role_holds_a_privilege_without_a_column_in_the_file(db: psycopg.Connection, matrix: Matrix) -> None:
    assert catalog.other_grants(db, matrix.roles()) == []


def test_row_level_security_is_enabled_and_forced_everywhere_and_views_run_as_their_caller(
    db: psycopg.Connection,
) -> None:
    assert [name for name, safe in catalog.relations(db).items() if not safe] == []


def test_policies_are_for_signed_in_people_and_one_permissive_policy_decides(db: psycopg.Connection) -> None:
    """The one exception: the worker that files papers in Storage has policies of its own, on storage.objects alone."""
    permissive: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for policy in catalog.policies(db):
        (role,) = policy.roles
        assert role == "authenticated" or (role, policy.table) == ("documents_worker", "storage.objects"), policy
        for verb in TABLE_VERBS if policy.verb == "all" else [policy.verb]:
            if policy.permissive:
                permissive[policy.table, verb, role].append(policy.name)
    assert {key: names for key, names in permissive.items() if len(names) > 1} == {}


def test_policies_ask_who_is_asking_once_per_statement_and_never_by_auth_uid(db: psycopg.Connection) -> None:
    for policy in catalog.policies(db):
        text = f"{policy.using or ''} {policy.check or ''}"
        assert "auth.uid" not in text, policy
        assert "auth.jwt" not in text, policy
        # pg_policies prints (select private.f()) as ( SELECT private.f() AS f).
        for position in (i for i in range(len(text)) if text.startswith("private.", i)):
            assert text[:position].rstrip().endswith(("SELECT", "FROM")), f"per-row call in {policy}"


def test_no_function_of_ours_asks_auth_uid(db: psycopg.Connection) -> None:
    found = rows(
        db,
        "select p.oid::regprocedure from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace"
        r" where n.nspname = any (%s) and prosrc ~ 'auth\.(uid|jwt|role|email)\('",
        catalog.OUR_SCHEMAS,
    )
    assert found == []


def test_functions_pin_their_search_path_and_public_ones_run_as_their_caller(db: psycopg.Connection) -> None:
    found = rows(
        db,
        """
        select p.oid::regprocedure::text from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where n.nspname = any (%s)
            and (not coalesce('search_path=""' = any (p.proconfig), false) or n.nspname = 'public' and p.prosecdef)
        """,
        catalog.OUR_SCHEMAS,
    )
    assert found == []


# What a suspension leaves (F-17, A-35): one's own money, claims, support and proof; the account itself; and what
# everybody who signs in may read about money, terms and support. A new table of that kind is added here on purpose.
OPEN_TO_SUSPENDED = {
    *("public.partners", "public.terms_versions", "public.terms_acceptances", "public.tier_definitions"),
    *(
        "public.deals",
        "public.client_payments",
        "public.commissions",
        "public.client_refunds",
        "public.client_disputes",
    ),
    *("public.risk_holds", "public.commission_lines", "public.payouts"),
    *("public.payout_items", "public.payout_accounts", "public.rate_overrides", "public.payout_minimums"),
    "public.payout_countries",
    *("public.payout_holds", "public.instant_payouts", "public.instant_fees", "public.bank_payouts"),
    *("public.statements", "public.statement_files", "public.exports", "public.certificate_files"),
    *("public.commission_plans", "public.commission_plan_rates", "public.deal_cases", "public.deal_evidence"),
    *("public.adjustments", "public.reseller_declarations", "public.hold_appeals"),
    *("public.attribution_claims", "public.claim_evidence", "public.certificates"),
    "public.training_tracks",  # those of one's own certificates: their names
    *("public.support_tickets", "public.ticket_messages", "public.faq_articles", "public.support_levels"),
    *("public.business_calendar", "public.business_holidays"),
    *("bucket statements", "bucket certificates", "bucket exports", "bucket claim-files", "topic partner:{partner}"),
}


def test_a_suspension_leaves_money_claims_support_and_proof_alone_and_no_write_to_any_table(matrix: Matrix) -> None:
    for actor in ("suspended", "terminated"):
        allowed = [p for p in matrix.probes() if p.verb != "execute" and p.expected[actor] == "allow"]
        assert {p.subject for p in allowed if p.verb in ("select", "listen", "watch")} == OPEN_TO_SUSPENDED
        assert {p.subject for p in allowed if p.verb not in ("select", "listen", "watch")} == {"bucket claim-files"}


def test_a_paused_partner_writes_to_no_table(matrix: Matrix) -> None:
    """A-35: inactive is a pause by the partner. What is theirs stays readable; claims stay open to them (F-18)."""
    written = {
        p.subject
        for p in matrix.probes()
        if p.verb in ("insert", "update", "delete", "send", "announce") and p.expected["inactive"] == "allow"
    }
    assert written == {"bucket claim-files"}

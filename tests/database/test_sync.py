"""Offline work: exactly once, merged per field, nobody else's rows, a cursor that loses nothing."""

from __future__ import annotations

import time
import uuid
from typing import Any

import psycopg
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from siso_local.settings import Settings
from tests.database.harness import Person, acting, as_actor, as_postgres, expect_refusal, make_partner, value


def new_op(kind: str, **fields: Any) -> dict[str, Any]:
    return {"op_id": str(uuid.uuid4()), "kind": kind, **fields}


def insert_lead(company: str = "Client 17", **patch: Any) -> dict[str, Any]:
    return new_op("insert", table="leads", id=str(uuid.uuid4()), patch={"company_name": company, **patch})


def apply(db: psycopg.Connection, partner: Person, *ops: dict[str, Any]) -> list[dict[str, Any]]:
    with acting(db, partner.actor()):
        answer: list[dict[str, Any]] = value(db, "select public.apply_ops(%s)", Jsonb(list(ops)))
    return answer


def test_an_op_is_applied_once(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    op = insert_lead(estimated_value=150_000)
    [first] = apply(db, partner, op)
    [again] = apply(db, partner, op)
    assert first["status"] == "applied"
    assert again["replayed"] and again["row"]["id"] == op["id"]
    assert value(db, "select count(*) from leads where partner_id = %s", partner.id) == 1


def test_fields_merge_and_notes_are_never_overwritten(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    op = insert_lead(notes="first")
    [made] = apply(db, partner, op)
    base = made["row"]["rev"]
    # Phone A edits value and notes; phone B, which has seen neither, edits the contact and the notes.
    apply(
        db,
        partner,
        new_op("update", table="leads", id=op["id"], base_rev=base, patch={"estimated_value": 5, "notes": "from A"}),
    )
    [merged] = apply(
        db,
        partner,
        new_op("update", table="leads", id=op["id"], base_rev=base, patch={"contact_name": "B", "notes": "from B"}),
    )
    assert merged["status"] == "conflict"
    assert merged["conflicts"] == [{"field": "notes", "server": "from A", "yours": "from B"}]
    row = merged["row"]
    assert (row["estimated_value"], row["contact_name"], row["notes"]) == (5, "B", "from A")


def test_a_patch_can_clear_a_field(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    op = insert_lead(contact_name="Contact 17")
    apply(db, partner, op)
    [done] = apply(db, partner, new_op("update", table="leads", id=op["id"], base_rev=1, patch={"contact_name": None}))
    assert done["row"]["contact_name"] is None


def test_a_refused_op_does_not_hold_up_the_others(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    bad = insert_lead(company="")
    unknown = insert_lead(status="closed_won")
    move = new_op("update", table="partners", id=str(partner.id), patch={"current_tier": "elite"})
    good = insert_lead()
    results = apply(db, partner, bad, unknown, move, good)
    assert [r["status"] for r in results] == ["rejected", "rejected", "rejected", "applied"]
    assert results[0]["error"]["code"] == "23514"
    assert "unknown_field" in results[1]["error"]["details"]
    assert "unknown_table" in results[2]["error"]["details"]


def test_calls_go_through_their_own_rules(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    lead = insert_lead()
    results = apply(
        db,
        partner,
        lead,
        new_op("call", function="move_lead", arguments={"lead_id": lead["id"], "to_status": "qualified"}),
        new_op("call", function="move_lead", arguments={"lead_id": lead["id"], "to_status": "closed_won"}),
        new_op("call", function="request_payout", arguments={"currency": "USD", "request_id": str(uuid.uuid4())}),
        new_op(
            "call",
            function="claim_win",
            arguments={"lead_id": lead["id"], "value": 5000, "currency": "USD", "request_id": str(uuid.uuid4())},
        ),
    )
    assert [r["status"] for r in results] == ["applied", "applied", "rejected", "rejected", "applied"]
    assert "unknown_function" in results[3]["error"]["details"]


def test_nobody_reaches_others_rows_or_op_ids(db: psycopg.Connection) -> None:
    owner, stranger = make_partner(db), make_partner(db)
    op = insert_lead(notes="mine")
    apply(db, owner, op)
    steal = new_op("update", table="leads", id=op["id"], base_rev=1, patch={"notes": "stolen"})
    replay = {**op}
    squat = new_op("insert", table="leads", id=op["id"], patch={"company_name": "Client 18"})
    results = apply(db, stranger, steal, replay, squat)
    assert [r["status"] for r in results] == ["rejected"] * 3
    assert "row" not in results[1] and "row" not in results[2]
    assert value(db, "select notes from leads where id = %s", op["id"]) == "mine"


def test_a_batch_has_a_limit(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    with acting(db, partner.actor()), expect_refusal(db, "22023", "max_items"):
        db.execute("select public.apply_ops(%s)", (Jsonb([{}] * 101),))


def test_a_slow_transaction_is_not_lost(settings: Settings) -> None:
    """The reason for a cursor of transaction ids: a row that was written early and committed late must still arrive."""
    with (
        psycopg.connect(settings.dsn("postgres"), autocommit=True) as reader,
        psycopg.connect(settings.dsn("postgres")) as slow,
        psycopg.connect(settings.dsn("postgres")) as quick,
    ):
        with psycopg.connect(settings.dsn("postgres")) as setup:
            partner = make_partner(setup)

        def pull(cursor: str | None) -> dict[str, Any]:
            with reader.transaction(force_rollback=True):
                as_actor(reader, partner.actor())
                answer: dict[str, Any] = value(reader, "select public.changes_since(%s)", cursor)
            return answer

        cursor = pull(None)["cursor"]
        slow.execute("insert into leads (partner_id, company_name) values (%s, 'Slow')", (partner.id,))
        quick.execute("insert into leads (partner_id, company_name) values (%s, 'Quick')", (partner.id,))
        quick.commit()
        seen: set[str] = set()
        step = pull(cursor)
        seen |= {row["company_name"] for row in step["tables"]["leads"]}
        slow.commit()
        # Any older transaction of the server holds the cursor back: what is not told yet is told later.
        deadline = time.monotonic() + 20
        while seen != {"Slow", "Quick"} and time.monotonic() < deadline:
            step = pull(step["cursor"])
            seen |= {row["company_name"] for row in step["tables"]["leads"]}
        assert seen == {"Slow", "Quick"}


def test_a_deleted_lead_is_told(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    op = insert_lead()
    apply(db, partner, op, new_op("call", function="delete_lead", arguments={"lead_id": op["id"], "reason": "twice"}))
    found = value(db, "select count(*) from ops.tombstones where row_id = %s and partner_id = %s", op["id"], partner.id)
    assert found == 1


FIELDS = st.sampled_from(["contact_name", "project_type", "source", "next_action"])


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), FIELDS, st.text("abc", min_size=1, max_size=3)), max_size=12))
def test_any_order_of_phones_gives_the_last_word_per_field(
    db: psycopg.Connection, edits: list[tuple[int, str, str]]
) -> None:
    """Three phones with stale bases, every op sent twice: the row is what applying the edits in order gives."""
    with db.transaction(force_rollback=True):
        partner = make_partner(db)
        op = insert_lead()
        apply(db, partner, op)
        expected: dict[str, str] = {}
        for _phone, field, text in edits:
            edit = new_op("update", table="leads", id=op["id"], base_rev=1, patch={field: text})
            apply(db, partner, edit, edit)
            expected[field] = text
        as_postgres(db)
        row = value(db, "select to_jsonb(leads) from leads where id = %s", op["id"])
        assert {field: row[field] for field in expected} == expected
        assert row["rev"] == 1 + len(edits)

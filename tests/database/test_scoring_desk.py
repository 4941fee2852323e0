"""Rules of lead scoring are looked at before they count and published as whole versions."""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.database.harness import (
    Person,
    acting,
    call,
    expect_refusal,
    make_lead,
    make_partner,
    make_staff,
    rows,
    value,
)

Db = psycopg.Connection[Any]
RULE = {
    "component": "value", "label": "Worth it", "fact": "estimated_value", "operator": "at_least",
    "expected_number": 100_000, "points": 40,
}  # fmt: skip
NAMED = {"component": "fit", "label": "New", "fact": "stage", "operator": "is", "expected_text": "new", "points": 2}


def test_a_preview_counts_and_changes_nothing_and_a_version_counts_at_once(db: Db, admin: Person) -> None:
    partner = make_partner(db, tier="active")
    lead = make_lead(db, partner)
    before = value(db, "select score from public.lead_scores where lead_id = %s", lead)
    with acting(db, admin.actor("aal2")):
        seen = call(db, "preview_score_rules", rules=Jsonb([RULE, NAMED]))
        assert seen["leads"] >= seen["higher"] + seen["lower"] >= 1
        mine = next(moved for moved in seen["changed"] if moved["lead_id"] == str(lead))
        assert mine == {"lead_id": str(lead), "status": "new", "before": before, "after": 42}
        assert len(seen["changed"]) <= 20
    assert value(db, "select score from public.lead_scores where lead_id = %s", lead) == before
    request = uuid.uuid4()
    with acting(db, admin.actor("aal2")):
        made = call(db, "publish_score_rules", request_id=request, rules=Jsonb([RULE, NAMED]), note="Fewer rules")
        assert call(db, "publish_score_rules", request_id=request, rules=Jsonb([RULE, NAMED]), note="Fewer") == made
        with expect_refusal(db, "23505", "request_id_reused"):
            call(db, "publish_score_rules", request_id=request, rules=Jsonb([RULE]), note="Fewer rules")
        same = call(db, "preview_score_rules", rules=Jsonb([RULE, NAMED]))
        assert (same["higher"], same["lower"], same["partners"], same["changed"]) == (0, 0, 0, [])
    with acting(db, partner.actor()):
        told = call(db, "lead_score", lead_id=lead)
    assert told["score"] == 42
    assert [reason["label"] for reason in told["reasons"]] == ["Worth it", "New"]
    with acting(db, admin.actor("aal2")):
        later = call(db, "publish_score_rules", request_id=uuid.uuid4(), rules=Jsonb([NAMED]), note="Only the stage")
        old = value(db, "select rules from public.lead_score_versions where version = %s", made["version"])
        call(db, "publish_score_rules", request_id=uuid.uuid4(), rules=Jsonb(old), note="Back to the one before")
    assert later["version"] == made["version"] + 1
    with acting(db, partner.actor()):
        assert call(db, "lead_score", lead_id=lead)["score"] == 42
    with expect_refusal(db, "42501", "append_only"):
        db.execute("update public.lead_score_versions set note = 'other'")
    assert rows(db, "select count(*) from public.lead_score_rules") == [(2,)]


def test_the_rules_of_the_product_are_a_version_and_come_back(db: Db, admin: Person) -> None:
    live = "select label, fact::text, operator, expected_text, expected_number, points from public.lead_score_rules"
    before = sorted(rows(db, live), key=str)
    first = value(db, "select rules from public.lead_score_versions where published_by is null")
    with acting(db, admin.actor("aal2")):
        call(db, "publish_score_rules", request_id=uuid.uuid4(), rules=Jsonb([NAMED]), note="Only the stage")
        call(db, "publish_score_rules", request_id=uuid.uuid4(), rules=Jsonb(first), note="As it was")
    assert sorted(rows(db, live), key=str) == before
    assert len(before) >= 10


def test_a_version_is_audited_and_its_rules_are_written_by_the_function_alone(db: Db, admin: Person) -> None:
    request = uuid.uuid4()
    with acting(db, admin.actor("aal2")):
        made = call(db, "publish_score_rules", request_id=request, rules=Jsonb([NAMED]), note="Only the stage")
    db.execute("set constraints ops.chain_events immediate")
    [(was, became)] = rows(
        db, "select body -> 'before', body -> 'after' from ops.audit_log where subject_id = %s", request
    )
    assert was["version"] < became["version"] == made["version"]
    assert became["staff_id"] == str(admin.id)
    for statement in (
        "update public.lead_score_rules set points = 100",
        "delete from public.lead_score_rules",
        "insert into public.lead_score_rules (component, label, fact, operator, expected_number, points)"
        " values ('fit', 'By hand', 'phone', 'at_least', 1, 5)",
    ):
        with expect_refusal(db, "42501", "guarded"):
            db.execute(statement.encode())


@pytest.mark.parametrize("role", ["support", "moderator", "finance"])
def test_others_of_staff_neither_look_nor_publish(db: Db, role: str) -> None:
    with acting(db, make_staff(db, role).actor("aal2")):
        with expect_refusal(db, "42501", "role"):
            call(db, "preview_score_rules", rules=Jsonb([NAMED]))
        with expect_refusal(db, "42501", "role"):
            call(db, "publish_score_rules", request_id=uuid.uuid4(), rules=Jsonb([NAMED]), note="New rules")
        assert rows(db, "select version from public.lead_score_versions") == []


@pytest.mark.parametrize(
    ("rules", "rule", "field"),
    [
        ([], "list", "rules"),
        ({}, "list", "rules"),
        ([None], "rule", "rules[0]"),
        ([RULE | {"points": 0}], "rule", "rules[0].points"),
        ([RULE | {"points": 1.5}], "rule", "rules[0].points"),
        ([NAMED, RULE | {"points": 101}], "rule", "rules[1].points"),
        ([RULE | {"fact": "shoe_size"}], "rule", "rules[0].fact"),
        ([RULE | {"component": None}], "rule", "rules[0].component"),
        ([RULE | {"label": " "}], "rule", "rules[0].label"),
        ([RULE | {"expected_text": "x"}], "rule", "rules[0].expected_text"),
        ([RULE | {"expected_number": "many"}], "rule", "rules[0].expected_number"),
        ([RULE | {"operator": "is"}], "rule", "rules[0].operator"),
        ([NAMED | {"operator": "at_most"}], "rule", "rules[0].operator"),
        ([NAMED | {"expected_text": "nearly"}], "rule", "rules[0].expected_text"),
        ([NAMED | {"weight": 2}], "rule", "rules[0].weight"),
        ([RULE, RULE], "unique", "rules"),
    ],
)
def test_rules_are_looked_at(db: Db, admin: Person, rules: Any, rule: str, field: str) -> None:
    with acting(db, admin.actor("aal2")):
        calls: dict[str, dict[str, Any]] = {
            "preview_score_rules": {},
            "publish_score_rules": {"request_id": uuid.uuid4(), "note": "New rules"},
        }
        for function, more in calls.items():
            with pytest.raises(psycopg.Error) as caught, db.transaction():
                call(db, function, rules=Jsonb(rules), **more)
            told = json.loads(caught.value.diag.message_detail or "{}")
            assert (caught.value.sqlstate, told["rule"], told["field"]) == ("22023", rule, field)

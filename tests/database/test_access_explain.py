"""private.explain_access tells why somebody sees a row or not, and whom it tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import psycopg
import pytest

from siso_local.settings import Settings
from tests.database.access_model import TABLE_VERBS, ActorSpec, Matrix, Probe
from tests.database.access_stage import Stage
from tests.database.harness import Actor, acting, expect_refusal, make_lead, make_partner, make_staff, rows, value

FUNCTION = "select question, answer from public.explain_access(%s, %s, %s, %s)"


@pytest.fixture
def api_db(settings: Settings) -> Iterator[psycopg.Connection]:
    """Connected as PostgREST is once it has logged in: the session belongs to `authenticator`."""
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        yield connection
        connection.rollback()


def explain(connection: psycopg.Connection, *arguments: str | None) -> list[tuple[str, str]]:
    return [(str(q), str(a)) for q, a in rows(connection, FUNCTION, *arguments)]


def answer(lines: list[tuple[str, str]], question: str) -> str:
    return next(text for asked, text in lines if asked == question)


def test_it_names_the_policy_that_hides_a_row(db: psycopg.Connection) -> None:
    partner, other = make_partner(db), make_partner(db)
    lead = str(make_lead(db, partner))
    seen = explain(db, partner.email, "public.leads", "select", lead)
    assert answer(seen, "So?") == "The actor sees 1 of 1."
    hidden = explain(db, str(other.id), "public.leads", "select", lead)
    assert answer(hidden, "Rows that exist") == "1"
    assert answer(hidden, "Rows that the actor reads") == "0"
    assert answer(hidden, "So?") == "No: no policy allows it."
    suspended = make_partner(db, status="suspended")
    lines = explain(db, suspended.email, "public.leads", "select", str(make_lead(db, suspended)))
    assert answer(lines, "So?") == "No: refused by “suspended partners see no leads”."


def test_it_tells_a_missing_grant_from_a_hidden_row(db: psycopg.Connection) -> None:
    lines = explain(db, "payouts_worker", "public.leads", "update", None)
    assert answer(lines, "Is update granted?") == "no"
    assert answer(lines, "So?").startswith("42501")
    partner = make_partner(db)
    lines = explain(db, partner.email, "public.partners", "update", str(partner.id))
    assert "phone" in answer(lines, "Is update granted?")
    assert "current_tier" not in answer(lines, "Is update granted?")


def test_nothing_of_the_actor_stays(db: psycopg.Connection) -> None:
    explain(db, make_partner(db).email, "public.leads", "select", None)
    assert value(db, "select current_user") == "postgres"
    assert not value(db, "select current_setting('request.jwt.claims', true)")


def test_unknown_people_tables_and_verbs_are_refused_in_words(db: psycopg.Connection) -> None:
    for arguments, code in (
        (("nobody@example.com", "public.leads", "select", None), "PT404"),
        (("anon", "public.nothing", "select", None), "PT404"),
        (("anon", "public.leads", "truncate", None), "22023"),
    ):
        with expect_refusal(db, code):
            explain(db, *arguments)


def test_through_the_api_only_admins_with_a_fresh_factor_are_told(api_db: psycopg.Connection) -> None:
    partner, admin, finance = make_partner(api_db), make_staff(api_db, "admin"), make_staff(api_db, "finance")
    lead = str(make_lead(api_db, partner))
    api_db.execute("set local session authorization authenticator")

    def ask(actor: Actor) -> list[tuple[str, str]]:
        with acting(api_db, actor):
            lines = explain(api_db, partner.email, "public.leads", "select", lead)
            assert value(api_db, "select current_user") == actor.role
            assert value(api_db, "select current_setting('request.jwt.claims')::jsonb ->> 'sub'") == actor.subject
            return lines

    assert answer(ask(admin.actor("aal2")), "So?") == "The actor sees 1 of 1."
    for actor, code in (
        (partner.actor("aal2"), "42501"),
        (finance.actor("aal2"), "42501"),
        (admin.actor(), "PT403"),
        (admin.actor("aal2").with_mfa(seconds_ago=3600), "PT403"),
        (Actor(role="anon"), "42501"),
    ):
        with expect_refusal(api_db, code):
            ask(actor)


def test_a_question_through_the_api_is_kept(api_db: psycopg.Connection) -> None:
    admin, partner = make_staff(api_db, "admin"), make_partner(api_db)
    api_db.execute("set local session authorization authenticator")
    with acting(api_db, admin.actor("aal2")):
        explain(api_db, partner.email, "public.leads", "select", None)
    api_db.execute("reset session authorization")
    kept = rows(api_db, "select subject_id, after ->> 'actor' from ops.events where type = 'access.explained'")
    assert (admin.id, partner.email) in kept


# -- every table and view -------------------------------------------------------------------------------------------

ROWS = defaultdict(list)
for probe in Matrix.load().probes():
    if probe.verb in TABLE_VERBS and probe.table == probe.subject and not (probe.case or probe.blind or probe.wide):
        ROWS[probe.table].append(probe)


def verdict(says: str) -> str:
    """What the last line of an explanation comes to."""
    if says.startswith("42501"):
        return "grant"
    return "no" if says.startswith(("No", "There is no such row")) else "yes"


def expected_verdict(probe: Probe, actor: ActorSpec, owners: set[str]) -> str | None:
    """What the matrix says to the same question; None where it was asked about another row."""
    outcome = probe.expected[actor.name]
    if probe.verb == "insert" and outcome != "grant":
        # The matrix adds a new row, the explanation looks at one that exists: they agree on its owner alone.
        return "yes" if outcome == "allow" and actor.name in owners else None
    return {"allow": "yes", "rule": None, "check": None, "filter": "no", "grant": "grant"}[outcome]


@pytest.mark.parametrize("table", ROWS)
def test_the_explanation_of_every_table_is_what_the_matrix_says(stage: Stage, matrix: Matrix, table: str) -> None:
    """Per verb, two actors of each result that the matrix knows, asked about its sample row. Views that show everybody
    their own rows have no row to ask about: there it is asked about all."""
    spec = matrix.tables.get(table, {})
    owners = set(matrix.members([spec.get("owned_by", "own")])) if "owner" in spec else set()
    own_rows = table in matrix.tables and stage.sample_key(table) is None
    wrong = []
    for probe in ROWS[table]:
        asked: dict[str, int] = {}
        for name, actor in matrix.actors.items():
            wanted = expected_verdict(probe, actor, owners)
            if wanted is None or asked.get(wanted, 0) >= 2 or (wanted == "no" and own_rows):
                continue
            asked[wanted] = asked.get(wanted, 0) + 1
            says = stage.explain(actor, table, probe.verb)
            if verdict(says) != wanted:
                wrong.append(f"{probe.verb} as {name}: {wanted} by the matrix, explained as: {says}")
        assert asked, f"nobody was asked about {probe.verb}"
    assert not wrong, "\n".join(wrong)

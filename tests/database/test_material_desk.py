"""Material, answers, posts, prices and terms as staff write them."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.database.harness import Person, acting, call, expect_refusal, make_partner, make_staff, rows, value

Db = psycopg.Connection[Any]
DIGEST = hashlib.sha256(b"terms").hexdigest()


def upload(db: Db, path: str, size: int = 9) -> str:
    """A file in bucket resources, as Storage leaves it."""
    db.execute(
        "insert into storage.objects (bucket_id, name, metadata) values ('resources', %s, %s)",
        (path, Jsonb({"size": size, "mimetype": "application/pdf"})),
    )
    return path


def test_material_is_drafted_filed_published_changed_archived_and_brought_back(db: Db, admin: Person) -> None:
    partner, asset = make_partner(db), uuid.uuid4()
    first, second = (upload(db, f"starter/{asset}/deck-{n}.pdf", n) for n in (1, 2))
    with acting(db, admin.actor("aal2")):
        call(db, "save_asset", id=asset, title="Deck", category="brochures")
        with expect_refusal(db, "PT409", "no_file"):
            call(db, "set_publication", kind="asset", id=asset, state="published")
        version = uuid.uuid4()
        made = call(db, "add_asset_version", id=version, asset_id=asset, path=first)
        assert (made["version"], made["file_size"], made["file_type"]) == (1, 1, "application/pdf")
        assert call(db, "add_asset_version", id=version, asset_id=asset, path=first) == made
        call(db, "set_publication", kind="asset", id=asset, state="published")
        assert call(db, "add_asset_version", id=uuid.uuid4(), asset_id=asset, path=second)["version"] == 2
    with acting(db, partner.actor()):
        assert call(db, "download_asset", asset_id=asset)["path"] == second
    with acting(db, admin.actor("aal2")):
        call(db, "set_publication", kind="asset", id=asset, state="archived")
    with acting(db, partner.actor()), expect_refusal(db, "PT404"):
        call(db, "download_asset", asset_id=asset)
    with acting(db, admin.actor("aal2")):
        call(db, "set_publication", kind="asset", id=asset, state="published")
        call(db, "add_asset_version", id=uuid.uuid4(), asset_id=asset, path=first, note="The second had a mistake")
    with acting(db, partner.actor()):
        assert call(db, "download_asset", asset_id=asset)["path"] == first
    states = rows(db, "select type from ops.events where subject_id = %s order by id", asset)
    assert [kind for (kind,) in states] == [
        *("asset.saved", "asset.version_added", "asset.published", "asset.version_added"),
        *("asset.archived", "asset.published", "asset.version_added"),
    ]


def test_the_tier_of_material_decides_who_downloads_it_at_once(db: Db, admin: Person) -> None:
    asset, active = uuid.uuid4(), make_partner(db, tier="active")
    path = upload(db, f"active/{asset}/roi.pdf")
    with acting(db, admin.actor("aal2")):
        call(db, "save_asset", id=asset, title="Calculator", category="proposals", tier_requirement="active")
        call(db, "add_asset_version", id=uuid.uuid4(), asset_id=asset, path=path)
        call(db, "set_publication", kind="asset", id=asset, state="published")
    with acting(db, active.actor()):
        call(db, "download_asset", asset_id=asset)
        assert rows(db, "select 1 from storage.objects where name = %s", path)
    with acting(db, admin.actor("aal2")):
        call(db, "save_asset", id=asset, title="Calculator", category="proposals", tier_requirement="elite")
    with acting(db, active.actor()):
        with expect_refusal(db, "42501", "tier"):
            call(db, "download_asset", asset_id=asset)
        assert rows(db, "select 1 from storage.objects where name = %s", path) == []


def test_a_version_names_a_file_of_its_own_resource_that_is_there(db: Db, admin: Person) -> None:
    asset, other = uuid.uuid4(), uuid.uuid4()
    path = upload(db, f"starter/{other}/deck.pdf")
    with acting(db, admin.actor("aal2")):
        for each in (asset, other):
            call(db, "save_asset", id=each, title="Deck", category="brochures")
        for wrong in (path, f"starter/{asset}", f"nowhere/{asset}/a.pdf", None):
            with expect_refusal(db, "22023", "path"):
                call(db, "add_asset_version", id=uuid.uuid4(), asset_id=asset, path=wrong)
        with expect_refusal(db, "PT409", "file_missing"):
            call(db, "add_asset_version", id=uuid.uuid4(), asset_id=asset, path=f"starter/{asset}/a.pdf")
        version = uuid.uuid4()
        call(db, "add_asset_version", id=version, asset_id=other, path=path)
        with expect_refusal(db, "23505", "id_taken"):
            call(db, "add_asset_version", id=version, asset_id=asset, path=path)


def test_answers_are_written_by_support_and_seen_when_published(db: Db) -> None:
    support, partner, article = make_staff(db, "support"), make_partner(db), uuid.uuid4()
    fields: dict[str, Any] = {
        "id": article, "slug": f"okapi-{article.hex[:8]}", "question": "Where is the okapi?", "answer": "In the zoo.",
        "category": "other",
    }  # fmt: skip
    with acting(db, support.actor("aal2")):
        call(db, "save_article", **fields)
        assert call(db, "save_article", **fields)["published"] is False
        with expect_refusal(db, "23505", "taken"):
            call(db, "save_article", **(fields | {"id": uuid.uuid4()}))
        with expect_refusal(db, "22023", "length"):
            call(db, "save_article", **(fields | {"answer": "  "}))
    with acting(db, partner.actor()):
        assert rows(db, "select 1 from public.search_faq('okapi') where id = %s", article) == []
    with acting(db, support.actor("aal2")):
        call(db, "set_publication", kind="article", id=article, state="published")
    with acting(db, partner.actor()):
        assert rows(db, "select 1 from public.search_faq('okapi') where id = %s", article)
    assert value(db, "select count(*) from ops.events where subject_id = %s and type = 'article.saved'", article) == 1
    with acting(db, support.actor("aal2")), expect_refusal(db, "42501", "role"):
        call(db, "set_publication", kind="asset", id=article, state="published")


def test_posts_reach_their_tier_alone(db: Db, admin: Person) -> None:
    post, performer, active = uuid.uuid4(), make_partner(db, tier="performer"), make_partner(db, tier="active")
    with acting(db, admin.actor("aal2")):
        call(db, "save_post", id=post, topic="market", title="Shops in spring", body="They grow.")
        with expect_refusal(db, "22023", "one_of"):
            call(db, "save_post", id=post, topic="gossip", title="Shops", body="They grow.")
        for state in ("published", "draft", "published"):
            assert call(db, "set_publication", kind="post", id=post, state=state)["state"] == state
        with expect_refusal(db, "22023", "one_of"):
            call(db, "set_publication", kind="post", id=post, state="lost")
    for partner, sees in ((performer, True), (active, False)):
        with acting(db, partner.actor()):
            assert bool(rows(db, "select 1 from public.curated_posts where id = %s", post)) is sees


def test_a_price_that_has_begun_is_ended_and_never_changed(db: Db, admin: Person) -> None:
    price: dict[str, Any] = {"id": uuid.uuid4(), "name": "Shop, large", "amount": 900_000, "currency": "USD"}
    with acting(db, admin.actor("aal2")):
        call(db, "save_price", **price)
        with expect_refusal(db, "PT409", "fixed"):
            call(db, "save_price", **(price | {"amount": 800_000}))
        for wrong, rule in (
            ({"amount": 0}, "range"),
            ({"currency": "XXX"}, "unknown_currency"),
            ({"name": "x"}, "length"),
        ):
            with expect_refusal(db, "22023", rule):
                call(db, "save_price", **(price | {"id": uuid.uuid4()} | wrong))
        ended = call(db, "save_price", **price, valid_to=value(db, "select private.now()::date + 30"))
        assert ended["valid_to"] is not None
        later = price | {"id": uuid.uuid4(), "valid_from": value(db, "select private.now()::date + 30")}
        call(db, "save_price", **later)
        assert call(db, "save_price", **(later | {"amount": 800_000}))["amount"] == 800_000, "not begun yet"


def pending(db: Db, partner: Person) -> list[str]:
    with acting(db, partner.actor()):
        return [each["version"] for each in call(db, "my_pending_terms") if each["kind"] == "privacy_policy"]


def publish(db: Db, who: Person, version: str, **more: Any) -> dict[str, Any]:
    fields = {"kind": "privacy_policy", "title": "Privacy policy", "url": "/legal/privacy", "content_sha256": DIGEST}
    with acting(db, who.actor("aal2")):
        made: dict[str, Any] = call(db, "publish_terms", version=version, **(fields | more))
    return made


def test_new_terms_are_told_to_everybody_and_asked_once(db: Db, admin: Person) -> None:
    partner = make_partner(db)
    made = publish(db, admin, "7.0")
    assert publish(db, admin, "7.0") == made, "the same version twice is one"
    assert pending(db, partner) == ["7.0"]
    with acting(db, partner.actor()):
        call(db, "accept_terms", terms_ids=[uuid.UUID(made["id"])])
    assert pending(db, partner) == []
    told = rows(db, "select title, action_url from public.notifications where partner_id = %s", partner.id)
    assert told == [("Privacy policy has changed", "/legal/privacy")]


def test_an_editorial_version_is_not_asked_of_who_accepted_the_one_before(db: Db, admin: Person) -> None:
    insert = (
        "insert into public.terms_versions (kind, version, title, url, effective_from, needs_acceptance)"
        " values ('privacy_policy', %s, 'Privacy', '/legal/privacy', private.now() - %s::interval, %s) returning id"
    )
    reader, newcomer = make_partner(db), make_partner(db)
    big = value(db, insert, "7.0", "3 days", True)
    with acting(db, reader.actor()):
        call(db, "accept_terms", terms_ids=[big])
    value(db, insert, "7.1", "2 days", False)
    assert (pending(db, reader), pending(db, newcomer)) == ([], ["7.1"])
    value(db, insert, "8.0", "1 day", True)
    assert pending(db, reader) == ["8.0"]
    with acting(db, admin.actor("aal2")):
        later = value(db, "select private.now() + interval '30 days'")
    assert publish(db, admin, "9.0", effective_from=later)["version"] == "9.0"
    assert pending(db, reader) == ["8.0"], "the next version counts from its day"


@pytest.mark.parametrize(
    ("wrong", "code", "rule"),
    [
        ({"title": "Other"}, "23505", "taken"),
        ({"version": "8.0", "content_sha256": "zz"}, "22023", "format"),
        ({"version": "8.0", "url": "javascript:x"}, "22023", "url"),
        ({"version": "8.0", "effective_from": "2020-01-01T00:00:00Z"}, "22023", "future"),
    ],
)
def test_terms_are_looked_at(db: Db, admin: Person, wrong: dict[str, Any], code: str, rule: str) -> None:
    publish(db, admin, "7.0")
    with expect_refusal(db, code, rule):
        publish(db, admin, **({"version": "7.0"} | wrong))


@pytest.mark.parametrize("role", ["support", "moderator", "finance"])
def test_only_admins_publish_terms_and_prices(db: Db, role: str) -> None:
    with acting(db, make_staff(db, role).actor("aal2")):
        with expect_refusal(db, "42501", "role"):
            call(db, "save_price", id=uuid.uuid4(), name="Shop", amount=1, currency="USD")
        with expect_refusal(db, "42501", "role"):
            terms = {"kind": "privacy_policy", "version": "9", "title": "P", "url": "/legal/privacy"}
            call(db, "publish_terms", **terms, content_sha256=DIGEST)

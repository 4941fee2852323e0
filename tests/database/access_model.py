# ruff: noqa: S608 - statements are built from access.yaml alone
"""Reads access.yaml: every cell of it as a statement to try and the result that each actor must get."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

FOLDER = Path(__file__).parent
MATRIX_FILE = FOLDER / "access.yaml"
FIXTURES_FILE = FOLDER / "access_fixtures.sql"
TABLE_VERBS = ("select", "insert", "update", "delete")
TOPIC_VERBS = ("listen", "send", "watch", "announce")
OUTCOMES = ("allow", "filter", "check", "rule", "grant")

Spec: TypeAlias = dict[str, Any]
# What it comes to for whoever passes the grant and no policy.
HIDDEN = {"select": "filter", "update": "filter", "delete": "filter", "insert": "check"}
TOPIC_HIDDEN = {"listen": "filter", "watch": "filter", "send": "check", "announce": "check"}


@dataclass(frozen=True)
class ActorSpec:
    """One line of ``actors``."""

    name: str
    says: str
    role: str = "authenticated"
    person: str = ""  # whose log-in it is; the actor's own name when not given
    tier: str = ""  # for partners
    staff: str = ""  # for staff
    aal: str = "aal1"
    issuer: str | None = None
    subject: str | None = None  # with another issuer: a template
    before: str = ""  # done to the data first
    storage: tuple[str, ...] = ()  # verbs on storage.objects that a worker was granted, as far as policies let it

    @property
    def signed_in(self) -> bool:
        return self.role == "authenticated"


@dataclass(frozen=True)
class Probe:
    """One statement with the result that every actor must get."""

    subject: str  # what the reader sees: public.leads, bucket avatars, topic partner:…, public.move_lead
    table: str  # whose policies it tries; empty for functions
    verb: str
    case: str  # what `also` says; empty for the sample itself
    statement: str  # SQL with {names}; {columns} and {nulls} stand for what the catalog knows
    expected: dict[str, str] = field(hash=False)
    blind: bool = False  # no `where`: whether the sample is touched all the same
    wide: bool = False  # tried as if all columns were granted: policies must hold without the column grants

    @property
    def title(self) -> str:
        return f"{self.subject} {self.verb}" + (f" ({self.case})" if self.case else "")


class MatrixError(Exception):
    """access.yaml says something that cannot be understood."""


class Matrix:
    """access.yaml with its lists resolved."""

    def __init__(self, content: Spec) -> None:
        self.content = content
        self.actors = {name: ActorSpec(name=name, **spec) for name, spec in content["actors"].items()}
        self.groups: dict[str, list[str]] = content["groups"]
        self.tables: dict[str, Spec] = content["tables"]
        self.buckets: dict[str, Spec] = content["buckets"] or {}
        self.topics: dict[str, Spec] = content["topics"] or {}
        self.closed_tables: list[str] = content["closed"]["tables"]

    @classmethod
    @cache
    def load(cls) -> Matrix:
        return cls(yaml.load(MATRIX_FILE.read_text(), Loader=yaml.CSafeLoader))

    def members(self, names: Iterable[str]) -> Iterator[str]:
        """The actors of a list that may name groups."""
        for name in names:
            if name in self.groups:
                yield from self.members(self.groups[name])
            elif name in self.actors:
                yield name
            else:
                raise MatrixError(f"{name} is neither an actor nor a group")

    def expected(self, spec: Any, hidden: str, platform_grants: bool = False) -> dict[str, str]:
        """Actor → outcome for one verb. ``spec`` None: nobody was granted the verb. ``platform_grants``: a table of
        the platform that anon and service_role may use as far as policies let them."""
        if spec is None and not platform_grants:
            return dict.fromkeys(self.actors, "grant")
        if isinstance(spec, dict):
            hidden = spec.get("rest", hidden)
        outcome = {}
        for name, actor in self.actors.items():
            if actor.signed_in or (platform_grants and actor.role == "anon"):
                outcome[name] = hidden
            elif platform_grants and actor.role == "service_role":
                outcome[name] = "allow"
            else:
                outcome[name] = "grant"
        lists = {"allow": spec} if isinstance(spec, list) else spec or {}
        for result in OUTCOMES:
            outcome |= dict.fromkeys(self.members(lists.get(result, [])), result)
        return outcome

    # -- probes -----------------------------------------------------------------------------------------------------

    def probes(self) -> list[Probe]:
        found = [probe for table in self.tables for probe in self.table_probes(table)]
        found += [probe for table in self.closed_tables for probe in self._row_probes(table, {}, "")]
        found += [probe for bucket in self.buckets for probe in self.bucket_probes(bucket)]
        found += [probe for topic in self.topics for probe in self.topic_probes(topic)]
        return found + list(self.function_probes())

    def table_probes(self, table: str) -> Iterator[Probe]:
        spec = self.tables[table]
        yield from self._row_probes(table, spec, "")
        for case in spec.get("also", []):
            yield from self._row_probes(table, {"sample": spec.get("sample"), **case}, case["says"])

    def _row_probes(self, table: str, spec: Spec, case: str) -> Iterator[Probe]:
        where = spec.get("sample", "true")
        platform = bool(self.tables.get(table, {}).get("platform"))
        for verb in TABLE_VERBS:
            verb_spec = spec.get(verb)
            if case and verb_spec is None:
                continue
            detail = verb_spec if isinstance(verb_spec, dict) else {}
            statement = {
                "select": f"select count(*) from {table} where {where}",
                "insert": f"insert into {table} {detail.get('row', 'default values')}",
                "update": f"update {table} set {detail.get('set', '{column} = default')} where {where}",
                "delete": f"delete from {table} where {where}",
            }[verb]
            expected = self.expected(verb_spec, HIDDEN[verb], platform)
            yield Probe(table, table, verb, case, statement, expected)
            if verb_spec is not None and not case and not platform and verb in ("update", "delete"):
                blind = statement.removesuffix(f" where {where}")
                yield Probe(table, table, verb, "of all rows at once", blind, expected, blind=True)
            if not case and "owner" in spec and verb_spec is not None and verb in ("insert", "update"):
                yield self._owner_probe(table, spec, verb, detail, expected)

    def _owner_probe(self, table: str, spec: Spec, verb: str, detail: Spec, expected: dict[str, str]) -> Probe:
        """Rows for somebody else, rows handed over to somebody else: policies refuse them, not only column grants."""
        owner, owned_by = spec["owner"], spec.get("owned_by", "partner")
        mine = set(self.members(["own"] if owned_by == "partner" else [owned_by]))
        if verb == "insert":
            columns, values = re.fullmatch(r"\((.*?)\) values \((.*)\)", detail["row"], re.DOTALL).groups()  # type: ignore[union-attr]
            statement = f"insert into {table} ({owner}, {columns}) values ('{{{owned_by}}}', {values})"
            case = "for its owner"
            expected = {a: "check" if got == "allow" and a not in mine else got for a, got in expected.items()}
        else:
            # Without `where`: with one, the policy for reading would refuse as well.
            statement = f"update {table} set {owner} = '{{starter}}'"
            case = "to hand it over"
            owning = set(self.members(spec.get("also_owned_by", [])))
            expected = {a: "check" if got == "allow" or a in owning else got for a, got in expected.items()}
        return Probe(
            table, table, verb, f"{case}, were all columns granted", statement, expected, verb == "update", wide=True
        )

    def bucket_probes(self, bucket: str) -> Iterator[Probe]:
        """A bucket's files, as the Storage server reads and writes them."""
        spec = self.buckets[bucket]
        for case in [spec, *spec.get("also", [])]:
            where = f"bucket_id = '{bucket}' and {case.get('sample', spec['sample'])}"
            says = case.get("says", "") if case is not spec else ""
            for verb in TABLE_VERBS:
                if says and verb not in case:
                    continue
                verb_spec = case.get(verb)
                detail = verb_spec if isinstance(verb_spec, dict) else {}
                name = detail.get("name", "'other.bin'")
                statement = {
                    "select": f"select count(*) from storage.objects where {where}",
                    "insert": "insert into storage.objects (bucket_id, name, owner_id, version) values"
                    f" ('{bucket}', {name}, current_setting('request.jwt.claims')::jsonb ->> 'sub', '1')",
                    "update": f"update storage.objects set {detail.get('set', _TOUCH)} where {where}",
                    "delete": f"delete from storage.objects where {where}",
                }[verb]
                prepare = f"select set_config('storage.operation', '{_OPERATIONS[verb]}', true); "
                expected = self.expected(verb_spec, HIDDEN[verb], platform_grants=True)
                for name, actor in self.actors.items():
                    if verb in actor.storage and expected[name] == "grant":
                        expected[name] = HIDDEN[verb]
                yield Probe(f"bucket {bucket}", "storage.objects", verb, says, prepare + statement, expected)

    def topic_probes(self, topic: str) -> Iterator[Probe]:
        """A private channel, as the Realtime server asks: who sees its row may join, who may add one may send."""
        spec = self.topics[topic]
        for verb in TOPIC_VERBS:
            extension = "broadcast" if verb in ("listen", "send") else "presence"
            turned = f"coalesce(current_setting('siso.test_turns')::jsonb ->> '{topic}', '')"
            prepare = f"select set_config('realtime.topic', '{topic}' || {turned}, true); "
            if verb in ("listen", "watch"):
                statement = (
                    f"select count(*) from realtime.messages where topic = '{topic}' and extension = '{extension}'"
                )
            else:
                statement = f"insert into realtime.messages (topic, extension) values ('{topic}', '{extension}')"
            expected = self.expected(spec.get(verb), TOPIC_HIDDEN[verb], platform_grants=True)
            yield Probe(f"topic {topic}", "realtime.messages", verb, "", prepare + statement, expected)

    def function_probes(self) -> Iterator[Probe]:
        for name, spec in self.content["functions"]["public"].items():
            expected = self.expected(spec, "rule")
            statement = f"select * from public.{name}{spec.get('call', '({nulls})')}"
            yield Probe(f"public.{name}", "", "execute", "", statement, expected)

    def executors(self, existing: Iterable[str]) -> dict[str, set[str]]:
        """Function (schema.name) → roles that may execute it. The private function behind a public one (of the same
        name, among ``existing``) is granted with it."""
        found: dict[str, set[str]] = {}
        for probe in self.function_probes():
            roles = {"authenticated"} | {self.actors[a].role for a, got in probe.expected.items() if got != "grant"}
            found |= {probe.subject: roles, probe.subject.replace("public.", "private.", 1): roles}
        found = {name: roles for name, roles in found.items() if name.startswith("public.") or name in existing}
        for entry in self.content["functions"]["inner"]:
            for name in entry["which"]:
                found[name] = set(entry["roles"])
        return found | {name: set() for name in self.content["closed"]["functions"]}

    def roles(self) -> list[str]:
        """The database roles of the actors, each once."""
        return list(dict.fromkeys(actor.role for actor in self.actors.values()))


_TOUCH = "version = '2'"
# What the Storage server says it is doing (storage.operation).
_OPERATIONS = {
    "select": "storage.object.get_authenticated",
    "insert": "storage.object.upload",
    "update": "storage.object.upload_update",
    "delete": "storage.object.delete",
}

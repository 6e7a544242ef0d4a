"""The same cases once more, written as real templates (YAML and JSON) and read by the CloudFormation source.

And beside Terraform: where a case says one resource in both languages, both sources make of it the same resources, the
same edges and the same findings.
"""

from __future__ import annotations

import json
import pathlib
import re
from typing import Any

import pytest
import yaml

from nephograph.catalog.language import Kind, Spelling
from nephograph.catalog.normal import normal_form
from nephograph.catalog.registry import spellings
from nephograph.estate.colours import nameless
from nephograph.model.source import Document, LoadOptions
from nephograph.session import Session, open_estate
from nephograph.sources.cloudformation import SOURCE
from tests.catalog.catalog_documents import dialect_of, revive
from tests.catalog.test_kinds import CASES, KNOWN, case, expected
from tests.catalog.test_kinds_in_terraform import code, named, writable

PIECE = re.compile(r"\$\{([^}]*)\}")


def logical(address: str) -> str:
    """A Terraform address as a logical name."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", address))


class Writer:
    """Writes the documents of a case as a template. `real` turns names of attributes into those CloudFormation has."""

    def __init__(self, documents: list[dict[str, Any]], real: bool = False) -> None:
        self.real = real
        self.parameters: dict[str, Any] = {}
        self.resources: dict[str, Any] = {}
        self.own = [(type_, each[type_]) for each in documents for type_ in each]
        self.names = {f"{type_}.d{n}": logical(f"{type_}.d{n}") for n, (type_, _) in enumerate(self.own)}
        assert len(set(self.names.values())) == len(self.own)
        for n, (type_, attributes) in enumerate(self.own):
            self.resources[logical(f"{type_}.d{n}")] = {"Type": type_, "Properties": self.value(attributes)}

    def template(self) -> dict[str, Any]:
        return {
            "AWSTemplateFormatVersion": "2010-09-09",
            **({"Parameters": self.parameters} if self.parameters else {}),
            "Resources": self.resources,
        }

    def value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self.value(child) for name, child in value.items()}
        if isinstance(value, list):
            return [self.value(child) for child in value]
        if not isinstance(value, str) or "${" not in value:
            return value
        pieces = [self.piece(part) if n % 2 else part for n, part in enumerate(PIECE.split(value))]
        pieces = [piece for piece in pieces if piece != ""]
        return pieces[0] if len(pieces) == 1 else {"Fn::Join": ["", pieces]}

    def piece(self, name: str) -> Any:
        if name.startswith("var."):
            self.parameters[logical(name[4:])] = {"Type": "String"}
            return {"Ref": logical(name[4:])}
        address, _, attribute = name.rpartition(".")
        type_ = address.partition(".")[0]
        if "::" in type_ or re.fullmatch(r"d\d+", address):
            own = self.names.get(address) or list(self.names.values())[int(address[1:])]
            return {"Ref": own} if attribute == "Ref" else {"Fn::GetAtt": [own, attribute]}
        target = logical(address)
        if target not in self.resources:
            self.resources[target] = {"Type": "Custom::Other"}
            ways = spellings("terraform", type_)
            if self.real and ways:
                made = [s.type for s in ways[0][0].spellings if s.dialect == "cloudformation" and not s.part_of]
                self.resources[target] = {"Type": made[0] if made else "Custom::Other"}
        return self.reference(type_, target, attribute)

    def reference(self, type_: str, target: str, attribute: str) -> Any:
        if not self.real:
            return {"Fn::GetAtt": [target, attribute]}
        kind, spelling = spellings("terraform", type_)[0]
        asked = spelling.computed.get(attribute, attribute)
        asked = {"id": kind.id or "id", "arn": kind.arn or "arn"}.get(asked, asked)
        other = next(s for s in kind.spellings if s.dialect == "cloudformation" and not s.part_of)
        for name, template in {"Ref": "id", "Arn": "arn", **other.computed}.items():
            gives = {"id": kind.id or "id", "arn": kind.arn or "arn"}.get(template, template)
            if gives == asked:
                return {"Ref": target} if name == "Ref" else {"Fn::GetAtt": [target, name]}
        return {"Fn::GetAtt": [target, attribute]}


def templates(documents: list[dict[str, Any]]) -> bool:
    return all(dialect_of(type_) == "cloudformation" for each in documents for type_ in each) and not any(
        mark in json.dumps(documents) for mark in ("${data.", "$unknown", "{{resolve:")
    )


def spelling_of(known: Kind, document: Document) -> Spelling:
    """How a kind reads a document; of several ways, the one whose owner it names."""
    ways = [s for s in known.spellings if (s.dialect, s.type) == ("cloudformation", document.type)]
    (way,) = [s for s in ways if len(ways) == 1 or document.attributes.get(s.part_of) is not None]
    return way


WRITTEN = [
    pytest.param(path, spelling, id=f"{path.parent.name}-{path.stem}-{spelling}")
    for path in CASES
    for spelling, documents in case(path)["spellings"].items()
    if templates(documents)
]


def renamed(value: Any) -> Any:
    """What a case expects, its references by the names that the template gives them."""
    if isinstance(value, dict):
        return {name: renamed(child) for name, child in value.items()}
    if isinstance(value, list):
        return [renamed(child) for child in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"⟨([^⟩]*)⟩", lambda found: f"⟨{_name(found[1])}⟩", value)


def _name(symbol: str) -> str:
    if symbol.startswith("var."):
        return logical(symbol[4:])
    address, dot, attribute = symbol.rpartition(".")
    plain = dot and re.fullmatch(r"[\w:-]+(\.[\w-]+)?", address) is not None
    return f"{logical(address)}.{attribute}" if plain else symbol


@pytest.mark.parametrize("language", ["yaml", "json"])
@pytest.mark.parametrize(("path", "spelling"), WRITTEN)
def test_a_template_yields_the_normal_form(
    path: pathlib.Path, spelling: str, language: str, tmp_path: pathlib.Path
) -> None:
    documents = case(path)["spellings"][spelling]
    writer = Writer(documents)
    template = writer.template()
    text = json.dumps(template, indent=1) if language == "json" else yaml.safe_dump(template, sort_keys=False)
    (tmp_path / f"template.{language}").write_text(text, encoding="utf-8")

    loaded = SOURCE.load(tmp_path, "code", LoadOptions(), lambda stage, done, total: None)

    assert loaded.problems == []
    found = {document.address: document for document in loaded.documents}
    said = [found[name] for name in writer.names.values()]
    known = KNOWN[path.parent.name]
    written = [(document, spelling_of(known, document)) for document in said]
    assert named(normal_form(known, written)) == renamed(named(revive(expected(path, spelling)))), text


PAIRS = [
    pytest.param(path, here, there, id=f"{path.parent.name}-{path.stem}-{here}-{there}")
    for path in CASES
    for here, documents in case(path)["spellings"].items()
    if writable(documents) and "${data." not in json.dumps(documents) and not here.startswith("state")
    for there, others in case(path)["spellings"].items()
    if templates(others) and not case(path).get("differs", {}).keys() & {here, there}
]


def opened(folder: pathlib.Path, name: str, text: str, config: str = "") -> Session:
    folder.mkdir()
    (folder / name).write_text(config + text, encoding="utf-8")
    return open_estate([str(folder)], LoadOptions(account="111122223333", region="eu-west-1"), today="2026-01-01")


PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n'


def told(session: Session, kinds: set[str]) -> tuple[Any, Any, Any]:
    """Resources, edges and findings, without the names that a language gives things.

    Findings of the kinds alone: what merely stands beside them, bare, has each language's own defaults.
    """
    estate = session.estate
    resources = sorted(
        (r.kind, json.dumps(nameless(r.config), sort_keys=True, default=str))
        for r in estate.resources.values()
        if r.kind in kinds
    )
    edges = sorted(
        (e.kind, estate.resources[e.source].kind, estate.resources[e.target].kind)
        for e in estate.edges
        if {estate.resources[e.source].kind, estate.resources[e.target].kind} <= KNOWN.keys()
    )
    findings = sorted(
        (f.code, f.resource.kind, f.verdict) for f in session.ask("check").findings if f.resource.kind in kinds
    )
    return resources, edges, findings


@pytest.mark.parametrize(("path", "here", "there"), PAIRS)
def test_both_languages_make_the_same_estate(path: pathlib.Path, here: str, there: str, tmp_path: pathlib.Path) -> None:
    kind = path.parent.name
    spelled = case(path)["spellings"]
    template = json.dumps(Writer(spelled[there], real=True).template(), indent=1)
    terraform = opened(tmp_path / "hcl", "main.tf", code(spelled[here]), PROVIDER)
    cloudformation = opened(tmp_path / "cfn", "template.json", template)
    assert told(terraform, {kind}) == told(cloudformation, {kind}), template


def test_at_least_forty_kinds_are_held_together() -> None:
    assert len({param.values[0].parent.name for param in PAIRS}) >= 40

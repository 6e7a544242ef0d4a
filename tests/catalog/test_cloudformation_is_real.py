"""CloudFormation as AWS describes it: every type and property that a kind names is in the provider's own schemas.

The schemas are those that cfn-lint carries; its data is read as it lies, for importing cfn-lint takes seconds.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from nephograph.catalog.language import Either, Kind, Otherwise, Spelling
from nephograph.catalog.normal import unread
from nephograph.catalog.registry import kind, kind_names
from nephograph.model.value import Reason, Unknown
from tests.catalog.catalog_documents import Document

KINDS = pathlib.Path(__file__).parent / "kinds"
SAYS = [(kind(n), s) for n in kind_names() for s in kind(n).spellings if s.dialect == "cloudformation"]
EVERY = pytest.mark.parametrize(("known", "spelling"), SAYS, ids=[f"{k.name}-{s.type}" for k, s in SAYS])
WITHOUT_SCHEMA = ("AWS::Serverless::",)
"""Types of the transform; SAM's are not the registry's."""

_CFNLINT = importlib.util.find_spec("cfnlint")
if _CFNLINT is None or _CFNLINT.origin is None:
    pytest.skip("cfn-lint (a development dependency) is not installed", allow_module_level=True)
SCHEMAS = pathlib.Path(_CFNLINT.origin).parent / "data" / "schemas"


@functools.cache
def types() -> dict[str, str]:
    return json.loads((SCHEMAS / "providers" / "us-east-1.json").read_text(encoding="utf-8"))


@functools.cache
def schema(type: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / "resources" / f"{types()[type]}.json").read_text(encoding="utf-8"))


def computed(type: str) -> set[str]:
    """Properties that are only ever answered, never written."""
    found = schema(type).get("readOnlyProperties", [])
    return {path.removeprefix("/properties/") for path in found if path.count("/") == 2}


def branches(type: str, part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A part of a schema and what it stands for: references and alternatives."""
    stack, seen = [part], 0
    while stack and seen < 200:
        one = stack.pop()
        seen += 1
        if "$ref" in one:
            target: Any = schema(type)
            for step in one["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            stack.append(target)
        yield one
        stack += [
            inner for word in ("anyOf", "oneOf", "allOf") for inner in one.get(word, []) if isinstance(inner, dict)
        ]


def below(type: str, parts: list[dict[str, Any]], step: str) -> list[dict[str, Any]] | None:
    """The schemas of a property; None where objects have free keys; [] when there is no such property."""
    found: list[dict[str, Any]] = []
    free = False
    for part in parts:
        for one in branches(type, part):
            items = one.get("items")
            if isinstance(items, dict):
                inner = below(type, [items], step)
                free, found = free or inner is None, found + (inner or [])
            if step in one.get("properties", {}):
                found.append(one["properties"][step])
            kinds = one.get("type", [])
            is_object = "object" in ([kinds] if isinstance(kinds, str) else kinds)
            free = free or "patternProperties" in one or one.get("format") == "json"
            free = free or (is_object and "properties" not in one)
    return found if found or not free else None


def misses(type: str, path: str) -> bool:
    parts: list[dict[str, Any]] | None = [schema(type)]
    for step in path.split("."):
        if parts is None:
            return False
        parts = below(type, parts, step)
        if parts == []:
            return True
    return False


def paths(spelling: Spelling) -> Iterator[str]:
    for how in spelling.fields.values():
        match how:
            case str():
                yield how
            case Otherwise():
                yield from (how.path, *how.when)
            case Either():
                yield from how.paths


def has_schema(spelling: Spelling) -> bool:
    if spelling.type.startswith(WITHOUT_SCHEMA):
        return False
    assert spelling.type in types(), f"CloudFormation has no {spelling.type}"
    return True


@EVERY
def test_every_property_that_is_named_is_real(known: Kind, spelling: Spelling) -> None:
    if not has_schema(spelling):
        return
    named = {*paths(spelling), *spelling.ignores, *([spelling.part_of] if spelling.part_of else [])}
    absent = sorted(path for path in named if misses(spelling.type, path))
    assert not absent, (
        f"{known.name}, {spelling.type} names {absent}; there is {sorted(schema(spelling.type)['properties'])}"
    )


@EVERY
def test_every_property_that_is_real_is_read_or_looked_at(known: Kind, spelling: Spelling) -> None:
    if not has_schema(spelling):
        return
    writable = set(schema(spelling.type)["properties"]) - computed(spelling.type)
    # A reader may look at one property only where another one is not written.
    silent = set.intersection(
        *(
            set(unread(Document(spelling.type, dict.fromkeys(some, value)), spelling)) | (writable - set(some))
            for value in (Unknown(Reason.NO_VALUE, "var.x"), "x")
            for some in (writable, *({one} for one in writable))
        )
    )
    silent -= {path.partition(".")[0] for path in paths(spelling)}
    for attributes in case_documents(spelling.type, known.name):
        silent -= attributes.keys() - set(unread(Document(spelling.type, attributes), spelling))
    assert not silent, f"{known.name}: {spelling.type} neither reads nor ignores {sorted(silent)}"


def case_documents(type: str, name: str) -> Iterator[dict[str, Any]]:
    for path in sorted(KINDS.glob(f"{name}/*.json")):
        for documents in json.loads(path.read_text(encoding="utf-8"))["spellings"].values():
            yield from (each[type] for each in documents if type in each)


def strange(type: str, value: Any, parts: list[dict[str, Any]] | None, where: str) -> Iterator[str]:
    """Properties of a written value, at any depth, that CloudFormation does not know."""
    if parts is None:
        return
    if isinstance(value, list):
        for one in value:
            yield from strange(type, one, parts, where)
    elif isinstance(value, dict) and "$unknown" not in value:
        for name, inner in value.items():
            found = below(type, parts, name)
            if found == []:
                yield f"{where}.{name}"
            else:
                yield from strange(type, inner, found, f"{where}.{name}")


@EVERY
def test_what_the_cases_say_can_be_written(known: Kind, spelling: Spelling) -> None:
    if not has_schema(spelling):
        return
    for attributes in case_documents(spelling.type, known.name):
        wrong = list(strange(spelling.type, attributes, [schema(spelling.type)], spelling.type))
        assert not wrong, f"{known.name}: CloudFormation knows no {wrong}"

"""An estate written as a CloudFormation template, by the paths that the catalog's spellings give.

What people wrote in Terraform is read into its normal form, and each field of it is written where the CloudFormation
spelling of its kind reads it. A field that a spelling reads in words of its own (rules, routes) has no path to be
written at: then there is no template, and the example has to be written by hand.
"""

from __future__ import annotations

import re
from typing import Any

from nephograph.catalog.language import Either, Kind, Otherwise, Spelling
from nephograph.catalog.registry import kind, kind_names, spellings
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown, has_symbol
from tests.catalog.test_cloudformation_is_real import below, branches, schema

_SYMBOL = re.compile("⟨([^⟨⟩]*)⟩")


class NoPath(Exception):
    """A field that no path of a template says."""


def template_of(estate: Estate) -> dict[str, Any]:
    """The template. Raises `NoPath` for what only a reader reads."""
    return _Writer(estate).template()


def logical(address: str) -> str:
    """An address as a logical name."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", address.removeprefix("aws_")))


class _Writer:
    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.at = {r.address: r for r in estate.resources.values()}
        self.parameters: dict[str, Any] = {}
        self.resources: dict[str, Any] = {}

    def template(self) -> dict[str, Any]:
        for resource in self.estate.resources.values():
            if resource.kind not in kind_names():
                raise NoPath(resource.kind)
            self._write(resource, kind(resource.kind))
        parameters = {"Parameters": self.parameters} if self.parameters else {}
        return {"AWSTemplateFormatVersion": "2010-09-09", **parameters, "Resources": self.resources}

    def _write(self, resource: Resource, known: Kind) -> None:
        ways = [s for s in known.spellings if s.dialect == "cloudformation"]
        main = next((s for s in ways if not s.part_of), None)
        if main is None:
            raise NoPath(resource.kind)
        name = logical(resource.address)
        documents: dict[str, dict[str, Any]] = {main.type: {}}
        for field, value in self._said(resource, known, ways):
            spelling, path = _where(field, [main, *(s for s in ways if s.part_of)])
            into = documents.setdefault(spelling.type, {})
            if spelling.part_of:
                into.setdefault(spelling.part_of, {"Ref": name})
            _put(spelling.type, into, path, self._value(value))
        for type_, properties in documents.items():
            own = name if type_ == main.type else name + type_.rpartition("::")[2]
            self.resources[own] = {"Type": type_, **({"Properties": properties} if properties else {})}

    def _said(self, resource: Resource, known: Kind, ways: list[Spelling]) -> list[tuple[str, Any]]:
        """The fields that were written, those of a group one by one."""
        readable = {name for way in ways for name in way.fields}
        found: list[tuple[str, Any]] = []
        for name, value in resource.config.items():
            field = known.fields[name]
            if field.type == "group" and isinstance(value, dict) and name not in readable:
                found += [(f"{name}.{inner}", v) for inner, v in value.items() if _written(resource, name, inner)]
            elif _written(resource, name) and not field.code_only:
                found.append((name, value))
        return found

    def _value(self, value: Any) -> Any:
        if isinstance(value, Unknown):
            if value.ref is not None:
                return self._reference(value.ref.address, str(value.ref.path[0]))
            if value.reason is Reason.SENSITIVE:
                return "correct-horse-battery"
            if value.parts:
                return {"Fn::Join": ["", [self._value(part) for part in value.parts]]}
            if value.reason is not Reason.NO_VALUE:
                raise NoPath(str(value))
            name = logical(value.detail)
            self.parameters[name] = {"Type": "String"}
            return {"Ref": name}
        if isinstance(value, dict):
            return {name: self._value(child) for name, child in value.items()}
        if isinstance(value, list):
            return [self._value(child) for child in value]
        if isinstance(value, str) and has_symbol(value):
            pieces = [self._piece(part) if n % 2 else part for n, part in enumerate(_SYMBOL.split(value))]
            pieces = [piece for piece in pieces if piece != ""]
            return pieces[0] if len(pieces) == 1 else {"Fn::Join": ["", pieces]}
        return value

    def _piece(self, symbol: str) -> Any:
        if symbol.startswith("account of"):
            return {"Ref": "AWS::AccountId"}
        if symbol.startswith("region of"):
            return {"Ref": "AWS::Region"}
        address, _, attribute = symbol.rpartition(".")
        return self._reference(address, attribute)

    def _reference(self, address: str, attribute: str) -> Any:
        if address not in self.at:
            raise NoPath(f"{address}.{attribute}")
        known, spelling = spellings("terraform", address.rpartition("module.")[2].split(".")[0])[0]
        names = {"id": known.id or "id", "arn": known.arn or "arn"}
        asked = spelling.computed.get(attribute, attribute)
        asked = names.get(asked, asked)
        other = next(s for s in known.spellings if s.dialect == "cloudformation" and not s.part_of)
        for name, template in {"Ref": "id", "Arn": "arn", **other.computed}.items():
            if names.get(template, template) == asked:
                target = logical(address)
                return {"Ref": target} if name == "Ref" else {"Fn::GetAtt": [target, name]}
        raise NoPath(f"{address}.{attribute}")


def _written(resource: Resource, *path: str) -> bool:
    return resource.get(*path) is not None and resource.value(*path).truth != "default"


def _where(field: str, ways: list[Spelling]) -> tuple[Spelling, list[str]]:
    for spelling in ways:
        how = spelling.fields.get(field)
        text = how.path if isinstance(how, Otherwise) else how.paths[0] if isinstance(how, Either) else how
        if isinstance(text, str):
            return spelling, text.split(".")
    raise NoPath(f"{ways[0].type}: {field}")


def _put(type_: str, into: dict[str, Any], path: list[str], value: Any) -> None:
    """Write at a path: what the provider's schema calls a list on the way becomes one of one element."""
    parts: list[dict[str, Any]] = [schema(type_)]
    for position, step in enumerate(path):
        found = below(type_, parts, step)
        assert found != [], f"{type_} has no {'.'.join(path)}"
        parts = found or []
        last = position == len(path) - 1
        listed = _is(type_, parts, "array") and not _is(type_, parts, "object")
        if last:
            into[step] = [value] if listed and not isinstance(value, list) else value
        elif listed:
            inner = into.setdefault(step, [{}])
            into = inner[0]
        else:
            into = into.setdefault(step, {})


def _is(type_: str, parts: list[dict[str, Any]], wanted: str) -> bool:
    kinds = [one.get("type") for part in parts for one in branches(type_, part)]
    return any(wanted == one or (isinstance(one, list) and wanted in one) for one in kinds)

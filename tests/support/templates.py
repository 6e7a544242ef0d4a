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
from nephograph.model.resource import Class, Resource
from nephograph.model.value import Reason, Unknown, has_symbol
from tests.catalog.test_cloudformation_is_real import below, branches, schema
from tests.support import template_fields, template_workloads
from tests.support.template_fields import ASKED, finished, tags

WRITERS = {**template_fields.WRITERS, **template_workloads.WRITERS}
_SYMBOL = re.compile("⟨([^⟨⟩]*)⟩")


class NoPath(Exception):
    """A field that no path of a template says."""


def template_of(estate: Estate, without: frozenset[str] = frozenset(), account: str = "") -> dict[str, Any]:
    """The template of one account, without resources of some kinds. Raises `NoPath` for what only a reader reads."""
    return _Writer(estate, without, account).template()


def logical(address: str) -> str:
    """An address as a logical name."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", address.removeprefix("aws_")))


class _Writer:
    def __init__(self, estate: Estate, without: frozenset[str], account: str) -> None:
        self.estate = estate
        left = [r for r in estate.resources.values() if r.kind not in without and r.cls is not Class.CONFIGURATION]
        self.at = {r.address: r for r in left if not account or r.scope.account == account}
        self.parameters: dict[str, Any] = {}
        self.resources: dict[str, Any] = {}

    def template(self) -> dict[str, Any]:
        for resource in self.at.values():
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
        more: list[tuple[str, dict[str, Any]]] = []
        order = [main, *(s for s in ways if s.part_of)]
        for field, value in self._said(resource, known, ways):
            if field == "tags" and not any("tags" in s.fields for s in order):
                continue  # (CloudFormation cannot tag everything)
            writer = tags if field == "tags" else WRITERS.get((known.name, field))
            if writer is not None and not any(isinstance(s.fields.get(field), str | Either | Otherwise) for s in order):
                more += writer(self._value(value))
                continue
            spelling, path = _where(field, order)
            into = documents.setdefault(spelling.type, {})
            if spelling.part_of:
                into.setdefault(spelling.part_of, {"Ref": name})
            _put(spelling.type, into, path, self._value(value))
        for type_, properties in more:
            if not type_:
                _joined(documents[main.type], properties)
                continue
            owner = next(s.part_of for s in ways if s.type == type_)
            number = sum(1 for one in self.resources if one.startswith(name + type_.rpartition("::")[2]))
            self.resources[f"{name}{type_.rpartition('::')[2]}{number}"] = {
                "Type": type_,
                "Properties": {owner: self._name_for(main, name), **properties},
            }
        for type_, properties in documents.items():
            properties = finished(type_, properties)
            own = name if type_ == main.type else name + type_.rpartition("::")[2]
            self.resources[own] = {"Type": type_, **({"Properties": properties} if properties else {})}

    def _name_for(self, main: Spelling, name: str) -> Any:
        """What a part calls its owner by: a security group by its id, which `Ref` gives for one in a VPC as well."""
        return {"Fn::GetAtt": [name, "GroupId"]} if main.type == "AWS::EC2::SecurityGroup" else {"Ref": name}

    def _said(self, resource: Resource, known: Kind, ways: list[Spelling]) -> list[tuple[str, Any]]:
        """The fields that were written, those of a group one by one."""
        readable = {name for way in ways for name in way.fields}
        found: list[tuple[str, Any]] = []
        for name, value in resource.config.items():
            field = known.fields[name]
            whole = name in readable or (known.name, name) in WRITERS
            if field.type == "group" and isinstance(value, dict) and not whole:
                found += [(f"{name}.{inner}", v) for inner, v in value.items() if _written(resource, name, inner)]
            elif _written(resource, name) and (not field.code_only or (known.name, name) in WRITERS):
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
            if value.reason is Reason.INVALID:
                raise NoPath(str(value))
            # What nobody knows in the one language is a parameter without a value in the other.
            return self._parameter(value.detail)
        if isinstance(value, dict):
            return {name: self._value(child) for name, child in value.items()}
        if isinstance(value, list):
            return [self._value(child) for child in value]
        if isinstance(value, str) and has_symbol(value):
            pieces = [
                piece
                for m, text in enumerate(_ARN_MARK.split(self._by_arn(value)))
                for piece in ([self._reference(text, "arn")] if m % 2 else self._split(text))
                if piece != ""
            ]
            return pieces[0] if len(pieces) == 1 else {"Fn::Join": ["", pieces]}
        return value

    def _parameter(self, detail: str) -> Any:
        name = logical(detail)[:60]
        self.parameters[name] = {"Type": "String"}
        return {"Ref": name}

    def _split(self, text: str) -> list[Any]:
        return [self._piece(part) if n % 2 else part for n, part in enumerate(_SYMBOL.split(text))]

    def _by_arn(self, text: str) -> str:
        """The text with ARNs of which a piece is not known marked by the address they are of."""
        for resource in self.estate.resources.values():
            if has_symbol(resource.arn) and resource.arn in text:
                text = text.replace(resource.arn, f"\0{resource.address}\0")
        return text

    def _piece(self, symbol: str) -> Any:
        if symbol.startswith("account of"):
            return {"Ref": "AWS::AccountId"}
        if symbol.startswith("region of"):
            return {"Ref": "AWS::Region"}
        address, _, attribute = symbol.rpartition(".")
        return self._reference(address, attribute)

    def _reference(self, address: str, attribute: str) -> Any:
        if address not in self.at:
            return self._parameter(f"{address}.{attribute}")
        type_ = _type_of(address)
        known, spelling = spellings("terraform", type_)[0]
        names = {"id": known.id or "id", "arn": known.arn or "arn"}
        asked = spelling.computed.get(attribute, attribute)
        asked = names.get(asked, asked)
        other = next(s for s in known.spellings if s.dialect == "cloudformation" and not s.part_of)
        if (type_, attribute) in ASKED:
            return {"Fn::GetAtt": [logical(address), ASKED[type_, attribute]]}
        for name, template in {"Ref": "id", "Arn": "arn", **other.computed}.items():
            if names.get(template, template) == asked:
                target = logical(address)
                return {"Ref": target} if name == "Ref" else {"Fn::GetAtt": [target, name]}
        raise NoPath(f"{address}.{attribute}")


_ARN_MARK = re.compile("\0([^\0]*)\0")


def _type_of(address: str) -> str:
    found = re.search(r"(?:^|\.)(aws_\w+)\.", address)
    assert found is not None, address
    return found[1]


def _joined(into: dict[str, Any], properties: dict[str, Any]) -> None:
    for name, value in properties.items():
        if name in into and isinstance(value, list):
            into[name] = [*into[name], *value]
        else:
            into[name] = value


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

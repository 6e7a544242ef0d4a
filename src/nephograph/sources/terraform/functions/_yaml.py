"""YAML 1.2 as yamldecode reads it: the core schema, bounded by nodes so that aliases cannot multiply."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from typing import Any

import yaml

from nephograph.sources.terraform.values import MAX_ELEMENTS, EvaluationError, Exhausted, describe, text_of, to_number

_INTEGER = re.compile(r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
    r"| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]+)?)?"
)
_TRUE = frozenset({"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
_FALSE = frozenset({"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DEPTH = 100
_TAG = "tag:yaml.org,2002:"
_CONTAINERS = frozenset({_TAG + "seq", _TAG + "map"})
_PLAIN = (None, "")


class _Decoder:
    def __init__(self) -> None:
        self.left = MAX_ELEMENTS
        self.open: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth > _MAX_DEPTH:
            raise Exhausted(f"a YAML text of more than {MAX_ELEMENTS:,} nodes or {_MAX_DEPTH} levels")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self.open:
            raise EvaluationError("a YAML anchor refers to itself")
        if node.tag not in _CONTAINERS:
            raise EvaluationError(f"the YAML tag {describe(node.tag)} is not supported")
        self.open.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            value: Any = [self.value(item, depth + 1) for item in node.value]
        else:
            value = self._mapping(node, depth)
        self.open.discard(id(node))
        return value

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.value == "<<" and key_node.style in _PLAIN:
                if not isinstance(value_node, yaml.MappingNode):
                    raise EvaluationError("<< merges one mapping")
                merged.update(self.value(value_node, depth + 1))
                continue
            key = self.value(key_node, depth + 1)
            if isinstance(key, list | dict) or key is None:
                raise EvaluationError("a key of a YAML mapping is not a string")
            out[text_of(key)] = self.value(value_node, depth + 1)
        return {**merged, **out}


def _scalar(node: yaml.ScalarNode) -> Any:
    text = node.value
    if not node.tag.startswith(_TAG):
        raise EvaluationError(f"the YAML tag {describe(node.tag)} is not supported")
    tag = node.tag.removeprefix(_TAG)
    if tag == "binary":
        try:
            return base64.b64encode(base64.b64decode(text)).decode()
        except (binascii.Error, ValueError):
            raise EvaluationError("a !!binary is not base64") from None
    if tag not in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value"):
        raise EvaluationError(f"the YAML tag !!{tag} is not supported")
    if node.style not in _PLAIN:
        return text
    if tag == "null":
        return None
    # The reader resolves some words otherwise than Terraform does (dates, 1:30); only !!str is an order.
    if tag == "str" and yaml.SafeLoader.yaml_implicit_resolvers and _implicit(text) != _TAG + "str":
        return text
    found = _resolve(text)
    if found is None and tag == "int" and _implicit(text) != node.tag:
        raise EvaluationError(f"{describe(text)} is not a whole number")
    return text if found is None else found[0]


def _implicit(text: str) -> str:
    """The tag that the reader gives a plain text without a tag of its own."""
    resolver: Any = yaml.resolver.Resolver()
    return str(resolver.resolve(yaml.ScalarNode, text, (True, False)))


def _resolve(text: str) -> tuple[Any] | None:
    if text in _NULL:
        return (None,)
    if text in _TRUE:
        return (True,)
    if text in _FALSE:
        return (False,)
    if len(text) > 400 or text[0] not in "+-.0123456789":
        return None
    if _INTEGER.fullmatch(text):
        return (int(text, 0) if text[1:2] in ("x", "o") else int(text),)
    if _FLOAT.fullmatch(text):
        return (to_number(text),)
    if _NOT_FINITE.fullmatch(text):
        raise EvaluationError(f"{text} is not a finite number")
    return _time(text)


def _time(text: str) -> tuple[str] | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    year, month, day, *clock = match.groups()
    hour, minute, second = (int(clock[at] or clock[at + 4] or 0) for at in range(3))
    try:
        moment = datetime.datetime(int(year), int(month), int(day), hour, minute, second)
    except ValueError:
        return None
    return (f"{moment.isoformat()}{clock[3] or 'Z'}",)


_OPENS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSES = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


def _bound(text: str, loader: Any) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, _OPENS) - isinstance(event, _CLOSES)
        if depth > _MAX_DEPTH + 1:
            # Nodes are composed by recursion in C, which would end the process; events are not.
            raise Exhausted(f"a YAML text of more than {_MAX_DEPTH} levels")


def decode(text: str) -> Any:
    """The value of a YAML text of one document."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _bound(text, loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise EvaluationError(f"the text is not YAML{where}") from None
    except (RecursionError, ValueError):
        raise EvaluationError("the text is not YAML") from None
    if node is None:
        raise EvaluationError("the text holds no YAML value")
    return _Decoder().value(node, 0)

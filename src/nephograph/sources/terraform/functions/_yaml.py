"""YAML 1.2 as yamldecode reads it: the core schema, bounded by nodes so that aliases cannot multiply."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

import yaml

from nephograph.sources.terraform.values import MAX_ELEMENTS, EvaluationError, Exhausted, describe, text_of, to_number

_INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_MAX_DEPTH = 100
_TAG = "tag:yaml.org,2002:"


class _Decoder:
    def __init__(self) -> None:
        self.left = MAX_ELEMENTS

    def value(self, node: yaml.Node, depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth > _MAX_DEPTH:
            raise Exhausted(f"a YAML text of more than {MAX_ELEMENTS:,} nodes or {_MAX_DEPTH} levels")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        assert isinstance(node, yaml.MappingNode)
        out: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.value == "<<" and key_node.style is None:
                merged = {**self._merge(value_node, depth), **merged}
                continue
            key = self.value(key_node, depth + 1)
            if isinstance(key, list | dict) or key is None:
                raise EvaluationError("a key of a YAML mapping is not a string")
            out[text_of(key)] = self.value(value_node, depth + 1)
        return {**merged, **out}

    def _merge(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        value = self.value(node, depth + 1)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return {key: item for part in reversed(value) for key, item in part.items()}
        if isinstance(value, dict):
            return value
        raise EvaluationError("<< merges a mapping or a list of mappings")


def _scalar(node: yaml.ScalarNode) -> Any:
    text = node.value
    explicit = node.tag.removeprefix(_TAG) if node.tag.startswith(_TAG) else node.tag
    if explicit == "binary":
        try:
            return base64.b64encode(base64.b64decode(text)).decode()
        except (binascii.Error, ValueError):
            raise EvaluationError("a !!binary is not base64") from None
    if node.style is not None or (explicit == "str" and _resolve(text) is None):
        return text
    if explicit not in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value"):
        raise EvaluationError(f"the YAML tag {describe(node.tag)} is not supported")
    found = _resolve(text)
    return text if found is None else found[0]


def _resolve(text: str) -> tuple[Any] | None:
    if text in _NULL:
        return (None,)
    if text in _TRUE:
        return (True,)
    if text in _FALSE:
        return (False,)
    if len(text) <= 400 and _INTEGER.fullmatch(text):
        digits = text.replace("_", "")
        if len(digits.lstrip("+-")) > 1 and digits.lstrip("+-").isdecimal() and digits.lstrip("+-")[0] == "0":
            sign = -1 if digits[0] == "-" else 1
            octal = digits.lstrip("+-")
            return (sign * int(octal, 8),) if all(digit < "8" for digit in octal) else (to_number(octal),)
        return (int(digits, 0),)
    if len(text) <= 400 and _FLOAT.fullmatch(text):
        return (to_number(text),)
    return None


def decode(text: str) -> Any:
    """The value of a YAML text of one document."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise EvaluationError(f"the text is not YAML{where}") from None
    except (RecursionError, ValueError):
        raise EvaluationError("the text is not YAML") from None
    return None if node is None else _Decoder().value(node, 0)

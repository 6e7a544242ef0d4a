"""Type constraints of variables: read from their expression, and applied to values as Terraform converts them.

Rules: https://developer.hashicorp.com/terraform/language/expressions/type-constraints and
https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from nephograph.model.value import Unknown
from nephograph.sources.terraform.values import text_of, unique

Node = tuple[Any, ...]


class Attribute(msgspec.Struct, frozen=True):
    """One attribute of an object type. `default` is the node of `optional(type, default)`."""

    type: Constraint
    optional: bool = False
    default: Any = None


class Constraint(msgspec.Struct, frozen=True):
    """A type: `kind` is any, string, number, bool, list, set, map, tuple or object."""

    kind: str
    element: Any = None
    attributes: dict[str, Attribute] = {}
    elements: tuple[Any, ...] = ()


ANY = Constraint("any")
_PRIMITIVE = frozenset({"any", "string", "number", "bool"})
_COLLECTION = frozenset({"list", "set", "map"})


class Mismatch(ValueError):  # noqa: N818 - says what it is
    """A value does not fit its type; the message says where and why."""


def constraint(node: Node | None) -> Constraint:
    """The type an expression stands for; ANY for none. Raises Mismatch for what is not a type."""
    if node is None:
        return ANY
    match node[0]:
        case "paren" | "wrap":
            return constraint(node[3])
        case "ref" if not node[4]:
            return _named(node[3])
        case "lit" if isinstance(node[3], str):
            # Terraform 0.11 wrote types in quotes.
            return _named(node[3])
        case "call":
            return _call(node[3], node[4])
    raise Mismatch("this is not a type")


def _named(name: str) -> Constraint:
    if name in _PRIMITIVE:
        return Constraint(name)
    if name in _COLLECTION:
        return Constraint(name, ANY)
    raise Mismatch(f"{name} is not a type")


def _call(name: str, arguments: tuple[Node, ...]) -> Constraint:
    if len(arguments) != 1:
        raise Mismatch(f"{name}() takes one type")
    if name in _COLLECTION:
        return Constraint(name, constraint(arguments[0]))
    if name == "tuple" and arguments[0][0] == "tuple":
        return Constraint("tuple", elements=tuple(constraint(element) for element in arguments[0][3]))
    if name == "object" and arguments[0][0] == "object":
        attributes = {}
        for key, value in arguments[0][3]:
            if value[0] == "call" and value[3] == "optional" and value[4]:
                default = value[4][1] if len(value[4]) > 1 else None
                attributes[str(key[3])] = Attribute(constraint(value[4][0]), True, default)
            else:
                attributes[str(key[3])] = Attribute(constraint(value))
        return Constraint("object", attributes=attributes)
    raise Mismatch(f"{name}() is not a type")


def convert(value: Any, wanted: Constraint, evaluate: Callable[[Node], Any], where: str = "") -> Any:
    """The value in the wanted type. Unknown values pass; null passes. Raises Mismatch where it does not fit.

    `evaluate` gives the value of a default of `optional()`.
    """
    if value is None or isinstance(value, Unknown):
        return value
    match wanted.kind:
        case "any":
            return value
        case "string":
            if isinstance(value, str):
                return value
            if isinstance(value, bool | int | float):
                return text_of(value)
        case "number":
            return _number(value, where)
        case "bool":
            if isinstance(value, bool):
                return value
            if value in ("true", "false"):
                return value == "true"
        case "list" | "set" if isinstance(value, list | tuple):
            elements = [convert(v, wanted.element, evaluate, f"{where}[{i}]") for i, v in enumerate(value)]
            return unique(elements) if wanted.kind == "set" else elements
        case "tuple" if isinstance(value, list | tuple):
            if len(value) != len(wanted.elements):
                raise Mismatch(f"{where or 'the value'} needs {len(wanted.elements)} elements, not {len(value)}")
            pairs = enumerate(zip(value, wanted.elements, strict=True))
            return [convert(v, element, evaluate, f"{where}[{i}]") for i, (v, element) in pairs]
        case "map" if isinstance(value, dict):
            return {key: convert(v, wanted.element, evaluate, f"{where}.{key}") for key, v in value.items()}
        case "object" if isinstance(value, dict):
            return _object(value, wanted, evaluate, where)
    raise Mismatch(f"{where or 'the value'} is {_name(value)} where {_article(wanted.kind)} is wanted")


def _number(value: Any, where: str) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) <= 400:
        try:
            return int(value)
        except ValueError:
            pass
        try:
            return float(value)
        except ValueError:
            pass
    raise Mismatch(f"{where or 'the value'} is {_name(value)} where a number is wanted")


def _object(value: dict[str, Any], wanted: Constraint, evaluate: Callable[[Node], Any], where: str) -> dict[str, Any]:
    converted: dict[str, Any] = {}
    for name, attribute in wanted.attributes.items():
        inner = f"{where}.{name}"
        said = value.get(name)
        if said is None and attribute.default is not None:
            said = evaluate(attribute.default)
        elif isinstance(said, Unknown) and None in said.among:
            said = said.unnarrowed()
        if name not in value and not attribute.optional:
            raise Mismatch(f"{where or 'the value'} has no {name}")
        converted[name] = convert(said, attribute.type, evaluate, inner)
    return converted


def _name(value: Any) -> str:
    if isinstance(value, bool):
        return "a bool"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, int | float):
        return "a number"
    return "an object" if isinstance(value, dict) else "a list"


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "object" else f"a {kind}"

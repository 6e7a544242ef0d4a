"""Policies of a resource, taken apart once each: a document that many resources carry is one `Document`.

What is not known stays in its place as a text with `known` False, or leaves the statement `open`: of it a rule says
nothing.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from nephograph.catalog.language import Field
from nephograph.catalog.registry import kind, kind_names
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import Unknown, has_symbol, is_unknown

Type = Literal["identity", "trust", "resource", "endpoint", "service control", "resource control"]
"""What a policy is for: it decides which elements it has and how large it may be."""

VARIABLES_SINCE = "2012-10-17"
"""The version of documents in which `${…}` is a variable."""


class Text(msgspec.Struct, frozen=True):
    """One text of a policy with its place below the document. `known` is False when it has an unknown piece."""

    value: str
    path: Path
    known: bool = True


class Element(msgspec.Struct, frozen=True):
    """Action, Resource or their Not-forms: `name` as written, the texts of it."""

    name: str
    texts: tuple[Text, ...]

    @property
    def negated(self) -> bool:
        """Does it name what is left out?"""
        return self.name.startswith("Not")


class Principal(msgspec.Struct, frozen=True):
    """One principal: `type` is AWS, Service, Federated, CanonicalUser, or `*` for the bare star."""

    type: str
    text: Text


class Test(msgspec.Struct, frozen=True):
    """One operator with one key of a Condition, as written."""

    operator: str
    key: str
    values: tuple[Text, ...]
    path: Path


class Statement(msgspec.Struct, frozen=True, eq=False):
    """One statement. `open` says that a part that matters is not known; `said` is what is written."""

    index: int
    said: dict[str, Any]
    effect: str
    sid: str
    actions: Element | None
    resources: Element | None
    principals: tuple[Principal, ...]
    conditions: tuple[Test, ...]
    open: bool

    @property
    def path(self) -> Path:
        """Where it stands below the document."""
        return ("Statement", self.index)

    @property
    def words(self) -> str:
        """What people call it: by its Sid, or its number from 1."""
        return f'statement "{self.sid}"' if self.sid else f"statement {self.index + 1}"

    @property
    def principal_name(self) -> str:
        """`Principal`, `NotPrincipal`, or "" when neither is there."""
        return next((name for name in ("Principal", "NotPrincipal") if name in self.said), "")

    @property
    def everybody(self) -> bool:
        """Does its Principal name everybody?"""
        return self.principal_name == "Principal" and any(
            p.text.value == "*" and p.type in ("*", "AWS") for p in self.principals
        )


class Document(msgspec.Struct, frozen=True, eq=False):
    """One distinct policy document: its type, what is written, its statements. `kept` holds what rules found in it."""

    type: Type
    said: dict[str, Any]
    statements: tuple[Statement, ...]
    kept: dict[Any, Any]

    @property
    def variables(self) -> bool:
        """Are `${…}` variables in it (or may they be)?"""
        version = self.said.get("Version")
        return is_unknown(version) or version == VARIABLES_SINCE


class Carried(msgspec.Struct, frozen=True, eq=False):
    """A policy where a resource carries it. `document` is an Unknown when what it says is not known.

    `name` tells policies of one resource apart; `words` is what people call it.
    """

    resource: Resource
    path: Path
    document: Document | Unknown
    words: str
    name: str = ""


@functools.lru_cache(maxsize=1 << 12)
def carried(resource: Resource) -> tuple[Carried, ...]:
    """Every policy a resource carries; none of those that AWS manages."""
    # A resource is equal to itself alone: the cache holds what was worked out for this very one.
    if resource.kind not in kind_names() or resource.get("aws_managed") is True:
        return ()
    found = []
    for place in policy_places(resource.kind):
        type_ = _type(resource, place)
        if type_ is None:
            continue
        for path in _paths(resource, place):
            said = resource.get(*path)
            if isinstance(said, dict):
                said = _document(_Content(said), type_)
            elif not isinstance(said, Unknown):
                continue
            name = resource.get(*path[:-1], "name") if len(path) > 1 else ""
            name = name if isinstance(name, str) else ""
            found.append(Carried(resource, path, said, _words(resource, path, type_, name), name))
    return tuple(found)


@functools.cache
def policy_places(name: str) -> tuple[tuple[str, ...], ...]:
    """The fields of a kind that hold policies; `*` stands for a position in a list."""
    return tuple(_places(kind(name).fields))


def _places(fields: dict[str, Field]) -> Iterator[tuple[str, ...]]:
    for name, field in fields.items():
        if field.type == "policy":
            yield (name,)
        step = (name, "*") if field.type == "items" else (name,)
        yield from ((*step, *deeper) for deeper in _places(field.fields))


def _paths(resource: Resource, place: tuple[str, ...]) -> Iterator[Path]:
    if "*" not in place:
        yield place
        return
    cut = place.index("*")
    several = resource.get(*place[:cut])
    for position in range(len(several)) if isinstance(several, list) else ():
        yield (*place[:cut], position, *place[cut + 1 :])


_CONTROL: dict[str, Type] = {
    "SERVICE_CONTROL_POLICY": "service control",
    "RESOURCE_CONTROL_POLICY": "resource control",
}


def _type(resource: Resource, place: tuple[str, ...]) -> Type | None:
    """What the policy at that field is for; None for documents of another grammar (tag and backup policies)."""
    if resource.kind == "aws_organizations_policy":
        said = resource.get("type")
        return _CONTROL.get(said) if isinstance(said, str) else None
    return _BY_FIELD.get(place[-1], "identity")


_BY_FIELD: dict[str, Type] = {"trust_policy": "trust", "endpoint_policy": "endpoint", "policy": "resource"}


def _words(resource: Resource, path: Path, type_: Type, name: str) -> str:
    label = resource.label or resource.address
    if type_ in ("trust", "endpoint"):
        return f"{type_} policy of {label}"
    if name:
        return f"policy {name} of {label}"
    return f"policy {label}" if path == ("document",) else f"policy of {label}"


class _Content:
    """A document as the key of a cache: equal to what says the same."""

    __slots__ = ("said", "text")

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.text = repr(said)

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.text == other.text


@functools.lru_cache(maxsize=1 << 12)
def _document(content: _Content, type_: Type) -> Document:
    said = content.said.get("Statement")
    every = enumerate(said if isinstance(said, list) else ())
    statements = tuple(_statement(one, index) for index, one in every if isinstance(one, dict))
    return Document(type_, content.said, statements, {})


def _statement(said: dict[str, Any], index: int) -> Statement:
    path: Path = ("Statement", index)
    sid = said.get("Sid")
    effect = said.get("Effect")
    actions, resources = (_element(said, name, path) for name in ("Action", "Resource"))
    principals, hidden = _principals(said, path)
    conditions, closed = _conditions(said.get("Condition"), (*path, "Condition"))
    return Statement(
        index,
        said,
        effect if isinstance(effect, str) else "",
        sid if isinstance(sid, str) else "",
        actions,
        resources,
        principals,
        conditions,
        hidden or closed or is_unknown(effect) or any(is_unknown(said.get(name)) for name in _ELEMENTS),
    )


_ELEMENTS = ("Action", "NotAction", "Resource", "NotResource")


def _element(said: dict[str, Any], name: str, path: Path) -> Element | None:
    present = [word for word in (name, f"Not{name}") if word in said]
    return Element(present[0], _texts(said[present[0]], (*path, present[0]))) if len(present) == 1 else None


def _texts(value: Any, path: Path) -> tuple[Text, ...]:
    """One text or a list of texts; anything else is no text."""
    if isinstance(value, list):
        return tuple(text for position, one in enumerate(value) for text in _texts(one, (*path, position)))
    if isinstance(value, Unknown):
        return (Text(value.symbol, path, known=False),)
    if isinstance(value, bool):
        return (Text("true" if value else "false", path),)
    if isinstance(value, str | int | float):
        return (Text(str(value), path, known=not has_symbol(str(value))),)
    return ()


def _principals(said: dict[str, Any], path: Path) -> tuple[tuple[Principal, ...], bool]:
    """The principals, and whether some are not known."""
    for name in ("Principal", "NotPrincipal"):
        value = said.get(name)
        if isinstance(value, Unknown):
            return (), True
        if isinstance(value, str):
            return (Principal("*", Text(value, (*path, name), not has_symbol(value))),), has_symbol(value)
        if isinstance(value, dict):
            found = [Principal(kind_, text) for kind_, of in value.items() for text in _texts(of, (*path, name, kind_))]
            return tuple(found), False
    return (), False


def _conditions(said: Any, path: Path) -> tuple[tuple[Test, ...], bool]:
    """The tests, and whether some are not known."""
    if not isinstance(said, dict):
        return (), isinstance(said, Unknown) or (isinstance(said, str) and has_symbol(said))
    found, closed = [], False
    for operator, keys in said.items():
        if not isinstance(keys, dict):
            closed = closed or is_unknown(keys) or isinstance(keys, str)
            continue
        closed = closed or has_symbol(operator)
        for key, values in keys.items():
            closed = closed or has_symbol(key)
            place = (*path, operator, key)
            found.append(Test(operator, key, _texts(values, place), place))
    return tuple(found), closed

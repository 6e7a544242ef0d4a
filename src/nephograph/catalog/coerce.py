"""What a document says, in the type the field has. What does not fit is an Unknown that says so, never a guess."""

from __future__ import annotations

import json
import re
from typing import Any

from nephograph.catalog.cursor import Cursor, Few, Tree
from nephograph.catalog.language import Field
from nephograph.catalog.node import Node, Whole
from nephograph.model.span import Path
from nephograph.model.value import Reason, Unknown

_POLICY_LIMIT = 1_000_000
"""Characters of policy text that are read; AWS's own limits are far below."""


def coerced(tree: Tree, field: Field, document: int) -> Node | None:
    """A tree of cursors as nodes of the field's type; None when nothing was said."""
    if tree is None:
        return None
    type_ = field.type
    if isinstance(tree, Cursor):
        value = tree.value
        if value is None or (type_ == "reference" and value == ""):
            return None
        if type(value) is str and type_ in ("text", "reference"):
            return Node(value, (document, tree.path))  # most values are
        if isinstance(value, Unknown) and type_ != "policy":
            # A list field whose whole content is not known stays unknown as a whole.
            value = _narrowed(value, field, type(tree) is Few)
            return None if value is None else Node(value, (document, tree.path))
    match type_:
        case "group":
            return _coerce_group(tree, field, document)
        case "items":
            return _coerce_items(tree, field, document)
        case "texts" | "references":
            return _coerce_texts(tree, document, skipped=(None, "") if field.type == "references" else (None,))
        case "mapping":
            return _verbatim(tree, document)
        case "policy":
            return _coerce_policy(tree, document)
        case _:
            assert isinstance(tree, Cursor), f"a {field.type} field was read as {type(tree).__name__}"
            return Node(_scalar(tree.value, type_), (document, tree.path))


def _narrowed(value: Unknown, field: Field, plainly: bool) -> Any:
    """One of a few values in the type the field has: the values are kept where each can be one of the field.

    `plainly`: it was read as it stands. Where nothing may be said, the provider's default stands in its place.
    """
    if not value.among or not plainly or field.type not in ("text", "reference", "flag", "number"):
        return value.unnarrowed()
    known: dict[tuple[type, Any], Any] = {}
    for one in value.among:
        said = field.default if one is None else _scalar(one, field.type)
        if field.type == "reference" and said == "":
            said = None
        if isinstance(said, Unknown) and said.reason is Reason.INVALID:
            return value.unnarrowed()
        known[type(said), said] = said
    if len(known) == 1:
        return next(iter(known.values()))
    return Unknown(value.reason, value.detail, value.ref, among=tuple(known.values()))


def _coerce_group(tree: Tree, field: Field, document: int) -> Node | None:
    place: tuple[int, Path] | None = None
    if isinstance(tree, Cursor):
        place = (document, tree.path)
        single = tree.value[0] if isinstance(tree.value, list) and tree.value else tree.value
        base = (*tree.path, 0) if isinstance(tree.value, list) else tree.path
        tree = {n: Cursor(v, (*base, n)) for n, v in single.items()} if isinstance(single, dict) else {}
    assert isinstance(tree, dict), "a group field needs a mapping"
    inner = {n: node for n, t in tree.items() if n in field.fields and (node := coerced(t, field.fields[n], document))}
    return Node(inner, place) if inner or place else None


def _coerce_items(tree: Tree, field: Field, document: int) -> Node:
    place = (document, tree.path) if isinstance(tree, Cursor) else None
    elements: list[Tree] = list(tree.each()) if isinstance(tree, Cursor) else tree if isinstance(tree, list) else [tree]
    nodes = []
    for element in elements:
        if isinstance(element, Cursor) and element.unknown:
            nodes.append(Node(element.value.unnarrowed(), (document, element.path)))
        elif (node := _coerce_group(element, field, document)) is not None:
            nodes.append(node if node.place else Node(node.value, _common_place(node)))
    return Node(nodes, place)


def _common_place(node: Node) -> tuple[int, Path] | None:
    """The innermost place that holds all children of an item that was put together by a reader."""
    places_ = [child.place for child in node.value.values() if child.place is not None]
    if not places_:
        return None
    document, common = places_[0]
    for _, path in places_[1:]:
        length = 0
        while length < min(len(common), len(path)) and common[length] == path[length]:
            length += 1
        common = common[:length]
    if len(places_) == 1 and len(common) > 0:
        common = common[:-1] if isinstance(common[-1], str) else common
    return document, common


def _coerce_texts(tree: Tree, document: int, skipped: tuple[str | None, ...]) -> Node:
    place = (document, tree.path) if isinstance(tree, Cursor) else None
    elements: list[Tree] = list(tree.each()) if isinstance(tree, Cursor) else tree if isinstance(tree, list) else [tree]
    nodes = []
    for element in elements:
        assert isinstance(element, Cursor), "a list of texts holds cursors"
        if element.value not in skipped:
            nodes.append(Node(_scalar(element.value, "text"), (document, element.path)))
    return Node(nodes, place)


def _verbatim(tree: Tree, document: int) -> Node:
    if isinstance(tree, dict):
        return Node({name: _verbatim(child, document) for name, child in tree.items()}, None)
    if isinstance(tree, list):
        return Node([_verbatim(child, document) for child in tree], None)
    assert tree is not None
    if isinstance(tree.value, list) and len(tree.value) == 1 and isinstance(tree.value[0], dict):
        tree = Cursor(tree.value[0], (*tree.path, 0))
    place = (document, tree.path)
    if isinstance(tree.value, dict):
        return Node({name: _verbatim(child, document) for name, child in tree.entries()}, place)
    if isinstance(tree.value, list):
        return Node([_verbatim(child, document) for child in tree.each()], place)
    return Node(tree.value.unnarrowed() if type(tree.value) is Unknown else tree.value, place)


def _coerce_policy(tree: Tree, document: int) -> Node | None:
    assert isinstance(tree, Cursor), "a policy field is read at one place"
    value = tree.value
    if isinstance(value, Unknown) and value.parts:
        # An address inside a symbol may hold quotes; inside JSON text they have to be escaped.
        value = "".join(p if isinstance(p, str) else json.dumps(p.symbol)[1:-1] for p in value.parts)
    if isinstance(value, str):
        if not value.strip():
            return None
        if value.startswith("%7B"):
            value = _unquoted(value)  # as IAM's API sends it
        try:
            if len(value) > _POLICY_LIMIT:
                raise ValueError("too long")
            value = json.loads(value, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            why = f"policy is not JSON: {_place(error)}"
            return Node(Unknown(Reason.INVALID, why), (document, tree.path))
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, Unknown) or not isinstance(value, dict):
        unknown = value if isinstance(value, Unknown) else Unknown(Reason.INVALID, "policy is not a JSON object")
        return Node(unknown, (document, tree.path))
    if isinstance(tree.value, dict) and "Statement" in value:
        value = {**value, "Statement": _with_symbols(value["Statement"])}
    statements = value.get("Statement", [])
    if not isinstance(statements, list):
        # A lone statement is a list of one; its elements keep the path the text has.
        inner = {name: _verbatim(Cursor(part, (*tree.path, name)), document) for name, part in value.items()}
        lone = inner.pop("Statement")
        inner["Statement"] = Node([lone], lone.place)
        return Node(inner, (document, tree.path))
    return Whole(_copied(value), (document, tree.path))


def _place(error: Exception) -> str:
    """What is wrong, at which character, and what stands there: the text may lie in quotes, in a heredoc, in a file."""
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    told = f"{error.msg[:1].lower()}{error.msg[1:]} at line {error.lineno} column {error.colno}"
    here = error.doc[error.pos : error.pos + 24].split("\n", 1)[0]
    return f"{told}, where {here!r} stands" if here else f"{told}, where the text ends"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once each: AWS takes no policy with a key twice, and which one would count?"""
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _with_symbols(statements: Any) -> Any:
    """Statements of a document that was written as an object: their unknown pieces as symbols, as text has them.

    A whole statement of which nothing is known stays unknown.
    """
    if isinstance(statements, list):
        return [_with_symbols(one) for one in statements]
    if isinstance(statements, dict):
        return {name: _symbols(part) for name, part in statements.items()}
    return statements


def _symbols(value: Any) -> Any:
    if isinstance(value, Unknown):
        return value.symbol
    if isinstance(value, dict):
        return {name: _symbols(child) for name, child in value.items()}
    return [_symbols(child) for child in value] if isinstance(value, list) else value


_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


def _unquoted(text: str) -> str:
    """Text without its percent escapes (RFC 3986)."""
    return _ESCAPE.sub(lambda m: bytes.fromhex(m.group(1).decode()), text.encode()).decode("utf-8", "replace")


def _copied(value: Any) -> Any:
    """The value in lists and objects of its own, every name a text."""
    if isinstance(value, dict):
        return {str(name): _copied(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_copied(child) for child in value]
    return value


_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _scalar(value: Any, type_: str) -> Any:
    """A scalar in the field's type. What does not fit is an Unknown that says so, never a guess."""
    if isinstance(value, Unknown):
        return value.unnarrowed()
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    match type_:
        case "text" | "reference":
            if isinstance(value, bool):
                return "true" if value else "false"
            if isinstance(value, str | int | float):
                return str(value)
        case "flag":
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.lower() in ("true", "false", "1", "0", "enabled", "disabled"):
                return value.lower() in ("true", "1", "enabled")
        case "number":
            if isinstance(value, int | float) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and _NUMBER.fullmatch(value):
                return float(value) if "." in value else int(value)
    return Unknown(Reason.INVALID, f"{type(value).__name__} where a {type_} belongs")

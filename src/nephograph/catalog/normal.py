"""Documents become normal form: the reading of spellings, coercion by field type, defaults, merging of parts.

Everything here is a pure function of the documents, so a field's origin is found on demand by reading again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Either, Field, Kind, Otherwise, Reader, Spelling
from nephograph.model.source import Document
from nephograph.model.span import Origin, Path
from nephograph.model.value import Reason, Unknown

Written = tuple[Document, Spelling]
"""A document and how it spells its kind. The first of a resource's list is its main document, the rest are parts."""

_UNSET: tuple[Any, ...] = (None, "", [], {})
"""What a document may say that means the same as saying nothing."""

_EVERYWHERE = ("region", "timeouts")
"""What any resource may say: its region is read into its scope, how long to wait says nothing of the resource."""

_POLICY_LIMIT = 1_000_000
"""Characters of policy text that are read; AWS's own limits are far below."""


def normal_form(kind: Kind, written: Sequence[Written]) -> dict[str, Any]:
    """The config of one resource: every field of the kind that was said or has a default."""
    return _plain(_merged(kind, written))


def places(kind: Kind, written: Sequence[Written]) -> dict[Path, tuple[int, Path]]:
    """For every path of the config that was written: the document (its position) and the path in it."""
    found: dict[Path, tuple[int, Path]] = {}

    def walk(node: _Node, path: Path) -> None:
        if node.place is not None:
            found[path] = node.place
        if isinstance(node.value, list):
            for position, child in enumerate(node.value):
                walk(child, (*path, position))
        elif isinstance(node.value, dict):
            for name, child in node.value.items():
                walk(child, (*path, name))

    for name, node in _merged(kind, written).items():
        walk(node, (name,))
    return found


def unread(document: Document, spelling: Spelling) -> list[str]:
    """Attributes of the document that said something and that its spelling neither reads nor ignores, sorted."""
    touched: set[str] = set()
    _read(spelling, document, touched)
    known = touched.union(spelling.ignores, _EVERYWHERE, (spelling.part_of,))
    return sorted(n for n, v in document.attributes.items() if n not in known and v not in _UNSET)


class Traced:
    """Provenance of one resource: reads its documents again the first time somebody asks, and keeps what was asked."""

    __slots__ = ("_kind", "_origins", "_places", "written")

    def __init__(self, kind: Kind, written: Sequence[Written]) -> None:
        self._kind = kind
        self.written = written
        self._places: dict[Path, tuple[int, Path]] | None = None
        self._origins: dict[Path, tuple[bool, Origin | None]] = {}

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        """(was it written, where). An unwritten inner path of a written whole counts as unwritten."""
        if path not in self._origins:
            self._origins[path] = self._found(path)
        return self._origins[path]

    def _found(self, path: Path) -> tuple[bool, Origin | None]:
        if not path:
            document = self.written[0][0]
            return True, document.origin(())
        places = self.places()
        place = places.get(path)
        if place is None:
            # A whole that several documents make up has no place of its own: its first written piece stands for it.
            place = next((p for inner, p in places.items() if inner[: len(path)] == path), None)
        if place is None:
            return False, None
        document = self.written[place[0]][0]
        return True, document.origin(place[1])

    def places(self) -> dict[Path, tuple[int, Path]]:
        """Every path that was written: position of the document in `written`, and the path in it."""
        if self._places is None:
            self._places = places(self._kind, self.written)
        return self._places

    @property
    def documents(self) -> list[Document]:
        """The documents that say this resource, main document first."""
        return [document for document, _ in self.written]


class _Node:
    """A normalised value with the place it came from (None: a default, or made of several places)."""

    __slots__ = ("place", "value")

    def __init__(self, value: Any, place: tuple[int, Path] | None) -> None:
        self.value = value
        self.place = place


def _plain(nodes: Mapping[str, _Node]) -> dict[str, Any]:
    return {name: _data(node) for name, node in nodes.items()}


def _data(node: _Node) -> Any:
    if isinstance(node.value, list):
        return [_data(child) for child in node.value]
    if isinstance(node.value, dict):
        return {name: _data(child) for name, child in node.value.items()}
    return node.value


def _merged(kind: Kind, written: Sequence[Written]) -> dict[str, _Node]:
    said: dict[str, _Node] = {}
    for position, (document, spelling) in enumerate(written):
        for name, tree in _read(spelling, document).items():
            field = kind.fields[name]
            node = _coerce(tree, field, position)
            if node is not None and position and document.existence is not None:
                node = _doubtful(node, field, document.existence)
            if node is not None:
                said[name] = _join(said[name], node, field) if name in said else node
    for name, field in kind.fields.items():
        filled = _with_defaults(said.get(name), field)
        if filled is not None:
            said[name] = filled
    return said


def _read(spelling: Spelling, document: Document, touched: set[str] | None = None) -> dict[str, Tree]:
    """The raw trees of the fields a document says; dotted fields are gathered into their group."""
    start = Cursor(dict(document.attributes), (), touched)
    trees: dict[str, Tree] = {}
    for name, how in spelling.fields.items():
        tree = _tree(start, how)
        head, _, tail = name.partition(".")
        if tail:
            into = trees.setdefault(head, {})
            for part in tail.split(".")[:-1]:
                assert isinstance(into, dict)
                into = into.setdefault(part, {})
            assert isinstance(into, dict), f"{name} is said both as a whole and in parts"
            into[tail.split(".")[-1]] = tree
        else:
            trees[head] = tree
    return trees


def _tree(start: Cursor, how: str | Otherwise | Either | Reader) -> Tree:
    if isinstance(how, str):
        return start.at(*how.split("."))
    if isinstance(how, Either):
        cursors = [start.at(*path.split(".")) for path in how.paths]
        return next((cursor for cursor in cursors if cursor.value not in _UNSET), cursors[0])
    if isinstance(how, Otherwise):
        cursor = start.at(*how.path.split("."))
        if cursor.present or (how.when and not any(start.at(name).value not in _UNSET for name in how.when)):
            return cursor
        return cursor.be(how.value)
    return how(start)


def _doubtful(node: _Node, field: Field, why: Unknown) -> _Node:
    """What a part says of which nobody knows whether it exists."""
    if field.type == "group" and isinstance(node.value, dict):
        inner = {name: _doubtful(child, field.fields[name], why) for name, child in node.value.items()}
        return _Node(inner, node.place)
    if field.type in ("items", "texts", "references"):
        return _Node([_Node(why, node.place)], node.place)
    return _Node(why, node.place)


def _join(old: _Node, new: _Node, field: Field) -> _Node:
    """What two documents say of one field: lists add up, groups are joined, else the first word stands."""
    if field.type in ("items", "texts", "references"):
        # A list that is not known as a whole stays in the sum as one unknown element.
        both = [node.value if isinstance(node.value, list) else [node] for node in (old, new)]
        return _Node(both[0] + both[1], old.place)
    if isinstance(old.value, dict) and isinstance(new.value, dict) and field.type in ("group", "mapping"):
        joined = dict(old.value)
        for name, node in new.value.items():
            inner = field.fields.get(name)
            joined[name] = _join(joined[name], node, inner) if inner and name in joined else joined.get(name, node)
        return _Node(joined, old.place)
    return old


def _with_defaults(node: _Node | None, field: Field) -> _Node | None:
    if field.type == "group":
        if node is not None and not isinstance(node.value, dict):
            return node
        inner: dict[str, _Node] = dict(node.value) if node is not None else {}
        for name, part in field.fields.items():
            filled = _with_defaults(inner.get(name), part)
            if filled is not None:
                inner[name] = filled
        if node is None and not inner:
            return None
        return _Node(inner, node.place if node is not None else None)
    if field.type == "items" and node is not None and isinstance(node.value, list):
        return _Node([_item_defaults(child, field) for child in node.value], node.place)
    if node is None and field.default is not None:
        return _Node(field.default, None)
    return node


def _item_defaults(node: _Node, field: Field) -> _Node:
    if not isinstance(node.value, dict):
        return node
    inner = dict(node.value)
    for name, part in field.fields.items():
        filled = _with_defaults(inner.get(name), part)
        if filled is not None:
            inner[name] = filled
    return _Node(inner, node.place)


def _coerce(tree: Tree, field: Field, document: int) -> _Node | None:
    """A tree of cursors as nodes of the field's type; None when nothing was said."""
    if tree is None or (isinstance(tree, Cursor) and tree.value is None):
        return None
    if isinstance(tree, Cursor) and tree.value == "" and field.type == "reference":
        return None
    if isinstance(tree, Cursor) and tree.unknown and field.type != "policy":
        # A list field whose whole content is not known stays unknown as a whole.
        return _Node(tree.value, (document, tree.path))
    match field.type:
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
            return _Node(_scalar(tree.value, field.type), (document, tree.path))


def _coerce_group(tree: Tree, field: Field, document: int) -> _Node | None:
    place: tuple[int, Path] | None = None
    if isinstance(tree, Cursor):
        place = (document, tree.path)
        single = tree.value[0] if isinstance(tree.value, list) and tree.value else tree.value
        base = (*tree.path, 0) if isinstance(tree.value, list) else tree.path
        tree = {n: Cursor(v, (*base, n)) for n, v in single.items()} if isinstance(single, dict) else {}
    assert isinstance(tree, dict), "a group field needs a mapping"
    inner = {n: node for n, t in tree.items() if n in field.fields and (node := _coerce(t, field.fields[n], document))}
    return _Node(inner, place) if inner or place else None


def _coerce_items(tree: Tree, field: Field, document: int) -> _Node:
    place = (document, tree.path) if isinstance(tree, Cursor) else None
    elements: list[Tree] = list(tree.each()) if isinstance(tree, Cursor) else tree if isinstance(tree, list) else [tree]
    nodes = []
    for element in elements:
        if isinstance(element, Cursor) and element.unknown:
            nodes.append(_Node(element.value, (document, element.path)))
        elif (node := _coerce_group(element, field, document)) is not None:
            nodes.append(node if node.place else _Node(node.value, _common_place(node)))
    return _Node(nodes, place)


def _common_place(node: _Node) -> tuple[int, Path] | None:
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


def _coerce_texts(tree: Tree, document: int, skipped: tuple[str | None, ...]) -> _Node:
    place = (document, tree.path) if isinstance(tree, Cursor) else None
    elements: list[Tree] = list(tree.each()) if isinstance(tree, Cursor) else tree if isinstance(tree, list) else [tree]
    nodes = []
    for element in elements:
        assert isinstance(element, Cursor), "a list of texts holds cursors"
        if element.value not in skipped:
            nodes.append(_Node(_scalar(element.value, "text"), (document, element.path)))
    return _Node(nodes, place)


def _verbatim(tree: Tree, document: int) -> _Node:
    if isinstance(tree, dict):
        return _Node({name: _verbatim(child, document) for name, child in tree.items()}, None)
    if isinstance(tree, list):
        return _Node([_verbatim(child, document) for child in tree], None)
    assert tree is not None
    if isinstance(tree.value, list) and len(tree.value) == 1 and isinstance(tree.value[0], dict):
        tree = Cursor(tree.value[0], (*tree.path, 0))
    place = (document, tree.path)
    if isinstance(tree.value, dict):
        return _Node({name: _verbatim(child, document) for name, child in tree.entries()}, place)
    if isinstance(tree.value, list):
        return _Node([_verbatim(child, document) for child in tree.each()], place)
    return _Node(tree.value, place)


def _coerce_policy(tree: Tree, document: int) -> _Node | None:
    assert isinstance(tree, Cursor), "a policy field is read at one place"
    value = tree.value
    if isinstance(value, Unknown) and value.parts:
        # An address inside a symbol may hold quotes; inside JSON text they have to be escaped.
        value = "".join(p if isinstance(p, str) else json.dumps(p.symbol)[1:-1] for p in value.parts)
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            if len(value) > _POLICY_LIMIT:
                raise ValueError("too long")
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            why = f"policy is not JSON: {error}"
            return _Node(Unknown(Reason.INVALID, why), (document, tree.path))
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, Unknown) or not isinstance(value, dict):
        unknown = value if isinstance(value, Unknown) else Unknown(Reason.INVALID, "policy is not a JSON object")
        return _Node(unknown, (document, tree.path))
    statements = value.get("Statement", [])
    if not isinstance(statements, list):
        # A lone statement is a list of one; its elements keep the path the text has.
        inner = {name: _verbatim(Cursor(part, (*tree.path, name)), document) for name, part in value.items()}
        lone = inner.pop("Statement")
        inner["Statement"] = _Node([lone], lone.place)
        return _Node(inner, (document, tree.path))
    return _verbatim_policy(value, tree.path, document)


def _verbatim_policy(value: Any, path: Path, document: int) -> _Node:
    if isinstance(value, dict):
        return _Node({str(n): _verbatim_policy(v, (*path, n), document) for n, v in value.items()}, (document, path))
    if isinstance(value, list):
        return _Node([_verbatim_policy(v, (*path, i), document) for i, v in enumerate(value)], (document, path))
    return _Node(value, (document, path))


_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _scalar(value: Any, type_: str) -> Any:
    """A scalar in the field's type. What does not fit is an Unknown that says so, never a guess."""
    if isinstance(value, Unknown):
        return value
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
            if value in ("true", "false", "1", "0", "enabled", "disabled"):
                return value in ("true", "1", "enabled")
        case "number":
            if isinstance(value, int | float) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and _NUMBER.fullmatch(value):
                return float(value) if "." in value else int(value)
    return Unknown(Reason.INVALID, f"{type(value).__name__} where a {type_} belongs")

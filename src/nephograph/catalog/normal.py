"""Documents become normal form: the reading of spellings, coercion by field type, defaults, merging of parts.

Everything here is a pure function of the documents, so a field's origin is found on demand by reading again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from nephograph.catalog.answers import joined_answers, unseen_fields
from nephograph.catalog.coerce import coerced
from nephograph.catalog.cursor import Cursor, Few, Tree
from nephograph.catalog.language import ADDED, API, Either, Field, Kind, Otherwise, Reader, Spelling
from nephograph.catalog.node import Node, Whole, data_of
from nephograph.model.source import Document
from nephograph.model.span import Origin, Path
from nephograph.model.value import Unknown

Written = tuple[Document, Spelling]
"""A document and how it spells its kind. The first of a resource's list is its main document, the rest are parts."""

_UNSET: tuple[Any, ...] = (None, "", [], {})
"""What a document may say that means the same as saying nothing."""

_EVERYWHERE = frozenset({"region", "timeouts", "id", "arn", "owner_id", "tags_all", "OwnerId", "ResponseMetadata"})
"""What any resource may say: its place is read into its scope, its names follow from the kind, how long to wait says
nothing of the resource, and what a provider merges into `tags_all` stands in the tags."""


def normal_form(kind: Kind, written: Sequence[Written], answered: Collection[str] = ()) -> dict[str, Any]:
    """The config of one resource: every field of the kind that was said or has a default.

    `answered` are operations of an API that were asked of the resource's whole account and region: where they say
    nothing of this resource, there is nothing.
    """
    return {name: data_of(node) for name, node in _merged(kind, written, answered).items()}


def read(
    kind: Kind, written: Sequence[Written], answered: Collection[str] = ()
) -> tuple[dict[str, Any], list[list[str]]]:
    """The normal form, and for each document what it says and nothing reads (see `unread`)."""
    touched: list[set[str]] = [set() for _ in written]
    config = {name: data_of(node) for name, node in _merged(kind, written, answered, touched).items()}
    return config, [_left(*one, names) for one, names in zip(written, touched, strict=True)]


def said_fields(kind: Kind, document: Document, spelling: Spelling, names: Collection[str]) -> dict[str, Any]:
    """Some fields as one document says them, without defaults: what tells which entity it speaks of."""
    few = Spelling(spelling.dialect, spelling.type, {n: how for n, how in spelling.fields.items() if n in names})
    nodes = {name: coerced(tree, kind.fields[name], 0) for name, tree in _read(few, document).items()}
    return {name: data_of(node) for name, node in nodes.items() if node is not None}


def contradictions(kind: Kind, written: Sequence[Written]) -> list[str]:
    """Fields of which two documents say different things, where only one can be true; sorted."""
    said: dict[str, Any] = {}
    found: set[str] = set()
    for position, one in enumerate(written):
        for name, tree in _read(one[1], one[0]).items():
            field = kind.fields[name]
            node = coerced(tree, field, position)
            if node is None or field.type in ADDED or field.type == "group":
                continue
            value = data_of(node)
            if isinstance(value, Unknown) or isinstance(said.get(name), Unknown):
                continue
            if said.setdefault(name, value) != value:
                found.add(name)
    return sorted(found)


def places(kind: Kind, written: Sequence[Written], only: str | None = None) -> dict[Path, tuple[int, Path]]:
    """For every path of the config that was written: the document (its position) and the path in it.

    With `only`, of one field alone.
    """
    found: dict[Path, tuple[int, Path]] = {}

    def walk(node: Node, path: Path) -> None:
        if node.place is not None:
            found[path] = node.place
            if isinstance(node, Whole):
                found.update(_below(node.value, path, *node.place))
                return
        if isinstance(node.value, list):
            for position, child in enumerate(node.value):
                walk(child, (*path, position))
        elif isinstance(node.value, dict):
            for name, child in node.value.items():
                walk(child, (*path, name))

    # (What nobody said stands nowhere: defaults are not asked for.)
    for name, node in _said(kind, written, only=only).items():
        walk(node, (name,))
    return found


def _below(value: Any, path: Path, document: int, place: Path) -> Iterator[tuple[Path, tuple[int, Path]]]:
    """The same for everything in plain data that stands as it was read."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield (*path, name), (document, (*place, name))
        yield from _below(child, (*path, name), document, (*place, name))


def unread(document: Document, spelling: Spelling) -> list[str]:
    """Attributes of the document that said something and that its spelling neither reads nor ignores, sorted."""
    touched: set[str] = set()
    _read(spelling, document, touched)
    return _left(document, spelling, touched)


def _left(document: Document, spelling: Spelling, touched: set[str]) -> list[str]:
    left = [n for n, v in document.attributes.items() if n not in touched and n not in _EVERYWHERE and v not in _UNSET]
    if not left:
        return left
    known = {*spelling.ignores, *spelling.computed, *spelling.asks, spelling.part_of, spelling.key}
    return sorted(name for name in left if name not in known)


class Traced:
    """Provenance of one resource: reads its documents again the first time somebody asks, and keeps what was asked."""

    __slots__ = ("_kind", "_origins", "_places", "written")

    def __init__(self, kind: Kind, written: Sequence[Written]) -> None:
        self._kind = kind
        self.written = written
        self._places: dict[str, dict[Path, tuple[int, Path]]] = {}
        self._origins: dict[Path, tuple[bool, Origin | None]] = {}

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        """(was it written, where). An unwritten inner path of a written whole counts as unwritten."""
        if path not in self._origins:
            self._origins[path] = self._found(path)
        return self._origins[path]

    def forget(self) -> None:
        """Read the documents again from now on: they say something else."""
        self._places.clear()
        self._origins.clear()

    def written_at(self, path: Path) -> tuple[int, Path] | None:
        """The document (its position) that says it and the path in it; None when none does."""
        if not path:
            return 0, ()
        places = self._of_field(str(path[0]))
        place = places.get(path)
        if place is None:
            # A whole that several documents make up has no place of its own: its first written piece stands for it.
            place = next((p for inner, p in places.items() if inner[: len(path)] == path), None)
        return place

    def is_written(self, path: Path) -> bool:
        """Was it written?"""
        return self.written_at(path) is not None

    def _found(self, path: Path) -> tuple[bool, Origin | None]:
        place = self.written_at(path)
        if place is None:
            return False, None
        document = self.written[place[0]][0]
        return True, document.origin(place[1])

    def places(self) -> dict[Path, tuple[int, Path]]:
        """Every path that was written: position of the document in `written`, and the path in it."""
        return places(self._kind, self.written)

    def _of_field(self, name: str) -> dict[Path, tuple[int, Path]]:
        """The same for one field: who asks of one rarely asks of all."""
        known = self._places.get(name)
        if known is None:
            silent = name not in self._kind.fields or all(_is_silent(*one, name) for one in self.written)
            known = self._places[name] = {} if silent else places(self._kind, self.written, name)
        return known

    @property
    def documents(self) -> list[Document]:
        """The documents that say this resource, main document first."""
        return [document for document, _ in self.written]


def _merged(
    kind: Kind,
    written: Sequence[Written],
    answered: Collection[str] = (),
    touched: Sequence[set[str]] | None = None,
) -> dict[str, Node]:
    """The fields of a resource; `touched` gains the attributes that were read, by document."""
    said = _said(kind, written, touched)
    live = written[0][1].dialect == API
    for name, elements in written[0][1].unless_said.items():
        if name not in said or said[name].value == []:
            said[name] = Node([Node({n: Node(v, None) for n, v in one.items()}, None) for one in elements], None)
    unseen = unseen_fields(kind, [spelling for _, spelling in written], answered) if live else {}
    for name, field, default in _defaults(kind.fields):
        node = said.get(name)
        for path, why in unseen.get(name, ()):
            node = _with_unseen(node, path, why)
        filled = default if node is None else _with_defaults(node, field) if field.fields else node
        if filled is not None:
            said[name] = filled
    return said


def _said(
    kind: Kind, written: Sequence[Written], touched: Sequence[set[str]] | None = None, only: str | None = None
) -> dict[str, Node]:
    """The fields that documents say (one alone, with `only`), joined."""
    said: dict[str, Node] = {}
    # What is real is said as a whole by whoever says it, and may be said twice; code says each piece once.
    join = _join if written[0][0].said == "code" else joined_answers
    for position, (document, spelling) in enumerate(written):
        for name, tree in _read(spelling, document, touched[position] if touched else None, only).items():
            field = kind.fields[name]
            node = coerced(tree, field, position)
            if node is not None and position and document.existence is not None:
                node = _doubtful(node, field, document.existence)
            if node is not None:
                said[name] = join(said[name], node, field) if name in said else node
    return said


Step = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...] | None, str | Otherwise | Either | Reader]
"""How one field is read: the field, the place inside it, the attributes without which nothing is said of it (() where
a reader decides), the path where it is a plain one, and how else."""


class _Steps(NamedTuple):
    """The fields of a spelling, taken apart. `asked` are the attributes that are read of every document."""

    spelling: Spelling
    every: tuple[Step, ...]
    by_field: dict[str, list[Step]]
    asked: frozenset[str]


_STEPS: dict[int, _Steps] = {}


def _steps(spelling: Spelling) -> _Steps:
    """The fields of a spelling, taken apart once."""
    known = _STEPS.get(id(spelling))
    if known is not None and known.spelling is spelling:
        return known
    steps: list[Step] = []
    by_field: dict[str, list[Step]] = {}
    for name, how in spelling.fields.items():
        head, *tail = name.split(".")
        paths = (how,) if isinstance(how, str) else how.paths if isinstance(how, Either) else ()
        asked = tuple(path.partition(".")[0] for path in paths)
        steps.append((head, tuple(tail), asked, tuple(how.split(".")) if isinstance(how, str) else None, how))
        by_field.setdefault(head, []).append(steps[-1])
    known = _Steps(spelling, tuple(steps), by_field, frozenset(one for step in steps for one in step[2]))
    _STEPS[id(spelling)] = known
    return known


def _read(
    spelling: Spelling, document: Document, touched: set[str] | None = None, only: str | None = None
) -> dict[str, Tree]:
    """The raw trees of the fields a document says (of one field alone); dotted fields are gathered into their group."""
    steps = _steps(spelling)
    attributes = document.attributes
    attributes = attributes if isinstance(attributes, dict) else dict(attributes)
    get = attributes.get
    start = Cursor(attributes, (), touched, document.said)
    if touched is not None and only is None:
        touched |= steps.asked
    trees: dict[str, Tree] = {}
    tree: Tree
    for head, tail, asked, path, how in steps.every if only is None else steps.by_field.get(only, ()):
        if path is not None:
            # Most fields of most documents are not said: those are passed over before anything is made for them.
            value = get(path[0])
            if value is None:
                continue
            tree = Cursor(value, path) if len(path) == 1 else start.at(*path)
            if type(tree.value) is Unknown and tree.path[-1] == path[-1]:
                tree = Few(tree.value, tree.path)
        elif asked and all(get(name) is None for name in asked):
            continue
        else:
            tree = _tree(start, how)
        if tree is None or (isinstance(tree, Cursor) and tree.value is None):
            continue
        if tail:
            into = trees.setdefault(head, {})
            for part in tail[:-1]:
                assert isinstance(into, dict)
                into = into.setdefault(part, {})
            assert isinstance(into, dict), f"{head} is said both as a whole and in parts"
            into[tail[-1]] = tree
        else:
            trees[head] = tree
    return trees


def _is_silent(document: Document, spelling: Spelling, name: str) -> bool:
    """True when the document certainly says nothing of a field: no attribute that it is read from is there."""
    get = document.attributes.get
    steps = _steps(spelling).by_field.get(name, ())
    return all(asked and all(get(one) is None for one in asked) for _, _, asked, _, _ in steps)


def _tree(start: Cursor, how: str | Otherwise | Either | Reader) -> Tree:
    if isinstance(how, Either):
        cursors = [start.at(*path.split(".")) for path in how.paths]
        return _as_said(next((cursor for cursor in cursors if cursor.value not in _UNSET), cursors[0]))
    if isinstance(how, Otherwise):
        cursor = start.at(*how.path.split("."))
        if cursor.present or (how.when and not any(start.at(name).value not in _UNSET for name in how.when)):
            return _as_said(cursor)
        return cursor.be(how.value)
    assert not isinstance(how, str)
    return how(start)


def _as_said(cursor: Cursor) -> Cursor:
    """A cursor that is read as it stands, whatever it may turn out to be: no other word would be read in its place."""
    value = cursor.value
    return Few(value, cursor.path) if type(value) is Unknown and not {None, ""}.intersection(value.among) else cursor


def _doubtful(node: Node, field: Field, why: Unknown) -> Node:
    """What a part says of which nobody knows whether it exists."""
    if field.type == "group" and isinstance(node.value, dict):
        inner = {name: _doubtful(child, field.fields[name], why) for name, child in node.value.items()}
        return Node(inner, node.place)
    if field.type in ADDED:
        return Node([Node(why, node.place)], node.place)
    return Node(why, node.place)


def _join(old: Node, new: Node, field: Field) -> Node:
    """What two documents say of one field: lists add up, groups are joined, else the first word stands."""
    if field.type in ADDED:
        # A list that is not known as a whole stays in the sum as one unknown element.
        both = [node.value if isinstance(node.value, list) else [node] for node in (old, new)]
        return Node(both[0] + both[1], old.place)
    if isinstance(old.value, dict) and isinstance(new.value, dict) and field.type in ("group", "mapping"):
        joined = dict(old.value)
        for name, node in new.value.items():
            inner = field.fields.get(name)
            joined[name] = _join(joined[name], node, inner) if inner and name in joined else joined.get(name, node)
        return Node(joined, old.place)
    if isinstance(old.value, Unknown):
        # (where the first says nothing, the second's word stands)
        return Node(old.value.unnarrowed(), old.place)
    return old


def _with_unseen(node: Node | None, path: tuple[str, ...], why: Unknown) -> Node | None:
    """What nobody was asked is not known, unless somebody said it anyway."""
    if not path:
        return Node(why, None) if node is None else node
    if node is not None and not isinstance(node.value, dict):
        return node
    inner = dict(node.value) if node is not None else {}
    if (child := _with_unseen(inner.get(path[0]), path[1:], why)) is not None:
        inner[path[0]] = child
    return Node(inner, node.place if node is not None else None)


def _with_defaults(node: Node | None, field: Field) -> Node | None:
    if field.type == "group":
        if node is not None and not isinstance(node.value, dict):
            return node
        inner = _completed(node.value if node is not None else {}, field)
        if node is None and not inner:
            return None
        return Node(inner, node.place if node is not None else None)
    if field.type == "items" and node is not None and isinstance(node.value, list):
        return Node([_item_defaults(child, field) for child in node.value], node.place)
    if node is None and field.default is not None:
        return Node(field.default, None)
    return node


def _item_defaults(node: Node, field: Field) -> Node:
    if not isinstance(node.value, dict):
        return node
    return Node(_completed(node.value, field), node.place)


def _completed(said: dict[str, Node], field: Field) -> dict[str, Node]:
    """The fields of an object with the defaults of those that are not said."""
    inner = dict(said)
    for name, part, default in _defaults(field.fields):
        node = inner.get(name)
        filled = default if node is None else _with_defaults(node, part) if part.fields else node
        if filled is not None:
            inner[name] = filled
    return inner


_DEFAULTS: dict[int, tuple[dict[str, Field], tuple[tuple[str, Field, Node | None], ...]]] = {}


def _defaults(fields: dict[str, Field]) -> tuple[tuple[str, Field, Node | None], ...]:
    """Every field with what it holds when nothing is said of it: worked out once, for nodes are never changed."""
    known = _DEFAULTS.get(id(fields))
    if known is None or known[0] is not fields:
        found = tuple((name, field, _with_defaults(None, field)) for name, field in fields.items())
        known = _DEFAULTS[id(fields)] = (fields, found)
    return known[1]

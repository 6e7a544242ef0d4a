"""Which edits would end a step: the fields its facts stand on, where the library knows an edit for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from nephograph.engines.paths.closure import Way
from nephograph.model.edit import Edit, RemoveItem, SetField
from nephograph.model.resource import Resource
from nephograph.model.span import Path


class Declared(Protocol):
    """What a declared change has (see `library.changes.declare.Change`)."""

    @property
    def kind(self) -> str:
        """The kind that is edited."""

    @property
    def path(self) -> tuple[str, ...]:
        """The field, `*` for positions."""

    @property
    def title(self) -> str:
        """What is done, {thing} for the resource."""

    @property
    def cost(self) -> int:
        """What it asks of a team."""

    @property
    def value(self) -> Any:
        """What is set; None: what the path names is removed."""

    @property
    def has(self) -> str:
        """A field that the item has to say."""

    @property
    def reference(self) -> str:
        """The page about it."""


class Candidate(NamedTuple):
    """One edit of one resource that ends whatever rests on the field."""

    edit: Edit
    title: str
    cost: int
    reference: str

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Which edit it is: candidates are ordered by it."""
        return self.edit.urn, tuple(str(part) for part in self.edit.path)


class Candidates:
    """Finds the edits for ways, each edit once."""

    def __init__(self, declared: Sequence[Declared]) -> None:
        self._declared: dict[str, list[Declared]] = {}
        for one in declared:
            self._declared.setdefault(one.kind, []).append(one)
        self._found: dict[tuple[str, tuple[str, ...]], Candidate] = {}

    @property
    def found(self) -> list[Candidate]:
        """Every edit so far, in a fixed order."""
        return [self._found[key] for key in sorted(self._found)]

    def of(self, way: Way, made: Sequence[Edit] = ()) -> list[Candidate]:
        """The edits that end a way of making a move: any of its facts falls with a field it rests on.

        `made` are edits that were made on the estate before the way was found: the edits told are of the estate before.
        """
        known: dict[tuple[str, tuple[str, ...]], Candidate] = {}
        for fact in way.facts:
            for evidence in fact.verdict.because:
                if evidence.field is not None:
                    resource, path = evidence.field
                    removed = [edit.path for edit in made if isinstance(edit, RemoveItem) and edit.urn == resource.urn]
                    for one in self._at(resource, path, removed):
                        known[one.key] = self._found.setdefault(one.key, one)
        return [known[key] for key in sorted(known)]

    def _at(self, resource: Resource, path: Path, removed: Sequence[Path]) -> Iterable[Candidate]:
        for one in self._declared.get(resource.kind, ()):
            place = path[: len(one.path)]
            if _fits(one.path, path) and (not one.has or resource.get(*place, one.has) is not None):
                edit: Edit
                if one.value is None:
                    edit = RemoveItem(resource.urn, _before(_whole(resource, place, removed), removed))
                else:
                    edit = SetField(resource.urn, _before(place, removed), one.value)
                title = one.title.replace("{thing}", resource.label or resource.address)
                yield Candidate(edit, title, int(one.cost), one.reference)
                return


def _fits(pattern: Sequence[str], path: Path) -> bool:
    if len(path) < len(pattern):
        return False
    return all(wanted in ("*", part) for wanted, part in zip(pattern, path, strict=False))


def _whole(resource: Resource, place: Path, removed: Sequence[Path]) -> Path:
    """The place, or what holds it: an inline policy whose only statement goes is no policy."""
    if "Statement" in place and place[0] == "inline_policies":
        at = place.index("Statement")
        statements = resource.get(*place[: at + 1])
        if isinstance(statements, list) and len(statements) == 1 and not any(len(path) > at for path in removed):
            return place[:2]
    return place


def _before(path: Path, removed: Sequence[Path]) -> Path:
    """Where a path of an edited resource stood before items of its lists were removed."""
    found: list[str | int] = []
    for part in path:
        place = part
        if isinstance(part, int):
            gone = sorted(p[-1] for p in removed if p[:-1] == tuple(found) and isinstance(p[-1], int))
            now = part
            for one in gone:
                now += one <= now
            place = now
        found.append(place)
    return tuple(found)

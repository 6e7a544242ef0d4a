"""What a piece of work has read: fields of resources, and the lines of the texts that its places stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec

from nephograph.catalog.normal import Traced
from nephograph.model.resource import Provenance, Resource
from nephograph.model.span import Origin, Path
from nephograph.sources.terraform.live_text import LiveText, Watch

PLACES = "\0places"
"""Stands for the provenance of a resource where it is read like a field."""

Read = tuple[str, str]
"""A field of a resource: urn and name."""


class Work:
    """One piece of work whose result is kept: what it has read, which places it has named, whose results it rests on.

    `own` is a resource whose fields do not count: it changes whenever they do.
    """

    __slots__ = ("name", "own", "pieces", "reads", "users", "uses")

    def __init__(self, name: str, own: str = "") -> None:
        self.name = name
        self.own = own
        self.reads: set[Read] = set()
        self.pieces: Watch = set()
        self.uses: set[Work] = set()
        self.users: set[Work] = set()
        """What rests on its result."""


class Reads:
    """Who has read what; implements the watch over one estate."""

    def __init__(self) -> None:
        self._stack: list[Work] = []
        self._by_read: dict[Read, set[Work]] = defaultdict(set)
        self._by_piece: dict[tuple[LiveText, int], set[Work]] = defaultdict(set)
        self._places: dict[tuple[LiveText, int], set[Places]] = defaultdict(set)

    @contextmanager
    def of(self, work: Work) -> Iterator[None]:
        """What is read from here on, the work has read; its result is kept until something of that changes."""
        self._stack.append(work)
        LiveText.watchers.append(work.pieces)
        try:
            yield
        finally:
            LiveText.watchers.pop()
            self._stack.pop()
            for piece in work.pieces:
                self._by_piece[piece].add(work)

    def field(self, urn: str, name: str) -> None:
        """A field is read now."""
        if self._stack:
            work, read = self._stack[-1], (urn, name)
            if urn != work.own and read not in work.reads:
                work.reads.add(read)
                self._by_read[read].add(work)

    def use(self, work: Work) -> None:
        """The result of the work is used now."""
        if self._stack:
            user = self._stack[-1]
            user.uses.add(work)
            work.users.add(user)

    def also(self, work: Work, other: Work) -> None:
        """What another work has read, this one may have, too."""
        for read in other.reads - work.reads:
            work.reads.add(read)
            self._by_read[read].add(work)

    def drop(self, work: Work) -> None:
        """The result is not kept any longer: the work begins anew."""
        for read in work.reads:
            self._by_read[read].discard(work)
        for piece in work.pieces:
            self._by_piece[piece].discard(work)
        for other in work.uses:
            other.users.discard(work)
        work.reads.clear()
        work.pieces.clear()
        work.uses.clear()

    def stale(self, fields: Iterable[Read], pieces: Iterable[tuple[LiveText, int]]) -> set[Work]:
        """The works whose result may be another one now."""
        found = {work for read in fields for work in self._by_read.get(read, ())}
        found.update(work for piece in pieces for work in self._by_piece.get(piece, ()))
        return found

    def places(self, pieces: Watch, places: Places) -> None:
        """A resource keeps places that stand in these pieces."""
        for piece in pieces:
            self._places[piece].add(places)

    def forget(self, pieces: Iterable[tuple[LiveText, int]]) -> None:
        """Places that stand in these pieces are asked for again."""
        for piece in pieces:
            for places in self._places.pop(piece, ()):
                places.forget()


class Watched(dict[str, Any]):
    """A config that tells what is read of it."""

    __slots__ = ("_reads", "_urn")

    def __init__(self, config: dict[str, Any], urn: str, reads: Reads) -> None:
        super().__init__(config)
        self._urn = urn
        self._reads = reads

    def _all(self) -> None:
        self._reads.field(self._urn, "")
        for name in list(super().__iter__()):
            self._reads.field(self._urn, name)

    def get(self, key: str, default: Any = None) -> Any:
        """See `dict`."""
        self._reads.field(self._urn, key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self._reads.field(self._urn, key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._reads.field(self._urn, str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._all()
        return super().__iter__()

    def keys(self) -> Any:
        """See `dict`."""
        self._all()
        return super().keys()

    def values(self) -> Any:
        """See `dict`."""
        self._all()
        return super().values()

    def items(self) -> Any:
        """See `dict`."""
        self._all()
        return super().items()

    def replace(self, config: dict[str, Any]) -> None:
        """Hold another content from now on."""
        super().clear()
        super().update(config)


class Places(Protocol):
    """Tells which places were asked of it, and can be told to ask again."""

    def forget(self) -> None:
        """Ask again from now on."""


class WatchedTraced(Traced):
    """The provenance of a resource of a kind that the catalog knows."""

    __slots__ = ("_asked",)

    def __init__(self, inner: Traced, asked: Asked) -> None:
        super().__init__(inner._kind, inner.written)
        self._asked = asked

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        """See `Traced`."""
        return self._asked.of(path, super().of, self)

    def is_written(self, path: Path) -> bool:
        """See `Traced`."""
        self._asked.told()
        return super().is_written(path)

    def forget(self) -> None:
        """See `Places`."""
        super().forget()
        self._asked.forget()


class WatchedVerbatim:
    """The provenance of a resource that is kept as its document says it."""

    __slots__ = ("_asked", "_inner")

    def __init__(self, inner: Provenance, asked: Asked) -> None:
        self._inner = inner
        self._asked = asked

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        """See `Provenance`."""
        return self._asked.of(path, self._inner.of, self)

    def is_written(self, path: Path) -> bool:
        """See `Provenance`."""
        self._asked.told()
        return self._inner.is_written(path)

    def forget(self) -> None:
        """See `Places`."""
        self._asked.forget()


class Asked:
    """What was asked of one provenance: the answers, and the pieces of texts they stand in."""

    __slots__ = ("_known", "_reads", "_urn")

    def __init__(self, urn: str, reads: Reads) -> None:
        self._urn = urn
        self._reads = reads
        self._known: dict[Path, tuple[tuple[bool, Origin | None], Watch]] = {}

    def of(
        self, path: Path, find: Callable[[Path], tuple[bool, Origin | None]], places: Places
    ) -> tuple[bool, Origin | None]:
        """The answer, known or found."""
        self.told()
        known = self._known.get(path)
        if known is None:
            pieces: Watch = set()
            LiveText.watchers.append(pieces)
            try:
                known = self._known[path] = (find(path), pieces)
            finally:
                LiveText.watchers.pop()
            self._reads.places(pieces, places)
        if LiveText.watchers:
            LiveText.watchers[-1].update(known[1])
        return known[0]

    def told(self) -> None:
        """Something is told of where fields are written."""
        self._reads.field(self._urn, PLACES)

    def forget(self) -> None:
        """Know nothing."""
        self._known.clear()


def watch(resource: Resource, reads: Reads) -> None:
    """Let a resource tell what is read of it."""
    asked = Asked(resource.urn, reads)
    inner = resource.provenance
    places = WatchedTraced(inner, asked) if isinstance(inner, Traced) else WatchedVerbatim(inner, asked)
    msgspec.structs.force_setattr(resource, "config", Watched(resource.config, resource.urn, reads))
    msgspec.structs.force_setattr(resource, "provenance", places)

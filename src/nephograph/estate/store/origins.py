"""Where every value of a resource was written, as one compact text a resource, read again on demand.

    {"o": [origin, …], "p": [[path, position in o or -1], …], "v": true when the whole config is the document itself}

or, where every value was said at one place (one answer of an API), {"o": [origin], "v": true} and no paths.

Paths keep their order: a whole that several documents make up takes the place of its first written piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from nephograph.catalog.normal import Traced
from nephograph.estate.store.lossless import clean
from nephograph.model.resource import Provenance
from nephograph.model.span import Origin, Path
from nephograph.model.value import Unknown


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True, rename={"origins": "o", "paths": "p", "verbatim": "v"}):
    origins: tuple[Origin, ...] = ()
    paths: tuple[tuple[Path, int], ...] = ()
    verbatim: bool = False


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Kept)


def encode(provenance: Provenance, config: dict[str, Any], files: set[str] | None = None) -> str:
    """The origins of everything a resource (or one more saying of it) says; `files` gains every file they name."""
    if isinstance(provenance, StoredProvenance):
        if files is not None:
            files |= files_of(provenance.kept.origins)
        return provenance.text
    if isinstance(provenance, Traced):
        # The documents are read once for all paths, and asked where each value of theirs is.
        written = provenance.written
        said: list[tuple[Path, Origin | None]] = [((), provenance.of(())[1])]
        said += [(path, written[at][0].origin(inner)) for path, (at, inner) in provenance.places().items()]
    else:
        said = [(path, provenance.of(path)[1]) for path in ((), *_paths(config, ()))]
    if files is not None:
        files |= files_of(origin for _, origin in said if origin is not None)
    return pack(said, verbatim=not isinstance(provenance, Traced))


def files_of(origins: Iterable[Origin]) -> set[str]:
    """Every file that origins and their causes name."""
    spans = (span for origin in origins for span in (origin.span, *(cause.span for cause in origin.causes)))
    return {span.file for span in spans if span is not None}


def pack(said: Iterable[tuple[Path, Origin | None]], verbatim: bool = False) -> str:
    """Paths and their origins as text; `verbatim` when every value counts as written."""
    known: dict[Origin, int] = {}
    paths = []
    for path, origin in said:
        paths.append((path, -1 if origin is None else known.setdefault(origin, len(known))))
    if verbatim and len(known) == 1 and all(position == 0 for _, position in paths):
        paths = []
    kept = _Kept(tuple(known), tuple(paths), verbatim)
    try:
        return _ENCODER.encode(kept).decode()
    except UnicodeEncodeError:
        return _ENCODER.encode(_cleaned(msgspec.to_builtins(kept))).decode()


def pack_one(origin: Origin) -> str:
    """The origins of a resource of which every value was said at one place; the text has to be UTF-8."""
    return _ENCODER.encode(_Kept((origin,), (), True)).decode()


class StoredProvenance:
    """Provenance of a resource that was read from the store: fetches and decodes when it is first asked."""

    __slots__ = ("_fetch", "_found", "_kept", "_text")

    def __init__(self, fetch: Callable[[], str]) -> None:
        self._fetch = fetch
        self._text: str | None = None
        self._kept: _Kept | None = None
        self._found: dict[Path, int] = {}

    @property
    def text(self) -> str:
        """The origins as they are stored."""
        if self._text is None:
            self._text = self._fetch()
        return self._text

    @property
    def kept(self) -> _Kept:
        """The decoded origins."""
        if self._kept is None:
            self._kept = _DECODER.decode(self.text)
            self._found = dict(self._kept.paths)
        return self._kept

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        """(True when the field was written, where); the same answers the fresh resource gave."""
        kept = self.kept
        if kept.verbatim and not kept.paths:
            return True, kept.origins[0]
        # Paths were cleaned when they were written.
        path = tuple(clean(part) if isinstance(part, str) else part for part in path)
        position = self._found.get(path)
        if position is None and not kept.verbatim:
            position = next((at for inner, at in kept.paths if inner[: len(path)] == path), None)
        if position is None:
            return kept.verbatim, None
        return True, kept.origins[position] if position >= 0 else None

    def is_written(self, path: Path) -> bool:
        """The first of the two alone."""
        return self.of(path)[0]


def _paths(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, Unknown):
        return
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield (*path, name)
        yield from _paths(child, (*path, name))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): _cleaned(child) for name, child in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(child) for child in value]
    return value

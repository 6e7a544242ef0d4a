"""What one snapshot holds, in the form the writer takes and the reader gives back.

Nothing here forces a million `Resource` objects: resources are an iterable of flat records, edges are columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from nephograph.estate.graph import Estate
from nephograph.estate.store import documents as raw
from nephograph.estate.store import origins
from nephograph.estate.store.lossless import clean, flatten
from nephograph.model.answer import Coverage
from nephograph.model.errors import Problem
from nephograph.model.resource import Resource
from nephograph.model.source import Document, Excerpts, Suppression
from nephograph.model.span import Path
from nephograph.model.value import Unknown

if TYPE_CHECKING:
    import numpy as np

MAX_LINES = 200_000
"""Lines of one file that are kept for excerpts."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """One snapshot beside its graph.

    `taken` is RFC 3339 in UTC, `sources` are the paths as the person gave them, `digest` the id of the content.
    """

    taken: str
    sources: tuple[str, ...] = ()
    digest: str = ""
    coverage: Coverage = Coverage()
    problems: tuple[Problem, ...] = ()
    assumptions: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    moved: tuple[tuple[str, str, str], ...] = ()
    """Root, old and new address of every moved block."""


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One resource as the store takes it: texts, and JSON by `lossless.flatten`, `documents.encode`, `origins.pack`.

    `also` is JSON of the other ways the entity is said. `meaning` is what of them counts as content.
    """

    urn: str
    kind: str
    native: str
    cls: str
    provider: str
    account: str
    region: str
    root: str
    address: str
    said: str = "code"
    arn: str = ""
    label: str = ""
    existence: str = ""
    doubt: str = ""
    """The reason alone of why it is not known whether the resource exists; `existence` has it in full."""
    config: str = "{}"
    aside: str = ""
    unknown: tuple[tuple[str, str], ...] = ()
    also: str = ""
    meaning: str = ""
    origins: str = "{}"
    documents: str = ""
    documents_aside: str = ""


class EdgeColumns(msgspec.Struct, frozen=True, kw_only=True):
    """Edges of one kind as columns.

    `source` and `target` are positions (uint32 arrays of one length) in the order the resources were given, running
    on into `Contents.others`. `said_by` is an array of positions as well (-1 for nobody), or says that every edge was
    said by its source, its target, or nobody. `paths` are the fields that said them; `path` picks one for each edge,
    None when all were said at the first.
    """

    kind: str
    source: np.ndarray
    target: np.ndarray
    said_by: np.ndarray | Literal["source", "target", "nobody"] = "source"
    paths: Sequence[Path] = ((),)
    path: np.ndarray | None = None


class Contents(msgspec.Struct, kw_only=True):
    """One snapshot to be written. Urns are unique; `others` names ends of edges that are no resources.

    `unlinked` maps a urn to (field path in dots, why). `texts` gives the masked text of each file; it is asked once,
    after the resources were taken.
    """

    about: About
    resources: Iterable[Record]
    edges: Iterable[EdgeColumns] = ()
    others: Sequence[str] = ()
    unlinked: Mapping[str, Sequence[tuple[str, str]]] = {}
    texts: Callable[[], Mapping[str, str]] = dict


def contents_of(
    estate: Estate, about: About, excerpts: Excerpts | None = None, documents: Iterable[Document] = ()
) -> Contents:
    """The contents of an estate in memory.

    `excerpts` gives the lines of the files that origins speak of. `documents` is everything that was loaded: what the
    catalog does not know finds its raw document there.
    """
    ordered = list(estate.resources.values())
    columns, others = _columns(estate, ordered)
    files = {p.span.file for p in about.problems if p.span}
    files |= {gap.span.file for gap in about.coverage.not_evaluated if gap.span}
    files |= {comment.covers.file for comment in about.suppressions}
    return Contents(
        about=about,
        resources=(record(resource, found, files) for resource, found in _with_documents(ordered, documents)),
        edges=columns,
        others=others,
        unlinked=estate.unlinked,
        texts=lambda: _texts(files, excerpts) if excerpts is not None else {},
    )


def record(resource: Resource, documents: Sequence[Document] = (), files: set[str] | None = None) -> Record:
    """A resource as the store takes it; `files` gains every file its origins name."""
    config = flatten(resource.config)
    also = [
        {
            "said": other.said,
            "root": clean(other.root),
            "address": clean(other.address),
            "reason": clean(other.reason),
            "config": (flat := flatten(other.config)).json,
            "aside": flat.aside,
            "unknown": flat.unknown,
        }
        for other in resource.also
    ]
    existence = flatten(resource.existence) if resource.existence is not None else None
    scope = resource.scope
    place = raw.Place(*map(clean, (resource.root, resource.address, scope.provider, scope.account, scope.region)))
    written, aside = raw.encode(documents, place)
    provenances = [origins.encode(resource.provenance, resource.config, files)]
    provenances += [origins.encode(other.provenance, other.config, files) for other in resource.also]
    return Record(
        urn=clean(resource.urn),
        kind=clean(resource.kind),
        native=clean(resource.native),
        cls=str(resource.cls),
        provider=place.provider,
        account=place.account,
        region=place.region,
        root=place.root,
        address=place.address,
        said=resource.said,
        arn=clean(resource.arn),
        label=clean(resource.label),
        existence=existence.aside if existence else "",
        doubt=str(resource.existence.reason) if resource.existence is not None else "",
        config=config.json,
        aside=config.aside,
        unknown=config.unknown,
        also=msgspec.json.encode(also).decode() if also else "",
        meaning=repr([(o["said"], o["config"], o["unknown"]) for o in also]) if also else "",
        origins="\n".join(provenances),
        documents=written,
        documents_aside=aside,
    )


def _with_documents(
    resources: Sequence[Resource], documents: Iterable[Document]
) -> Iterator[tuple[Resource, Sequence[Document]]]:
    strangers: dict[tuple[str, str], Document] = {}
    for document in documents:
        strangers.setdefault((document.root, document.address), document)
    for resource in resources:
        own: Any = getattr(resource.provenance, "documents", None)
        if own is None:
            stranger = strangers.get((resource.root, resource.address))
            own = [] if stranger is None else [stranger]
        yield resource, own


def _columns(estate: Estate, ordered: Sequence[Resource]) -> tuple[list[EdgeColumns], list[str]]:
    """The edges by kind, and the urns they name that are no resources."""
    import numpy as np

    position = {resource.urn: at for at, resource in enumerate(ordered)}
    others: list[str] = []

    def at(urn: str) -> int:
        found = position.get(urn)
        if found is None:
            found = position[urn] = len(position)
            others.append(clean(urn))
        return found

    kinds: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    paths: dict[str, dict[Path, int]] = defaultdict(dict)
    for edge in estate.edges:
        known = paths[edge.kind]
        path = known.setdefault(edge.path, len(known))
        said_by = at(edge.said_by) if edge.said_by else -1
        kinds[edge.kind].append((at(edge.source), at(edge.target), said_by, path))
    columns = []
    for kind, rows in kinds.items():
        table = np.array(rows, dtype=np.int64)
        columns.append(
            EdgeColumns(
                kind=clean(kind),
                source=table[:, 0].astype(np.uint32),
                target=table[:, 1].astype(np.uint32),
                said_by=table[:, 2],
                paths=tuple(paths[kind]),
                path=table[:, 3].astype(np.uint32),
            )
        )
    return columns, others


def _texts(files: Iterable[str], excerpts: Excerpts) -> dict[str, str]:
    """The masked texts of files."""
    found = {}
    for file in sorted(files):
        lines: list[str] = []
        while len(lines) < MAX_LINES and (line := excerpts.line(file, len(lines) + 1)) is not None:
            lines.append(clean(line))
        if lines:
            found[clean(file)] = "\n".join(lines)
    return found


def existence_of(text: str) -> Unknown | None:
    """What `Record.existence` says."""
    from nephograph.estate.store.lossless import restore

    found = restore("null", text) if text else None
    return found if isinstance(found, Unknown) else None

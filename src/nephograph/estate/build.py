"""From documents to the estate: read spellings, join parts to their owners, name entities, link references."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from nephograph.catalog.language import API, Kind, Spelling
from nephograph.catalog.normal import Traced, contradictions
from nephograph.catalog.registry import kind_names
from nephograph.estate import names
from nephograph.estate.graph import Estate
from nephograph.estate.link import link
from nephograph.estate.owners import Gathered, Owner
from nephograph.estate.parts import join_parts, span_of
from nephograph.estate.resolve import Directory, Entry, resolve
from nephograph.estate.sayings import AUTHORITY, REAL, Place, same_entities
from nephograph.model.resource import Class, Resource, Saying
from nephograph.model.source import Document, Gap, Loaded, Said
from nephograph.model.span import Origin, Path
from nephograph.model.value import Reason, Unknown, has_symbol


class Workings(msgspec.Struct):
    """What an estate was made of, for whoever keeps it in step with edits.

    `raw` are the configs of the entries before names took the place of references; the first resources are those of
    the entries, the rest those of strangers.
    """

    owners: Sequence[Owner]
    entries: Sequence[Entry]
    directory: Directory
    resources: Sequence[Resource]
    raw: list[dict[str, Any]]


class Built(msgspec.Struct):
    """The estate and what was not evaluated on the way to it."""

    estate: Estate
    evaluated: int
    gaps: list[Gap]
    workings: Workings | None = None


def build(loaded: Iterable[Loaded]) -> Built:
    """One estate of everything that was loaded. What is said in several ways (code, state, a dump) becomes one."""
    loads = list(loaded)
    ways = [way for way in AUTHORITY if any(load.said == way for load in loads)]
    if len(ways) == 1 or not ways:
        return _built(loads, {}, {})
    same = same_entities(
        [(way, _built([load for load in loads if load.said == way], {}, {}).estate) for way in ways], loads
    )
    return _built(loads, same.of, same.accounts)


def _built(loads: Sequence[Loaded], same: Mapping[Place, tuple[Place, str]], accounts: Mapping[str, str]) -> Built:
    gathered = Gathered(loads, accounts)
    owners, parts = gathered.owners, gathered.parts
    gaps: list[Gap] = []
    evaluated = gathered.documents_of_owners + join_parts(owners, parts, gaps)
    owners = _several_sayings(owners, same)
    directory = Directory()
    entries = [_entry(owner, gathered, directory) for owner in owners]
    owners, entries = _one_entity_once(owners, entries, directory)
    for owner, entry in zip(owners, entries, strict=True):
        for document, spelling in owner.documents:
            if spelling.part_of:
                directory.add_part(document, spelling, entry)
            else:
                directory.alias(document, entry)
    resources = _resources(owners, entries, directory)
    strangers, beside = _strangers(gathered.strangers, same)
    resources += [_generic(document, said, beside.get(_place(document), ())) for document, said in strangers]
    edges, unlinked = link(resources, entries, directory, [document for document, _ in strangers])
    raw = [dict(entry.config) for entry in entries]
    resolve(resources, directory)
    gaps += _unknown_kinds([document for document, _ in gathered.strangers])
    gaps += unread_attributes(owners)
    gaps += _contradictions(owners)
    answered = {(operation, scope.account) for load in loads for operation, scope in load.answered}
    workings = Workings(owners, entries, directory, resources, raw)
    return Built(Estate(resources, edges, unlinked, answered), evaluated, gaps, workings)


def _several_sayings(owners: Sequence[Owner], same: Mapping[Place, tuple[Place, str]]) -> list[Owner]:
    """The owners without those that say, in other words, what another one says: they are added to that one."""
    by_place = {owner.place: owner for owner in owners}
    left = []
    for owner in owners:
        found = same.get(owner.place)
        upper = by_place.get(found[0]) if found else None
        if found is None or upper is None:
            left.append(owner)
        else:
            upper.also.append((owner, found[1]))
    return left


Stranger = tuple[Document, Said]
"""A document of a kind that the catalog does not know, and how it was said."""


def _strangers(
    strangers: Sequence[Stranger], same: Mapping[Place, tuple[Place, str]]
) -> tuple[list[Stranger], dict[Place, list[Saying]]]:
    """The strangers that stand for themselves, and by their place what else says them."""
    places = {_place(document) for document, _ in strangers}
    left: list[Stranger] = []
    beside: dict[Place, list[Saying]] = defaultdict(list)
    for document, said in strangers:
        upper, reason = same.get(_place(document), (None, ""))
        if upper is None or upper not in places:
            left.append((document, said))
        else:
            config = dict(document.attributes)
            beside[upper].append(Saying(said, document.root, document.address, config, _Verbatim(document), reason))
    return left, beside


def _place(document: Document) -> Place:
    return document.root, document.address


def _one_entity_once(
    owners: Sequence[Owner], entries: Sequence[Entry], directory: Directory
) -> tuple[list[Owner], list[Entry]]:
    """Reality holds a name once: two states or dumps that say one urn speak of one entity."""
    first: dict[str, tuple[Owner, Entry]] = {}
    left: list[tuple[Owner, Entry]] = []
    for owner, entry in zip(owners, entries, strict=True):
        # A bucket's name says which bucket it is, whatever is known of its account.
        name = entry.arn if names.everywhere(entry.kind) and not has_symbol(entry.arn) else entry.urn
        known = first.setdefault(name, (owner, entry)) if owner.said in REAL else None
        if known is None or known[0] is owner:
            left.append((owner, entry))
        else:
            known[0].also.append((owner, f"same name as {known[0].main.address}"))
            directory.alias(owner.main, known[1])
    return [owner for owner, _ in left], [entry for _, entry in left]


def _entry(owner: Owner, gathered: Gathered, directory: Directory) -> Entry:
    answered = gathered.answered(owner.kind, owner.main.scope) if owner.main.dialect == API else ()
    config = owner.read(answered)
    for document, spelling in owner.doubts:
        _add_doubt(config, owner.kind, document, spelling)
    document = owner.main
    scope = document.scope
    where = (owner.kind, config, scope, names.qualified(document.root, document.address))
    entry = Entry(
        kind=owner.kind,
        spelling=owner.written[0][1],
        config=config,
        document=document,
        scope=scope,
        arn=names.arn_of(owner.kind, config, document, scope),
        id=names.fill(owner.kind.id, *where) if owner.kind.id else "",
        urn=names.urn(owner.kind, config, scope, document.root, document.address),
    )
    directory.add(entry)
    return entry


def _add_doubt(config: dict[str, Any], kind: Kind, document: Document, spelling: Spelling) -> None:
    maybe = Unknown(Reason.NOT_SEEN, f"may be said by {document.address}")
    for name in {field.partition(".")[0] for field in spelling.fields}:
        if kind.fields[name].type in ("items", "texts", "references"):
            known = config.get(name)
            config[name] = [*(known if isinstance(known, list) else [known] if known is not None else []), maybe]
        else:
            config[name] = maybe


def _resources(owners: list[Owner], entries: list[Entry], directory: Directory) -> list[Resource]:
    taken: set[str] = set()
    resources = []
    for owner, entry in zip(owners, entries, strict=True):
        urn = entry.urn
        if urn in taken:
            # Two roots may say one name (an estate a workspace): both are kept, told apart by where they are said.
            urn = f"{urn}@{names.spelling(entry.document.root, entry.document.address)}"
            entry.urn = urn
        taken.add(urn)
        directory.name(entry)
        resources.append(
            Resource(
                urn=urn,
                kind=entry.kind.name,
                native=entry.kind.native,
                cls=entry.kind.cls,
                address=entry.document.address,
                scope=entry.scope,
                config=entry.config,
                provenance=Traced(entry.kind, owner.written),
                root=entry.document.root,
                arn=entry.arn,
                label=label_of(entry.kind.label, entry.config, entry.document.address),
                existence=entry.document.existence,
                said=owner.said,
                also=tuple(_saying(other, reason) for other, reason in owner.also),
            )
        )
    return resources


def _saying(owner: Owner, reason: str) -> Saying:
    main, written = owner.main, owner.written
    config = owner.read(())
    return Saying(owner.said, main.root, main.address, config, Traced(owner.kind, written), reason)


def label_of(field: str, config: dict[str, Any], address: str) -> str:
    """What people call it: the kind's label field, else the Name tag, else the tail of the address.

    Inside a module the tail goes from the name of its call on: `reports.this[0]`, for `this[0]` says nothing.
    """
    tags = config.get("tags")
    for candidate in (config.get(field), tags.get("Name") if isinstance(tags, dict) else None):
        if isinstance(candidate, str) and candidate:
            return candidate
    parts = _STEP.findall(address)
    name = parts[-1] if parts else address
    return f"{parts[-3]}.{name}" if len(parts) > 3 and parts[-4] == "module" else name


_STEP = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^."])+')
"""One step of an address: dots inside a quoted key belong to the step."""


class _Verbatim:
    """Provenance of a generic resource: its config is the document itself."""

    __slots__ = ("_document",)

    def __init__(self, document: Document) -> None:
        self._document = document

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        return True, self._document.origin(path)

    def is_written(self, path: Path) -> bool:
        return True


def _generic(document: Document, said: Said, also: Sequence[Saying]) -> Resource:
    config = dict(document.attributes)
    # A type that is called as a kind which its dialect does not spell is another thing (`docker_image` of Terraform is
    # no Dockerfile): no check of that kind is about it.
    kind = f"{document.dialect}/{document.type}" if document.type in _names() else document.type
    return Resource(
        urn=":".join(
            (
                "neph",
                document.scope.provider,
                document.scope.account,
                document.scope.region,
                document.type,
                names.spelling(document.root, document.address),
            )
        ),
        kind=kind,
        native=kind,
        cls=Class.GENERIC,
        address=document.address,
        scope=document.scope,
        config=config,
        provenance=_Verbatim(document),
        root=document.root,
        label=label_of("name", config, document.address),
        existence=document.existence,
        said=said,
        also=tuple(also),
    )


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(kind_names())


def _unknown_kinds(strangers: Sequence[Document]) -> list[Gap]:
    counts = Counter(document.type for document in strangers)
    return [
        Gap("unknown-kind", type_, "the catalog has no such kind; it is kept as a generic node", None, count)
        for type_, count in sorted(counts.items())
    ]


def unread_attributes(owners: list[Owner]) -> list[Gap]:
    """Attributes that no spelling reads, by their names, as gaps."""
    counts = Counter(name for owner in owners for one in (owner, *(o for o, _ in owner.also)) for name in one.unread)
    return [
        Gap("unread-attribute", what, "no field of the catalog reads it", None, count)
        for what, count in sorted(counts.items())
    ]


def _contradictions(owners: Sequence[Owner]) -> list[Gap]:
    """Answers about one entity that cannot both be true: the first one stands, and that is said."""
    gaps = []
    for owner in owners:
        if owner.answers > 1 and (fields := contradictions(owner.kind, owner.written)):
            why = f"its documents say different things of {', '.join(fields)}; the first one stands"
            gaps.append(Gap("contradictory-documents", owner.main.address, why, span_of(owner.main)))
    for owner in owners:
        for other, reason in owner.also:
            if other.said == owner.said and (fields := contradictions(owner.kind, [*owner.written, *other.written])):
                why = f"{other.main.root} says otherwise of {', '.join(fields)} ({reason}); the first one stands"
                gaps.append(Gap("contradictory-documents", owner.main.address, why, span_of(owner.main)))
    return gaps

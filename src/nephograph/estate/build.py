"""From documents to the estate: read spellings, join parts to their owners, name entities, link references."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from nephograph.catalog.language import Kind, Spelling
from nephograph.catalog.normal import Traced, Written, normal_form, unread
from nephograph.catalog.registry import spellings
from nephograph.estate import names
from nephograph.estate.graph import Estate
from nephograph.estate.link import link
from nephograph.estate.resolve import Directory, Entry, resolve
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Document, Gap, Loaded
from nephograph.model.span import Origin, Path
from nephograph.model.value import Reason, Unknown

_CHAIN = 8
"""How many parts may name each other on the way to their owner."""

Ways = tuple[tuple[Kind, Spelling], ...]
"""The kinds a part speaks of, and how it spells each."""


class Built(msgspec.Struct):
    """The estate and what was not evaluated on the way to it."""

    estate: Estate
    evaluated: int
    gaps: list[Gap]


class _Owner:
    """A resource in the making: its documents so far, and what may still be said by somebody unknown."""

    def __init__(self, kind: Kind, spelling: Spelling, document: Document) -> None:
        self.kind = kind
        self.written: list[Written] = [(document, spelling)]
        self.doubts: list[tuple[Document, Spelling]] = []

    @property
    def main(self) -> Document:
        return self.written[0][0]


def build(loaded: Iterable[Loaded]) -> Built:
    """One estate of everything that was loaded."""
    owners: list[_Owner] = []
    parts: list[tuple[Document, Ways]] = []
    strangers: list[Document] = []
    for load in loaded:
        for document in load.documents:
            ways = spellings(document.dialect, document.type)
            if not ways:
                strangers.append(document)
            elif ways[0][1].part_of:
                parts.append((document, ways))
            else:
                owners.append(_Owner(*ways[0], document))
    gaps: list[Gap] = []
    evaluated = len(owners) + _join_parts(owners, parts, gaps)
    directory = Directory()
    entries = [_entry(owner, directory) for owner in owners]
    for owner, entry in zip(owners, entries, strict=True):
        for document, spelling in owner.written[1:]:
            directory.add_part(document, spelling, entry)
    resources = _resources(owners, entries, directory)
    resources += [_generic(document) for document in strangers]
    edges, unlinked = link(resources, entries, directory, strangers)
    resolve(resources, directory)
    gaps += _unknown_kinds(strangers)
    gaps += _unread_attributes(owners)
    return Built(Estate(resources, edges, unlinked), evaluated, gaps)


def _join_parts(owners: list[_Owner], parts: list[tuple[Document, Ways]], gaps: list[Gap]) -> int:
    """Give every part to its owners. Returns how many found one."""
    by_address = {(o.main.root, o.main.address): o for o in owners}
    by_kind: dict[str, list[_Owner]] = defaultdict(list)
    for owner in owners:
        by_kind[owner.kind.name].append(owner)
    literal: dict[str, dict[str, list[_Owner]]] = {}

    by_part = {(document.root, document.address): (document, ways) for document, ways in parts}

    def owner_of(kind: Kind, one: Any, document: Document, depth: int = 0) -> _Owner | None:
        if isinstance(one, Unknown):
            where = (document.root, one.ref.address) if one.ref else ("", "")
            referred = by_address.get(where)
            if referred is None and where in by_part and depth < _CHAIN:
                # A part named by another part (`aws_s3_bucket_versioning.v.id`): both have the same owner.
                part, ways = by_part[where]
                own = [v for k, s in ways if k.name == kind.name for v in _listed(part.attributes.get(s.part_of))]
                referred = owner_of(kind, own[0], part, depth + 1) if len(own) == 1 else None
            if referred is not None:
                return referred if referred.kind.name == kind.name else None
        if kind.name not in literal:
            literal[kind.name] = _literal_names(by_kind[kind.name])
        # A name with an unknown piece still names the owner that has the very same name, within one root.
        text = one.symbol if isinstance(one, Unknown) else str(one)
        near = [o for o in literal[kind.name].get(text, ()) if _same_account(o.main, document)]
        return next((o for o in near if not isinstance(one, Unknown) or o.main.root == document.root), None)

    joined = 0
    for document, ways in parts:
        found = False
        missing: list[str] = []
        for attribute in dict.fromkeys(spelling.part_of for _, spelling in ways):
            kinds = [(kind, spelling) for kind, spelling in ways if spelling.part_of == attribute]
            named = _listed(document.attributes.get(attribute))
            if not named:
                missing.append(f"its {attribute} names nothing")
            for one in named:
                given = [(o, spelling) for kind, spelling in kinds if (o := owner_of(kind, one, document)) is not None]
                for owner, spelling in given:
                    owner.written.append((document, spelling))
                found = found or bool(given)
                if not given:
                    for kind, spelling in kinds:
                        _doubt(by_kind[kind.name], document, spelling, one)
                    why = str(one) if isinstance(one, Unknown) else f"{one!r} is not in the data"
                    missing.append(f"its {attribute}: {why}")
        joined += found
        # Instances seen are evaluated or named once: a part that found one owner of several is evaluated.
        if not found:
            gaps.append(Gap("part-without-owner", document.address, "; ".join(missing), _span(document)))
        elif said := [why for why in missing if not why.endswith("names nothing")]:
            gaps.append(Gap("owner-not-seen", document.address, "; ".join(said), _span(document), len(said)))
    return joined


def _listed(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if one is not None]


def _doubt(candidates: Sequence[_Owner], document: Document, spelling: Spelling, value: Any) -> None:
    """A part whose owner is not known may belong to any owner of its root: what it says becomes uncertain there."""
    elsewhere = (Reason.ABSENT_MODULE, Reason.DATA_SOURCE, Reason.OUTSIDE_ROOT)
    if not isinstance(value, Unknown) or value.reason in elsewhere or value.ref is not None:
        return
    for owner in candidates:
        if owner.main.root == document.root:
            owner.doubts.append((document, spelling))


def _literal_names(owners: Sequence[_Owner]) -> dict[str, list[_Owner]]:
    found: dict[str, list[_Owner]] = defaultdict(list)
    for owner in owners:
        config = normal_form(owner.kind, owner.written[:1])
        where = (owner.kind, config, owner.main.scope, names.qualified(owner.main.root, owner.main.address))
        for template in (owner.kind.id, owner.kind.arn, *(f"{{{field}}}" for field in owner.kind.identity)):
            if template:
                found[names.fill(template, *where)].append(owner)
    return found


def _same_account(one: Document, other: Document) -> bool:
    return one.scope.provider == other.scope.provider and one.scope.account == other.scope.account


def _entry(owner: _Owner, directory: Directory) -> Entry:
    config = normal_form(owner.kind, owner.written)
    for document, spelling in owner.doubts:
        _add_doubt(config, owner.kind, document, spelling)
    document = owner.main
    where = (owner.kind, config, document.scope, names.qualified(document.root, document.address))
    entry = Entry(
        kind=owner.kind,
        spelling=owner.written[0][1],
        config=config,
        document=document,
        arn=names.fill(owner.kind.arn, *where) if owner.kind.arn else "",
        id=names.fill(owner.kind.id, *where) if owner.kind.id else "",
        urn=names.urn(owner.kind, config, document.scope, document.root, document.address),
    )
    directory.add(entry)
    return entry


def _add_doubt(config: dict[str, Any], kind: Kind, document: Document, spelling: Spelling) -> None:
    maybe = Unknown(Reason.NOT_SEEN, f"may be said by {document.address}")
    for name in {field.partition(".")[0] for field in spelling.fields}:
        if kind.fields[name].type in ("items", "texts", "references"):
            config[name] = [*(config.get(name) or []), maybe]
        else:
            config[name] = maybe


def _resources(owners: list[_Owner], entries: list[Entry], directory: Directory) -> list[Resource]:
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
                scope=entry.document.scope,
                config=entry.config,
                provenance=Traced(entry.kind, owner.written),
                root=entry.document.root,
                arn=entry.arn,
                label=_label(entry.kind.label, entry.config, entry.document.address),
                existence=entry.document.existence,
            )
        )
    return resources


def _label(field: str, config: dict[str, Any], address: str) -> str:
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


def _generic(document: Document) -> Resource:
    config = dict(document.attributes)
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
        kind=document.type,
        native=document.type,
        cls=Class.GENERIC,
        address=document.address,
        scope=document.scope,
        config=config,
        provenance=_Verbatim(document),
        root=document.root,
        label=_label("name", config, document.address),
        existence=document.existence,
    )


def _unknown_kinds(strangers: list[Document]) -> list[Gap]:
    counts = Counter(document.type for document in strangers)
    return [
        Gap("unknown-kind", type_, "the catalog has no such kind; it is kept as a generic node", None, count)
        for type_, count in sorted(counts.items())
    ]


def _unread_attributes(owners: list[_Owner]) -> list[Gap]:
    counts: Counter[str] = Counter()
    for owner in owners:
        for document, spelling in owner.written:
            counts.update(f"{document.type}.{name}" for name in unread(document, spelling))
    return [
        Gap("unread-attribute", what, "no field of the catalog reads it", None, count)
        for what, count in sorted(counts.items())
    ]


def _span(document: Document) -> Any:
    origin = document.origin(())
    return origin.span if origin else None

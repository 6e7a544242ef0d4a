"""The estate in step with edits: of a document that says something else, only its own resource is read again.

What names, links and joins resources has to stay as it was; where it does not, `Unproven` is raised and the estate is
built anew.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from nephograph.estate import names
from nephograph.estate.build import Built, Workings, label_of, unread_attributes
from nephograph.estate.link import link_entry
from nephograph.estate.resolve import Directory, named_in
from nephograph.model.edge import Edge
from nephograph.model.resource import Resource
from nephograph.model.source import Gap
from nephograph.model.value import Ref, unknowns
from nephograph.session.warm.reads import Read, Reads, Watched, watch
from nephograph.sources.terraform.document import TerraformDocument
from nephograph.sources.terraform.live import Unproven
from nephograph.sources.terraform.live_values import same

_TEMPLATE = re.compile(r"\{(\w+)")


class LiveEstate:
    """An estate of one reading of code."""

    def __init__(self, built: Built, reads: Reads) -> None:
        assert built.workings is not None
        self.built = built
        self.workings: Workings = built.workings
        self.gaps: list[Gap] = built.gaps
        owners, entries = self.workings.owners, self.workings.entries
        if any(owner.also or owner.doubts for owner in owners):
            raise Unproven("a resource is said in several ways, or something may be said of it")
        self._owners: dict[int, list[int]] = defaultdict(list)
        for index, owner in enumerate(owners):
            for document, _ in owner.documents:
                self._owners[id(document)].append(index)
        resources = self.workings.resources
        self._strangers = resources[len(entries) :]
        self._by_place = {(r.root, r.address): r for r in self._strangers}
        self._positions = {id(entry): index for index, entry in enumerate(entries)}
        self._ordered = _Ordered(self.workings, self._positions)
        self._edges: dict[str, list[Edge]] = defaultdict(list)
        for edge in built.estate.edges:
            self._edges[edge.said_by].append(edge)
        for resource in resources:
            watch(resource, reads)
        for entry, resource in zip(entries, resources, strict=False):
            entry.config = resource.config

    def of_documents(self, documents: Iterable[TerraformDocument]) -> list[Resource]:
        """The resources that the documents say, or say a part of."""
        resources = self.workings.resources
        found: dict[str, Resource] = {}
        for document in documents:
            stranger = self._by_place.get((document.root, document.address))
            its = [stranger] if stranger else [resources[i] for i in self._owners.get(id(document), ())]
            found.update((one.urn, one) for one in its)
        return list(found.values())

    def follow(self, documents: Sequence[tuple[TerraformDocument, set[str]]]) -> tuple[list[Resource], set[Read]]:
        """Take in documents that say something else now: (their resources, the fields that changed)."""
        touched: dict[int, None] = {}
        changed: set[Read] = set()
        resources: list[Resource] = []
        for document, attributes in documents:
            if attributes & {"id", "arn"}:
                raise Unproven("a resource is named otherwise now")
            stranger = self._by_place.get((document.root, document.address))
            if stranger is not None:
                changed |= self._stranger(stranger, document)
                resources.append(stranger)
                continue
            found = self._owners.get(id(document))
            if not found:
                raise Unproven("a document that nothing owns has changed")
            for index in found:
                parts = {s.part_of for d, s in self.workings.owners[index].written if d is document}
                if parts & attributes:
                    raise Unproven("a part belongs to another resource now")
                touched[index] = None
        renewed = [(index, *self._read(index)) for index in touched]
        self._check_links([(index, raw) for index, raw, _ in renewed])
        unread = False
        for index, raw, left in renewed:
            resource, entry = self.workings.resources[index], self.workings.entries[index]
            before = {name: dict.get(entry.config, name) for name in dict.keys(entry.config)}
            self.workings.raw[index] = raw
            now = self._ordered.resolved(index, raw, resource.root)
            fields = {n for n in (*before, *now) if n not in before or n not in now or not same(before[n], now[n])}
            if self._is_spelled(index, fields):
                raise Unproven("texts of other resources hold what has changed")
            if list(before) != list(now):
                fields.add("")
            assert isinstance(resource.config, Watched)
            resource.config.replace(now)
            changed |= {(resource.urn, name) for name in fields}
            resources.append(resource)
            unread = unread or left
        if unread:
            kept = [gap for gap in self.gaps if gap.kind != "unread-attribute"]
            place = next((i for i, g in enumerate(kept) if g.kind == "contradictory-documents"), len(kept))
            self.gaps = kept[:place] + unread_attributes(list(self.workings.owners)) + kept[place:]
        return resources, changed

    def _read(self, index: int) -> tuple[dict[str, Any], bool]:
        """The config of an owner as its documents say it now, and whether something else of them is not read."""
        owner, entry = self.workings.owners[index], self.workings.entries[index]
        old, unread = self.workings.raw[index], list(owner.unread)
        raw = owner.read(())
        document = entry.document
        names_now, names_before = (
            (
                names.arn_of(owner.kind, config, document, entry.scope),
                names.fill(owner.kind.id, owner.kind, config, entry.scope, entry.qualified) if owner.kind.id else "",
                names.urn(owner.kind, config, entry.scope, document.root, document.address),
                [str(config.get(field)) for field in owner.kind.identity],
                [str(config.get(name)) for name in owner.kind.aliases],
                label_of(owner.kind.label, config, document.address),
            )
            for config in (raw, old)
        )
        if names_now != names_before:
            raise Unproven("a resource is named otherwise now")
        return raw, unread != owner.unread

    def _check_links(self, renewed: Sequence[tuple[int, dict[str, Any]]]) -> None:
        resources = [self.workings.resources[index] for index, _ in renewed]
        edges: list[Edge] = []
        unlinked: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for index, raw in renewed:
            entry = msgspec.structs.replace(self.workings.entries[index], config=raw)
            link_entry(entry, self.workings.directory, self._by_place, edges, unlinked)
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges:
            found[edge.said_by].append(edge)
        known = self.built.estate.unlinked
        for resource in resources:
            if found[resource.urn] != self._edges.get(resource.urn, []):
                raise Unproven("a resource leads to others than before")
            if unlinked.get(resource.urn, []) != known.get(resource.urn, []):
                raise Unproven("a resource leads nowhere in another way than before")

    def _is_spelled(self, index: int, fields: set[str]) -> bool:
        """Whether the texts that references to the resource stand for are made of one of the fields."""
        owner = self.workings.owners[index]
        templates = [text for _, spelling in owner.written for text in spelling.computed.values()]
        return any(fields & set(_TEMPLATE.findall(text)) for text in templates)

    def _stranger(self, resource: Resource, document: TerraformDocument) -> set[Read]:
        config = dict(document.attributes)
        before = {name: dict.get(resource.config, name) for name in dict.keys(resource.config)}
        directory = self.workings.directory
        leads = []
        for address in dict.fromkeys(u.ref.address for u in unknowns(config) if u.ref):
            entry = directory.at(document.root, address)
            stranger = self._by_place.get((document.root, address))
            whom = entry.urn if entry else stranger.urn if stranger else None
            if whom is not None:
                leads.append(Edge("refers_to", resource.urn, whom, said_by=resource.urn))
        if leads != self._edges.get(resource.urn, []):
            raise Unproven("a resource leads to others than before")
        if label_of("name", config, document.address) != resource.label:
            raise Unproven("a resource is named otherwise now")
        now = self._ordered.resolved(len(self.workings.entries), config, resource.root)
        assert isinstance(resource.config, Watched)
        resource.config.replace(now)
        return {(resource.urn, n) for n in (*before, *now, "") if not same(before.get(n), now.get(n)) or n == ""}


class _Ordered(Directory):
    """The directory as it is while resources are resolved one after another: of later ones the raw config counts."""

    def __init__(self, workings: Workings, positions: dict[int, int]) -> None:
        self._addresses = workings.directory._addresses
        self._parts = workings.directory._parts
        self._names = workings.directory._names
        self._workings = workings
        self._positions = positions
        self._at = 0
        self._own: dict[str, Any] = {}

    def resolved(self, index: int, raw: dict[str, Any], root: str) -> dict[str, Any]:
        """A raw config with names in the place of references, as the resource at that position of the order has it."""
        self._at = index
        self._own = dict(raw)
        for name, value in raw.items():
            self._own[name] = named_in(value, root, self)
        return self._own

    def text(self, root: str, ref: Ref) -> str | None:
        """See `Directory`."""
        entry = self.at(root, ref.address)
        index = self._positions.get(id(entry), -1) if entry is not None else -1
        if entry is None or index < self._at:
            return super().text(root, ref)
        kept = entry.config
        entry.config = self._own if index == self._at else self._workings.raw[index]
        try:
            return super().text(root, ref)
        finally:
            entry.config = kept

"""The estate in memory: resources and fact edges, indexed both ways. Immutable once built."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource


class Members(tuple[Resource, ...]):
    """Resources of one estate in a fixed order; whether one is among them is known without going through them."""

    def __contains__(self, one: object) -> bool:
        return isinstance(one, Resource) and self._by_urn.get(one.urn) is one

    @functools.cached_property
    def _by_urn(self) -> dict[str, Resource]:
        return {resource.urn: resource for resource in self}


class Estate:
    """One snapshot of the graph.

    `resources` maps urn to resource in urn order; `edges` holds fact edges only (derived ones belong to engines).
    `unlinked` maps a urn to the references that lead to nothing known: (field path in dots, why).
    `answered` are operations of an API that were asked of a whole account, with that account: what they do not name
    is not there.
    """

    def __init__(
        self,
        resources: Iterable[Resource],
        edges: Iterable[Edge],
        unlinked: dict[str, list[tuple[str, str]]] | None = None,
        answered: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.resources: dict[str, Resource] = {r.urn: r for r in sorted(resources, key=lambda r: r.urn)}
        self.edges: tuple[Edge, ...] = tuple(edges)
        self.unlinked = unlinked or {}
        self.answered = frozenset(answered)
        self._kinds: dict[str, list[Resource]] = defaultdict(list)
        self._classes: dict[Class, list[Resource]] = defaultdict(list)
        self._arns: dict[str, Resource] = {}
        for resource in self.resources.values():
            self._kinds[resource.kind].append(resource)
            self._classes[resource.cls].append(resource)
            if resource.arn:
                self._arns.setdefault(resource.arn, resource)
        self._out: dict[str, list[Edge]] = defaultdict(list)
        self._in: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            self._out[edge.source].append(edge)
            self._in[edge.target].append(edge)

    def of_kind(self, kind: str) -> Sequence[Resource]:
        """Every resource of a kind, in urn order."""
        return self._kinds.get(kind, ())

    def of_class(self, cls: Class) -> Sequence[Resource]:
        """Every resource of a cross-cloud class, in urn order."""
        return self._classes.get(cls, ())

    def by_arn(self, arn: str) -> Resource | None:
        """The resource of exactly that ARN (symbols compare as themselves)."""
        return self._arns.get(arn)

    def kinds(self) -> frozenset[str]:
        """The kinds that are present."""
        return frozenset(self._kinds)

    def outgoing(self, urn: str, kind: str | None = None) -> Sequence[Edge]:
        """Fact edges that leave a resource."""
        return [e for e in self._out.get(urn, ()) if kind is None or e.kind == kind]

    def incoming(self, urn: str, kind: str | None = None) -> Sequence[Edge]:
        """Fact edges that arrive at a resource."""
        return [e for e in self._in.get(urn, ()) if kind is None or e.kind == kind]

    def targets(self, urn: str, edge: str, kind: str | None = None) -> list[Resource]:
        """Resources that `urn` points to by an edge kind (and that are of a kind)."""
        found = [self.resources[e.target] for e in self.outgoing(urn, edge) if e.target in self.resources]
        return [r for r in found if kind is None or r.kind == kind]

    def holders(self, urn: str, edge: str, kind: str | None = None) -> list[Resource]:
        """Resources that point to `urn` by an edge kind (and that are of a kind)."""
        found = [self.resources[e.source] for e in self.incoming(urn, edge) if e.source in self.resources]
        return [r for r in found if kind is None or r.kind == kind]

    def missing(self, urn: str, path: str) -> list[str]:
        """Why references below a field path of a resource lead to nothing known (empty when all are linked)."""
        return [why for field, why in self.unlinked.get(urn, ()) if field == path or field.startswith(path + ".")]

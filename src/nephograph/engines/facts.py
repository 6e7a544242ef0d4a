"""The engines as `Facts`: what checks and step rules may ask, answered from one estate and kept."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nephograph.engines.identity.engine import Identity
from nephograph.engines.network.network import Network
from nephograph.engines.predicates import predicates
from nephograph.estate.graph import Estate, Members
from nephograph.model.facts import Decision, Exposure, Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.verdict import Verdict, all_of, depends

if TYPE_CHECKING:
    from nephograph.engines.tracer.ground import Ground


class EstateFacts:
    """Implements `model.facts.Facts`. Answers are worked out once."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.network = Network(estate)
        self.identity = Identity(estate)
        self._resources: dict[tuple[str | None, Class | None], Members] = {}
        self._decisions: dict[tuple[str, str, str], Decision] = {}
        self._queries: dict[tuple[str, tuple[str | None, ...]], tuple[Fact, ...]] = {}

    @functools.cached_property
    def ground(self) -> Ground:
        """The estate as the packet tracer sees it."""
        from nephograph.engines.tracer.ground import Ground

        return Ground(self.estate)

    def resources(self, kind: str | None = None, cls: Class | None = None) -> Sequence[Resource]:
        """Every resource, or those of one kind or class, in urn order."""
        if (kind, cls) not in self._resources:
            found = self.estate.resources.values() if kind is None else self.estate.of_kind(kind)
            self._resources[kind, cls] = Members(r for r in found if cls is None or r.cls is cls)
        return self._resources[kind, cls]

    def resource(self, urn: str) -> Resource | None:
        """The resource of that urn."""
        return self.estate.resources.get(urn)

    def attached(self, resource: Resource | str, edge: str, kind: str | None = None) -> Sequence[Resource]:
        """What `resource` points to by an edge of that kind."""
        return self.estate.targets(_urn(resource), edge, kind)

    def holders(self, resource: Resource | str, edge: str, kind: str | None = None) -> Sequence[Resource]:
        """What points to `resource` by an edge of that kind."""
        return self.estate.holders(_urn(resource), edge, kind)

    def exposed(self, resource: Resource | str) -> Sequence[Exposure]:
        """How the internet reaches the resource: empty when it provably does not."""
        found = self.resource(resource) if isinstance(resource, str) else resource
        return self.network.exposed(found) if found is not None else ()

    def closed(self, resource: Resource | str) -> Verdict | None:
        """Why the internet does not reach the resource; None for kinds that have no way of their own to it."""
        found = self.resource(resource) if isinstance(resource, str) else resource
        if found is None or found.kind not in self.network.kinds:
            return None
        return self.network.why_not(found)

    def can(self, principal: Resource | str, action: str, resource: Resource | str) -> Decision:
        """May the principal do the action on the resource, by every policy that applies."""
        key = (_urn(principal), action, _urn(resource))
        if key not in self._decisions:
            self._decisions[key] = self.identity.can(principal, action, resource)
        return self._decisions[key]

    def who(self, action: str, resource: Resource | str) -> Sequence[Decision]:
        """Every principal of the estate (and `anonymous`) that can, or may, do the action on the resource."""
        return self.identity.who(action, resource)

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        """Every fact of a predicate that matches and is not a proven no. An unknown predicate raises KeyError."""
        key = (predicate, tuple(args))
        if key not in self._queries:
            self._queries[key] = self._matching(*key)
        return self._queries[key]

    def _matching(self, predicate: str, args: tuple[str | None, ...]) -> tuple[Fact, ...]:
        known = predicates()[predicate]
        if len(args) != known.arity:
            raise ValueError(f"{predicate} takes {known.arity} arguments, not {len(args)}")
        return tuple(self._if_it_exists(fact) for fact in known.find(self, args) if fact.verdict.possible)

    def _if_it_exists(self, fact: Fact) -> Fact:
        """A fact about something of which it is not known whether it exists depends on that."""
        unsure = [r for arg in fact.args if (r := self.resource(arg)) is not None and r.existence is not None]
        if not unsure:
            return fact
        whether = (depends(f"whether {r.address} exists: {r.existence}") for r in unsure)
        return Fact(fact.predicate, fact.args, all_of((fact.verdict, *whether)))

    def predicates(self) -> Sequence[str]:
        """The predicates `query` answers, sorted."""
        return sorted(predicates())


def _urn(thing: Resource | str) -> str:
    return thing if isinstance(thing, str) else thing.urn

"""The face of the network engine: what of the internet reaches a resource, and why not."""

from __future__ import annotations

from nephograph.engines.network.balancing import fronts
from nephograph.engines.network.door import Door, finder, kinds
from nephograph.engines.network.view import View, name
from nephograph.estate.graph import Estate
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, any_of, no


class Network:
    """Exposure to the internet over one estate. Answers are worked out once and kept."""

    def __init__(self, estate: Estate) -> None:
        self._view = View(estate)
        self._doors: dict[str, Door] = {}

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds whose own way to the internet is modelled; others are reached through a balancer or not at all."""
        return kinds()

    def exposed(self, resource: Resource) -> list[Exposure]:
        """How the internet reaches the resource, directly and through balancers: certain first, then by port."""
        return list(self._door(resource).exposures)

    def why_not(self, resource: Resource) -> Verdict:
        """Is it reached from the internet? A no carries every reason that alone would keep it out."""
        found = self._door(resource)
        if found.exposures:
            return any_of(exposure.verdict for exposure in found.exposures)
        refusals = tuple(dict.fromkeys(evidence for why in found.refusals for evidence in why()))
        if refusals:
            return no(*refusals)
        if finder(resource.kind) is None:
            return no(self._view.evidence(f"{name(resource)} has no network interface of its own", resource))
        return no(self._view.evidence(f"no traffic passes all of the layers before {name(resource)}", resource))

    def _door(self, resource: Resource) -> Door:
        if resource.urn not in self._doors:
            find = finder(resource.kind)
            own = find(self._view, resource) if find else Door([], [])
            through = fronts(self._view, resource)
            exposures = sorted(
                [*own.exposures, *through.exposures],
                key=lambda e: (e.verdict.answer != "yes", e.door != resource.urn, e.door, e.ports, e.sources),
            )
            self._doors[resource.urn] = Door(exposures, [*own.refusals, *through.refusals])
        return self._doors[resource.urn]

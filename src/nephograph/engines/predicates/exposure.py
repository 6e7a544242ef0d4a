"""What the internet reaches."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, fact, predicate
from nephograph.model.facts import Exposure, Fact
from nephograph.model.resource import Resource
from nephograph.model.verdict import any_of


@predicate(2)
def exposed(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Everybody on the internet reaches the resource on these ports, with nothing in front of it.

    A list of somebody's own addresses is not everybody (`Exposure.everybody`).
    """
    for resource in bound(facts, args[0], facts.resources()):
        for ports, exposure in _by_ports(facts, resource, resource.urn).items():
            if args[1] in (None, ports):
                yield fact("exposed", resource.urn, ports, verdict=exposure.verdict)


@predicate(3)
def fronted(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Everybody on the internet reaches the resource through a door (a load balancer), on these ports of the door."""
    for resource in bound(facts, args[0], facts.resources()):
        doors = dict.fromkeys(e.door for e in facts.exposed(resource) if e.door != e.resource and e.everybody)
        for door in doors:
            if args[2] not in (None, door):
                continue
            for ports, exposure in _by_ports(facts, resource, door).items():
                if args[1] in (None, ports):
                    yield fact("fronted", resource.urn, ports, door, verdict=exposure.verdict)


@predicate(1)
def faces_internet(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Everybody on the internet reaches the resource, on some port, directly or through a door."""
    for resource in bound(facts, args[0], facts.resources()):
        verdict = any_of(exposure.verdict for exposure in facts.exposed(resource) if exposure.everybody)
        yield fact("faces_internet", resource.urn, verdict=verdict)


def _by_ports(facts: EstateFacts, resource: Resource, door: str) -> dict[str, Exposure]:
    """One exposure a port range through that door. Several rules may open it; a certain one comes first."""
    found: dict[str, Exposure] = {}
    for exposure in facts.exposed(resource):
        if exposure.door == door and exposure.everybody:
            found.setdefault(str(exposure.ports), exposure)
    return found

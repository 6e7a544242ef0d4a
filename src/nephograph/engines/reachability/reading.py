"""How the estate is read: what one field refers to, what is missing, ranges and zones."""

from __future__ import annotations

import functools

from nephograph.engines.reachability.addresses import Interval, prefix
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


class Reading:
    """Read-only look-ups in one estate; what is asked again and again is kept."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.vpc_of = functools.lru_cache(maxsize=None)(self._vpc_of)
        self.ranges = functools.lru_cache(maxsize=None)(self._ranges)

    def linked(self, resource: Resource, edge: str, *path: str | int) -> list[Resource]:
        """What one field of a resource refers to by an edge kind."""
        found = {
            e.target: self.estate.resources[e.target]
            for e in self.estate.outgoing(resource.urn, edge)
            if e.said_by in ("", resource.urn) and e.path[: len(path)] == path and e.target in self.estate.resources
        }
        return list(found.values())

    def lost(self, resource: Resource, *path: str | int) -> list[str]:
        """Why references at or below a field lead to nothing known."""
        return self.estate.missing(resource.urn, ".".join(map(str, path))) if self.estate.unlinked else []

    def _vpc_of(self, urn: str) -> str:
        """The VPC a thing lies in, "" when it is not known."""
        found = self.estate.targets(urn, "in_network", "aws_vpc")
        return found[0].urn if found else ""

    def _ranges(self, vpc: str, version: int) -> tuple[Interval, ...]:
        """The ranges of a VPC that are known."""
        resource = self.estate.resources.get(vpc)
        texts = resource.get("cidrs" if version == 4 else "ipv6_cidrs") if resource is not None else None
        parsed = [prefix(text) for text in texts] if isinstance(texts, list) else []
        return tuple((p.low, p.high) for p in parsed if p and p.version == version)

    def subnet_range(self, subnet: Resource, version: int) -> Interval | None:
        """The range of a subnet, where it is known."""
        parsed = prefix(subnet.get("cidr" if version == 4 else "ipv6_cidr"))
        return (parsed.low, parsed.high) if parsed and parsed.version == version else None

    def zone(self, subnet: Resource | None) -> str:
        """The Availability Zone of a subnet, "" when it is not known."""
        said = subnet.get("availability_zone") if subnet is not None else None
        return said if isinstance(said, str) else ""

    def attached(self, gateway: Resource) -> str:
        """The VPC a gateway is attached to, "" when it is not known."""
        found = self.estate.targets(gateway.urn, "attached_to", "aws_vpc")
        return found[0].urn if found else ""


def name(resource: Resource) -> str:
    """What sentences call a resource."""
    said = resource.get("id")
    return resource.label or (said if isinstance(said, str) else "") or resource.address


def doubtful(resource: Resource) -> str:
    """Why it is not known whether a resource exists, "" when it does."""
    return f"whether {name(resource)} exists ({resource.existence})" if resource.existence is not None else ""


def flag(value: object, default: bool) -> bool | None:
    """A flag: None when it is not known."""
    if isinstance(value, Unknown):
        return None
    return default if value is None else bool(value)

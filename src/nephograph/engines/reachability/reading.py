"""How the estate is read: what one field refers to, what is missing, ranges and zones."""

from __future__ import annotations

import functools

from nephograph.engines.reachability.addresses import Interval, on_internet, prefix
from nephograph.engines.reachability.spots import OUTSIDE
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown


class Reading:
    """Read-only look-ups in one estate; what is asked again and again is kept."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.vpc_of = functools.lru_cache(maxsize=None)(self._vpc_of)
        self.ranges = functools.lru_cache(maxsize=None)(self._ranges)
        self.blind = functools.lru_cache(maxsize=None)(self._blind)
        self.lost_ranges = functools.lru_cache(maxsize=None)(self._lost_ranges)

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

    def _blind(self, kind: str, field: str) -> tuple[tuple[Resource, str], ...]:
        """(what of a kind has a field that is not all known, why it is not)."""
        every = ((resource, self.lost(resource, field)) for resource in self.estate.of_kind(kind))
        return tuple((resource, lost[0]) for resource, lost in every if lost)

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

    def _lost_ranges(self, vpc: str, version: int) -> str:
        """Why not all ranges of a VPC are known, "" when they are."""
        resource = self.estate.resources.get(vpc)
        if resource is None:
            return "the VPC is not in the data"
        said = resource.get("cidrs" if version == 4 else "ipv6_cidrs")
        return next((str(one) for one in (said if isinstance(said, list) else [said]) if isinstance(one, Unknown)), "")

    def may_hold(self, vpc: str, home: str, version: int, value: int) -> bool | None:
        """Does a VPC whose ranges are not all known hold an address by one of those? None when that is open.

        `home` is the VPC of whoever has the address, "" when it is not known. What has the address lies in a range of
        its VPC; a range that is known holds nothing of one that is not. Whether ranges that are not known overlap those
        of another VPC is not asked.
        """
        if not self.lost_ranges(vpc, version) or any(low <= value <= high for low, high in self.ranges(vpc, version)):
            return False
        if vpc and home == vpc:
            # Who asks for an address of the internet may well mean somebody there.
            return None if on_internet(version, value) and version == 4 else True
        unknown = not home or (not vpc and home != OUTSIDE)
        return None if unknown else False

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


def state_of(resource: Resource, field: str) -> tuple[str | None, str]:
    """(a state, why it is not known). What code makes is taken to come up: None, as where nothing is said."""
    said = resource.get(field)
    if isinstance(said, Unknown):
        return None, "" if said.reason == Reason.AFTER_APPLY else f"the state of {name(resource)} ({said})"
    return said if isinstance(said, str) else None, ""


def flag(value: object, default: bool) -> bool | None:
    """A flag: None when it is not known."""
    if isinstance(value, Unknown):
        return None
    return default if value is None else bool(value)

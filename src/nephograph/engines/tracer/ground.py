"""The estate as the tracer reads it: links of one field, what is missing, doubts, places."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from nephograph.engines.tracer.axes import Course
from nephograph.engines.tracer.packet import network
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.span import Span
from nephograph.model.value import Unknown, has_symbol


class Ground:
    """Read-only look at an estate."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.interfaces: Any = None
        """What `places.table` made of the estate."""
        self.once: dict[Hashable, Any] = {}
        """What looks at all of the estate and is the same each time it is asked."""

    def linked(self, resource: Resource, edge: str, *path: str | int) -> list[Resource]:
        """What one field of a resource refers to by an edge kind."""
        found = (
            self.estate.resources.get(e.target)
            for e in self.estate.outgoing(resource.urn, edge)
            if e.said_by in ("", resource.urn) and e.path[: len(path)] == path
        )
        return list({r.urn: r for r in found if r is not None}.values())

    def missing(self, resource: Resource, *path: str | int) -> list[str]:
        """Why references at or below a field lead to nothing known."""
        return self.estate.missing(resource.urn, ".".join(str(part) for part in path))

    def lost(self, resource: Resource, field: str) -> list[str]:
        """Why not all of a field is known: what it refers to, the field as a whole, or elements of it.

        A reference to something that is there is known, though its value (an id given after apply) is not.
        """
        said = resource.get(field)
        parts = list(enumerate(said)) if isinstance(said, list) else [(None, said)]
        blind = [(at, one) for at, one in parts if isinstance(one, Unknown)]
        if not blind:
            return self.missing(resource, field)
        led = {edge.path[:2] for edge in self.estate.outgoing(resource.urn) if edge.path[:1] == (field,)}
        open_ = [str(one) for at, one in blind if ((field,) if at is None else (field, at)) not in led]
        return [*self.missing(resource, field), *open_]

    def where(self, resource: Resource, *path: str | int) -> Span | None:
        """The place a field was written."""
        origin = resource.origin(*path)
        return origin.span if origin else None

    def vpc(self, resource: Resource) -> Resource | None:
        """The VPC something lies in."""
        found = self.estate.targets(resource.urn, "in_network", "aws_vpc")
        return found[0] if found else None

    def attached_vpc(self, gateway: Resource) -> Resource | None:
        """The VPC a gateway is attached to."""
        found = self.estate.targets(gateway.urn, "attached_to", "aws_vpc")
        return found[0] if found else None

    def ranges(self, vpc: Resource, version: int) -> list[tuple[int, int]]:
        """The address ranges of a VPC that are known."""
        texts = vpc.get("cidrs") if version == 4 else vpc.get("ipv6_cidrs")
        parsed = [network(text) for text in texts] if isinstance(texts, list) else []
        return [(p[1], p[2]) for p in parsed if p and p[0] == version]

    def lost_ranges(self, vpc: Resource, version: int) -> str:
        """Why not all address ranges of a VPC are known, "" when they are."""
        said = vpc.get("cidrs" if version == 4 else "ipv6_cidrs")
        return next((str(one) for one in (said if isinstance(said, list) else [said]) if isinstance(one, Unknown)), "")

    def subnet_range(self, subnet: Resource, version: int) -> tuple[int, int] | None:
        """The address range of a subnet, when it is known."""
        parsed = network(subnet.get("cidr" if version == 4 else "ipv6_cidr"))
        return (parsed[1], parsed[2]) if parsed and parsed[0] == version else None

    def zone(self, subnet: Resource | None) -> str:
        """The Availability Zone of a subnet, "" when it is not known."""
        said = subnet.get("availability_zone") if subnet is not None else None
        return said if isinstance(said, str) else ""

    def inside(self, resource: Resource | None, subnet: Resource | None = None) -> tuple[str, ...]:
        """What encloses a thing, outermost first: account and region, VPC, subnet."""
        if resource is None:
            return ()
        account, region = resource.scope.account, resource.scope.region
        known = account if account and not has_symbol(account) else ""
        outer = " · ".join(part for part in (f"account {known}" if known else "account", region) if part)
        found = [outer]
        vpc = self.vpc(subnet or resource) or self.attached_vpc(resource)
        if resource.kind == "aws_vpc":
            vpc = resource
        if vpc is not None:
            found.append(f"VPC {name(vpc)}")
        if subnet is None and resource.kind == "aws_subnet":
            subnet = resource
        if subnet is not None:
            found.append(f"subnet {name(subnet)}")
        return tuple(found)


def name(resource: Resource) -> str:
    """What sentences call a resource."""
    return resource.label or known_or(resource.get("id"), "") or resource.address


def known_or(value: Any, default: Any) -> Any:
    """A value that is known, else the default. (Where it matters that it is not known, `perhaps` is asked first.)"""
    return default if value is None or isinstance(value, Unknown) else value


def present(course: Course, resource: Resource) -> bool:
    """Does the resource exist? Mostly that is known."""
    return resource.existence is None or course.perhaps(f"whether {name(resource)} exists ({resource.existence})")


def truth(course: Course, value: Any, what: str, default: bool) -> bool:
    """A flag; `what` names it when it is not known."""
    if isinstance(value, Unknown):
        return course.perhaps(f"{what} ({value})")
    return default if value is None else bool(value)

"""The estate as the network engine reads it: links of one field, doubts about existence, evidence with places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Evidence, Verdict, depends, yes


class View:
    """Read-only look at an estate. `memo` holds what was already worked out, by (what, urn)."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.memo: dict[tuple[str, ...], Any] = {}

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

    def evidence(self, text: str, resource: Resource, *path: str | int) -> Evidence:
        """One fact with the place it was written."""
        return Evidence.at(text, resource, path)

    def network(self, resource: Resource) -> Resource | None:
        """The VPC a subnet, route table, group or ACL lies in."""
        found = self.estate.targets(resource.urn, "in_network", "aws_vpc")
        return found[0] if found else None

    def maybe_in(self, resource: Resource, network: Resource) -> bool:
        """Could the resource lie in that VPC? True too when its VPC is not known."""
        own = self.network(resource)
        return own is None or own.urn == network.urn


def name(resource: Resource) -> str:
    """What sentences call a resource."""
    return resource.label or resource.address


def present(resource: Resource, verdict: Verdict | None = None) -> Verdict:
    """The verdict, weakened when it is not known whether the resource exists."""
    verdict = verdict or yes()
    if resource.existence is None or not verdict.possible:
        return verdict
    return depends(
        *verdict.depends_on, f"whether {name(resource)} exists ({resource.existence})", because=verdict.because
    )


def truth(value: Any, what: str, default: bool, because: Iterable[Evidence] = ()) -> Verdict:
    """A flag as a verdict; `what` names it when it is not known."""
    if isinstance(value, Unknown):
        return depends(f"{what} ({value})", because=tuple(because))
    return Verdict("yes" if (default if value is None else value) else "no", tuple(because))

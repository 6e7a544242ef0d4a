"""Which rules of a resource's security groups let the internet in on a port: shared by checks that end in a fix."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.library.rules import everybodys
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


def openings(resource: Resource, port: int, facts: Facts) -> Iterator[tuple[Resource, int, bool]]:
    """(group, position in its ingress, does the rule open this port only) of every rule that lets everybody in."""
    for group in facts.attached(resource, "has_security_group"):
        for opening in everybodys(group):
            if opening.covers(port) and not opening.unknown:
                yield group, opening.position, opening.low == port == opening.high

"""What engines know and checks may ask. Engines implement this; lenses hand it to checks and to step rules.

Every predicate answers with verdicts that carry their evidence, never with bare truths. Urns name resources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from nephograph.model.resource import Class, Resource
from nephograph.model.verdict import Verdict


class Ports(msgspec.Struct, frozen=True, order=True):
    """One protocol and an inclusive port interval. `protocol` is tcp, udp, icmp, icmpv6, a number, or "all"."""

    protocol: str
    low: int
    high: int

    def __str__(self) -> str:
        if self.protocol == "all":
            return "all traffic"
        if (self.low, self.high) == (0, 65535):
            return f"all {self.protocol}"
        return f"{self.protocol}/{self.low}" if self.low == self.high else f"{self.protocol}/{self.low}-{self.high}"


class Exposure(msgspec.Struct, frozen=True):
    """The internet can send a packet to this resource on these ports, and the answer finds its way back.

    `door` is the urn of what faces the internet: the resource itself, or a load balancer in front of it.
    `sources` are the CIDRs that are let in (`0.0.0.0/0` and `::/0` mean everybody).
    """

    resource: str
    door: str
    ports: Ports
    sources: tuple[str, ...]
    verdict: Verdict

    @property
    def everybody(self) -> bool:
        """The sources are no list of somebody's own addresses: together they hold at least as many as a /8.

        The largest blocks that registries ever gave to one holder are /8s
        (https://www.iana.org/assignments/ipv4-address-space/); for IPv6 the same share of the global unicast space.
        """
        import ipaddress

        v4 = ipaddress.collapse_addresses(ipaddress.IPv4Network(s) for s in self.sources if ":" not in s)
        v6 = ipaddress.collapse_addresses(ipaddress.IPv6Network(s) for s in self.sources if ":" in s)
        return sum(n.num_addresses for n in v4) >= 1 << 24 or sum(n.num_addresses for n in v6) >= 1 << 117


class Decision(msgspec.Struct, frozen=True):
    """May `principal` (a urn, or `anonymous`, or a service such as `ec2.amazonaws.com`) do `action` on `resource`?

    `resource` is a urn or an ARN. `condition` lists what has to hold of the request when the verdict depends on it.
    """

    principal: str
    action: str
    resource: str
    verdict: Verdict
    condition: tuple[str, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """One ground atom: a predicate, its arguments (urns or words), and the verdict with its evidence."""

    predicate: str
    args: tuple[str, ...]
    verdict: Verdict


class Facts(Protocol):
    """The predicates. A query over things the estate does not hold answers `depends`, never a silent no."""

    def resources(self, kind: str | None = None, cls: Class | None = None) -> Sequence[Resource]:
        """Every resource, or those of one kind or class, in urn order."""

    def resource(self, urn: str) -> Resource | None:
        """The resource of that urn."""

    def attached(self, resource: Resource | str, edge: str, kind: str | None = None) -> Sequence[Resource]:
        """What `resource` points to by an edge of that kind."""

    def holders(self, resource: Resource | str, edge: str, kind: str | None = None) -> Sequence[Resource]:
        """What points to `resource` by an edge of that kind."""

    def exposed(self, resource: Resource | str) -> Sequence[Exposure]:
        """How the internet reaches the resource: empty when it provably does not."""

    def closed(self, resource: Resource | str) -> Verdict | None:
        """Why the internet does not reach the resource; None when the question makes no sense for its kind."""

    def can(self, principal: Resource | str, action: str, resource: Resource | str) -> Decision:
        """May the principal do the action on the resource, by every policy that applies."""

    def who(self, action: str, resource: Resource | str) -> Sequence[Decision]:
        """Every principal of the estate (and `anonymous`) that can, or may, do the action on the resource."""

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        """Every fact of a predicate that matches; None is a free argument. An unknown predicate raises KeyError."""

    def predicates(self) -> Sequence[str]:
        """The predicates `query` answers, sorted."""

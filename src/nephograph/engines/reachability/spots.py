"""What ways of packets are made of: spots, the lists that are crossed, and how a way ends.

A spot stands for every interface of a subnet whose address the same prefixes hold.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

OUTSIDE = "internet"
"""The spot of whoever is not in the estate: no subnet, no VPC."""

MOST_HOPS = 40
"""A way of more goes in a circle."""

Outcome = Literal["yes", "no", "open"]


class Spot(NamedTuple):
    """An address in a subnet; `vpc` is OUTSIDE for an address of the internet.

    `host` is the interface where that matters (a NAT gateway's own), `doubt` why the VPC is not known.
    """

    vpc: str
    subnet: str
    version: int
    at: int
    host: str = ""
    doubt: str = ""


class Crossing(NamedTuple):
    """A network ACL that is asked: the subnet, the direction, the address of the far end and its version (0: that of
    the whole way; NAT64 changes it on the way)."""

    subnet: str
    direction: Literal["ingress", "egress"]
    far: int
    version: int = 0


class Way(NamedTuple):
    """One case: how it ends, what it crosses, who rewrites the source, and whether groups still know both ends.

    `public` is the interface whose public address stands as source on the internet, "" when the packet came there
    unchanged or not at all. `outward` are the VPCs it left through an egress-only gateway. `translated`: it came to a
    NAT gateway, whether or not that is known to rewrite it.
    """

    outcome: Outcome
    crossings: tuple[Crossing, ...] = ()
    rewriters: tuple[Spot, ...] = ()
    sender: bool = True
    why: tuple[str, ...] = ()
    outward: frozenset[str] = frozenset()
    public: str = ""
    translated: bool = False


class Trail(NamedTuple):
    """What happened so far. `source` is the spot that now stands as source, `zone` where transit gateways keep to."""

    source: Spot
    zone: str
    crossings: tuple[Crossing, ...] = ()
    rewriters: tuple[Spot, ...] = ()
    sender: bool = True
    why: tuple[str, ...] = ()
    outward: frozenset[str] = frozenset()
    transit: bool = False
    hops: int = 0
    public: str = ""
    translated: bool = False

    def crosses(self, subnet: str, direction: Literal["ingress", "egress"], far: int) -> Trail:
        """The same, behind a border that asks its list."""
        return self._replace(crossings=(*self.crossings, Crossing(subnet, direction, far, self.source.version)))

    def ends(self, outcome: Outcome, why: str = "") -> Way:
        """The way that ends here."""
        reasons = (*self.why, why) if why else self.why
        done = (self.sender, reasons, self.outward, self.public, self.translated)
        return Way(outcome, self.crossings, self.rewriters, *done)

"""The side of a load balancer that faces its targets: groups and ACLs both ways, addresses kept or replaced.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from nephograph.engines.network.acl import Acl, Answers, acls_of
from nephograph.engines.network.addresses import Addresses, parse
from nephograph.engines.network.cover import Cover, either, everything, judge
from nephograph.engines.network.front import has_groups, is_network
from nephograph.engines.network.groups import groups_of
from nephograph.engines.network.interface import Interface
from nephograph.engines.network.sweep import Gate, Layer
from nephograph.engines.network.traffic import TOP
from nephograph.engines.network.view import View, name
from nephograph.model.resource import Resource
from nephograph.model.verdict import NO, Evidence, Verdict, all_of, any_of, depends, yes

_EPHEMERAL = 1024
"""The lowest port balancers send from (https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html)."""


class Leg(NamedTuple):
    """From the balancer's node in a subnet to a port of a target's interface."""

    balancer: Resource
    subnet: Resource | None
    target: Interface
    protocol: str
    port: int
    keeps_client: bool
    """The target sees the address of the client, not of the balancer."""

    def layers(self, view: View) -> list[Layer]:
        """What the connection passes behind the balancer."""
        refusal = view.evidence(
            f"the groups between {name(self.balancer)} and {name(self.target.owner)} do not let {self.protocol}"
            f"/{self.port} through",
            self.target.owner,
        )
        replaced = self._replaced(view)
        if not self.keeps_client:
            return [Gate({4: replaced, 6: replaced}, refusal)]
        # Clients that come by IPv6 are seen with the balancer's IPv4 address all the same.
        kept = all_of((self._same_network(view), self._lets_out(view)))
        layers: list[Layer] = [Gate({4: kept, 6: replaced}, refusal)]
        members = groups_of(view, self.balancer, None).members if has_groups(view, self.balancer) else frozenset()
        by_group = self.target.groups.member(self.protocol, self.port, members) if members else NO
        layers.append(_AtTarget(self, lambda p, n: self.target.groups.cover(4, p, n), by_group, refusal))
        if self.target.subnet is not None and not self._same_subnet():
            for ingress, egress in acls_of(view, self.target.subnet):
                back = Answers(egress, egress.refusal)
                layers.append(_AtTarget(self, _cover_of(ingress), NO, ingress.refusal))
                layers.append(_AtTarget(self, lambda p, n, back=back: back.cover(4, p, n), NO, egress.refusal))  # type: ignore[misc]
        return layers

    def _same_subnet(self) -> bool:
        return self.subnet is not None and self.target.subnet is not None and self.subnet.urn == self.target.subnet.urn

    def _replaced(self, view: View) -> Verdict:
        """The target sees an address of the balancer's subnet."""
        own = self._range(self.subnet)
        members = groups_of(view, self.balancer, None).members if has_groups(view, self.balancer) else frozenset()
        groups = self.target.groups
        by_group = groups.member(self.protocol, self.port, members) if members else NO
        what = f"the address of {name(self.balancer)} in {_called(self.subnet)}"
        enters = any_of((by_group, _judged(groups.cover(4, self.protocol, self.port), own, what)))
        return all_of((self._same_network(view), self._lets_out(view), enters, self._acls(view)))

    def _lets_out(self, view: View) -> Verdict:
        """Do the balancer's own groups let it call the target? Groups made by Terraform let nothing out by default."""
        if not has_groups(view, self.balancer):
            return yes()
        groups = groups_of(view, self.balancer, view.network(self.subnet) if self.subnet else None, "egress")
        by_group = groups.member(self.protocol, self.port, self.target.groups.members)
        what = f"the address of {name(self.target.owner)} in {_called(self.target.subnet)}"
        by_address = _judged(groups.cover(4, self.protocol, self.port), self._range(self.target.subnet), what)
        return any_of((by_group, by_address))

    def _same_network(self, view: View) -> Verdict:
        one = view.network(self.subnet) if self.subnet else None
        other = view.network(self.target.subnet) if self.target.subnet else None
        if one is not None and other is not None and one.urn == other.urn:
            return yes()
        return depends(f"how {name(self.balancer)} reaches {name(self.target.owner)}: not known to be in one VPC")

    def _acls(self, view: View) -> Verdict:
        """Network ACLs are met only between subnets; answers go to any ephemeral port of the balancer."""
        if self.subnet is None or self.target.subnet is None or self._same_subnet():
            return yes()
        here, there = self._range(self.subnet), self._range(self.target.subnet)
        verdicts = []
        for ingress, egress in acls_of(view, self.target.subnet):
            verdicts.append(_judged(ingress.cover(4, self.protocol, self.port), here, _called(self.subnet)))
            verdicts.append(_ephemeral(egress, self.protocol, here, _called(self.subnet)))
        for ingress, egress in acls_of(view, self.subnet):
            verdicts.append(_judged(egress.cover(4, self.protocol, self.port), there, _called(self.target.subnet)))
            verdicts.append(_ephemeral(ingress, self.protocol, there, _called(self.target.subnet)))
        return all_of(verdicts)

    @staticmethod
    def _range(subnet: Resource | None) -> Addresses | None:
        cidr = subnet.get("cidr") if subnet is not None else None
        parsed = parse(cidr) if isinstance(cidr, str) else None
        return parsed[1] if parsed and parsed[0] == 4 else None


class _AtTarget(NamedTuple):
    """A layer that filters clients at the target's port, whatever port they asked the balancer for."""

    leg: Leg
    of: Callable[[str, int], Cover]
    always: Verdict
    refusal: Evidence

    def cuts(self) -> Iterable[tuple[str, int]]:
        """The client's port is not looked at."""
        return ()

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The clients that are let in; IPv6 clients are judged by the balancer's address elsewhere."""
        if version == 6:
            return everything(6, yes())
        return either((*everything(4, self.always), *self.of(self.leg.protocol, self.leg.port)))


def _cover_of(acl: Acl) -> Callable[[str, int], Cover]:
    return lambda protocol, port: acl.cover(4, protocol, port)


def _judged(cover: Cover, addresses: Addresses | None, whose: str) -> Verdict:
    """One verdict for an address in a range that may not be known."""
    if addresses is None:
        whole = judge(cover, ((0, 2**32 - 1),), whose)
        return whole if whole.answer != "depends" else depends(*whole.depends_on, whose, because=whole.because)
    return judge(cover, addresses, whose)


def _ephemeral(acl: Acl, protocol: str, addresses: Addresses | None, whose: str) -> Verdict:
    starts = sorted({_EPHEMERAL} | {port for p, port in acl.cuts() if p == protocol and _EPHEMERAL < port <= TOP})
    verdicts = [_judged(acl.cover(4, protocol, start), addresses, whose) for start in starts]
    if len({v.answer for v in verdicts}) == 1:
        return all_of(verdicts)
    doubts = (f"which ephemeral port is used towards {whose}", *(d for v in verdicts for d in v.depends_on))
    return depends(*doubts)


def _called(subnet: Resource | None) -> str:
    return f"subnet {name(subnet)}" if subnet is not None else "a subnet that is not known"


def keeps_client(balancer: Resource, group: Resource) -> bool:
    """Network balancers keep the client's address for instance targets, and for IP targets of UDP (the defaults).

    In front of application balancers they always do
    (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html).
    """
    if not is_network(balancer):
        return False
    if group.get("target_type") == "alb":
        return True
    said = group.get("preserve_client_ip")
    if isinstance(said, bool):
        return said
    udp = str(group.get("protocol")).upper() in ("UDP", "TCP_UDP", "QUIC", "TCP_QUIC")
    return group.get("target_type") in (None, "instance") or udp

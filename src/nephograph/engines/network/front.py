"""The side of a load balancer that faces clients: scheme, subnets, groups, listeners.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
"""

from __future__ import annotations

from nephograph.engines.network.groups import groups_of
from nephograph.engines.network.interface import border
from nephograph.engines.network.sweep import Gate, Layer, Listens
from nephograph.engines.network.traffic import TOP
from nephograph.engines.network.view import View, name, present
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Verdict, depends, yes

_PROTOCOLS = {
    "HTTP": ("tcp",),
    "HTTPS": ("tcp",),
    "TCP": ("tcp",),
    "TLS": ("tcp",),
    "UDP": ("udp",),
    "TCP_UDP": ("tcp", "udp"),
    "QUIC": ("udp",),
    "TCP_QUIC": ("tcp", "udp"),
}


def wire(protocol: object) -> tuple[str, ...]:
    """The transport protocols of a listener's or target group's protocol; nothing said is HTTP."""
    if isinstance(protocol, Unknown):
        return ("tcp", "udp")
    return _PROTOCOLS.get(str(protocol or "HTTP").upper(), ("tcp", "udp"))


def is_network(balancer: Resource) -> bool:
    """Does it pass on connections rather than requests?"""
    return bool(balancer.get("type") == "network")


def has_groups(view: View, balancer: Resource) -> bool:
    """Do groups filter what reaches it? Only a network balancer that was given none is open to all."""
    given = view.estate.targets(balancer.urn, "has_security_group") or view.missing(balancer, "security_groups")
    return bool(given) or not is_network(balancer)


def front_layers(view: View, balancer: Resource, subnet: Resource | None, doubt: str) -> list[Layer]:
    """What a client's packet passes on the way to the balancer's node in one subnet."""
    layers: list[Layer] = [_faces_internet(view, balancer), *border(view, balancer, subnet, doubt)]
    if has_groups(view, balancer):
        layers.append(groups_of(view, balancer, view.network(subnet) if subnet is not None else None))
    return layers


def _faces_internet(view: View, balancer: Resource) -> Gate:
    scheme, kind = balancer.get("scheme"), balancer.get("type")
    refusal = view.evidence(f"load balancer {name(balancer)} is {scheme}", balancer, "scheme")
    if kind == "gateway":
        refusal = view.evidence(f"{name(balancer)} is a gateway load balancer", balancer, "type")
    proof = view.evidence(f"load balancer {name(balancer)} faces the internet", balancer, "scheme")
    four: Verdict = NO
    if isinstance(scheme, Unknown):
        four = depends(f"the scheme of {name(balancer)} ({scheme})", because=(proof,))
    elif scheme in (None, "internet-facing") and kind != "gateway":
        four = depends(f"the type of {name(balancer)} ({kind})") if isinstance(kind, Unknown) else yes(proof)
    four = present(balancer, four)
    stack = balancer.get("ip_address_type")
    six: Verdict = NO
    if four.possible and isinstance(stack, Unknown):
        six = depends(*four.depends_on, f"the address type of {name(balancer)} ({stack})", because=(proof,))
    elif str(stack).startswith("dualstack"):
        six = four
    return Gate({4: NO if stack == "dualstack-without-public-ipv4" else four, 6: six}, refusal)


def listens(view: View, listener: Resource, balancer: Resource) -> Listens:
    """The port a listener waits on."""
    port, protocol = listener.get("port"), listener.get("protocol")
    doubts = [str(value) for value in (port, protocol) if isinstance(value, Unknown)]
    known = isinstance(port, int | float)
    if port is None:
        doubts.append(f"the port of {name(listener)}")
    low, high = (int(port), int(port)) if known else (0, TOP)
    told = f"{name(balancer)} listens on {'/'.join(wire(protocol))} port {low if known else '(not known)'}"
    proof = view.evidence(told, listener, "port")
    verdict = depends(*doubts, because=(proof,)) if doubts else yes(proof)
    return Listens(wire(protocol), low, high, present(listener, verdict), proof)

"""A packet, as far as networks decide by it."""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from nephograph.engines.tracer.axes import Symbol

TOP = 65535
EPHEMERAL = (1024, TOP)
"""Ports clients, NAT gateways and load balancers send from (vpc/latest/userguide/nacl-ephemeral-ports.html)."""
WHOLE = {4: (0, 2**32 - 1), 6: (0, 2**128 - 1)}
WITH_PORTS = ("tcp", "udp")
WITH_TYPES = ("icmp", "icmpv6")
ECHO = {"icmp": (8, 0), "icmpv6": (128, 129)}
"""The type of an echo request and of its reply."""


class Packet(NamedTuple):
    """Addresses, protocol and ports. For ICMP `target_port` is the type.

    `sender` is the urn of the interface that security groups know as the source, "" once something on the way has
    forgotten it; `receiver` likewise for the target. `forgot` says who forgot, with the reason.
    """

    version: int
    protocol: str
    source: Symbol
    target: Symbol
    source_port: Symbol
    target_port: Symbol
    sender: str = ""
    receiver: str = ""
    forgot: tuple[str, str] = ("", "")

    def answer(self) -> Packet:
        """The packet that answers this one."""
        request, reply = ECHO.get(self.protocol, (-1, -1))
        if request >= 0:
            ports = (Symbol(0), Symbol(reply) if self.target_port.value == request else self.target_port)
        else:
            ports = (self.target_port, self.source_port)
        return self._replace(
            source=self.target,
            target=self.source,
            source_port=ports[0],
            target_port=ports[1],
            sender=self.receiver,
            receiver=self.sender,
            forgot=("", ""),
        )

    def __str__(self) -> str:
        ends = f"{address(self.version, self.source.value)} → {address(self.version, self.target.value)}"
        return f"{ends} {traffic(self.protocol, self.target_port.value)}"


def address(version: int, value: int) -> str:
    """An address as people write it."""
    return str(ipaddress.IPv4Address(value) if version == 4 else ipaddress.IPv6Address(value))


def traffic(protocol: str, port: int) -> str:
    """Protocol and port in a few letters."""
    return f"{protocol}/{port}" if protocol in (*WITH_PORTS, *WITH_TYPES) else protocol


def network(text: object) -> tuple[int, int, int] | None:
    """(version, lowest, highest address) of a CIDR or address; None for what is neither. Host bits are cleared."""
    if not isinstance(text, str):
        return None
    try:
        parsed = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    return parsed.version, int(parsed.network_address), int(parsed.broadcast_address)

"""A filter refuses what something on the way has rewritten: would it have let the packet through as it was before?

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nephograph.engines.tracer.axes import Course
from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.packet import WITH_PORTS, Packet
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason

_BALANCERS = ("aws_lb", "aws_elb")


def reasons(
    course: Course,
    packet: Packet,
    back: bool,
    rewriters: Iterator[tuple[Interface, Packet]],
    passes: Callable[[Course, Packet], bool],
) -> tuple[Because, ...]:
    """What each rewriter changed that decides; `passes` asks the filter about another packet, on a course aside."""
    found = []
    for box, before in rewriters:
        for reason, text, other in _undone(packet, before, box, back):
            if passes(course.aside(), other):
                found.append(Because(str(reason), text, box.resource.urn))
    return tuple(found)


def _undone(packet: Packet, before: Packet, box: Interface, back: bool) -> Iterator[tuple[Reason, str, Packet]]:
    """The packet as it would be without one change of a rewriter; of NAT64 nothing can be left out."""
    if before.version != packet.version:
        return
    if not back and packet.source.owner == box.urn and packet.source != before.source:
        text = f"{box.name} writes its own address as source; the sender's own would have been let through"
        other = packet._replace(source=before.source, sender=before.sender, forgot=before.forgot)
        yield Reason.NAT_WRITES_ITS_ADDRESS, text, other
    if packet.protocol not in WITH_PORTS:
        return
    # (No filter looks at the port a packet comes from: only answers are refused because of it.)
    text = f"{box.name} sends from a port of its own, 1024 to 65535; the sender's own would have been let through"
    if back and packet.target_port != before.source_port and packet.target.owner == box.urn:
        yield Reason.PORT_REMAPPED, text, packet._replace(target_port=before.source_port)
    if not back and box.resource.kind in _BALANCERS and packet.target_port != before.target_port:
        text = f"{box.name} sends to the registered port only; the port of its listener would have been let through"
        yield Reason.TARGETS_ON_ANOTHER_PORT, text, packet._replace(target_port=before.target_port)

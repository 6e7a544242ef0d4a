"""Walks one packet, hop by hop, out and back.

Every decision here is a plain yes or no; what is left open is the business of `Course`. Sources: the pages named in the
modules that decide, and https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security.html for the order.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from nephograph.engines.tracer import filters, groups, nat64, routers, stations, tables
from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.engines.tracer.came import Came, End, Outside
from nephograph.engines.tracer.ground import Ground, name, present
from nephograph.engines.tracer.hop import Because, Decision, Drop, Hop, Walk
from nephograph.engines.tracer.packet import Packet, address, traffic
from nephograph.engines.tracer.places import Interface, interface_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.resource import Resource
from nephograph.model.span import Span

MOST_HOPS = 96
"""Beyond this many hops of one leg a packet goes round in circles."""


class Session(NamedTuple):
    """What a rewriter remembers of a connection: the packet before, and what has to be done with an answer."""

    before: Packet
    resume: Callable[[], None] | None = None


class Ended(Exception):  # noqa: N818  (no error: the end of a packet)
    """The packet was dropped."""

    def __init__(self, drop: Drop) -> None:
        super().__init__(str(drop.reason))
        self.drop = drop


class Walker:
    """One packet on its way. `goal` is where it shall arrive; `sessions` what rewriters know, by urn."""

    def __init__(self, ground: Ground, course: Course, start: End, goal: End, packet: Packet) -> None:
        self.ground = ground
        self.course = course
        self.start = start
        self.goal = goal
        self.packet = packet
        self.first = packet
        self.back = False
        self.hops: list[Hop] = []
        self.forward: tuple[Hop, ...] = ()
        self.tracked: set[str] = set()
        self.sessions: dict[str, Session] = {}
        self.guessed = ""
        """What was not known on the way out, where the packet was taken to get through."""
        self.zones: dict[str, str] = {}
        """The zone an attachment in appliance mode keeps to."""
        self.zone = ""
        """The Availability Zone the packet came through last: transit gateways stay in it."""
        self.routed: Came | None = None
        """The last route that led the packet to a gateway."""
        self.assumed: dict[str, None] = {}

    # --- the two legs ---------------------------------------------------------------------------------------------

    def walk(self) -> Walk:
        """Both legs."""
        drop: Drop | None = None
        try:
            self._leg(self.start)
            self.forward, self.hops = tuple(self.hops), []
            self.back = True
            self.packet = self.packet.answer()
            if self.guessed:
                # What the packet looked like behind the unknown part nobody can say, nor which way its answer takes.
                text = f"not known: which way the answer takes, as on the way out {self.guessed} is not known"
                component = self.goal.resource if isinstance(self.goal, Interface) else self.goal.name
                self.note(component, self.goal.kind, "depends", "not-known", text)
            else:
                self._leg(self.goal)
        except Ended as end:
            drop = end.drop
        forward, back = (self.forward, tuple(self.hops)) if self.back else (tuple(self.hops), ())
        return Walk(drop is None, forward, back, drop, self.course.box, self.first, tuple(self.assumed))

    def _leg(self, end: End) -> None:
        """One direction; what neither drops nor arrives would be taken for a yes."""
        self.leave(end)
        assert self.hops[-1].decision == "delivers", self.hops[-1]

    def leave(self, end: End) -> None:
        """The packet sets out."""
        if isinstance(end, Interface):
            text = f"{end.name} answers the balancer" if end.invoked else f"{end.name} sends {self.said()}"
            self.note(end.resource, end.kind, "sends", "sends", text, inside=self.inside(end))
            if not self.back:
                self._set_out(end)
            self.send(end)
        elif end.kind == "internet":
            self.note("internet", "internet", "sends", "sends", f"the internet sends {self.said()}")
            self.internet()
        else:
            self.note(end.name, end.kind, "sends", "sends", f"{end.name} sends {self.said()}")
            self.module("outside", end.kind).set_out(self, end)

    def _set_out(self, interface: Interface) -> None:
        """A question may name a source that is not the interface's own; some components send one protocol only."""
        if self.packet.source.owner != interface.urn and stations.checks(self, interface):
            text = (
                f"{interface.name} sends from its own addresses only, not from {self.say(self.packet.source)}: "
                "its source/destination check is on"
            )
            place = self.ground.where(interface.own, "source_dest_check")
            around = self.inside(interface)
            rule = "source/destination check"
            self.drop(Reason.ADDRESS_NOT_OWN, interface.own, interface.kind, text, rule, place, around)
        if stations.does_more(interface):
            departs = getattr(self.module("arrivals", interface.resource.kind), "depart", None)
            if departs is not None:
                departs(self, interface)

    @property
    def destination(self) -> End:
        """Where this leg goes."""
        return self.start if self.back else self.goal

    def is_destination(self, interface: Interface) -> bool:
        """Has the packet arrived?"""
        end = self.destination
        return isinstance(end, Interface) and end.urn == interface.urn

    # --- notes ----------------------------------------------------------------------------------------------------

    def note(
        self,
        component: Resource | str,
        kind: str,
        decision: Decision,
        reason: str,
        text: str,
        rule: str = "",
        location: Span | None = None,
        inside: tuple[str, ...] | None = None,
        because: tuple[Because, ...] = (),
    ) -> None:
        """Write down one hop; a packet with too many of them goes round in circles."""
        named = isinstance(component, Resource)
        urn = component.urn if isinstance(component, Resource) else component
        shown = name(component) if isinstance(component, Resource) else component
        around = inside if inside is not None else self.ground.inside(component) if named else ()  # type: ignore[arg-type]
        self.hops.append(Hop(urn, shown, kind, decision, reason, text, rule, location, around, because))
        if len(self.hops) > MOST_HOPS and decision != "drops":
            self.drop(
                Reason.LOOP,
                component,
                kind,
                f"the packet still travels after {MOST_HOPS} hops: the routes go in a circle",
            )

    def drop(
        self,
        reason: Reason,
        component: Resource | str,
        kind: str,
        text: str,
        rule: str = "",
        location: Span | None = None,
        inside: tuple[str, ...] | None = None,
        because: tuple[Because, ...] = (),
        **facts: Any,
    ) -> NoReturn:
        """The packet ends here."""
        self.note(component, kind, "drops", str(reason), text, rule, location, inside, because)
        urn = component.urn if isinstance(component, Resource) else component
        raise Ended(Drop(reason, urn, self.back, self.packet, facts))

    def say(self, symbol: Symbol) -> str:
        """An address in words: itself, or what it is the address of."""
        return self.course.text(symbol) or address(self.packet.version, symbol.value)

    def said(self) -> str:
        """The packet in words."""
        packet = self.packet
        return f"{self.shown()} from {self.say(packet.source)} to {self.say(packet.target)}"

    def shown(self) -> str:
        """Protocol and port in words: the port of a client is nobody's business while it is not known."""
        packet = self.packet
        if packet.target_port.axis and packet.target_port.axis != "port":
            return f"the {packet.protocol} answer" if self.back else packet.protocol
        return traffic(packet.protocol, packet.target_port.value)

    def inside(self, interface: Interface) -> tuple[str, ...]:
        """What encloses an interface."""
        return self.ground.inside(
            interface.resource if interface.subnet is None else interface.subnet, interface.subnet
        )

    def there(self, resource: Resource) -> bool:
        """Does a resource exist?"""
        return present(self.course, resource)

    def unknown(
        self,
        what: str,
        component: Resource | str,
        kind: str,
        reason: Reason = Reason.NO_ROUTE,
        told: Reason = Reason.NOT_KNOWN,
    ) -> None:
        """What happens here is not known: the packet gets through to where it goes, or it ends."""
        if not self.course.perhaps(what):
            self.drop(reason, component, kind, f"not known: {what}", unknown=what)
        self.note(component, kind, "depends", str(told), f"not known: {what}")
        self.guessed = self.guessed or what
        end = self.destination
        # A balancer or a NAT gateway on the way comes first: what it does with the packet is known.
        next_ = interface_of(self.ground, self.packet.target.owner) or end
        if isinstance(next_, Interface):
            self.packet = self.packet._replace(target=self.packet.target._replace(owner=next_.urn))
            self.enter(next_, None)
        else:
            self.deliver(end)

    def forget(self, reason: Reason) -> None:
        """From here on security groups do not know any more whom the packet comes from."""
        if self.packet.sender:
            self.packet = self.packet._replace(sender="", forgot=(self.packet.sender, str(reason)))

    def module(self, room: str, kind: str) -> Any:
        """The file of a kind."""
        return importlib.import_module(f"nephograph.engines.tracer.{room}.{kind}")

    # --- interfaces, routers, subnets -----------------------------------------------------------------------------

    def send(self, interface: Interface) -> None:
        """The packet leaves an interface."""
        stations.send(self, interface)

    def enter(self, interface: Interface, came_from: Resource | None) -> None:
        """The packet comes to an interface from a subnet (None: from outside the VPC)."""
        stations.enter(self, interface, came_from)

    def border(
        self, subnet: Resource, direction: groups.Direction, reason: Reason = Reason.NETWORK_LIST_REFUSES
    ) -> None:
        """The network ACL at the border of a subnet."""
        filters.list_at(self, subnet, direction, reason)

    def router(self, came: Came) -> None:
        """The packet left an interface or a gateway in a subnet: out of the subnet, and along its route table."""
        routers.router(self, came)

    def lookup(self, came: Came) -> None:
        """The route table of the subnet decides."""
        routers.lookup(self, came)

    def along(
        self,
        came: Came,
        route: tables.Route,
        table_: Resource,
        around: tuple[str, ...],
        others: tuple[Because, ...] = (),
    ) -> None:
        """Follow one route of a table."""
        routers.along(self, came, route, table_, around, others)

    def local(self, vpc: Resource | None, came_from: Resource | None) -> None:
        """Inside a VPC: to the interface that has the address."""
        routers.local(self, vpc, came_from)

    def deliver(self, end: End) -> None:
        """The packet is where it was going; an answer has to come from the address that was asked."""
        if self.back and not self.guessed:
            # (What something unknown on the way back writes as source, nobody can say.)
            self._same_address(end)
        if isinstance(end, Interface):
            text = f"{'the answer reaches' if self.back else 'reaches'} {end.name}"
            self.note(end.resource, end.kind, "delivers", "delivers", text, inside=self.inside(end))
        else:
            self.note(
                end.name,
                end.kind,
                "delivers",
                "delivers",
                f"{'the answer reaches' if self.back else 'reaches'} {end.name}",
            )

    def _same_address(self, end: End) -> None:
        asked, answers = self.first.target, self.packet.source
        same = (
            (asked.owner == answers.owner and asked.axis == answers.axis)
            if asked.axis or answers.axis
            else asked.value == answers.value
        )
        if not same:
            shown = self.say(answers)
            kind = end.kind
            component = end.resource if isinstance(end, Interface) else end.name
            text = f"the answer comes from {shown}, not from the address that was asked; nobody is waiting for it"
            self.drop(Reason.ANSWER_FROM_ANOTHER_ADDRESS, component, kind, text)

    # --- the internet ---------------------------------------------------------------------------------------------

    def internet(self) -> None:
        """The packet is on the internet: to whoever has its target address."""
        end = self.destination
        if isinstance(end, Outside) and end.kind in ("internet", "service"):
            if end.kind == "service":
                self.module("outside", "service").by_public_address(self, end)
            if end.ranges and self.packet.version == 6 and not self.back:
                self._translated(end)
            self.deliver(end)
            return
        if not importlib.import_module("nephograph.engines.tracer.accelerators").leads(self):
            self.module("nexthops", "aws_internet_gateway").come_in(self)

    def _translated(self, end: Outside) -> None:
        """Addresses of NAT64 are nobody's: a NAT gateway has to translate them first."""
        if self.course.within(self.packet.target, *nat64.WHOLE):
            text = f"nobody on the internet has {self.say(self.packet.target)}: no NAT gateway has translated it"
            self.drop(Reason.NOBODY_HOME, end.name, end.kind, text, at="nat64")

    def assume(self, text: str) -> None:
        """Something the answer takes for granted."""
        self.assumed[text] = None

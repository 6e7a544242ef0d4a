"""Walks one packet, hop by hop, out and back.

Every decision here is a plain yes or no; what is left open is the business of `Course`. Sources: the pages named in the
modules that decide, and https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security.html for the order.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn

from nephograph.engines.tracer import groups, lists, rewritten, tables
from nephograph.engines.tracer.addresses import holder_of, may_hold, public, subnet_at
from nephograph.engines.tracer.axes import Course, Symbol
from nephograph.engines.tracer.ground import Ground, name, present, truth
from nephograph.engines.tracer.hop import Because, Decision, Drop, Hop, Walk
from nephograph.engines.tracer.packet import Packet, address, traffic
from nephograph.engines.tracer.places import Interface, interface_of, table
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.resource import Resource
from nephograph.model.span import Span

MOST_HOPS = 96
"""Beyond this many hops of one leg a packet goes round in circles."""


class Outside(NamedTuple):
    """An end that is no interface: the internet, a network behind a VPN, a service of AWS, a bare address.

    `ranges` are its addresses as CIDRs (a service or the internet has none written down).
    """

    kind: str
    name: str
    ranges: tuple[str, ...] = ()
    vpc: Resource | None = None


End = Interface | Outside


class Came(NamedTuple):
    """Where a packet is when a route is looked up: the VPC, the subnet it left, the interface that sent it."""

    vpc: Resource | None
    subnet: Resource | None
    interface: Interface | None = None
    table: Resource | None = None
    route: tables.Route | None = None


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
        self.assumed: list[str] = []
        self.arrived: End | None = None

    # --- the two legs ---------------------------------------------------------------------------------------------

    def walk(self) -> Walk:
        """Both legs."""
        drop: Drop | None = None
        try:
            self.leave(self.start)
            self.forward, self.hops = tuple(self.hops), []
            self.back = True
            self.packet = self.packet.answer()
            came_to = self.arrived or self.goal
            self.arrived = None
            if self.guessed:
                # What the packet looked like behind the unknown part nobody can say, nor which way its answer takes.
                text = f"not known: which way the answer takes, as on the way out {self.guessed} is not known"
                component = came_to.resource if isinstance(came_to, Interface) else came_to.name
                self.note(component, came_to.kind, "depends", "not-known", text)
            else:
                self.leave(came_to)
        except Ended as end:
            drop = end.drop
        forward, back = (self.forward, tuple(self.hops)) if self.back else (tuple(self.hops), ())
        return Walk(drop is None, forward, back, drop, self.course.box, self.first, tuple(self.assumed))

    def leave(self, end: End) -> None:
        """The packet sets out."""
        if isinstance(end, Interface):
            self.note(
                end.resource, end.kind, "sends", "sends", f"{end.name} sends {self.said()}", inside=self.inside(end)
            )
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
        if self.packet.source.owner != interface.urn and self.checks(interface):
            text = (
                f"{interface.name} sends from its own addresses only, not from {self.say(self.packet.source)}: "
                "its source/destination check is on"
            )
            place = self.ground.where(interface.own, "source_dest_check")
            around = self.inside(interface)
            rule = "source/destination check"
            self.drop(Reason.ADDRESS_NOT_OWN, interface.own, interface.kind, text, rule, place, around)
        if self._does_more(interface):
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
        if isinstance(end, Interface):
            self.packet = self.packet._replace(target=self.packet.target._replace(owner=end.urn))
            self.enter(end, None)
        else:
            self.deliver(end)

    def forget(self, reason: Reason) -> None:
        """From here on security groups do not know any more whom the packet comes from."""
        if self.packet.sender:
            self.packet = self.packet._replace(sender="", forgot=(self.packet.sender, str(reason)))

    def module(self, room: str, kind: str) -> Any:
        """The file of a kind."""
        return importlib.import_module(f"nephograph.engines.tracer.{room}.{kind}")

    # --- interfaces -----------------------------------------------------------------------------------------------

    def send(self, interface: Interface, forwarded: bool = False) -> None:
        """The packet leaves an interface: source check, groups, and on to the router of the subnet."""
        if forwarded and self.checks(interface):
            self._check(interface, "send", "source")
        if interface.urn not in self.tracked:
            self._groups(interface, "egress")
        session = self.sessions.get(f"behind {interface.urn}") if self.back else None
        if session is not None and session.resume is not None:
            session.resume()
            return
        if interface.subnet is None:
            self.unknown(interface.doubt or f"the subnet of {interface.name}", interface.resource, interface.kind)
            return
        self.zone = self.ground.zone(interface.subnet)
        self.router(Came(interface.vpc, interface.subnet, interface))

    def enter(self, interface: Interface, came_from: Resource | None) -> None:
        """The packet comes to an interface from a subnet (None: from outside the VPC): ACL, checks, groups."""
        subnet = interface.subnet
        if subnet is not None and (came_from is None or came_from.urn != subnet.urn):
            self.border(subnet, "ingress")
        own = self.packet.target.owner == interface.urn or self._stands_for_the_sender(interface)
        if (
            not own
            and interface.resource.kind not in ("aws_nat_gateway", "aws_vpc_endpoint")
            and self.checks(interface)
        ):
            self._check(interface, "take", "target")
        new = interface.urn not in self.tracked
        if new:
            self._groups(interface, "ingress")
        if self.is_destination(interface) and own:
            self._accept(interface)
        elif self._does_more(interface):
            self.module("arrivals", interface.resource.kind).arrive(self, interface)
        elif own:
            text = f"the packet ends at {interface.name}, which is not where it was going"
            self.drop(Reason.NOBODY_HOME, interface.resource, interface.kind, text, inside=self.inside(interface))
        else:
            self.note(
                interface.resource,
                interface.kind,
                "forwards",
                "forwards",
                f"{interface.name} is taken to forward what is not for itself",
                inside=self.inside(interface),
            )
            self.assume(f"{interface.name} forwards what its routes and its system are set up to forward")
            if new:
                # What it sends on is no answer: its groups are asked about the way out, too (VPC_NAT_Instance.html).
                self._groups(interface, "egress")
            self.send(interface, forwarded=True)

    def _stands_for_the_sender(self, interface: Interface) -> bool:
        """Is this the answer to a packet that the interface sent from an address that is not its own?"""
        asked = self.first.source
        named = not asked.owner and not asked.axis
        return self.back and named and self.is_destination(interface) and self.packet.target.value == asked.value

    def _accept(self, interface: Interface) -> None:
        if not self.back and self._does_more(interface):
            self.module("arrivals", interface.resource.kind).accept(self, interface)
        self.deliver(interface)

    def _does_more(self, interface: Interface) -> bool:
        room = f"nephograph.engines.tracer.arrivals.{interface.resource.kind}"
        return importlib.util.find_spec(room) is not None

    def deliver(self, end: End) -> None:
        """The packet is where it was going; an answer has to come from the address that was asked."""
        if self.back:
            self._same_address(end)
        self.arrived = end
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

    def checks(self, interface: Interface) -> bool:
        """Does the interface look whether it is the source or the target itself?"""
        if interface.resource.kind not in ("aws_instance", "aws_network_interface"):
            return True
        said = (interface.eni or interface.resource).get("source_dest_check")
        if interface.eni is not None and said is None:
            said = interface.resource.get("source_dest_check")
        return truth(self.course, said, f"the source/destination check of {interface.name}", True)

    def _check(self, interface: Interface, verb: str, which: str) -> NoReturn:
        own = interface.eni or interface.resource
        text = (
            f"{interface.name} may only {verb} packets whose {which} it is itself: its source/destination check is on"
        )
        place = self.ground.where(own, "source_dest_check")
        self.drop(
            Reason.SOURCE_DEST_CHECK,
            own,
            interface.kind,
            text,
            "source/destination check",
            place,
            self.inside(interface),
        )

    def _groups(self, interface: Interface, direction: groups.Direction) -> None:
        """Stateful: what was let through once is let through both ways."""
        if interface.holder is None:
            return
        packet = self.packet
        ingress = direction == "ingress"
        forgot = Reason(packet.forgot[1]) if ingress and packet.forgot[0] else None
        who = packet.sender if ingress else self._receiver(interface)
        was = packet.forgot[0]
        if not ingress and packet.receiver and not who:
            forgot, was = Reason.GROUP_REFERENCE_LOST, packet.receiver
        peer = packet.source if ingress else packet.target
        asked = groups.Asked(packet.version, packet.protocol, peer, who, packet.target_port, forgot, was)
        let = groups.lets(self.course, self.ground, interface, direction, asked)
        component = let.group or interface.resource
        around = self.inside(interface)
        verb = "in" if ingress else "out"
        shown = self.shown()
        if not let.passed:
            reason = self._kept(interface, direction, asked) or let.reason

            def passes(aside: Course, other: Packet) -> bool:
                far_end = other.source if ingress else other.target
                known = other.sender if ingress else who
                again = asked._replace(peer=far_end, who=known, port=other.target_port, forgot=None)
                return groups.lets(aside, self.ground, interface, direction, again).passed

            far = f"{'from' if ingress else 'to'} {self.say(peer)}"
            text = f"no rule of {self._named(interface)} lets {shown} {verb} {far}"
            self.drop(
                reason,
                component,
                "security group",
                text,
                "",
                let.location,
                around,
                rewritten.reasons(self.course, packet, self.back, self._rewriters(), passes),
                interface=interface,
                direction=direction,
                peer=who or "",
                was=was,
                at=direction,
            )
        self.tracked.add(interface.urn)
        self.note(
            component,
            "security group",
            "passes",
            "group-lets",
            f"{self._deciding(let.group, interface)} lets {shown} {verb}",
            let.rule,
            let.location,
            around,
        )

    def _rewriters(self) -> Iterator[tuple[Interface, Packet]]:
        """What has rewritten the packet on the way out, and the packet before that."""
        for key, session in self.sessions.items():
            box = interface_of(self.ground, key)
            if box is not None:
                yield box, session.before

    def _deciding(self, group: Resource | None, interface: Interface) -> str:
        return (
            f"security group {name(group)} of {interface.name}"
            if group is not None
            else f"what guards {interface.name}"
        )

    def _list(self, acl: Resource | None) -> str:
        return f"network ACL {name(acl)}" if acl is not None else "the default network ACL"

    def _named(self, interface: Interface) -> str:
        found = groups.groups_of(self.ground, interface)
        if not found:
            return f"the default security group of {interface.name}"
        return f"security group {' or '.join(name(g) for g in found)} of {interface.name}"

    def _kept(self, interface: Interface, direction: groups.Direction, asked: groups.Asked) -> Reason | None:
        """A balancer that keeps the client's address: would its own address have been let in?"""
        session = self.sessions.get(f"behind {interface.urn}")
        if session is None or direction == "egress" or self.back:
            return None
        own = asked._replace(peer=session.before.target, who=session.before.target.owner, forgot=None)
        let = groups.lets(self.course.aside(), self.ground, interface, direction, own)
        return Reason.CLIENT_ADDRESS_KEPT if let.passed else None

    def _receiver(self, interface: Interface) -> str:
        """Whom groups know as the target: somebody of the VPC, or of one that is peered with it in the region."""
        receiver = interface_of(self.ground, self.packet.receiver) if self.packet.receiver else None
        if receiver is None or receiver.vpc is None or interface.vpc is None or receiver.vpc is interface.vpc:
            return self.packet.receiver
        if receiver.vpc.scope.region != interface.vpc.scope.region or interface.subnet is None:
            return ""
        table_, _ = tables.table_of(self.course, self.ground, interface.subnet)
        if table_ is None:
            return ""
        route, _ = tables.choose(
            self.course, self.ground, table_, interface.vpc, self.packet.version, self.packet.target
        )
        peered = (
            route is not None
            and isinstance(route.target, Resource)
            and route.target.kind == "aws_vpc_peering_connection"
        )
        return self.packet.receiver if peered else ""

    # --- subnets and routers --------------------------------------------------------------------------------------

    def border(
        self, subnet: Resource, direction: groups.Direction, reason: Reason = Reason.NETWORK_LIST_REFUSES
    ) -> None:
        """The network ACL at the border of a subnet."""
        ruled = lists.rules(self.course, self.ground, subnet, direction, self.packet)
        verb = "into" if direction == "ingress" else "out of"
        shown = self.shown()
        around = self.ground.inside(subnet, subnet)
        component = ruled.acl or subnet
        if not ruled.passed:
            text = f"network ACL {name(component)} does not let {shown} {verb} subnet {name(subnet)}"

            def passes(aside: Course, other: Packet) -> bool:
                return lists.rules(aside, self.ground, subnet, direction, other).passed

            self.drop(
                reason,
                component,
                "network ACL",
                text,
                ruled.rule,
                ruled.location,
                around,
                rewritten.reasons(self.course, self.packet, self.back, self._rewriters(), passes),
                subnet=subnet,
                direction=direction,
                item=ruled.item,
                at=direction,
            )
        self.note(
            component,
            "network ACL",
            "passes",
            "list-lets",
            f"{self._list(ruled.acl)} lets {shown} {verb} subnet {name(subnet)}",
            ruled.rule,
            ruled.location,
            around,
        )

    def router(self, came: Came) -> None:
        """The packet left an interface or a gateway in a subnet: out of the subnet, and along its route table."""
        subnet = came.subnet
        if subnet is None:
            self.unknown("a subnet that is not in the data", "router", "router")
            return
        owner = interface_of(self.ground, self.packet.target.owner) if self.packet.target.owner else None
        if (
            owner is not None
            and owner.subnet is not None
            and owner.subnet.urn == subnet.urn
            and self._private_target(owner)
        ):
            self.enter(owner, subnet)
            return
        if self._here(subnet):
            self.local(came.vpc, subnet)
            return
        self.border(subnet, "egress")
        self.lookup(came)

    def _private_target(self, owner: Interface) -> bool:
        return not self.packet.target.axis.startswith("public ") and not (
            self.packet.version == 4 and public(4, self.packet.target.value) and not self._in_vpc(owner.vpc)
        )

    def _in_vpc(self, vpc: Resource | None) -> bool:
        if vpc is None:
            return False
        ranges = self.ground.ranges(vpc, self.packet.version)
        return any(self.course.within(self.packet.target, low, high) for low, high in ranges)

    def _here(self, subnet: Resource) -> bool:
        """Is a target nobody is known to own in this very subnet?"""
        own = self.ground.subnet_range(subnet, self.packet.version)
        return not self.packet.target.owner and own is not None and self.course.within(self.packet.target, *own)

    def lookup(self, came: Came) -> None:
        """The route table of the subnet decides."""
        subnet, packet = came.subnet, self.packet
        if subnet is None:
            return
        table_, word = tables.table_of(self.course, self.ground, subnet)
        around = self.ground.inside(subnet, subnet)
        if self._to_service(came, table_):
            return
        if table_ is None:
            self._implicit(came, word)
            return
        route, others = tables.choose(self.course, self.ground, table_, came.vpc, packet.version, packet.target)
        shown = self.say(packet.target)
        if route is None:
            text = f"route table {name(table_)} of subnet {name(subnet)} has no route to {shown}"
            self.drop(
                Reason.NO_ROUTE,
                table_,
                "route table",
                text,
                "",
                self.ground.where(table_, "routes"),
                around,
                others,
                came=came,
                at="route",
            )
        self.along(came._replace(table=table_, route=route), route, table_, around, others)

    def along(
        self,
        came: Came,
        route: tables.Route,
        table_: Resource,
        around: tuple[str, ...],
        others: tuple[Because, ...] = (),
    ) -> None:
        """Follow one route of a table."""
        target = route.target
        to = name(target) if isinstance(target, Resource) else str(target or "nowhere")
        rule = f"{route.destination} → {to}"
        if route.blackhole or (target is None and not route.doubt):
            text = f"the route of {name(table_)} for {route.destination} is a blackhole: its target is gone"
            self.drop(
                Reason.BLACKHOLE,
                table_,
                "route table",
                text,
                rule,
                route.location,
                around,
                others,
                came=came,
                item=route.at,
                at=route.destination,
            )
        if target is None:
            self.note(
                table_,
                "route table",
                "passes",
                "route",
                f"route table {name(table_)} sends {route.destination} on",
                rule,
                route.location,
                around,
                others,
            )
            self.unknown(route.doubt, table_, "route table")
            return
        self.note(
            table_,
            "route table",
            "passes",
            "route",
            f"route table {name(table_)} sends {route.destination} to {to}",
            rule,
            route.location,
            around,
            others,
        )
        if target == "local":
            self.local(came.vpc, came.subnet)
            return
        assert isinstance(target, Resource)
        if importlib.util.find_spec(f"nephograph.engines.tracer.nexthops.{target.kind}") is None:
            self.unknown(f"what {name(target)} ({target.kind}) does with packets", target, target.kind)
            return
        self.module("nexthops", target.kind).follow(self, target, came)

    def _implicit(self, came: Came, word: str) -> None:
        """The main table of a VPC that nobody wrote down."""
        subnet, vpc = came.subnet, came.vpc
        assert subnet is not None
        around = self.ground.inside(subnet, subnet)
        if vpc is not None and self._in_vpc(vpc):
            self.note(
                subnet,
                "route table",
                "passes",
                "route",
                f"the main route table of {name(vpc)}: local",
                "local",
                None,
                around,
            )
            self.local(vpc, subnet)
        elif word == "unseen":
            what = f"the route table of {name(subnet)}: the data has no answer about route tables"
            self.unknown(what, subnet, "route table", told=Reason.NOT_DESCRIBED)
        elif word == "unknown":
            self.unknown(f"the route table of {name(subnet)}: its VPC is not in the data", subnet, "route table")
        elif word == "default" and self.packet.version == 4:
            text = "the main route table of a default VPC leads to its internet gateway"
            self.note(subnet, "route table", "passes", "route", text, "0.0.0.0/0 → internet gateway", None, around)
            self.module("nexthops", "aws_internet_gateway").through(self, subnet, vpc)
        else:
            text = f"subnet {name(subnet)} has only the main route table of its VPC, which routes nowhere else"
            self.drop(Reason.NO_ROUTE, subnet, "route table", text, "", None, around, came=came, at="route")

    def _to_service(self, came: Came, table_: Resource | None) -> bool:
        end = self.destination
        if not isinstance(end, Outside) or end.kind != "service" or self.packet.target.owner:
            return False
        return bool(self.module("outside", "service").gateway_endpoint(self, end, came, table_))

    def local(self, vpc: Resource | None, came_from: Resource | None) -> None:
        """Inside a VPC: to the interface that has the address."""
        owner = interface_of(self.ground, self.packet.target.owner) if self.packet.target.owner else None
        if owner is not None and owner.vpc is vpc:
            self.enter(owner, came_from)
            return
        if vpc is None:
            self.unknown("a VPC that is not in the data", "vpc", "VPC", Reason.NOBODY_HOME)
            return
        here = [i for i in table(self.ground).by_urn.values() if i.vpc is vpc]
        value, version = self.packet.target.value, self.packet.version
        found = [] if self.packet.target.axis else holder_of(self.ground, here, version, value)
        if found:
            self.packet = self.packet._replace(
                target=self.packet.target._replace(owner=found[0].urn), receiver=self.packet.receiver or found[0].urn
            )
            self.enter(found[0], came_from)
            return
        self._bare(vpc, here, came_from)

    def _bare(self, vpc: Resource, here: list[Interface], came_from: Resource | None) -> None:
        """An address of the VPC nobody is known to have."""
        value, version = self.packet.target.value, self.packet.version
        shown = self.say(self.packet.target)
        subnet = subnet_at(self.ground, vpc, version, value)
        end = self.destination
        asked = isinstance(end, Outside) and end.kind == "address"
        maybe = [i for i in here if may_hold(self.ground, i, version, value)]
        if subnet is not None and asked and (maybe or end is not None):
            own = self.ground.subnet_range(subnet, version)
            if own:
                self.course.within(self.packet.target, *own)
            if came_from is None or came_from.urn != subnet.urn:
                self.border(subnet, "ingress")
            self.unknown(
                f"what has the address {shown} in {name(subnet)}, and its security groups",
                subnet,
                "subnet",
                Reason.NOBODY_HOME,
            )
            return
        text = f"nothing in VPC {name(vpc)} has the address {shown}"
        self.drop(Reason.NOBODY_HOME, vpc, "VPC", text, inside=self.ground.inside(vpc))

    # --- the internet ---------------------------------------------------------------------------------------------

    def internet(self) -> None:
        """The packet is on the internet: to whoever has its target address."""
        end = self.destination
        if isinstance(end, Outside) and end.kind in ("internet", "service"):
            owner = self.packet.target.owner
            if not owner:
                if end.kind == "service":
                    self.module("outside", "service").by_public_address(self, end)
                self.deliver(end)
                return
        self.module("nexthops", "aws_internet_gateway").come_in(self)

    def assume(self, text: str) -> None:
        """Something the answer takes for granted."""
        if text not in self.assumed:
            self.assumed.append(text)

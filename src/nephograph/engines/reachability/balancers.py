"""Load balancers: by which listeners a node hands connections on to a target.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nephograph.engines.reachability.interfaces import Interface
from nephograph.engines.reachability.listeners import Listens, listened, of_balancer, of_classic
from nephograph.engines.reachability.reading import Reading, doubtful, flag, name
from nephograph.engines.reachability.registrations import Port, registered
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

BALANCERS = frozenset(("aws_lb", "aws_elb"))


class Speaks(NamedTuple):
    """The versions of IP in which a target may be called, and why that is open ("" when there is one)."""

    versions: tuple[int, ...]
    why: str = ""


class Forward(NamedTuple):
    """A listener that hands on to a target. `port` None keeps the port, two are a range it lies in (`whose` says what
    of).

    `keeps` leaves the client's address as source; `doubt` says why it is open whether it is handed on at all.
    """

    listens: Listens
    port: Port
    keeps: bool
    doubt: str = ""
    whose: str = ""
    speaks: Speaks = Speaks((4,))


def forwards(reading: Reading, node: Interface, target: Interface) -> list[Forward]:
    """By which listeners a node of a balancer hands connections on to a target."""
    balancer = reading.estate.resources[node.owner]
    if balancer.kind == "aws_elb":
        return _classic_forwards(reading, balancer, node, target)
    found: list[Forward] = []
    for listener, unsure in of_balancer(reading, balancer) if balancer.kind == "aws_lb" else ():
        for group, why in _groups(reading, listener):
            zone = _zone(reading, node, target, group)
            if zone is None:
                continue
            kept = _keeps(balancer, group)
            either = f"the client address of {name(group)}" if len(kept) > 1 else ""
            for one in registered(reading, group, target):
                doubt = why or zone or one.doubt or either
                for keeps in kept:
                    every = listened(listener, unsure)
                    speaks = _speaks(group)
                    found += [Forward(listens, one.port, keeps, doubt, one.whose, speaks) for listens in every]
    return found


def _speaks(group: Resource) -> Speaks:
    """The version of IP in which targets of a group are called; both, and why that is open, where it is not known.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
    """
    said = group.get("ip_address_type")
    if isinstance(said, Unknown):
        return Speaks((4, 6), f"whether {name(group)} speaks IPv4 ({said})")
    return Speaks((6,) if said == "ipv6" else (4,))


def _classic_forwards(reading: Reading, balancer: Resource, node: Interface, target: Interface) -> list[Forward]:
    held = {r.urn for r in reading.estate.targets(balancer.urn, "has_target")}
    doubt = ""
    if target.owner not in held:
        lost = reading.lost(balancer, "instances")
        if not lost or reading.estate.resources[target.owner].kind != "aws_instance":
            return []
        doubt = f"the instances of {name(balancer)} ({lost[0]})"
    zone = _enabled(reading, balancer, target)
    if zone is None:
        return []
    crosses = _crosses(reading, node, target, flag(balancer.get("cross_zone"), False))
    if crosses is None:
        return []
    whose = f"the port of an instance of {name(balancer)}"
    return [
        Forward(listens, port, False, doubt or zone or crosses, whose)
        for listens, port in of_classic(reading, balancer)
    ]


def _groups(reading: Reading, listener: Resource) -> Iterator[tuple[Resource, str]]:
    """Target groups a client can get to by its choice of host, path or headers."""
    estate = reading.estate
    yield from _led_to(reading, listener, "")
    for rule in estate.holders(listener.urn, "rule_of", "aws_lb_listener_rule"):
        yield from _led_to(reading, rule, doubtful(rule) or _conditions(rule))
    for rule, lost in reading.blind("aws_lb_listener_rule", "listener"):
        if rule.scope == listener.scope and not estate.targets(rule.urn, "rule_of"):
            yield from _led_to(reading, rule, f"whether {name(rule)} is a rule of {name(listener)} ({lost})")


def _conditions(rule: Resource) -> str:
    """Why it is open whether a client can meet the conditions of a rule."""
    conditions = rule.get("conditions")
    for item in conditions if isinstance(conditions, list) else [conditions]:
        said = item.get("field") if isinstance(item, dict) else item
        if isinstance(said, Unknown):
            return f"the conditions of {name(rule)} ({said})"
        if said == "source_ip":
            return f"whether the client is in the addresses {name(rule)} is for"
    return ""


def _led_to(reading: Reading, source: Resource, why: str) -> Iterator[tuple[Resource, str]]:
    """Where the actions of a listener or a rule forward to: perhaps anywhere, where they are not all known."""
    known = reading.estate.targets(source.urn, "forwards_to", "aws_lb_target_group")
    yield from ((group, why) for group in known)
    if lost := reading.lost(source, "actions"):
        for group in reading.estate.of_kind("aws_lb_target_group"):
            if group.scope == source.scope and group not in known:
                yield group, why or f"where {name(source)} forwards to ({lost[0]})"


def _zone(reading: Reading, node: Interface, target: Interface, group: Resource) -> str | None:
    """Why it is open whether the node serves the target's zone; "" when it does, None when it does not."""
    balancer = reading.estate.resources[node.owner]
    if target.vpc != node.vpc:
        return ""
    zone = _enabled(reading, balancer, target)
    if zone is None:
        return None
    said = group.get("cross_zone")
    if said in (True, "true", False, "false"):
        crosses: bool | None = said in (True, "true")
    else:
        kind, own = balancer.get("type"), flag(balancer.get("cross_zone"), False)
        crosses = True if kind in (None, "application") or own else (None if isinstance(kind, Unknown) else own)
        crosses = None if isinstance(said, Unknown) else crosses
    reason = _crosses(reading, node, target, crosses)
    return None if reason is None else zone or reason


def _enabled(reading: Reading, balancer: Resource, target: Interface) -> str | None:
    """Why it is open whether a balancer is enabled in the target's zone; "" when it is, None when it is not."""
    estate = reading.estate
    stands = estate.resources.get(target.subnet)
    zone = reading.zone(stands)
    subnets = estate.targets(balancer.urn, "in_subnet", "aws_subnet")
    enabled = {reading.zone(s) for s in subnets}
    if (zone and zone in enabled) or stands in subnets:
        return ""
    if stands is None or not zone:
        return f"the zone of {name(stands or estate.resources[target.owner])}"
    lost = reading.lost(balancer, "subnets") or [name(s) for s in subnets if not reading.zone(s)]
    return f"the zones of {name(balancer)} ({lost[0]})" if lost else None


def _crosses(reading: Reading, node: Interface, target: Interface, crosses: bool | None) -> str | None:
    """Why it is open whether a node hands on to another zone; "" when it does, or need not, None when it does not."""
    zone, own = (reading.zone(reading.estate.resources.get(i.subnet)) for i in (target, node))
    if crosses or (zone and own == zone) or (node.subnet and node.subnet == target.subnet):
        return ""
    whose = reading.estate.resources[node.owner]
    if not zone or not own:
        return f"whether {name(whose)} hands on from one zone to another"
    return None if crosses is False else f"cross-zone balancing of {name(whose)}"


def _keeps(balancer: Resource, group: Resource) -> tuple[bool, ...]:
    """Does the target see the address of the client? Only a network balancer's may; both where that is not known."""
    kind = balancer.get("type")
    if kind != "network" and not isinstance(kind, Unknown):
        return (False,)
    protocol, held = group.get("protocol"), group.get("target_type")
    udp = isinstance(protocol, str) and "UDP" in protocol.upper()
    default = udp or held in (None, "instance", "alb")
    unsure = isinstance(protocol, Unknown) and held == "ip"
    said = None if udp else group.get("preserve_client_ip")  # (of UDP nobody can turn it off)
    if isinstance(said, Unknown) or (said is None and (unsure or (isinstance(held, Unknown) and not udp))):
        return (True, False)
    keeps = flag(said, default) is True
    return (True, False) if keeps and isinstance(kind, Unknown) else (keeps,)

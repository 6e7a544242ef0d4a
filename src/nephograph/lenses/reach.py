"""Can this reach that: yes, no or depends; every hop out and back, and for a no everything that is in the way."""

from __future__ import annotations

from typing import Annotated, Any

from nephograph.engines.tracer.blockers import Blocked, blockers
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.question import Question
from nephograph.engines.tracer.sets import Asked, each, put_for_all
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called
from nephograph.lenses.common.ends import address_named, ends_named, own_address_named
from nephograph.lenses.common.pairs import pairs_data, pairs_table
from nephograph.lenses.common.published import Published, is_published
from nephograph.lenses.common.trails import (
    allowed_data,
    allowed_table,
    at_first_addresses,
    blocked_data,
    blocked_tree,
    by_its_service,
    leg_data,
    problems_of,
    sentence,
    taken_for_granted,
    traffic_of,
    trail,
)
from nephograph.model.answer import Answer, Block, Text
from nephograph.model.errors import UsageError

SECTION = "Network"


class ReachAsk(Ask, frozen=True, kw_only=True):
    """Trace a packet from one end to the other, and its answer back.

    An end is an id, an ARN, an address or a name of a resource; an IP address or a CIDR; internet; a security group or
    a subnet (anybody in it); a service of AWS (s3). Without a protocol and a port the question is whether any packet
    gets through, and the answer holds exactly which.
    """

    start: Annotated[str, Option("who sends", name="from", metavar="END")] = ""
    goal: Annotated[str, Option("who shall be reached", name="to", metavar="END")] = ""
    protocol: Annotated[str, Option("tcp, udp, icmp or a number", name="proto", metavar="PROTOCOL")] = ""
    port: Annotated[str, Option("the port that is asked for, or a range (8000-8080)", metavar="PORT")] = ""
    source_port: Annotated[str, Option("the port the sender uses", name="source-port", metavar="PORT")] = ""
    source_address: Annotated[
        str,
        Option("the source on the packet, where it is not the sender's own", name="source-address", metavar="IP"),
    ] = ""
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    expect: Annotated[str, Option("exit 1 unless the answer is this", choices=("yes", "no", "depends", "any"))] = "any"


ASK = ReachAsk
FEW_ENDS = 4
"""Up to so many pairs of ends are asked at all of their addresses; more of them at the first address each."""
_NAMES = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


def answer(ask: ReachAsk, context: Context) -> Answer:
    """Trace it. Raises `UsageError` for an end nothing goes by, and for a protocol or port that is none."""
    if not ask.start or not ask.goal:
        missing = "--from" if not ask.start else "--to"
        raise UsageError("no-end", f"{missing} is missing", "say both ends: --from internet --to web")
    ground = Ground(context.estate)
    protocol, ports = _protocol(ask.protocol, ask.port), _ports(ask.port)
    source_port, source_address = _one(ask.source_port, "--source-port"), _address(ask.source_address)
    starts = ends_named(ground, ask.start)
    thing = _published(ask, context, starts, protocol, ports)
    try:
        goals = ends_named(ground, ask.goal, goal=True)
    except UsageError:
        if thing is None:
            raise
        goals = ()
    if thing is not None and not any(isinstance(end, Interface) for end in goals):
        return _answer_of(ask, context, thing, protocol, ports, ground)
    question = Question(
        source=starts,
        target=goals,
        protocol=protocol,
        ports=ports,
        source_port=source_port,
        source_address=source_address or own_address_named(ask.start, starts),
        target_address=address_named(ask.goal, goals),
        every_address=len(starts) * len(goals) <= FEW_ENDS,
    )
    if question.source == question.target and len(question.source) == 1:
        raise UsageError("same-ends", f"{ask.start} and {ask.goal} are the same", "say two different ends")
    found, asked = put_for_all(ground, question)
    question = asked.question
    if thing is not None and thing.verdict.possible and found.verdict != "yes":
        return _answer_of(ask, context, thing, protocol, ports, ground)
    blocked = blockers(context.estate, question, found) if found.verdict == "no" else Blocked((), False)
    narrow = question.protocol is not None and ports is not None and ports[0] == ports[1]
    blocks: list[Block] = [Text(sentence(ask.start, ask.goal, asked, found))]
    if len(each(found)) > 1:
        blocks.append(pairs_table(asked, found))
    if found.shown is not None:
        blocks.append(trail(context.estate, ask.start, ask.goal, found))
    if not narrow and found.allowed:
        blocks.append(allowed_table(found))
    if found.verdict == "no":
        blocks.append(blocked_tree(blocked, context.write_fix))
    return Answer(
        command="reach",
        snapshot=context.snapshot,
        verdict=found.verdict,
        depends_on=found.depends_on,
        coverage=context.coverage,
        errors=(*context.problems, *problems_of(ground)),
        assumptions=(
            *context.assumptions,
            *taken_for_granted(found),
            *at_first_addresses(question),
            *by_its_service(context.estate, ask.goal, goals),
            *found.assumptions,
        ),
        blocks=tuple(blocks),
        data=_data(ask, asked, found, blocked, context),
    )


def _published(
    ask: ReachAsk, context: Context, starts: tuple[End, ...], protocol: str | None, ports: tuple[int, int] | None
) -> Published | None:
    """What AWS publishes by that name, where the internet asks."""
    if not all(isinstance(end, Outside) and end.kind == "internet" for end in starts):
        return None
    named = [one for one in called(context.estate, ask.goal) if is_published(context, one)]
    things = [Published(context, one, starts, protocol, ports) for one in named]
    return things[0] if len(things) == 1 else None


def _answer_of(
    ask: ReachAsk,
    context: Context,
    thing: Published,
    protocol: str | None,
    ports: tuple[int, int] | None,
    ground: Ground,
) -> Answer:
    """The answer about something that is no interface: what opens it to the internet, or keeps it shut."""
    verdict = thing.verdict
    door = context.estate.resources.get(thing.through)
    through = (door.label or door.address) if door is not None else ""
    leg = {
        "verdict": verdict.answer,
        "hops": thing.hops(),
        "dropped_at": "" if verdict.possible else thing.resource.urn,
    }
    return Answer(
        command="reach",
        snapshot=context.snapshot,
        verdict=verdict.answer,
        depends_on=verdict.depends_on if verdict.answer == "depends" else (),
        coverage=context.coverage,
        errors=(*context.problems, *problems_of(ground)),
        assumptions=context.assumptions,
        blocks=(
            Text(thing.sentence(ask.start, ask.goal, traffic_of(protocol, ports), through)),
            thing.trail(context, ask.start, ask.goal),
        ),
        data={
            "from": ask.start,
            "to": ask.goal,
            "protocol": protocol,
            "port": ask.port or None,
            "forward": leg,
            "return": {"verdict": verdict.answer, "hops": [], "dropped_at": ""},
            "through": through,
            "allowed": thing.allowed(),
            "pairs": [],
            "pairs_left": 0,
            "blockers": [],
            "blockers_complete": False,
        },
    )


def _data(ask: ReachAsk, asked: Asked, found: Any, blocked: Blocked, context: Context) -> dict[str, Any]:
    return {
        "from": ask.start,
        "to": ask.goal,
        "protocol": asked.question.protocol,
        "port": ask.port or None,
        "forward": leg_data(found.forward),
        "return": leg_data(found.back),
        "through": found.candidate.through if found.candidate is not None else "",
        "allowed": allowed_data(found),
        "pairs": pairs_data(asked, found),
        "pairs_left": asked.left,
        "blockers": blocked_data(blocked, context.write_fix),
        "blockers_complete": not blocked.more,
    }


def _address(text: str) -> str | None:
    said = text.strip()
    if not said:
        return None
    parsed = network(said)
    if parsed is None or parsed[1] != parsed[2]:
        raise UsageError("bad-traffic", f"--source-address {text} is no address", "write one address, such as 10.0.0.7")
    return said


def _protocol(text: str, port: str) -> str | None:
    said = text.strip().lower()
    if not said:
        return "tcp" if port else None
    if said in ("all", "any", "-1"):
        return None
    said = _NAMES.get(said, said)
    if said in ("tcp", "udp", "icmp", "icmpv6") or (said.isdigit() and int(said) < 256):
        return said
    raise UsageError("bad-traffic", f"{text} is no protocol", "write tcp, udp, icmp or a number from 0 to 255")


def _ports(text: str) -> tuple[int, int] | None:
    if not text.strip():
        return None
    low, dash, high = text.partition("-")
    first = _one(low, "--port")
    last = _one(high, "--port") if dash else first
    if first is None or last is None or last < first:
        raise UsageError("bad-traffic", f"--port {text} is no range of ports", "write 443, or 8000-8080")
    return first, last


def _one(text: str, flag: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdigit() or int(text) > 65535:
        raise UsageError("bad-traffic", f"{flag} {text} is no port", "ports are numbers from 0 to 65535")
    return int(text)

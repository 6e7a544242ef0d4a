"""What the tracer found, as blocks and as data."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from nephograph.engines.tracer.addresses import known
from nephograph.engines.tracer.blockers import Blocked, Blocker
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Hop, Leg
from nephograph.engines.tracer.malformed import malformed
from nephograph.engines.tracer.packet import WITH_PORTS, WITH_TYPES
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.question import MOST_ADDRESSES, Allowed, Question, Reach
from nephograph.engines.tracer.sets import Alike, Asked
from nephograph.engines.tracer.spell import cidrs
from nephograph.estate.graph import Estate
from nephograph.lenses.common.dossier import called
from nephograph.library.reachability import codes_of
from nephograph.model.answer import Stop, Table, Trail, Tree
from nephograph.model.edit import Fix, RemoveItem, SetField
from nephograph.model.errors import Problem

_CLASSES = {
    "internet": "internet",
    "security group": "security_group",
    "network ACL": "security_group",
    "route table": "route_table",
    "transit gateway": "network_gateway",
    "transit gateway route table": "route_table",
    "internet gateway": "network_gateway",
    "egress-only gateway": "network_gateway",
    "NAT gateway": "network_gateway",
    "VPN gateway": "network_gateway",
    "VPN connection": "network_gateway",
    "Direct Connect": "network_gateway",
    "peering connection": "network_gateway",
    "gateway endpoint": "network_gateway",
    "endpoint": "network_gateway",
    "firewall": "security_group",
    "listener": "load_balancer",
    "target group": "load_balancer",
}


_CHANGED = re.compile(r"[+-](?![+-]{2} )")
_DEFAULTS = ("0.0.0.0/0 ", "::/0 ")


def sentence(start: str, goal: str, asked: Asked, found: Reach) -> str:
    """The answer in one or two sentences."""
    what = traffic_of(asked.question.protocol, asked.question.ports)
    if found.verdict == "yes":
        what = _passing(asked.question, found) or what
    start, goal = _member(start, asked.sources, found, 0), _member(goal, asked.targets, found, 1)
    through = f" through {found.candidate.through}" if found.candidate is not None and found.candidate.through else ""
    if found.verdict == "yes":
        return f"Yes: {start} reaches {goal}{what}{through}, and its answers get back."
    if found.verdict == "depends":
        on = "; ".join(found.depends_on[:4])
        return f"It depends whether {start} reaches {goal}{what}{through}: on {on}."
    if found.shown is None:
        return f"No: {start} and {goal} have no way to each other that could be traced."
    hop = (found.back.hops or found.forward.hops)[-1]
    way = "The packet arrives, but its answer is lost" if found.back.hops else "The packet is lost"
    codes = codes_of(hop.reason)
    named = f" ({', '.join(codes)})" if codes else ""
    return f"No: {start} does not reach {goal}{what}. {way}: {hop.text}{named}."


def _member(word: str, ends: Alike, found: Reach, which: int) -> str:
    """What was named and, where that is several things, the one of them that is shown."""
    count = sum(map(len, ends.values()))
    if count < 2 or found.candidate is None:
        return word
    own = (found.candidate.start, found.candidate.goal)[which]
    return word if own.name == word else f"{word} ({own.name}, one of {count})"


def _passing(question: Question, found: Reach) -> str:
    """Of a range of ports that was asked for, those that pass; "" where all of them do."""
    if question.ports is None or question.ports[0] == question.ports[1]:
        return ""
    sure = [one for one in found.allowed if one.verdict == "yes"]
    if any((one.low, one.high) == question.ports for one in sure):
        return ""
    told = list(dict.fromkeys(ports(one) for one in sure))
    more = f" and {len(told) - 4} more" if len(told) > 4 else ""
    low, high = question.ports
    return f" on {', '.join(told[:4])}{more} (of {low}-{high})"


def traffic_of(protocol: str | None, ports: tuple[int, int] | None) -> str:
    """What was asked about, as the end of a sentence."""
    if protocol is None and ports is None:
        return ""
    named = protocol or "tcp or udp"
    if ports is None:
        return f" with {named}"
    low, high = ports
    return f" on {named}/{low}" if low == high else f" on {named}/{low}-{high}"


def trail(estate: Estate, start: str, goal: str, found: Reach) -> Trail:
    """Both legs, hop by hop."""
    legs = [("Out", _stops(estate, found.forward))]
    if found.back.hops:
        legs.append(("And back", _stops(estate, found.back)))
    verdict = {"yes": "reaches", "no": "does not reach", "depends": "may reach"}[found.verdict]
    return Trail(tuple(legs), f"{start} {verdict} {goal}")


def _stops(estate: Estate, leg: Leg) -> tuple[Stop, ...]:
    found = []
    lost = bool(leg.hops) and leg.hops[-1].decision == "drops"
    for hop in leg.hops:
        resource = estate.resources.get(hop.component)
        cls = _CLASSES.get(hop.kind) or (str(resource.cls) if resource is not None else "internet")
        tone = {"drops": "drop", "delivers": "target", "sends": "entry", "depends": "depends"}.get(hop.decision, "")
        codes = codes_of(hop.reason) if hop.decision in ("drops", "depends") else ()
        rule = hop.rule or ", ".join(codes)
        place = str(hop.location) if hop.location else ""
        found.append(Stop(hop.name, hop.kind, _with_because(hop, lost), rule, place, hop.inside, tone, cls))
    return tuple(found)


def _with_because(hop: Hop, lost: bool) -> str:
    """The hop in words and, where the packet is lost, what stood behind its decision.

    Data has all of it. People get the first three, and not the default routes that every other route beats.
    """
    told = [one.text for one in hop.because if hop.decision == "drops" or not one.rule.startswith(_DEFAULTS)]
    if not lost or not told:
        return hop.text
    more = [f"and {len(told) - 3} more such"] if len(told) > 3 else []
    return f"{hop.text} ({'; '.join([*told[:3], *more])})"


def leg_data(leg: Leg) -> dict[str, Any]:
    """One direction for programs."""
    return {"verdict": leg.verdict, "hops": [hop_data(hop) for hop in leg.hops], "dropped_at": leg.dropped_at}


def hop_data(hop: Hop) -> dict[str, Any]:
    """One hop for programs; `codes` are what AWS calls the reason of a drop."""
    data: dict[str, Any] = msgspec.structs.asdict(hop)
    data["inside"] = list(hop.inside)
    data["codes"] = list(codes_of(hop.reason)) if hop.decision in ("drops", "depends") else []
    data["because"] = [{**msgspec.structs.asdict(one), "codes": list(codes_of(one.reason))} for one in hop.because]
    return data


def ports(one: Allowed) -> str:
    """Protocol and ports in a few letters."""
    if one.protocol not in (*WITH_PORTS, *WITH_TYPES):
        return "every other protocol" if one.protocol == "other" else f"protocol {one.protocol}"
    if (one.low, one.high) == (0, 65535):
        return f"all {one.protocol}"
    return f"{one.protocol}/{one.low}" if one.low == one.high else f"{one.protocol}/{one.low}-{one.high}"


def allowed_table(found: Reach) -> Table:
    """What passes, exactly."""
    rows = tuple(
        (ports(one), f"IPv{one.version}", one.verdict, ", ".join(_sources(one)) or "the sender")
        for one in found.allowed
    )
    return Table(("traffic", "version", "verdict", "from"), rows, "What gets through")


def _sources(one: Allowed) -> list[str]:
    return cidrs(one.version, one.sources)


def allowed_data(found: Reach) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "protocol": one.protocol,
            "from_port": one.low,
            "to_port": one.high,
            "ip_version": one.version,
            "sources": _sources(one),
            "verdict": one.verdict,
        }
        for one in found.allowed
    ]


def blocked_tree(blocked: Blocked, write_fix: Callable[[Fix], Fix]) -> Tree:
    """Every set of blockers with its edits."""
    if not blocked.sets:
        return Tree("What is in the way cannot be mended by an edit of what is known")
    several = len(blocked.sets) > 1
    title = (
        "What is in the way: mend everything of any one set" if several else "What is in the way, each with its edit"
    )
    sets = []
    for number, chain in enumerate(blocked.sets, 1):
        children = tuple(_blocker_tree(blocker, write_fix) for blocker in chain)
        sets.append(Tree(f"set {number}", children) if several else Tree("", children))
    cut = f"the search ended after {blocked.traces} traces and {len(blocked.sets)} sets: there may be more"
    more = (Tree(cut),) if blocked.more else ()
    if not several:
        return Tree(title, (*sets[0].children, *more))
    return Tree(title, (*sets, *more))


def _blocker_tree(blocker: Blocker, write_fix: Callable[[Fix], Fix]) -> Tree:
    place = f" [{blocker.hop.location}]" if blocker.hop.location else ""
    way = "coming back: " if blocker.drop.back else ""
    edit = f"edit: {blocker.edit.text}" if blocker.edit else "no edit of what is known mends this"
    changed = tuple(Tree(line) for line in diff_of(blocker, write_fix).splitlines() if _CHANGED.match(line))
    return Tree(f"{way}{blocker.hop.text}{place}", (Tree(edit, changed),))


def blocked_data(blocked: Blocked, write_fix: Callable[[Fix], Fix]) -> list[list[dict[str, Any]]]:
    """The sets for programs; an edit has a diff where a source can write it."""
    return [[_blocker_data(blocker, write_fix) for blocker in chain] for chain in blocked.sets]


def diff_of(blocker: Blocker, write_fix: Callable[[Fix], Fix]) -> str:
    """The text of an edit of what the code says already, "" for anything else."""
    if blocker.edit is None:
        return ""
    plain = tuple(e for e in blocker.edit.edits if isinstance(e, SetField | RemoveItem))
    if len(plain) != len(blocker.edit.edits):
        return ""
    return write_fix(Fix(blocker.edit.text, plain, safe=False)).diff


def _blocker_data(blocker: Blocker, write_fix: Callable[[Fix], Fix]) -> dict[str, Any]:
    edit = None
    if blocker.edit is not None:
        edit = {
            "text": blocker.edit.text,
            "changes": [msgspec.to_builtins(e, enc_hook=str) for e in blocker.edit.edits],
            "diff": diff_of(blocker, write_fix),
        }
    return {**hop_data(blocker.hop), "direction": "return" if blocker.drop.back else "forward", "edit": edit}


def problems_of(ground: Ground) -> tuple[Problem, ...]:
    """What of the network cannot be so, as problems: the answer holds without it, and the exit code says that."""
    return tuple(Problem(one.code, one.text, one.help, one.location) for one in malformed(ground))


def taken_for_granted(found: Reach) -> tuple[str, ...]:
    """What every trace takes for granted and an answer has to say."""
    said = []
    walks = [walk for one in found.traced for walk in one.cases.walks[:1]]
    protocols = {one.protocol for one in found.traced}
    if protocols & set(WITH_PORTS) and found.candidate is not None:
        outside = isinstance(found.candidate.start, Outside)
        said.append(
            "the sender chooses the port it sends from"
            if outside
            else "the sender's system takes a port from 1024 to 65535 to send from"
        )
    if walks:
        said.append("programs listen where they are asked, and firewalls inside the machines let them")
    return tuple(said)


def at_first_addresses(question: Question) -> tuple[str, ...]:
    """Interfaces with more private addresses than were asked at."""
    most = MOST_ADDRESSES if question.every_address else 1
    named = (question.source_address, question.target_address)
    counted = {
        end.name: len(known(end, 4))
        for ends, address in zip((question.source, question.target), named, strict=True)
        for end in ends
        if isinstance(end, Interface) and address is None and len(known(end, 4)) > most
    }
    told = [f"{name} is asked at {most} of its {count} addresses" for name, count in list(counted.items())[:3]]
    return (f"{'; '.join(told)}: name an address to ask at that one",) if told else ()


def by_its_service(estate: Estate, word: str, goals: tuple[End, ...]) -> tuple[str, ...]:
    """What a resource that is used by the API of its service lets anybody do is no question of packets."""
    served = len(goals) == 1 and isinstance(goals[0], Outside) and goals[0].kind == "service"
    if not served or not called(estate, word):
        return ()
    return (f"{word} is used by the API of {goals[0].name}: what its policies let whom do is a question of neph who",)

"""Faults of the network's design: ways that do not lead back, or nowhere; ranges that meet; rules that do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from nephograph.engines.tracer.ground import Ground
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context, subject
from nephograph.lenses.common.trails import problems_of
from nephograph.library.routing import filters, tables
from nephograph.library.routing.fault import Fault
from nephograph.model.answer import Answer, Block, Table, Text, Tree
from nephograph.model.facts import Facts
from nephograph.model.verdict import Evidence

SECTION = "Network"


class RoutesAsk(Ask, frozen=True, kw_only=True):
    """List faults of the network's design, each with what proves it and where that is written.

    Asymmetric ways between VPCs, dead routes, ranges that overlap, rules of security groups another rule covers,
    entries of network ACLs that can never match, groups attached to nothing, lists that let no answer back, subnets of
    databases that lead to the internet. Without a flag all of them are looked for.
    """

    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    asymmetric: Annotated[bool, Option("ways into another VPC that do not lead back by the same gateway")] = False
    blackhole: Annotated[bool, Option("routes whose target is gone, dead, or of another VPC")] = False
    overlapping: Annotated[bool, Option("VPCs that are joined although their ranges meet")] = False
    unused: Annotated[bool, Option("rules that do nothing, and groups nothing is in")] = False
    database: Annotated[bool, Option("subnets of databases that lead to the internet")] = False
    exit_code: Annotated[bool, Option("exit 1 when there is a fault", name="exit-code")] = False


ASK = RoutesAsk
_WORDS = {
    "asymmetric": "the answer takes another way, or none",
    "blackhole": "the route leads nowhere",
    "overlapping": "joined VPCs have the same addresses",
    "unused": "another rule covers this one",
    "shadowed": "earlier entries decide first",
    "unattached": "nothing is in the group",
    "one-way": "no answer is let back",
    "database": "databases beside a way to the internet",
}


def answer(ask: RoutesAsk, context: Context) -> Answer:
    """Every fault of the kinds that were asked for, certain ones first."""
    wanted = _wanted(ask)
    found = [fault for fault in faults(context.facts) if fault.kind in wanted]
    found.sort(key=lambda f: (f.verdict.answer != "yes", f.kind, f.resource.label or f.resource.address, str(f.path)))
    certain = sum(fault.verdict.answer == "yes" for fault in found)
    blocks: list[Block] = [Text(_sentence(certain, len(found) - certain))]
    if found:
        blocks.append(Table(("fault", "where", "what", "verdict"), tuple(_row(fault) for fault in found)))
        blocks.append(Tree("Why", tuple(_why(fault) for fault in found)))
    on = tuple(dict.fromkeys(text for fault in found for text in fault.verdict.depends_on))
    return Answer(
        command="routes",
        snapshot=context.snapshot,
        verdict="yes" if certain else "depends" if found else "no",
        depends_on=() if certain else on,
        coverage=context.coverage,
        errors=(*context.problems, *problems_of(Ground(context.estate))),
        assumptions=context.assumptions,
        blocks=tuple(blocks),
        data={"faults": [_data(fault) for fault in found]},
    )


def faults(facts: Facts) -> Iterator[Fault]:
    """All faults of an estate."""
    for table in facts.resources("aws_route_table"):
        yield from tables.dead_routes(table, facts)
        yield from tables.unanswered(table, facts)
    for kind in (tables.PEERING, tables.TRANSIT):
        for joint in facts.resources(kind):
            yield from tables.overlapping(joint, facts)
    for attachment in facts.resources(tables.ATTACHMENT):
        yield from tables.apart(attachment, facts)
    for group in facts.resources("aws_security_group"):
        yield from filters.covered_rules(group)
        yield from filters.unattached_groups(group, facts)
    for acl in facts.resources("aws_network_acl"):
        yield from filters.shadowed_entries(acl)
        yield from filters.blocked_answers(acl)
    for kind in ("aws_db_subnet_group", "aws_redshift_subnet_group", "aws_elasticache_subnet_group"):
        for group in facts.resources(kind):
            yield from tables.open_subnets(group, facts)


def _wanted(ask: RoutesAsk) -> set[str]:
    flags = {
        "asymmetric": ask.asymmetric,
        "blackhole": ask.blackhole,
        "overlapping": ask.overlapping,
        "unused": ask.unused,
        "shadowed": ask.unused,
        "unattached": ask.unused,
        "one-way": ask.asymmetric,
        "database": ask.database,
    }
    return {kind for kind, on in flags.items() if on} or set(flags)


def _sentence(certain: int, open_: int) -> str:
    if not certain and not open_:
        return "No fault of this kind is in the network's design."
    told = f"{certain} {'fault' if certain == 1 else 'faults'} of the network's design"
    return f"{told}, and {open_} more that may be." if open_ else f"{told}."


def _row(fault: Fault) -> tuple[str, ...]:
    origin = fault.resource.origin(*fault.path) or fault.resource.origin()
    place = str(origin.span) if origin is not None and origin.span is not None else fault.resource.address
    return (fault.kind, place, fault.message, fault.verdict.answer)


def _why(fault: Fault) -> Tree:
    on = tuple(Tree(f"depends on {text}") for text in fault.verdict.depends_on)
    facts = tuple(Tree(_fact(fact)) for fact in fault.verdict.because)
    return Tree(f"{fault.message} ({_WORDS[fault.kind]})", (*on, *facts))


def _fact(fact: Evidence) -> str:
    return f"{fact.text} [{fact.location}]" if fact.location else fact.text


def _data(fault: Fault) -> dict[str, Any]:
    origin = fault.resource.origin(*fault.path) or fault.resource.origin()
    return {
        "fault": fault.kind,
        "resource": subject(fault.resource),
        "field": ".".join(map(str, fault.path)),
        "location": origin.span if origin is not None else None,
        "message": fault.message,
        "verdict": fault.verdict.answer,
        "depends_on": list(fault.verdict.depends_on),
        "because": list(fault.verdict.because),
    }

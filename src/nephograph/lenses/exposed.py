"""What the internet reaches: resource, address, ports, from where exactly, through what, and why."""

from __future__ import annotations

from typing import Annotated, Any

from nephograph.engines.tracer.ground import Ground
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context, subject
from nephograph.lenses.common.published import exposures
from nephograph.lenses.common.trails import problems_of
from nephograph.model.answer import Answer, Block, Table, Text, Tree
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence

SECTION = "Network"


class ExposedAsk(Ask, frozen=True, kw_only=True):
    """List everything packets from the internet arrive at, and whose answers get back.

    Instances, interfaces, databases and load balancers with the rules that let traffic in; what stands behind them;
    CloudFront distributions and APIs with what they call; function URLs; buckets anybody may read.
    """

    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    everybody: Annotated[bool, Option("only what everybody reaches, not single ranges of somebody's own")] = False
    exit_code: Annotated[bool, Option("exit 1 when anything is exposed", name="exit-code")] = False


ASK = ExposedAsk


def answer(ask: ExposedAsk, context: Context) -> Answer:
    """Everything that is exposed, certain first."""
    found = [e for e in exposures(context) if e.everybody or not ask.everybody]
    found.sort(key=lambda e: (e.verdict.answer != "yes", _label(context, e.resource), e.door, e.ports))
    certain = sum(e.verdict.answer == "yes" for e in found)
    things = len({e.resource for e in found if e.verdict.answer == "yes"})
    rows = tuple(_row(context, e) for e in found)
    blocks: list[Block] = [Text(_sentence(things, certain, len(found) - certain))]
    if rows:
        blocks.append(Table(("resource", "ports", "from", "through", "address", "verdict"), rows))
        blocks.append(_why(context, found))
    on = tuple(dict.fromkeys(text for e in found for text in e.verdict.depends_on))
    return Answer(
        command="exposed",
        snapshot=context.snapshot,
        verdict="yes" if certain else "depends" if found else "no",
        depends_on=() if certain else on,
        coverage=context.coverage,
        errors=(*context.problems, *problems_of(Ground(context.estate))),
        assumptions=context.assumptions,
        blocks=tuple(blocks),
        data={"exposed": [_data(context, e) for e in found]},
    )


def _sentence(things: int, certain: int, open_: int) -> str:
    if not certain and not open_:
        return "Nothing of this estate is reached from the internet."
    verb = "is" if things == 1 else "are"
    told = f"{things} {'thing' if things == 1 else 'things'} {verb} reached from the internet"
    more = f"{open_} more {'way' if open_ == 1 else 'ways'} may be open"
    return f"{told}, and {more}." if open_ else f"{told}."


def _label(context: Context, urn: str) -> str:
    resource = context.estate.resources.get(urn)
    return (resource.label or resource.address) if resource is not None else urn


def _row(context: Context, one: Exposure) -> tuple[str, ...]:
    through = _label(context, one.door) if one.door != one.resource else ""
    sources = ", ".join(one.sources[:4]) + (f" and {len(one.sources) - 4} more" if len(one.sources) > 4 else "")
    name = _label(context, one.resource)
    address = _address(context, one.door)
    return (name, str(one.ports), sources, through, address, one.verdict.answer)


MOST = 12
"""Ways whose reasons the text tells; JSON has all of them."""


def _why(context: Context, found: list[Exposure]) -> Tree:
    """What each way rests on, the first ways in full."""
    children = []
    for one in found[:MOST]:
        through = f" through {_label(context, one.door)}" if one.door != one.resource else ""
        on = tuple(Tree(f"depends on {text}") for text in one.verdict.depends_on)
        facts = tuple(Tree(_fact(fact)) for fact in one.verdict.because)
        children.append(Tree(f"{_label(context, one.resource)} on {one.ports}{through}", (*on, *facts)))
    if len(found) > MOST:
        children.append(Tree(f"{len(found) - MOST} more (--format json tells them)"))
    return Tree("Why", tuple(children))


def _fact(fact: Evidence) -> str:
    return f"{fact.text} [{fact.location}]" if fact.location else fact.text


def _address(context: Context, urn: str) -> str:
    """What the internet calls the door, where the data says it."""
    resource = context.estate.resources.get(urn)
    if resource is None:
        return ""
    own = [resource, *context.estate.targets(urn, "uses_interface", "aws_network_interface")]
    said = [eip.get("public_ip") for r in own for eip in context.estate.holders(r.urn, "address_of", "aws_eip")]
    said += [r.get("public_address") for r in own] + [_domain(resource)]
    return next((text for text in said if isinstance(text, str)), "")


def _domain(resource: Resource) -> Any:
    found = [resource.get(field) for field in ("dns_name", "domain", "endpoint")]
    return next((text for text in found if isinstance(text, str)), None)


def _data(context: Context, one: Exposure) -> dict[str, Any]:
    resource, door = context.estate.resources.get(one.resource), context.estate.resources.get(one.door)
    return {
        "resource": subject(resource) if resource is not None else one.resource,
        "through": subject(door) if door is not None and one.door != one.resource else None,
        "address": _address(context, one.door) or None,
        "protocol": one.ports.protocol,
        "from_port": one.ports.low,
        "to_port": one.ports.high,
        "sources": list(one.sources),
        "everybody": one.everybody,
        "verdict": one.verdict.answer,
        "depends_on": list(one.verdict.depends_on),
        "because": list(one.verdict.because),
    }

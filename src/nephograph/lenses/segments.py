"""Who reaches whom, by tier, VPC or account: a matrix of exact protocols and ports that two runs can be compared by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from nephograph.engines.reachability.engine import Reachability
from nephograph.engines.reachability.engine import Traffic as Passes
from nephograph.engines.reachability.left_out import LeftOut, left_out
from nephograph.engines.reachability.segments import BY, INTERNET_NAME, Reach, Segment, Segments
from nephograph.engines.reachability.traffic import Span
from nephograph.engines.tracer.ground import Ground
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.trails import problems_of
from nephograph.model.answer import Answer, Arrow, Block, Drawing, Node, Table, Text
from nephograph.model.resource import Resource

SECTION = "Network"


class SegmentsAsk(Ask, frozen=True, kw_only=True):
    """Show what every part of the network may send to every other, answers included.

    Tiers follow from routes, not from names: public (a route to the internet gateway), private (another way out),
    premises, isolated, unknown. A cell says what at least one interface of the row may send to one of the column; what
    has a question mark depends on what is not known, and nothing passes where there is a dash.
    """

    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    by: Annotated[str, Option("what a segment is: a tier of a VPC, a VPC, an account", choices=BY)] = "tier"


ASK = SegmentsAsk
MOST_SPANS = 4
"""Spans of traffic that a cell of the table names."""
MOST_REASONS = 3
"""What an open cell depends on, as far as the table tells it; all of it is in the data."""
MOST_NAMES = 4
MOST_COLUMNS = 12
"""Segments beyond which the table is a list: a wider matrix fits no page."""
_TIERS = ("public", "private", "premises", "isolated", "unknown", "")
_WHOLE = 65535


def answer(ask: SegmentsAsk, context: Context) -> Answer:
    """Work out all pairs, and add them up by segment."""
    found = Reachability(context.estate)
    segments = Segments(found, ask.by)
    names = _names(context, list(segments.members))
    order = sorted(segments.members, key=lambda s: (s.account, names[s].rpartition(" · ")[0], _TIERS.index(s.tier)))
    said = {(_end(names, r.source), _end(names, r.target)): found.said(r.value) for r in segments.reaches}
    ends = [INTERNET_NAME, *(names[s] for s in order)]
    verdicts = {passes.verdict for passes in said.values()}
    on = tuple(dict.fromkeys(text for passes in said.values() for text in passes.depends_on))
    left = left_out(found)
    blocks: list[Block] = [Text(_sentence(segments, len(order)))]
    if order:
        blocks.append(_table(ends, said))
        blocks += _open(ends, said)
        blocks.append(_drawing(ends, order, names, segments, said))
    if left:
        blocks.append(Text("\n".join(_left(one) for one in left), "Not among these pairs (neph reach tells of them)"))
    return Answer(
        command="segments",
        snapshot=context.snapshot,
        verdict="yes" if "yes" in verdicts else "depends" if verdicts else "no",
        depends_on=on if verdicts == {"depends"} else (),
        coverage=context.coverage,
        errors=(*context.problems, *problems_of(Ground(context.estate))),
        assumptions=context.assumptions,
        blocks=tuple(blocks),
        data={
            "by": ask.by,
            "segments": [_segment(context, s, names[s], segments.members[s]) for s in order],
            "reaches": [_reach(one, other, said[one, other]) for one in ends for other in ends if (one, other) in said],
            "left_out": [{"kind": one.kind, "what": one.what, "names": list(one.names)} for one in left],
        },
    )


def _end(names: dict[Segment, str], end: Reach | Segment | str) -> str:
    return end if isinstance(end, str) else names[end]  # type: ignore[index]


def _names(context: Context, segments: list[Segment]) -> dict[Segment, str]:
    """What people call each segment; the account and the id are named where names alone do not tell two apart."""
    resources = context.estate.resources
    short = {s: _name(resources.get(s.vpc), s) for s in segments}
    twice = {name for name in short.values() if sum(other == name for other in short.values()) > 1}
    return {s: f"{name} ({s.account or s.vpc})" if name in twice else name for s, name in short.items()}


def _name(vpc: Resource | None, segment: Segment) -> str:
    if not segment.vpc and not segment.tier:
        return f"account {segment.account}" if segment.account else "account not known"
    place = (vpc.label or vpc.address) if vpc is not None else "VPC not known"
    return f"{place} · {segment.tier}" if segment.tier else place


def _sentence(segments: Segments, count: int) -> str:
    if not count:
        return "Nothing of this estate has a network interface."
    interfaces = sum(len(members) for members in segments.members.values())
    return (
        f"{interfaces} network {'interface' if interfaces == 1 else 'interfaces'} in {count} "
        f"{'segment' if count == 1 else 'segments'}. A cell says what one of the row may send to one of the column; "
        "? marks what depends on something that is not known, – is nothing."
    )


def _table(ends: list[str], said: dict[tuple[str, str], Passes]) -> Table:
    if len(ends) > MOST_COLUMNS:
        pairs = [(a, b) for a in ends for b in ends if (a, b) in said]
        rows = tuple((a, b, _cell(said[a, b]), said[a, b].verdict) for a, b in pairs)
        return Table(("from", "to", "traffic", "verdict"), rows, "Who reaches whom")
    matrix = tuple((a, *(_cell(said.get((a, b))) for b in ends)) for a in ends)
    return Table(("from ↓ to →", *ends), matrix, "Who reaches whom")


def _open(ends: list[str], said: dict[tuple[str, str], Passes]) -> list[Block]:
    """What is open between two segments, and what it depends on."""
    pairs = [(a, b, said[a, b]) for a in ends for b in ends if (a, b) in said and said[a, b].perhaps]
    rows = tuple((a, b, _cell(p._replace(sure=())), _reasons(p.depends_on)) for a, b, p in pairs)
    return [Table(("from", "to", "perhaps", "depends on"), rows, "What is open")] if rows else []


def _reasons(texts: Sequence[str]) -> str:
    told = sorted(texts)
    more = f"; {len(told) - MOST_REASONS} more" if len(told) > MOST_REASONS else ""
    return "; ".join(told[:MOST_REASONS]) + more


def _left(one: LeftOut) -> str:
    more = f" and {len(one.names) - MOST_NAMES} more" if len(one.names) > MOST_NAMES else ""
    return f"{one.what}: {len(one.names)} ({', '.join(one.names[:MOST_NAMES])}{more})"


def _cell(passes: Passes | None) -> str:
    if passes is None:
        return "–"
    spans = [(span, "") for span in passes.sure] + [(span, "?") for span in passes.perhaps]
    words = [f"{_span(span)}{mark}" for span, mark in _shorter(spans)]
    more = f" +{len(words) - MOST_SPANS}" if len(words) > MOST_SPANS else ""
    return ", ".join(words[:MOST_SPANS]) + more


def _shorter(spans: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """All traffic as one word; the protocols nobody names are told only with others."""
    found = []
    for mark in ("", "?"):
        mine = [span for span, other in spans if other == mark]
        whole = {s.protocol for s in mine if (s.low, s.high) == (0, _WHOLE) or s.protocol == "other"}
        if {"tcp", "udp", "other"} <= whole:
            mine = [Span("all", 0, 0)]
        found += [(span, mark) for span in sorted(mine, key=lambda s: (_FIRST.get(s.protocol, 9), s))]
    return found


_FIRST = {"all": 0, "tcp": 1, "udp": 2, "icmp": 3, "icmpv6": 4}


def _span(span: Span) -> str:
    if span.protocol in ("icmp", "icmpv6") and (span.low, span.high) != (0, 255):
        return f"{span.protocol} type {span.low}" + (f"-{span.high}" if span.high > span.low else "")
    if span.protocol not in ("tcp", "udp") or (span.low, span.high) == (0, _WHOLE):
        return span.protocol if span.protocol != "other" else "other protocols"
    return f"{span.protocol}/{span.low}" if span.low == span.high else f"{span.protocol}/{span.low}-{span.high}"


def _drawing(
    ends: list[str],
    order: list[Segment],
    names: dict[Segment, str],
    segments: Segments,
    said: dict[tuple[str, str], Passes],
) -> Drawing:
    nodes = [Node(INTERNET_NAME, INTERNET_NAME, "gateway", "outside", "entry")]
    for segment in order:
        count = len(segments.members[segment])
        caption = f"{segment.tier or 'segment'}, {count} {'interface' if count == 1 else 'interfaces'}"
        nodes.append(Node(names[segment], names[segment], "subnet", caption))
    arrows = [_arrow(a, b, said[a, b]) for a in ends for b in ends if a != b and (a, b) in said]
    return Drawing(tuple(nodes), tuple(arrows), "Who reaches whom")


def _arrow(one: str, other: str, passes: Passes) -> Arrow:
    """An arrow that is open as a whole says so by itself, without a mark on every span."""
    whole = passes.verdict == "depends"
    label = _cell(passes).replace("?", "") if whole else _cell(passes)
    return Arrow(one, other, label, "depends" if whole else "")


def _segment(context: Context, segment: Segment, name: str, members: list[str]) -> dict[str, Any]:
    vpc = context.estate.resources.get(segment.vpc)
    return {
        "name": name,
        "account": segment.account or None,
        "vpc": vpc.urn if vpc is not None else None,
        "tier": segment.tier or None,
        "interfaces": len(members),
    }


def _reach(one: str, other: str, passes: Passes) -> dict[str, Any]:
    traffic = [(span, "yes") for span in passes.sure] + [(span, "depends") for span in passes.perhaps]
    return {
        "from": one,
        "to": other,
        "verdict": passes.verdict,
        "traffic": [
            {"protocol": s.protocol, "from_port": s.low, "to_port": s.high, "verdict": verdict}
            for s, verdict in sorted(traffic)
        ],
        "depends_on": sorted(passes.depends_on),
    }

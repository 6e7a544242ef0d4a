"""An answer of the tracer as lines of text: what it says of every way, and the hops of the one it shows."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.tracer.hop import Hop
from nephograph.engines.tracer.packet import address
from nephograph.engines.tracer.question import Reach


def told(found: Reach) -> list[str]:
    """Verdict, what it hangs on, what passes, the ways, and both legs hop by hop."""
    return [
        f"{found.verdict}{''.join(f'; {text}' for text in found.depends_on)}",
        *(f"taken for granted: {text}" for text in found.assumptions),
        *_allowed(found),
        *(f"way: {_way(one)}" for one in found.traced),
        *(f"shown: {found.candidate.through or 'direct'}" for _ in [0] if found.candidate),
        f"out {found.forward.verdict}",
        *(f"  {_hop(hop)}" for hop in found.forward.hops),
        f"back {found.back.verdict}",
        *(f"  {_hop(hop)}" for hop in found.back.hops),
    ]


def _allowed(found: Reach) -> Iterator[str]:
    for one in found.allowed:
        ranges = [f"{address(one.version, low)}-{address(one.version, high)}" for low, high in one.sources[:3]]
        more = f" and {len(one.sources) - 3} more" if len(one.sources) > 3 else ""
        yield f"passes {one.verdict}: {one.protocol} {one.low}-{one.high} from {', '.join(ranges) or 'it'}{more}"


def _way(one) -> str:  # type: ignore[no-untyped-def]
    way = one.candidate
    over = f" by {way.through}" if way.through else ""
    public = " at the public address" if way.public else ""
    drops = sorted({f"{w.drop.reason} at {w.drop.component}" for w in one.cases.walks if w.drop is not None})
    return f"IPv{way.version} {one.protocol}{over}{public}: {one.judged.verdict}{''.join(f'; {d}' for d in drops)}"


def _hop(hop: Hop) -> str:
    place = f" @{hop.location.file}" if hop.location is not None else ""
    rule = f" [{hop.rule}]" if hop.rule else ""
    because = "".join(f" ({one.reason}: {one.text})" for one in hop.because)
    return f"{hop.kind} {hop.name}: {hop.decision}/{hop.reason}: {hop.text}{rule}{place}{because}"
